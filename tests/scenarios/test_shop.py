"""`shop`: what a shop should do with 5,000 euro."""

from __future__ import annotations

import pytest
import wordofmouth as wom

WORLDS = range(6)
ADS = [{"name": "feed", "tick": 0, "ticks": 168, "audience": 1.0, "impressions": 30.0}]
REWARD = {"incentives.paid": "conversion", "incentives.reward": 5.0}

pytestmark = pytest.mark.slow


def campaigns(changes: dict[str, object]) -> list[dict[str, float]]:
    scenario = wom.load("shop").replace(changes)
    return [wom.run(scenario, seed=seed).kpis for seed in WORLDS]


def test_most_of_the_money_is_better_kept() -> None:
    """Posts lose a little, ads nearly all that they cost, and small incentives change nothing."""
    posts = campaigns({})
    orders = [each["conversions"] for each in posts]
    assert 12 < sum(orders) / len(orders) < 23
    assert all(each["profit"] < 0.0 for each in posts)
    for without, with_ads in zip(posts, campaigns({"publish.ads": ADS}), strict=True):
        spent = with_ads["cost"] - without["cost"]
        assert spent == pytest.approx(4_815.0, abs=10.0)
        assert 10 < with_ads["conversions"] - without["conversions"] < 45
        assert -spent < with_ads["profit"] - without["profit"] < -0.8 * spent
    for changes in (REWARD, {"transact.price": 36.0}):
        for without, other in zip(posts, campaigns(changes), strict=True):
            assert abs(other["profit"] - without["profit"]) < 120.0


def test_visits_end_in_orders_as_often_as_in_the_trade() -> None:
    """Shops turn .5 to 1.5 % of their visits into orders."""
    kpis = campaigns({})
    bought, visits = (sum(each[name] for each in kpis) for name in ("conversions", "visits"))
    assert 0.005 < bought / visits < 0.015
