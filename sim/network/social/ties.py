"""Who is tied to whom, and which way: time linear in people and arcs."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...draws import draw, key_of, uniform
from ...jit import inline, jit
from ..csr import Rows
from .circle import Circle
from .laws import Column
from .pair import Reaches, arcs_between, reach, tied

_FEW: Final = 0.25  # expected candidates that are not worth another block
_LEAST: Final = 1e-18  # a chance that nobody meets, and whose logarithm can be divided by
_DENSE: Final = 0.5  # a chance from which leaping costs more than looking


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
def _leap(bits: np.uint64, log_miss: float) -> int:
    """How many candidates in a row are missed, each with chance e^log_miss."""
    return np.int64(min(math.log(1.0 - uniform(bits)) / log_miss, 4.0e9))


@jit
def arcs_from(
    first: int,
    last: int,
    circle: Circle,
    returned: float,
    alpha: float,
    reaches: Reaches,
    key: np.uint64,
) -> tuple[Rows, Rows]:
    """The arcs, either way, of the ties of people `first` .. `last` - 1 with lighter ones.

    Both ends are numbered as in the network. A person looks for ties in every layer up to their
    own, to either side on the circle (in their own layer to the right only, so that each pair is
    met once). What lies there is taken in blocks that double in length: nobody in a block is
    nearer than its first or heavier than the layer, which bounds the chance of a tie, and from
    one candidate to the next is a geometric leap.
    """
    person, position, start = circle.person, circle.position, circle.start
    sends, hears = circle.sends, circle.hears
    most_sends, most_hears = largest(sends, start), largest(hears, start)
    cursor = np.empty(start.size - 1, np.int64)
    source, target = np.empty(1024, np.int32), np.empty(1024, np.int32)
    arcs = 0
    layer = -1
    for u in range(first, last):
        here, own_sends, own_hears = position[u], sends[u], hears[u]
        own = key_of(key, person[u])
        if layer < 0 or u >= start[layer + 1]:
            while u >= start[layer + 1]:
                layer += 1
            for below in range(layer + 1):
                inside = position[start[below] : start[below + 1]]
                cursor[below] = np.searchsorted(inside, here)
        for turn in range(2 * layer + 1):  # two sides of each layer, one of the own
            below, left = turn // 2, turn % 2
            bottom, size = start[below], start[below + 1] - start[below]
            while cursor[below] < size and position[bottom + cursor[below]] < here:
                cursor[below] += 1
            anchor, among = cursor[below] - left, size
            if below == layer:
                anchor, among = u + 1 - bottom, size - 1
            step = 1 - 2 * left
            under, count = key_of(own, turn), 0
            likely = min(1.0, own_sends * most_hears[below] + own_hears * most_sends[below])
            highest = reach(likely, reaches) if among > 0 else 0.0
            block, length = 0, 1
            while block < among:
                v = bottom + _around(anchor + step * block, size)
                distance = _ahead(step, position[v] - here)
                if distance > 0.5:
                    break
                bound = max(_LEAST, tied(highest, alpha, 2.0 * distance))
                beyond = among if bound * (among - block) < _FEW else min(among, block + length)
                leaping = bound < _DENSE
                bound = bound if leaping else 1.0
                log_miss = math.log1p(-bound) if leaping else 0.0
                place = block
                while True:
                    if leaping:
                        place += _leap(draw(under, count), log_miss)
                        count += 1
                    if place >= beyond:
                        break
                    v = bottom + _around(anchor + step * place, size)
                    distance = _ahead(step, position[v] - here)
                    if distance > 0.5:
                        break
                    there, back, both = arcs_between(
                        own_sends, own_hears, sends[v], hears[v], returned
                    )
                    tie = there + back - both
                    chance = tied(reach(tie, reaches), alpha, 2.0 * distance)
                    luck = uniform(draw(under, count)) * bound
                    count += 1
                    place += 1
                    if luck < chance:
                        luck *= tie / chance  # uniform again, from 0 to the chance of a tie
                        if arcs + 2 > source.size:
                            source, target = _longer(source), _longer(target)
                        if luck < there:
                            source[arcs], target[arcs] = person[u], person[v]
                            arcs += 1
                        if luck < both or luck >= there:
                            source[arcs], target[arcs] = person[v], person[u]
                            arcs += 1
                block = beyond
                length *= 2
    return source[:arcs].copy(), target[:arcs].copy()


@jit
def _longer(rows: Rows) -> Rows:
    longer = np.empty(2 * rows.size, np.int32)
    longer[: rows.size] = rows
    return longer
