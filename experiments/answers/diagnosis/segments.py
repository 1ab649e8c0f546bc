"""Which segment holds a campaign back, at which stage: each is turned alone, in the same worlds."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....sim import state as s
from ....sim.parameters import Scenario
from ....sim.result import NOBODY
from ...estimates.interval import Estimate, plain
from ...show.cells import Rate, changed
from ...show.document import IN_FULL, Section, Table
from ...show.numbers import mean
from ...vocabulary.outcomes import Outcome
from ...worlds.variant import Variant
from .observed import FEWEST, Bench, Observation, gain_of, known

if TYPE_CHECKING:
    import pandas as pd

# Stages at which people of a segment may differ: the offset there, who took it, who could.
STAGES: Final = {
    "share": ("base", s.SHARED, s.NOTICED_FIRST),
    "click": ("click", s.CLICKED, s.NOTICED),
    "convert": ("convert", s.CONVERTED, s.FOUND),
}


@dataclass(frozen=True)
class SegmentGain:
    """What improving one stage for the people of one segment alone brings.

    Attributes
    ----------
    segment, stage
        Whose, and where; at `share` re-shares are improved too.
    could
        How many of the segment could take the stage, on average.
    rate
        The part of them that does now; nan if nobody could.
    gain
        The change of the outcome by the common step in their odds.
    """

    segment: str
    stage: str
    could: float
    rate: float
    gain: Estimate

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return plain(vars(self))

    def row(self) -> dict[str, Any]:
        """A row of a table."""
        return {
            "segment": self.segment, "stage": self.stage, "could": self.could, "rate": self.rate,
            "gain": self.gain.mean, "gain_low": self.gain.low, "gain_high": self.gain.high,
        }  # fmt: skip


def turned(
    base: list[Observation], idle: Mapping[str, str], asked: Collection[str]
) -> list[tuple[str, str]]:
    """The segments and stages that can be turned: those with people, where something can act.

    Of those that a table alone names there may be hundreds, a campaign each in every world: they
    are left to `Result.breakdown`.
    """
    if "segment" not in base[0].parts:
        return []
    names = [name for name in base[0].parts["segment"][1] if name != NOBODY and name in asked]
    stages = [stage for stage in STAGES if not idle[stage]]
    if not idle["reshare"] and "share" not in stages:
        stages.insert(0, "share")
    return [(name, stage) for name in names for stage in stages]


def by_segment(
    bench: Bench, base: list[Observation], which: list[tuple[str, str]], step: float, good: int
) -> tuple[tuple[SegmentGain, ...], int]:
    """Turn each segment at each stage, what helps most first; and in how many worlds it was."""
    scenarios = {
        f"{name}\n{stage}": Variant(
            bench.scenario,
            partial(_improved, segment=name, what=STAGES[stage][0], offset=math.log(step)),
        )
        for name, stage in which
    }
    rows = bench.run(scenarios, len(base), FEWEST)
    found = []
    for name, stage in which:
        _, did, could = STAGES[stage]
        place = base[0].parts["segment"][1].index(name)
        took, able = (
            float(np.mean([row.parts["segment"][0][step, place] for row in base]))
            for step in (did, could)
        )
        rate = took / able if able else math.nan
        gain = gain_of(rows[f"{name}\n{stage}"], base)
        found.append(SegmentGain(name, stage, able, rate, gain))
    ranked = tuple(sorted(found, key=lambda each: -known(good * each.gain.mean)))
    return ranked, min(map(len, rows.values()), default=len(base))


def _improved(scenario: Scenario, *, segment: str, what: str, offset: float) -> Scenario:
    """The scenario in which the people of one segment have better odds; a name may hold a point."""
    tables = scenario.to_dict()
    own = tables["segments"].setdefault(segment, {})
    own[what] = min(own.get(what, 0.0) + offset, 50.0)
    return Scenario(**tables)


def segmented(
    noun: str, outcome: Outcome, better: str, segments: Sequence[SegmentGain]
) -> list[Section]:
    """The segments, ranked by what the step brings for each alone; nothing where there are none."""
    if not segments:
        return []
    rows = [
        (
            each.segment,
            each.stage,
            mean(each.could, "count"),
            Rate(each.rate),
            changed(each.gain, outcome.form, outcome.good),
        )
        for each in segments
    ]
    head = ("Segment", "Stage", "Could", "Rate now", f"Their odds +{better}")
    caption = f"What improving a stage for one segment alone does to {noun}"
    table = Table(caption, head, rows, most=12)
    note = "Of each segment the people who could take a stage, and the part of them that does."
    return [Section("The segments, ranked", [table], note, IN_FULL)]


def table_of(segments: Sequence[SegmentGain]) -> pd.DataFrame:
    """A row a segment and stage, ranked."""
    import pandas as pd

    columns = ["segment", "stage", "could", "rate", "gain", "gain_low", "gain_high"]
    rows = [each.row() for each in segments]
    return pd.DataFrame(rows, columns=columns).set_index(["segment", "stage"])
