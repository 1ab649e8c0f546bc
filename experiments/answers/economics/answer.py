"""The economics of a campaign: what it costs, what it is worth, what else the money would buy.

Every comparison is made in the same worlds and with the same luck: with and without the incentive,
with and without word of mouth, beside a broadcast that costs as much, at other share rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ....scenarios.loader import load
from ....sim.network import Network
from ....sim.parameters import Scenario
from ...estimates.interval import LEVEL, difference, estimate
from ...estimates.ratio import Ratio, ratio
from ...worlds.networks import ROOM, Networks
from ...worlds.until import check_budget
from ...worlds.worlds import Meter, Progress, Worlds
from .books import Bookkeeper, Books
from .break_even import BreakEven, break_even
from .broadcast import Beside, broadcast, price, showable, silent
from .incentive import Incremental, incremental, overlap, without
from .present_value import PresentValue, gain, present_value
from .risk import Risk, risk

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

REPLICATES: Final = 100
# A break-even point asks some thirty campaigns of each replicate: it gets fewer of them.
SEARCHED: Final = 32
POINTS: Final = 30
# What a year of waiting takes away from money, where nobody says.
DISCOUNT: Final = 0.1
_COMPARED: Final = (
    "cost", "reach", "impressions", "trusted", "clicks", "conversions", "profit",
)  # fmt: skip
_COSTS: Final = {
    "cost_per_exposure": "impressions",
    "cost_per_trusted_exposure": "trusted",
    "cost_per_share": "shares",
    "cost_per_conversion": "conversions",
}

Numbers = dict[str, float]


@dataclass(frozen=True, eq=False, repr=False)
class Economics:
    """The economics of a campaign; `economics` makes it.

    Attributes
    ----------
    scenario
        The campaign.
    costs
        ``cost_per_exposure``, ``cost_per_trusted_exposure`` (impressions from people),
        ``cost_per_share``, ``cost_per_conversion``: mean cost by mean number (`ratio.Ratio`).
    incentive
        What the incentive buys; None where there is none.
    beside
        A broadcast that costs as much; None where the campaign costs or shows nothing.
    break_even
        The share rate at which it pays; None if it was not asked.
    value
        Net present value, and what word of mouth adds to it.
    risk
        Backlash, loss, the worst 5 per cent, take-off.
    books
        The numbers of each campaign, by scenario and replicate.
    seed, level
        The seed of replicate 0, and the level of the intervals.
    world
        The seed of the world, if it is one for all replicates.
    """

    scenario: Scenario
    costs: dict[str, Ratio]
    incentive: Incremental | None
    beside: Beside | None
    break_even: BreakEven | None
    value: PresentValue
    risk: Risk
    books: dict[str, list[Numbers]]
    seed: int
    level: float
    world: int | None = None

    def __repr__(self) -> str:
        return f"<Economics: {self.sentence}>"

    @property
    def replicates(self) -> int:
        """Over how many replicates the numbers are means."""
        return len(self.books["campaign"])

    def numbers(self, name: str, scenario: str = "campaign") -> NDArray[np.float64]:
        """A number of the books (`books.Books`), one a replicate."""
        return np.array([each[name] for each in self.books[scenario]])

    @cached_property
    def sentence(self) -> str:
        """The economics in plain sentences."""
        from .account import sentence

        return sentence(self)

    def table(self) -> pd.DataFrame:
        """A row a quantity: group, value, low, high, in words."""
        from .account import table

        return table(self)

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; what is not defined is None."""
        from .account import document

        return document(self)

    def _repr_html_(self) -> str:
        from .cards import economics

        return economics(self)

    def plot(self) -> Figure:
        """Profit in a picture: over the replicates, and by share rate."""
        from .profit import profit

        return profit(self)

    def save(self, folder: str | Path, *, command: str | None = None) -> Path:
        """Keep it in a folder: ``run.json``, two tables and a picture (`shelf`)."""
        import pandas as pd

        from ..old_keep import shelve

        each = [
            {"scenario": name, "replicate": k, **numbers}
            for name, books in self.books.items()
            for k, numbers in enumerate(books)
        ]
        from .account import rows

        table = self.table().assign(form=[row.form for row in rows(self)])
        tables = {"table": table, "replicates": pd.DataFrame(each)}
        return shelve(
            folder, "economics", self.to_dict(), tables, self.plot(), self.scenario, command=command
        )


def economics(
    scenario: Scenario | str | PathLike[str],
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
        The campaign, or its name or file.
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
    >>> from wordofmouth.experiments.answers.economics.answer import economics
    >>> from wordofmouth.sim.parameters import Scenario
    >>> small = Scenario(horizon=10).replace({"network.people": 200, "publish.cost": 5.0})
    >>> found = economics(small, replicates=2, breaks_even=False)
    >>> found.costs["cost_per_exposure"].above
    5.0
    """
    scenario = scenario if isinstance(scenario, Scenario) else load(scenario)
    check_budget(replicates)
    rate = price(scenario, cost_per_thousand)
    keeper = Bookkeeper(discount_rate)
    arms = {"campaign": scenario, "silent": silent(scenario)}
    plain = without(scenario)
    if plain is not None:
        arms["without"] = plain
    few = min(replicates, SEARCHED)
    meter = Meter(progress, replicates * (len(arms) + 1) + few * (POINTS if breaks_even else 0))
    worlds = Worlds(seed, world, network, seeds, jobs, None, Networks(ROOM), meter)
    told: list[list[Numbers]] = []
    kept: list[Books] = []
    gains, common = [], []
    for row in worlds.each(arms, keeper, range(replicates)):
        campaign = row[0]
        gains.append(gain(campaign, row[1]))
        if plain is not None:
            common.append(overlap(campaign, row[2]))
        told.append([dict(books.numbers) for books in row])
        kept.append(campaign._replace(sharers=_NOBODY, buyers=_NOBODY, worth=_NOBODY))
    books = {name: [row[k] for row in told] for k, name in enumerate(arms)}
    spend = float(np.mean([each["cost"] for each in books["campaign"]]))
    beside = None
    if spend > 0.0 and showable(scenario):
        other = broadcast(scenario, spend, rate, int(books["campaign"][0]["people"]))
        rows = worlds.replicates({"broadcast": other}, keeper, range(replicates))
        books["broadcast"] = [dict(row[0].numbers) for row in rows]
        beside = _beside(books, rate, spend, level)
    return Economics(
        scenario=scenario,
        costs=_costs(books["campaign"], level),
        incentive=incremental(books["campaign"], books["without"], common, level)
        if plain is not None
        else None,
        beside=beside,
        break_even=break_even(worlds, scenario, range(few), level) if breaks_even else None,
        value=present_value(kept, gains, discount_rate, level),
        risk=risk({name: _column(books["campaign"], name) for name in books["campaign"][0]}, level),
        books=books,
        seed=seed,
        level=level,
        world=world,
    )


_NOBODY: Final[Any] = np.empty(0, np.int64)


def _column(books: Sequence[Numbers], name: str) -> NDArray[np.float64]:
    return np.array([each[name] for each in books])


def _costs(books: Sequence[Numbers], level: float) -> dict[str, Ratio]:
    cost = _column(books, "cost")
    return {name: ratio(cost, _column(books, by), level) for name, by in _COSTS.items()}


def _beside(books: dict[str, list[Numbers]], rate: float, spend: float, level: float) -> Beside:
    mine, theirs = books["campaign"], books["broadcast"]
    thousand, conversion = (
        tuple(
            ratio(scale * _column(each, "cost"), _column(each, by), level)
            for each in (mine, theirs)
        )
        for by, scale in (("impressions", 1000.0), ("conversions", 1.0))
    )
    return Beside(
        cost_per_thousand=rate,
        spend=spend,
        campaign={name: estimate(_column(mine, name), level) for name in _COMPARED},
        broadcast={name: estimate(_column(theirs, name), level) for name in _COMPARED},
        difference={
            name: difference(_column(mine, name), _column(theirs, name), level)
            for name in _COMPARED
        },
        thousand=thousand,  # type: ignore[arg-type]
        conversion=conversion,  # type: ignore[arg-type]
    )
