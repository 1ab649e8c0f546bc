"""What a change costs, by campaigns in the same worlds, and what nothing charges for.

One rule for every answer that holds changes against each other by money: what surely costs is told
by what a unit of money brings; what nothing charges for, or of whose cost nothing can be told, is
not ranked among these.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ...scenarios.charges import Unpriced, unpriced
from ...sim.parameters import Scenario
from ..estimates.interval import Estimate
from ..show.document import IN_FULL, Points, Section
from ..show.numbers import listed, written
from ..vocabulary.outcomes import Outcome

# The outcomes in which money is told.
MONEY: Final = "profit"
COST: Final = "cost"
NOT_TOLD: Final = "its cost cannot be told"


class Deal(NamedTuple):
    """What a change brings and costs.

    Attributes
    ----------
    gain, cost
        The change of an outcome, and of the campaign's cost.
    untold
        What of it nothing charges for.
    """

    gain: Estimate
    cost: Estimate
    untold: tuple[Unpriced, ...] = ()

    @property
    def paid(self) -> float:
        """What it costs more, and 0 where that cannot be told from luck, or it saves money."""
        told = self.cost.sure or not math.isfinite(self.cost.width)
        return max(self.cost.mean, 0.0) if told else 0.0

    @property
    def saves(self) -> bool:
        """Whether it surely costs less than nothing."""
        return self.cost.surely(-1)

    @property
    def ranked(self) -> bool:
        """Whether it is known what it costs, so that it can be held against others by money."""
        return not self.untold and (self.paid > 0.0 or self.saves)

    @property
    def unpriced(self) -> list[str]:
        """The parameters for whose change nothing charges."""
        return [each.path for each in self.untold]

    def rate(self, direction: int) -> float:
        """What a unit of money brings; infinite where it saves money."""
        return direction * self.gain.mean / self.paid if self.paid > 0.0 else math.inf

    def one_more(self, outcome: Outcome) -> str:
        """What one more of the outcome costs, or why that is not known."""
        if not self.gain.surely(outcome.good):
            return "not sure to help"
        if self.untold:
            return "no price known"
        if self.saves:
            return "saves money"
        return each_costs(1.0 / self.rate(outcome.good), outcome) if self.ranked else NOT_TOLD


def each_costs(money: float, outcome: Outcome) -> str:
    """Money for one more of an outcome, in words."""
    if outcome.form == "rate":
        return f"{written(money / 100.0, outcome.money)} a point"
    return f"{written(money, outcome.money)} each"


def deals_of(
    now: Scenario,
    changes: Mapping[str, Mapping[str, Any]],
    gain: Callable[[str, str | None], Estimate],
) -> dict[str, Deal]:
    """Of each of some changes of a scenario, what it brings and costs.

    Parameters
    ----------
    now, changes
        The scenario, and each change by its name.
    gain
        Of a change by its name what it adds, in an outcome or, of None, in that which was asked.
    """
    return {
        name: Deal(gain(name, None), gain(name, COST), unpriced(now, now.replace(change)))
        for name, change in changes.items()
    }


def not_priced(found: Mapping[str, tuple[Unpriced, ...]], suffix: str = "") -> list[Section]:
    """What has no price, and what would give it one; nothing where all of it is charged for."""
    said = [told for name, each in found.items() if (told := without_a_price(name, each))]
    if not said:
        return []
    lead = (
        "A cost of 0 is no price: what follows takes work or money of which the scenario says "
        "nothing, so that what it takes, or saves, is in no cost and no profit here."
    )
    return [Section(f"Not priced{suffix}", [Points(said, IN_FULL)], lead)]


def without_a_price(name: str, found: tuple[Unpriced, ...]) -> str:
    """A sentence about what has no price; empty where it has one.

    Examples
    --------
    >>> without_a_price("better offer", (Unpriced("content_types.post.offer", "offer_cost"),))
    'Better offer has no price (content_types.post.offer): give offer_cost.'
    """
    if not found:
        return ""
    by = listed(list(dict.fromkeys(each.by for each in found if each.by)))
    remedy = f"give {by}" if by else "no parameter gives it one, so put its cost beside it"
    paths = list(dict.fromkeys(each.path for each in found))
    named = listed(paths) if len(paths) <= 3 else f"{len(paths)} parameters, {paths[0]} the first"
    return f"{name[:1].upper()}{name[1:]} has no price ({named}): {remedy}."
