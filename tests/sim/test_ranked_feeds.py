"""Feeds ranked by engagement: shown beyond followers, the more the better a post did at first."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Network, Result
from wordofmouth.sim import state as s

PEOPLE = 10_000
RANKED = "channels.feed.ranking"
QUIET: dict[str, Any] = {
    "horizon": 8,
    "network.kind": "erdos_renyi",
    "people.fans": 0.3,
    "people.advocates": 0.0,
    "share.base": {"stranger": 0.0, "fan": 0.0, "advocate": 0.0},
    "interact.like": 0.2,
    "interact.follow": 0.0,
    "interact.unfollow": 0.0,
    "transact.click": 0.0,
    "channels": {"feed": {"ranking_reach": 0.4, "ranking_half": 0.1}},
}


def run(changes: dict[str, Any], seed: int = 1) -> Result:
    """A campaign among people who hear nobody but the brand."""
    nobody = Network.from_edges([], [], PEOPLE)
    scenario = wom.Scenario().replace({k: v for k, v in QUIET.items() if "network" not in k})
    return wom.run(scenario.replace(changes), network=nobody, seed=seed)


def shown(result: Result) -> int:
    """Strangers in whose feed a post arrived."""
    exposed = (result.steps >> s.EXPOSED) & 1 == 1
    return int((exposed & (result.role_at_birth == 0)).sum())


def test_by_time_nobody_but_followers_is_shown_a_post() -> None:
    assert shown(run({})) == 0
    assert run({}).digest == run({"channels.feed.ranking_reach": 0.9}).digest


def test_it_is_shown_to_as_many_as_the_formula_says() -> None:
    result = run({RANKED: "engagement"})
    first = int(result.columns["impressions"][0])
    engagement = result.columns["likes"][:3].sum() / first
    chance = 0.4 * engagement / (engagement + 0.1)
    strangers = PEOPLE - first
    assert abs(shown(result) - chance * strangers) < 4 * np.sqrt(strangers * chance * (1 - chance))
    assert result.columns["impressions"].tolist() == [first, 0, 0, shown(result), 0, 0, 0, 0]


@pytest.mark.parametrize("hours", [0.0, 1.0, 5.0])
def test_it_is_judged_when_its_test_is_over(hours: float) -> None:
    result = run({RANKED: "engagement", "channels.feed.ranking_test": hours})
    assert np.flatnonzero(result.columns["impressions"]).tolist() == [0, max(int(hours), 1)]


def test_the_better_it_did_the_further_it_gets() -> None:
    """With the same luck nobody is lost who was shown a post that did worse."""
    liked = [run({RANKED: "engagement", "interact.like": like}) for like in (0.0, 0.05, 0.2, 0.8)]
    reached = [shown(result) for result in liked]
    assert reached[0] == 0
    assert reached == sorted(set(reached))
    seen = [(result.steps >> s.EXPOSED) & 1 == 1 for result in liked]
    assert all((less <= more).all() for less, more in pairwise(seen))


def test_what_a_feed_shows_comes_over_its_channel_and_costs_nothing() -> None:
    sure = {"transact.click": 1.0, "transact.convert": 1.0, "publish.cost": 7.0}
    both = {
        "channels": {"feed": {}, "wall": {"ranking": "engagement"}},
        "content": [{"type": "post", "channel": "wall"}],
    }
    result = run(both | sure)
    assert shown(result) > 0
    assert result.kpis["cost"] == 7.0
    assert result.kpis["media_mentions"] == 0
    assert result.sources.loc["wall", "clicks"] == result.kpis["clicks"] > shown(result)
    owed = wom.credit(result).by("outlet")
    assert owed.loc["wall (ranked feed)", "last"] == shown(result)


def test_the_result_is_the_same_over_threads() -> None:
    scenario = wom.load("open_house").replace(
        {"network.people": 2000, "channels.facebook.ranking": "engagement", "horizon": 40}
    )
    one, two = (wom.run(scenario, seed=2, threads=threads) for threads in (1, 2))
    assert one.digest == two.digest
    assert (
        one.kpis["impressions"]
        > wom.run(scenario.replace({"channels.facebook.ranking": "time"}), seed=2).kpis[
            "impressions"
        ]
    )


def test_agents_show_it_to_the_same_people() -> None:
    scenario = wom.load("open_house").replace(
        {"network.people": 200, "channels.facebook.ranking": "engagement", "horizon": 30}
    )
    model = wom.CampaignModel(scenario, rng=3, by="agents")
    while model.running:
        model.step()
    assert model.result.digest == wom.run(scenario, seed=3).digest
