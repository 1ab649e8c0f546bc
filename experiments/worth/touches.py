"""Credit in a picture: conversions by role, hop and outlet, under each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes

from ..figures import BLUE, INK, ORANGE, SKY, Picture, bare, headed, titled

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
    note = f"{owed.result.scenario.name}, seed {owed.result.seed}"
    figure, top = titled(owed.sentence, note, (13, 4.6))
    grid = figure.add_gridspec(1, 3, left=0.1, right=0.985, top=top - 0.04, bottom=0.13, wspace=0.5)
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
    headed(axes, f"Conversions by {what}", pad=20)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=8.5,
        handlelength=1, handletextpad=0.5, columnspacing=1, labelcolor=INK, borderaxespad=0,
    )  # fmt: skip
    bare(axes)
