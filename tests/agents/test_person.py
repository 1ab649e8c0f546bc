"""What people tell of themselves: why they would share, what happened to them, where they stand."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.agents import Exposure
from wordofmouth.sim.apply import settled
from wordofmouth.sim.draws import happens
from wordofmouth.sim.state import RUNGS

from .generated import WHOLE

LADDER = ("unaware", "aware", "follower", "participant", *RUNGS[1:])


def at(tick: int, scenario: wom.Scenario = WHOLE, **how: Any) -> wom.CampaignModel:
    model = wom.CampaignModel(scenario, **({"rng": 7} | how))
    while model.tick < tick:
        model.step()
    return model


@pytest.fixture(scope="module")
def over() -> wom.CampaignModel:
    return at(WHOLE.horizon)


# why ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_reasons_add_up_to_what_decides(by: Any) -> None:
    told: list[tuple[float, bool]] = []

    class Frank(wom.Fan):
        def share(self, exposure: Exposure) -> bool:
            decided = super().share(exposure)
            log_odds = sum(self.why(exposure).values())
            told.append((log_odds, decided))
            likely = happens(self.share_luck(exposure), 1 / (1 + math.exp(-log_odds)))
            assert likely == decided
            return decided

    scenario = WHOLE.replace(
        {"share.weight.first": 0.4, "content_types.one.contagiousness_spread": 0.5}
    )
    model = at(WHOLE.horizon, scenario, by=by, fan=Frank)
    assert model.result.digest == wom.run(scenario, seed=7).digest
    assert len(told) > 100
    assert 0 < sum(decided for _, decided in told) < len(told)


def test_each_reason_is_a_term() -> None:
    sure = {"incentives.budget": None, "incentives.judged_chance": 1.0}
    model = at(6, WHOLE.replace(sure))
    fan = next(person for person in model.everybody if person.role == "fan" and person.helped > 0)
    weight, reasons = WHOLE.share.weight, fan.why(0)
    utility = math.log1p(5.0 / 10.0)
    assert reasons["base"] == pytest.approx(math.log(0.3 / 0.7))
    assert reasons["reciprocity"] == pytest.approx(weight.reciprocity * fan.bond)
    assert reasons["generalised"] == pytest.approx(weight.generalised * fan.helped)
    assert reasons["thanked"] == pytest.approx(weight.thanked * (fan.answers > 0))
    assert reasons["reward"] == pytest.approx(weight.reward * (utility + 0.1) * fan.affinity)
    assert reasons["image"] == pytest.approx(-weight.image * utility)
    # A gift for the other weighs as one's own does, whoever gives it.
    assert reasons["recipient"] == pytest.approx(weight.reward * math.log1p(3.0 / 10.0))
    assert reasons["topic"] == pytest.approx(weight.topic * fan.fit(0))
    assert reasons["trust"] == pytest.approx(weight.trust * fan.believes(model.exposure(0)))
    others = fan.earlier - fan.noticed(0)
    assert reasons["fatigue"] == pytest.approx(-weight.fatigue * math.log1p(others))


def test_what_the_budget_does_not_pay_for_is_no_reason() -> None:
    model = at(WHOLE.horizon - 1)
    assert not model.today.on_offer
    access = WHOLE.share.weight.reward * WHOLE.incentives.access
    person = model.person(3)
    assert person.why(0)["reward"] == pytest.approx(access * person.affinity)
    assert person.why(0)["image"] == person.why(0)["recipient"] == 0


def test_a_friend_is_believed_more_than_the_brand() -> None:
    model = at(6, WHOLE.replace({"share.weight.first": 0.4}))
    strangers = [person for person in model.everybody if person.role == "stranger"]
    fan, friend = next(
        (fan, friend)
        for fan in strangers
        for friend in model.everybody
        if fan in friend.hearers(0) and model.exposure(0, friend).hop == 1
    )
    by_brand, by_friend = fan.why(0), fan.why(0, friend)
    assert by_friend["trust"] != by_brand["trust"]
    other = {name for name in by_brand if by_brand[name] != by_friend[name]}
    assert other <= {"trust", "first", "boost"}
    assert (by_brand["first"], by_friend["first"]) == (0.0, 0.4)


def test_what_is_not_the_brands_has_fewer_reasons() -> None:
    model = at(6)
    rival = next(k for k, entry in enumerate(model.campaign.entries) if entry[1].brand == "other")
    reasons = model.person(3).why(rival, model.accounts[-2])
    assert reasons["reward"] == reasons["image"] == reasons["reciprocity"] == reasons["status"] == 0
    assert reasons["trust"] != 0


# history --------------------------------------------------------------------------------------


def test_histories_tell_what_the_logs_do(over: wom.CampaignModel) -> None:
    result, told = over.result, Counter[str]()
    for person in over.everybody:
        history = person.history()
        assert [event.tick for event in history] == sorted(event.tick for event in history)
        assert all(str(event).startswith(f"tick {event.tick}: ") for event in history)
        told.update(event.what for event in history)
    assert told["passed on"] + told["complained"] == result.share_log.person.size
    assert told["bought"] == result.buyer_log.person.size
    assert told["followed"] > 0
    for rung in ("identified", "activated", "nurtured", "advocate"):
        climbs = (result.climb_log.hop == RUNGS.index(rung)).sum()
        assert told[f"became {rung}"] == climbs > 0
    assert told["left the brand"] == (result.climb_log.hop == 0).sum() > 0


def test_a_history_says_from_whom(over: wom.CampaignModel) -> None:
    log = over.result.share_log
    row = int(np.flatnonzero(log.hop > 0)[0])
    person, sender, message = int(log.person[row]), int(log.sender[row]), int(log.message[row])
    events = [event for event in over.person(person).history() if event.message == message]
    [event] = [event for event in events if event.what == "passed on"]
    kind = over.campaign.entries[message][1].type
    assert event.sender == sender
    assert str(event) == (
        f"tick {log.tick[row]}: passed on message {message} ({kind}), from person {sender}"
    )


# where they stand -----------------------------------------------------------------------------


def test_everybody_stands_on_a_rung(over: wom.CampaignModel) -> None:
    rungs = Counter(person.rung for person in over.everybody)
    assert set(rungs) <= set(LADDER)
    assert min(rungs[rung] for rung in ("aware", "follower", "participant", "advocate")) > 0
    for person in over.everybody:
        if person.rung == "unaware":
            assert person.earlier == person.acts == 0
        if person.role == "advocate":
            assert person.rung == "advocate"


def test_a_stranger_climbs_from_unaware() -> None:
    before = Counter(person.rung for person in at(0).everybody)
    assert set(before) == {"unaware", "follower", "advocate"}


def test_the_sense_of_community_is_that_of_the_result(over: wom.CampaignModel) -> None:
    felt = np.array([person.community for person in over.everybody])
    np.testing.assert_array_equal(felt, np.nan_to_num(over.result.community))
    assert (felt[over.result.role > 0] > 0).all()


def test_silence_is_reckoned_with() -> None:
    model = at(15)
    trust, bond = settled(model.plan, model.state, model.tick)
    people = model.everybody
    assert [person.trust for person in people] == trust.tolist()
    assert [person.bond for person in people] == bond.tolist()
    silent = max(people, key=lambda person: person.silence * (person.bond > 0))
    assert silent.silence > 3
    assert silent.bond < model.state.bond[silent.row]
    trusted, silent.bond = silent.trust, 0.5
    assert silent.bond == 0.5
    assert silent.trust == trusted
    assert silent.silence == 0


def test_who_waits_has_a_complaint() -> None:
    waiting = [
        person.complaint
        for tick in (8, 12, 16)
        for person in at(tick).everybody
        if person.complaint is not None
    ]
    assert waiting
    assert set(waiting) <= set(range(WHOLE.complaints.topics))


@pytest.mark.slow
@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_a_utility_of_ones_own_is_asked(by: Any) -> None:
    def devoted(reasons: Any) -> float:
        return 3.0 * reasons.bond + reasons.credibility - 2.0 - 0.1 * reasons.hop

    model = at(WHOLE.horizon, by=by, utility=devoted)
    assert model.result.digest == wom.run(WHOLE, seed=7, utility=devoted).digest
    assert model.result.digest != wom.run(WHOLE, seed=7).digest
