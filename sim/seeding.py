"""Who is asked to pass on the brand's posts, in which order, and what asking each of them costs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import InputError
from .network import Network
from .parameters import Scenario
from .seeds import WEIGHTED_CASCADE, Wanted, choose


def named(network: Network, people: Iterable[Any]) -> NDArray[np.int32]:
    """The rows of people by their ids, each once, in the order in which they are named."""
    rows = network.rows_of(list(people))
    return rows[np.sort(np.unique(rows, return_index=True)[1])].astype(np.int32)


def seed_contact(scenario: Scenario) -> int:
    """Millionths of money that it costs to ask a person, whatever they answer."""
    return round(scenario.publish.seed_cost * 1e6)


def seed_costs(scenario: Scenario, network: Network, rows: Any = slice(None)) -> NDArray[np.int64]:
    """Millionths of money for people who are asked and comply, by their rows.

    A cost of contact and a fee: by followers (Bakshy et al. 2011), or what the table of people has
    as `cost`.
    """
    publish = scenario.publish
    fees = publish.seed_cost_follower * (
        network.followers[rows].astype(np.float64) ** publish.seed_cost_exponent
    )
    own = None if network.people is None else network.people.number("cost")
    if own is not None:
        fees = np.where(np.isnan(own[rows]), fees, own[rows])
    return np.round((publish.seed_cost + fees) * 1e6).astype(np.int64)


def unpriced(scenario: Scenario, network: Network) -> NDArray[np.bool_]:
    """Of whom nothing says what it costs to ask them: no budget buys what has no price."""
    publish = scenario.publish
    own = None if network.people is None else network.people.number("cost")
    if publish.seed_cost > 0.0 or publish.seed_cost_follower > 0.0:
        return np.zeros(network.n, np.bool_)
    return np.ones(network.n, np.bool_) if own is None else np.isnan(own)


def posts_asked_for(scenario: Scenario) -> int:
    """How many posts of the brand's own calendar people are asked to pass on."""
    calendar = scenario.calendar()
    return sum(post.brand is None and (post.tick or 0) < scenario.horizon for post in calendar)


def chosen(scenario: Scenario, network: Network, luck: NDArray[np.float64]) -> NDArray[np.int32]:
    """The people asked to pass on every post, in their order, by `publish.seeding`."""
    publish = scenario.publish
    if publish.seeds > network.n:
        raise InputError(
            f"publish.seeds = {publish.seeds} is more than the network's {network.n} people; "
            "ask fewer."
        )
    costs = budget = None
    if publish.seed_budget is not None:
        costs = seed_costs(scenario, network)
        # The money is that of the campaign, and whoever is asked is asked for each of its posts.
        budget = round(publish.seed_budget * 1e6) // max(posts_asked_for(scenario), 1)
        costs = np.where(unpriced(scenario, network), budget + 1, costs)
    wanted = Wanted(publish.seeds or network.n, network.followers, luck, costs, budget)
    chance = WEIGHTED_CASCADE
    if publish.seed_chance is not None:
        chance = np.array([publish.seed_chance])
    elif network.meaning == "probability" and network.weights is not None:
        chance = network.weights.astype(np.float64)
    return choose(network, publish.seeding, wanted, chance)
