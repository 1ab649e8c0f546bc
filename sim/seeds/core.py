"""k-cores: how deep inside the network a person sits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..jit import jit


@jit
def core_numbers(indptr: NDArray[np.int64], indices: NDArray[np.int32]) -> NDArray[np.int64]:
    """The largest k for which a person has k neighbours with k neighbours, and so on.

    Whoever has fewest neighbours left is taken out, again and again; a person's core number is
    the largest degree at which anybody had been taken out by then. Time in proportion to the
    ties (Batagelj & Zaversnik 2003): people lie in order of degree, and a degree that falls by
    one is a swap with the first of its own.

    References
    ----------
    Kitsak et al. 2010, "Identification of influential spreaders in complex networks".
    """
    n = indptr.size - 1
    degree = np.empty(n, np.int64)
    largest = 0
    for v in range(n):
        degree[v] = indptr[v + 1] - indptr[v]
        largest = max(largest, degree[v])
    first = np.zeros(largest + 2, np.int64)  # where people of each degree begin
    for v in range(n):
        first[degree[v] + 1] += 1
    for k in range(largest + 1):
        first[k + 1] += first[k]
    line = np.empty(n, np.int32)
    place = np.empty(n, np.int64)
    cursor = first[: largest + 1].copy()
    for v in range(n):
        place[v] = cursor[degree[v]]
        line[place[v]] = v
        cursor[degree[v]] += 1
    for turn in range(n):
        v = line[turn]
        for arc in range(indptr[v], indptr[v + 1]):
            u = indices[arc]
            if degree[u] <= degree[v]:
                continue
            front = max(first[degree[u]], turn + 1)
            other = line[front]
            line[front], line[place[u]] = u, other
            place[other], place[u] = place[u], front
            first[degree[u]] = front + 1
            degree[u] -= 1
    return degree
