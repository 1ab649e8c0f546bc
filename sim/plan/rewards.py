"""What a reward is worth to whom, and what is paid for what: numbers of rewards and of asking."""

from __future__ import annotations

import math
from typing import Final

from ..arithmetic import logit
from ..ledger import CONVERSION, DRAW, MILLION, REFERRAL, SHARE, millionths, prices
from ..parameters import Scenario
from ..weeks import WEEK
from .records import NEVER, Asking, Paying

# The chance of winning that whoever takes part in a draw supposes. Assumed.
_TICKET: Final = 0.01


def utility(scenario: Scenario, money: float) -> float:
    """The utility of money: ln(1 + money / scale)."""
    return math.log1p(money / scenario.incentives.scale)


def hoped_for(scenario: Scenario) -> float:
    """The utility of one's own reward, weighed by its chance; in a draw that of what can be won."""
    incentives = scenario.incentives
    reward = incentives.reward
    if incentives.paid == "draw" and reward > 0.0:
        reward = max(reward, incentives.prize)
    return decision_weight(scenario) * utility(scenario, reward)


def decision_weight(scenario: Scenario) -> float:
    """What the chance that a share brings the reward weighs (Tversky & Kahneman 1992)."""
    return weighed(_chance_of_reward(scenario), scenario.incentives.weighting)


def _chance_of_reward(scenario: Scenario) -> float:
    """The chance that a share brings the reward, as people judge it."""
    incentives, transact = scenario.incentives, scenario.transact
    if incentives.judged_chance is not None:
        return incentives.judged_chance
    if incentives.paid in ("share", "draw"):
        return 1.0 if incentives.paid == "share" else _TICKET
    each = transact.click
    if incentives.paid == "conversion":
        each *= transact.convert
    return 1.0 - (1.0 - each) ** incentives.hearers


def weighed(chance: float, weighting: float) -> float:
    """The decision weight p ** g / (p ** g + (1 - p) ** g) ** (1 / g) of a chance p.

    Examples
    --------
    >>> round(weighed(0.01, 0.61), 3), round(weighed(0.5, 0.61), 3), weighed(1.0, 0.61)
    (0.055, 0.421, 1.0)
    """
    bent: float = chance**weighting
    other: float = (1.0 - chance) ** weighting
    whole: float = (bent + other) ** (1.0 / weighting)
    return bent / whole


def paying(scenario: Scenario) -> Paying:
    """What is paid for, to whom, and out of how much."""
    incentives = scenario.incentives
    events = {"share": SHARE, "referral": REFERRAL, "conversion": CONVERSION, "draw": DRAW}
    budget = incentives.budget
    if budget is not None and incentives.paid == "draw" and incentives.prize > budget:
        budget = 0.0  # what it cannot pay is not raffled
    return Paying(
        event=events[incentives.paid],
        reward=millionths(incentives.reward),
        recipient=millionths(incentives.recipient),
        budget=int(NEVER) if budget is None else millionths(budget),
        fraud=incentives.fraud,
        audit=incentives.audit,
        prices=prices(scenario),
        tools=sum(millionths(tool.cost) for tool in scenario.publish.tools),
        upkeep=math.fsum(tool.upkeep for tool in scenario.publish.tools)
        * MILLION
        * scenario.hours_per_tick
        / WEEK,
    )


def asking(scenario: Scenario) -> Asking:
    """Whether those comply whom the brand asks, and how many it asks."""
    publish, incentives = scenario.publish, scenario.incentives
    paid = hoped_for(scenario)
    return Asking(
        accept=logit(publish.seed_accept),
        bond=publish.seed_accept_bond,
        reward=publish.seed_accept_reward * (paid + incentives.access),
        unrewarded=publish.seed_accept_reward * incentives.access,
        # A tick longer than a week has the requests of all of it.
        outreach=-1
        if publish.outreach is None
        else int(publish.outreach * max(1.0, scenario.hours_per_tick / WEEK) + 1e-9),
        hours=scenario.hours_per_tick,
    )
