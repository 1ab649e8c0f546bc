"""What holds in every campaign, exactly: bounds, orders, symmetries, conservation."""

from __future__ import annotations

from collections.abc import Mapping
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
from wordofmouth.sim.state import SERIES, STEPS
from wordofmouth.sim.world import FAN

from ..agents.generated import networks, scenarios

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


@few
@any_campaign
def test_a_better_offer_at_the_end_changes_nothing_before_it(
    scenario: Scenario, network: Network, seed: int
) -> None:
    more = scenario.replace({"boost.convert": scenario.boost.convert + 1.0})
    one, other = (wom.run(each, network=network, seed=seed) for each in (scenario, more))
    assert rows(one.share_log) == rows(other.share_log)
    assert set(rows(one.buyer_log)) <= set(rows(other.buyer_log))
    names = [name for name in SERIES if name != "conversions"]
    assert all((one.columns[name] == other.columns[name]).all() for name in names)
    assert (one.role == other.role).all()


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
    for name in ("role_at_birth", "role", "trust", "bond", "steps"):
        assert (getattr(other, name)[place] == getattr(one, name)).all(), name
    for log, theirs in ((one.share_log, other.share_log), (one.buyer_log, other.buyer_log)):
        sender = np.where(log.sender >= 0, place[log.sender], log.sender)
        here = log._replace(person=place[log.person], sender=sender)
        assert sorted(rows(here)) == sorted(rows(theirs))
    assert (one.counts == other.counts).all()
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
        ({}, {"content_types.post.topic": 0.5, "content_types.post.value": 0.9}),
        ({}, {"boost.publish": 3.0}),
        ({"publish.outlets": [{"shown": 0.0}]}, {"boost.publish": 3.0}),
        ({"publish.outlets": [{"shown": 1.0}]}, {"boost.publish": -3.0}),
        (ONE_OUTLET, {"publish.outlets": [{"audience": 0.2}, {"audience": 0.0}]}),
        ({"people.advocates": 0.0}, {"share.base.advocate": 0.9, "people.trust.advocate": 0.1}),
        ({"publish.seeds": 0}, {"publish.seeding": "followers"}),
        ({}, {"publish.cost": 9.0, "transact.worth": 3.0, "interact.cost": 2.0}),
        ({}, {"content_types.other": {"contagiousness": 3.0}, "channels.other": {"effort": 9.0}}),
        ({}, {"channels.other": {"effort": 9.0}, "publish.interval": 3}),
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


@pytest.mark.parametrize("name", ["open_house", "cascade", "spotlight"])
def test_threads_and_watching_change_nothing(name: str) -> None:
    scenario = wom.load(name).replace({"network.people": 3_000, "publish.seeds": 5})
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
    order = ("publish", "notice", "click", "find", "convert")
    counts = [network.n, *(people[stage] for stage in order)]
    assert counts == sorted(counts, reverse=True)
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
    events = dict(enumerate(result.counts[..., 0].sum(axis=(0, 2, 3)).tolist()))
    of_message = result.counts[..., 1].sum(axis=(2, 3))
    assert total == {
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
    }
    assert events[s.NOTICED] == events[s.NOTICED_FIRST] + events[s.NOTICED_LATER]
    assert result.share_log.person.size == events[s.SHARED] + events[s.RESHARED]
    assert result.buyer_log.person.size == events[s.CONVERTED]
    for step in range(1, STEPS):
        took = np.flatnonzero(result.steps & np.uint16(1 << step)).size
        assert took == result.people[step]
        if step == s.NOTICED_LATER:  # counted where it was the first that they noticed of it
            continue
        assert of_message[:, step].max(initial=0) <= took <= of_message[:, step].sum()
    firsts = of_message[:, s.NOTICED_FIRST] + of_message[:, s.NOTICED_LATER]
    assert (of_message[:, s.NOTICED] == firsts).all()
    assert total["new_fans"] == int((result.role != result.role_at_birth).sum())
    assert set(result.role[result.role != result.role_at_birth].tolist()) <= {FAN}
    assert ((result.trust >= 0) & (result.trust <= 1)).all()
    assert ((result.bond >= 0) & (result.bond <= 1)).all()


@few
@any_campaign
def test_shares_are_a_forest_in_the_network(
    scenario: Scenario, network: Network, seed: int
) -> None:
    result = wom.run(scenario, network=network, seed=seed)
    log = result.share_log
    assert len(passed_on(result)) == log.person.size, "somebody passed a message on twice"
    up = parents(log, network.n)
    released = np.array([post.tick for post in result.posts])
    assert (log.tick >= released[log.message]).all()
    for row, above in enumerate(up.tolist()):
        if above < 0:
            assert log.hop[row] == 0
            assert log.sender[row] < 0
            assert log.tick[row] == released[log.message[row]]
        else:
            assert log.message[above] == log.message[row]
            assert log.person[above] == log.sender[row]
            assert log.hop[above] == log.hop[row] - 1
            assert log.tick[above] < log.tick[row]
            heard = network.indices[slice(*network.indptr[log.sender[row] : log.sender[row] + 2])]
            assert log.person[row] in heard
    assert result.cascades.size.sum() == log.person.size
    assert result.cascades.depth.max(initial=0) == log.hop.max(initial=0)


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
    priced = scenario.replace(
        {
            "publish.cost": 7.0,
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
    shares = total["shares"] + total["reshares"]
    posted = sum((post.tick or 0) < priced.horizon for post in result.posts)
    # The reward is what a share is worth to a person: where there is none, there is no draw.
    rewards = (11.0 if shares and reward else 0.0) if drawn else shares * reward
    assert result.ledger == {
        "posts": 7.0 * posted,
        "placements": 3.5 * posted,
        "rewards": rewards,
        "thanks": 0.25 * total["thanks"],
    }
    assert values["cost"] == sum(result.ledger.values())
    assert values["reward_cost"] == rewards
    assert values["revenue"] == total["conversions"] * (priced.transact.price + 2.0)
    assume(values["cost"])
    assert values["return_on_spend"] == values["revenue"] / values["cost"]


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
