"""Economics: what a campaign costs, what it is worth, what else the money would buy.

Every comparison is made in the same worlds and with the same luck: with and without the incentive,
with and without word of mouth, beside a broadcast that costs as much, at other share rates.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from numpy.typing import NDArray

from ....sim.network import Network
from ....sim.parameters import Scenario
from ...estimates.interval import LEVEL
from ...estimates.ratio import ratio
from ...vocabulary.currency import in_currency
from ...vocabulary.glossary import AT_LEAST_NONE
from ...worlds.draws import Draws
from ...worlds.given import Source, given
from ...worlds.networks import ROOM, Networks
from ...worlds.until import check_budget
from ...worlds.variant import Variant
from ...worlds.worlds import Meter, Progress, Worlds
from ..unknown import Unknown, remaining
from .added import called, gain, incremental, overlap, present_value, without
from .answer import Economics
from .books import Bookkeeper, column, returns
from .break_even import break_even
from .broadcast import beside, broadcast, price, showable, silent
from .risk import risk

REPLICATES: Final = 100
# A break-even point asks some thirty campaigns of each replicate: it gets fewer of them.
SEARCHED: Final = 32
POINTS: Final = 30
# What a year of waiting takes away from money, where nobody says.
DISCOUNT: Final = 0.1
_COSTS: Final = {
    "cost_per_exposure": "impressions",
    "cost_per_trusted_exposure": "trusted",
    "cost_per_share": "shares",
    "cost_per_conversion": "conversions",
}


def economics(
    scenario: Source,
    *,
    replicates: int = REPLICATES,
    seed: int = 0,
    world: int | None = None,
    network: Network | None = None,
    seeds: Any = None,
    discount_rate: float = DISCOUNT,
    cost_per_thousand: float | None = None,
    breaks_even: bool = True,
    level: float = LEVEL,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Economics:
    """What a campaign costs and is worth, with intervals, and what may go wrong.

    Parameters
    ----------
    scenario
        The campaign, or its name or file; or a fit (`wordofmouth.fit`) or the folder that keeps
        one: then each world has a draw of its posterior, which is what is done without.
    replicates, seed, world, network, seeds
        The worlds, as for `wordofmouth.experiments.worlds.worlds.Worlds`.
    discount_rate
        Of money, a year: 0.1 for 10 %.
    cost_per_thousand
        Of the impressions of the broadcast beside it; see `broadcast.price` if None.
    breaks_even
        Whether the break-even share rate is searched, which takes the longest; over the first 32
        replicates.
    level
        Of the intervals.
    jobs
        In how many threads.
    progress
        Called with the campaigns done and those that there will be, as far as that is known.

    Raises
    ------
    InputError
        If a number is not allowed.
    LimitError
        If a campaign would not fit into memory.

    Examples
    --------
    >>> from wordofmouth.experiments.answers.economics.find import economics
    >>> from wordofmouth.sim.parameters import Scenario
    >>> small = Scenario(horizon=10).replace({"network.people": 200, "publish.cost": 5.0})
    >>> found = economics(small, replicates=2, breaks_even=False)
    >>> found.costs["cost_per_exposure"].above
    5.0
    """
    scenario, draws = given(scenario)
    check_budget(replicates)
    rate = price(scenario, cost_per_thousand)
    keeper = Bookkeeper(discount_rate)
    arms: dict[str, Scenario | Variant] = {
        "campaign": scenario,
        "silent": Variant(scenario, silent),
    }
    offers = called(scenario)
    if offers:
        arms["without"] = Variant(scenario, _without)
    few = min(replicates, SEARCHED)
    meter = Meter(progress, replicates * (len(arms) + 1) + few * (POINTS if breaks_even else 0))
    worlds = Worlds(seed, world, network, seeds, jobs, None, Networks(ROOM), meter, draws)
    told, gains, common = [], [], []
    for row in worlds.each(arms, keeper, range(replicates)):
        gains.append(gain(row[0], row[1]))
        if offers:
            common.append(overlap(row[0], row[2]))
        told.append([books.numbers for books in row])
    books = {name: [row[k] for row in told] for k, name in enumerate(arms)}
    campaign = books["campaign"]
    numbers = {name: column(campaign, name) for name in campaign[0]}
    cost = numbers["cost"]
    spend = float(cost.mean())
    other = None
    if spend > 0.0 and showable(scenario):
        people = int(campaign[0]["people"])
        shown = partial(broadcast, spend=spend, cost_per_thousand=rate, people=people)
        ad = {"broadcast": Variant(scenario, shown)}
        rows = worlds.replicates(ad, keeper, range(replicates))
        books["broadcast"] = [row[0].numbers for row in rows]
        other = beside(campaign, books["broadcast"], rate, spend, level)
    return Economics(
        scenario=scenario,
        costs={
            name: ratio(cost, numbers[by], level, within=AT_LEAST_NONE)
            for name, by in _COSTS.items()
        },
        returns=returns(numbers, level),
        incentive=incremental(offers, campaign, books["without"], common, level)
        if offers
        else None,
        beside=other,
        break_even=break_even(worlds, scenario, range(few), level) if breaks_even else None,
        value=present_value(campaign, gains, discount_rate, level),
        risk=risk(numbers, level),
        books=books,
        seed=worlds.seed,
        level=level,
        world=worlds.world,
        unknown=None if draws is None else _unknown(draws, scenario, numbers),
    )


def _without(scenario: Scenario) -> Scenario:
    return without(scenario) or scenario


def _unknown(draws: Draws, scenario: Scenario, numbers: Mapping[str, NDArray[Any]]) -> Unknown:
    """What no more worlds would tell of the profit."""
    profit, money = numbers["profit"], in_currency("money", scenario)
    if profit.size < 2:
        return Unknown(draws, profit.size)
    found = remaining(draws, "profit", profit, money, sign=False)
    return Unknown(draws, profit.size, tuple(found.says), {"of_draws": found.numbers}, found.short)
