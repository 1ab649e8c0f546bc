"""Compressed rows: from a list of ties to who is heard by whom, in time linear in the arcs.

Sorting is by counting. Every tie is filed under its target first; walking the targets in
ascending order then fills every source's row in ascending order, so that neither comparison nor
the order of the input plays a part, and a repeated arc meets its twin at the end of the row.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..draws import mix
from ..jit import jit

Indptr = NDArray[np.int64]
Rows = NDArray[np.int32]
Weights = NDArray[np.float32]


@jit
def rows_from_ties(
    source: Rows, target: Rows, weights: Weights, n: int, both: bool
) -> tuple[Indptr, Rows, Weights, int, int]:
    """Rows of the arcs `source -> target`, and of the way back where `both`.

    Self-loops are left out. Of repeated arcs one is kept, with the largest weight: a sum would
    depend on the order of the lines in its last bit. `weights` is empty where there are none.

    Returns
    -------
    indptr, indices, weights, self-loops left out, repeated arcs left out
    """
    ties = source.size
    weighted = weights.size > 0
    filed = np.zeros(n + 1, np.int64)
    loops = 0
    for tie in range(ties):
        u, v = source[tie], target[tie]
        if u == v:
            loops += 1
            continue
        filed[v + 1] += 1
        if both:
            filed[u + 1] += 1
    for person in range(n):
        filed[person + 1] += filed[person]
    arcs = filed[n]

    cursor = filed[:n].copy()
    heard = np.empty(arcs, np.int32)
    heard_weights = np.empty(arcs if weighted else 0, np.float32)
    for tie in range(ties):
        u, v = source[tie], target[tie]
        if u == v:
            continue
        heard[cursor[v]] = u
        if weighted:
            heard_weights[cursor[v]] = weights[tie]
        cursor[v] += 1
        if both:
            heard[cursor[u]] = v
            if weighted:
                heard_weights[cursor[u]] = weights[tie]
            cursor[u] += 1
    return _transpose(filed, heard, heard_weights, n, loops)


@jit
def _transpose(
    filed: Indptr, heard: Rows, heard_weights: Weights, n: int, loops: int
) -> tuple[Indptr, Rows, Weights, int, int]:
    arcs = heard.size
    weighted = heard_weights.size > 0
    indptr = np.zeros(n + 1, np.int64)
    for arc in range(arcs):
        indptr[heard[arc] + 1] += 1
    for person in range(n):
        indptr[person + 1] += indptr[person]
    cursor = indptr[:n].copy()
    indices = np.empty(arcs, np.int32)
    weights = np.empty(heard_weights.size, np.float32)
    repeats = 0
    for v in range(n):
        for arc in range(filed[v], filed[v + 1]):
            u = heard[arc]
            at = cursor[u]
            if at > indptr[u] and indices[at - 1] == v:
                repeats += 1
                if weighted:
                    weights[at - 1] = max(weights[at - 1], heard_weights[arc])
                continue
            indices[at] = v
            if weighted:
                weights[at] = heard_weights[arc]
            cursor[u] = at + 1
    if repeats == 0:
        return indptr, indices, weights, loops, repeats

    kept = np.zeros(n + 1, np.int64)
    for u in range(n):
        length = cursor[u] - indptr[u]
        for step in range(length):  # in place: rows only move towards the front
            indices[kept[u] + step] = indices[indptr[u] + step]
            if weighted:
                weights[kept[u] + step] = weights[indptr[u] + step]
        kept[u + 1] = kept[u] + length
    left = arcs - repeats
    return kept, indices[:left].copy(), weights[: left if weighted else 0].copy(), loops, repeats


@jit
def rows_from_lower(offsets: Indptr, lower: Rows) -> tuple[Indptr, Rows]:
    """Rows of an undirected graph given, person by person, the neighbours with a lower number.

    `lower[offsets[v]:offsets[v + 1]]` ascends and stays below v. One pass suffices, half the work
    of `rows_from_ties`: a row is what a person chose, then those who chose that person, in order.
    """
    n = offsets.size - 1
    indptr = np.zeros(n + 1, np.int64)
    for v in range(n):
        indptr[v + 1] += offsets[v + 1] - offsets[v]
        for tie in range(offsets[v], offsets[v + 1]):
            indptr[lower[tie] + 1] += 1
    for v in range(n):
        indptr[v + 1] += indptr[v]
    cursor = indptr[:n].copy()
    indices = np.empty(2 * lower.size, np.int32)
    for v in range(n):
        at = cursor[v]
        for tie in range(offsets[v], offsets[v + 1]):
            u = lower[tie]
            indices[at] = u
            at += 1
            indices[cursor[u]] = v
            cursor[u] += 1
        cursor[v] = at
    return indptr, indices


@jit
def fault(indptr: Indptr, indices: Rows, directed: bool) -> tuple[int, int]:
    """What is wrong with these rows and where: (0, 0) for nothing.

    1: indptr does not ascend; 2: a neighbour out of range; 3: a self-loop; 4: a row that does not
    ascend; 5: an undirected network with an arc that has no way back. The last compares hashes of
    both directions of all arcs, so it is sure up to a chance of 2**-64.
    """
    n = indptr.size - 1
    for u in range(n):  # all of it first: what lies between 0 and the end is safe to read
        if indptr[u] > indptr[u + 1]:
            return 1, u
    there = np.uint64(0)
    for u in range(n):
        last = -1
        for arc in range(indptr[u], indptr[u + 1]):
            v = np.int64(indices[arc])
            if v < 0 or v >= n:
                return 2, u
            if v == u:
                return 3, u
            if v <= last:
                return 4, u
            last = v
            if not directed:
                low, high = min(u, v), max(u, v)
                token = mix((np.uint64(high) << np.uint64(32)) | np.uint64(low))
                there = there + token if u < v else there - token
    return (0, 0) if directed or there == np.uint64(0) else (5, 0)


@jit
def count_heard(indices: Rows, n: int) -> Rows:
    """How many each person hears: the in-degree."""
    heard = np.zeros(n, np.int32)
    for arc in range(indices.size):
        heard[indices[arc]] += 1
    return heard
