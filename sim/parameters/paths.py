"""Dotted paths into nested tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from ..errors import InputError

# Levels of tables and lists in one another: no scenario has as many.
_DEEPEST: Final = 24


def nested(tables: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`tables` with the values at the dotted paths of `changes` replaced; a copy.

    A path to a table that is not there yet makes it: whether it may be there is for the
    validation to say, which knows the names.
    """
    result = deepcopy(tables)
    for path, value in changes.items():
        if not isinstance(path, str):
            raise InputError(f"{path!r} is no path; give one such as 'share.base.fan'.")
        *folders, last = path.split(".")
        place = result
        for folder in folders:
            inner = place.setdefault(folder, {})
            if not isinstance(inner, dict):
                raise InputError(f"{path}: {folder!r} is a value, not a table; end the path there.")
            place = inner
        if isinstance(value, Mapping) and isinstance(place.get(last), dict):
            place[last] = nested(place[last], value)
        else:
            # A number out of an array is the number that it holds.
            place[last] = value.item() if hasattr(value, "item") else deepcopy(value)
    return result


def refuse_unwritable(tables: dict[str, Any]) -> dict[str, Any]:
    """The tables, if they can be written to a file at all.

    Raises
    ------
    InputError
        If a text has half a sign in it, as names of files in another alphabet may have, or tables
        are nested deeper than a scenario is.
    """
    waiting: list[tuple[Any, str, int]] = [(tables, "", 0)]
    while waiting:
        value, path, depth = waiting.pop()
        if depth > _DEEPEST:
            raise InputError(f"{path[:40]}...: this is nested far deeper than a scenario is.")
        if isinstance(value, str) and not value.isascii() and _halved(value):
            raise InputError(
                f"{path} = {value!r} is not allowed: half a sign is in it, which no file can hold; "
                "give a text in UTF-8."
            )
        if isinstance(value, Mapping):
            inner = list(value.items())
            waiting += [(name, path or "a name", depth) for name in value]
        else:
            inner = list(enumerate(value)) if isinstance(value, (list, tuple)) else []
        before = f"{path}." if path else ""
        waiting += [(each, f"{before}{str(name)[:40]}", depth + 1) for name, each in inner]
    return tables


def _halved(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def flat(tables: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested tables as one table of dotted paths."""
    result: dict[str, Any] = {}
    for name, value in tables.items():
        if isinstance(value, Mapping) and value:
            result |= flat(value, f"{before}{name}.")
        else:
            result[f"{before}{name}"] = value
    return result


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
            result[path] = deepcopy(value)  # a path into it may follow
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
