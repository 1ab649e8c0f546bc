"""Figures of several axes at once: an outcome over two of them, and which of all matter.

A grid of two axes is a heat map; of any other design the points themselves are drawn.
"""

from __future__ import annotations

from textwrap import fill
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from numpy.typing import NDArray

from ...show.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SKY,
    Picture,
    above,
    bare,
    by_factors,
    by_logarithm,
    headed,
    ticks,
    words_below,
)
from ..analysis.importance import Importance
from ..analysis.sensitivity import sensitivity
from ..analysis.summary import interaction
from ..analysis.table import AboutStudy, RunTable
from .words import SMALL, canvas, label_axes, lowered, told, written_out

# Axes along which the forest is asked, those that matter most.
_CURVES: Final = 5
# Inches of the map itself, and of a letter and a line in its cells.
_WIDE: Final = 5.0
_HIGH: Final = 3.4
_LETTER: Final = 0.075
_LINE: Final = 0.16
# Share of the combinations of two axes from which on a design is a grid of them.
_FILLED: Final = 0.6
_COLOURS: Final = "viridis"


def draw_interaction(runs: RunTable, x: str, by: str) -> Picture:
    """An outcome over two axes, all others averaged.

    A grid is a heat map. The points of a sampled design lie on no grid: each is drawn where it
    lies, in the colour of its mean.
    """
    y = runs.y
    table = interaction(runs, x, by)  # refuses two axes that are one
    points = runs.done.dropna(subset=[y]).groupby([x, by], sort=False)[y].mean().reset_index()
    # A grid: nearly every value of one axis was run with every value of the other.
    grid = len(points) >= _FILLED * points[x].nunique() * points[by].nunique()
    values = table.to_numpy(float) if grid else points[y].to_numpy(float)
    marks_say = "a dot a point, in the colour of its mean over replicates"
    if grid:
        marks_say = "mean over replicates and all other axes"
        marks_say += "; empty: no run" if np.isnan(values).any() else ""
    figure, [axes] = canvas(runs.about, _title(runs.about, y, (x, by), values), marks_say)
    marks = _heat(runs.about, axes, y, table) if grid else _scatter(axes, points)
    axes.set_xlabel(fill(runs.about.label(x), 60))
    axes.set_ylabel(fill(runs.about.label(by), 38))
    axes.xaxis.label.set(color=GREY, fontsize=9.5)
    axes.yaxis.label.set(color=GREY, fontsize=9.5)
    bar = figure.colorbar(marks, ax=axes, format=ticks(runs.about.form(y)))
    bar.set_label(fill(runs.about.label(y), 40), color=GREY, fontsize=9.5)
    bar.ax.tick_params(colors=GREY, labelsize=9, length=0)
    bar.outline.set_visible(False)
    return figure


def _title(about: AboutStudy, name: str, axes: tuple[str, str], values: NDArray[np.float64]) -> str:
    along = " and ".join(lowered(about.short_label(axis)) for axis in axes)
    said = f"{about.short_label(name)} by {along}"
    if np.isnan(values).all():
        return f"{said}: no run has a value"
    low, high = (told(about, name, float(end)) for end in (np.nanmin(values), np.nanmax(values)))
    return f"{said}: {low} to {high}" if low != high else f"{said}: {low} everywhere"


def _heat(about: AboutStudy, axes: Axes, name: str, table: pd.DataFrame) -> ScalarMappable:
    """A cell for each two values, with its number where there is room for one."""
    values = table.to_numpy(float)
    image = axes.imshow(values, aspect="auto", cmap=_COLOURS, origin="lower")
    words_below(axes, [written_out(value) for value in table.columns], _WIDE)
    axes.set_yticks(
        range(table.shape[0]), [fill(written_out(v).replace("_", " "), 20) for v in table.index]
    )
    texts = {
        (int(row), int(column)): told(about, name, float(values[row, column]))
        for row, column in np.argwhere(~np.isnan(values))
    }
    wide, high = _WIDE / table.shape[1], _HIGH / table.shape[0]
    if texts and max(map(len, texts.values())) * _LETTER <= wide and high >= _LINE:
        middle = (np.nanmin(values) + np.nanmax(values)) / 2
        for (row, column), text in texts.items():
            colour = "black" if values[row, column] > middle else "white"
            axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=8)
    axes.tick_params(length=0, colors=INK, labelsize=9)
    for side in axes.spines.values():
        side.set_visible(False)
    return image


def _scatter(axes: Axes, points: pd.DataFrame) -> ScalarMappable:
    """The points themselves; words stand at places of their own."""
    columns = list(points.columns[:2])
    places = []
    for column, axis in zip(columns, (axes.xaxis, axes.yaxis), strict=True):
        found = points[column]
        if pd.api.types.is_numeric_dtype(found):
            places.append(found.to_numpy(float))
            continue
        levels = list(dict.fromkeys(found))
        places.append(found.map(levels.index).to_numpy(float))
        words = [written_out(level) for level in levels]
        if axis is axes.xaxis:
            words_below(axes, words, _WIDE)
        else:
            axes.set_yticks(range(len(words)), [fill(w.replace("_", " "), 20) for w in words])
    values = points.iloc[:, 2].to_numpy(float)
    size = 44 if len(points) <= 100 else 22 if len(points) <= 1000 else 9
    marks = axes.scatter(
        places[0], places[1], c=values, s=size, cmap=_COLOURS, edgecolors="white", linewidths=0.5
    )
    bare(axes, "both")
    for column, axis, which in zip(columns, (axes.xaxis, axes.yaxis), "xy", strict=True):
        if not pd.api.types.is_numeric_dtype(points[column]):
            axis.set_tick_params(labelcolor=INK)
            continue
        if by_factors(points[column]):
            by_logarithm(axes, which, points[column])
        axis.set_major_formatter(ticks())
    return marks


def draw_sensitivity(runs: RunTable) -> Picture:
    """Sobol's or Morris's indices with their intervals, and the share of luck."""
    found = sensitivity(runs)
    sobol = found.method == "saltelli"
    table = found.table.sort_values("total" if sobol else "mu_star").reset_index(drop=True)
    figure, [axes] = canvas(
        runs.about, found.sentence, "95 % intervals", height=max(2.0, 0.5 * len(table) + 1.1)
    )
    rows = np.arange(len(table))
    axes.axvline(0, color=GREY, linewidth=1)
    apart = (0.12, -0.12) if sobol else (0.0,)
    order = (" (first order)", " (total)") if sobol else ("",)
    for (label, columns), shift, what, colour in zip(
        found.indices.items(), apart, order, (BLUE, ORANGE), strict=False
    ):
        name, low, high = columns
        axes.hlines(rows + shift, table[low], table[high], color=colour, linewidth=2)
        axes.plot(table[name], rows + shift, "o", color=colour, label=label + what)
    if not sobol:
        axes.plot(table["sigma"], rows, "D", color=ORANGE, markersize=5, label="sigma: how uneven")
    above(axes)
    axes.set_yticks(rows, [fill(runs.about.short_label(axis), 30) for axis in table["axis"]])
    axes.set_ylim(-0.6, len(table) - 0.4)
    axes.set_xlabel(
        "share of the variance between points"
        if sobol
        else fill(f"{runs.about.label(found.outcome)}, per full range of the axis", 80)
    )
    bare(axes, "both")
    axes.tick_params(axis="y", labelcolor=INK)
    axes.xaxis.set_major_formatter(ticks("rate" if sobol else runs.about.form(found.outcome)))
    return figure


def draw_importance(runs: RunTable, found: Importance) -> Picture:
    """Importance of the axes, and what the forest expects along each."""
    ranked = list(found.ranked["axis"])
    asked = ranked[:_CURVES]
    left = len(ranked) - len(asked)
    more = f"; along {left:,} more, in the table" if left else ""
    figure, panels = canvas(
        runs.about,
        found.sentence,
        f"bars: 95 % of 10 shuffles; curves: what a forest expects{more}",
        panels=1 + len(asked),
        height=3.2,
    )
    bars, *others = panels
    table = found.table.sort_values("importance").reset_index(drop=True)
    rows = np.arange(len(table))
    bars.barh(rows, table["importance"], color=SKY, height=0.6)
    bars.hlines(rows, table["low"], table["high"], color=BLUE, linewidth=2)
    bars.set_yticks(rows, [fill(runs.about.short_label(axis), 20) for axis in table["axis"]])
    bars.set_xlabel("variance lost when shuffled")
    bars.xaxis.set_major_formatter(ticks("rate"))
    bars.locator_params(axis="x", nbins=4)
    headed(bars, "What matters")
    bare(bars)
    bars.tick_params(axis="y", labelsize=8)
    curves = [found.dependence[axis] for axis in asked]
    low = min(float(each["expected"].min()) for each in curves)
    high = max(float(each["expected"].max()) for each in curves)
    room = 0.06 * (high - low) or 1.0
    for panel, axis, curve in zip(others, asked, curves, strict=True):
        numeric = pd.api.types.is_numeric_dtype(curve[axis])
        if numeric:
            panel.plot(curve[axis], curve["expected"], color=BLUE, linewidth=2)
            if by_factors(curve[axis]):
                by_logarithm(panel, "x", curve[axis])
            else:
                panel.locator_params(axis="x", nbins=5)
        else:
            panel.plot(range(len(curve)), curve["expected"], "o", color=BLUE)
            panel.margins(x=0.15)
            words_below(panel, [written_out(level) for level in curve[axis]], 2.9)
        panel.set_ylim(low - room, high + room)
        label_axes(runs.about, panel, axis, found.outcome, letters=34)
        panel.set_ylabel(fill(panel.get_ylabel(), 28))
        panel.tick_params(labelsize=SMALL - 0.5)
        if numeric:
            panel.xaxis.set_major_formatter(ticks())
    return figure
