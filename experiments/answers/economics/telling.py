"""Levers, economics and credit as tables on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ...show.numbers import between, mean, percent, signed
from ...show.old_terminal import drawn, literally, table
from ...vocabulary.outcomes import outcome
from ..credit.answer import Credit
from ..levers.answer import Attribution
from .account import rows

if TYPE_CHECKING:
    from .answer import Economics

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
    return drawn([*parts, f"[bold]{literally(found.sentence)}[/]", "", f"[dim]{note}[/]"])


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
        yield table((outcome(name).label.lower(), "owed", "interval", "of it"), lines)
        if found.pairs is not None and len(found.levers) > 1:
            pairs = found.interactions(name)
            moved = pairs[pairs["index"] != 0].head(_MOST)
            if len(moved):
                yield table(
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
    return table(("", "", "mean", "interval"), lines, words=2)


def _credit(owed: Credit, what: str) -> Any:
    owing = owed.by(what)
    lines = [
        (str(label), *(mean(float(row[rule]), "number") for rule in owing.columns))
        for label, row in owing.head(_MOST).iterrows()
    ]
    if len(owing) > _MOST:
        rest = owing.iloc[_MOST:].sum()
        cells = (mean(float(number), "number") for number in rest)
        lines.append((f"{len(owing) - _MOST:,} others", *cells))
    return table((what, "first touch", "last touch", "Shapley"), lines)
