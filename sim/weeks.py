"""Weeks of a campaign: hours of one, and the ticks in which they end."""

from __future__ import annotations

from typing import Final

from .parameters import Scenario

WEEK: Final = 168.0


def weeks(scenario: Scenario) -> list[int]:
    """The tick in which each week of a campaign ends that ends within it.

    Examples
    --------
    >>> weeks(Scenario(horizon=70, hours_per_tick=6.0)), weeks(Scenario(horizon=100))
    ([28, 56], [])
    """
    hours = scenario.hours_per_tick
    ends = (
        round(WEEK * week / hours) for week in range(1, int(scenario.horizon * hours / WEEK) + 1)
    )
    return [tick for tick in ends if tick < scenario.horizon]
