"""Money by tick: what came in, and what went out.

Prices and worths are those of the tick: a timeline may change them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .ledger import MILLION, priced
from .parameters import Scenario

if TYPE_CHECKING:
    from .result import Result

Flow = NDArray[np.float64]


def revenue(result: Result) -> float:
    """What all purchases brought; what is sold at one price is counted before it is priced."""
    total = 0.0
    for sold, worth in _sales(result):
        for kind, brought in zip(sold, worth, strict=True):
            total += int(kind.sum()) * brought
    return total


def revenue_by_tick(result: Result) -> Flow:
    """What purchases brought in each tick."""
    flows = [
        sum((kind * each for kind, each in zip(sold, worth, strict=True)), np.zeros(sold.shape[1]))
        for sold, worth in _sales(result)
    ]
    return np.concatenate(flows)


def prices_of_buyers(result: Result) -> Flow:
    """What each of `Result.buyers` brought, price and worth."""
    log, changes = result.buyer_log, sorted({0, *(c.tick for c in result.scenario.timeline)})
    segment = result.about.get("segment")
    whose = np.full(log.person.size, "", object) if segment is None else segment[log.person]
    found = np.zeros(log.person.size)
    for start, stop in zip(changes, [*changes[1:], result.ticks], strict=True):
        then = result.scenario.at(start)
        now = (log.tick >= start) & (log.tick < stop)
        for name in ("", *(then.segments if priced(then) else ())):
            mine = now & (whose == name) if name else now
            found[mine] = then.price_of(name) + then.transact.worth
    return found


def cost_by_tick(result: Result) -> Flow:
    """What was spent in each tick, the prize of a draw included; the sum is that of the ledger."""
    flow: Flow = result.money.sum(axis=1) / MILLION
    if result.prize is not None:
        flow[result.prize[0]] += result.prize[1]
    return flow


def _sales(result: Result) -> Iterator[tuple[NDArray[np.int64], tuple[float, ...]]]:
    """What was sold while prices stayed the same, and what one of each kind brought.

    Kinds are purchases, and of these what larger ones and those of another product too bring more:
    ``[kind, tick]``.
    """
    columns = result.columns
    purchases = columns["conversions"] + columns["repeats"]
    sold = np.stack([purchases, columns["upsells"], columns["cross_sells"]])
    if apart := priced(result.scenario):
        sold = np.stack([*(columns[name] for name in apart), *sold[1:]])
    changes = sorted({0, *(change.tick for change in result.scenario.timeline)})
    for start, stop in zip(changes, [*changes[1:], result.ticks], strict=True):
        yield sold[:, start:stop], _worth(result.scenario.at(start))


def _worth(then: Scenario) -> tuple[float, ...]:
    """What one of each kind brings: a purchase, by segment where their prices differ, and more."""
    whose = ["", *then.segments] if priced(then) else [""]
    bought = [then.price_of(name) + then.transact.worth for name in whose]
    return *bought, then.returns.upsell_worth, then.returns.cross_sell_worth
