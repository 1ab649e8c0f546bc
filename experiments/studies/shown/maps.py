"""An outcome over two axes: a heat map of a grid, and the points themselves of any other design."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from numpy.typing import NDArray

from ...show.numbers import written
from ...show.style import GREY, INK, Picture, bare, ticks, words_below
from ..analysis.response import interaction
from ..analysis.summary import done
from .canvas import (
    by_factors,
    by_logarithm,
    canvas,
    form_of,
    lowered,
    short_label,
    told,
    written_out,
)

if TYPE_CHECKING:
    from ..study import Study

# Inches of the map itself, and of a letter and a line in its cells.
_WIDE: Final = 5.0
_HIGH: Final = 3.4
_LETTER: Final = 0.075
_LINE: Final = 0.16
# Share of the combinations of two axes from which on a design is a grid of them.
_FILLED: Final = 0.6
_COLOURS: Final = "viridis"


def draw_interaction(study: Study, x: str, by: str, y: str | None = None) -> Picture:
    """An outcome over two axes, all others averaged.

    A grid is a heat map. The points of a sampled design lie on no grid: each is drawn where it
    lies, in the colour of its mean.
    """
    name = study.known(y) if y is not None else study.main_outcome
    table = interaction(study, x, by, y)  # refuses two axes that are one
    across, down = study.known_axis(x), study.known_axis(by)
    runs = done(study, [name]).dropna(subset=[name])
    points = runs.groupby([across, down], sort=False)[name].mean().reset_index()
    grid = _is_grid(points, across, down)
    values = table.to_numpy(float) if grid else points[name].to_numpy(float)
    marks_say = "a dot a point, in the colour of its mean over replicates"
    if grid:
        marks_say = "mean over replicates and all other axes"
        marks_say += "; empty: no run" if np.isnan(values).any() else ""
    figure, [axes] = canvas(study, _title(study, name, across, down, values), marks_say)
    marks = _heat(axes, name, table) if grid else _scatter(axes, points)
    axes.set_xlabel(fill(study.label(across), 60))
    axes.set_ylabel(fill(study.label(down), 38))
    axes.xaxis.label.set(color=GREY, fontsize=9.5)
    axes.yaxis.label.set(color=GREY, fontsize=9.5)
    bar = figure.colorbar(marks, ax=axes, format=ticks(form_of(name)))
    bar.set_label(fill(study.label(name), 40), color=GREY, fontsize=9.5)
    bar.ax.tick_params(colors=GREY, labelsize=9, length=0)
    bar.outline.set_visible(False)
    return figure


def _is_grid(points: pd.DataFrame, across: str, down: str) -> bool:
    """Whether nearly every value of one axis was run with every value of the other."""
    cells = points[across].nunique() * points[down].nunique()
    return bool(len(points) >= _FILLED * cells)


def _title(study: Study, name: str, across: str, down: str, values: NDArray[np.float64]) -> str:
    axes = " and ".join(lowered(short_label(study, axis)) for axis in (across, down))
    said = f"{short_label(study, name)} by {axes}"
    if np.isnan(values).all():
        return f"{said}: no run has a value"
    low, high = (told(name, float(end)) for end in (np.nanmin(values), np.nanmax(values)))
    return f"{said}: {low} to {high}" if low != high else f"{said}: {low} everywhere"


def _heat(axes: Axes, name: str, table: pd.DataFrame) -> ScalarMappable:
    """A cell for each two values, with its number where there is room for one."""
    values = table.to_numpy(float)
    image = axes.imshow(values, aspect="auto", cmap=_COLOURS, origin="lower")
    words_below(axes, [written_out(value) for value in table.columns], _WIDE)
    axes.set_yticks(
        range(table.shape[0]), [fill(written_out(v).replace("_", " "), 20) for v in table.index]
    )
    texts = {
        (int(row), int(column)): written(float(values[row, column]), form_of(name))
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
