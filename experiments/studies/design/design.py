"""The design of a study: which points there are, how often each runs, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from ....sim.errors import InputError
from ....sim.parameters.declare import Listed
from ....sim.parameters.sentence import sentences
from .part import Declared, SubDesign, refuse_idle

KEPT: Final = ("series", "shares")
_MOST_RUNS: Final = 100_000_000
_MOST_SEED: Final = 2**62


class DesignPoint(NamedTuple):
    """A point of a design: its number, what the table shows of it, and what it sets."""

    number: int
    labels: dict[str, Any]
    changes: dict[str, Any]
    part: int = 0


def _world(given: Any) -> Any:
    """What a study says of its worlds: a seed, or words; None for what is so by itself."""
    whole = type(given) is int and 0 <= given <= _MOST_SEED
    if whole or given in (None, "shared", "each"):
        return None if given == "shared" else given
    raise InputError(
        f"is not allowed; give 'shared', 'each', or the seed of one world for "
        f"all, a whole number from 0 to {_MOST_SEED}."
    )


class Design(Declared):
    """A study as it is declared, in a file or in Python.

    Attributes
    ----------
    scenario, function
        What every point changes, or the function that is called at every point, by name.
    name, question, finding
        What it is called, what it asks, and what came out, where somebody has written that down.
    settings, axes, sampler, constraint
        What is set at every point (``set``), the axes, how points are chosen (``design``), and
        comparisons of axes, such as ``"x + y <= 10"``: points where one does not hold are left out.
    infeasible
        What becomes of a point that the model refuses: ``refuse`` the study, or ``skip`` the point,
        which is counted with the reason.
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
    measures
        The names of outcomes of one's own, whose functions no file holds.
    keep
        Tables kept of every run: ``series``, ``shares``.
    draws
        The file beside the study that keeps what is not known of the scenario: replicate r has a
        draw of it at every point. A scenario that is the folder of a fit has its own.
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
    infeasible: Literal["refuse", "skip"] = "refuse"
    outcomes: Listed[str] = ()
    keep: Listed[str] = ()
    measures: Listed[str] = ()
    draws: str = ""

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
            refuse_idle(self.settings, part.axes)
        for part in self.parts:
            part.can_be_worked_out()
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
            return (self._part(self, {"name": "", "constraint": self.constraint}),)
        return tuple(
            self._part(each, {
                "constraint": (*self.constraint, *each.constraint),
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
        for which, part in enumerate(self.parts):
            if k < part.size:
                labels, changes = part.point(k)
                named = {"design": part.name} if len(self.parts) > 1 else {}
                return DesignPoint(number, named | labels, changes, which)
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
            The seed that this run alone has; that of its replicate if None.
        """
        shared = self.seed + replicate
        mine = shared if own is None else own
        world = self.world
        if world is None or world == "each":
            world = shared if world is None else mine
        return (mine if self.luck == "each" else shared), world


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
