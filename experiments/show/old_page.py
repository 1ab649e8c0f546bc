"""A page as data: what it says, in sections of tables, figures, facts and commands.

What is on a page is decided in Python and can be tested there; how it looks is in ``templates``,
where everything is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Final

import jinja2

_TEMPLATES: Final = Path(__file__).with_name("old_templates")


@dataclass(frozen=True)
class Bar:
    """A cell that shows a share, 0 to 1, as the length of a bar."""

    kind: ClassVar[str] = "bar"
    share: float

    @property
    def width(self) -> str:
        """In per cent; what is not nothing can be seen."""
        share = min(max(self.share, 0.0), 1.0)
        return f"{max(100.0 * share, 0.5) if share > 0.0 else 0.0:.4g}"


@dataclass(frozen=True)
class Code:
    """A cell that holds something to type, or the name of a file or parameter."""

    kind: ClassVar[str] = "code"
    text: str


@dataclass(frozen=True)
class Lines:
    """A cell of several lines."""

    kind: ClassVar[str] = "lines"
    texts: Sequence[str]


@dataclass(frozen=True)
class Group:
    """A row that says what those below it have in common."""

    kind: ClassVar[str] = "group"
    title: str


Cell = str | Bar | Code | Lines
Row = Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """A table; its first column names the rows.

    Attributes
    ----------
    caption
        What it shows, for those who come upon it alone.
    head, rows
        The columns, and a row a line.
    numbers
        The places of the columns that are set to the right.
    """

    kind: ClassVar[str] = "table"
    caption: str
    head: Sequence[str]
    rows: Sequence[Row | Group]
    numbers: Sequence[int] = ()


@dataclass(frozen=True)
class Picture:
    """A figure: its image in the page itself, and what it shows to those who do not see it.

    Attributes
    ----------
    source
        The image.
    alt
        What it shows, in words.
    caption
        What stands below it.
    narrow
        The image for a narrow screen; empty where the one image must do, which then scrolls.
    """

    kind: ClassVar[str] = "picture"
    source: str
    alt: str
    caption: str = ""
    narrow: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    kind: ClassVar[str] = "words"
    text: str


@dataclass(frozen=True)
class Points:
    """Sentences in a list; numbered where their order says something."""

    kind: ClassVar[str] = "points"
    texts: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True)
class Command:
    """Something to copy and run; `label` says where."""

    kind: ClassVar[str] = "command"
    label: str
    text: str


@dataclass(frozen=True)
class Facts:
    """Names and what they stand for."""

    kind: ClassVar[str] = "facts"
    pairs: Sequence[tuple[str, Cell]]


Block = Table | Picture | Words | Points | Command | Facts


@dataclass(frozen=True)
class Section:
    """A part of a page, with a place in its contents."""

    title: str
    blocks: Sequence[Block]
    note: str = ""

    @property
    def anchor(self) -> str:
        """What a link to it ends in; `Page.contents` tells those apart that are the same.

        Examples
        --------
        >>> Section("What was changed: Geh mit!", []).anchor, Section("?", []).anchor
        ('what-was-changed-geh-mit', 'section')
        """
        return re.sub(r"[\W_]+", "-", self.title.lower()).strip("-") or "section"


@dataclass(frozen=True)
class Number:
    """A number to be seen at once."""

    label: str
    value: str
    meaning: str


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes
    ----------
    kind
        What was asked for: ``run``, ``diagnosis``, ``study`` and so on.
    title
        Of the window.
    sentence
        What was found. Its first sentence is the heading, the others stand below it.
    question, finding
        What the scenario or study asks, and what its author found.
    numbers
        Those that matter most.
    picture
        What is seen first.
    sections
        All else.
    missing
        What the folder does not hold, because an earlier version wrote it.
    made_with
        Of which version of what the page is.
    """

    kind: str
    title: str
    sentence: str
    sections: Sequence[Section]
    question: str = ""
    finding: str = ""
    numbers: Sequence[Number] = ()
    picture: Picture | None = None
    missing: Sequence[str] = ()
    made_with: str = ""

    @property
    def heading(self) -> str:
        """The first sentence."""
        return _first(self.sentence)[0]

    @property
    def lead(self) -> str:
        """The others."""
        return _first(self.sentence)[1]

    @property
    def contents(self) -> Sequence[tuple[str, Section]]:
        """The sections, each with an anchor that no other one has."""
        found: dict[str, Section] = {}
        for section in self.sections:
            anchor, number = section.anchor, 1
            while anchor in found:
                number += 1
                anchor = f"{section.anchor}-{number}"
            found[anchor] = section
        return list(found.items())

    def html(self) -> str:
        """The page as one document that needs nothing from elsewhere."""
        return _environment().get_template("page.html").render(page=self)


def _first(text: str) -> tuple[str, str]:
    """A text cut after its first sentence.

    Examples
    --------
    >>> _first("It costs 0.5 a click. That is much.")
    ('It costs 0.5 a click.', 'That is much.')
    """
    first, *rest = re.split(r"(?<=[.!?]) (?=[A-Z])", text, maxsplit=1)
    return first, "".join(rest)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
