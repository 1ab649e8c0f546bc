"""A person's history is the truth of that run: what is told is what was used in deciding."""

from __future__ import annotations

import math
import threading
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from wordofmouth.agents import person as person_module
from wordofmouth.agents.exposure import Exposure
from wordofmouth.agents.model import CampaignModel
from wordofmouth.agents.person import Person
from wordofmouth.experiments.live.asked import Setup
from wordofmouth.experiments.live.why import told_of
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import choose_network, run
from wordofmouth.sim.parameters import Scenario

from .client import SMALL, client

Key = tuple[int, int, int]


def scenario(name: str, **changes: Any) -> Scenario:
    return load(name).replace({"network.people": 150, "network.m": 5} | changes)


def told(chosen: Scenario, row: int, until: int = 10_000) -> dict[str, Any]:
    return told_of(Setup(chosen, 3, None), row, until, threading.Event())


def decided_by_the_twin(
    chosen: Scenario, monkeypatch: pytest.MonkeyPatch
) -> dict[int, dict[Key, tuple[float, bool]]]:
    """By person: chance and answer of the twin for each message, tick and sender."""
    chances: list[float] = []
    used: dict[int, dict[Key, tuple[float, bool]]] = defaultdict(dict)
    probability, share = person_module.share_probability, Person.share

    def noted(*reasons: float) -> float:
        chances.append(float(probability(*reasons)))
        return chances[-1]

    def listening(self: Person, exposure: Exposure) -> bool:
        yes = share(self, exposure)
        sender = exposure.sender
        code = sender.row if isinstance(sender, Person) else sender.sender
        used[self.row][exposure.message, self.model.tick, int(code)] = (chances[-1], bool(yes))
        return yes

    monkeypatch.setattr(person_module, "share_probability", noted)
    monkeypatch.setattr(Person, "share", listening)
    model = CampaignModel(chosen, rng=3, by="agents")
    while model.running:
        model.step()
    monkeypatch.undo()
    return used


@pytest.mark.parametrize(
    "chosen",
    [
        scenario("open_house", horizon=40, **{"share.base.stranger": 0.1}),
        scenario("prize_draw", **{"share.base.stranger": 0.1}),
        scenario("service_crisis", horizon=30, **{"share.base.stranger": 0.05}),
    ],
    ids=lambda each: each.name,
)
def test_the_chance_told_is_the_one_that_decided(
    chosen: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = decided_by_the_twin(chosen, monkeypatch)
    busy = sorted(used, key=lambda row: -len(used[row]))[:4]
    busy += [row for row in used if any(yes for _, yes in used[row].values())][:4]
    seen = 0
    for row in busy:
        found: dict[Key, tuple[float, bool]] = {}
        for met in told(chosen, row)["met"]:
            for post in met["posts"]:
                why = post["why"]
                if why is None:
                    continue
                key = (met["message"], met["tick"], post["sender"])
                found[key] = (why["chance"], why["yes"])
                terms = math.fsum(value for _, value in why["terms"])
                assert terms == pytest.approx(why["log_odds"], abs=1e-9)
                assert (why["luck"] < why["chance"]) == why["yes"]
                seen += 1
        assert found.keys() == used[row].keys()
        for key, (chance, yes) in found.items():
            assert chance == pytest.approx(used[row][key][0], rel=1e-9)
            assert yes == used[row][key][1]
    assert seen > 3


def test_shares_and_conversions_told_are_those_of_the_logs() -> None:
    chosen = scenario("open_house", horizon=40, **{"share.base.stranger": 0.1})
    result = run(chosen, seed=3)
    log, buys = result.share_log, result.buyer_log
    for row in np.unique(log.person)[:6].tolist():
        met = told(chosen, row)["met"]
        shared = {(each["message"], each["tick"]) for each in met if each["shared"]}
        mine = log.person == row
        rows = zip(log.message[mine].tolist(), log.tick[mine].tolist(), strict=True)
        assert shared == set(rows)
        senders = {post["sender"] for each in met for post in each["posts"] if post["chosen"]}
        assert senders == set(log.sender[mine].tolist())
        bought = {(each["message"], each["tick"]) for each in met if each["converted"]}
        mine = buys.person == row
        assert bought == set(
            zip(buys.message[mine].tolist(), buys.tick[mine].tolist(), strict=True)
        )


def test_it_ends_with_the_tick_that_is_asked_for() -> None:
    chosen = scenario("open_house", horizon=40, **{"share.base.stranger": 0.1})
    whole = told(chosen, 0)
    part = told(chosen, 0, until=8)
    assert part["until"] == 8
    assert part["met"] == [each for each in whole["met"] if each["tick"] <= 8]


def test_whom_a_person_hears_is_told() -> None:
    chosen = scenario("open_house", horizon=2)
    network = choose_network(chosen, 3)
    hearers = np.split(network.indices, network.indptr[1:-1])
    for row in (0, 40, 149):
        heard = [each for each in range(network.n) if row in hearers[each]]
        person = told(chosen, row, until=1)
        assert person["hears_whom"] == heard
        assert person["hears"] == len(heard)


def test_other_rules_are_told_in_their_own_terms() -> None:
    chosen = scenario(
        "cascade",
        **{"horizon": 12, "share.rule": "threshold", "share.threshold": 2.0, "publish.seeds": 40},
    )
    found = [
        post["why"]
        for row in range(24)
        for met in told(chosen, row)["met"]
        for post in met["posts"]
        if post["why"]
    ]
    assert {why["rule"] for why in found} == {"threshold"}
    assert {(why["heard"] >= 2) == why["yes"] for why in found} == {True}
    assert {why["yes"] for why in found} == {True, False}


def test_the_page_can_ask_and_is_refused_in_a_sentence() -> None:
    with client() as page:
        answer = page.post("/api/person", json=SMALL | {"person": 5, "tick": 20})
        assert answer.status_code == 200
        assert answer.json()["person"] == 5
        for change in ({"person": 600}, {"person": -1}, {"person": None}, {"tick": "x"}):
            refused = page.post("/api/person", json=SMALL | {"person": 5, "tick": 20} | change)
            assert refused.status_code == 400
            assert "is not" in refused.json()["error"]


def test_odds_without_end_are_told() -> None:
    certain = SMALL | {"set": {"share.base.stranger": 1.0, "share.base.fan": 1.0}}
    with client() as page:
        found = [
            post["why"]
            for person in range(0, 600, 20)
            for met in page.post(
                "/api/person", json=certain | {"person": person, "tick": 29}
            ).json()["met"]
            for post in met["posts"]
            if post["why"] is not None
        ]
    assert found
    for why in found:
        assert why["log_odds"] == "Infinity"
        assert ["base", "Infinity"] in why["terms"]
        assert why["chance"] == 1.0
        assert why["yes"]
