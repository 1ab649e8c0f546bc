"""Degree discount: followers, less those whom people chosen before reach already."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..jit import jit
from ..ordering import order_by
from .heap import remove, settle


@jit
def discounted(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    start: NDArray[np.int64],
    heard: NDArray[np.int32],
    chance: NDArray[np.float64],
    order: NDArray[np.int32],
    count: int,
    costs: NDArray[np.int64],
    budget: int,
) -> NDArray[np.int32]:
    """People by what each adds among themselves and those who hear them, after those before.

        value(v) = prod over chosen s that v hears of (1 - p(s, v))
                   * (1 + sum over w that hear v and are not chosen of p(v, w))

    With one probability p for all, t chosen neighbours and d in all it is
    (1 - p)^t * (1 + (d - t) p), which the paper expands to the first order in p t, as
    1 + (d - 2 t - (d - t) t p) p. `start`, `heard` and `chance` are the arcs turned round.

    References
    ----------
    Chen, Wang & Yang 2009, "Efficient influence maximization in social networks".
    """
    n = order.size
    safe = np.ones(n)
    reach = np.ones(n)
    for v in range(n):
        for arc in range(start[v], start[v + 1]):
            reach[heard[arc]] += chance[arc]
    grain = 1.0
    for v in range(n):
        grain = max(grain, reach[v])
    grain = 1073741824.0 / grain  # a grid on which the order of additions is not seen
    value = np.empty(n)
    for place in range(n):
        value[place] = np.round(reach[order[place]] * grain)
    rank = order_by((value.max() - value).astype(np.uint64)).astype(np.int32)
    key = value[rank].copy()
    chosen = np.empty(count, np.int32)
    gone = np.zeros(n, np.bool_)
    found, size = 0, n
    while found < count and size > 0:
        v = order[rank[0]]
        if costs[v] > budget:
            size = remove(key, rank, size)
            continue
        now = np.round(safe[v] * reach[v] * grain)
        if now < key[0]:
            key[0] = now
            settle(key, rank, size)
            continue
        size = remove(key, rank, size)
        chosen[found] = v
        found += 1
        budget -= costs[v]
        gone[v] = True
        for arc in range(start[v], start[v + 1]):
            reach[heard[arc]] -= chance[arc]
        for arc in range(indptr[v], indptr[v + 1]):
            w = indices[arc]
            if not gone[w]:
                at = _place(heard, start[w], start[w + 1], v)
                safe[w] *= 1.0 - chance[at]
    return chosen[:found]


@jit
def _place(row: NDArray[np.int32], low: int, high: int, value: int) -> int:
    """Where a value stands in an ascending part of an array that holds it."""
    while low + 1 < high:
        middle = (low + high) // 2
        if row[middle] <= value:
            low = middle
        else:
            high = middle
    return low
