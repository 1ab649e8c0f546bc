"""The remedies of some stages, tried: what each brings, costs and earns, at the same money too.

What a change costs is known from campaigns in the same worlds with and without it. Where a change
is a matter of degree it is turned until it costs the common amount; where it is not, such as
another post, it is told by what it brings for what it costs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from ....scenarios.charges import unpriced
from ....scenarios.toml import literal
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...vocabulary.outcomes import Outcome
from ...worlds.variant import changed
from ..changes import in_words, value_at
from .gains import AtTheSame, Bought
from .observed import (
    FAR,
    FEWEST,
    NEAR,
    TRIALS,
    Bench,
    Observation,
    cost_of,
    gain_of,
    mean_cost,
    profit_of,
)
from .remedies import Changes, remedies_for
from .worth import RemedyGain, most_for_money


def settings(changes: Changes) -> list[str]:
    """Changes as one would type them after ``--set``.

    Examples
    --------
    >>> settings({"incentives.reward": 5.0})
    ['incentives.reward=5.0']
    """
    return [f"{path}={literal(value)}" for path, value in changes.items()]


def remedied(
    bench: Bench,
    top: Sequence[str],
    base: list[Observation],
) -> list[tuple[RemedyGain, Changes]]:
    """The remedies for some stages as they are named, and the changes that each makes.

    What nothing charges for is not ranked among these (`scenarios.charges`).

    Parameters
    ----------
    bench, base
        Where they are run, and the campaign as it is.
    top
        The stages.

    Raises
    ------
    OutOfTimeError
        If there is no time for the fewest worlds that tell anything.
    """
    acting: dict[str, tuple[str, ...]] = {}
    tried = {}
    for stage in top:
        for remedy, changes in remedies_for(stage, bench.scenario):
            acting[remedy.name] = (*acting.get(remedy.name, ()), stage)
            tried[remedy.name] = remedy, changes
    bench.worlds.meter.expect(len(base) * len(tried))
    made = {name: changed(bench.scenario, changes) for name, (_, changes) in tried.items()}
    found = []
    for name, rows in bench.run(made, len(base), least=FEWEST).items():
        remedy, changes = tried[name]
        untold = unpriced(bench.scenario, bench.scenario.replace(changes))
        told = RemedyGain(
            remedy=name,
            source=remedy.source,
            stages=acting[name],
            settings=tuple(settings(changes)),
            gain=gain_of(rows, base),
            cost=cost_of(rows, base),
            priced=not untold,
            untold=untold,
            does=remedy.does,
            sets=tuple(in_words(bench.scenario, changes)),
            profit=profit_of(rows, base),
        )
        found.append((told, changes))
    return found


def valued(
    found: Sequence[RemedyGain], buys: Collection[Bought], outcome: Outcome, *, earns: bool
) -> tuple[RemedyGain, ...]:
    """Remedies with what those without a price may cost: what has one comes first, the best first.

    Parameters
    ----------
    found
        As they were tried.
    buys
        What the common amount of money buys: what else there is to spend it on.
    outcome
        What is to be gained.
    earns
        Whether a conversion earns anything. Then what earns nothing is no standard: the money may
        as well be kept.
    """
    direction = outcome.good
    if earns:
        best = most_for_money(found, buys, 1, of="profit")
        told = [replace(each, worth=each.worth_in_money(best, direction)) for each in found]
    else:
        best = most_for_money(found, buys, direction)
        told = [replace(each, worth=each.worth_at(best, outcome)) for each in found]
    return tuple(sorted(told, key=lambda each: each.order(direction)))


# How often a measure is tried.
ATTEMPTS: Final = 3
# What of an entry of a list is bought in any number.
_NUMBERS: Final = {"publish.ads": "impressions", "publish.outlets": "count"}


def at_the_same(
    bench: Bench,
    amount: float,
    base: list[Observation],
    tried: Sequence[tuple[RemedyGain, Changes]],
    direction: int,
) -> Iterator[tuple[int, AtTheSame | None]]:
    """Remedies that surely help at a price, in the measure that costs an amount.

    Parameters
    ----------
    bench, base
        Where they are run, and the campaign as it is.
    amount
        Of money, above 0.
    tried
        The remedies as they are named, and their changes.
    direction
        1 if more of the outcome is better, -1 if less is.

    Yields
    ------
    tuple
        Which of them, and it in that measure; None where there is none.

    Raises
    ------
    OutOfTimeError
        If there is no time for the next.
    """
    for k, (each, changes) in enumerate(tried):
        if each.ranked and each.gain.surely(direction) and each.cost.surely(1):
            yield k, _measured(bench, amount, base, changes, each.cost.mean)


def _measured(
    bench: Bench, amount: float, base: list[Observation], changes: Changes, cost: float
) -> AtTheSame | None:
    trials = min(TRIALS, len(base))
    before, factor = mean_cost(base[:trials]), amount / cost
    best: tuple[float, Changes, list[Observation]] | None = None
    for _ in range(ATTEMPTS):
        measure = in_measure(bench.scenario, changes, factor)
        if measure is None:
            break
        tried = bench.run({"tried": changed(bench.scenario, measure)}, trials)["tried"]
        spent = mean_cost(tried) - before
        missed = abs(spent - amount) / amount
        if best is None or missed < best[0]:
            best = missed, measure, tried
        if missed <= NEAR or spent <= 0.0:
            break
        factor *= min(max(amount / spent, 0.1), 10.0)
    if best is None or best[0] > FAR:
        return None
    bench.worlds.meter.expect(len(base))
    same = {"same": changed(bench.scenario, best[1])}
    rows = bench.run(same, len(base), FEWEST, known=best[2])["same"]
    typed = tuple(f"{path}={literal(value)}" for path, value in best[1].items())
    return AtTheSame(
        typed, cost_of(rows, base), gain_of(rows, base), profit_of(rows, base),
        tuple(in_words(bench.scenario, best[1])),
    )  # fmt: skip


def in_measure(scenario: Scenario, changes: Changes, factor: float) -> Changes | None:
    """So many times the change of every number; None where none is one, or where it goes too far.

    Examples
    --------
    >>> in_measure(Scenario(), {"incentives.reward": 4.0, "incentives.public": False}, 0.5)
    {'incentives.reward': 2.0, 'incentives.public': False}
    >>> in_measure(Scenario(), {"publish.cross_posting": True}, 0.5)
    >>> in_measure(Scenario(), {"incentives.discount": 0.5}, 3.0)
    """
    measured, turned = dict(changes), False
    now = {path: value_at(scenario, path) for path in changes}
    for path, value in changes.items():
        scaled = _scaled(path, now[path], value, factor)
        if scaled is not None:
            measured[path], turned = scaled, True
    if not turned or measured == now:
        return None
    try:
        scenario.replace(measured)
    except InputError:
        return None
    return measured


def _scaled(path: str, before: Any, after: Any, factor: float) -> Any:
    """A value so many times as far from the former; None where it is no matter of degree."""
    if path in _NUMBERS:
        return _more(_NUMBERS[path], after, factor)
    if isinstance(after, bool) or not isinstance(after, int | float):
        return None
    start = before if isinstance(before, int | float) else 0.0
    found = start + factor * (after - start)
    return round(found) if isinstance(after, int) and isinstance(start, int) else round(found, 6)


def _more(name: str, entries: list[dict[str, Any]], factor: float) -> list[dict[str, Any]] | None:
    """The last of some entries, which is the new one, in so many times its number."""
    *others, new = entries
    asked: Callable[[float], float] = round if name == "count" else lambda value: round(value, 6)
    number = asked(new.get(name, 1) * factor)
    return [*others, new | {name: number}] if number > 0 else None
