"""Incentives (000, 002, 004): what people get, what for, out of which budget, and who abuses it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Result
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.ledger import ACCOUNTS, millionths

from .lever import (
    BASE,
    CLICKED,
    CONVERTED,
    FOUND,
    SEEDS,
    SHARED,
    SHARES,
    Lever,
    account,
    at_hops,
    both,
    buyers,
    campaign,
    fewer,
    kpi,
    more,
    networks,
    off_is_not_there,
    on_moves_it,
    rises,
    same,
    scenario,
    sharers,
    who,
)

POST = "content_types.post"
WANTED = {"share.weight.reward": 1.0}
GIFT = WANTED | {"incentives.reward": 10.0}
REFERRAL = {
    "incentives.reward": 5.0,
    "incentives.paid": "referral",
    "share.base.stranger": 0.08,
}
TWOFOLD = {"incentives.paid": "conversion", "share.base.stranger": 0.08}


def opportunists(result: Result) -> float:
    """Which part of those who passed it on came for the reward alone."""
    people = result.scenario.people
    world = Campaign(result.scenario, network=networks("people"), seed=result.seed).world
    greedy = world.traits["susceptibility"] < -0.5 * people.reluctance
    return float(greedy[result.share_log.person].mean())


LEVERS = [
    Lever(
        "gift",
        "000: a reward could convince someone to share",
        off={"incentives.reward": 0.0},
        idle=WANTED
        | {
            "share.weight.image": 0.3,
            "incentives.scale": 5.0,
            "incentives.fraud": 0.5,
            "incentives.prize": 70.0,
        },
        on={"incentives.reward": 10.0},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "the wish for it",
        "000",
        beside={"incentives.reward": 10.0},
        off={"share.weight.reward": 0.0},
        idle={"incentives.scale": 5.0, "people.affinity_spread": 0.5},
        on={"share.weight.reward": 1.0},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "affinity",
        "assumed: some care more for rewards",
        beside=GIFT | {"share.weight.reward": 4.0, "share.base.stranger": 0.003},
        off={"people.affinity_spread": 0.0},
        on={"people.affinity_spread": 1.0},
        moves=SHARES,
    ),
    Lever(
        "image cost",
        "000: nobody wants to seem bought",
        beside=GIFT,
        off={"share.weight.image": 0.0},
        on={"share.weight.image": 1.0},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "image cost of what can be seen",
        "000",
        beside=GIFT | {"incentives.public": False},
        off={"incentives.public": False},
        idle={"share.weight.image": 1.0},
        on={"incentives.public": True},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "access",
        "001, 002, 004: exclusive or early access",
        off={"incentives.access": 0.0},
        idle=WANTED,
        on={"incentives.access": 1.0},
        moves=SHARES,
        exactly=both(more(sharers), lambda off, on: on.kpis["cost"] == 0.0),
    ),
    Lever(
        "status",
        "000: be in the spotlight",
        off={"share.weight.status": 0.0},
        idle={f"{POST}.spotlight": 0.8},
        on={"share.weight.status": 1.5},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "spotlight",
        "000",
        off={f"{POST}.spotlight": 0.0},
        idle={"share.weight.status": 1.5},
        on={f"{POST}.spotlight": 0.8},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "reward for the recipient, in clicks",
        "Gershon et al.: it recruits more",
        beside=TWOFOLD,
        off={"incentives.recipient": 0.0},
        idle={"transact.click_reward": 1.0},
        on={"incentives.recipient": 20.0},
        moves=at_hops(CLICKED, 1),
        exactly=more(who(CLICKED)),
    ),
    Lever(
        "reward for the recipient, in purchases",
        "Gershon et al.",
        beside=TWOFOLD,
        off={"incentives.recipient": 0.0},
        idle={"transact.convert_reward": 1.0},
        on={"incentives.recipient": 20.0},
        moves=at_hops(CONVERTED, 1),
        exactly=both(more(buyers), same("clicks", "shares", "reshares")),
    ),
    Lever(
        "discount",
        "001, 002: discounts for who comes through a friend",
        beside={"transact.price": 30.0, "share.base.stranger": 0.08},
        off={"incentives.discount": 0.0},
        on={"incentives.discount": 0.9},
        idle={},
        moves=account("discounts"),
        exactly=same("clicks", "conversions", "shares", "reshares"),
    ),
    Lever(
        "discount, in purchases",
        "001, 002",
        beside={
            "transact.price": 30.0,
            "transact.convert_price": 2.0,
            "share.base.stranger": 0.08,
        },
        off={"incentives.discount": 0.0},
        on={"incentives.discount": 0.9},
        moves=at_hops(CONVERTED, 1),
        exactly=both(more(buyers), same("clicks", "shares", "reshares")),
    ),
    Lever(
        "a budget that does not suffice",
        "004: money is limited",
        beside=GIFT,
        off={"incentives.budget": 1e9},
        on={"incentives.budget": 100.0},
        moves=SHARES,
        up=False,
        exactly=lambda off, on: on.kpis["reward_cost"] <= 100.0,
    ),
    Lever(
        "opportunists without a reward",
        "000: some only come for the reward",
        off={"people.opportunists": 0.0},
        idle={"people.greed": 9.0, "people.reluctance": 3.0},
        on={"people.opportunists": 0.4},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "opportunists, for a reward",
        "000",
        beside={"people.opportunists": 0.4},
        off={"incentives.reward": 0.0},
        idle={"share.weight.reward": 1.5},
        on={"incentives.reward": 30.0},
        moves=opportunists,
        exactly=more(sharers),
    ),
    Lever(
        "reluctance",
        "000",
        off={"people.reluctance": 0.0, "people.greed": 1.0},
        idle={"people.opportunists": 0.5},
        on={"people.reluctance": 4.0},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "greed",
        "000",
        beside=GIFT | {"people.opportunists": 0.5, "people.greed": 1.0},
        off={"people.greed": 1.0},
        on={"people.greed": 6.0},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "fraud",
        "002, 004: rewards are abused; assumed",
        beside=REFERRAL,
        off={"incentives.fraud": 0.0},
        idle={"incentives.audit": 0.2},
        on={"incentives.fraud": 0.5},
        moves=account("fraud"),
        exactly=both(
            same("shares", "reshares", "conversions"),
            lambda off, on: on.ledger["rewards"] == off.ledger["rewards"],
        ),
    ),
    Lever(
        "audit",
        "assumed",
        beside=REFERRAL,
        off={"incentives.audit": 1.0},
        idle={"incentives.fraud": 0.9},
        on={"incentives.audit": 0.5},
        moves=kpi("cost"),
        exactly=lambda off, on: off.ledger["fraud"] == 0.0 < on.ledger["fraud"],
    ),
]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_off_is_not_there(lever: Lever) -> None:
    off_is_not_there(lever)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_on_moves_it(lever: Lever) -> None:
    on_moves_it(lever)


def test_a_reward_ten_times_as_large_does_not_win_ten_times_as_much() -> None:
    followers = {"share.base.stranger": 0.0, "share.weight.reward": 0.5, "people.fans": 0.6}
    first, last = [], []
    for seed in SEEDS:
        none, small, large = (
            at_hops(SHARED, 0, 1)(campaign(BASE | followers | {"incentives.reward": r}, seed))
            for r in (0.0, 20.0, 200.0)
        )
        first.append(small - none)
        last.append((large - small) / 9.0)
    rises(np.subtract(first, last))


# what is paid ------------------------------------------------------------------------------------

MONEY = {
    "incentives.reward": 3.25,
    "share.base.stranger": 0.08,
    "transact.click": 0.4,
    "transact.convert": 0.5,
}


def units(result: Result, name: str) -> int:
    return int(result.units[:, ACCOUNTS.index(name)].sum())


def before_the_last_tick(changes: dict[str, Any], seed: int) -> Result:
    """The campaign but for its last tick, in which what came about is not paid any more."""
    whole = scenario(BASE | changes)
    for under_way in wom.simulate(whole, network=networks("people"), seed=seed):
        if under_way.tick == whole.horizon - 1:
            return under_way.result()
    raise AssertionError


@pytest.mark.parametrize("seed", SEEDS)
def test_every_share_that_is_posted_is_paid_and_nothing_else(seed: int) -> None:
    changes = MONEY | {"incentives.paid": "share"}
    result = campaign(BASE | changes, seed)
    posted = len(sharers(before_the_last_tick(changes, seed)))
    assert units(result, "rewards") == posted > 0
    assert result.kpis["reward_cost"] == posted * 3.25


@pytest.mark.parametrize("seed", SEEDS)
def test_every_visit_that_a_person_brought_is_paid(seed: int) -> None:
    changes = MONEY | {"incentives.paid": "referral", "incentives.recipient": 1.5}
    result = campaign(BASE | changes, seed)
    brought = at_hops(FOUND, 1)(before_the_last_tick(changes, seed))
    assert units(result, "rewards") == units(result, "recipients") == brought > 0
    assert result.kpis["reward_cost"] == brought * 4.75


@pytest.mark.parametrize(
    "later", [{}, {"returns.lead": 0.9, "returns.visit": 0.9, "returns.repeat": 0.5}]
)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_purchase_that_a_person_brought_is_paid(seed: int, later: dict[str, Any]) -> None:
    """At once, or by a visitor who comes back; not what a buyer buys again."""
    changes = MONEY | {"incentives.paid": "conversion", "incentives.recipient": 1.5} | later
    result = campaign(BASE | changes, seed)
    log = before_the_last_tick(changes, seed).buyer_log
    brought = int((log.sender >= 0).sum())
    assert (log.sender[log.hop > 0] >= 0).all()
    assert units(result, "rewards") == units(result, "recipients") == brought > 0
    assert result.kpis["reward_cost"] == brought * 4.75


@pytest.mark.parametrize("paid", ["share", "referral", "conversion"])
@pytest.mark.parametrize("budget", [0.0, 3.0, 10.0, 100.0, 1000.0])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_budget_is_never_exceeded_and_used_up_where_there_are_claims(
    paid: str, budget: float, seed: int
) -> None:
    changes: dict[str, Any] = MONEY | {
        "incentives.paid": paid,
        "incentives.budget": budget,
        "incentives.fraud": 0.3,
        "incentives.audit": 0.3,
        "share.weight.reward": 0.5,
    }
    if paid != "share":
        changes["incentives.recipient"] = 1.7
    unit = millionths(3.25) + millionths(changes.get("incentives.recipient", 0.0))
    for threads in (1, 2):
        result = wom.run(
            scenario(BASE | changes), network=networks("people"), seed=seed, threads=threads
        )
        rewards = [ACCOUNTS.index(name) for name in ("rewards", "recipients", "fraud")]
        spent = int(result.money[:, rewards].sum())
        assert spent <= millionths(budget)
        assert spent % unit == 0
        if budget <= 100.0:
            assert millionths(budget) - spent < unit


def test_the_budget_holds_to_the_last_millionth() -> None:
    odd = 0.1234564
    changes = MONEY | {
        "incentives.paid": "referral",
        "incentives.reward": odd,
        "incentives.recipient": odd,
        "incentives.fraud": 1.0,
        "incentives.budget": 5 * 2 * 0.123456,
    }
    result = campaign(BASE | changes, 0)
    assert 0 < millionths(result.kpis["reward_cost"]) <= millionths(5 * 2 * 0.123456)


@pytest.mark.parametrize("paid", ["referral", "conversion"])
def test_without_an_audit_whoever_cheats_is_paid_twice(paid: str) -> None:
    changes = MONEY | {
        "incentives.paid": paid,
        "incentives.fraud": 1.0,
        "incentives.recipient": 2.0,
    }
    result = campaign(BASE | changes, 0)
    assert units(result, "fraud") == units(result, "rewards") > 0
    assert result.ledger["fraud"] == result.ledger["rewards"] + result.ledger["recipients"]
    some = campaign(BASE | changes | {"incentives.fraud": 0.3}, 0)
    assert 0 < units(some, "fraud") < units(some, "rewards") == units(result, "rewards")


def test_nobody_can_cheat_where_the_share_itself_is_paid() -> None:
    changes = MONEY | {"incentives.paid": "share", "incentives.fraud": 1.0}
    assert campaign(BASE | changes, 0).ledger["fraud"] == 0.0


def test_a_draw_costs_one_prize_if_anybody_takes_part() -> None:
    draw = {"incentives.paid": "draw", "incentives.prize": 500.0}
    with_prize = campaign(BASE | draw | GIFT, 0)
    assert with_prize.kpis["reward_cost"] == with_prize.ledger["rewards"] == 500.0
    assert campaign(BASE | draw | WANTED, 0).kpis["cost"] == 0.0
    nobody = {"share.base": {"stranger": 0.0, "fan": 0.0, "advocate": 0.0}}
    assert campaign(BASE | draw | GIFT | nobody, 0).kpis["cost"] == 0.0
    more_share = [
        SHARES(campaign(BASE | draw | GIFT, seed)) - SHARES(campaign(BASE | draw, seed))
        for seed in SEEDS
    ]
    rises(more_share)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_discount_is_given_to_those_who_came_through_somebody(seed: int) -> None:
    changes = {"transact.price": 30.0, "incentives.discount": 0.2, "share.base.stranger": 0.08}
    result = campaign(BASE | changes, seed)
    through = int((result.buyer_log.hop >= 1).sum())
    assert 0 < through < result.buyer_log.hop.size
    assert units(result, "discounts") == through
    assert result.ledger["discounts"] == pytest.approx(6.0 * through, rel=1e-12)
    assert result.kpis["revenue"] == 30.0 * result.buyer_log.hop.size
