"""What a table of days can be: its step, its gaps, running totals, a last day that is not over.

What is found here by its shape is said, and whoever knows better overrules it. What cannot be is
refused with its row and column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...sim.errors import InputError
from .table import Column, Counted, series

DAY: Final = 1
WEEK: Final = 7
FEWEST: Final = 5
# A gap of more days is a date that somebody mistyped.
_LONGEST: Final = 400
# So many rows that never fall are a running total: days that are counted one by one have a week.
_SURE: Final = 10
_PERHAPS: Final = 5
# By so little a stock changes in a day, in the middle; what is counted a day jumps.
_STEADY: Final = 0.05
# A last day below this part of the least of the days before is not over.
_BROKEN: Final = 0.5
_SEEN: Final = 7
# Where so many were to be expected in a week, none at all is no luck: e ** -20.
_EXPECTED: Final = 20.0
_NEAR: Final = 3
# What cannot be more than what: the parts of those who saw it, and people of views.
_WITHIN: Final = (
    ("clicks", "noticed"), ("reach", "noticed"), ("likes", "noticed"),
)  # fmt: skip
_VERB: Final = {"clicks": "click on", "reach": "be reached by", "likes": "like"}


def step_of(table: Counted) -> int:
    """The days from a row to the next: 1 or 7.

    Raises
    ------
    InputError
        If there are fewer than five rows, or they stand apart otherwise.
    """
    days = table.days
    if len(days) < FEWEST:
        what = "weeks" if table.weeks else "days"
        raise InputError(
            f"{table.rows.title}: there are {len(days)} {what} in it, row 1 to row {len(days)} of "
            f"column {table.when!r}, and fewer than five say nothing; give more of them"
        )
    steps = [(b - a).days for a, b in pairwise(days)]
    usual, times = Counter(steps).most_common(1)[0]
    least = min(steps)
    far = next((k for k, step in enumerate(steps) if step > _LONGEST), None)
    if far is not None:
        raise table.complain(
            far + 1,
            f"comes {steps[far]:,} days after the row before it ({days[far].isoformat()})",
            "mend the date, or leave out what lies so far away",
        )
    if table.weeks or usual == WEEK:
        odd = next((k for k, step in enumerate(steps) if step % WEEK), None)
        if odd is not None:
            raise table.complain(
                odd + 1, f"comes {steps[odd]} days after the row before it, among weeks",
                "give a row a week, or a row a day",
            )  # fmt: skip
        return WEEK
    if least >= 28 and 2 * times >= len(steps):
        raise InputError(
            f"{table.rows.title}: a row is a month ({steps[0]} days from the first to the second), "
            "in which a campaign comes and goes; export days or weeks"
        )
    if least > DAY:
        table.notes.append(
            f"No two rows are of days that follow each other: {least} days at least."
        )
    return DAY


def with_gaps(table: Counted, step: int, gaps: str) -> list[int]:
    """Put a row for each day or week that has none: unknown, or nothing if that is what it means.

    Returns where each row that there was stands now.
    """
    days = table.days
    places = [(day - days[0]).days // step for day in days]
    length = places[-1] + 1
    missing = length - len(days)
    if not missing:
        return places
    fill = 0.0 if gaps == "zero" else np.nan
    absent = [k for k in range(length) if k not in {*places}]
    for key, values in table.values.items():
        whole = np.full(length, np.nan if key == "fans" else fill)
        whole[places] = values
        table.values[key] = whole
    before = np.searchsorted(places, np.arange(length), side="right") - 1
    table.row = [table.row[k] for k in before.tolist()]
    table.days = [days[0] + timedelta(days=step * k) for k in range(length)]
    what = "week" if step == WEEK else "day"
    shown = ", ".join(table.days[k].isoformat() for k in absent[:3]) if table.known else ""
    more = f" ({shown}{', ...' if missing > 3 else ''})" if shown else ""
    meant = (
        "read as 0, as was said"
        if gaps == "zero"
        else "unknown, which is not 0 (gaps = 'zero' where the tool leaves out empty days)"
    )
    if gaps != "zero" and any(not series(key) and key != "fans" for key in table.values):
        meant += "; nothing is taken to have been spent or posted then"
    many = "s have" if missing > 1 else " has"
    table.notes.append(f"{missing} {what}{many} no row{more}: {meant}.")
    return places


def totals(
    table: Counted, cumulative: Collection[str], daily: Collection[str], doubts: list[str]
) -> None:
    """Turn running totals into what each row adds to them.

    Told by the head of a column (cumulative, lifetime), or by its numbers: they never fall over ten
    rows or more, and rise in half of them. Numbers that were counted day by day do so by chance
    once in ten factorial, and a campaign that grows every single day for ten days has no weekends.
    From five rows on it is a doubt.
    """
    for key in [key for key in table.values if series(key)]:
        values, column = table.values[key], table.columns[key]
        known = np.flatnonzero(~np.isnan(values))
        steps = np.diff(values[known])
        rises = bool((steps >= 0).all()) and 2 * int((steps > 0).sum()) >= max(steps.size, 1)
        said = key in cumulative or key in table.added
        if key in daily or not (said or (rises and known.size >= _PERHAPS)):
            continue
        if not said and known.size < _SURE:
            doubts.append(
                f"Column {column!r} never falls in {known.size} rows: if it is a running total, "
                f"say so (cumulative: {key})."
            )
            continue
        if (steps < 0).any():
            at = int(known[int(np.flatnonzero(steps < 0)[0]) + 1])
            raise table.complain(
                at, f"has a running total {column} below that of the row before",
                f"mend it, or say that it is counted a row (daily: {key})",
            )  # fmt: skip
        table.values[key] = _steps(values)
        how = "it is said to be one" if said else f"it never falls in {known.size} rows"
        table.notes.append(
            f"Column {column!r} is read as a running total ({how}): what a row adds to the one "
            f"before is taken, of the first nothing is known (daily: {key} says otherwise)."
        )


def _steps(values: Column) -> Column:
    """What each row adds to the row before it; NaN where either is unknown."""
    found: Column = np.full(values.size, np.nan)
    found[1:] = np.diff(values)
    return found


def fans(table: Counted, cumulative: Collection[str], daily: Collection[str]) -> None:
    """Followers as a stock, from which those won are worked out; or as those won in a day.

    A stock changes by less than a twentieth from row to row, in the middle.
    """
    if "fans" not in table.values:
        return
    values, column = table.values["fans"], table.columns["fans"]
    known = values[~np.isnan(values)]
    steps = np.abs(np.diff(known)) / np.maximum(known[:-1], 1.0)
    steady = bool(steps.size) and float(np.median(steps)) < _STEADY and float(known.min()) > 0.0
    if "fans" in daily or not (steady or "fans" in cumulative):
        table.values.setdefault("new_fans", table.values.pop("fans"))
        table.columns.setdefault("new_fans", table.columns.pop("fans"))
        table.values.pop("fans", None)
        table.columns.pop("fans", None)
        table.notes.append(
            f"Column {column!r} is read as those won in a row: it jumps (cumulative: fans says "
            "that it is how many there are)."
        )
        return
    table.notes.append(f"Column {column!r} is read as how many there are at the end of each row.")
    if "new_fans" in table.values:
        return
    won = _steps(values)
    if "lost_fans" in table.values:
        won = won + table.values["lost_fans"]
    if (won < 0).any():
        at = int(np.flatnonzero(won < 0)[0])
        table.notes.append(
            f"New followers are not worked out of it: it falls (at {table.days[at].isoformat()}), "
            "and who came and who left cannot be told apart without a column of unfollows."
        )
        return
    table.values["new_fans"] = won
    table.columns["new_fans"] = f"{column}, as its difference"
    less = "" if "lost_fans" in table.values else ", less those who left"
    table.notes.append(f"New followers are what {column!r} grows by from row to row{less}.")


def without_last(table: Counted, last: str | None, places: list[int], doubts: list[str]) -> None:
    """Leave out a last row that is not over, if it is clearly so or said to be."""
    if last == "keep":
        return
    what = f"The last row ({table.days[-1].isoformat()})" if table.known else "The last row"
    low = []
    for key, values in table.values.items():
        before = values[:-1][~np.isnan(values[:-1])][-_SEEN:]
        if series(key) and key != "revenue" and before.size >= 4 and before.min() >= 10.0:
            low.append(bool(values[-1] < _BROKEN * before.min()))
    clearly = len(low) >= 2 and all(low)
    if last != "drop" and not clearly:
        if low and all(low):
            doubts.append(
                f"{what} is below half of the least of the rows before it: if it is not over, "
                "leave it out (last = 'drop')."
            )
        return
    why = "as was asked" if last == "drop" else (
        f"all of {len(low)} columns are below half of their least in the rows before, so that "
        "it is not over (last = 'keep' says otherwise)"
    )  # fmt: skip
    table.notes.append(f"{what} is left out: {why}.")
    table.values = {key: values[:-1] for key, values in table.values.items()}
    table.days, table.row = table.days[:-1], table.row[:-1]
    places.pop()


def refuse_impossible(table: Counted) -> None:
    """Refuse what cannot be: more clicks than views, more people than views."""
    for part, whole in _WITHIN:
        if part not in table.values or whole not in table.values:
            continue
        more = np.flatnonzero(table.values[part] > table.values[whole])
        if more.size:
            at = int(more[0])
            one, other = table.columns[part], table.columns[whole]
            raise table.complain(
                at,
                f"has {one} = {table.values[part][at]:,g} above {other} = "
                f"{table.values[whole][at]:,g}, and nobody can {_VERB[part]} what was not seen",
                f"mend it, or name the right columns (columns: {part}, {whole})",
            )


def zeros(table: Counted, step: int, meant: str | None, doubts: list[str]) -> None:
    """A week of zeros where at least twenty were to be expected: no luck, and no measurement.

    A tracker that was off writes 0 as a day on which nothing happened does, and a fit would take
    it for the end of the campaign: it is refused until somebody says which of the two it is. What
    was to be expected is told by the three rows before and the three after (of weeks, by one), the
    lesser of them, so that a campaign may fade away. Where fewer are usual, and of money and posts,
    zeros are as likely as not, and are left alone; those at the very beginning may be from before
    the campaign, and are a doubt.
    """
    long = max(WEEK // step, 1)
    counts = [key for key in table.values if series(key)]
    if counts and not any((table.values[key] > 0).any() for key in counts):
        raise table.complain(
            0,
            f"has 0 in {table.columns[counts[0]]!r}, as has every row in every column",
            "give what was measured, or name the right columns (columns)",
        )
    for key in [key for key in table.values if series(key) and key != "revenue"]:
        values = table.values[key]
        known = values[~np.isnan(values)]
        if known.size and not (known > 0).any():
            doubts.append(f"Column {table.columns[key]!r} is 0 in every row: it says nothing.")
            continue
        for start, stop in _runs(values == 0.0):
            usual = _usual(values, start, stop, min(long, _NEAR)) * (stop - start)
            if stop - start < long or usual < _EXPECTED or meant == "real":
                continue
            if start == 0 and meant is None:
                doubts.append(
                    f"Column {table.columns[key]!r} begins with {stop} rows of 0: if the campaign "
                    "had not begun, leave them out; if nothing was measured, say zeros = 'unknown'."
                )
                continue
            if meant == "unknown":
                values[start:stop] = np.nan
                table.notes.append(
                    f"Column {table.columns[key]!r}: {stop - start} rows of 0 are unknown, as said."
                )
                continue
            span = f"to {table.days[stop - 1].isoformat()}" if table.known else ""
            raise table.complain(
                start,
                f"begins {stop - start} rows of {table.columns[key]} = 0 {span}, where "
                f"{usual:,.0f} were to be expected: nothing happened, or nothing was measured",
                "say which (zeros = 'real' or 'unknown')",
            )


def _usual(values: Column, start: int, stop: int, near: int) -> float:
    """What a row has just before a run and just after it: the lesser mean of them."""
    sides = [values[max(start - near, 0) : start], values[stop : stop + near]]
    known = [side[~np.isnan(side)] for side in sides]
    return min((float(side.mean()) for side in known if side.size), default=0.0)


def _runs(there: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where runs of truth begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], there, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def unlikely(table: Counted, doubts: list[str]) -> None:
    """What can be, and is seldom meant: more conversions than clicks, counts that are not whole."""
    sums = {key: float(np.nansum(values)) for key, values in table.values.items()}
    if sums.get("conversions", 0.0) > sums.get("clicks", np.inf):
        doubts.append(
            f"There are {sums['conversions']:,.0f} conversions and {sums['clicks']:,.0f} clicks: "
            "most conversions come from elsewhere, and no chance to convert can be told from these."
        )
    for key, values in table.values.items():
        known = values[~np.isnan(values)]
        whole = key in ("revenue", "conversions") or not series(key)
        if not whole and (known != np.floor(known)).any():
            doubts.append(
                f"Column {table.columns[key]!r} has parts of one: if it is an average, give counts."
            )
