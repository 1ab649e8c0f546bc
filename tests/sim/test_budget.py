"""What a campaign needs in memory is reckoned before it is made, and is an upper bound."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordofmouth import LimitError, Scenario, load, run
from wordofmouth.sim.budget import afford, need
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.ledger import ACCOUNTS
from wordofmouth.sim.plan import MESSAGE
from wordofmouth.sim.state import (
    ENTRY,
    HOPS,
    LOG,
    PERSON,
    POST_MADE,
    RELATION,
    SERIES,
    STEPS,
    TASK,
    WAITING,
)
from wordofmouth.sim.world import TRAITS

from ..experiments.everything import EVERYTHING


def test_a_trillion_people_are_refused_at_once() -> None:
    scenario = Scenario().replace({"network.people": 10**12})
    started = time.perf_counter()
    with pytest.raises(LimitError) as error:
        afford(scenario)
    assert time.perf_counter() - started < 0.5
    said = str(error.value)
    assert said.startswith("network.people = 1,000,000,000,000 ")
    assert "TiB" in said  # what it would need
    assert "there is " in said  # and what there is
    assert "\n" not in said
    with pytest.raises(LimitError):
        run(scenario)


def test_what_does_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = Scenario().replace({"network.people": 100_000})
    needed = need(scenario)
    monkeypatch.setattr("wordofmouth.sim.budget._idle", lambda: 0)
    monkeypatch.setattr("wordofmouth.sim.budget.memory", lambda: needed.least)
    assert afford(scenario) == needed
    monkeypatch.setattr("wordofmouth.sim.budget.memory", lambda: needed.least - 1)
    with pytest.raises(LimitError, match=r"network.people = 100,000 needs at least .* MiB"):
        Campaign(scenario)


def test_more_people_than_rows_are_refused_however_much_memory_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for free in ("_idle", "memory"):
        monkeypatch.setattr(f"wordofmouth.sim.budget.{free}", lambda: 2**62)
    assert afford(Scenario().replace({"network.people": 2**31 - 1})).people == 2**31 - 1
    with pytest.raises(LimitError, match=r"network\.people = 2,147,483,648 .* row number can hold"):
        afford(Scenario().replace({"network.people": 2**31}))


def test_a_campaign_that_runs_wild_stops_between_two_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """It starts with what it needs at least, and nobody takes the process down when it grows."""
    wild = {"share.base": {"fan": 1.0, "stranger": 1.0}, "attention": "unlimited"}
    scenario = Scenario().replace({"network.people": 20_000, "publish.seeds": 50, **wild})
    free = 60_000_000

    def left() -> int:
        # What is free, less what the campaign has taken since.
        logs = [state.shares.nbytes for state in campaign.states] if made else [0]
        return free - 200 * sum(logs)

    made = False
    monkeypatch.setattr("wordofmouth.sim.budget.memory", left)
    monkeypatch.setattr("wordofmouth.sim.campaign.tight", lambda needed: True)
    campaign = Campaign(scenario, seed=1)
    made = True
    with pytest.raises(LimitError, match=r"^at tick \d+ the campaign has spread so far") as error:
        campaign.finish()
    assert 1 <= campaign.tick < scenario.horizon
    assert "\n" not in str(error.value)


def test_a_long_calendar_for_a_million_people_is_not_refused() -> None:
    needed = need(load("super_bowl").replace({"network.people": 10**6, "content": ["post"] * 40}))
    graph = 8 * needed.people + 4 * needed.arcs
    assert needed.least - graph < 220 * needed.people


def owned(thing: object, met: dict[int, int]) -> int:
    """Bytes of all arrays in a thing, each stretch of memory once."""
    if isinstance(thing, np.ndarray):
        while isinstance(thing.base, np.ndarray):
            thing = thing.base
        met[id(thing)] = thing.nbytes
    elif isinstance(thing, (tuple, list)):
        for part in thing:
            owned(part, met)
    elif isinstance(thing, dict):
        owned(list(thing.values()), met)
    elif hasattr(thing, "__dict__"):
        owned(list(vars(thing).values()), met)
    return sum(met.values())


def taken_by(campaign: Campaign) -> int:
    """Bytes of all arrays of a campaign and its result."""
    campaign.finish()
    parts = (campaign.network, campaign.world, campaign.states, vars(campaign.result()))
    return owned(parts, {})


EVERYBODY = {f"share.base.{role}": 1.0 for role in ("stranger", "fan", "advocate")}


@pytest.mark.parametrize("posts", [1, 4])
def test_the_need_is_an_upper_bound_and_not_a_wild_one(posts: int) -> None:
    """Against the arrays of a campaign in which everybody passes every post on."""
    scenario = Scenario().replace(
        {
            "network.people": 100_000,
            "horizon": 12,
            "content": ["post"] * posts,
            "publish.interval": 1,
            "people.susceptibility_spread": 0.5,
            **EVERYBODY,
        }
    )
    campaign = Campaign(scenario, seed=1)
    taken = taken_by(campaign)
    assert campaign.result().share_log.person.size == 100_000 * posts
    most = need(scenario).bytes
    assert taken < most < 5 * taken
    # Without the making of the network, for one that is there already.
    assert need(scenario, 100_000, campaign.network.arcs).bytes < most


# Everybody notices, passes on, clicks, buys, buys again, comments and is seen doing it.
EAGER: dict[str, Any] = {
    **EVERYTHING,
    **EVERYBODY,
    "attention": "unlimited",
    "publish.interval": 1,
    "share.delay": 0.0,
    "incentives.budget": 1e9,
    "transact.click": 0.95,
    "transact.convert": 0.95,
    "returns.repeat": 0.9,
    "returns.interval": 0.0,
    "interact.comment": 0.95,
    "advocacy.outreach": 1_000,
    "complaints.rate": 0.9,
}
LONG_TAIL = [{"count": 500, "audience": 0.05, "shown": 0.2}]


@pytest.mark.parametrize(
    ("changes", "times"),
    [
        (EAGER, 9),
        (EAGER | {"incentives.paid": "share", "incentives.recipient": 0.0}, 9),
        (EAGER | {"transact.once": "post"}, 9),
        ({"publish.outlets": LONG_TAIL, **EVERYBODY}, 8),
        ({"publish.ads": [{"type": "post", "audience": 0.9, "impressions": 20.0}], **EVERYBODY}, 5),
        ({"share.rule": "threshold", "share.threshold": 1.0, "publish.seeds": 500}, 5),
        ({"share.rule": "bass", "share.bass.mixing": "network"}, 5),
        ({"credibility.ties": "common_neighbours", **EVERYBODY}, 5),
        ({"people.activity": 0.1, "horizon": 60, **EVERYBODY}, 12),
        ({"horizon": 50_000, "publish.interval": 10_000, "network.people": 1_000}, 5),
    ],
)
def test_the_need_is_an_upper_bound_with_all_parts_of_the_model(
    changes: dict[str, Any], times: int
) -> None:
    """Each part in the campaign that takes most of what the part can take."""
    posts = {"content": ["post"] * 4, "publish.interval": 2, "horizon": 20}
    scenario = Scenario().replace({"network.people": 10_000, **posts, **changes})
    scenario = scenario.replace({"network.people": changes.get("network.people", 10_000)})
    taken = taken_by(Campaign(scenario, seed=1))
    assert taken < need(scenario).bytes < times * taken, need(scenario).bytes / taken


def test_the_need_knows_the_records() -> None:
    """What `sim.budget` counts without numpy, in numpy's own words."""
    records = (PERSON, RELATION, TRAITS, LOG, TASK, ENTRY, MESSAGE, WAITING, POST_MADE)
    sizes = [each.itemsize for each in records]
    assert sizes == [32, 32, 12, 20, 28, 16, 192, 16, 40]
    assert (len(SERIES), len(ACCOUNTS), STEPS, HOPS) == (35, 19, 16, 16)


@given(st.integers(6, 2 * 10**9), st.integers(1, 100))
def test_the_need_grows_with_people_and_posts(people: int, posts: int) -> None:
    scenario = Scenario().replace({"network.people": people})
    more = Scenario().replace({"network.people": people, "content": ["post"] * (posts + 1)})
    assert need(scenario).bytes < need(more).bytes
    assert need(scenario).bytes < need(scenario.replace({"network.people": people + 10})).bytes
