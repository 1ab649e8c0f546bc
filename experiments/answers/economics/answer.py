"""The economics of a campaign: what it costs, is worth and may lose, told with intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ....sim.parameters import Scenario
from ...estimates.interval import estimate, plain
from ...estimates.ratio import Ratio
from ...show.cells import Spanned
from ...show.document import Document, Figure, Number
from ...show.framed import called, seeds
from ...show.numbers import mean, percent
from ...vocabulary.currency import in_currency, unit_of
from ..answer import Answer
from ..unknown import Unknown, brief, opened, sections, told
from . import shown
from .added import Incremental, PresentValue
from .books import Numbers, bounds, column, priced
from .break_even import BreakEven
from .broadcast import Beside
from .risk import Risk

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture


@dataclass(frozen=True, eq=False, repr=False)
class Economics(Answer):
    """The economics of a campaign; `economics` makes it.

    Attributes
    ----------
    scenario
        The campaign.
    costs
        ``cost_per_exposure``, ``cost_per_trusted_exposure`` (impressions from people),
        ``cost_per_share``, ``cost_per_conversion``: mean cost by mean number (`ratio.Ratio`).
    returns
        Return on spend and on investment, and where nothing is left (`margin.returns`); empty where
        nothing is sold.
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
    unknown
        As in a `Diagnosis`.
    """

    kind: ClassVar[str] = "economics"

    scenario: Scenario
    costs: dict[str, Ratio]
    returns: dict[str, Ratio]
    incentive: Incremental | None
    beside: Beside | None
    break_even: BreakEven | None
    value: PresentValue
    risk: Risk
    books: dict[str, list[Numbers]]
    seed: int
    level: float
    world: int | None = None
    unknown: Unknown | None = None

    @property
    def replicates(self) -> int:
        """Over how many replicates the numbers are means."""
        return len(self.books["campaign"])

    def numbers(self, name: str, scenario: str = "campaign") -> NDArray[np.float64]:
        """A number of the books (`books.Books`), one a replicate."""
        return column(self.books[scenario], name)

    @property
    def sentence(self) -> str:
        """What matters, in plain sentences."""
        each, loss, took = self.costs["cost_per_conversion"], self.risk.loss, self.risk.take_off
        noun, profit = self.scenario.outcome, float(self.numbers("profit").mean())
        money = in_currency("money", self.scenario)
        makes = "makes a profit of" if profit >= 0.0 else "loses"
        start = (
            f"{self.scenario.name} {makes} {mean(abs(profit), money)} on average and "
            f"{'makes a loss' if profit >= 0.0 else 'loses money'} in {percent(loss.share)} of "
            f"{loss.replicates:,} worlds"
        )
        if not math.isnan(each.value):
            start += f"; one of the {noun} costs {priced(each, money)}"
            pays = self.returns["a conversion pays up to"] if self.returns else each
            if self.scenario.transact.cost_of_goods > 0.0:
                start += (
                    f", and pays up to {mean(pays.value, money)}, what is bought again included"
                )
        end = (
            f"It takes off (a cascade of 100 shares or more) in {percent(took.share)} of "
            f"worlds ({percent(took.low)} to {percent(took.high)})"
        )
        if self.risk.given_take_off:
            middle = self.risk.given_take_off["conversions"]["50 %"]
            end += f", and half of those come to {middle:,.0f} {noun} or more"
        said = [] if self.incentive is None else [self.incentive.told(money, noun)]
        said += [] if self.beside is None else [self.beside.told(money)]
        said += [] if self.break_even is None else [self.break_even.sentence]
        told = [self.pays, f"{start}.", *said, f"{end}.", brief(self.unknown), self.decision]
        return " ".join(filter(None, told))

    @property
    def pays(self) -> str:
        """Whether the incentive pays for itself; empty where there is none."""
        if self.incentive is None:
            return ""
        money, sells = in_currency("money", self.scenario), bool(self.returns)
        return self.incentive.pays(money, self.scenario.outcome, sells=sells)

    @property
    def decision(self) -> str:
        """What to do, by the profit and what the incentive adds to it; empty where nothing is sold.

        That the campaign is not run at all costs and brings nothing: it is one of the choices.
        """
        if not self.returns:
            return ""
        profit = estimate(self.numbers("profit"), self.level)
        money, incentive = in_currency("money", self.scenario), self.incentive
        if profit.low > 0.0:
            said = "Decision: run the campaign; it surely earns more than it costs."
        elif profit.high < 0.0:
            said = "Decision: keep the money; with no campaign at all nothing would be lost."
        else:
            said = "Decision: open; whether the campaign earns more than it costs is not sure."
        if incentive is not None and incentive.profit.high < 0.0:
            lost = mean(-incentive.profit.mean, money)
            said += f" Its {incentive.what} alone costs {lost} more than it brings."
        return said

    def table(self) -> pd.DataFrame:
        """A row a quantity: group, name, value, low, high."""
        return self.tables()["table"].drop(columns="form")

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; what is not defined is None."""
        return plain(
            {
                "scenario": self.scenario.name,
                "sentence": self.sentence,
                "decision": self.decision or None,
                "replicates": self.replicates,
                "seed": self.seed,
                "world": self.world,
                "level": self.level,
                "costs": self.costs,
                "returns": self.returns,
                "incentive": self.incentive,
                "broadcast": self.beside,
                "break_even": self.break_even,
                "present_value": self.value,
                "risk": self.risk,
                **told(self.unknown),
            }
        )

    def document(self) -> Document:
        """What it costs, is worth and may lose, in a table."""
        name, beside, lines = self.scenario.name, self.beside, self._items()
        options = {
            "replicates": self.replicates, "seed": self.seed, "world": self.world,
            "discount_rate": self.value.rate, "level": self.level,
            "cost_per_thousand": None if beside is None else beside.cost_per_thousand,
            "breaks_even": self.break_even is not None,
        }  # fmt: skip
        return Document(
            kind=self.kind,
            title=f"Economics of {name}, {self.replicates:,} worlds from seed {self.seed}",
            sentence=self.sentence,
            question="What does the campaign cost, what is it worth, and what may go wrong?",
            numbers=self._numbers(),
            picture=Figure(
                "Profit over the worlds, and by how many pass it on.",
                draw=self.plot,
                narrow=self.stacked,
            ),
            sections=[*shown.sections(lines, self.level), *sections(self.unknown)],
            details=[*shown.unbounded(lines), f"{self.replicates:,} worlds from seed {self.seed}"],
            hint="`.plot()` shows it, `.table()` has all of it, `.save(folder)` keeps it with a "
            "report.",
            facts=[("Scenario", name), *seeds(self.replicates, self.seed, self.world)],
            python=called("wom.economics", [opened(self.unknown)], options),
            files=shown.FILES,
        )

    def _numbers(self) -> list[Number]:
        """What an incentive adds, what the campaign is worth, may lose and costs a conversion."""
        money = in_currency("money", self.scenario)
        value, loss, cost = self.value, self.risk.loss, self.costs["cost_per_conversion"]
        told = [
            _money("Net present value", value.value, "Gross profit less cost.", money),
            Number("Chance of a loss", percent(loss.share), f"Of {loss.replicates:,} worlds."),
        ]
        incentive = self.incentive
        if incentive is not None and incentive.acts:
            label = f"The {incentive.what} adds"
            told.insert(0, _money(label, incentive.profit, "Profit, in the same worlds.", money))
        if not math.isnan(cost.value):
            told.append(_money("Cost per conversion", cost, "Mean cost by mean number.", money))
        without = "Against the same campaign in which nobody passes anything on."
        return [*told, Number("Word of mouth adds", mean(value.whole.mean, money), without)]

    def plot(self) -> Picture:
        """Profit in a picture: over the replicates, and by share rate."""
        return self._drawn(narrow=False)

    def stacked(self) -> Picture:
        """The same for a telephone."""
        return self._drawn(narrow=True)

    def _drawn(self, *, narrow: bool) -> Picture:
        note = f"{self.scenario.name}, {self.replicates} worlds from seed {self.seed}"
        return shown.profit(
            self.sentence, note, self.numbers("profit"), self.risk.worst, self.break_even,
            unit_of(self.scenario), narrow=narrow,
        )  # fmt: skip

    @property
    def about(self) -> Scenario:
        """The campaign."""
        return self.scenario

    def tables(self) -> dict[str, pd.DataFrame]:
        """The table with how each number is written, and the books of each campaign."""
        import pandas as pd

        each = [
            {"scenario": name, "replicate": k, **numbers}
            for name, books in self.books.items()
            for k, numbers in enumerate(books)
        ]
        return {"table": pd.DataFrame(self._items()), "replicates": pd.DataFrame(each)}

    def _items(self) -> list[shown.Item]:
        found = shown.items(
            self.costs, self.returns, self.incentive, self.beside, self.break_even, self.value,
            self.risk,
        )  # fmt: skip
        return [each._replace(form=in_currency(each.form, self.scenario)) for each in found]


def _money(label: str, found: Spanned, else_: str, money: str) -> Number:
    said = bounds(found.low, found.high, money)
    return Number(label, mean(found[0], money), f"Between: {said}." if said else else_)
