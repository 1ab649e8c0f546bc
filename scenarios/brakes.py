"""What a scenario pays without a limit: a reward for each share or result, and no budget for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..sim.parameters import Scenario

_FOR: Final = {
    "share": "share",
    "referral": "visit that a share brings",
    "conversion": "sale that a share brings",
}


def without_a_brake(scenario: Scenario) -> Iterator[str]:
    """A sentence where rewards are paid for each result and nothing says how much in all.

    The more people pass it on the more is paid, and a campaign that takes off pays most. A draw has
    one prize, and is its own limit; so is a reward for a sale that is no more than the sale leaves.

    Parameters
    ----------
    scenario
        What is to be run.

    Examples
    --------
    >>> paid = Scenario().replace({"incentives.reward": 5.0})
    >>> next(without_a_brake(paid))  # doctest: +ELLIPSIS
    'incentives.reward = 5 is paid for each share, and nothing limits what that comes ...'
    >>> list(without_a_brake(Scenario().replace({"incentives.prize": 500.0})))
    []
    """
    for then in scenario.ever():
        incentives = then.incentives
        claim = incentives.reward + incentives.recipient
        if claim == 0.0 or incentives.budget is not None or incentives.paid == "draw":
            continue
        if incentives.paid == "conversion" and claim <= left_by_a_sale(then):
            continue
        names = [name for name in ("reward", "recipient") if getattr(incentives, name) > 0.0]
        said = " and ".join(f"incentives.{name} = {getattr(incentives, name):g}" for name in names)
        are = "is" if len(names) == 1 else "are"
        yield (
            f"{said} {are} paid for each {_FOR[incentives.paid]}, and nothing limits what that "
            "comes to in all; give incentives.budget, the most that is paid in rewards."
        )
        return


def left_by_a_sale(then: Scenario) -> float:
    """What the cheapest sale leaves when what is sold has been made.

    Examples
    --------
    >>> round(left_by_a_sale(Scenario(transact={"price": 4.0, "margin": 0.4})), 9)
    1.6
    """
    transact = then.transact
    prices = [then.price_of(name) for name in ("", *then.segments)]
    return min(prices) + transact.worth - transact.cost_of_goods
