"""How much is noticed at a visit at most, and when people visit: numbers of noticing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import shifted
from ..parameters import Scenario
from .records import POSTS


def ceiling(scenario: Scenario) -> NDArray[np.float64]:
    """The chance to notice one of so many posts at a visit, were they new and nobody else's."""
    attention = scenario.attention
    if isinstance(attention, str):
        return np.ones(POSTS + 1)
    chances = np.minimum(1.0, attention / np.maximum(np.arange(POSTS + 1), 1))
    if scenario.boost.notice == 0.0:
        return chances
    return np.array([shifted(chance, scenario.boost.notice) for chance in chances.tolist()])


def rhythm_of(weights: tuple[float, ...]) -> NDArray[np.float64]:
    """What has passed at each full hour of a day of 24 hours, some of which count for more."""
    if not weights:
        return np.empty(0)
    return np.concatenate([[0.0], np.cumsum(weights)]) * (24.0 / sum(weights))
