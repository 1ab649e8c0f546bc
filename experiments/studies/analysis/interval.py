"""Means with intervals: Student's over replicates, Wilson's of what happens or does not."""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...estimates.interval import quantile_of_t
from ...vocabulary.outcomes import OUTCOMES

LEVEL: Final = 0.95


class Interval(NamedTuple):
    """A mean with the interval that holds it in 95 of 100 samples."""

    mean: float
    low: float
    high: float


def interval(sample: Any, *, share: bool = False) -> Interval:
    """The mean of a sample and its 95 % interval: Student's, or Wilson's of a share.

    Parameters
    ----------
    sample
        Numbers, of which those that are not defined are left out.
    share
        Whether they say that something happened or not, or in which share of a replicate's runs:
        the interval then stays within 0 and 1, and where nothing or everything happened it is not
        a point, as Student's would be.

    Examples
    --------
    >>> [round(x, 2) for x in interval([1.0, 2.0, 3.0, 4.0])]
    [2.5, 0.45, 4.55]
    >>> [round(x, 2) for x in interval([0, 0, 0, 1, 0, 0, 0, 0], share=True)]
    [0.12, 0.02, 0.47]
    >>> [round(x, 2) for x in interval([0, 0, 0.2, 0, 0, 0, 0, 0], share=True)]
    [0.03, 0.0, 0.13]
    """
    values = np.asarray(sample, float)
    values = values[~np.isnan(values)]
    n = values.size
    if n == 0:
        return Interval(math.nan, math.nan, math.nan)
    mean = float(values.mean())
    if n == 1:
        return Interval(mean, math.nan, math.nan)
    if share and ((values >= 0) & (values <= 1)).all():
        # Shares within replicates weigh as many independent runs as their spread amounts to; where
        # nothing or everything happened there is no spread to tell, and each counts as one.
        spread = float(values.var(ddof=1)) / n
        return _wilson(mean, max(n, mean * (1.0 - mean) / spread) if spread > 0.0 else n)
    half = half_width(values)
    return Interval(mean, mean - half, mean + half)


def half_width(values: NDArray[np.float64]) -> float:
    """Half of Student's 95 % interval of a mean."""
    n = values.size
    return float(quantile_of_t(n - 1, LEVEL) * values.std(ddof=1) / math.sqrt(n))


def is_share(name: str, values: NDArray[np.float64]) -> bool:
    """Whether an outcome says that something happened or not.

    Of the outcomes of campaigns `took_off` does; a count that came to 0 and 1 so far does not.
    Of those that a function gives, which are not described, the ones that are 0 and 1 only.

    Examples
    --------
    >>> is_share("complaints", np.array([0.0, 1.0])), is_share("won", np.array([0.0, 1.0]))
    (False, True)
    """
    if name in OUTCOMES:
        return name == "took_off"
    return set(np.unique(values[~np.isnan(values)])) == {0.0, 1.0}


def _wilson(mean: float, n: float) -> Interval:
    z = 1.959963984540054
    middle, whole = mean + z * z / (2 * n), 1 + z * z / n
    width = z * math.sqrt(mean * (1 - mean) / n + z * z / (4 * n * n))
    low, high = (middle - width) / whole, (middle + width) / whole
    # At 0 and 1 the formula ends there, and its arithmetic a hair beside it.
    low, high = (0.0 if mean == 0.0 else float(low)), (1.0 if mean == 1.0 else float(high))
    return Interval(mean, max(0.0, low), min(1.0, high))


def clustered(values: NDArray[np.float64], which: NDArray[Any]) -> NDArray[np.float64]:
    """The means of replicates, or the values themselves where there is only one replicate."""
    found, where = np.unique(which, return_inverse=True)
    if found.size < 2:
        return values
    means: NDArray[np.float64] = np.bincount(where, values) / np.bincount(where)
    return means
