"""Levers, economics and credit as tables on a screen."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ..glossary import percent
from ..outcomes import outcome
from .account import rows
from .attribution import Attribution
from .credit import Credit
from .wording import between, mean, signed

if TYPE_CHECKING:
    from .economics import Economics

# Rows of a long table that a screen has room for.
_MOST: Final = 12


def told(found: Attribution | Economics | Credit, by: Sequence[str] = ()) -> str:
    """A finding as tables and a sentence, coloured where standard output is a terminal.

    Parameters
    ----------
    found
        What `levers`, `economics` or `credit` found.
    by
        By what credit is told.
    """
    if isinstance(found, Attribution):
        parts, note = list(_levers(found)), f"{found.campaigns:,} campaigns from seed {found.seed}"
    elif isinstance(found, Credit):
        parts, note = [_credit(found, what) for what in by], f"seed {found.result.seed}"
    else:
        parts, note = [_economics(found)], f"{found.replicates:,} replicates from seed {found.seed}"
    return _drawn([*parts, f"[bold]{_literally(found.sentence)}[/]", "", f"[dim]{note}[/]"])


def _levers(found: Attribution) -> Iterable[Any]:
    for name in found.outcomes:
        form = outcome(name).form
        whole = found.whole(name)
        lines: list[Sequence[str]] = []
        for lever, row in found.table(name).iterrows():
            each = found.gain(str(lever), name)
            share = percent(float(row["share"]))
            lines.append((str(lever), signed(each.mean, form), between(each, form), share))
        lines.append(("together", signed(whole.mean, form), between(whole, form), ""))
        yield _table((outcome(name).label.lower(), "owed", "interval", "of it"), lines)
        if found.pairs is not None and len(found.levers) > 1:
            pairs = found.interactions(name)
            moved = pairs[pairs["index"] != 0].head(_MOST)
            if len(moved):
                yield _table(
                    ("two levers together", "more", "interval"),
                    [
                        (
                            f"{row['first']} with {row['second']}",
                            signed(row["index"], form),
                            f"{signed(row['low'], form)} to {signed(row['high'], form)}",
                        )
                        for _, row in moved.iterrows()
                    ],
                )


def _economics(found: Economics) -> Any:
    lines: list[Sequence[str]] = []
    group = ""
    for row in rows(found):
        if row.group != group and lines:
            lines.append(("", "", "", ""))
        value, interval = row.words
        lines.append((row.group.lower() if row.group != group else "", row.name, value, interval))
        group = row.group
    return _table(("", "", "mean", "interval"), lines)


def _credit(owed: Credit, what: str) -> Any:
    table = owed.by(what)
    lines = [
        (str(label), *(mean(float(row[rule]), "number") for rule in table.columns))
        for label, row in table.head(_MOST).iterrows()
    ]
    if len(table) > _MOST:
        rest = table.iloc[_MOST:].sum()
        cells = (mean(float(number), "number") for number in rest)
        lines.append((f"{len(table) - _MOST:,} others", *cells))
    return _table((what, "first touch", "last touch", "Shapley"), lines)


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> Any:
    from rich.padding import Padding
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    words = 2 if not head[0] else 1
    for k, heading in enumerate(head):
        table.add_column(heading, justify="left" if k < words else "right")
    for line in lines:
        table.add_row(*map(_literally, line))
    return Padding(table, (0, 0, 1, 0))


def _drawn(parts: list[Any]) -> str:
    from rich.console import Console, Group

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    with console.capture() as captured:
        console.print(Group(*parts))
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _literally(text: str) -> str:
    from rich.markup import escape

    return escape(text)
