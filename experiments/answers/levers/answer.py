"""What levers are owed: gains and interactions of each replicate, told with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...estimates.interval import Estimate, estimate
from ...show.document import Document
from ...show.framed import called, seeds
from ...show.numbers import interval
from ...vocabulary.outcomes import outcome as known
from ..answer import Answer
from ..price import COST, MONEY, Deal, deals_of
from ..unknown import Unknown, brief, opened, sections, told
from . import shown
from .shapley import EXACT

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture


@dataclass(frozen=True, eq=False, repr=False)
class Attribution(Answer):
    """What each lever is owed; `levers` makes it.

    Where an outcome has no value under some combination, such as the cost of a conversion where
    nobody bought, what is owed has none either: such a replicate is left out of all means of that
    outcome alike, so that these add up too.

    Attributes
    ----------
    scenario
        The base: no lever is pulled.
    levers
        The changes of each lever by its name.
    outcomes
        What was measured: the outcome that was asked, profit, and cost.
    before, after
        float64 ``[replicate, outcome]``: with no lever, and with all.
    gains
        float64 ``[replicate, lever, outcome]``: the Shapley value of each lever; over the levers
        they add up to ``after - before``.
    pairs
        float64 ``[replicate, lever, lever, outcome]``: the interaction index of each two; None
        where not all combinations were run.
    campaigns
        How many were run.
    seed, level
        The seed of replicate 0, and the level of the intervals.
    world
        The seed of the world, if it is one for all replicates.
    unknown
        As in a `Diagnosis`.
    """

    kind: ClassVar[str] = "levers"

    scenario: Scenario
    levers: dict[str, dict[str, Any]]
    outcomes: tuple[str, ...]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    gains: NDArray[np.float64]
    pairs: NDArray[np.float64] | None
    campaigns: int
    seed: int
    level: float
    world: int | None = None
    unknown: Unknown | None = None

    def gain(self, lever: str, outcome: str | None = None) -> Estimate:
        """What a lever is owed: mean and interval over the replicates.

        Raises
        ------
        InputError
            If there is no such lever, or the outcome was not measured.
        """
        if lever not in self.levers:
            raise InputError(f"{lever!r} is no lever; give one of {', '.join(self.levers)}.")
        return self._over(self.gains[:, list(self.levers).index(lever)], outcome)

    def base(self, outcome: str | None = None) -> Estimate:
        """The outcome with no lever."""
        return self._over(self.before, outcome)

    def whole(self, outcome: str | None = None) -> Estimate:
        """What all levers together add."""
        return self._over(self.after - self.before, outcome)

    def table(self, outcome: str | None = None) -> pd.DataFrame:
        """A row a lever, the largest gain first: gain, low, high, and its share of the whole."""
        import pandas as pd

        whole = self.whole(outcome).mean
        gains = [self.gain(name, outcome) for name in self.levers]
        rows = [(e.mean, e.low, e.high, e.mean / whole if whole else np.nan) for e in gains]
        names = pd.Index(list(self.levers), name="lever")
        table = pd.DataFrame(rows, index=names, columns=["gain", "low", "high", "share"])
        return table.sort_values("gain", ascending=False, kind="stable")

    def interactions(self, outcome: str | None = None) -> pd.DataFrame:
        """A row for each two levers, the strongest first: index, low, high.

        Above 0 the two add more together than each by itself; below 0 one does what the other
        would have done.

        Raises
        ------
        InputError
            If not all combinations were run.
        """
        import pandas as pd

        if self.pairs is None:
            raise InputError(
                f"interactions take every combination, and {len(self.levers)} levers have too "
                f"many; give {EXACT} levers at most."
            )
        rows = [(*both, found.mean, found.low, found.high) for *both, found in self._both(outcome)]
        return pd.DataFrame(rows, columns=["first", "second", "index", "low", "high"])

    @property
    def sentence(self) -> str:
        """What the levers do, in one plain sentence."""
        asked, whole = known(self.outcomes[0]).in_currency_of(self.scenario), self.whole()
        noun = asked.noun(self.scenario)
        gains = {name: self.gain(name) for name in self.levers}
        if whole.replicates == 0:
            return f"{noun.capitalize()} has no value under all combinations in any replicate."
        change = "Together the levers change" if len(gains) > 1 else f"{next(iter(gains))} changes"
        parts = [f"{change} {noun} by {interval(whole, asked.form)}"]
        if not whole.sure:
            parts[0] += ", which may be luck" if whole.moved else ", which is nothing at all"
        if len(gains) > 1:
            parts += shown.largest(gains, whole, asked.form)
            parts += shown.for_money(self.deals, asked)
        if self.outcomes[0] != MONEY:
            parts.append(f"in money it comes to {interval(self.whole(MONEY), asked.money)}")
        return " ".join(filter(None, ("; ".join(parts) + ".", brief(self.unknown), self.decision)))

    @property
    def decision(self) -> str:
        """Which levers to pull for the money they earn, or none; empty where nothing is sold."""
        sums = (self.before + self.after)[:, [self._place(MONEY), self._place(COST)]].sum(axis=1)
        profits = {name: self.gain(name, MONEY) for name in self.levers}
        return shown.decided(profits, self.deals) if np.nan_to_num(sums).any() else ""

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; what is not defined is None."""

        def of(name: str) -> dict[str, Any]:
            return {
                "before": self.base(name).to_dict()["mean"],
                "after": self._over(self.after, name).to_dict()["mean"],
                "difference": self.whole(name).to_dict(),
                "levers": [
                    {"lever": lever, **self.gain(lever, name).to_dict()}
                    for lever in self.table(name).index
                ],
                "interactions": None
                if self.pairs is None
                else self.interactions(name).to_dict(orient="records"),
            }

        return {
            "scenario": self.scenario.name,
            "outcome": self.outcomes[0],
            "sentence": self.sentence,
            "decision": self.decision or None,
            "replicates": len(self.before),
            "campaigns": self.campaigns,
            "seed": self.seed,
            "world": self.world,
            "level": self.level,
            "exact": self.pairs is not None,
            "changes": self.levers,
            "unpriced": {name: deal.unpriced for name, deal in self.deals.items()},
            "outcomes": {name: of(name) for name in self.outcomes},
            **told(self.unknown),
        }

    def document(self) -> Document:
        """What each lever sets, and what it is owed in each outcome."""
        worlds, name, steps = len(self.before), self.scenario.name, self._steps()
        pairs = "" if self.pairs is None or len(self.levers) < 2 else ", `.interactions()`"
        options = {
            "outcome": self.outcomes[0], "replicates": worlds, "seed": self.seed,
            "world": self.world, "level": self.level,
        }  # fmt: skip
        return Document(
            kind=self.kind,
            title=f"Levers of {name}, {worlds:,} worlds from seed {self.seed}, "
            f"{self.campaigns:,} campaigns",
            sentence=self.sentence,
            question="Of several changes, which adds how much to "
            f"{steps[0].outcome.noun(self.scenario)}?",
            numbers=shown.numbers(steps),
            sections=[
                shown.what_they_set(self.levers),
                *chain.from_iterable(
                    (shown.owed(each, self.level), shown.together(each)) for each in steps
                ),
                *sections(self.unknown),
                *shown.at_its_cost(self.deals, steps[0].outcome),
                shown.how_to_read(self.level),
            ],
            details=[f"{self.campaigns:,} campaigns from seed {self.seed}"],
            hint=f"`.plot()` shows it, `.table()`{pairs} and `.replicates` are tables, "
            "`.save(folder)` keeps it with a report.",
            facts=[
                ("Scenario", name), *seeds(worlds, self.seed, self.world),
                ("Campaigns", f"{self.campaigns:,}"),
            ],
            python=called("wom.levers", [opened(self.unknown), repr(self.levers)], options),
            files=shown.FILES,
        )  # fmt: skip

    def plot(self) -> Picture:
        """The levers as a waterfall, from the base to the scenario with all of them."""
        some = f"{len(self.before)} replicates from seed {self.seed}"
        return shown.waterfall(self.sentence, f"{self.scenario.name}, {some}", self._steps())

    def _steps(self) -> list[shown.Steps]:
        """Each outcome, step by step."""
        return [
            shown.Steps(
                outcome=known(name).in_currency_of(self.scenario),
                base=self.base(name),
                whole=self.whole(name),
                gains={str(lever): self.gain(str(lever), name) for lever in self.table(name).index},
                pairs=self._both(name),
            )
            for name in dict.fromkeys((self.outcomes[0], MONEY))  # cost stands beside them
        ]

    @property
    def deals(self) -> dict[str, Deal]:
        """What each lever is owed in the outcome and in cost, and what nothing charges for."""
        return deals_of(self.scenario, self.levers, self.gain)

    @property
    def about(self) -> Scenario:
        """The base."""
        return self.scenario

    def tables(self) -> dict[str, pd.DataFrame]:
        """What each lever is owed, in each replicate too, and the interactions where known."""
        import pandas as pd

        each = [self.table(name).reset_index().assign(outcome=name) for name in self.outcomes]
        tables = {"replicates": self.replicates, "levers": pd.concat(each, ignore_index=True)}
        if self.pairs is not None and len(self.levers) > 1:
            both = [self.interactions(name).assign(outcome=name) for name in self.outcomes]
            tables["interactions"] = pd.concat(both, ignore_index=True)
        return tables

    @property
    def replicates(self) -> pd.DataFrame:
        """A row a replicate, lever and outcome: what the lever is owed."""
        import pandas as pd

        parts = [range(len(self.before)), list(self.levers), self.outcomes]
        index = pd.MultiIndex.from_product(parts, names=["replicate", "lever", "outcome"])
        return pd.DataFrame({"gain": self.gains.ravel()}, index=index).reset_index()

    def _both(self, outcome: str | None) -> list[tuple[str, str, Estimate]]:
        """The interaction of each two levers, the strongest first; none where none is known."""
        if self.pairs is None:
            return []
        both = combinations(enumerate(self.levers), 2)
        found = [
            (first, second, self._over(self.pairs[:, i, j], outcome))
            for (i, first), (j, second) in both
        ]
        return sorted(found, key=lambda each: -abs(each[2].mean))

    def _over(self, values: NDArray[np.float64], outcome: str | None) -> Estimate:
        """Of ``[replicate, outcome]``, over the replicates in which every lever is owed a value."""
        place = self._place(outcome)
        valued = ~np.isnan(self.gains[..., place]).any(axis=1)
        return estimate(values[valued, place], self.level)

    def _place(self, outcome: str | None) -> int:
        name = self.outcomes[0] if outcome is None else known(outcome).name
        if name not in self.outcomes:
            raise InputError(
                f"outcome = {outcome!r} was not measured; give one of {', '.join(self.outcomes)}."
            )
        return self.outcomes.index(name)
