"""Reverse-reachable sets: who would have reached a person drawn at random."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..draws import draw, happens, key_of, uniform
from ..jit import jit


@jit
def _walk(
    start: NDArray[np.int64],
    heard: NDArray[np.int32],
    chance: NDArray[np.float64],
    identity: NDArray[np.uint64],
    key: np.uint64,
    root: int,
    marked: NDArray[np.bool_],
    seen: NDArray[np.int64],
    stamp: int,
    queue: NDArray[np.int32],
) -> int:
    """The set of one root, into `queue`; its size, or 0 as soon as somebody marked is in it."""
    if marked[root]:
        return 0
    queue[0] = root
    seen[root] = stamp
    at, end = 0, 1
    while at < end:
        v = queue[at]
        at += 1
        hearer = draw(key, identity[v])
        for arc in range(start[v], start[v + 1]):
            u = heard[arc]
            if seen[u] != stamp and happens(draw(hearer, identity[u]), chance[arc]):
                if marked[u]:
                    return 0
                seen[u] = stamp
                queue[end] = u
                end += 1
    return end


@jit
def reverse_sets(
    start: NDArray[np.int64],
    heard: NDArray[np.int32],
    chance: NDArray[np.float64],
    identity: NDArray[np.uint64],
    by_identity: NDArray[np.int32],
    key: np.uint64,
    first: int,
    last: int,
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The sets `first` to `last`: their sizes, and who is in them, set after set.

    An arc takes part by a draw of the set, of who hears and of who is heard. `by_identity` is
    everybody by identity: of these the roots are drawn, so that rows play no part.

    References
    ----------
    Borgs, Brautbar, Chayes & Lucier 2014, "Maximizing social influence in nearly optimal time".
    """
    n = identity.size
    nobody = np.zeros(n, np.bool_)
    seen = np.full(n, -1, np.int64)
    queue = np.empty(n, np.int32)
    sizes = np.empty(last - first, np.int64)
    members = np.empty(max(n, 1024), np.int32)
    used = 0
    for number in range(first, last):
        own = key_of(key, np.uint64(number))
        root = by_identity[np.int64(uniform(own) * n)]
        size = _walk(start, heard, chance, identity, own, root, nobody, seen, number, queue)
        if used + size > members.size:
            longer = np.empty(2 * members.size + size, np.int32)
            longer[:used] = members[:used]
            members = longer
        members[used : used + size] = queue[:size]
        used += size
        sizes[number - first] = size
    return sizes, members[:used].copy()


@jit
def sets_hit(
    start: NDArray[np.int64],
    heard: NDArray[np.int32],
    chance: NDArray[np.float64],
    identity: NDArray[np.uint64],
    by_identity: NDArray[np.int32],
    key: np.uint64,
    first: int,
    last: int,
    marked: NDArray[np.bool_],
) -> int:
    """In how many of the sets `first` to `last` somebody marked is; none of them is kept."""
    n = identity.size
    seen = np.full(n, -1, np.int64)
    queue = np.empty(n, np.int32)
    hit = 0
    for number in range(first, last):
        own = key_of(key, np.uint64(number))
        root = by_identity[np.int64(uniform(own) * n)]
        size = _walk(start, heard, chance, identity, own, root, marked, seen, number, queue)
        hit += size == 0
    return hit
