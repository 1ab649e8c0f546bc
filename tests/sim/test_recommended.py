"""Buying over recommendations: further ones bring ever less, and nobody buys an offer twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Network, Result

PEOPLE, SENDERS = 40_000, (1, 2, 4, 8)
CHANGES: dict[str, Any] = {
    "horizon": 4,
    "share.base.stranger": 0.0,
    "transact.click": 0.02,
    "transact.recall": 1.0,
    "transact.convert": 1.0,
}


def told_by(senders: int) -> Network:
    """Everybody but the first is heard by nobody, and hears these."""
    source = np.repeat(np.arange(senders), PEOPLE)
    hearers = np.tile(np.arange(senders, senders + PEOPLE), senders)
    return Network.from_edges(source, hearers, senders + PEOPLE)


def bought(senders: int, **changes: Any) -> float:
    """The share of those who bought, of whom so many recommended it to each."""
    scenario = wom.load("cascade").replace(CHANGES | changes)
    result = wom.run(scenario, network=told_by(senders), seeds=list(range(senders)), seed=3)
    return result.kpis["conversions"] / PEOPLE


def test_without_a_weight_each_recommendation_brings_as_much() -> None:
    shares = [bought(senders) for senders in SENDERS]
    independent = [1.0 - 0.98**senders for senders in SENDERS]
    assert shares == pytest.approx(independent, abs=5 * np.sqrt(0.15 / PEOPLE))


def test_what_further_ones_bring_levels_off() -> None:
    """Concave in their number: what one more brings falls, and all is less than without."""
    shares = [bought(senders, **{"transact.click_doses": -0.5}) for senders in SENDERS]
    each = np.diff(shares) / np.diff(SENDERS)
    assert 0 < each[2] < each[1] < each[0] < shares[0]
    assert shares[-1] < 0.6 * bought(SENDERS[-1])
    assert wom.Scenario().transact.click_doses < 0


@pytest.mark.parametrize("senders", [1, 2, 8])
def test_it_is_what_the_formula_says_of_each_in_turn(senders: int) -> None:
    """At -1 the k-th makes the odds 1 / k as high, all in one tick or not."""
    odds = 0.02 / 0.98
    each = np.mean([1.0 / k for k in range(1, senders + 1)])
    none = (1.0 / (1.0 + odds * each)) ** senders
    told = bought(senders, **{"transact.click_doses": -1.0})
    assert told == pytest.approx(1.0 - none, abs=5 * np.sqrt(0.05 / PEOPLE))


TWICE: dict[str, Any] = {
    "horizon": 20,
    "people.fans": 0.5,
    "content": ["post", "post", "post"],
    "publish.interval": 3,
    "transact.click": 0.5,
    "transact.convert": 0.5,
    "returns.lead": 0.5,
    "returns.visit": 0.9,
    "returns.interval": 1.0,
}


def campaign(changes: dict[str, Any]) -> Result:
    scenario = wom.Scenario().replace({"network.people": 400} | TWICE | changes)
    return wom.run(scenario, seed=1)


def test_a_person_converts_once_an_offer() -> None:
    once = campaign({})
    persons = once.buyer_log.person
    assert np.unique(persons).size == persons.size > 100
    assert once.kpis["buyer_frequency"] == 1.0
    often = campaign({"transact.once": "post"}).buyer_log
    assert np.unique(often.person).size < often.person.size
    assert set(often.person.tolist()) == set(persons.tolist())


def test_who_has_it_buys_again_on_coming_back() -> None:
    again = campaign({"returns.repeat": 0.5})
    assert np.unique(again.buyer_log.person).size == again.buyer_log.person.size
    assert again.columns["repeats"].sum() > 0
    assert again.kpis["buyer_frequency"] > 1.0


@pytest.mark.parametrize("once", ["campaign", "post"])
def test_agents_buy_as_kernels_do(once: str) -> None:
    shared = {f"share.base.{role}": 0.4 for role in ("stranger", "fan", "advocate")}
    scenario = wom.Scenario().replace(
        {"network.people": 120} | TWICE | shared | {"transact.once": once, "transact.click": 0.1}
    )
    model = wom.CampaignModel(scenario, rng=1, by="agents")
    while model.running:
        model.step()
    assert model.result.digest == wom.run(scenario, seed=1).digest
