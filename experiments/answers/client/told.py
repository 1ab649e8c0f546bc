"""A report for a client in sentences: the decision, the answer with its intervals, what to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from ...estimates.interval import Estimate
from ...show.numbers import mean, signed, span, with_sign
from ...vocabulary.currency import MONEY, in_currency
from ...vocabulary.themes import WORD_OF_MOUTH, Theme
from ..diagnosis.remedies import remedies_for
from ..economics.added import never_paid
from ..economics.books import pays_up_to

if TYPE_CHECKING:
    from ....sim.parameters import Scenario
    from ..diagnosis.answer import Diagnosis
    from .world import Pair

# Money from which on hundredths say nothing.
_WHOLE: Final = 100.0
# Numbers of the theme that the sentence tells, and remedies that may be tried.
_TOLD: Final = 3
_TRIED: Final = 2
# What a diagnosis is asked with: money, where the campaign costs none, and time.
_SPEND: Final = 100.0
_SECONDS: Final = 300

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


def decision(
    scenario: Scenario, theme: Theme, numbers: Numbers, *, compares: bool, unpaid: int = 0
) -> str:
    """What to decide, with the number that decides it.

    `unpaid` is in how many worlds a reward was offered and never paid, if that is all of them.
    """
    about, money = is_about(theme, compares=compares), in_currency("money", scenario)
    if unpaid:
        return f"{never_paid('reward', unpaid)}."
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
    if not gain.moved and not cost.moved:
        return f"{about.doing} changes nothing: not the {noun}, and not what the campaign costs."
    more = ""
    if cost.mean:
        size = cost if cost.mean > 0.0 else _turned(cost)
        more = f", and {'costs' if cost.mean > 0.0 else 'saves'} {between(size, money)}"
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
        lost = between(_turned(profit), money)
        return f"The campaign loses money: {lost}. Word of mouth: {brought}."
    pays = "pays" if profit.low > 0.0 else "may pay or not"
    return f"The campaign {pays}: profit {between(profit, money)}. Word of mouth: {brought}."


def _turned(found: Estimate) -> Estimate:
    return found._replace(mean=-found.mean, low=-found.high, high=-found.low)


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
    unpaid: bool = False,
    typed: str = "",
) -> Iterator[str]:
    """What to do: the decision, what to improve first, and how to ask about a sum of money."""
    yield _verdict_on(scenario, theme, numbers, compares, replicates, unpaid=unpaid)
    yield _first(diagnosis)
    yield _asking(scenario, numbers("cost").having.mean, typed)


def _verdict_on(
    scenario: Scenario,
    theme: Theme,
    numbers: Numbers,
    compares: bool,
    replicates: int,
    *,
    unpaid: bool,
) -> str:
    about = is_about(theme, compares=compares)
    doing = about.doing[0].lower() + about.doing[1:] if compares else "the campaign"
    if unpaid:
        return f"Find out first why nobody earns {doing}: nobody did, and so it cost nothing."
    if not compares and not sells(scenario):
        return (
            "Whether it is worth doing these worlds do not say: nothing is sold, and there is no "
            "other campaign beside it."
        )
    what = "profit" if sells(scenario) else goal_of(scenario)[0]
    found = numbers(what).change if compares else numbers(what).having
    if compares and not found.moved:
        return f"{about.doing} changes nothing in {replicates:,} simulated worlds: find out why."
    why = "" if compares else each_costs(scenario, numbers)
    if found.low > 0.0:
        return f"Go on with {doing}: in {replicates:,} simulated worlds the gain is no luck."
    if found.high < 0.0:
        because = f": {why}" if why else "; change what it costs or what it brings"
        return f"Do not go on with {doing} as it stands{because}."
    return (
        f"Try {doing} on a small scale first: {replicates:,} simulated worlds cannot tell whether "
        "it is worth it."
    )


def each_costs(scenario: Scenario, numbers: Numbers) -> str:
    """What one of what is sold costs and leaves; empty where it earns nothing."""
    name, noun = goal_of(scenario)
    gross, cost, sold = (
        numbers(what).having.mean for what in ("gross_profit", "cost", "conversions")
    )
    # By the means of all worlds, as a world in which nothing is sold costs money too.
    earns, each = (pays_up_to([of], [sold]).value for of in (gross, cost))
    money = in_currency("money", scenario)
    if name != "conversions" or not earns > 0.0:
        return ""
    made = " after what it takes to make it" if scenario.transact.cost_of_goods > 0.0 else ""
    left = amount(earns, money)
    return f"one of the {noun} costs {amount(each, money)} and leaves {left}{made}"


def _first(diagnosis: Diagnosis) -> str:
    """What to improve first, and what may be tried there."""
    first = diagnosis.bottleneck
    if first is None:
        return "What to improve first is not sure yet; see where people are lost, below."
    known = ", as far as these worlds tell" if diagnosis.rivals else ""
    tried = [each.does for each, _ in remedies_for(first.stage, diagnosis.scenario)]
    such = f"; to be tried for it: {' or '.join(tried[:_TRIED])}" if tried else ""
    gain = between(first.gain, diagnosis.outcome.form, sign=True)
    return (
        f"Improve {first.act} first{known}: a little better there changes {diagnosis.noun} by "
        f"{gain}{such}."
    )


def _asking(scenario: Scenario, cost: float, typed: str) -> str:
    """What to type to be told what to do with a sum of money; one digit of what is spent anyway."""
    spend = float(f"{cost:.0e}") if cost > 0.0 else _SPEND
    outcome = "conversions" if scenario.clickable else "reach"
    if typed:
        command = f"{typed} --outcome {outcome} --spend {spend:g} --seconds {_SECONDS}"
    else:
        command = f"wom.diagnose(scenario, {outcome!r}, spend={spend:g}, seconds={_SECONDS})"
    money = amount(spend, in_currency("money", scenario))
    return (
        f"What to do with a sum of money, such as {money}, this tells in {_SECONDS // 60} minutes: "
        f"`{command}`"
    )


def caution(fitted: str | None) -> str:
    """What the numbers are: worlds of assumptions, or of what was fitted."""
    if fitted is None:
        return (
            "This is not a forecast: the numbers follow from what the scenario assumes, and "
            "nothing was fitted to measurements of yours."
        )
    return f"The numbers follow from a fit to {fitted}; what it could not tell is in the appendix."
