"""Money: the accounts of the ledger, their prices, and what rewards are paid for.

Amounts are whole millionths, so that sums are the same in any order.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .parameters import Scenario

# What a reward is paid for.
SHARE: Final = 0
REFERRAL: Final = 1
CONVERSION: Final = 2
DRAW: Final = 3

ACCOUNTS: Final = (
    "posts",
    "placements",
    "ads",
    "production",
    "seeding",
    "rewards",
    "recipients",
    "fraud",
    "discounts",
    "thanks",
    "replies",
    "service",
    "outreach",
    "nurture",
    "refunds",
    "offers",
    "access",
    "pitches",
    "tools",
)
# What was booked from the beginning: a digest has the later accounts only where they were used.
FIRST: Final = 15
(
    POSTS,
    PLACEMENTS,
    ADS,
    PRODUCTION,
    SEEDING,
    REWARDS,
    RECIPIENTS,
    FRAUD,
    DISCOUNTS,
    THANKS,
    REPLIES,
    SERVICE,
    OUTREACH,
    NURTURE,
    REFUNDS,
    OFFERS,
    ACCESS,
    PITCHES,
    TOOLS,
) = range(len(ACCOUNTS))
MILLION: Final = 1_000_000


def millionths(money: float) -> int:
    """An amount in whole millionths."""
    return round(money * MILLION)


def prices(scenario: Scenario) -> NDArray[np.int64]:
    """What one unit of each account costs, in millionths; 0 where it depends on whose it is."""
    incentives, interact, advocacy = scenario.incentives, scenario.interact, scenario.advocacy
    price = scenario.transact.price
    each = {
        REWARDS: incentives.reward,
        RECIPIENTS: incentives.recipient,
        DISCOUNTS: price * incentives.discount,
        THANKS: interact.cost,
        REPLIES: interact.cost,
        SERVICE: interact.cost,
        # What others take of the time for it makes each letter that much dearer.
        OUTREACH: advocacy.outreach_cost / max(1.0 - scenario.hurdles.vested, 1e-6),
        NURTURE: advocacy.nurture_cost,
        # Of the reward whose utility, ln(1 + reward / scale), is that of the access.
        ACCESS: incentives.access_cost * incentives.scale * math.expm1(incentives.access),
        PITCHES: scenario.publish.pitch_cost,
    }
    result = np.zeros(len(ACCOUNTS), np.int64)
    for account, money in each.items():
        result[account] = millionths(money)
    # Of the rounded parts: what is paid for a claim, to the last millionth.
    result[FRAUD] = result[REWARDS] + result[RECIPIENTS]
    return result


def priced(scenario: Scenario) -> tuple[str, ...]:
    """Columns of the series in which the purchases of each segment are counted: prices differ.

    The first is that of people in no segment; there are none where all pay the same.
    """
    if all(each.price is None for each in scenario.segments.values()):
        return ()
    return ("purchases", *(f"purchases_{name}" for name in scenario.segments))
