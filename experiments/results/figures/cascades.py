"""Cascades: how many grow how large."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullLocator

from ....sim.result import Result
from ...show.numbers import percent
from ...show.style import BLUE, GREY, INK, SKY, decades, empty, plain, title


def draw_cascades(axes: Axes, result: Result) -> None:
    """Draw the share of cascades of at least each size, on logarithmic axes."""
    title(axes, "Cascades: how many grow how large")
    sizes, counts = np.unique(result.cascades.size, return_counts=True)
    if sizes.size == 0:
        empty(axes, "Nobody passed it on,\nso there is no cascade.")
        return
    total = int(counts.sum())
    if sizes[-1] == 1:
        alone = "The one cascade is" if total == 1 else f"All {total:,} cascades are"
        empty(axes, f"{alone} a single share\nthat nobody passed on.")
        return
    share = 1 - np.concatenate([[0], np.cumsum(counts)[:-1]]) / total
    axes.step(sizes, share, where="pre", color=SKY, linewidth=1.6)
    axes.plot(sizes, share, "o", color=BLUE, markersize=4.5)
    axes.set(xscale="log", yscale="log", xlim=(0.85, sizes[-1] * 1.9), ylim=(share[-1] / 2, 1.6))
    axes.annotate(
        f"largest: {sizes[-1]:,}", (sizes[-1], share[-1]), (6, -15), textcoords="offset points",
        ha="right", fontsize=9, color=INK,
    )  # fmt: skip
    axes.set_xlabel(f"shares in the cascade (of {total:,} cascades)")
    axes.set_ylabel("share of cascades at least as large", fontsize=9.5, color=GREY)
    axes.set_xticks(decades(1, sizes[-1]))
    axes.set_yticks(decades(share[-1], 1))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
    plain(axes, axes.xaxis, axes.yaxis)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
