"""What replicates say of events and extremes: chances with intervals, and quantiles."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from .interval import ANYWHERE, LEVEL, check_level, estimate


class Chance(NamedTuple):
    """How often something happens, with its interval."""

    share: float
    low: float
    high: float
    happened: int
    replicates: int


def chance(happened: ArrayLike, level: float = LEVEL) -> Chance:
    """The probability of an event, such as that of taking off (`outcomes.TAKE_OFF`).

    The interval is exact and never too narrow: Clopper & Pearson 1934.

    Parameters
    ----------
    happened
        Whether it did, one a replicate; nan where that is not defined.
    level
        Of the interval.

    Examples
    --------
    >>> chance([True] * 2 + [False] * 18)[:3]
    (0.1, 0.012..., 0.316...)
    """
    check_level(level)
    given = np.asarray(happened, np.float64).ravel()
    known = given[~np.isnan(given)]
    n, k = int(known.size), int((known != 0.0).sum())
    if n == 0:
        return Chance(math.nan, 0.0, 1.0, 0, 0)
    return Chance(k / n, *between(k, n, level), k, n)


def between(happened: float, times: float, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a chance that came true so often of so many times, 0 to 1.

    Neither need be whole: what is known of a share may be worth a number of times that is not.
    """
    tail = (1.0 - level) / 2.0
    low, high = 0.0, 1.0
    if happened > 0.0:
        low = float(special.betaincinv(happened, times - happened + 1, tail))
    if happened < times:
        high = float(special.betaincinv(happened + 1, times - happened, 1.0 - tail))
    return low, high


class Interval(NamedTuple):
    """A mean with the interval that holds it in 95 of 100 samples; nan where there is none."""

    mean: float
    low: float
    high: float


def interval(
    sample: Any, *, share: bool = False, within: tuple[float, float] = ANYWHERE
) -> Interval:
    """The mean of a sample and its 95 % interval: Student's, or Clopper & Pearson's of a share.

    Parameters
    ----------
    sample
        Numbers, of which those that are not defined are left out.
    share
        Whether they say that something happened or not, or in which share of a replicate's runs:
        the interval then stays within 0 and 1, and where nothing or everything happened it is not
        a point, as Student's would be.
    within
        Between which numbers the quantity lies (`estimate`).

    Examples
    --------
    >>> [round(x, 2) for x in interval([1.0, 2.0, 3.0, 4.0])]
    [2.5, 0.45, 4.55]
    >>> [round(x, 2) for x in interval([0, 0, 0, 1, 0, 0, 0, 0], share=True)]
    [0.12, 0.0, 0.53]
    """
    values = np.asarray(sample, float)
    values = values[~np.isnan(values)]
    n, found = values.size, estimate(values, within=within)
    if n < 2:
        return Interval(found.mean, math.nan, math.nan)
    mean = found.mean
    if share and ((values >= 0) & (values <= 1)).all():
        # Shares within replicates weigh as many independent runs as their spread amounts to; where
        # nothing or everything happened there is no spread to tell, and each counts as one.
        spread = float(values.var(ddof=1)) / n
        runs = max(n, mean * (1.0 - mean) / spread) if spread > 0.0 else float(n)
        return Interval(mean, *between(mean * runs, runs))
    return Interval(*found[:3])


def quantiles(values: ArrayLike, at: Iterable[float] = (0.05, 0.5, 0.95)) -> NDArray[np.float64]:
    """Quantiles over replicates, of those that have a value; nan if none has.

    Examples
    --------
    >>> quantiles([1.0, 2.0, 3.0, 4.0, 5.0]).tolist()
    [1.2, 3.0, 4.8]
    """
    given = np.asarray(values, np.float64).ravel()
    known, where = given[~np.isnan(given)], np.array(list(at), np.float64)
    if known.size == 0:
        return np.full(where.size, np.nan)
    found: NDArray[np.float64] = np.quantile(known, where)
    return found
