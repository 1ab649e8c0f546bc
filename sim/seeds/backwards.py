"""The arcs turned round: whom each person hears, and how likely each of them convinces."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..jit import jit


class Backwards(NamedTuple):
    """Row v holds those whom v hears.

    Attributes
    ----------
    indptr : int64[n + 1]
    heard : int32[arcs]
    chance : float64[arcs]
        The probability that the one who is heard convinces v.
    """

    indptr: NDArray[np.int64]
    heard: NDArray[np.int32]
    chance: NDArray[np.float64]


@jit
def turned(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], chance: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """The columns of `Backwards`; a single entry of `chance` serves all arcs.

    None at all is the weighted cascade: one over the number of people whom the hearer hears.
    """
    n, arcs = indptr.size - 1, indices.size
    start = np.zeros(n + 1, np.int64)
    for arc in range(arcs):
        start[indices[arc] + 1] += 1
    for v in range(n):
        start[v + 1] += start[v]
    cursor = start[:n].copy()
    heard = np.empty(arcs, np.int32)
    turned_chance = np.empty(arcs, np.float64)
    for u in range(n):
        for arc in range(indptr[u], indptr[u + 1]):
            v = indices[arc]
            at = cursor[v]
            heard[at] = u
            if chance.size == 0:
                turned_chance[at] = 1.0 / (start[v + 1] - start[v])
            else:
                turned_chance[at] = chance[arc if chance.size > 1 else 0]
            cursor[v] = at + 1
    return start, heard, turned_chance
