"""Which columns of a table of people say what, and what is wrong in them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...sim.errors import InputError
from ...sim.network.arrays import texts_of
from ...sim.people import NUMBERS, WORDS
from ...sim.world import ROLES
from .complaints import brief
from .dialect import is_number
from .roster import NEED, Rows
from .vocabulary import PEOPLE, plain

# What each number may be, and in words.
_RANGES: Final[dict[str, tuple[float, float, str]]] = {
    "trust": (0.0, 1.0, "0 to 1"),
    "bond": (0.0, 1.0, "0 to 1"),
    "activity": (0.0, 1e3, "0 to 1,000 visits an hour"),
    "susceptibility": (-50.0, 50.0, "-50 to 50, in log-odds"),
    "interest": (0.0, 1.0, "0 to 1, in turns of the circle of topics"),
    "affinity": (0.0, 100.0, "0 to 100, where 1 is usual"),
    "cost": (0.0, 1e9, "0 to 1e9, in money"),
}
SETS: Final[dict[str, str]] = {
    "role": "their relation with the brand",
    "trust": "trust before the campaign",
    "bond": "bond before the campaign",
    "activity": "visits to the feed an hour",
    "susceptibility": "log-odds of passing on",
    "interest": "their place on the circle of topics",
    "affinity": "what a reward means to them",
    "channels": "the channels that they are on",
    "cost": "what they charge for being seeded",
    "label": "what they are called",
    "segment": "the segment that they are in",
}
# What tools write where they know nothing.
_NOTHING: Final = frozenset(("", "na", "n/a", "nan", "null", "none"))


@dataclass(frozen=True)
class Told:
    """What a table says of people, row by row of the table.

    Attributes
    ----------
    title, form, id
        What complaints call it, its format, and which column says who it is.
    ids
        Who it is.
    numbers, words, kept
        As `PeopleTable` has them.
    faults
        What is wrong with it, a complaint for each row and column.
    complain
        As of `Rows`.
    """

    title: str
    form: str
    id: str
    ids: list[str]
    numbers: dict[str, NDArray[np.float64]]
    words: dict[str, NDArray[Any]]
    kept: dict[str, NDArray[Any]]
    complain: Callable[[int, str, str], InputError]
    faults: list[InputError] = field(default_factory=list)


def understood(rows: Rows) -> Told:
    """Which columns say what, and what is wrong in them."""
    named = {plain(name): name for name in reversed(list(rows.columns))}
    who = rows.id or named.get("id")
    if who is None:
        first = next(iter(rows.columns), "")
        who = next((name for name in rows.columns if plain(name) in PEOPLE - {"label"}), None)
        who = first if who is None and plain(first) in PEOPLE else who
    if who is None:
        listed = brief(", ".join(rows.columns)) or "none"
        raise InputError(f"{rows.title}: no column says who it is (there are {listed}); call it id")
    ids, faults = rows.columns[who], _wrong_ids(rows, who)
    used = {who}
    numbers: dict[str, NDArray[np.float64]] = {}
    words: dict[str, NDArray[Any]] = {}
    for name in (*NUMBERS, *WORDS):
        column = named.get(name)
        if column is None or column == who:
            continue
        used.add(column)
        if name in NUMBERS:
            numbers[name] = _numbers(rows, column, name, faults)
        else:
            words[name] = _words(rows, column, name, faults)
    kept = {name: texts_of(rows.columns[name]) for name in rows.columns if name not in used}
    return Told(rows.title, rows.form, who, ids, numbers, words, kept, rows.complain, faults)


def _wrong_ids(rows: Rows, who: str) -> list[InputError]:
    ids = rows.columns[who]
    first: dict[str, int] = {}
    faults = []
    for row, name in enumerate(ids):
        if not name:
            faults.append(rows.complain(row, f"has nobody in {who}", "fill it in, or take it out"))
        elif name in first:
            faults.append(
                rows.complain(row, f"names {name!r} a second time", "keep one row a person")
            )
        first.setdefault(name, row)
    if not ids:
        faults.append(InputError(f"{rows.title}: there is nobody in it; {NEED}"))
    return faults


def _numbers(rows: Rows, column: str, name: str, faults: list[InputError]) -> NDArray[np.float64]:
    low, high, allowed = _RANGES[name]
    found = np.full(len(rows.columns[column]), np.nan)
    for row, text in enumerate(rows.columns[column]):
        if text.lower() in _NOTHING:
            continue
        value = float(text) if is_number(text) else math.nan
        if low <= value <= high:
            found[row] = value
            continue
        fault = f"has {column} = {brief(text)!r}, which is not {allowed}"
        faults.append(rows.complain(row, fault, "mend it, or leave the cell empty"))
    return found


def _words(rows: Rows, column: str, name: str, faults: list[InputError]) -> NDArray[Any]:
    values = rows.columns[column]
    if name == "channels":
        for sign in ";|":
            values = [value.replace(sign, ",") for value in values]
    if name != "role":
        return texts_of(values)
    found = []
    for row, text in enumerate(values):
        role = text.lower()
        if role not in (*_NOTHING, *ROLES):
            fault = f"has {column} = {brief(text)!r}, which is no role"
            remedy = f"give {', '.join(ROLES[:-1])} or {ROLES[-1]}, or leave the cell empty"
            faults.append(rows.complain(row, fault, remedy))
        found.append(role if role in ROLES else "")
    return texts_of(found)
