"""How many followers each is to have and how many each is to follow, and the weights for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...jit import inline, jit

Column = NDArray[np.float64]

_SWEEPS: Final = 300
_CLOSE: Final = 1e-4


class Expected(NamedTuple):
    """What people are to have and the weights for it; all four columns ascend."""

    followers: Column
    following: Column
    sends: Column
    hears: Column


def weights_for(n: int, asked: Mapping[str, Any]) -> Expected:
    """What n people are to have, and the weights a and b for it.

    Raises
    ------
    InputError
        Where so many cannot have so many followers each, naming the largest maximum that can be.
    """
    followers, following = _degrees(n, asked, n)
    if not fit_together(followers, following):
        low, high = int(asked["mean"]) + 1, max(asked["maximum"], asked["maximum_following"])
        while high - low > 1:
            middle = (low + high) // 2
            fits = fit_together(*_degrees(n, asked, middle))
            low, high = (middle, high) if fits else (low, middle)
        if not asked["nearest"]:
            raise InputError(
                f"network.maximum = {asked['maximum']} is too many for {n} people with these "
                "exponents and this mean, hubs would have to follow each other more than once; "
                f"{low} would do for followers and followed"
            )
        followers, following = _degrees(n, asked, low)
    return Expected(followers, following, *weights_of(followers, following))


def _degrees(n: int, asked: Mapping[str, Any], most: int) -> tuple[Column, Column]:
    """What everybody is to have of followers and of followed, at `most` so many; both ascend."""
    return (
        _law(n, asked["mean"], asked["followers_exponent"], min(most, asked["maximum"])),
        _law(n, asked["mean"], asked["following_exponent"], min(most, asked["maximum_following"])),
    )


def _law(n: int, mean: float, exponent: float, maximum: int) -> Column:
    slope = exponent - 1.0
    return expected_degrees(n, minimum_of_law(mean, slope, maximum), slope, float(maximum))


@inline
def _integral(base: float, power: float) -> float:
    """The integral of y^(power - 1) from 1 to `base`; the logarithm where the power is 0."""
    return math.log(base) if power == 0.0 else math.expm1(power * math.log(base)) / power


@jit
def mean_of_law(minimum: float, slope: float, maximum: float) -> float:
    """Mean of the Pareto law with P(K > k) ~ k^-slope that is cut off at `maximum`."""
    top = (maximum / minimum) ** -slope
    power = 1.0 - 1.0 / slope
    return minimum * (_integral(1.0, power) - _integral(top, power)) / (1.0 - top)


def minimum_of_law(mean: float, slope: float, maximum: float) -> float:
    """The minimum with which the cut-off Pareto law has this mean; mean < maximum."""
    low, high = 0.0, mean
    while low < (middle := (low + high) / 2) < high:
        if mean_of_law(middle, slope, maximum) < mean:
            low = middle
        else:
            high = middle
    return high


@jit
def expected_degrees(n: int, minimum: float, slope: float, maximum: float) -> Column:
    r"""What n people are to have on average, ascending: the law's means within its n quantiles.

    Person i has n times the integral of the quantile function from i / n to (i + 1) / n, so that
    they add up to n times the law's mean in every world, however heavy the tail.
    """
    top = (maximum / minimum) ** -slope
    power = 1.0 - 1.0 / slope
    degrees = np.empty(n, np.float64)
    below = _integral(1.0, power)
    for person in range(n):
        survival = 1.0 - (person + 1.0) / n
        above = _integral(top + survival * (1.0 - top), power)
        degrees[person] = minimum * n * (below - above) / (1.0 - top)
        below = above
    return degrees


@jit
def fit_together(followers: Column, following: Column) -> bool:
    """Whether arcs with chances of at most 1 can give all of them what they are to have.

    Gale 1957 and Ryser 1957: the k who have most followers find no more than everybody's
    following, of which each takes k of them at most. Both columns ascend.
    """
    n = followers.size
    wanted, taken = 0.0, 0.0  # by the k of them; by those who follow less than k
    less = 0
    for k in range(1, n + 1):
        wanted += followers[n - k]
        while less < n and following[less] < k:
            taken += following[less]
            less += 1
        if wanted > (taken + k * (n - less)) * (1.0 + 1e-9):
            return False
    return True


@jit
def weights_of(followers: Column, following: Column) -> tuple[Column, Column]:
    """Weights a and b, both ascending, with sum_v min(1, a_u b_v) = followers_u, and so for b.

    Each side is solved in turn for the other's weights, as in iterative proportional fitting.
    Where no product exceeds 1 the first turn is exact: a_u = followers_u / sqrt(arcs).
    """
    hears = following / math.sqrt(following.sum())
    for _ in range(_SWEEPS):
        sends = _given(followers, hears)
        again = _given(following, sends)
        moved = np.max(np.abs(again / hears - 1.0))
        hears = again
        if moved < _CLOSE:
            break
    return _given(followers, hears), hears


@jit
def _given(wanted: Column, others: Column) -> Column:
    """The weights w with sum_v min(1, w_u others_v) = wanted_u; both columns ascend."""
    n = wanted.size
    total = np.zeros(n + 1)
    for person in range(n):
        total[person + 1] = total[person] + others[person]
    weights = np.empty(n)
    certain = 0  # how many of the others are reached for sure; it grows with what is wanted
    for person in range(n):
        weight = (wanted[person] - certain) / total[n - certain]
        while certain < n - 1 and weight * others[n - 1 - certain] > 1.0:
            certain += 1
            weight = (wanted[person] - certain) / total[n - certain]
        weights[person] = weight
    return weights
