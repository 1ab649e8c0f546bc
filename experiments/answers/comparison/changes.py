"""How one indicator differs, and whom a change won or lost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...estimates.interval import Estimate, plain
from ...estimates.ratio import Ratio
from ...vocabulary.outcomes import Outcome


@dataclass(frozen=True)
class OutcomeChange:
    """How one outcome differs.

    Attributes
    ----------
    outcome
        Which.
    base, value
        Of the first scenario, and of this one, in the worlds in which both have a value.
    difference
        Of the second less the first, in pairs.
    pairing
        How many times as many replicates the same interval would have taken unpaired.
    """

    outcome: Outcome
    base: Estimate
    value: Estimate
    difference: Estimate
    pairing: float

    @property
    def better(self) -> float:
        """How sure it is that the change is for the better; nan where more is neither."""
        if self.outcome.direction == 0:
            return math.nan
        return self.difference.better(self.outcome.direction)

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        found = self.difference
        return plain(
            {
                "difference": found.mean,
                "low": found.low,
                "high": found.high,
                "better": self.better,
                "wins": found.wins,
                "base": self.base.mean,
                "value": self.value.mean,
                "replicates": found.replicates,
                "pairing": self.pairing,
            }
        )


@dataclass(frozen=True)
class Swayed:
    """Those who took part only because of the change, and those who did only without it.

    Attributes
    ----------
    won, lost
        How many in a world.
    won_ids, lost_ids
        Who they are in replicate 0.
    """

    won: Estimate
    lost: Estimate
    won_ids: tuple[Any, ...]
    lost_ids: tuple[Any, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return plain(vars(self))


@dataclass(frozen=True)
class OrderCost:
    """What an order costs that is there only because of a change.

    Attributes
    ----------
    cost
        Further cost by further conversions, with Fieller's interval; below 0 where one of the two
        is.
    more
        Further conversions in a world.
    """

    cost: Ratio
    more: Estimate

    @property
    def told(self) -> bool:
        """Whether it is a price: there surely are more conversions."""
        return self.more.surely(1)

    def to_dict(self) -> dict[str, Any]:
        """As plain values; no price where there are not surely more conversions."""
        found = self.cost.to_dict()
        return found if self.told else {**found, "value": None, "low": None, "high": None}


# By name: who noticed, shared, bought, joined.
People = Mapping[str, Swayed]
