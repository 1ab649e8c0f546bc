"""Pairs and triples of people who are tied, drawn without a network."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...draws import draw, key_of, uniform
from ...jit import inline, jit
from .circle import Circle, alike
from .laws import Column
from .pair import Reaches, arcs_between, reach, tied

PAIRS: Final = 1 << 16
TRIPLES: Final = 1 << 16


class Ordered(NamedTuple):
    """Weights in ascending order, the sums of those below each, and whose they are."""

    weight: Column
    below: Column
    whose: NDArray[np.int64]


def ordered(weights: Column) -> Ordered:
    """Put weights in order."""
    whose = np.argsort(weights, kind="stable")
    ascending = weights[whose]
    return Ordered(ascending, sums_before(ascending), whose)


def sums_before(values: Column) -> Column:
    """The sum of all before each, and of all."""
    return np.concatenate([[0.0], np.cumsum(values)])


@jit
def _picked(below: Column, value: float) -> int:
    """The last whose sum below is at most this value."""
    return min(max(np.searchsorted(below, value, side="right") - 1, 0), below.size - 2)


@jit
def other_end(weight: float, others: Ordered, share: float) -> int:
    """Somebody at the other end of an arc, drawn in proportion to min(1, weight x theirs)."""
    less = np.searchsorted(others.weight, 1.0 / weight, side="right")
    certain = others.weight.size - less
    value = share * (certain + weight * others.below[less])
    if value < certain:
        return others.whose[less + np.int64(value)]
    return others.whose[min(_picked(others.below, (value - certain) / weight), less - 1)]


# reciprocity -------------------------------------------------------------------------------------


@jit
def returned_by_agreement(
    sends: Column,
    hears: Ordered,
    arcs_below: Column,
    agreement: float,
    shares: Column,
    pairs: int,
    key: np.uint64,
) -> Column:
    """Reciprocity by `returned`, over all worlds in which ranks agree so far.

    The two ends of an arc are drawn by their weights, the other weight of each by the copula.
    """
    n = sends.size
    both = np.zeros(shares.size)
    for pair in range(pairs):
        own = key_of(key, pair)
        share = (pair + uniform(draw(own, 0))) / pairs
        u = _picked(arcs_below, share * arcs_below[n])
        v = other_end(sends[u], hears, uniform(draw(own, 1)))
        above = alike((n - u - 0.5) / n, 1.0 - uniform(draw(own, 2)), agreement)
        above_other = alike((n - v - 0.5) / n, 1.0 - uniform(draw(own, 3)), agreement)
        own_hears = hears.weight[min(np.int64((1.0 - above) * n), n - 1)]
        other_sends = sends[min(np.int64((1.0 - above_other) * n), n - 1)]
        _add_both(both, sends[u], own_hears, other_sends, hears.weight[v], shares)
    return both / pairs


@jit
def returned_in(
    circle: Circle, hears: Ordered, arcs_below: Column, shares: Column, key: np.uint64
) -> Column:
    """Reciprocity by `returned`, of these people."""
    own_sends, own_hears = circle.sends, circle.hears
    n = own_sends.size
    both = np.zeros(shares.size)
    for pair in range(PAIRS):
        own = key_of(key, pair)
        share = (pair + uniform(draw(own, 0))) / PAIRS
        u = _picked(arcs_below, share * arcs_below[n])
        v = other_end(own_sends[u], hears, uniform(draw(own, 1)))
        if u != v:
            _add_both(both, own_sends[u], own_hears[u], own_sends[v], own_hears[v], shares)
    return both / PAIRS


@jit
def _add_both(
    both: Column, sends: float, hears: float, other_sends: float, other_hears: float, shares: Column
) -> None:
    """Add the chances that the arc of a pair has its way back."""
    for place in range(shares.size):
        there, _, mutual = arcs_between(sends, hears, other_sends, other_hears, shares[place])
        both[place] += mutual / there


# clustering --------------------------------------------------------------------------------------


@jit
def draw_triples(
    circle: Circle,
    sends: Ordered,
    hears: Ordered,
    returned: float,
    reciprocity: float,
    key: np.uint64,
) -> NDArray[np.float64]:
    """People with two different neighbours each: the chances of the three ties, and a weight.

    Columns: person and first neighbour, person and second, both neighbours; the chance that the
    person has two neighbours at all. Over all places, a neighbour is drawn in proportion to the
    chance of a tie, by rejection from that of an arc there plus that of an arc back.
    """
    own_sends, own_hears = circle.sends, circle.hears
    followers, following = circle.followers, circle.following
    n = own_sends.size
    triples = np.empty((TRIPLES, 4))
    drawn = np.empty(2, np.int64)
    for triple in range(TRIPLES):
        own = key_of(key, triple)
        v = min(np.int64((triple + uniform(draw(own, 0))) / TRIPLES * n), n - 1)
        at, have = 1, 0
        while have < 2:
            share = uniform(draw(own, at))
            if uniform(draw(own, at + 1)) * (followers[v] + following[v]) < followers[v]:
                u = other_end(own_sends[v], hears, share)
            else:
                u = other_end(own_hears[v], sends, share)
            there, back, both = arcs_between(
                own_sends[v], own_hears[v], own_sends[u], own_hears[u], returned
            )
            tie = there + back - both
            taken = uniform(draw(own, at + 2)) * (there + back) < tie
            if taken and u != v and (have == 0 or u != drawn[0]):
                drawn[have] = u
                triples[triple, have] = tie
                have += 1
            at += 3
        u, w = drawn[0], drawn[1]
        there, back, both = arcs_between(
            own_sends[u], own_hears[u], own_sends[w], own_hears[w], returned
        )
        triples[triple, 2] = there + back - both
        ties = (followers[v] + following[v]) * (1.0 - reciprocity / 2.0)
        triples[triple, 3] = 1.0 - math.exp(-ties) * (1.0 + ties)
    return triples


@inline
def _distance(chance: float, alpha: float, reaches: Reaches, share: float) -> float:
    """How far apart two people are who are tied: G's density, truncated, by inversion."""
    log_sure = reach(chance, reaches)
    sure = math.exp(log_sure)
    beyond = share * (sure + _integral_beyond(log_sure, alpha)) - sure
    if beyond <= 0.0:
        return beyond + sure
    if abs(alpha - 1.0) < 1e-9:
        return min(1.0, sure * math.exp(beyond / sure))
    power = 1.0 - alpha
    return min(1.0, sure * max(1.0 + power * beyond / sure, 1e-300) ** (1.0 / power))


@inline
def _integral_beyond(log_sure: float, alpha: float) -> float:
    """The chance of a tie from where it is no longer sure: G(x) - x."""
    if abs(alpha - 1.0) < 1e-9:
        return -log_sure * math.exp(log_sure)
    return math.exp(log_sure) * math.expm1((alpha - 1.0) * log_sure) / (1.0 - alpha)


@jit
def closed(triples: NDArray[np.float64], alpha: float, reaches: Reaches, key: np.uint64) -> float:
    """Mean chance that the two neighbours are tied as well, 0 for people without two."""
    total = 0.0
    for triple in range(triples.shape[0]):
        own = key_of(key, triple)
        first = _distance(triples[triple, 0], alpha, reaches, uniform(draw(own, 0)))
        second = _distance(triples[triple, 1], alpha, reaches, uniform(draw(own, 1)))
        apart = abs(first - second) if draw(own, 2) & np.uint64(1) else first + second
        apart = min(apart, 2.0 - apart)
        total += triples[triple, 3] * tied(reach(triples[triple, 2], reaches), alpha, apart)
    return total / triples.shape[0]
