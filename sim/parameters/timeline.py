"""A timeline: parameters that change during a campaign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from .declare import Listed, Named, Parameters, parameter
from .paths import flat

# What is decided before the first tick: the world, and what there is to post.
AT_BIRTH: Final = (
    "horizon",
    "hours_per_tick",
    "start",
    "currency",
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
    "publish.tools",
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
    "talk.type",
    "relation.trust_half_life",
    "relation.bond_half_life",
)
BUT: Final = ("people.activity", "people.rhythm")


class Change(Parameters):
    """An entry of the timeline: from a tick on, other values at some dotted paths."""

    tick: int = parameter(
        1, "Tick from which on", low=1, high=1_000_000, unit="ticks", source="the scenario"
    )
    set: Named[Any] = parameter({}, "Dotted path to value", source="the scenario")
    unset: Listed[str] = parameter(
        (), "Dotted paths that have no value any more, such as a budget", source="the scenario"
    )

    @model_validator(mode="before")
    @classmethod
    def _none_is_named(cls, given: Any) -> Any:
        """In a file nothing can be set to None, so it is said by name wherever it was said."""
        if not isinstance(given, Mapping) or not isinstance(given.get("set"), Mapping):
            return given
        changes = flat(given["set"])
        none = [path for path, value in changes.items() if value is None]
        named = given.get("unset", ())
        if not none or not isinstance(named, (list, tuple)):
            return given
        kept = {path: value for path, value in changes.items() if value is not None}
        return {**given, "set": kept, "unset": list(dict.fromkeys([*named, *none]))}

    @model_validator(mode="after")
    def _either_is_meant(self) -> Change:
        if both := sorted(set(self.unset) & set(flat(self.set))):
            raise ValueError(
                f"timeline: {both[0]} is set and unset at tick {self.tick}; leave one of them out."
            )
        return self

    @model_serializer(mode="wrap")
    def _plain(self, written: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told: dict[str, Any] = written(self)
        return told if self.unset else {k: v for k, v in told.items() if k != "unset"}

    @property
    def changes(self) -> dict[str, Any]:
        """Dotted path to value; None where there is none from then on."""
        return flat(self.set) | dict.fromkeys(self.unset)


def fixed_at_birth(path: str) -> bool:
    """Whether what stands at a path is decided before the first tick."""
    if path in BUT:
        return False
    return any(path == each or path.startswith(f"{each}.") for each in AT_BIRTH)
