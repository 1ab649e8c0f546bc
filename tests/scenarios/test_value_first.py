"""Value first (source 003): the same gifts and the same asks, in another order."""

from __future__ import annotations

import pytest
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.result import Result

from .paired import campaigns, gain, values

SEEDS = range(48)
GIFTS, ASKS = ["useful_advice"] * 4, ["hard_sell"] * 4
WITHOUT_MEMORY = {
    "transact.convert_given": 0.0,
    "relation.pressure": 0.0,
    "relation.monologue": 0.0,
}


@pytest.fixture(scope="module")
def value_first() -> list[Result]:
    return campaigns("value_first", SEEDS)


@pytest.fixture(scope="module")
def ask_first() -> list[Result]:
    return campaigns("value_first", SEEDS, {"content": ASKS + GIFTS})


@pytest.fixture(scope="module")
def in_turn() -> list[Result]:
    return campaigns("value_first", SEEDS, {"content": ["useful_advice", "hard_sell"] * 4})


def test_the_scenario_gives_first() -> None:
    assert [post.type for post in load("value_first").content] == GIFTS + ASKS


@pytest.mark.parametrize("indicator", ["conversions", "mean_trust", "return_on_spend"])
def test_to_give_first_pays(
    value_first: list[Result], in_turn: list[Result], ask_first: list[Result], indicator: str
) -> None:
    assert gain(value_first, in_turn, indicator) > 4
    assert gain(in_turn, ask_first, indicator) > 4


def test_it_costs_the_same(value_first: list[Result], ask_first: list[Result]) -> None:
    assert set(values(value_first, "cost")) == set(values(ask_first, "cost")) == {480.0}


def test_what_is_sold_is_what_visitors_are_worth_and_not_how_many_come(
    value_first: list[Result], ask_first: list[Result]
) -> None:
    visits = values(value_first, "visits").mean() / values(ask_first, "visits").mean()
    signed = values(value_first, "conversions").mean() / values(ask_first, "conversions").mean()
    assert 1.0 < visits < 1.2 < 1.3 < signed


@pytest.mark.parametrize("left", ["transact.convert_given", "relation.pressure"])
def test_each_of_the_two_reasons_is_one(left: str) -> None:
    off = {name: 0.0 for name in WITHOUT_MEMORY if name != left}
    first = campaigns("value_first", SEEDS, off)
    last = campaigns("value_first", SEEDS, off | {"content": ASKS + GIFTS})
    assert gain(first, last, "conversions") > 4


def test_without_memory_the_order_changes_nothing() -> None:
    first = campaigns("value_first", SEEDS, WITHOUT_MEMORY)
    last = campaigns("value_first", SEEDS, WITHOUT_MEMORY | {"content": ASKS + GIFTS})
    assert gain(first, last, "mean_trust") == 0.0
    for indicator in ("conversions", "visits", "reach"):
        assert abs(gain(first, last, indicator)) < 4, indicator
