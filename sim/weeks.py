"""Weeks of a campaign: hours of one, and the ticks in which they end."""

from __future__ import annotations

import math
from typing import Final

from .parameters import Scenario

WEEK: Final = 168.0
# A week of ticks of a third of an hour is 504 of them, whatever the last bit says.
BIT: Final = 1e-9


def weeks(scenario: Scenario) -> list[int]:
    """For each week that is over in a campaign, the first tick that begins after it.

    In ticks longer than a week several are over at once, and the tick is there once for each.

    Examples
    --------
    >>> weeks(Scenario(horizon=70, hours_per_tick=6.0)), weeks(Scenario(horizon=100))
    ([28, 56], [])
    >>> weeks(Scenario(horizon=3, hours_per_tick=336.0))
    [1, 1, 2, 2]
    """
    hours = scenario.hours_per_tick
    ends = (
        math.ceil(WEEK * week / hours - BIT)
        for week in range(1, int(scenario.horizon * hours / WEEK + BIT) + 1)
    )
    return [tick for tick in ends if tick < scenario.horizon]
