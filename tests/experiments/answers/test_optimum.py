"""Optimise: it finds what is known, recommends nothing that does not hold, and goes on."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import wordofmouth as wom
from scipy.optimize import minimize_scalar
from scipy.special import expit, logit
from wordofmouth.experiments.answers.optimum.answer import Optimum
from wordofmouth.experiments.answers.optimum.find import optimise
from wordofmouth.experiments.answers.optimum.ground import Ground, Outturn
from wordofmouth.experiments.answers.optimum.judge import Judge, tail
from wordofmouth.experiments.answers.optimum.judged import Fresh
from wordofmouth.experiments.answers.optimum.lever import Lever, levers_of
from wordofmouth.experiments.answers.optimum.search import Tried, changes_of
from wordofmouth.experiments.answers.optimum.trim import trimmed
from wordofmouth.experiments.answers.optimum.words import decision
from wordofmouth.experiments.show import terminal
from wordofmouth.experiments.vocabulary.outcomes import outcome as known
from wordofmouth.experiments.worlds.worlds import Worlds
from wordofmouth.sim.errors import InputError, StorageError
from wordofmouth.sim.parameters import Scenario

PEOPLE = 300
# Everybody is a fan who hears the one post, notices it, clicks, and passes nothing on.
SHOP: dict[str, Any] = {
    "name": "shop",
    "horizon": 6,
    "network.people": PEOPLE,
    "network.m": 3,
    "people.fans": 1.0,
    "attention": "unlimited",
    "share.base.*": 0.0,
    "transact.click": 1.0,
    "transact.convert": 0.8,
    "transact.price": 2.0,
    "transact.price_scale": 10.0,
    "transact.convert_price": 2.0,
    "transact.elasticity": 0.0,
}
AD = {
    "audience": 0.5, "impressions": 0.0, "noticed": 1.0, "response": 1.0,
    "cost_per_thousand": 1000.0,
}  # fmt: skip
FEW: dict[str, Any] = {"trials": 8, "worlds": 4, "fresh": 6}


@pytest.fixture(scope="module")
def shop() -> Scenario:
    return Scenario().replace(SHOP)


def profit(price: float) -> float:
    """What the shop makes on average: people times price times the chance of a purchase."""
    return float(PEOPLE * price * expit(logit(0.8) - 2.0 * np.log1p(price / 10.0)))


@pytest.fixture(scope="module")
def priced(shop: Scenario) -> Optimum:
    return optimise(shop, {"transact.price": (1, 60)}, trials=30, worlds=12, fresh=32)


def test_the_known_optimum_lies_in_its_interval(priced: Optimum) -> None:
    exact = minimize_scalar(lambda price: -profit(price), bounds=(1, 60), method="bounded").x
    low, high = priced.spans["transact.price"]
    assert low <= exact <= high
    assert high - low < 40, "an interval that is most of the range says nothing"
    assert priced.recommended
    # What is lost by the plan against the exact one, of what there is to be gained.
    [price] = priced.changes.values()
    assert profit(exact) - profit(price) < 0.03 * (profit(exact) - profit(2.0))


def test_the_gain_in_fresh_worlds_is_the_known_one(priced: Optimum) -> None:
    gain = priced.gain
    assert gain is not None
    assert gain.low <= profit(priced.changes["transact.price"]) - profit(2.0) <= gain.high
    assert priced.flattered == pytest.approx(priced.fresh[0].tried.worth - gain.mean)
    assert "fresh worlds say" in priced.sentence


def test_at_the_optimum_a_little_more_brings_little(priced: Optimum) -> None:
    [step] = priced.marginal
    slope = step.gain.mean / (step.after - step.before)
    assert abs(slope) < 0.3 * (profit(3.0) - profit(2.0))
    assert step.cost.moved == 0  # a price is no cost


def test_fresh_worlds_are_others(shop: Scenario, priced: Optimum) -> None:
    assert priced.today is not None
    for number, value in (0, priced.today.value[0]), (12, priced.fresh_today.value[0]):
        kpis = wom.run(shop, seed=number).kpis
        assert kpis["revenue"] - kpis["cost"] == value
    best = wom.run(priced.plan, seed=12 + 31).kpis
    assert best["revenue"] - best["cost"] == priced.fresh[0].rows.value[31]


def test_what_only_costs_is_not_recommended(shop: Scenario) -> None:
    costly = shop.replace({"publish.ads": [AD]})
    found = optimise(costly, {"publish.ads.0.budget": (0, 500), "publish.cost": "0..50"}, **FEW)
    assert not found.recommended
    assert found.changes == {}
    assert found.plan == costly
    assert found.sentence.startswith("Today's plan stays")


def test_with_a_budget_of_0_today_stays(shop: Scenario) -> None:
    found = optimise(shop, {"transact.price": (1, 60)}, budget=0, fresh=4)
    assert not found.recommended
    assert found.plan == shop
    assert found.campaigns == 4  # today's plan alone, and no search
    assert "budget of 0" in found.sentence


def test_a_budget_is_kept_to(shop: Scenario) -> None:
    loved = shop.replace({"people.fans": 0.1, "publish.ads": [AD], "transact.worth": 20.0})
    over = {"publish.ads.0.budget": (0, 400), "transact.price": [2.0, 5.0]}
    found = optimise(loved, over, budget=150, trials=16, worlds=6, fresh=12)
    assert found.recommended
    assert max(each.rows.cost.mean() for each in found.tried) > 150  # it did look beyond
    for costs, more in (
        (40.0, ", of which today's plan costs 40.00: 110.00 can be added."),
        (200.0, ", and today's plan costs 200.00: 50.00 more."),
    ):
        today = found.fresh_today._replace(cost=np.full_like(found.fresh_today.cost, costs))
        assert replace(found, fresh_today=today).sentence.startswith(
            f"The budget of 150.00 is for the whole campaign{more}"
        )
    assert "for the whole campaign" not in replace(found, budget=None).sentence
    cost = found.cost_of(found.fresh[0].rows)
    assert cost.low <= 150
    # The money of an ad is what the ledger says, but for people who happen not to be there.
    bought = found.fresh[0].tried.values
    assert bought is not None
    assert cost.mean == pytest.approx(bought[0], rel=0.15)
    front = found.frontier
    assert (np.diff(front["cost"]) > 0).all()
    assert {each.lever.path for each in found.marginal} == {"publish.ads.0.budget"}
    [unit] = [each.each for each in found.marginal]
    assert unit.low <= unit.value <= unit.high


def synthetic(looked: np.ndarray, held: np.ndarray, judge: Judge | None = None) -> Optimum:
    """Give an optimum whose best plan did so much better, world by world, in search and fresh."""
    judge = judge or Judge()
    none = np.zeros(looked.size)
    tried = Tried((1.0,), Outturn(looked, none, looked), judge.worth(looked, none, none))
    nothing = np.zeros(held.size)
    return Optimum(
        scenario=Scenario(),
        levers=(Lever("incentives.reward", 0.0, 2.0, False, (), 0.0),),
        outcome="profit", judge=judge, budget=None, today=Outturn(none, none, none), tried=(tried,),
        fresh_today=Outturn(nothing, nothing, nothing),
        fresh=(Fresh(tried, Outturn(held, nothing, held)),),
        front=(0,), steps=(), campaigns=0, draws=0, seed=0, world=None, kept={},
    )  # fmt: skip


def test_luck_is_not_recommended() -> None:
    """The best of 30 plans that are all nothing: one in forty would be the promise."""
    rng = np.random.default_rng(5)
    said, flattered = 0, []
    for _ in range(400):
        plans = rng.normal(size=(30, 16))
        found = synthetic(plans[plans.mean(axis=1).argmax()], rng.normal(size=64))
        said += found.recommended
        flattered.append(found.flattered)
    assert said <= 20
    assert np.mean(flattered) == pytest.approx(0.51, abs=0.05)  # the mean of the largest of 30


def test_what_loses_in_fresh_worlds_is_not_recommended() -> None:
    rng = np.random.default_rng(1)
    found = synthetic(rng.normal(5, 1, 16), rng.normal(-3, 1, 64))
    assert not found.recommended
    assert "which is a loss" in found.sentence
    assert "flattered by" in found.sentence
    doubtful = synthetic(rng.normal(5, 1, 16), rng.normal(0, 1, 64))
    assert not doubtful.recommended
    assert "which may be luck" in doubtful.sentence


def test_a_better_worst_tenth_that_costs_the_mean_is_not_recommended() -> None:
    held = np.full(64, 1.0)
    found = synthetic(np.ones(16), held, Judge("worst"))
    assert found.recommended
    held[:40] = -3.0
    assert not synthetic(np.ones(16), held, Judge("worst")).recommended


def test_criteria_choose_differently() -> None:
    today = np.zeros(20)
    bold, safe = np.full(20, 5.0), np.full(20, 2.0)
    bold[:2] = -20.0
    best = np.maximum(bold, safe)
    worth = {way: Judge(way).worth for way in ("mean", "worst", "regret")}  # type: ignore[arg-type]
    assert worth["mean"](bold, today, best) > worth["mean"](safe, today, best)
    assert worth["worst"](safe, today, best) > worth["worst"](bold, today, best)
    assert worth["regret"](safe, today, best) == 5.0 - 3.0
    assert tail(np.array([3.0, 1.0])) == 1.0


def test_robust_searches_run(shop: Scenario) -> None:
    for robust in "worst", "regret":
        found = optimise(shop, {"transact.price": (1, 60)}, robust=robust, **FEW)  # type: ignore[arg-type]
        assert found.gain is not None
        assert found.gain.low <= found.gain.mean <= found.gain.high
        assert found.document().sections


def test_less_may_be_better(shop: Scenario) -> None:
    loud = shop.replace({"publish.cost": 10.0})
    found = optimise(loud, {"publish.cost": (0, 20)}, outcome="cost", **FEW)
    assert found.changes == {"publish.cost": 0.0}
    assert found.gain is not None
    assert found.gain.mean == 10.0


def test_a_world_has_a_draw_and_the_plan_comes_on_top(shop: Scenario) -> None:
    draws = [{"transact.convert": 0.2}, {"transact.convert": 0.8}]
    found = optimise(shop, {"transact.price": (1, 60)}, draws=draws, **FEW)
    assert found.today is not None
    for number in range(4):
        kpis = wom.run(shop.replace(draws[number % 2]), seed=number).kpis
        assert kpis["revenue"] == found.today.value[number]
    assert found.draws == 2
    assert "What is not known" in [each.title for each in found.document().sections]
    assert "a draw of what is not known" in found.sentence
    assert found.document().python == ""
    with pytest.raises(InputError, match=r"draws\[0\]: transact.price is a lever"):
        optimise(shop, {"transact.price": (1, 60)}, draws=[{"transact.price": 3.0}])
    with pytest.raises(InputError, match=r"draws\[1\]: transact.convert = 2"):
        optimise(shop, {"transact.price": (1, 60)}, draws=[{}, {"transact.convert": 2.0}])


def test_threads_change_nothing(shop: Scenario) -> None:
    one, two = (optimise(shop, {"transact.price": (1, 60)}, jobs=jobs, **FEW) for jobs in (1, 3))
    pd.testing.assert_frame_equal(one.table(), two.table())
    assert one.to_dict() == two.to_dict()


OVER = {"transact.price": (1, 60), "publish.seeds": "0..9", "publish.seeding": "random|followers"}


def test_it_goes_on_as_if_never_interrupted(shop: Scenario, tmp_path: Path) -> None:
    how: dict[str, Any] = {"worlds": 3, "fresh": 4, "seed": 2}
    whole = optimise(shop, OVER, trials=17, **how)
    optimise(shop, OVER, trials=6, **how, out=tmp_path / "kept")
    first = optimise(shop, OVER, trials=14, **how, out=tmp_path / "kept", keep=False)
    assert first.campaigns < whole.campaigns - 5 * 3  # what was there was not run again
    again = optimise(shop, OVER, trials=17, **how, out=tmp_path / "kept")
    pd.testing.assert_frame_equal(whole.table(), again.table())
    assert whole.sentence == again.sentence
    assert (tmp_path / "kept" / "report.html").is_file()
    with pytest.raises(InputError, match=r"another levers"):
        optimise(shop, {"transact.price": (1, 50)}, **how, out=tmp_path / "kept")
    # Which leaves the answer as it was.
    assert optimise(shop, OVER, trials=17, **how, out=tmp_path / "kept").sentence == whole.sentence


def test_it_survives_being_killed(shop: Scenario, tmp_path: Path) -> None:
    folder, how = tmp_path / "kept", {"worlds": 3, "fresh": 4}
    program = (
        "import wordofmouth as wom\n"
        f"shop = wom.Scenario().replace({SHOP!r})\n"
        f"wom.optimise(shop, {OVER!r}, trials=5000, worlds=3, fresh=4, out={str(folder)!r})\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program])
    try:
        for _ in range(600):
            if trials_in(folder) >= 5:
                break
            assert process.poll() is None
            time.sleep(0.1)
        with pytest.raises(StorageError, match="another process searches"):
            optimise(shop, OVER, trials=6, **how, out=folder)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    trials = trials_in(folder) + 3
    after = optimise(shop, OVER, trials=trials, **how, out=folder)
    pd.testing.assert_frame_equal(after.table(), optimise(shop, OVER, trials=trials, **how).table())


def trials_in(folder: Path) -> int:
    try:
        with sqlite3.connect(f"file:{folder / 'trials.sqlite'}?mode=ro", uri=True) as base:
            return int(base.execute("SELECT count(*) FROM trials").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({}, "over is empty"),
        ({"transact.price": "60..1"}, "let the range begin below its end"),
        ({"transact.price": "5"}, "give a range such as 0..20, or choices"),
        ({"transact.price": "a..b"}, "give a range such as 0..20, or choices"),
        (
            {"transact.price": (1, float("nan"))},
            "transact.price = nan is not allowed; give a finite number",
        ),
        ({"transact.price": "-1..9"}, r"over: transact.price = -1"),
        ({"transact.prize": "1..9"}, r"over: transact.prize"),
        ({"publish.seeds": "0.5..9"}, "it is a whole number, give a range such as 0..9"),
        ({"publish.seeding": "random|randomly"}, "over: publish.seeding"),
        ({"publish.seeding": ["random"]}, "give two or more that differ"),
        ({"publish.seeding": "random|random"}, "give two or more that differ"),
        ({"publish.ads.0.budget": "0..9"}, "there is no ad 0"),
        ({"network.people": "100..900"}, "belongs to the world"),
        ({"share.base.*": "0..0.1", "share.base.fan": "0..0.2"}, "set the same"),
        ({"incentives.reward": "0..9"}, "the timeline sets incentives.reward at tick 2"),
        ({f"content_types.t{k}.value": "0..1" for k in range(17)}, "17 levers are too many"),
    ],
)
def test_levers_that_cannot_be_are_refused(shop: Scenario, over: Any, said: str) -> None:
    later = {"tick": 2, "set": {"incentives.reward": 1.0}}
    with pytest.raises(InputError, match=said):
        levers_of(shop.replace({"timeline": [later]}), over, PEOPLE)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"budget": -1.0}, "budget = -1.0"),
        ({"budget": float("inf")}, "budget = inf"),
        ({"trials": 0}, "trials = 0"),
        ({"worlds": 1}, "worlds = 1"),
        ({"fresh": 1.5}, "fresh = 1.5"),
        ({"robust": "regrets"}, "regret"),
        ({"outcome": "profits"}, "profit"),
        ({"outcome": "cost_per_incremental_share", "trials": 1}, "has no value under today's plan"),
        ({"draws": []}, "draws is empty"),
        ({"level": 1.0}, "level = 1.0"),
    ],
)
def test_what_makes_no_search_is_refused(shop: Scenario, given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        optimise(shop, {"transact.price": (1, 60)}, **given)


def test_levers_read_the_schema(shop: Scenario) -> None:
    ads = shop.replace({"publish.ads": [{**AD, "impressions": 3.0}]})
    over = {
        "publish.seeds": "0..9",
        "share.base.*": "0..0.5",
        "publish.ads.*.ticks": (1, 4),
        "publish.ads.0.budget": "0..900",
        "content.*.type": "post|invitation" if "invitation" in ads.content_types else ["post", "p"],
    }
    over.pop("content.*.type")
    found = {each.path: each for each in levers_of(ads, over, PEOPLE)}
    assert [each.whole for each in found.values()] == [True, False, True, False]
    assert [each.today for each in found.values()] == [0, 0.0, 1, pytest.approx(450.0)]
    # Half of 300 people, three impressions a head, at a unit of money each.
    assert found["publish.ads.0.budget"].changes(450.0) == {
        "publish.ads.0.impressions": pytest.approx(3.0)
    }


def test_several_levers_come_to_the_known_end(shop: Scenario) -> None:
    """The price of before, and nothing for what only costs."""
    over = {"transact.price": (1, 60), "publish.cost": (0, 50), "publish.seeds": (0, 9)}
    costly = shop.replace({"publish.cost": 20.0, "publish.seed_cost": 5.0})
    found = optimise(costly, over, trials=80, worlds=8, fresh=16)
    exact = minimize_scalar(lambda price: -profit(price), bounds=(1, 60), method="bounded").x
    price, cost, asked = (found.changes[path] for path in over)
    assert profit(exact) - profit(price) < 0.03 * profit(exact)
    assert cost < 3.0
    assert asked == 0
    assert found.gain is not None
    assert found.gain.low <= profit(price) - profit(2.0) + 20.0 - cost <= found.gain.high


def test_an_end_of_the_range_is_said(shop: Scenario) -> None:
    found = optimise(shop, {"transact.price": (1, 12)}, trials=20, worlds=4, fresh=12)
    assert found.changes["transact.price"] == pytest.approx(12.0, abs=0.1)
    said = str(found.document().sections)
    assert "a wider range may hold a better one" in said
    none = optimise(shop.replace({"publish.cost": 9.0}), {"publish.cost": (0, 20)}, **FEW)
    assert none.changes == {"publish.cost": 0.0}
    assert "a wider range" not in str(none.document().sections)  # no cost is below 0


# What adds nothing stays as it is ---------------------------------------------------------------


def test_a_lever_that_adds_nothing_stays_as_it_is(shop: Scenario) -> None:
    """A reward that nobody can claim has to stand somewhere, and the price has its known best."""
    over = {"transact.price": (1, 60), "incentives.scale": (1, 90)}
    found = optimise(shop, over, trials=14, worlds=6, fresh=24)
    assert found.recommended
    assert set(found.changes) == {"transact.price"}
    assert found.left == ("incentives.scale",)
    assert "incentives.scale stays as today" in found.sentence
    assert found.to_dict()["left"] == ["incentives.scale"]
    said = terminal.text(found.document())
    assert "as it is" in said
    assert "spend nothing more" in said
    assert found.sentence.endswith("Decision: take this plan; it surely earns more than it costs.")


def test_a_plan_loses_what_it_does_not_need_and_nothing_else(shop: Scenario) -> None:
    """Without a lever that does nothing every world is the same: its part is 0 and has no width."""
    ground = Ground(shop, Worlds(0), known("profit"))
    levers = levers_of(
        shop,
        {"transact.price": (1, 60), "incentives.scale": (1, 90), "share.weight.topic": (0, 1)},
        PEOPLE,
    )
    found = trimmed(ground, levers, Judge(), (9.0, 50.0, 0.5), range(40, 52))
    assert found.values == (9.0, None, None)
    assert set(found.left) == {"incentives.scale", "share.weight.topic"}
    assert changes_of(levers, found.values) == {"transact.price": 9.0}
    # Alone it is held against today's plan, where the plan is judged.
    alone = trimmed(ground, levers[1:2], Judge(), (50.0,), range(40, 44))
    assert alone == ((50.0,), ())


def test_what_is_as_good_is_told_though_every_plan_that_was_tried_is_worse() -> None:
    """Without a reward that costs a little the best plan is a new one, better than all others."""
    rng = np.random.default_rng(2)
    value, none = rng.normal(50.0, 1.0, 24), np.zeros(24)
    levers = (
        Lever("transact.price", 1.0, 60.0, False, (), 2.0),
        Lever("incentives.reward", 0.0, 9.0, False, (), 0.0),
        Lever("incentives.paid", None, None, False, ("share", "conversion"), "share"),
    )
    found = synthetic(value, value)
    best = replace(found.fresh[0].tried, values=(9.0, None, None))
    tried = tuple(
        replace(best, values=(price, 1.5, "conversion"), rows=Outturn(value - 1.0, none, value),
                worth=best.worth - 1.0)
        for price in (8.0, 9.0, 12.0)
    )  # fmt: skip
    fresh = (Fresh(best, found.fresh[0].rows),)
    found = replace(found, levers=levers, tried=tried, fresh=fresh, left=("incentives.reward",))
    assert found.spans == {
        "transact.price": (8.0, 12.0),
        "incentives.reward": (0.0, 1.5),
        "incentives.paid": ("share",),
    }
    assert found.to_dict()["as_good"]["incentives.reward"] == [0.0, 1.5]
    assert "as it is" in terminal.text(found.document())


def test_no_more_is_run_than_was_said_to_come(shop: Scenario) -> None:
    """Of six levers five add nothing: they are left out one by one, in campaigns of their own."""
    told: list[tuple[int, int]] = []
    weights = {f"share.weight.{name}": (0, 1) for name in ("topic", "trust", "doses", "image")}
    over = {"transact.price": (1, 60), "incentives.scale": (1, 90), **weights}
    found = optimise(shop, over, trials=8, worlds=4, fresh=10,
                     progress=lambda done, expected: told.append((done, expected)))  # fmt: skip
    assert len(found.left) == 5
    assert told[-1][0] == found.campaigns
    assert found.campaigns <= told[0][1]
    assert all(done < expected for done, expected in told[:-1])


def test_where_nothing_helps_the_money_is_kept(shop: Scenario) -> None:
    dear = shop.replace({"publish.cost": 1e6})
    found = optimise(dear, {"incentives.scale": (1.0, 9.0)}, **FEW)
    assert found.to_dict()["decision"] == found.sentence[found.sentence.index("Decision:") :]
    assert "Decision: spend nothing more and keep the money." in found.sentence
    assert "with no campaign at all nothing would be lost" in found.sentence
    assert "-1" not in decision(found), "a loss has no minus"
