"""What plays no part changes nothing: names, orders, threads, levers of stages that are off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Network, Scenario
from wordofmouth.sim.state import SERIES

from ..experiments.everything import EVERYTHING
from .campaigns import (
    LIVELY,
    any_campaign,
    few,
    passed_on,
    rows,
    some_people,
)


@few
@any_campaign
def test_other_names_for_people_permute_the_result(
    scenario: Scenario, network: Network, seed: int
) -> None:
    n = network.n
    place = np.argsort([row * (seed | 1) % 1_000_003 for row in range(n)], kind="stable")
    source = np.repeat(np.arange(n), network.followers)
    renamed = Network.from_edges(place[source], place[network.indices], n, weights=network.weights)
    identity = np.empty(n, np.uint64)
    identity[place] = np.arange(n)
    asked = some_people(network, seed)
    one = wom.run(scenario, network=network, seeds=asked, seed=seed)
    other = wom.run(
        scenario, network=renamed, seeds=place[asked].tolist(), seed=seed, identity=identity
    )
    for name in ("role_at_birth", "role", "trust", "bond", "steps", "relation"):
        assert (getattr(other, name)[place] == getattr(one, name)).all(), name
    assert np.array_equal(other.community[place], one.community, equal_nan=True)
    for log, theirs in ((one.share_log, other.share_log), (one.buyer_log, other.buyer_log)):
        sender = np.where(log.sender >= 0, place[log.sender], log.sender)
        here = log._replace(person=place[log.person], sender=sender)
        assert sorted(rows(here)) == sorted(rows(theirs))
    climbs = one.climb_log._replace(person=place[one.climb_log.person])
    assert sorted(rows(climbs)) == sorted(rows(other.climb_log))
    for name in ("counts", "traffic", "gaps", "placed", "units", "money"):
        assert (getattr(one, name) == getattr(other, name)).all(), name
    assert one.people == other.people
    assert all((one.columns[name] == other.columns[name]).all() for name in SERIES)


@few
@any_campaign
def test_the_order_of_arcs_and_ids_play_no_part(
    scenario: Scenario, network: Network, seed: int
) -> None:
    source = np.repeat(np.arange(network.n), network.followers)[::-1]
    weights = None if network.weights is None else network.weights[::-1]
    ids = [f"p{row}" for row in range(network.n)]
    same = Network.from_edges(source, network.indices[::-1], weights=weights, ids=ids)
    one = wom.run(scenario, network=network, seed=seed)
    assert wom.run(scenario, network=same, seed=seed).digest == one.digest


PARTS = ("listening", "influencing", "networking", "selling")
ONE_OUTLET = {"publish.outlets": [{"audience": 0.2}]}


@pytest.mark.parametrize(
    ("given_that", "change"),
    [
        ({"transact.click": 0.0}, {"boost.click": 3.0, "transact.click_trust": 2.0}),
        ({"transact.click": 0.0}, {"transact.convert": 0.9}),
        ({"transact.click": 0.0, "interact.follow": 0.0}, {"boost.find": 2.0}),
        ({"transact.convert": 0.0}, {"boost.convert": 3.0, "transact.convert_trust": 2.0}),
        ({"interact.follow": 0.0}, {"boost.follow": 3.0, "interact.follow_trust": 2.0}),
        ({"interact.thank": 0.0}, {"boost.thank": 3.0, "interact.capacity": 1}),
        ({"interact.capacity": 0}, {"interact.thank": 0.9, "interact.bond_gain": 0.9}),
        ({"incentives.reward": 0.0}, {"share.weight.reward": 2.0, "share.weight.image": 2.0}),
        ({"incentives.reward": 0.0}, {"incentives.scale": 2.0, "incentives.public": False}),
        (
            {"incentives.reward": 3.0, "incentives.public": False},
            {"share.weight.image": 2.0},
        ),
        ({"content_types.post.spotlight": 0.0}, {"share.weight.status": 2.0}),
        ({"transact.risk": 0.0}, {"transact.convert_risk": 2.0}),
        ({"transact.price": 0.0}, {"transact.convert_price": 2.0, "transact.price_scale": 1.0}),
        ({"content_types.post.offer": 0.0}, {"transact.click_offer": 2.0}),
        ({}, {"credibility.friend": 0.1, "credibility.attenuation": 0.1}),
        ({}, {"notice.background": 5.0, "boost.notice": -3.0}),  # attention is unlimited
        ({}, {"content_types.post.longevity": 0.1, "people.rhythm": [1.0] * 23 + [9.0]}),
        ({}, {"content_types.post.topic": 0.5}),
        ({}, {"boost.publish": 3.0}),
        ({}, {"interact.like_bond": 2.0, "interact.comment_bond": 2.0, "interact.reply": 0.9}),
        (
            {"interact.unfollow": 0.0},
            {"interact.unfollow_fatigue": 2.0, "boost.unfollow": 3.0, "boost.reply": 3.0},
        ),
        ({"interact.thank": 0.0}, {"share.weight.thanked": 3.0}),
        ({}, {"notice.habit": 3.0}),  # attention is unlimited
        ({}, {"hurdles.short_term": 0.9}),
        ({}, {"hurdles.target": 9.0, "hurdles.vested": 0.9}),
        ({}, {"talk.found": 0.9}),
        ({}, {"publish.tools": [{"reach": 0.0, "ease": 3.0, "value": 0.9}]}),
        ({}, {"returns.visit": 0.9, "returns.bond": 2.0, "returns.upsell": 0.9}),
        ({}, {"complaints.detection": 0.9, "complaints.refund": 0.9, "boost.mend": 3.0}),
        ({}, {"negative": "negative_004", "complaints.patience": 1, "complaints.loss": 0.9}),
        ({}, {"advocacy.nurture": 0.9, "advocacy.accept": 0.9, "advocacy.interval": 3}),
        ({}, {"incentives.budget": 0.0, "incentives.fraud": 0.9, "incentives.audit": 0.9}),
        ({}, {f"effort.{part}": 3.0 for part in PARTS} | {"effort.elasticity": 1.0}),
        ({}, {"community.talk": 9.0, "community.crowd": 9.0, "community.tenure": 9.0}),
        ({}, {"topic_map.width": 0.1, "topic_map.centre": 0.3}),
        ({}, {"share.threshold": 9.0, "share.bass.imitation": 0.9, "share.bounce": 0.9}),
        ({}, {"hurdles.delay": 5, "hurdles.silo": 0.9}),
        ({}, {"people.overlap": 0.9, "people.topic": 0.4, "people.topic_spread": 0.1}),
        ({}, {"timeline": [{"tick": 5, "set": {"hurdles.silo": 0.5}}]}),
        ({"publish.outlets": [{"shown": 0.0}]}, {"boost.publish": 3.0}),
        ({"publish.outlets": [{"shown": 1.0}]}, {"boost.publish": -3.0}),
        ({"people.advocates": 0.0}, {"share.base.advocate": 0.9, "people.trust.advocate": 0.1}),
        ({"publish.seeds": 0}, {"publish.seeding": "followers"}),
        ({"publish.seeding": "followers"}, {"publish.seed_chance": 0.5}),
        ({}, {"content_types.other": {"contagiousness": 3.0}, "transact.worth": 3.0}),
        ({}, {"content_types.other": {"contagiousness_spread": 3.0}}),
        ({}, {"name": "other", "outcome": "votes", "question": "?"}),
        ({}, {"content": ["post", {"type": "post", "tick": 12}]}),  # beyond the horizon
    ],
)
def test_what_cannot_matter_changes_nothing(
    given_that: Mapping[str, Any], change: Mapping[str, Any]
) -> None:
    scenario = Scenario().replace(LIVELY | dict(given_that))
    one, other = (wom.run(each, seed=5) for each in (scenario, scenario.replace(change)))
    assert one.kpis["shares"] + one.kpis["reshares"] > 20
    assert rows(one.share_log) == rows(other.share_log)
    assert rows(one.buyer_log) == rows(other.buyer_log)
    if len(one.posts) == len(other.posts):
        assert one.digest == other.digest


@pytest.mark.parametrize(
    ("given_that", "change", "shows_in"),
    [
        # An outlet that nobody reads mentions the brand all the same.
        (
            ONE_OUTLET,
            {"publish.outlets": [{"audience": 0.2}, {"audience": 0.0}]},
            {"placed", "media_mentions", "units"},
        ),
        ({}, {"publish.cost": 9.0, "interact.cost": 2.0}, {"money"}),
        ({}, {"channels.other": {"effort": 9.0}, "publish.interval": 3}, {"traffic"}),
        ({}, {"complaints.topics": 4}, {"gaps"}),
    ],
)
def test_what_only_the_books_tell_changes_nobody(
    given_that: Mapping[str, Any], change: Mapping[str, Any], shows_in: set[str]
) -> None:
    """What is paid, and how many there are of what nobody met: all else is the same."""
    scenario = Scenario().replace(LIVELY | dict(given_that))
    one, other = (wom.run(each, seed=5) for each in (scenario, scenario.replace(change)))
    books = ("traffic", "gaps", "placed", "units", "money")
    told = [{name: getattr(each, name) for name in books} | each.columns for each in (one, other)]
    differ = {name for name in told[0] if not np.array_equal(told[0][name], told[1][name])}
    assert differ == shows_in
    books_of_one = {name: told[0][name] for name in books}
    assert replace(other, columns=one.columns, **books_of_one).digest == one.digest


def test_what_does_matter_changes_something() -> None:
    """The same changes where they can matter: the digest above is not blind."""
    scenario = Scenario().replace(LIVELY | ONE_OUTLET | {"incentives.reward": 3.0})
    digest = wom.run(scenario, seed=5).digest
    for change in (
        {"boost.click": 0.5},
        {"boost.find": 0.5, "transact.link": 0.5},
        {"boost.convert": 0.5},
        {"boost.follow": 0.5},
        {"boost.thank": 0.5},
        {"interact.capacity": 1},
        {"share.weight.reward": 0.5},
        {"share.weight.image": 0.5},
        {"boost.publish": 1.0},
        {"share.weight.topic": 0.5},
        {"share.weight.trust": 0.5},
        {"attention": 0.5},
        {"people.activity": 0.9},
        {"publish.seeds": 1},
        {"interact.trust_gain": 0.2},
        {"share.delay": 0.5},
        {"share.weight.doses": 0.5},
        {"people.trust.fan": 0.61},
        {"interact.like": 0.1},
        {"interact.comment": 0.1},
        {"interact.unfollow": 0.1},
        {"returns.lead": 0.5},
        {"returns.lead": 0.5, "returns.visit": 0.5},
        {"returns.repeat": 0.5},
        {"complaints.rate": 0.5},
        {"complaints.rate": 0.5, "complaints.detection": 0.9},
        {"advocacy.interval": 4, "advocacy.outreach": 3, "advocacy.identify": False},
        {"advocacy.interval": 4, "advocacy.post": 0.9},
        {"incentives.budget": 10.0},
        {"incentives.paid": "referral"},
        {"incentives.paid": "conversion", "incentives.discount": 0.1, "transact.price": 9.0},
        {"relation.pressure": 0.5},
        {"relation.monologue": 0.5},
        {"relation.disclosure": 0.5, "content_types.post.disclosure": 0.5},
        {"relation.bond_half_life": 5.0},
        {"relation.trust_half_life": 5.0},
        {"community.rooms": 3, "interact.comment": 0.3},
        {"channels.feed.membership": 0.7},
        {"publish.ads": [{"type": "post"}]},
        {"publish.rivals": [{"followers": 0.5}], "content": ["post", {"brand": "rival"}]},
        {"credibility.paid": 0.5, "transact.click_trust": 1.0},
        {"share.rule": "bass"},
        {"share.rule": "threshold", "publish.seeds": 5},
        {"share.after": "purchase"},
        {"effort.selling": 2.0},
        {"timeline": [{"tick": 3, "set": {"share.base.fan": 0.5}}]},
    ):
        assert wom.run(scenario.replace(change), seed=5).digest != digest, change


def test_a_second_post_leaves_the_first_alone() -> None:
    """Luck belongs to what is decided: nothing shifts because more is drawn beside it."""
    scenario = Scenario().replace(LIVELY | {"interact.follow": 0.0, "horizon": 60})
    one = wom.run(scenario, seed=5)
    two = wom.run(scenario.replace({"content": ["post", "post"]}), seed=5)
    assert passed_on(one) == {each for each in passed_on(two) if each[0] == 0}
    assert len({each for each in passed_on(two) if each[0] == 1}) > 20


def test_world_and_luck_are_apart() -> None:
    scenario = Scenario().replace(LIVELY)
    home = wom.run(scenario, seed=5, world=1)
    luck = wom.run(scenario, seed=6, world=1)
    world = wom.run(scenario, seed=5, world=2)
    assert home.network["digest"] == luck.network["digest"] != world.network["digest"]
    assert (home.role_at_birth == luck.role_at_birth).all()
    assert (home.role_at_birth != world.role_at_birth).any()
    assert home.digest != luck.digest
    assert wom.run(scenario, seed=5).digest == wom.run(scenario, seed=5, world=5).digest


@pytest.mark.parametrize("name", ["open_house", "cascade", "spotlight", "everything"])
def test_threads_and_watching_change_nothing(name: str) -> None:
    named = Scenario().replace(EVERYTHING) if name == "everything" else wom.load(name)
    scenario = named.replace({"network.people": 3_000, "publish.seeds": 5})
    digest = wom.run(scenario, seed=5).digest
    assert [wom.run(scenario, seed=5, threads=threads).digest for threads in (2, 4)] == [digest] * 2
    *_, watched = wom.simulate(scenario, seed=5)
    assert watched.result().digest == digest
    *_, watched = wom.simulate(scenario, seed=5, threads=3)
    assert watched.result().digest == digest
