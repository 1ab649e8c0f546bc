"""Who has something to complain about, and how many of them the brand has hands for."""

from __future__ import annotations

from itertools import pairwise

import pytest
import wordofmouth as wom
from wordofmouth import Network, Scenario
from wordofmouth.sim.agenda import hands
from wordofmouth.sim.campaign import Campaign

PEOPLE = 30
RING = Network.from_edges(
    range(PEOPLE), [(k + 1) % PEOPLE for k in range(PEOPLE)], PEOPLE, directed=False
)
# Everybody buys from each post, and whatever is bought goes wrong.
ALL_WRONG = {
    "horizon": 40,
    "content": ["post"] * 6,
    "publish.interval": 4,
    "attention": "unlimited",
    "people.fans": 1.0,
    "people.activity": "always",
    "transact.click": 1.0,
    "transact.convert": 1.0,
    "transact.recall": 1.0,
    "transact.once": "post",
    "complaints.rate": 1.0,
    "complaints.detection": 1.0,
    "complaints.patience": 1e6,
    "interact.capacity": 0.0,
}


def test_who_waits_for_an_answer_complains_of_nothing_else() -> None:
    result = wom.run(Scenario().replace(ALL_WRONG), network=RING, seed=1)
    assert result.kpis["conversions"] == 6 * PEOPLE
    assert result.series["wrong"].sum() == PEOPLE


def test_the_desk_answers_as_many_as_it_has_hands() -> None:
    busy = {"interact.capacity": 0.5, "complaints.delay": 0.0}
    busy |= dict.fromkeys(("interact.comment", "interact.reply", "interact.thank"), 1.0)
    series = wom.run(Scenario().replace(ALL_WRONG | busy), network=RING, seed=1).series
    assert series["comments"].sum() > PEOPLE
    assert series["mended"].tolist() == [0, 1] * 20
    assert (series["replies"] + series["thanks"]).sum() == 0


@pytest.mark.parametrize("an_hour", [0.17, 1 / 3, 0.5, 1.5])
def test_hands_come_at_the_same_hours_by_every_clock(an_hour: float) -> None:
    """As many in a day of hours as in one of a day: whole ones of what the hours have brought."""
    days = 5
    for hours in (1.0, 6.0, 24.0):
        scenario = Scenario().replace({"interact.capacity": an_hour, "hours_per_tick": hours})
        plan = Campaign(scenario, network=RING, seed=1).plan
        ticks = int(24 / hours)
        by_day = [
            sum(hands(plan, tick) for tick in range(day * ticks, (day + 1) * ticks))
            for day in range(days)
        ]
        passed = [int(24 * day * an_hour + 1e-9) for day in range(days + 1)]
        assert by_day == [after - before for before, after in pairwise(passed)]
