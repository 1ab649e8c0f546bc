"""Cost follows the wave: a tick does not touch those whom nothing reached."""

from __future__ import annotations

import time

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.state import EXPOSED

EVERYTHING = {
    "horizon": 40,
    "network.kind": "ring",
    "network.neighbours": 4,
    "attention": 5.0,
    "notice.background": 0.1,
    "people.fans": 0.01,
    "share.base.stranger": 0.3,
    "share.base.fan": 0.3,
    "share.weight.generalised": 0.2,
    "transact.click": 0.3,
    "transact.convert": 0.5,
    "returns.lead": 0.5,
    "returns.visit": 0.5,
    "returns.repeat": 0.5,
    "interact.follow": 0.1,
    "interact.like": 0.1,
    "interact.comment": 0.1,
    "interact.thank": 0.5,
    "interact.reply": 0.5,
    "interact.unfollow": 0.05,
    "relation.pressure": 0.1,
    "relation.monologue": 0.1,
    "relation.trust_half_life": 24.0,
    "relation.bond_half_life": 24.0,
    "complaints.rate": 0.3,
    "complaints.detection": 0.5,
    "advocacy.interval": 7,
    "advocacy.listen": 0.5,
    "advocacy.outreach": 5,
    "advocacy.nurture": 0.3,
    "advocacy.post": 0.5,
    "incentives.reward": 1.0,
    "incentives.paid": "referral",
    "community.rooms": 10,
    "publish.rivals": [{"name": "other", "followers": 0.01}],
    "content": ["post", {"type": "post", "tick": 3, "brand": "other"}],
}


def test_whom_nothing_reached_is_left_alone() -> None:
    campaign = Campaign(wom.Scenario().replace({**EVERYTHING, "network.people": 20_000}), seed=1)
    before = [campaign.states[0].crowd.copy(), campaign.states[0].relation.copy()]
    campaign.finish()
    state = campaign.states[0]
    # Everything that a person can be reached by, but the programme's own rounds, arrives in a feed.
    reached = (state.steps >> EXPOSED & 1 != 0) | (state.arrivals > 0)
    assert 0.01 < reached.mean() < 0.5
    for then, now in zip(before, [state.crowd, state.relation], strict=True):
        for name in now.dtype.names or ():
            changed = then[name] != now[name]
            assert not changed[~reached].any(), name


@pytest.mark.slow
def test_a_tick_over_a_million_people_takes_as_long_as_its_wave() -> None:
    seconds = []
    for people in (10_000, 1_000_000):
        scenario = wom.Scenario().replace(
            {
                **EVERYTHING,
                "network.people": people,
                "people.fans": 0.0,
                "publish.rivals": [],
                "content": ["post"],
                "publish.seeds": 20,
                "advocacy.listen": 0.0,
            }
        )
        campaign = Campaign(scenario, seed=1)
        campaign.step()
        begin = time.perf_counter()
        while campaign.running:
            campaign.step()
        seconds.append((time.perf_counter() - begin) / (scenario.horizon - 1))
        assert campaign.result().kpis["reach"] >= 20
    # To look at a million people once takes longer than that: a bit each is 15 us at full speed,
    # a record each 3 ms.
    assert np.max(seconds) < 1e-3, seconds
