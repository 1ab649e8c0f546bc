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
from ...estimates.interval import LEVEL, Estimate, estimate
from ...estimates.paired import difference
from ...estimates.ratio import Ratio, ratio
from ...show.numbers import mean, percent
from ...vocabulary.glossary import AT_LEAST_NONE
from .books import Books, Numbers, column

NOTHING: Final[dict[str, Any]] = {
    "incentives.reward": 0.0,
    "incentives.recipient": 0.0,
    "incentives.access": 0.0,
    "incentives.discount": 0.0,
}


class Incremental(NamedTuple):
    """A campaign beside the same one without its incentives, in the same worlds.

    Attributes
    ----------
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

    anyway: Estimate
    won: Estimate
    lost: Estimate
    paid_anyway: Ratio
    cost_per_share: Ratio
    cost_per_conversion: Ratio
    conversions: Estimate
    profit: Estimate

    @property
    def sentence(self) -> str:
        """Who is paid for nothing, and what a share costs that it adds."""
        return self.told()

    def told(self, money: str = "money", noun: str = "conversions") -> str:
        """The same, money in a form and a conversion by its name."""
        text = (
            f"Of the shares with the incentive, {percent(self.paid_anyway.value)} are made anyway"
        )
        if not _sure(self.cost_per_share):
            text += ", and it is not sure that it adds any."
        else:
            text += f", so that a share that it adds costs {_between(self.cost_per_share, money)}."
        if _sure(self.cost_per_conversion):
            more = _between(self.cost_per_conversion, money)
            text += f" One more of the {noun} costs {more}."
        return text


def _sure(each: Ratio) -> bool:
    return math.isfinite(each.high) and each.below > 0


def _between(each: Ratio, money: str) -> str:
    return f"{mean(each.value, money)} ({mean(each.low, money)} to {mean(each.high, money)})"


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
    ever = (each.incentives for each in scenario.ever())
    if not any(max(each.reward, each.recipient, each.access, each.discount) > 0.0 for each in ever):
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
    having: Sequence[Numbers],
    lacking: Sequence[Numbers],
    common: Sequence[int],
    level: float = LEVEL,
) -> Incremental:
    """What an incentive buys, over the replicates.

    Parameters
    ----------
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
