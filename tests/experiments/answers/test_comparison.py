"""Compare: the same worlds, every indicator, and the people who were won by the change."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Network, Scenario
from wordofmouth.experiments.answers.comparison.answer import Comparison
from wordofmouth.experiments.answers.comparison.find import compare
from wordofmouth.experiments.answers.keep import kept
from wordofmouth.experiments.show import page
from wordofmouth.experiments.vocabulary.outcomes import OUTCOMES
from wordofmouth.scenarios.loader import load
from wordofmouth.sim import state as s

from ..legible import check_legible
from ..typed import SMALL, Answer, settings

Wom = Callable[..., Answer]
WORLDS = 10


@pytest.fixture(scope="module")
def small() -> Scenario:
    return load("open_house").replace(
        {"horizon": 30, "network.people": 400, "network.m": 5, "share.base.fan": 0.2,
         "transact.click": 0.2}
    )  # fmt: skip


@pytest.fixture(scope="module")
def easier(small: Scenario) -> Scenario:
    return small.replace({"boost.convert": 0.7})


@pytest.fixture(scope="module")
def found(small: Scenario, easier: Scenario) -> Comparison:
    return compare(small, easier, names=("before", "after"), replicates=WORLDS)


def test_every_outcome_is_compared_in_pairs(
    found: Comparison, small: Scenario, easier: Scenario
) -> None:
    assert list(found["after"]) == list(OUTCOMES)
    pairs = [(wom.run(small, seed=k), wom.run(easier, seed=k)) for k in range(WORLDS)]
    for name in ("conversions", "revenue", "reach", "return_on_spend"):
        gain = np.mean([after.kpis[name] - before.kpis[name] for before, after in pairs])
        assert found["after"][name].difference.mean == pytest.approx(gain), name
    assert found["after"]["conversions"].better > 0.99
    assert math.isnan(found["after"]["structural_virality"].better)


def test_what_the_change_cannot_reach_has_no_difference_and_no_width(found: Comparison) -> None:
    assert found["after"]["shares"].difference[:4] == (0.0, 0.0, 0.0, 0.0)
    assert found["after"]["shares"].better == 0.0


def test_the_people_are_set_differences(
    found: Comparison, small: Scenario, easier: Scenario
) -> None:
    def bought(scenario: Scenario, seed: int) -> set[int]:
        steps = wom.run(scenario, seed=seed).steps
        return set(np.flatnonzero(steps >> s.CONVERTED & 1).tolist())

    people = found.people["after"]
    assert people is not None
    won = [len(bought(easier, k) - bought(small, k)) for k in range(WORLDS)]
    assert people["bought"].won.mean == pytest.approx(np.mean(won))
    assert set(people["bought"].won_ids) == bought(easier, 0) - bought(small, 0)
    assert people["bought"].lost_ids == ()
    assert people["shared"].won[:3] == (0.0, 0.0, 0.0)


def test_people_are_named_by_the_ids_of_their_network(small: Scenario) -> None:
    names = [f"p{k}" for k in range(60)]
    import networkx as nx

    graph = nx.relabel_nodes(nx.random_regular_graph(6, 60, seed=1), dict(enumerate(names)))
    network = Network.from_networkx(graph)
    found = compare(
        small, small.replace({"boost.convert": 5.0}), network=network, replicates=3, seed=2
    )
    people = found.people["open_house (2)"]
    assert people is not None
    assert people["bought"].won_ids
    assert set(people["bought"].won_ids) <= set(names)


def test_of_other_networks_there_are_no_people_to_compare(small: Scenario) -> None:
    found = compare(small, small.replace({"network.people": 500}), replicates=3)
    assert found.people["open_house (2)"] is None
    assert found["open_house (2)"]["reach"].difference.moved == 3
    json.dumps(found.to_dict(), allow_nan=False)


def test_three_are_each_compared_with_the_first(small: Scenario, easier: Scenario) -> None:
    found = compare(small, easier, small, names=("a", "b", "c"), replicates=4)
    assert list(found.changed) == ["b", "c"]
    assert found["b"]["conversions"].difference.mean > 0
    assert all(change.difference.moved == 0 for change in found.changes("c"))
    assert "c changes no registrations in any of 4 worlds" in found.sentence


def test_what_is_compared_are_the_worlds_in_which_both_have_a_value(small: Scenario) -> None:
    few = small.replace({"transact.convert": 0.008, "publish.cost": 5.0})
    found = compare(few, few.replace({"boost.click": 1.0}), outcome="cost_per_conversion",
                    names=("few", "more"), replicates=16)  # fmt: skip
    change = found["more"]["cost_per_conversion"]
    assert 2 < change.difference.replicates < 16
    assert change.base.replicates == change.value.replicates == change.difference.replicates
    assert change.value.mean - change.base.mean == pytest.approx(change.difference.mean)
    assert f"{change.difference.replicates} of 16 worlds" in found.sentence


def shop(**changes: object) -> Scenario:
    """Return a shop of 300 people that rewards each sale that a share brings."""
    few = {
        "name": "shop", "network.people": 300, "horizon": 24, "people.fans": 0.4,
        "share.base.fan": 0.2, "share.base.stranger": 0.1, "currency": "EUR", "outcome": "orders",
        "incentives.reward": 3.0, "incentives.paid": "conversion",
        "transact": {"click": 0.4, "convert": 0.4, "price": 40.0, "margin": 0.4},
    }  # fmt: skip
    return Scenario().replace({**few, **changes})


def test_the_sentence_says_which_has_more_and_then_the_profit() -> None:
    dearer = shop(**{"boost.convert": 0.5, "name": "other"})
    found = compare(dearer, {"boost.convert": -1.0}, replicates=12)
    orders, profit = (found["boost.convert=-1.0"][name] for name in ("conversions", "profit"))
    assert orders.difference.mean < 0 > profit.difference.mean
    assert f"Orders: {-orders.difference.mean:.1f} fewer (" in found.sentence
    assert "with boost.convert=-1.0 than with other as it is, " in found.sentence
    assert f"Profit: €{-profit.difference.mean:.2f} less (" in found.sentence
    cost = compare(shop(), {"publish.cost": 5.0}, outcome="cost", replicates=3)
    assert cost.sentence.startswith("Cost: €")
    assert "more with publish.cost=5.0 than with shop as it is" in cost.sentence
    two = compare(shop(), dearer, replicates=3)
    assert "as it is" not in two.sentence


def test_of_a_reward_that_nobody_earned_nothing_is_said() -> None:
    # Nobody passes it on, so that no sale comes of a share.
    still = shop(**{"boost.share": -50.0, "boost.reshare": -50.0})
    found = compare(still, {"incentives.reward": 0.0}, replicates=4)
    assert "No reward was paid in any of 4 worlds" in found.sentence
    assert "No reward" not in compare(shop(), {"incentives.reward": 0.0}, replicates=4).sentence
    assert "No reward" not in compare(still, {"publish.cost": 1.0}, replicates=4).sentence


def test_a_telephone_has_a_picture_of_its_own(found: Comparison, tmp_path: Path) -> None:
    check_legible(found.plot())
    check_legible(found.stacked())
    assert found.stacked().get_figwidth() < 5.0 < found.plot().get_figwidth()
    folder = found.save(tmp_path / "kept")
    assert (folder / "picture-narrow.svg").stat().st_size > 10_000
    again = page.html(*kept(folder))
    for html in ((folder / "report.html").read_text(), again):
        assert "(max-width: 34rem)" in html


def test_no_name_is_given_to_two(small: Scenario) -> None:
    found = compare(*[small] * 4, names=("a (2)", "a", "a", "a"), replicates=2)
    assert list(found.scenarios) == ["a (2)", "a", "a (3)", "a (4)"]


def test_jobs_change_nothing(found: Comparison, small: Scenario, easier: Scenario) -> None:
    again = compare(small, easier, names=("before", "after"), replicates=WORLDS, jobs=2)
    assert again.to_dict() == found.to_dict()


def test_it_is_kept_and_shown(found: Comparison, tmp_path: Path) -> None:
    import pandas as pd

    folder = found.save(tmp_path / "kept")
    table = pd.read_parquet(folder / "indicators.parquet").set_index("outcome")
    assert table.loc["conversions", "difference"] == found["after"]["conversions"].difference.mean
    who = pd.read_parquet(folder / "who.parquet")
    assert len(who) == sum(
        len(group.won_ids) + len(group.lost_ids)
        for group in found.people["after"].values()  # type: ignore[union-attr]
    )
    assert (folder / "picture.png").stat().st_size > 10_000
    assert found.sentence in repr(found)


@pytest.mark.parametrize(
    ("count", "how", "said"),
    [
        (1, {}, "1 scenario is nothing to compare"),
        (2, {"names": ["a"]}, "give 2, one a scenario"),
        (2, {"outcome": "applause"}, "is no outcome"),
        (2, {"replicates": 0}, "replicates = 0 is not allowed"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    small: Scenario, count: int, how: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        compare(*[small] * count, **{"replicates": 2, **how})  # type: ignore[arg-type]


# The command ------------------------------------------------------------------------------------

COMPARE = ("compare", "open_house", "--replicates", "5")


def test_the_command_compares_one_with_itself_changed(wom: Wom) -> None:
    few = "--set", "network.people=400", "--set", "network.m=5"
    answer = wom(*COMPARE, *few, "--json")
    assert answer.code == 0
    conversions = answer.told["kpis"]["conversions"]
    assert {"difference", "low", "high"} <= set(conversions)
    assert conversions["difference"] < 0
    assert answer.told["people"] is None
    assert answer.told["sentence"] in answer.error


def test_the_command_compares_two_with_the_same_settings(wom: Wom) -> None:
    answer = wom("compare", "open_house", "prize_draw", *settings(*SMALL), "--replicates", "3")
    assert answer.code == 0
    assert " with prize_draw than with open_house, " in answer.out.replace("\n", " ")
    assert "bought" in answer.out


def test_the_command_says_what_is_missing(wom: Wom) -> None:
    alone = wom("compare", "open_house")
    assert alone.code == 2
    assert "'open_house' alone is nothing to compare" in alone.error
    assert wom(*COMPARE, "--set", "horizon=9", "--outcome", "x").code == 2
    assert wom("compare").code == 2


# What pairing is worth --------------------------------------------------------------------------


@pytest.mark.slow
def test_pairing_is_worth_what_coupled_decisions_can_be() -> None:
    """What the prize adds to the shares of `prize_draw`, and to what a better prize adds.

    A decision with the chances p before and q > p after differs with a variance of about q - p in
    pairs, and of p + q without. Pairing saves about (p + q) / (q - p), about 5 where a prize adds
    7.5 shares, and more where worlds differ; it saves more the smaller the change.
    """
    prize = load("prize_draw")
    none = prize.replace({"incentives.reward": 0.0})
    more = prize.replace({"incentives.prize": 1.2 * prize.incentives.prize})
    found = compare(none, prize, outcome="shares", replicates=150)["prize_draw (2)"]["shares"]
    small = compare(prize, more, outcome="shares", replicates=150)["prize_draw (2)"]["shares"]
    for each in (found, small):
        bound = (each.base.mean + each.value.mean) / each.difference.mean
        print(
            f"{each.difference.mean:.1f} shares: {each.pairing:.1f} times fewer worlds, "
            f"{bound:.1f} by decisions alone"
        )
        assert 0.6 * bound < each.pairing < 1.6 * bound
    assert found.pairing > 3
    assert small.pairing > 10


def test_seeds_of_numpy_are_whole_numbers_too(small: Scenario) -> None:
    told = [compare(small, small, replicates=2, seed=seed).to_dict() for seed in (3, np.int64(3))]
    assert json.dumps(told[0]) == json.dumps(told[1])
