"""The books of one campaign: what came in and went out, who shared and bought, what is left."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ....sim import state as s
from ....sim.errors import InputError
from ....sim.flows import Flow, cost_by_tick, gross_of_buyers, making_by_tick, revenue_by_tick
from ....sim.parameters import Scenario
from ....sim.plan import COMPLAINT
from ....sim.result import Result
from ...estimates.interval import LEVEL
from ...estimates.ratio import Ratio, ratio
from ...show.numbers import mean, span
from ...vocabulary.glossary import AT_LEAST_NONE

HOURS_PER_YEAR: Final = 8766.0
# The accounts from which incentives are paid.
INCENTIVES: Final = ("rewards", "recipients", "fraud", "access", "discounts")

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
        make what was sold), ``cost``, ``reward_cost``, ``incentive_cost`` (that with
        access and discounts), ``profit`` (gross profit less cost),
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
                "incentive_cost": sum(result.ledger[each] for each in INCENTIVES),
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


# What is told, and how it is written.
RETURNS: Final = {
    "return on spend": "number",
    "return on spend that breaks even": "number",
    "return on investment": "rate",
    "a conversion pays up to": "money",
}


def returns(numbers: Mapping[str, Flow], level: float = LEVEL) -> dict[str, Ratio]:
    """Return on spend and on investment, and at which of these prices a campaign breaks even.

    Return on spend (ROAS) is revenue / cost, and looks at no margin: it breaks even at revenue /
    gross profit, which is 1 / margin where all that is sold has one. Return on investment (ROI) is
    profit / cost and breaks even at 0. A conversion pays as long as it costs less than gross profit
    / conversions, purchases made again included.

    Parameters
    ----------
    numbers
        Of the books of a campaign (`books.Books`), one a replicate; nothing is told of what sells
        nothing.
    level
        Of the intervals.

    Examples
    --------
    >>> import numpy as np
    >>> books = {"revenue": [400.0, 800.0], "gross_profit": [160.0, 320.0], "cost": [100.0, 100.0],
    ...     "profit": [60.0, 220.0], "conversions": [10.0, 20.0]}
    >>> found = returns({name: np.array(each) for name, each in books.items()})
    >>> [round(each.value, 9) for each in found.values()]
    [6.0, 2.5, 1.4, 16.0]
    """
    if not numbers["revenue"].any():
        return {}
    found = (
        ratio(numbers["revenue"], numbers["cost"], level, within=AT_LEAST_NONE),
        ratio(numbers["revenue"], numbers["gross_profit"], level),
        ratio(numbers["profit"], numbers["cost"], level),
        pays_up_to(numbers["gross_profit"], numbers["conversions"], level),
    )
    return dict(zip(RETURNS, found, strict=True))


def priced(found: Ratio, money: str = "money") -> str:
    """What one of something costs, with its interval in words.

    Examples
    --------
    >>> priced(ratio([2.0, 4.0], [1.0, 2.0]), "money €"), priced(ratio([2.0, 4.0], [0.0, 1.0]))
    ('€2.00', '6.00 (unbounded: too few to tell)')
    >>> priced(Ratio(2.0, -1.0, 5.0, 4.0, 2.0, 10))
    '2.00 (at most 5.00)'
    """
    between = bounds(found.low, found.high, money)
    if -math.inf < found.low < 0.0 < found.value:
        between = f"at most {mean(found.high, money)}"
    return f"{mean(found.value, money)} ({between})" if between else mean(found.value, money)


def bounds(low: float, high: float, form: str) -> str:
    """An interval, and that it has no ends where it has none; empty where it has no width."""
    if math.isinf(high - low):
        return "unbounded: too few to tell"
    return span(low, high, form, sign=False)


def pays_up_to(gross_profit: ArrayLike, conversions: ArrayLike, level: float = LEVEL) -> Ratio:
    """Up to how much a conversion may cost: gross profit / conversions, repeats included.

    Every answer that holds a price against what a conversion leaves asks here.

    Parameters
    ----------
    gross_profit, conversions
        One a replicate.
    level
        Of the interval.

    Examples
    --------
    >>> pays_up_to([160.0, 320.0], [10.0, 20.0]).value
    16.0
    """
    return ratio(gross_profit, conversions, level)
