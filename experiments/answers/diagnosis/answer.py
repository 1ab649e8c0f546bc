"""A diagnosis: which stage holds a campaign back, what each would bring, and what helps there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...estimates.interval import Estimate, plain
from ...show.document import Document
from ...show.framed import called, seeds
from ...show.numbers import interval, listed, mean, percent, signed
from ...vocabulary.outcomes import Outcome
from ..answer import Answer
from ..unknown import Unknown, brief, opened, sections, told
from . import advice, shown
from .decision import decided
from .gains import BY, Bought, Naive, StageGain, by_part
from .segments import SegmentGain, segmented, table_of
from .worth import RemedyGain, as_table

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture


@dataclass(frozen=True, repr=False)
class Diagnosis(Answer):
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
    segments
        What the step brings for each segment alone, the best first; none where there are none.
    unknown
        Of a fit: which draws the worlds have, and what that leaves open.
    typed
        What begins the command that compares a change; empty if it was asked in Python.
    earned
        What one conversion leaves, purchases made again included; nan where there is no revenue.
    bought, untried
        What the common amount buys, the most for it first; what there was no time to try.
    """

    kind: ClassVar[str] = "diagnosis"

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
    segments: tuple[SegmentGain, ...] = ()
    unknown: Unknown | None = None
    typed: str = ""
    earned: float = math.nan
    bought: tuple[Bought, ...] = ()
    untried: tuple[str, ...] = ()

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
        return self.outcome.good

    @property
    def bottleneck(self) -> StageGain | None:
        """The stage whose improvement helps most; None if at no stage that is sure.

        None is an answer: ask whether there is one before asking which. `stages` are ranked all
        the same, and more replicates or a larger step may tell. See `Estimate.surely`.
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
        """What the bottleneck is, how sure that is, what a glance tells, and what to do."""
        said = self._held_back(), self._told_apart(), brief(self.unknown), self._funnel()
        return " ".join(filter(None, (*said, self.decision)))

    @property
    def decision(self) -> str:
        """What to do with the money; empty where nobody asked what would help."""
        tried = self.remedies, self.bought
        return decided(self.noun, self.outcome, *tried, self.earned, self.untried)

    def _held_back(self) -> str:
        first, name, some = self.bottleneck, self.scenario.name, f"{self.replicates:,}"
        if self.base.replicates == 0:
            return (
                f"What holds {name} back cannot be told: {self.noun} has no value in any of "
                f"{some} campaigns."
            )
        if first is None:
            return (
                f"What holds {name} back cannot be told from {some} "
                f"replicate{'' if self.replicates == 1 else 's'}: at no stage do odds "
                f"{self._better} better surely help {self.noun}."
            )
        return (
            f"What holds {name} back is {first.act} ({first.stage}): odds {self._better} better "
            f"there change {self.noun} by {interval(first.gain, self.outcome.form)}, from "
            f"{mean(self.base.mean, self.outcome.form)}."
        )

    def _told_apart(self) -> str:
        if self.bottleneck is None or not self.rivals:
            return ""
        form = self.outcome.form
        named = [f"{name} ({signed(self[name].gain.mean, form)})" for name in self.rivals]
        return f"In {self.replicates:,} replicates it cannot be told from {listed(named)}."

    def _funnel(self) -> str:
        drop = self.naive
        if drop is None or self.bottleneck is None:
            return ""
        there, unsure = self[drop.stage], drop.stage in self.rivals
        return shown.funnel(drop, there, self.noun, self.outcome, agrees=self.agrees, unsure=unsure)

    @property
    def _better(self) -> str:
        return percent(self.step - 1.0)

    def table(self) -> pd.DataFrame:
        """A row a stage, ranked: rate, gain and interval, opened, bought."""
        import pandas as pd

        return pd.DataFrame([each.row() for each in self.stages]).set_index("stage")

    def by(self, part: str) -> pd.DataFrame:
        """Each stage by role, hop, content, channel or segment: rate, gain and its interval.

        Raises
        ------
        InputError
            If it is another word.
        """
        return by_part(self.stages, part)

    def segmented(self) -> pd.DataFrame:
        """A row a segment and stage, ranked: who could, the rate, gain and its interval."""
        return table_of(self.segments)

    def helped(self) -> pd.DataFrame:
        """A row a remedy: source, stages, gain and cost with intervals, and what to type."""
        return as_table(self.remedies)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The stages, the remedies, and the stages by role, hop, content and channel."""
        found = {"stages": self.table(), "remedies": self.helped()}
        found |= {part: self.by(part) for part in BY if part != "segment" or self.segments}
        if self.segments:
            found["segments"] = self.segmented()
        return {name: table.reset_index() for name, table in found.items()}

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; None where there is no number."""
        return plain(
            {
                "scenario": self.scenario.name,
                "outcome": self.outcome.name,
                "sentence": self.sentence,
                "decision": self.decision or None,
                "earned": self.earned,
                "step": self.step,
                "spend": self.spend,
                "seed": self.seed,
                "world": self.world,
                "replicates": self.replicates,
                "budget": self.budget,
                "base": self.base,
                "bottleneck": None if self.bottleneck is None else self.bottleneck.stage,
                "stages": self.stages,
                "ahead": self.ahead,
                "rivals": self.rivals,
                "remedies": self.remedies,
                "bought": self.bought,
                "naive": self.naive,
                "agrees": self.agrees,
                **({"segments": self.segments} if self.segments else {}),
                **({"untried": self.untried} if self.untried else {}),
                **told(self.unknown),
            }
        )

    def plot(self) -> Picture:
        """The gains as a tornado, and the funnel's losses beside them."""
        return shown.tornado(
            self.sentence,
            f"{self.scenario.name}, {self.replicates:,} worlds from seed {self.seed}",
            self.noun, self.outcome, self._better, self.stages, self.bottleneck, self.naive,
        )  # fmt: skip

    def document(self) -> Document:
        """The bottleneck, the stages ranked, what would help, and how to read it."""
        sure, noun, outcome = self.bottleneck is not None, self.noun, self.outcome
        first, better = self.stages[0], self._better
        how = {
            "outcome": outcome.name, "step": self.step, "spend": self.spend,
            "replicates": self.replicates, "seed": self.seed, "world": self.world,
        }  # fmt: skip
        unsure = "" if sure else "`.bottleneck` is None: at no stage is it sure. "
        return Document(
            kind=self.kind,
            title=f"Diagnosis of {self.scenario.name}, {self.replicates:,} worlds from seed "
            f"{self.seed}",
            sentence=self.sentence,
            question=f"At which stage would an improvement add most {noun}?",
            numbers=shown.numbers(noun, outcome, better, self.base, first, self.remedies,
                                  sure=sure),
            sections=[
                shown.meaning(
                    noun, outcome, self.replicates, self.stages, self.bottleneck, self.rivals,
                    self.naive, self.remedies, self.spend, self.earned,
                ),
                shown.ranked(
                    noun, outcome, better, self.spend, self.base, self.stages,
                    earns=not math.isnan(self.earned),
                ),
                *shown.where(noun, outcome, first),
                *segmented(noun, outcome, better, self.segments),
                advice.would_help(
                    noun, outcome, self.remedies, self.spend, self.scenario, self.seed, self.world,
                    "" if self.unknown is None else self.unknown.draws.folder, self.typed,
                    self.earned,
                ),
                *sections(self.unknown),
                shown.READING,
            ],
            details=shown.details(self.seed, self.world, self.budget, first),
            hint=f"{unsure}`.plot()` shows it, `.table()` and `.helped()` are tables, "
            "`.by('role')` tells where, `.save(folder)` keeps it with a report.",
            facts=[
                ("Scenario", self.scenario.name), ("Outcome", noun), ("Step", f"odds +{better}"),
                *seeds(self.replicates, self.seed, self.world, self.budget),
            ],
            python=called("wom.diagnose", [opened(self.unknown)], how),
            files=shown.FILES,
        )  # fmt: skip

    @property
    def about(self) -> Scenario:
        """The scenario that was diagnosed."""
        return self.scenario
