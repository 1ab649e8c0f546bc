"""A campaign in a picture: the funnel, reach over time, and how large the cascades became."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from ....sim.plan import POST
from ....sim.result import FUNNEL, Result
from ...show.colours import ARRIVED, BOUGHT, FANS, NOTICED, PASSED_ON
from ...show.lines import at, named
from ...show.numbers import percent
from ...show.style import GREY, INK, Picture, balanced, decades, empty, plain, title
from ...vocabulary.glossary import STAGES
from ..headline import headline


def campaign(result: Result) -> Picture:
    """Draw a result in three panels: funnel, reach over time, cascade sizes.

    The title is the finding (`headline`). Nothing of pyplot's is touched, so that figures
    may be drawn in threads and without a display; save one with ``figure.savefig(path)``.
    """
    told = balanced(headline(result), 118)
    figure = Picture(figsize=(13, 5), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(
        0.015,
        0.965,
        told,
        va="top",
        fontsize=13,
        color=INK,
        weight="bold",
    )
    scenario = result.scenario
    figure.text(
        0.985, 0.02, f"{scenario.name}, seed {result.seed}", ha="right", fontsize=8, color=GREY
    )
    grid = figure.add_gridspec(
        1,
        3,
        width_ratios=(1.2, 1, 1),
        left=0.115,
        right=0.985,
        top=_top(told),
        bottom=0.135,
        wspace=0.24,
    )
    for k, draw in enumerate(_PANELS):
        draw(figure.add_subplot(grid[k]), result)
    return figure


def _top(told: str) -> float:
    """Up to which height of the picture there are panels, below a sentence of so many lines."""
    return 0.75 - 0.05 * max(told.count("\n") - 1, 0)


def stacked(result: Result) -> Picture:
    """Draw the same panels below one another, as wide as a telephone."""
    figure = Picture(figsize=(5.2, 12.0), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(3, 1, left=0.25, right=0.97, top=0.965, bottom=0.045, hspace=0.32)
    for k, draw in enumerate(_PANELS):
        draw(figure.add_subplot(grid[k]), result)
    return figure


# What the bars of the funnel are of, in the colours of these.
_COLOURS: Final = {
    "publish": ARRIVED, "notice": NOTICED, "share": PASSED_ON, "reshare": PASSED_ON,
    "convert": BOUGHT, "follow": FANS,
}  # fmt: skip


def _funnel(axes: Axes, result: Result) -> None:
    """Draw people by stage as bars, each beside those who could."""
    title(axes, "Funnel: people at each stage, of those who could")
    stages = result.funnel
    rows = np.arange(len(stages))
    people = [stage.people for stage in stages]
    colours = [_COLOURS.get(stage.stage, GREY) for stage in stages]
    axes.barh(rows, people, height=0.66, color=colours)
    most = max(*people, 1)
    axes.set(xlim=(0, most * 1.62), ylim=(len(stages) - 0.45, -0.6))
    for row, (stage, (_, _, before, _)) in enumerate(zip(stages, FUNNEL, strict=True)):
        could = result.role.size if before is None else result.people[before]
        axes.annotate(
            f"{stage.people:,}" + (f" of {could:,} ({percent(stage.rate)})" if could else ""),
            (stage.people, row),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=INK if stage.people else GREY,
        )
    axes.set_yticks(rows, [STAGES[stage.stage] for stage in stages], fontsize=9.5)
    axes.set_xticks(
        [tick for tick in MaxNLocator(4, integer=True).tick_values(0, most) if tick <= most]
    )
    axes.set_xlabel("people")
    plain(axes, axes.xaxis, grid=False)
    axes.tick_params(axis="y", labelcolor=INK)
    axes.spines["bottom"].set_visible(False)


def _reach(axes: Axes, result: Result) -> None:
    """Draw impressions and people reached up to each moment."""
    title(axes, "Reach over time")
    when = at(result, np.arange(result.ticks + 1))
    lines = (
        ("impressions", "impressions", ARRIVED),
        ("reach", "people reached", NOTICED),
    )
    for name, label, colour in lines:
        total = np.concatenate([[0], np.cumsum(result.columns[name][: result.ticks])])
        axes.plot(when, total, color=colour, linewidth=2.4, label=label, solid_capstyle="round")
    posts = [
        post.tick
        for post, kind in zip(result.posts, result.kinds, strict=True)
        if kind == POST and post.tick is not None
    ]
    shown = at(result, [tick for tick in posts if tick < result.ticks])
    if len(shown) <= 40:
        axes.plot(
            shown, np.full(len(shown), 0.022), "^", color=INK, markersize=5, zorder=3,
            transform=axes.get_xaxis_transform(), label="post" if len(shown) == 1 else "posts",
        )  # fmt: skip
    top = max(axes.get_ylim()[1], 1.0)
    start, tick = at(result, [0, 1])
    end = max(when[-1], tick) - start  # before the first tick there is no time to show
    axes.set(xlim=(start - 0.025 * end, start + 1.01 * end), ylim=(0, top * 1.02))
    named(axes, result)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=9,
        handlelength=1, handletextpad=0.5, columnspacing=1, labelcolor=INK,
        borderaxespad=0, borderpad=0,
    )  # fmt: skip
    plain(axes, axes.yaxis)


def _cascades(axes: Axes, result: Result) -> None:
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
    axes.step(sizes, share, where="pre", color=PASSED_ON, linewidth=1.6)
    axes.plot(sizes, share, "o", color=PASSED_ON, markersize=4.5)
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


_PANELS: Final = (_funnel, _reach, _cascades)
