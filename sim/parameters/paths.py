"""Dotted paths into nested tables."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from ..errors import InputError


def nested(tables: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`tables` with the values at the dotted paths of `changes` replaced; a copy.

    A path to a table that is not there yet makes it: whether it may be there is for the
    validation to say, which knows the names.
    """
    result = deepcopy(tables)
    for path, value in changes.items():
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


def flat(tables: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested tables as one table of dotted paths."""
    result: dict[str, Any] = {}
    for name, value in tables.items():
        if isinstance(value, Mapping) and value:
            result |= flat(value, f"{before}{name}.")
        else:
            result[f"{before}{name}"] = value
    return result
