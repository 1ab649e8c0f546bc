"""The report for a client: the decision follows from the worlds, and money adds up."""

from __future__ import annotations

import math
import re
import shlex
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.answers.client import told
from wordofmouth.experiments.answers.client.answer import ClientReport
from wordofmouth.experiments.answers.client.find import client_report
from wordofmouth.experiments.answers.client.world import Pair
from wordofmouth.experiments.estimates.interval import estimate
from wordofmouth.experiments.show.document import Figure, On, Table
from wordofmouth.experiments.vocabulary.themes import theme_of
from wordofmouth.sim.campaign import run

from ..legible import check_legible, words

SMALL = {"network.people": 400, "people.fans": 0.4}


@cache
def service() -> ClientReport:
    shop = {"transact.margin": 0.4, "currency": "EUR", "start": "2026-03-02"}
    return client_report(wom.load("service_crisis").replace(SMALL | shop), replicates=4, seed=2)


def test_its_numbers_are_those_of_the_campaigns() -> None:
    found = service()
    for k, seed in enumerate(range(2, 6)):
        result = run(found.scenario, seed=seed)
        assert found.worlds["with"][k].numbers["profit"] == result.kpis["profit"]
        assert found.worlds["with"][k].numbers["complaints"] == result.kpis["complaints"]
        deaf = run(found.scenario.replace({"complaints.detection": 0.0}), seed=seed)
        assert found.worlds["without"][k].numbers["complaints"] == deaf.kpis["complaints"]
    pair = found.numbers("complaints")
    assert pair.change.mean == pytest.approx(pair.having.mean - pair.lacking.mean)
    assert pair.change.mean < 0.0


def test_no_interval_leaves_what_can_be() -> None:
    found, few = service(), 0
    for name in found.worlds["with"][0].numbers:
        pair = found.numbers(name)
        for each in pair[:2]:
            if name not in ("profit", "gross_profit", "return_on_investment", "sentiment",
                            "community_growth") and each.replicates > 1:  # fmt: skip
                assert each.low >= 0.0, name
                few += each.low == 0.0 < each.mean
    assert few, "of none would Student's interval have gone below"
    assert all(found.spent(account).having.low >= 0.0 for account in found.worlds["with"][0].spent)


def test_where_no_step_is_surely_first_each_may_still_be_sure_by_itself() -> None:
    found = service()
    first, *others = found.diagnosis.stages
    unsure = replace(first, gain=estimate([-1.0, 1.0, 0.5]))
    vague = replace(found, diagnosis=replace(found.diagnosis, stages=(unsure, *others)))
    assert vague.diagnosis.bottleneck is None
    assert any(each.startswith("What to improve first is not sure yet") for each in vague.advice)
    [lost] = [each for each in vague.document().sections if each.title == "Where people are lost"]
    assert "“Surely” is said of each step by itself" in lost.note


def test_money_adds_up() -> None:
    for row in service().worlds["with"]:
        assert sum(row.spent.values()) == pytest.approx(row.numbers["cost"], abs=1e-9)
        assert row.numbers["gross_profit"] - row.numbers["cost"] == pytest.approx(
            row.numbers["profit"]
        )


def test_what_is_drawn_is_what_was_counted() -> None:
    for row in service().worlds["with"]:
        assert row.drawn[-1] == row.numbers["complaints"]
        assert row.reach[-1] == row.numbers["reach"]
        assert (np.diff(row.drawn) >= 0.0).all()


def test_it_tells_margin_currency_and_dates() -> None:
    document = service().document()
    said = document.json().decode()
    for each in ("€", "at a margin of 40 %", "from 2026-03-02", "not a forecast"):
        assert each in said
    assert len(document.numbers) == 5
    printed = [section.title for section in document.sections if section.printed]
    assert printed == ["The money", "What it comes to"]


@pytest.mark.parametrize("name", ["advocacy_programme", "bouncing", "long_tail", "prize_draw"])
def test_a_theme_is_held_against_the_same_campaign_without_it(name: str) -> None:
    scenario = wom.load(name).replace({**SMALL, "network.people": 300})
    found = client_report(scenario, replicates=2, seed=2)
    assert found.compares
    assert found.sentence


def test_where_nothing_is_sold_and_nothing_compared_no_gain_is_told() -> None:
    found = client_report(wom.load("cascade").replace({"network.people": 300}), replicates=2)
    assert not found.compares
    assert not any(each.startswith(("Go on with", "Do not", "Try")) for each in found.advice)


def test_what_an_order_leaves_knows_what_it_takes_to_make() -> None:
    dear = {"transact.price": 40.0, "transact.unit_cost": 24.0, "transact.worth": 0.0}
    shop = wom.load("open_house").replace(dear | {"network.people": 2_000})
    found = client_report(shop, replicates=3, seed=2)
    assert "where one takes 24.00 to make" in found.document().json().decode()
    assert "and leaves 16.00 after what it takes to make it" in found.document().json().decode()


def test_it_has_a_network_picture_and_no_empty_table() -> None:
    sections = service().document().sections
    assert "Where it went" in [section.title for section in sections]
    for section in sections:
        for block in section.blocks:
            assert not isinstance(block, Table) or (block.rows and On.PAGE in block.on)


def test_of_many_people_a_sample_is_drawn_and_of_a_telephone_one_panel_below_another() -> None:
    shop = wom.load("open_house").replace({"network.people": 10_500, "horizon": 3})
    found = client_report(shop, replicates=2)
    (where,) = (each for each in found.document().sections if each.title == "Where it went")
    (figure,) = where.blocks
    assert isinstance(figure, Figure)
    assert figure.draw is not None
    assert figure.narrow is not None
    wide, narrow = figure.draw(), figure.narrow()
    for drawn in (wide, narrow):
        check_legible(drawn)
        assert "of 10,500 people: of a sample of 10,000 those with ties in it" in words(drawn)
    assert narrow.get_figwidth() < 5.0 < wide.get_figwidth()


def test_the_network_drawn_is_the_one_that_was_given() -> None:
    ring = wom.Network.generate("ring", 60, seed=1, neighbours=2)
    small = wom.Scenario(horizon=3).replace({"publish.seeds": 2})
    found = client_report(small, replicates=2, network=ring)
    (where,) = (each for each in found.document().sections if each.title == "Where it went")
    assert isinstance(where.blocks[0], Figure)
    assert where.blocks[0].draw is not None
    assert "of 60 people" in words(where.blocks[0].draw())


# What a client who pays need not know.
INTERNAL = re.compile(r"\bodds\b|\bseed\b|\bhops?\b|bottleneck|\bstage|\w+\.\w+_?\w*=|replicate")


@pytest.mark.parametrize("name", ["service_crisis", "cascade", "prize_draw"])
def test_what_to_do_is_three_sentences_and_ends_with_what_to_type(name: str) -> None:
    scenario = wom.load(name).replace({"network.people": 300})
    found = replace(client_report(scenario, replicates=2), typed="wom diagnose 'my shop.toml'")
    assert len(found.advice) == 3
    assert all(each.endswith((".", "`")) for each in found.advice)
    outcome = "conversions" if scenario.clickable else "reach"
    typed = found.advice[-1].partition("`")[2].rstrip("`")
    words = shlex.split(typed)
    assert words[:5] == ["wom", "diagnose", "my shop.toml", "--outcome", outcome]
    assert words[5] == "--spend"
    assert float(words[6]) > 0.0
    document = found.document()
    first = [found.sentence, *found.advice[:2], *(each.meaning for each in document.numbers)]
    assert not INTERNAL.search(" ".join(first))
    assert "not a forecast" in (document.picture.caption if document.picture else "")


def test_what_to_improve_first_is_named_with_what_may_be_tried() -> None:
    known = service().diagnosis
    gain = estimate([3.0, 3.1, 2.9, 3.0, 3.05, 2.95])
    click = replace(known["click"], gain=gain, idle="")
    others = tuple(each for each in known.stages if each.stage != "click")

    def second(*rivals: str) -> str:
        found = replace(known, stages=(click, *others), rivals=rivals)
        said = told.advice(
            found.scenario, theme_of(found.scenario), service().numbers, found, compares=True,
            replicates=4,
        )  # fmt: skip
        return list(said)[1]

    assert second().startswith("Improve clicking first: a little better there changes")
    assert "to be tried for it: sell half as hard in the posts or make the offer better" in second()
    assert second("convert").startswith("Improve clicking first, as far as these worlds tell: ")
    assert not INTERNAL.search(second())


def test_where_people_are_lost_it_says_of_what_surely_is_said() -> None:
    sections = {each.title: each for each in service().document().sections}
    assert "“Surely” is said of each step by itself" in sections["Where people are lost"].note


def test_what_one_order_costs_counts_the_worlds_without_any() -> None:
    shop = service().scenario
    means = {"gross_profit": 2.0, "cost": 12.1, "conversions": 0.1}

    def numbers(name: str) -> Pair:
        one = estimate([means[name]])
        return Pair(one, one, one)

    assert "costs €121 and leaves €20.00" in told.each_costs(shop, numbers)


def test_what_changes_nothing_is_no_doubt_and_a_saving_is_no_price() -> None:
    shop = service().scenario.replace({"transact.worth": 0.0, "transact.price": 0.0})
    for gain, cost, begins in (
        ([0.0, 0.0], [0.0, 0.0], "changes nothing"),
        ([2.0, 4.0], [-30.0, -10.0], "saves €20.00"),
        ([2.0, 4.0], [30.0, 10.0], "costs €20.00"),
    ):
        of = {"cost": estimate(cost), "conversions": estimate(gain)}
        pairs = {name: Pair(each, each, each) for name, each in of.items()}
        said = told.decision(shop, theme_of(shop), pairs.__getitem__, compares=True)
        assert begins in said, said


def test_a_reward_that_nobody_earned_neither_pays_nor_does_not() -> None:
    changes = {"transact.convert": 0.0, "incentives.paid": "conversion", "incentives.reward": 5.0}
    never = wom.load("open_house").replace({"network.people": 300} | changes)
    found = client_report(never, replicates=2)
    assert found.theme.name == "reward"
    assert found.sentence.startswith("No reward was paid in any of 2 worlds, so that nothing")
    assert found.advice[0].startswith("Find out first why nobody earns the reward")
    draws = client_report(wom.load("prize_draw").replace(SMALL), replicates=2)
    assert draws.unpaid == 0
    assert draws.sentence.startswith("The reward ")
    assert service().unpaid == 0


def pair(low: float, high: float) -> Pair:
    middle = (low + high) / 2.0
    known = estimate([middle - 1.0, middle + 1.0])._replace(low=low, high=high, mean=middle)
    return Pair(known, known, known)


@pytest.mark.parametrize(
    ("low", "high", "says", "does"),
    [
        (10.0, 20.0, "The reward pays", "Go on with the reward"),
        (-20.0, -10.0, "The reward loses money", "Do not go on with the reward"),
        (-5.0, 9.0, "The reward may pay or not", "Try the reward on a small scale"),
    ],
)
def test_the_decision_follows_from_the_interval(
    low: float, high: float, says: str, does: str
) -> None:
    scenario = wom.load("prize_draw")
    theme = theme_of(scenario)

    def numbers(_: str) -> Pair:
        return pair(low, high)

    assert told.decision(scenario, theme, numbers, compares=True).startswith(says)
    first = told.advice(scenario, theme, numbers, service().diagnosis, compares=True, replicates=4)
    assert next(iter(first)).startswith(does)


def test_what_cannot_be_taken_away_is_held_against_silence() -> None:
    found = client_report(wom.load("cascade").replace({"network.people": 300}), replicates=2)
    assert not found.compares
    assert found.numbers("reach").lacking.mean < found.numbers("reach").having.mean
    assert "word of mouth carries it" in found.sentence
    assert "profit" not in found.sentence.lower()


def test_of_a_fit_it_says_whose_numbers_they_are() -> None:
    assert told.caution("sales.csv").startswith("The numbers follow from a fit to sales.csv")
    assert told.caution(None).startswith("This is not a forecast")


def test_a_machine_is_told_all_of_it() -> None:
    found = service().to_dict()
    assert found["numbers"]["profit"]["difference"]["replicates"] == 4
    assert not any(
        isinstance(each, float) and math.isnan(each) for each in found["numbers"]["profit"].values()
    )
    assert found["without"] == "in which nobody listens to what goes wrong"
