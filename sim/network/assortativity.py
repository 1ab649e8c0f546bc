"""Assortativity: whether people with many neighbours have neighbours with many."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..jit import jit
from .csr import Indptr, Rows
from .undirected import without_directions

if TYPE_CHECKING:
    from .network import Network


def assortativity(network: Network) -> float:
    """Correlation of the numbers of neighbours at both ends of a tie, -1 to 1.

    A directed network is taken without its directions. nan where all numbers are the same.

    Examples
    --------
    >>> from wordofmouth.sim.network import Network
    >>> round(assortativity(Network.from_edges([0, 0, 0], [1, 2, 3], directed=False)), 12)
    -1.0

    References
    ----------
    Newman 2002, Phys. Rev. Lett. 89:208701.
    """
    return correlation(*without_directions(network))


@jit
def correlation(indptr: Indptr, indices: Rows) -> float:
    """Pearson's correlation of the lengths of both rows, over all arcs of undirected rows."""
    ends, squares, products = 0.0, 0.0, 0.0
    for u in range(indptr.size - 1):
        degree = float(indptr[u + 1] - indptr[u])
        ends += degree * degree
        squares += degree * degree * degree
        for arc in range(indptr[u], indptr[u + 1]):
            v = indices[arc]
            products += degree * float(indptr[v + 1] - indptr[v])
    if indices.size == 0:
        return math.nan
    mean = ends / indices.size
    variance = squares / indices.size - mean * mean
    if variance <= 0.0:
        return math.nan
    return (products / indices.size - mean * mean) / variance
