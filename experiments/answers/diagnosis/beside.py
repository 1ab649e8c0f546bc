"""What is found beside the ranking: stages wide open, what money buys, remedies, segments.

Where there is a time by which all is to be done, what comes last is told of fewer worlds, or left
out.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from ....sim.parameters import Scenario
from ...estimates.interval import Estimate
from ...show.numbers import listed
from ...vocabulary.outcomes import Outcome
from ...worlds.variant import Variant
from .budget import PARTS, TOP, fewer
from .gains import Bought
from .observed import Bench, Observation, OutOfTimeError, earned, gain_of, known
from .segments import SegmentGain, by_segment, turned
from .spend import bought
from .stages import stepped
from .tried import remedied, valued
from .worth import RemedyGain

# Of two campaigns that run at a time, one may be long: that much more is left for the last ones.
_SLACK: Final = 1.5


@dataclass
class Extras:
    """What was found, and what there was no time for.

    Attributes
    ----------
    opened
        What each stage brings when it is opened as far as it goes, in fewer worlds.
    bought
        What the common amount of money buys, the most for it first, with the stages of each.
    remedies, segments
        As in a `Diagnosis`.
    without
        Parts that were left out.
    short
        Those that were told of fewer worlds, in words.
    """

    opened: dict[str, Estimate] = field(default_factory=dict)
    bought: list[tuple[tuple[str, ...], Bought]] = field(default_factory=list)
    remedies: tuple[RemedyGain, ...] = ()
    segments: tuple[SegmentGain, ...] = ()
    without: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)

    @property
    def late(self) -> bool:
        """Whether there was no time for the remedies."""
        return PARTS["remedies"] in self.without

    @contextmanager
    def trying(self, part: str) -> Iterator[None]:
        """Take note of it where there is no time for a part."""
        try:
            yield
        except OutOfTimeError:
            self.without.append(PARTS[part])

    def cut(self, part: str, run: Collection[int], worlds: int) -> None:
        """Take note of it where a part was run in fewer worlds, whether it had a value or not."""
        fewest = min(run, default=worlds)
        if fewest < worlds:
            self.short.append(f"{PARTS[part]} in {fewest:,} of the {worlds:,} worlds")

    @property
    def sentence(self) -> str:
        """What there was no time for; empty where there was time for all."""
        said = f" Left out for lack of time: {', '.join(self.without)}." if self.without else ""
        return said + (f" For lack of time, only {listed(self.short)}." if self.short else "")

    @property
    def at_stages(self) -> dict[str, Bought]:
        """What does most for its money at each stage, of what there is to buy."""
        best: dict[str, Bought] = {}
        for stages, buys in self.bought:
            for stage in stages:
                best.setdefault(stage, buys)
        return best


def beside(
    bench: Bench,
    also: Collection[str],
    base: list[Observation],
    ranked: Sequence[str],
    reasons: Mapping[str, str],
    outcome: Outcome,
    amount: float,
    step: float,
) -> Extras:
    """Find what was asked beside the ranking: first that which tells what to do.

    Parameters
    ----------
    bench
        Where it is run, and by when.
    also
        Which parts.
    base, ranked, reasons
        The campaign as it is, its stages, the first one first, and why others are idle.
    outcome, amount, step
        What is to be gained, the common amount of money, and the common factor of the odds.
    """
    found, worlds, meter = Extras(), len(base), bench.worlds.meter
    # A world runs beside another one, which may take longer than most.
    bench = replace(bench, pace=_SLACK * bench.pace)
    remedies: list[RemedyGain] = []
    if "remedies" in also:
        with found.trying("remedies"):
            remedies = remedied(bench, ranked[:TOP], base, outcome, amount)
        # A campaign always costs something, if only 0: so many worlds were run.
        found.cut("remedies", [each.cost.replicates for each in remedies], worlds)
    if "bought" in also:
        with found.trying("bought"):
            for each in bought(bench, amount, base):
                found.bought.append(each)
        rate = {id(buys): known(outcome.good * buys.rate) for _, buys in found.bought}
        found.bought.sort(key=lambda each: -rate[id(each[1])])
        found.cut("bought", [buys.spent.replicates for _, buys in found.bought], worlds)
    buys = [each for _, each in found.bought]
    found.remedies = valued(remedies, buys, outcome, earns=not math.isnan(earned(base)))
    if "opened" in also:
        few = fewer(worlds)
        wide = {name: improving(bench.scenario, name, math.inf) for name in ranked}
        with found.trying("opened"):
            rows = bench.run(wide, few, least=1)
            found.opened = {name: gain_of(each, base[:few]) for name, each in rows.items()}
    if "segments" in also:
        which = turned(base, reasons, bench.scenario.segments)
        meter.expect(worlds * len(which))
        with found.trying("segments"):
            if which:
                found.segments, run = by_segment(bench, base, which, step, outcome.good)
                found.cut("segments", [run], worlds)
    return found


def improving(scenario: Scenario, stage: str, factor: float) -> Variant:
    """A scenario with the odds of a stage so many times as high, to be made of each draw of it."""
    return Variant(scenario, partial(stepped, stage=stage, factor=factor))
