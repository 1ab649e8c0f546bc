"""Profit in a picture: how it falls out over the replicates, and by how many share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator

from ...show.numbers import percent
from ...show.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SKY,
    Picture,
    above,
    bare,
    decades,
    empty,
    sheet,
    ticks,
    title,
)

if TYPE_CHECKING:
    from .answer import Economics
    from .break_even import BreakEven


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
    figure = sheet(found.sentence, note, 13 if both else 8, 4.2)
    panels = figure.subplots(1, 2 if both else 1, squeeze=False)[0]
    draw_outcomes(panels[0], found)
    if point is not None and both:
        draw_share_rates(panels[1], point)
    return figure


def draw_outcomes(axes: Axes, found: Economics) -> None:
    """Draw the profit of every replicate as a histogram, the worst 5 per cent apart."""
    values, worst = found.numbers("profit"), found.risk.worst
    bins = np.histogram_bin_edges(values, "auto" if values.std() else 1).tolist()
    if worst is None:
        axes.hist(values, bins=bins, color=SKY, label="replicates")
    else:
        bad = values <= worst.value_at_risk
        axes.hist(
            [values[bad], values[~bad]], bins=bins, stacked=True, color=[ORANGE, SKY],
            label=["as bad as the worst 5 %", "the others"],
        )  # fmt: skip
    axes.axvline(0, color=INK, linewidth=1)
    axes.axvline(float(values.mean()), color=BLUE, linewidth=2, label="mean")
    above(axes)
    axes.set_ylabel("replicates")
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set_xlabel("profit (money)")
    bare(axes, grid="y")
    axes.xaxis.set_major_formatter(ticks())
    title(axes, "Profit of each replicate")


def draw_share_rates(axes: Axes, point: BreakEven) -> None:
    """Draw mean profit with its interval by how many pass it on, and where it breaks even."""
    rates = np.array([each.share_rate for each in point.points])
    means, low, high = (
        np.array([getattr(each.profit, name) for each in point.points])
        for name in ("mean", "low", "high")
    )
    shown = np.isfinite(rates) & np.isfinite(low) & np.isfinite(high) & (rates > 0)
    if not shown.any():
        empty(axes, "Nobody passes it on at any of the rates that were tried.")
        return
    axes.fill_between(
        rates[shown], low[shown], high[shown], color=SKY, linewidth=0, label="95 % interval"
    )
    axes.plot(rates[shown], means[shown], "o-", color=BLUE, markersize=3.5, label="mean")
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
    axes.margins(y=0.1)
    axes.set_xscale("log")
    axes.set_xlabel("of those who notice a message, how many pass it on (logarithmic)")
    bare(axes, grid="y")
    axes.set_xticks(decades(float(rates[shown].min()), float(rates[shown].max())))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(ticks("rate"))
    axes.yaxis.set_major_formatter(ticks())
    axes.set_ylabel("mean profit (money)")
    title(axes, "Mean profit by share rate")
    above(axes)
