"""The books of one campaign: what came in and went out, when, and who shared and bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim import state as s
from ....sim.errors import InputError
from ....sim.flows import Flow, cost_by_tick, gross_of_buyers, making_by_tick, revenue_by_tick
from ....sim.parameters import Scenario
from ....sim.plan import COMPLAINT
from ....sim.result import Result

HOURS_PER_YEAR: Final = 8766.0

Numbers = dict[str, float]


class Books(NamedTuple):
    """What economics keeps of one campaign.

    Attributes
    ----------
    numbers
        ``people`` (in the network), ``reach``, ``impressions``, ``trusted`` (impressions from
        people), ``shares`` (all decisions to pass on a message of the brand), ``complaints``
        (those to pass on a complaint), ``noticed`` (people and messages that were noticed),
        ``clicks``, ``conversions``, ``revenue``, ``gross_profit`` (revenue less what it took to
        make what was sold), ``cost``, ``reward_cost``, ``profit`` (gross profit less cost),
        ``present`` (net present value), ``largest`` (the largest cascade).
    sharers
        int64, sorted: message and person of each share of the brand's messages, as one number.
    buyers
        int32: the person of each conversion.
    worth, ticks
        What of each conversion was left when it was made, discounted, float64; and when, int32.
    """

    numbers: Numbers
    sharers: NDArray[np.int64]
    buyers: NDArray[np.int32]
    worth: Flow
    ticks: NDArray[np.int32]


@dataclass(frozen=True)
class Bookkeeper:
    """Keeps the books of a result at a discount rate a year."""

    rate: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.rate <= 10.0:
            raise InputError(
                f"discount rate = {self.rate!r} is not allowed; give a number 0 to 10 a year, such "
                "as 0.1 for 10 %."
            )

    def __call__(self, result: Result) -> Books:
        """The books of this result."""
        came, went = revenue_by_tick(result) - making_by_tick(result), cost_by_tick(result)
        factor = discount(result.scenario, result.ticks, self.rate)
        by_hop = result.counts[result.ours, ..., 0].sum(axis=(0, 2))
        bad = result.counts[result.kinds == COMPLAINT, ..., 0].sum(axis=(0, 2, 3))
        kpis, log = result.kpis, result.share_log
        shared = result.ours[log.message]
        names = log.message[shared].astype(np.int64) * result.network["agents"] + log.person[shared]
        ticks = result.buyer_log.tick
        return Books(
            numbers={
                "people": result.network["agents"],
                "reach": kpis["reach"],
                "impressions": kpis["impressions"],
                "trusted": float(by_hop[s.EXPOSED, 1:].sum()),
                "shares": kpis["shares"] + kpis["reshares"],
                "complaints": float(bad[s.SHARED] + bad[s.RESHARED]),
                "noticed": float(result.counts[result.ours, s.NOTICED, ..., 1].sum()),
                "clicks": kpis["clicks"],
                "conversions": kpis["conversions"],
                "revenue": kpis["revenue"],
                "gross_profit": kpis["gross_profit"],
                "cost": kpis["cost"],
                "reward_cost": kpis["reward_cost"],
                "profit": kpis["profit"],
                "present": float(((came - went) * factor).sum()),
                "largest": float(result.cascades.size.max(initial=0)),
            },
            sharers=np.sort(names),
            buyers=result.buyer_log.person,
            worth=gross_of_buyers(result) * factor[ticks],
            ticks=ticks,
        )


def column(books: Sequence[Numbers], name: str) -> Flow:
    """A number of the books of several campaigns."""
    return np.array([each[name] for each in books])


def discount(scenario: Scenario, ticks: int, rate: float) -> Flow:
    r"""What one unit of money at each tick is worth at the start.

    .. math:: (1 + r)^{-t h / 8766}

    at a rate of r a year, h hours a tick and 8766 hours a year.

    Examples
    --------
    >>> from wordofmouth.sim.parameters import Scenario
    >>> yearly = Scenario(horizon=3, hours_per_tick=8766.0)
    >>> discount(yearly, 3, 0.25).tolist()
    [1.0, 0.8, 0.64]
    """
    years = np.arange(ticks) * scenario.hours_per_tick / HOURS_PER_YEAR
    factor: Flow = np.power(1.0 + rate, -years)
    return factor
