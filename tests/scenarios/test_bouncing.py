"""Bouncing (source 003): what crosses from one channel to the others, and what that brings."""

from __future__ import annotations

import numpy as np
import pytest
from wordofmouth.sim.result import Result

from .paired import campaigns, gain, values

SEEDS = range(20)
ONE_CHANNEL = {"content": [{"type": "backstage", "channel": "youtube"}] * 4}
WITHOUT_FEEDBACK = {
    "attention": "unlimited",  # one post more would hide another
    "people.activity": 1.0,  # and earlier would be another hour
    "share.weight.trust": 0.0,  # and through fewer hands be believed more
    "share.weight.doses": 0.0,
    "share.base.stranger": 0.005,
    "share.base.fan": 0.005,
    "interact.follow": 0.0,
}


@pytest.fixture(scope="module")
def bouncing() -> list[Result]:
    return campaigns("bouncing", SEEDS)


@pytest.fixture(scope="module")
def staying() -> list[Result]:
    return campaigns("bouncing", SEEDS, {"share.bounce": 0.0})


@pytest.fixture(scope="module")
def everywhere() -> list[Result]:
    return campaigns("bouncing", SEEDS, {"publish.cross_posting": True})


@pytest.mark.parametrize("indicator", ["reach", "impressions", "amplification", "visits"])
def test_people_who_bounce_carry_posts_further(
    bouncing: list[Result], staying: list[Result], indicator: str
) -> None:
    assert gain(bouncing, staying, indicator) > 4


@pytest.mark.parametrize("indicator", ["reach", "frequency", "clicks", "visits", "conversions"])
def test_a_brand_that_posts_everywhere_reaches_more_and_more_often(
    everywhere: list[Result], bouncing: list[Result], indicator: str
) -> None:
    assert gain(everywhere, bouncing, indicator) > 4


def test_it_costs_nothing(bouncing: list[Result], everywhere: list[Result]) -> None:
    assert set(values(bouncing, "cost")) == set(values(everywhere, "cost")) == {360.0}


def test_where_the_brand_posts_everywhere_there_is_nothing_left_to_bounce() -> None:
    both, one = (
        campaigns("bouncing", [0], {"publish.cross_posting": True, "share.bounce": bounce})
        for bounce in (0.9, 0.0)
    )
    assert both[0].digest == one[0].digest


def test_traffic_adds_up(bouncing: list[Result]) -> None:
    for result in bouncing:
        assert result.traffic[:, 0].sum() == result.kpis["clicks"]
        assert result.traffic[:, 2].sum() == result.kpis["conversions"]


@pytest.mark.parametrize(
    ("carried", "changes"),
    [
        (False, {"share.bounce": 0.0}),
        (True, {"share.bounce": 0.5}),
        (True, {"share.bounce": 0.0, "publish.cross_posting": True}),
    ],
)
def test_traffic_comes_over_other_channels_only_if_something_carries_it(
    carried: bool, changes: dict[str, object]
) -> None:
    results = campaigns("bouncing", SEEDS, ONE_CHANNEL | changes)
    clicks = np.sum([result.traffic[:, 0] for result in results], axis=0)
    assert clicks[0] > 500
    assert (clicks[1:].sum() > 0) == carried


def test_bouncing_needs_people_whom_the_other_channel_does_not_reach() -> None:
    gains = []
    for overlap in (0.0, 1.0):
        apart = {"people.overlap": overlap}
        there = campaigns("bouncing", SEEDS, apart)
        here = campaigns("bouncing", SEEDS, apart | {"share.bounce": 0.0})
        gains.append(values(there, "reach") / values(here, "reach") - 1.0)
    assert gains[0].mean() > 0.05 > 0.02 > gains[1].mean()


@pytest.mark.parametrize("seed", range(3))
def test_without_feedback_bouncing_only_adds_sharers(seed: int) -> None:
    sharers = []
    for bounce in (0.0, 0.5, 1.0):
        [result] = campaigns("bouncing", [seed], WITHOUT_FEEDBACK | {"share.bounce": bounce})
        log = result.share_log
        sharers.append(set(zip(log.message.tolist(), log.person.tolist(), strict=True)))
    assert sharers[0] < sharers[1] < sharers[2]
