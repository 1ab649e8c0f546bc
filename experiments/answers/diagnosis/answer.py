"""A diagnosis: which stage holds a campaign back, what each would bring, and what helps there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...estimates.interval import Estimate
from ...vocabulary.outcomes import Outcome
from .gain import RemedyGain, StageGain
from .kept import BY
from .naive import Naive

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Diagnosis:
    """What holds a campaign back.

    Attributes
    ----------
    scenario, outcome
        What was asked of what.
    step, spend
        The common factor of the odds, and the common amount of money.
    base
        The outcome as the campaign is.
    stages
        Ranked: what helps most first, and last those that cannot change anything.
    ahead
        By how much the first stage's gain is ahead of the second's, in pairs; None of one.
    rivals
        Stages that are not surely behind the first, in all these comparisons together.
    remedies
        For the top three stages, the best first.
    naive
        The largest drop of the funnel; None if nobody gets into it.
    replicates, seed, world
        How many worlds, from which seed.
    budget
        How the number of replicates came about, in a sentence.
    """

    scenario: Scenario
    outcome: Outcome
    step: float
    spend: float
    base: Estimate
    stages: tuple[StageGain, ...]
    ahead: Estimate | None
    rivals: tuple[str, ...]
    remedies: tuple[RemedyGain, ...]
    naive: Naive | None
    replicates: int
    seed: int
    world: int | None
    budget: str

    def __repr__(self) -> str:
        return f"<Diagnosis of {self.scenario.name!r}: {self.sentence}>"

    def __getitem__(self, stage: str) -> StageGain:
        """The gain at a stage.

        Raises
        ------
        InputError
            If there is no such stage.
        """
        for each in self.stages:
            if each.stage == stage:
                return each
        names = ", ".join(each.stage for each in self.stages)
        raise InputError(f"stage = {stage!r} is no stage; give one of {names}.")

    @property
    def noun(self) -> str:
        """What is counted, in words."""
        return self.outcome.noun(self.scenario)

    @property
    def good(self) -> int:
        """1 if more of the outcome is better, -1 if less is."""
        return -1 if self.outcome.direction < 0 else 1

    @property
    def bottleneck(self) -> StageGain | None:
        """The stage whose improvement helps most; None if at no stage that is sure.

        None is an answer: ask whether there is one before asking which. `stages` are ranked all
        the same, and more replicates or a larger step may tell.
        Sure in all stages that were turned together: see `Estimate.surely`.
        """
        first, turned = self.stages[0], sum(not each.idle for each in self.stages)
        return first if not first.idle and first.gain.surely(self.good, turned) else None

    @property
    def agrees(self) -> bool:
        """Whether the largest drop in the funnel is the bottleneck."""
        first = self.bottleneck
        return first is not None and self.naive is not None and self.naive.stage == first.stage

    @property
    def sentence(self) -> str:
        """The diagnosis in plain words: the bottleneck, and whether the funnel shows it."""
        from .words import sentence

        return sentence(self)

    def table(self) -> pd.DataFrame:
        """A row a stage, ranked: rate, gain and interval, opened, bought."""
        import pandas as pd

        return pd.DataFrame([_flat(each) for each in self.stages]).set_index("stage")

    def by(self, part: str) -> pd.DataFrame:
        """Each stage by role, hop, content or channel: rate, gain and its interval.

        Raises
        ------
        InputError
            If it is another word.
        """
        import pandas as pd

        if part not in BY:
            raise InputError(f"by = {part!r} is not allowed; give one of {', '.join(BY)}.")
        rows = [
            {
                "stage": each.stage,
                part: cell.part,
                "rate": cell.rate,
                **_interval("gain", cell.gain),
            }
            for each in self.stages
            for cell in each.parts
            if cell.by == part
        ]
        names = ["stage", part]
        columns = [*names, "rate", "gain", "gain_low", "gain_high"]
        return pd.DataFrame(rows, columns=columns).set_index(names)

    def helped(self) -> pd.DataFrame:
        """A row a remedy: source, stages, gain and cost with intervals, and what to type."""
        import pandas as pd

        rows = [
            {
                "remedy": each.remedy,
                "source": each.source,
                "stages": ", ".join(each.stages),
                **_interval("gain", each.gain),
                **_interval("cost", each.cost),
                "settings": " ".join(each.settings),
            }
            for each in self.remedies
        ]
        names = ("gain", "gain_low", "gain_high", "cost", "cost_low", "cost_high")
        columns = ["remedy", "source", "stages", *names, "settings"]
        return pd.DataFrame(rows, columns=columns).set_index("remedy")

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; None where there is no number."""
        naive = None if self.naive is None else self.naive._asdict()
        return {
            "scenario": self.scenario.name,
            "outcome": self.outcome.name,
            "sentence": self.sentence,
            "step": self.step,
            "spend": self.spend,
            "seed": self.seed,
            "world": self.world,
            "replicates": self.replicates,
            "budget": self.budget,
            "base": self.base.to_dict(),
            "bottleneck": None if self.bottleneck is None else self.bottleneck.stage,
            "stages": [each.to_dict() for each in self.stages],
            "ahead": None if self.ahead is None else self.ahead.to_dict(),
            "rivals": list(self.rivals),
            "remedies": [each.to_dict() for each in self.remedies],
            "naive": naive,
            "agrees": self.agrees,
        }

    def plot(self) -> Figure:
        """The gains as a tornado, and the funnel's losses beside them."""
        from .pictures import diagnosis

        return diagnosis(self)

    def save(self, folder: str | Path, *, command: str | None = None) -> Path:
        """Write it to a folder, aside first and then renamed; see `shelf` for the files."""
        from ..old_keep import shelve

        tables = {
            "stages": self.table().reset_index(),
            "remedies": self.helped().reset_index(),
            **{part: self.by(part).reset_index() for part in BY},
        }
        return shelve(
            folder, "diagnosis", self.to_dict(), tables, self.plot(), self.scenario,
            command=command,
        )  # fmt: skip

    def _repr_html_(self) -> str:
        from .cards import diagnosis

        return diagnosis(self)


def _flat(each: StageGain) -> dict[str, Any]:
    bought = each.bought
    return {
        "stage": each.stage,
        "rate": each.rate,
        **_interval("gain", each.gain),
        **_interval("opened", each.opened),
        "buys": each.no_price if bought is None else bought.what,
        **_interval("spent", None if bought is None else bought.spent),
        **_interval("bought", None if bought is None else bought.gain),
        "pairing": each.pairing,
        "idle": each.idle,
    }


def _interval(name: str, found: Estimate | None) -> dict[str, float]:
    known = (math.nan, math.nan, math.nan) if found is None else found[:3]
    return dict(zip((name, f"{name}_low", f"{name}_high"), known, strict=True))
