"""How many campaigns a diagnosis takes, and so how its time is shared out."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

from ....sim.campaign import run
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...worlds.until import More
from .gains import CARRIED
from .observed import TRIALS, Observation
from .remedies import remedies_for
from .segments import STAGES
from .spend import purchases
from .tried import ATTEMPTS

# Stages whose remedies are tried.
TOP: Final = 3
# Worlds in which the stages are ranked at least, before anything is found beside; and before that
# is found which no decision is made from, where more worlds serve better.
LEAST: Final = 3
_ENOUGH: Final = 16
# What is found beside, in words: what is left out first where there is no time for it.
PARTS: Final = {
    "segments": "segments apart",
    "opened": "stages as far open as they go",
    "same": "remedies in the measure that costs the common amount",
    "bought": "what money buys at each stage",
    "remedies": "remedies",
}
# Of these, what a decision is made from.
WAYS: Final = frozenset(("same", "bought", "remedies"))
# How many posts arrive in a second on one thread, where nearly all that arrive are passed on:
# measured in `open_house` and `shop`.
ARRIVALS: Final = 3.0e6
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


def left_out_first(*, spends: bool) -> list[str]:
    """The parts, what is left out first where there is no time for it; last what was asked.

    Who names an amount of money asks what it buys: then that is kept to the last, and else the
    remedies are.

    Examples
    --------
    >>> left_out_first(spends=False)[-2:], left_out_first(spends=True)[-2:]
    (['bought', 'remedies'], ['remedies', 'bought'])
    """
    return sorted(PARTS, key=lambda part: spends and part == "bought")


def parts_of(also: Collection[str], scenario: Scenario) -> set[str]:
    """What there is to be found of what was asked: remedies are measured, if they are tried."""
    parts = {*also} | ({"same"} if "remedies" in also else set())
    return parts if scenario.segments else parts - {"segments"}


class Runs(NamedTuple):
    """How many campaigns a diagnosis takes.

    Attributes
    ----------
    ranking, beside
        In each world: to rank the stages, and for what is found beside.
    once
        In all.
    trials
        In each world in which a measure is tried, of which there are `TRIALS` at most.
    """

    ranking: float
    beside: float
    once: float
    trials: float

    def campaigns(self, worlds: float) -> float:
        """How many they are in so many worlds.

        Examples
        --------
        >>> Runs(10.0, 5.0, 20.0, 2.0).campaigns(4.0)
        88.0
        """
        return worlds * (self.ranking + self.beside) + self.once + min(worlds, TRIALS) * self.trials

    def worlds(self, campaigns: float) -> float:
        """In how many worlds so many campaigns are enough.

        Examples
        --------
        >>> Runs(10.0, 5.0, 20.0, 2.0).worlds(88.0)
        4.0
        """
        left, each = campaigns - self.once, self.ranking + self.beside
        return max(left / (each + self.trials), (left - TRIALS * self.trials) / each)


def runs_of(
    scenario: Scenario, active: Collection[str], parts: Collection[str], longer: float = 0.0
) -> Runs:
    """How many campaigns a diagnosis takes.

    Which stages will lead, and so which remedies there are, is not known before: it is a mean over
    the stages.

    Parameters
    ----------
    scenario, active, parts
        Of which, the stages that are turned, and what is found beside: some of `PARTS`.
    longer
        How many more campaigns one counts as with a stage wide open by which posts get around.
    """
    beside, once, trials = 0.0, 0.0, 0.0
    if "opened" in parts:
        once += _FEWEST * (len(active) + longer * len({*CARRIED} & {*active}))
    if "bought" in parts:
        options = len(purchases(scenario, scenario.network.people, 1.0))
        beside += options
        trials += options * _SEARCHED
    if "remedies" in parts and active:
        each = sum(len(remedies_for(stage, scenario)) for stage in active) / len(active)
        tried = each * min(TOP, len(active))
        beside += tried
        if "same" in parts:
            beside += _AGAIN * tried
            trials += _AGAIN * tried * ATTEMPTS
    if "segments" in parts:
        beside += len(scenario.segments) * len(STAGES.keys() & set(active))
    return Runs(1.0 + len(active), beside, once, trials)


class Fitting(NamedTuple):
    """What a time pays for: how long ranking has, what is found beside, and what is left out.

    The world that was timed counts as the first; `pace` is how long a campaign took in it.
    """

    ranking: float
    parts: frozenset[str]
    left_out: tuple[str, ...]
    first: list[Observation]
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
    alone: More[list[Observation]],
    ranking: More[list[Observation]],
    scenario: Scenario,
    active: Collection[str],
    parts: Collection[str],
    start: float | None = None,
    *,
    spends: bool = False,
) -> Fitting:
    """Share out the time by how long ranking takes in the first world.

    What the ranking of `LEAST` worlds leaves no time for is left out (`left_out_first`); stages
    wide open and segments apart, which nobody decides from, where that of `_ENOUGH` does. `alone`
    runs the campaign as it is: where that takes so long that ranking surely takes too long, none is
    begun. The seconds are counted from `start`, a time of `time.monotonic`; from now if None.

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
        raise too_little(seconds, loaded=loaded)
    # Two campaigns at a time at best, and the network is made but once.
    least = 0.5 * runs_of(scenario, active, ()).ranking * (time.monotonic() - begin)
    if least > seconds:
        raise too_little(seconds, least, loaded)
    begin = time.monotonic()
    timed_ones = list(ranking(range(1), deadline=start + seconds))
    if not timed_ones:
        raise too_little(seconds, least, loaded)
    took = time.monotonic() - begin
    kept = [part for part in left_out_first(spends=spends) if part in parts]
    left_out: list[str] = []
    first, pace = timed_ones[0], took / runs_of(scenario, active, ()).ranking
    longer = first[0].most / ARRIVALS / pace
    runs = runs_of(scenario, active, kept, longer)
    # Those of the world that was timed are among them.
    campaigns = (seconds - (begin - start)) / pace
    while kept and runs.worlds(campaigns) < (LEAST if kept[0] in WAYS else _ENOUGH):
        left_out.append(kept.pop(0))
        runs = runs_of(scenario, active, kept, longer)
    worlds = runs.worlds(campaigns)
    if worlds < 2.0:
        raise too_little(seconds, took, loaded)
    # Of all worlds but the first; the last is begun before its time is over, and takes its own.
    share = max((worlds - 1.5) * took, 0.05)
    return Fitting(share, frozenset(kept), tuple(left_out), first, pace)


def too_little(seconds: float, took: float | None = None, loaded: float = 0.0) -> InputError:
    """That the time is too short for two worlds, and how much is enough where that is known."""
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
