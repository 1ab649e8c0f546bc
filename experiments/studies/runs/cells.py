"""What stands in the cells of a ledger, if it is what was written there; else which one is not.

A ledger is a file on somebody's disk: it may be cut off, edited, or of another program. What is
read of it is held against what was written, cell by cell, so that whoever has lost one is told
which, and what there is left to save.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import ConfigDict, TypeAdapter

from ....sim.border import border, brief
from ....sim.errors import StorageError
from ....sim.parameters.declare import Parameters

if TYPE_CHECKING:
    from .ledger import Ledger


class _Part(Parameters):
    """A sub-design, as a plan tells it: its name, its sampler, its axes, its points."""

    model_config = ConfigDict(extra="ignore")

    name: str
    kind: str
    points: int
    seed: int
    second_order: bool
    levels: int
    axes: list[str]
    size: int


# What each row of `about` holds, in words and for the check, as JSON but for the digest.
_ABOUT: Final[dict[str, tuple[str, Any]]] = {
    "name": ("text", str),
    "model": ("text", str),
    "question": ("text", str),
    "finding": ("text", str),
    "replicates": ("a whole number", int),
    "seed": ("a whole number", int),
    "world": ("a whole number, a word or null", int | str | None),
    "keep": ("a list of texts", list[str]),
    "axes": ("a list of texts", list[str]),
    "outcomes": ("a list of texts", list[str]),
    "chosen": ("true or false", bool),
    "labels": ("a table of texts", dict[str, str]),
    "parts": ("a list of sub-designs", list[_Part]),
}
# What ledgers of earlier versions do not say.
_SINCE: Final[dict[str, tuple[str, Any]]] = {
    "luck": ("a word", str),
    "notes": ("a list of texts", list[str]),
    "pairing": ("text", str),
    "measures": ("a list of texts", list[str]),
    "draws": ("a whole number", int),
}
_POINT: Final = ("a table of plain values", dict[str, str | int | float | bool | None])
_Kinds = tuple[type, ...]
_TEXT: Final[tuple[str, _Kinds]] = ("text", (str, type(None)))
_WHOLE: Final[tuple[str, _Kinds]] = ("a whole number", (int,))
_NUMBER: Final[tuple[str, _Kinds]] = ("a number", (int, float, type(None)))
# What the columns of `plan` and `runs` hold that are no outcomes.
_COLUMNS: Final = {
    "point": _WHOLE,
    "replicate": _WHOLE,
    "seed": _WHOLE,
    "world": _WHOLE,
    "status": _WHOLE,
    "seconds": _NUMBER,
    "network": _TEXT,
    "digest": _TEXT,
    "error": _TEXT,
}


def told(ledger: Ledger, name: str) -> Any:
    """What `about` says under a name, as it was told.

    Raises
    ------
    StorageError
        If there is no such row, or it holds something else.
    """
    found = ledger.about(name)
    if found is None:
        raise damaged(ledger, f"about has no row {name!r}")
    return _parsed(ledger, f"in about the value of {name!r}", found, *_ABOUT[name])


def about(ledger: Ledger) -> dict[str, Any]:
    """All that `about` says, as it was told; StorageError as for `told`."""
    known = {name: told(ledger, name) for name in _ABOUT}
    for name, (words, kind) in _SINCE.items():
        found = ledger.about(name)
        if found is not None:
            known[name] = _parsed(ledger, f"in about the value of {name!r}", found, words, kind)
    known["parts"] = [part.model_dump() for part in known["parts"]]
    return known


def points(ledger: Ledger) -> dict[int, Mapping[str, Any]]:
    """The axes of each point, by its number; StorageError where they are none."""
    return {
        number: _parsed(ledger, f"in points the axes of {number!r}", axes, *_POINT)
        for number, axes in ledger.read("SELECT point, axes FROM points")
    }


def checked(ledger: Ledger, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Refuse rows of runs with a cell that holds what was never written there.

    Parameters
    ----------
    ledger
        Which it is.
    names
        Of the columns; those that are none of a ledger's own are outcomes.
    rows
        The runs of the plan.

    Raises
    ------
    StorageError
        Naming the run and the column.
    """
    planned = next(ledger.read("SELECT COUNT(*) FROM plan"))[0]
    if planned != len(rows):
        raise damaged(ledger, f"plan has {planned} rows, and runs has {len(rows)} of them")
    for name, column in zip(names, zip(*rows, strict=True), strict=False):
        words, kinds = _COLUMNS.get(name, _NUMBER)
        if set(map(type, column)) <= set(kinds):
            continue
        row = next(k for k, value in enumerate(column) if type(value) not in kinds)
        raise damaged(
            ledger,
            f"in runs {name} of point {rows[row][0]!r}, replicate {rows[row][1]!r} is "
            f"{_shown(column[row])}, which is no {words.removeprefix('a ')}",
        )


def damaged(ledger: Ledger, what: str) -> StorageError:
    """The complaint about a ledger: what is wrong with it, and what can be saved."""
    return StorageError(f"{ledger.path}: this ledger is damaged: {what}; {_left(ledger)}.")


def within(ledger: Ledger) -> AbstractContextManager[None]:
    """The border at which a ledger is read: whatever else is raised there, it is damaged."""
    return border(ledger.path, StorageError, fault="this ledger is damaged", remedy=_left(ledger))


@cache
def _form(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind, config=None if kind == list[_Part] else ConfigDict(strict=True))


def _parsed(ledger: Ledger, where: str, found: Any, words: str, kind: Any) -> Any:
    try:
        return _form(kind).validate_python(json.loads(found))
    except (ValueError, TypeError, RecursionError) as problem:
        raise damaged(ledger, f"{where} is {_shown(found)}, which is not {words}") from problem


def _shown(value: Any) -> str:
    return brief(repr(value[:80] if isinstance(value, (str, bytes)) else value))


def _left(ledger: Ledger) -> str:
    """What can be saved, and how."""
    again = "run the study in a new folder"
    try:
        done = ledger.base.execute("SELECT COUNT(*) FROM runs WHERE status = 2").fetchone()[0]
    except sqlite3.Error:
        return again
    if not done:
        return again
    return f"its table runs still has {done:,} done runs, which SQLite reads; {again}"
