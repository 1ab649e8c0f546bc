"""An axis of a study: what varies, by a list, a range, a distribution, or linked lists."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from statistics import NormalDist
from typing import Any, Final, Literal

from pydantic import Field, ValidationError, model_validator

from ....sim.errors import InputError
from ....sim.parameters.declare import Listed, Parameters
from ....sim.parameters.sentence import sentences
from .expression import names, parsed, value_of

_FORMS: Final = (
    "a list, {from = 0, to = 1, steps = 5}, {mean = 0, deviation = 1} or "
    "{link = {path = [...], path = [...]}}, or 'budget - x' of other axes"
)


class Axis(Parameters):
    """What varies along one dimension of a study.

    Attributes
    ----------
    name
        Its column in the table of runs: the path that it sets, or the name of linked paths.
    """

    name: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The dotted paths that it sets."""
        return (self.name,)

    @cached_property
    def labels(self) -> tuple[Any, ...]:
        """How each of its levels is written in the table; none where it is continuous."""
        return ()

    def level(self, k: int) -> tuple[Any, dict[str, Any]]:
        """What stands in the table, and what is set, at a level."""
        return self.labels[k], {self.name: self.labels[k]}

    def at(self, place: float) -> tuple[Any, dict[str, Any]]:
        """What stands in the table, and what is set, at a place from 0 to 1 of the axis."""
        return self.level(min(int(place * len(self.labels)), len(self.labels) - 1))


class ValueAxis(Axis):
    """A list of values."""

    values: Listed[Any]

    @cached_property
    def labels(self) -> tuple[Any, ...]:
        """The values, or what they hold in words."""
        return tuple(map(_label, self.values))

    def level(self, k: int) -> tuple[Any, dict[str, Any]]:
        """What stands in the table, and what is set, at a level."""
        return self.labels[k], {self.name: self.values[k]}


class LinkedAxis(Axis):
    """Lists of values of several paths, which go together."""

    link: dict[str, Listed[Any]]
    label: Listed[Any] = ()

    @model_validator(mode="after")
    def _goes_together(self) -> LinkedAxis:
        lengths = {path: len(values) for path, values in self.link.items()}
        told = ", ".join(f"{path} has {length}" for path, length in lengths.items())
        if len(set(lengths.values())) != 1 or 0 in lengths.values():
            raise ValueError(f"link ({told}) is not allowed; give lists of equal length.")
        if self.label and len(self.label) not in lengths.values():
            raise ValueError(f"label has {len(self.label)} entries, but {told}; give one for each.")
        return self

    @property
    def paths(self) -> tuple[str, ...]:
        """The dotted paths that it sets."""
        return tuple(self.link)

    @cached_property
    def labels(self) -> tuple[Any, ...]:
        """How each level is written in the table."""
        if self.label:
            return tuple(map(_label, self.label))
        return tuple(map(_label, zip(*self.link.values(), strict=True)))

    def level(self, k: int) -> tuple[Any, dict[str, Any]]:
        """What stands in the table, and what is set, at a level."""
        return self.labels[k], {path: values[k] for path, values in self.link.items()}


class RangeAxis(Axis):
    """A range: a sampler takes any value of it, a grid so many steps."""

    low: float = Field(alias="from")
    high: float = Field(alias="to")
    steps: int | None = Field(None, ge=2, le=1_000_000)
    scale: Literal["linear", "log"] = "linear"
    whole: bool = False

    @model_validator(mode="after")
    def _is_a_range(self) -> RangeAxis:
        ends = f"from = {self.low:g}, to = {self.high:g} is not allowed"
        if self.low >= self.high:
            raise ValueError(f"{ends}; let it begin below its end.")
        if self.scale == "log" and self.low <= 0:
            raise ValueError(f"{ends}; a logarithmic range begins above 0.")
        if self.whole and not (self.low.is_integer() and self.high.is_integer()):
            raise ValueError(f"{ends}; whole numbers have whole ends.")
        return self

    @cached_property
    def labels(self) -> tuple[Any, ...]:
        """The steps; none where nobody said how many."""
        if self.steps is None:
            return ()
        values = [self._between(k / (self.steps - 1)) for k in range(self.steps)]
        return tuple(dict.fromkeys(map(round, values))) if self.whole else tuple(values)

    def at(self, place: float) -> tuple[Any, dict[str, Any]]:
        """What stands in the table, and what is set, at a place from 0 to 1 of the axis."""
        value = self._between(place)
        if self.whole and self.scale == "log":
            value = round(value)
        elif self.whole:
            low, high = int(self.low), int(self.high)
            value = min(low + int(place * (high - low + 1)), high)
        return value, {self.name: value}

    def _between(self, place: float) -> float:
        """A value of the range, rounded so that .1 + 2 x .1 is .3 in every table."""
        low, high = self.low, self.high
        if self.scale == "log":
            value = math.exp(math.log(low) + place * (math.log(high) - math.log(low)))
        else:
            value = low + place * (high - low)
        return float(f"{min(max(value, low), high):.12g}")


class NormalAxis(Axis):
    """A normal distribution, for samplers."""

    mean: float
    deviation: float = Field(gt=0)

    def at(self, place: float) -> tuple[Any, dict[str, Any]]:
        """What stands in the table, and what is set, at a place from 0 to 1 of the axis."""
        # Neither end of a sample may be infinitely far out.
        inner = min(max(place, 2.0**-30), 1.0 - 2.0**-30)
        value = NormalDist(self.mean, self.deviation).inv_cdf(inner)
        return value, {self.name: value}


class DerivedAxis(Axis):
    """What follows from other axes, such as what is left of a budget."""

    expression: str

    @property
    def reads(self) -> tuple[str, ...]:
        """The names that it reads."""
        return names(self.expression)

    def of(self, values: Mapping[str, Any]) -> float:
        """Its value, by what other axes have."""
        try:
            return value_of(self.expression, values)
        except InputError as problem:
            raise InputError(f"axes: {self.name}: {problem}") from None


_BY_KEYS: Final[dict[str, type[Axis]]] = {
    "link": LinkedAxis,
    "from": RangeAxis,
    "to": RangeAxis,
    "mean": NormalAxis,
}
# What a table says that is itself an axis, not the way to one.
WORDS: Final = frozenset(("from", "to", "steps", "mean", "deviation", "link"))


def axis(name: str, given: Any) -> Axis:
    """Read an axis as a study declares it.

    Parameters
    ----------
    name
        The dotted path of a parameter, such as ``incentives.reward``; ``content.*.type`` is the
        type of every post of the calendar. With ``link`` any name.
    given
        A list of values; ``{from, to, steps, scale, whole}``, a range (``scale = "log"`` needs two
        ends above 0, ``steps`` is asked for by a grid); ``{mean, deviation}``, a normal
        distribution, for samplers; ``{link = {path = list, ...}, label = list}``, paths whose
        values go together; an expression of other axes, ``"budget - effort.selling"``.

    Raises
    ------
    InputError
        Naming the axis and what is wrong with it.

    Examples
    --------
    >>> axis("share.base.fan", {"from": 0.01, "to": 0.1, "steps": 3, "scale": "log"}).labels
    (0.01, 0.0316227766017, 0.1)
    >>> axis("incentives.reward", [0, 5]).level(1)
    (5, {'incentives.reward': 5})
    """
    form: type[Axis] | None = ValueAxis
    if isinstance(given, str):
        try:
            parsed(given)
        except InputError as problem:
            raise InputError(f"axes: {name}: {problem}") from None
        form, given = DerivedAxis, {"expression": given}
    elif isinstance(given, Mapping) and "name" not in given:
        form = next((each for key, each in _BY_KEYS.items() if key in given), None)
    elif isinstance(given, list | tuple):
        if not given:
            raise InputError(f"axes: {name}: [] is not allowed; give one value at least.")
        given = {"values": given}
    else:
        form = None
    if form is None:
        raise InputError(f"axes: {name}: {given!r} is not allowed; give {_FORMS}.")
    try:
        return form.model_validate({"name": name, **given})
    except ValidationError as error:
        raise InputError(f"axes: {name}: {sentences(form, error, 'key')}") from None


def _label(value: Any) -> Any:
    """What a value is called in a table: itself, or what it holds in words."""
    if isinstance(value, list | tuple):
        return " + ".join(str(_label(each)) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_label(inner)}" for key, inner in value.items())
    return value
