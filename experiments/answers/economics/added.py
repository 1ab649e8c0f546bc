r"""What an incentive and word of mouth add: a campaign beside the same one without them.

Two campaigns in one world. Of shares, those that both have are made anyway. Of purchases, of each
person the k-th of the one is set beside the k-th of the other: one that both have and that came
earlier is *acceleration*; one that only the first has is *expansion* (less those that only the
second has). What remains of the net present value is purchases made again, and what was spent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim.parameters import Scenario
from ...estimates.chance import Chance, chance
from ...estimates.interval import LEVEL, Estimate, estimate
from ...estimates.paired import difference
from ...estimates.ratio import Ratio, ratio
from ...show.numbers import more_or_less, percent
from ...vocabulary.glossary import AT_LEAST_NONE
from .books import Books, Numbers, column, priced

# What may be on offer, and what it is called.
_OFFERS: Final = {
    "reward": "reward", "recipient": "reward", "access": "access", "discount": "discount",
}  # fmt: skip
NOTHING: Final[dict[str, Any]] = {f"incentives.{name}": 0.0 for name in _OFFERS}


class Incremental(NamedTuple):
    """A campaign beside the same one without its incentives, in the same worlds.

    Attributes
    ----------
    what
        What it is called: a reward, access or a discount; an incentive where there are several.
    paid
        In how many worlds anything was paid for it.
    anyway
        Shares of the campaign that the same people make without the incentive too.
    won, lost
        Shares that are made with it alone, and without it alone.
    paid_anyway
        Of all shares with the incentive, how many are made anyway: who pays for shares pays for
        these as well.
    cost_per_share
        What the incentive costs, by the shares that it adds: (cost - cost without) / (shares -
        shares without).
    cost_per_conversion
        The same by the conversions that it adds.
    conversions, profit
        What it adds to these.
    """

    what: str
    paid: Chance
    anyway: Estimate
    won: Estimate
    lost: Estimate
    paid_anyway: Ratio
    cost_per_share: Ratio
    cost_per_conversion: Ratio
    conversions: Estimate
    profit: Estimate

    @property
    def acts(self) -> bool:
        """Whether it was ever paid, or changed anything: access that costs nothing may do much."""
        return bool(self.paid.happened or self.profit.moved or self.conversions.moved)

    def pays(self, money: str = "money", noun: str = "conversions", *, sells: bool = True) -> str:
        """Whether it pays for itself; it cannot where nothing is sold."""
        paid, worlds, profit = self.paid.happened, self.paid.replicates, self.profit
        if not self.acts:
            return f"{never_paid(self.what, worlds, noun)}."
        in_worlds = f"it was paid in {paid:,} of {worlds:,} worlds."
        if not sells:
            return f"The {self.what} cannot pay for itself, since nothing was sold; {in_worlds}"
        apart = f"with it profit is {more_or_less(profit, money)} than without; {in_worlds}"
        if not profit.sure:
            return f"Whether the {self.what} pays is not sure: {apart}"
        return f"The {self.what} {'pays' if profit.low > 0.0 else 'does not pay'}: {apart}"

    def told(self, money: str = "money", noun: str = "conversions") -> str:
        """Who is paid for nothing, and what a share and a conversion cost that it adds."""
        if math.isnan(self.paid_anyway.value):
            return ""
        anyway, paid = percent(self.paid_anyway.value), self.paid.happened > 0
        text = f"Of the shares with the {self.what}, {anyway} are made anyway"
        if not _sure(self.cost_per_share):
            text += ", and it is not sure that it adds any"
        elif paid:
            text += f", so that a share that it adds costs {priced(self.cost_per_share, money)}"
        if paid and _sure(self.cost_per_conversion):
            more = priced(self.cost_per_conversion, money)
            text += f". One more of the {noun} costs {more}"
        return f"{text}."


def never_paid(what: str, worlds: int, noun: str = "") -> str:
    """That nobody earned an incentive; with a noun, also who says what holds that back.

    Examples
    --------
    >>> never_paid("reward", 100)
    'No reward was paid in any of 100 worlds, so that nothing can be said of whether it pays'
    """
    where = "the one world" if worlds == 1 else f"any of {worlds:,} worlds"
    said = f"No {what} was paid in {where}, so that nothing can be said of whether it pays"
    return f"{said}; `wom diagnose` says what holds back {noun}" if noun else said


def called(scenario: Scenario) -> str:
    """What the incentive of a scenario is called; empty where it never offers any.

    Examples
    --------
    >>> called(Scenario()), called(Scenario().replace({"incentives.reward": 2.0}))
    ('', 'reward')
    >>> called(Scenario().replace({"incentives.reward": 2.0, "incentives.discount": 0.1}))
    'incentive'
    """
    ever = [each.incentives for each in scenario.ever()]
    offered = {
        called for name, called in _OFFERS.items() if any(getattr(each, name) > 0 for each in ever)
    }
    return offered.pop() if len(offered) == 1 else "incentive" if offered else ""


def _sure(each: Ratio) -> bool:
    return math.isfinite(each.high) and each.below > 0


class Gain(NamedTuple):
    """What one campaign is worth more than another, a value a pair of them.

    Attributes
    ----------
    whole
        Difference of the net present values; the sum of the other three.
    acceleration, expansion
        Purchases that came earlier or later; purchases that were made in one alone.
    other
        Purchases made again, and costs.
    """

    whole: float
    acceleration: float
    expansion: float
    other: float


class PresentValue(NamedTuple):
    """Net present value, and what word of mouth adds to it: means over the replicates.

    Attributes
    ----------
    rate
        Of discount, a year.
    value
        Of the campaign: gross profit less cost, each discounted from its tick.
    discounted_away
        Profit less that: what waiting costs.
    whole, acceleration, expansion, other
        What the campaign is worth more than the same one in which nobody passes anything on, and
        its parts (`Gain`).
    """

    rate: float
    value: Estimate
    discounted_away: Estimate
    whole: Estimate
    acceleration: Estimate
    expansion: Estimate
    other: Estimate


def without(scenario: Scenario) -> Scenario | None:
    """The scenario without rewards, access and discounts; None where it never offers any."""
    if not called(scenario):
        return None
    later = [
        {
            "tick": change.tick,
            "set": {path: value for path, value in change.changes.items() if path not in NOTHING},
        }
        for change in scenario.timeline
    ]
    return scenario.replace({**NOTHING, "timeline": later})


def overlap(having: Books, lacking: Books) -> int:
    """How many shares, by person and message, two campaigns in one world have in common."""
    return int(np.intersect1d(having.sharers, lacking.sharers, assume_unique=True).size)


def incremental(
    what: str,
    having: Sequence[Numbers],
    lacking: Sequence[Numbers],
    common: Sequence[int],
    level: float = LEVEL,
) -> Incremental:
    """What an incentive buys, over the replicates.

    Parameters
    ----------
    what
        What it is called (`called`).
    having, lacking
        The numbers of the books with and without it.
    common
        What `overlap` found.
    level
        Of the intervals.

    References
    ----------
    Source 004: those who would have shared anyway are paid too.
    """

    def of(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return column(having, name), column(lacking, name)

    (shares, before), (cost, cheaper) = of("shares"), of("cost")
    sold, fewer = of("conversions")
    both = np.array(common, np.float64)
    return Incremental(
        what=what,
        paid=chance(column(having, "incentive_cost") > 0.0, level),
        anyway=estimate(both, level, within=AT_LEAST_NONE),
        won=estimate(shares - both, level, within=AT_LEAST_NONE),
        lost=estimate(before - both, level, within=AT_LEAST_NONE),
        paid_anyway=ratio(both, shares, level, within=(0.0, 1.0)),
        cost_per_share=ratio(cost - cheaper, shares - before, level),
        cost_per_conversion=ratio(cost - cheaper, sold - fewer, level),
        conversions=difference(*of("conversions"), level),
        profit=difference(*of("profit"), level),
    )


def gain(having: Books, lacking: Books) -> Gain:
    """What one campaign is worth more than another in the same world, taken apart.

    Parameters
    ----------
    having, lacking
        The books of the two, kept at one rate.

    References
    ----------
    Libai, Muller & Peres 2013, "Decomposing the value of word-of-mouth seeding programs:
    acceleration versus expansion"; Goldenberg, Libai, Moldovan & Muller 2007 (net present value of
    word of mouth).
    """
    whole = having.numbers["present"] - lacking.numbers["present"]
    names = [_named(each) for each in (having, lacking)]
    _, mine, theirs = np.intersect1d(names[0], names[1], return_indices=True)
    accelerated = float((having.worth[mine] - lacking.worth[theirs]).sum())
    alone = np.ones(names[0].size, np.bool_), np.ones(names[1].size, np.bool_)
    alone[0][mine], alone[1][theirs] = False, False
    expanded = float(having.worth[alone[0]].sum() - lacking.worth[alone[1]].sum())
    return Gain(whole, accelerated, expanded, whole - accelerated - expanded)


def present_value(
    having: Sequence[Numbers], gains: Sequence[Gain], rate: float, level: float = LEVEL
) -> PresentValue:
    """Means and intervals over the replicates.

    Parameters
    ----------
    having, gains
        The numbers of the campaign's books, and what `gain` found, one a replicate.
    rate, level
        Of discount, and of the intervals.
    """
    present = column(having, "present")
    parts = {
        name: estimate([getattr(each, name) for each in gains], level) for name in Gain._fields
    }
    lost = difference(column(having, "profit"), present, level)
    return PresentValue(rate, estimate(present, level), lost, **parts)


def _named(books: Books) -> NDArray[np.int64]:
    """Person and how-manieth purchase of theirs as one number, in the order of the books."""
    order = np.lexsort((books.ticks, books.buyers))
    people = books.buyers[order]
    first = np.concatenate([[True], np.diff(people) != 0])[: people.size]
    start = np.maximum.accumulate(np.where(first, np.arange(people.size), 0))
    names = np.empty(people.size, np.int64)
    names[order] = people.astype(np.int64) * 2**24 + np.arange(people.size) - start
    return names
