"""Incentives (000, 002, 004): what people get, what for, out of which budget, and who abuses it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from wordofmouth import Result
from wordofmouth.sim.campaign import Campaign

from ..lever import (
    CLICKED,
    CONVERTED,
    POST,
    SHARES,
    Lever,
    account,
    at_hops,
    both,
    buyers,
    fewer,
    more,
    networks,
    same,
    sharers,
    who,
)

WANTED = {"share.weight.reward": 1.0}
GIFT = WANTED | {"incentives.reward": 10.0}
REFERRAL = {"incentives.reward": 5.0, "incentives.paid": "referral", "share.base.stranger": 0.08}
TWOFOLD = {"incentives.paid": "conversion", "share.base.stranger": 0.08}


def opportunists(result: Result) -> float:
    """Which part of those who passed it on came for the reward alone."""
    people = result.scenario.people
    world = Campaign(result.scenario, network=networks("people"), seed=result.seed).world
    greedy = world.traits["susceptibility"] < -0.5 * people.reluctance
    return float(greedy[result.share_log.person].mean())


def closeness_of_sharers(result: Result) -> float:
    """How close those are, on average, who hear the people who pass it on."""
    network = networks("weighted")
    mean = [
        network.weights[first:stop].mean() if stop > first else np.nan
        for first, stop in pairwise(network.indptr)
    ]
    return float(np.nanmean(np.array(mean)[result.share_log.person]))


# fmt: off
LEVERS = [
    Lever("gift", "000: a reward could convince someone to share",
          {"incentives.reward": (0.0, 10.0)}, rises=SHARES, exactly=more(sharers),
          idle=WANTED | {"share.weight.image": 0.3, "incentives.scale": 5.0,
            "incentives.fraud": 0.5, "incentives.prize": 70.0}),
    Lever("the wish for it", "000", {"share.weight.reward": (0.0, 1.0)}, rises=SHARES,
          exactly=more(sharers),
          beside={"incentives.reward": 10.0, "share.weight.reward": 0.0},
          idle={"incentives.scale": 5.0, "people.affinity_spread": 0.5}),
    Lever("a reward over weak ties", "Ryu & Feick 2007", {"share.weight.reward_weak": (0.0, 4.0)},
          rises=SHARES, exactly=more(sharers), beside=GIFT, idle={"credibility.closeness": 0.4}),
    Lever("a reward where ties are weakest", "Ryu & Feick 2007",
          {"share.weight.reward_weak": (0.0, 4.0)}, falls=closeness_of_sharers,
          exactly=more(sharers), beside=GIFT | {"share.base.stranger": 0.003},
          network="weighted"),
    Lever("affinity", "assumed: some care more for rewards", {"people.affinity_spread": (0.0, 1.0)},
          rises=SHARES, beside=GIFT | {"share.weight.reward": 4.0, "share.base.stranger": 0.003}),
    Lever("image cost", "000: nobody wants to seem bought", {"share.weight.image": (0.0, 1.0)},
          falls=SHARES, exactly=fewer(sharers), beside=GIFT),
    Lever("image cost of what can be seen", "000", {"incentives.public": (False, True)},
          falls=SHARES, exactly=fewer(sharers), beside=GIFT | {"incentives.public": False},
          idle={"share.weight.image": 1.0}),
    Lever("access", "001, 002, 004: exclusive or early access", {"incentives.access": (0.0, 1.0)},
          rises=SHARES, exactly=more(sharers), idle=WANTED),
    Lever("what access costs", "001, 002, 004", {"incentives.access_cost": (0.0, 0.5)},
          rises=account("access"), exactly=same("shares", "clicks"),
          beside={"incentives.access": 1.0, "incentives.access_cost": 0.0}),
    Lever("a reward that is sure", "Tversky & Kahneman 1992",
          {"incentives.judged_chance": (0.01, 1.0)}, rises=SHARES, exactly=more(sharers),
          beside=GIFT | {"incentives.judged_chance": 0.01}),
    Lever("small chances weigh more than they are", "Tversky & Kahneman 1992",
          {"incentives.weighting": (1.0, 0.61)}, rises=SHARES, exactly=more(sharers),
          beside=GIFT | {"incentives.judged_chance": 0.05, "incentives.weighting": 1.0}),
    Lever("more who might click", "Ugander et al. 2011", {"incentives.hearers": (1.0, 100.0)},
          rises=SHARES, exactly=more(sharers),
          beside=REFERRAL | {"incentives.hearers": 1.0, "share.weight.reward": 2.0}),
    Lever("a prize worth winning", "000", {"incentives.prize": (0.0, 2000.0)}, rises=SHARES,
          exactly=more(sharers),
          beside=GIFT | {"incentives.paid": "draw", "share.weight.reward": 2.0}),
    Lever("status", "000: be in the spotlight", {"share.weight.status": (0.0, 1.5)}, rises=SHARES,
          exactly=more(sharers), beside={"share.weight.status": 0.0},
          idle={f"{POST}.spotlight": 0.8}),
    Lever("spotlight", "000", {f"{POST}.spotlight": (0.0, 0.8)}, rises=SHARES,
          exactly=more(sharers), idle={"share.weight.status": 1.5}),
    Lever("reward for the recipient, in clicks", "Gershon et al.: it recruits more",
          {"incentives.recipient": (0.0, 20.0)}, rises=at_hops(CLICKED, 1),
          exactly=more(who(CLICKED)), beside=TWOFOLD | {"transact.click_doses": 0.0},
          idle={"transact.click_reward": 1.0}),
    Lever("reward for the recipient, in purchases", "Gershon et al.",
          {"incentives.recipient": (0.0, 20.0)}, rises=at_hops(CONVERTED, 1),
          exactly=both(more(buyers), same("clicks", "shares", "reshares")),
          beside=TWOFOLD | {"transact.click_reward": 0.0, "share.weight.recipient": 0.0},
          idle={"transact.convert_reward": 1.0}),
    Lever("reward for the recipient, in sharing", "Gershon, Cryder & John 2020",
          {"share.weight.recipient": (0.0, 1.0)}, rises=SHARES, exactly=more(sharers),
          beside=TWOFOLD | {"incentives.recipient": 10.0, "share.weight.image": 1.0,
            "share.weight.recipient": 0.0}),
    Lever("a gift for the other, as good as one's own", "Gershon, Cryder & John 2020",
          {"incentives.recipient": (0.0, 10.0)}, rises=SHARES, exactly=more(sharers),
          beside=TWOFOLD, idle=WANTED | {"share.weight.image": 1.0}),
    Lever("discount", "001, 002: discounts for who comes through a friend",
          {"incentives.discount": (0.0, 0.9)}, rises=account("discounts"),
          exactly=same("clicks", "conversions", "shares", "reshares"),
          beside={"transact.price": 30.0, "transact.elasticity": 0.0,
            "share.base.stranger": 0.08}),
    Lever("discount, in purchases", "001, 002", {"incentives.discount": (0.0, 0.9)},
          rises=at_hops(CONVERTED, 1),
          exactly=both(more(buyers), same("clicks", "shares", "reshares")),
          beside={"transact.price": 30.0, "transact.convert_price": 2.0,
            "share.base.stranger": 0.08}),
    Lever("discount, by the elasticity alone", "Bijmolt et al. 2005",
          {"incentives.discount": (0.0, 0.3)}, rises=at_hops(CONVERTED, 1),
          exactly=both(more(buyers), same("clicks", "shares", "reshares")),
          beside={"transact.price": 30.0, "share.base.stranger": 0.08}),
    Lever("a budget that does not suffice", "004: money is limited",
          {"incentives.budget": (1e9, 100.0)}, falls=SHARES,
          exactly=lambda off, on: on.kpis["reward_cost"] <= 100.0, beside=GIFT),
    Lever("opportunists without a reward", "000: some only come for the reward",
          {"people.opportunists": (0.0, 0.4)}, falls=SHARES, exactly=fewer(sharers),
          idle={"people.greed": 9.0, "people.reluctance": 3.0}),
    Lever("opportunists, for a reward", "000", {"incentives.reward": (0.0, 30.0)},
          rises=opportunists, exactly=more(sharers), beside={"people.opportunists": 0.4},
          idle={"share.weight.reward": 1.5}),
    Lever("reluctance", "000", {"people.reluctance": (0.0, 4.0), "people.greed": (1.0, 3.0)},
          falls=SHARES, exactly=fewer(sharers), idle={"people.opportunists": 0.5}),
    Lever("greed", "000", {"people.greed": (1.0, 6.0)}, rises=SHARES, exactly=more(sharers),
          beside=GIFT | {"people.opportunists": 0.5, "people.greed": 1.0}),
    Lever("fraud", "002, 004: rewards are abused; assumed", {"incentives.fraud": (0.0, 0.5)},
          rises=account("fraud"),
          exactly=both(same("shares", "reshares", "conversions"),
            lambda off, on: on.ledger["rewards"] == off.ledger["rewards"]),
          beside=REFERRAL, idle={"incentives.audit": 0.2}),
    Lever("audit", "assumed", {"incentives.audit": (1.0, 0.5)}, rises="cost",
          exactly=lambda off, on: off.ledger["fraud"] == 0.0 < on.ledger["fraud"], beside=REFERRAL,
          idle={"incentives.fraud": 0.9}),
    # One prize, if anybody takes part.
    Lever("a draw", "000: a prize draw", {"incentives.reward": (0.0, 10.0)}, rises=SHARES,
          exactly=lambda off, on: (
            on.kpis["reward_cost"] == on.ledger["rewards"] == 500.0 and off.kpis["cost"] == 0.0
          ),
          beside={"incentives.paid": "draw", "incentives.prize": 500.0}, idle=WANTED),
]
