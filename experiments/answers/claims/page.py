"""The page of all claims: each run off and on, with what came of it.

``python -m wordofmouth.experiments.answers.claims.page > docs/claims.md`` renews the page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from ...show.numbers import mean, signed, span
from ...vocabulary.outcomes import outcome
from .claim import Effect, Text
from .texts import TEXTS

_HEAD: Final = """\
# What the five texts claim, off and on

What the five texts claim, each claim run without and with it. The page is written by
`python -m wordofmouth.experiments.answers.claims.page`: change the claims in
`experiments/answers/claims/`, not here. A claim is one change of a shipped scenario, in the same
worlds and with the same luck. The difference is the mean over pairs, with the interval that holds
the true one in 95 of 100 such experiments. The commands below a table show its rows again, with
every other indicator.

**yes** says that the difference goes the way the text says, and surely so by itself: 0 lies outside
of the interval. Of this many claims of which none were true, one or two would look so by luck. It
does not say that the size is that of the world. The texts have hardly a number; where there is one,
it stands under "What carries them". **no** is what does not hold today, with what it would take;
where the row after it asks more narrowly, that one is no answer to the first.
[Concepts](concepts.md) says what stands for each claim, and the [parameters](parameters.md) where
each number is from, or that it is assumed.
"""
_COLUMNS: Final = (
    "| | claim | looked at | without | with | difference | holds |\n|---|---|---|---|---|---|---|\n"
)


def page(progress: Callable[[int, int], None] | None = None) -> str:
    """The page, in Markdown: it takes about a minute.

    Parameters
    ----------
    progress
        Called with how many claims are measured, and of how many.
    """
    total = sum(len(text.claims) for text in TEXTS)
    found: list[list[Effect]] = []
    for text in TEXTS:
        found.append([])
        for claim in text.claims:
            if progress is not None:
                progress(sum(map(len, found)), total)
            found[-1].append(claim.measure())
    chapters = [_chapter(text, rows) for text, rows in zip(TEXTS, found, strict=True)]
    return "\n".join([_HEAD, _counted(found), *chapters])


def row(place: str, found: Effect) -> str:
    """A claim as the table has it.

    Parameters
    ----------
    place
        What it is called there, such as ``000.3``.
    found
        What came of it.
    """
    form, difference = found.form, found.difference
    between = span(difference.low, difference.high, form)
    told = signed(difference.mean, form) + (f" ({between})" if between else "")
    cells = (
        place,
        found.claim.says,
        outcome(found.claim.outcome).label,
        mean(found.off, form),
        mean(found.on, form),
        told,
        "yes" if found.holds else "**no**",
    )
    return "| " + " | ".join(cells) + " |\n"


def _counted(found: Sequence[Sequence[Effect]]) -> str:
    """How many hold as the texts have them; narrower questions are no claims of theirs."""
    rows = [each for text in found for each in text]
    again = [after for text in found for one, after in pairwise(text) if one.claim.fails]
    narrower, hold = sum(each.holds for each in again), sum(each.holds for each in rows)
    hold -= narrower
    claims = len(rows) - len(again)
    return (
        f"Of {claims} claims {hold} hold, and {claims - hold} do not. "
        f"Of {len(again)} that do not a narrower question is asked in the row after it; "
        f"{narrower} of these hold.\n"
    )


def _chapter(text: Text, found: Sequence[Effect]) -> str:
    known = [(f"{text.number}.{k}", each) for k, each in enumerate(found, 1)]
    rows = [row(place, each) for place, each in known]
    fails = [f"- {place}: {each.claim.fails}\n" for place, each in known if each.claim.fails]
    notes = [f"- {place}: {note}\n" for place, each in known if (note := _note(each))]
    commands = "".join(f"$ {each.claim.command}\n" for each in found)
    return "\n".join(
        [
            f"## {text.number}: {text.title}\n",
            _COLUMNS + "".join(rows),
            *_listed("What does not hold, and what it would take:", fails),
            *_listed("What carries them:", notes),
            f"From {known[0][0]} to {known[-1][0]}, in this order:\n",
            f"```console\n{commands}```\n",
        ]
    )


def _note(found: Effect) -> str:
    """What carries a claim, and what was published."""
    claim, words = found.claim, [found.claim.note]
    if claim.published is not None:
        low, high, who = claim.published
        words.append(f"With over without {found.ratio:.3g}, held to {low:g} to {high:g}. {who}.")
    return " ".join(filter(None, words))


def _listed(title: str, entries: Sequence[str]) -> list[str]:
    return [f"{title}\n", "".join(entries)] if entries else []


if __name__ == "__main__":
    sys.stdout.write(page(lambda done, total: print(f"{done} of {total}", file=sys.stderr)))
