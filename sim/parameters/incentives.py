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
        "Utility of exclusive or early access for those who share, which costs no money",
        low=0.0,
        high=10.0,
        unit="utility",
        source="001, 002, 004; assumed",
    )
    public: bool = parameter(True, "Whether others can see that it is rewarded", source="assumed")
    paid: Literal["share", "referral", "conversion", "draw"] = parameter(
        "share",
        "What is paid for: each share, visit or transaction it brings, or one prize for all",
        source="000: prize, gift; Schmitt et al. 2011: referral",
    )
    prize: float = parameter(
        0.0,
        "Cost of the prize, where there is a reward and anybody shares",
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
