"""Extremes stay sane: a table, each in a campaign in which everything is switched on.

Indicators are finite or None, money adds up to the cent, and agents decide as kernels do.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pytest
import wordofmouth as wom
from wordofmouth import Result, Scenario

from ..experiments.everything import EVERYTHING

PRICE = 40.0
BASE = {
    **EVERYTHING,
    "horizon": 20,
    "network.people": 120,
    "transact.price": PRICE,
    "transact.margin": 0.4,
    "timeline": [],
}
ALONE = {
    "network.people": 1,
    "network.kind": "random",
    "network.mean_degree": 0.0,
    "publish.seeds": 0,
    "publish.asked": [],
}
TABLE: dict[str, dict[str, Any]] = {
    "as it is": {},
    "price x 10": {"transact.price": 10 * PRICE, "transact.reference_price": PRICE},
    "free": {"transact.price": 0.0},
    "no budget": {"incentives.budget": 0.0, "publish.seed_budget": 0.0, "interact.capacity": 0.0},
    "a reward of a million": {"incentives.reward": 1e6, "incentives.budget": None},
    "a million that is not there": {"incentives.reward": 1e6, "incentives.budget": 50.0},
    "one person": ALONE,
    "one person and a million": ALONE | {"incentives.reward": 1e6},
    "a hundred posts": {
        "content": ["post"] * 100,
        "publish.interval": 1,
        "publish.cross_posting": 1,
    },
    "a hundred at once": {"content": [{"type": "post", "tick": 0}] * 100},
    "nobody clicks": {"transact.click": 0.0},
    "everybody does everything": {
        "transact.click": 1.0,
        "transact.convert": 1.0,
        "share.base": {"stranger": 1.0, "fan": 1.0, "advocate": 1.0},
        "interact.follow": 1.0,
    },
    "feeds ranked by nothing but reach": {
        "channels.feed.ranking": "engagement",
        "channels.feed.ranking_reach": 1.0,
        "channels.feed.ranking_half": 1e-6,
    },
    "rivals who always react": {
        "publish.rivals": [
            {"name": "other", "followers": 1.0, "reacts_above": 0.0, "reacts_every": 1, "seeds": 1}
        ]
    },
}
CENT = 0.005


@cache
def scenario(name: str) -> Scenario:
    changes = TABLE[name]
    if "publish.cross_posting" in changes:
        changes = changes | {"publish.cross_posting": True}
    return Scenario().replace(BASE).replace(changes)


@cache
def run(name: str) -> Result:
    return wom.run(scenario(name), seed=4)


@pytest.mark.parametrize("name", TABLE)
def test_indicators_are_finite_or_none(name: str) -> None:
    told = run(name).to_dict()
    for table in ("kpis", "cascades"):
        for key, value in told[table].items():
            assert value is None or math.isfinite(value), key
    rates = [stage["rate"] for stage in told["funnel"]]
    assert all(rate is None or 0.0 <= rate <= 1.0 for rate in rates)


@pytest.mark.parametrize("name", TABLE)
def test_money_adds_up_to_the_cent(name: str) -> None:
    result = run(name)
    kpis, series = result.kpis, result.series
    spent = sum(result.ledger.values())
    assert abs(result.payments["amount"].sum() - spent) < CENT
    assert abs(series["cost"].sum() - spent) < CENT
    assert abs(kpis["cost"] - spent) < CENT
    assert abs(series["revenue"].sum() - kpis["revenue"]) < CENT
    assert abs(kpis["profit"] - (kpis["gross_profit"] - kpis["cost"])) < CENT
    assert min(result.ledger.values()) >= 0.0
    then, sold = result.scenario, series[["conversions", "repeats"]].sum().sum()
    came = sold * (then.transact.price + then.transact.worth)
    came += series["upsells"].sum() * then.returns.upsell_worth
    came += series["cross_sells"].sum() * then.returns.cross_sell_worth
    assert abs(kpis["revenue"] - came) < CENT
    budget = then.incentives.budget
    if budget is not None:
        rewards = result.ledger["rewards"] + result.ledger["recipients"] + result.ledger["fraud"]
        assert rewards <= budget + CENT


@pytest.mark.parametrize("name", TABLE)
def test_agents_decide_as_kernels_do(name: str) -> None:
    model = wom.CampaignModel(scenario(name), rng=4, by="agents")
    while model.running:
        model.step()
    assert model.result.digest == run(name).digest
