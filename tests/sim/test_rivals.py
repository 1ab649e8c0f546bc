"""Rivals: people whom they ask, rows of their own, and how they react."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Result
from wordofmouth.sim.plan import RIVAL

BASE: dict[str, Any] = {
    "network.people": 1500,
    "horizon": 20,
    "share.base": {"stranger": 0.05, "fan": 0.05, "advocate": 0.05},
    "content": [{"type": "post", "tick": 0}, {"type": "post", "tick": 1, "brand": "other"}],
}


def scenario(**rival: Any) -> wom.Scenario:
    return wom.Scenario().replace(
        BASE | {"publish.rivals": [{"name": "other", "followers": 0.2} | rival]}
    )


def test_they_ask_people_who_begin_to_pass_on_their_post() -> None:
    result = wom.run(scenario(seeds=25), seed=1)
    log, ours = result.share_log, result.kinds[result.share_log.message] != RIVAL
    asked = ~ours & (log.hop == 0) & (log.tick == 1)
    assert asked.sum() >= 25
    # They have it from the rival: account 0 is it.
    assert set(log.sender[asked].tolist()) == {-2}
    fewer = wom.run(scenario(seeds=10), seed=1).share_log
    first = {*fewer.person[(fewer.message == 1) & (fewer.hop == 0)].tolist()}
    assert first <= {*log.person[~ours & (log.hop == 0)].tolist()}
    assert result.kpis["cost"] == wom.run(scenario(), seed=1).kpis["cost"]


def test_more_of_them_than_people_are_refused() -> None:
    with pytest.raises(InputError, match="seeds = 2000 of 'other' is more than the network's 1500"):
        wom.run(scenario(seeds=2000))


def test_rivals_have_rows_of_their_own() -> None:
    result = wom.run(scenario(seeds=25), seed=1)
    table = result.breakdown("brand")
    assert table.index.tolist() == ["the brand", "other"]
    assert table.loc["other", "publish"] == result.columns["rival_impressions"].sum() > 0
    assert table.loc["other", "notice"] > 0
    assert table.loc["other", "reshare"] > 0
    assert table.loc["other", "convert"] == 0
    by_message = result.breakdown("message")
    assert by_message.loc[1].tolist() == table.loc["other"].tolist()
    assert by_message.loc[0].tolist() == table.loc["the brand"].tolist()
    assert result.breakdown("content")["publish"].sum() == result.columns["impressions"].sum()


def posts(result: Result) -> list[int]:
    """When the rival posted."""
    rivals = [post for post in result.posts if post.brand == "other"]
    return [post.tick for post in rivals if post.tick is not None]


def test_they_post_once_more_where_the_brand_is_too_loud() -> None:
    quiet, firm, touchy = (
        wom.run(scenario(reacts_above=above, reacts_every=4), seed=1) for above in (1.0, 0.4, 0.0)
    )
    assert posts(quiet) == posts(wom.run(scenario(), seed=1)) == [1]
    assert set(posts(quiet)) <= set(posts(firm)) <= set(posts(touchy))
    assert posts(touchy)[1:] != []
    for result, above in ((firm, 0.4), (touchy, 0.0)):
        ours, theirs = result.columns["impressions"], result.columns["rival_impressions"]
        due = [
            tick
            for tick in range(4, 20, 4)
            if ours[tick - 4 : tick].sum()
            > above * (ours[tick - 4 : tick].sum() + theirs[tick - 4 : tick].sum())
        ]
        assert posts(result) == [1, *due]
        assert all(theirs[tick] > 0 for tick in due)
    assert touchy.kpis["share_of_voice"] < quiet.kpis["share_of_voice"]


def test_what_they_post_then_is_a_content_type() -> None:
    with pytest.raises(InputError, match=r"publish.rivals.reacts_type.*'poem'"):
        scenario(reacts_above=0.5, reacts_type="poem")


@pytest.mark.parametrize("above", [None, 0.3])
def test_agents_and_threads_do_as_kernels_do(above: float | None) -> None:
    small = scenario(reacts_above=above, reacts_every=3, seeds=4).replace({"network.people": 250})
    told = wom.run(small, seed=5)
    assert wom.run(small, seed=5, threads=2).digest == told.digest
    model = wom.CampaignModel(small, rng=5, by="agents")
    while model.running:
        model.step()
    assert model.result.digest == told.digest
    assert np.array_equal(
        model.result.columns["rival_impressions"], told.columns["rival_impressions"]
    )


ALONE: dict[str, Any] = {"share.base": {"stranger": 0.0, "fan": 0.0, "advocate": 0.0}}


def shown(followers: float, seed: int) -> Result:
    """A rival's post that nobody passes on, where the brand posts nothing."""
    only = {"content": [{"type": "post", "tick": 1, "brand": "other"}]} | ALONE
    return wom.run(scenario(followers=followers).replace(only), seed=seed)


@pytest.mark.parametrize("seed", range(6))
def test_their_posts_reach_the_share_that_follows_them_and_the_brand_none(seed: int) -> None:
    """Within four standard errors; a share of 0 is nobody, and one of 1 is everybody."""
    for followers in (0.0, 0.2, 0.6, 1.0):
        result = shown(followers, seed)
        reached = int(result.columns["rival_impressions"].sum())
        error = np.sqrt(1500 * followers * (1.0 - followers))
        assert abs(reached - 1500 * followers) <= 4 * error
        assert result.kpis["reach"] == result.kpis["impressions"] == result.kpis["shares"] == 0
