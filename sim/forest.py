"""The exact forest of a campaign: every share, and the cascades that they form."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .state import Log
from .trees import Cascades, measured

__all__ = ["Cascades", "cascades", "order_of", "parents"]


def order_of(log: Log) -> NDArray[np.intp]:
    """The order of a log's rows by message, tick and person: the same whoever wrote them."""
    return np.lexsort((log.person, log.tick, log.message))


def parents(shares: Log, n: int) -> NDArray[np.int64]:
    """For each share the row of the share that it was had from; -1 for one at first hand."""
    name = shares.message.astype(np.int64) * n + shares.person
    order = np.argsort(name, kind="stable")
    source = shares.message.astype(np.int64) * n + shares.sender
    found = order[np.searchsorted(name, source, sorter=order) % max(name.size, 1)]
    return np.where(shares.hop == 0, -1, found).astype(np.int64)


def cascades(
    shares: Log,
    n: int,
    ids: NDArray[np.generic] | None = None,
    hours: NDArray[np.float64] | None = None,
) -> Cascades:
    """The cascades of a forest of shares among n people, whom tables call by their ids."""
    return measured(parents(shares, n), shares.message, shares.person, shares.tick, ids, hours)
