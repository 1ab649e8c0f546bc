"""What may go wrong and how large it may get: backlash, loss, the worst 5 %, take-off."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from ....sim.errors import InputError
from ...estimates.chance import Chance, chance, quantiles
from ...estimates.interval import LEVEL
from ...vocabulary.outcomes import TAKE_OFF

# The part of all campaigns that is called the worst, and how many campaigns it takes to see it.
WORST: Final = 0.05
ENOUGH: Final = math.ceil(1 / WORST)
_AT: Final = (0.05, 0.5, 0.95)


class TailRisk(NamedTuple):
    """The worst of a quantity of which more is better.

    Attributes
    ----------
    at
        The part of all campaigns that is meant.
    value_at_risk
        What the worst of them reach at most: the quantile of the quantity itself.
    low, high
        The interval of that quantile, from order statistics; without end where there are too few
        replicates.
    shortfall
        The mean of those worst (expected shortfall).
    """

    at: float
    value_at_risk: float
    low: float
    high: float
    shortfall: float


class Risk(NamedTuple):
    """What may happen, from all replicates and never from their mean.

    Attributes
    ----------
    backlash
        That complaints are passed on more often than the brand's posts are.
    loss
        That profit is below 0, which is the profit of doing nothing.
    profit
        Quantiles of profit by name: ``5 %``, ``50 %``, ``95 %``.
    worst
        Its worst 5 per cent; None below 20 replicates.
    take_off
        That the largest cascade comes to 100 shares or more.
    given_take_off, given_none
        Quantiles over the replicates that took off, and over those that did not, of ``largest``
        (cascade), ``reach`` and ``conversions``; empty where there are none.
    """

    backlash: Chance
    loss: Chance
    profit: dict[str, float]
    worst: TailRisk | None
    take_off: Chance
    given_take_off: dict[str, dict[str, float]]
    given_none: dict[str, dict[str, float]]


def tail(values: ArrayLike, at: float = WORST, level: float = LEVEL) -> TailRisk:
    r"""The worst part of what replicates say: value at risk and expected shortfall.

    With the values in order, :math:`x_1 \le \dots \le x_n` and :math:`k = \lceil n a \rceil`, the
    value at risk is :math:`x_k` and the shortfall
    :math:`\frac{1}{a n} (x_1 + \dots + x_{k-1} + (a n - k + 1) x_k)`: the mean of exactly the part
    a, of which the last value may be needed only in part.

    Parameters
    ----------
    values
        Of which more is better, one a replicate.
    at
        Which part, above 0 and below 1.
    level
        Of the interval: binomial, of how many values lie below the quantile.

    Raises
    ------
    InputError
        If there is no value, or the part is not between 0 and 1.

    Examples
    --------
    >>> tail([float(k) for k in range(1, 101)])[:2]
    (0.05, 5.0)
    >>> tail([float(k) for k in range(1, 101)]).shortfall
    3.0

    References
    ----------
    Acerbi & Tasche 2002, "On the coherence of expected shortfall"; David & Nagaraja 2003, "Order
    statistics" (the interval).
    """
    ordered: NDArray[np.float64] = np.sort(np.asarray(values, np.float64).ravel())
    n = int(ordered.size)
    if n == 0 or np.isnan(ordered).any() or not 0.0 < at < 1.0:
        raise InputError(
            f"the worst {at!r} of {n} values cannot be told; give values, and a part of them "
            "between 0 and 1."
        )
    # A product such as .05 * 100 may be a rounding above the whole number that it is.
    mass = round(at * n, 9)
    k = max(1, math.ceil(mass))
    shortfall = float(ordered[: k - 1].sum() + (mass - k + 1) * ordered[k - 1]) / mass
    # The largest r such that fewer than r values below the quantile have at most half the rest.
    below = special.bdtr(np.arange(n), n, at)
    half = (1.0 - level) / 2.0
    down = int(np.searchsorted(below, half, side="right"))
    up = int(np.searchsorted(below, 1.0 - half, side="left")) + 1
    low = float(ordered[down - 1]) if down >= 1 else -math.inf
    high = float(ordered[up - 1]) if up <= n else math.inf
    return TailRisk(at, float(ordered[k - 1]), low, high, shortfall)


def risk(numbers: Mapping[str, NDArray[np.float64]], level: float = LEVEL) -> Risk:
    """What may happen, from the books' numbers (`books.Books`), one a replicate each.

    Parameters
    ----------
    numbers
        ``shares``, ``complaints``, ``profit``, ``largest``, ``reach``, ``conversions``.
    level
        Of the intervals.
    """
    profit, took_off = numbers["profit"], numbers["largest"] >= TAKE_OFF

    def given(chosen: NDArray[np.bool_]) -> dict[str, dict[str, float]]:
        if not chosen.any():
            return {}
        return {name: spread(numbers[name][chosen]) for name in ("largest", "reach", "conversions")}

    return Risk(
        backlash=chance(numbers["complaints"] > numbers["shares"], level),
        loss=chance(profit < 0.0, level),
        profit=spread(profit),
        worst=tail(profit, WORST, level) if profit.size >= ENOUGH else None,
        take_off=chance(took_off, level),
        given_take_off=given(took_off),
        given_none=given(~took_off),
    )


def spread(values: NDArray[Any]) -> dict[str, float]:
    """Low, middle and high of replicates: 5, 50 and 95 per cent lie below.

    Examples
    --------
    >>> spread(np.arange(101.0))
    {'5 %': 5.0, '50 %': 50.0, '95 %': 95.0}
    """
    found = quantiles(values, _AT).tolist()
    return {f"{100 * at:g} %": value for at, value in zip(_AT, found, strict=True)}
