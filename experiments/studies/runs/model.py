"""What a study needs of a model: that a point of parameters and a seed come to some numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ....sim.errors import InputError
from ....sim.network.kinds import KINDS
from ....sim.parameters import Scenario
from ...vocabulary.outcomes import OUTCOMES


class Outcome(NamedTuple):
    """What a run came to.

    Attributes
    ----------
    values
        Numbers by name; nan where one is not defined.
    digest
        A hash over everything that was decided.
    network
        The digest of the network, where there is one.
    tables
        Columns by name, of each table that is kept.
    """

    values: dict[str, float]
    digest: str = ""
    network: str = ""
    tables: dict[str, dict[str, Any]] = {}  # noqa: RUF012  nobody writes into it


class Model(Protocol):
    """The model of a study; it travels to other processes."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The names of its outcomes; () where they are known once it ran."""

    def known(self, name: str) -> str:
        """The full name of an outcome; InputError if there is none."""

    def label(self, name: str) -> str:
        """What an axis or an outcome is called in a figure, with its unit."""

    def parameters(self, changes: Mapping[str, Any]) -> str:
        """The digest of the complete parameters of a point; InputError if they are not valid."""

    def network(self, changes: Mapping[str, Any]) -> str:
        """The digest of a network that is not made from parameters and world; else empty."""

    def value(self, name: str) -> Any:
        """What it has at a path, for points that say nothing of it; None where nobody can say."""

    def need(self, changes: Mapping[str, Any]) -> tuple[int, float]:
        """Bytes of memory and seconds that a run takes at most; 0 where nobody can say."""

    def run(
        self, changes: Mapping[str, Any], seed: int, world: int, keep: tuple[str, ...] = ()
    ) -> Outcome:
        """Run it."""


def spread_out(tables: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes with patterns, and paths into lists, turned into changes of whole values.

    Parameters
    ----------
    tables
        The scenario as nested tables.
    changes
        Dotted path to value. In a list a part of the path is the number of an entry; ``*`` is every
        entry of a list or a table: ``content.*.type``, ``publish.outlets.0.fee``, ``share.base.*``.

    Raises
    ------
    InputError
        If a list has no such entry.

    Examples
    --------
    >>> spread_out({"content": [{"type": "a"}, {"type": "b"}]}, {"content.*.type": "c"})
    {'content': [{'type': 'c'}, {'type': 'c'}]}
    """
    result: dict[str, Any] = {}
    for path, value in _each(tables, changes):
        parts = path.split(".")
        stop = next(
            (k for k, part in enumerate(parts) if part == "*" or part.isdecimal()), len(parts)
        )
        head = ".".join(parts[:stop])
        if stop == len(parts):
            result[path] = value
            continue
        if head not in result:
            found: Any = tables
            for part in parts[:stop]:
                found = found.get(part) if isinstance(found, Mapping) else None
            if not isinstance(found, list) or not found:
                raise InputError(
                    f"{path}: {head or 'this'} is no list with entries in this scenario; set "
                    f"{head or 'the list'} first."
                )
            result[head] = deepcopy(found)
        _into(result[head], parts[stop:], value, path)
    return result


def _each(tables: Mapping[str, Any], changes: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Changes with a path for each entry of a table in place of a star."""
    for path, value in changes.items():
        before, star, after = path.partition(".*")
        found: Any = tables
        for part in before.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if star and isinstance(found, Mapping):
            yield from _each(tables, {f"{before}.{name}{after}": value for name in found})
        else:
            yield path, value


def _into(place: Any, parts: list[str], value: Any, path: str) -> None:
    here, rest = parts[0], parts[1:]
    if isinstance(place, list):
        if here != "*" and not (here.isdecimal() and int(here) < len(place)):
            raise InputError(
                f"{path}: there is no entry {here!r}; the list has {len(place)}, from 0 on, "
                "and * is every one."
            )
        names: list[Any] = list(range(len(place))) if here == "*" else [int(here)]
    elif isinstance(place, dict):
        names = [here]
    else:
        raise InputError(f"{path}: {here!r} lies below a value; end the path there.")
    for name in names:
        if not rest:
            place[name] = deepcopy(value)
        elif isinstance(place, dict):
            _into(place.setdefault(name, {}), rest, value, path)
        else:
            _into(place[name], rest, value, path)


def label_of(scenario: Scenario, name: str) -> str:
    """The label and the unit of an outcome or a parameter; the name itself of anything else.

    Examples
    --------
    >>> label_of(Scenario(), "incentives.reward")
    'Reward for the one who shares (money)'
    >>> label_of(Scenario(), "share.base.*")
    'Share probability, stranger, fan, advocate alike (probability)'
    """
    if name in OUTCOMES:
        money = OUTCOMES[name].form == "money"
        return OUTCOMES[name].label + (" (money)" if money else "")
    if name.startswith("network."):
        kind = KINDS.get(scenario.network.kind)
        for each in kind.parameters if kind is not None else ():
            if name == f"network.{each.name}":
                return f"Network: {each.text.partition(';')[0]}"
    place: Any = scenario
    label, unit = "", ""
    for part in name.split("."):
        if isinstance(place, BaseModel):
            key = next(iter(type(place).model_fields)) if part == "*" else part
            field = type(place).model_fields.get(key)
            extra = None if field is None else field.json_schema_extra
            unit = str(extra.get("unit") or "") if isinstance(extra, dict) else ""
            if part == "*":
                label = _alike(type(place).model_fields)
            else:
                label = (field.title or "") if field is not None else ""
            place = getattr(place, key, None)
        elif isinstance(place, Mapping):
            place = next(iter(place.values()), None) if part == "*" else place.get(part)
        elif isinstance(place, tuple) and place:
            place = place[int(part) if part.isdecimal() and int(part) < len(place) else 0]
    if not label:
        return name
    return f"{label} ({unit})" if unit else label


def _alike(fields: Mapping[str, FieldInfo]) -> str:
    """What several parameters at once are called: the words in which all labels end, and which."""
    labels = [field.title or name for name, field in fields.items()]
    words: list[str] = []
    for each in zip(*(reversed(label.split()) for label in labels), strict=False):
        if len(set(each)) > 1:
            break
        words.insert(0, each[0])
    label = " ".join(words) or f"{labels[0]} and others"
    return f"{label[:1].upper()}{label[1:]}, {', '.join(fields)} alike"
