"""The days and hours of a campaign that says when it begins, beside its ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from ...sim.parameters import Scenario

Moments = NDArray[np.datetime64]


def moments(scenario: Scenario, ticks: ArrayLike) -> Moments | None:
    """When ticks begin, to the second; None where the scenario does not say when it starts.

    Examples
    --------
    >>> from wordofmouth.sim.parameters import Scenario
    >>> moments(Scenario(start="2026-03-02", hours_per_tick=6.0), [0, 5]).tolist()
    [datetime.datetime(2026, 3, 2, 0, 0), datetime.datetime(2026, 3, 3, 6, 0)]
    """
    if scenario.start is None:
        return None
    seconds = np.round(np.asarray(ticks, np.float64) * scenario.hours_per_tick * 3600.0)
    found: Moments = np.datetime64(scenario.start, "s") + seconds.astype("timedelta64[s]")
    return found


def when(scenario: Scenario, tick: int) -> str:
    """A tick as a table shows it: its day, and the hour where a day has several; else its number.

    Examples
    --------
    >>> from wordofmouth.sim.parameters import Scenario
    >>> when(Scenario(), 1200), when(Scenario(start="2026-03-02"), 30)
    ('1,200', '2026-03-03 06:00')
    >>> when(Scenario(start="2026-03-02", hours_per_tick=24.0), 30)
    '2026-04-01'
    """
    found = moments(scenario, tick)
    if found is None:
        return f"{tick:,}"
    whole = scenario.hours_per_tick % 24.0 == 0.0
    return str(found.astype("datetime64[D]" if whole else "datetime64[m]")).replace("T", " ")


def clock_of(scenario: Scenario) -> str:
    """What the column of ticks is called."""
    return "Tick" if scenario.start is None else "Date"
