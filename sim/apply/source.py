"""From what source something came, and its count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..jit import inline
from ..wave import OUTLET


@inline
def source_of(sources: NDArray[np.int64], sender: int, channel: int) -> int:
    """The source of what a sender brought: an account is its own, all others a channel."""
    return np.int64(sources[OUTLET - sender]) if sender <= OUTLET else channel


@inline
def count_source(brought: NDArray[np.int64], source: int, what: int) -> None:
    """Count an event of a source, where there is more than one: ``[source, what]``."""
    if brought.shape[0]:
        brought[source, what] += 1
