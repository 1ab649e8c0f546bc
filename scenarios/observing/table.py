"""A table of days or weeks: which column is what, and what stands in each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...sim.errors import InputError, hint
from ..reading.complaints import brief
from ..reading.roster import Rows
from ..reading.vocabulary import plain
from .dates import dates
from .names import DERIVED, KEYS, OF_POSTS, SERIES, TOTALS, Head, head, meant, slug
from .numbers import NOTHING, convention, numbers

Column = NDArray[np.float64]


class Chosen(NamedTuple):
    """What is read of a table: the columns of each key, and those that say when and where."""

    date: str
    channels: tuple[str, ...]
    of: dict[str, tuple[str, ...]]
    added: frozenset[str]
    notes: tuple[str, ...]


@dataclass
class Counted:
    """What was counted, a value a row of the file, in the order of time.

    Attributes
    ----------
    rows, when
        The table as it was read, and its column of dates.
    days, known, weeks
        The day of each row; whether the dates are known, or their order alone; whether the file
        says that they are weeks.
    values
        By key, a value a row.
    columns
        By key, what its columns are called.
    row
        The row of the file that each came from: the first, where several are summed.
    added
        Keys whose heads say that they are running totals.
    notes
        What was understood, a sentence each.
    """

    rows: Rows
    when: str
    days: list[date]
    known: bool
    weeks: bool
    values: dict[str, Column]
    columns: dict[str, str]
    row: list[int]
    added: frozenset[str]
    notes: list[str] = field(default_factory=list)

    def complain(self, place: int, fault: str, remedy: str) -> InputError:
        """The complaint about a row by its place in time."""
        return self.rows.complain(self.row[place], fault, remedy)


def counted(
    rows: Rows, columns: Mapping[str, str], order: str | None, decimal: str | None
) -> Counted:
    """Read the columns of a table, in the order of its dates.

    Raises
    ------
    InputError
        If no column says when, or none what was counted; or if a cell cannot be read, or a date
        comes again.
    """
    chosen = choose(rows, columns)
    notes = [*chosen.notes]
    keep = _without_totals(rows, chosen.date, notes)
    texts = [rows.columns[chosen.date][k] for k in keep]
    if not texts:
        raise InputError(f"{rows.title}: there is nothing below the names; give a row a day")

    def complain(at: int, fault: str, remedy: str) -> InputError:
        return rows.complain(keep[at], fault, remedy)

    for at, text in enumerate(texts):
        if not text:
            raise complain(at, f"has nothing in {chosen.date}", "fill it in, or take it out")
    found = dates(texts, chosen.date, complain, order)
    if found.said:
        notes.append(f"Column {chosen.date!r}: {found.said}.")
    cells = {
        name: [rows.columns[name][k] for k in keep] for each in chosen.of.values() for name in each
    }
    typed = rows.form != "delimited text"
    sign = decimal or ("." if typed else convention([*cells.values()]))
    read = {}
    for name, column in cells.items():
        share = next((k for k, each in enumerate(column) if "%" in each), None)
        if share is not None:
            raise complain(
                share,
                f"has {name} = {brief(column[share])!r}, which is a share and no count",
                "leave the column out, or name the one that counts (columns)",
            )
        read[name], said = numbers(column, sign, complain, name, typed=typed)
        if said:
            notes.append(f"Column {name!r}: {said}.")
        below = np.flatnonzero(read[name] < 0.0)
        if below.size:
            raise complain(
                int(below[0]),
                f"has {name} = {brief(column[int(below[0])])!r}, and nothing is counted below 0",
                "mend it, or leave the cell empty",
            )
    values = {key: _summed([read[name] for name in names]) for key, names in chosen.of.items()}
    titles = {key: " + ".join(names) for key, names in chosen.of.items()}
    where = [tuple(rows.columns[name][k] for name in chosen.channels) for k in keep]
    table = Counted(
        rows,
        chosen.date,
        found.days,
        found.known,
        found.weeks,
        values,
        titles,
        keep,
        chosen.added,
        notes,
    )
    return _in_order(table, where, chosen.channels)


def choose(rows: Rows, asked: Mapping[str, str]) -> Chosen:
    """Which columns hold what, by what they are called, or as somebody says.

    Raises
    ------
    InputError
        If a name that is asked for is not there, or no column says when.
    """
    every = [*rows.columns]
    heads = [head(name, every) for name in every]
    notes: list[str] = []
    taken: dict[str, str] = {}
    for key, name in ((meant(key), name) for key, name in asked.items()):
        known = [*KEYS, "date", "channel"]
        if key not in known and not key.startswith("spend"):
            instead = hint(key, known, f"give {', '.join(known)} or spend_NAME")
            raise InputError(f"columns: {key!r} is nothing that is read of a table; {instead}")
        if name not in every:
            same = [each for each in every if plain(each) == plain(name)]
            if len(same) != 1:
                instead = hint(name, every, f"there are {brief(', '.join(every))}")
                raise InputError(f"{rows.title}: there is no column {name!r} for {key}; {instead}")
            name = same[0]
        taken[key] = name
    free = [each for each in heads if each.name not in taken.values() and each.key not in taken]
    of_posts = [each for each in every if plain(each) in OF_POSTS]
    if of_posts and "date" not in taken:
        raise InputError(
            f"{rows.title}: column {of_posts[0]!r} says that a row is a post, whose numbers are of "
            "its whole life; export a table with a row a day"
        )
    when = taken.get("date") or _when(free)
    if when is None:
        raise InputError(
            f"{rows.title}: no column says when (there are {brief(', '.join(every))}); call it "
            "date, or name it (columns: date)"
        )
    channels = [each.name for each in free if each.key == "channel" and each.name != when]
    channels = [taken["channel"]] if "channel" in taken else channels
    channels = [each for each in channels if not _numeric(rows.columns[each])]
    of: dict[str, tuple[str, ...]] = {
        key: (name,) for key, name in taken.items() if key not in ("date", "channel")
    }
    for key in dict.fromkeys(each.key for each in free):
        if key and key not in ("date", "channel"):
            named = [each for each in free if each.key == key and each.name != when]
            if named:
                of[key] = _best(key, named, notes)
    if "spend" in of and "spend" not in taken and any(key.startswith("spend_") for key in of):
        (name, *_) = of.pop("spend")
        notes.append(f"Column {name!r} is the total of what was spent by channel, and not added.")
    if not of:
        raise InputError(
            f"{rows.title}: no column is called as anything that is counted (there are "
            f"{brief(', '.join(every))}); name them (columns: clicks = 'Link clicks')"
        )
    used = {when, *channels, *(name for names in of.values() for name in names)}
    told = " ".join(notes)
    rest = [
        each for each in every
        if each not in used and plain(each) not in DERIVED and repr(each) not in told
    ]  # fmt: skip
    if rest:
        notes.append(f"Not read: {', '.join(rest)}.")
    added = {key for key, names in of.items() if any(h.added for h in heads if h.name in names)}
    return Chosen(when, tuple(channels), of, frozenset(added), tuple(notes))


def _when(free: Sequence[Head]) -> str | None:
    named = sorted((each for each in free if each.key == "date"), key=lambda each: each.rank)
    return named[0].name if named else None


def _best(key: str, named: list[Head], notes: list[str]) -> tuple[str, ...]:
    """Of columns that mean the same the one that is meant best, or the parts of a whole."""
    whole = [each for each in named if not each.part]
    if not whole:
        if len(named) > 1:
            parts = " and ".join(each.name for each in named)
            notes.append(f"{key} is the sum of {parts}.")
        return tuple(each.name for each in named)
    best = min(whole, key=lambda each: each.rank)
    others = [each.name for each in named if each is not best]
    if others:
        listed = ", ".join(map(repr, others))
        notes.append(
            f"{key} is column {best.name!r}; {listed} could be it too, or is a part of it."
        )
    return (best.name,)


def _numeric(texts: Sequence[str]) -> bool:
    filled = [each for each in texts if each.lower() not in NOTHING]
    return bool(filled) and all(each.replace(".", "").replace(",", "").isdigit() for each in filled)


def _without_totals(rows: Rows, when: str, notes: list[str]) -> list[int]:
    """The rows that are days: not those that say the total, first or last or under a word of it."""
    texts = rows.columns[when]
    keep = []
    for k, text in enumerate(texts):
        others = {plain(column[k]) for column in rows.columns.values()}
        empty = not any(column[k] for column in rows.columns.values())
        if plain(text) in TOTALS or (not text and others & TOTALS):
            notes.append(f"Row {k + 1} below the names is a total, and left out.")
        elif not empty:
            keep.append(k)
    return keep


def _summed(columns: list[Column]) -> Column:
    """The sum of columns, NaN where none is known."""
    if len(columns) == 1:
        return columns[0]
    stacked = np.stack(columns)
    known = ~np.isnan(stacked)
    summed: Column = np.where(known.any(axis=0), np.where(known, stacked, 0.0).sum(axis=0), np.nan)
    return summed


def _in_order(table: Counted, where: list[tuple[str, ...]], channels: tuple[str, ...]) -> Counted:
    """The same in the order of time, with one row a date: those of several channels summed."""
    days = table.days
    back = [k for k in range(1, len(days)) if days[k] < days[k - 1]]
    order = sorted(range(len(days)), key=lambda k: days[k])
    repeated = {day: count for day, count in Counter(days).items() if count > 1}
    if not repeated:
        if back and not table.known:
            raise table.complain(
                back[0], "goes back in time, and the order of rows is all that is known of it",
                "put the rows in order, or give dates",
            )  # fmt: skip
        if len(back) == len(days) - 1:
            table.notes.append("The newest row came first; they are put in the order of time.")
        elif back:
            shown = days[back[0]].isoformat()
            table.notes.append(
                f"{len(back)} rows were out of the order of time (such as {shown}), and are sorted."
            )
        values = {key: each[order] for key, each in table.values.items()}
        return _replaced(table, [days[k] for k in order], values, [table.row[k] for k in order])
    seen: set[tuple[date, tuple[str, ...]]] = set()
    for k, day in enumerate(days):
        if (day, where[k]) in seen:
            told = day.isoformat() if table.known else "the same day"
            at = f" for {', '.join(where[k])}" if channels else ""
            raise table.complain(
                k, f"gives {told} a second time{at}",
                "keep one row a day; rows of several channels are summed where a column says which "
                "(columns: channel)",
            )  # fmt: skip
        seen.add((day, where[k]))
    return _by_channel(table, where, channels, order)


def _by_channel(
    table: Counted, where: list[tuple[str, ...]], channels: tuple[str, ...], order: list[int]
) -> Counted:
    """The rows of each date summed, and what was spent kept apart by channel."""
    every = sorted({*table.days})
    place = {day: k for k, day in enumerate(every)}
    at = np.array([place[day] for day in table.days])
    values: dict[str, Column] = {}
    columns = {}
    for key, each in table.values.items():
        if key == "spend":
            for channel in sorted({*(one[0] for one in where)}):
                mine = np.array([one[0] == channel for one in where])
                name = f"spend_{slug(channel) or 'other'}"
                values[name] = _grouped(each[mine], at[mine], len(every))
                values[name] = np.where(np.isnan(values[name]), 0.0, values[name])
                columns[name] = f"{table.columns[key]} of {channel}"
            continue
        values[key] = _grouped(each, at, len(every))
        columns[key] = table.columns[key]
    first = {at[k]: table.row[k] for k in reversed(order)}
    table.notes.append(
        f"Rows of one date are summed over {', '.join(channels)} "
        f"({len({*where})} different)."
        + (" Reach summed so counts people again whom two channels reached." * ("reach" in values))
    )
    table.columns = columns
    return _replaced(table, every, values, [first[k] for k in range(len(every))])


def _grouped(values: Column, at: NDArray[np.int64], rows: int) -> Column:
    known = ~np.isnan(values)
    summed = np.bincount(at[known], values[known], minlength=rows).astype(np.float64)
    summed[np.bincount(at[known], minlength=rows) == 0] = np.nan
    return summed


def _replaced(
    table: Counted, days: list[date], values: dict[str, Column], row: list[int]
) -> Counted:
    table.days, table.values, table.row = days, values, row
    return table


def series(key: str) -> bool:
    """Whether a key is an indicator that is counted, and no decision and no stock."""
    return key in SERIES
