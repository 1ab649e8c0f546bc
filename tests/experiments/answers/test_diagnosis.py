"""Diagnose: gains that are the derivatives of a formula, and none where none can be."""

from __future__ import annotations

import json
import math
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Network, Scenario
from wordofmouth.experiments.answers.diagnosis.advice import advice, would_help
from wordofmouth.experiments.answers.diagnosis.answer import Diagnosis
from wordofmouth.experiments.answers.diagnosis.beside import Extras, _Finder, beside
from wordofmouth.experiments.answers.diagnosis.budget import (
    PARTS,
    beginning,
    left_out_first,
    parts_of,
    runs_of,
    timed,
)
from wordofmouth.experiments.answers.diagnosis.decision import decided
from wordofmouth.experiments.answers.diagnosis.find import ALSO, _largest, diagnose
from wordofmouth.experiments.answers.diagnosis.gains import (
    AtTheSame,
    Bought,
    StageGain,
    largest_drop,
)
from wordofmouth.experiments.answers.diagnosis.observed import (
    STEP_OF,
    Bench,
    Observation,
    Observer,
    OutOfTimeError,
    earned,
    known,
)
from wordofmouth.experiments.answers.diagnosis.remedies import REMEDIES
from wordofmouth.experiments.answers.diagnosis.shown import meaning, numbers
from wordofmouth.experiments.answers.diagnosis.spend import Purchase, costing, purchases
from wordofmouth.experiments.answers.diagnosis.stages import HANDLES, improved, why_idle
from wordofmouth.experiments.answers.diagnosis.tried import in_measure
from wordofmouth.experiments.answers.diagnosis.worth import RemedyGain, most_for_money
from wordofmouth.experiments.estimates.interval import estimate
from wordofmouth.experiments.show import page, terminal
from wordofmouth.experiments.show.document import Points, Table
from wordofmouth.experiments.vocabulary.outcomes import outcome as outcome_of
from wordofmouth.experiments.worlds.worlds import Meter, Worlds
from wordofmouth.scenarios.charges import unpriced
from wordofmouth.scenarios.loader import load, names
from wordofmouth.scenarios.toml import setting
from wordofmouth.sim import state as s
from wordofmouth.sim.world import FAN

from ..everything import EVERYTHING
from ..typed import PROGRAM, SMALL, Answer, finish, settings, start

Wom = Callable[..., Answer]

# A15: the funnel below R = 1 --------------------------------------------------------------------

K, DEPTH, FANS, PEOPLE, WORLD = 3, 4, 250, 40_000, 4
NOW = {
    "notice": 0.6, "share": 0.2, "reshare": 0.25, "click": 0.5, "find": 1.0, "convert": 0.4,
}  # fmt: skip
LINK, FIDELITY = 0.9, 0.8


def odds(probability: float, factor: float) -> float:
    raised = probability / (1.0 - probability) * factor
    return raised / (1.0 + raised)


def conversions(fans: int, posts: int, stage: str, factor: float) -> float:
    """E[conversions] of A15, generation by generation, with the odds of one stage multiplied."""
    now = {
        name: odds(chance, factor) if name == stage and chance < 1.0 else chance
        for name, chance in NOW.items()
    }
    seen, total = fans * posts * now["notice"], 0.0
    for hop in range(DEPTH + 1):
        found = LINK * FIDELITY**hop if hop else 1.0
        if hop and stage == "find":
            found = odds(found, factor)
        total += seen * now["click"] * found * now["convert"]
        seen *= (now["reshare"] if hop else now["share"]) * K * now["notice"]
    return total


def funnel(posts: int) -> tuple[Scenario, Network, int]:
    """A campaign with fans at the roots of trees, each post a campaign of its own."""
    scenario = Scenario().replace(
        {
            "people.fans": FANS / PEOPLE,
            "people.advocates": 0.0,
            "interact.unfollow": 0.0,  # the fans of the last post are those of the first
            "share.base.fan": NOW["share"],
            "share.base.stranger": NOW["reshare"],
            "transact.click": NOW["click"],
            "transact.link": LINK,
            "transact.recall": 0.0,
            "transact.convert": NOW["convert"],
            "transact.once": "post",
            "content_types.post.fidelity": FIDELITY,
            "content_types.post.longevity": 1e6,
            "attention": NOW["notice"],
            "content": ["post"] * posts,
            "publish.interval": DEPTH + 1,
            "horizon": posts * (DEPTH + 1),
        }
    )
    nobody = wom.run(scenario, network=Network.from_edges([], [], PEOPLE), world=WORLD)
    parents = np.flatnonzero(nobody.role_at_birth == FAN)
    fans = parents.size
    unmet = np.setdiff1d(np.arange(PEOPLE), parents)
    source, target = [], []
    for _ in range(DEPTH):
        children, unmet = np.split(unmet, [parents.size * K])
        source.append(np.repeat(parents, K))
        target.append(children)
        parents = children
    network = Network.from_edges(np.concatenate(source), np.concatenate(target), PEOPLE)
    return scenario, network, fans


def assert_derivatives(posts: int, replicates: int, factor: float, power: float) -> None:
    """Gains are those of the formula: to 4 standard errors, of which one is below `power`."""
    scenario, network, fans = funnel(posts)
    found = diagnose(
        scenario,
        step=factor,
        network=network,
        world=WORLD,
        seed=1,
        replicates=replicates,
        also=(),
        jobs=2,
    )
    assert {each.stage for each in found.stages if not each.idle} == set(NOW)
    before = conversions(fans, posts, "", 1.0)
    assert abs(found.base.mean - before) < 4 * found.base.error
    for stage in NOW:
        gain = found[stage].gain
        exact = conversions(fans, posts, stage, factor) - before
        assert gain.error < power * exact, f"{stage}: no power, {gain.error / exact:.4f}"
        assert abs(gain.mean - exact) < 4 * gain.error, (stage, gain, exact)
        # The formula's derivative in log-odds: what the gain is of, but for its curvature.
        tiny = 1e-5
        slope = (conversions(fans, posts, stage, math.exp(tiny)) - before) / tiny
        bend = abs(exact / math.log(factor) - slope)
        assert abs(gain.mean / math.log(factor) - slope) < bend + 4 * gain.error / math.log(factor)


def test_gains_are_the_derivatives_of_the_funnel() -> None:  # A15
    assert_derivatives(posts=60, replicates=6, factor=1.1, power=0.08)


@pytest.mark.slow
def test_a_bias_of_two_per_cent_would_be_seen() -> None:  # A15
    assert_derivatives(posts=100, replicates=120, factor=3.0, power=0.005)


# What cannot matter -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_a_stage_that_is_left_out_would_have_changed_nothing(name: str) -> None:
    scenario = load(name).replace({"horizon": 8, "network.kind": "preferential_attachment"})
    network = Network.generate("preferential_attachment", 400, m=5, seed=1)
    plain = wom.run(scenario, network=network, seed=3).digest
    for handle in HANDLES.values():
        if why_idle(handle, scenario):
            turned = improved(handle, scenario, 3.0)
            assert wom.run(turned, network=network, seed=3).digest == plain, handle.name


def test_with_everything_on_no_stage_is_idle_and_each_can_be_turned() -> None:
    scenario = Scenario().replace(EVERYTHING)
    assert [name for name, each in HANDLES.items() if why_idle(each, scenario)] == []
    for handle in HANDLES.values():
        assert improved(handle, scenario, 1.5) != scenario
        assert improved(handle, improved(handle, scenario, math.inf), 2.0)


def test_a_stage_keeps_its_step_when_the_timeline_sets_it_anew() -> None:
    later = load("cascade").replace({"timeline": [{"tick": 3, "set": {"boost.share": 1.0}}]})
    turned = improved(HANDLES["share"], later, math.e)
    assert turned.boost.share == pytest.approx(1.0)
    assert turned.at(5).boost.share == pytest.approx(2.0)


def test_a_lever_that_does_nothing_gains_exactly_nothing() -> None:
    scenario, _, _ = funnel(2)
    lonely = Network.from_edges([], [], 2_000)  # there is nobody to share with
    found = diagnose(scenario, network=lonely, replicates=8, also=())
    for stage in ("share", "reshare", "find", "thank", "publish"):
        assert found[stage].gain[:4] == (0.0, 0.0, 0.0, 0.0), stage
    assert found["publish"].idle
    assert not found["share"].idle
    assert found["convert"].gain.replicates == 8


# What is told -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> Scenario:
    return load("open_house").replace(
        {"horizon": 30, "network.people": 400, "network.m": 5, "share.base.fan": 0.2,
         "transact.click": 0.2}
    )  # fmt: skip


@pytest.fixture(scope="module")
def told(small: Scenario) -> Diagnosis:
    return diagnose(small, replicates=12)


def test_stages_are_ranked_and_complete(told: Diagnosis) -> None:
    assert {each.stage for each in told.stages} == set(HANDLES)
    gains = [each.gain.mean for each in told.stages if not each.idle]
    assert gains == sorted(gains, reverse=True)
    assert [bool(each.idle) for each in told.stages] == sorted(bool(e.idle) for e in told.stages)
    assert list(told.table().index) == [each.stage for each in told.stages]


def test_a_gain_is_what_two_runs_by_hand_differ_by(told: Diagnosis, small: Scenario) -> None:
    raised = small.replace({"boost.click": math.log(1.1)})
    by_hand = [
        wom.run(raised, seed=k).kpis["conversions"] - wom.run(small, seed=k).kpis["conversions"]
        for k in range(12)
    ]
    assert told["click"].gain.mean == pytest.approx(np.mean(by_hand))


@pytest.mark.parametrize("by", ["role", "hop", "content", "channel"])
def test_the_parts_of_a_gain_add_up_to_it(told: Diagnosis, by: str) -> None:
    gains = told.by(by)["gain"].groupby("stage").sum()
    for each in told.stages:
        if not each.idle:
            assert gains[each.stage] == pytest.approx(each.gain.mean), each.stage


@pytest.mark.parametrize("name", STEP_OF)
def test_an_outcome_that_is_told_by_parts_is_the_sum_of_its_step(name: str) -> None:
    result = wom.run(Scenario().replace(EVERYTHING), seed=7)
    assert result.counts[result.ours, STEP_OF[name], ..., 0].sum() == result.kpis[name]


def test_the_rates_are_those_of_the_funnel(told: Diagnosis, small: Scenario) -> None:
    funnels = [wom.run(small, seed=k).funnel for k in range(12)]
    people = np.array([[stage.people for stage in funnel] for funnel in funnels]).sum(axis=0)
    stages = [stage.stage for stage in funnels[0]]
    assert told["find"].rate == people[stages.index("find")] / people[stages.index("click")]


def test_what_is_bought_costs_what_was_to_be_spent(told: Diagnosis) -> None:
    bought = [each.bought for each in told.stages if each.bought is not None]
    assert bought
    for each in bought:
        assert each.spent.mean == pytest.approx(told.spend, rel=0.2), each.what
    assert told["notice"].bought is None
    assert told["notice"].no_price == "n/a"


def test_remedies_are_for_the_top_three_and_are_worth_what_the_change_makes(
    told: Diagnosis, small: Scenario
) -> None:
    top = {each.stage for each in told.stages[:3]}
    assert told.remedies
    for each in told.remedies:
        assert set(each.stages) <= top
        assert each.source in {"000", "001", "002", "003", "004"}
    ranks = [each.order(1) for each in told.remedies]
    assert ranks == sorted(ranks)
    first = told.remedies[0]
    changed = small.replace(dict(setting(text) for text in first.settings))
    by_hand = [
        wom.run(changed, seed=k).kpis["conversions"] - wom.run(small, seed=k).kpis["conversions"]
        for k in range(12)
    ]
    assert first.gain.mean == pytest.approx(np.mean(by_hand))


@pytest.mark.parametrize("name", names())
def test_every_remedy_that_applies_gives_a_valid_scenario(name: str) -> None:
    scenario = load(name)
    for remedy in REMEDIES:
        changes = remedy.changes(scenario)
        if changes is not None:
            assert changes, remedy.name
            assert scenario.replace(changes) != scenario, remedy.name


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ([5.0, 5.2], "+5.10 (+3.83 to +6.37) of money"),
        ([-1.0, 2.0], "nothing more (-18.56 to +19.56)"),
        ([0.0, 0.0], "nothing more"),
        ([5.0], "+5.00 of money"),
    ],
)
def test_what_a_remedy_costs_is_told_as_far_as_it_is_known(costs: list[float], said: str) -> None:
    assert RemedyGain("it", "000", (), (), estimate([0.0]), estimate(costs)).costs() == said


def gains(gain: float, cost: float, *, priced: bool = True, spread: float = 0.01) -> RemedyGain:
    around = [-spread, 0.0, spread]
    return RemedyGain(
        "it", "000", (), (),
        estimate([gain + each for each in around]), estimate([cost + each for each in around]),
        priced=priced,
    )  # fmt: skip


def test_what_costs_nothing_in_the_file_does_not_win_the_ranking() -> None:
    """A better offer brings ten times as much as what has a price, and comes after it."""
    cheap, dear, offer = gains(10.0, 20.0), gains(30.0, 90.0), gains(300.0, 0.5, priced=False)
    unsure = gains(5.0, 1.0, spread=10.0)
    best = most_for_money([cheap, dear, offer, unsure], (), 1)
    assert best == pytest.approx(0.5)  # an offer without a price sets no standard
    assert sorted([offer, unsure, dear, cheap], key=lambda each: each.order(1)) == [
        cheap, dear, offer, unsure
    ]  # fmt: skip
    free, better = gains(1.0, -3.0), gains(7.0, -1.0)
    assert sorted([free, cheap, better], key=lambda each: each.order(1)) == [better, free, cheap]
    orders = outcome_of("conversions")
    stage = StageGain("share", "", 0.1, cheap.gain, None, None, "", "idle", 1.0, ())
    for first, said in ((cheap, 2), (offer, 1), (unsure, 1)):
        # Neither of the last two has a price and surely helps.
        found = numbers("sales", orders, "10 %", cheap.gain, stage, [first], sure=False)
        assert len(found) == said
    # At two a piece elsewhere 300 are worth 600, of which half a unit is spent already.
    assert offer.worth_at(best, orders) == pytest.approx(599.5)
    assert math.isnan(cheap.worth_at(best, orders))
    assert math.isnan(offer.worth_at(math.nan, orders))
    assert replace(offer, worth=599.5).for_money(orders) == "no price known; pays below 599.50"
    assert cheap.for_money(orders) == "2.00 each"
    assert unsure.for_money(orders) == "not sure to help"
    assert gains(1.0, -3.0).for_money(orders) == "saves money"
    # Priced, and its cost cannot be told from luck: nothing to rank it by.
    untold = gains(50.0, 0.0)
    assert untold.for_money(orders) == "its cost cannot be told"
    assert sorted([untold, cheap], key=lambda each: each.order(1)) == [cheap, untold]
    assert (
        gains(0.02, 10.0, spread=0.001).for_money(outcome_of("conversion_rate")) == "5.00 a point"
    )


def test_what_costs_as_much_as_it_is_worth_makes_the_profit_of_the_best_of_the_others() -> None:
    profit, offer = outcome_of("profit"), gains(40.0, 7.0, priced=False)
    worth = offer.worth_at(0.5, profit)
    assert 40.0 - worth == pytest.approx(0.5 * (7.0 + worth))
    assert gains(2.0, 7.0, priced=False).worth_at(0.5, profit) < 0.0
    assert offer.worth_at(math.nan, profit) == pytest.approx(40.0)
    for best, said in ((0.5, "the best of the others"), (math.nan, "nothing that has a price")):
        found = replace(offer, worth=offer.worth_at(best, profit))
        assert said in advice("profit", profit, [found], 10.0)[-1]


@pytest.mark.parametrize("gain", [0.0, -0.33])
def test_what_does_not_help_for_the_common_amount_is_told_as_it_is_named(gain: float) -> None:
    orders = outcome_of("conversions")
    at = AtTheSame((), gains(0.0, 10.0).cost, gains(gain, 0.0).gain)
    found = replace(gains(10.0, 20.0), same=at)
    assert found.for_money(orders) == "2.00 each"
    assert found.order(1) == gains(10.0, 20.0).order(1)
    assert "It costs +20.00" in advice("orders", orders, [found], 10.0)[0]


def test_a_remedy_that_costs_more_than_it_earns_is_said_to_lose_money() -> None:
    orders, dear = outcome_of("conversions"), gains(10.0, 200.0)
    assert (
        "20.00 for one more, which earns 16.00: it loses money"
        in advice("orders", orders, [dear], 10.0, 16.0)[0]
    )
    assert "loses" not in advice("orders", orders, [dear], 10.0, 25.0)[0]
    assert "loses" not in advice("orders", orders, [dear], 10.0)[0]


def test_remedies_are_ranked_by_what_the_same_money_brings() -> None:
    """Half of it for half the money may be nearly all: rewards are felt by their logarithm."""
    steep, flat = gains(30.0, 90.0), gains(10.0, 20.0)
    at = AtTheSame((), gains(0.0, 10.0).cost, gains(9.0, 0.0).gain)
    assert sorted([steep, flat], key=lambda each: each.order(1)) == [flat, steep]
    found = sorted([flat, replace(steep, same=at)], key=lambda each: each.order(1))
    assert found[0].same is at
    assert found[0].for_money(outcome_of("conversions")) == "1.11 each"
    assert most_for_money(found, (), 1) == pytest.approx(0.9)
    assert found[0].row()["same_gain"] == pytest.approx(9.0)


def test_a_remedy_in_another_measure() -> None:
    now = Scenario()
    assert in_measure(now, {"incentives.reward": 4.0}, 2.5) == {"incentives.reward": 10.0}
    assert in_measure(now, {"interact.capacity": 100}, 0.5) == {"interact.capacity": 75.0}
    ad = {"name": "more", "type": "post", "impressions": 2.0}
    assert in_measure(now, {"publish.ads": [ad]}, 3.0) == {
        "publish.ads": [ad | {"impressions": 6.0}]
    }
    place = {"name": "more", "fee": 50.0}
    assert in_measure(now, {"publish.outlets": [place]}, 2.6) == {
        "publish.outlets": [place | {"count": 3}]
    }
    # A third of a place, another kind of post, more than everything: there is no such measure.
    assert in_measure(now, {"publish.outlets": [place]}, 0.3) is None
    assert in_measure(now, {"content": ["post"]}, 2.0) is None
    assert in_measure(now, {"transact.link": 0.5, "interact.thank": 0.6}, 2.0) is None


def test_what_money_buys_at_a_stage_sets_the_standard_too() -> None:
    ads = Bought("ads", gains(0.0, 10.0).cost, gains(20.0, 0.0).gain)
    assert most_for_money([gains(10.0, 20.0)], [ads], 1) == pytest.approx(2.0)
    assert most_for_money([gains(-10.0, 20.0)], [], -1) == pytest.approx(0.5)
    assert math.isnan(most_for_money([gains(-10.0, 20.0)], [], 1))


def test_each_stage_has_a_remedy() -> None:
    assert {stage for remedy in REMEDIES for stage in remedy.stages} == set(HANDLES)


def test_the_answer_is_the_same_for_any_number_of_jobs(told: Diagnosis, small: Scenario) -> None:
    assert diagnose(small, replicates=12, jobs=3).to_dict() == told.to_dict()


@pytest.mark.parametrize(
    "name", ["open_house", pytest.param("marketing_cycle", marks=pytest.mark.slow)]
)
def test_how_many_campaigns_it_takes_is_known_before(name: str) -> None:
    """By it the time is shared out between the ranking and what is run beside it."""
    scenario = load(name).replace({"network.people": 300})
    active = [name for name, handle in HANDLES.items() if not why_idle(handle, scenario)]
    ran: list[int] = []
    diagnose(scenario, replicates=16, progress=lambda done, _: ran.append(done))
    runs = runs_of(scenario, active, PARTS)
    assert runs.campaigns(16) == pytest.approx(ran[-1], rel=0.3)
    assert runs_of(scenario, active, ()) == (1 + len(active), 0, 0, 0)
    for worlds in 3.0, 12.0, 40.0:
        assert runs.worlds(runs.campaigns(worlds)) == pytest.approx(worlds)


def test_more_is_not_always_better(small: Scenario) -> None:
    found = diagnose(small, "cost_per_conversion", replicates=8, also=())
    gains = [each.gain.mean for each in found.stages if not each.idle]
    assert gains == sorted(gains)
    assert found.stages[0].gain.mean < 0


def test_a_width_is_worked_towards_and_a_budget_told_of(small: Scenario) -> None:
    found = diagnose(small, replicates=64, width=1e6, also=())
    assert found.replicates == 64
    assert "asked" in found.budget
    assert "ran out" in diagnose(small, replicates=16, width=1e-6, also=()).budget


def test_what_has_no_value_comes_last_whichever_way_is_better() -> None:
    assert sorted([math.nan, 3.0, -1.0], key=lambda gain: -known(-1 * gain))[:2] == [-1.0, 3.0]
    rows = [[observed(value) for value in (5.0, 4.0, math.nan, 7.0)] for _ in range(3)]
    assert _largest(rows, -1).mean == -1.0
    assert _largest(rows, 1).mean == 2.0


def observed(value: float) -> Observation:
    return Observation(value, 0.0, np.zeros((0, 2), np.int64), {}, 0, 0.0, 0.0, 0.0, 0.0)


def test_what_has_no_value_in_any_campaign_is_said(small: Scenario) -> None:
    found = diagnose(small, "cost_per_incremental_share", replicates=2, also=())
    assert found.bottleneck is None
    assert "has no value in any of 2 campaigns" in found.sentence
    json.dumps(found.to_dict(), allow_nan=False)


def test_one_replicate_names_no_bottleneck(small: Scenario) -> None:
    found = diagnose(small, replicates=1, also=())
    assert found.bottleneck is None
    assert found.budget == "One replicate has no interval; give 2 or more."


def test_where_nothing_is_sure_a_terminal_says_what_to_do(small: Scenario) -> None:
    found = diagnose(small, replicates=2, also=())
    assert found.bottleneck is None
    assert "Ask for more worlds with --replicates" in terminal.text(found.document())
    sure = diagnose(small, step=1.5, replicates=20, also=())
    assert "Work on" not in terminal.text(sure.document())
    assert "Work on" in page.html(sure.document())


def test_what_is_not_sure_is_the_stage_and_not_the_remedy() -> None:
    """That no stage is sure to be first says nothing against a remedy that surely helps."""
    orders = outcome_of("conversions")
    [said] = meaning("orders", orders, 9, (), None, (), None, [earning(40.0)], 20.0, 1.0).blocks
    assert isinstance(said, Points)
    assert said.texts[0].startswith("At which stage to begin is not sure.")
    assert said.texts[1].startswith("That a remedy helps can be sure all the same")
    assert "surely better" in said.texts[2]
    [alone] = meaning("orders", orders, 9, (), None, (), None, [], 20.0, 1.0).blocks
    assert isinstance(alone, Points)
    assert len(alone.texts) == 1


def test_what_a_rate_is_of_is_named(told: Diagnosis, small: Scenario) -> None:
    """A stage counts people, as the funnel does, and its parts the times that somebody could."""
    for name in "share", "click":
        stage = told[name]
        parts = {each.part: each.rate for each in stage.parts if each.by == "role"}
        did, could = np.zeros(2), np.zeros(2)
        for seed in range(12):
            result = wom.run(small, seed=seed)
            events = result.counts[result.ours, ..., 0].sum(axis=(0, 3))
            step = {"share": (s.SHARED, s.NOTICED_FIRST), "click": (s.CLICKED, s.NOTICED)}[name]
            did += [events[step[0], FAN], result.people[step[0]]]
            could += [events[step[1], FAN], result.people[step[1]]]
        assert parts["fan"] == pytest.approx(did[0] / could[0])
        assert stage.rate == pytest.approx(did[1] / could[1])
    written = page.html(told.document())
    assert "“Rate now” counts people" in written
    assert "“Of all times” counts each time" in written
    assert "Of all times" in terminal.text(told.document())


def test_stages_that_cannot_be_told_from_the_first_are_named(small: Scenario) -> None:
    found = diagnose(small, step=1.5, replicates=20, also=())
    assert found.bottleneck is not None
    assert found.rivals
    for name in found.rivals:
        assert f"{name} (+" in found.sentence
    # Those without a gain are behind a stage that has one for sure.
    assert not {each.stage for each in found.stages if not each.gain.moved} & set(found.rivals)


def test_the_largest_drop_is_the_lowest_rate_on_the_way() -> None:
    rates = {"publish": 0.4, "notice": 0.5, "share": 0.3, "click": 0.1, "follow": 0.01}
    assert largest_drop(rates, "conversions") == ("click", 0.1)
    assert largest_drop(rates, "reach") == ("share", 0.3)
    assert largest_drop(rates, "new_fans") == ("follow", 0.01)
    assert largest_drop({"click": math.nan}, "conversions") is None


def test_it_is_kept_and_shown(told: Diagnosis, tmp_path: Path) -> None:
    import pandas as pd

    folder = told.save(tmp_path / "kept")
    kept = json.loads((folder / "run.json").read_text())
    assert kept["format"] == "wordofmouth diagnosis 2"
    assert kept["stages"] == told.to_dict()["stages"]
    assert list(pd.read_parquet(folder / "stages.parquet")["stage"]) == list(told.table().index)
    assert (folder / "picture.png").read_bytes().startswith(b"\x89PNG")
    assert Scenario(**kept["parameters"]) == told.scenario
    told.save(folder)  # over itself
    assert told.sentence.split(":")[0] in told._repr_html_()
    assert told.sentence in repr(told)


# The command ------------------------------------------------------------------------------------

DIAGNOSE = ("diagnose", "open_house", *settings(*SMALL), "--replicates", "6")


def test_the_command_prints_the_contract(wom: Wom) -> None:
    answer = wom(*DIAGNOSE, "--json")
    assert answer.code == 0
    assert answer.told["outcome"] == "conversions"
    assert answer.told["sentence"] in answer.error
    for stage in answer.told["stages"]:
        assert {"stage", "rate", "gain", "low", "high"} <= set(stage)


def test_the_command_tells_people(wom: Wom) -> None:
    answer = wom(*DIAGNOSE, "--outcome", "bond", "--seed", "3", "--out", "kept")
    assert answer.code == 0
    for word in ("convert", "Odds +10 %", "Wide open", " spent", "holds open_house back"):
        assert word in answer.out, word
    assert "kept in kept" in answer.out
    assert wom(*DIAGNOSE, "--out", "kept", "--force").code == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--outcome", "applause"), "is no outcome"),
        (("--replicates", "0"), "replicates = 0 is not allowed"),
        (("--step", "1"), "step = 1.0 is not allowed"),
        (("--step", "nan"), "step = nan is not allowed"),
        (("--spend", "-5"), "spend = -5.0 is not allowed"),
        (("--jobs", "0"), "jobs = 0 is not allowed"),
        (("--width", "0"), "width = 0.0 is not allowed"),
        (("--seconds", "-1"), "seconds = -1.0 is not allowed"),
        (("--seconds", "1e-9", "--jobs", "1"), "seconds = 1e-09 pays for no replicate"),
        (("--seed", "-1"), "seed = -1 is not allowed"),
        (("--set", "boost.clik=1"), "boost.clik"),
    ],
)
def test_a_mistake_gets_one_sentence_and_code_2(
    wom: Wom, typed: tuple[str, ...], said: str
) -> None:
    answer = wom(*DIAGNOSE, *typed)
    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.error
    assert len(answer.error.splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_refused_before_anything_runs(
    wom: Wom, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    assert wom(*DIAGNOSE, "--out", "file").code == 4


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_an_interrupted_diagnosis_leaves_nothing(tmp_path: Path) -> None:
    process = start(tmp_path, *DIAGNOSE, "--replicates", "90000", "--out", "kept", program=PROGRAM)
    assert process.stderr is not None
    process.stderr.read(1)  # progress: it is under way
    process.send_signal(signal.SIGINT)
    answer = finish(process)
    assert answer.code == 130
    assert answer.error.endswith("error: interrupted; nothing was written.\n")
    assert "Traceback" not in answer.error
    assert list(tmp_path.iterdir()) == []


def test_in_python_what_is_also_run_has_to_be_known(small: Any) -> None:
    with pytest.raises(InputError, match=f"give some of {', '.join(ALSO)}"):
        diagnose(small, also=("opend",))


# by segment -------------------------------------------------------------------------------------


def test_a_segment_of_everybody_gains_what_the_stage_does() -> None:
    """Pair by pair the same campaigns: an offset of all is an offset of the stage."""
    everybody = wom.load("open_house").replace(
        {"network.people": 400, "transact.click": 0.3, "segments.all.share": 1.0}
    )
    found = wom.diagnose(everybody, step=3.0, replicates=6, also=("segments",))
    for stage in ("click", "convert"):
        gain = found.segmented().loc[("all", stage), "gain"]
        assert gain == found[stage].gain.mean != 0.0


def test_segments_are_ranked_and_told_where_there_are_some() -> None:
    parted = wom.load("open_house").replace(
        {
            "network.people": 400, "transact.click": 0.3,
            "segments": {"few": {"share": 0.02}, "many": {"share": 0.9}},
        }
    )  # fmt: skip
    found = wom.diagnose(parted, step=3.0, replicates=4, also=("segments",))
    gains = found.segmented()["gain"].tolist()
    assert gains == sorted(gains, reverse=True)
    assert found.segments[0].segment == "many"
    assert {each.stage for each in found.segments} == {"share", "click", "convert"}
    assert "The segments, ranked" in terminal.text(found.document())
    assert len(found.to_dict()["segments"]) == 6
    nothing = parted.replace({"transact.click": 0.0})
    told = wom.diagnose(nothing, "reach", replicates=2, also=("segments",))
    assert {each.stage for each in told.segments} == {"share"}
    plain = wom.load("open_house").replace({"network.people": 400})
    quiet = wom.diagnose(plain, replicates=2, also=("segments",))
    assert quiet.segments == ()
    assert "segments" not in quiet.to_dict()


def slow_world(took: float) -> Any:
    """Tells of worlds, one after the other, each of which takes a while."""

    def more(numbers: range, *, deadline: float | None) -> Any:
        for number in numbers:
            if deadline is not None and time.monotonic() >= deadline:
                return
            time.sleep(took)
            yield [observed(float(number))]

    return more


def test_what_there_is_no_time_for_is_left_out_and_said() -> None:
    scenario = wom.load("open_house").replace({"interact.unfollow": 0.0})  # a stage less to rank
    active = [name for name, handle in HANDLES.items() if not why_idle(handle, scenario)]
    wom.run(scenario.replace({"network.people": 50, "horizon": 1}))
    parts = parts_of(ALSO, scenario)
    assert parts == {*PARTS} - {"segments"}
    wide = timed(60.0, slow_world(0.0), slow_world(0.01), scenario, active, parts)
    assert (wide.parts, wide.left_out) == (parts, ())
    runs = runs_of(scenario, active, parts)
    assert 50.0 < wide.ranking * (runs.ranking + runs.beside) / runs.ranking < 60.0
    narrow = timed(1.4, slow_world(0.02), slow_world(0.2), scenario, active, parts)
    assert narrow.left_out == ("opened", "same", "bought")
    assert 0.0 < narrow.ranking < 1.2
    # What tells what to do is left out last, and the world that was timed is not run again.
    least = timed(0.9, slow_world(0.02), slow_world(0.2), scenario, active, parts)
    assert "remedies" not in least.parts
    assert "remedies" in least.left_out
    assert 0.0 < least.ranking < 0.7
    rows = beginning(least.first, slow_world(0.0))(range(2), deadline=None)
    assert [row[0].value for row in rows] == [0.0, 1.0]
    with pytest.raises(
        InputError, match=r"seconds = 0.5 pays for no replicate: to rank the stages"
    ):
        timed(0.5, slow_world(0.05), slow_world(0.4), scenario, active, parts)
    begin = time.monotonic()
    with pytest.raises(InputError, match=r"seconds = 0.5 pays for no"):
        timed(0.5, slow_world(0.3), slow_world(9.0), scenario, active, parts)
    assert time.monotonic() - begin < 5.0


def test_what_the_named_amount_buys_is_left_out_last() -> None:
    scenario = wom.load("open_house")
    active = [name for name, handle in HANDLES.items() if not why_idle(handle, scenario)]
    parts = parts_of(ALSO, scenario)
    wom.run(scenario.replace({"network.people": 50, "horizon": 1}))
    world = slow_world(0.02), slow_world(0.2)
    asked = timed(1.65, *world, scenario, active, parts, spends=True)
    assert asked.left_out == ("opened", "same", "remedies")
    assert asked.parts == {"bought"}
    assert left_out_first(spends=True)[-1] == "bought"
    assert left_out_first(spends=False)[-1] == "remedies"


def test_in_what_is_asked_first_nothing_else_takes_the_time(monkeypatch: Any) -> None:
    """What is left out last is run first, in both orders."""
    ran: list[str] = []
    for name in ("remedies", "same", "bought", "opened", "segments"):
        monkeypatch.setattr(_Finder, name, lambda _, name=name: ran.append(name))
    bench = Bench(Scenario(), Observer("conversions"), Worlds())
    given = bench, PARTS, [observed(1.0)] * 2, ["share"], {}, outcome_of("conversions"), 9.0, 1.1
    beside(*given)
    assert ran == ["remedies", "bought", "same", "opened", "segments"]
    ran.clear()
    found = beside(*given, spends=True, left_out=("opened",))
    assert ran == ["bought", "remedies", "same", "opened", "segments"]
    assert found.sentence == " Left out for lack of time: stages as far open as they go."
    assert found.untried == (), "no decision is made from that"


def test_a_decision_from_a_part_of_the_ways_says_so() -> None:
    orders = outcome_of("conversions")
    firm = decided("orders", orders, [earning(40.0)], (), 1.0)
    said = decided("orders", orders, [earning(40.0)], (), 1.0, ("what money buys at each stage",))
    assert firm.startswith("Decision: put 20.00 into this")
    assert said.startswith("Decision, of what could be tried in the time: put 20.00 into this")
    assert said.endswith(
        "There was no time to try what money buys at each stage; to have that too, give more "
        "--seconds."
    )


def test_a_stage_wide_open_counts_for_what_it_takes() -> None:
    """Where everybody passes on everything, a campaign takes as much longer as more arrives."""
    scenario = wom.load("open_house")
    active = ["share", "click"]
    now, wide = (runs_of(scenario, active, ["opened"], longer) for longer in (0.0, 90.0))
    assert wide.once == pytest.approx(now.once * (91.0 + 1.0) / 2.0)
    told = Observer("conversions")(wom.run(scenario))
    everybody = improved(HANDLES["reshare"], improved(HANDLES["share"], scenario, math.inf), 1e9)
    assert wom.run(everybody).kpis["impressions"] == pytest.approx(told.most, rel=0.01)
    first = [observed(1.0)._replace(most=told.most)]

    def world(numbers: range, *, deadline: float | None) -> Any:
        time.sleep(0.01)
        yield first

    short = timed(1.0, world, world, scenario, active, ["opened"])
    assert short.left_out == ("opened",), "four campaigns of half a second or more"
    assert timed(9.0, world, world, scenario, active, ["opened"]).parts == {"opened"}


# What to do with the money ----------------------------------------------------------------------


def earning(profit: float, *, priced: bool = True, spread: float = 0.01) -> RemedyGain:
    around = [-spread, 0.0, spread]
    return replace(
        gains(10.0, 20.0, priced=priced),
        profit=estimate([profit + each for each in around]),
        does="make the offer better",
        sets=("offer of post from 0.5 to 0.9",),
    )


def test_the_money_is_kept_unless_something_surely_earns_more() -> None:
    orders = outcome_of("conversions")
    loses, unsure, wins = earning(-5.0), earning(5.0, spread=90.0), earning(40.0)
    keep, open_ = "keep the money.", "open; until more worlds tell, keep the money."
    for found, begun in ([loses], keep), ([unsure], open_), ([loses, unsure], open_):
        said = decided("orders", orders, found, (), 16.0)
        assert said.startswith(f"Decision: {begun}")
        assert "make the offer better (offer of post from 0.5 to 0.9)" in said
    said = decided("orders", orders, [loses, wins], (), 16.0)
    assert said.startswith("Decision: put 20.00 into this: make the offer better (offer of post")
    assert "It earns +40.00" in said
    ads = Bought("ads", gains(0.0, 10.0).cost, gains(20.0, 0.0).gain, wins.profit, ("ads x 2",))
    assert "put 10.00 into this: buy ads (ads x 2)" in decided("orders", orders, [loses], [ads], 16)
    # Nobody spends more on shares because orders are worth little, and where nothing is earned.
    assert "to help shares" in decided("shares", outcome_of("shares"), [loses], (), 16.0)
    assert "to help orders" in decided("orders", orders, [loses], (), math.nan)
    assert decided("orders", orders, (), (), 16.0) == ""


def test_what_has_no_price_may_cost_what_it_earns() -> None:
    """Where the best of the others earns nothing, the money is as well kept."""
    orders, page = outcome_of("conversions"), earning(30.0, priced=False)
    assert page.worth_in_money(math.nan, 1) == pytest.approx(30.0)
    # Elsewhere it earns half as much again: 30 - x = .5 (20 + x).
    assert page.worth_in_money(0.5, 1) == pytest.approx(20.0 / 1.5)
    assert math.isnan(earning(30.0).worth_in_money(math.nan, 1))
    said = decided("orders", orders, [replace(page, worth=30.0)], (), 16.0)
    assert said.endswith("and pays below 30.00.")


def test_to_spend_nothing_is_a_row_before_what_does_not_earn() -> None:
    orders = outcome_of("conversions")
    found = (earning(40.0), earning(-5.0), earning(9.0, priced=False))
    table = would_help("orders", orders, found, 10.0, Scenario(), 0, None, each=16.0).blocks[0]
    first = [row[0] for row in table.rows]
    assert first == [
        "make the offer better", "spend nothing: keep the money", *["make the offer better"] * 2
    ]  # fmt: skip
    assert table.rows[0][-1] == "sets offer of post from 0.5 to 0.9"
    # Where nothing is earned there is no profit to tell, and nothing to be kept for.
    bare = would_help("orders", orders, found, 10.0, Scenario(), 0, None).blocks[0]
    assert len(bare.rows) == 3
    assert len(bare.head) == len(table.head) - 1


def costing_about(cost: float, spread: float, profit: float = 40.0) -> RemedyGain:
    around = [-spread, 0.0, spread]
    return replace(earning(profit), cost=estimate([cost + each for each in around]))


def test_profit_has_the_cost_taken_off_so_that_cost_need_not_be_known_by_itself() -> None:
    orders, doubtful = outcome_of("conversions"), costing_about(20.0, 90.0)
    assert not doubtful.ranked
    assert doubtful.pays
    said = decided("orders", orders, [doubtful], (), 16.0)
    assert said.startswith("Decision: put 20.00 into this: make the offer better")
    # What brings most for its money is not known without its cost.
    assert "nothing that has a price" in decided("orders", orders, [doubtful], (), math.nan)
    unpriced_ = replace(doubtful, priced=False)
    assert not unpriced_.pays
    assert "keep the money" in decided("orders", orders, [unpriced_], (), 16.0)


def test_what_saves_money_is_said_to_save_it() -> None:
    orders, saving, dear = outcome_of("conversions"), costing_about(-3.0, 0.01), earning(1.0)
    said = decided("orders", orders, [saving], (), 16.0)
    assert said.startswith("Decision: do this: make the offer better")
    assert "It saves 3.00; profit changes by +40.00" in said
    # It helps, and costs less than nothing: that is more for the money than anything that costs.
    said = decided("orders", orders, [dear, replace(saving, does="ask less")], (), math.nan)
    assert said.startswith("Decision: to help orders, do this: ask less")
    assert "It saves 3.00. It changes orders by +10.0 " in said
    assert "whether that is worth" not in said
    free = decided("orders", orders, [costing_about(-0.1, 9.0)], (), 16.0)
    assert "Nothing shows that it costs more; profit changes by +40.00" in free
    for each in (said, free):
        assert "put 0.00" not in each


def test_where_every_sale_loses_the_money_is_kept_and_where_nothing_is_sold_is_not_asked() -> None:
    base = wom.load("open_house").replace(
        {"network.people": 400, "transact.price": 40.0, "transact.worth": 0.0}
    )
    losing = diagnose(base.replace({"transact.unit_cost": 43.0}), replicates=3, also=())
    assert losing.earned == pytest.approx(-3.0)
    assert math.isnan(diagnose(base.replace({"transact.price": 0.0}), replicates=2, also=()).earned)
    said = decided("orders", outcome_of("conversions"), [earning(-5.0)], (), losing.earned)
    assert said.startswith("Decision: keep the money. Of 1 way to spend it")
    assert earned([observed(1.0)._replace(revenue=9.0, gross=0.0, sold=3.0)]) == 0.0


def test_no_time_for_remedies_is_told_by_a_field_and_not_read_from_a_sentence(
    told: Diagnosis,
) -> None:
    bare = replace(told, remedies=(), bought=(), budget="No word of it.")
    assert bare.decision == ""
    assert replace(bare, untried=("remedies",)).decision == (
        "Decision: open. There was no time to try remedies; to have that too, give more --seconds."
    )
    assert replace(bare, budget="Of remedies nothing was asked.").decision == ""
    assert [each["what"] for each in told.to_dict()["bought"]] == [
        buys.what for buys in told.bought
    ]
    assert told.bought


def test_a_conversion_earns_what_economics_says_purchases_made_again_included() -> None:
    shop = wom.load("open_house").replace(
        {
            "network.people": 400, "transact.price": 40.0, "transact.margin": 0.4,
            "returns.repeat": 0.9, "returns.interval": 12.0,
        }
    )  # fmt: skip
    told = diagnose(shop, replicates=4, also=())
    books = wom.economics(shop, replicates=4, breaks_even=False)
    assert told.earned == books.returns["a conversion pays up to"].value
    assert told.earned > 16.0, "what is bought again is earned as well"
    assert told.to_dict()["earned"] == told.earned


def test_what_a_remedy_assumes_and_earns_is_told() -> None:
    shop = wom.load("open_house").replace(
        {"network.people": 400, "transact.price": 40.0, "transact.margin": 0.4}
    )
    found = diagnose(shop, replicates=6, also=("bought", "remedies"), step=2.0)
    for buys in found.bought:
        assert buys.sets, buys.what
        assert buys.settings, buys.what
    said = terminal.text(found.document())
    [table] = [
        block
        for section in found.document().sections
        if section.title == "What would help"
        for block in section.blocks
        if isinstance(block, Table)
    ]
    assert "More profit, in money" in table.head
    assert "spend nothing: keep the money" in said
    assert found.sentence.endswith(found.decision)
    for each in found.remedies:
        changed = shop.replace(dict(setting(text) for text in each.settings))
        by_hand = [
            wom.run(changed, seed=k).kpis["profit"] - wom.run(shop, seed=k).kpis["profit"]
            for k in range(6)
        ]
        assert each.profit.mean == pytest.approx(np.mean(by_hand), abs=1e-6)


def test_more_of_an_ad_is_offered_for_its_money() -> None:
    ad = {"name": "meta", "impressions": 2.0, "audience": 0.5, "cost_per_thousand": 10.0}
    now = Scenario().replace({"publish.ads": [ad], "network.people": 10_000})
    [_, more] = [each for each in purchases(now, 10_000, 100.0) if each.stages == ("publish",)]
    # 50 buy 5,000 impressions, one more for each of the 5,000 in its audience.
    assert more.buy(50.0) == {"publish.ads.0.impressions": 3.0}
    assert "meta" in more.name
    [remedy] = [each for each in REMEDIES if each.name == "larger ad budget"]
    twice = remedy.changes(now)
    assert twice == {"publish.ads.0.impressions": 4.0}
    assert in_measure(now, twice, 0.5) == {"publish.ads.0.impressions": 3.0}


def test_a_better_page_has_no_price_and_says_so() -> None:
    shop = load("shop")
    [remedy] = [each for each in REMEDIES if each.name == "better product page"]
    changes = remedy.changes(shop)
    assert changes == {"transact.convert": pytest.approx(1.1 * shop.transact.convert)}
    assert [each.path for each in unpriced(shop, shop.replace(changes))] == ["transact.convert"]


# In time ----------------------------------------------------------------------------------------

VALUED = (1.0, math.nan, 2.0, 1.5, 3.0, 1.0)


class Slow:
    """Worlds of which each campaign takes a while, as `Worlds.each` tells of them."""

    meter = Meter()

    def __init__(self, took: float) -> None:
        self.took, self.begun = took, 0

    def each(
        self, scenarios: Any, _: Any, numbers: range, *, deadline: float | None, stop: float | None
    ) -> Any:
        assert stop is not None
        assert deadline is not None
        assert deadline <= stop
        for _number in numbers:
            if deadline is not None and time.monotonic() >= deadline:
                return
            self.begun += 1
            time.sleep(self.took * len(scenarios))
            yield [observed(1.0)._replace(cost=1.0)] * len(scenarios)


def test_no_world_is_begun_that_would_not_be_done_in_time() -> None:
    worlds: Any = Slow(0.02)
    late = time.monotonic() + 0.5
    bench = Bench(Scenario(), Observer("conversions"), worlds, deadline=late, pace=0.02)
    found = bench.run({"one": Scenario(), "two": Scenario()}, 1000, least=1)
    assert 1 <= len(found["one"]) < 1000
    assert time.monotonic() < late + 0.06
    with pytest.raises(OutOfTimeError):
        replace(bench, pace=10.0).run({"one": Scenario()}, 3)
    assert worlds.begun == len(found["one"])


def test_what_was_run_to_find_a_price_is_not_run_again() -> None:
    worlds: Any = Slow(0.0)
    late = time.monotonic() + 5.0
    bench = Bench(Scenario(), Observer("conversions"), worlds, deadline=late, pace=0.01)
    known = [observed(7.0)] * 3
    rows = bench.run({"one": Scenario()}, 5, known=known)["one"]
    assert [row.value for row in rows] == [7.0, 7.0, 7.0, 1.0, 1.0]
    assert worlds.begun == 2


def test_where_no_more_can_be_bought_the_search_ends() -> None:
    asked: list[float] = []

    def cost(changes: dict[str, float]) -> float:
        asked.append(changes["off"])
        return 5.0 * changes["off"]

    discount = Purchase("discount", ("convert",), lambda x: {"off": min(x, 0.9)}, 0.1)
    assert costing(discount, 1e6, cost, 0.0) is None
    assert asked == [0.1, 0.9]
    ads = Purchase("ads", ("publish",), lambda x: {"off": x / 5.0}, 500.0)
    asked.clear()
    assert costing(ads, 500.0, cost, 0.0) == (500.0, 500.0)
    assert asked == [100.0], "where it is money that is turned, the amount itself is tried first"
    scenario = wom.load("open_house")
    assert purchases(scenario, 10_000, 321.0)[0].first == 321.0


def test_what_is_cut_short_is_told_of_fewer_worlds() -> None:
    found = Extras()
    with found.trying("remedies"):
        raise OutOfTimeError
    found.cut("opened", [2, 4], 5)
    assert found.sentence == (
        " Left out for lack of time: remedies. For lack of time, only stages as far open as they "
        "go in 2 of the 5 worlds."
    )
    assert found.untried == ("remedies",)
    assert Extras().sentence == ""
    assert Extras().untried == ()


def test_worlds_in_which_the_outcome_has_no_value_were_not_left_out_for_lack_of_time() -> None:
    """The cost of one more share has a value in some worlds only, and nothing was in a hurry."""
    parted = wom.load("open_house").replace(
        {"network.people": 120, "horizon": 24, "segments": {"old": {"share": 0.0}}}
    )
    rows = Worlds().replicates({"now": parted}, Observer("cost_per_incremental_share"), range(6))
    base = [row[0]._replace(value=value) for row, value in zip(rows, VALUED, strict=True)]
    reasons = {name: why_idle(handle, parted) for name, handle in HANDLES.items()}
    bench = Bench(parted, Observer("cost_per_incremental_share"), Worlds())
    asked = outcome_of("cost_per_incremental_share")
    also = ("remedies", "bought", "segments")
    found = beside(bench, also, base, ["share"], reasons, asked, 100.0, 2.0)
    assert found.remedies
    assert found.bought
    assert all(each.gain.replicates < 6 for each in found.remedies)
    assert (found.short, found.sentence) == ([], "")


def test_a_budget_of_seconds_counts_from_where_it_began(small: Scenario) -> None:
    """What was spent on reading is spent: of it nothing is left for a world."""
    with pytest.raises(InputError, match="seconds = 30 pays for no replicate"):
        diagnose(small, seconds=30.0, began=time.monotonic() - 31.0)


class Uneven(Slow):
    """Worlds in which campaigns of some stages take too long."""

    def each(self, scenarios: Any, *given: Any, deadline: float | None, stop: float | None) -> Any:
        assert deadline is not None
        assert stop is not None
        self.left.append(stop - deadline)
        yield from super().each(scenarios, *given, deadline=deadline, stop=stop)

    def __init__(self, took: float) -> None:
        super().__init__(took)
        self.left: list[float] = []


def test_a_slow_stage_takes_no_other_along() -> None:
    worlds: Any = Uneven(0.0)
    late = time.monotonic() + 2.0
    bench = Bench(Scenario(), Observer("conversions"), worlds, deadline=late, pace=0.1)
    base = [observed(1.0)._replace(most=300e6)] * 4
    given = bench, ["opened"], base, ["share", "click"], {}, outcome_of("conversions"), 9.0, 1.1
    found = beside(*given)
    assert [*found.opened] == ["click"], "of the other no world would have been done in time"
    assert worlds.left == pytest.approx([100.15, 0.15])
    assert found.sentence == (
        " Left out for lack of time: the rest of stages as far open as they go."
    )
