"""Economics of whole campaigns: the ledger's books, and comparisons that are what they say."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.answers.economics.added import without
from wordofmouth.experiments.answers.economics.answer import Economics
from wordofmouth.experiments.answers.economics.books import Bookkeeper
from wordofmouth.experiments.answers.economics.break_even import break_even
from wordofmouth.experiments.answers.economics.broadcast import broadcast, price, silent
from wordofmouth.experiments.answers.economics.find import economics
from wordofmouth.experiments.show.cells import Group
from wordofmouth.experiments.worlds.worlds import Worlds
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.flows import cost_by_tick, revenue_by_tick
from wordofmouth.sim.kpis import cost_per_incremental_share
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result

from ..legible import check_legible

SMALL: dict[str, Any] = {
    "horizon": 24,
    "network.people": 600,
    "network.m": 8,
    "share.base.fan": 0.1,
    "share.base.stranger": 0.05,
    "transact.click": 0.2,
    "transact.worth": 20.0,
}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return a prize draw among 600 people, of whom many share and some buy."""
    return wom.load("prize_draw").replace(SMALL)


@pytest.fixture(scope="module")
def found(scenario: Scenario) -> Economics:
    return economics(scenario, replicates=20, seed=5)


def test_flows_add_up_to_the_indicators(everything: Result) -> None:
    price_cut = wom.load("open_house").replace(
        {
            **SMALL,
            "timeline": [
                {"tick": 5, "set": {"transact.worth": 7.0, "transact.price": 2.0}},
                {"tick": 12, "set": {"transact.worth": 3.0}},
            ],
        }
    )
    draw = wom.load("prize_draw").replace(SMALL)
    for result in (everything, wom.run(price_cut, seed=2), wom.run(draw, seed=2)):
        assert revenue_by_tick(result).sum() == pytest.approx(result.kpis["revenue"], abs=1e-6)
        assert cost_by_tick(result).sum() == pytest.approx(result.kpis["cost"], abs=1e-6)
        books = Bookkeeper(0.0)(result)
        assert books.numbers["present"] == pytest.approx(books.numbers["profit"], abs=1e-6)
        assert books.worth.size == result.kpis["conversions"] > 0


def test_discounting_worked_by_hand(scenario: Scenario) -> None:
    """A tick is a year: each conversion of tick t is worth 20 / 1.1 ** t, each cost likewise."""
    result = wom.run(scenario.replace({"hours_per_tick": 8766.0}), seed=1)
    books = Bookkeeper(0.1)(result)
    sold = sum(20.0 / 1.1**tick for tick in result.buyer_log.tick.tolist())
    paid = sum(row.amount / 1.1**row.tick for row in result.payments.itertuples())
    assert result.kpis["conversions"] > 3
    assert books.numbers["present"] == pytest.approx(sold - paid)
    assert books.worth.sum() == pytest.approx(sold)


def test_costs_are_of_the_campaigns_of_these_seeds(found: Economics, scenario: Scenario) -> None:
    runs = [wom.run(scenario, seed=5 + k).kpis for k in range(20)]
    for name, by in (("cost_per_exposure", "impressions"), ("cost_per_conversion", "conversions")):
        expected = sum(each["cost"] for each in runs) / sum(each[by] for each in runs)
        assert found.costs[name].value == pytest.approx(expected)
    profits = [each["revenue"] - each["cost"] for each in runs]
    assert found.numbers("profit").tolist() == profits
    assert found.risk.loss.share == np.mean([each < 0 for each in profits])


def test_an_incremental_share_costs_what_two_campaigns_say(
    found: Economics, scenario: Scenario
) -> None:
    plain = scenario.replace({"incentives.reward": 0.0})
    assert without(scenario) == plain
    pairs = [(wom.run(scenario, seed=5 + k), wom.run(plain, seed=5 + k)) for k in range(20)]
    assert found.incentive is not None
    shares = [{*zip(each.share_log.message, each.share_log.person, strict=True)}
              for pair in pairs for each in pair]  # fmt: skip
    having, lacking = shares[::2], shares[1::2]
    common = [len(one & other) for one, other in zip(having, lacking, strict=True)]
    assert found.incentive.anyway.mean == np.mean(common)
    won = sum(len(one) for one in having) - sum(len(one) for one in lacking)
    assert found.incentive.won.mean - found.incentive.lost.mean == pytest.approx(won / 20)
    assert found.incentive.paid_anyway.value == pytest.approx(
        sum(common) / sum(len(one) for one in having)
    )
    spent = sum(one.kpis["cost"] - other.kpis["cost"] for one, other in pairs)
    assert found.incentive.cost_per_share.value == pytest.approx(spent / won)
    alone = economics(scenario, replicates=1, seed=5, breaks_even=False).incentive
    assert alone is not None
    assert alone.cost_per_share.value == pytest.approx(cost_per_incremental_share(*pairs[0]))


def test_nobody_is_paid_anyway_where_nobody_is_paid(scenario: Scenario) -> None:
    plain = scenario.replace({"incentives.reward": 0.0})
    assert without(plain) is None
    told = economics(plain, replicates=2, breaks_even=False)
    assert told.incentive is None
    assert "incentive" not in told.sentence


def test_whether_the_incentive_pays_comes_first(found: Economics) -> None:
    assert found.incentive is not None
    assert found.incentive.paid.happened == sum(found.numbers("reward_cost") > 0.0)
    assert found.sentence.startswith(("The reward ", "Whether the reward pays is not sure: "))
    assert f"it was paid in {found.incentive.paid.happened} of 20 worlds." in found.sentence
    assert found.table()["group"].iloc[0] == "Incentive"


def test_of_an_incentive_that_nobody_earned_nothing_is_said(scenario: Scenario) -> None:
    still = silent(scenario)
    told = economics(still, replicates=3, breaks_even=False)
    assert told.incentive is not None
    assert told.incentive.paid.happened == 0
    assert told.sentence.startswith("No reward was paid in any of 3 worlds, so that nothing can")
    mine = told.table()[told.table()["group"] == "Incentive"]
    assert not {"profit that it adds", "cost per incremental share"} & set(mine["name"])
    assert "adds costs" not in told.sentence


def test_access_that_costs_nothing_was_never_paid_and_may_do_much(scenario: Scenario) -> None:
    free = {"incentives.reward": 0.0, "incentives.access": 2.0, "incentives.access_cost": 0.0}
    told = economics(scenario.replace(free), replicates=4, breaks_even=False)
    assert told.incentive is not None
    assert told.incentive.paid.happened == 0
    assert told.incentive.profit.moved
    assert "nothing can be said" not in told.sentence
    mine = told.table()[told.table()["group"] == "Incentive"]
    assert "profit that it adds" in set(mine["name"])


def test_a_share_of_shares_and_a_cost_have_no_impossible_bounds(found: Economics) -> None:
    assert found.incentive is not None
    assert 0.0 <= found.incentive.paid_anyway.low <= found.incentive.paid_anyway.high <= 1.0
    few = economics(found.scenario, replicates=1, breaks_even=False)
    assert "(unbounded: too few to tell)" in few.sentence
    assert " inf" not in few.sentence


def test_a_telephone_has_a_picture_of_its_own(found: Economics) -> None:
    check_legible(found.stacked())
    assert found.stacked().get_figwidth() < 5.0 < found.plot().get_figwidth()


def test_an_incentive_that_comes_later_is_taken_out_too(scenario: Scenario) -> None:
    later = scenario.replace(
        {
            "incentives.reward": 0.0,
            "timeline": [{"tick": 3, "set": {"incentives": {"reward": 4.0}, "publish.cost": 1.0}}],
        }
    )
    plain = without(later)
    assert plain is not None
    assert {each.incentives.reward for each in plain.ever()} == {0.0}
    assert plain.at(3).publish.cost == 1.0


def test_a_broadcast_costs_as_much_and_nobody_passes_it_on(
    found: Economics, scenario: Scenario
) -> None:
    other = found.beside
    assert other is not None
    assert other.cost_per_thousand == 29.0
    assert other.broadcast["cost"].mean == pytest.approx(other.spend, rel=1e-3)
    assert other.broadcast["trusted"].mean == 0.0
    difference = other.campaign["reach"].mean - other.broadcast["reach"].mean
    assert other.difference["reach"].mean == pytest.approx(difference)
    flight = broadcast(scenario, 100.0, 20.0, 600).publish.ads[0]
    assert flight.impressions == pytest.approx(5000 / 600)
    # A tenth of an impression a head and tick is hardly ever two: the price is what was asked.
    cheap = wom.run(broadcast(scenario, 29.0, 29.0 / 600 / 24 / 0.1 * 1000, 600), seed=1).kpis
    assert cheap["cost"] == pytest.approx(29.0, rel=1e-3)
    assert cheap["impressions"] == pytest.approx(0.1 * 600 * 24, rel=0.2)


def test_the_super_bowl_is_36_dollars_a_thousand() -> None:
    assert price(wom.load("super_bowl")) == pytest.approx(36.036, abs=0.001)


def test_a_broadcast_leaves_the_world_as_it_was() -> None:
    lively = wom.load("open_house").replace(
        {
            **SMALL,
            "publish.rivals": [{"name": "other"}],
            "content": ["invitation", {"type": "post", "brand": "other", "tick": 2}],
            "publish.seeds": 5,
            "timeline": [
                {"tick": 4, "set": {"transact.price": 3.0, "boost.share": 1.0}},
                {"tick": 6, "set": {"incentives.reward": 3.0}},
            ],
        }
    )
    other = broadcast(lively, 50.0, 29.0, 600)
    assert [post.brand for post in other.content] == ["other"]
    assert other.at(4).transact.price == 3.0
    assert other.at(6).incentives.reward == 0.0
    result = wom.run(other, seed=1)
    assert result.kpis["shares"] == result.kpis["reshares"] == 0
    assert result.ledger["ads"] == result.kpis["cost"] == pytest.approx(50.0, rel=0.02)
    quiet = wom.run(silent(lively), seed=1)
    # The five who are asked pass on the one post of the brand.
    assert (quiet.kpis["shares"], quiet.kpis["reshares"]) == (5, 0)


@pytest.mark.parametrize("rule", ["threshold", "bass"])
def test_under_rules_without_odds_nobody_shares_either_and_nothing_is_searched(
    scenario: Scenario, rule: str
) -> None:
    other = scenario.replace({"share.rule": rule})
    assert wom.run(silent(other), seed=1).kpis["shares"] == 0
    told = economics(other, replicates=2).break_even
    assert told is not None
    assert f"share.rule = '{rule}' asks no odds" in told.sentence


def test_word_of_mouth_is_worth_the_sum_of_its_parts(found: Economics, scenario: Scenario) -> None:
    value = found.value
    parts = value.acceleration.mean + value.expansion.mean + value.other.mean
    assert value.whole.mean == pytest.approx(parts)
    quiet = silent(scenario)
    keep = Bookkeeper(found.value.rate)
    expected = [
        keep(wom.run(scenario, seed=5 + k)).numbers["present"]
        - keep(wom.run(quiet, seed=5 + k)).numbers["present"]
        for k in range(20)
    ]
    assert value.whole.mean == pytest.approx(np.mean(expected))
    assert value.expansion.mean > 0
    # A prize of 400 is owed as soon as anybody shares, and is the only other cost that differs.
    assert value.other.mean == pytest.approx(-400.0, abs=1.0)


def test_word_of_mouth_brings_purchases_earlier_where_the_brand_repeats_itself() -> None:
    """Everybody hears it from the brand at last, and buys at once: some hear it earlier."""
    sure = {f"share.base.{role}": 0.5 for role in ("fan", "stranger", "advocate")}
    repeated = wom.load("cascade").replace(
        {
            **sure,
            "network.people": 300,
            "horizon": 30,
            "hours_per_tick": 876.6,
            "content": [{"type": "post", "tick": tick} for tick in (0, 20)],
            "people.fans": 1.0,
            "people.activity": 0.3,
            "transact.click": 0.3,
            "transact.convert": 0.8,
            "transact.recall": 1.0,
            "transact.worth": 10.0,
        }
    )
    value = economics(repeated, replicates=6, discount_rate=0.5, breaks_even=False).value
    assert value.acceleration.low > 0
    assert value.discounted_away.mean > 0


def test_the_break_even_point_is_one(scenario: Scenario) -> None:
    """Below it mean profit is below 0, above it above, in the very worlds that were asked."""
    cheap = scenario.replace({"incentives.prize": 20.0, "transact.worth": 10.0})
    worlds = Worlds(seed=2)
    told = break_even(worlds, cheap, range(6))
    wider = break_even(worlds, cheap, range(6), level=0.99)
    assert wider.low < told.low
    assert wider.high > told.high
    assert told.why_none == ""
    assert told.rising

    def profit_at(factor: float) -> float:
        boost = float(np.log(factor))
        there = cheap.replace({"boost.share": boost, "boost.reshare": boost})
        kpis = [wom.run(there, seed=2 + k).kpis for k in range(6)]
        return float(np.mean([each["revenue"] - each["cost"] for each in kpis]))

    assert profit_at(told.factor * 0.9) < 0 < profit_at(told.factor * 1.1)
    assert told.low < told.factor < told.high
    here = [point for point in told.points if point.boost == 0.0]
    assert here[0].profit.mean == profit_at(1.0)


def test_threads_change_nothing(scenario: Scenario, found: Economics) -> None:
    again = economics(scenario, replicates=20, seed=5, jobs=2)
    assert again.to_dict() == found.to_dict()


def test_what_is_told_drawn_and_kept(found: Economics, tmp_path: Any) -> None:
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["risk"]["worst"]["shortfall"] <= told["risk"]["worst"]["value_at_risk"]
    assert told["present_value"]["rate"] == 0.1
    assert set(told["costs"]) >= {"cost_per_exposure", "cost_per_trusted_exposure"}
    groups = set(found.table()["group"])
    assert {"Costs", "Incentive", "Broadcast", "Value", "Risk", "Take-off"} <= groups
    assert len(found.plot().axes) == 2
    full, card = found.document().sections[0].blocks
    titles = [[row.title for row in each.rows if isinstance(row, Group)] for each in (full, card)]  # type: ignore[union-attr]
    assert titles[0] == list(found.table()["group"].unique())
    assert set(titles[0]) - set(titles[1]) == {"Broadcast", "Take-off"}
    found.save(tmp_path / "kept")
    import pandas as pd

    kept = pd.read_parquet(tmp_path / "kept" / "replicates.parquet")
    assert len(kept) == 4 * 20
    assert (
        kept[kept["scenario"] == "campaign"]["profit"].tolist() == found.numbers("profit").tolist()
    )


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ({"replicates": 0}, "replicates = 0 is not allowed"),
        ({"discount_rate": -0.1}, "discount rate = -0.1 is not allowed; give a number 0 to 10"),
        ({"cost_per_thousand": 0.0, "replicates": 10**5}, "cost per thousand = 0.0 is not allowed"),
        ({"seed": -1}, "seed = -1 is not allowed"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    scenario: Scenario, how: dict[str, Any], problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        economics(scenario, breaks_even=False, **how)


def test_what_posts_nothing_has_no_broadcast(scenario: Scenario) -> None:
    with pytest.raises(InputError, match="posts nothing that a broadcast could show"):
        broadcast(scenario.replace({"content": []}), 10.0, 29.0, 600)
    idle = economics(scenario.replace({"content": []}), replicates=2, breaks_even=False)
    assert idle.beside is None
    assert idle.numbers("profit").tolist() == [0.0, 0.0]
