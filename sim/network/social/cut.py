"""At most so many followers, and followed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...draws import draw, key_of
from ...jit import inline, jit
from ...ordering import order_by
from ..csr import Indptr, Rows


@jit
def cut(
    indptr: Indptr,
    indices: Rows,
    filed: Indptr,
    heard: Rows,
    most: tuple[int, int],
    key: np.uint64,
) -> Indptr:
    """Take out of the rows the arcs that somebody has beyond the `most` followers, and followed.

    Whoever has more keeps those whose draws are least; who is followed loses first.

    Numbers vary about what people are to have on average, so that it is a few of the few who are
    to have nearly as many as allowed.

    Parameters
    ----------
    indptr, indices
        The rows; what is left of `indices` moves to the front.
    filed, heard
        Of everybody whom they follow, in any order, row by row as well.

    Returns
    -------
    indptr
        Of the rows that are left.
    """
    n = indptr.size - 1
    following = np.diff(filed)
    for source in range(n):
        first, last = indptr[source], indptr[source + 1]
        if last - first <= most[0]:
            continue
        luck = np.empty(last - first, np.uint64)
        for arc in range(first, last):
            luck[arc - first] = draw(key_of(key, source), indices[arc])
        for lost in order_by(luck)[most[0] :]:
            following[indices[first + lost]] -= 1
            indices[first + lost] = ~indices[first + lost]  # out, and still in order
    for target in range(n):
        if following[target] <= most[1]:
            continue
        arcs, luck = np.empty(following[target], np.int64), np.empty(following[target], np.uint64)
        have = 0
        for place in range(filed[target], filed[target + 1]):
            source = heard[place]
            arc = _place_of(indices, indptr[source], indptr[source + 1], target)
            if indices[arc] >= 0:
                arcs[have], luck[have] = arc, draw(key_of(key, source), target)
                have += 1
        for lost in order_by(luck)[most[1] :]:
            indices[arcs[lost]] = ~indices[arcs[lost]]
    kept = np.zeros(n + 1, np.int64)
    for source in range(n):
        end = kept[source]
        for arc in range(indptr[source], indptr[source + 1]):
            if indices[arc] >= 0:
                indices[end] = indices[arc]
                end += 1
        kept[source + 1] = end
    return kept


@inline
def _named(other: int) -> int:
    return other if other >= 0 else ~other


@jit
def _place_of(indices: NDArray[np.int32], low: int, high: int, other: int) -> int:
    """Where a row, of which some are out, has somebody who is in it."""
    while high - low > 1:
        middle = (low + high) // 2
        if _named(indices[middle]) <= other:
            low = middle
        else:
            high = middle
    return low
