"""Clicks, prices and purchases: numbers of transactions, for all and by segment."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import logit
from ..ledger import millionths, priced
from ..parameters import Scenario
from .records import DOSES, Segmented, Transacting
from .rewards import utility
from .sharing import MARGIN, most_believed


def in_turn(weight: float) -> NDArray[np.float64]:
    """``[before, now]``: the log of the mean of k ** weight over the doses k that are new.

    The same for each of those that come at once, so that no order among them shows; together they
    bring what they would one after the other. Where none is new it is that of the last.
    """
    each = np.maximum(np.arange(DOSES + 1), 1.0) ** weight
    term = np.tile(np.log(each), (DOSES + 1, 1))
    for before in range(DOSES):
        for now in range(before + 1, DOSES + 1):
            term[before, now] = math.log(each[before + 1 : now + 1].mean())
    return term


def reference_of(scenario: Scenario, whole: Scenario) -> float:
    """The price at which people buy as `transact.convert` says: said, or that of the beginning."""
    said = scenario.transact.reference_price
    return whole.transact.price if said is None else said


def _disutility(scenario: Scenario, price: float, reference: float) -> float:
    """What a price takes from the log-odds of converting: e ln(price / reference), and a weight.

    Below a hundredth of the reference nobody sees a difference any more (assumed).
    """
    transact = scenario.transact
    felt = transact.convert_price * math.log1p(price / transact.price_scale)
    if reference > 0.0:
        felt += transact.elasticity * math.log(max(price / reference, 0.01))
    return felt


def transacting(
    scenario: Scenario, selling: float, reference: float, *, rewarded: bool
) -> Transacting:
    """Clicking and converting, with the recipient's reward on offer or without it."""
    transact, incentives, boost = scenario.transact, scenario.incentives, scenario.boost
    came = utility(scenario, incentives.recipient) if rewarded else 0.0
    click = logit(transact.click) + boost.click
    convert = logit(transact.convert) + boost.convert + selling
    friends_price = transact.price * (1.0 - incentives.discount)
    return Transacting(
        click=click,
        click_friend=click + transact.click_reward * came,
        click_trust=transact.click_trust,
        click_offer=transact.click_offer,
        link=transact.link,
        recall=transact.recall,
        boost_find=boost.find,
        convert=convert - _disutility(scenario, transact.price, reference),
        convert_friend=convert
        - _disutility(scenario, friends_price, reference)
        + transact.convert_reward * came,
        convert_trust=transact.convert_trust,
        convert_value=transact.convert_value,
        convert_given=transact.convert_given,
        convert_risk=transact.convert_risk * transact.risk,
        convert_warned=scenario.negative.convert,
        most=most_believed(scenario, transact.click_trust)
        + max(transact.click_doses, 0.0) * math.log(DOSES)
        + MARGIN,
        once=transact.once == "campaign",
    )


def segmented(scenario: Scenario, reference: float) -> Segmented:
    """What segments and their prices add to both."""
    transact, discount = scenario.transact, scenario.incentives.discount
    whose = ["", *scenario.segments]
    prices = [scenario.price_of(name) for name in whose]

    def dearer(paid: float) -> list[float]:
        """What other prices than that of all take from the log-odds of converting."""
        usual = _disutility(scenario, transact.price * paid, reference)
        return [_disutility(scenario, price * paid, reference) - usual for price in prices]

    segments = scenario.segments.values()
    convert = np.array([0.0, *(each.convert for each in segments)])
    click = np.array([0.0, *(each.click for each in segments)])
    return Segmented(
        click=click,
        likeliest=float(click.max()),
        convert=convert - dearer(1.0),
        convert_friend=convert - dearer(1.0 - discount),
        refund=np.array([millionths(price) for price in prices], np.int64),
        discount=np.array([millionths(price * discount) for price in prices], np.int64),
        offer=np.array([millionths(price * transact.offer_cost) for price in prices], np.int64),
        priced=bool(priced(scenario)),
    )
