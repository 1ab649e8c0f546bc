"""Outcomes: each indicator is one, with a unit and a direction, and so are two that are added."""

from __future__ import annotations

import math

import pytest
from wordofmouth import InputError
from wordofmouth.experiments.vocabulary.glossary import within
from wordofmouth.experiments.vocabulary.outcomes import OUTCOMES, TAKE_OFF, outcome, range_of, read
from wordofmouth.experiments.vocabulary.themes import theme_of
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import run
from wordofmouth.sim.result import Result


def test_every_indicator_is_an_outcome_and_nothing_is_made_up(everything: Result) -> None:
    assert set(OUTCOMES) == {*everything.kpis, "profit", "took_off"}
    for name, asked in OUTCOMES.items():
        assert (asked.name, asked.form in ("count", "number", "rate", "money")) == (name, True)
        assert asked.label
        assert asked.meaning.endswith(".")


def test_the_values_are_those_of_the_indicators(everything: Result) -> None:
    values = dict(zip(OUTCOMES, read(everything).tolist(), strict=True))
    for name, value in everything.kpis.items():
        assert values[name] == value or (math.isnan(value) and math.isnan(values[name])), name
    assert values["profit"] == everything.kpis["revenue"] - everything.kpis["cost"]
    assert values["took_off"] == float(everything.cascades.size.max() >= TAKE_OFF)
    assert read(everything, ["reach"]).tolist() == [everything.kpis["reach"]]


def test_every_value_lies_where_it_is_declared_to(everything: Result) -> None:
    asked = "shop", "service_crisis", "prize_draw", "meme_contest", "everyday", "marketing_cycle"
    small = (load(name).replace({"network.people": 600}) for name in asked)
    for result in (everything, *map(run, small)):
        for name, each in OUTCOMES.items():
            low, high = each.within
            value = each.of(result)
            assert math.isnan(value) or low <= value <= high, (result.scenario.name, name, value)
        for name, amount in result.ledger.items():
            assert amount >= 0.0, (result.scenario.name, name)
        for yardstick in theme_of(result.scenario).yardsticks:
            low, high = within(yardstick.name, yardstick.form)
            value = yardstick.of(result)
            assert math.isnan(value) or low <= value <= high, yardstick.name
    assert range_of("of_nobody") == (-math.inf, math.inf)


def test_what_costs_or_hurts_is_better_less() -> None:
    assert {name for name in OUTCOMES if outcome(name).direction < 0} == {
        "churn", "complaints", "refunds", "cost", "reward_cost", "cost_per_exposure",
        "cost_per_trusted_exposure", "cost_per_incremental_share", "cost_per_conversion",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hint"), [("conversion", "'conversions'"), ("zzz", "one of reach")]
)
def test_an_unknown_one_is_refused_with_a_hint(name: str, hint: str) -> None:
    with pytest.raises(InputError, match=f"'{name}' is no outcome.*{hint}"):
        outcome(name)


@pytest.mark.parametrize(
    ("said", "name"),
    [("orders", "conversions"), ("sign-ups", "conversions"), ("followers", "fans"),
     ("trust", "mean_trust")],
)  # fmt: skip
def test_goals_are_known_by_the_words_of_a_conversation(said: str, name: str) -> None:
    assert outcome(said).name == name
