"""Cascades: their sizes with the fitted tail, and the largest as a tree."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullLocator

from ....sim.result import Result
from ...show.numbers import percent
from ...show.style import (
    BLUE,
    INK,
    ORANGE,
    SKY,
    Picture,
    bare,
    decades,
    empty,
    short,
    title,
    titled,
)
from .power_law import ENOUGH, Tail, tail
from .tree import draw_tree


def cascades(result: Result) -> Picture:
    """Draw how many cascades grew how large, and the largest of them.

    On the left the share of cascades of at least each size, with a discrete power law fitted to
    the tail where at least 50 cascades are in it (`power_law.tail`). On the right the largest
    cascade: the first share in the middle, a ring a hop, roles by colour and form.
    """
    figure, top = titled(sentence(result), f"{result.scenario.name}, seed {result.seed}", (11, 5.6))
    low = 0.125
    _sizes(figure.add_axes((0.075, low, 0.4, top - low)), result)
    draw_tree(figure.add_axes((0.54, 0.055, 0.445, top - 0.055)), result)
    return figure


def sentence(result: Result) -> str:
    """How unequal the cascades are, in a sentence."""
    size = result.cascades.size
    if size.size == 0:
        return "Nobody passed it on, so there is no cascade."
    if size.max() == 1:
        return (
            "The one cascade is a single share that nobody passed on."
            if size.size == 1
            else f"All {size.size:,} cascades are single shares that nobody passed on."
        )
    if size.size == 1:
        return f"There is one cascade, of {size[0]:,} shares."
    alone = percent(float((size == 1).mean()))
    most = percent(float(size.max() / size.sum()))
    return (
        f"Of {size.size:,} cascades {alone} end with the first share; the largest, of "
        f"{size.max():,}, holds {most} of all shares."
    )


def _sizes(axes: Axes, result: Result) -> None:
    title(axes, "How many cascades grow how large")
    size = result.cascades.size
    if size.size == 0:
        empty(axes, "Nobody passed it on.")
        return
    values, counts = np.unique(size, return_counts=True)
    share = counts[::-1].cumsum()[::-1] / size.size
    axes.plot(values, share, "o", color=BLUE, markersize=4.5, zorder=3)
    axes.step(np.r_[values[0], values], np.r_[share[0], share], where="pre", color=SKY, lw=1.6)
    edge = max(float(values[-1]), 5.0)
    axes.set(xscale="log", yscale="log", xlim=(0.85, edge * 1.9), ylim=(share[-1] / 2.2, 1.6))
    found = tail(size)
    _law(axes, found, values, share)
    axes.set_xticks(decades(1, edge * 1.5))
    axes.set_yticks(decades(share[-1], 1))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(short)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    axes.set_xlabel(f"shares in the cascade (of {size.size:,} cascades)")
    axes.set_ylabel("share of cascades at least as large")
    bare(axes, "both")


def _law(
    axes: Axes,
    found: Tail | None,
    values: np.ndarray[tuple[int], np.dtype[np.int64]],
    share: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> None:
    """Draw the fitted tail and say how good it is; say why where there is none."""
    if found is None:
        words = f"No tail is fitted: that takes {ENOUGH} cascades\nof at least two sizes."
    else:
        begin = share[np.searchsorted(values, found.minimum)]
        last = max(float(values[-1]), found.minimum + 1.0)
        x = np.unique(np.geomspace(found.minimum, last, 60).round())
        axes.plot(x, begin * found.share_above(x), color=ORANGE, lw=1.6, ls="--", zorder=4)
        words = (
            f"power law from {found.minimum:,} on, {found.values:,} cascades:\n"
            f"exponent {found.exponent:.2f} ± {found.error:.2f} (s.e.),\n"
            f"K-S distance {found.distance:.2f}; a fit, no proof"
        )
    axes.text(
        0.985, 0.975, words, transform=axes.transAxes, ha="right", va="top", fontsize=9, color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 2}, zorder=5,
    )  # fmt: skip
