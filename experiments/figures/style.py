"""The one style of all figures: colours, paper, titles that say the finding, axes that are bare."""

from __future__ import annotations

import io
from textwrap import wrap
from typing import Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

# Okabe & Ito 2008: distinct for every kind of colour vision, and in grey.
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
SKY: Final = "#9CCBE6"
INK: Final = "#222222"
GREY: Final = "#767676"
PALE: Final = "#E6E6E6"

# Letters of the sentence in an inch, and inches of a line and between it and the panels.
_LETTERS: Final = 9.7
_LINE: Final = 0.22
_ROOM: Final = 0.45


class Picture(Figure):
    """A figure that belongs to nobody's pyplot: safe in threads, and notebooks show it."""

    def _repr_png_(self) -> bytes:
        return png(self)


def png(figure: Figure, dpi: int = 110) -> bytes:
    """A figure as the bytes of a PNG, the same for the same figure."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=dpi, metadata={"Software": None})
    return file.getvalue()


def svg(figure: Figure) -> bytes:
    """A figure as the bytes of an SVG, the same for the same figure; letters as outlines."""
    file = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "wordofmouth"}):
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()


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


def title(axes: Axes, text: str) -> None:
    """Put a title at the left of a panel, with room for a legend below it."""
    axes.set_title(text, loc="left", fontsize=11, color=INK, pad=20)


def plain(axes: Axes, *measured: Axis, grid: bool = True) -> None:
    """Leave away what carries nothing; `measured` are the axes of numbers to be written short."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.tick_params(colors=GREY, labelsize=9, length=0)
    axes.xaxis.label.set(color=GREY, fontsize=9.5)
    axes.set_axisbelow(True)
    for axis in measured:
        if grid:
            axis.grid(color=PALE, linewidth=0.8)
        axis.set_major_formatter(FuncFormatter(short))


def short(value: float, _: int) -> str:
    """1500000 as 1.5M."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if abs(value) >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"


def decades(low: float, high: float) -> list[float]:
    """Round numbers on a logarithmic axis; 2s and 5s too where powers of ten would be few."""
    steps = (1, 2, 5) if high / low < 150 else (1,)
    exponents = range(int(np.floor(np.log10(low))), int(np.floor(np.log10(high))) + 1)
    values = [step * 10.0**k for k in exponents for step in steps]
    return [value for value in values if low * 0.999 <= value <= high * 1.001]


def balanced(text: str, width: int) -> str:
    """Lines of at most `width`, as few as possible, and then as even as possible."""
    lines = wrap(text, width)
    for narrower in range(width - 1, 0, -1):
        if len(narrow := wrap(text, narrower)) > len(lines):
            break
        lines = narrow
    return "\n".join(lines)


def empty(axes: Axes, text: str) -> None:
    """Say in words why a panel shows nothing."""
    axes.set_axis_off()
    axes.text(
        0.5, 0.5, text, ha="center", va="center", fontsize=11, color=GREY, transform=axes.transAxes
    )
