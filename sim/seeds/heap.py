"""A heap for choosing lazily: what a person adds only falls, so the top alone is reckoned anew.

`key[:size]` and `rank[:size]` are such a heap where no entry is worth more than the one above it,
at half its place; of equal keys the lower rank is worth more. Arrays in order are one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..jit import jit


@jit
def settle(key: NDArray[np.float64], rank: NDArray[np.int32], size: int) -> None:
    """Let the top sink to where it belongs."""
    at, own, who = 0, key[0], rank[0]
    while 2 * at + 1 < size:
        below = 2 * at + 1
        right = below + 1
        if right < size and (
            key[right] > key[below] or (key[right] == key[below] and rank[right] < rank[below])
        ):
            below = right
        if own > key[below] or (own == key[below] and who < rank[below]):
            break
        key[at], rank[at] = key[below], rank[below]
        at = below
    key[at], rank[at] = own, who


@jit
def remove(key: NDArray[np.float64], rank: NDArray[np.int32], size: int) -> int:
    """Take the top away; how many are left."""
    size -= 1
    key[0], rank[0] = key[size], rank[size]
    settle(key, rank, size)
    return size
