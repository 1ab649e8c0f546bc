"""How much of what differs between worlds goes with what is not known, and not with luck."""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from ...sim.errors import InputError
from .interval import plain

BAND: Final = 0.9
# Worlds beyond one for each parameter, from which on there is something to tell.
_LEAST: Final = 20
_LUCK: Final = 0.05


class Lasting(NamedTuple):
    """What of a mean would not be known any better with more worlds.

    Attributes
    ----------
    share
        Of the variance between worlds, the part that goes with the parameters, 0 to 1; 0 where it
        may be luck as well (F test, 5 %); nan where there are too few worlds to tell.
    low, high
        Where the mean may lie given what is not known of the parameters: 90 % of it, by a normal
        law. Both are the mean where nothing goes with them.
    """

    share: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        """As plain values; None where there is no number."""
        return plain(self._asdict())


def lasting(values: ArrayLike, parameters: ArrayLike) -> Lasting:
    r"""The part of the variance between worlds that goes with the parameters of their draws.

    .. math:: s = \max\left(0,\ 1 - (1 - R^2) \frac{n - 1}{n - p - 1}\right)

    of a linear regression of the values on the normal scores of the parameters over n worlds, p of
    which do not follow from each other. What
    does not go with them by lines is counted as luck, so that it is rather too small than too
    large. The mean then lies within :math:`\bar x \pm 1.645\, \sigma \sqrt{s}` for 90 % of what the
    parameters may be, however many worlds there are.

    Parameters
    ----------
    values : float[n]
        One a world; a world in which there is none (nan, or without end) is left out.
    parameters : float[n, p]
        Those of the draw of each world. One that is the same in all is left out.

    Raises
    ------
    InputError
        If there is not one row of parameters for each value.

    Examples
    --------
    >>> known = np.arange(50.0)[:, None]
    >>> round(lasting(2.0 * known[:, 0], known).share, 2), lasting(np.ones(50), known).share
    (0.96, 0.0)

    References
    ----------
    Saltelli et al. 2008, "Global Sensitivity Analysis: The Primer" (regression on ranks); Ezekiel
    1930, "Methods of Correlation Analysis" (the correction for the number of parameters).
    """
    found, table = np.asarray(values, np.float64), np.asarray(parameters, np.float64)
    if table.ndim != 2 or len(table) != found.size:
        raise InputError(
            f"there are {found.size} values and parameters of shape {table.shape}; give a row for "
            "each value."
        )
    fine = np.isfinite(found)
    found, table = found[fine], table[fine]
    table = table[:, [len(set(column)) > 1 for column in table.T]]
    n = len(table)
    if n < _LEAST:
        return Lasting(math.nan, math.nan, math.nan)
    scores = special.ndtri((stats.rankdata(table, axis=0) - 0.5) / n)
    design = np.column_stack([np.ones(n), scores])
    weights, _, rank, _ = np.linalg.lstsq(design, found, rcond=None)
    # Columns that follow from others explain nothing more, and are not counted.
    p = int(rank) - 1
    if n < p + _LEAST:
        return Lasting(math.nan, math.nan, math.nan)
    mean, spread = float(found.mean()), float(found.std(ddof=1))
    if p == 0 or spread == 0.0:
        return Lasting(0.0, mean, mean)
    fitted = design @ weights
    rest = float(((found - fitted) ** 2).sum() / ((found - mean) ** 2).sum())
    share = min(max(0.0, 1.0 - rest * (n - 1) / (n - p - 1)), 1.0)
    if rest > 0.0 and stats.f.sf((1.0 - rest) / p / (rest / (n - p - 1)), p, n - p - 1) > _LUCK:
        share = 0.0
    half = float(special.ndtri(0.5 + BAND / 2)) * spread * math.sqrt(share)
    return Lasting(share, mean - half, mean + half)
