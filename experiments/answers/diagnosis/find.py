"""Diagnose: turn each stage a little in the same worlds, and see what would bring most."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np

from ....sim.errors import InputError
from ....sim.network import Network
from ....sim.result import FUNNEL
from ...estimates.interval import NOTHING, Estimate, estimate
from ...estimates.paired import difference, pairing
from ...vocabulary.outcomes import Outcome
from ...vocabulary.outcomes import outcome as outcome_of
from ...worlds.given import Source, given
from ...worlds.networks import ROOM, Networks
from ...worlds.until import More, check_budget, until
from ...worlds.worlds import Meter, Progress, Worlds
from .answer import Diagnosis
from .beside import beside, improving
from .budget import beginning, fewer, parts_of, timed, too_little
from .gains import Bought, PartGain, StageGain, largest_drop
from .observed import (
    STEP_OF,
    Bench,
    Observation,
    Observer,
    earned,
    gain_of,
    known,
    mean_cost,
    rate_of,
    values_of,
)
from .stages import HANDLES, why_idle
from .uncertain import uncertain

REPLICATES: Final = 64
STEP: Final = 1.1
ALSO: Final = ("opened", "bought", "remedies", "segments")
_AS_IT_IS: Final = "as it is"


def diagnose(
    scenario: Source,
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
    began: float | None = None,
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
        A scenario, or the name or path of one; or a fit (`wordofmouth.fit`) or the folder that
        keeps one: then each world has a draw of its posterior, and each stage is improved in that.
    outcome
        What is to be gained (`wordofmouth.experiments.vocabulary.outcomes`).
    step
        The factor of the odds, above 1.
    spend
        The common amount of money, of which what it buys is left out last where time is short; a
        tenth of what the campaign costs if None, or 100 of one that costs nothing.
    replicates, width, seconds
        How many worlds; or, with a width, until the interval of the largest gain is that narrow,
        and `replicates` and `seconds` are the budget; the seconds are for all that is run.
    seed, world, network, seeds
        The seed of the first replicate, which later ones count up from; that of the world, if it
        is one for all; who hears whom, if not the scenario's own networks; ids of the people who
        are asked to pass on every post.
    also
        What is run beside the ranking: ``opened``, each stage as far as it goes; ``bought``, what
        the common amount of money buys; ``remedies`` for the top three stages; ``segments``, the
        step for each segment alone that the scenario names.
    jobs, executor
        In how many threads, or where else. The answer is the same.
    progress
        Called with the campaigns done and those that there will be, as far as that is known.
    began
        A time of `time.monotonic` from which the seconds are counted, so that reading and making
        ready is among them; now if None.

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
    start = time.monotonic() if began is None else began
    until_then = None if seconds is None else start + seconds
    outcome_of(outcome)
    _check(step, spend)
    unknown = sorted(set(also) - set(ALSO))
    if unknown:
        raise InputError(f"also = {unknown[0]!r} is not allowed; give some of {', '.join(ALSO)}.")
    check_budget(replicates, seconds)
    chosen, draws = given(scenario)
    asked = outcome_of(outcome).in_currency_of(chosen)
    meter = Meter(progress)
    worlds = Worlds(seed, world, network, seeds, jobs, executor, Networks(ROOM), meter, draws)
    bench = Bench(chosen, Observer(asked.name), worlds)
    reasons = {name: why_idle(handle, chosen) for name, handle in HANDLES.items()}
    active = [name for name, reason in reasons.items() if not reason]
    better = {name: improving(chosen, name, step) for name in active}
    meter.expect(replicates * (5 + len(active)) + fewer(replicates) * len(active))
    ranking: More[list[Observation]] = partial(
        worlds.each, {_AS_IT_IS: chosen, **better}, bench.observer, stop=until_then
    )
    spends, parts, pace = spend is not None, frozenset(parts_of(also, chosen)), 0.0
    left_out: tuple[str, ...] = ()
    if seconds is not None:
        alone = partial(worlds.each, {_AS_IT_IS: chosen}, bench.observer, stop=until_then)
        fitting = timed(seconds, alone, ranking, chosen, active, parts, start, spends=spends)
        seconds, parts, left_out, first, pace = fitting
        ranking = beginning(first, ranking)
    ranked_from = time.monotonic()
    answer = until(
        ranking,
        lambda rows: _largest(rows, asked.good),
        width=width,
        replicates=replicates,
        seconds=seconds,
    )
    ranked_to = time.monotonic()
    rows = answer.told
    n = len(rows)
    if until_then is not None and n < min(replicates, 2):
        raise too_little(until_then - start, ranked_to - ranked_from)
    base = [row[0] for row in rows]
    after = {name: [row[k + 1] for row in rows] for k, name in enumerate(active)}
    amount = _amount(spend, base)
    meter.expect(n * 4 + fewer(n) * len(active))
    gains = {name: known(asked.good * gain_of(each, base).mean) for name, each in after.items()}
    ranked = sorted(active, key=lambda name: -gains[name])
    if n > 1:  # as it goes with other worlds beside it
        pace = max(pace, (ranked_to - ranked_from) * worlds.jobs / ((n - 1) * (1 + len(active))))
    bench = replace(bench, deadline=until_then, pace=pace)
    found = beside(
        bench, parts, base, ranked, reasons, asked, amount, step, spends=spends, left_out=left_out
    )
    wide, buys = found.opened, found.at_stages
    stages = [
        _stage(name, reasons[name], base, after.get(name), wide.get(name), buys.get(name), asked)
        for name in (*ranked, *(name for name in HANDLES if name not in active))
    ]
    lead = _lead(ranked, after, asked.good)
    rates = {name: rate_of(base, name) for name in HANDLES}
    return Diagnosis(
        scenario=chosen,
        outcome=asked,
        step=step,
        spend=amount,
        base=estimate(values_of(base), within=asked.within),
        stages=tuple(stages),
        ahead=lead.ahead,
        rivals=lead.rivals,
        remedies=found.remedies,
        naive=largest_drop(rates, asked.name),
        replicates=n,
        seed=worlds.seed,
        world=worlds.world,
        budget=answer.sentence + found.sentence,
        segments=found.segments,
        earned=earned(base),
        bought=tuple(each for _, each in found.bought),
        untried=found.untried,
        unknown=None if draws is None else uncertain(draws, stages, base, after, asked, step),
    )


def _stage(
    name: str,
    reason: str,
    base: list[Observation],
    rows: list[Observation] | None,
    opened: Estimate | None,
    buys: Bought | None,
    asked: Outcome,
) -> StageGain:
    """Put together what was found at a stage."""
    if rows is None:
        gain, ratio = NOTHING, math.nan
    else:
        gain, ratio = gain_of(rows, base), pairing(values_of(rows), values_of(base))
    return StageGain(
        stage=name,
        act=HANDLES[name].act,
        rate=rate_of(base, name),
        gain=gain,
        opened=opened,
        bought=buys,
        no_price="" if buys is not None else "n/a",
        idle=reason,
        pairing=ratio,
        parts=tuple(_parts(name, base, rows, asked)),
    )


def _parts(
    name: str, base: list[Observation], rows: list[Observation] | None, asked: Outcome
) -> Iterator[PartGain]:
    """Rates and gains by role, hop, content and channel; empty parts are left out."""
    steps = next(((did, could) for stage, did, could, _ in FUNNEL if stage == name), None)
    counted = STEP_OF.get(asked.name)
    for by in base[0].parts:
        now = [row.parts[by][0] for row in base]
        total = np.sum(now, axis=0)
        for k, part in enumerate(base[0].parts[by][1]):
            if not total[:, k].any():
                continue
            rate = math.nan
            if steps is not None and steps[1] is not None and total[steps[1], k]:
                rate = float(total[steps[0], k] / total[steps[1], k])
            gain = None
            if counted is not None and rows is not None:
                after = [row.parts[by][0][counted, k] for row in rows]
                gain = difference(after, [each[counted, k] for each in now])
            yield PartGain(by, part, rate, gain)


def _largest(rows: list[list[Observation]], direction: int) -> Estimate:
    """The gain of the stage that helps most."""
    values = np.array([[each.value for each in row] for row in rows])
    if values.shape[1] == 1:
        return NOTHING
    gains = [difference(values[:, k], values[:, 0]) for k in range(1, values.shape[1])]
    return max(gains, key=lambda gain: known(direction * gain.mean))


class _Lead(NamedTuple):
    """How far the first stage is ahead of the second, and whom it cannot be told from."""

    ahead: Estimate | None
    rivals: tuple[str, ...]


def _lead(ranked: list[str], turned: dict[str, list[Observation]], direction: int) -> _Lead:
    """The first stage beside each of the others, in pairs and for all of them together."""
    apart = {name: gain_of(turned[ranked[0]], turned[name]) for name in ranked[1:]}
    rivals = [name for name, each in apart.items() if not each.surely(direction, len(apart))]
    return _Lead(next(iter(apart.values()), None), tuple(rivals))


def _amount(spend: float | None, base: list[Observation]) -> float:
    if spend is not None:
        return float(spend)
    cost = mean_cost(base)
    # Two digits say as much as an amount that nobody asked for has to say.
    return float(f"{cost / 10.0:.1e}") if cost > 0.0 else 100.0


def _check(step: float, spend: float | None) -> None:
    if not (1.0 < step <= 1e6):
        raise InputError(
            f"step = {step!r} is not allowed; give a factor of the odds above 1, such as 1.1."
        )
    if spend is not None and not (0.0 < spend <= 1e12):
        raise InputError(f"spend = {spend!r} is not allowed; give an amount of money above 0.")
