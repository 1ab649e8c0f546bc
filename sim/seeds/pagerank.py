"""PageRank: who is heard by people who listen to few others and are heard themselves."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..jit import jit

# All ranks together: times the hundredths of the damping it stays below 2**63.
WHOLE: Final = 1 << 55
# Per cent of the rank that is handed on.
DAMPING: Final = 85
_ROUNDS: Final = 500


@jit
def pagerank(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], following: NDArray[np.int32]
) -> NDArray[np.int64]:
    """The rank of each person, in parts of `WHOLE`.

    Everybody hands their rank on, in equal shares, to those whom they hear:

        r(u) = .15 / n + .85 * (sum over v that hear u of r(v) / heard(v) + lost / n)

    where heard(v) is how many v hears and `lost` the rank of those who hear nobody. Whole
    numbers, whose sum does not depend on the order of the rows, as that of fractions does.

    References
    ----------
    Brin & Page 1998, "The anatomy of a large-scale hypertextual web search engine".
    """
    n = indptr.size - 1
    even = WHOLE // max(n, 1)
    rank = np.full(n, even, np.int64)
    share = np.empty(n, np.int64)
    for _ in range(_ROUNDS):
        lost = 0
        for v in range(n):
            if following[v] == 0:
                lost += rank[v]
                share[v] = 0
            else:
                share[v] = rank[v] // following[v]
        moved = 0
        for u in range(n):
            handed = lost // n
            for arc in range(indptr[u], indptr[u + 1]):
                handed += share[indices[arc]]
            now = (even * (100 - DAMPING) + handed * DAMPING) // 100
            moved += abs(now - rank[u])
            rank[u] = now
        if moved < WHOLE >> 30:
            break
    return rank
