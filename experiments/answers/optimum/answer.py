"""What a search found and what fresh worlds say of it, to be shown and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ....sim.parameters import Scenario
from ...show.document import Document
from ...show.framed import called, seeds
from ..answer import Answer
from ..unknown import brief, opened, sections, told
from . import shown, words
from .judged import Judged

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture


@dataclass(frozen=True, eq=False, repr=False)
class Optimum(Judged, Answer):
    """The plan to choose; `optimise` makes it, and `Judged` says what it holds."""

    kind: ClassVar[str] = "optimum"

    @property
    def sentence(self) -> str:
        """What to do and what it brings, in plain sentences."""
        return " ".join(filter(None, (words.sentence(self), brief(self.unknown))))

    def document(self) -> Document:
        """What to do, what fresh worlds say of it, and what money brings."""
        worlds, name = self.fresh_today.value.size, self.scenario.name
        over = {lever.path: lever.text.partition("=")[2] for lever in self.levers}
        options = {
            "budget": self.budget, "outcome": self.outcome, "robust": self.judge.robust,
            "trials": len(self.tried) or None,
            "worlds": None if self.today is None else self.today.value.size, "fresh": worlds,
            "seed": self.seed, "world": self.world, "level": self.judge.level,
        }  # fmt: skip
        facts = seeds(worlds, self.seed + self.searched, self.world)
        return Document(
            kind=self.kind,
            title=f"Optimum of {name}, {len(self.tried):,} plans, {worlds:,} fresh worlds",
            sentence=self.sentence,
            question=f"Which plan makes the best of {self.measured.noun(self.scenario)}?",
            numbers=shown.numbers(self),
            sections=[*shown.sections(self), *sections(self.unknown)],
            details=[f"{self.campaigns:,} campaigns from seed {self.seed}"],
            hint="`.plot()` shows it, `.plan` is the scenario, `.table()` and `.frontier` are "
            "tables, `.save(folder)` keeps it with a report.",
            facts=[("Scenario", name), *facts, ("Campaigns", f"{self.campaigns:,}")],
            python=called("wom.optimise", [opened(self.unknown), repr(over)], options)
            if not self.draws or (self.unknown is not None and self.unknown.draws.source)
            else "",
            files=shown.FILES,
        )

    @property
    def about(self) -> Scenario:
        """The plan of today."""
        return self.scenario

    def others(self) -> dict[str, Scenario]:
        """The plan that is recommended, where it is another."""
        return {"scenario-best.toml": self.plan} if self.recommended else {}

    def extra(self) -> dict[str, bytes]:
        """The trials of the search."""
        return self.kept

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; what is not defined is None."""
        return {**words.told(self, self.sentence), **told(self.unknown)}

    def table(self) -> pd.DataFrame:
        """A row a plan of the search: its levers, what it was better by, and its mean cost."""
        return shown.table(self)

    @property
    def frontier(self) -> pd.DataFrame:
        """The best plans at a few levels of cost, in fresh worlds."""
        return shown.frontier(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The plans, the frontier, and what the next unit of money brings."""
        return {"plans": self.table(), "frontier": self.frontier, "marginal": shown.marginal(self)}

    def plot(self) -> Picture:
        """Every plan by cost and gain, with the frontier, today's plan and the best one."""
        return shown.cloud(self, self.sentence)
