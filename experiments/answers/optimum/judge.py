"""What makes a plan the better one: on average, in the worst worlds, or by its regret.

All is told of a plan against the plan of today in the same worlds. With x and t their outcomes,
world by world, turned so that more is better, and T the mean over the worst tenth of worlds:

==========  ====================================================================
``mean``    mean of x - t
``worst``   T(x) - T(t): the mean of a plan's worst tenth (Acerbi & Tasche 2002)
``regret``  T(x - b) - T(t - b), where b is the best that any plan did in that
            world: what is lost in the tenth of worlds where most is (Savage 1951)
==========  ====================================================================
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError, hint
from ...estimates.interval import Estimate
from ...estimates.paired import difference

Robust = Literal["mean", "worst", "regret"]
WAYS: Final[tuple[Robust, ...]] = get_args(Robust)
IN_WORDS: Final[dict[Robust, str]] = {
    "mean": "on average",
    "worst": "in the worst tenth of worlds",
    "regret": "in regret, over the tenth of worlds where it is largest",
}
# Below so many worlds a tenth is one or two of them.
ENOUGH: Final = 30
_RESAMPLED: Final = 4000

Values = NDArray[np.float64]


def way(name: str | None) -> Robust:
    """The criterion of a name; the mean where none is given.

    Raises
    ------
    InputError
        If there is no such criterion.
    """
    for each in WAYS:
        if name in (each, None):
            return each
    meant = hint(str(name), WAYS, f"give one of {', '.join(WAYS)}.")
    raise InputError(f"robust = {name!r} is no criterion; {meant}")


class Judge(NamedTuple):
    """How plans are compared.

    Attributes
    ----------
    robust
        By what.
    good
        1 if more of the outcome is better, -1 if less is.
    level
        Of the intervals.
    share
        Whether the outcome says that something happened or not.
    """

    robust: Robust = "mean"
    good: int = 1
    level: float = 0.95
    share: bool = False

    def worth(self, plan: Values, today: Values, best: Values) -> float:
        """What a plan is better by; nan where its outcome has no value in a world.

        Parameters
        ----------
        plan, today
            The outcome, one a world.
        best
            The best outcome that is known of each world; regret alone looks at it.

        Examples
        --------
        >>> x, t = np.array([3.0, 5.0]), np.array([1.0, 5.0])
        >>> Judge().worth(x, t, x), Judge("worst").worth(x, t, x), Judge(good=-1).worth(x, t, t)
        (1.0, 2.0, -1.0)
        """
        both = self._compared(plan, today, best)
        if self.robust == "mean":
            return float((both[0] - both[1]).mean())
        return float(tail(both[0]) - tail(both[1]))

    def gain(self, plan: Values, today: Values, best: Values) -> Estimate:
        """The same with its interval, more being better: by pairs, or by resampling worlds."""
        both = self._compared(plan, today, best)
        if self.robust == "mean":
            return difference(*both, self.level, share=self.share)
        return _resampled(*both, self.level)

    def change(self, plan: Values, today: Values) -> Estimate:
        """The mean difference as it is measured, whichever way is better."""
        return difference(plan, today, self.level, share=self.share)

    def best(self, rows: Sequence[Values]) -> Values:
        """The best that any plan did, world by world."""
        found: Values = self.good * np.nanmax(self.good * np.stack(rows), axis=0)
        return found

    def _compared(self, plan: Values, today: Values, best: Values) -> tuple[Values, Values]:
        over = self.good * best if self.robust == "regret" else 0.0
        return self.good * plan - over, self.good * today - over


def tail(values: Values) -> Values:
    """The mean over the lowest tenth, along the last axis; of fewer than ten, the lowest.

    Examples
    --------
    >>> float(tail(np.arange(20.0)))
    0.5
    """
    count = max(values.shape[-1] // 10, 1)
    lowest: Values = np.sort(values, axis=-1)[..., :count].mean(axis=-1)
    return lowest


def _resampled(plan: Values, today: Values, level: float) -> Estimate:
    """The difference of two tails with its interval: percentiles over resampled worlds.

    The same worlds are drawn for both (Efron & Tibshirani 1993), with a seed of their own, so that
    the same rows always have the same interval.
    """
    n = plan.size
    found = float(tail(plan) - tail(today))
    moved, wins = int((plan != today).sum()), float((plan > today).mean())
    if n < 2 or moved == 0:
        low, high = (-math.inf, math.inf) if n < 2 else (0.0, 0.0)
        return Estimate(found, low, high, math.nan, n, moved, 0.5 if moved else 0.0, wins)
    drawn = np.random.default_rng(0).integers(0, n, (_RESAMPLED, n))
    apart = tail(plan[drawn]) - tail(today[drawn])
    low, high = np.quantile(apart, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    above = float((apart > 0.0).mean() + (apart == 0.0).mean() / 2.0)
    return Estimate(found, float(low), float(high), float(apart.std()), n, moved, above, wins)
