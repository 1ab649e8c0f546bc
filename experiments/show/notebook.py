"""A document as a notebook shows it: a sentence, small tables, how to go on.

Colours are those of the notebook, light or dark: what is here is only shaded and ruled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from .cells import Cell, Group, Rate, Size
from .document import Document, On, Table, Words
from .layout import laid, shown, text
from .numbers import percent

_RULE: Final = "1px solid rgba(128,128,128,.35)"
_FAINT: Final = "opacity:.75"
_SMALL: Final = f"{_FAINT};font-size:90%"
_CELL: Final = f"padding:.2em .9em .2em 0;border:0;border-bottom:{_RULE};vertical-align:top"
_BAR: Final = "display:inline-block;height:.7em;background:rgba(0,114,178,.6)"
_ROOM: Final = "display:inline-block"
# Letters of a cell that a notebook has room for.
_LETTERS: Final = 90


def html(document: Document) -> str:
    """HTML of a document: everything escaped, every style inline.

    Examples
    --------
    >>> shown = html(Document("answer", "Of what", "a < b", [], hint="`.plot()` shows it."))
    >>> "a &lt; b" in shown and "<code>.plot()</code>" in shown
    True
    """
    bold = "font-weight:600;margin:.2em 0 .6em;max-width:56em;text-align:left"
    parts = [
        f'<div style="{_SMALL}">{escape(document.title)}</div>',
        f'<div style="{bold}">{escape(document.sentence)}</div>',
    ]
    for section in document.sections:
        if On.CARD not in section.on:
            continue
        for block in shown(section.blocks, On.CARD):
            if isinstance(block, Table):
                parts.append(_table(block))
            elif isinstance(block, Words):
                parts.append(f'<div style="margin:.3em 0">{_coded(block.text)}</div>')
    if document.hint:
        parts.append(f'<div style="{_SMALL};margin:.4em 0 0">{_coded(document.hint)}</div>')
    return f'<div style="font-variant-numeric:tabular-nums">{"".join(parts)}</div>'


def _table(table: Table) -> str:
    head, right, rows = laid(table, On.CARD)
    style = "border-collapse:collapse;border:0;margin:.3em 0;table-layout:auto;font-size:inherit"
    lines = [f'<table style="{style}">']
    if table.caption:
        left = f"caption-side:top;text-align:left;padding:.2em 0;{_FAINT}"
        lines.append(f'<caption style="{left}">{escape(table.caption)}</caption>')
    lines.append(_row("th", [column.head for column in head], right))
    places = [k for k, row in enumerate(rows) if not isinstance(row, Group)]
    # Up to the last row that there is room for: the title of a group whose rows are left out goes.
    end = places[table.most - 1] + 1 if len(places) > table.most else len(rows)
    lines += [
        _across(len(head), escape(row.title)) if isinstance(row, Group) else _row("td", row, right)
        for row in rows[:end]
    ]
    if len(places) > table.most:
        rest = f"and {len(places) - table.most:,} more: <code>{escape(table.more)}</code>"
        lines.append(_across(len(head), rest))
    return "".join([*lines, "</table>"])


def _across(columns: int, text: str) -> str:
    return (
        f'<tr style="background:none"><td colspan="{columns}" '
        f'style="{_CELL};text-align:left;{_FAINT}">{text}</td></tr>'
    )


def _row(tag: str, cells: Sequence[Cell], right: Sequence[bool]) -> str:
    style = f"{_CELL};font-weight:600;{_FAINT}" if tag == "th" else _CELL
    texts = []
    for cell, number in zip(cells, right, strict=True):
        bar = isinstance(cell, Rate | Size)
        whole = tag == "td" and (number or bar)
        how = f"text-align:{'right' if number and not bar else 'left'}"
        how += ";white-space:nowrap" * whole
        texts.append(f'<{tag} style="{style};{how}">{_cell(cell)}</{tag}>')
    return f'<tr style="background:none">{"".join(texts)}</tr>'


def _cell(cell: Cell) -> str:
    if isinstance(cell, Rate | Size):
        wide = 4.0 * min(max(cell.value, 0.0), 1.0) if cell.value == cell.value else 0.0
        bar = f'<span style="{_BAR};width:{wide:.2f}em"></span>'
        bar = f'<span style="{_ROOM};width:4em">{bar}</span>'
        if isinstance(cell, Size):
            return bar
        number = f'<span style="{_ROOM};width:3.4em;text-align:right">{percent(cell.value)}</span>'
        return f"{number} {bar}"
    words = text(cell)
    return escape(words if len(words) <= _LETTERS else f"{words[: _LETTERS - 1]}…")


def _coded(note: str) -> str:
    return re.sub("`([^`]*)`", r"<code>\1</code>", escape(note))
