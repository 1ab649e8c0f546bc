r"""What earlier and further purchases are worth: net present value, taken apart.

Two campaigns in one world: of each person the k-th purchase of the one is set beside the k-th of
the other. A purchase that both have and that came earlier is *acceleration*; one that only the
first has is *expansion* (less those that only the second has). What remains is purchases made
again, and what was spent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...estimates.interval import LEVEL, Estimate, estimate
from .books import Books


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
        Of the campaign: revenue less cost, each discounted from its tick.
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
    having: Sequence[Books], gains: Sequence[Gain], rate: float, level: float = LEVEL
) -> PresentValue:
    """Means and intervals over the replicates.

    Parameters
    ----------
    having, gains
        The books of the campaign, and what `gain` found, one a replicate.
    rate, level
        Of discount, and of the intervals.
    """
    present, profit = (
        np.array([books.numbers[name] for books in having]) for name in ("present", "profit")
    )
    parts = {
        name: estimate([getattr(each, name) for each in gains], level) for name in Gain._fields
    }
    return PresentValue(rate, estimate(present, level), estimate(profit - present, level), **parts)


def _named(books: Books) -> NDArray[np.int64]:
    """Person and how-manieth purchase of theirs as one number, in the order of the books."""
    order = np.lexsort((books.ticks, books.buyers))
    people = books.buyers[order]
    first = np.concatenate([[True], np.diff(people) != 0])[: people.size]
    start = np.maximum.accumulate(np.where(first, np.arange(people.size), 0))
    names = np.empty(people.size, np.int64)
    names[order] = people.astype(np.int64) * 2**24 + np.arange(people.size) - start
    return names
