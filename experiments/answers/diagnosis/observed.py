"""What a diagnosis keeps of a campaign, so that the campaign itself can be let go."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim import state as s
from ....sim.parameters import Scenario
from ....sim.result import NOBODY, Result
from ....sim.world import ROLES
from ...estimates.interval import Estimate
from ...estimates.paired import difference
from ...vocabulary.outcomes import outcome
from ...worlds.variant import Variant
from ...worlds.worlds import Worlds
from ..economics.books import pays_up_to
from .stages import HANDLES

# Outcomes that are counts of a step, and so can be told by role, hop, content and channel.
STEP_OF: Final = {
    "conversions": s.CONVERTED,
    "clicks": s.CLICKED,
    "shares": s.SHARED,
    "reshares": s.RESHARED,
    "new_fans": s.FOLLOWED,
    "likes": s.LIKED,
    "comments": s.COMMENTED,
    "thanks": s.THANKED,
}


# Worlds from which on there is an interval, and so something to tell.
FEWEST: Final = 2
# Worlds in which an amount of money is turned into what it buys; how near to the amount is near
# enough, and from where on it cannot be spent so.
TRIALS: Final = 12
NEAR: Final = 0.03
FAR: Final = 0.25


class Observation(NamedTuple):
    """What is kept of one campaign.

    Attributes
    ----------
    value
        The outcome.
    cost
        The sum of the ledger.
    passed
        int64 ``[handle, 2]``: how many took each stage, and how many could.
    parts
        For each way of breaking down, events by ``[step, part]`` and the parts' names; by segment,
        where there are any, people.
    trace
        A fingerprint: equal where every decision was the same.
    profit, gross, revenue, sold
        What was left of the revenue when what was sold was made and the campaign paid for; before
        it was paid for; the revenue; and the transactions, purchases made again not counted among
        them.
    most
        How many posts would arrive if everybody passed on everything.
    """

    value: float
    cost: float
    passed: NDArray[np.int64]
    parts: dict[str, tuple[NDArray[np.int64], tuple[str, ...]]]
    trace: int
    profit: float
    gross: float
    revenue: float
    sold: float
    most: float = 0.0


@dataclass(frozen=True)
class Observer:
    """Keeps of a result what a diagnosis of an outcome asks for."""

    outcome: str

    def __call__(self, result: Result) -> Observation:
        """What is kept of this result."""
        passed = [(handle.did(result), handle.could(result)) for handle in HANDLES.values()]
        events = result.counts[result.ours, ..., 0]
        messages = events.sum(axis=(2, 3)).T
        own = [post for post, is_own in zip(result.posts, result.ours, strict=True) if is_own]
        labels = zip(result.labels("channel"), result.ours, strict=True)
        channels = [name or "" for name, is_own in labels if is_own]
        parts = {
            "role": (events.sum(axis=(0, 3)), ROLES),
            "hop": (events.sum(axis=(0, 2)), tuple(map(str, range(s.HOPS)))),
            "content": _grouped(messages, [post.type for post in own]),
            "channel": _grouped(messages, channels),
        }
        if "segment" in result.about:
            parts["segment"] = _by_segment(result)
        return Observation(
            value=outcome(self.outcome).of(result),
            cost=float(result.kpis["cost"]),
            passed=np.array(passed, np.int64),
            parts=parts,
            trace=result.trace,
            profit=float(result.kpis["profit"]),
            gross=float(result.kpis["gross_profit"]),
            revenue=float(result.kpis["revenue"]),
            sold=float(result.kpis["conversions"]),
            most=float(len(result.posts) * result.network["arcs"]),
        )


class OutOfTimeError(Exception):
    """The time is over before as many worlds were run as something takes to be told."""


@dataclass(frozen=True)
class Bench:
    """Where a diagnosis tries things out: all in the same worlds.

    Attributes
    ----------
    scenario, observer
        What is diagnosed, and what keeps something of each campaign.
    worlds
        Where they are run.
    deadline
        A time of `time.monotonic` at which all is to be done; None: it may take as long as it does.
    pace
        Seconds that a campaign takes: no world is begun that would not be done in time.
    """

    scenario: Scenario
    observer: Observer
    worlds: Worlds
    deadline: float | None = None
    pace: float = 0.0

    def run(
        self,
        scenarios: Mapping[str, Scenario | Variant],
        replicates: int,
        least: int | None = None,
        known: Sequence[Observation] = (),
    ) -> dict[str, list[Observation]]:
        """The first replicates of each scenario: all of them, or those that there is time for.

        Parameters
        ----------
        scenarios, replicates
            Of which, and how many.
        least
            How few will do; all if None.
        known
            Of one scenario, what is known of its first replicates: they are not run again.

        Raises
        ------
        OutOfTimeError
            If there was no time for so many.
        """
        if not scenarios:
            return {}
        numbers = range(len(known), replicates)
        last = None if self.deadline is None else self.deadline - self.pace * len(scenarios)
        told = self.worlds.each(
            scenarios, self.observer, numbers, deadline=last, stop=self.deadline
        )
        rows = [*([each] for each in known), *told]
        if len(rows) < (replicates if least is None else min(least, replicates)):
            raise OutOfTimeError
        return {name: [row[k] for row in rows] for k, name in enumerate(scenarios)}


def _by_segment(result: Result) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """People of each segment who took each step, whatever the message."""
    of = result.about["segment"]
    names = (*result.scenario.segments, *sorted({*of.tolist()} - {*result.scenario.segments, ""}))
    groups = [of == name for name in (*names, "")]
    table = [
        [int(((result.steps >> step) & 1)[group].sum()) for group in groups]
        for step in range(s.STEPS)
    ]
    return np.array(table, np.int64), (*names, NOBODY)


def _grouped(
    events: NDArray[np.int64], names: list[str]
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Events by step and message, summed over messages of one name."""
    parts = tuple(dict.fromkeys(names))
    belongs = np.array([[name == part for part in parts] for name in names], np.int64)
    return events @ belongs.reshape(len(names), len(parts)), parts


def values_of(rows: list[Observation]) -> NDArray[np.float64]:
    """The outcome in each campaign."""
    return np.array([row.value for row in rows], np.float64)


def gain_of(rows: list[Observation], base: list[Observation]) -> Estimate:
    """What campaigns gain over others in the same worlds, as far as both were run."""
    few = min(len(rows), len(base))
    return difference(values_of(rows[:few]), values_of(base[:few]))


def cost_of(rows: list[Observation], base: list[Observation]) -> Estimate:
    """What campaigns cost more than others in the same worlds, as far as both were run."""
    pairs = list(zip(rows, base, strict=False))
    return difference([row.cost for row, _ in pairs], [row.cost for _, row in pairs])


def profit_of(rows: list[Observation], base: list[Observation]) -> Estimate:
    """How much more profit campaigns make than others in the same worlds."""
    pairs = list(zip(rows, base, strict=False))
    return difference([row.profit for row, _ in pairs], [row.profit for _, row in pairs])


def earned(rows: list[Observation]) -> float:
    """What a conversion leaves, purchases made again included; nan where there is no revenue.

    It is 0 or less where every sale loses money: then money is asked for all the same, and kept.
    """
    if not any(row.revenue > 0.0 for row in rows):
        return math.nan
    return pays_up_to([row.gross for row in rows], [row.sold for row in rows]).value


def mean_cost(rows: list[Observation]) -> float:
    """What a campaign costs on average."""
    return float(np.mean([row.cost for row in rows]))


def rate_of(rows: list[Observation], stage: str) -> float:
    """Of all who could take a stage in all campaigns, the part that did; nan if nobody could."""
    place = list(HANDLES).index(stage)
    did, could = np.sum([row.passed[place] for row in rows], axis=0).tolist()
    return did / could if could else math.nan


def known(value: float) -> float:
    """A value to rank by: what is not defined comes last."""
    return -math.inf if math.isnan(value) else value
