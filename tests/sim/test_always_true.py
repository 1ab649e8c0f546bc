"""What holds in every campaign, exactly: bounds, orders, symmetries, conservation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path
from wordofmouth import Network, Result, Scenario
from wordofmouth.sim import state as s
from wordofmouth.sim.forest import parents
from wordofmouth.sim.kpis import kpis
from wordofmouth.sim.ledger import ACCOUNTS
from wordofmouth.sim.plan import AD, COMPLAINT, OWN, POST, RIVAL
from wordofmouth.sim.state import RUNGS, SERIES, STEPS
from wordofmouth.sim.world import ADVOCATE, STRANGER

from ..agents.generated import networks, scenarios
from ..experiments.everything import EVERYTHING

seeds_of_luck = st.integers(0, 2**62)
any_campaign = given(scenarios(), networks(), seeds_of_luck)
few = settings(max_examples=40, suppress_health_check=list(HealthCheck))
CASCADE = wom.load("cascade")


def every_role(probability: float) -> dict[str, float]:
    return {f"share.base.{role}": probability for role in ("stranger", "fan", "advocate")}


def passed_on(result: Result) -> set[tuple[int, int]]:
    """Who passed on which message."""
    log = result.share_log
    return set(zip(log.message.tolist(), log.person.tolist(), strict=True))


def rows(log: Any) -> list[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in log), strict=True))


def some_people(network: Network, seed: int, most: int = 3) -> list[int]:
    return sorted({seed * 7919 % network.n, seed * 104729 % network.n, seed % network.n})[:most]


def distances(network: Network, seeds: list[int]) -> NDArray[np.float64]:
    """Arcs from the nearest of the seeds to everybody, by scipy."""
    arcs = (np.ones(network.arcs), network.indices, network.indptr)
    graph = csr_array(arcs, shape=(network.n, network.n))
    ways: NDArray[np.float64] = shortest_path(graph, unweighted=True, indices=seeds)
    return ways.min(axis=0)


# the ends of the scale --------------------------------------------------------------------------


@few
@given(networks(), seeds_of_luck)
def test_where_nobody_shares_the_seeds_are_all(network: Network, seed: int) -> None:
    asked = some_people(network, seed)
    result = wom.run(CASCADE.replace(every_role(0.0)), network=network, seeds=asked, seed=seed)
    assert rows(result.share_log) == [(0, person, -1, 0, 0) for person in asked]
    heard = {int(v) for u in asked for v in network.indices[slice(*network.indptr[u : u + 2])]}
    assert result.kpis["reach"] == len(heard | set(asked))


@few
@given(networks(), seeds_of_luck)
def test_where_everybody_shares_it_reaches_the_component_at_its_distance(
    network: Network, seed: int
) -> None:
    asked = some_people(network, seed)
    result = wom.run(CASCADE.replace(every_role(1.0)), network=network, seeds=asked, seed=seed)
    distance = distances(network, asked)
    log = result.share_log
    assert set(log.person.tolist()) == set(np.flatnonzero(np.isfinite(distance)).tolist())
    assert log.person.size == len(passed_on(result))
    assert log.tick.tolist() == distance[log.person].tolist()
    assert log.hop.tolist() == log.tick.tolist()


def test_where_nothing_happens_everything_is_zero() -> None:
    silent = wom.load("open_house").replace(
        {"people.fans": 0.0, "publish.seeds": 0, "publish.outlets": [], "network.people": 300}
    )
    result = wom.run(silent, seed=3)
    assert not result.counts.any()
    assert not any(column.any() for column in result.columns.values())
    assert {stage.people for stage in result.funnel} == {0}
    assert result.kpis["reach"] == result.kpis["conversions"] == 0
    assert np.isnan(result.kpis["conversion_rate"])
    assert len(result.cascades) == 0
    assert result.sentence.startswith("Of 300 people 0 noticed the campaign")
    assert result.to_dict()["kpis"]["k_factor"] is None
    assert result.breakdown("hop").to_numpy().sum() == 0


def test_one_person_alone() -> None:
    alone = Network.from_edges([], [], 1)
    result = wom.run(CASCADE, network=alone, seeds=[0], seed=0)
    assert rows(result.share_log) == [(0, 0, -1, 0, 0)]
    assert result.kpis["impressions"] == result.kpis["reach"] == 1


# more is never less -----------------------------------------------------------------------------

# Traits that stay, and no stage that acts back on sharing.
NO_FEEDBACK: dict[str, Any] = {
    "attention": "unlimited",
    "people.activity": 1.0,
    "people.fans": 0.3,
    "people.susceptibility_spread": 1.0,
    "people.affinity_spread": 0.5,
    "share.weight.topic": 0.5,
    "share.weight.status": 0.5,
    "share.weight.reciprocity": 1.0,
    "publish.seeds": 1,
    "publish.outlets": [{"audience": 0.1, "shown": 0.5}],
    "horizon": 40,
    "content": ["post", "post"],
    "publish.interval": 2,
    "transact.click": 0.3,
    **every_role(0.1),
}


@pytest.mark.parametrize(
    ("path", "least", "most", "beside"),
    [
        ("share.base.stranger", 0.0, 1.0, {}),
        ("share.base.fan", 0.0, 1.0, {}),
        ("incentives.reward", 0.0, 50.0, {"share.weight.reward": 1.5}),
        ("boost.share", -4.0, 4.0, {}),
        ("boost.reshare", -4.0, 4.0, {}),
        ("boost.publish", -4.0, 4.0, {}),
        ("content_types.post.contagiousness", -3.0, 3.0, {"share.delay": 1.5}),
        ("content_types.post.spotlight", 0.0, 1.0, {}),
        ("people.fans", 0.0, 1.0, {"people.advocates": 0.0}),
        ("horizon", 1, 9, {"share.delay": 0.5}),
    ],
)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(networks(), seeds_of_luck, st.floats(0, 1), st.floats(0, 1))
def test_without_feedback_more_never_loses_a_sharer(
    path: str,
    least: float,
    most: float,
    beside: dict[str, Any],
    network: Network,
    seed: int,
    one: float,
    other: float,
) -> None:
    low, high = (type(least)(least + part * (most - least)) for part in sorted((one, other)))
    scenario = Scenario().replace(NO_FEEDBACK | beside)
    fewer, more = (
        wom.run(scenario.replace({path: value}), network=network, seed=seed)
        for value in (low, high)
    )
    assert passed_on(fewer) <= passed_on(more)
    assert fewer.kpis["reach"] <= more.kpis["reach"]


def test_more_is_more_at_times() -> None:
    """The order above would hold where nothing ever changed."""
    network = Network.generate("preferential_attachment", 300, seed=1, m=2)
    scenario = Scenario().replace(NO_FEEDBACK | {"share.weight.reward": 1.0})
    for path, value in (
        ("share.base.stranger", 0.2),
        ("incentives.reward", 20.0),
        ("boost.share", 1.0),
        ("boost.reshare", 1.0),
        ("boost.publish", 2.0),
    ):
        more = wom.run(scenario.replace({path: value}), network=network, seed=2)
        assert passed_on(wom.run(scenario, network=network, seed=2)) < passed_on(more), path


# What a conversion leads to: further shares, visits, complaints, claims to rewards.
NOTHING_AFTER_THE_OFFER: dict[str, Any] = {
    "share.after": "notice",
    "returns.lead": 0.0,
    "returns.repeat": 0.0,
    "complaints.rate": 0.0,
    "incentives.recipient": 0.0,
    "incentives.paid": "share",
    "timeline": [],
}


@few
@any_campaign
def test_a_better_offer_at_the_end_changes_nothing_before_it(
    scenario: Scenario, network: Network, seed: int
) -> None:
    scenario = scenario.replace(NOTHING_AFTER_THE_OFFER)
    more = scenario.replace({"boost.convert": scenario.boost.convert + 1.0})
    one, other = (wom.run(each, network=network, seed=seed) for each in (scenario, more))
    assert rows(one.share_log) == rows(other.share_log)
    assert set(rows(one.buyer_log)) <= set(rows(other.buyer_log))
    names = [name for name in SERIES if name != "conversions"]
    assert all((one.columns[name] == other.columns[name]).all() for name in names)
    for name in ("role", "trust", "bond", "relation"):
        assert (getattr(one, name) == getattr(other, name)).all(), name


# what plays no part -----------------------------------------------------------------------------


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


LIVELY: dict[str, Any] = {
    "network.people": 400,
    "horizon": 12,
    "people.fans": 0.2,
    **every_role(0.15),
    "transact.click": 0.3,
    "transact.convert": 0.3,
    "interact.follow": 0.3,
    "interact.thank": 0.3,
}
PARTS = ("listening", "influencing", "networking", "selling")
ONE_OUTLET = {"publish.outlets": [{"audience": 0.2}]}


@pytest.mark.parametrize(
    ("given_that", "change"),
    [
        ({"transact.click": 0.0}, {"boost.click": 3.0, "transact.click_trust": 2.0}),
        ({"transact.click": 0.0}, {"transact.convert": 0.9, "boost.find": 2.0}),
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
        ({}, {"content_types.post.longevity": 0.1, "hours_per_tick": 6.0}),
        ({}, {"content_types.post.topic": 0.5}),
        ({}, {"boost.publish": 3.0}),
        ({}, {"interact.like_bond": 2.0, "interact.comment_bond": 2.0, "interact.reply": 0.9}),
        ({}, {"interact.unfollow_fatigue": 2.0, "boost.unfollow": 3.0, "boost.reply": 3.0}),
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
        ({}, {"content_types.other": {"contagiousness": 3.0}, "transact.worth": 3.0}),
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
            {"placed", "mentions", "units"},
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


# funnel, forest, money --------------------------------------------------------------------------


@few
@any_campaign
def test_the_funnel_only_narrows(scenario: Scenario, network: Network, seed: int) -> None:
    result = wom.run(scenario, network=network, seed=seed)
    people = {stage.stage: stage.people for stage in result.funnel}
    order = ("notice", "click", "find", "convert")
    counts = [network.n, *(people[stage] for stage in order)]
    assert counts == sorted(counts, reverse=True)
    assert people["notice"] <= people["publish"] <= network.n
    for stage in result.funnel:
        assert stage.people <= stage.events or stage.stage == "publish"
        assert np.isnan(stage.rate) or 0 <= stage.rate <= 1
        assert stage.people > 0 or np.isnan(stage.rate) or stage.rate == 0
    assert max(people["share"], people["reshare"], people["follow"]) <= people["notice"]


@few
@any_campaign
def test_the_sums_agree(scenario: Scenario, network: Network, seed: int) -> None:
    """Series, counts, logs and columns tell the same story."""
    result = wom.run(scenario, network=network, seed=seed)
    total = {name: int(column.sum()) for name, column in result.columns.items()}

    def events_of(messages: NDArray[np.bool_]) -> dict[int, int]:
        return dict(enumerate(result.counts[messages, ..., 0].sum(axis=(0, 2, 3)).tolist()))

    events, kinds = events_of(result.ours), result.kinds
    others = events_of(~result.ours)
    rungs = [RUNGS[rung] for rung in result.climb_log.hop]
    known = result.relation
    expected = {
        "impressions": events[s.EXPOSED],
        "noticed": events[s.NOTICED],
        "reach": result.people[s.NOTICED],
        "shares": events[s.SHARED],
        "reshares": events[s.RESHARED],
        "clicks": events[s.CLICKED],
        "found": events[s.FOUND],
        "conversions": events[s.CONVERTED],
        "new_fans": events[s.FOLLOWED],
        "thanks": events[s.THANKED],
        "likes": events[s.LIKED],
        "comments": events[s.COMMENTED],
        "returns": events[s.RETURNED],
        "replies": int(result.units[:, ACCOUNTS.index("replies")].sum()),
        "participants": int((known["acts"] > 0).sum()),
        "offers_seen": int((known["flags"] & s.OFFER_SEEN != 0).sum()),
        "heard": int(result.gaps.sum()),
        "mended": others[s.MENDED],
        "complaints": others[s.COMPLAINED],
        "negative_impressions": events_of(kinds == COMPLAINT)[s.EXPOSED],
        "rival_impressions": events_of(kinds == RIVAL)[s.EXPOSED],
        "identified": rungs.count("identified"),
        "activated": rungs.count("activated"),
        "nurtured": rungs.count("nurtured"),
        "new_advocates": rungs.count("advocate"),
    }
    assert {name: total[name] for name in expected} == expected
    # What is left: parts of these.
    assert total["mended"] <= total["heard"] <= total["wrong"]
    assert total["mended"] + total["complaints"] <= total["wrong"]
    assert total["refunds"] <= total["wrong"]
    assert int((known["flags"] & s.LEFT_ADDRESS != 0).sum()) <= total["leads"]
    assert total["leads"] + result.traffic[:, 2].sum() <= total["found"] + total["returns"]
    assert max(total["upsells"], total["cross_sells"]) <= total["repeats"] <= total["returns"]
    free = [each.fee == 0.0 for each in scenario.publish.outlets for _ in range(each.count)]
    assert total["mentions"] == result.placed[: len(free)][np.array(free, np.bool_)].sum()
    visits = total["found"] + total["returns"]
    assert result.traffic.sum(axis=0).tolist() == [total["clicks"], visits, total["conversions"]]
    # Every message.
    assert events[s.NOTICED] == events[s.NOTICED_FIRST] + events[s.NOTICED_LATER]
    shares = [every[step] for every in (events, others) for step in (s.SHARED, s.RESHARED)]
    assert result.share_log.person.size == sum(shares)
    assert result.buyer_log.person.size == events[s.CONVERTED]
    of_message = result.counts[..., 1].sum(axis=(2, 3))
    for step in range(1, STEPS):
        took = np.flatnonzero(result.steps & np.uint16(1 << step)).size
        assert took == result.people[step]
        if step == s.NOTICED_LATER:  # counted where it was the first that they noticed of it
            continue
        mine = ~result.ours if step in (s.COMPLAINED, s.MENDED) else result.ours
        assert took <= of_message[mine, step].sum()
        if step not in (s.FOLLOWED, s.COMPLAINED, s.MENDED):  # these may happen again
            assert of_message[mine, step].max(initial=0) <= took
    firsts = of_message[:, s.NOTICED_FIRST] + of_message[:, s.NOTICED_LATER]
    assert (of_message[:, s.NOTICED] == firsts).all()
    # People.
    born, ends = (each != STRANGER for each in (result.role_at_birth, result.role))
    assert born.sum() + total["new_fans"] - total["lost_fans"] == ends.sum()
    born, now = (each == ADVOCATE for each in (result.role_at_birth, result.role))
    assert born.sum() + total["new_advocates"] - total["lost_advocates"] == now.sum()
    assert ((known["rung"] == RUNGS.index("advocate")) == now).all()
    assert (np.isnan(result.community) == ~ends).all()
    shares_of_one = [result.trust, result.bond, known["given"], known["helped"]]
    for share in [*shares_of_one, result.community[ends]]:
        assert ((share >= 0) & (share <= 1)).all()


@few
@any_campaign
def test_shares_are_a_forest_in_the_network(
    scenario: Scenario, network: Network, seed: int
) -> None:
    result = wom.run(scenario, network=network, seed=seed)
    log = result.share_log
    assert len(passed_on(result)) == log.person.size, "somebody passed a message on twice"
    up = parents(log, network.n)
    kinds, released = result.kinds, np.array([post.tick for post in result.posts])
    assert (log.tick >= released[log.message]).all()
    by_hazard = scenario.share.rule == "bass"
    runs = {
        POST: 1,
        RIVAL: 1,
        OWN: 1,
        AD: max((ad.ticks for ad in scenario.publish.ads), default=1),
    }
    for row, above in enumerate(up.tolist()):
        if above < 0:
            assert log.hop[row] == 0
            assert log.sender[row] < 0
            kind, age = int(kinds[log.message[row]]), log.tick[row] - released[log.message[row]]
            assert kind == COMPLAINT or by_hazard or age < runs[kind]
        else:
            assert log.message[above] == log.message[row]
            assert log.person[above] == log.sender[row]
            assert log.hop[above] == log.hop[row] - 1
            assert log.tick[above] < log.tick[row]
            heard = network.indices[slice(*network.indptr[log.sender[row] : log.sender[row] + 2])]
            assert log.person[row] in heard
    ours = result.ours[log.message]
    assert result.cascades.size.sum() == ours.sum()
    assert result.cascades.depth.max(initial=0) == log.hop[ours].max(initial=0)


@few
@any_campaign
def test_a_buyer_had_it_from_somebody_who_passed_it_on(
    scenario: Scenario, network: Network, seed: int
) -> None:
    result = wom.run(scenario, network=network, seed=seed)
    assert len(rows(result.buyer_log)) == len({row[:2] for row in rows(result.buyer_log)})
    shares = {(m, person): (hop, tick) for m, person, _, hop, tick in rows(result.share_log)}
    for message, person, sender, hop, tick in rows(result.buyer_log):
        if hop == 0:
            assert sender < 0
            continue
        from_hop, from_tick = shares[message, sender]
        assert (from_hop + 1, True) == (hop, from_tick < tick)
        assert person in network.indices[slice(*network.indptr[sender : sender + 2])]


@few
@given(scenarios(), networks(), seeds_of_luck, st.booleans(), st.sampled_from([0.0, 5.0]))
def test_money_spent_is_the_sum_of_its_ledger(
    scenario: Scenario, network: Network, seed: int, drawn: bool, reward: float
) -> None:
    scenario = scenario.replace({"timeline": [], "incentives.recipient": 0.0})
    priced = scenario.replace(
        {
            "publish.cost": 7.0,
            "publish.ads": [],
            "publish.seed_cost": 0.0,
            "publish.seed_cost_follower": 0.0,
            "incentives.budget": None,
            "share.delay": 0.0,
            "publish.outlets": [{"fee": 3.0}, {"fee": 0.5}],
            "incentives.paid": "draw" if drawn else "share",
            "incentives.prize": 11.0,
            "incentives.reward": reward,
            "interact.cost": 0.25,
            "transact.worth": 2.0,
        }
    )
    result = wom.run(priced, network=network, seed=seed)
    values, total = kpis(result), {name: int(c.sum()) for name, c in result.columns.items()}
    # Paid is a share when it is posted, which those of the last tick are not any more.
    log, ours = result.share_log, result.ours[result.share_log.message]
    shares = int((ours & (log.tick < priced.horizon - 1)).sum())
    posted = [
        post.tick or 0 for post, kind in zip(result.posts, result.kinds, strict=True) if not kind
    ]
    posts = sum(tick < priced.horizon for tick in posted)
    # The reward is what a share is worth to a person: where there is none, there is no draw.
    rewards = (11.0 if ours.any() and reward else 0.0) if drawn else shares * reward
    price, advocacy = priced.transact.price, priced.advocacy
    units = dict(zip(ACCOUNTS, result.units.sum(axis=0).tolist(), strict=True))
    expected = dict.fromkeys(ACCOUNTS, 0.0) | {
        "posts": 7.0 * posts,
        "placements": 3.5 * posts,
        "rewards": rewards,
        "discounts": price * priced.incentives.discount * units["discounts"],
        "thanks": 0.25 * total["thanks"],
        "replies": 0.25 * total["replies"],
        "service": 0.25 * units["service"],
        "outreach": advocacy.outreach_cost * total["identified"],
        "nurture": advocacy.nurture_cost * units["nurture"],
        "refunds": price * total["refunds"],
    }
    assert result.ledger == pytest.approx(expected)
    assert units["service"] >= total["mended"]
    assert units["nurture"] >= total["nurtured"]
    assert values["cost"] == sum(result.ledger.values())
    assert values["cost"] == pytest.approx(result.payments["amount"].sum())
    assert values["reward_cost"] == rewards
    purchases = total["conversions"] + total["repeats"]
    assert values["revenue"] == pytest.approx(purchases * (price + 2.0))
    assume(values["cost"])
    assert values["return_on_spend"] == values["revenue"] / values["cost"]


@few
@given(scenarios(), networks(), seeds_of_luck, st.floats(0.0, 60.0))
def test_rewards_never_exceed_their_budget(
    scenario: Scenario, network: Network, seed: int, budget: float
) -> None:
    incentives = {"reward": 3.0, "recipient": 2.0, "paid": "referral", "fraud": 0.5}
    generous = scenario.replace({"timeline": [], "incentives": {**incentives, "budget": budget}})
    paid = wom.run(generous, network=network, seed=seed).ledger
    assert paid["rewards"] + paid["recipients"] + paid["fraud"] <= budget
    assert paid["recipients"] == pytest.approx(paid["rewards"] * 2 / 3)


def test_a_budget_is_spent_to_the_last_reward() -> None:
    scenario = Scenario().replace(LIVELY | {"incentives.reward": 3.0, "incentives.budget": 50.0})
    result = wom.run(scenario, seed=5)
    assert result.kpis["shares"] + result.kpis["reshares"] > 17
    assert result.ledger["rewards"] == 48.0


# refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"seed": -1}, "seed = -1 is not allowed; give a whole number 0 to"),
        ({"seed": 1.5}, "seed = 1.5 is not allowed"),
        ({"seed": True}, "seed = True is not allowed"),
        ({"seed": 2**63}, "seed = 9223372036854775808 is not allowed"),
        ({"world": "x"}, "world = 'x' is not allowed"),
        ({"threads": 0}, "threads = 0 is not allowed"),
        ({"seeds": 3}, "seeds = 3 is not allowed; give a list"),
        ({"seeds": "12"}, "seeds = '12' is not allowed"),
        ({"seeds": [1, 1]}, "names 1 twice"),
        ({"seeds": [400]}, "400"),
        ({"seeds": [-1]}, "-1"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(how: dict[str, Any], words: str) -> None:
    with pytest.raises(wom.InputError) as error:
        wom.run(Scenario().replace({"network.people": 400}), **how)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_more_seeds_than_people_are_refused() -> None:
    with pytest.raises(
        wom.InputError, match=r"publish.seeds = 401 is more than the network.s 400 people"
    ):
        wom.run(Scenario().replace({"network.people": 400, "publish.seeds": 401}))
