"""How many campaigns a diagnosis takes, and so how its time is shared out."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

from ....sim.campaign import run
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...worlds.until import More
from .observed import TRIALS
from .remedies import remedies_for
from .segments import STAGES
from .spend import purchases
from .tried import ATTEMPTS

# Stages whose remedies are tried.
TOP: Final = 3
# Worlds in which the stages are ranked at least, before anything is found beside; and what is left
# out first where there is no time for it.
LEAST: Final = 3
PARTS: Final = {
    "segments": "segments apart",
    "opened": "stages as far open as they go",
    "bought": "what money buys at each stage",
    "remedies": "remedies",
}
# In one of so many worlds stages are opened; and so many values are tried to find what costs an
# amount.
_FEW: Final = 16
_FEWEST: Final = 4
_SEARCHED: Final = 4
# Of the remedies, those that surely help at a price and can be had in another measure: measured.
_AGAIN: Final = 0.25


def fewer(replicates: int) -> int:
    """In how many worlds stages are opened: that changes so much that few show it, and slowly."""
    return min(replicates, max(_FEWEST, replicates // _FEW))


class Runs(NamedTuple):
    """How many campaigns a diagnosis takes: in each world to rank and beside it, and once."""

    ranking: float
    beside: float
    once: float


def runs_of(
    scenario: Scenario, active: Collection[str], also: Collection[str], trials: int = TRIALS
) -> Runs:
    """How many campaigns a diagnosis takes.

    Which stages will lead, and so which remedies there are, is not known before: it is a mean over
    the stages.

    Parameters
    ----------
    scenario, active, also
        Of which, the stages that are turned, and what is found beside.
    trials
        Worlds in which a measure is tried; there may be fewer in all.
    """
    beside, once = 0.0, 0.0
    if "opened" in also:
        once += _FEWEST * len(active)
    if "bought" in also:
        options = len(purchases(scenario, scenario.network.people))
        beside += options
        once += options * _SEARCHED * trials
    if "remedies" in also and active:
        each = sum(len(remedies_for(stage, scenario)) for stage in active) / len(active)
        tried = each * min(TOP, len(active))
        # As they are named, and some again in the measure that costs the common amount.
        beside += (1.0 + _AGAIN) * tried
        once += _AGAIN * tried * ATTEMPTS * trials
    if "segments" in also:
        beside += len(scenario.segments) * len(STAGES.keys() & set(active))
    return Runs(1.0 + len(active), beside, once)


class Fitting(NamedTuple):
    """What a time pays for: how long ranking has, what is found beside, and what is left out.

    The world that was timed counts as the first; `pace` is how long a campaign took in it.
    """

    ranking: float
    also: tuple[str, ...]
    left_out: str
    first: Any
    pace: float


def beginning(first: Any, ranking: More[Any]) -> More[Any]:
    """Tells of the first world without running it again, and of the others as they are run.

    Examples
    --------
    >>> more = beginning("known", lambda numbers, deadline: [f"run {k}" for k in numbers])
    >>> list(more(range(3), deadline=None)), list(more(range(3, 4), deadline=None))
    (['known', 'run 1', 'run 2'], ['run 3'])
    """

    def more(numbers: range, *, deadline: float | None) -> Iterator[Any]:
        if 0 in numbers:
            yield first
        yield from ranking(range(max(numbers.start, 1), numbers.stop), deadline=deadline)

    return more


def timed(
    seconds: float,
    alone: More[Any],
    ranking: More[Any],
    scenario: Scenario,
    active: Collection[str],
    also: Collection[str],
    start: float | None = None,
) -> Fitting:
    """Share out the time by how long ranking takes in the first world.

    What the ranking of `LEAST` worlds leaves no time for is left out, and said. `alone` runs the
    campaign as it is: where that takes so long that ranking surely takes too long, none is begun.
    The seconds are counted from `start`, a time of `time.monotonic`; from now if None.

    Raises
    ------
    InputError
        If it does not pay for ranking in two worlds.
    """
    start = time.monotonic() if start is None else start
    run(Scenario().replace({"network.people": 50, "horizon": 1}))  # kernels are loaded but once
    begin = time.monotonic()
    loaded = begin - start
    if not list(alone(range(1), deadline=start + seconds)):
        raise _too_little(seconds, loaded=loaded)
    # Two campaigns at a time at best, and the network is made but once.
    least = 0.5 * runs_of(scenario, active, ()).ranking * (time.monotonic() - begin)
    if least > seconds:
        raise _too_little(seconds, least, loaded)
    begin = time.monotonic()
    timed_ones = list(ranking(range(1), deadline=start + seconds))
    if not timed_ones:
        raise _too_little(seconds, least, loaded)
    took = time.monotonic() - begin
    there = {*also} - ({"segments"} if not scenario.segments else set())
    kept, dropped = [part for part in PARTS if part in there], list[str]()
    # There are no more worlds to try a measure in than those that all of the time would rank.
    trials = min(TRIALS, max(int(seconds / took), 1))
    for part in (None, *PARTS):
        if part in kept:
            kept.remove(part)
            dropped.append(PARTS[part])
        runs = runs_of(scenario, active, kept, trials)
        # Remedies in another measure, which are tried after all others, are had if there is time.
        again = runs_of(scenario, active, {"remedies"} & set(kept), trials).once
        left = seconds - (begin - start) - took - (runs.once - again) * took / runs.ranking
        share = left * runs.ranking / (runs.ranking + runs.beside)
        if share >= (LEAST - 1) * took:
            break
    if share < took:
        raise _too_little(seconds, took, loaded)
    said = f" Left out for lack of time: {', '.join(dropped)}." if dropped else ""
    # Of all worlds but the first; the last is begun before its time is over, and takes its own.
    return Fitting(
        max(share - 0.5 * took, 0.05), tuple(kept), said, timed_ones[0], took / runs.ranking
    )


def _too_little(seconds: float, took: float | None = None, loaded: float = 0.0) -> InputError:
    before = "" if loaded < 1.0 else f" after {loaded:.2g} s of making the program ready"
    if took is None:
        return InputError(
            f"seconds = {seconds:g} pays for no replicate{before}; give more, or fewer people."
        )
    return InputError(
        f"seconds = {seconds:g} pays for no replicate: to rank the stages in one world takes about "
        f"{took:.2g} here{before}, and it takes two; give {4 * took + loaded:.2g} or more, or "
        "fewer people."
    )
