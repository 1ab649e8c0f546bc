"""Who is tied to whom, and which way: time linear in people and arcs."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...draws import draw, key_of, uniform
from ...jit import inline, jit
from ..csr import Indptr, Rows
from .circle import Circle
from .laws import Column
from .looks import ROOM, decided, no_looks
from .pair import Reaches, reach, tied
from .quick import LOG_ERROR, quick_log

_FEW: Final = 0.25  # expected candidates that are not worth another block
_LEAST: Final = 1e-18  # a chance that nobody meets, and whose logarithm can be divided by
_DENSE: Final = 0.5  # a chance from which leaping costs more than looking
_BLOCKS: Final = 64  # of lengths 1, 2, 4 and so on: more than there are people
_DRAWS: Final = 64  # how many draws are made at once
_FARTHEST: Final = 4.0e9  # a leap beyond everybody


class Layers(NamedTuple):
    """The people as they are looked at, layer by layer: a line of the cache for each.

    `seen` has position, a, b and number of each; `start` as in `Circle`; then the largest a and b
    of each layer.
    """

    seen: NDArray[np.float64]
    start: NDArray[np.int64]
    most_sends: Column
    most_hears: Column


def layers_of(circle: Circle) -> Layers:
    """Put the people together as they are looked at."""
    seen = np.empty((circle.person.size, 4))
    for column, values in enumerate((circle.position, circle.sends, circle.hears, circle.person)):
        seen[:, column] = values
    start = circle.start
    return Layers(seen, start, largest(circle.sends, start), largest(circle.hears, start))


@jit
def largest(values: Column, start: NDArray[np.int64]) -> Column:
    """The largest value of each layer, 0 for an empty one."""
    result = np.zeros(start.size - 1)
    for layer in range(start.size - 1):
        for place in range(start[layer], start[layer + 1]):
            result[layer] = max(result[layer], values[place])
    return result


@inline
def _around(place: int, size: int) -> int:
    """A place on a circle, from at most one turn beyond it."""
    return place + size * (np.int64(place < 0) - np.int64(place >= size))


@inline
def _ahead(step: int, way: float) -> float:
    """How far it is to the right (1) or to the left (-1), if it is so far to the right."""
    return step * way + np.float64(step * way < 0.0)


@inline
def _whole(leap: float) -> int:
    return np.int64(min(max(leap, 0.0), _FARTHEST))


@jit
def _draw_ahead(under: np.uint64, first: int, uniforms: Column, logarithms: Column) -> None:
    """Draws in a row, as uniform numbers u, and about the logarithm of 1 - u."""
    for place in range(uniforms.size):
        uniforms[place] = uniform(draw(under, first + place))
        logarithms[place] = quick_log(1.0 - uniforms[place])


@jit
def arcs_from(
    first: int,
    last: int,
    layers: Layers,
    returned: float,
    alpha: float,
    reaches: Reaches,
    key: np.uint64,
) -> tuple[Indptr, Rows]:
    """The arcs, either way, of the ties of people `first` .. `last` - 1 with lighter ones.

    Of person `first + i` they are those from `upto[i]` to `upto[i + 1]`: the number of the other
    in the network, or its complement (~) where the arc leads from the other.

    A person looks for ties in every layer up to their own, to either side on the circle (in their
    own layer to the right only, so that each pair is met once). What lies there is taken in blocks
    that double in length: nobody in a block is nearer than its first or heavier than the layer,
    which bounds the chance of a tie, and from one candidate to the next is a geometric leap.

    Returns
    -------
    upto, others
    """
    upto = np.zeros(last - first + 1, np.int64)
    others = np.empty(4 * ROOM, np.int32)
    there = first
    while there < last:
        there = _look_around(
            there, first, last, layers, returned, alpha, reaches, key, upto, others
        )
        if there < last:
            others = _longer(others)
    return upto, others[: upto[last - first]].copy()


@jit
def _look_around(
    begin: int,
    first: int,
    last: int,
    layers: Layers,
    returned: float,
    alpha: float,
    reaches: Reaches,
    key: np.uint64,
    upto: Indptr,
    others: Rows,
) -> int:
    """As `arcs_from`, from `begin` on; the first person whose arcs may have no room in `others`."""
    seen, start = layers.seen, layers.start
    most_sends, most_hears = layers.most_sends, layers.most_hears
    cursor = np.empty(start.size - 1, np.int64)
    bounds, misses, ends = np.empty(_BLOCKS), np.empty(_BLOCKS), np.empty(_BLOCKS, np.int64)
    uniforms, logarithms = np.empty(_DRAWS), np.empty(_DRAWS)
    looks = no_looks()
    whom, luck, distances = looks.whom, looks.luck, looks.distance
    sends, hears = looks.sends, looks.hears
    layer = -1
    for u in range(begin, last):
        here, own_sends, own_hears = seen[u, 0], seen[u, 1], seen[u, 2]
        own = key_of(key, np.int64(seen[u, 3]))
        arcs, have = upto[u - first], 0
        if layer < 0 or u >= start[layer + 1]:
            while u >= start[layer + 1]:
                layer += 1
            for below in range(layer + 1):
                inside = seen[start[below] : start[below + 1], 0]
                cursor[below] = np.searchsorted(inside, here)
        for turn in range(2 * layer + 1):  # two sides of each layer, one of the own
            below, left = turn // 2, turn % 2
            bottom, size = start[below], start[below + 1] - start[below]
            while cursor[below] < size and seen[bottom + cursor[below], 0] < here:
                cursor[below] += 1
            anchor, among = cursor[below] - left, size
            if below == layer:
                anchor, among = u + 1 - bottom, size - 1
            step = 1 - 2 * left

            # The blocks first, and then who is in them: neither has to wait for the other.
            likely = min(1.0, own_sends * most_hears[below] + own_hears * most_sends[below])
            highest = reach(likely, reaches) if among > 0 else 0.0
            blocks, place, length = 0, 0, 1
            while place < among:
                v = bottom + _around(anchor + step * place, size)
                distance = _ahead(step, seen[v, 0] - here)
                if distance > 0.5:
                    break
                bound = max(_LEAST, tied(highest, alpha, 2.0 * distance))
                place = among if bound * (among - place) < _FEW else min(among, place + length)
                leaping = bound < _DENSE
                bounds[blocks] = bound if leaping else 1.0
                misses[blocks] = math.log1p(-bound) if leaping else 0.0
                ends[blocks] = place
                blocks += 1
                length *= 2

            under, before, used = key_of(own, turn), -_DRAWS, _DRAWS
            place = 0
            for block in range(blocks):
                bound, log_miss, end = bounds[block], misses[block], ends[block]
                leaping = bound < 1.0
                leaps = 1.0 / log_miss if leaping else 0.0
                error = -2.0 * LOG_ERROR * leaps
                while True:
                    if used > _DRAWS - 2:
                        before += used
                        _draw_ahead(under, before, uniforms, logarithms)
                        used = 0
                    if leaping:  # over how many who are missed, each with chance e^log_miss
                        about = logarithms[used] * leaps
                        leap = _whole(about + error)
                        if leap != _whole(about - error):
                            leap = _whole(math.log(1.0 - uniforms[used]) / log_miss)
                        place += leap
                        used += 1
                    if place >= end:
                        break
                    v = bottom + _around(anchor + step * place, size)
                    distance = _ahead(step, seen[v, 0] - here)
                    if distance > 0.5:
                        break
                    if have == ROOM:
                        if arcs + 2 * have > others.size:
                            return u
                        arcs = decided(
                            looks, have, seen, own_sends, own_hears, returned, alpha, reaches,
                            others, arcs,
                        )  # fmt: skip
                        have = 0
                    whom[have], luck[have], distances[have] = v, uniforms[used] * bound, distance
                    sends[have], hears[have] = seen[v, 1], seen[v, 2]
                    have += 1
                    used += 1
                    place += 1
                place = end
        if arcs + 2 * have > others.size:
            return u
        arcs = decided(
            looks, have, seen, own_sends, own_hears, returned, alpha, reaches, others, arcs
        )
        upto[u - first + 1] = arcs
    return last


@jit
def _longer(rows: Rows) -> Rows:
    longer = np.empty(2 * rows.size, np.int32)
    longer[: rows.size] = rows
    return longer
