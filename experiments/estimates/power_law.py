"""A power law fitted to the tail of whole numbers, by the recipe of Clauset, Shalizi & Newman."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar
from scipy.special import zeta

from ...sim.errors import InputError

# Fewer values in the tail tell no exponent, and more beginnings of it than these no better one.
ENOUGH: Final = 50
_BEGINNINGS: Final = 40
_STEEPEST: Final = 8.0


class Tail(NamedTuple):
    """A discrete power law, p(x) = x**-exponent / zeta(exponent, minimum) from `minimum` on.

    Attributes
    ----------
    exponent, error
        By maximum likelihood, with the standard error from its curvature.
    minimum
        Where the tail begins: where the distance is least.
    values
        How many values are in the tail.
    distance
        The largest distance between the tail's distribution and the law (Kolmogorov, Smirnov).
    """

    exponent: float
    error: float
    minimum: int
    values: int
    distance: float

    def share_above(self, x: ArrayLike) -> NDArray[np.float64]:
        """P(X >= x) within the tail."""
        whole = zeta(self.exponent, self.minimum)
        return np.asarray(zeta(self.exponent, np.asarray(x, float)) / whole)


def tail(values: ArrayLike) -> Tail | None:
    """Fit a discrete power law to the tail of whole numbers; None if they are too few for it.

    Parameters
    ----------
    values
        Whole numbers from 1 on, such as sizes of cascades.

    Returns
    -------
    Tail or None
        None where fewer than 50 values, or no two different ones, lie in any tail. A fit is no
        proof: lognormal and stretched tails look alike over a decade or two.

    Raises
    ------
    InputError
        If a value is not a whole number from 1 on.

    Notes
    -----
    Clauset, Shalizi & Newman (2009), Power-law distributions in empirical data, SIAM Review
    51:661: the exponent by maximum likelihood with the Hurwitz zeta function, the beginning of the
    tail by the least Kolmogorov-Smirnov distance.

    Examples
    --------
    >>> tail([1, 1, 2, 3]) is None
    True
    """
    array = np.asarray(values)
    if array.size and (array.dtype.kind not in "iu" or array.min() < 1):
        raise InputError("values of a tail must be whole numbers from 1 on; leave the others away.")
    sizes, counts = np.unique(array, return_counts=True)
    above = counts[::-1].cumsum()[::-1]
    # A tail of one value has no exponent.
    begins = [k for k in range(sizes.size - 1) if above[k] >= ENOUGH]
    if len(begins) > _BEGINNINGS:
        some = np.geomspace(1, len(begins), _BEGINNINGS).astype(int) - 1
        begins = [begins[k] for k in np.unique(some)]
    fits = [_fitted(sizes[k:].astype(float), counts[k:]) for k in begins]
    return min(fits, key=lambda fit: fit.distance, default=None)


def _fitted(sizes: NDArray[np.float64], counts: NDArray[np.int64]) -> Tail:
    """The law of a tail that begins at its first size."""
    minimum, values = sizes[0], int(counts.sum())
    logs = float(counts @ np.log(sizes)) / values

    def loss(exponent: float) -> float:
        return float(np.log(zeta(exponent, minimum)) + exponent * logs)

    exponent = float(minimize_scalar(loss, bounds=(1.01, _STEEPEST), method="bounded").x)
    step = 1e-3
    curvature = (loss(exponent + step) - 2 * loss(exponent) + loss(exponent - step)) / step**2
    error = 1 / np.sqrt(values * curvature) if curvature > 0 else float("nan")
    # Both are steps: they are furthest apart at a size, or just before the next.
    whole, below = zeta(exponent, minimum), counts.cumsum() / values
    here = np.abs(1 - zeta(exponent, sizes + 1) / whole - below)
    before = np.abs(1 - zeta(exponent, sizes[1:]) / whole - below[:-1])
    distance = max(here.max(), before.max())
    return Tail(exponent, float(error), int(minimum), values, float(distance))
