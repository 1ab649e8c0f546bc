"""How the blocks of a document are laid out, wherever they are drawn: columns, numbers, sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from .cells import Cell, Code, Group, Lines, Measured, Rate, Size
from .document import Column, On, Table
from .numbers import mean, signed, span, verdict


class Laid(NamedTuple):
    """A table as it is drawn: its heads, which of its columns stand at the right, and its rows.

    Rows hold no `Measured` any more: these are texts, in a column of their own each.
    """

    head: list[Column]
    right: list[bool]
    rows: list[Group | list[Cell]]


def shown(blocks: Sequence[Any], on: On) -> list[Any]:
    """The blocks that are shown there; tables without rows are nowhere."""
    return [
        each for each in blocks if on in each.on and not (isinstance(each, Table) and not each.rows)
    ]


def laid(table: Table, on: On) -> Laid:
    """A table laid out: on a terminal an interval stands behind its mean, else in a column.

    On a page a difference has a third column, which says in words what the interval says.
    """
    heads = [each if isinstance(each, Column) else Column(each) for each in table.head]
    lines = [row for row in table.rows if not isinstance(row, Group)]
    head: list[Column] = []
    right: list[bool] = []
    width: dict[int, int] = {}
    for k, each in enumerate(heads):
        cells = [row[k] for row in lines]
        if on not in each.on or (on is On.SCREEN and any(isinstance(c, Size) for c in cells)):
            continue
        spans = [cell for cell in cells if isinstance(cell, Measured)]
        head.append(each)
        right.append(k > 0 and not each.note and all(map(_is_number, cells)))
        width[k] = 1
        if spans and on is not On.SCREEN:
            head.append(Column("between" if on is On.CARD else "Between"))
            right.append(True)
            width[k] = 2
            if on is On.PAGE and any(cell.signed for cell in spans):
                head.append(Column("Which is"))
                right.append(False)
                width[k] = 3
    rows = [
        row
        if isinstance(row, Group)
        else [part for k, wide in width.items() for part in _parts(row[k], wide)]
        for row in table.rows
    ]
    return Laid(head, right, rows)


def text(cell: Cell) -> str:
    """A cell as a text.

    Examples
    --------
    >>> text(Measured(2.0, -0.5, 4.5, "count", signed=True)), text(Measured(2.0, 2.0, 2.0, "count"))
    ('+2.0 (-0.5 to +4.5)', '2.0')
    """
    match cell:
        case str():
            return cell
        case Measured():
            value, between, _ = _told(cell)
            return f"{value} ({between})" if between else value
        case Rate():
            return mean(cell.value, "rate")
        case Code():
            return cell.text
        case Lines():
            return "; ".join(cell.texts)
        case Size():
            return ""


def _parts(cell: Cell, wide: int) -> list[Cell]:
    if not isinstance(cell, Measured):
        return [cell, *[""] * (wide - 1)]
    return [text(cell)] if wide == 1 else list(_told(cell)[:wide])


def _told(cell: Measured) -> tuple[str, str, str]:
    """The mean, the interval, and what it says of a difference."""
    between = span(cell.low, cell.high, cell.form, sign=cell.signed)
    if not cell.signed:
        return mean(cell.mean, cell.form), between, ""
    said = verdict(cell.mean, cell.low, cell.high, cell.direction)
    return signed(cell.mean, cell.form), between, said


def _is_number(cell: Cell) -> bool:
    """Whether a cell is set to the right: a number, or a text that is written as one."""
    if isinstance(cell, str):
        return not cell or cell[0].isdigit() or cell[0] in "+-–±"
    return isinstance(cell, Measured | Rate | Size)
