"""From simulated campaigns to the posterior: regression-adjusted approximate Bayesian computation.

    s      = E[z | summaries], learned by ridge regressions on the summaries, and squares and
             products of some; of each campaign by the folds that have not seen it
    kept   = the campaigns whose s is nearest to that of the data
    z*     = m(s_obs) + (z - m(s)) sigma(s_obs) / sigma(s)

with m linear in s and sigma log-linear in it, both fitted to those that are kept, with weights that
fall with their distance, the slopes of log sigma by ridge regression. Simulated are the parameters
as the priors have them, so that the draws z* are those of the posterior.

Fearnhead & Prangle 2012 (posterior means as summaries); Beaumont, Zhang & Balding 2002 (the
adjustment); Blum & Francois 2010 (that of the spread).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from .seen import Reals

_FOLDS: Final = 5
# So many summaries are multiplied with one another at most.
_MOST: Final = 10
_RIDGE: Final = 1.0
# Of the campaigns, the nearest that are kept, and how many at least.
_KEPT: Final = 0.3
_LEAST: Final = 400
# How much the log of sigma changes from one residual deviation of a summary to the next, as is
# expected before anything is seen. Of two parameters and 400 campaigns, the one of which the data
# say nothing came out with .90 to 1.14 of the width of its prior in eight fits without that, by
# luck, and with .94 to 1.01 with it; of more parameters it helps less.
_SLOPE: Final = 0.25
# The variance of the log of a squared standard normal.
_OF_LOG: Final = np.pi**2 / 2
# A summary farther out than this many deviations is not extrapolated further.
_FAR: Final = 6.0


class Learned:
    """The posterior mean as a function of the summaries, learned from simulated campaigns.

    Two ridge regressions, one after the other: the second has beside the summaries the squares and
    products of what the first told, and of the main summaries.

    Parameters
    ----------
    summaries
        (campaigns, summaries).
    z
        (campaigns, targets) what is to be told from them.
    main
        Which summaries are multiplied with one another.

    Attributes
    ----------
    told
        (campaigns, targets) the same of the campaigns that it was learned from, each by folds that
        have not seen it.
    """

    def __init__(self, summaries: Reals, z: Reals, main: Sequence[int]) -> None:
        self._centre = summaries.mean(axis=0)
        spread = summaries.std(axis=0)
        self._scale = np.where(spread > 1e-9, spread, np.inf)
        self._main = list(main)[:_MOST]
        scaled = self._scaled(summaries)
        folds = np.arange(len(z)) % _FOLDS
        self.told = np.empty_like(z)
        self._weights = []
        for k in range(_FOLDS):
            rest, own = folds != k, folds == k
            first = _ridge(_plain(scaled[rest]), z[rest])
            second = _ridge(self._terms(scaled[rest], first), z[rest])
            self._weights.append((first, second))
            self.told[own] = self._terms(scaled[own], first) @ second

    def of(self, summaries: Reals) -> Reals:
        """(campaigns, targets) of others: the mean over the folds."""
        scaled = self._scaled(np.atleast_2d(summaries))
        found: Reals = np.mean(
            [self._terms(scaled, first) @ second for first, second in self._weights], axis=0
        )
        return found

    def _scaled(self, summaries: Reals) -> Reals:
        found: Reals = np.clip((summaries - self._centre) / self._scale, -_FAR, _FAR)
        return found

    def _terms(self, scaled: Reals, first: Reals) -> Reals:
        plain = _plain(scaled)
        guess = plain @ first
        factors = np.column_stack([guess[:, :_MOST], scaled[:, self._main]])
        one, other = np.triu_indices(factors.shape[1])
        return np.column_stack([plain, guess, factors[:, one] * factors[:, other]])


def _plain(scaled: Reals) -> Reals:
    return np.column_stack([np.ones(len(scaled)), scaled])


def _ridge(
    terms: Reals, values: Reals, strength: float = _RIDGE, weights: Reals | None = None
) -> Reals:
    """Slopes of terms of which the first, the constant, is not made smaller."""
    penalty = np.full(terms.shape[1], strength)
    penalty[0] = 1e-9
    heavy = terms if weights is None else terms * weights[:, None]
    return np.asarray(np.linalg.solve(heavy.T @ terms + np.diag(penalty), heavy.T @ values))


@dataclass(frozen=True)
class Adjusted:
    """Draws of the posterior, as weighted and adjusted simulated campaigns.

    Attributes
    ----------
    z
        (kept, targets) adjusted.
    weights
        (kept,) their sum is 1.
    kept
        (kept,) which campaigns they are.
    """

    z: Reals
    weights: Reals
    kept: NDArray[np.intp]

    def draws(self, many: int, generator: np.random.Generator) -> Reals:
        """So many draws of equal weight, by systematic resampling."""
        places = (np.arange(many) + generator.random()) / many
        which = np.searchsorted(np.cumsum(self.weights), places).clip(0, len(self.weights) - 1)
        found: Reals = self.z[generator.permutation(which)]
        return found


def adjusted(told: Reals, z: Reals, data: Reals, *, share: float = _KEPT) -> Adjusted:
    """Keep the campaigns nearest to the data, and move them to where the data are.

    Parameters
    ----------
    told, z
        (campaigns, targets) learned summaries, and the true targets.
    data
        (targets,) the learned summaries of the data.
    share
        Of the campaigns that are kept.
    """
    residual = (z - told).std(axis=0)
    scale = np.where(residual > 1e-9, residual, 1.0)
    distance = np.sqrt((((told - data) / scale) ** 2).sum(axis=1))
    many = min(len(z), max(_LEAST, round(share * len(z))))
    kept = np.argpartition(distance, many - 1)[:many]
    reach = distance[kept].max() * (1.0 + 1e-9) + 1e-12
    weights = 1.0 - (distance[kept] / reach) ** 2
    weights = np.maximum(weights, 1e-6)
    weights /= weights.sum()
    terms = np.column_stack([np.ones(many), (told[kept] - data) / scale])
    mean = _weighted(terms, z[kept], weights)
    rest = z[kept] - terms @ mean
    log_size = np.log(rest**2 + 1e-8)
    spread = _ridge(terms, log_size, _OF_LOG / (2.0 * _SLOPE) ** 2, weights * many)
    # Ratio of sigma at the data to sigma at each; kept within a factor of three.
    ratio = np.exp(np.clip(-0.5 * (terms[:, 1:] @ spread[1:]), -1.1, 1.1))
    return Adjusted(mean[0] + rest * ratio, weights, kept)


def _weighted(terms: Reals, values: Reals, weights: Reals) -> Reals:
    root = np.sqrt(weights)[:, None]
    return np.asarray(np.linalg.lstsq(terms * root, values * root, rcond=None)[0], np.float64)


def box(draws: Reals, *, room: float = 0.5, tail: float = 0.001) -> Reals:
    """(parameters, 2) a box that holds the posterior, with room: where the next round draws."""
    low, high = np.quantile(draws, [tail, 1.0 - tail], axis=0)
    wide = room * draws.std(axis=0)
    return np.column_stack([low - wide, high + wide])


def truncated(many: int, within: Reals, generator: np.random.Generator) -> Reals:
    """(many, parameters) of the standard normal, cut to a box: the prior where it is looked at."""
    places = qmc.LatinHypercube(len(within), rng=generator).random(many)
    low, high = ndtr(within[:, 0]), ndtr(within[:, 1])
    found: Reals = ndtri(np.clip(low + places * (high - low), 1e-15, 1.0 - 1e-15))
    return found


def inside(z: Reals, within: Reals) -> NDArray[np.bool_]:
    """(draws,) which of them lie in a box."""
    return np.asarray(np.all((z >= within[:, 0]) & (z <= within[:, 1]), axis=1), np.bool_)


def covered(told: Reals, z: Reals, data: Reals, *, many: int, level: float) -> Reals:
    """(targets,) how often intervals of simulated campaigns hold what they were simulated with.

    Those nearest to the data take the place of the data in turn, without themselves.
    """
    residual = (z - told).std(axis=0)
    scale = np.where(residual > 1e-9, residual, 1.0)
    distance = (((told - data) / scale) ** 2).sum(axis=1)
    held = []
    for k in np.argsort(distance)[:many]:
        rest = np.arange(len(z)) != k
        found = adjusted(told[rest], z[rest], told[k])
        low, high = weighted_quantiles(found.z, found.weights, [(1 - level) / 2, (1 + level) / 2])
        held.append((low <= z[k]) & (z[k] <= high))
    share: Reals = np.mean(held, axis=0)
    return share


def weighted_quantiles(values: Reals, weights: Reals, at: Sequence[float]) -> Reals:
    """(quantiles, targets) of (draws, targets) with weights that sum to 1."""
    found = np.empty((len(at), values.shape[1]))
    for k in range(values.shape[1]):
        order = np.argsort(values[:, k])
        total = np.cumsum(weights[order]) - 0.5 * weights[order]
        found[:, k] = np.interp(at, total, values[order, k])
    return found
