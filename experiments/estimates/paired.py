"""Differences within pairs, with intervals that hold also where few differ; the gain of pairing.

A change that acts in one world of twenty differs from 0 in few pairs, and Student's interval then
promises what it does not hold: of 64 pairs of which half a per cent differ it covers in a fourth
of cases. So the mean is taken apart: how often pairs differ, by Clopper & Pearson, and by how much
those do that differ, by Student, each at half the error (Bonferroni).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special
from scipy.optimize import brentq

from ...sim.errors import InputError
from .chance import between
from .interval import LEVEL, Estimate, estimate, quantile_of_t

# Pairs that differ from which on Student's interval holds what it promises, and below which nobody
# can tell by how much others would.
ENOUGH: Final = 10
_TOO_FEW: Final = 3


def difference(
    having: ArrayLike, lacking: ArrayLike, level: float = LEVEL, *, share: bool = False
) -> Estimate:
    """The mean of paired differences; a pair counts where both have a value.

    Parameters
    ----------
    having, lacking
        With the change and without it: one a replicate, in the same worlds.
    level
        Of the interval.
    share
        Whether they say that something happened or not: the interval is then Tango's, by the pairs
        that differ, and has a width also where none does.

    Returns
    -------
    Estimate
        With Student's interval where ten pairs or half of them differ; a wider one where fewer do;
        without end, (-inf, inf), where one or two do: that tells neither how often nor by how much
        more would. Where none differs it is 0 to 0, which is no proof that none ever would.

    Examples
    --------
    >>> difference([5.0, 9.0, 4.0], [4.0, 8.0, 3.0])[:3]
    (1.0, 1.0, 1.0)
    >>> never = [0.0] * 20
    >>> [round(x, 2) for x in difference(never, never, share=True)[:3]]
    [0.0, -0.16, 0.16]

    References
    ----------
    Tango 1998, "Equivalence test and confidence interval for the difference in proportions for the
    paired-sample design"; Clopper & Pearson 1934.
    """
    apart = _pairs(having, lacking)
    found = estimate(apart, level)
    n, moved = found.replicates, found.moved
    known = apart[~np.isnan(apart)]
    if n < 2:
        return found
    if share and (moved == 0 or _happened(having, lacking)):
        up, down = int((known > 0).sum()), int((known < 0).sum())
        low, high = -_most(down, up, n, level), _most(up, down, n, level)
        return found._replace(low=low, high=high, above=_by_signs(known))
    if 0 < moved < min(ENOUGH, n / 2):
        low, high = _rare(known, level)
        return found._replace(low=low, high=high, above=_by_signs(known))
    return found


def _happened(having: ArrayLike, lacking: ArrayLike) -> bool:
    both = np.concatenate([np.ravel(np.asarray(each, np.float64)) for each in (having, lacking)])
    return bool(np.isin(both[~np.isnan(both)], (0.0, 1.0)).all())


def _rare(known: NDArray[np.float64], level: float) -> tuple[float, float]:
    """The interval of how often pairs differ, times that of by how much those do that differ."""
    moved = known[known != 0.0]
    k = moved.size
    if k < _TOO_FEW:
        return -math.inf, math.inf
    each = 1.0 - (1.0 - level) / 2.0
    rarest, most = between(k, known.size, each)
    half = quantile_of_t(k - 1, each) * float(moved.std(ddof=1)) / math.sqrt(k)
    low, high = float(moved.mean()) - half, float(moved.mean()) + half
    return min(low * rarest, low * most), max(high * rarest, high * most)


def _by_signs(known: NDArray[np.float64]) -> float:
    """How sure it is that the mean is above 0, by the signs of those that differ from it."""
    up, down = int((known > 0).sum()), int((known < 0).sum())
    if up == down:
        return 0.5 if up else 0.0
    # So many of one sign, or more, if either sign were as likely.
    chance = float(special.bdtrc(max(up, down) - 1, up + down, 0.5))
    return 1.0 - chance if up > down else chance


def _most(up: int, down: int, n: int, level: float) -> float:
    """The upper end of Tango's interval of a difference of two shares, by pairs that differ."""
    if up == n:
        return 1.0
    wide = float(special.ndtri(0.5 + level / 2.0))

    def score(apart: float) -> float:
        # The share of those that went down, most likely if this were the difference.
        b = (2 * n - up + down) * apart - up - down
        c = -down * apart * (1.0 - apart)
        going_down = (math.sqrt(max(b * b - 8 * n * c, 0.0)) - b) / (4 * n)
        spread = n * (2.0 * going_down + apart * (1.0 - apart))
        return (up - down - n * apart) / math.sqrt(max(spread, 1e-300))

    return float(brentq(lambda apart: score(apart) + wide, (up - down) / n, 1.0 - 1e-12))


def pairing(having: ArrayLike, lacking: ArrayLike) -> float:
    """How many times as many replicates the same interval would take without pairing.

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


def _pairs(having: ArrayLike, lacking: ArrayLike) -> NDArray[np.float64]:
    first, second = np.asarray(having, np.float64), np.asarray(lacking, np.float64)
    if first.shape != second.shape:
        raise InputError(
            f"{first.size} values and {second.size} make no pairs; give one a replicate of each."
        )
    apart: NDArray[np.float64] = first - second
    return apart
