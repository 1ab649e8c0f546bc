"""What an incentive buys: shares that would not have been made anyway, and what each costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from ....sim.parameters import Scenario
from ....sim.parameters.paths import flat
from ...estimates.interval import LEVEL, Estimate, estimate
from ...estimates.ratio import Ratio, ratio
from .books import Books

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
        Of all shares with the incentive, how many are made anyway: these are paid for as well.
    cost_per_share
        What the incentive costs, by the shares that it adds: (cost - cost without) / (shares -
        shares without).
    conversions, profit
        What it adds to these.
    """

    anyway: Estimate
    won: Estimate
    lost: Estimate
    paid_anyway: Ratio
    cost_per_share: Ratio
    conversions: Estimate
    profit: Estimate


def without(scenario: Scenario) -> Scenario | None:
    """The scenario without rewards, access and discounts; None where it never offers any."""
    ever = (each.incentives for each in scenario.ever())
    if not any(max(each.reward, each.recipient, each.access, each.discount) > 0.0 for each in ever):
        return None
    later = [
        {
            "tick": change.tick,
            "set": {path: value for path, value in flat(change.set).items() if path not in NOTHING},
        }
        for change in scenario.timeline
    ]
    return scenario.replace({**NOTHING, "timeline": later})


def overlap(having: Books, lacking: Books) -> int:
    """How many shares, by person and message, two campaigns in one world have in common."""
    return int(np.intersect1d(having.sharers, lacking.sharers, assume_unique=True).size)


def incremental(
    having: Sequence[dict[str, float]],
    lacking: Sequence[dict[str, float]],
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

    def of(name: str) -> tuple[Any, Any]:
        return tuple(np.array([each[name] for each in every]) for every in (having, lacking))  # type: ignore[return-value]

    (shares, before), (cost, cheaper) = of("shares"), of("cost")
    (sold, fewer), (profit, other) = of("conversions"), of("profit")
    both = np.array(common, np.float64)
    return Incremental(
        anyway=estimate(both, level),
        won=estimate(shares - both, level),
        lost=estimate(before - both, level),
        paid_anyway=ratio(both, shares, level),
        cost_per_share=ratio(cost - cheaper, shares - before, level),
        conversions=estimate(sold - fewer, level),
        profit=estimate(profit - other, level),
    )
