"""Posts differ in appeal: luck about a message, which nothing else that is posted changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from wordofmouth import Scenario
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.draws import LUCK, key
from wordofmouth.sim.plan import plan
from wordofmouth.sim.plan.messages import AD, COMPLAINT, OWN, POST, RIVAL

SPREAD = "content_types.post.contagiousness_spread"
SPREADING = {SPREAD: 0.5, "content_types.post.contagiousness": 0.2, "horizon": 400}


def messages(changes: dict[str, Any], seed: int = 1) -> NDArray[np.void]:
    scenario = Scenario().replace(SPREADING).replace(changes)
    return plan(scenario, key(seed, int(LUCK))).messages


def contagiousness(changes: dict[str, Any], kind: int = POST, seed: int = 1) -> list[float]:
    found = messages(changes, seed)
    return found["contagiousness"][found["kind"] == kind].tolist()


def test_contagiousness_is_normal_around_that_of_the_type() -> None:
    """Mean .2 and standard deviation .5 of 4,000 posts, each within four standard errors."""
    found = np.array(contagiousness({"content": ["post"] * 4_000, "horizon": 100_000}))
    assert abs(found.mean() - 0.2) <= 4 * 0.5 / np.sqrt(found.size)
    assert abs(found.std() - 0.5) <= 4 * 0.5 / np.sqrt(2 * found.size)
    assert stats.kstest(found, "norm", (0.2, 0.5)).pvalue > 1e-4
    assert abs(np.corrcoef(found[1:], found[:-1])[0, 1]) <= 4 / np.sqrt(found.size)


def test_a_larger_spread_takes_each_message_further_the_same_way() -> None:
    posts = {"content": ["post"] * 50}
    one, two = (np.array(contagiousness(posts | {SPREAD: spread})) - 0.2 for spread in (0.5, 1.0))
    assert two == pytest.approx(2 * one, rel=1e-12)
    assert contagiousness(posts | {SPREAD: 0.0}) == [0.2] * 50


@pytest.mark.parametrize(
    "beside",
    [
        {"publish.ads": [{"type": "post"}] * 3},
        {"advocacy.post": 0.1},
        {"complaints.rate": 0.1, "complaints.type": "post"},
        {"publish.rivals": [{"name": "other"}]},
        {"publish.outlets": [{}]},
        {"timeline": [{"tick": 3, "set": {"transact.click": 0.5}}]},
        {"content_types.other": {"contagiousness_spread": 2.0}},
        {"content": ["post"] * 9},
    ],
)
def test_a_message_keeps_its_luck_whatever_else_is_posted(beside: dict[str, Any]) -> None:
    posts = {"content": ["post"] * 5}
    assert contagiousness(posts | beside)[:5] == contagiousness(posts)


def test_every_message_of_the_type_has_luck_of_its_own_whoever_posts_it() -> None:
    everybody = {
        "content": ["post", {"type": "post", "brand": "other"}],
        "publish.rivals": [{"name": "other"}],
        "publish.ads": [{"type": "post"}],
        "advocacy.post": 0.1,
        "complaints.rate": 0.1,
        "complaints.type": "post",
        "negative.reach": 1.0,
    }
    first = [contagiousness(everybody, kind)[0] for kind in (POST, AD, OWN, RIVAL, COMPLAINT)]
    assert len(set(first)) == 5
    assert 0.2 not in first


def test_only_messages_of_a_type_that_spreads_differ() -> None:
    changes = {
        "content_types": {
            "post": {"contagiousness": 0.2, "contagiousness_spread": 0.5},
            "even": {},
        },
        "content": ["even", "post"] * 10,
    }
    found = contagiousness(changes)
    assert set(found[::2]) == {0.0}
    assert len(set(found[1::2])) == 10


def test_it_is_luck_of_the_campaign_and_not_of_the_world() -> None:
    assert contagiousness({}, seed=1) != contagiousness({}, seed=2)
    scenario = Scenario().replace(SPREADING | {"network.people": 100})
    one, other = (Campaign(scenario, seed=1, world=world) for world in (1, 2))
    assert one.network.digest != other.network.digest
    assert one.plan.messages["contagiousness"] == other.plan.messages["contagiousness"]
