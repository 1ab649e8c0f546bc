"""Who is to have many followers, who is to follow many, and where on the circle each lives."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...draws import draw, key_of, uniform
from ...jit import inline, jit
from ...ordering import order_by
from .laws import Column, Expected

_EQUAL: Final = 0.98  # from here on both ranks are the same

_53: Final = np.uint64(53)

_PLACE: Final = np.uint64(1)
_RANK: Final = np.uint64(2)
_OTHER_RANK: Final = np.uint64(3)


class Circle(NamedTuple):
    """Columns of all people, in layers of weights within a factor of 2, and there by position.

    `person` is the row in the network, `position` on a circle of length 1, `followers` and
    `following` are what they are to have, `sends` and `hears` the weights a and b. Layer j is from
    `start[j]` to `start[j + 1]`.
    """

    person: NDArray[np.int32]
    position: Column
    followers: Column
    following: Column
    sends: Column
    hears: Column
    start: NDArray[np.int64]


@inline
def alike(survival: float, other: float, agreement: float) -> float:
    r"""The share of people who rank higher in one way, given the share in the other.

    The survival copula of Clayton (1978), in which hubs in one way tend to be hubs in the other
    way however far up one looks. With an independent uniform `other` for z,

    .. math:: q = \left((z^{-\theta / (1 + \theta)} - 1) p^{-\theta} + 1\right)^{-1 / \theta},
              \qquad \theta = 2 \tau / (1 - \tau)

    where tau, the `agreement`, is Kendall's rank correlation, from 0 to 1.
    """
    if agreement <= 0.0:
        return other
    if agreement >= _EQUAL:
        return survival
    theta = 2.0 * agreement / (1.0 - agreement)
    power = theta * math.log(survival)  # of p^theta; written so that nothing overflows
    excess = math.expm1(-theta / (1.0 + theta) * math.log(other))
    return min(1.0, survival * (excess + math.exp(power)) ** (-1.0 / theta))


@jit
def _standing(n: int, agreement: float, key: np.uint64) -> tuple[Column, Column, Column]:
    """Position and both ranks, as shares of people above, of everybody."""
    places, sending, hearing = np.empty(n), np.empty(n), np.empty(n)
    place, rank, other = (
        key_of(key, _PLACE),
        key_of(key, _RANK),
        key_of(key, _OTHER_RANK),
    )
    for person in range(n):
        places[person] = uniform(draw(place, person))
        sending[person] = 1.0 - uniform(draw(rank, person))  # above 0
        hearing[person] = alike(sending[person], 1.0 - uniform(draw(other, person)), agreement)
    return places, sending, hearing


def rising(values: Column) -> NDArray[np.int64]:
    """Whose values are in ascending order: those of numbers from 0 on, whose bits are as well."""
    return order_by(values.view(np.uint64))


def falling(values: Column) -> NDArray[np.int64]:
    """Whose values are in descending order."""
    return order_by(~values.view(np.uint64))


def settle(weights: Expected, agreement: float, key: np.uint64) -> Circle:
    """Hand out the weights by rank, and put everybody in a place."""
    n = weights.sends.size
    position, sending, hearing = _standing(n, agreement, key)
    by_sending, by_hearing = (np.empty(n, np.int64) for _ in range(2))
    by_sending[falling(sending)] = np.arange(n)
    by_hearing[falling(hearing)] = np.arange(n)
    heavier = np.maximum(weights.sends[by_sending], weights.hears[by_hearing])
    layer = np.frexp(heavier / heavier.min())[1] - 1
    # Positions are whole numbers of 2^-53, and of layers there are fewer than 2^11.
    order = order_by((layer.astype(np.uint64) << _53) | (position * 2.0**53).astype(np.uint64))
    by_sending, by_hearing = by_sending[order], by_hearing[order]
    return Circle(
        order.astype(np.int32),
        position[order],
        weights.followers[by_sending],
        weights.following[by_hearing],
        weights.sends[by_sending],
        weights.hears[by_hearing],
        np.searchsorted(layer[order], np.arange(layer.max() + 2)),
    )
