"""Closeness of ties from the shape of the network: who answers whom, and whom both know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..jit import inline, jit
from .check import closest
from .csr import Indptr, Rows
from .undirected import without_directions

if TYPE_CHECKING:
    from .network import Network

# A place for integer sums, which are the same in any order: of float32 in 0..1 nothing is lost that
# the mean would show.
_UNITS: Final = 2.0**32

MEASURES: Final = ("reciprocity", "common_neighbours")

# One of the two directions. That an unreturned tie is the weaker one is Friedkin 1980, who ranks
# ties and gives no number; the half is assumed.
UNRETURNED: Final = 0.5


def closeness(network: Network, by: str) -> NDArray[np.float32]:
    r"""Closeness of every arc, 0 to 1, in the order of `indices`.

    By `reciprocity`, the mean of both directions, a being 1 where there is an arc, else 0:

    .. math:: c_{uv} = (a_{uv} + a_{vu}) / 2

    which is 1 where u hears v back and .5 where not; on an undirected network always 1.

    By `common_neighbours`, the overlap of both neighbourhoods:

    .. math:: O_{uv} = \frac{n_{uv}}{(k_u - 1) + (k_v - 1) - n_{uv}}

    where k counts a person's neighbours and n the neighbours that both have; 0 where the two know
    nobody else. A directed network is taken without its directions, as `clustering` does, so that
    both arcs of a pair are equally close. Time O(arcs^1.5) at worst, hubs included.

    Parameters
    ----------
    network : Network
        Its weights play no part.
    by : "reciprocity" or "common_neighbours"

    Returns
    -------
    float32 array of one value an arc
        To be given to a network as its weights.

    Raises
    ------
    InputError
        For another measure.

    Examples
    --------
    >>> from wordofmouth.sim.network import Network
    >>> closeness(Network.from_edges([0, 1, 2], [1, 0, 1]), "reciprocity")
    array([1. , 1. , 0.5], dtype=float32)
    >>> kite = Network.from_edges([0, 0, 1, 1, 2, 3], [1, 2, 2, 3, 3, 4], directed=False)
    >>> dict(zip(kite.indices[:2].tolist(), closeness(kite, "common_neighbours")[:2].tolist()))
    {1: 0.5, 2: 0.5}

    References
    ----------
    Friedkin 1980, Social Networks 2:411, for returned and unreturned ties.
    Onnela et al. 2007, PNAS 104:7332, for the overlap, which rises with the time that two people
    spend on the phone with each other.
    """
    if not isinstance(by, str) or by not in MEASURES:
        raise InputError(
            f"closeness by {by!r} is not known{closest(by, [*MEASURES])}; "
            f"it is one of {', '.join(MEASURES)}"
        )
    if by == "common_neighbours":
        return _overlap(network)
    if not network.directed:
        return np.ones(network.arcs, np.float32)
    return reciprocity_of_arcs(network.indptr, network.indices)


def _overlap(network: Network) -> NDArray[np.float32]:
    if not network.directed:
        return overlap_of_arcs(network.indptr, network.indices)
    indptr, indices = without_directions(network)
    overlap = overlap_of_arcs(indptr, indices)
    return values_of_arcs(network.indptr, network.indices, indptr, indices, overlap)


@jit
def reciprocity_of_arcs(indptr: Indptr, indices: Rows) -> NDArray[np.float32]:
    """1 for an arc that has its way back, else `UNRETURNED`.

    Whether v's row holds u is asked for ascending u, so a mark that moves along each row answers
    in time linear in the arcs; bisection would cost a logarithm more.
    """
    n = indptr.size - 1
    reached = indptr[:n].copy()
    result = np.empty(indices.size, np.float32)
    for u in range(n):
        for arc in range(indptr[u], indptr[u + 1]):
            v = indices[arc]
            while reached[v] < indptr[v + 1] and indices[reached[v]] < u:
                reached[v] += 1
            returned = reached[v] < indptr[v + 1] and indices[reached[v]] == u
            result[arc] = 1.0 if returned else UNRETURNED
    return result


@jit
def overlap_of_arcs(indptr: Indptr, indices: Rows) -> NDArray[np.float32]:
    """Overlap of the neighbourhoods at both ends of each arc; the rows are undirected.

    Rows list neighbours in ascending order, so the arcs that lead back to v come in the order of
    v's row: a mark on each row finds an arc's way back without a search.
    """
    n = indptr.size - 1
    start, upward = _upward_ties(indptr, indices)
    common = _common_neighbours(start, upward)
    back = indptr[:n].copy()
    result = np.empty(indices.size, np.float32)
    tie = 0
    for u in range(n):
        degree = indptr[u + 1] - indptr[u]
        for arc in range(indptr[u], indptr[u + 1]):
            v = indices[arc]
            other = indptr[v + 1] - indptr[v]
            if _is_upward(u, degree, v, other):
                union = degree + other - 2 - common[tie]
                value = common[tie] / union if union > 0 else 0.0
                result[arc] = value
                result[back[v]] = value
                tie += 1
            back[v] += 1
    return result


@jit
def values_of_arcs(
    indptr: Indptr,
    indices: Rows,
    wider_indptr: Indptr,
    wider_indices: Rows,
    values: NDArray[np.float32],
) -> NDArray[np.float32]:
    """The values, one per arc of the wider rows, that belong to arcs of the narrower ones."""
    result = np.empty(indices.size, np.float32)
    for u in range(indptr.size - 1):
        at = wider_indptr[u]
        for arc in range(indptr[u], indptr[u + 1]):
            while wider_indices[at] != indices[arc]:
                at += 1
            result[arc] = values[at]
    return result


@inline
def _is_upward(u: int, degree: int, v: int, other: int) -> bool:
    """Whether v has more neighbours than u, or as many and the higher number."""
    return other > degree or (other == degree and v > u)


@jit
def _upward_ties(indptr: Indptr, indices: Rows) -> tuple[Indptr, Rows]:
    """Rows of the ties that lead to more neighbours: every tie once, sqrt(2 ties) a row at most."""
    n = indptr.size - 1
    start = np.zeros(n + 1, np.int64)
    upward = np.empty(indices.size // 2, np.int32)
    at = 0
    for u in range(n):
        degree = indptr[u + 1] - indptr[u]
        for arc in range(indptr[u], indptr[u + 1]):
            v = indices[arc]
            if _is_upward(u, degree, v, indptr[v + 1] - indptr[v]):
                upward[at] = v
                at += 1
        start[u + 1] = at
    return start, upward


@jit
def _common_neighbours(start: Indptr, upward: Rows) -> Rows:
    """How many neighbours both ends of each upward tie share: the triangles on the tie.

    Each triangle is met once, at its lowest corner, and counts for its three ties. Merging whole
    rows instead is quadratic at a hub; merging upward rows takes twice as long as marking one.
    """
    n = start.size - 1
    common = np.zeros(upward.size, np.int32)
    place = np.zeros(n, np.int32)  # of a person in u's row, from 1; 0 for those not in it
    for u in range(n):
        first = start[u]
        for tie in range(first, start[u + 1]):
            place[upward[tie]] = tie - first + 1
        for tie in range(first, start[u + 1]):
            v = upward[tie]
            for beyond in range(start[v], start[v + 1]):
                found = place[upward[beyond]]
                if found:
                    common[tie] += 1
                    common[first + found - 1] += 1
                    common[beyond] += 1
        for tie in range(first, start[u + 1]):
            place[upward[tie]] = 0
    return common


@jit
def mean_closeness(indptr: Indptr, close: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of everybody the mean closeness of those who hear them; 1 where nobody does."""
    means = np.ones(indptr.size - 1, np.float32)
    for person in range(means.size):
        first, stop = indptr[person], indptr[person + 1]
        total = np.int64(0)
        for arc in range(first, stop):
            total += np.int64(np.float64(close[arc]) * _UNITS)
        if stop > first:
            means[person] = np.float32(np.float64(total) / (_UNITS * (stop - first)))
    return means
