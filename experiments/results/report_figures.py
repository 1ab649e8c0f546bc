"""The figures of a campaign's report, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ...sim.errors import InputError
from ...sim.result import Result
from ..show.images import embedded, untitled
from ..show.old_page import Picture
from .figures.cascades import draw_cascades
from .figures.funnel import draw_funnel
from .figures.gallery import GALLERY
from .figures.reach import draw_reach

# The whole campaign comes first, and its title is that of the page.
_WHOLE: Final = "campaign"
# The network is in no folder, and would have to be made again.
_LEFT_OUT: Final = frozenset(("network",))


def drawn(result: Result) -> Iterator[Picture]:
    """The figures of a campaign that have something to say; the first is that of the whole."""
    for name, entry in GALLERY.items():
        if name in _LEFT_OUT:
            continue
        try:
            figure = entry(result)
        except InputError:  # there is nothing to draw it from after all
            continue
        if figure is None:
            continue
        line = f"{entry.line[:1].upper()}{entry.line[1:]}"
        if name == _WHOLE:
            whole = embedded(untitled(figure), f"{line}. {result.sentence}", cut=True)
            yield replace(whole, narrow=embedded(_stacked(result), line).source)
        else:
            yield embedded(figure, f"{line}. {_title(figure)}", f"{line}.")


def _stacked(result: Result) -> Figure:
    """The panels of the whole campaign below one another, as wide as a telephone."""
    figure = Figure(figsize=(5.2, 12.0), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(3, 1, left=0.25, right=0.97, top=0.965, bottom=0.045, hspace=0.32)
    for k, draw in enumerate((draw_funnel, draw_reach, draw_cascades)):
        draw(figure.add_subplot(grid[k]), result)
    return figure


def _title(figure: Figure) -> str:
    """What a figure says above its panels."""
    return " ".join(figure.texts[0].get_text().split()) if figure.texts else ""
