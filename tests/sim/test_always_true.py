"""What holds in every campaign, exactly: bounds, orders, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordofmouth import Network, Scenario
from wordofmouth.sim.state import SERIES

from ..agents.generated_networks import networks
from .campaigns import (
    CASCADE,
    any_campaign,
    distances,
    every_role,
    few,
    passed_on,
    rows,
    seeds_of_luck,
    some_people,
)

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
        (
            "content_types.post.spotlight",
            0.0,
            1.0,
            {"content_types.post.contagiousness_spread": 1.0},
        ),
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


# What a conversion leads to: further shares, visits, complaints, claims to rewards, that nothing is
# bought over the next post, and effort that is not moved.
NOTHING_AFTER_THE_OFFER: dict[str, Any] = {
    "share.after": "notice",
    "transact.once": "post",
    "hurdles.short_term": 0.0,
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
