"""A document: what is to be shown, as data. A terminal, a notebook and a page draw any of them.

An answer says what it has to say once, in typed parts; how each looks is the business of the three
that draw: `terminal.text`, `notebook.html`, `page.html`. Numbers with intervals stay numbers in
here, because a terminal writes them in one column, a notebook in two and a page in three.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter

from .cells import Cell, Group, Row


class On(Flag):
    """Where a part is shown: in a notebook's card, on a terminal, on a page."""

    CARD = auto()
    SCREEN = auto()
    PAGE = auto()


EVERYWHERE: Final = On.CARD | On.SCREEN | On.PAGE
IN_FULL: Final = On.SCREEN | On.PAGE


@dataclass(frozen=True)
class Column:
    """The head of a column that is not shown everywhere, or holds notes.

    Attributes
    ----------
    head
        What stands above it.
    on
        Where it is shown.
    note
        Whether it says what else there is to a row: last, and what gives way on a narrow terminal.
    """

    head: str
    on: On = EVERYWHERE
    note: bool = False


@dataclass(frozen=True)
class Table:
    """A table; its first column names the rows. Columns that hold numbers are set to the right.

    Attributes
    ----------
    caption
        What it shows, for those who come upon it alone.
    head, rows
        The columns, and a row a line.
    on
        Where it is shown.
    more
        What to type in a notebook for the rows that a card has no room for.
    most
        How many rows a card has room for.
    """

    caption: str
    head: Sequence[str | Column]
    rows: Sequence[Row | Group]
    on: On = EVERYWHERE
    more: str = ".table()"
    most: int = 12
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Figure:
    """A figure: drawn when a page is made, or read from the file that keeps it.

    Attributes
    ----------
    alt
        What it shows, in words; a page adds the title of what is drawn.
    caption
        What stands below it.
    draw
        Draws it; its title is that of the page where it is the first.
    narrow
        Draws the same for a narrow screen; the one must do, and scrolls, if None.
    file, narrow_file
        The names of the files that keep the two, of those in the folder.
    """

    alt: str
    caption: str = ""
    draw: Annotated[Callable[[], Any] | None, Field(exclude=True)] = None
    narrow: Annotated[Callable[[], Any] | None, Field(exclude=True)] = None
    file: str = ""
    narrow_file: str = ""
    on: On = On.PAGE
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True)
class Words:
    """A paragraph; what stands between backticks is code."""

    text: str
    on: On = EVERYWHERE
    kind: Literal["words"] = "words"


@dataclass(frozen=True)
class Points:
    """Sentences in a list."""

    texts: Sequence[str]
    on: On = On.PAGE
    kind: Literal["points"] = "points"


@dataclass(frozen=True)
class Facts:
    """Names and what they stand for."""

    pairs: Sequence[tuple[str, Cell]]
    on: On = On.PAGE
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Command:
    """Something to copy and run; `label` says where, or for what."""

    label: str
    text: str
    on: On = On.PAGE
    kind: Literal["command"] = "command"


Block = Annotated[
    Table | Figure | Words | Points | Facts | Command, Field(discriminator="kind")
]  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A part of a document, with a title and a place in its contents.

    Attributes
    ----------
    title
        Behind it a page has the rest.
    blocks
        What there is.
    note
        Under the title, on a page.
    on
        Where it is shown.
    printed
        Whether it is on paper too; where no section of a document is, all are.
    """

    title: str
    blocks: Sequence[Block]
    note: str = ""
    on: On = EVERYWHERE
    printed: bool = False


@dataclass(frozen=True)
class Number:
    """A number to be seen at once, on a page."""

    label: str
    value: str
    meaning: str


@dataclass(frozen=True)
class Document:
    """What is to be shown.

    Attributes
    ----------
    kind
        What was asked for: ``run``, ``diagnosis``, ``study`` and so on.
    title
        Of what it is.
    sentence
        What was found. Its first sentence is the heading of a page.
    sections
        All else, in the order in which it is read.
    question, finding
        What the scenario or study asks, and what its author found.
    numbers
        Those that matter most.
    picture
        What is seen first on a page.
    advice
        What to do about it, beside the picture.
    details
        Small print for a terminal: seeds, budgets, what an interval means.
    hint
        How to go on in a notebook; what stands between backticks is code.
    facts
        Where the numbers come from: lines of a page's provenance.
    python
        How to make it again, in Python.
    files
        The tables of its folder, each with what it holds.
    missing
        What an earlier version did not keep.
    made_with
        Of which version of what it is.
    """

    kind: str
    title: str
    sentence: str
    sections: Sequence[Section]
    question: str = ""
    finding: str = ""
    numbers: Sequence[Number] = ()
    picture: Figure | None = None
    advice: Sequence[str] = ()
    details: Sequence[str] = ()
    hint: str = ""
    facts: Sequence[tuple[str, Cell]] = ()
    python: str = ""
    files: Sequence[tuple[str, str]] = ()
    missing: Sequence[str] = ()
    made_with: str = ""

    def json(self) -> bytes:
        """It as a file keeps it; figures by the names of their files."""
        return _ADAPTER.dump_json(self, indent=1)

    @staticmethod
    def of_json(data: bytes) -> Document:
        """What `json` wrote, typed as it was.

        Raises
        ------
        ValueError
            If it is something else.
        """
        return _ADAPTER.validate_json(data)


_ADAPTER: Final = TypeAdapter(Document)
