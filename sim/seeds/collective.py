"""Collective influence: whose removal breaks the network apart."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..jit import jit
from ..ordering import order_by

# How far around a person is looked, in ties.
RADIUS: Final = 2


@jit
def collective(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    order: NDArray[np.int32],
    count: int,
    costs: NDArray[np.int64],
    budget: int,
) -> NDArray[np.int32]:
    """People by their collective influence, each measured after those before are taken out.

        CI(i) = (k_i - 1) * sum over j at a distance of `RADIUS` from i of (k_j - 1)

    `order` is that of equals. A count of all within that distance, in place of those on its rim,
    can only fall when people are taken out, so it bounds what a person may still come to: only
    those whose bound reaches the best are measured.

    References
    ----------
    Morone & Makse 2015, "Influence maximization in complex networks through optimal percolation".
    """
    n = order.size
    degree = np.empty(n, np.int64)
    for v in range(n):
        degree[v] = indptr[v + 1] - indptr[v]
    bound = np.empty(n, np.int64)
    _count_walks(indptr, indices, degree, bound)
    gone = np.zeros(n, np.bool_)
    seen = np.zeros(n, np.int64)
    queue = np.empty(n, np.int32)
    chosen = np.empty(count, np.int32)
    found, stamp = 0, 0
    by_bound = order[order_by((bound.max() - bound[order]).astype(np.uint64))]
    first = bound[by_bound].copy()
    while found < count:
        best, which = 0, -1
        for turn in range(n):
            v = by_bound[turn]
            if first[turn] < best or first[turn] == 0:
                break
            if gone[v] or costs[v] > budget or bound[v] < best or bound[v] == 0:
                continue
            stamp += 1
            rim, bound[v] = _measured(v, indptr, indices, degree, gone, seen, stamp, queue)
            if rim > best or (rim == best and rim > 0 and degree[v] > degree[which]):
                best, which = rim, v
        if which < 0:
            break
        chosen[found] = which
        found += 1
        budget -= costs[which]
        gone[which] = True
        for arc in range(indptr[which], indptr[which + 1]):
            degree[indices[arc]] -= 1
    # Nobody holds anything together any more: by the ties that are left.
    for v in order[order_by((degree.max() - degree[order]).astype(np.uint64))]:
        if found < count and not gone[v] and costs[v] <= budget:
            chosen[found] = v
            found += 1
            budget -= costs[v]
    return chosen[:found]


@jit
def _count_walks(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    degree: NDArray[np.int64],
    bound: NDArray[np.int64],
) -> None:
    """At least what all within `RADIUS` come to: a sum over walks, which meet some repeatedly."""
    n = degree.size
    around = np.zeros(n, np.int64)
    for _ in range(RADIUS):
        for v in range(n):
            bound[v] = 0
            for arc in range(indptr[v], indptr[v + 1]):
                u = indices[arc]
                bound[v] += degree[u] - 1 + around[u]
        around[:] = bound
    for v in range(n):
        bound[v] *= max(degree[v] - 1, 0)


@jit
def _measured(
    person: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    degree: NDArray[np.int64],
    gone: NDArray[np.bool_],
    seen: NDArray[np.int64],
    stamp: int,
    queue: NDArray[np.int32],
) -> tuple[int, int]:
    """Collective influence, and the same with everybody within the radius."""
    queue[0] = person
    seen[person] = stamp
    start, end, rim, ball = 0, 1, 0, 0
    for _ in range(RADIUS):
        rim, reached = 0, end
        for at in range(start, end):
            v = queue[at]
            for arc in range(indptr[v], indptr[v + 1]):
                u = indices[arc]
                if not gone[u] and seen[u] != stamp:
                    seen[u] = stamp
                    queue[reached] = u
                    reached += 1
                    rim += degree[u] - 1
        start, end = end, reached
        ball += rim
    weight = max(degree[person] - 1, 0)
    return weight * rim, weight * ball
