"""Means and differences in words: with as many digits as say something, and with their sign."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..estimates.interval import Estimate
from ..vocabulary.glossary import percent


def mean(value: float, form: str) -> str:
    """A mean over replicates; that of counts is no count, and has a decimal.

    Examples
    --------
    >>> mean(2.8125, "count"), mean(0.0312, "count"), mean(1234.5, "count")
    ('2.8', '0.03', '1,234')
    >>> mean(-386.2, "money"), mean(0.0198, "money"), mean(0.341, "rate"), mean(1.125, "number")
    ('-386.20', '0.0198', '34 %', '1.12')
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "without end" if value > 0 else "-without end"
    size = abs(value)
    match form:
        case "rate":
            return percent(value)
        case "money" if size >= 1 or size == 0:
            return f"{value:,.2f}"
        case "count" if size == 0:
            return "0"
        case "count" if size < 100:
            return f"{value:.1f}" if size >= 0.05 else f"{value:.1g}"
        case _:
            return f"{value:,.3g}" if size < 1000 else f"{value:,.0f}"


def signed(value: float, form: str) -> str:
    """A difference with its sign.

    Examples
    --------
    >>> signed(2.345, "count"), signed(-386.2, "money"), signed(0.0, "money"), signed(-0.02, "rate")
    ('+2.3', '-386.20', '0', '-2 %')
    """
    if value == 0:
        return "0"
    return f"+{mean(value, form)}" if value > 0 else mean(value, form)


def between(found: Estimate, form: str) -> str:
    """The interval of a difference."""
    return f"{signed(found.low, form)} to {signed(found.high, form)}"


def interval(found: Estimate, form: str) -> str:
    """A difference with its interval; without one where it has no width.

    Examples
    --------
    >>> from wordofmouth.experiments.estimates.interval import estimate
    >>> interval(estimate([1.0, 2.0, 3.0]), "count"), interval(estimate([2.0, 2.0]), "count")
    ('+2.0 (-0.5 to +4.5)', '+2.0')
    """
    text = signed(found.mean, form)
    return (
        text if found.width == 0.0 or found.replicates == 0 else f"{text} ({between(found, form)})"
    )


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
