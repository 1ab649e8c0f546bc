"""What a scenario says that can never act is said."""

from __future__ import annotations

from typing import Any

import pytest
from wordofmouth import load, names
from wordofmouth.scenarios.doubts import doubts
from wordofmouth.sim.parameters import Scenario


@pytest.mark.parametrize("name", names())
def test_what_is_shipped_says_nothing_in_vain(name: str) -> None:
    assert doubts(load(name)) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"timeline": [{"tick": 99, "set": {"attention": 1.0}}]}, ["tick 99", "horizon = 48"]),
        ({"content": [{"type": "post", "tick": 48}]}, ["the post at tick 48"]),
        ({"publish.ads": [{"tick": 60}]}, ["the ad at tick 60"]),
        (
            {"incentives.reward": 1.0, "share.weight.reward": 1.0, "incentives.budget": 0.5},
            ["incentives.budget = 0.5", "a single claim of 1"],
        ),
        ({"incentives.reward": 1.0, "share.weight.reward": 0.0}, ["share.weight.reward = 0"]),
        (
            {
                "incentives.reward": 3.0,
                "incentives.paid": "conversion",
                "share.weight.reward": 1.0,
                "transact.price": 4.0,
                "transact.margin": 0.4,
            },
            ["incentives.reward = 3", "1.6 at a price of 4"],
        ),
        (
            {
                "incentives.reward": 1.0,
                "incentives.recipient": 1.0,
                "share.weight.reward": 1.0,
                "incentives.paid": "conversion",
                "transact.price": 4.0,
                "transact.margin": 0.4,
            },
            ["incentives.reward + incentives.recipient = 2", "1.6 at a price of 4"],
        ),
        ({"incentives.reward": 1e9}, ["extrapolated", "1e+09", "100"]),
        (
            {"incentives.reward": 5.0, "incentives.judged_chance": 0.03},
            ["incentives.judged_chance = 0.03", "each share is paid"],
        ),
        ({"incentives.access": 5.0}, ["extrapolated", "a reward of 1,474"]),
        (
            {"transact.price": 40.0, "transact.click": 0.1, "incentives.discount": 0.9},
            ["incentives.discount = 0.9 is extrapolated", "give 0.5 or less"],
        ),
        (
            {"publish.ads": [{"ticks": 48, "impressions": 15.0}] * 2},
            ["30 impressions in social for each", "give a larger audience"],
        ),
        (
            {"transact.click": 0.1, "transact.price": 400.0, "transact.reference_price": 40.0},
            ["extrapolated", "10 times", "20 to 80"],
        ),
        ({"share.rule": "threshold"}, ["nobody begins", "publish.seeds"]),
        ({"people.activity": 0.0}, ["people.activity = 0", "visits an hour"]),
        ({"notice.background": 1.0}, ["notice.background", "attention = 'unlimited'"]),
        ({"content_types.own.longevity": 3.0}, ["own.longevity", "attention = 'unlimited'"]),
        ({"content_types.own.contagiousness_spread": 0.5}, ["own.contagiousness_spread", "posted"]),
        ({"complaints.patience": 9.0}, ["complaints.patience", "complaints.rate = 0"]),
        ({"publish.seed_accept": 0.5}, ["publish.seed_accept", "nobody is asked"]),
        (
            {"publish.seeds": 3, "publish.seed_accept_reward": 0.5},
            ["publish.seed_accept_reward", "there is no reward"],
        ),
    ],
)
def test_what_cannot_act_is_told_with_a_remedy(changes: dict[str, Any], words: list[str]) -> None:
    [note] = doubts(Scenario().replace(changes))
    assert all(word in note for word in words), note
    assert "; " in note
    assert note.endswith(".")


@pytest.mark.parametrize(
    "changes",
    [
        {"share.rule": "threshold", "publish.seeds": 2},
        {
            "incentives.reward": 1.0,
            "incentives.paid": "conversion",
            "share.weight.reward": 1.0,
            "transact.price": 4.0,
            "transact.margin": 0.4,
        },
        {"incentives.reward": 1.0, "share.weight.reward": 1.0, "incentives.budget": 1.0},
    ],
)
def test_what_can_act_is_not(changes: dict[str, Any]) -> None:
    assert doubts(Scenario().replace(changes)) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "5 is more than a sale leaves: 1.6 at a price of 4, before anything is bought again"),
        ({"transact.worth": 4.0}, None),
        ({"segments.young": {"share": 0.3, "price": 3.0}, "transact.worth": 4.0}, "4.6 at a price"),
        ({"transact.unit_cost": 6.0}, "nothing at a price of 4, since what is sold costs 6 to"),
    ],
)
def test_a_reward_is_held_against_what_a_sale_leaves(
    changes: dict[str, Any], said: str | None
) -> None:
    cafe = {"incentives": {"reward": 5.0, "paid": "conversion"}}
    scenario = Scenario(**cafe, transact={"price": 4.0, "margin": 0.4}).replace(changes)
    found = [each for each in doubts(scenario) if "a sale leaves" in each]
    assert len(found) == (said is not None)
    assert all(said is not None and said in each for each in found)


def test_what_a_piece_costs_stays_unless_the_margin_is_said_with_the_price() -> None:
    rewarded = {"incentives": {"reward": 3.0, "paid": "conversion"}}
    shop = Scenario(**rewarded, transact={"price": 40.0, "margin": 0.4})
    [stays] = [e for e in doubts(shop.replace({"transact.price": 4.0})) if "a sale leaves" in e]
    assert "costs 24 to make" in stays
    assert "or transact.margin with it" in stays
    with_it = doubts(shop.replace({"transact.price": 4.0, "transact.margin": 0.4}))
    assert any("a sale leaves: 1.6 at a price of 4" in each for each in with_it)
