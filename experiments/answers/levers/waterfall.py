"""Levers in a picture: from the base, step by step, to the scenario with all of them."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes

from ...show.numbers import mean, signed
from ...show.style import BLUE, GREY, INK, ORANGE, SKY, Picture, bare, headed, sheet, ticks
from ...vocabulary.outcomes import outcome as known

if TYPE_CHECKING:
    from .answer import Attribution

# Letters of a lever's name in a line, and the inches of one.
_LETTERS: Final = 34
_LETTER: Final = 0.075


def waterfall(found: Attribution) -> Picture:
    """Draw what each lever is owed: a panel for the outcome that was asked, and one for money.

    Parameters
    ----------
    found
        What `levers` found. The title is its sentence; each step has its interval.
    """
    note = f"{found.scenario.name}, {len(found.before)} replicates from seed {found.seed}"
    longest = 12 + max(map(len, found.levers))
    wide = 5.0 + _LETTER * min(longest, _LETTERS)
    figure = sheet(
        found.sentence, note, wide * len(found.outcomes), 1.1 + 0.46 * (len(found.levers) + 2)
    )
    panels = figure.subplots(1, len(found.outcomes), squeeze=False)[0]
    for axes, name in zip(panels, found.outcomes, strict=True):
        draw_steps(axes, found, name)
    return figure


def draw_steps(axes: Axes, found: Attribution, name: str) -> None:
    """Draw the steps from the base to all levers in one outcome, the largest first.

    Parameters
    ----------
    axes
        Where.
    found
        What `levers` found.
    name
        One of its outcomes.
    """
    what, table = known(name), found.table(name)
    start, end = found.base(name).mean, found.base(name).mean + found.whole(name).mean
    gains = table["gain"].to_numpy()
    edges = start + np.concatenate([[0.0], np.cumsum(gains)])
    rows = np.arange(gains.size)
    colours = [BLUE if gain > 0 else ORANGE for gain in gains]
    axes.barh(-1, start, height=0.6, color=SKY)
    axes.barh(gains.size, end, height=0.6, color=SKY)
    axes.barh(rows, gains, left=edges[:-1], height=0.6, color=colours)
    for row in rows:
        axes.plot([edges[row + 1]] * 2, [row - 0.3, row + 1.3], color=GREY, linewidth=0.8)
    axes.plot([start] * 2, [-1.3, 0.3], color=GREY, linewidth=0.8)
    low, high = table["low"].to_numpy(), table["high"].to_numpy()
    finite = np.isfinite(low) & np.isfinite(high)
    axes.hlines(rows[finite], (edges[:-1] + low)[finite], (edges[:-1] + high)[finite], color=INK)
    labels = [signed(float(gain), what.form) for gain in gains]
    names = [str(lever) for lever in table.index]
    axes.set_yticks(
        [-1, *rows, gains.size],
        [
            f"base: {mean(float(start), what.form)}",
            *(
                fill(f"{lever}: {label}", _LETTERS)
                for lever, label in zip(names, labels, strict=True)
            ),
            f"all: {mean(float(end), what.form)}",
        ],
        fontsize=9.5,
    )
    axes.set_ylim(gains.size + 0.6, -1.6)
    headed(axes, what.label)
    bare(axes)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.xaxis.set_major_formatter(ticks(what.form))
    axes.locator_params(axis="x", nbins=6)
