"""Levers in a picture: from the base, step by step, to the scenario with all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from ..figures import BLUE, GREY, INK, ORANGE, SKY, Picture, bare, headed, titled
from ..outcomes import outcome as known
from ..paired.wording import mean, signed

if TYPE_CHECKING:
    from .attribution import Attribution


def waterfall(found: Attribution) -> Picture:
    """Draw what each lever is owed: a panel for the outcome that was asked, and one for money.

    Parameters
    ----------
    found
        What `levers` found. The title is its sentence; each step has its interval.
    """
    height = 2.1 + 0.5 * (len(found.levers) + 2)
    note = f"{found.scenario.name}, {len(found.before)} replicates from seed {found.seed}"
    figure, top = titled(found.sentence, note, (6.6 * len(found.outcomes), height))
    grid = figure.add_gridspec(
        1, len(found.outcomes), left=0.26 / len(found.outcomes) + 0.02, right=0.975,
        top=top, bottom=0.5 / height, wspace=0.42,
    )  # fmt: skip
    for k, name in enumerate(found.outcomes):
        draw_steps(figure.add_subplot(grid[k]), found, name)
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
            *(f"{lever}: {label}" for lever, label in zip(names, labels, strict=True)),
            f"all: {mean(float(end), what.form)}",
        ],
        fontsize=9.5,
    )
    axes.set_ylim(gains.size + 0.6, -1.6)
    headed(axes, what.label)
    bare(axes)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.4g}"))
