"""Betweenness: through whom the shortest ways from a sample of people to everybody lead."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..jit import jit

# From how many people ways are followed; from everybody in networks that are no larger.
SAMPLE: Final = 128


@jit
def betweenness(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], sample: NDArray[np.int32]
) -> NDArray[np.float64]:
    """The sum over people s of the sample and all t of the share of shortest ways through each.

        b(v) = sum over s, t, both not v, of ways(s, t through v) / ways(s, t)

    One search for each s, and a way back that adds up what lies behind everybody:
    behind(v) = sum over w next after v of ways(v) / ways(w) * (1 + behind(w)).

    References
    ----------
    Freeman 1977, "A set of measures of centrality based on betweenness". Brandes 2001, "A faster
    algorithm for betweenness centrality". Brandes & Pich 2007, "Centrality estimation in large
    networks": a sample of people.
    """
    n = indptr.size - 1
    total = np.zeros(n)
    hop = np.full(n, -1, np.int32)
    ways = np.zeros(n)
    behind = np.zeros(n)
    queue = np.empty(n, np.int32)
    for source in sample:
        queue[0] = source
        hop[source], ways[source] = 0, 1.0
        at, end = 0, 1
        while at < end:
            v = queue[at]
            at += 1
            for arc in range(indptr[v], indptr[v + 1]):
                w = indices[arc]
                if hop[w] < 0:
                    hop[w] = hop[v] + 1
                    queue[end] = w
                    end += 1
                if hop[w] == hop[v] + 1:
                    ways[w] += ways[v]
        for turn in range(end - 1, -1, -1):
            v = queue[turn]
            for arc in range(indptr[v], indptr[v + 1]):
                w = indices[arc]
                if hop[w] == hop[v] + 1:
                    behind[v] += ways[v] / ways[w] * (1.0 + behind[w])
            if turn > 0:
                total[v] += behind[v]
        for turn in range(end):
            v = queue[turn]
            hop[v], ways[v], behind[v] = -1, 0.0, 0.0
    return total
