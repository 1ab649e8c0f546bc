"""What selling in every post brings and costs (000, 001, 003), on one world and with one luck."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import choose_network, run
from wordofmouth.sim.result import Result
from wordofmouth.sim.world import STRANGER

SEEDS = range(12)
HARD_SELL = load("hard_sell")
VALUE_FIRST = {"content": ["useful_advice", "hard_sell", "backstage", "useful_advice"] * 7}
WEEK = 28  # ticks


@pytest.fixture(scope="module")
def campaigns() -> dict[str, list[Result]]:
    """Selling in every post; value first; among people who do not mind; among those who stay."""
    network = choose_network(HARD_SELL, 0)
    changes: dict[str, dict[str, Any]] = {
        "hard": {},
        "value first": VALUE_FIRST,
        "unminded": {"relation.pressure": 0.0, "relation.monologue": 0.0},
        "stays": {"interact.unfollow_selling": 0.0},
    }
    return {
        name: [run(HARD_SELL.replace(change), network=network, seed=k, world=0) for k in SEEDS]
        for name, change in changes.items()
    }


def clearly_more(more: NDArray[np.float64], less: NDArray[np.float64]) -> bool:
    """By four standard errors, pair by pair."""
    won = more - less
    return bool(won.mean() > 4 * won.std(ddof=1) / sqrt(won.size))


def kpi(results: list[Result], name: str) -> NDArray[np.float64]:
    return np.array([result.kpis[name] for result in results], float)


def during(results: list[Result], name: str, first: int, last: int) -> NDArray[np.float64]:
    """A column of the series, summed over weeks, the first and the last included."""
    ticks = slice(WEEK * (first - 1), WEEK * last)
    return np.array([result.columns[name][ticks].sum() for result in results], float)


def trust_of_followers(results: list[Result]) -> NDArray[np.float64]:
    """Of those who followed at birth, whether they stayed or not."""
    followed = results[0].role_at_birth != STRANGER
    return np.array([result.trust[followed].mean(dtype=float) for result in results])


Campaigns = dict[str, list[Result]]


def test_there_are_as_many_posts_and_a_quarter_of_them_sell() -> None:
    sold = [post.type for post in HARD_SELL.content]
    mixed = [post.type for post in HARD_SELL.replace(VALUE_FIRST).content]
    assert sold == ["hard_sell"] * len(mixed)
    assert mixed.count("hard_sell") == len(mixed) / 4


def test_selling_hard_is_clicked_on_at_first_and_less_in_the_end(campaigns: Campaigns) -> None:
    hard, first = campaigns["hard"], campaigns["value first"]
    assert clearly_more(during(hard, "clicks", 1, 1), during(first, "clicks", 1, 1))
    assert clearly_more(during(first, "clicks", 7, 8), during(hard, "clicks", 7, 8))


def test_it_costs_conversions_and_does_not_pay(campaigns: Campaigns) -> None:
    hard, first = campaigns["hard"], campaigns["value first"]
    assert clearly_more(kpi(first, "conversions"), 1.3 * kpi(hard, "conversions"))
    assert clearly_more(kpi(first, "conversion_rate"), kpi(hard, "conversion_rate"))
    assert clearly_more(kpi(hard, "cost"), kpi(hard, "revenue"))
    assert clearly_more(kpi(first, "return_on_spend"), kpi(hard, "return_on_spend"))


def test_it_costs_trust_followers_and_the_word_of_people(campaigns: Campaigns) -> None:
    hard, first = campaigns["hard"], campaigns["value first"]
    assert clearly_more(trust_of_followers(first), trust_of_followers(hard) + 0.1)
    assert clearly_more(kpi(hard, "churn"), 2 * kpi(first, "churn"))
    for name in ("fans", "reach", "shares", "reshares", "k_factor"):
        assert clearly_more(kpi(first, name), kpi(hard, name)), name


def test_what_is_lost_is_lost_through_trust(campaigns: Campaigns) -> None:
    hard, unminded = campaigns["hard"], campaigns["unminded"]
    assert clearly_more(trust_of_followers(unminded), trust_of_followers(hard) + 0.1)
    assert clearly_more(kpi(unminded, "conversions"), 1.3 * kpi(hard, "conversions"))
    lost = [
        during(each, "clicks", 1, 1) - during(each, "clicks", 7, 7) for each in (hard, unminded)
    ]
    assert clearly_more(lost[0], lost[1])


def test_and_a_little_through_those_who_leave(campaigns: Campaigns) -> None:
    hard, stays = campaigns["hard"], campaigns["stays"]
    assert clearly_more(kpi(hard, "churn"), 3 * kpi(stays, "churn"))
    assert clearly_more(during(stays, "clicks", 7, 8), during(hard, "clicks", 7, 8))


def test_the_campaign_is_neither_dead_nor_an_explosion(campaigns: Campaigns) -> None:
    for results in campaigns.values():
        assert 0.05 < kpi(results, "k_factor").mean() < 0.45
        assert 20 < kpi(results, "conversions").mean() < 200
        noticed = during(results, "noticed", 1, 9).sum()
        assert 0.009 < kpi(results, "clicks").sum() / noticed < 0.025
