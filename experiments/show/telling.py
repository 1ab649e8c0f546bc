"""Estimates as a report writes them, read back from the JSON of a folder."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from ..vocabulary.outcomes import OUTCOMES, Outcome
from .numbers import mean, signed, written

Told = dict[str, Any]

NOTE: Final = (
    "“Between” is the interval that holds the true mean in 95 of 100 such experiments. Where 0 "
    "lies outside of it, the change is sure by itself; of twenty that are nothing, one will look "
    "sure by luck."
)


FINITE: Final = (
    "R over later hops comes out below 1 for every finished cascade, and just below 1 for one that "
    "took off: in a finite network it ends by running out of people."
)


def known(value: float | None) -> float:
    """A number of JSON; nan where there is none."""
    return math.nan if value is None else float(value)


def value(number: float | None, form: str) -> str:
    """A mean."""
    return mean(known(number), form)


def values(numbers: Sequence[float | None], form: str) -> list[str]:
    """Means beside one another; counts have no decimals where all of them are whole.

    Examples
    --------
    >>> values([20.0, 10.0], "count"), values([20.0, 10.5, None], "count")
    (['20', '10'], ['20.0', '10.5', '–'])
    """
    there = [known(number) for number in numbers]
    if form == "count" and all(each.is_integer() for each in there if not math.isnan(each)):
        return [written(each, form) for each in there]
    return [mean(each, form) for each in there]


def change(number: float | None, form: str) -> str:
    """A difference with its sign; a dash where there is none."""
    return signed(known(number), form)


def between(low: float | None, high: float | None, form: str, *, sign: bool = True) -> str:
    """An interval; nothing where it has no width, and where one replicate gives none.

    Examples
    --------
    >>> between(0.5, 2.0, "count"), between(0.0, 0.0, "count"), between(None, None, "count")
    ('+0.5 to +2.0', '', '')
    >>> between(-math.inf, math.inf, "money"), between(2.0, math.inf, "money", sign=False)
    ('anything', '2.00 to without end')
    """
    low, high = known(low), known(high)
    if math.isnan(low) or math.isnan(high) or low == high:
        return ""
    if math.isinf(low) and math.isinf(high):
        return "anything"
    write = signed if sign else mean
    return f"{write(low, form)} to {write(high, form)}"


def verdict(number: float | None, low: float | None, high: float | None, direction: int = 0) -> str:
    """What a difference with its interval says, in words.

    Parameters
    ----------
    number, low, high
        The difference, and its interval.
    direction
        1 if more is better, -1 if less is, 0 if neither can be said.

    Examples
    --------
    >>> verdict(2.0, 1.0, 3.0, 1), verdict(2.0, 1.0, 3.0, -1), verdict(2.0, -1.0, 3.0, 1)
    ('surely better', 'surely worse', 'may be luck')
    >>> verdict(0.0, 0.0, 0.0, 1), verdict(2.0, None, None), verdict(2.0, math.nan, math.nan)
    ('no change', 'one world tells nothing', 'one world tells nothing')
    """
    number, low, high = known(number), known(low), known(high)
    if math.isnan(number):
        return "has no value"
    if number == 0 and low == high:
        return "no change"
    if math.isnan(low) or math.isnan(high):
        return "one world tells nothing"
    if low <= 0.0 <= high:
        return "may be luck"
    if direction == 0:
        return "surely more" if number > 0 else "surely less"
    return "surely better" if direction * number > 0 else "surely worse"


def outcome_of(name: str) -> Outcome:
    """An outcome by its name; one that this version does not know is a number called so."""
    return OUTCOMES.get(name) or Outcome(name, name.replace("_", " "), "number", 0, "")
