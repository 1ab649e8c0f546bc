"""The same money: a remedy in the measure that costs a common amount.

What a change costs is known from campaigns in the same worlds with and without it. Where a change
is a matter of degree it is turned until it costs the amount; where it is not, such as another post,
it is told by what it brings for what it costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from ....scenarios.toml import literal
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ....sim.parameters.paths import flat
from ...estimates.interval import Estimate, plain
from ...worlds.variant import changed
from .observed import Bench, Observation, cost_of, gain_of, mean_cost

# Worlds in which a measure is tried, how often, how near to the amount is near enough, and from
# where on the amount cannot be spent so.
TRIALS: Final = 12
ATTEMPTS: Final = 3
_NEAR: Final = 0.03
_FAR: Final = 0.25
# What of an entry of a list is bought in any number.
_NUMBERS: Final = {"publish.ads": "impressions", "publish.outlets": "count"}

Changes = dict[str, Any]


@dataclass(frozen=True)
class AtTheSame:
    """A remedy in the measure that costs the common amount.

    Attributes
    ----------
    settings
        What it changes then, as one would type it after ``--set``.
    spent, gain
        What it really costs more, and what it brings in the outcome.
    """

    settings: tuple[str, ...]
    spent: Estimate
    gain: Estimate

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return plain(vars(self))


def at_the_same(
    bench: Bench, amount: float, base: list[Observation], changes: Changes, cost: float
) -> AtTheSame | None:
    """A change in the measure that costs an amount; None where there is no such measure.

    Parameters
    ----------
    bench, base
        Where it is run, and the campaign as it is.
    amount
        Of money, above 0.
    changes
        The change as it was run, dotted path to value.
    cost
        What that costs more, above 0.
    """
    trials = min(TRIALS, len(base))
    before, factor = mean_cost(base[:trials]), amount / cost
    best: tuple[float, Changes] | None = None
    for _ in range(ATTEMPTS):
        measure = in_measure(bench.scenario, changes, factor)
        if measure is None:
            break
        tried = bench.run({"tried": changed(bench.scenario, measure)}, trials)["tried"]
        spent = mean_cost(tried) - before
        missed = abs(spent - amount) / amount
        if best is None or missed < best[0]:
            best = missed, measure
        if missed <= _NEAR or spent <= 0.0:
            break
        factor *= min(max(amount / spent, 0.1), 10.0)
    if best is None or best[0] > _FAR:
        return None
    bench.worlds.meter.expect(len(base))
    rows = bench.run({"same": changed(bench.scenario, best[1])}, len(base))["same"]
    typed = tuple(f"{path}={literal(value)}" for path, value in best[1].items())
    return AtTheSame(typed, cost_of(rows, base), gain_of(rows, base))


def in_measure(scenario: Scenario, changes: Changes, factor: float) -> Changes | None:
    """So many times the change of every number; None where none is one, or where it goes too far.

    Examples
    --------
    >>> in_measure(Scenario(), {"incentives.reward": 4.0, "incentives.public": False}, 0.5)
    {'incentives.reward': 2.0, 'incentives.public': False}
    >>> in_measure(Scenario(), {"publish.cross_posting": True}, 0.5)
    >>> in_measure(Scenario(), {"incentives.discount": 0.5}, 3.0)
    """
    now, measured, turned = flat(scenario.to_dict()), dict(changes), False
    for path, value in changes.items():
        scaled = _scaled(path, now.get(path), value, factor)
        if scaled is not None:
            measured[path], turned = scaled, True
    if not turned or measured == {path: now.get(path) for path in measured}:
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
