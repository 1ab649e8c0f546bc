"""A part of a design: axes and the sampler over them, and the points that these make."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, model_validator

from ....sim.errors import InputError
from ....sim.parameters.declare import Listed, Parameters
from ....sim.parameters.paths import flat
from .axis import WORDS, Axis, DerivedAxis, axis
from .expression import holds, names
from .sampler import Sampler

# Columns that every table of runs has.
TAKEN: Final = frozenset(
    ("point", "replicate", "design", "seed", "world", "network", "digest", "status", "seconds",
     "error", "id", "key", "driver", "made_with", "trace", "attempts")
)  # fmt: skip


def leaves(given: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Axes by their dotted names, whether a file writes them with quotes or as tables.

    Examples
    --------
    >>> leaves({"incentives": {"reward": [0, 5]}, "share.base.fan": {"from": 0, "to": 1}})
    {'incentives.reward': [0, 5], 'share.base.fan': {'from': 0, 'to': 1}}
    """
    result: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, Mapping) and value and not WORDS & set(value):
            result |= leaves(value, f"{before}{name}.")
        else:
            result[f"{before}{name}"] = value
    return result


def _axes(given: Any) -> Any:
    """Axes out of what is declared; whatever is no table, pydantic refuses."""
    if not isinstance(given, Mapping):
        return given
    axes = {name: axis(name, values) for name, values in leaves(given).items()}
    paths = [path for each in axes.values() for path in each.paths]
    if twice := [path for path in paths if paths.count(path) > 1]:
        raise InputError(f"axes: two of them set {twice[0]!r}; leave one of them out.")
    for name in axes:
        if name in TAKEN:
            raise InputError(
                f"axes: {name!r} is the name of another column of the table; choose another."
            )
    return axes


def _flat(given: Any) -> Any:
    return flat(given) if isinstance(given, Mapping) else given


def _several(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


def refuse_idle(settings: Mapping[str, Any], axes: Mapping[str, Axis]) -> None:
    """InputError if axes override a setting."""
    for path in (path for each in axes.values() for path in each.paths):
        if path in settings:
            raise InputError(
                f"set: {path} = {settings[path]!r} would have no effect, since {path} is an axis "
                "of the study; leave one of them out."
            )


class Declared(Parameters):
    """What varies: axes and the sampler over them, beside settings that hold at all points."""

    name: str = ""
    settings: Annotated[dict[str, Any], BeforeValidator(_flat)] = Field({}, alias="set")
    axes: Annotated[dict[str, Axis], BeforeValidator(_axes)] = Field({})
    sampler: Sampler = Field(Sampler(), alias="design")
    constraint: Annotated[Listed[str], BeforeValidator(_several)] = ()

    @model_validator(mode="after")
    def _can_be_sampled(self) -> Declared:
        kind, free = self.sampler.kind, self.free
        if self.axes:
            self.can_be_worked_out()
        for each in free:
            if kind == "grid" and not each.labels:
                raise InputError(
                    f"axes: {each.name}: a grid needs its values; give a list, or steps = 5, or "
                    "name a sampler in [design]."
                )
        refuse_idle(self.settings, self.axes)
        if kind in ("saltelli", "morris") and len(free) < 2:
            raise InputError(
                f"design.sampler = {kind!r} compares axes with one another; give two or more."
            )
        if kind in ("saltelli", "morris") and self.constraint:
            raise InputError(
                f"constraint: the indices of design.sampler = {kind!r} need all points; leave the "
                "constraint out, or take another sampler."
            )
        if kind != "grid" and not free:
            raise InputError(f"design.sampler = {kind!r} needs axes to sample; add [axes].")
        return self

    @property
    def free(self) -> tuple[Axis, ...]:
        """The axes that do not follow from others."""
        return tuple(each for each in self.axes.values() if not isinstance(each, DerivedAxis))

    def can_be_worked_out(self) -> None:
        """InputError if an expression reads what is no axis, or one that comes after it."""
        there = {path for each in self.free for path in (each.name, *each.paths)}
        asked = [
            (f"axes: {each.name}", each.reads, {each.name})
            for each in self.axes.values()
            if isinstance(each, DerivedAxis)
        ]
        asked += [
            (f"constraint {text!r}", names(text, holds=True), set()) for text in self.constraint
        ]
        for where, reads, makes in asked:
            if unknown := next((name for name in reads if name not in there), None):
                known = ", ".join(sorted(there)) or "none"
                raise InputError(f"{where}: {unknown!r} is no axis before it; there are {known}.")
            there |= makes


class SubDesign(Declared):
    """A part of a design, with its points."""

    @cached_property
    def _places(self) -> NDArray[np.float64]:
        return self.sampler.places(tuple(each.name for each in self.free))

    @cached_property
    def size(self) -> int:
        """How many points there are."""
        if self.sampler.kind == "grid":
            return math.prod(len(each.labels) for each in self.free)
        return self.sampler.size(len(self.free))

    def point(self, k: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the table shows of a point, and what it sets."""
        if self.sampler.kind == "grid":
            rest, chosen = k, {}
            for each in reversed(self.free):  # the last varies fastest, as in a loop
                rest, level = divmod(rest, len(each.labels))
                chosen[each.name] = each.level(level)
        else:
            places = map(float, self._places[k])
            chosen = {
                each.name: each.at(place) for each, place in zip(self.free, places, strict=True)
            }
        labels: dict[str, Any] = {}
        changes = dict(self.settings)
        for name, each in self.axes.items():
            if isinstance(each, DerivedAxis):
                found = each.of({**changes, **labels, **_all(chosen)})
                chosen[name] = found, {name: found}
            labels[name], values = chosen[name]
            changes |= values
        return labels, changes

    def broken(self, labels: Mapping[str, Any], changes: Mapping[str, Any]) -> str:
        """The constraint that a point breaks; empty if there is none."""
        values = {**changes, **labels}
        return next((text for text in self.constraint if not holds(text, values)), "")


def _all(chosen: Mapping[str, tuple[Any, dict[str, Any]]]) -> dict[str, Any]:
    """What is chosen of all axes, by their names and by the paths that they set."""
    values = {path: value for _, paths in chosen.values() for path, value in paths.items()}
    return {name: label for name, (label, _) in chosen.items()} | values
