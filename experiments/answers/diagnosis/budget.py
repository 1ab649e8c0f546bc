"""How many campaigns a diagnosis takes, and so how its time is shared out."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any, Final, NamedTuple

from ....sim.campaign import run
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...worlds.until import More
from .remedies import remedies_for
from .same import ATTEMPTS
from .segments import STAGES
from .spend import TRIALS, purchases

# Stages whose remedies are tried.
TOP: Final = 3
# Worlds in which the stages are ranked at least, before anything is found beside; and what is left
# out first where there is no time for it.
LEAST: Final = 4
PARTS: Final = {
    "segments": "segments apart",
    "bought": "what money buys at each stage",
    "remedies": "remedies",
    "opened": "stages as far open as they go",
}
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


class Fitting(NamedTuple):
    """What a time pays for: how long ranking has, what is found beside, and what is left out."""

    ranking: float
    also: tuple[str, ...]
    left_out: str


def timed(
    seconds: float,
    alone: More[Any],
    ranking: More[Any],
    scenario: Scenario,
    active: Collection[str],
    also: Collection[str],
) -> Fitting:
    """Share out the time by how long ranking takes in the first world.

    What the ranking of `LEAST` worlds leaves no time for is left out, and said. `alone` runs the
    campaign as it is: where that takes so long that ranking surely takes too long, none is begun.

    Raises
    ------
    InputError
        If it does not pay for ranking in two worlds: the one that is timed, and one that counts.
    """
    start = time.monotonic()
    run(Scenario().replace({"network.people": 50, "horizon": 1}))  # kernels are loaded but once
    begin = time.monotonic()
    if not list(alone(range(1), deadline=start + seconds)):
        return Fitting(seconds, (), "")  # which pays for nothing, and is refused
    # Two campaigns at a time at best, and the network is made but once.
    least = 0.5 * runs_of(scenario, active, ()).ranking * (time.monotonic() - begin)
    if least > seconds:
        raise _too_little(seconds, least)
    begin = time.monotonic()
    if not list(ranking(range(1), deadline=start + seconds)):
        return Fitting(seconds, (), "")
    took = time.monotonic() - begin
    there = {*also} - ({"segments"} if not scenario.segments else set())
    kept, dropped = [part for part in PARTS if part in there], list[str]()
    for part in (None, *PARTS):
        if part in kept:
            kept.remove(part)
            dropped.append(PARTS[part])
        runs = runs_of(scenario, active, kept)
        left = seconds - (begin - start) - took - runs.once * took / runs.ranking
        share = left * runs.ranking / (runs.ranking + runs.beside)
        if share >= LEAST * took:
            break
    if share < took:
        raise _too_little(seconds, took)
    said = f" Left out for lack of time: {', '.join(dropped)}." if dropped else ""
    # The last world is begun before its time is over, and takes its own.
    return Fitting(max(share - took, 0.05), tuple(kept), said)


def _too_little(seconds: float, took: float) -> InputError:
    return InputError(
        f"seconds = {seconds:g} pays for no replicate: to rank the stages in one world takes about "
        f"{took:.2g} here, and one more is run to know that; give {4 * took:.2g} or more, or fewer "
        "people."
    )
