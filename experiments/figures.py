"""A campaign in a picture: the funnel, reach over time, and how large the cascades became."""

from __future__ import annotations

import io
from textwrap import wrap
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from ..sim.result import Result
from .glossary import percent

# Okabe & Ito 2008: distinct for every kind of colour vision, and in grey.
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
SKY: Final = "#9CCBE6"
INK: Final = "#222222"
GREY: Final = "#767676"
PALE: Final = "#E6E6E6"

_WORDS: Final = {
    "publish": "saw a post arrive",
    "notice": "noticed it",
    "share": "shared it",
    "reshare": "passed a share on",
    "click": "clicked",
    "find": "found the brand",
    "convert": "converted",
    "follow": "began to follow",
}


class Picture(Figure):
    """A figure that belongs to nobody's pyplot: safe in threads, and notebooks show it."""

    def _repr_png_(self) -> bytes:
        return png(self)


def campaign(result: Result) -> Picture:
    """Draw a result in three panels: funnel, reach over time, cascade sizes.

    The title is the finding (`Result.sentence`). Nothing of pyplot's is touched, so that figures
    may be drawn in threads and without a display; save one with ``figure.savefig(path)``.
    """
    figure = Picture(figsize=(13, 5), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(
        0.015,
        0.965,
        _balanced(result.sentence, 118),
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
        1, 3, width_ratios=(1.2, 1, 1), left=0.115, right=0.985, top=0.75, bottom=0.135, wspace=0.24
    )
    for k, draw in enumerate((draw_funnel, draw_reach, draw_cascades)):
        draw(figure.add_subplot(grid[k]), result)
    return figure


def png(figure: Figure, dpi: int = 110) -> bytes:
    """A figure as the bytes of a PNG, the same for the same figure."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=dpi, metadata={"Software": None})
    return file.getvalue()


def draw_funnel(axes: Axes, result: Result) -> None:
    """Draw people by stage as bars, each with its rate among those who could."""
    _title(axes, "Funnel: people at each stage")
    stages = result.funnel
    rows = np.arange(len(stages))
    people = np.array([stage.people for stage in stages])
    everybody = max(int(result.network["agents"]), 10)
    # From .6 on, so that one person is a bar that can be seen.
    axes.barh(rows, np.maximum(people, 0.6) - 0.6, left=0.6, height=0.66, color=BLUE)
    axes.set(xscale="log", xlim=(0.6, everybody**1.42), ylim=(len(stages) - 0.45, -0.6))
    for row, stage in enumerate(stages):
        axes.annotate(
            f"{stage.people:,}"
            + ("" if stage.rate != stage.rate else f"  ({percent(stage.rate)})"),
            (max(stage.people, 0.6), row),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=INK if stage.people else GREY,
        )
    axes.set_yticks(rows, [_WORDS.get(stage.stage, stage.stage) for stage in stages], fontsize=9.5)
    axes.set_xticks([10.0**k for k in range(len(str(everybody)))])
    axes.set_xlabel("people, logarithmic (per cent of those who could)")
    axes.xaxis.set_minor_locator(NullLocator())
    _plain(axes, axes.xaxis, grid=False)
    axes.tick_params(axis="y", labelcolor=INK)
    axes.spines["bottom"].set_visible(False)


def draw_reach(axes: Axes, result: Result) -> None:
    """Draw impressions and people reached up to each moment."""
    _title(axes, "Reach over time")
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
    axes.set(xlim=(-0.025 * when[-1], 1.01 * when[-1]), ylim=(0, top * 1.02))
    axes.set_xlabel(f"{unit} since the start")
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 3, 4, 6, 10]))
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=9,
        handlelength=1, handletextpad=0.5, columnspacing=1, labelcolor=INK,
        borderaxespad=0, borderpad=0,
    )  # fmt: skip
    _plain(axes, axes.yaxis)


def draw_cascades(axes: Axes, result: Result) -> None:
    """Draw the share of cascades of at least each size, on logarithmic axes."""
    _title(axes, "Cascades: how many grow how large")
    sizes, counts = np.unique(result.cascades.size, return_counts=True)
    if sizes.size == 0:
        _empty(axes, "Nobody passed it on,\nso there is no cascade.")
        return
    total = int(counts.sum())
    if sizes[-1] == 1:
        alone = "The one cascade is" if total == 1 else f"All {total:,} cascades are"
        _empty(axes, f"{alone} a single share\nthat nobody passed on.")
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
    axes.set_xticks(_decades(1, sizes[-1]))
    axes.set_yticks(_decades(share[-1], 1))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
    _plain(axes, axes.xaxis, axes.yaxis)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))


def _decades(low: float, high: float) -> list[float]:
    """Round numbers on a logarithmic axis; 2s and 5s too where powers of ten would be few."""
    steps = (1, 2, 5) if high / low < 150 else (1,)
    exponents = range(int(np.floor(np.log10(low))), int(np.floor(np.log10(high))) + 1)
    values = [step * 10.0**k for k in exponents for step in steps]
    return [value for value in values if low * 0.999 <= value <= high * 1.001]


def _balanced(text: str, width: int) -> str:
    """Lines of at most `width`, as few as possible, and then as even as possible."""
    lines = wrap(text, width)
    for narrower in range(width - 1, 0, -1):
        if len(narrow := wrap(text, narrower)) > len(lines):
            break
        lines = narrow
    return "\n".join(lines)


def _title(axes: Axes, text: str) -> None:
    axes.set_title(text, loc="left", fontsize=11, color=INK, pad=20)


def _plain(axes: Axes, *measured: Axis, grid: bool = True) -> None:
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
        axis.set_major_formatter(FuncFormatter(_short))


def _short(value: float, _: int) -> str:
    """1500000 as 1.5M."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if abs(value) >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"


def _empty(axes: Axes, text: str) -> None:
    axes.set_axis_off()
    axes.text(
        0.5, 0.5, text, ha="center", va="center", fontsize=11, color=GREY, transform=axes.transAxes
    )
