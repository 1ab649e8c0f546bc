"""Money by tick: what came in, and what went out.

Prices and worths are those of the tick: a timeline may change them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .ledger import MILLION
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
        purchases * price + upsells * upsell + cross_sells * cross_sell
        for (purchases, upsells, cross_sells), (price, upsell, cross_sell) in _sales(result)
    ]
    return np.concatenate(flows)


def prices_by_tick(result: Result) -> Flow:
    """What a purchase brought in each tick, price and worth."""
    return np.concatenate([np.full(sold.shape[1], worth[0]) for sold, worth in _sales(result)])


def cost_by_tick(result: Result) -> Flow:
    """What was spent in each tick, the prize of a draw included; the sum is that of the ledger."""
    flow: Flow = result.money.sum(axis=1) / MILLION
    if result.prize is not None:
        flow[result.prize[0]] += result.prize[1]
    return flow


def _sales(result: Result) -> Iterator[tuple[NDArray[np.int64], tuple[float, float, float]]]:
    """What was sold while prices stayed the same, and what one of each kind brought.

    Kinds are purchases, and of these what larger ones and those of another product too bring more:
    ``[kind, tick]``.
    """
    columns = result.columns
    purchases = columns["conversions"] + columns["repeats"]
    sold = np.stack([purchases, columns["upsells"], columns["cross_sells"]])
    changes = sorted({0, *(change.tick for change in result.scenario.timeline)})
    for start, stop in zip(changes, [*changes[1:], result.ticks], strict=True):
        yield sold[:, start:stop], _worth(result.scenario.at(start))


def _worth(then: Scenario) -> tuple[float, float, float]:
    transact, returns = then.transact, then.returns
    return transact.price + transact.worth, returns.upsell_worth, returns.cross_sell_worth
