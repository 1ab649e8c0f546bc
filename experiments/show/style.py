"""The one style of all figures: colours, paper, titles that say the finding, axes that are bare."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import fill, wrap
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.ticker import FuncFormatter, NullLocator
from numpy.typing import ArrayLike

from ..estimates.interval import Estimate
from .colours import AMBER as AMBER
from .colours import BLUE as BLUE
from .colours import GREEN as GREEN
from .colours import GREY as GREY
from .colours import INK as INK
from .colours import MAUVE as MAUVE
from .colours import ORANGE as ORANGE
from .colours import PALE as PALE
from .colours import SKY as SKY
from .numbers import with_sign
from .picture import Picture as Picture
from .picture import png as png
from .picture import svg as svg

# Letters of the sentence in an inch, and inches of a line and between it and the panels.
_LETTERS: Final = 9.7
_LINE: Final = 0.22
_ROOM: Final = 0.45
# Inches that a letter below an axis takes.
_LETTER: Final = 0.083
# Bars from which on one is cut off where it is so many times what most of them are at most.
_COMPARED: Final = 4
_USUAL: Final = 0.75
_FAR: Final = 2.5
# From this factor between the least and the most on, values may be shown by their logarithms.
_WIDE: Final = 10.0


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
    lines = [_back(line) for line in wrap(_together(sentence), round(_LETTERS * width))]
    top = 1.0 - 0.15 / height
    figure.text(0.015, top, "\n".join(lines), va="top", fontsize=12, color=INK, weight="bold")
    figure.text(0.985, 0.09 / height, note, ha="right", fontsize=8, color=GREY)
    return figure, top - (_LINE * len(lines) + _ROOM) / height


def sheet(sentence: str, note: str, width: float, panels: float) -> Picture:
    """An empty picture under its sentence, as `titled`, whose panels make room for their labels.

    Parameters
    ----------
    sentence, note
        As in `titled`.
    width, panels
        Inches: of the picture, and of the height that its panels have below the sentence.
    """
    lines = wrap(sentence, round(_LETTERS * width))
    height = panels + _LINE * len(lines) + _ROOM
    figure = Picture(figsize=(width, height), dpi=110, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.set(w_pad=0.1, h_pad=0.1, wspace=0.04)  # type: ignore[call-arg]
    figure.suptitle("\n".join(lines), x=0.015, ha="left", fontsize=12, color=INK, weight="bold")
    figure.supxlabel(note, x=0.985, ha="right", fontsize=8, color=GREY)
    return figure


def headed(axes: Axes, text: str, pad: float = 10) -> None:
    """Put a title at the left of a panel."""
    axes.set_title(text, loc="left", fontsize=11, color=INK, pad=pad)


def title(axes: Axes, text: str) -> None:
    """Put a title at the left of a panel, with room for a legend below it."""
    headed(axes, text, pad=20)


def above(axes: Axes, handles: Sequence[Any] | None = None, columns: int = 3) -> None:
    """Put the legend of a panel between its title and what is drawn; see `title`."""
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, frameon=False,
        fontsize=8.5, handlelength=1, handletextpad=0.5, columnspacing=1, labelcolor=INK,
        borderaxespad=0,
    )  # fmt: skip


def bare(axes: Axes, grid: str = "x") -> None:
    """Leave of a panel's frame what helps: the lower line, and a pale grid across the values.

    Parameters
    ----------
    axes
        The panel.
    grid
        On which axis the values are: ``x``, ``y``, ``both`` or neither.
    """
    _bare(axes)
    if grid in ("x", ""):
        axes.tick_params(axis="y", labelcolor=INK)
    axes.yaxis.label.set(color=GREY, fontsize=9.5)
    if grid:
        axes.grid(axis=grid, color=PALE, linewidth=0.8)  # type: ignore[arg-type]


def plain(axes: Axes, *measured: Axis, grid: bool = True) -> None:
    """Leave away what carries nothing; `measured` are the axes of numbers to be written short."""
    _bare(axes)
    for axis in measured:
        if grid:
            axis.grid(color=PALE, linewidth=0.8)
        axis.set_major_formatter(FuncFormatter(short))


def _bare(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.tick_params(colors=GREY, labelsize=9, length=0)
    axes.xaxis.label.set(color=GREY, fontsize=9.5)
    axes.set_axisbelow(True)


def ticks(form: str = "number") -> FuncFormatter:
    """The numbers of an axis in the form of what it measures: shares in per cent, others short.

    Examples
    --------
    >>> ticks("rate")(0.125, 0), ticks("count")(1500.0, 0), ticks()(0.1 + 0.2, 0)
    ('12.5 %', '1.5k', '0.3')
    >>> ticks("money €")(-1500.0, 0)
    '-€1.5k'
    """
    sign = form.partition(" ")[2]
    if sign:
        return FuncFormatter(lambda value, _: with_sign(short(value, 0.0), sign))
    if form == "rate":
        return FuncFormatter(lambda value, _: f"{100 * value:g} %")
    return FuncFormatter(short)


def words_below(axes: Axes, words: Sequence[str], inches: float) -> None:
    """Write words below the places 0, 1, 2, ... of a panel that is `inches` wide.

    They are folded where they would touch, and slant where a single word is too long.
    """
    letters = int(inches / max(len(words), 1) / _LETTER)
    spaced = [word.replace("_", " ") for word in words]
    slant = any(len(part) > letters for word in spaced for part in word.split())
    shown = spaced if slant else [fill(word, max(letters, 1)) for word in spaced]
    axes.set_xticks(range(len(words)), shown)
    if slant:
        for label in axes.get_xticklabels():
            label.set(rotation=35, ha="right", rotation_mode="anchor")


def short(value: float, _: float) -> str:
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


def _together(text: str) -> str:
    """Keep a number and its per cent on one line."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def _back(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def empty(axes: Axes, text: str) -> None:
    """Say in words why a panel shows nothing."""
    axes.set_axis_off()
    axes.text(
        0.5, 0.5, text, ha="center", va="center", fontsize=11, color=GREY, transform=axes.transAxes
    )


def forest(axes: Axes, labels: Sequence[str], found: Sequence[Estimate], cut: str = "") -> None:
    """Bars from 0 with intervals, one below the other.

    Parameters
    ----------
    axes, labels, found
        Where, and what.
    cut
        How a value is written that is cut off, so that one that is far larger than all others does
        not make these too small to be seen; empty: nothing is cut.
    """
    least, most = _room(found) if cut else (-math.inf, math.inf)
    for row, each in enumerate(found):
        if math.isnan(each.mean):
            continue
        axes.barh(
            row, min(max(each.mean, least), most), height=0.62, color=BLUE if each.sure else SKY
        )
        if math.isfinite(each.low):
            ends = [min(max(end, least), most) for end in (each.low, each.high)]
            axes.plot(ends, [row, row], color=INK, linewidth=1.3)
        if not least <= each.mean <= most:
            end, way = (most, 1) if each.mean > most else (least, -1)
            axes.annotate(
                f"{cut.format(each.mean)} {'▸' if way > 0 else '◂'}",
                (end, row),
                (-4 * way, 0),
                textcoords="offset points",
                ha="right" if way > 0 else "left",
                va="center",
                fontsize=8.5,
                color="white" if each.sure else INK,
                weight="bold",
                # On the bar itself, and not on the line of its interval.
                bbox={"facecolor": BLUE if each.sure else SKY, "edgecolor": "none", "pad": 0.8},
                zorder=4,
            )
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_yticks(range(len(labels)), labels, fontsize=9.5)
    bare(axes)


def _room(found: Sequence[Estimate]) -> tuple[float, float]:
    """From where to where bars are drawn: all, or so far that most can be compared."""
    means = np.array([abs(each.mean) for each in found if math.isfinite(each.mean)])
    if means.size < _COMPARED:
        return -math.inf, math.inf
    usual = _FAR * float(np.quantile(means, _USUAL))
    if usual <= 0.0 or means.max() <= usual:
        return -math.inf, math.inf
    return -usual, usual


def by_logarithm(axes: Axes, which: str, values: ArrayLike) -> None:
    """Show an axis of a panel, ``x`` or ``y``, by logarithms, with round numbers on it."""
    found = np.asarray(values, float)
    axis = axes.xaxis if which == "x" else axes.yaxis
    getattr(axes, f"set_{which}scale")("log")
    axis.set_ticks(decades(float(found.min()), float(found.max())))
    axis.set_minor_locator(NullLocator())


def by_factors(values: ArrayLike) -> bool:
    """Whether values grow by a factor rather than by a step, so that logarithms spread them.

    Examples
    --------
    >>> by_factors([0.01, 0.02, 0.05, 0.1, 1.0]), by_factors([0.1, 0.4, 0.7, 1.0])
    (True, False)
    """
    found = np.unique(np.asarray(values, float))
    if found.size < 3 or not 0 < _WIDE * found[0] <= found[-1]:
        return False
    middle = float(np.median(found))
    by_mean = abs(middle - float(found.mean()))
    return abs(middle - float(np.exp(np.log(found).mean()))) < by_mean
