"""What went wrong, and what became of it: complaints over time (003, 004)."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ....sim.result import Result
from ...show.colours import COMPLAINED
from ...show.lines import ends, timed
from ...show.numbers import percent
from ...show.style import BLUE, GREEN, GREY, INK, Picture, bare, empty, short, title, titled
from ..headline import service

# Column of the series, what it is called, colour.
_LINES: Final = (
    ("wrong", "went wrong", INK),
    ("heard", "heard of", BLUE),
    ("mended", "mended in time", GREEN),
    ("complaints", "told in public", COMPLAINED),
    ("refunds", "paid back", GREY),
)


def complaints(result: Result) -> Picture:
    """Draw what went wrong over time, and what became of all of it.

    On the left how much went wrong so far, was heard of by the brand, mended before it was told,
    told in public and paid back; on the right each of these as a part of what went wrong.
    """
    figure, top = titled(
        service(result), f"{result.scenario.name}, seed {result.seed}",
        (11.5, 4.8),
    )  # fmt: skip
    low = 0.14
    _in_time(figure.add_axes((0.06, low, 0.38, top - low)), result)
    _became(figure.add_axes((0.68, low, 0.3, top - low)), result)
    return figure


def _in_time(axes: Axes, result: Result) -> None:
    title(axes, "So far")
    if not result.columns["wrong"].any():
        empty(axes, "Nothing went wrong.")
        return
    when, labels = timed(axes, result), []
    for name, label, colour in _LINES:
        values = np.concatenate([[0], np.cumsum(result.columns[name])])
        if values[-1]:
            axes.plot(when, values, color=colour, lw=2.0, drawstyle="steps-post")
            labels.append((float(values[-1]), f"{label} {values[-1]:,}", colour))
    axes.set_ylim(0, 1.06 * float(result.columns["wrong"].sum()))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(short)
    axes.set_ylabel(result.scenario.outcome)
    bare(axes, "y")
    ends(axes, labels)


def _became(axes: Axes, result: Result) -> None:
    wrong = int(result.columns["wrong"].sum())
    title(axes, f"Of {wrong:,} that went wrong")
    if not wrong:
        empty(axes, "Nothing went wrong.")
        return
    rows = _LINES[1:]
    counts = [int(result.columns[name].sum()) for name, _, _ in rows]
    axes.barh(range(len(rows)), counts, height=0.62, color=[colour for _, _, colour in rows])
    for row, count in enumerate(counts):
        axes.annotate(
            f"{count:,} ({percent(count / wrong)})", (count, row), (4, 0), va="center", fontsize=9,
            textcoords="offset points", color=INK,
        )  # fmt: skip
    axes.set(xlim=(0, 1.45 * max(*counts, 1)), ylim=(len(rows) - 0.45, -0.6))
    axes.set_yticks(range(len(rows)), [label for _, label, _ in rows], fontsize=9.5)
    axes.set_xticks([])
    bare(axes, "")
    axes.spines["bottom"].set_visible(False)
