"""What the campaigns of source 000 show: each against itself without its lever, luck shared."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import run
from wordofmouth.sim.network import Network
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result

SEEDS = range(12)

Pairs = tuple[list[Result], list[Result]]


def paired(scenario: Scenario, without: Mapping[str, Any]) -> Pairs:
    """The scenario as it is and without its lever, under the same seeds."""
    bare = scenario.replace(without)
    return [run(scenario, seed=seed) for seed in SEEDS], [run(bare, seed=seed) for seed in SEEDS]


def gain(pairs: Pairs, name: str) -> NDArray[np.float64]:
    """What the lever adds to an indicator, one number a seed."""
    return np.array([a.kpis[name] - b.kpis[name] for a, b in zip(*pairs, strict=True)], float)


def clearly_positive(differences: NDArray[np.float64]) -> bool:
    error = differences.std(ddof=1) / sqrt(differences.size)
    return bool(differences.mean() > 4 * error)


def mean(results: list[Result], name: str) -> float:
    return float(np.mean([result.kpis[name] for result in results]))


@pytest.fixture(scope="module")
def prize() -> Pairs:
    return paired(load("prize_draw"), {"incentives.reward": 0.0, "incentives.prize": 0.0})


@pytest.fixture(scope="module")
def video() -> Pairs:
    return paired(load("funny_video"), {"content": "post", "publish.cost": 60.0})


@pytest.fixture(scope="module")
def spotlight() -> Pairs:
    return paired(load("spotlight"), {"share.weight.status": 0.0})


def test_a_prize_buys_shares(prize: Pairs) -> None:
    assert clearly_positive(gain(prize, "shares"))
    assert clearly_positive(gain(prize, "reshares"))
    assert clearly_positive(gain(prize, "reach"))


def test_a_prize_is_paid_once_and_costs_more_than_its_shares_bring(prize: Pairs) -> None:
    shares = gain(prize, "shares") + gain(prize, "reshares")
    assert all(result.ledger["rewards"] == 400.0 for result in prize[0])
    assert 5 < 400.0 / shares.mean() < 50  # euro for a share that would not have been
    assert mean(prize[0], "revenue") < mean(prize[0], "cost")


def test_a_funny_video_goes_further_than_a_post(video: Pairs) -> None:
    for indicator in ("reach", "shares", "reshares", "k_factor", "clicks"):
        assert clearly_positive(gain(video, indicator)), indicator
    assert 0.45 < mean(video[0], "k_factor") < 1  # much further, and no explosion


def test_a_funny_video_loses_the_brand_on_the_way(video: Pairs) -> None:
    found = [
        sum(result.kpis["visits"] for result in results)
        / sum(result.kpis["clicks"] for result in results)
        for results in video
    ]
    assert found[0] < 0.8 < 0.9 < found[1]


def test_the_spotlight_is_a_reason_to_share(spotlight: Pairs) -> None:
    for indicator in ("reach", "shares", "reshares", "k_factor", "clicks"):
        assert clearly_positive(gain(spotlight, indicator)), indicator


def test_the_spotlight_costs_only_the_thanks(spotlight: Pairs) -> None:
    for result in spotlight[0]:
        assert result.ledger["rewards"] == 0
        assert result.kpis["cost"] == 4 * 20.0 + 0.5 * result.kpis["thanks"]


WITHOUT_FEEDBACK = {
    "attention": "unlimited",  # one post more would hide another
    "people.activity": 1.0,  # and earlier would be another hour
    "share.weight.trust": 0.0,  # and through fewer hands be believed more
    "share.weight.doses": 0.0,
    "share.weight.fatigue": 0.0,
    "interact.follow": 0.0,
    "interact.thank": 0.0,
    "network.people": 2_000,
}


@pytest.mark.parametrize("seed", range(5))
def test_without_feedback_a_higher_reward_only_adds_sharers(seed: int) -> None:
    scenario = load("prize_draw").replace(WITHOUT_FEEDBACK)
    sharers = [
        set(run(scenario.replace({"incentives.reward": reward}), seed=seed).share_log.person)
        for reward in (0.0, 0.5, 5.0, 6.0, 50.0)
    ]
    for fewer, more in pairwise(sharers):
        assert fewer <= more
    assert len(sharers[0]) < len(sharers[-1])


def posts_passed_on(result: Result) -> set[tuple[int, int]]:
    log = result.share_log
    return set(zip(log.message.tolist(), log.person.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_without_feedback_more_status_only_adds_sharers(seed: int) -> None:
    scenario = load("spotlight").replace(WITHOUT_FEEDBACK)
    sharers = [
        posts_passed_on(run(scenario.replace({"share.weight.status": weight}), seed=seed))
        for weight in (0.0, 0.3, 0.7)
    ]
    assert sharers[0] < sharers[1] < sharers[2]


def assert_plausible(results: list[Result], fewest: float, most: float) -> None:
    """Neither dead nor an explosion, registrations in the tens, money in proportion."""
    assert 0.2 < mean(results, "k_factor") < 0.45
    assert 0.15 < mean(results, "r_later_hops") < 0.5
    assert fewest < mean(results, "conversions") < most
    assert all(0.05 < result.kpis["reach"] / result.role.size < 0.5 for result in results)
    # 73 to 95 % of cascades never leave their first sharer (Goel, Watts & Goldstein 2012).
    alone = np.mean([result.cascades.summary["share_alone"] for result in results])
    assert 0.65 < alone < 0.95
    assert all(result.cascades.summary["max_size"] < 100 for result in results)
    assert 20 < mean(results, "cost") / mean(results, "conversions") < 300


def test_the_open_house_is_plausible_on_its_own_network() -> None:
    results = [run(load("open_house"), seed=seed) for seed in SEEDS]
    assert_plausible(results, 10, 150)
    assert "; registrations: " in results[0].sentence


def test_the_open_house_is_plausible_on_a_real_network(shared_data: Path) -> None:
    network = Network.from_file(shared_data / "ego-facebook.txt")
    results = [run(load("open_house"), network=network, seed=seed) for seed in range(20)]
    assert results[0].network["agents"] == 4_039
    assert results[0].network["arcs"] == 176_468
    assert_plausible(results, 4, 60)


def test_the_open_house_is_found_through_its_link() -> None:
    linked = paired(load("open_house"), {"transact.link": 0.0})
    assert clearly_positive(gain(linked, "visits"))
    assert clearly_positive(gain(linked, "conversions"))


def test_the_open_house_is_seen_where_the_profile_is_not() -> None:
    placed = paired(load("open_house"), {"publish.outlets": []})
    assert clearly_positive(gain(placed, "reach"))
    assert clearly_positive(gain(placed, "shares"))
