"""How long something waits: the delay of a share, the time until a buyer is back.

Each law is drawn by inversion from one uniform number, so that a longer mean never shortens a
delay: what is raised in one lever moves nobody the other way.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from .arithmetic import exponential, logarithm, normal_quantile
from .draws import uniform
from .jit import jit

NONE: Final = 0
EXPONENTIAL: Final = 1
LOGNORMAL: Final = 2
POWER_LAW: Final = 3
LAWS: Final = ("none", "exponential", "lognormal", "power_law")


class Delaying(NamedTuple):
    """A law of delays.

    Attributes
    ----------
    law
        NONE, EXPONENTIAL, LOGNORMAL or POWER_LAW.
    scale
        Mean, median or onset, in hours.
    shape
        Sigma of the lognormal, exponent of the power law.
    most
        Share of the power law, were it without a cut-off, that lies below it.
    """

    law: int
    scale: float
    shape: float
    most: float


def power_law_below(hours: float, onset: float, exponent: float) -> float:
    """The share of a power law's delays, without a cut-off, that are shorter than `hours`.

    Up to the onset s0 it is exponent / (1 + exponent) * s / s0, and then
    1 - (s / s0) ** -exponent / (1 + exponent).
    """
    if hours <= onset:
        return exponent / (1.0 + exponent) * hours / onset
    return 1.0 - float((hours / onset) ** -exponent) / (1.0 + exponent)


@jit
def exponential_delay(bits: np.uint64, mean: float) -> float:
    """A delay with this mean and no memory: -mean * ln(1 - u)."""
    return -mean * logarithm(1.0 - uniform(bits))


@jit
def delay_of(bits: np.uint64, delaying: Delaying) -> float:
    """A delay in hours."""
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
