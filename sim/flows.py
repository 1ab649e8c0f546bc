"""Money by tick: what came in, what of it was left when it was made, and what went out.

Prices and worths are those of the tick: a timeline may change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .ledger import MILLION, priced
from .parameters import Scenario

if TYPE_CHECKING:
    from .result import Result

Flow = NDArray[np.float64]
# An amount for one of each kind that was sold.
_Each = tuple[float, ...]


def revenue(result: Result) -> float:
    """What all purchases brought; what is sold at one price is counted before it is priced."""
    return _total((sold, brought) for sold, brought, _ in _sales(result))


def making(result: Result) -> float:
    """What it took to make all that was sold: revenue less this is the gross profit."""
    return _total((sold, made) for sold, _, made in _sales(result))


def revenue_by_tick(result: Result) -> Flow:
    """What purchases brought in each tick."""
    return _by_tick((sold, brought) for sold, brought, _ in _sales(result))


def making_by_tick(result: Result) -> Flow:
    """What it took to make what was sold in each tick."""
    return _by_tick((sold, made) for sold, _, made in _sales(result))


def gross_of_buyers(result: Result) -> Flow:
    """What each of `Result.buyers` brought, price and worth, less what it took to make it."""
    log, changes = result.buyer_log, sorted({0, *(c.tick for c in result.scenario.timeline)})
    segment = result.about.get("segment")
    whose = np.full(log.person.size, "", object) if segment is None else segment[log.person]
    found, unit = np.zeros(log.person.size), _units(result.scenario)
    for start, stop in zip(changes, [*changes[1:], result.ticks], strict=True):
        then = result.scenario.at(start)
        now = (log.tick >= start) & (log.tick < stop)
        for name in ("", *(then.segments if priced(then) else ())):
            mine = now & (whose == name) if name else now
            found[mine] = then.price_of(name) + then.transact.worth - unit[start]
    return found


def cost_by_tick(result: Result) -> Flow:
    """What was spent in each tick, the prize of a draw included; the sum is that of the ledger."""
    flow: Flow = result.money.sum(axis=1) / MILLION
    if result.prize is not None:
        flow[result.prize[0]] += result.prize[1]
    return flow


def unit_cost(scenario: Scenario) -> float:
    """What it takes to make one piece at first, as `Transact.cost_of_goods` has it.

    Examples
    --------
    >>> round(unit_cost(Scenario(transact={"price": 40.0, "margin": 0.4})), 9)
    24.0
    """
    return scenario.transact.cost_of_goods


def _units(scenario: Scenario) -> dict[int, float]:
    """What it takes to make one piece, from each tick on at which anything changes.

    A margin is one of the price beside which it is said: who sells cheaper later, or to some,
    makes it no cheaper. A change that names the margin says it of the price that then holds, and
    one that names `transact.unit_cost` says what it then takes.
    """
    units = {0: unit_cost(scenario)}
    names = {"transact.margin", "transact.unit_cost"}
    said = {change.tick for change in scenario.timeline if names & change.changes.keys()}
    for tick in sorted({change.tick for change in scenario.timeline}):
        last = units[max(units)]
        units[tick] = unit_cost(scenario.at(tick)) if tick in said else last
    return units


def _total(sales: Iterable[tuple[NDArray[np.int64], _Each]]) -> float:
    total = 0.0
    for sold, each in sales:
        for kind, amount in zip(sold, each, strict=True):
            total += int(kind.sum()) * amount
    return total


def _by_tick(sales: Iterable[tuple[NDArray[np.int64], _Each]]) -> Flow:
    flows = [
        sum((kind * amount for kind, amount in zip(sold, each, strict=True)), _none(sold))
        for sold, each in sales
    ]
    return np.concatenate(flows)


def _none(sold: NDArray[np.int64]) -> Flow:
    return np.zeros(sold.shape[1])


def _sales(result: Result) -> Iterator[tuple[NDArray[np.int64], _Each, _Each]]:
    """What was sold while prices stayed the same, what one of each kind brought, and took to make.

    Kinds are purchases, and of these what larger ones and those of another product too bring more:
    ``[kind, tick]``.
    """
    columns = result.columns
    purchases = columns["conversions"] + columns["repeats"]
    sold = np.stack([purchases, columns["upsells"], columns["cross_sells"]])
    if apart := priced(result.scenario):
        sold = np.stack([*(columns[name] for name in apart), *sold[1:]])
    unit = _units(result.scenario)
    changes = sorted({0, *(change.tick for change in result.scenario.timeline)})
    for start, stop in zip(changes, [*changes[1:], result.ticks], strict=True):
        then = result.scenario.at(start)
        brought, rest = _worth(then), 1.0 - then.transact.margin
        more = (rest * then.returns.upsell_worth, rest * then.returns.cross_sell_worth)
        made = (unit[start],) * (len(brought) - 2) + more
        yield sold[:, start:stop], brought, made


def _worth(then: Scenario) -> tuple[float, ...]:
    """What one of each kind brings: a purchase, by segment where their prices differ, and more."""
    whose = ["", *then.segments] if priced(then) else [""]
    bought = [then.price_of(name) + then.transact.worth for name in whose]
    return *bought, then.returns.upsell_worth, then.returns.cross_sell_worth
