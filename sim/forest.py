"""The exact forest of a campaign: every share, and the cascades that they form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .metrics import breadths, depths, trees, virality
from .state import Log

LARGE = 100


@dataclass(frozen=True, repr=False)
class Cascades:
    """The cascades of a campaign: trees of shares, each rooted at a share at first hand.

    Attributes
    ----------
    message, person
        Of the share at the root.
    size
        Shares in the cascade, the root included.
    depth
        The longest way from the root, in shares.
    breadth
        The most shares at one hop.
    virality
        Structural virality: the mean distance between pairs (Goel et al. 2016); nan for size 1.
    """

    message: NDArray[np.int32]
    person: NDArray[np.int32]
    size: NDArray[np.int64]
    depth: NDArray[np.int64]
    breadth: NDArray[np.int64]
    virality: NDArray[np.float64]

    def __len__(self) -> int:
        return self.size.size

    def __repr__(self) -> str:
        if not len(self):
            return "<Cascades: none>"
        alone = (self.size == 1).mean()
        return f"<Cascades: {len(self)}, {alone:.0%} of one share; the largest {self.size.max()}>"

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Count, mean and largest size, shares of small and large ones, virality, depth.

        `structural_virality` is the mean over cascades of two shares or more. What is not
        defined, because there are none, is nan.
        """
        spread = self.virality[self.size > 1]
        some = len(self) > 0
        return {
            "count": len(self),
            "mean_size": float(self.size.mean()) if some else float("nan"),
            "max_size": int(self.size.max()) if some else 0,
            "share_alone": float((self.size == 1).mean()) if some else float("nan"),
            "share_ge_100": float((self.size >= LARGE).mean()) if some else float("nan"),
            "structural_virality": float(spread.mean()) if spread.size else float("nan"),
            "mean_depth": float(self.depth.mean()) if some else float("nan"),
        }


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


def cascades(shares: Log, n: int) -> Cascades:
    """The cascades of a forest of shares among n people."""
    parent = parents(shares, n)
    roots = np.flatnonzero(parent < 0)
    return Cascades(
        message=shares.message[roots],
        person=shares.person[roots],
        size=trees(parent).size,
        depth=depths(parent),
        breadth=breadths(parent),
        virality=virality(parent),
    )
