"""Campaigns for classes of one's own, played by kernels and by agents."""

from __future__ import annotations

from typing import Any

import numpy as np
import wordofmouth as wom
from wordofmouth.sim.parameters import Post

SCENARIO = wom.Scenario().replace(
    {
        "horizon": 6,
        "network.people": 150,
        "attention": 2.0,
        "people.fans": 0.3,
        "people.advocates": 0.3,
        "publish.seeds": 3,
        "publish.outlets": [{"name": "paper", "audience": 0.3}],
        "share.base.stranger": 0.2,
        "share.base.fan": 0.3,
        "share.base.advocate": 0.4,
        "share.weight.trust": 1.0,
        "share.delay": 0.5,
        "transact.click": 0.3,
        "transact.click_trust": 0.5,
        "transact.convert": 0.5,
        "interact.follow": 0.3,
        "interact.unfollow": 0.0,
        "interact.thank": 0.6,
        "interact.capacity": 5,
        "content": ["post", "video", "post"],
        "content_types": {"post": {}, "video": {"contagiousness": 0.5, "topic": 0.4}},
        "publish.interval": 2,
    }
)
# The same with reactions, complaints and a community.
RICH = SCENARIO.replace(
    {
        "interact.like": 0.3,
        "interact.comment": 0.3,
        "interact.comment_bond": 0.5,
        "interact.reply": 0.5,
        "interact.unfollow": 0.1,
        "interact.unfollow_community": 0.5,
        "complaints.rate": 0.5,
        "complaints.detection": 0.8,
        "community.rooms": 3,
        "relation.bond_half_life": 20.0,
    }
)
ROLES = ("stranger", "fan", "advocate")


def played(scenario: wom.Scenario = SCENARIO, **how: Any) -> wom.Result:
    model = wom.CampaignModel(scenario, **({"rng": 7} | how))
    while model.running:
        model.step()
    return model.result


def both(scenario: wom.Scenario = SCENARIO, **how: Any) -> wom.Result:
    """The result by kernels, after a look at whether agents come to the same."""
    result = played(scenario, by="kernels", **how)
    assert result.digest == played(scenario, by="agents", **how).digest
    return result


BASE = wom.run(SCENARIO, seed=7)
RICH_BASE = wom.run(RICH, seed=7)


COLUMNS = {"like": "likes", "comment": "comments", "unfollow": "lost_fans"}


def times(result: wom.Result, verb: str) -> int:
    """How often people did what a verb is about."""
    if verb in COLUMNS:
        return int(result.columns[COLUMNS[verb]].sum())
    return next(stage.events for stage in result.funnel if stage.stage == verb)


def people_who(result: wom.Result, name: str) -> set[int]:
    return set(getattr(result, f"{name}_log").person.tolist())


def roles_at_birth(result: wom.Result, rows: set[int]) -> set[str]:
    return {ROLES[result.role_at_birth[row]] for row in rows}


def of_role(result: wom.Result, name: str) -> set[int]:
    return set(np.flatnonzero(result.role_at_birth == ROLES.index(name)).tolist())


class Chatty(wom.Brand):
    """Posts by itself every third tick."""

    def publish(self) -> list[Post | str]:
        return ["video"] if self.model.tick % 3 == 0 else []
