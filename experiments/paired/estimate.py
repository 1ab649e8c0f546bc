"""What replicates say: means and differences with intervals, chances, and the gain of pairing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from ...sim.errors import InputError

LEVEL: Final = 0.95


class Estimate(NamedTuple):
    """The mean of a quantity over independent replicates, with its interval.

    Attributes
    ----------
    mean
        nan if no replicate had a value.
    low, high
        The interval of Student's t, ``mean -+ t(n - 1) * error``. Without end (-inf, inf) where
        one replicate alone has a value; of no width where all have the same: a change that does
        nothing has the mean 0 and the interval from 0 to 0.
    error
        The standard error of the mean, ``s / sqrt(n)``.
    replicates
        Those that had a value; what is not defined in a replicate is left out of it.
    moved
        How many of them differ from 0. An interval of no width at 0 says that none did, and not
        that none ever would: a change that acts once in a hundred worlds may rest in thirty.
    above
        How sure it is that the true mean is above 0: where t of the interval's law lies; 0 or 1
        without variance, and 0 where all are 0, because nothing is above it.
    wins
        The share of replicates above 0.
    """

    mean: float
    low: float
    high: float
    error: float
    replicates: int
    moved: int
    above: float
    wins: float

    @property
    def width(self) -> float:
        """Of the interval."""
        return self.high - self.low

    @property
    def sure(self) -> bool:
        """Whether 0 lies outside the interval."""
        return self.low > 0.0 or self.high < 0.0

    def better(self, direction: int = 1) -> float:
        """How sure it is that the change is for the better; of no change, 0.

        Parameters
        ----------
        direction
            1 if more is better, -1 if less is.
        """
        if direction >= 0 or self.moved == 0 or math.isnan(self.above):
            return self.above
        return 1.0 - self.above

    def to_dict(self) -> dict[str, Any]:
        """As plain values; None where there is no number."""
        return {
            name: value if isinstance(value, int) or math.isfinite(value) else None
            for name, value in self._asdict().items()
        }


# Of what was not run, because it cannot change anything.
NOTHING: Final = Estimate(0.0, 0.0, 0.0, 0.0, 0, 0, 0.0, 0.0)


def estimate(values: ArrayLike, level: float = LEVEL) -> Estimate:
    """The mean of independent replicates, with the interval of Student's t.

    Parameters
    ----------
    values
        One a replicate; nan where it is not defined.
    level
        Of the interval: the chance that it holds the true mean.

    Raises
    ------
    InputError
        If the level is not between 0 and 1.

    Examples
    --------
    >>> estimate([1.0, 2.0, 3.0])[:3]
    (2.0, -0.484..., 4.484...)
    >>> estimate([0.0, 0.0, 0.0])[:3]
    (0.0, 0.0, 0.0)

    References
    ----------
    Student 1908, "The probable error of a mean".
    """
    _check(level)
    given = np.asarray(values, np.float64).ravel()
    known = given[~np.isnan(given)]
    n = int(known.size)
    if n == 0:
        nan = math.nan
        return Estimate(nan, nan, nan, nan, 0, 0, nan, nan)
    moved, wins = int((known != 0.0).sum()), float((known > 0.0).mean())
    if n > 1 and (known == known[0]).all():
        # Not by the mean: a sum of equal numbers may miss n times the number by a rounding.
        same = float(known[0])
        return Estimate(same, same, same, 0.0, n, moved, float(same > 0.0), wins)
    mean = float(known.mean())
    if n == 1:
        return Estimate(mean, -math.inf, math.inf, math.inf, 1, moved, 0.5, wins)
    error = float(known.std(ddof=1)) / math.sqrt(n)
    half = quantile_of_t(n - 1, level) * error
    above = float(special.stdtr(n - 1, mean / error))
    return Estimate(mean, mean - half, mean + half, error, n, moved, above, wins)


def difference(having: ArrayLike, lacking: ArrayLike, level: float = LEVEL) -> Estimate:
    """The mean of paired differences; a pair counts where both have a value.

    Parameters
    ----------
    having, lacking
        With the change and without it: one a replicate, in the same worlds.
    level
        Of the interval.

    Examples
    --------
    >>> difference([5.0, 9.0, 4.0], [4.0, 8.0, 3.0])[:3]
    (1.0, 1.0, 1.0)
    """
    return estimate(_pairs(having, lacking), level)


def quantile_of_t(freedom: int, level: float = LEVEL) -> float:
    """How many standard errors to each side an interval of this level takes."""
    return float(special.stdtrit(freedom, 0.5 + level / 2.0))


def pairing(having: ArrayLike, lacking: ArrayLike) -> float:
    r"""How many times as many replicates the same interval would take without pairing.

    (var(having) + var(lacking)) / var(having - lacking): an interval's width goes with the square
    root of variance by replicates. Infinite where the difference is the same in all worlds and
    the campaigns are not; nan where nothing varies, or below two pairs.

    Examples
    --------
    >>> round(pairing([3.0, 5.0, 8.0], [1.0, 3.0, 7.0]))
    47
    """
    both = np.asarray(having, np.float64), np.asarray(lacking, np.float64)
    known = ~(np.isnan(both[0]) | np.isnan(both[1]))
    if known.sum() < 2:
        return math.nan
    apart = sum(float(each[known].var(ddof=1)) for each in both)
    paired = float((both[0] - both[1])[known].var(ddof=1))
    if paired == 0.0:
        return math.inf if apart > 0.0 else math.nan
    return apart / paired


def replicates_for(width: float, deviation: float, level: float = LEVEL) -> int:
    """How many replicates an interval of this width takes, at a standard deviation of each.

    Examples
    --------
    >>> replicates_for(1.0, 1.0)
    18
    """
    if not width > 0.0:
        raise InputError(f"width = {width!r} is not allowed; give a number above 0.")
    n = max(2, math.ceil((2.0 * 1.959 * deviation / width) ** 2 / 2))
    while 2.0 * quantile_of_t(n - 1, level) * deviation / math.sqrt(n) > width:
        n += 1 + n // 1000
    return n


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
    _check(level)
    given = np.asarray(happened, np.float64).ravel()
    known = given[~np.isnan(given)]
    n, k = int(known.size), int((known != 0.0).sum())
    if n == 0:
        return Chance(math.nan, 0.0, 1.0, 0, 0)
    tail = (1.0 - level) / 2.0
    low = 0.0 if k == 0 else float(special.betaincinv(k, n - k + 1, tail))
    high = 1.0 if k == n else float(special.betaincinv(k + 1, n - k, 1.0 - tail))
    return Chance(k / n, low, high, k, n)


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


def _pairs(having: ArrayLike, lacking: ArrayLike) -> NDArray[np.float64]:
    first, second = np.asarray(having, np.float64), np.asarray(lacking, np.float64)
    if first.shape != second.shape:
        raise InputError(
            f"{first.size} values and {second.size} make no pairs; give one a replicate of each."
        )
    apart: NDArray[np.float64] = first - second
    return apart


def _check(level: float) -> None:
    if not 0.0 < level < 1.0:
        raise InputError(f"level = {level!r} is not allowed; give a number between 0 and 1.")
