"""What notebooks show of scenarios and results: a sentence, small tables, how to go on.

Colours are those of the notebook, light or dark: what is here is only shaded and ruled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from .numbers import percent

if TYPE_CHECKING:
    from ...sim.parameters import Scenario
    from ...sim.result import Result
    from .old_page import Cell

_RULE: Final = "1px solid rgba(128,128,128,.35)"
_FAINT: Final = "opacity:.75"
_CELL: Final = f"padding:.2em .9em .2em 0;border:0;border-bottom:{_RULE};vertical-align:top"
_BAR: Final = "display:inline-block;height:.7em;background:rgba(0,114,178,.6)"
_ROOM: Final = "display:inline-block"
# Rows of a table that a notebook has room for, and letters of a cell.
_MOST: Final = 12
_LETTERS: Final = 90
_DIGEST: Final = 12
# Columns of the report's table of parameters, of which a card has room for these.
_COLUMNS: Final = ("Parameter", "Value", "Default", "What it is")
_NAMED: Final = ("content_types.", "channels.")


class Share(NamedTuple):
    """A cell that shows a share, 0 to 1, in per cent and as a bar."""

    value: float


class Table(NamedTuple):
    """A table of a card.

    Attributes
    ----------
    head, rows
        Texts, taken literally, and shares.
    words
        How many columns at the left hold words; numbers are set to the right.
    more
        Where the rows stand that there is no room for.
    caption
        What it shows.
    most
        How many rows there is room for.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str | Share]]
    words: int = 1
    more: str = ".table()"
    caption: str = ""
    most: int = _MOST


def card(sentence: str, tables: Iterable[Table] = (), note: str = "", about: str = "") -> str:
    """HTML of what was found: everything escaped, every style inline.

    Parameters
    ----------
    sentence
        What was found.
    tables
        Numbers of it; those without rows are left out.
    note
        How to go on; what stands between backticks is code.
    about
        Of what it was found.

    Examples
    --------
    >>> "a &lt; b" in card("a < b") and "<code>.plot()</code>" in card("", note="`.plot()`")
    True
    """
    parts = [f'<div style="{_FAINT};font-size:90%">{escape(about)}</div>'] if about else []
    bold = "font-weight:600;margin:.2em 0 .6em;max-width:56em;text-align:left"
    parts.append(f'<div style="{bold}">{escape(sentence)}</div>')
    parts += [_table(table) for table in tables if table.rows]
    if note:
        faint = f"{_FAINT};font-size:90%;margin:.4em 0 0"
        parts.append(f'<div style="{faint}">{_coded(note)}</div>')
    return f'<div style="font-variant-numeric:tabular-nums">{"".join(parts)}</div>'


def scenario(given: Scenario) -> str:
    """A scenario: its question, what differs from the default, people and horizon."""
    from .old_page import Group
    from .old_page import Table as Rows
    from .old_parameters import differing

    rows: list[list[str]] = []
    group = ""
    for block in differing(given).blocks:
        if not isinstance(block, Rows):
            continue
        places = [block.head.index(name) for name in _COLUMNS]
        for row in block.rows:
            if isinstance(row, Group):
                group = row.title
                continue
            path, *others = (_text(row[place]) for place in places)
            inside = group in ("the campaign", path.partition(".")[0])
            rows.append([path if inside else f"{group}.{path}", *others])
    rows.sort(key=lambda row: row[0].startswith(_NAMED))  # what a content type is comes last
    network = given.network
    people = f"{network.people:,} people" if network.file is None else f"people of {network.file}"
    long = f"{given.horizon:,} ticks of {given.hours_per_tick:g} h"
    posts = f"{len(given.content):,} post{'' if len(given.content) == 1 else 's'}"
    head = ("differs from the default", "value", "default", "what it is")
    same = "" if rows else "Every parameter has its default. "
    return card(
        given.question or f"{given.name} asks no question.",
        [Table(head, rows, words=4, more=".differs_from(wom.Scenario())")],
        f"{same}`wom.run(scenario)` runs it; `.replace({{path: value}})` gives a changed copy.",
        f"Scenario {given.name}: {people}, {long}, {posts}",
    )


def result(found: Result) -> str:
    """A result: its sentence, the funnel with rates, the first digits of its digest."""
    rows = [
        (stage.stage, f"{stage.people:,}", f"{stage.events:,}", Share(stage.rate), stage.of)
        for stage in found.funnel
    ]
    network = found.network
    return card(
        found.sentence,
        [Table(("stage", "people", "events", "rate", "of"), rows)],
        f"digest {found.digest[:_DIGEST]}… · `.plot()` shows it, `.kpis` has "
        f"{len(found.kpis)} indicators, `.series` and `.shares` are tables, `.save(folder)` "
        "keeps it with a report.",
        f"Result of {found.scenario.name}, seed {found.seed}: {network['agents']:,} people, "
        f"{network['arcs']:,} arcs, {found.ticks:,} ticks",
    )


def _table(table: Table) -> str:
    style = "border-collapse:collapse;border:0;margin:.3em 0;table-layout:auto;font-size:inherit"
    lines = [f'<table style="{style}">']
    if table.caption:
        left = f"caption-side:top;text-align:left;padding:.2em 0;{_FAINT}"
        lines.append(f'<caption style="{left}">{escape(table.caption)}</caption>')
    shown = table.rows[: table.most]
    right = [
        k >= table.words and all(_number(row[k]) for row in shown) for k in range(len(table.head))
    ]
    lines.append(_row("th", table.head, right))
    lines += [_row("td", row, right) for row in shown]
    if len(table.rows) > table.most:
        rest = f"and {len(table.rows) - table.most:,} more: <code>{escape(table.more)}</code>"
        lines.append(
            f'<tr style="background:none"><td colspan="{len(table.head)}" '
            f'style="{_CELL};text-align:left;{_FAINT}">{rest}</td></tr>'
        )
    return "".join([*lines, "</table>"])


def _row(tag: str, cells: Sequence[str | Share], right: Sequence[bool]) -> str:
    style = f"{_CELL};font-weight:600;{_FAINT}" if tag == "th" else _CELL
    texts = []
    for cell, number in zip(cells, right, strict=True):
        whole = tag == "td" and (number or isinstance(cell, Share))
        how = f"text-align:{'right' if number else 'left'}" + (";white-space:nowrap" * whole)
        texts.append(f'<{tag} style="{style};{how}">{_cell(cell)}</{tag}>')
    return f'<tr style="background:none">{"".join(texts)}</tr>'


def _cell(cell: str | Share) -> str:
    if isinstance(cell, Share):
        wide = 4.0 * min(max(cell.value, 0.0), 1.0) if cell.value == cell.value else 0.0
        number = f'<span style="{_ROOM};width:3.4em;text-align:right">{percent(cell.value)}</span>'
        bar = f'<span style="{_BAR};width:{wide:.2f}em"></span>'
        return f'{number} <span style="{_ROOM};width:4em">{bar}</span>'
    text = cell if len(cell) <= _LETTERS else f"{cell[: _LETTERS - 1]}…"
    return escape(text)


def _number(text: str | Share) -> bool:
    """Whether a text is written as a number is."""
    return isinstance(text, str) and (not text or text[0].isdigit() or text[0] in "+-–±")


def _text(cell: Cell) -> str:
    """A cell of a report as plain text."""
    if isinstance(cell, str):
        return cell
    return "; ".join(getattr(cell, "texts", ())) or str(getattr(cell, "text", ""))


def _coded(note: str) -> str:
    return re.sub("`([^`]*)`", r"<code>\1</code>", escape(note))
