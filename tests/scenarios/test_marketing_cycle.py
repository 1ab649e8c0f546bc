"""The marketing cycle (source 003): which part of the effort serves which goal; social density."""

from __future__ import annotations

import pytest
from wordofmouth.sim.result import Result

from .paired import Indicator, campaigns, gain, values

SEEDS = range(10)
PARTS = ("listening", "influencing", "networking", "selling")

Splits = dict[str, list[Result]]


def mended(result: Result) -> float:
    """The share of what went wrong that was mended before anybody else was told."""
    return result.kpis["complaints_mended"] / float(result.columns["wrong"].sum())


def kept(result: Result) -> float:
    return 1.0 - result.kpis["churn"]


def not_refunded(result: Result) -> float:
    return -result.kpis["refunds"]


# 003's goals, each so that more is better, under the part that it names for them.
GOALS: dict[str, list[Indicator]] = {
    "listening": [mended, kept, not_refunded, "community_experience", "mean_bond"],
    "influencing": ["applause_rate", "visits", "reach", "offer_awareness", "retargeting_list"],
    "networking": ["media_mentions", "partnerships"],
    "selling": [
        "leads",
        "email_list",
        "conversions",
        "upsell",
        "cross_sell",
        "buyer_frequency",
    ],
}
each_goal = pytest.mark.parametrize(
    ("part", "goal"), [(part, goal) for part, goals in GOALS.items() for goal in goals]
)


def led_by(part: str) -> dict[str, float]:
    """The same effort in all, more than half of it for one part."""
    return {f"effort.{each}": 2.5 if each == part else 0.5 for each in PARTS}


@pytest.fixture(scope="module")
def equal() -> list[Result]:
    return campaigns("marketing_cycle", SEEDS)


@pytest.fixture(scope="module")
def splits() -> Splits:
    return {part: campaigns("marketing_cycle", SEEDS, led_by(part)) for part in PARTS}


@each_goal
def test_each_part_furthers_its_own_goals(
    splits: Splits, equal: list[Result], part: str, goal: Indicator
) -> None:
    assert gain(splits[part], equal, goal) > 4


@each_goal
def test_no_other_part_furthers_them_as_far(splits: Splits, part: str, goal: Indicator) -> None:
    for other in PARTS:
        if other != part:
            assert gain(splits[part], splits[other], goal) > 4, other


def test_to_sell_only_costs_reputation(splits: Splits, equal: list[Result]) -> None:
    assert gain(splits["selling"], equal, "sentiment") < -4
    assert gain(splits["selling"], equal, kept) < -4
    assert gain(splits["listening"], splits["selling"], "sentiment") > 4
    assert gain(splits["listening"], splits["networking"], "sentiment") > 4


def test_of_as_many_orders_who_listens_hears_more_complaints(splits: Splits) -> None:
    sold = [values(splits[part], "conversions").mean() for part in ("listening", "networking")]
    assert abs(sold[0] / sold[1] - 1.0) < 0.05
    for goal in ("complaints_mended", "gaps_found"):
        assert gain(splits["listening"], splits["networking"], goal) > 4, goal


def test_only_the_shares_of_the_effort_count(equal: list[Result]) -> None:
    doubled = {f"effort.{part}": 2.0 for part in PARTS}
    without_effect = led_by("selling") | {"effort.elasticity": 0.0}
    for changes in (doubled, without_effect):
        [same] = campaigns("marketing_cycle", SEEDS[:1], changes)
        assert same.digest == equal[0].digest


@pytest.mark.parametrize("rooms", [1, 300])
def test_neither_one_crowded_room_nor_many_silent_ones(equal: list[Result], rooms: int) -> None:
    other = campaigns("marketing_cycle", SEEDS, {"community.rooms": rooms})
    for indicator in ("community_experience", "comments", "activity_score"):
        assert gain(equal, other, indicator) > 4, indicator


def test_a_sense_of_community_makes_people_talk(equal: list[Result]) -> None:
    without = campaigns("marketing_cycle", SEEDS, {"interact.comment_community": 0.0})
    assert gain(equal, without, "comments") > 4
    assert gain(equal, without, "community_experience") > 4
