"""Credit in a picture: conversions by role, hop and outlet, under each rule."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from ..figures import BLUE, GREY, INK, ORANGE, PALE, SKY, Picture

if TYPE_CHECKING:
    from .credit import Credit

# Rows that a panel has room for.
_MOST: Final = 8
_RULES: Final = {
    "first": ("first touch", SKY),
    "last": ("last touch", BLUE),
    "shapley": ("Shapley", ORANGE),
}


def touches(owed: Credit) -> Picture:
    """Draw what is owed to whom: a panel each for role, hop and outlet.

    Parameters
    ----------
    owed
        What `credit` found. The title is its sentence.
    """
    figure = Picture(figsize=(13, 4.6), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(
        0.015, 0.97, fill(owed.sentence, 125), va="top", fontsize=12, color=INK, weight="bold"
    )
    result = owed.result
    note = f"{result.scenario.name}, seed {result.seed}"
    figure.text(0.985, 0.015, note, ha="right", fontsize=8, color=GREY)
    grid = figure.add_gridspec(1, 3, left=0.1, right=0.985, top=0.7, bottom=0.13, wspace=0.5)
    for k, what in enumerate(("role", "hop", "outlet")):
        draw_credit(figure.add_subplot(grid[k]), owed, what)
    return figure


def draw_credit(axes: Axes, owed: Credit, what: str) -> None:
    """Draw conversions by what they are credited to, a bar for each rule.

    Parameters
    ----------
    axes
        Where.
    owed
        What `credit` found.
    what
        As for `Credit.by`.
    """
    table = owed.by(what).head(_MOST)
    rows = np.arange(len(table))
    for k, (rule, (label, colour)) in enumerate(_RULES.items()):
        axes.barh(rows + 0.26 * (k - 1), table[rule], height=0.24, color=colour, label=label)
    axes.set_yticks(rows, [str(name) for name in table.index], fontsize=9.5)
    axes.set_ylim(max(len(table), 1) - 0.45, -0.55)
    axes.set_title(f"Conversions by {what}", loc="left", fontsize=11, color=INK, pad=20)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=8.5,
        handlelength=1, handletextpad=0.5, columnspacing=1, labelcolor=INK, borderaxespad=0,
    )  # fmt: skip
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.tick_params(colors=GREY, labelsize=9, length=0)
    axes.tick_params(axis="y", labelcolor=INK)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=PALE, linewidth=0.8)
