"""Dates as tools write them: one form for all rows of a table, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from ...sim.errors import InputError
from ..reading.complaints import brief

_TIME: Final = re.compile(
    r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?$"
)
_SPAN: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)\s*/\s*(\d{4}-\d\d-\d\d)|(\S.*?\d)\s*(?:–|\bto\b|\bbis\b|\s-\s)\s*(\S.*\d)"
)
_LONGEST: Final = 60
_WEEK: Final = re.compile(r"(\d{4})-?W(\d{2})(?:-?1)?", re.IGNORECASE)
_PLACE: Final = re.compile(r"\d{1,4}")
_WORDS: Final = re.compile(r"[^\W\d_]+\.?")
_MONTHS: Final = {
    name[:3]: number
    for number, names in enumerate(
        ("jan ene", "feb", "mar mär mrz", "apr abr avr", "may mai", "jun", "jul", "aug ago aoû",
         "sep set", "oct okt", "nov", "dec dez dic déc"), 1
    )
    for name in names.split()
}  # fmt: skip
_DAY_FIRST: Final = "the day first"
_MONTH_FIRST: Final = "the month first"
# Each with what it says of the order, where the other order has a form too.
_FORMS: Final = (
    ("%Y-%m-%d", ""), ("%Y/%m/%d", ""), ("%Y.%m.%d", ""), ("%Y%m%d", ""), ("%d.%m.%Y", ""),
    ("%d.%m.%y", ""), ("%d/%m/%Y", _DAY_FIRST), ("%m/%d/%Y", _MONTH_FIRST),
    ("%d/%m/%y", _DAY_FIRST), ("%m/%d/%y", _MONTH_FIRST), ("%d-%m-%Y", _DAY_FIRST),
    ("%m-%d-%Y", _MONTH_FIRST), ("%d %m %Y", ""), ("%m %d %Y", ""),
)  # fmt: skip
# What an order that is asked for is called.
ORDERS: Final = {"day": _DAY_FIRST, "month": _MONTH_FIRST}


class Dates(NamedTuple):
    """The dates of the rows, or their places, and what is said of how they were read."""

    days: list[date]
    known: bool
    weeks: bool
    said: str


def dates(
    texts: Sequence[str],
    column: str,
    complain: Callable[[int, str, str], InputError],
    order: str | None = None,
) -> Dates:
    """Read a column of dates, in the one form that fits all of its rows.

    Where days and months could be either way round, and every row allows both, what makes rows
    follow each other by the same number of days is taken; else it is refused.

    Parameters
    ----------
    texts, column, complain
        A text a row, what the column is called, and the complaint about a row.
    order
        ``day`` or ``month``, whichever stands first, if somebody says so.

    Raises
    ------
    InputError
        If a text is no date, or may be two.
    """
    long = next((k for k, each in enumerate(texts) if len(each) > _LONGEST), None)
    if long is not None:
        raise complain(
            long, f"has {column} = {brief(texts[long])!r}, which is no date", "write 2026-03-01"
        )
    cut = [_TIME.sub("", each.strip()) for each in texts]
    if all(_PLACE.fullmatch(each) for each in cut):
        places = [int(each) for each in cut]
        begin = date(2001, 1, 1)
        days = [begin + timedelta(days=place) for place in places]
        return Dates(days, known=False, weeks=False, said="numbers of days; the first is not known")
    if all(_WEEK.fullmatch(each) for each in cut):
        return Dates(*_weeks(cut, column, complain))
    spans = [_SPAN.fullmatch(each) for each in cut]
    if all(spans):
        cut = [span[1] or span[3] for span in spans if span]
    cut = [_in_numbers(each) for each in cut]
    found = {}
    for form, said in _FORMS:
        read = _all(cut, form)
        if read is not None:
            found[form] = (read, said)
    if not found:
        raise _no_date(cut, texts, column, complain)
    if order is not None:
        wanted = ORDERS[order]
        found = {form: each for form, each in found.items() if each[1] in ("", wanted)} or found
    if len({tuple(days) for days, _ in found.values()}) > 1:
        even = {form: each for form, each in found.items() if _even(each[0])}
        if len(even) != 1:
            row = next(k for k in range(len(cut)) if len({d[k] for d, _ in found.values()}) > 1)
            first, second = (days[row].isoformat() for days, _ in list(found.values())[:2])
            raise complain(
                row,
                f"has {column} = {brief(texts[row])!r}, which may be {first} or {second}",
                "say which stands first (dates = 'day' or 'month'), or write 2026-03-01",
            )
        found = even
    (days, said), *_ = found.values()
    told = f"{said} ({texts[0].strip()} is {days[0].isoformat()})" if said else ""
    return Dates(days, known=True, weeks=False, said=told)


def _weeks(
    texts: list[str], column: str, complain: Callable[[int, str, str], InputError]
) -> tuple[list[date], bool, bool, str]:
    days = []
    for row, text in enumerate(texts):
        found = _WEEK.fullmatch(text)
        try:
            days.append(
                date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else date.min
            )
        except ValueError:
            raise complain(
                row, f"has {column} = {text!r}, and there is no such week", "mend it"
            ) from None
    return days, True, True, "weeks, by their Mondays"


def _in_numbers(text: str) -> str:
    """The same with a month's name as its number, no weekday: `Mar 1, 2026` is `1.3.2026`."""
    months = [word for word in _WORDS.findall(text) if word[:3].lower() in _MONTHS and word[2:]]
    figures = re.findall(r"\d+", text)
    if len(months) != 1 or len(figures) != 2:
        return text
    return f"{figures[0]}.{_MONTHS[months[0][:3].lower()]}.{figures[1]}"


def _all(texts: list[str], form: str) -> list[date] | None:
    found = []
    for text in texts:
        try:
            found.append(datetime.strptime(text, form).date())
        except ValueError:
            return None
    return found


def _even(days: list[date]) -> bool:
    """Whether rows follow each other by a day, or by a week, nearly everywhere."""
    steps = [(b - a).days for a, b in zip(sorted({*days}), sorted({*days})[1:], strict=False)]
    return (
        bool(steps)
        and max(steps) <= 31
        and max(steps.count(1), steps.count(7)) * 4 >= 3 * len(steps)
    )


def _no_date(
    cut: list[str],
    texts: Sequence[str],
    column: str,
    complain: Callable[[int, str, str], InputError],
) -> InputError:
    """The complaint about the first row that the form of most others does not fit."""
    fits = {form: sum(_all([each], form) is not None for each in cut) for form, _ in _FORMS}
    best = max(fits, key=lambda form: fits[form])
    row = next(k for k, each in enumerate(cut) if _all([each], best) is None)
    what = "no date" if fits[best] else "no date in a form that is known"
    return complain(
        row,
        f"has {column} = {brief(texts[row])!r}, which is {what}",
        "write dates such as 2026-03-01, all in one form",
    )
