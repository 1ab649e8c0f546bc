"""How many followers an account loses that posts once a day, by the default (Myers & Leskovec)."""

from __future__ import annotations

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Scenario

PEOPLE, MONTH = 60_000, 30


@pytest.fixture(scope="module")
def lost() -> list[float]:
    """Of the followers whom each month of a year begins with, the part that it loses."""
    scenario = Scenario().replace(
        {
            "network": {"kind": "random", "people": PEOPLE, "mean_degree": 1.0},
            "hours_per_tick": 24.0,
            "horizon": 12 * MONTH,
            "publish.interval": 1,
            "content": ["post"] * (12 * MONTH),
            "people.fans": 1.0,
            "people.advocates": 0.0,
            "share.base": {"stranger": 0.0, "fan": 0.0, "advocate": 0.0},
            "attention": 0.16,
        }
    )
    result = wom.run(scenario, seed=1)
    left = result.columns["lost_fans"].reshape(12, MONTH).sum(axis=1)
    stayed = PEOPLE - np.concatenate([[0], np.cumsum(left)[:-1]])
    noticed = result.columns["noticed"][0] / PEOPLE
    assert noticed == pytest.approx(0.16, abs=0.01)
    return (left / stayed).tolist()


def test_a_year_of_daily_posts_loses_3_per_cent_a_month(lost: list[float]) -> None:
    # Of 60,000 a month's loss has a standard error of some 42 people, .07 %.
    assert np.mean(lost) == pytest.approx(0.03, abs=0.0005)


def test_the_first_month_loses_2_per_cent_and_later_ones_3(lost: list[float]) -> None:
    """In the first few were noticed before; from the second on it stays as it is."""
    first, second, sixth = lost[0], lost[1], lost[5]
    assert first == pytest.approx(0.0199, abs=0.0025)
    assert second == pytest.approx(0.031, abs=0.003)
    assert sixth == pytest.approx(0.031, abs=0.003)
    assert max(lost[1:]) - min(lost[1:]) < 0.005
