"""Who is drawn, where, and with which ties: everybody, or an honest sample of many."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...sim.network import Network
from .limits import MOST_DRAWN

# Ties that are drawn at most: more would be a grey cloth.
MOST_TIES: Final = 12_000
_SAMPLE: Final = 1


def drawn(people: int, most: int = MOST_DRAWN) -> NDArray[np.int32]:
    """The rows of those who are drawn, in order: everybody, or a sample in which all are as likely.

    Examples
    --------
    >>> drawn(3).tolist(), drawn(100, 10).size
    ([0, 1, 2], 10)
    """
    if people <= most:
        return np.arange(people, dtype=np.int32)
    # Always the same sample: two campaigns side by side show the same people.
    chosen = np.random.default_rng(_SAMPLE).choice(people, most, replace=False)
    return np.sort(chosen).astype(np.int32)


def ties(network: Network, rows: NDArray[np.int32], most: int = MOST_TIES) -> NDArray[np.int32]:
    """Ties among people as pairs of places in `rows`, int32 (k, 2): all, or a sample of them."""
    source, target = _among(network, rows)
    once = source < target
    if once.sum() * 2 == source.size:  # each is heard both ways, and drawn once
        source, target = source[once], target[once]
    if source.size > most:
        some = np.random.default_rng(_SAMPLE).choice(source.size, most, replace=False)
        source, target = source[np.sort(some)], target[np.sort(some)]
    return np.stack([source, target], axis=1).astype(np.int32)


def place(network: Network, rows: NDArray[np.int32]) -> NDArray[np.float32]:
    """Where those who are drawn stand, float32 (k, 2) within a disc of radius 1."""
    from ..results.layout import positions

    if rows.size == network.n:
        return positions(network)
    source, target = _among(network, rows)
    return positions(Network.from_edges(source, target, rows.size, directed=True))


def _among(
    network: Network, rows: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The arcs among people, by their places in `rows`."""
    where = np.full(network.n, -1, np.int64)
    where[rows] = np.arange(rows.size)
    source = np.repeat(where, np.diff(network.indptr))
    target = where[network.indices]
    both = (source >= 0) & (target >= 0)
    return source[both], target[both]
