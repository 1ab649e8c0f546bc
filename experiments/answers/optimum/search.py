"""The search: Optuna proposes a plan, and all plans are run in the same worlds.

Its sampler is a tree of Parzen estimators over all levers (Bergstra, Bardenet, Bengio & Kegl 2011;
Optuna's ``TPESampler(multivariate=True)``). Of Optuna's samplers it is the one that takes
ranges, whole numbers, choices and constraints together and needs nothing else installed: CMA-ES has
no choices, and a Gaussian process wants torch. Common worlds take away most of the noise that it
would have to average over.

What such a sampler does not do well is to come to an end: among several levers it comes near the
best plan and seldom to it. So every other trial, once it has seen some, is a step from the best
plan so far, of one lever or of all, from a few thousandths of their ranges to a third, or of one
lever to an end of its range: a random local search.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from .ground import Ground, Outturn
from .judge import Judge
from .ledger import TrialLog, optuna, quiet
from .lever import Lever

# Of the plans that are tried, those that are drawn before the sampler learns from what it saw.
DRAWN: Final = 12
# Of a range: by so much two plans differ that are worth telling apart.
LITTLE: Final = 0.05
# How often a step from the best plan is one of a single lever, and its least and largest size.
_ONE: Final = 0.7
_STEPS: Final = (0.003, 0.3)
# And how often that goes to an end of its range, where the best value often is.
_END: Final = 0.25
_PRIME: Final = 1_000_003


@dataclass(frozen=True)
class Tried:
    """A plan that was tried.

    Attributes
    ----------
    values
        Of each lever, in their order, None where it stays as it is; None: the plan of today.
    rows
        What it did in the worlds of the search.
    worth
        What it is better by than today's plan; nan where its outcome has no value in a world.
    """

    values: tuple[Any, ...] | None
    rows: Outturn
    worth: float

    def within(self, budget: float | None) -> bool:
        """Whether it has a value in all worlds, and costs no more than the budget on average."""
        cost = float(self.rows.cost.mean())
        return bool(np.isfinite(self.worth)) and (budget is None or cost <= budget * (1 + 1e-9))


def changes_of(levers: Sequence[Lever], values: Sequence[Any] | None) -> dict[str, Any]:
    """What a plan sets in the scenario."""
    if values is None:
        return {}
    pairs = zip(levers, values, strict=True)
    return {
        path: to
        for lever, value in pairs
        if value is not None
        for path, to in lever.changes(value).items()
    }


def apart(levers: Sequence[Lever], better: Sequence[Tried], others: int) -> list[Tried]:
    """The best plan, and some others that differ from it and each other by more than a little."""
    chosen: list[Tried] = []
    for each in better:
        if len(chosen) <= others and all(_differ(levers, each, other) for other in chosen):
            chosen.append(each)
    return chosen


def _differ(levers: Sequence[Lever], one: Tried, other: Tried) -> bool:
    pairs = zip(levers, one.values or (), other.values or (), strict=True)
    return any(
        mine != theirs
        if lever.low is None or lever.high is None or mine is None or theirs is None
        else abs(mine - theirs) > LITTLE * (lever.high - lever.low)
        for lever, mine, theirs in pairs
    )


def searched(
    ground: Ground,
    levers: Sequence[Lever],
    today: Outturn,
    judge: Judge,
    *,
    budget: float | None,
    trials: int,
    worlds: int,
    known: list[Any],
    ledger: TrialLog,
) -> list[Tried]:
    """Try plans, in the same worlds each; the first is today's where the levers can say it.

    A trial depends on those before it and on the seed alone, so that a search that was interrupted
    goes on as if it had not been.

    Parameters
    ----------
    ground, levers, today, judge
        Where, what, against what, and by what.
    budget
        The most that a campaign may cost on average; None: any.
    trials, worlds
        How many plans, and in how many worlds.
    known
        Optuna's trials that are finished already.
    ledger
        Where each is kept.
    """
    module = optuna()
    with quiet(module):
        study = module.create_study(direction="maximize")
        space = {lever.path: _distribution(module, lever) for lever in levers}
        found: list[Tried] = []
        seen: dict[tuple[Any, ...], Outturn] = {}  # by what Optuna calls the values
        best = today.value

        def note(params: dict[str, Any], rows: Outturn) -> Tried:
            nonlocal best
            best = judge.best([best, rows.value])
            seen[tuple(params.values())] = rows
            worth = judge.worth(rows.value, today.value, best)
            found.append(Tried(_values(levers, params), rows, worth))
            return found[-1]

        for trial in known[:trials]:
            study.add_trial(trial)
            rows = Outturn(*np.array(trial.user_attrs["rows"], np.float64))
            note(_ordered(levers, trial.params), rows)
        starts = list(_starts(levers))
        if (first := _today(levers)) is not None:
            seen[tuple(first.values())] = today
            starts.insert(0, first)
        for number in range(len(found), trials):
            seed = (ground.worlds.seed * _PRIME + number) % 2**32
            study.sampler = module.samplers.TPESampler(
                seed=seed, multivariate=True, n_startup_trials=DRAWN, constant_liar=False
            )
            if number < len(starts):
                study.enqueue_trial(starts[number])
            elif number >= DRAWN and number % 2:
                study.enqueue_trial(_beside(levers, _leading(found, study, budget), seed))
            trial = study.ask(space)
            params = _ordered(levers, trial.params)
            key, plan = tuple(params.values()), changes_of(levers, _values(levers, params))
            rows = seen[key] if key in seen else ground.run([plan], range(worlds))[0]
            tried = note(params, rows)
            trial.set_user_attr("rows", [each.tolist() for each in rows])
            missing = float(np.isnan(rows.value).mean())
            trial.set_constraint("value", missing)
            if budget is not None:
                trial.set_constraint("budget", float(rows.cost.mean()) - budget)
            study.tell(trial, tried.worth if np.isfinite(tried.worth) else 0.0)
            ledger.add(study.trials[-1])
        # Regret is judged by the best that is known in the end.
        return [
            Tried(e.values, e.rows, judge.worth(e.rows.value, today.value, best)) for e in found
        ]


def _distribution(module: Any, lever: Lever) -> Any:
    kinds = module.distributions
    if lever.low is None or lever.high is None:
        # By their places: not every value of a parameter is one that Optuna keeps.
        return kinds.CategoricalDistribution(tuple(range(len(lever.choices))))
    if lever.whole:
        return kinds.IntDistribution(int(lever.low), int(lever.high))
    return kinds.FloatDistribution(lever.low, lever.high)


def _ordered(levers: Sequence[Lever], params: Mapping[str, Any]) -> dict[str, Any]:
    return {lever.path: params[lever.path] for lever in levers}


def _values(levers: Sequence[Lever], params: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of the levers, of what Optuna calls them."""
    return tuple(
        lever.choices[params[lever.path]] if lever.low is None else params[lever.path]
        for lever in levers
    )


def _today(levers: Sequence[Lever]) -> dict[str, Any] | None:
    """The plan of today as Optuna calls it; None where the levers cannot say it."""
    params: dict[str, Any] = {}
    for lever in levers:
        if lever.low is None or lever.high is None:
            if lever.today not in lever.choices:
                return None
            params[lever.path] = lever.choices.index(lever.today)
        elif isinstance(lever.today, int | float) and lever.low <= lever.today <= lever.high:
            params[lever.path] = int(lever.today) if lever.whole else float(lever.today)
        else:
            return None
    return params


def _leading(found: Sequence[Tried], study: Any, budget: float | None) -> dict[str, Any]:
    """The best plan so far; where none keeps to the budget, the cheapest."""
    inside = [k for k, each in enumerate(found) if each.within(budget)]
    if inside:
        best = max(inside, key=lambda k: found[k].worth)
    else:
        best = min(range(len(found)), key=lambda k: float(found[k].rows.cost.mean()))
    return dict(study.trials[best].params)


def _beside(levers: Sequence[Lever], params: dict[str, Any], seed: int) -> dict[str, Any]:
    """A plan near another one, by a step of any size."""
    rng = np.random.default_rng(seed)
    one = int(rng.integers(len(levers))) if rng.random() < _ONE else None
    size = math.exp(rng.uniform(math.log(_STEPS[0]), math.log(_STEPS[1])))
    for place, lever in enumerate(levers):
        step = rng.normal()
        if one is not None and place != one:
            continue
        value = params[lever.path]
        if lever.low is None or lever.high is None:
            if one == place or rng.random() < 1.0 / len(levers):
                params[lever.path] = int(rng.integers(len(lever.choices)))
            continue
        if one == place and rng.random() < _END:
            end = lever.low if step < 0.0 else lever.high
            params[lever.path] = int(end) if lever.whole else end
            continue
        apart = step * size * (lever.high - lever.low)
        if lever.whole:
            apart = math.copysign(max(round(abs(apart)), 1), apart)
        moved = min(max(value + apart, lever.low), lever.high)
        params[lever.path] = int(moved) if lever.whole else float(moved)
    return params


def _starts(levers: Sequence[Lever]) -> Iterator[dict[str, Any]]:
    """The plans that are tried first: all levers at one end, at the other, and half-way.

    A sampler of densities never draws an end itself, where the best plan often is.
    """
    for share in 0.0, 1.0, 0.5:
        params: dict[str, Any] = {}
        for lever in levers:
            if lever.low is None or lever.high is None:
                params[lever.path] = round(share * (len(lever.choices) - 1))
            else:
                value = lever.low + share * (lever.high - lever.low)
                params[lever.path] = round(value) if lever.whole else value
        yield params
