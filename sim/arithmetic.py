"""Odds and powers from additions and multiplications only: the same bits on every machine.

The C library's `exp` and `pow` differ in the last bit between platforms, and a vectoriser may
swap in others; a digest must not notice. (Table look-ups lost: no faster, and less exact.)
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from .jit import inline, jit

_LOG2_E: Final = 1.4426950408889634
_LN2_HIGH: Final = 6.93147180369123816490e-01
_LN2_LOW: Final = 1.90821492927058770002e-10
_LOWEST: Final = -708.0
_HIGHEST: Final = 708.0
_POWERS: Final = np.array([2.0**k for k in range(-1022, 1024)])


@jit
def exponential(x: float) -> float:
    """e**x to about one unit in the last place; 0 below -708, infinite above 708."""
    if x != x:
        return x
    if x < _LOWEST:
        return 0.0
    if x > _HIGHEST:
        return np.inf
    k = np.floor(x * _LOG2_E + 0.5)
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    # Taylor to r**13: |r| <= ln(2) / 2 leaves a remainder below 1e-17.
    series = 1.0 / 6227020800.0
    series = series * r + 1.0 / 479001600.0
    series = series * r + 1.0 / 39916800.0
    series = series * r + 1.0 / 3628800.0
    series = series * r + 1.0 / 362880.0
    series = series * r + 1.0 / 40320.0
    series = series * r + 1.0 / 5040.0
    series = series * r + 1.0 / 720.0
    series = series * r + 1.0 / 120.0
    series = series * r + 1.0 / 24.0
    series = series * r + 1.0 / 6.0
    series = series * r + 0.5
    series = series * r + 1.0
    series = series * r + 1.0
    return series * _POWERS[np.int64(k) + 1022]


@inline
def logistic(log_odds: float) -> float:
    """The probability 1 / (1 + e**-x); exactly 0 and 1 at minus and plus infinity."""
    return 1.0 / (1.0 + exponential(-log_odds))


@inline
def shifted(probability: float, offset: float) -> float:
    """A probability with `offset` added to its log-odds; 0 and 1 stay what they are."""
    if offset == 0.0 or probability <= 0.0 or probability >= 1.0:
        return probability
    odds = probability / (1.0 - probability) * exponential(offset)
    return odds / (1.0 + odds)


@inline
def power(base: float, exponent: int) -> float:
    """base**exponent for a whole exponent of 0 or more; 0**0 is 1."""
    result = 1.0
    while exponent > 0:
        if exponent & 1:
            result *= base
        base *= base
        exponent >>= 1
    return result


def logit(probability: float) -> float:
    """ln(p / (1 - p)); minus infinity at 0, plus infinity at 1."""
    if probability <= 0.0:
        return -math.inf
    if probability >= 1.0:
        return math.inf
    return math.log(probability) - math.log1p(-probability)
