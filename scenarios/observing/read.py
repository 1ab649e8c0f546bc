"""What was measured, read from whatever it was kept in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from os import PathLike
from typing import Any, Final

import numpy as np

from ...sim.border import border
from ...sim.errors import InputError
from ..reading.content import content
from ..reading.recognise import recognise
from ..reading.roster import Rows, Subject, rows_of
from ..reading.vocabulary import plain
from . import cascades, judge, rates
from .names import DATES, KEYS, head, meant
from .observed import Observed, Trees
from .table import counted, series

_NEED: Final = (
    "give a table with a line of names, one of them date, and a row a day or a week; cascades, or "
    "a table of rates"
)
_GAPS: Final = ("unknown", "zero")
_ZEROS: Final = (None, "real", "unknown")
_LAST: Final = (None, "keep", "drop")
_ORDERS: Final = (None, "day", "month")
_DECIMALS: Final = (None, ".", ",")
_ABOVE: Final = 12
_SAMPLE: Final = 4_096


def observe(
    data: Any = None,
    *,
    columns: Mapping[str, str] | None = None,
    cascades: Any = None,
    least: int | None = None,
    rates: Any = None,
    dates: str | None = None,
    decimal: str | None = None,
    cumulative: Collection[str] = (),
    daily: Collection[str] = (),
    gaps: str = "unknown",
    zeros: str | None = None,
    last: str | None = None,
) -> Observed:
    """Read what was measured of a campaign.

    Parameters
    ----------
    data
        A file, a DataFrame of pandas or a table of pyarrow: a row a day or a week under a line of
        names; or names and values, which are rates; or cascades.
    columns
        By what they hold (``date``, ``clicks``, ``fans``, ``spend_meta``, ...), the names of
        columns that are called otherwise than usual.
    cascades
        Cascades, in a file or table of their own: a size a line, lines of ``user time,user time``,
        or columns child, parent and tree.
    least
        The filter that was applied to them: those of fewer people were not kept. By default the
        size of the smallest, which is said.
    rates
        Rates known from elsewhere: a mapping, or a table of two columns.
    dates
        ``day`` or ``month``: which stands first in dates such as 3/4/2026.
    decimal
        The sign of decimals, ``.`` or ``,``.
    cumulative, daily
        Keys of columns that are running totals, and of such as are counted row by row, where their
        numbers would say otherwise.
    gaps
        What a day without a row means: ``unknown``, or ``zero``.
    zeros
        What a week of zeros means where many were to be expected: ``real``, or ``unknown``.
    last
        ``keep`` or ``drop`` the last row, which may be of a day that is not over.

    Raises
    ------
    InputError
        If it cannot be read, or what it says cannot be: with the row and the column.
    LimitError
        If it is larger than memory.
    StorageError
        If the system refuses to read it.
    """
    for name, value, allowed in (
        ("gaps", gaps, _GAPS), ("zeros", zeros, _ZEROS), ("last", last, _LAST),
        ("dates", dates, _ORDERS), ("decimal", decimal, _DECIMALS),
    ):  # fmt: skip
        if value not in allowed:
            known = " or ".join(repr(each) for each in allowed if each is not None)
            raise InputError(f"{name} = {value!r} is not allowed; give {known}.")
    cumulative, daily = [*map(meant, cumulative)], [*map(meant, daily)]
    for name, keys in (("cumulative", cumulative), ("daily", daily)):
        unknown = [key for key in keys if key not in KEYS]
        if unknown:
            raise InputError(f"{name}: {unknown[0]!r} is no column's key; give {', '.join(KEYS)}.")
    both = {*cumulative} & {*daily}
    if both:
        raise InputError(f"{min(both)} is said to be cumulative and daily; say one of them.")
    told = _Told(columns or {}, least, dates, decimal, cumulative, daily, gaps, zeros, last)
    found = Observed("")
    for given, only in ((data, ""), (cascades, "cascades"), (rates, "rates")):
        if given is not None:
            found = _joined(found, told.read(given, only))
    if data is None and cascades is None and rates is None:
        raise InputError(f"there is nothing to read; {_NEED}.")
    if least is not None and found.trees is None:
        raise InputError(f"least = {least} is of cascades, and there are none; leave it out.")
    if columns and not (found.series or found.given or found.levels):
        raise InputError(
            "columns are of a table of days or weeks, and there is none; leave it out."
        )
    return found


def _joined(one: Observed, other: Observed) -> Observed:
    """What two sources say together; the second may say what the first did not."""
    if one.trees is not None and other.trees is not None:
        raise InputError(f"{one.source} and {other.source} both hold cascades; give one of them")
    table = one if one.rows else other
    return Observed(
        source=", ".join(filter(None, (one.source, other.source))),
        hours=table.hours,
        start=table.start,
        series=table.series,
        given=table.given,
        rates={**one.rates, **other.rates},
        trees=one.trees or other.trees,
        notes=(*one.notes, *other.notes),
        levels=table.levels,
        columns=table.columns,
        doubts=(*one.doubts, *other.doubts),
    )


class _Told:
    """How a source is to be read, as somebody says."""

    def __init__(
        self,
        columns: Mapping[str, str],
        least: int | None,
        order: str | None,
        decimal: str | None,
        cumulative: Collection[str],
        daily: Collection[str],
        gaps: str,
        zeros: str | None,
        last: str | None,
    ) -> None:
        self.columns, self.least = columns, least
        self.order, self.decimal = order, decimal
        self.cumulative, self.daily = cumulative, daily
        self.gaps, self.zeros, self.last = gaps, zeros, last

    def read(self, given: Any, only: str) -> Observed:
        """What one source says; only cascades or rates, if it is given as these."""
        if isinstance(given, Mapping) and only == "rates":
            return Observed("rates", rates=rates.of_keywords(given))
        what = "the data" if not isinstance(given, str | PathLike) else str(given)
        with border(what):
            if isinstance(given, str | PathLike):
                title, raw = content(given)
                if not raw.strip():
                    raise InputError(f"{title}: the file is empty; {_NEED}")
                text = (
                    raw.decode("utf-8", "replace")
                    if recognise(title, _begun(raw)) == "text"
                    else ""
                )
                if only != "rates" and text and cascades.is_lines(text):
                    trees, notes = cascades.of_lines(title, text, self.least)
                    return _of_trees(title, trees, notes)
            rows = rows_of(given, self._subject())
            if only != "rates" and (only == "cascades" or self._is_cascades(rows)):
                if not cascades.is_table(rows):
                    raise InputError(
                        f"{rows.title}: these are no cascades; give a size a line, lines of "
                        "'user time,user time', or columns child, parent and tree"
                    )
                trees, notes = cascades.of_table(rows, self.least)
                return _of_trees(rows.title, trees, notes)
            if only == "rates" or (rates.is_table(rows) and "date" not in self.columns):
                if len(rows.columns) != 2:
                    raise InputError(f"{rows.title}: rates are in two columns, name and value")
                found, said = rates.of_table(rows)
                return Observed(rows.title, rates=found, notes=tuple(said))
            return self._table(rows)

    def _is_cascades(self, rows: Rows) -> bool:
        dated = any(head(name, [*rows.columns]).key == "date" for name in rows.columns)
        return not dated and "date" not in self.columns and cascades.is_table(rows)

    def _subject(self) -> Subject:
        names = frozenset({*DATES, *map(plain, self.columns.values())})
        return Subject("the data", "data", _NEED, names, index="date", begun=_begun)

    def _table(self, rows: Rows) -> Observed:
        table = counted(rows, self.columns, self.order, self.decimal)
        doubts: list[str] = []
        step = judge.step_of(table)
        begun = len(table.days)
        places = judge.with_gaps(table, step, self.gaps)
        judge.totals(table, self.cumulative, self.daily, doubts)
        judge.fans(table, self.cumulative, self.daily)
        judge.without_last(table, self.last, places, doubts)
        if len(places) < judge.FEWEST:
            raise InputError(
                f"{rows.title}: {len(places)} of {begun} rows are left, and fewer than five say "
                "nothing; give more of them"
            )
        judge.refuse_impossible(table)
        judge.zeros(table, step, self.zeros, doubts)
        judge.unlikely(table, doubts)
        values = table.values
        every = "a week" if step == judge.WEEK else "a day"
        notes = [f"A row is {every}.", *table.notes]
        return Observed(
            source=rows.title,
            hours=24.0 * step,
            start=table.days[0] if table.known else None,
            series={key: each for key, each in values.items() if series(key)},
            given={
                key: np.where(np.isnan(each), 0.0, each) if _blank_is_none(key) else each
                for key, each in values.items()
                if key == "posts" or key.startswith("spend")
            },
            notes=tuple(notes),
            levels={key: each for key, each in values.items() if key == "fans"},
            columns=table.columns,
            doubts=tuple(doubts),
        )


def _blank_is_none(key: str) -> bool:
    """Whether an empty cell means that there was none: nobody writes 0 for what was not bought."""
    return key.startswith("spend") or key == "posts"


def _of_trees(title: str, trees: Trees, notes: list[str]) -> Observed:
    return Observed(title, trees=trees, notes=tuple(notes))


def _begun(data: bytes) -> bytes:
    """A text without what stands above its line of names: titles, accounts, dates of the export.

    The line of names is the first of a dozen that has a date's name among several fields, where
    lines before it have fewer.
    """
    if b"\0" in data[:_SAMPLE]:
        return data
    lines = data.split(b"\n", _ABOVE + 1)
    for k, line in enumerate(lines[:_ABOVE]):
        fields = [each.strip().strip('"') for each in _fields(line)]
        if len(fields) > 1 and any(plain(each) in DATES for each in fields):
            above = [len(_fields(each)) for each in lines[:k] if _says(each)]
            if k and all(count < len(fields) for count in above):
                return b"\n" * k + b"\n".join(lines[k:])
            return data
    return data


def _says(line: bytes) -> bool:
    """Whether a line has something in it; what Excel writes for itself has not."""
    return bool(line.strip()) and not line.lower().startswith(b"sep=")


def _fields(line: bytes) -> list[str]:
    text = line.decode("utf-8", "replace")
    return max((text.split(sign) for sign in ",;\t"), key=len)
