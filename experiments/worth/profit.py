"""Profit in a picture: how it falls out over the replicates, and by how many share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullLocator

from ..figures import BLUE, GREY, INK, ORANGE, SKY, Picture, bare, headed, titled
from ..glossary import percent

if TYPE_CHECKING:
    from .break_even import BreakEven
    from .economics import Economics

_RATES = [digit * 10.0**power for power in range(-6, 1) for digit in (1, 2, 5)]


def profit(found: Economics) -> Picture:
    """Draw profit over the replicates with its worst part, and profit by share rate.

    Parameters
    ----------
    found
        What `economics` found. The title is its sentence; the second panel is left out where no
        break-even point was asked.
    """
    point = found.break_even
    both = point is not None and len(point.points) > 1
    note = f"{found.scenario.name}, {found.replicates} replicates from seed {found.seed}"
    figure, top = titled(found.sentence, note, (13, 6.0) if both else (8, 6.4))
    grid = figure.add_gridspec(
        1, 2 if both else 1, left=0.07, right=0.975, top=top - 0.04, bottom=0.12, wspace=0.18
    )
    draw_outcomes(figure.add_subplot(grid[0]), found)
    if point is not None and both:
        draw_share_rates(figure.add_subplot(grid[1]), point)
    return figure


def draw_outcomes(axes: Axes, found: Economics) -> None:
    """Draw the profit of every replicate as a histogram, the worst 5 per cent apart."""
    values, worst = found.numbers("profit"), found.risk.worst
    bins = np.histogram_bin_edges(values, "auto" if values.std() else 1).tolist()
    edge = -math.inf if worst is None else worst.value_at_risk
    axes.hist(
        [values[values <= edge], values[values > edge]],
        bins=bins, stacked=True, color=[ORANGE, SKY],
        label=["as bad as the worst 5 %", "the others"],
    )  # fmt: skip
    axes.axvline(0, color=INK, linewidth=1)
    axes.axvline(float(values.mean()), color=BLUE, linewidth=2, label="mean")
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=9, handlelength=1,
        labelcolor=INK, borderaxespad=0,
    )  # fmt: skip
    axes.set_ylabel("replicates")
    axes.set_xlabel("profit")
    bare(axes, grid="y")
    headed(axes, "Profit of each replicate", pad=20)


def draw_share_rates(axes: Axes, point: BreakEven) -> None:
    """Draw mean profit with its interval by how many pass it on, and where it breaks even."""
    rates = np.array([each.share_rate for each in point.points])
    means, low, high = (
        np.array([getattr(each.profit, name) for each in point.points])
        for name in ("mean", "low", "high")
    )
    shown = np.isfinite(rates) & np.isfinite(low) & np.isfinite(high) & (rates > 0)
    if not shown.any():
        axes.set_axis_off()
        return
    axes.fill_between(rates[shown], low[shown], high[shown], color=SKY, linewidth=0)
    axes.plot(rates[shown], means[shown], "o-", color=BLUE, markersize=3.5)
    axes.axhline(0, color=INK, linewidth=1)
    if point.now.share_rate > 0:
        axes.axvline(point.now.share_rate, color=GREY, linewidth=1, linestyle=":")
        axes.annotate(
            "now", (point.now.share_rate, 1), (3, -10), xycoords=("data", "axes fraction"),
            textcoords="offset points", fontsize=9, color=GREY,
        )  # fmt: skip
    if not point.why_none and point.share_rate > 0:
        axes.plot([point.share_rate], [0], "D", color=ORANGE, markersize=7, zorder=3)
        axes.annotate(
            f"breaks even: {percent(point.share_rate)}", (point.share_rate, 0), (-6, 8),
            textcoords="offset points", ha="right", fontsize=9, color=INK,
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xlabel("of those who notice a message, how many pass it on (logarithmic)")
    bare(axes, grid="y")
    axes.set_xticks([rate for rate in _RATES if rates[shown].min() <= rate <= rates[shown].max()])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.4g}"))
    headed(axes, "Mean profit by share rate", pad=20)
