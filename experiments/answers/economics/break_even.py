r"""The share rate at which a campaign pays for itself.

The odds that somebody passes a message on are multiplied by one factor for everybody, and the
factor is sought at which the mean profit over the replicates is 0. All factors are tried in the
same worlds with the same luck, so that mean profit is a function without noise, if with steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.optimize import brentq

from ....sim.parameters import Scenario
from ...estimates.interval import LEVEL, Estimate, estimate, plain
from ...show.numbers import percent, written
from ...vocabulary.currency import in_currency
from ...worlds.variant import Variant
from ...worlds.worlds import Worlds
from .books import Bookkeeper

# Log-odds tried, to each side, until profit changes its sign: from hardly anybody to everybody.
STEPS: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
# How close to the factor is close enough, in log-odds: a hundredth of the odds.
CLOSE: Final = 0.01
_BOTH: Final = ("boost.share", "boost.reshare")


class Trial(NamedTuple):
    """What was found at one factor.

    Attributes
    ----------
    boost
        The logarithm of the factor.
    share_rate
        Of people who noticed a message, a message at a time, how many passed it on.
    profit
        Mean and interval.
    """

    boost: float
    share_rate: float
    profit: Estimate


@dataclass(frozen=True)
class BreakEven:
    """Where a campaign pays for itself.

    Attributes
    ----------
    factor, low, high
        Of the odds of passing on: where mean profit is 0, and the interval: all factors nearby at
        which the interval of the mean profit holds 0 (from 0 or without end where it does so as
        far as was tried). nan if there is none.
    share_rate
        Of those who notice a message, how many pass it on there; nan if there is none.
    now
        What is found at a factor of 1.
    rising
        Whether profit is above 0 at more sharing than that, and below at less.
    points
        All factors that were tried, in order.
    replicates
        Over how many each is a mean.
    why_none
        Why there is none; empty if there is one.
    """

    factor: float
    low: float
    high: float
    share_rate: float
    now: Trial
    rising: bool
    points: tuple[Trial, ...]
    replicates: int
    why_none: str = ""

    @cached_property
    def sentence(self) -> str:
        """Where it pays, in one plain sentence."""
        now = f"now {percent(self.now.share_rate)} do"
        if self.why_none:
            return f"There is no break-even share rate: {self.why_none}."
        side = "more" if self.rising else "fewer"
        low, high = (
            "without end" if math.isinf(each) else f"{each:.3g}" for each in (self.low, self.high)
        )
        least = self.low == 0.0 or math.isinf(self.low)
        span = "anything" if least and math.isinf(self.high) else f"{low} to {high}"
        return (
            f"The campaign pays if {percent(self.share_rate)} of those who notice a message pass "
            f"it on, or {side}; {now}, and the odds would have to be {self.factor:.3g} times as "
            f"high ({span})."
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain values; None where there is no number."""
        return plain(
            {
                "factor": self.factor,
                "low": self.low,
                "high": self.high,
                "share_rate": self.share_rate,
                "share_rate_now": self.now.share_rate,
                "rising": self.rising,
                "why_none": self.why_none,
                "replicates": self.replicates,
                "points": [
                    {
                        "factor": math.exp(point.boost),
                        "share_rate": point.share_rate,
                        **point.profit._asdict(),
                    }
                    for point in self.points
                ],
                "sentence": self.sentence,
            }
        )


@dataclass
class Search:
    """Mean profit as a function of the factor, each asked once.

    Parameters
    ----------
    ask
        The point at a logarithm of the factor.
    """

    ask: Callable[[float], Trial]
    known: dict[float, Trial] = field(default_factory=dict)

    def __call__(self, boost: float) -> Trial:
        """The point there."""
        if boost not in self.known:
            self.known[boost] = self.ask(boost)
        return self.known[boost]

    def mean(self, boost: float) -> float:
        """Mean profit there."""
        return self(boost).profit.mean

    def crossing(
        self, curve: Callable[[float], float], start: float, way: int, close: float = CLOSE
    ) -> float | None:
        """Where a curve next changes its sign on one side of a start; None: within the range never.

        The steps end where nobody or everybody passes it on; between two of them a curve may
        change its sign twice, which is not seen.
        """
        if not math.isfinite(curve(start)):
            return None
        sign, last = curve(start) > 0.0, start
        for step in STEPS:
            at = min(max(start + way * step, -STEPS[-1]), STEPS[-1])
            if at == last:
                break
            if (curve(at) > 0.0) != sign:
                return float(brentq(curve, last, at, xtol=close))
            last = at
        return None


def search(ask: Callable[[float], Trial], replicates: int, money: str = "money") -> BreakEven:
    """Where mean profit is 0: towards more sharing first where there is a loss, else towards less.

    Parameters
    ----------
    ask
        The point at a logarithm of the factor.
    replicates
        Over how many each point is a mean.
    money
        The form of money, with its currency.
    """
    profit = Search(ask)
    now = profit(0.0)
    # More sharing first where there is a loss, and less where there is a profit.
    ways = (-1, 1) if now.profit.mean > 0.0 else (1, -1)
    found = (profit.crossing(profit.mean, 0.0, way) for way in ways)
    idle = now.profit.mean == 0.0 and now.profit.moved == 0
    root = 0.0 if now.profit.mean == 0.0 else next((at for at in found if at is not None), None)
    if idle and all(profit.mean(way * STEPS[-1]) == 0.0 for way in (-1, 1)):
        return _none("nothing is spent and nothing earned, however many share", now, replicates)
    if root is None:
        least, most = (profit(way * STEPS[-1]).profit.mean for way in (-1, 1))
        pays = "pays at every one" if now.profit.mean > 0.0 else "pays at none"
        why = (
            f"the campaign {pays} that was tried, with a profit of {written(least, money)} where "
            f"hardly anybody shares and of {written(most, money)} where nearly all do"
        )
        return BreakEven(
            math.nan, math.nan, math.nan, math.nan, now, most > least, _sorted(profit), replicates,
            why,
        )  # fmt: skip
    below, above = (profit.mean(root + way * STEPS[0]) for way in (-1, 1))
    rising = above > below
    ends = []
    for way in (-1, 1):
        # Towards less profit the upper limit comes down to 0, towards more the lower one up.
        upper = (way < 0) == rising
        limit = _Limit(profit, upper)
        # Profit has steps: the root may lie at one over which both limits pass 0 as well.
        passed = limit(root) <= 0.0 if upper else limit(root) >= 0.0
        ends.append(root if passed else profit.crossing(limit, root, way, 3 * CLOSE))
    low, high = (
        (0.0, math.inf)[way > 0] if end is None else math.exp(end)
        for way, end in zip((-1, 1), ends, strict=True)
    )
    return BreakEven(
        math.exp(root), low, high, profit(root).share_rate, now, rising, _sorted(profit), replicates
    )


def break_even(
    worlds: Worlds,
    scenario: Scenario,
    numbers: range,
    level: float = LEVEL,
) -> BreakEven:
    """The share rate at which a scenario pays for itself.

    Parameters
    ----------
    worlds
        In which.
    scenario
        The campaign.
    numbers
        Which replicates.
    level
        Of the intervals.
    """
    if scenario.share.rule != "logit":
        return _none(f"share.rule = {scenario.share.rule!r} asks no odds that could be raised")
    later = {path for change in scenario.timeline for path in change.changes}
    if later & set(_BOTH):
        return _none("the timeline sets boost.share or boost.reshare itself")

    def ask(boost: float) -> Trial:
        there = {"there": Variant(scenario, partial(_boosted, by=boost))}
        books = [told[0].numbers for told in worlds.replicates(there, Bookkeeper(0.0), numbers)]
        shares, noticed = (sum(each[name] for each in books) for name in ("shares", "noticed"))
        rate = shares / noticed if noticed else math.nan
        return Trial(boost, rate, estimate([each["profit"] for each in books], level))

    return search(ask, len(numbers), in_currency("money", scenario))


def _boosted(scenario: Scenario, *, by: float) -> Scenario:
    before = scenario.boost.share, scenario.boost.reshare
    return scenario.replace({
        path: min(max(own + by, -50.0), 50.0) for path, own in zip(_BOTH, before, strict=True)
    })  # fmt: skip


@dataclass(frozen=True)
class _Limit:
    """A limit of the interval of mean profit as a function of the factor."""

    profit: Search
    upper: bool

    def __call__(self, boost: float) -> float:
        found = self.profit(boost).profit
        return found.high if self.upper else found.low


def _sorted(profit: Search) -> tuple[Trial, ...]:
    return tuple(profit.known[boost] for boost in sorted(profit.known))


def _none(why: str, now: Trial | None = None, replicates: int = 0) -> BreakEven:
    nowhere = now or Trial(0.0, math.nan, estimate(np.empty(0)))
    return BreakEven(math.nan, math.nan, math.nan, math.nan, nowhere, False, (), replicates, why)
