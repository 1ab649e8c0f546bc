"""What is found beside the ranking: stages wide open, what money buys, remedies, segments.

Where there is a time by which all is to be done, what comes last (`budget.left_out_first`) is told
of fewer worlds, or left out.
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
from .budget import ARRIVALS, PARTS, TOP, WAYS, fewer, left_out_first
from .gains import CARRIED, Bought
from .observed import Bench, Observation, OutOfTimeError, earned, gain_of, known
from .remedies import Changes
from .segments import SegmentGain, by_segment, turned
from .spend import bought
from .stages import stepped
from .tried import at_the_same, remedied, valued
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
        Parts for which there was no time, or not for all that belongs to them.
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
    def untried(self) -> tuple[str, ...]:
        """In words, what there was no time for of that which a decision is made from."""
        whole = "remedies" in self.without and not self.remedies
        return tuple(
            self._named(part)
            for part in self.without
            if part in WAYS and not (whole and part == "same")
        )

    def _named(self, part: str) -> str:
        return f"the rest of {PARTS[part]}" if getattr(self, part, ()) else PARTS[part]

    @contextmanager
    def trying(self, part: str) -> Iterator[None]:
        """Take note of it where there is no time for a part."""
        try:
            yield
        except OutOfTimeError:
            if part not in self.without:
                self.without.append(part)

    def cut(self, part: str, run: Collection[int], worlds: int) -> None:
        """Take note of it where a part was run in fewer worlds, whether it had a value or not."""
        fewest = min(run, default=worlds)
        if fewest < worlds:
            self.short.append(f"{PARTS[part]} in {fewest:,} of the {worlds:,} worlds")

    @property
    def sentence(self) -> str:
        """What there was no time for; empty where there was time for all."""
        named = ", ".join(map(self._named, self.without))
        said = f" Left out for lack of time: {named}." if named else ""
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
    parts: Collection[str],
    base: list[Observation],
    ranked: Sequence[str],
    reasons: Mapping[str, str],
    outcome: Outcome,
    amount: float,
    step: float,
    *,
    spends: bool = False,
    left_out: Sequence[str] = (),
) -> Extras:
    """Find what was asked beside the ranking: first that which is left out last.

    Parameters
    ----------
    bench
        Where it is run, and by when.
    parts
        Which of `budget.PARTS`.
    base, ranked, reasons
        The campaign as it is, its stages, the first one first, and why others are idle.
    outcome, amount, step
        What is to be gained, the common amount of money, and the common factor of the odds.
    spends
        Whether somebody named that amount.
    left_out
        Parts for which there is no time, as is known before.
    """
    # A world runs beside another one, which may take longer than most.
    slow = replace(bench, pace=_SLACK * bench.pace)
    finder = _Finder(slow, base, ranked, reasons, outcome, amount, step)
    found = finder.found
    found.without.extend(left_out)
    find = {
        "remedies": finder.remedies, "same": finder.same, "bought": finder.bought,
        "opened": finder.opened, "segments": finder.segments,
    }  # fmt: skip
    for part in reversed(left_out_first(spends=spends)):
        if part in parts:
            with found.trying(part):
                find[part]()
    rate = {id(buys): known(outcome.good * buys.rate) for _, buys in found.bought}
    found.bought.sort(key=lambda each: -rate[id(each[1])])
    # Those that were run before the time was over are told of so many worlds.
    found.cut("bought", [buys.spent.replicates for _, buys in found.bought], len(base))
    buys = [each for _, each in found.bought]
    earns = not math.isnan(earned(base))
    found.remedies = valued(found.remedies, buys, outcome, earns=earns)
    return found


@dataclass
class _Finder:
    """Finds each part, and takes note of what it found; the attributes are those of `beside`."""

    bench: Bench
    base: list[Observation]
    ranked: Sequence[str]
    reasons: Mapping[str, str]
    outcome: Outcome
    amount: float
    step: float
    found: Extras = field(default_factory=Extras)
    tried: list[tuple[RemedyGain, Changes]] = field(default_factory=list)

    def remedies(self) -> None:
        self.tried = remedied(self.bench, self.ranked[:TOP], self.base)
        self.found.remedies = tuple(each for each, _ in self.tried)
        # A campaign always costs something, if only 0: so many worlds were run.
        run = [each.cost.replicates for each in self.found.remedies]
        self.found.cut("remedies", run, len(self.base))

    def same(self) -> None:
        measures = at_the_same(self.bench, self.amount, self.base, self.tried, self.outcome.good)
        for k, same in measures:
            told = list(self.found.remedies)
            told[k] = replace(told[k], same=same)
            self.found.remedies = tuple(told)

    def bought(self) -> None:
        for each in bought(self.bench, self.amount, self.base):
            self.found.bought.append(each)

    def opened(self) -> None:
        few = fewer(len(self.base))
        for name in self.ranked:
            # Each by itself, because some take a hundred times as long as others.
            longer = self.base[0].most / ARRIVALS if name in CARRIED else 0.0
            bench = replace(self.bench, pace=self.bench.pace + longer)
            with self.found.trying("opened"):
                wide = {name: improving(bench.scenario, name, math.inf)}
                rows = bench.run(wide, few, least=1)[name]
                self.found.opened[name] = gain_of(rows, self.base[:few])

    def segments(self) -> None:
        which = turned(self.base, self.reasons, self.bench.scenario.segments)
        self.bench.worlds.meter.expect(len(self.base) * len(which))
        if which:
            self.found.segments, run = by_segment(
                self.bench, self.base, which, self.step, self.outcome.good
            )
            self.found.cut("segments", [run], len(self.base))


def improving(scenario: Scenario, stage: str, factor: float) -> Variant:
    """A scenario with the odds of a stage so many times as high, to be made of each draw of it."""
    return Variant(scenario, partial(stepped, stage=stage, factor=factor))
