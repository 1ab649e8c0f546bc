"""What to do with a budget: search, try what was found in fresh worlds, and say whether it holds.

A search over many plans picks one that was also lucky in the worlds where it was looked for: its
gain there is flattered. So it is run again in worlds that the search has not seen, beside the plan
of today, and the plan of today is what is recommended unless the gain holds there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, Final

import numpy as np

from ....sim.errors import InputError
from ....sim.network import Network
from ...estimates.interval import LEVEL, check_level
from ...store.provenance import versions
from ...vocabulary.outcomes import outcome as known
from ...worlds.given import Source, given
from ...worlds.networks import ROOM, Networks
from ...worlds.variant import Changes
from ...worlds.worlds import Meter, Progress, Worlds
from ..changes import people_of
from .answer import Optimum
from .ground import Ground, Outturn, draws_of
from .judge import Judge, Robust, way
from .judged import Fresh, Step
from .ledger import TrialLog, optuna
from .lever import Lever, levers_of
from .search import Tried, apart, changes_of, searched
from .trim import most_plans, shortened

TRIALS: Final = 100
WORLDS: Final = 16
FRESH: Final = 64
# Plans beside the best that are run in fresh worlds, levels of cost, and by how much a lever is
# raised to see what the next unit of money brings.
RUNNERS: Final = 3
LEVELS: Final = 4
STEP: Final = 0.1
_MOST: Final = 100_000


def optimise(
    scenario: Source,
    over: Mapping[str, Any],
    *,
    budget: float | None = None,
    outcome: str = "profit",
    robust: Robust | None = None,
    trials: int = TRIALS,
    worlds: int = WORLDS,
    fresh: int = FRESH,
    draws: Iterable[Changes] | None = None,
    seed: int = 0,
    world: int | None = None,
    network: Network | None = None,
    seeds: Any = None,
    level: float = LEVEL,
    jobs: int = 1,
    out: str | PathLike[str] | None = None,
    keep: bool = True,
    progress: Progress | None = None,
) -> Optimum:
    """The plan that does best with a budget, and whether that holds in worlds it was not chosen by.

    Every plan is run in the same ``worlds`` with the same luck. The best one, some others and the
    plan of today are run in ``fresh`` other worlds, from seed ``seed + worlds`` on. The plan is
    recommended if the interval of its gain over today's plan lies above 0 there, its mean gain
    too, and its cost is not surely above the budget.

    Parameters
    ----------
    scenario
        The plan of today, or its name or file; or a fit (`wordofmouth.fit`) or the folder that
        keeps one: then each world has a draw of the posterior.
    over
        The levers: dotted path to a range, ``(0, 20)`` or ``"0..20"``, or to choices, a list or
        ``"a|b"``. ``publish.ads.0.budget`` is the money of an ad.
    budget
        The most that a whole campaign may cost on average over the worlds, by its ledger
        (``kpis["cost"]``), and not what is added to it: what today's plan costs is among it. What a
        reward costs depends on who shares, and so on all the other levers, and no sum over levers
        would say it. With 0 nothing is searched and the answer is
        the plan of today. None: no limit.
    outcome
        What is to be gained.
    robust
        ``mean`` (of the outcome, if None), ``worst`` (its worst tenth of worlds) or ``regret``.
    trials, worlds, fresh
        Plans that are tried, worlds of the search, and worlds in which it is judged.
    draws
        What is not known of the scenario: changes of it, such as draws from the posterior of a
        fit. World r has draw ``r mod len(draws)``.
    seed, world, network, seeds, jobs
        As for `wordofmouth.experiments.worlds.worlds.Worlds`.
    level
        Of the intervals.
    out
        A folder that keeps every trial as it is made, and in the end the answer. The same call goes
        on where an earlier one was interrupted.
    keep
        Whether the answer is kept there too, or the trials alone.
    progress
        Called with the campaigns done and those that there will be.

    Raises
    ------
    InputError
        If a lever, the outcome, a number or a draw is not allowed, or the outcome has no value
        under today's plan in some world.
    StorageError
        If the folder cannot be written, or holds something else.

    Examples
    --------
    >>> from wordofmouth.experiments.answers.optimum.find import optimise
    >>> from wordofmouth.sim.parameters import Scenario
    >>> small = Scenario(horizon=4).replace({"network.people": 100, "publish.seeds": 2})
    >>> found = optimise(small, {"publish.seeds": (0, 9)}, outcome="shares", budget=0, fresh=4)
    >>> found.recommended, found.changes
    (False, {})

    References
    ----------
    Smith & Winkler 2006, "The optimizer's curse"; Bergstra, Bardenet, Bengio & Kegl 2011.
    """
    scenario, of_fit = given(scenario)
    if of_fit is not None and draws is not None:
        raise InputError("draws are those of the fit; leave them out.")
    asked, by = known(outcome), way(robust)
    check_level(level)
    for name, value, least in ("trials", trials, 1), ("worlds", worlds, 2), ("fresh", fresh, 2):
        if type(value) is not int or not least <= value <= _MOST:
            raise InputError(
                f"{name} = {value!r} is not allowed; give a whole number {least} to {_MOST}."
            )
    if budget is not None and not (type(budget) in (int, float) and 0.0 <= budget < np.inf):
        raise InputError(f"budget = {budget!r} is not allowed; give an amount of money, 0 or more.")
    where = Worlds(
        seed, world, network, seeds, jobs, networks=Networks(ROOM), meter=Meter(progress)
    )
    people = people_of(scenario, network, where.seed, where.world)
    levers = levers_of(scenario, over, people)
    drawn = draws_of(scenario, of_fit or draws, levers)
    ground = Ground(scenario, replace(where, draws=drawn), asked)
    judge = Judge(by, asked.good, level, asked.name == "took_off")
    nothing = budget == 0
    ledger = TrialLog(None if out is None or nothing else Path(out))
    today: Outturn | None = None
    tried: list[Tried] = []
    if not nothing:
        optuna()
        tells = {
            "scenario": _digest(scenario.to_dict()),
            "levers": [each.text for each in levers],
            "outcome": asked.name,
            "robust": by,
            "budget": budget,
            "worlds": worlds,
            "seed": where.seed,
            "world": world,
            "network": None if network is None else network.digest,
            "seeds": _digest(seeds),
            "draws": _digest(() if drawn is None else drawn.changes),
            "version": versions().get("wordofmouth"),
        }
        with ledger.opened(tells) as there:
            left = max(trials - len(there), 0)
            plans = 2 + RUNNERS + LEVELS + len(levers) + most_plans(len(levers))
            # Today's plan, and in the end the best one without what adds nothing.
            where.meter.expect((left + 2) * worlds + fresh * plans)
            today = _valued(ground.run([{}], range(worlds))[0], asked.name)
            tried = searched(
                ground, levers, today, judge, budget=budget, trials=trials, worlds=worlds,
                known=there, ledger=ledger,
            )  # fmt: skip
    found = _judged(ground, levers, judge, today, tried, budget, worlds, fresh, ledger.data())
    if out is not None and keep:
        found.save(Path(out))
    return found


def _judged(
    ground: Ground,
    levers: Sequence[Lever],
    judge: Judge,
    today: Outturn | None,
    tried: list[Tried],
    budget: float | None,
    worlds: int,
    fresh: int,
    kept: dict[str, bytes],
) -> Optimum:
    """What was found, and what fresh worlds say of it."""
    numbers = range(worlds, worlds + fresh)
    allowed = sorted((each for each in tried if each.within(budget)), key=lambda e: -e.worth)
    better = [each for each in allowed if each.worth > 0.0]
    front = _front(allowed)
    left: tuple[str, ...] = ()
    if better and today is not None:
        whole = [better[0], *tried]
        shorter, without = shortened(ground, levers, judge, whole, today, worlds, fresh)
        if shorter is not None and shorter.worth > 0.0 and shorter.within(budget):
            better, left = [shorter, *better], without
    plans = list({id(each): each for each in [*apart(levers, better, RUNNERS), *front]}.values())
    changes = [{}, *(changes_of(levers, each.values) for each in plans)]
    ground.worlds.meter.expect(len(changes) * fresh + len(levers) * fresh)
    rows = ground.run(changes, numbers)
    _valued(rows[0], ground.outcome.name)
    found = Optimum(
        scenario=ground.scenario,
        levers=tuple(levers),
        outcome=ground.outcome.name,
        judge=judge,
        budget=budget,
        today=today,
        tried=tuple(tried),
        fresh_today=rows[0],
        fresh=tuple(Fresh(each, row) for each, row in zip(plans, rows[1:], strict=True)),
        front=tuple(plans.index(each) for each in front),
        steps=(),
        campaigns=0,
        draws=0 if ground.worlds.draws is None else len(ground.worlds.draws),
        seed=ground.worlds.seed,
        world=ground.worlds.world,
        kept=kept,
        left=left,
    )
    steps = [] if budget == 0 else list(_steps(levers, found.settled))
    if steps:
        stepped = ground.run([each.changes for each in steps], numbers)
        steps = [each._replace(rows=row) for each, row in zip(steps, stepped, strict=True)]
    return found.completed(steps, ground.campaigns, ground.worlds.draws)


def _front(allowed: Sequence[Tried]) -> list[Tried]:
    """The best plan at a few levels of cost, from the cheapest that nothing cheaper beats."""
    front: list[Tried] = []
    for each in sorted(allowed, key=lambda each: (each.rows.cost.mean(), -each.worth)):
        if not front or each.worth > front[-1].worth:
            front.append(each)
    if not front:
        return []
    costs = np.array([each.rows.cost.mean() for each in front])
    levels = np.linspace(costs[0], costs[-1], LEVELS)
    places = {int(np.searchsorted(costs, level * (1 + 1e-9), "right")) - 1 for level in levels}
    return [front[place] for place in sorted(places)]


def _steps(levers: Sequence[Lever], values: Sequence[Any] | None) -> Iterable[Step]:
    """One lever raised a little at a time, all else as it is in the plan, or today."""
    for place, lever in enumerate(levers):
        value = lever.today if values is None or values[place] is None else values[place]
        if lever.low is None or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        to = lever.near(STEP, float(value))
        yield Step(place, value, to, changes_of(levers, values) | lever.changes(to), None)


def _valued(rows: Outturn, outcome: str) -> Outturn:
    missing = int(np.isnan(rows.value).sum())
    if missing:
        raise InputError(
            f"outcome = {outcome!r} has no value under today's plan in {missing} of "
            f"{rows.value.size} worlds, so nothing can be compared with it; choose another outcome."
        )
    return rows


def _digest(whole: Any) -> str:
    return hashlib.sha256(json.dumps(whole, sort_keys=True, default=_plainly).encode()).hexdigest()[
        :16
    ]


def _plainly(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else str(value)
