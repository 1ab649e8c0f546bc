"""What the pictures of these rooms have in common: a sentence above, a note below, bare axes."""

from __future__ import annotations

from textwrap import wrap
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from ..figures import GREY, INK, PALE, Picture

# Letters of the sentence in an inch, and inches of a line and between it and the panels.
_LETTERS: Final = 9.7
_LINE: Final = 0.22
_ROOM: Final = 0.45


def titled(sentence: str, note: str, size: tuple[float, float]) -> tuple[Picture, float]:
    """An empty picture under its sentence, and the height up to which it is empty.

    Parameters
    ----------
    sentence
        What was found.
    note
        Of what: at the lower right.
    size
        Width and height in inches.
    """
    width, height = size
    figure = Picture(figsize=size, dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    lines = wrap(sentence, round(_LETTERS * width))
    top = 1.0 - 0.15 / height
    figure.text(0.015, top, "\n".join(lines), va="top", fontsize=12, color=INK, weight="bold")
    figure.text(0.985, 0.09 / height, note, ha="right", fontsize=8, color=GREY)
    return figure, top - (_LINE * len(lines) + _ROOM) / height


def headed(axes: Axes, text: str, pad: float = 10) -> None:
    """Put a title at the left of a panel."""
    axes.set_title(text, loc="left", fontsize=11, color=INK, pad=pad)


def bare(axes: Axes, grid: str = "x") -> None:
    """Leave of a panel's frame what helps: the lower line, and a pale grid across the values.

    Parameters
    ----------
    axes
        The panel.
    grid
        On which axis the values are: ``x``, ``y`` or neither.
    """
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.tick_params(colors=GREY, labelsize=9, length=0)
    if grid != "y":
        axes.tick_params(axis="y", labelcolor=INK)
    for axis in (axes.xaxis, axes.yaxis):
        axis.label.set(color=GREY, fontsize=9.5)
    axes.set_axisbelow(True)
    if grid:
        axes.grid(axis=grid, color=PALE, linewidth=0.8)  # type: ignore[arg-type]
