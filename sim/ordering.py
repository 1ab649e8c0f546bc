"""Order: the one sort of all kernels.

A stable radix sort of whole numbers. Numba's own sorts take the compiler a second for each kind
and type of array, and a logarithm more time of each campaign.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .jit import jit

_BITS: Final = np.uint64(11)
_DIGITS: Final = 1 << 11
_FEW: Final = 32


@jit
def order_by(key: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The rows in ascending order of their keys; of equal ones the earlier row first.

    Examples
    --------
    >>> import numpy as np
    >>> order_by(np.array([30, 10, 20, 10], np.uint64)).tolist()
    [1, 3, 2, 0]
    """
    order = np.arange(key.size)
    if key.size <= _FEW:
        for end in range(1, key.size):
            row, at = order[end], end
            while at > 0 and key[order[at - 1]] > key[row]:
                order[at] = order[at - 1]
                at -= 1
            order[at] = row
        return order
    other = np.empty_like(order)
    start = np.empty(_DIGITS, np.int64)
    shift, most = np.uint64(0), np.uint64(0)
    for row in range(key.size):
        most |= key[row]
    while shift < np.uint64(64) and most >> shift > np.uint64(0):
        start[:] = 0
        for row in range(key.size):
            start[np.int64(key[row] >> shift) & (_DIGITS - 1)] += 1
        before = 0
        for digit in range(_DIGITS):
            before, start[digit] = before + start[digit], before
        for row in order:
            own = np.int64(key[row] >> shift) & (_DIGITS - 1)
            other[start[own]] = row
            start[own] += 1
        order, other = other, order
        shift += _BITS
    return order


@jit
def ascending(rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """Whole numbers from 0 on, in ascending order."""
    return rows[order_by(rows.astype(np.uint64))]


@jit
def distinct(rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """Whole numbers from 0 on, in ascending order, each once."""
    found, count = ascending(rows), 0
    for row in found:
        if count == 0 or found[count - 1] != row:
            found[count] = row
            count += 1
    return found[:count]
