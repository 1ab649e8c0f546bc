"""Levers: they add up in every replicate, do nothing exactly, and say what is wrong with them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.answers.levers.answer import Attribution
from wordofmouth.experiments.answers.levers.find import Combined, between, levers
from wordofmouth.experiments.show import terminal
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.parameters import Scenario

BASE = {
    "horizon": 20,
    "network.people": 400,
    "network.m": 5,
    "share.base.fan": 0.2,
    "share.base.stranger": 0.05,
    "transact.click": 0.2,
}
BY: dict[str, dict[str, Any]] = {
    "prize": {"incentives.reward": 5.0, "incentives.paid": "share"},
    "click": {"boost.click": 0.5},
    "posts": {"content": ["invitation", "invitation"]},
    "idle": {"incentives.scale": 12.0},
}


@pytest.fixture(scope="module")
def base() -> Scenario:
    return wom.load("open_house").replace(BASE).replace({"share.weight.reward": 3.0})


@pytest.fixture(scope="module")
def found(base: Scenario) -> Attribution:
    by = {**BY, "idle": {"incentives.fraud": 0.0}}
    return levers(base, by, outcome="conversions", replicates=6, seed=3)


def test_gains_add_up_in_every_replicate(found: Attribution) -> None:
    difference = found.after - found.before
    assert (difference[:, 0] != 0).any()
    assert found.gains.sum(axis=1) == pytest.approx(difference, abs=1e-9)
    # In whole conversions and before the division by 4! nothing at all is lost.
    assert (np.round(24 * found.gains[..., 0]).sum(axis=1) == 24 * difference[:, 0]).all()
    assert 24 * found.gains[..., 0] == pytest.approx(np.round(24 * found.gains[..., 0]), abs=1e-9)


def test_what_was_measured_are_the_campaigns_of_these_seeds(
    base: Scenario, found: Attribution
) -> None:
    together: dict[str, Any] = {}
    for change in BY.values():
        together |= change
    together.pop("incentives.scale")
    for number in (0, 5):
        for values, scenario in ((found.before, base), (found.after, base.replace(together))):
            kpis = wom.run(scenario, seed=3 + number).kpis
            expected = [kpis["conversions"], kpis["revenue"] - kpis["cost"], kpis["cost"]]
            assert values[number].tolist() == expected


def test_a_lever_that_does_nothing_is_owed_exactly_nothing(found: Attribution) -> None:
    idle = found.gain("idle")
    assert (idle.mean, idle.low, idle.high) == (0.0, 0.0, 0.0)
    table = found.interactions("profit")
    rows = table[(table["first"] == "idle") | (table["second"] == "idle")]
    assert len(rows) == 3
    assert (rows[["index", "low", "high"]] == 0).all(axis=None)
    assert "idle changed nothing" in found.sentence


@pytest.mark.parametrize("most", [2, 10])
def test_what_has_no_value_everywhere_is_left_out_of_all_alike(base: Scenario, most: int) -> None:
    """Where nobody bought under one combination: gains add up to the whole over the rest."""
    by = {"click": {"boost.click": 0.9}, "notice": {"boost.notice": 0.4}}
    idle = [stage for stage in STAGES if stage != "notice"][: most - 2]
    by |= {stage: {f"boost.{stage}": 0.0} for stage in idle}
    by |= {f"idle {k}": {path: 0.0} for k, path in enumerate(IDLE[: most - len(by)])}
    assert len(by) == most
    few = base.replace({"transact.convert": 0.01, "publish.cost": 5.0})
    found = levers(few, by, outcome="cost_per_conversion", replicates=12, seed=1, pairs=1)
    whole = found.whole()
    assert 1 < whole.replicates < 12
    assert sum(found.gain(name).mean for name in by) == pytest.approx(whole.mean)
    told = found.to_dict()["outcomes"]["cost_per_conversion"]
    assert told["after"] - told["before"] == pytest.approx(whole.mean)
    assert found.whole("profit").replicates == 12


def test_the_order_in_which_levers_are_named_changes_nothing(base: Scenario) -> None:
    by = {name: BY[name] for name in ("prize", "click")}
    one = levers(base, by, replicates=3, seed=1)
    other = levers(base, dict(reversed(by.items())), replicates=3, seed=1)
    for name in by:
        assert one.gain(name) == other.gain(name)


def test_two_levers_worked_by_hand(base: Scenario) -> None:
    """Half of what a lever adds alone and half of what it adds to the other."""
    by = {name: BY[name] for name in ("prize", "click")}
    both = BY["prize"] | BY["click"]

    def sold(changes: dict[str, Any]) -> float:
        return float(
            wom.run(base.replace(changes) if changes else base, seed=9).kpis["conversions"]
        )

    none, prize, click, all_ = sold({}), sold(BY["prize"]), sold(BY["click"]), sold(both)
    found = levers(base, by, replicates=1, seed=9)
    assert found.gain("prize").mean == ((prize - none) + (all_ - click)) / 2
    assert found.gain("click").mean == ((click - none) + (all_ - prize)) / 2
    assert found.pairs is not None
    assert found.pairs[0, 0, 1, 0] == all_ - prize - click + none


def test_orders_of_many_levers_add_up_and_agree_with_the_exact_value(base: Scenario) -> None:
    """Ten levers of which seven do nothing: the three others must get what they get alone."""
    real = {name: BY[name] for name in ("prize", "click", "posts")}
    idle = {f"idle {k}": {f"boost.{stage}": 0.0} for k, stage in enumerate(STAGES)}
    exact = levers(base, real, replicates=2, seed=2)
    many = levers(base, {**real, **idle}, replicates=2, seed=2, pairs=12)
    assert many.pairs is None
    assert many.gains.sum(axis=1) == pytest.approx(many.after - many.before, abs=1e-9)
    assert (many.after == exact.after).all()
    assert (many.gains[:, 3:] == 0).all()
    # A mean over 24 orders in each of 2 replicates, of gains that differ by a few conversions.
    spread = np.abs(exact.gains[..., 0]).max()
    assert np.abs(many.gains[:, :3, 0] - exact.gains[..., 0]).max() < 0.5 * spread
    with pytest.raises(InputError, match="give 8 levers at most"):
        many.interactions()


IDLE = ("incentives.fraud", "incentives.access")
STAGES = ("publish", "notice", "share", "reshare", "find", "convert", "follow")


def test_threads_change_nothing(base: Scenario, found: Attribution) -> None:
    by = {**BY, "idle": {"incentives.fraud": 0.0}}
    again = levers(base, by, replicates=6, seed=3, jobs=2)
    assert (again.gains == found.gains).all()


def test_another_scenario_gives_a_lever_for_each_part_that_differs(base: Scenario) -> None:
    goal = base.replace(
        {
            "incentives.reward": 5.0,
            "content": ["invitation"],
            "channels.facebook.effort": 0.5,
            "publish.cost": 1.0,
            "question": "Another one?",
            "incentives.budget": 10.0,
        }
    )
    parts = between(base, goal)
    assert set(parts) == {"content", "incentives", "publish"}
    assert parts["incentives"] == {"incentives.reward": 5.0, "incentives.budget": 10.0}
    assert set(parts["content"]) == {"content", "channels.facebook.effort"}
    every = Combined(base, parts)[0b111]
    assert every.differs_from(goal).keys() <= {"question"}
    back = Combined(goal, between(goal, base))[0b111]
    assert back.incentives.budget is None


@pytest.mark.parametrize("names", [("open_house", "cascade"), ("cascade", "everyday")])
def test_shipped_scenarios_of_other_networks_are_reached_too(names: tuple[str, str]) -> None:
    first, second = (wom.load(name) for name in names)
    parts = between(first, second)
    reached = Combined(first, parts)[2 ** len(parts) - 1]
    assert reached.network == second.network
    assert set(second.differs_from(reached)) <= {"name", "question", "sources", "outcome"} | {
        path for path in second.differs_from(reached) if path.startswith("reference.")
    }


@pytest.mark.parametrize(
    ("by", "problem"),
    [
        ({}, "there is no lever"),
        ({"a": {}}, "lever 'a' changes nothing"),
        ({"a": {"boost.click": 900.0}}, "lever 'a': boost.click = 900"),
        ({"a": {"boost.clik": 1.0}}, "lever 'a': boost.clik"),
        (
            {"a": {"boost.click": 1.0}, "b": {"boost": {"click": 2.0}}},
            "levers 'a' and 'b' both change boost.click; put what belongs",
        ),
        ({str(k): {"boost.click": 1.0} for k in range(30)}, "30 levers are too many; give 24"),
    ],
)
def test_what_is_no_lever_is_refused(base: Scenario, by: Any, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        levers(base, by)


def test_what_cannot_be_asked_is_refused(base: Scenario, found: Attribution) -> None:
    with pytest.raises(InputError, match="is no outcome; did you mean 'conversions'"):
        levers(base, BY, outcome="conversion")
    with pytest.raises(InputError, match="replicates = 0 is not allowed"):
        levers(base, BY, replicates=0)
    with pytest.raises(InputError, match="pairs = 0 is not allowed"):
        levers(base, BY, pairs=0)
    with pytest.raises(InputError, match="do not differ"):
        levers(base, base.replace({"question": "Another one?"}))
    with pytest.raises(InputError, match="is no lever; give one of prize"):
        found.gain("nothing")
    with pytest.raises(InputError, match="was not measured; give one of conversions, profit"):
        found.table("reach")


def test_what_is_told_and_drawn(found: Attribution) -> None:
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["campaigns"] == 6 * 16
    assert set(told["outcomes"]) == {"conversions", "profit", "cost"}
    gains = {row["lever"]: row["mean"] for row in told["outcomes"]["profit"]["levers"]}
    difference = told["outcomes"]["profit"]["difference"]["mean"]
    assert sum(gains.values()) == pytest.approx(difference)
    figure = found.plot()
    assert len(figure.axes) == 2
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels[0].startswith("base")
    assert labels[-1].startswith("all")
    assert "idle: 0" in labels


def test_what_may_be_nothing_has_no_parts(base: Scenario) -> None:
    """Of a sure difference each lever has its share; of one that may be luck, none has."""
    by = {"click": {"boost.click": np.float64(0.5)}, "more": {"publish.seeds": 3}}
    for replicates, sure in ((1, False), (6, True)):
        found = levers(base, by, outcome="clicks", replicates=replicates, seed=3)
        assert found.whole().sure == sure
        rows = found.document().sections[1].blocks[0].rows  # type: ignore[union-attr]
        shares = [row[-1] for row in rows[:-1]]  # type: ignore[index]
        assert all((share == "–") != sure for share in shares)
        assert "{'boost.click': 0.5}" in found.document().python


def test_a_scenario_may_be_named() -> None:
    found = wom.levers("prize_draw", {"link": {"boost.click": 0.5}}, replicates=2)
    same = wom.levers(wom.load("prize_draw"), {"link": {"boost.click": 0.5}}, replicates=2)
    assert found.to_dict() == same.to_dict()
    with pytest.raises(wom.InputError, match="prize_draw"):
        wom.levers("prize_drw", {"link": {"boost.click": 0.5}})
    with pytest.raises(wom.InputError, match="prize_draw"):
        wom.economics("prize_drw")
    with pytest.raises(wom.InputError, match="give a Result"):
        wom.credit("open_house")


def test_the_money_of_an_ad_is_a_lever() -> None:
    """50 buy 5,000 impressions at 10 a thousand, 10 for each of the 500 in its audience."""
    ad = {"impressions": 0.0, "audience": 0.5, "cost_per_thousand": 10.0}
    base = Scenario(horizon=4).replace({"network.people": 1000, "publish.ads": [ad]})
    money = wom.levers(base, {"ads": {"publish.ads.0.budget": 50.0}}, replicates=2)
    heads = wom.levers(base, {"ads": {"publish.ads.0.impressions": 10.0}}, replicates=2)
    assert money.to_dict() == heads.to_dict()
    assert money.gain("ads", "cost").mean > 0.0
    with pytest.raises(InputError, match=r"lever 'ads': publish.ads.1.budget: there is no ad 1"):
        wom.levers(base, {"ads": {"publish.ads.1.budget": 50.0}}, replicates=2)
    with pytest.raises(InputError, match="give an amount of money"):
        wom.levers(base, {"ads": {"publish.ads.0.budget": "much"}}, replicates=2)


def test_levers_end_in_what_to_pull_or_in_the_money_that_is_kept() -> None:
    """Everybody buys as it is: a post more costs 30 and brings nothing, a dearer price pays."""
    shop = Scenario(horizon=4).replace(
        {
            "network.people": 100, "people.fans": 1.0, "transact.click": 1.0,
            "transact.convert": 1.0, "transact.price": 10.0, "publish.cost": 30.0,
        }
    )  # fmt: skip
    more = {"posts": {"content": ["post", "post"], "publish.interval": 1}}
    kept = wom.levers(shop, more, replicates=3)
    assert kept.decision.startswith("Decision: keep the money; no lever with a price")
    assert kept.sentence.endswith(kept.decision)
    both = wom.levers(shop, more | {"dear": {"transact.price": 20.0}}, replicates=8)
    assert both.decision == "Decision: pull dear, which surely earns more than it costs."
    assert "spend nothing: keep the money" in terminal.text(both.document())
    # Where nothing is sold at a price there is nothing to decide by.
    assert wom.levers(shop.replace({"transact.price": 0.0}), more, replicates=2).decision == ""
