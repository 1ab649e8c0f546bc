"""Lines over the time of a campaign: the clock, and names at their ends in place of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from .style import GREY

if TYPE_CHECKING:
    from ...sim.parameters import Scenario


class Timed(Protocol):
    """What has a clock: a result, or several campaigns of one scenario."""

    @property
    def scenario(self) -> Scenario:
        """Whose clock it is."""

    @property
    def ticks(self) -> int:
        """How many ticks are drawn."""


# Of a line of letters, in points.
_LINE: Final = 11.5


def clock(result: Timed) -> tuple[str, float]:
    """The unit of time in which a campaign is drawn, and how many of it a tick lasts."""
    hours = result.scenario.hours_per_tick
    return ("days", hours / 24) if result.ticks * hours > 72 else ("hours", hours)


def at(result: Timed, ticks: ArrayLike) -> NDArray[np.float64]:
    """Where ticks begin on the axis of time: since the start, or at their dates."""
    when, start = np.asarray(ticks, np.float64), result.scenario.start
    if start is None:
        return when * clock(result)[1]
    # In days since matplotlib's epoch, as its axes of dates have them.
    days = np.float64(date2num(start))  # type: ignore[no-untyped-call]
    return days + when * result.scenario.hours_per_tick / 24.0


def named(axes: Axes, result: Timed, more: str = "") -> None:
    """Name the axis of time, and say where its numbers or dates stand.

    Parameters
    ----------
    more
        What the time is that of, if not of what is drawn.
    """
    if result.scenario.start is None:
        axes.set_xlabel(f"{clock(result)[0]} since the start{more}")
        axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 3, 4, 6, 10]))
        return
    dates = AutoDateLocator(minticks=3, maxticks=6)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(dates)
    written = ConciseDateFormatter(dates)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(written)
    axes.set_xlabel(more.lstrip(", "))


def timed(axes: Axes, result: Timed) -> NDArray[np.float64]:
    """Prepare the axis of time, and give the ends of all ticks, the start first."""
    when = at(result, np.arange(result.ticks + 1))
    end = max(float(when[-1] - when[0]), float(np.diff(at(result, [0, 1]))[0]))
    axes.set_xlim(when[0] - 0.015 * end, when[0] + 1.01 * end)
    named(axes, result)
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
