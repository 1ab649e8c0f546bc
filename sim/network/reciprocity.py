"""Reciprocity: how often those whom one hears hear one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .closeness import UNRETURNED, closeness

if TYPE_CHECKING:
    from .network import Network


def reciprocity(network: Network) -> float:
    """Share of arcs that have their way back, 0 without arcs; 1 where undirected.

    Examples
    --------
    >>> from wordofmouth.sim.network import Network
    >>> reciprocity(Network.from_edges([0, 1, 1, 2], [1, 0, 2, 0]))
    0.5

    References
    ----------
    Newman, Forrest & Balthrop 2002, Phys. Rev. E 66:035101.
    """
    if not network.arcs:
        return 0.0
    mean = float(closeness(network, "reciprocity").mean(dtype=np.float64))
    return (mean - UNRETURNED) / (1.0 - UNRETURNED)
