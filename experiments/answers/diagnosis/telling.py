"""Diagnoses and comparisons as tables on a screen."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from ...show.numbers import interval, percent, signed
from ...show.old_terminal import drawn, literally, table
from .kept import BY
from .remedies import extra_cost

if TYPE_CHECKING:
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
