"""Figures of a study, a question each, with units and labels from the schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from textwrap import fill
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import NullLocator

from ....sim.errors import InputError
from ...show.numbers import percent
from ...show.style import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    INK,
    MAUVE,
    ORANGE,
    SKY,
    Picture,
    above,
    bare,
    by_factors,
    by_logarithm,
    ticks,
    words_below,
)
from ..analysis.summary import compare, convergence, response
from ..analysis.table import AboutStudy, RunTable
from .interplay import draw_importance, draw_interaction, draw_sensitivity
from .words import SMALL, WIDTH, canvas, label_axes, lowered, phrase, told, written_out

# Okabe & Ito 2008, in the order in which they are told apart best.
_COLOURS: Final = (BLUE, ORANGE, GREEN, MAUVE, AMBER, "#56B4E9", INK, GREY)
# Points that a figure of single runs has room for, and letters that say which one is.
_POINTS: Final = 60
_LETTERS: Final = 90


def draw_response(runs: RunTable, x: str, by: str | None = None) -> Picture:
    """The mean of an outcome along an axis, with 95 % intervals; a line for each value of `by`."""
    y = runs.y
    table = response(runs, x, by)
    groups = [(None, table)] if by is None else list(table.groupby(by, sort=False))
    bands = bool(table["low"].notna().any())
    said = "mean over replicates and all other axes"
    figure, [axes] = canvas(
        runs.about,
        _extremes(runs.about, y, table, [x] if by is None else [x, by]),
        said if bands else f"{said}; one replicate has no interval",
        width=WIDTH if by is None else WIDTH + 1.6,
    )
    numeric = pd.api.types.is_numeric_dtype(table[x])
    levels = list(dict.fromkeys(table[x]))
    lines: list[Artist] = []
    for (label, rows), colour in zip(groups, _shades(len(groups)), strict=True):
        places = rows[x].to_numpy(float) if numeric else [levels.index(v) for v in rows[x]]
        means, lows, highs = (rows[each].to_numpy(float) for each in ("mean", "low", "high"))
        if numeric:
            axes.fill_between(places, lows, highs, color=colour, alpha=0.15, linewidth=0)
        else:  # what lies between two words is nothing
            axes.vlines(places, lows, highs, color=colour, linewidth=2)
        line = "o-" if numeric else "o"
        shown = "mean" if by is None else fill(written_out(label).replace("_", " "), 22)
        lines += axes.plot(
            places, means, line, color=colour, linewidth=2, markersize=5, label=shown
        )
    if bands:
        lines.append(_band(numeric, BLUE if by is None else GREY))
    if by is None:
        above(axes, lines)
    else:
        _beside(axes, lines, fill(runs.about.label(by), 26))
    if numeric and by_factors(levels):
        by_logarithm(axes, "x", levels)
    if not numeric:
        words_below(axes, [written_out(level) for level in levels], WIDTH - 1.2)
    label_axes(runs.about, axes, x, y)
    if numeric:
        axes.xaxis.set_major_formatter(ticks())
    return figure


def draw_summary(runs: RunTable) -> Picture:
    """The runs themselves: every run a dot, the mean of each point a stroke."""
    about, table, y = runs.about, runs.done, runs.y
    points = list(dict.fromkeys(table["point"]))
    shown = points[:_POINTS]
    first = table.groupby("point").first().loc[shown]
    words = [_cut(", ".join(map(_brief, row))) for row in first[about.axes].values]
    low, high = (told(about, y, float(end)) for end in (table[y].min(), table[y].max()))
    marks = "a dot a run, the mean as a stroke"
    if len(points) > len(shown):
        marks += f"; and {len(points) - len(shown):,} more points, in the table"
    figure, [axes] = canvas(
        about,
        f"{about.short_label(y)}, run by run: {low} to {high} in {len(table):,} runs",
        marks,
        width=WIDTH + 0.06 * max(0, max(map(len, words)) - 24),
        height=max(1.6, 0.2 * len(shown) + 0.8),
    )
    for k, point in enumerate(shown):
        values = table.loc[table["point"] == point, y].to_numpy(float)
        axes.plot(values, np.full(values.size, k), "o", color=SKY, markersize=4)
        if not np.isnan(values).all():
            axes.plot(
                [np.nanmean(values)], [k], "|", color=BLUE, markersize=12, markeredgewidth=2.5
            )
    axes.set_yticks(range(len(shown)), [word or "the scenario" for word in words])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlabel(about.label(y))
    axes.set_ylabel(
        fill(", ".join(about.short_label(axis) for axis in about.axes), 16 + len(shown))
    )
    bare(axes, "both")
    axes.tick_params(axis="y", labelsize=7.5, labelcolor=INK)
    axes.xaxis.set_major_formatter(ticks(runs.about.form(y)))
    return figure


def draw_comparison(runs: RunTable, these: Mapping[str, Any], those: Mapping[str, Any]) -> Picture:
    """The paired difference of outcomes, as a share of their mean, with 95 % intervals."""
    table = compare(runs, these, those)
    scale = table["those"].abs().where(table["those"] != 0)
    kept = table[scale.notna() & table["difference"].notna()]
    left = len(table) - len(kept)
    scale = scale[kept.index]
    figure, [axes] = canvas(
        runs.about,
        f"{phrase(these)} against {phrase(those)}: {_change(runs.about, table.iloc[0])}",
        ("paired by replicate" if runs.about.pairing else "unpaired")
        + ", 95 % interval"
        + (f"; and {left:,} more, without a share, in the table" if left else ""),
        height=max(1.6, 0.32 * len(kept) + 0.9),
    )
    rows = np.arange(len(kept))
    middle, low, high = ((kept[c] / scale).to_numpy(float) for c in ("difference", "low", "high"))
    axes.axvline(0, color=GREY, linewidth=1)
    axes.hlines(rows, low, high, color=BLUE, linewidth=2)
    axes.plot(middle, rows, "o", color=BLUE)
    axes.set_yticks(
        rows, [fill(runs.about.short_label(n), 36) for n in kept["outcome"]], fontsize=SMALL
    )
    axes.set_ylim(max(len(kept), 1) - 0.4, -0.6)
    axes.set_xlabel("difference, as a share of the value it is compared with")
    axes.xaxis.set_major_formatter(ticks("rate"))
    bare(axes, "both")
    axes.tick_params(axis="y", labelcolor=INK)
    return figure


def draw_convergence(runs: RunTable) -> Picture:
    """How the 95 % interval of a point's mean narrows with the replicates."""
    y = runs.y
    table = convergence(runs)
    if table.empty:
        raise InputError("one replicate shows no convergence; run the study with more.")
    there = table["half_width"].notna()
    last = table[there].iloc[-1]
    figure, [axes] = canvas(
        runs.about,
        f"{runs.about.short_label(y)}: {last['replicates']:.0f} replicates tell the mean of a "
        f"point to ±{told(runs.about, y, float(last['half_width']))}",
        "mean over points",
    )
    axes.plot(
        table["replicates"], table["expected"], "--", color=GREY, label="to be expected",
        linewidth=1.5,
    )  # fmt: skip
    axes.plot(
        table.loc[there, "replicates"], table.loc[there, "half_width"], "o-", color=BLUE,
        label="measured", linewidth=2, markersize=4,
    )  # fmt: skip
    above(axes)
    axes.set(ylim=(0, None), xscale="log")
    axes.set_xlabel("replicates, logarithmic")
    axes.set_ylabel(f"half of the 95 % interval of\n{fill(runs.about.label(y), 40)}")
    bare(axes, "both")
    axes.yaxis.set_major_formatter(ticks(runs.about.form(y)))
    most = int(table["replicates"].iloc[-1])
    shown = _doubling(int(table["replicates"].iloc[0]), most)
    axes.set_xticks(shown, [f"{n:,}" for n in shown])
    axes.xaxis.set_minor_locator(NullLocator())
    return figure


KINDS: Final[dict[str, Callable[..., Picture]]] = {
    "response": draw_response,
    "summary": draw_summary,
    "comparison": draw_comparison,
    "sensitivity": draw_sensitivity,
    "importance": draw_importance,
    "interaction": draw_interaction,
    "convergence": draw_convergence,
}


def draw(runs: RunTable, kind: str, **how: Any) -> Picture:
    """A figure of one of the `KINDS`; InputError for another."""
    if kind not in KINDS:
        raise InputError(f"kind = {kind!r} is not allowed; give one of {', '.join(KINDS)}.")
    return KINDS[kind](runs, **how)


def _extremes(about: AboutStudy, name: str, table: pd.DataFrame, axes: Sequence[str]) -> str:
    """Where the means of an outcome are least and most, as a title."""
    said = f"{about.short_label(name)} by " + " and ".join(
        lowered(about.short_label(axis)) for axis in axes
    )
    means = table["mean"].dropna()
    if means.empty:
        return f"{said}: no run has a value"
    ends = table.loc[[means.idxmin(), means.idxmax()]].to_dict("records")
    least, most = (told(about, name, float(row["mean"])) for row in ends)
    if least == most:
        return f"{said}: {least} everywhere"
    at = [" and ".join(written_out(row[axis]) for axis in axes) for row in ends]
    return f"{said}: {least} at {at[0]}, {most} at {at[1]}"


def _change(about: AboutStudy, row: pd.Series) -> str:
    name, shift = str(row["outcome"]), float(row["difference"])
    label = lowered(about.short_label(name))
    if shift != shift:
        return f"{label} has no value to compare"
    sign = "+" if shift > 0 else ""
    share = "" if not row["those"] else f" ({sign}{percent(shift / abs(row['those']))})"
    return f"{label} {sign}{told(about, name, shift)}{share}"


def _shades(lines: int) -> Sequence[Any]:
    """Colours to tell lines apart; of many, those of a scale."""
    if lines <= len(_COLOURS):
        return _COLOURS[:lines]
    return [colormaps["viridis"](each) for each in np.linspace(0, 0.92, lines)]


def _band(numeric: bool, colour: str) -> Artist:
    """What the legend shows for the intervals: a band, or the strokes through single dots."""
    if numeric:
        return Patch(color=colour, alpha=0.2, linewidth=0, label="95 % interval")
    return Line2D([], [], color=colour, linewidth=2, label="95 % interval")


def _beside(axes: Axes, handles: Sequence[Artist], heading: str) -> None:
    legend = axes.legend(
        handles=handles, title=heading, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False,
        fontsize=8.5, labelcolor=INK, borderaxespad=0, alignment="left",
    )  # fmt: skip
    legend.get_title().set(fontsize=SMALL, color=GREY)


def _doubling(first: int, last: int) -> list[int]:
    """Whole numbers from the first to the last, each at least double the one before."""
    found = [first]
    while 2 * found[-1] <= last:
        found.append(2 * found[-1])
    return found if found[-1] * 1.5 > last else [*found, last]


def _brief(value: Any) -> str:
    """A value of an axis in four digits, of which a sampler gives many more."""
    small = isinstance(value, float) and abs(value) < 1000
    return f"{value:.4g}" if small else written_out(value)


def _cut(text: str) -> str:
    """The two ends of a text that no figure has room for."""
    half = _LETTERS // 2
    return text if len(text) <= _LETTERS else f"{text[:half]} … {text[-half:]}"
