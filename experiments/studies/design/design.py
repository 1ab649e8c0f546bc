"""The design of a study: which points there are, how often each runs, and what is kept of it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, ValidationError, model_validator

from ....sim.errors import InputError
from ....sim.parameters.declare import Listed, Parameters
from ....sim.parameters.paths import flat
from ....sim.parameters.sentence import sentences
from .axis import WORDS, Axis, axis
from .sampler import Sampler

KEPT: Final = ("series", "shares")
_MOST_RUNS: Final = 100_000_000
_MOST_SEED: Final = 2**62
# Columns that every table of runs has.
TAKEN: Final = frozenset(
    ("point", "replicate", "design", "seed", "world", "network", "digest", "status", "seconds",
     "error", "id", "key", "driver", "made_with", "trace", "attempts")
)  # fmt: skip


class DesignPoint(NamedTuple):
    """A point of a design: its number, what the table shows of it, and what it sets."""

    number: int
    labels: dict[str, Any]
    changes: dict[str, Any]


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


def _world(given: Any) -> Any:
    """What a study says of its worlds: a seed, or words; None for what is so by itself."""
    whole = type(given) is int and 0 <= given <= _MOST_SEED
    if whole or given in (None, "shared", "each"):
        return None if given == "shared" else given
    raise InputError(
        f"is not allowed; give 'shared', 'each', or the seed of one world for "
        f"all, a whole number from 0 to {_MOST_SEED}."
    )


def _refuse_idle(settings: Mapping[str, Any], axes: Mapping[str, Axis]) -> None:
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

    @model_validator(mode="after")
    def _can_be_sampled(self) -> Declared:
        kind = self.sampler.kind
        for each in self.axes.values():
            if kind == "grid" and not each.labels:
                raise InputError(
                    f"axes: {each.name}: a grid needs its values; give a list, or steps = 5, or "
                    "name a sampler in [design]."
                )
        _refuse_idle(self.settings, self.axes)
        if kind in ("saltelli", "morris") and len(self.axes) < 2:
            raise InputError(
                f"design.sampler = {kind!r} compares axes with one another; give two or more."
            )
        if kind != "grid" and not self.axes:
            raise InputError(f"design.sampler = {kind!r} needs axes to sample; add [axes].")
        return self


class SubDesign(Declared):
    """A part of a design, with its points."""

    @cached_property
    def _places(self) -> NDArray[np.float64]:
        return self.sampler.places(tuple(self.axes))

    @cached_property
    def size(self) -> int:
        """How many points there are."""
        if self.sampler.kind == "grid":
            return math.prod(len(each.labels) for each in self.axes.values())
        return self.sampler.size(len(self.axes))

    def point(self, k: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the table shows of a point, and what it sets."""
        if self.sampler.kind == "grid":
            rest, chosen = k, {}
            for each in reversed(self.axes.values()):  # the last varies fastest, as in a loop
                rest, level = divmod(rest, len(each.labels))
                chosen[each.name] = each.level(level)
        else:
            places = map(float, self._places[k])
            chosen = {
                each.name: each.at(place)
                for each, place in zip(self.axes.values(), places, strict=True)
            }
        labels, changes = {}, dict(self.settings)
        for name in self.axes:
            labels[name], values = chosen[name]
            changes |= values
        return labels, changes


class Design(Declared):
    """A study as it is declared, in a file or in Python.

    Attributes
    ----------
    scenario, function
        What every point changes, or the function that is called at every point, by name.
    name, question, finding
        What it is called, what it asks, and what came out, where somebody has written that down.
    settings, axes, sampler
        What is set at every point (``set``), the axes, and how points are chosen (``design``).
    designs
        Sub-designs in place of axes, whose points follow one another.
    replicates, seed
        Replicate r of every point has the seed `seed` + r, for luck and world alike.
    luck
        ``shared``: replicate r has the same luck at every point, so that points differ by what is
        changed alone, which is right for comparing them. ``each``: every run has luck of its own,
        which is right where runs are a sample, as for fitting to data.
    world
        None, which a file calls ``shared``: replicate r has the same world at every point.
        ``each``: every run has its own. A seed: one world for all replicates.
    outcomes
        What tables and figures show; () for all. All are kept in any case.
    keep
        Tables kept of every run: ``series``, ``shares``.
    """

    scenario: str = ""
    function: str = ""
    question: str = ""
    finding: str = ""
    designs: Listed[SubDesign] = ()
    replicates: int = Field(1, ge=1, le=1_000_000)
    seed: int = Field(0, ge=0, le=_MOST_SEED)
    luck: Literal["shared", "each"] = "shared"
    world: Annotated[int | Literal["each"] | None, BeforeValidator(_world)] = None
    outcomes: Listed[str] = ()
    keep: Listed[str] = ()

    @model_validator(mode="before")
    @classmethod
    def _either(cls, given: Any) -> Any:
        """Refuse axes beside designs, before anything is said of either."""
        if isinstance(given, Mapping) and given.get("designs"):
            if given.get("axes"):
                raise InputError(
                    "a study has either axes or designs; move the axes into one of these."
                )
            if "design" in given:
                raise InputError(
                    "a study has either a design or designs; move the design into one of these."
                )
        return given

    @model_validator(mode="after")
    def _goes_together(self) -> Design:
        for part in self.designs:
            _refuse_idle(self.settings, part.axes)
        for kind in self.keep:
            if kind not in KEPT:
                raise InputError(f"keep: {kind!r} cannot be kept; give one of {', '.join(KEPT)}.")
        names = [part.name for part in self.parts]
        if twice := [name for name in names if names.count(name) > 1]:
            raise InputError(f"designs: two of them are named {twice[0]!r}; name them apart.")
        return self

    @cached_property
    def parts(self) -> tuple[SubDesign, ...]:
        """Its sub-designs, with what is set in all of them; most studies have one."""
        if not self.designs:
            return (self._part(self, {"name": ""}),)
        return tuple(
            self._part(each, {
                "name": each.name or f"design {k}", "settings": {**self.settings, **each.settings},
            })
            for k, each in enumerate(self.designs, 1)
        )  # fmt: skip

    def _part(self, given: Declared, more: dict[str, Any]) -> SubDesign:
        chosen = given.sampler
        if "seed" not in chosen.model_fields_set:
            chosen = chosen.model_copy(update={"seed": self.seed})
        whole = {"settings": given.settings, "axes": given.axes, "sampler": chosen, **more}
        return SubDesign.model_construct(**whole)

    @cached_property
    def size(self) -> int:
        """How many points there are."""
        return sum(part.size for part in self.parts)

    @property
    def runs(self) -> int:
        """How many runs there are: points times replicates."""
        return self.size * self.replicates

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of all axes, in order."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.axes))

    def at(self, number: int) -> DesignPoint:
        """The point of this number, from 0 on."""
        k = number
        for part in self.parts:
            if k < part.size:
                labels, changes = part.point(k)
                named = {"design": part.name} if len(self.parts) > 1 else {}
                return DesignPoint(number, named | labels, changes)
            k -= part.size
        raise IndexError(number)

    def points(self) -> Iterator[DesignPoint]:
        """All points, made one after the other: a large design takes no memory."""
        return (self.at(number) for number in range(self.size))

    @property
    def each(self) -> bool:
        """Whether a run has a seed of its own, for its luck or for its world."""
        return self.luck == "each" or self.world == "each"

    def seeds(self, replicate: int, own: int | None = None) -> tuple[int, int]:
        """The seeds of luck and world of a run.

        Parameters
        ----------
        own
            The seed that this run alone has (`own_seed`); that of its replicate if None.
        """
        shared = self.seed + replicate
        mine = shared if own is None else own
        world = self.world
        if world is None or world == "each":
            world = shared if world is None else mine
        return (mine if self.luck == "each" else shared), world

    def own_seed(self, replicate: int, parameters: str, before: int) -> int:
        """The seed of a run that shares it with no other.

        It is a hash of what the run is, not of where it stands: a design to which points are added
        keeps those that ran.

        Parameters
        ----------
        parameters
            The digest of the parameters of its point.
        before
            How many points of equal parameters come before it: each is a run of its own.
        """
        text = f"{self.seed}|{replicate}|{parameters}|{before}"
        # As many bits as readers of tables keep, for whom a number may be a float.
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 11


def declared(tables: Mapping[str, Any]) -> Design:
    """The design that tables declare, as a file or `wom.sweep` gives them.

    Raises
    ------
    InputError
        Naming the key, its value and what is allowed.

    Examples
    --------
    >>> small = declared({"axes": {"incentives.reward": [0, 5], "horizon": [10, 20, 30]}})
    >>> small.size, small.at(4).labels
    (6, {'incentives.reward': 5, 'horizon': 20})
    """
    try:
        made = Design.model_validate(dict(tables))
    except ValidationError as error:
        raise InputError(sentences(Design, error, "key")) from None
    if made.runs > _MOST_RUNS:
        raise InputError(
            f"the study has {made.size:,} points and {made.replicates:,} replicates, which is "
            f"{made.runs:,} runs; ask for {_MOST_RUNS:,} at most."
        )
    return made
