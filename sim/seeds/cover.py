"""Greedy cover: people who are in as many sets as possible in which nobody chosen is yet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..jit import jit
from ..ordering import order_by
from .heap import remove, settle


@jit
def filed(
    sizes: NDArray[np.int64], members: NDArray[np.int32], n: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Where each set begins, and the sets of each person in compressed rows."""
    offsets = np.zeros(sizes.size + 1, np.int64)
    for number in range(sizes.size):
        offsets[number + 1] = offsets[number] + sizes[number]
    start = np.zeros(n + 1, np.int64)
    for at in range(members.size):
        start[members[at] + 1] += 1
    for v in range(n):
        start[v + 1] += start[v]
    cursor = start[:n].copy()
    sets = np.empty(members.size, np.int32)
    for number in range(sizes.size):
        for at in range(offsets[number], offsets[number + 1]):
            v = members[at]
            sets[cursor[v]] = number
            cursor[v] += 1
    return offsets, start, sets


@jit
def cover(
    offsets: NDArray[np.int64],
    members: NDArray[np.int32],
    start: NDArray[np.int64],
    sets: NDArray[np.int32],
    order: NDArray[np.int32],
    count: int,
    costs: NDArray[np.int64],
    budget: int,
    by_money: bool,
) -> tuple[NDArray[np.int32], int, NDArray[np.int64]]:
    """People in the order in which they are chosen, the sets they cover, what others would add.

    Whoever covers most sets that are not covered is next, or `by_money` whoever covers most for
    what they cost; of equals the first in `order`, and in this order too who adds nothing.
    """
    n = order.size
    gain = np.empty(n, np.int64)
    for v in range(n):
        gain[v] = start[v + 1] - start[v]
    worth = np.empty(n)
    for place in range(n):
        v = order[place]
        worth[place] = gain[v] / max(costs[v], 1) if by_money else np.float64(gain[v])
    # Positive numbers are in the order of their bits.
    rank = order_by(~worth.view(np.uint64)).astype(np.int32)
    key = worth[rank]
    covered = np.zeros(offsets.size - 1, np.bool_)
    chosen = np.empty(count, np.int32)
    found, size, total = 0, n, 0
    while found < count and size > 0:
        v = order[rank[0]]
        if costs[v] > budget:
            size = remove(key, rank, size)
            continue
        now = gain[v] / max(costs[v], 1) if by_money else np.float64(gain[v])
        if now < key[0]:
            key[0] = now
            settle(key, rank, size)
            continue
        size = remove(key, rank, size)
        chosen[found] = v
        found += 1
        budget -= costs[v]
        total += gain[v]
        for place in range(start[v], start[v + 1]):
            number = sets[place]
            if not covered[number]:
                covered[number] = True
                for at in range(offsets[number], offsets[number + 1]):
                    gain[members[at]] -= 1
    return chosen[:found], total, gain
