"""How many campaigns a diagnosis takes, and so how its time is shared out."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any, Final, NamedTuple

from ....sim.parameters import Scenario
from ...worlds.until import More
from .remedies import remedies_for
from .same import ATTEMPTS
from .segments import STAGES
from .spend import TRIALS, purchases

# Stages whose remedies are tried.
TOP: Final = 3
# In one of so many worlds stages are opened; and so many values are tried to find what costs an
# amount.
_FEW: Final = 16
_SEARCHED: Final = 4
# Of the remedies, those that surely help at a price and can be had in another measure: measured.
_AGAIN: Final = 0.25


def fewer(replicates: int) -> int:
    """In how many worlds stages are opened: that changes so much that few show it, and slowly."""
    return min(replicates, max(4, replicates // _FEW))


class Runs(NamedTuple):
    """How many campaigns a diagnosis takes: in each world to rank and beside it, and once."""

    ranking: float
    beside: float
    once: float


def runs_of(scenario: Scenario, active: Collection[str], also: Collection[str]) -> Runs:
    """How many campaigns a diagnosis takes.

    Which stages will lead, and so which remedies there are, is not known before: it is a mean over
    the stages.
    """
    beside, once = 0.0, 0.0
    if "opened" in also:
        beside += len(active) / _FEW
    if "bought" in also:
        options = len(purchases(scenario, scenario.network.people))
        beside += options
        once += options * _SEARCHED * TRIALS
    if "remedies" in also and active:
        each = sum(len(remedies_for(stage, scenario)) for stage in active) / len(active)
        tried = each * min(TOP, len(active))
        # As they are named, and some again in the measure that costs the common amount.
        beside += (1.0 + _AGAIN) * tried
        once += _AGAIN * tried * ATTEMPTS * TRIALS
    if "segments" in also:
        beside += len(scenario.segments) * len(STAGES.keys() & set(active))
    return Runs(1.0 + len(active), beside, once)


def for_ranking(
    seconds: float,
    ranking: More[Any],
    scenario: Scenario,
    active: Collection[str],
    also: Collection[str],
) -> float:
    """The part of the time that ranking has, by how long it takes in the first world."""
    begin = time.monotonic()
    if not list(ranking(range(1), deadline=begin + seconds)):
        return seconds  # which pays for nothing, and is refused
    took = time.monotonic() - begin
    runs = runs_of(scenario, active, also)
    left = seconds - took - runs.once * took / runs.ranking
    return max(left * runs.ranking / (runs.ranking + runs.beside), took)
