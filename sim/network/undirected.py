"""A network without its directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .arrays import frozen
from .csr import Indptr, Rows, rows_from_ties

if TYPE_CHECKING:
    from .network import Network


def without_directions(network: Network) -> tuple[Indptr, Rows]:
    """Rows of everybody's neighbours, who hear them or are heard."""
    if not network.directed:
        return network.indptr, network.indices
    source = np.repeat(np.arange(network.n, dtype=np.int32), network.followers)
    none = np.empty(0, np.float32)
    indptr, indices, *_ = rows_from_ties(source, network.indices.copy(), none, network.n, True)
    return frozen(indptr), frozen(indices)
