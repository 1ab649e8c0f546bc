"""A quotient of two means over the same replicates, with Fieller's interval."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ...sim.errors import InputError
from .interval import ANYWHERE, LEVEL, plain, quantile_of_t


class Ratio(NamedTuple):
    """A quotient of two means.

    Attributes
    ----------
    value
        nan where the mean below the line is 0.
    low, high
        Fieller's interval; without end (-inf, inf) where the mean below the line may be 0.
    above, below
        The two means.
    replicates
        Over how many replicates.
    """

    value: float
    low: float
    high: float
    above: float
    below: float
    replicates: int

    def to_dict(self) -> dict[str, Any]:
        """As plain values; None where there is no number."""
        return plain(self._asdict())


def ratio(
    above: ArrayLike,
    below: ArrayLike,
    level: float = LEVEL,
    *,
    within: tuple[float, float] = ANYWHERE,
) -> Ratio:
    r"""The quotient of two means, such as cost by conversions, with its interval.

    Not the mean of the quotients: that has no value where one campaign sold nothing, and asks what
    a conversion costs in a typical campaign instead of what they cost. The interval holds all
    :math:`\theta` for which the mean of ``above - theta * below`` may be 0 by Student's t.

    Parameters
    ----------
    above, below
        One a replicate, in the same order.
    level
        Of the interval.
    within
        Between which numbers the quotient lies, whatever the campaigns: 0 or more, where neither
        the line above nor the one below can be less. As in `interval.estimate`, the part of an
        interval within that range holds as often as the whole.

    Examples
    --------
    >>> ratio([10.0, 20.0, 30.0], [1.0, 2.0, 3.0])[:3]
    (10.0, 10.0, 10.0)
    >>> spent, sold = [10.0, 40.0, 10.0], [2.0, 3.0, 2.0]
    >>> ratio(spent, sold).low < 0.0, ratio(spent, sold, within=(0.0, math.inf)).low
    (True, 0.0)

    References
    ----------
    Fieller 1954, "Some problems in interval estimation".
    """
    y, x = np.asarray(above, np.float64).ravel(), np.asarray(below, np.float64).ravel()
    if y.size != x.size or y.size == 0:
        raise InputError(f"{y.size} and {x.size} values make no ratio; give one a replicate each.")
    n = int(y.size)
    top, bottom = float(y.mean()), float(x.mean())
    if bottom == 0.0:
        return Ratio(math.nan, -math.inf, math.inf, top, bottom, n)
    value = top / bottom
    rest = y - value * x
    # What is left over where all quotients are equal is the rounding of this very line.
    if n > 1 and np.abs(rest).max() <= 1e-12 * max(np.abs(y).max(), np.abs(value * x).max()):
        return Ratio(value, value, value, top, bottom, n)
    if n == 1:
        return Ratio(value, -math.inf, math.inf, top, bottom, n)
    over = quantile_of_t(n - 1, level) ** 2 / n
    spread = np.cov(x, y)
    a = bottom**2 - over * float(spread[0, 0])
    b = bottom * top - over * float(spread[0, 1])
    c = top**2 - over * float(spread[1, 1])
    if a <= 0.0:
        return Ratio(value, -math.inf, math.inf, top, bottom, n)
    half = math.sqrt(max(b * b - a * c, 0.0))
    low, high = max((b - half) / a, within[0]), min((b + half) / a, within[1])
    return Ratio(value, low, high, top, bottom, n)
