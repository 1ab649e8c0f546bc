"""A figure that belongs to nobody's pyplot, and its bytes: the same for the same figure."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.text import Text

# What the ids in an SVG are made from: matplotlib keeps it in a table of the whole process.
_SALT: Final = "svg.hashsalt"
_SALTING: Final = threading.Lock()
# Warnings and settings of matplotlib are of the whole process too.
_PLAINLY: Final = threading.RLock()
_PAD: Final = 0.05  # inches that stay where margins are cut


class Picture(Figure):
    """A figure that belongs to nobody's pyplot: safe in threads, and notebooks show it.

    What people call their labels is drawn as it stands: a dollar begins no formula, and a sign that
    the font lacks is the font's box for such signs, without a word on the terminal.
    """

    def draw(self, renderer: Any) -> None:
        """Draw it."""
        with _plainly(self):
            super().draw(renderer)

    def _repr_png_(self) -> bytes:
        return png(self)


def png(figure: Figure, dpi: int = 110, *, cut: bool = False) -> bytes:
    """A figure as the bytes of a PNG, the same for the same figure; margins cut away if asked."""
    file = io.BytesIO()
    with _laid_out(figure, cut) as margins:
        figure.savefig(file, format="png", dpi=dpi, metadata={"Software": None}, **margins)
    return file.getvalue()


def svg(figure: Figure, *, cut: bool = False) -> bytes:
    """A figure as the bytes of an SVG, the same for the same figure; letters as outlines.

    Parameters
    ----------
    figure
        What is drawn.
    cut
        Whether its margins are cut away, as where its title was.
    """
    file = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with _SALTING:
        before = mpl.rcParams[_SALT]
        mpl.rcParams[_SALT] = "wordofmouth"
        try:
            # Of what is a picture in it, such as thousands of points: the dots to an inch.
            with _laid_out(figure, cut) as margins:
                figure.savefig(file, format="svg", dpi=200, metadata=nothing, **margins)
        finally:
            mpl.rcParams[_SALT] = before
    return file.getvalue()


@contextmanager
def _laid_out(figure: Figure, cut: bool) -> Iterator[dict[str, Any]]:
    """Lay a figure out, and say where its margins are cut.

    `Figure.savefig` draws it a first time for either, which costs as much as the picture itself.
    """
    engine = figure.get_layout_engine()
    with _plainly(figure):
        if engine is not None:
            engine.execute(figure)
        margins = {"bbox_inches": figure.get_tightbbox().padded(_PAD)} if cut else {}
    figure.set_layout_engine("none")
    try:
        yield margins
    finally:
        figure.set_layout_engine(engine)


@contextmanager
def _plainly(figure: Figure) -> Iterator[None]:
    with _PLAINLY, warnings.catch_warnings(), mpl.rc_context({"text.parse_math": False}):
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from")
        # Of labels so long that nothing is left for what they are about.
        warnings.filterwarnings("ignore", "constrained_layout not applied")
        for text in figure.findobj(Text):
            text.set_parse_math(False)
        yield
