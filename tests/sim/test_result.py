"""What a campaign came to: worked out by hand where it is small, and digested without a gap."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Network, Result, Scenario
from wordofmouth.sim import state as s
from wordofmouth.sim.ledger import ACCOUNTS
from wordofmouth.sim.state import Log
from wordofmouth.sim.world import ADVOCATE

from ..experiments.everything import EVERYTHING
from .campaigns import CERTAIN, everywhere

# by hand ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def star() -> Result:
    """Person 0, whom four hear and who hears them, is asked; all share, click, find and buy.

    Tick 0: 0 is asked, and passes it on. Tick 1: 1 to 4 hear it at hop 1, click, buy, follow and
    pass it on. Tick 2: 0 hears it four times at hop 2, clicks, buys and follows; it has passed it
    on. The brand thanks two people in a tick: 0 at tick 1, two of the four at tick 2, and those two
    at tick 3 who had to wait.
    """
    changes = {
        "transact.click": 1.0,
        "transact.convert": 1.0,
        "transact.recall": 1.0,
        "transact.price": 4.0,
        "transact.worth": 6.0,
        "publish.cost": 30.0,
        "incentives.reward": 2.0,
        "interact.follow": 1.0,
        "interact.thank": 1.0,
        "interact.capacity": 2,
        "interact.cost": 0.5,
        "interact.bond_gain": 0.5,
        "interact.trust_gain": 0.5,
        "people.trust.stranger": 0.5,
        "people.bond.stranger": 0.0,
        "horizon": 6,
    }
    network = Network.from_edges([0, 0, 0, 0], [1, 2, 3, 4], directed=False)
    scenario = wom.load("cascade").replace(CERTAIN | changes)
    return wom.run(scenario, network=network, seeds=[0], seed=1)


def test_the_series_of_a_star(star: Result) -> None:
    columns = {name: column.tolist() for name, column in star.columns.items() if column.any()}
    assert columns == {
        "impressions": [1, 4, 4, 0, 0, 0],
        "noticed": [1, 4, 4, 0, 0, 0],
        "reach": [1, 4, 0, 0, 0, 0],
        "shares": [1, 0, 0, 0, 0, 0],
        "reshares": [0, 4, 0, 0, 0, 0],
        "clicks": [0, 4, 1, 0, 0, 0],
        "found": [0, 4, 1, 0, 0, 0],
        "conversions": [0, 4, 1, 0, 0, 0],
        "new_fans": [1, 4, 0, 0, 0, 0],
        "thanks": [0, 1, 2, 2, 0, 0],
        "participants": [1, 4, 0, 0, 0, 0],
    }
    assert list(star.columns) == list(s.SERIES)


def test_the_funnel_of_a_star(star: Result) -> None:
    assert [(row.stage, row.people, row.events, row.rate) for row in star.funnel] == [
        ("publish", 5, 9, 1.0),
        ("notice", 5, 9, 1.0),
        ("share", 1, 1, 1.0),
        ("reshare", 4, 4, 4 / 5),  # all five noticed what a person passed on
        ("click", 5, 5, 1.0),
        ("find", 5, 5, 1.0),
        ("convert", 5, 5, 1.0),
        ("follow", 5, 5, 1.0),
    ]
    assert star.funnel[0].of == "all people"


def test_the_payments_of_a_star(star: Result) -> None:
    """A post at 30, a share at 2 in the tick after it was decided, thanks at a half."""
    paid = star.payments
    assert (paid["source"] == "").all()
    told = paid.drop(columns="source")
    assert told[told["amount"] > 0].to_numpy().tolist() == [
        [0, "posts", 1, 30.0],
        [1, "rewards", 1, 2.0],
        [1, "thanks", 1, 0.5],
        [2, "rewards", 4, 8.0],
        [2, "thanks", 2, 1.0],
        [3, "thanks", 2, 1.0],
    ]
    assert {name: spent for name, spent in star.ledger.items() if spent} == {
        "posts": 30.0,
        "rewards": 10.0,
        "thanks": 2.5,
    }


def test_the_ladder_of_a_star(star: Result) -> None:
    ladder = star.ladder
    assert ladder.index.name == "tick"
    assert ladder["aware"].tolist() == [1, 5, 5, 5, 5, 5]
    assert ladder["followers"].tolist() == [1, 5, 5, 5, 5, 5]
    assert ladder["participants"].tolist() == [1, 5, 5, 5, 5, 5]
    for rung in ("identified", "activated", "nurtured", "advocates"):
        assert ladder[rung].tolist() == [0] * 6
    assert star.climbs.shape == (0, 4)
    assert star.traffic.tolist() == [[5, 5, 5]]


def test_the_indicators_of_a_star(star: Result) -> None:
    values = star.kpis
    cost = 30.0 + 5 * 2.0 + 5 * 0.5
    expected = {
        "reach": 5,
        "impressions": 9,
        "frequency": 9 / 5,
        "shares": 1,
        "reshares": 4,
        "r_first_hop": 4.0,
        "r_later_hops": 0.0,
        "k_factor": 4 / 5,
        "amplification": 8.0,
        "structural_virality": 2 * 4 / 5,
        "clicks": 5,
        "visits": 5,
        "conversions": 5,
        "conversion_rate": 1.0,
        "visit_conversion_rate": 1.0,
        "time_to_half": (1 + 1.5 / 4) * star.scenario.hours_per_tick,
        "revenue": 50.0,
        "cost": cost,
        "reward_cost": 10.0,
        "return_on_spend": 50.0 / cost,
        "cost_per_exposure": cost / 9,
        "cost_per_trusted_exposure": cost / 8,
        "cost_per_conversion": cost / 5,
        "fans": 5,
        "new_fans": 5,
        "advocates": 0,
        "thanks": 5,
        "churn": 0.0,
        "activity_score": 2 * 5 / 5,
        "applause_rate": 5.0,
        "buyer_frequency": 1.0,
        "retargeting_list": 0,
        "returning_visitors": 0.0,
        "share_of_voice": 1.0,
        "sentiment": 1.0,
        # Membership since tick 0 and 1 at a tenure of a week; influence and bond of the thanked;
        # to the hub alone the brand itself gave something, of which it remembers .3.
        "community_experience": (
            (1 - 2 ** (-6 / 168) + 4 * (1 - 2 ** (-5 / 168)))
            + 5 * 1 / 2
            + 5 * 0.5 / 2
            + float(np.float32(0.3 * 0.3))
        )
        / 4
        / 5,
        "mean_trust": 0.75,
        "mean_bond": 0.5,
    }
    assert {name: values[name] for name in expected} == pytest.approx(expected, rel=1e-12)
    assert np.isnan(values["community_growth"])  # nobody followed at birth
    assert np.isnan(values["cost_per_incremental_share"])  # nobody knows what was without


def test_the_forest_of_a_star(star: Result) -> None:
    rows = list(zip(*(column.tolist() for column in star.share_log), strict=True))
    assert rows == [(0, 0, -1, 0, 0), *((0, leaf, 0, 1, 1) for leaf in range(1, 5))]
    assert star.cascades.summary == pytest.approx(
        {
            "count": 1,
            "mean_size": 5.0,
            "max_size": 5,
            "share_alone": 0.0,
            "share_ge_100": 0.0,
            "structural_virality": 1.6,
            "mean_depth": 1.0,
        }
    )
    names = ["message", "person", "sender", "hop", "tick", "hours", "kind"]
    assert star.shares.columns.tolist() == names
    assert star.shares.drop(columns="hours").to_numpy().tolist() == [[*row, "post"] for row in rows]
    assert star.shares["hours"].tolist() == [0.0, 1.0, 1.0, 1.0, 1.0]
    bought = star.buyers.to_numpy().tolist()
    assert bought[:4] == [[0, leaf, 0, 1, 1] for leaf in range(1, 5)]
    assert bought[4][:2] == [0, 0]
    assert bought[4][2] in {1, 2, 3, 4}
    assert bought[4][3:] == [2, 2]


def test_the_sentence_of_a_star(star: Result) -> None:
    assert star.sentence == (
        "With the reward 5 of 5 people who noticed it (100 %) passed it on. Of 5 people 5 noticed "
        "the campaign, 5 of them through people who passed it on; 5 people passed it on, 5 times, "
        "4 of them re-shares; transactions: 5."
    )
    assert repr(star) == f"<Result of 'cascade', seed 1: {star.sentence}>"


def test_the_fans_of_a_brand_by_hand() -> None:
    """Two fans at hop 0, of whom none is heard by anybody: owned, and nothing earned."""
    scenario = Scenario().replace(CERTAIN | {"people.fans": 1.0, "horizon": 3})
    result = wom.run(scenario, network=Network.from_edges([], [], 2))
    assert {name: result.kpis[name] for name in ("impressions", "shares", "reshares")} == {
        "impressions": 2,
        "shares": 2,
        "reshares": 0,
    }
    assert result.kpis["amplification"] == 0
    assert result.cascades.summary["share_alone"] == 1.0
    assert result.kpis["community_growth"] == 0
    rows = list(zip(*(column.tolist() for column in result.share_log), strict=True))
    assert rows == [(0, 0, -1, 0, 0), (0, 1, -1, 0, 0)]


def test_people_come_back_by_their_ids() -> None:
    network = Network.from_edges([0, 1], [1, 2], 3, ids=["ann", "bob", "cem"])
    result = everywhere(network, ["ann"])
    assert result.shares[["person", "sender"]].to_numpy().tolist() == [
        ["ann", -1],
        ["bob", "ann"],
        ["cem", "bob"],
    ]
    with pytest.raises(wom.InputError, match="dan"):
        everywhere(network, ["dan"])


# the ledger, the ladder, the channels -----------------------------------------------------------


@pytest.fixture(scope="module")
def everything() -> Result:
    return wom.run(Scenario().replace(EVERYTHING), seed=7)


def test_the_cost_is_the_sum_of_the_payments(everything: Result) -> None:
    paid = everything.payments
    assert (paid["units"] > 0).all()
    assert (paid["amount"] >= 0).all()
    by_account = paid.groupby("account", observed=True)["amount"].sum().to_dict()
    spent = {name: amount for name, amount in everything.ledger.items() if amount}
    assert {name: by_account[name] for name in spent} == pytest.approx(spent)
    assert everything.kpis["cost"] == pytest.approx(paid["amount"].sum())
    assert paid["tick"].is_monotonic_increasing
    assert set(spent) == set(ACCOUNTS), "something is never paid for"


def test_a_prize_is_paid_once() -> None:
    drawn = Scenario().replace(
        {"incentives.paid": "draw", "incentives.prize": 90.0, "incentives.reward": 1.0}
    )
    result = wom.run(drawn.replace({"share.base.fan": 0.5, "network.people": 200}), seed=1)
    assert result.kpis["shares"] > 1
    assert result.payments["amount"].sum() == 90.0
    assert result.ledger["rewards"] == result.kpis["cost"] == 90.0


def test_the_ladder_ends_where_people_stand(everything: Result) -> None:
    end = everything.ladder.iloc[-1]
    assert len(everything.ladder) == everything.ticks
    assert end["aware"] == everything.kpis["reach"]
    assert end["followers"] == everything.kpis["fans"]
    assert end["advocates"] == everything.kpis["advocates"]
    climbs = everything.climbs
    assert climbs.columns.tolist() == ["person", "before", "rung", "tick"]
    for rung in ("identified", "activated", "nurtured"):
        assert end[rung] == (climbs["rung"] == rung).sum()
    born = int((everything.role_at_birth == ADVOCATE).sum())
    left = ((climbs["before"] == "advocate") & (climbs["rung"] == "none")).sum()
    assert end["advocates"] == born + (climbs["rung"] == "advocate").sum() - left
    # A history without gaps: each change begins where the one before has ended.
    for person, steps in climbs.groupby("person"):
        start = "advocate" if everything.role_at_birth[person] == ADVOCATE else "none"
        rungs = [start, *steps["rung"]]
        assert rungs[:-1] == steps["before"].tolist()
        assert s.RUNGS[everything.relation["rung"][person]] == rungs[-1]


def test_traffic_by_channel_adds_up(everything: Result) -> None:
    clicks, visits, conversions = everything.traffic.sum(axis=0).tolist()
    assert clicks == everything.kpis["clicks"]
    assert visits == everything.kpis["visits"]
    assert conversions == everything.kpis["conversions"]
    assert everything.columns["returns"].sum() > 0
    assert (everything.traffic[:, 0] > 0).all(), "a channel without any"


def test_people_come_back_by_their_ids_on_the_ladder_too() -> None:
    ids = [f"p{row}" for row in range(500)]
    grown = Network.generate("preferential_attachment", 500, seed=1, m=5)
    source = np.repeat(np.arange(500), grown.followers)
    network = Network.from_edges(source, grown.indices, 500, ids=ids)
    scenario = Scenario().replace(EVERYTHING)
    named, rows = (wom.run(scenario, network=each, seed=7) for each in (network, grown))
    assert named.digest == rows.digest
    assert named.climbs["person"].tolist() == [f"p{row}" for row in rows.climbs["person"]]


# breakdowns and what a machine is told ----------------------------------------------------------


@pytest.fixture(scope="module")
def open_house() -> Result:
    return wom.run(wom.load("open_house").replace({"network.people": 2_000}), seed=7)


@pytest.mark.parametrize("by", ["hop", "role", "message", "content", "channel"])
def test_a_breakdown_is_a_part_of_the_funnel(open_house: Result, by: str) -> None:
    table = open_house.breakdown(by)
    assert table.index.name == by
    events = {stage.stage: stage.events for stage in open_house.funnel}
    stages = [stage for stage in events if (by, stage) != ("role", "publish")]
    assert table.columns.tolist() == stages
    assert table.sum().to_dict() == {stage: events[stage] for stage in stages}
    assert (table.to_numpy() >= 0).all()


def test_breakdowns_name_their_rows(open_house: Result) -> None:
    assert open_house.breakdown("role").index.tolist() == ["stranger", "fan", "advocate"]
    assert open_house.breakdown("message").index.tolist() == list(range(5))
    assert open_house.breakdown("content").index.tolist() == [
        "invitation",
        "backstage",
        "customer_spotlight",
    ]
    assert set(open_house.breakdown("channel").index) == {"facebook", "twitter", "linkedin"}
    by_hop = open_house.breakdown("hop")
    assert by_hop.loc[0, "reshare"] == 0
    assert by_hop["share"].sum() == by_hop.loc[0, "share"]


def test_an_unknown_breakdown_is_refused(open_house: Result) -> None:
    with pytest.raises(wom.InputError, match="by = 'colour' is not allowed; give one of message"):
        open_house.breakdown("colour")


def test_the_series_is_a_table(open_house: Result) -> None:
    # Three channels and the outlets and flights, each with clicks, visits and conversions.
    sources = len(open_house.sources)
    assert open_house.series.shape == (100, len(s.SERIES) + 2 + 3 * sources)
    assert open_house.series.index.name == "tick"
    assert open_house.series["reach"].sum() == open_house.kpis["reach"]


@pytest.mark.parametrize("name", wom.names())
def test_what_a_machine_is_told_is_json(name: str) -> None:
    scenario = wom.load(name)
    people = max(600, 2 * int(scenario.network.generator_options().get("minimum", 0)))
    told = wom.run(scenario.replace({"network.people": people}), seed=7).to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert {
        "scenario",
        "seed",
        "agents",
        "arcs",
        "ticks",
        "digest",
        "funnel",
        "kpis",
        "cascades",
    } <= (told.keys())
    assert (told["scenario"], told["seed"], told["agents"]) == (name, 7, people)
    assert told["ticks"] == scenario.horizon
    assert [row.keys() for row in told["funnel"]] == [
        {"stage", "people", "events", "rate", "of"}
    ] * 8
    assert told["cascades"].keys() == {
        "count",
        "mean_size",
        "max_size",
        "share_alone",
        "share_ge_100",
        "structural_virality",
        "mean_depth",
    }


def test_half_a_campaign_has_a_result() -> None:
    scenario = wom.load("open_house").replace({"network.people": 500})
    watched = wom.simulate(scenario, seed=7)
    first = next(watched)
    early = first.result()
    assert early.ticks == 1
    for _ in range(30):
        later = next(watched)
    assert early.ticks == 1, "a result is a copy"
    digest = early.digest
    assert early.columns["impressions"][1:].sum() == 0
    assert later.result().digest != digest
    assert early.ledger["posts"] == scenario.publish.cost  # what is not posted yet costs nothing


# the digest -------------------------------------------------------------------------------------


def nudged(array: np.ndarray[Any, Any], at: int) -> np.ndarray[Any, Any]:
    changed = array.copy()
    flat = changed.reshape(-1)
    flat[at] = np.nextafter(flat[at], 2) if flat.dtype.kind == "f" else flat[at] + 1
    return changed


def test_the_digest_sees_everything_that_was_decided(everything: Result) -> None:
    one = everything
    columns = ("role", "trust", "bond", "steps", "counts", "traffic", "gaps", "placed")
    changed: list[Result] = []
    for at in (0, -1):
        for name in (*columns, "units", "money"):
            assert getattr(one, name).size > 1
            changed.append(replace(one, **{name: nudged(getattr(one, name), at)}))
        for name in s.RELATION.names or ():
            relation = one.relation.copy()
            relation[name] = nudged(relation[name].copy(), at)
            changed.append(replace(one, relation=relation))
        for name, column in one.columns.items():
            changed.append(replace(one, columns={**one.columns, name: nudged(column, at)}))
        for name in ("share_log", "buyer_log", "climb_log"):
            assert getattr(one, name).person.size > 1
            for field, column in getattr(one, name)._asdict().items():
                nudge = {field: nudged(column, at)}
                changed.append(replace(one, **{name: getattr(one, name)._replace(**nudge)}))
    for step in range(s.STEPS):
        people = [count + (each == step) for each, count in enumerate(one.people)]
        changed.append(replace(one, people=people))
    shorter = Log(*(column[:-1] for column in one.share_log))
    changed.append(replace(one, share_log=shorter))
    digests = {result.digest for result in changed}
    assert len(digests) == len(changed)
    assert one.digest not in digests
    assert replace(one).digest == one.digest


def test_the_digest_is_the_campaign_and_not_what_it_is_called(open_house: Result) -> None:
    renamed = open_house.scenario.replace({"name": "other", "outcome": "votes"})
    again = wom.run(renamed, seed=7)
    assert again.digest == open_house.digest
    assert f"votes: {again.kpis['conversions']}." in again.sentence
    assert len(open_house.digest) == 64


def test_complaints_are_told_apart_from_posts() -> None:
    changes = {"complaints.rate": 0.5, "transact.click": 0.5, "transact.convert": 0.5}
    calendar = [{"type": "post", "tick": 3}]
    scenario = wom.load("open_house").replace({"network.people": 800, "content": calendar})
    scenario = scenario.replace(changes | {"content_types.post.contagiousness_spread": 0.5})
    result = wom.run(scenario, seed=1)
    shares, messages = result.shares, result.messages
    assert set(shares.kind) == {"post", "complaint"}
    kpis = result.kpis
    assert (shares.kind == "post").sum() == kpis["shares"] + kpis["reshares"]
    told = shares[(shares.kind == "complaint") & (shares.hop == 0)]
    assert len(told) == kpis["complaints"] > 0
    assert messages.kind.tolist() == ["post"] + ["complaint"] * scenario.complaints.topics
    assert messages.tick.isna().tolist() == [False, True, True, True]
    assert [post.tick for post in result.posts] == [3, None, None, None]
    assert messages.appeal.nunique() == 4
    [axes] = [axes for axes in result.plot().axes if axes.get_title(loc="left").startswith("Reach")]
    [marks] = [line for line in axes.lines if line.get_label() == "post"]
    assert len(marks.get_xdata()) == 1


@pytest.mark.digest
def test_digest_of_a_star_is_pinned(star: Result) -> None:
    """Of what can be checked by hand above: changes only with the model or the digest itself."""
    assert star.digest[:16] == "35c20603144e4aeb"


def test_cascades_say_in_a_line_what_they_are(open_house: Result) -> None:
    said = repr(open_house.cascades)
    count, largest = len(open_house.cascades), int(open_house.cascades.size.max())
    assert said.startswith(f"<Cascades: {count}, ")
    assert said.endswith(f"% of one share; the largest {largest}>")
    none = wom.run(open_house.scenario.replace({"publish.seeds": 0, "content": []}), seed=7)
    assert repr(none.cascades) == "<Cascades: none>"
