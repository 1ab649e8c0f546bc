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
from ...sim.people import NUMBERS, RESERVED, WORDS
from ...sim.world import ROLES
from .complaints import brief
from .decimals import REMEDY, example, has_comma, with_points
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
    notes
        What else was understood, in pairs of texts.
    faults
        What is wrong with it, a complaint for each row and column; one for all that share it.
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
    notes: list[tuple[str, str]] = field(default_factory=list)
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
    used, notes = {who}, list[tuple[str, str]]()
    numbers: dict[str, NDArray[np.float64]] = {}
    words: dict[str, NDArray[Any]] = {}
    for name in (*NUMBERS, *WORDS):
        column = named.get(name)
        if column is None or column == who:
            continue
        used.add(column)
        if name in NUMBERS:
            numbers[name] = _numbers(rows, column, name, faults, notes)
        else:
            words[name] = _words(rows, column, name, faults)
    rest = {name: texts_of(rows.columns[name]) for name in rows.columns if name not in used}
    kept = _renamed(rest, notes)
    return Told(rows.title, rows.form, who, ids, numbers, words, kept, rows.complain, notes, faults)


def _renamed(
    kept: dict[str, NDArray[Any]], notes: list[tuple[str, str]]
) -> dict[str, NDArray[Any]]:
    """The columns that are kept, those under another name that are called as a breakdown is."""
    found: dict[str, NDArray[Any]] = {}
    for name, values in kept.items():
        called = name
        while (
            called in RESERVED or called.startswith("took_") or (called != name and called in kept)
        ):
            called = f"own_{called}"
        if called != name:
            notes.append(
                (f"Column {name}", f"kept as {called}: {name} is of the results themselves")
            )
        found[called] = values
    return found


def shared(
    complain: Callable[[int, str, str], InputError], count: int, wrong: list[tuple[int, str, str]]
) -> list[InputError]:
    """A complaint for each row that is wrong; one alone where all of the rows are."""
    if 1 < len(wrong) == count:
        row, fault, remedy = wrong[0]
        return [complain(row, f"{fault} (so it is in all {count:,} rows)", remedy)]
    return [complain(*each) for each in wrong]


def _wrong_ids(rows: Rows, who: str) -> list[InputError]:
    ids = rows.columns[who]
    first: dict[str, int] = {}
    wrong = []
    for row, name in enumerate(ids):
        if not name:
            wrong.append((row, f"has nobody in {who}", "fill it in, or take it out"))
        elif name in first:
            wrong.append((row, f"names {name!r} a second time", "keep one row a person"))
        first.setdefault(name, row)
    faults = shared(rows.complain, len(ids), wrong)
    if not ids:
        faults.append(InputError(f"{rows.title}: there is nobody in it; {NEED}"))
    return faults


def _numbers(
    rows: Rows,
    column: str,
    name: str,
    faults: list[InputError],
    notes: list[tuple[str, str]],
) -> NDArray[np.float64]:
    low, high, allowed = _RANGES[name]
    given = rows.columns[column]
    if pointed := with_points(given, _NOTHING):
        notes.append(("Decimal commas", f"{column}: {example(given)}"))
    found = np.full(len(given), np.nan)
    wrong = []
    for row, text in enumerate(pointed or given):
        if text.lower() in _NOTHING:
            continue
        value = float(text) if is_number(text) else math.nan
        if low <= value <= high:
            found[row] = value
            continue
        fault = f"has {column} = {brief(given[row])!r}, which is not {allowed}"
        remedy = REMEDY if has_comma(text) else "mend it, or leave the cell empty"
        wrong.append((row, fault, remedy))
    faults += shared(rows.complain, len(given), wrong)
    return found


def _words(rows: Rows, column: str, name: str, faults: list[InputError]) -> NDArray[Any]:
    values = rows.columns[column]
    if name == "channels":
        for sign in ";|":
            values = [value.replace(sign, ",") for value in values]
    if name != "role":
        return texts_of(values)
    found, wrong = [], []
    for row, text in enumerate(values):
        role = text.lower()
        if role not in (*_NOTHING, *ROLES):
            fault = f"has {column} = {brief(text)!r}, which is no role"
            remedy = f"give {', '.join(ROLES[:-1])} or {ROLES[-1]}, or leave the cell empty"
            wrong.append((row, fault, remedy))
        found.append(role if role in ROLES else "")
    faults += shared(rows.complain, len(values), wrong)
    return texts_of(found)
