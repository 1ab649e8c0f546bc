"""How one indicator differs, and whom a change won or lost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....sim.parameters import Scenario
from ...estimates.interval import Estimate, plain
from ...estimates.ratio import Ratio
from ...show.numbers import mean, more_or_less
from ...vocabulary.outcomes import Outcome
from ..economics.added import called, never_paid


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

    def told(self, scenario: Scenario, name: str, first: str, worlds: int) -> str:
        """Which of two has more, and how sure that is; without its full stop.

        Parameters
        ----------
        scenario
            Of which it is the value: what it calls its conversions.
        name, first
            What the two are called; the first may have been named already.
        worlds
            Those that were compared, of which both may have a value in a part.
        """
        noun, form, found = self.outcome.noun(scenario), self.outcome.form, self.difference
        if found.replicates == 0:
            return f"Of {noun} there is no value in {name} and {first} to compare"
        if found.moved == 0:
            many = found.replicates
            where = "the one world" if many == 1 else f"any of {many:,} worlds"
            return f"{name if first else 'It'} changes no {noun} in {where}"
        than = f" than with {first}" if first else ""
        both = f"{mean(self.value.mean, form)} against {mean(self.base.mean, form)}"
        text = (
            f"{noun[:1].upper()}{noun[1:]}: {more_or_less(found, form)} with {name}{than}, {both}"
        )
        if found.replicates < worlds:
            text += f" in the {found.replicates:,} of {worlds:,} worlds in which both have any"
        return text if found.sure else f"{text}, which may be luck"

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


def earns(changes: Mapping[str, OutcomeChange]) -> bool:
    """Whether either of the two earns money, so that there is a profit to speak of."""
    revenue = changes["revenue"]
    return bool(revenue.base.mean or revenue.value.mean)


def unpaid(first: Scenario, other: Scenario, cost: OutcomeChange, worlds: int) -> str:
    """That nobody earned the reward in which two differ; empty where somebody did.

    Parameters
    ----------
    first, other
        The two.
    cost
        What rewards cost in both.
    worlds
        In how many.
    """
    changed = any(path.startswith("incentives.") for path in other.differs_from(first))
    offered = {called(first), called(other)} - {""}
    if not changed or offered != {"reward"} or cost.base.mean or cost.value.mean:
        return ""
    return never_paid("reward", worlds, other.outcome)
