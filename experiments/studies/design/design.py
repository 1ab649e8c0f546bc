"""The design of a study: which model runs at which points, how often, and what is kept of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError
from .axis import Axis, axis
from .sampler import Sampler, places, sampler

KEPT: Final = ("series", "shares")
_MOST_RUNS: Final = 100_000_000
# Columns that every table of runs has.
TAKEN: Final = frozenset(
    ("point", "replicate", "design", "seed", "world", "network", "digest", "status", "seconds",
     "error", "id", "key", "driver", "made_with", "trace", "attempts")
)  # fmt: skip


class Point(NamedTuple):
    """A point of a design: its number, what the table shows of it, and what it sets."""

    number: int
    labels: dict[str, Any]
    changes: dict[str, Any]


@dataclass(frozen=True)
class Part:
    """Axes and the sampler over them, beside settings that hold at all of these points."""

    axes: tuple[Axis, ...]
    sampler: Sampler
    settings: Mapping[str, Any]
    name: str = ""

    @cached_property
    def _places(self) -> NDArray[np.float64]:
        return places(self.sampler, tuple(each.name for each in self.axes))

    @cached_property
    def size(self) -> int:
        """How many points there are."""
        if not self.axes:
            return 1
        if self.sampler.kind == "grid":
            return math.prod(len(each.levels) for each in self.axes)
        return len(self._places)

    def point(self, k: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the table shows of a point, and what it sets."""
        labels, changes = {}, dict(self.settings)
        if self.axes and self.sampler.kind == "grid":
            rest, chosen = k, {}
            for each in reversed(self.axes):  # the last axis varies fastest, as in a loop
                rest, level = divmod(rest, len(each.levels))
                chosen[each.name] = each.level(level)
        else:
            row = self._places[k] if self.axes else []
            chosen = {
                each.name: each.at(float(place)) for each, place in zip(self.axes, row, strict=True)
            }
        for each in self.axes:
            labels[each.name], values = chosen[each.name]
            changes |= values
        return labels, changes


@dataclass(frozen=True)
class Design:
    """A study as it is declared.

    Attributes
    ----------
    name, question, finding
        What it is called, what it asks, and what came out, where somebody has written that down.
    parts
        Its sub-designs; most studies have one.
    replicates, seed
        Replicate r of every point has the seed `seed` + r, for luck and world alike.
    world
        The seed of one world for all replicates; None: each replicate has its own.
    outcomes
        What tables and figures show; () for all. All are kept in any case.
    keep
        Tables kept of every run: ``series``, ``shares``.
    """

    name: str
    parts: tuple[Part, ...]
    replicates: int = 1
    seed: int = 0
    world: int | None = None
    outcomes: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    question: str = ""
    finding: str = ""

    @cached_property
    def size(self) -> int:
        """How many points there are."""
        return sum(part.size for part in self.parts)

    @property
    def runs(self) -> int:
        """How many runs there are: points times replicates."""
        return self.size * self.replicates

    @cached_property
    def axes(self) -> tuple[str, ...]:
        """The names of all axes, in order."""
        return tuple(dict.fromkeys(each.name for part in self.parts for each in part.axes))

    def point(self, number: int) -> Point:
        """The point of this number, from 0 on."""
        k = number
        for part in self.parts:
            if k < part.size:
                labels, changes = part.point(k)
                named = {"design": part.name} if len(self.parts) > 1 else {}
                return Point(number, named | labels, changes)
            k -= part.size
        raise IndexError(number)

    def points(self) -> Iterator[Point]:
        """All points, made one after the other: a large design takes no memory."""
        return (self.point(number) for number in range(self.size))

    def seeds(self, replicate: int) -> tuple[int, int]:
        """The seeds of luck and world of a replicate."""
        seed = self.seed + replicate
        return seed, seed if self.world is None else self.world


def design(
    name: str,
    *,
    axes: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
    sampling: Mapping[str, Any] | None = None,
    designs: Sequence[Mapping[str, Any]] = (),
    replicates: int = 1,
    seed: int = 0,
    world: int | None = None,
    outcomes: Sequence[str] = (),
    keep: Sequence[str] = (),
    question: str = "",
    finding: str = "",
) -> Design:
    """Put a design together, and refuse what makes no sense whatever the model is.

    Parameters
    ----------
    axes, settings, sampling
        Axes by name (`axis`), what is set at every point, and the sampler (`sampler`).
    designs
        In place of `axes` and `sampling`: sub-designs, tables of ``name``, ``set``, ``axes`` and
        ``design`` each, whose points follow one another.
    replicates, seed, world, outcomes, keep, question, finding
        As in `Design`.

    Raises
    ------
    InputError
        Naming the key, its value and what is allowed.

    Examples
    --------
    >>> small = design("small", axes={"incentives.reward": [0, 5], "horizon": [10, 20, 30]})
    >>> small.size, small.point(4).labels
    (6, {'incentives.reward': 5, 'horizon': 20})
    """
    settings = dict(settings or {})
    seed = _whole("seed", seed, 0, 2**62)
    if designs and (axes or sampling):
        raise InputError("a study has either axes or designs; move the axes into one of these.")
    if designs:
        parts = tuple(_part(k, each, settings, seed) for k, each in enumerate(designs))
        names = [part.name for part in parts]
        if len(set(names)) < len(names):
            raise InputError(f"designs: two of them are named {_twice(names)!r}; name them apart.")
    else:
        parts = (Part(_axes(axes or {}), sampler(sampling or {}, seed), settings),)
        _set_once(parts[0])
    for part in parts:
        _can_be_sampled(part)
    made = Design(
        name=name,
        parts=parts,
        replicates=_whole("replicates", replicates, 1, 1_000_000),
        seed=seed,
        world=None if world is None else _whole("world", world, 0, 2**62),
        outcomes=tuple(outcomes),
        keep=tuple(keep),
        question=str(question),
        finding=str(finding),
    )
    strange = sorted(set(made.keep) - set(KEPT))
    if strange:
        raise InputError(f"keep: {strange[0]!r} cannot be kept; give one of {', '.join(KEPT)}.")
    if made.runs > _MOST_RUNS:
        raise InputError(
            f"the study has {made.size:,} points and {made.replicates:,} replicates, which is "
            f"{made.runs:,} runs; ask for {_MOST_RUNS:,} at most."
        )
    return made


def _part(k: int, given: Mapping[str, Any], settings: Mapping[str, Any], seed: int) -> Part:
    if not isinstance(given, Mapping):
        raise InputError(f"designs: {given!r} is not allowed; give a table with axes.")
    unknown = set(given) - {"name", "set", "axes", "design"}
    if unknown:
        raise InputError(
            f"designs.{min(unknown)}: there is no such key; allowed here: name, set, axes, design."
        )
    own = {**settings, **given.get("set", {})}
    label = str(given.get("name", f"design {k + 1}"))
    return Part(_axes(given.get("axes", {})), sampler(given.get("design", {}), seed), own, label)


def _set_once(part: Part) -> None:
    """Refuse a setting that an axis would override at every point."""
    for each in part.axes:
        for path in each.paths:
            if path in part.settings:
                raise InputError(
                    f"set: {path} = {part.settings[path]!r} would have no effect, since {path} is "
                    "an axis of the study; leave one of them out."
                )


def _axes(given: Mapping[str, Any]) -> tuple[Axis, ...]:
    axes = tuple(axis(name, values) for name, values in given.items())
    paths = [path for each in axes for path in each.paths]
    if len(set(paths)) < len(paths):
        raise InputError(f"axes: two of them set {_twice(paths)!r}; leave one of them out.")
    for each in axes:
        if each.name in TAKEN:
            raise InputError(
                f"axes: {each.name!r} is the name of another column of the table; choose another."
            )
    return axes


def _can_be_sampled(part: Part) -> None:
    for each in part.axes:
        if part.sampler.kind == "grid" and not each.levels:
            raise InputError(
                f"axes: {each.name}: a grid needs its values; give a list, or steps = 5, or name "
                "a sampler in [design]."
            )
    if part.sampler.kind in ("saltelli", "morris") and len(part.axes) < 2:
        raise InputError(
            f"design.sampler = {part.sampler.kind!r} compares axes with one another; give two or "
            "more."
        )
    if part.sampler.kind != "grid" and not part.axes:
        raise InputError(
            f"design.sampler = {part.sampler.kind!r} needs axes to sample; add [axes]."
        )


def _twice(names: Sequence[str]) -> str:
    return next(name for name in names if names.count(name) > 1)


def _whole(key: str, value: object, low: int, high: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    raise InputError(f"{key} = {value!r} is not allowed; give a whole number {low} to {high}.")
