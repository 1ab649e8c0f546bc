"""What to do with the money: the remedy or purchase that earns most, or keep it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from ...estimates.interval import Estimate
from ...show.numbers import interval, listed, mean, span, written
from ...vocabulary.outcomes import Outcome
from ..price import MONEY as MADE
from ..price import Deal
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

    @property
    def deal(self) -> Deal:
        """What it brings and costs, all of which has a price."""
        return Deal(self.gain, self.cost)

    @property
    def put(self) -> float:
        """How much money goes into it; 0 where it costs nothing more, or saves money."""
        return 0.0 if self.deal.saves else max(self.cost.mean, 0.0)

    def told(self, money: str) -> str:
        """What it costs where no money goes into it, as a sentence without its full stop."""
        if self.deal.saves:
            return f"It saves {written(-self.cost.mean, money)}"
        return "Nothing shows that it costs more"

    def order(self, direction: int) -> tuple[float, float]:
        """The more the better: what it brings for its money, which saving beats, and at all."""
        brings = direction * self.gain.mean
        return (brings / self.put if self.put > 0.0 else math.inf), brings


def ways(remedies: Sequence[RemedyGain], bought: Sequence[Bought], *, earns: bool) -> list[Way]:
    """All ways to spend money that have a price, in every measure tried.

    Parameters
    ----------
    remedies, bought
        What was tried.
    earns
        Whether profit is asked for. It has the cost taken off already; else what a way costs has to
        be told from luck, since it is held against what it brings.
    """
    found = []
    for each in remedies:
        if not (each.priced if earns else each.ranked):
            continue
        found.append(Way(each.in_full, each.gain, each.cost, each.profit))
        if each.same is not None:
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
    untried: Sequence[str] = (),
) -> str:
    """What to do, in a sentence or two; empty where nothing was to be tried.

    Parameters
    ----------
    noun, outcome
        What is to be gained.
    remedies, bought
        What was tried.
    earned
        What one more conversion earns, or loses; nan where nothing is sold for money.
    untried
        What else there was to try, and no time for it: then the decision is not firm, and says so.
    """
    short = f"There was no time to try {listed(untried)}; to have that too, give more --seconds."
    more = short if untried else ""
    earns = not math.isnan(earned) and outcome.name in _EARNING
    options = ways(remedies, bought, earns=earns)
    if not options and not remedies:
        return f"Decision: open. {more}" if untried else ""
    said = _for_money(outcome.money, options) if earns else _for_more(noun, outcome, options)
    firm = "Decision, of what could be tried in the time" if untried else "Decision"
    parts = f"{firm}: {said}", _unpriced(noun, outcome, remedies, earned), more
    return " ".join(filter(None, parts))


def _for_money(money: str, options: Sequence[Way]) -> str:
    some = f"{len(options)} way{'' if len(options) == 1 else 's'}"
    paying = [each for each in options if each.profit.surely(1, len(options))]
    if paying:
        best = max(paying, key=lambda each: each.profit.mean)
        earns = interval(best.profit, money)
        if best.put > 0.0:
            cost = written(best.put, money)
            return f"put {cost} into this: {best.does}. It earns {earns} more than it costs."
        return f"do this: {best.does}. {best.told(money)}; profit changes by {earns}."
    if not options:
        return "keep the money; nothing that was tried has a price."
    best = max(options, key=lambda each: each.profit.mean)
    way = "higher" if best.profit.mean > 0.0 else "lower"
    ends = span(best.profit.low, best.profit.high, money)
    # That none surely pays is no finding where one may: more worlds may tell.
    open_ = [each for each in options if not each.profit.high <= 0.0]
    begun = "open; until more worlds tell, keep the money" if open_ else "keep the money"
    return (
        f"{begun}. Of {some} to spend it, none surely earns more than it costs; "
        f"with the best of them, {best.does}, profit is {mean(abs(best.profit.mean), money)} {way} "
        f"than with nothing spent{f' ({ends})' if ends else ''}."
    )


def _for_more(noun: str, outcome: Outcome, options: Sequence[Way]) -> str:
    helping = [
        each
        for each in options
        if each.gain.surely(outcome.good, len(options)) and (each.put > 0.0 or each.deal.saves)
    ]
    if not helping:
        may = any(outcome.good * end > 0.0 for each in options for end in each.gain[1:3])
        begun = "open; until more worlds tell, keep the money" if may else "keep the money"
        return f"{begun}; nothing that has a price surely helps {noun}."
    best = max(helping, key=lambda each: each.order(outcome.good))
    changes = f"It changes {noun} by {interval(best.gain, outcome.form)}"
    if best.put <= 0.0:
        saves = best.told(outcome.money)
        return f"to help {noun}, do this: {best.does}. {saves}. {changes}."
    return (
        f"to help {noun}, put {written(best.put, outcome.money)} into this: "
        f"{best.does}. {changes}; whether that is worth the money the scenario does not say."
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
