"""Hours in ticks."""

from __future__ import annotations

import math

from ..parameters import Scenario


def whole_ticks(scenario: Scenario, hours: float) -> int:
    """Whole ticks within some hours."""
    return int(hours / scenario.hours_per_tick + 1e-9)


def ticks_that_last(scenario: Scenario, hours: float) -> int:
    """The fewest ticks that last so long: nobody loses patience sooner than they would."""
    return math.ceil(hours / scenario.hours_per_tick - 1e-9)
