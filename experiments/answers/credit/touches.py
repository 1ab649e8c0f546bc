"""Credit in a picture: conversions by role, hop and outlet, under each rule."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes

from ...show.style import BLUE, ORANGE, SKY, Picture, above, bare, empty, sheet, ticks, title

if TYPE_CHECKING:
    from .answer import Credit

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
    note = f"{owed.result.scenario.name}, seed {owed.result.seed}"
    figure = sheet(owed.sentence, note, 13, 3.7)
    for axes, what in zip(figure.subplots(1, 3), ("role", "hop", "outlet"), strict=True):
        draw_credit(axes, owed, what)
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
    whole = owed.by(what)
    if whole.empty:
        empty(axes, f"No conversions to credit by {what}.")
        return
    table, left = whole.head(_MOST), len(whole) - _MOST
    rows = np.arange(len(table))
    for k, (rule, (label, colour)) in enumerate(_RULES.items()):
        axes.barh(rows + 0.26 * (k - 1), table[rule], height=0.24, color=colour, label=label)
    names = [fill(str(name).replace("_", " "), 22) for name in table.index]
    axes.set_yticks(rows, names, fontsize=9.5)
    axes.set_ylim(len(table) - 0.45, -0.55)
    title(axes, f"Conversions by {what}")
    above(axes)
    bare(axes)
    axes.xaxis.set_major_formatter(ticks())
    axes.set_xlabel("conversions" + (f"; and {left:,} more, in the table" if left > 0 else ""))
