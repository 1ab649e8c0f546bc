"""A reward that is paid for each result, with nothing that limits it, is said."""

from __future__ import annotations

from typing import Any

import pytest
from wordofmouth import load, names
from wordofmouth.scenarios.brakes import without_a_brake
from wordofmouth.sim.parameters import Scenario

SOLD = {"transact.price": 40.0, "transact.margin": 0.4}  # a sale leaves 16


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"incentives.reward": 5.0}, "reward = 5 is paid for each share"),
        (
            {"incentives.recipient": 3.0, "incentives.reward": 2.0, "incentives.paid": "referral"},
            "reward = 2 and incentives.recipient = 3 are paid for each visit",
        ),
        (SOLD | {"incentives.reward": 16.1, "incentives.paid": "conversion"}, "for each sale"),
        ({"timeline": [{"tick": 9, "set": {"incentives.reward": 4.0}}]}, "reward = 4"),
    ],
)
def test_a_reward_without_a_budget_is_said(changes: dict[str, Any], words: str) -> None:
    [said] = without_a_brake(Scenario().replace(changes))
    assert words in said
    assert said.endswith("give incentives.budget, the most that is paid in rewards.")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"incentives.reward": 5.0, "incentives.budget": 100.0},
        {"incentives.reward": 5.0, "incentives.prize": 500.0, "incentives.paid": "draw"},
        SOLD | {"incentives.reward": 15.9, "incentives.paid": "conversion"},
    ],
)
def test_what_has_a_limit_is_not(changes: dict[str, Any]) -> None:
    assert list(without_a_brake(Scenario().replace(changes))) == []


@pytest.mark.parametrize("name", names())
def test_nothing_that_is_shipped_pays_without_a_limit(name: str) -> None:
    assert list(without_a_brake(load(name))) == []
