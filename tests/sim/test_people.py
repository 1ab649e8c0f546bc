"""A table of people, segments, and ties with a probability of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Network, Scenario
from wordofmouth.sim.people import NUMBERS
from wordofmouth.sim.world import ADVOCATE, ROLES, STRANGER, populate

PEOPLE = 400
NETWORK = Network.generate("clustered_preferential_attachment", PEOPLE, seed=3, m=3)
LIVELY = Scenario().replace(
    {
        "horizon": 12,
        "people.fans": 0.3,
        "people.advocates": 0.2,
        "people.activity": 0.7,
        "people.susceptibility_spread": 0.5,
        "people.affinity_spread": 0.5,
        "people.opportunists": 0.2,
        "share.base": {"stranger": 0.1, "fan": 0.2, "advocate": 0.3},
        "share.weight.topic": 0.5,
        "transact.click": 0.4,
        "transact.convert": 0.5,
        "transact.price": 20.0,
        "transact.convert_price": 0.5,
        "channels": {"feed": {"membership": 0.8}, "wall": {"membership": 0.5}},
        "publish.seeds": 3,
    }
)
GIVEN: dict[str, Any] = {
    "role": "advocate", "trust": 0.125, "bond": 0.25, "activity": 3.0, "susceptibility": 1.5,
    "interest": 0.75, "affinity": 2.5, "channels": "wall", "cost": 7.0, "segment": "old",
}  # fmt: skip
ALL = Scenario().replace({"horizon": 6, "people.fans": 1.0, "share.base": {
    "stranger": 0.0, "fan": 0.0, "advocate": 0.0}})  # fmt: skip


def table(rows: list[int], **columns: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {"id": rows, **{name: [value] * len(rows) for name, value in columns.items()}}
    )


# what a table says of whom -----------------------------------------------------------------------


@pytest.mark.parametrize("name", GIVEN)
def test_a_column_changes_only_whom_it_names(name: str) -> None:
    """All that is drawn of the others is what it would be without the table, to the bit."""
    named = [7, 30, 211]
    rest = np.setdiff1d(np.arange(PEOPLE), named)
    scenario = LIVELY.replace({"segments.old.share": 0.3, "segments.old.click": 0.5})
    with_it = NETWORK.with_people(table(named, **{name: GIVEN[name]}))
    without, world = (populate(scenario, each, 5) for each in (NETWORK, with_it))
    for column in ("role", "traits", "channels", "segment"):
        assert (getattr(world, column)[rest] == getattr(without, column)[rest]).all(), column
    for column in ("trust", "bond", "activity"):
        values = getattr(world, column)
        assert values.size == (PEOPLE if name == column else 0)
        assert np.isnan(values[rest] if values.size else values).all()
    coded = GIVEN | {"role": ADVOCATE, "channels": 2, "segment": 1}
    if name != "cost":
        found = world.traits if name in (world.traits.dtype.names or ()) else world._asdict()
        assert (found[name][named] == coded[name]).all()


def test_a_column_that_says_nothing_changes_nothing() -> None:
    empty = table([7, 30], **dict.fromkeys(GIVEN), region="north")
    found = wom.run(LIVELY, network=NETWORK.with_people(empty), seed=2)
    assert found.digest == wom.run(LIVELY, network=NETWORK, seed=2).digest
    assert found.breakdown("region").index.tolist() == ["north", "(none)"]


def test_the_order_of_its_rows_plays_no_part() -> None:
    luck = np.random.default_rng(1)
    rows = pd.DataFrame({"id": np.arange(PEOPLE), **{
        name: luck.random(PEOPLE) for name in NUMBERS}})  # fmt: skip
    one, other = (NETWORK.with_people(each) for each in (rows, rows.sample(frac=1, random_state=1)))
    assert one.digest == other.digest != NETWORK.digest
    assert (
        wom.run(LIVELY, network=one, seed=2).digest == wom.run(LIVELY, network=other, seed=2).digest
    )


def test_people_without_ties_exist_and_move_nobody_else() -> None:
    ties = ["ann", "bea", "cid", "dan", "eve"]
    network = Network.from_edges(ties[:-1], ties[1:], directed=False)
    more = network.with_people(
        pd.DataFrame({"id": ["zoe", "bea", "adi"], "trust": [1.0, 0.5, None]})
    )
    assert more.ids.tolist() == [*ties, "adi", "zoe"]
    assert more.followers.tolist() == [*network.followers.tolist(), 0, 0]
    few, many = (wom.run(LIVELY, network=each, seeds=["ann"], seed=1) for each in (network, more))
    assert many.role.size == 7
    assert few.shares.equals(many.shares[~many.shares["person"].isin(["adi", "zoe"])])


@pytest.mark.parametrize("wrong", [PEOPLE, "ann", -1])
def test_who_can_be_in_no_network_is_refused(wrong: Any) -> None:
    with pytest.raises(
        InputError, match=r"row 1: .* cannot be in the network: its ids are 0 to 399"
    ):
        NETWORK.with_people(pd.DataFrame({"id": [3, wrong]}))


def test_the_budget_of_seeding_pays_what_people_charge() -> None:
    cheap = np.arange(0, PEOPLE, 10)
    network = NETWORK.with_people(
        pd.DataFrame({"id": np.arange(PEOPLE), "cost": np.where(np.arange(PEOPLE) % 10, 9.0, 1.0)})
    )
    scenario = LIVELY.replace(
        {"publish.seeds": 0, "publish.seed_budget": 8.5, "publish.seeding": "random"}
    )
    asked = populate(scenario, network, 1).seeds
    assert asked.size == 8  # of everybody in a row of luck, who is too dear is passed over
    assert set(asked.tolist()) <= set(cheap.tolist())
    found = wom.run(scenario.replace({"share.base": {"fan": 0.0}}), network=network, seed=1)
    assert found.ledger["seeding"] == 8.0


def test_a_budget_buys_nobody_without_a_price_and_is_for_all_posts() -> None:
    priced = np.arange(PEOPLE) % 4 == 0
    costs = pd.DataFrame({"id": np.arange(PEOPLE), "cost": np.where(priced, 2.0, np.nan)})
    network = NETWORK.with_people(costs)
    unpriced = {"publish.seed_cost_follower": 0.0}
    scenario = LIVELY.replace({"publish.seeds": 0, "publish.seed_budget": 40.0, **unpriced})
    posts = len(scenario.content)
    asked = populate(scenario, network, 1).seeds
    assert asked.size == 40 / posts // 2
    assert priced[asked].all()
    found = wom.run(scenario, network=network, seed=1)
    assert 0.0 < found.ledger["seeding"] <= 40.0
    assert populate(scenario, NETWORK, 1).seeds.size == 0  # nothing says what anybody costs
    by_followers = scenario.replace({"publish.seed_cost_follower": 0.01})
    assert populate(by_followers, NETWORK, 1).seeds.size > 0


# how many ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 137, PEOPLE])
def test_a_whole_number_is_so_many_people(count: int) -> None:
    world = populate(LIVELY.replace({"people.fans": count, "people.advocates": 0.0}), NETWORK, 1)
    assert (world.role != STRANGER).sum() == count
    fewer = populate(LIVELY.replace({"people.fans": 2, "people.advocates": 2}), NETWORK, 1)
    assert (fewer.role == ADVOCATE).sum() == 2
    assert (world.role != STRANGER)[fewer.role == ADVOCATE].all()


def test_opportunists_can_be_counted() -> None:
    plain = populate(LIVELY.replace({"people.opportunists": 0.0}), NETWORK, 1).traits
    greedy = populate(LIVELY.replace({"people.opportunists": 31}), NETWORK, 1).traits
    assert (plain["affinity"] != greedy["affinity"]).sum() == 31


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people.fans": 401}, "people.fans = 401 is more than the network's 400 people"),
        ({"people.fans": 5, "people.advocates": 6}, "people.advocates = 6 is more than the 5 fans"),
        ({"people.fans": 2.5}, "a share from 0 to 1, or a whole number of people above 1"),
        ({"segments": {"a": {"share": 0.7}, "b": {"share": 0.4}}}, "more than all people"),
        ({"segments": {"a": {}}}, "segments.a: it has no share, and no table of people"),
    ],
)
def test_more_than_there_are_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as error:
        wom.run(LIVELY.replace(changes), network=NETWORK)
    assert words in str(error.value)


# segments ---------------------------------------------------------------------------------------


def test_shares_lie_side_by_side_and_only_add_people() -> None:
    def who(**shares: float) -> np.ndarray:
        segments = {name: {"share": share} for name, share in shares.items()}
        return wom.run(LIVELY.replace({"segments": segments}), network=NETWORK, seed=1).about[
            "segment"
        ]

    few, more = who(old=0.2, young=0.3), who(old=0.4, young=0.3)
    assert (more[few == "old"] == "old").all()
    assert abs((few == "young").mean() - 0.3) < 4 * np.sqrt(0.21 / PEOPLE)
    assert (who(old=0.2)[few == "old"] == "old").all()


@pytest.mark.parametrize(
    ("segment", "whole"),
    [
        ({"base": 0.5}, {"boost.share": 0.5, "boost.reshare": 0.5}),
        ({"click": 0.5}, {"boost.click": 0.5}),
        ({"convert": -0.5}, {"boost.convert": -0.5}),
        ({"trust": 0.75}, {f"people.trust.{role}": 0.75 for role in ROLES}),
        ({"bond": 0.75}, {f"people.bond.{role}": 0.75 for role in ROLES}),
        ({"activity": 0.25}, {"people.activity": 0.25}),
        ({"price": 5.0}, {"transact.price": 5.0}),
    ],
)
def test_a_segment_of_everybody_is_a_parameter_of_all(
    segment: dict[str, float], whole: dict[str, float]
) -> None:
    base = LIVELY.replace({"share.weight.trust": 1.0, "share.weight.reciprocity": 1.0})
    base = base.replace({"incentives.discount": 0.25, "returns.repeat": 0.5})
    # A complaint is nobody's offer: boosts leave it alone, and it is told with strangers' trust.
    wrong = 0.3 if {"convert", "price"} & {*segment} else 0.0
    base = base.replace({"complaints.rate": wrong, "complaints.refund": 0.5})
    one = wom.run(
        base.replace({"segments.all": {"share": 1.0, **segment}}), network=NETWORK, seed=4
    )
    other = wom.run(base.replace(whole), network=NETWORK, seed=4)
    assert one.shares.equals(other.shares)
    assert one.buyers.equals(other.buyers)
    assert (one.steps == other.steps).all()
    assert one.kpis == pytest.approx(other.kpis, nan_ok=True)
    assert one.ledger == pytest.approx(other.ledger)


def test_each_pays_the_price_of_their_segment() -> None:
    scenario = LIVELY.replace({"segments": {
        "young": {"share": 0.5, "price": 5.0}, "old": {"share": 0.2}}})  # fmt: skip
    found = wom.run(scenario, network=NETWORK, seed=4)
    paid = {"young": 5.0, "old": 20.0, "": 20.0}
    bought = found.about["segment"][found.buyer_log.person].tolist()
    assert len({*bought}) == 3
    assert found.kpis["revenue"] == sum(paid[name] for name in bought)
    again = wom.run(scenario.replace({"returns.repeat": 0.6}), network=NETWORK, seed=4)
    counted = {name: int(again.columns[name].sum()) for name in again.columns}
    sold = {name: counted[f"purchases_{name}"] for name in scenario.segments}
    assert sum(sold.values()) + counted["purchases"] == counted["conversions"] + counted["repeats"]
    assert again.kpis["revenue"] == 5.0 * sold["young"] + 20.0 * (
        sold["old"] + counted["purchases"]
    )
    assert "purchases" not in wom.run(LIVELY, network=NETWORK, seed=4).columns


def test_a_table_says_who_is_in_a_segment_and_shares_draw_the_rest() -> None:
    scenario = LIVELY.replace({"segments.old.share": 0.5})
    drawn = wom.run(scenario, network=NETWORK, seed=1).about["segment"]
    told = NETWORK.with_people(table([1, 2, 3], segment="new"))
    found = wom.run(scenario, network=told, seed=1)
    assert found.about["segment"][[1, 2, 3]].tolist() == ["new"] * 3
    assert (np.delete(found.about["segment"], [1, 2, 3]) == np.delete(drawn, [1, 2, 3])).all()
    assert found.breakdown("segment").index.tolist() == ["old", "new", "(none)"]


def test_a_breakdown_adds_up_to_the_funnel() -> None:
    luck = np.random.default_rng(1)
    rows = {"id": np.arange(PEOPLE), "segment": luck.choice(["b", "a", ""], PEOPLE),
            "age": luck.choice([9, 10, 100], PEOPLE)}  # fmt: skip
    found = wom.run(LIVELY, network=NETWORK.with_people(pd.DataFrame(rows)), seed=1)
    for by, names in (("segment", ["a", "b", "(none)"]), ("age", ["9", "10", "100"])):
        parts = found.breakdown(by)
        assert parts.index.tolist() == names
        assert parts["people"].sum() == PEOPLE
        for stage in found.funnel:
            assert parts[stage.stage].sum() == stage.people
    took = found.population.groupby("age")["took_notice"].sum()
    assert took.to_dict() == found.breakdown("age")["notice"].to_dict()
    assert found.to_dict()["segments"][0]["people"] == found.breakdown("segment")["people"].iloc[0]
    with pytest.raises(InputError, match="role, hop, segment, age"):
        found.breakdown("height")


def test_a_column_called_as_a_way_of_breaking_down_takes_no_place_of_it(tmp_path: Path) -> None:
    words = ("role", "hop", "message", "content", "channel")
    rows = table([*range(PEOPLE)], **dict.fromkeys(words[1:], "theirs"), role_now="theirs")
    found = wom.run(LIVELY, network=NETWORK.with_people(rows), seed=1)
    plain = wom.run(LIVELY, network=NETWORK, seed=1)
    for by in words:
        assert found.breakdown(by).equals(plain.breakdown(by))
    assert (found.population["own_channel"] == "theirs").all()
    assert set(found.population["role_now"]) <= {*ROLES}
    assert wom.Result.load(found.save(tmp_path / "kept")).digest == found.digest


# doors ------------------------------------------------------------------------------------------


def test_a_file_does_what_the_table_does(tmp_path: Path) -> None:
    rows = table([7, 30, 211], **GIVEN, region="north")
    rows.to_csv(tmp_path / "people.csv", index=False)
    (tmp_path / "own.toml").write_text(
        '[people]\nfile = "people.csv"\n'
        '[network]\nkind = "random"\npeople = 400\nmean_degree = 5.0\n'
        "[channels]\nfeed = {}\nwall = {}\n"
    )
    scenario = wom.load(tmp_path / "own.toml")
    found = wom.run(scenario, seed=1)
    network = Network.generate("random", 400, seed=1, mean_degree=5.0)
    same = wom.run(
        scenario.replace({"people.file": None}), network=network.with_people(rows), seed=1
    )
    assert found.digest == same.digest
    assert found.network["people"]["digest"] == same.network["people"]["digest"]
    assert dict(found.network["people"]["understood"])["Table of people"].endswith("people.csv")
    kept = wom.Result.load(found.save(tmp_path / "kept"))
    assert kept.breakdown("region").equals(found.breakdown("region"))
    assert kept.network["people"] == found.network["people"] | {
        "understood": [list(pair) for pair in found.network["people"]["understood"]]
    }


def test_a_saved_network_keeps_its_people_and_what_weights_mean(tmp_path: Path) -> None:
    weights = np.random.default_rng(1).random(NETWORK.arcs).astype(np.float32)
    network = Network(
        NETWORK.indptr, NETWORK.indices, weights, directed=True, meaning="probability"
    )
    network = network.with_people(table([7, 30, 211], **GIVEN, region="nörth"))
    network.save(tmp_path / "own.npz")
    again = Network.from_file(tmp_path / "own.npz")
    assert again.digest == network.digest
    assert again.people.understood == network.people.understood
    assert again.people.kept["region"][7] == "nörth"
    assert network.digest != replace(network, meaning="closeness").digest


# ties with a probability of their own -----------------------------------------------------------


def test_weights_are_the_probabilities_of_a_cascade() -> None:
    """In distribution what the propagation kernel alone gives, within four standard errors."""
    n, runs = 120, 300
    ties = Network.generate("random", n, seed=1, mean_degree=6.0)
    luck = np.random.default_rng(2)
    weights = np.where(luck.random(ties.arcs) < 0.2, 0.6, 0.1 * luck.random(ties.arcs))
    network = Network(
        ties.indptr, ties.indices, weights.astype(np.float32), directed=True, meaning="probability"
    )
    scenario = wom.load("cascade").replace({"people.fans": 0.0, "horizon": 60})
    sizes = np.array(
        [
            wom.run(scenario, network=network, seeds=[0, 1], seed=seed).share_log.person.size
            for seed in range(runs)
        ]
    )
    known = wom.cascades(network, network.weights, [0, 1], replicates=20_000, seed=1)
    error = np.sqrt(sizes.var(ddof=1) / runs + known.var(ddof=1) / known.size)
    assert abs(sizes.mean() - known.mean()) < 4 * error
    alone, alone_known = (sizes == 2).mean(), (known == 2).mean()
    assert abs(alone - alone_known) < 4 * np.sqrt(alone_known * (1 - alone_known) / runs)


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_certain_ties_carry_and_impossible_ones_do_not(by: str) -> None:
    certain = [(0, 1), (1, 2), (2, 3)]
    never = [(0, 4), (3, 5)]
    source, target = zip(*certain, *never, strict=True)
    network = Network.from_edges(
        source, target, 6, weights=[1.0, 1.0, 1.0, 0.0, 0.0], meaning="probability"
    )
    scenario = wom.load("cascade").replace({"people.fans": 0.0, "publish.asked": [0]})
    model = wom.CampaignModel(scenario, network=network, rng=1, by=by)
    while model.running:
        model.step()
    assert sorted(model.result.share_log.person.tolist()) == [0, 1, 2, 3]


def test_a_probability_is_asked_for_by_a_logit_alone() -> None:
    network = Network.from_edges([0], [1], weights=[0.5], meaning="probability")
    with pytest.raises(InputError, match=r"share\.rule = 'threshold' asks no tie"):
        wom.run(ALL.replace({"share.rule": "threshold"}), network=network)
    with pytest.raises(InputError, match=r"1\.5 is no probability"):
        Network.from_edges([0], [1], weights=[1.5], meaning="probability")


def test_seeding_by_spread_knows_the_probabilities() -> None:
    """Whom nobody would ever hear with effect is the last to be asked."""
    source, target = [0] * 6 + [1] * 3, [2, 3, 4, 5, 6, 7, 8, 9, 10]
    weights = [0.0] * 6 + [0.9] * 3
    network = Network.from_edges(source, target, 11, weights=weights, meaning="probability")
    scenario = ALL.replace({"publish.seeds": 1, "publish.seeding": "greedy"})
    assert populate(scenario, network, 1).seeds.tolist() == [1]
    blind = replace(network, meaning="closeness")
    assert populate(scenario, blind, 1).seeds.tolist() == [0]
