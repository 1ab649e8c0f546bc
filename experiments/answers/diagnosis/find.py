"""Diagnose: turn each stage a little in the same worlds, and see what would bring most."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Executor
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np

from ....scenarios.loader import load
from ....sim.errors import InputError
from ....sim.network import Network
from ....sim.parameters import Scenario
from ...estimates.interval import NOTHING, Estimate, difference, estimate
from ...vocabulary.outcomes import outcome as outcome_of
from ...worlds.networks import ROOM, Networks
from ...worlds.tally import Progress, Tally
from ...worlds.until import check_budget, until
from ...worlds.worlds import Worlds
from .answer import Diagnosis
from .assemble import stage_gain
from .bench import Bench, bought_at, fewer, opened, remedied
from .kept import Keeping, Kept, gain_of, known, rate_of, values_of
from .naive import largest_drop
from .stages import HANDLES, improved, why_idle

REPLICATES: Final = 64
STEP: Final = 1.1
ALSO: Final = ("opened", "bought", "remedies")
_AS_IT_IS: Final = "as it is"


def diagnose(
    scenario: Scenario | str,
    outcome: str = "conversions",
    *,
    step: float = STEP,
    spend: float | None = None,
    replicates: int = REPLICATES,
    width: float | None = None,
    seconds: float | None = None,
    seed: int = 0,
    world: int | None = None,
    network: Network | None = None,
    seeds: Any = None,
    also: Collection[str] = ALSO,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Diagnosis:
    """Name the bottleneck of a campaign: the stage whose improvement would bring most.

    Every stage gets the same step in its odds, in the same worlds and with the same luck as the
    campaign itself, so that what differs is what the step did. The gain of a stage is the mean
    difference of the outcome over the worlds. The largest of many gains is likely to be a lucky
    one: the bottleneck is named if it is sure to help, and a stage is said to be behind it if that
    is sure, in all comparisons together (Bonferroni). The intervals hold one by one.

    Parameters
    ----------
    scenario
        A scenario, or the name or path of one.
    outcome
        What is to be gained (`wordofmouth.experiments.vocabulary.outcomes`).
    step
        The factor of the odds, above 1.
    spend
        The common amount of money; a tenth of what the campaign costs if None, or 100 of one
        that costs nothing.
    replicates, width, seconds
        How many worlds; or, with a width, until the interval of the largest gain is that narrow,
        and `replicates` and `seconds` of ranking are the budget.
    seed, world, network, seeds
        The seed of the first replicate, which later ones count up from; that of the world, if it
        is one for all; who hears whom, if not the scenario's own networks; ids of the people who
        are asked to pass on every post.
    also
        What is run beside the ranking: ``opened``, each stage as far as it goes; ``bought``, what
        the common amount of money buys; ``remedies`` for the top three stages.
    jobs, executor
        In how many threads, or where else. The answer is the same.
    progress
        Called with the campaigns done and those that there will be, as far as that is known.

    Raises
    ------
    InputError
        If the outcome is unknown, or a number is out of range.
    LimitError
        If the campaign would not fit into memory.

    References
    ----------
    Sources 000 and 004 for stages and remedies; Law 2015, "Simulation Modeling and Analysis",
    chapter 11, for comparisons with common random numbers; Hsu 1984, "Constrained simultaneous
    confidence intervals for multiple comparisons with the best", for what is asked of the first.
    """
    asked = outcome_of(outcome)
    _check(step, spend)
    unknown = sorted(set(also) - set(ALSO))
    if unknown:
        raise InputError(f"also = {unknown[0]!r} is not allowed; give some of {', '.join(ALSO)}.")
    check_budget(replicates, seconds)
    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    worlds = Worlds(
        seed, world, network, seeds, jobs, executor, Networks(ROOM), Tally(progress)
    )  # fmt: skip
    bench = Bench(chosen, Keeping(asked.name), worlds)
    reasons = {name: why_idle(handle, chosen) for name, handle in HANDLES.items()}
    active = [name for name, reason in reasons.items() if not reason]
    direction = -1 if asked.direction < 0 else 1
    stepped = {name: improved(HANDLES[name], chosen, step) for name in active}
    worlds.tally.expect(replicates * (5 + len(active)) + fewer(replicates) * len(active))
    answer = until(
        partial(worlds.each, {_AS_IT_IS: chosen, **stepped}, bench.keeping),
        lambda rows: _largest(rows, direction),
        width=width,
        replicates=replicates,
        seconds=seconds,
    )
    rows = answer.told
    n = len(rows)
    base = [row[0] for row in rows]
    turned = {name: [row[k + 1] for row in rows] for k, name in enumerate(active)}
    amount = _amount(spend, base)
    worlds.tally.expect(n * 4 + fewer(n) * len(active))
    wide = opened(bench, active, base) if "opened" in also else {}
    bought = bought_at(bench, amount, base) if "bought" in also else {}
    stages = [
        stage_gain(name, reasons[name], base, turned.get(name), wide.get(name), bought, asked)
        for name in HANDLES
    ]
    stages.sort(key=lambda each: (bool(each.idle), -known(direction * each.gain.mean)))
    lead = _lead([each.stage for each in stages if not each.idle], turned, direction)
    helped = remedied(bench, stages, base, direction) if "remedies" in also else ()
    rates = {name: rate_of(base, name) for name in HANDLES}
    return Diagnosis(
        scenario=chosen,
        outcome=asked,
        step=step,
        spend=amount,
        base=estimate(values_of(base)),
        stages=tuple(stages),
        ahead=lead.ahead,
        rivals=lead.rivals,
        remedies=helped,
        naive=largest_drop(rates, asked.name),
        replicates=n,
        seed=seed,
        world=world,
        budget=answer.sentence,
    )


def _largest(rows: list[list[Kept]], direction: int) -> Estimate:
    """The gain of the stage that helps most."""
    values = np.array([[kept.value for kept in row] for row in rows])
    if values.shape[1] == 1:
        return NOTHING
    gains = [difference(values[:, k], values[:, 0]) for k in range(1, values.shape[1])]
    return max(gains, key=lambda gain: known(direction * gain.mean))


class _Lead(NamedTuple):
    """How far the first stage is ahead of the second, and whom it cannot be told from."""

    ahead: Estimate | None
    rivals: tuple[str, ...]


def _lead(ranked: list[str], turned: dict[str, list[Kept]], direction: int) -> _Lead:
    """The first stage beside each of the others, in pairs and for all of them together."""
    apart = {name: gain_of(turned[ranked[0]], turned[name]) for name in ranked[1:]}
    rivals = [name for name, each in apart.items() if not each.surely(direction, len(apart))]
    return _Lead(next(iter(apart.values()), None), tuple(rivals))


def _amount(spend: float | None, base: list[Kept]) -> float:
    if spend is not None:
        return float(spend)
    cost = float(np.mean([row.cost for row in base]))
    # Two digits say as much as an amount that nobody asked for has to say.
    return float(f"{cost / 10.0:.1e}") if cost > 0.0 else 100.0


def _check(step: float, spend: float | None) -> None:
    if not (1.0 < step <= 1e6):
        raise InputError(
            f"step = {step!r} is not allowed; give a factor of the odds above 1, such as 1.1."
        )
    if spend is not None and not (0.0 < spend <= 1e12):
        raise InputError(f"spend = {spend!r} is not allowed; give an amount of money above 0.")
