"""The shape of a network in a few numbers, as a glance at data asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

# By the package, which puts the function in place of the module of the same name.
from . import clustering, reciprocity

if TYPE_CHECKING:
    from .network import Network

# Beyond so many pairs of neighbours a glance would take minutes, and does without clustering.
_MOST_PAIRS = 2e10


class Shape(NamedTuple):
    """A network in numbers.

    Attributes
    ----------
    people, arcs
        An undirected tie is two arcs.
    mean, most
        How many hear a person, on average and at most.
    most_heard
        How many one person hears at most.
    unheard, deaf
        The shares of people whom nobody hears, and who hear nobody.
    reciprocity, clustering
        See the functions of these names; clustering is None where measuring it takes minutes.
    components, largest
        Parts that no tie joins, directions apart, and the share of people in the largest.
    """

    people: int
    arcs: int
    mean: float
    most: int
    most_heard: int
    unheard: float
    deaf: float
    reciprocity: float
    clustering: float | None
    components: int
    largest: float


def shape_of(network: Network) -> Shape:
    """Measure a network.

    Examples
    --------
    >>> from wordofmouth.sim.network import Network
    >>> found = shape_of(Network.from_edges([0, 0, 1], [1, 2, 2], 4, directed=False))
    >>> found.most, found.unheard, found.clustering, found.components, found.largest
    (2, 0.25, 0.75, 2, 0.75)
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    n = network.n
    ones = np.ones(network.arcs, np.int8)
    rows = csr_array((ones, network.indices, network.indptr), shape=(n, n))
    count, part = connected_components(rows, directed=False)
    heard, hears = network.followers, network.following
    pairs = float((heard.astype(np.float64) ** 2).sum())
    return Shape(
        people=n,
        arcs=network.arcs,
        mean=network.arcs / n if n else 0.0,
        most=int(heard.max(initial=0)),
        most_heard=int(hears.max(initial=0)),
        unheard=float((heard == 0).mean()) if n else 0.0,
        deaf=float((hears == 0).mean()) if n else 0.0,
        reciprocity=reciprocity(network),
        clustering=clustering(network) if pairs <= _MOST_PAIRS else None,
        components=int(count),
        largest=float(np.bincount(part).max(initial=0) / n) if n else 0.0,
    )
