"""Clustering: how often two neighbours of a person are neighbours of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..jit import jit
from .csr import Indptr, Rows
from .undirected import without_directions

if TYPE_CHECKING:
    from .network import Network


def clustering(network: Network) -> float:
    r"""Mean local clustering, with 0 for people who have fewer than two neighbours.

    .. math:: C = \frac{1}{n} \sum_i \frac{2 T_i}{k_i (k_i - 1)}

    where T_i counts the triangles through i and k_i its neighbours. A directed network is taken
    without its directions. Time O(arcs^1.5) at worst.

    Examples
    --------
    >>> from wordofmouth.sim.network import Network
    >>> clustering(Network.from_edges([0, 1, 2, 2], [1, 2, 0, 3], directed=False))
    0.5833333333333334

    References
    ----------
    Watts & Strogatz 1998, Nature 393:440.
    """
    degree, triangles = _degrees_and_triangles(network)
    pairs = degree * (degree - 1)
    local = np.divide(2.0 * triangles, pairs, out=np.zeros(network.n), where=pairs > 0)
    return float(local.mean()) if network.n else 0.0


def transitivity(network: Network) -> float:
    """Share of connected triples that are closed: 3 triangles / triples, 0 without triples.

    A directed network is taken without its directions.
    """
    degree, triangles = _degrees_and_triangles(network)
    triples = int((degree * (degree - 1)).sum())
    return float(2 * int(triangles.sum()) / triples) if triples else 0.0


def _degrees_and_triangles(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    indptr, indices = without_directions(network)
    return np.diff(indptr), count_triangles(indptr, indices)


@jit
def count_triangles(indptr: Indptr, indices: Rows) -> NDArray[np.int64]:
    """Triangles through each person.

    Arcs are followed only towards the person of higher degree (ties by number), which leaves at
    most sqrt(2 arcs) of them to a person; marking rows without it is quadratic at a hub.
    """
    n = indptr.size - 1
    start = np.zeros(n + 1, np.int64)
    upward = np.empty(indices.size // 2 + 1, np.int32)
    at = 0
    for u in range(n):
        degree = indptr[u + 1] - indptr[u]
        for arc in range(indptr[u], indptr[u + 1]):
            v = indices[arc]
            other = indptr[v + 1] - indptr[v]
            if other > degree or (other == degree and v > u):
                upward[at] = v
                at += 1
        start[u + 1] = at
    triangles = np.zeros(n, np.int64)
    for u in range(n):
        for arc in range(start[u], start[u + 1]):
            v = upward[arc]
            left, right = start[u], start[v]
            while left < start[u + 1] and right < start[v + 1]:
                a, b = upward[left], upward[right]
                if a == b:
                    triangles[u] += 1
                    triangles[v] += 1
                    triangles[a] += 1
                left += a <= b
                right += b <= a
    return triangles
