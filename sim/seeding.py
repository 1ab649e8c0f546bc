"""Who is asked to pass on the brand's posts, in which order, and what asking each of them costs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import InputError
from .jit import jit
from .network import Network
from .parameters import Scenario


def named(network: Network, people: Iterable[Any]) -> NDArray[np.int32]:
    """The rows of people by their ids, each once, in the order in which they are named."""
    rows = network.rows_of(list(people))
    return rows[np.sort(np.unique(rows, return_index=True)[1])].astype(np.int32)


def seed_contact(scenario: Scenario) -> int:
    """Millionths of money that it costs to ask a person, whatever they answer."""
    return round(scenario.publish.seed_cost * 1e6)


def seed_costs(scenario: Scenario, followers: NDArray[Any]) -> NDArray[np.int64]:
    """Millionths of money for people who are asked and comply, by their followers.

    A cost of contact and a fee by followers (Bakshy et al. 2011).
    """
    publish = scenario.publish
    costs = publish.seed_cost + publish.seed_cost_follower * (
        followers.astype(np.float64) ** publish.seed_cost_exponent
    )
    return np.round(costs * 1e6).astype(np.int64)


@jit
def _affordable(costs: NDArray[np.int64], budget: int) -> NDArray[np.bool_]:
    """Whom a budget pays for, in this order; who is too dear for what is left is passed over."""
    paid = np.zeros(costs.size, np.bool_)
    for k in range(costs.size):
        if costs[k] <= budget:
            budget -= costs[k]
            paid[k] = True
    return paid


def chosen(scenario: Scenario, network: Network, luck: NDArray[np.float64]) -> NDArray[np.int32]:
    """The people asked to pass on every post, in their order: by luck, or by how many hear them."""
    publish = scenario.publish
    if publish.seeds > network.n:
        raise InputError(
            f"publish.seeds = {publish.seeds} is more than the network's {network.n} people; "
            "ask fewer."
        )
    if publish.seeding == "followers":
        order = np.lexsort((luck, -network.followers))
    elif publish.seeding == "fringe":
        order = np.lexsort((luck, network.followers))
    elif publish.seed_budget is None:
        order = np.argpartition(luck, publish.seeds - 1)[: publish.seeds]
        order = order[np.argsort(luck[order])]
    else:
        order = np.argsort(luck)
    if publish.seed_budget is not None:
        costs = seed_costs(scenario, network.followers)
        order = order[_affordable(costs[order], round(publish.seed_budget * 1e6))]
    count = publish.seeds or order.size
    return order[:count].astype(np.int32)
