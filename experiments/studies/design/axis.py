"""An axis of a study: what varies, by a list, a range, a distribution, or linked lists."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

from ....sim.errors import InputError

_RANGE: Final = frozenset(("from", "to", "steps", "scale", "whole"))
_NORMAL: Final = frozenset(("mean", "deviation"))
_LINKED: Final = frozenset(("link", "label"))
_FORMS: Final = (
    "a list, {from = 0, to = 1, steps = 5}, {mean = 0, deviation = 1} or "
    "{link = {path = [...], path = [...]}}"
)


@dataclass(frozen=True)
class Axis:
    """What varies along one dimension of a study.

    Attributes
    ----------
    name
        Its column in the table of runs: the path that it sets, or the name of linked paths.
    paths
        The dotted paths that it sets.
    levels
        Its values, one tuple over the paths each; empty where it is continuous.
    labels
        How each level is written in the table; the value itself where it has one path.
    low, high, scale, whole
        A range: its ends, `linear` or `log`, and whether it holds whole numbers only.
    mean, deviation
        A normal distribution, where `deviation` is above 0.
    ranged
        Whether it is a range: a sampler takes any value of it, a grid the levels.
    """

    name: str
    paths: tuple[str, ...]
    levels: tuple[tuple[Any, ...], ...] = ()
    labels: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 1.0
    scale: str = "linear"
    whole: bool = False
    mean: float = 0.0
    deviation: float = 0.0
    ranged: bool = False

    def at(self, place: float) -> tuple[Any, dict[str, Any]]:
        """What stands in the table, and what is set, at a place from 0 to 1 of the axis."""
        if self.levels and not self.ranged:
            k = min(int(place * len(self.levels)), len(self.levels) - 1)
            return self.labels[k], dict(zip(self.paths, self.levels[k], strict=True))
        value = self._value(place)
        return value, {self.paths[0]: value}

    def level(self, k: int) -> tuple[Any, dict[str, Any]]:
        """What stands in the table, and what is set, at a level."""
        return self.labels[k], dict(zip(self.paths, self.levels[k], strict=True))

    def _value(self, place: float) -> float | int:
        if self.deviation > 0.0:
            from statistics import NormalDist

            # Neither end of a sample may be infinitely far out.
            inner = min(max(place, 2.0**-30), 1.0 - 2.0**-30)
            return NormalDist(self.mean, self.deviation).inv_cdf(inner)
        if self.whole:
            low, high = int(self.low), int(self.high)
            if self.scale == "log":
                return round(_between(self.low, self.high, "log", place))
            return min(low + int(place * (high - low + 1)), high)
        return _between(self.low, self.high, self.scale, place)


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
        values go together.

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
    if isinstance(given, Mapping):
        keys = set(given)
        if "link" in keys and keys <= _LINKED:
            return _linked(name, given)
        if {"from", "to"} <= keys <= _RANGE:
            return _range(name, given)
        if keys == _NORMAL:
            mean, deviation = (_number(name, key, given[key]) for key in ("mean", "deviation"))
            if deviation <= 0:
                raise _wrong(name, f"deviation = {deviation:g}", "give a number above 0.")
            return Axis(name, (name,), mean=mean, deviation=deviation)
        raise _wrong(name, f"{dict(given)!r}", f"give {_FORMS}.")
    if not _is_list(given):
        raise _wrong(name, f"{given!r}", f"give {_FORMS}.")
    values = [_plain(value) for value in given]
    if not values:
        raise _wrong(name, "[]", "give one value at least.")
    return Axis(name, (name,), tuple((value,) for value in values), tuple(map(_label, values)))


def _linked(name: str, given: Mapping[str, Any]) -> Axis:
    link = given["link"]
    if not isinstance(link, Mapping) or not link:
        raise _wrong(name, f"link = {link!r}", "give {path = [...], path = [...]}.")
    columns = {}
    for path, values in link.items():
        if not _is_list(values) or not len(values):
            raise _wrong(name, f"link.{path} = {values!r}", "give a list of values.")
        columns[path] = [_plain(value) for value in values]
    lengths = {path: len(values) for path, values in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{path} has {length}" for path, length in lengths.items())
        raise _wrong(name, f"link ({told})", "give lists of equal length.")
    levels = tuple(zip(*columns.values(), strict=True))
    labels = given.get("label", [_label(level) for level in levels])
    if not isinstance(labels, Sequence) or isinstance(labels, str) or len(labels) != len(levels):
        raise _wrong(name, f"label = {labels!r}", f"give a list of {len(levels)} labels.")
    return Axis(name, tuple(columns), levels, tuple(labels))


def _range(name: str, given: Mapping[str, Any]) -> Axis:
    low, high = (_number(name, key, given[key]) for key in ("from", "to"))
    scale, whole = given.get("scale", "linear"), given.get("whole", False)
    if not isinstance(whole, bool):
        raise _wrong(name, f"whole = {whole!r}", "give true or false.")
    if scale not in ("linear", "log"):
        raise _wrong(name, f"scale = {scale!r}", "give 'linear' or 'log'.")
    if low >= high:
        raise _wrong(name, f"from = {low:g}, to = {high:g}", "let it begin below its end.")
    if scale == "log" and low <= 0:
        raise _wrong(name, f"from = {low:g}", "a logarithmic range begins above 0.")
    if whole and not (float(low).is_integer() and float(high).is_integer()):
        raise _wrong(name, f"from = {low:g}, to = {high:g}", "whole numbers have whole ends.")
    levels: list[Any] = []
    if "steps" in given:
        steps = given["steps"]
        if isinstance(steps, bool) or not isinstance(steps, int) or not 2 <= steps <= 1_000_000:
            raise _wrong(name, f"steps = {steps!r}", "give a whole number 2 to 1000000.")
        between = [_between(low, high, scale, k / (steps - 1)) for k in range(steps)]
        levels = list(dict.fromkeys(round(value) for value in between)) if whole else between
    return Axis(
        name, (name,), tuple((value,) for value in levels), tuple(levels),
        low=low, high=high, scale=scale, whole=whole, ranged=True,
    )  # fmt: skip


def _between(low: float, high: float, scale: str, place: float) -> float:
    """A value of a range, rounded so that .1 + 2 x .1 is .3 in every table."""
    if scale == "log":
        value = math.exp(math.log(low) + place * (math.log(high) - math.log(low)))
    else:
        value = low + place * (high - low)
    return float(f"{min(max(value, low), high):.12g}")


def _number(name: str, key: str, value: Any) -> float:
    number = _plain(value)
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise _wrong(name, f"{key} = {value!r}", "give a finite number.")
    return float(number)


def _plain(value: Any) -> Any:
    """A number out of an array as the number that it holds."""
    return value.item() if hasattr(value, "item") else value


def _label(value: Any) -> Any:
    """What a value is called in a table: itself, or what it holds in words."""
    if isinstance(value, list | tuple):
        return " + ".join(str(_label(each)) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_label(inner)}" for key, inner in value.items())
    return value


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    # Arrays are lists too; numpy need not be loaded to know that there is none.
    return isinstance(value, list | tuple) or type(value).__name__ == "ndarray"


def _wrong(name: str, what: str, remedy: str) -> InputError:
    return InputError(f"axes: {name}: {what} is not allowed; {remedy}")
