"""Diagnoses and comparisons as tables on a screen."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ..glossary import percent
from ..outcomes import OUTCOMES
from .kept import BY
from .words import changed, interval

if TYPE_CHECKING:
    from .comparison import Comparison
    from .diagnosis import Diagnosis
    from .gain import StageGain

# Parts that a line has room for.
_PARTS: Final = 4


def diagnosis(found: Diagnosis) -> str:
    """The stages ranked, what helps at the top three, and the sentence."""
    better = percent(found.step - 1.0)
    money = f"{found.spend:,.4g} spent"
    stages = _table(
        ("stage", "rate now", f"odds +{better}", "wide open", money, ""),
        [_stage_row(each, found) for each in found.stages],
    )
    parts: list[Any] = [stages, "", *_wheres(found)]
    if found.remedies:
        head = ("remedy", "at", "source", found.noun, "cost")
        rows = [
            (
                each.remedy,
                ", ".join(each.stages),
                each.source,
                interval(each.gain, found.outcome),
                interval(each.cost, OUTCOMES["cost"]),
            )
            for each in found.remedies
        ]
        parts += [_table(head, rows), "", *_to_try(found), ""]
    if found.naive is not None and found.bottleneck is None:
        parts += [found.naive.sentence, ""]
    parts += [f"[bold]{_literally(found.sentence)}[/]", ""]
    world = "" if found.world is None else f", world {found.world}"
    times = found.stages[0].pairing
    saved = (
        f" Without pairs, that at {found.stages[0].stage} would take {times:,.0f} times as many."
        if 1.0 < times < 1e6
        else ""
    )
    parts.append(f"[dim]seed {found.seed}{world}; {_literally(found.budget)}{saved}[/]")
    return _drawn(parts)


def comparison(found: Comparison) -> str:
    """Each indicator that moved, and the people who were won and lost."""
    parts: list[Any] = []
    for name in found.changed:
        moved = [each for each in found.changes(name) if each.difference.moved]
        rows = [
            (
                each.outcome.label.lower(),
                each.outcome.written(each.base.mean),
                each.outcome.written(each.value.mean),
                interval(each.difference, each.outcome),
                _surely(each.better),
                "" if not 0.0 < each.pairing < 1e6 else f"{each.pairing:,.1f}",
            )
            for each in moved
        ]
        head = [_literally(name), "before", "after", "difference", "surely better", "pairing"]
        parts += [_table(head, rows), ""]
        people = found.people[name]
        if people is None:
            parts += ["Its network is another one, and so its people are not compared.", ""]
            continue
        who = [
            (group, f"{each.won.mean:,.1f}", f"{each.lost.mean:,.1f}", _some(each.won_ids))
            for group, each in people.items()
        ]
        head = ["people", "only with it", "only without", f"with it, seed {found.seed}"]
        parts += [_table(head, who), ""]
    parts.append(f"[bold]{_literally(found.sentence)}[/]")
    saved = "Pairing: without it, the same interval would take so many times the worlds."
    parts += ["", f"[dim]{saved}[/]", f"[dim]seed {found.seed}; {_literally(found.budget)}[/]"]
    return _drawn(parts)


def _stage_row(each: StageGain, found: Diagnosis) -> tuple[str, ...]:
    rate, bought = percent(each.rate), each.bought
    if each.idle:
        money = "" if bought is None else interval(bought.gain, found.outcome)
        what = "" if bought is None else f"{bought.what}, {bought.spent.mean:,.4g}; "
        return each.stage, rate, "0", "", money, f"{what}odds not turned: {each.idle}"
    return (
        each.stage,
        rate,
        interval(each.gain, found.outcome),
        "" if each.opened is None else changed(each.opened.mean, found.outcome),
        each.no_price if bought is None else interval(bought.gain, found.outcome),
        "" if bought is None else f"{bought.what}, {bought.spent.mean:,.4g}",
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
            f"{each.part} {changed(each.gain.mean, found.outcome)}"
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
        yield f"[dim]{each.remedy}: wom compare {found.scenario.name} {_literally(typed)}[/]"


def _surely(chance: float) -> str:
    if chance != chance:
        return ""
    return "under 0.1 %" if chance < 0.001 else "over 99.9 %" if chance > 0.999 else percent(chance)


def _some(ids: Sequence[Any]) -> str:
    return ", ".join(map(str, ids[:8])) + (", ..." if len(ids) > 8 else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Any:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for k, heading in enumerate(head):
        last = k == len(head) - 1
        table.add_column(heading, no_wrap=not last, overflow="fold", style="dim" if last else "")
    for row in rows:
        table.add_row(*map(_literally, row))
    return table


def _drawn(parts: list[Any]) -> str:
    from rich.console import Console, Group

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    with console.capture() as captured:
        console.print(Group(*parts))
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _literally(text: str) -> str:
    from rich.markup import escape

    return escape(text)
