"""Mentions that people begin unasked, and which of them are found: each draw by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from wordofmouth import Network, Scenario
from wordofmouth.sim import draws
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.plan import OWN
from wordofmouth.sim.state import EXPOSED
from wordofmouth.sim.wave import BRAND

from ..levers.lever import at_hops
from . import plain
from .listener import happens

NETWORK = Network.generate("clustered_preferential_attachment", 800, seed=3, m=4)
# Nobody passes anything on, and nothing moves trust or bond: what a person says is one draw a week.
TALK: dict[str, Any] = {
    "hours_per_tick": 24.0,
    "horizon": 30,
    "content": [],
    "people.fans": 0.4,
    "people.bond.fan": 0.6,
    "people.bond.stranger": 0.1,
    "people.trust.fan": 0.8,
    "people.trust.stranger": 0.5,
    "share.base": {"stranger": 0.0, "fan": 0.0, "advocate": 0.0},
    "talk": {"rate": 0.5, "found": 0.6},
}


def of(campaign: Campaign, what: np.uint64, message: int) -> list[int]:
    """The bits of everybody for a decision about a message."""
    identity = int(campaign.plan.messages["identity"][message])
    key = plain.key_of(plain.key_of(campaign.seed, int(draws.LUCK)), int(what), identity)
    return [plain.draw(key, person) for person in range(NETWORK.n)]


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("seed", range(3))
def test_who_mentions_the_brand_in_a_week_and_what_it_finds(seed: int, threads: int) -> None:
    """Chance rate * bond * trust, once a week; each mention is found by chance `talk.found`."""
    campaign = Campaign(Scenario().replace(TALK), network=NETWORK, seed=seed, threads=threads)
    role = campaign.world.role
    bond = np.where(role > 0, np.float32(0.6), np.float32(0.1)).astype(float)
    trust = np.where(role > 0, np.float32(0.8), np.float32(0.5)).astype(float)
    while campaign.running:
        campaign.step()
    result = campaign.result()
    log, weeks = result.share_log, np.flatnonzero(result.kinds == OWN).tolist()
    assert [int(log.tick[log.message == week][0]) for week in weeks] == [7, 14, 21, 28]
    found = 0
    for week in weeks:
        mention, find = (of(campaign, what, week) for what in (draws.MENTION, draws.MENTION_FOUND))
        chance = (0.5 * bond * trust).tolist()
        expected = [i for i in range(NETWORK.n) if happens(mention[i], chance[i])]
        rows = log.message == week
        assert sorted(log.person[rows].tolist()) == expected != []
        assert set(log.sender[rows].tolist()) == {BRAND}
        found += sum(happens(find[i], 0.6) for i in expected)
    assert result.kpis["mentions"] == log.person.size
    assert 0 < result.kpis["mentions_found"] == found < log.person.size


def test_a_mention_is_heard_by_those_who_hear_the_one_who_makes_it() -> None:
    campaign = Campaign(Scenario().replace(TALK), network=NETWORK, seed=1)
    while campaign.running:
        campaign.step()
    result = campaign.result()
    heard = sum(int(NETWORK.followers[person]) for person in result.share_log.person.tolist())
    assert at_hops(EXPOSED, 1)(result) == heard > 0
