"""Reach: impressions and people reached, over time."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ....sim.result import Result
from ...show.style import BLUE, INK, ORANGE, SKY, plain, title


def draw_reach(axes: Axes, result: Result) -> None:
    """Draw impressions and people reached up to each moment."""
    title(axes, "Reach over time")
    hours = result.scenario.hours_per_tick
    length = result.ticks * hours
    unit, scale = ("days", hours / 24) if length > 72 else ("hours", hours)
    when = np.arange(result.ticks + 1) * scale
    lines = (("impressions", "impressions", SKY), ("reach", "people reached", BLUE))
    for name, label, colour in lines:
        total = np.concatenate([[0], np.cumsum(result.columns[name][: result.ticks])])
        axes.plot(when, total, color=colour, linewidth=2.4, label=label, solid_capstyle="round")
    posts = [post.tick for post in result.posts if post.tick is not None]
    shown = [tick * scale for tick in posts if tick < result.ticks]
    if len(shown) <= 40:
        axes.plot(
            shown, np.full(len(shown), 0.022), "^", color=ORANGE, markersize=6, zorder=3,
            transform=axes.get_xaxis_transform(), label="post" if len(shown) == 1 else "posts",
        )  # fmt: skip
    top = max(axes.get_ylim()[1], 1.0)
    end = max(when[-1], scale)  # before the first tick there is no time to show
    axes.set(xlim=(-0.025 * end, 1.01 * end), ylim=(0, top * 1.02))
    axes.set_xlabel(f"{unit} since the start")
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 3, 4, 6, 10]))
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=9,
        handlelength=1, handletextpad=0.5, columnspacing=1, labelcolor=INK,
        borderaxespad=0, borderpad=0,
    )  # fmt: skip
    plain(axes, axes.yaxis)
