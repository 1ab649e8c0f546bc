"""A document on a terminal: tables and sentences, coloured where standard output is one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from .cells import Group
from .document import Command, Document, Facts, On, Points, Table, Words
from .layout import laid, shown
from .layout import text as in_words

if TYPE_CHECKING:
    from rich.console import RenderableType

# Columns where standard output is no terminal that has a width of its own.
_WIDE: Final = 120


def text(document: Document) -> str:
    """A document as it is printed: what it holds, then what was found, then the small print."""
    from rich.console import Console, Group

    blocks = [
        (section.title, found)
        for section in document.sections
        if On.SCREEN in section.on and (found := shown(section.blocks, On.SCREEN))
    ]
    parts: list[RenderableType] = []
    for title, found in blocks:
        if len(blocks) > 1:
            parts.append(f"[bold cyan]{_literally(title)}[/]")
        parts += [part for each in found for part in _drawn(each)]
        parts.append("")
    parts.append(f"[bold]{_literally(document.sentence)}[/]")
    parts += ["", *(f"[dim]{_literally(each)}[/]" for each in document.details)]
    console = Console(highlight=False, emoji=False, width=width())
    with console.capture() as captured:
        console.print(Group(*parts), crop=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()).rstrip()


def width() -> int:
    """How many letters a line has: as the terminal, and as a wide one where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE


def _drawn(block: Any) -> Iterable[RenderableType]:
    from rich.text import Text

    match block:
        case Table():
            yield from _table(block)
        case Words():
            yield _literally(block.text)
        case Points():
            yield from (f"- {_literally(each)}" for each in block.texts)
        case Facts():
            yield from (
                f"{_literally(name)}: {_literally(in_words(to))}" for name, to in block.pairs
            )
        case Command():
            yield f"[dim]{_literally(block.label)}:[/]"
            # In one line, however long: what is copied from here runs.
            yield Text(f"  {block.text}", style="dim", no_wrap=True, overflow="ignore")


def _table(table: Table) -> Iterable[RenderableType]:
    """A table without lines.

    Where it is too wide, its notes come below, because beside the numbers there would be a letter's
    room for them; then intervals go below their means.
    """
    from rich.table import Table as Grid

    head, right, rows = laid(table, On.SCREEN)
    lines = [
        [row.title, *[""] * (len(head) - 1)]
        if isinstance(row, Group)
        else [in_words(cell) for cell in row]
        for row in rows
    ]
    heads = [column.head for column in head]
    below: list[str] = []
    if _letters(heads, lines) > width():
        if head[-1].note:
            below = [f"{line[0]}: {line[-1]}" for line in lines if line[-1]]
            head, heads, lines = head[:-1], heads[:-1], [line[:-1] for line in lines]
        if _letters(heads, lines) > width():
            lines = [
                [cell.replace(" (", "\n(") if right[k] else cell for k, cell in enumerate(line)]
                for line in lines
            ]
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="bold", show_header=any(heads))
    for k, column in enumerate(head):
        grid.add_column(
            _literally(column.head),
            justify="right" if right[k] else "left",
            no_wrap=k == 0 or right[k],
            # No word is cut while there is something else to give way.
            min_width=None
            if right[k] or column.note
            else max((len(word) for line in lines for word in line[k].split()), default=1),
            overflow="fold",
            style="dim" if column.note else "",
        )
    for row, line in zip(rows, lines, strict=True):
        style = "bold" if isinstance(row, Group) else None
        grid.add_row(*map(_literally, line), style=style)
    yield grid
    if below:
        yield from ("", *(f"[dim]{_literally(note)}[/]" for note in below))


def _letters(head: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Letters of a line of a table that folds nothing."""
    columns = zip(head, *rows, strict=True)
    return sum(
        2 + max(len(line) for cell in column for line in cell.split("\n")) for column in columns
    )


def _literally(words: str) -> str:
    """A text in which square brackets are no markup."""
    from rich.markup import escape

    return escape(words)
