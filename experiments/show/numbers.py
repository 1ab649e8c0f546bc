"""Means and differences in words: with as many digits as say something, and with their sign."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..estimates.interval import Estimate

NOTE: Final = (
    "“Between” is the interval that holds the true mean in 95 of 100 such experiments. Where 0 "
    "lies outside of it, the change is sure by itself; of twenty that are nothing, one will look "
    "sure by luck."
)
FINITE: Final = (
    "R over later hops comes out below 1 for every finished cascade, and just below 1 for one that "
    "took off: in a finite network it ends by running out of people."
)


def mean(value: float, form: str) -> str:
    """A mean over replicates; that of counts is no count, and has a decimal.

    Examples
    --------
    >>> mean(2.8125, "count"), mean(0.0312, "count"), mean(1234.5, "count")
    ('2.8', '0.03', '1,234')
    >>> mean(-386.2, "money"), mean(0.0198, "money"), mean(0.341, "rate"), mean(1.125, "number")
    ('-386.20', '0.0198', '34 %', '1.12')
    >>> mean(-386.2, "money €"), mean(12.5, "money CHF").split()
    ('-€386.20', ['CHF', '12.50'])
    """
    form, _, sign = form.partition(" ")
    if sign and math.isfinite(value):
        return with_sign(mean(value, form), sign)
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
            return _three(value)


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


def with_sign(amount: str, sign: str) -> str:
    """An amount with the sign of its currency before it; a word stands apart."""
    minus, digits = ("-", amount[1:]) if amount.startswith("-") else ("", amount)
    apart = "\N{NO-BREAK SPACE}" if sign[-1].isalpha() or sign[-1] == "." else ""
    return f"{minus}{sign}{apart}{digits}"


def rounded(amount: float, form: str) -> str:
    """An amount of money as a picture has room for it: without hundredths where it is large.

    Examples
    --------
    >>> rounded(1234.5, "money"), rounded(2.345, "money €")
    ('1,234', '€2.3')
    """
    text = f"{amount:,.0f}" if amount >= 10 or amount == 0 else f"{amount:.2g}"
    sign = form.partition(" ")[2]
    return with_sign(text, sign) if sign else text


def interval(found: Estimate, form: str) -> str:
    """A difference with its interval; without one where it has no width.

    Examples
    --------
    >>> from wordofmouth.experiments.estimates.interval import estimate
    >>> interval(estimate([1.0, 2.0, 3.0]), "count"), interval(estimate([2.0, 2.0]), "count")
    ('+2.0 (-0.5 to +4.5)', '+2.0')
    """
    text, between = signed(found.mean, form), span(found.low, found.high, form)
    return f"{text} ({between})" if between else text


def more_or_less(found: Estimate, form: str) -> str:
    """A difference in words, with its interval: which of two has more, and how much.

    Examples
    --------
    >>> from wordofmouth.experiments.estimates.interval import estimate
    >>> more_or_less(estimate([-2.0, -2.2, -2.4]), "count")
    '2.2 fewer (1.7 to 2.7 fewer)'
    >>> more_or_less(estimate([1.0, 2.0, 3.0]), "money €")
    '€2.00 more (€0.484 less to €4.48 more)'
    >>> more_or_less(estimate([0.5]), "rate"), more_or_less(estimate([2.0, 2.0]), "count")
    ('50 points more (too few worlds to say between what)', '2.0 more')
    """
    low, high = found.low, found.high
    text = _apart(found.mean, form)
    if not span(low, high, form):
        return text
    if math.isinf(high - low):
        return f"{text} (too few worlds to say between what)"
    if low < 0.0 < high:
        return f"{text} ({_apart(low, form)} to {_apart(high, form)})"
    near, far = sorted((low, high), key=abs)
    return f"{text} ({_points(near, form)} to {_apart(far, form)})"


def _apart(value: float, form: str) -> str:
    less = "fewer" if form == "count" else "less"
    return f"{_points(value, form)} {less if value < 0.0 else 'more'}"


def _points(value: float, form: str) -> str:
    """How far apart two are: shares by points, because a per cent may be of either."""
    return mean(abs(value), form).replace(" %", " points")


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def written(value: float | None, form: str) -> str:
    """A value in its form; a dash where it is not defined.

    Examples
    --------
    >>> written(12345, "count"), written(0.0917, "rate"), written(float("nan"), "money")
    ('12,345', '9.2 %', '–')
    >>> written(12345, "money €")
    '€12,345.00'
    """
    if value is None or math.isnan(value):
        return "–"
    form, _, sign = form.partition(" ")
    if sign:
        return with_sign(written(value, form), sign)
    match form:
        case "count":
            return f"{value:,.0f}"
        case "rate":
            return percent(value)
        case "money":
            return f"{value:,.2f}" if abs(value) >= 0.01 or value == 0 else f"{value:.2g}"
        case _:
            return _three(value)


def percent(rate: float) -> str:
    """A share in per cent with two digits that say something; a dash where there is none.

    Examples
    --------
    >>> percent(1.0), percent(0.341), percent(0.0017), percent(2e-06), percent(-0.05)
    ('100 %', '34 %', '0.17 %', '0.0002 %', '-5 %')
    """
    if math.isnan(rate):
        return "–"
    hundredth = 100 * rate
    if hundredth == 0 or abs(hundredth) >= 10:
        return f"{hundredth:.0f} %"
    digits = 1 - math.floor(math.log10(abs(hundredth)))
    text = f"{hundredth:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.')} %"


def _three(value: float) -> str:
    """Three digits, or all before the point where there are more; large ones have no exponent.

    Examples
    --------
    >>> _three(1.125), _three(999.4), _three(999.6), _three(-999.5), _three(12345.6)
    ('1.12', '999', '1,000', '-1,000', '12,346')
    """
    return f"{value:,.3g}" if abs(value) < 999.5 else f"{value:,.0f}"


def values(numbers: Sequence[float], form: str) -> list[str]:
    """Means beside one another; counts have no decimals where all of them are whole.

    Examples
    --------
    >>> values([20.0, 10.0], "count"), values([20.0, 10.5, math.nan], "count")
    (['20', '10'], ['20.0', '10.5', '–'])
    """
    if form == "count" and all(each.is_integer() for each in numbers if not math.isnan(each)):
        return [written(each, form) for each in numbers]
    return [mean(each, form) for each in numbers]


def span(low: float, high: float, form: str, *, sign: bool = True) -> str:
    """An interval; nothing where it has no width, and where one replicate gives none.

    Examples
    --------
    >>> span(0.5, 2.0, "count"), span(0.0, 0.0, "count"), span(math.nan, 1.0, "count")
    ('+0.5 to +2.0', '', '')
    >>> span(-math.inf, math.inf, "money"), span(2.0, math.inf, "money", sign=False)
    ('anything', '2.00 to without end')
    """
    if math.isnan(low) or math.isnan(high) or low == high:
        return ""
    if math.isinf(low) and math.isinf(high):
        return "anything"
    write = signed if sign else mean
    return f"{write(low, form)} to {write(high, form)}"


def verdict(number: float, low: float, high: float, direction: int = 0) -> str:
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
    >>> verdict(0.0, 0.0, 0.0, 1), verdict(2.0, -math.inf, math.inf)
    ('no change', 'too few worlds')
    """
    if math.isnan(number):
        return "has no value"
    if number == 0 and low == high:
        return "no change"
    if math.isnan(low) or math.isnan(high) or math.isinf(high - low):
        return "too few worlds"
    if low <= 0.0 <= high:
        return "may be luck"
    if direction == 0:
        return "surely more" if number > 0 else "surely less"
    return "surely better" if direction * number > 0 else "surely worse"
