"""Answers on a screen: tables, and text that is coloured where standard output is a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

# Columns where standard output is no terminal that has a width of its own.
_WIDE: Final = 120


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1, note: bool = False
) -> Any:
    """A table without lines.

    Parameters
    ----------
    head, rows
        Texts, taken literally.
    words
        How many columns at the left hold words; numbers are set to the right.
    note
        Whether the last column is a note: at the left too, dim, and the one that is folded.
    """
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table

    lines = [tuple(map(str, row)) for row in rows]
    below: list[str] = []
    if _width(head, lines) > width():
        if note:
            # Notes below: beside the numbers there would be a letter's room for them.
            below = [f"{row[0]}: {row[-1]}" for row in lines if row[-1]]
            head, lines = head[:-1], [row[:-1] for row in lines]
            note = False
        if _width(head, lines) > width():
            lines = [
                row[:words] + tuple(cell.replace(" (", "\n(") for cell in row[words:])
                for row in lines
            ]
    drawn = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for k, heading in enumerate(head):
        last = note and k == len(head) - 1
        drawn.add_column(
            literally(heading),
            justify="left" if k < words or last else "right",
            no_wrap=k == 0 or (k >= words and not last),
            # No word is cut while there is something else to give way.
            min_width=max((len(word) for row in lines for word in row[k].split()), default=1)
            if k < words
            else None,
            overflow="fold",
            style="dim" if last else "",
        )
    for row in lines:
        drawn.add_row(*map(literally, row))
    notes = [f"[dim]{literally(text)}[/]" for text in ("", *below)] if below else []
    return Padding(Group(drawn, *notes), (0, 0, 1, 0))


def width() -> int:
    """How many letters a line has: as the terminal, and as a wide one where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE


def _width(head: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Letters of a line of a table that folds nothing."""
    columns = zip(head, *rows, strict=True)
    return sum(
        2 + max(len(line) for cell in column for line in cell.split("\n")) for column in columns
    )


def drawn(parts: Iterable[Any]) -> str:
    """Tables and texts, one below the other, as a text."""
    from rich.console import Console, Group

    console = Console(highlight=False, width=width())
    with console.capture() as captured:
        console.print(Group(*parts))
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def literally(text: str) -> str:
    """A text in which square brackets are no markup."""
    from rich.markup import escape

    return escape(text)
