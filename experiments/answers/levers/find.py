r"""Levers: how much of what several changes do together is owed to each, by its Shapley value.

Each lever is a change of the base scenario, and every combination of levers is a scenario, run in
the same worlds and with the same luck as all others. What a lever is owed is the mean of what it
adds over all orders in which the levers could be pulled: together they add up to the whole
difference, in every single replicate; a lever that does nothing is owed exactly 0; and two levers
that do the same are owed the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import combinations, product
from os import PathLike
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....scenarios.loader import load
from ....sim.errors import InputError
from ....sim.network import Network
from ....sim.parameters import Scenario
from ....sim.parameters.paths import flat
from ...estimates.interval import LEVEL
from ...show.numbers import listed, percent
from ...vocabulary.outcomes import outcome as known
from ...vocabulary.outcomes import read
from ...worlds.draws import Draws
from ...worlds.given import Source, given
from ...worlds.until import check_budget
from ...worlds.variant import Changes, Variant, changed
from ...worlds.worlds import Meter, Progress, Worlds
from ..changes import BUDGET, people_of, spelled_out
from ..price import COST, MONEY
from ..unknown import Unknown, remaining
from .answer import Attribution
from .shapley import EXACT, along, interactions, met, orders, shapley

MOST: Final = 24
REPLICATES: Final = 32
PAIRS: Final = 4
# Parts of a scenario that are words about it, or numbers to compare it with.
_WORDS: Final = frozenset((
    "name", "question", "sources", "outcome", "start", "currency", "reference",
))  # fmt: skip
# Parts that name each other, and so change together.
_TOGETHER: Final = dict.fromkeys(("content", "content_types", "channels"), "content")


def levers(
    scenario: Source,
    by: Mapping[str, Any] | Scenario | str | PathLike[str],
    *,
    outcome: str = "conversions",
    replicates: int = REPLICATES,
    seed: int = 0,
    world: int | None = None,
    network: Network | None = None,
    seeds: Any = None,
    pairs: int = PAIRS,
    level: float = LEVEL,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Attribution:
    """What each of several levers adds, by its Shapley value, in an outcome and in money.

    Up to 8 levers every combination is run, ``2 ** levers`` campaigns a replicate. Of more, each
    replicate draws orders in which they are pulled, each with its reverse, and takes the mean of
    what each lever adds in them: ``2 * pairs * (levers - 1) + 2`` campaigns at most, whose draw of
    orders is a part of the interval.

    Parameters
    ----------
    scenario
        The base, or its name or file; or a fit (`wordofmouth.fit`) or the folder that keeps one:
        then each world has a draw of its posterior, and a lever sets what it sets in every draw.
    by
        The changes of each lever by its name, such as ``{"prize": {"incentives.reward": 5.0}}``, or
        in short ``{"incentives.reward": 5.0}``, a lever that is called as what it changes;
        ``publish.ads.0.budget`` is the money of an ad; or
        another scenario (its name, its file): then each of its parts that differs from the base
        is a lever.
    outcome
        What the gain is measured in, beside profit.
    replicates, seed, world, network, seeds
        The worlds, as for `wordofmouth.experiments.worlds.worlds.Worlds`.
    pairs
        Pairs of orders that a replicate draws where there are more than 8 levers.
    level
        Of the intervals.
    jobs
        In how many threads.
    progress
        Called with the campaigns done and those that there will be, as far as that is known.

    Raises
    ------
    InputError
        If there is no lever, two change the same parameter, a change is not allowed, the outcome
        is unknown, or there are no replicates.

    Examples
    --------
    >>> from wordofmouth.experiments.answers.levers.find import levers
    >>> from wordofmouth.sim.parameters import Scenario
    >>> small = Scenario(horizon=10).replace({"network.people": 200, "publish.seeds": 2})
    >>> by = {"seeds": {"publish.seeds": 5}, "no lever": {"incentives.scale": 20.0}}
    >>> found = levers(small, by, outcome="shares", replicates=3)
    >>> found.gain("no lever")[:3]
    (0.0, 0.0, 0.0)

    References
    ----------
    Shapley 1953; Grabisch & Roubens 1999 (interactions); Castro, Gomez & Tejada 2009 (orders).
    """
    scenario, draws = given(scenario)
    by = load(by) if isinstance(by, str | PathLike) else by
    outcomes = tuple(dict.fromkeys((known(outcome).name, MONEY, COST)))
    check_budget(replicates)
    if type(pairs) is not int or not 1 <= pairs <= 10_000:
        raise InputError(f"pairs = {pairs!r} is not allowed; give a whole number 1 to 10000.")
    if isinstance(by, Scenario):
        changes = between(scenario, by if draws is None else draws.taken(by))
    else:
        changes = _given(scenario, by, lambda: people_of(scenario, network, seed, world))
    combined = Combined(scenario, changes)
    tell = partial(read, names=outcomes)

    def of(coalitions: Iterable[int]) -> dict[str, Variant]:
        return {str(coalition): combined.variant(coalition) for coalition in coalitions}

    each = 2 ** len(changes) if len(changes) <= EXACT else 2 * pairs * (len(changes) - 1) + 2
    meter = Meter(progress, replicates * each)
    worlds = Worlds(seed, world, network, seeds, jobs, meter=meter, draws=draws)
    owed: _Owed
    if len(changes) <= EXACT:
        every = of(range(2 ** len(changes)))
        owed = _exactly(worlds.replicates(every, tell, range(replicates)))
    else:

        def sampled(number: int) -> _Owed:
            drawn = orders(len(changes), pairs, worlds.seed + number)
            asked = sorted({coalition for order in drawn for coalition in met(order)})
            [told] = here.replicates(of(asked), tell, [number])
            return _along(drawn, dict(zip(asked, told, strict=True)))

        here = replace(worlds, jobs=1)
        with ThreadPoolExecutor(jobs) as pool:
            owed = _together(list(pool.map(sampled, range(replicates))))
    found = Attribution(
        scenario, changes, outcomes, *owed, worlds.seed, level, worlds.world
    )  # fmt: skip
    return found if draws is None else replace(found, unknown=_unknown(draws, found))


def _unknown(draws: Draws, found: Attribution) -> Unknown:
    """Which lever is owed most in how many worlds, and what no more worlds would tell."""
    gains, asked = found.gains[..., 0], known(found.outcomes[0])
    worlds = len(gains)
    way = -1.0 if found.whole().mean < 0 else 1.0
    valued = np.nan_to_num(way * gains, nan=-np.inf)
    first = (valued == valued.max(axis=1, keepdims=True)) & (valued > 0.0)
    most = dict(zip(found.levers, first.mean(axis=0).tolist(), strict=True))
    says = []
    if len(most) > 1:
        told = [f"{name} in {percent(share)}" for name, share in most.items() if share]
        says.append(f"Of {worlds:,} worlds, most is owed to {listed(told) or 'no lever in any'}.")
    numbers = {"owed_most": most}
    if worlds < 2:
        return Unknown(draws, worlds, tuple(says), numbers)
    form, whole = asked.in_currency_of(found.scenario).form, found.after - found.before
    rest = remaining(draws, "what the levers change together", whole[:, 0], form)
    numbers = numbers | {"of_draws": rest.numbers}
    return Unknown(draws, worlds, (*says, *rest.says), numbers, rest.short)


class _Owed(NamedTuple):
    """The numbers of an `Attribution`: before, after, gains, pairs, campaigns."""

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    gains: NDArray[np.float64]
    pairs: NDArray[np.float64] | None
    campaigns: int


def _exactly(told: list[list[NDArray[np.float64]]]) -> _Owed:
    """From the outcomes of every coalition, by replicate."""
    # By replicate, outcome and coalition, as the games want it.
    worth = np.moveaxis(np.array(told), -1, 1)
    gains, pairs = np.moveaxis(shapley(worth), 1, -1), np.moveaxis(interactions(worth), 1, -1)
    return _Owed(worth[..., 0], worth[..., -1], gains, pairs, len(told) * len(told[0]))


def _along(drawn: list[tuple[int, ...]], worth: dict[int, NDArray[np.float64]]) -> _Owed:
    """From the outcomes of the coalitions that these orders of one replicate meet."""
    each = [along(order, np.stack([worth[c] for c in met(order)], axis=-1)) for order in drawn]
    return _Owed(worth[0], worth[max(worth)], np.mean(each, axis=0).T, None, len(worth))


def _together(rows: list[_Owed]) -> _Owed:
    """Replicate by replicate."""
    before, after, gains, _, campaigns = zip(*rows, strict=True)
    return _Owed(np.array(before), np.array(after), np.array(gains), None, sum(campaigns))


class Combined:
    """The base with any combination of levers pulled: ``combined[0b101]`` has levers 0 and 2."""

    def __init__(self, scenario: Scenario, changes: Mapping[str, Changes]) -> None:
        self.scenario = scenario
        self.changes = list(changes.values())
        self._made: dict[int, Variant] = {}

    def __getitem__(self, coalition: int) -> Scenario:
        return self.variant(coalition).scenario

    def variant(self, coalition: int) -> Variant:
        """The same, to be made of each draw of the base."""
        if coalition not in self._made:
            merged: dict[str, Any] = {}
            for lever, change in enumerate(self.changes):
                if coalition >> lever & 1:
                    merged |= change
            self._made[coalition] = changed(self.scenario, merged)
        return self._made[coalition]


def between(scenario: Scenario, goal: Scenario) -> dict[str, dict[str, Any]]:
    """The parts in which two scenarios differ, each as a lever from the first to the second.

    Content, content types and channels, which name each other, are one lever.

    Raises
    ------
    InputError
        If they do not differ, or in too many parts.
    """
    mine, theirs = (flat(each.model_dump(mode="json")) for each in (scenario, goal))
    parts: dict[str, dict[str, Any]] = {}
    rebuilt = scenario.network.kind != goal.network.kind
    for path, value in theirs.items():
        part = path.partition(".")[0]
        # A network of another kind has every number of its own; what it has not got is not asked.
        wanted = value is not None if part == "network" and rebuilt else mine.get(path) != value
        if wanted and part not in _WORDS and not (path not in mine and value is None):
            parts.setdefault(_TOGETHER.get(part, part), {})[path] = value
    if not parts:
        raise InputError(
            f"{scenario.name} and {goal.name} do not differ in anything that a lever could be; "
            "give two scenarios that do."
        )
    return _given(scenario, parts, lambda: scenario.network.people)


def _given(
    scenario: Scenario, by: Mapping[str, Any], people: Callable[[], int]
) -> dict[str, dict[str, Any]]:
    """The changes of each lever with their paths written out, checked one by one."""
    if not by:
        raise InputError(
            "there is no lever; give at least one, such as prize: incentives.reward=5."
        )
    if len(by) > MOST:
        raise InputError(f"{len(by)} levers are too many; give {MOST} at most.")
    flats: dict[str, dict[str, Any]] = {}
    for name, asked in by.items():
        changes = asked if isinstance(asked, Mapping) else {str(name): asked}
        if not changes:
            raise InputError(
                f"lever {name!r} changes nothing ({changes!r}); give it a key and a value, such as "
                "incentives.reward=5."
            )
        try:
            if any(BUDGET.fullmatch(path) for path in changes):
                changes = spelled_out(scenario, changes, people())
            scenario.replace(changes)
        except InputError as problem:
            lines = str(problem).splitlines()
            raise InputError("\n".join(f"lever {name!r}: {line}" for line in lines)) from None
        # Numbers of numpy would be typed again as what they print.
        flats[str(name)] = {
            path: value.item() if isinstance(value, np.generic) else value
            for path, value in flat(changes).items()
        }
    for first, second in combinations(flats, 2):
        for path, other in (sorted(both, key=len) for both in product(flats[first], flats[second])):
            if other != path and not other.startswith(f"{path}."):
                continue
            raise InputError(
                f"levers {first!r} and {second!r} both change {path}"
                + ("" if path == other else f" ({other} is a part of it)")
                + "; put what belongs together into one lever."
            )
    return flats
