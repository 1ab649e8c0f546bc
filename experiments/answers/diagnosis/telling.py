"""Diagnoses and comparisons as tables on a screen."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ...show.numbers import interval, mean, percent, signed
from ...show.old_terminal import drawn, literally, table
from .kept import BY
from .remedies import extra_cost

if TYPE_CHECKING:
    from ..comparison.answer import Change, Comparison
    from .answer import Diagnosis
    from .gain import StageGain

# Parts that a line has room for.
_PARTS: Final = 4


def diagnosis(found: Diagnosis) -> str:
    """The stages ranked, what helps at the top three, and the sentence."""
    better, form = percent(found.step - 1.0), found.outcome.form
    money = f"{found.spend:,.4g} of money spent"
    stages = table(
        ("stage", "rate now", f"odds +{better}", "wide open", money, ""),
        [_stage_row(each, found) for each in found.stages],
        note=True,
    )
    parts: list[Any] = [stages, *_wheres(found)]
    if found.remedies:
        head = ("remedy", "at", "source", found.noun, "costs, in money")
        rows = [
            (
                each.remedy,
                ", ".join(each.stages),
                each.source,
                interval(each.gain, form),
                extra_cost(each.cost.mean, each.cost.low, each.cost.high),
            )
            for each in found.remedies
        ]
        parts += [table(head, rows, words=3), *_to_try(found), ""]
    if found.naive is not None and found.bottleneck is None:
        parts += [found.naive.sentence, ""]
    parts += [f"[bold]{literally(found.sentence)}[/]", ""]
    world = "" if found.world is None else f", world {found.world}"
    times = found.stages[0].pairing
    saved = (
        f" Without pairs, that at {found.stages[0].stage} would take {times:,.0f} times as many."
        if 1.0 < times < 1e6
        else ""
    )
    parts.append(f"[dim]seed {found.seed}{world}; {literally(found.budget)}{saved}[/]")
    return drawn(parts)


def comparison(found: Comparison) -> str:
    """Each indicator that moved, and the people who were won and lost."""
    parts: list[Any] = []
    for name in found.changed:
        changes = found.changes(name)
        rows = [_change_row(each, found) for each in changes if each.difference.moved]
        head = [name, "before", "after", "difference", "surely better", "pairing"]
        parts.append(table(head, rows))
        people = found.people[name]
        if people is None:
            parts += ["Its network is another one, and so its people are not compared.", ""]
            continue
        who = [
            (
                group,
                mean(each.won.mean, "count"),
                mean(each.lost.mean, "count"),
                _some(each.won_ids),
            )
            for group, each in people.items()
        ]
        head = ["people", "only with it", "only without", f"with it, seed {found.seed}"]
        parts.append(table(head, who, note=True))
    parts.append(f"[bold]{literally(found.sentence)}[/]")
    notes = (
        "Each interval is of 95 % by itself: of 20 without any true change, one leaves out 0.",
        "Pairing: without it, the same interval would take so many times the worlds.",
        f"seed {found.seed}; {found.budget}",
    )
    return drawn([*parts, "", *(f"[dim]{literally(note)}[/]" for note in notes)])


def _change_row(each: Change, found: Comparison) -> tuple[str, ...]:
    known, form = each.difference.replicates, each.outcome.form
    # An average price of nothing is no price: such worlds are left out, of all three numbers.
    some = "" if known == found.replicates else f" (in {known:,} of {found.replicates:,} worlds)"
    return (
        each.outcome.label.lower() + some,
        mean(each.base.mean, form),
        mean(each.value.mean, form),
        interval(each.difference, form),
        _surely(each.better),
        f"{each.pairing:,.1f}" if 0.0 < each.pairing < 1e6 else "",
    )


def _stage_row(each: StageGain, found: Diagnosis) -> tuple[str, ...]:
    rate, bought, form = percent(each.rate), each.bought, found.outcome.form
    if each.idle:
        money = "" if bought is None else interval(bought.gain, form)
        what = "" if bought is None else f"{bought.what} for {bought.spent.mean:,.4g}; "
        return each.stage, rate, "0", "", money, f"{what}odds not turned: {each.idle}"
    return (
        each.stage,
        rate,
        interval(each.gain, form),
        "" if each.opened is None else signed(each.opened.mean, form),
        each.no_price if bought is None else interval(bought.gain, form),
        "" if bought is None else f"{bought.what} for {bought.spent.mean:,.4g}",
    )


def _wheres(found: Diagnosis) -> Iterable[str]:
    """Where the gain of the first stage falls, a line for each way of breaking down."""
    first = found.stages[0]
    total = first.gain.mean
    if first.idle or not total or not any(each.gain for each in first.parts):
        return
    for by in BY:
        cells = [each for each in first.parts if each.by == by and each.gain]
        cells.sort(key=lambda each: -abs(each.gain.mean if each.gain else 0.0))
        texts = [
            f"{each.part} {signed(each.gain.mean, found.outcome.form)}"
            + (f" (rate {percent(each.rate)})" if each.rate == each.rate else "")
            for each in cells[:_PARTS]
            if each.gain and each.gain.mean
        ]
        if len(cells) > 1 and texts:
            yield f"{first.stage} by {by}: {', '.join(texts)}"
    yield ""


def _to_try(found: Diagnosis) -> Iterable[str]:
    """What to type to see each remedy beside the campaign as it is."""
    for each in found.remedies:
        typed = shlex.join(word for text in each.settings for word in ("--set", text))
        yield f"[dim]{each.remedy}: wom compare {found.scenario.name} {literally(typed)}[/]"


def _surely(chance: float) -> str:
    if chance != chance:
        return ""
    return "under 0.1 %" if chance < 0.001 else "over 99.9 %" if chance > 0.999 else percent(chance)


def _some(ids: Sequence[Any]) -> str:
    return ", ".join(map(str, ids[:8])) + (", ..." if len(ids) > 8 else "")
