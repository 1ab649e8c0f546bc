"""Pairs and triples of people who are tied, drawn without a network."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...draws import draw, key_of, uniform
from ...jit import jit
from .circle import Circle, alike, rising
from .laws import Column
from .pair import Reaches, arcs_between, knot_of, reach_at, tied

PAIRS: Final = 1 << 16
TRIPLES: Final = 1 << 16


class Ordered(NamedTuple):
    """Weights in ascending order, the sums of those below each, and whose they are."""

    weight: Column
    below: Column
    whose: NDArray[np.int64]


def ordered(weights: Column) -> Ordered:
    """Put weights in order."""
    whose = rising(weights)
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
def _picked_from(first: int, below: Column, value: float) -> int:
    """As `_picked`, for values that ascend: looked for from the one before on."""
    while first < below.size - 2 and below[first + 1] <= value:
        first += 1
    return first


@jit
def how_many_less(weight: float, others: Ordered) -> int:
    """How many others are not met for sure by somebody of this weight."""
    bound = 1.0 / weight
    if others.weight[-1] <= bound:  # mostly so, and then nothing has to be looked for
        return others.weight.size
    return np.searchsorted(others.weight, bound, side="right")


@jit
def other_end(weight: float, others: Ordered, less: int, share: float) -> int:
    """Somebody at the other end of an arc, drawn in proportion to min(1, weight x theirs).

    `less` is `how_many_less(weight, others)`.
    """
    certain = others.weight.size - less
    value = share * (certain + weight * others.below[less])
    if value < certain:
        return others.whose[less + np.int64(value)]
    return others.whose[min(_picked(others.below, (value - certain) / weight), less - 1)]


# reciprocity -------------------------------------------------------------------------------------


class Pairs(NamedTuple):
    """Ends of arcs, and uniform draws, above 0, of how each ranks in the other way."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    other: Column
    target_other: Column


@jit
def draw_pairs(
    sends: Column, hears: Ordered, arcs_below: Column, pairs: int, key: np.uint64
) -> Pairs:
    """Draw the two ends of arcs by their weights."""
    n = sends.size
    source, target = np.empty(pairs, np.int64), np.empty(pairs, np.int64)
    other, target_other = np.empty(pairs), np.empty(pairs)
    u = 0
    for pair in range(pairs):
        own = key_of(key, pair)
        share = (pair + uniform(draw(own, 0))) / pairs
        u = _picked_from(u, arcs_below, share * arcs_below[n])
        less = how_many_less(sends[u], hears)
        source[pair], target[pair] = u, other_end(sends[u], hears, less, uniform(draw(own, 1)))
        other[pair] = 1.0 - uniform(draw(own, 2))
        target_other[pair] = 1.0 - uniform(draw(own, 3))
    return Pairs(source, target, other, target_other)


@jit
def returned_by_agreement(
    drawn: Pairs, sends: Column, hears: Ordered, agreement: float, shares: Column
) -> Column:
    """Reciprocity by `returned`, over all worlds in which ranks agree so far.

    The other weight of each end is drawn by the copula.
    """
    n, pairs, weight = sends.size, drawn.source.size, hears.weight
    source, target = drawn.source, drawn.target
    other, target_other = drawn.other, drawn.target_other
    both = np.zeros(shares.size)
    for pair in range(pairs):
        u, v = source[pair], target[pair]
        above = alike((n - u - 0.5) / n, other[pair], agreement)
        above_other = alike((n - v - 0.5) / n, target_other[pair], agreement)
        own_hears = weight[min(np.int64((1.0 - above) * n), n - 1)]
        other_sends = sends[min(np.int64((1.0 - above_other) * n), n - 1)]
        _add_both(both, sends[u], own_hears, other_sends, weight[v], shares)
    return both / pairs


@jit
def returned_in(
    circle: Circle, hears: Ordered, arcs_below: Column, shares: Column, key: np.uint64
) -> Column:
    """Reciprocity by `returned`, of these people."""
    own_sends, own_hears = circle.sends, circle.hears
    n = own_sends.size
    both = np.zeros(shares.size)
    u = 0
    for pair in range(PAIRS):
        own = key_of(key, pair)
        share = (pair + uniform(draw(own, 0))) / PAIRS
        u = _picked_from(u, arcs_below, share * arcs_below[n])
        v = other_end(
            own_sends[u], hears, how_many_less(own_sends[u], hears), uniform(draw(own, 1))
        )
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


class Triples(NamedTuple):
    """People with two different neighbours each, in columns.

    Between which knots the chances of the three ties are (`pair.knot_of`): of the person with the
    first and with the second neighbour, and of both neighbours. Draws of how far the neighbours are
    (as shares of their ties), and whether on the same side. The chance that the person has two
    neighbours at all.
    """

    first: Column
    second: Column
    both: Column
    first_share: Column
    second_share: Column
    same_side: NDArray[np.bool_]
    weight: Column


@jit
def draw_triples(
    circle: Circle,
    sends: Ordered,
    hears: Ordered,
    returned: float,
    reciprocity: float,
    who: np.uint64,
    where: np.uint64,
) -> Triples:
    """Draw triples.

    Over all places, a neighbour is drawn in proportion to the chance of a tie, by rejection from
    that of an arc there plus that of an arc back.
    """
    own_sends, own_hears = circle.sends, circle.hears
    followers, following = circle.followers, circle.following
    n = own_sends.size
    knots = np.empty((3, TRIPLES))
    shares, weights = np.empty((2, TRIPLES)), np.empty(TRIPLES)
    same_side = np.empty(TRIPLES, np.bool_)
    drawn = np.empty(2, np.int64)
    for triple in range(TRIPLES):
        own = key_of(who, triple)
        v = min(np.int64((triple + uniform(draw(own, 0))) / TRIPLES * n), n - 1)
        at, have = 1, 0
        less_hears = how_many_less(own_sends[v], hears)
        less_sends = how_many_less(own_hears[v], sends)
        while have < 2:
            share = uniform(draw(own, at))
            if uniform(draw(own, at + 1)) * (followers[v] + following[v]) < followers[v]:
                u = other_end(own_sends[v], hears, less_hears, share)
            else:
                u = other_end(own_hears[v], sends, less_sends, share)
            there, back, both = arcs_between(
                own_sends[v], own_hears[v], own_sends[u], own_hears[u], returned
            )
            tie = there + back - both
            taken = uniform(draw(own, at + 2)) * (there + back) < tie
            if taken and u != v and (have == 0 or u != drawn[0]):
                drawn[have] = u
                knots[have, triple] = knot_of(tie)
                have += 1
            at += 3
        u, w = drawn[0], drawn[1]
        there, back, both = arcs_between(
            own_sends[u], own_hears[u], own_sends[w], own_hears[w], returned
        )
        knots[2, triple] = knot_of(there + back - both)
        ties = (followers[v] + following[v]) * (1.0 - reciprocity / 2.0)
        weights[triple] = 1.0 - math.exp(-ties) * (1.0 + ties)
        place = key_of(where, triple)
        shares[0, triple], shares[1, triple] = uniform(draw(place, 0)), uniform(draw(place, 1))
        same_side[triple] = draw(place, 2) & np.uint64(1) == np.uint64(1)
    return Triples(
        knots[0], knots[1], knots[2], shares[0], shares[1], same_side, weights
    )  # fmt: skip


@jit
def _distances(knots: Column, shares: Column, alpha: float, reaches: Reaches) -> Column:
    """How far apart two people are who are tied: G's density, truncated, by inversion."""
    flat = abs(alpha - 1.0) < 1e-9
    power = 1.0 - alpha
    distances = np.empty(knots.size)
    for triple in range(knots.size):
        log_sure = reach_at(knots[triple], reaches)
        sure = math.exp(log_sure)
        # The chance of a tie from where it is no longer sure: G(x) - x.
        rest = -log_sure * sure if flat else sure * math.expm1(-power * log_sure) / power
        beyond = shares[triple] * (sure + rest) - sure
        if beyond <= 0.0:
            distances[triple] = beyond + sure
        elif flat:
            distances[triple] = min(1.0, sure * math.exp(beyond / sure))
        else:
            base = max(1.0 + power * beyond / sure, 1e-300)
            distances[triple] = min(1.0, sure * base ** (1.0 / power))
    return distances


@jit
def closed(triples: Triples, alpha: float, reaches: Reaches) -> float:
    """Mean chance that the two neighbours are tied as well, 0 for people without two."""
    first = _distances(triples.first, triples.first_share, alpha, reaches)
    second = _distances(triples.second, triples.second_share, alpha, reaches)
    both, same_side, weight = triples.both, triples.same_side, triples.weight
    total = 0.0
    for triple in range(both.size):
        apart = first[triple] + second[triple]
        if same_side[triple]:
            apart = abs(first[triple] - second[triple])
        apart = min(apart, 2.0 - apart)
        total += weight[triple] * tied(reach_at(both[triple], reaches), alpha, apart)
    return total / both.size
