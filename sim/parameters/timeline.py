"""A timeline: parameters that change during a campaign."""

from __future__ import annotations

from typing import Any, Final

from .declare import Parameters, parameter

# What is decided before the first tick: the world, and what there is to post.
AT_BIRTH: Final = (
    "horizon",
    "hours_per_tick",
    "network",
    "channels",
    "content",
    "timeline",
    "people",
    "segments",
    "publish.seeds",
    "publish.seeding",
    "publish.seed_chance",
    "publish.asked",
    "publish.seed_budget",
    "publish.seed_cost",
    "publish.seed_cost_follower",
    "publish.seed_cost_exponent",
    "publish.outreach",
    "publish.outlets",
    "publish.ads",
    "publish.rivals",
    "publish.interval",
    "credibility.ties",
    "share.rule",
    "share.after",
    "community.rooms",
    "complaints.topics",
    "complaints.type",
    "advocacy.interval",
    "advocacy.sample",
    "advocacy.type",
    "relation.trust_half_life",
    "relation.bond_half_life",
)
BUT: Final = ("people.activity", "people.rhythm")


class Change(Parameters):
    """An entry of the timeline: from a tick on, other values at some dotted paths."""

    tick: int = parameter(
        1, "Tick from which on", low=1, high=1_000_000, unit="ticks", source="the scenario"
    )
    set: dict[str, Any] = parameter({}, "Dotted path to value", source="the scenario")


def fixed_at_birth(path: str) -> bool:
    """Whether what stands at a path is decided before the first tick."""
    if path in BUT:
        return False
    return any(path == each or path.startswith(f"{each}.") for each in AT_BIRTH)
