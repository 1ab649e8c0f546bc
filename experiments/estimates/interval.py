"""What replicates say: means with intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ...sim.errors import InputError

LEVEL: Final = 0.95
# Where values lie of which nothing else is known.
ANYWHERE: Final = (-math.inf, math.inf)


class Estimate(NamedTuple):
    """The mean of a quantity over independent replicates, with its interval.

    Attributes
    ----------
    mean
        nan if no replicate had a value.
    low, high
        The interval of Student's t, ``mean -+ t(n - 1) * error``, as far as the quantity can go: a
        rate is never below 0. Without end (-inf, inf) where one replicate alone has a value, which
        gives no interval; of no width where all have the same: a change that does
        nothing has the mean 0 and the interval from 0 to 0.
    error
        The standard error of the mean, ``s / sqrt(n)``.
    replicates
        Those that had a value; what is not defined in a replicate is left out of it.
    moved
        How many of them differ from 0. Where few do, an interval of differences is wider than
        Student's, or without end (`paired.difference`). An interval of no width at 0 says that
        none did, and not that none ever would: a change that acts once in a hundred worlds may
        rest in thirty.
    above
        How sure it is that the true mean is above 0: where t of the interval's law lies. Where
        all are the same there is no t; then it is what their signs alone say, ``1 - 2 ** -n``
        above 0 and ``2 ** -n`` below, and 0 where all are 0, because nothing is above it.
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

    def surely(self, direction: int = 1, among: int = 1, level: float = LEVEL) -> bool:
        """Whether it is for the better, also if it was looked for among several.

        The largest of several differences is likely to be a lucky one: of ten that are nothing,
        one or another has an interval above 0 in a fifth of cases. Each is therefore asked for
        its part of the error (Bonferroni), which holds however they depend on each other.

        Parameters
        ----------
        direction
            1 if more is better, -1 if less is.
        among
            How many were looked at.
        level
            Of all of them together.

        Examples
        --------
        >>> found = estimate([1.0, 2.0, 3.0, 0.2, 1.4, 0.8])
        >>> found.surely(), found.surely(among=10), found.surely(-1)
        (True, False, False)
        """
        return 1.0 - self.better(direction) <= (1.0 - level) / (2.0 * max(among, 1))

    def to_dict(self) -> dict[str, Any]:
        """As plain values; None where there is no number."""
        return plain(self._asdict())


# Of what was not run, because it cannot change anything.
NOTHING: Final = Estimate(0.0, 0.0, 0.0, 0.0, 0, 0, 0.0, 0.0)


def estimate(
    values: ArrayLike, level: float = LEVEL, *, within: tuple[float, float] = ANYWHERE
) -> Estimate:
    """The mean of independent replicates, with the interval of Student's t.

    What lies between two numbers in every replicate does so on average: the true mean surely lies
    there. The part of the interval within that range therefore holds it as often as the whole.

    Parameters
    ----------
    values
        One a replicate; nan where it is not defined.
    level
        Of the interval: the chance that it holds the true mean.
    within
        Between which numbers the quantity lies, both ends included, such as ``(0.0, 1.0)`` for a
        rate; as it is declared, and not as far as these values go.

    Raises
    ------
    InputError
        If the level is not between 0 and 1.

    Examples
    --------
    >>> estimate([1.0, 2.0, 3.0])[:3]
    (2.0, -0.484..., 4.484...)
    >>> estimate([1.0, 2.0, 3.0], within=(0.0, math.inf))[:3]
    (2.0, 0.0, 4.484...)
    >>> estimate([0.0, 0.0, 0.0])[:3]
    (0.0, 0.0, 0.0)

    References
    ----------
    Student 1908, "The probable error of a mean".
    """
    check_level(level)
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
        above = 0.0 if same == 0.0 else 1.0 - 0.5**n if same > 0.0 else 0.5**n
        return Estimate(same, same, same, 0.0, n, moved, above, wins)
    mean = float(known.mean())
    if n == 1:
        return Estimate(mean, -math.inf, math.inf, math.inf, 1, moved, 0.5, wins)
    error = float(known.std(ddof=1)) / math.sqrt(n)
    half = quantile_of_t(n - 1, level) * error
    above = float(special.stdtr(n - 1, mean / error))
    low, high = max(mean - half, within[0]), min(mean + half, within[1])
    return Estimate(mean, low, high, error, n, moved, above, wins)


def quantile_of_t(freedom: int, level: float = LEVEL) -> float:
    """How many standard errors to each side an interval of this level takes."""
    return float(special.stdtrit(freedom, 0.5 + level / 2.0))


def replicates_for(width: float, deviation: float, level: float = LEVEL) -> int:
    """How many replicates an interval of this width takes, to a thousandth of them.

    Parameters
    ----------
    width
        Of the interval, from end to end.
    deviation
        The standard deviation over replicates.
    level
        Of the interval.

    Raises
    ------
    InputError
        If the width is not above 0.

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


def check_level(level: float) -> None:
    """Refuse a level that no interval can have.

    Raises
    ------
    InputError
        If it is not between 0 and 1.
    """
    if not 0.0 < level < 1.0:
        raise InputError(f"level = {level!r} is not allowed; give a number between 0 and 1.")


def plain(found: Mapping[str, Any]) -> dict[str, Any]:
    """What was found as JSON has it: None where a number is not finite, which JSON cannot say.

    Examples
    --------
    >>> plain({"mean": math.nan, "of": (1, 2.5)}), plain({"it": estimate([])})["it"]["low"]
    ({'mean': None, 'of': [1, 2.5]}, None)
    """
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, Mapping):
        return plain(value)
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
