"""Lines over the time of a campaign: the clock, and names at their ends in place of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from .style import GREY

if TYPE_CHECKING:
    from ...sim.result import Result

# Of a line of letters, in points.
_LINE: Final = 11.5


def clock(result: Result) -> tuple[str, float]:
    """The unit of time in which a campaign is drawn, and how many of it a tick lasts."""
    hours = result.scenario.hours_per_tick
    return ("days", hours / 24) if result.ticks * hours > 72 else ("hours", hours)


def timed(axes: Axes, result: Result) -> NDArray[np.float64]:
    """Prepare the axis of time, and give the ends of all ticks, the start first."""
    unit, scale = clock(result)
    when = np.arange(result.ticks + 1, dtype=np.float64) * scale
    end = max(float(when[-1]), scale)
    axes.set_xlim(-0.015 * end, 1.01 * end)
    axes.set_xlabel(f"{unit} since the start")
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 3, 4, 6, 10]))
    return when


def ends(axes: Axes, labels: Sequence[tuple[float, str, str]], size: float = 9) -> None:
    """Write names at the right of the panel, where their lines end, moved apart where they meet.

    Call it when limits and scale of the axes are set.

    Parameters
    ----------
    labels
        The value at which a line ends, its name, its colour.
    size
        Of the letters, in points.
    """
    if not labels:
        return
    low, high = (axes.transData.transform((0, y))[1] for y in axes.get_ylim())
    dot = axes.figure.dpi / 72
    wanted = [float(axes.transData.transform((0, value))[1]) for value, _, _ in labels]
    order = np.argsort(np.array(wanted), kind="stable")
    heights = _apart(np.array(wanted)[order], _LINE * dot * size / 9, low, high)
    right = axes.get_xlim()[1]
    for row, height in zip(order.tolist(), heights.tolist(), strict=True):
        value, name, colour = labels[row]
        moved = (height - wanted[row]) / dot
        where: dict[str, Any] = {
            "xycoords": "data",
            "textcoords": "offset points",
            "annotation_clip": False,
        }
        axes.annotate(
            name, (right, value), (8, moved), **where, va="center", fontsize=size, color=colour
        )
        if abs(moved) > 2:
            line: dict[str, Any] = {
                "arrowstyle": "-",
                "color": GREY,
                "linewidth": 0.6,
                "shrinkA": 0,
                "shrinkB": 0,
            }
            axes.annotate("", (right, value), (7, moved), **where, arrowprops=line)


def _apart(
    wanted: NDArray[np.float64], room: float, low: float, high: float
) -> NDArray[np.float64]:
    """Heights at least `room` apart, as near to the ascending ones wanted as may be.

    The mean of what each would need if those below it stood close, and the same from above: least
    squares under order is what a pool of neighbours' means gives.
    """
    spaced = wanted - room * np.arange(wanted.size)
    pools: list[list[float]] = []
    for value in spaced.tolist():
        pools.append([value, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, n), (b, m) = pools[-2], pools[-1]
            pools[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    level = np.repeat([value for value, _ in pools], [int(n) for _, n in pools])
    top = max(high - room * (wanted.size - 1), low)
    return np.asarray(np.clip(level, low, top) + room * np.arange(wanted.size))
