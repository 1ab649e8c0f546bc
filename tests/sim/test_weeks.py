"""Weeks by any clock: when they end, what is sold in one, and what selling takes from nurturing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Result, Scenario
from wordofmouth.scenarios.doubts import doubts
from wordofmouth.sim.agenda import due, in_a_hurry, rush
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.state import CONVERSIONS, REPEATS
from wordofmouth.sim.weeks import WEEK, weeks

from .campaigns import every_role

CLOCKS = (6.0, 24.0, 100.0, 168.0, 200.0, 336.0, 400.0)
# A programme in a campaign that sells, in days.
SELLS: dict[str, Any] = {
    "network.people": 1_500,
    "hours_per_tick": 24.0,
    "horizon": 40,
    "content": ["post"] * 8,
    "publish.interval": 5,
    "people.fans": 0.4,
    "people.advocates": 0.0,
    **every_role(0.05),
    "transact.click": 0.4,
    "transact.convert": 0.3,
    "transact.once": "post",
    "interact.comment": 0.3,
}
PROGRAMME: dict[str, Any] = {
    "advocacy.listen": 0.8,
    "advocacy.interval": 8,
    "advocacy.outreach": 20,
    "advocacy.accept": 0.7,
    "advocacy.nurture": 0.2,
    "advocacy.bond": 1.0,
}
HURRY = {"hurdles.short_term": 0.8, "hurdles.target": 1e6}


def campaign(**changes: Any) -> Result:
    return wom.run(Scenario().replace(SELLS | changes), seed=3)


@pytest.mark.parametrize("hours", CLOCKS)
def test_a_week_ends_in_the_first_tick_that_begins_after_it(hours: float) -> None:
    scenario = Scenario(horizon=20, hours_per_tick=hours)
    found = weeks(scenario)
    for week, tick in enumerate(found, 1):
        assert (tick - 1) * hours < WEEK * week <= tick * hours + 1e-6
    assert len(found) == math.floor(19 * hours / WEEK + 1e-9)


@pytest.mark.parametrize("hours", CLOCKS)
def test_the_orders_of_a_week_are_those_of_168_hours(hours: float) -> None:
    """Ten first purchases a tick and four repeats: 14 * 168 / hours a week, by any clock."""
    expected = 14 * WEEK / hours
    scenario = Scenario(horizon=60, hours_per_tick=hours).replace({"network.people": 20})
    for factor, hurries in ((0.999, False), (1.001, True)):
        target = {"hurdles.target": expected * factor, "hurdles.short_term": 0.5}
        found = Campaign(scenario.replace(target), seed=1)
        state = found.states[0]
        state.series[:, CONVERSIONS], state.series[:, REPEATS] = 10, 4
        first = math.ceil(WEEK / hours - 1e-9)
        for tick in (first, first + 1, 59):
            assert in_a_hurry(found.plan, due(found.plan, state, tick)) == hurries
        # Nobody asks before a week is over.
        if first > 1:
            assert not in_a_hurry(found.plan, due(found.plan, state, first - 1))


@pytest.mark.parametrize("hours", [24.0, 168.0, 336.0, 500.0])
def test_people_mention_the_brand_as_often_by_any_clock(hours: float) -> None:
    """Once a week with rate * bond * trust, whether a week ends within a tick or at one's end."""
    whole = 24
    found = wom.run(
        Scenario(hours_per_tick=hours, horizon=math.ceil(whole * WEEK / hours) + 1).replace(
            {
                "network.people": 4_000, "people.fans": 1.0, "people.advocates": 0.0,
                "people.bond.fan": 0.5, "people.trust.fan": 0.5, "talk.rate": 0.2,
                "interact.unfollow": 0.0, "content": [], **every_role(0.0),
            }
        ),
        seed=2,
    )  # fmt: skip
    occasions = len(weeks(found.scenario)) * 4_000
    assert occasions >= whole * 4_000
    error = math.sqrt(occasions * 0.05 * 0.95)
    assert abs(found.kpis["mentions"] - occasions * 0.05) < 4.0 * error


def test_a_tick_of_two_weeks_has_the_requests_of_both() -> None:
    asked = {"content": ["post"], "publish.seeds": 50, "publish.outreach": 10, "horizon": 3}
    for hours, requests in ((168.0, 10), (336.0, 20), (24.0, 10)):
        result = campaign(**asked, hours_per_tick=hours, **every_role(0.0))
        assert result.kpis["shares"] == requests


# what selling takes from nurturing --------------------------------------------------------------


@pytest.mark.parametrize(
    "programme",
    [
        {},  # none
        PROGRAMME | {"advocacy.nurture": 0.0},  # one that nurtures nobody
        PROGRAMME | {"advocacy.accept": 0.0},  # in which nobody takes part
        PROGRAMME | {"advocacy.outreach": 0},
    ],
)
def test_where_nobody_is_nurtured_a_hurry_gains_nothing(programme: dict[str, Any]) -> None:
    patient, hurried = campaign(**programme), campaign(**programme, **HURRY)
    assert patient.kpis["conversions"] > 50
    assert hurried.digest == patient.digest


def test_a_hurry_gains_from_when_somebody_is_nurtured_on() -> None:
    patient, hurried = campaign(**PROGRAMME), campaign(**PROGRAMME, **HURRY)
    begins = int(np.flatnonzero(patient.columns["activated"])[0])
    assert begins == 8 > WEEK / 24
    before = slice(0, begins + 1)
    for name in ("conversions", "shares", "clicks"):
        assert (patient.columns[name][before] == hurried.columns[name][before]).all(), name
    assert patient.columns["conversions"][before].sum() > 50
    after = slice(begins + 1, None)
    assert hurried.columns["conversions"][after].sum() > patient.columns["conversions"][after].sum()
    # And pays for it with what nurturing would have brought.
    assert hurried.kpis["mean_bond"] < patient.kpis["mean_bond"]


def test_what_is_gained_follows_from_what_is_left_out() -> None:
    """elasticity * ln(1 + moved * nurtured / (nurtured + outreach)), more for more nurtured."""
    changes = SELLS | PROGRAMME | HURRY | {"hurdles.vested": 0.25, "effort.selling": 0.5}
    found = Campaign(Scenario().replace(changes), seed=1)
    now = due(found.plan, found.states[0], 9)
    # Of 20, and what the split of the effort adds, a quarter is taken by others.
    outreach, gains = round(20 * (1.0 / 0.875) ** 0.5 * 0.75), []
    for nurtured in (0, 1, 30, 10_000):
        part = nurtured / (nurtured + outreach)
        expected = 0.5 * math.log1p(0.8 * 0.75 / 0.5 * part)
        gains.append(float(rush(found.plan, now._replace(nurtured=nurtured))))
        assert gains[-1] == pytest.approx(expected, abs=1e-12)
    assert gains == sorted(set(gains))


def test_a_hurry_is_doubted_where_nothing_can_be_left_out() -> None:
    found = doubts(Scenario().replace(SELLS | HURRY))
    [said] = [each for each in found if each.startswith("hurdles.short_term")]
    assert said == (
        "hurdles.short_term = 0.8 and hurdles.target = 1e+06 move nothing, since nobody is "
        "nurtured, and nothing is taken from that; give advocacy.outreach and advocacy.nurture."
    )
