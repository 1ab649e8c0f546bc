"""The constants with which the network has the reciprocity and the clustering that is asked for.

Both are means over pairs and triples of people, which can be drawn without a network.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from ...draws import key_of
from ...errors import InputError
from .circle import Circle
from .laws import Column, Expected
from .pair import reaches_of
from .samples import (
    PAIRS,
    Ordered,
    Pairs,
    closed,
    draw_pairs,
    draw_triples,
    ordered,
    returned_by_agreement,
    returned_in,
    sums_before,
)

_PILOT: Final = np.uint64(1)  # a key of its own: agreement is the same for every seed
_WHO: Final = np.uint64(1)
_WHERE: Final = np.uint64(2)
_SHARES: Final = np.linspace(0.0, 1.0, 17)
_ALPHAS: Final = (1.0 / 16.0, 32.0)


def agreement_for(weights: Expected, asked: Mapping[str, Any]) -> tuple[float, float]:
    """How far both ranks agree, and the reciprocity r: with all arcs returned it would be r^0.7.

    Raises
    ------
    InputError
        Where no agreement gives this reciprocity.
    """
    sends, hears, arcs = weights.sends, ordered(weights.hears), sums_before(weights.followers)
    ends = np.array([0.0, 1.0])

    def possible(agreement: float, pairs: Pairs) -> Column:
        return returned_by_agreement(pairs, sends, hears, agreement, ends)

    many = draw_pairs(sends, hears, arcs, PAIRS, _PILOT)
    low, high = float(possible(0.0, many)[0]), float(possible(1.0, many)[1])
    reciprocity = _possible("reciprocity", asked, low, high, "these exponents, mean and maximum")
    # What is chosen by few is about right; `returned_for` is exact.
    few = draw_pairs(sends, hears, arcs, PAIRS // 4, _PILOT)

    def with_all(agreement: float) -> float:
        return float(possible(agreement, few)[1])

    agreement = _rising(with_all, reciprocity**0.7, (0.0, with_all(0.0)), (1.0, with_all(1.0)))
    return agreement, reciprocity


def returned_for(circle: Circle, hears: Ordered, reciprocity: float, key: np.uint64) -> float:
    """Which share of the arcs that could be returned is."""
    arcs = sums_before(circle.followers)
    shares = returned_in(circle, hears, arcs, _SHARES, key)
    return float(round(np.interp(reciprocity, shares, _SHARES), 6))


def alpha_for(
    circle: Circle,
    sends: Ordered,
    hears: Ordered,
    returned: float,
    asked: Mapping[str, Any],
    key: np.uint64,
) -> tuple[float, float]:
    """How fast ties thin out with distance, and the clustering that there is with it.

    Raises
    ------
    InputError
        Where no alpha gives this clustering.
    """
    who, where = (np.uint64(key_of(key, label)) for label in (_WHO, _WHERE))
    triples = draw_triples(circle, sends, hears, returned, asked["reciprocity"], who, where)

    def clustering(log_alpha: float) -> float:
        alpha = math.exp(log_alpha)
        return closed(triples, alpha, reaches_of(alpha))

    low, high = (math.log(alpha) for alpha in _ALPHAS)
    least, most = clustering(low), clustering(high)
    given = "these exponents, mean, maximum and reciprocity"
    wanted = _possible("clustering", asked, least, most, given)
    return round(math.exp(_rising(clustering, wanted, (low, least), (high, most))), 6), wanted


def _possible(name: str, asked: Mapping[str, Any], low: float, high: float, given: str) -> float:
    """What is asked for; else the nearest that is possible, or a refusal that names both ends."""
    wanted = float(asked[name])
    low = math.ceil(round(low, 4) * 1000.0) / 1000.0
    high = math.floor(round(high, 4) * 1000.0) / 1000.0
    if low <= wanted <= high:
        return wanted
    if not asked["nearest"]:
        raise InputError(
            f"network.{name} = {wanted:g} is not possible with {given}; "
            f"it is from {low:g} to {high:g} here"
        )
    return max(min(wanted, high), low)


def _rising(
    function: Callable[[float], float],
    target: float,
    start: tuple[float, float],
    end: tuple[float, float],
) -> float:
    """Where a function that rises is within a thousandth of the target, or the end that is nearer.

    Both ends come with their values. Regula falsi in which an end that stays counts half (Dowell &
    Jarratt 1971).
    """
    (low, below), (high, above) = start, end
    below, above = below - target, above - target
    if below >= 0.0 or above <= 0.0:
        return low if below >= 0.0 else high
    stayed = 0
    for _ in range(40):
        middle = (low * above - high * below) / (above - below)
        value = function(middle) - target
        if abs(value) < 1e-3 * target:
            break
        if value < 0.0:
            low, below = middle, value
            above /= 2.0 if stayed < 0 else 1.0
            stayed = -1
        else:
            high, above = middle, value
            below /= 2.0 if stayed > 0 else 1.0
            stayed = 1
    return round(middle, 6)
