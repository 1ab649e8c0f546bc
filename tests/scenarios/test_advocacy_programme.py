"""The path to advocacy (source 002): where it leads, and what it costs to skip a step."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from wordofmouth.sim import state
from wordofmouth.sim.plan import OWN
from wordofmouth.sim.result import Result
from wordofmouth.sim.world import ADVOCATE, STRANGER

from .paired import campaigns, gain, values

SEEDS = range(12)

# Where being approached changes nobody, so that how active they are is their own doing.
WITHOUT_EFFECT = {"advocacy.nurture": 0.0, "advocacy.empower": False, "advocacy.outreach": 10}


def advocates(result: Result) -> float:
    return float((result.role == ADVOCATE).sum())


def own_posts(result: Result, step: int) -> float:
    """Events of a step with what advocates posted of their own accord."""
    return float(result.counts[result.kinds == OWN, step, :, :, 0].sum())


def own_impressions(result: Result) -> float:
    return own_posts(result, state.EXPOSED)


def shares(result: Result) -> float:
    return float(result.columns["shares"].sum())


@pytest.fixture(scope="module")
def programme() -> list[Result]:
    return campaigns("advocacy_programme", SEEDS)


def led_to_advocates(result: Result) -> None:
    """Fewer stand on each rung than on the one below, and there are advocates."""
    end = result.ladder.iloc[-1]
    assert end["aware"] > end["followers"] > end["identified"] > end["activated"]
    assert end["activated"] >= end["nurtured"] > end["advocates"] > 40
    assert end["advocates"] == result.kpis["advocates"]


def test_the_path_leads_to_advocates() -> None:
    # The path knows nobody who leaves it.
    for result in campaigns("advocacy_programme", SEEDS, {"interact.unfollow": 0.0}):
        led_to_advocates(result)
        assert (result.ladder["advocates"].diff().dropna() >= 0).all()


def test_the_path_leads_to_advocates_though_some_leave_it(programme: list[Result]) -> None:
    """As it is shipped: whoever comes down from the last rung has stopped following, at once."""
    fell = 0
    for result in programme:
        led_to_advocates(result)
        climbs, stays = result.climbs, result.columns
        down = climbs[climbs["before"] == "advocate"]
        assert set(down["rung"]) <= {"none"}
        assert np.bincount(down["tick"], minlength=result.ticks).tolist() == (
            stays["lost_advocates"].tolist()
        )
        assert (stays["lost_advocates"] <= stays["lost_fans"]).all()
        moved = np.cumsum(stays["new_advocates"] - stays["lost_advocates"])
        assert result.ladder["advocates"].tolist() == moved.tolist()
        up = climbs[climbs["rung"] == "advocate"]
        assert advocates(result) == len(up) - len(down)
        fell += len(down)
    assert fell > 0


def test_each_rung_is_reached_after_the_one_below(programme: list[Result]) -> None:
    rungs = ["identified", "activated", "nurtured", "advocates"]
    for result in programme:
        begins = [int(np.flatnonzero(result.ladder[rung])[0]) for rung in rungs]
        assert begins == sorted(begins)
        assert begins[0] == 28  # the first round
        assert begins[2] > begins[1]


@pytest.mark.parametrize(
    ("step", "changes"),
    [
        ("listen and learn", {"advocacy.sample": 0}),
        ("publish and participate", {"advocacy.dialogue": 0.0}),
        ("identify", {"advocacy.identify": False}),
        ("a long way to the desk", {"hurdles.delay": 672.0}),
        ("silos", {"hurdles.silo": 0.7}),
    ],
)
def test_to_skip_it_costs_advocates_and_what_they_bring(
    programme: list[Result], step: str, changes: dict[str, Any]
) -> None:
    without = campaigns("advocacy_programme", SEEDS, changes)
    for brought in (advocates, own_impressions, shares):
        assert gain(programme, without, brought) > 4, step
    assert 0.2 < values(without, advocates).mean() / values(programme, advocates).mean() < 0.8


@pytest.mark.parametrize(
    "changes",
    [
        {"advocacy.listen": 0.0},  # nobody is known who could be approached
        {"advocacy.outreach": 0},
        {"advocacy.nurture": 0.0},
        {"advocacy.empower": False},
    ],
)
def test_to_skip_it_leaves_no_advocate(changes: dict[str, Any]) -> None:
    for result in campaigns("advocacy_programme", SEEDS[:3], changes):
        assert advocates(result) == own_impressions(result) == 0


def most_active(result: Result) -> float:
    """Of those approached, the share that is in the most active tenth of followers."""
    followers = result.role_at_birth != STRANGER
    acts = result.relation["acts"][followers]
    approached = result.relation["rung"][followers] >= state.APPROACHED
    bar = np.sort(acts)[-acts.size // 10]
    return float((acts[approached] >= bar).mean())


def test_who_listens_more_finds_the_most_active() -> None:
    found = [
        campaigns("advocacy_programme", SEEDS, WITHOUT_EFFECT | changes)
        for changes in (
            {"advocacy.identify": False},
            {"advocacy.listen": 0.3},
            {"advocacy.listen": 1.0},
        )
    ]
    precision = [values(results, most_active).mean() for results in found]
    assert precision[0] < 0.3 < precision[1] < precision[2]
    assert gain(found[1], found[0], most_active) > 4
    assert gain(found[2], found[1], most_active) > 4


def test_likes_for_their_own_sake_lead_nowhere(programme: list[Result]) -> None:
    liked = campaigns("advocacy_programme", SEEDS[:3], {"interact.like": 0.3})
    for more, as_many in zip(liked, programme, strict=False):
        assert more.kpis["likes"] > 5 * as_many.kpis["likes"]
        assert more.kpis["applause_rate"] > 2 * as_many.kpis["applause_rate"]
        assert (more.role == as_many.role).all()
        for indicator in ("advocates", "reach", "conversions", "mean_bond"):
            assert more.kpis[indicator] == as_many.kpis[indicator]


def test_what_advocates_bring_can_be_told(programme: list[Result]) -> None:
    impressions = [own_impressions(result) / result.kpis["impressions"] for result in programme]
    sales = [own_posts(result, state.CONVERTED) for result in programme]
    assert 0.08 < np.mean(impressions) < 0.2
    assert 0.05 < np.sum(sales) / values(programme, "conversions").sum() < 0.2
    table = programme[0].breakdown("role")
    assert table["share"].sum() == programme[0].kpis["shares"]
    # One person in seventy, and they make a third of the shares.
    assert table.loc["advocate", "share"] / table["share"].sum() > 0.25
    assert advocates(programme[0]) / programme[0].role.size < 0.025


def test_the_programme_brings_sign_ups_and_is_not_free(programme: list[Result]) -> None:
    without = campaigns("advocacy_programme", SEEDS, {"advocacy.outreach": 0})
    for indicator in ("conversions", "impressions", "mean_bond", "cost"):
        assert gain(programme, without, indicator) > 4, indicator
