"""Figures in a page: as SVG or PNG, whichever is smaller, in the page's own text."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from matplotlib.figure import Figure

from .old_page import Picture
from .style import png, svg

# Above this a drawing has so many points that its pixels may be fewer.
_LARGE: Final = 60_000
_PIXELS: Final = 150


def embedded(figure: Figure, alt: str, caption: str = "", *, cut: bool = False) -> Picture:
    """A figure as a part of a page, the same for the same figure.

    Parameters
    ----------
    figure
        What is drawn.
    alt
        What it shows, for those who do not see it.
    caption
        What stands below it.
    cut
        Whether its margins are cut away, as where its title was.
    """
    drawing = svg(figure, cut=cut)
    if len(drawing) > _LARGE:
        pixels = png(figure, _PIXELS, cut=cut)
        if len(pixels) < len(drawing):
            return of_png(pixels, alt, caption)
    return of_svg(drawing, alt, caption)


def of_png(data: bytes, alt: str, caption: str = "") -> Picture:
    """The bytes of a PNG as a part of a page."""
    return Picture(f"data:image/png;base64,{b64encode(data).decode()}", alt, caption)


def of_svg(data: bytes, alt: str, caption: str = "") -> Picture:
    """The bytes of an SVG as a part of a page."""
    return Picture(f"data:image/svg+xml;base64,{b64encode(data).decode()}", alt, caption)


def untitled(figure: Figure) -> Figure:
    """The same figure with its title hidden, for a page that says it already."""
    for text in figure.texts[:1]:
        text.set_visible(False)
    return figure
