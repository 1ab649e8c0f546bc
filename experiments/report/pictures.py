"""Figures in a page: as SVG or PNG, whichever is smaller, in the page's own text."""

from __future__ import annotations

import io
import threading
from base64 import b64encode
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

from .page import Picture

# Above this a drawing has so many points that its pixels may be fewer.
_LARGE: Final = 60_000
_PIXELS: Final = 150
# What the ids in an SVG are made from; matplotlib keeps it in a table of the whole process.
_SALT: Final = "svg.hashsalt"
_SALTING: Final = threading.Lock()


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
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=_PIXELS, metadata={"Software": None}, **_how(cut))
        if len(file.getvalue()) < len(drawing):
            return of_png(file.getvalue(), alt, caption)
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


def svg(figure: Figure, *, cut: bool = False) -> bytes:
    """A figure as SVG, the same for the same figure."""
    file = io.BytesIO()
    with _SALTING:
        before = mpl.rcParams[_SALT]
        mpl.rcParams[_SALT] = "wordofmouth"
        try:
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            figure.savefig(file, format="svg", metadata=nothing, **_how(cut))
        finally:
            mpl.rcParams[_SALT] = before
    return file.getvalue()


def _how(cut: bool) -> dict[str, Any]:
    # To find the margins takes a second drawing: only where there is something to be cut.
    return {"bbox_inches": "tight", "pad_inches": 0.05} if cut else {}
