"""What is a label alone: the day on which a campaign begins, and the currency of its money."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from unicodedata import category

# A code as in ISO 4217 and what people write in place of one: letters, or up to three and a sign.
_LETTERS: Final = re.compile(r"[^\W\d_]{1,4}\.?")
_BEFORE_A_SIGN: Final = re.compile(r"[^\W\d_]{0,3}")


def day(value: object) -> object:
    """A date of TOML, or a text such as ``2026-03-02``, as a date."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise ValueError("is no date; give a day such as 2026-03-02.")


def money(value: str | None) -> str | None:
    """A currency, if it is one by its looks."""
    if value is None or _LETTERS.fullmatch(value):
        return value
    signed = category(value[-1:] or " ") == "Sc"
    if signed and _BEFORE_A_SIGN.fullmatch(value[:-1]):
        return value
    raise ValueError("is no currency; give a code such as 'EUR', or a sign such as '€' or 'kr'.")


def last_day(start: date, hours: float) -> date | None:
    """The day on which a campaign of so many hours ends; None where it has no date.

    Examples
    --------
    >>> last_day(date(2026, 3, 2), 48.0)
    datetime.date(2026, 3, 4)
    """
    try:
        return start + timedelta(hours=hours)
    except OverflowError:
        return None
