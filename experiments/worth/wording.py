"""Differences in words: with their sign, and with as many digits as say something."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..glossary import percent
from ..paired.estimate import Estimate


def signed(value: float, form: str) -> str:
    """A difference with its sign; a mean of counts is no count, and has decimals.

    Examples
    --------
    >>> signed(2.8125, "count"), signed(-386.2, "money"), signed(0.0, "count"), signed(0.02, "rate")
    ('+2.81', '-386.20', '0', '+2 %')
    """
    if value == 0 or math.isnan(value):
        return "–" if value != 0 else "0"
    return ("+" if value > 0 else "-") + mean(abs(value), form)


def mean(value: float, form: str) -> str:
    """A mean over replicates.

    Examples
    --------
    >>> mean(2.8125, "count"), mean(1234.5, "count"), mean(-386.2, "money"), mean(0.0198, "money")
    ('2.81', '1,234', '-386.20', '0.0198')
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "without end" if value > 0 else "-without end"
    if form == "rate":
        return percent(value)
    if form == "money" and (abs(value) >= 1 or value == 0):
        return f"{value:,.2f}"
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def between(found: Estimate, form: str, *, sign: bool = True) -> str:
    """An interval: of a difference with its signs, of a mean without."""
    write = signed if sign else mean
    return f"{write(found.low, form)} to {write(found.high, form)}"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
