"""Odds and powers from additions and multiplications only: the same bits on every machine.

The C library's `exp` and `pow` differ in the last bit between platforms, and a vectoriser may
swap in others; a digest must not notice. (Table look-ups lost: no faster, and less exact.)
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .jit import inline, jit

# By how much a bound exceeds what it bounds, so that no rounding can cross it.
ROUNDED_UP: Final = 1.0 + 1e-9
_LOG2_E: Final = 1.4426950408889634
_LN2_HIGH: Final = 6.93147180369123816490e-01
_LN2_LOW: Final = 1.90821492927058770002e-10
_SQRT_HALF: Final = 0.7071067811865476
# Acklam's coefficients, highest power first.
_CENTRE_TOP: Final = (
    -3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02,
    1.383577518672690e02, -3.066479806614716e01, 2.506628277459239e00,
)  # fmt: skip
_CENTRE_BOTTOM: Final = (
    -5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02,
    6.680131188771972e01, -1.328068155288572e01,
)  # fmt: skip
_TAIL_TOP: Final = (
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00,
    -2.549732539343734e00, 4.374664141464968e00, 2.938163982698783e00,
)  # fmt: skip
_TAIL_BOTTOM: Final = (
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00,
)  # fmt: skip
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


@jit
def logarithm(x: float) -> float:
    """ln(x) to about one unit in the last place; minus infinity at 0."""
    if x <= 0.0:
        return -np.inf
    mantissa, k = math.frexp(x)
    if mantissa < _SQRT_HALF:
        mantissa, k = 2.0 * mantissa, k - 1
    # 2 artanh(s) = ln((1 + s) / (1 - s)); |s| < .172 leaves a remainder below 1e-17.
    s = (mantissa - 1.0) / (mantissa + 1.0)
    square = s * s
    series = 0.0
    for odd in range(21, 1, -2):
        series = (series + 1.0 / odd) * square
    return k * _LN2_HIGH + (k * _LN2_LOW + 2.0 * (s + s * series))


@jit
def normal_quantile(p: float) -> float:
    """The quantile of the standard normal law at p, at most 1.2e-9 off relatively.

    The rational approximation is that of Acklam (2003); at 0 it gives the one of 2**-54.
    """
    p = max(p, 5.551115123125783e-17)
    tail = min(p, 1.0 - p)
    if tail >= 0.02425:
        q = p - 0.5
        r = q * q
        top = 0.0
        for a in _CENTRE_TOP:
            top = top * r + a
        bottom = 0.0
        for b in _CENTRE_BOTTOM:
            bottom = bottom * r + b
        return top * q / (bottom * r + 1.0)
    q = math.sqrt(-2.0 * logarithm(tail))
    top = 0.0
    for c in _TAIL_TOP:
        top = top * q + c
    bottom = 0.0
    for d in _TAIL_BOTTOM:
        bottom = bottom * q + d
    below = top / (bottom * q + 1.0)
    return below if p < 0.5 else -below


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


@jit
def logits(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """As `logit`, of many."""
    found = np.empty(probabilities.size, np.float64)
    for k in range(probabilities.size):
        found[k] = logarithm(probabilities[k]) - logarithm(1.0 - probabilities[k])
    return found


def logit(probability: float) -> float:
    """ln(p / (1 - p)); minus infinity at 0, plus infinity at 1."""
    if probability <= 0.0:
        return -math.inf
    if probability >= 1.0:
        return math.inf
    return math.log(probability) - math.log1p(-probability)
