"""Incentives: what people get for passing on, for what, and out of which budget."""

from __future__ import annotations

from typing import Literal

from .declare import Parameters, chance, parameter


class Incentives(Parameters):
    """What a person gets for passing on (000: a reward could convince someone to share)."""

    reward: float = parameter(
        0.0, "Reward for the one who shares", low=0.0, high=1e9, unit="money", source="the scenario"
    )
    recipient: float = parameter(
        0.0,
        "Reward for whoever comes through a share (double-sided), where it is paid for that",
        low=0.0,
        high=1e9,
        unit="money",
        source="Gershon et al.: what benefits the recipient recruits more",
    )
    scale: float = parameter(
        10.0,
        "Reward at which utility is ln 2: utility is ln(1 + reward / scale)",
        low=1e-6,
        high=1e9,
        unit="money",
        source="assumed; concave as in 002's nurturing",
    )
    access: float = parameter(
        0.0,
        "Utility of exclusive or early access for those who share",
        low=0.0,
        high=10.0,
        unit="utility",
        source="001, 002, 004; assumed",
    )
    access_cost: float = parameter(
        0.5,
        "Cost of access for each who shares, of a reward that weighs as much (0: not priced)",
        low=0.0,
        high=100.0,
        unit="share of the reward",
        source="assumed: a perk costs half of what it is worth to whoever has it",
    )
    public: bool = parameter(True, "Whether others can see that it is rewarded", source="assumed")
    paid: Literal["share", "referral", "conversion", "draw"] = parameter(
        "share",
        "What is paid for: each share, visit or transaction it brings, or one prize for all",
        source="000: prize, gift; Schmitt et al. 2011: referral",
    )
    judged_chance: float | None = parameter(
        None,
        "Chance that a share brings the reward, as people judge it; if None 1 of a share, .01 in a "
        "draw, else that one of `hearers` clicks, and buys",
        low=0.0,
        high=1.0,
        unit="probability",
        source="of a draw assumed",
    )
    hearers: float = parameter(
        15.0,
        "People who notice what one shares, in that chance",
        low=0.0,
        high=1e6,
        unit="people",
        source="Ugander et al. 2011 and Facebook 2012: 99 friends, of whom 16 % notice",
    )
    weighting: float = parameter(
        0.61,
        "How chances weigh: p ** g / (p ** g + (1 - p) ** g) ** (1 / g); at 1 as they are",
        low=0.3,
        high=1.0,
        source="Tversky & Kahneman 1992: .61 for gains",
    )
    prize: float = parameter(
        0.0,
        "The prize of a draw, where there is a reward and anybody shares; at least the reward",
        low=0.0,
        high=1e12,
        unit="money",
        source="the scenario",
    )
    budget: float | None = parameter(
        None,
        "Most that is paid in rewards; when it is spent, no reward is on offer",
        low=0.0,
        high=1e12,
        unit="money",
        source="the scenario",
    )
    discount: float = chance(
        0.0, "Discount for whoever comes through a share, of the price", source="001, 002"
    )
    fraud: float = chance(
        0.0, "Share of people who also refer an account of their own", source="assumed"
    )
    audit: float = chance(0.0, "Chance that such a claim is found out", source="assumed")
