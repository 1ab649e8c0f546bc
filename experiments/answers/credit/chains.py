"""Chains of people in the forest: from the brand over those who passed it on to each buyer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....sim.result import Result


def source_of(result: Result) -> NDArray[np.int64]:
    """The row of the share that each conversion was had from; -1 where from no person."""
    shares, buyers, n = result.share_log, result.buyer_log, result.network["agents"]
    if not shares.person.size:
        return np.full(buyers.person.size, -1, np.int64)
    # A person passes a message on once: message and person name the share.
    name = shares.message.astype(np.int64) * n + shares.person
    order = np.argsort(name, kind="stable")
    wanted = buyers.message.astype(np.int64) * n + buyers.sender
    place = np.searchsorted(name, wanted, sorter=order)
    found = order[np.minimum(place, name.size - 1)]
    return np.where(buyers.sender < 0, -1, found)


def handed_up(
    parent: NDArray[np.int64], hop: NDArray[np.int32], at: NDArray[np.int64], each: NDArray[Any]
) -> NDArray[Any]:
    """To each share what it gets and what all below it get: a chain's part for each on it."""
    got = np.zeros(parent.size, each.dtype)
    np.add.at(got, at, each)
    # From the latest hop up, so that each share hands on once, and all at a hop together.
    rows = np.flatnonzero(parent >= 0)
    rows = rows[np.argsort(-hop[rows], kind="stable")]
    for block in np.split(rows, np.flatnonzero(np.diff(hop[rows])) + 1):
        np.add.at(got, parent[block], got[block])
    return got
