"""A document as a page to read: one HTML file with everything in it, and nothing from elsewhere.

How it looks is in ``templates``, where everything is escaped.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import jinja2
from matplotlib.figure import Figure as Drawing

from .cells import Rate, Size
from .document import Document, Figure, On, Section, Table
from .layout import laid, shown
from .numbers import percent
from .style import png, svg

_TEMPLATES: Final = Path(__file__).with_name("templates")
# Above this a drawing has so many points that its pixels may be fewer.
_LARGE: Final = 200_000
_PIXELS: Final = 150


class Anchored(NamedTuple):
    """A section as it stands on the page: its anchor, which no other one has, and what is in it."""

    anchor: str
    title: str
    note: str
    blocks: list[Any]
    printed: bool


class Image(NamedTuple):
    """A figure with its image: ``data:`` addresses, that for a narrow screen empty if it is one."""

    source: str
    narrow: str
    alt: str
    caption: str
    kind: str = "image"


def html(document: Document, files: Mapping[str, bytes] | None = None, *, logo: str = "") -> str:
    """A document as one page that needs nothing from elsewhere.

    The first screen has what was found, the numbers, the picture and what to do; each section
    stands behind its title.

    Parameters
    ----------
    document
        What is shown.
    files
        The files of its folder by name, for figures that are kept there.
    logo
        The ``data:`` address of a picture above it (`show.logo.logo`); none if empty.
    """
    first, lead = _first(document.sentence)
    there = files or {}
    picture = None if document.picture is None else _image(document.picture, there, first=True)
    some = any(section.printed for section in document.sections)
    sections = [
        Anchored(
            anchor,
            section.title,
            section.note,
            [_block(each, there) for each in shown(section.blocks, On.PAGE)],
            section.printed or not some,
        )
        for anchor, section in _anchored(document.sections)
    ]
    template = _environment().get_template("page.html")
    return template.render(
        document=document, heading=first, lead=lead, picture=picture, sections=sections, logo=logo
    )


def untitled(figure: Drawing) -> Drawing:
    """The same figure with its title hidden, for a page that says it already."""
    for text in figure.texts[:1]:
        text.set_visible(False)
    return figure


def _block(block: Any, files: Mapping[str, bytes]) -> Any:
    match block:
        case Table():
            return {"kind": "table", "caption": block.caption, **laid(block, On.PAGE)._asdict()}
        case Figure():
            return _image(block, files)
        case _:
            return block


def _image(figure: Figure, files: Mapping[str, bytes], *, first: bool = False) -> Image:
    """A figure from its file, or drawn; the page says the title of the first itself."""
    narrow = "" if figure.narrow is None else _embedded(figure.narrow())
    if figure.narrow_file in files:
        narrow = _data(files[figure.narrow_file], "svg+xml")
    if figure.file in files:
        data, kind = files[figure.file], "svg+xml" if figure.file.endswith(".svg") else "png"
        return Image(_data(data, kind), narrow, figure.alt, figure.caption)
    if figure.draw is None:
        raise ValueError(f"a figure is neither kept nor can it be drawn: {figure.alt}")
    drawing = figure.draw()
    title = " ".join(drawing.texts[0].get_text().split()) if drawing.texts else ""
    alt = figure.alt if title in figure.alt else f"{figure.alt} {title}"
    source = _embedded(untitled(drawing), cut=True) if first else _embedded(drawing)
    return Image(source, narrow, alt, figure.caption)


def _embedded(figure: Drawing, *, cut: bool = False) -> str:
    """A drawing as SVG or PNG, whichever is smaller; the same for the same drawing."""
    drawing = svg(figure, cut=cut)
    if len(drawing) > _LARGE:
        pixels = png(figure, _PIXELS, cut=cut)
        if len(pixels) < len(drawing):
            return _data(pixels, "png")
    return _data(drawing, "svg+xml")


def _data(data: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def _anchored(sections: Sequence[Section]) -> list[tuple[str, Section]]:
    """The sections that a page shows, each with what a link to it ends in."""
    found: dict[str, Section] = {}
    for section in sections:
        if On.PAGE not in section.on or not shown(section.blocks, On.PAGE):
            continue
        start = re.sub(r"[\W_]+", "-", section.title.lower()).strip("-") or "section"
        anchor, number = start, 1
        while anchor in found:
            number += 1
            anchor = f"{start}-{number}"
        found[anchor] = section
    return list(found.items())


def _first(text: str) -> tuple[str, str]:
    """A text cut after its first sentence.

    Examples
    --------
    >>> _first("It costs 0.5 a click. That is much.")
    ('It costs 0.5 a click.', 'That is much.')
    """
    first, *rest = re.split(r"(?<=[.!?]) (?=[A-Z])", text, maxsplit=1)
    return first, "".join(rest)


def _width(cell: Rate | Size) -> str:
    """The width of a bar in per cent; what is not nothing can be seen."""
    share = min(max(cell.value, 0.0), 1.0) if cell.value == cell.value else 0.0
    return f"{max(100.0 * share, 0.5) if share > 0.0 else 0.0:.4g}"


def _coded(text: str) -> str:
    """Escaped, and what stands between backticks as code."""
    escaped = jinja2.filters.do_forceescape(text)
    return jinja2.filters.do_mark_safe(re.sub("`([^`]*)`", r"<code>\1</code>", str(escaped)))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"width": _width, "percent": percent, "coded": _coded}
    return environment
