"""Answers on a screen: tables, and text that is coloured where standard output is a terminal."""

from __future__ import annotations

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
    from rich.padding import Padding
    from rich.table import Table

    drawn = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for k, heading in enumerate(head):
        last = note and k == len(head) - 1
        drawn.add_column(
            literally(heading),
            justify="left" if k < words or last else "right",
            no_wrap=k >= words and not last,
            overflow="fold",
            style="dim" if last else "",
        )
    for row in rows:
        drawn.add_row(*map(literally, row))
    return Padding(drawn, (0, 0, 1, 0))


def drawn(parts: Iterable[Any]) -> str:
    """Tables and texts, one below the other, as a text."""
    from rich.console import Console, Group

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
    with console.capture() as captured:
        console.print(Group(*parts))
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def literally(text: str) -> str:
    """A text in which square brackets are no markup."""
    from rich.markup import escape

    return escape(text)
