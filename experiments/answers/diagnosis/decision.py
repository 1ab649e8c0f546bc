"""What to do with the money: the remedy or purchase that earns most, or keep it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from ...estimates.interval import Estimate
from ...show.numbers import interval, listed, mean, span, written
from ...vocabulary.outcomes import Outcome
from ..price import MONEY as MADE
from .gains import Bought
from .worth import RemedyGain

# Outcomes that are asked for because of the money they bring; of others it is not said that money
# is better kept, since somebody wants them for another reason.
_EARNING: Final = frozenset(("conversions", "revenue", "gross_profit", MADE))


class Way(NamedTuple):
    """A way to spend money that has a price: in words, and what it brings, costs and earns."""

    does: str
    gain: Estimate
    cost: Estimate
    profit: Estimate


def ways(remedies: Sequence[RemedyGain], bought: Sequence[Bought]) -> list[Way]:
    """All ways to spend money of which it is known what they cost, in every measure tried."""
    found = []
    for each in remedies:
        if each.ranked:
            found.append(Way(each.in_full, each.gain, each.cost, each.profit))
        if each.ranked and each.same is not None:
            does = f"{each.called} ({listed(each.same.sets)})"
            found.append(Way(does, each.same.gain, each.same.spent, each.same.profit))
    for buys in bought:
        does = f"buy {buys.what} ({listed(buys.sets)})"
        found.append(Way(does, buys.gain, buys.spent, buys.profit))
    return found


def decided(
    noun: str,
    outcome: Outcome,
    remedies: Sequence[RemedyGain],
    bought: Sequence[Bought],
    earned: float,
) -> str:
    """What to do, in a sentence or two; empty where nothing was tried.

    Parameters
    ----------
    noun, outcome
        What is to be gained.
    remedies, bought
        What was tried.
    earned
        What one more conversion earns; nan where nothing is earned.
    """
    options = ways(remedies, bought)
    if not options and not remedies:
        return ""
    if math.isnan(earned) or outcome.name not in _EARNING:
        said = _for_more(noun, outcome, options)
    else:
        said = _for_money(outcome.money, options)
    return " ".join(filter(None, (said, _unpriced(noun, outcome, remedies, earned))))


def _for_money(money: str, options: Sequence[Way]) -> str:
    some = f"{len(options)} way{'' if len(options) == 1 else 's'}"
    paying = [each for each in options if each.profit.surely(1, len(options))]
    if paying:
        best = max(paying, key=lambda each: each.profit.mean)
        cost = written(max(best.cost.mean, 0.0), money)
        return (
            f"Decision: put {cost} into this: {best.does}. It earns {interval(best.profit, money)} "
            "more than it costs."
        )
    if not options:
        return "Decision: keep the money; nothing that was tried has a price."
    best = max(options, key=lambda each: each.profit.mean)
    way = "higher" if best.profit.mean > 0.0 else "lower"
    ends = span(best.profit.low, best.profit.high, money)
    return (
        f"Decision: keep the money. Of {some} to spend it, none surely earns more than it costs; "
        f"with the best of them, {best.does}, profit is {mean(abs(best.profit.mean), money)} {way} "
        f"than with nothing spent{f' ({ends})' if ends else ''}."
    )


def _for_more(noun: str, outcome: Outcome, options: Sequence[Way]) -> str:
    helping = [
        each
        for each in options
        if each.gain.surely(outcome.good, len(options)) and each.cost.mean > 0.0
    ]
    if not helping:
        return f"Decision: keep the money; nothing that has a price surely helps {noun}."
    best = max(helping, key=lambda each: outcome.good * each.gain.mean / each.cost.mean)
    return (
        f"Decision: to help {noun}, put {written(best.cost.mean, outcome.money)} into this: "
        f"{best.does}. It changes {noun} by {interval(best.gain, outcome.form)}; whether that is "
        "worth the money the scenario does not say."
    )


def _unpriced(noun: str, outcome: Outcome, remedies: Sequence[RemedyGain], earned: float) -> str:
    """What to ask a price for: the remedy without one that may cost most."""
    open_ = [each for each in remedies if each.worth > 0.0]
    if not open_ or math.isnan(earned):
        return ""
    best = max(open_, key=lambda each: each.worth)
    return (
        f"Ask what this would cost, which no parameter says: {best.in_full}. It changes {noun} by "
        f"{interval(best.gain, outcome.form)}, and pays below "
        f"{written(best.worth, outcome.money)}."
    )
