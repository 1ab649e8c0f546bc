"""A report for a client in sentences: the decision, the answer with its intervals, what to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from ...estimates.interval import Estimate
from ...show.numbers import mean, percent, signed, span, with_sign
from ...vocabulary.currency import MONEY, in_currency
from ...vocabulary.themes import WORD_OF_MOUTH, Theme
from ..economics.books import pays_up_to

if TYPE_CHECKING:
    from ....sim.parameters import Scenario
    from ..diagnosis.answer import Diagnosis
    from .world import Pair

# Money from which on hundredths say nothing.
_WHOLE: Final = 100.0
# Numbers of the theme that the sentence tells.
_TOLD: Final = 3

Numbers = Callable[[str], "Pair"]


def is_about(theme: Theme, *, compares: bool) -> Theme:
    """What is decided upon: the theme, or word of mouth where that cannot be taken away."""
    return theme if compares else WORD_OF_MOUTH


def sells(scenario: Scenario) -> bool:
    """Whether anything brings money, so that there is a profit to speak of."""
    prices = [scenario.price_of(name) for name in ("", *scenario.segments)]
    return bool(max(*prices, scenario.transact.worth) > 0.0)


def between(found: Estimate, form: str, *, sign: bool = False) -> str:
    """A mean with its interval, whole amounts of money where they are large.

    Examples
    --------
    >>> between(Estimate(12.0, 10.5, 13.5, 1.0, 20, 20, 1.0, 1.0), "count")
    '12.0 (10.5 to 13.5)'
    >>> between(Estimate(1316.8, 1191.8, 1441.9, 9.0, 20, 20, 1.0, 1.0), "money €", sign=True)
    '+€1,317 (+€1,192 to +€1,442)'
    """
    ends = span_of(found, form, sign=sign)
    text = amount(found.mean, form, sign=sign)
    return f"{text} ({ends})" if ends else text


def span_of(found: Estimate, form: str, *, sign: bool = False) -> str:
    """The interval of a mean; empty where it has none, or no width."""
    ends = span(found.low, found.high, form, sign=sign)
    if not ends or not math.isfinite(found.width):
        return ends
    return f"{amount(found.low, form, sign=sign)} to {amount(found.high, form, sign=sign)}"


def amount(value: float, form: str, *, sign: bool = False) -> str:
    """A number as a client reads it: money of a hundred and more without hundredths.

    Examples
    --------
    >>> amount(-12345.6, "money $"), amount(5.345, "money"), amount(0.8, "rate", sign=True)
    ('-$12,346', '5.34', '+80 %')
    """
    if form.startswith(MONEY) and math.isfinite(value) and abs(value) >= _WHOLE:
        unit = form.partition(" ")[2]
        text = with_sign(f"{value:,.0f}", unit) if unit else f"{value:,.0f}"
        return f"+{text}" if sign and value > 0.0 else text
    return signed(value, form) if sign else mean(value, form)


def goal_of(scenario: Scenario) -> tuple[str, str]:
    """What is to be gained: the name of the number, and what it is called."""
    if scenario.clickable:
        return "conversions", scenario.outcome
    return "reach", "people reached"


def decision(scenario: Scenario, theme: Theme, numbers: Numbers, *, compares: bool) -> str:
    """What to decide, with the number that decides it."""
    about, money = is_about(theme, compares=compares), in_currency("money", scenario)
    name, noun = goal_of(scenario)
    if not compares:
        return _as_a_whole(scenario, numbers, name, noun, money)
    gain, cost = numbers(name).change, numbers("cost").change
    if sells(scenario):
        profit = numbers("profit").change
        pays = _verdict(profit, "pays", "loses money", "may pay or not")
        return (
            f"{about.doing} {pays}: it changes profit by {between(profit, money, sign=True)} "
            f"against the same campaign {about.without}."
        )
    works = _verdict(gain, "works", "does harm", "may help or not")
    more = f", for {between(cost, money, sign=True)} of cost" if cost.mean else ""
    return (
        f"{about.doing} {works}: it changes {noun} by {between(gain, 'count', sign=True)} against "
        f"the same campaign {about.without}{more}."
    )


def _as_a_whole(scenario: Scenario, numbers: Numbers, name: str, noun: str, money: str) -> str:
    found = numbers(name)
    brought = f"of {between(found.having, 'count')} {noun} it brings "
    brought += between(found.change, "count")
    if not sells(scenario):
        cost = numbers("cost").having
        return f"The campaign costs {between(cost, money)} and word of mouth carries it: {brought}."
    profit = numbers("profit").having
    if profit.high < 0.0:  # a loss has no minus before it
        lost = profit._replace(mean=-profit.mean, low=-profit.high, high=-profit.low)
        return f"The campaign loses money: {between(lost, money)}. Word of mouth: {brought}."
    pays = "pays" if profit.low > 0.0 else "may pay or not"
    return f"The campaign {pays}: profit {between(profit, money)}. Word of mouth: {brought}."


def _verdict(found: Estimate, good: str, bad: str, open_: str) -> str:
    if found.low > 0.0:
        return good
    return bad if found.high < 0.0 else open_


def answer(theme: Theme, numbers: Numbers, *, compares: bool) -> str:
    """The numbers that answer the question, with their intervals, and without the theme."""
    said = []
    for each in theme.yardsticks[:_TOLD]:
        found = numbers(each.name)
        if math.isnan(found.having.mean):
            continue
        text = f"{each.label}: {between(found.having, each.form)}"
        if compares and not math.isnan(found.lacking.mean):
            text += f", without {mean(found.lacking.mean, each.form)}"
        said.append(text)
    return "; ".join(said) + "." if said else ""


def advice(
    scenario: Scenario,
    theme: Theme,
    numbers: Numbers,
    diagnosis: Diagnosis,
    *,
    compares: bool,
    replicates: int,
    fitted: str | None,
) -> Iterator[str]:
    """What to do, the most important first, and what to know before doing it."""
    about = is_about(theme, compares=compares)
    name, noun = goal_of(scenario)
    money = in_currency("money", scenario)
    what = "profit" if sells(scenario) else name
    found = numbers(what).change if compares else numbers(what).having
    doing = about.doing[0].lower() + about.doing[1:] if compares else "the campaign"
    if not compares and not sells(scenario):
        yield (
            "Whether it is worth doing these worlds do not say: nothing is sold, and there is no "
            "other campaign beside it."
        )
    elif found.low > 0.0:
        yield f"Go on with {doing}: in {replicates:,} simulated worlds the gain is no luck."
    elif found.high < 0.0:
        yield f"Do not go on with {doing} as it stands; change what it costs or what it brings."
    else:
        yield (
            f"Try {doing} on a small scale first: {replicates:,} simulated worlds cannot tell "
            "whether it is worth it."
        )
    first = diagnosis.bottleneck
    if first is None:
        yield (
            "Which step to work on first is not sure: where people are lost, below, “surely” is "
            "said of each step by itself."
        )
    else:
        yield (
            f"Work on {first.act} ({first.stage}) first: odds {percent(diagnosis.step - 1.0)} "
            f"better there change {diagnosis.noun} by "
            f"{between(first.gain, diagnosis.outcome.form, sign=True)}."
        )
    each = numbers("cost_per_conversion").having
    gross, sold = (numbers(what).having.mean for what in ("gross_profit", "conversions"))
    earns = pays_up_to([gross], [sold]).value
    if name == "conversions" and earns > 0.0 and not math.isnan(each.mean):
        yield (
            f"Watch what one of the {noun} costs: {between(each, money)}; it leaves "
            f"{mean(earns, money)} when what is sold is paid for, what is bought again included."
        )
    yield caution(fitted)


def caution(fitted: str | None) -> str:
    """What the numbers are: worlds of assumptions, or of what was fitted."""
    if fitted is None:
        return (
            "This is not a forecast: the numbers follow from what the scenario assumes, and "
            "nothing was fitted to measurements of yours."
        )
    return f"The numbers follow from a fit to {fitted}; what it could not tell is in the appendix."
