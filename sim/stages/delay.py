"""Delay: how long a share waits, and the time until a buyer is back.

Each law is drawn by inversion from one uniform number, so that a longer mean never shortens a
delay: what is raised in one lever moves nobody the other way.
"""

from __future__ import annotations

import numpy as np

from ..arithmetic import exponential, logarithm, normal_quantile
from ..draws import uniform
from ..jit import jit
from ..plan import CONSTANT, EXPONENTIAL, LOGNORMAL, POWER_LAW, Delaying


@jit
def exponential_delay(bits: np.uint64, mean: float) -> float:
    """A delay with this mean and no memory: -mean * ln(1 - u)."""
    return -mean * logarithm(1.0 - uniform(bits))


@jit
def delay_of(bits: np.uint64, delaying: Delaying) -> float:
    """A delay in hours."""
    if delaying.law == CONSTANT:
        return delaying.scale
    if delaying.law == EXPONENTIAL:
        return exponential_delay(bits, delaying.scale)
    luck = uniform(bits)
    if delaying.law == LOGNORMAL:
        return delaying.scale * exponential(delaying.shape * normal_quantile(luck))
    if delaying.law == POWER_LAW:
        theta, below = delaying.shape, luck * delaying.most
        at_once = theta / (1.0 + theta)
        if below <= at_once:
            return delaying.scale * below / at_once
        return delaying.scale * exponential(-logarithm((1.0 - below) * (1.0 + theta)) / theta)
    return 0.0
