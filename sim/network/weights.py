"""From weights of any scale to closeness, which is 0 to 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def closeness_of_counts(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    r"""Closeness that rises with how often two people meet, and half of it at the usual tie.

    .. math:: c = \frac{w}{w + m}

    where m is the median of the weights above 0. One tie that is very heavy becomes nearly 1 and
    moves no other; dividing by the largest weight would leave all others at nearly 0.

    Examples
    --------
    >>> [round(float(c), 2) for c in closeness_of_counts(np.array([0, 1, 1, 1, 300], np.float32))]
    [0.0, 0.5, 0.5, 0.5, 1.0]
    """
    positive = weights[weights > 0]
    if positive.size == 0:
        return weights
    wide = weights.astype(np.float64)
    return (wide / (wide + float(np.median(positive)))).astype(np.float32)


def as_closeness(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weights as closeness: as they are where none is above 1, else as counts."""
    return weights if weights.max(initial=0.0) <= 1.0 else closeness_of_counts(weights)
