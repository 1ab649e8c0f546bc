"""Money (000, 002, 004): what is paid for what, out of which budget, in a ledger that adds up."""

from __future__ import annotations

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Result
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.ledger import ACCOUNTS, millionths

from .lever import (
    BASE,
    FOUND,
    SEEDS,
    SHARED,
    Changes,
    Outcome,
    at_hops,
    campaign,
    networks,
    rises,
    scenario,
    sharers,
)
from .tables.incentives import GIFT
from .tables.media import AD, BLOG

MONEY = {
    "incentives.reward": 3.25,
    "share.base.stranger": 0.08,
    "transact.click": 0.4,
    "transact.convert": 0.5,
}
DRAW: Changes = {"incentives": {"paid": "draw", "prize": 500.0, "reward": 1.0}}


def units(result: Result, name: str) -> int:
    return int(result.units[:, ACCOUNTS.index(name)].sum())


# incentives -------------------------------------------------------------------------------------


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


def through_somebody(result: Result) -> float:
    log = result.buyer_log
    assert (log.sender[log.hop > 0] >= 0).all()
    return float((log.sender >= 0).sum())


# What is paid, beside what, and how much of it came about.
WELCOME = {"incentives.recipient": 1.5}
BROUGHT: dict[str, tuple[Changes, Outcome]] = {
    "share": ({}, lambda result: len(sharers(result))),
    "referral": (WELCOME, at_hops(FOUND, 1)),
    "conversion": (WELCOME, through_somebody),
    # At once, or by a visitor who comes back; not what a buyer buys again.
    "conversion, later": (
        WELCOME | {"returns.lead": 0.9, "returns.visit": 0.9, "returns.repeat": 0.5},
        through_somebody,
    ),
}


@pytest.mark.parametrize("name", BROUGHT)
@pytest.mark.parametrize("seed", SEEDS)
def test_everything_that_a_person_brought_is_paid_and_nothing_else(seed: int, name: str) -> None:
    more, brought = BROUGHT[name]
    changes = BASE | MONEY | {"incentives.paid": name.partition(",")[0]} | more
    result = campaign(changes, seed)
    under_way = wom.simulate(scenario(changes), network=networks("people"), seed=seed)
    # What comes about in the last tick is not paid any more.
    before = next(now for now in under_way if now.tick == BASE["horizon"] - 1).result()
    assert units(result, "rewards") == brought(before) > 0
    assert units(result, "recipients") == (units(result, "rewards") if more else 0)
    both = 3.25 + changes.get("incentives.recipient", 0.0)
    assert result.kpis["reward_cost"] == brought(before) * both


@pytest.mark.parametrize("paid", ["share", "referral", "conversion"])
@pytest.mark.parametrize("budget", [0.0, 3.0, 10.0, 100.0, 1000.0])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_budget_is_never_exceeded_and_used_up_where_there_are_claims(
    paid: str, budget: float, seed: int
) -> None:
    changes: Changes = MONEY | {
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
    cheats = {"incentives.fraud": 1.0, "incentives.recipient": 2.0}
    changes = BASE | MONEY | cheats | {"incentives.paid": paid}
    result = campaign(changes, 0)
    assert units(result, "fraud") == units(result, "rewards") > 0
    assert result.ledger["fraud"] == result.ledger["rewards"] + result.ledger["recipients"]
    some = campaign(changes | {"incentives.fraud": 0.3}, 0)
    assert 0 < units(some, "fraud") < units(some, "rewards") == units(result, "rewards")


def test_nobody_can_cheat_where_the_share_itself_is_paid() -> None:
    changes = MONEY | {"incentives.paid": "share", "incentives.fraud": 1.0}
    assert campaign(BASE | changes, 0).ledger["fraud"] == 0.0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_discount_is_given_to_those_who_came_through_somebody(seed: int) -> None:
    changes = {"transact.price": 30.0, "incentives.discount": 0.2, "share.base.stranger": 0.08}
    result = campaign(BASE | changes, seed)
    through = int((result.buyer_log.hop >= 1).sum())
    assert 0 < through < result.buyer_log.hop.size
    assert units(result, "discounts") == through
    assert result.ledger["discounts"] == pytest.approx(6.0 * through, rel=1e-12)
    assert result.kpis["revenue"] == 30.0 * result.buyer_log.hop.size


def test_a_prize_of_which_nobody_takes_part_is_not_raffled() -> None:
    nobody = {"share.base": {"stranger": 0.0, "fan": 0.0, "advocate": 0.0}}
    draw = {"incentives.paid": "draw", "incentives.prize": 500.0}
    assert campaign(BASE | draw | GIFT | nobody, 0).kpis["cost"] == 0.0


def test_a_prize_beyond_the_budget_is_not_raffled() -> None:
    draw = {"incentives": DRAW["incentives"] | {"budget": 100.0}}
    assert campaign(BASE | draw, 0).kpis["reward_cost"] <= 100.0


RIVAL: Changes = {
    "publish.rivals": [{"name": "other", "followers": 0.5}],
    "content": [{"type": "post", "brand": "other"}],
    "share.base.stranger": 0.1,
}


@pytest.mark.parametrize("how", [DRAW, GIFT, GIFT | {"incentives.budget": 30.0}])
def test_nothing_is_paid_for_passing_on_what_a_rival_posts(how: Changes) -> None:
    result = campaign(BASE | how | RIVAL, 0)
    assert result.share_log.person.size > 0 == result.kpis["shares"]
    assert result.kpis["cost"] == 0.0


@pytest.mark.parametrize("seed", SEEDS)
def test_of_a_brands_post_and_a_rivals_the_shares_of_the_first_are_paid(seed: int) -> None:
    both = {"content": ["post", {"type": "post", "brand": "other"}]}
    result = campaign(BASE | GIFT | RIVAL | both, seed)
    log, ours = result.share_log, result.ours[result.share_log.message]
    # What is shared in the last tick is posted, and paid, after the end.
    in_time = log.tick < BASE["horizon"] - 1
    assert (in_time & ~ours).any()
    assert units(result, "rewards") == int((in_time & ours).sum()) > 0


def test_a_prize_that_is_announced_later_is_paid_too() -> None:
    later = {"timeline": [{"tick": 7, "set": {"incentives.reward": 1.0, "incentives.prize": 90.0}}]}
    result = campaign(BASE | {"incentives.paid": "draw"} | later, 0)
    assert result.columns["shares"][7:].sum() > 0
    assert result.kpis["reward_cost"] == 90.0


def test_a_price_cut_is_paid_from_its_tick_on() -> None:
    cut_to_half = {"timeline": [{"tick": 7, "set": {"transact.price": 5.0}}]}
    result = campaign(BASE | {"transact.price": 10.0} | cut_to_half, 0)
    sold = result.columns["conversions"]
    assert sold[7:].sum() > 0
    assert result.kpis["revenue"] == 10.0 * sold[:7].sum() + 5.0 * sold[7:].sum()


def test_an_unknown_recipient_is_refused() -> None:
    with pytest.raises(InputError, match=r"incentives\.recipient"):
        scenario({"incentives.recipient": 1.0})


# broadcasts -------------------------------------------------------------------------------------

ALONE: Changes = {"people.fans": 0.0, "share.base.stranger": 0.0, "content": []}


@pytest.mark.parametrize("ticks", [1, 4])
@pytest.mark.parametrize("viewing", [0.3, 1.0, 5.0])
@pytest.mark.parametrize("impressions", [0.5, 2.0, 6.0])
def test_reach_of_an_ad_follows_the_negative_binomial_curve(
    impressions: float, viewing: float, ticks: int
) -> None:
    """1 - (1 + r / k) ** -k (Ehrenberg 1972), whatever the number of ticks it runs."""
    ad = AD | {"audience": 1.0, "impressions": impressions, "viewing": viewing, "ticks": ticks}
    result = campaign(BASE | ALONE | {"horizon": 8, "publish.ads": [ad]}, 0, "nobody hears")
    people = result.role.size
    expected = 1.0 - (1.0 + impressions / viewing) ** -viewing
    error = np.sqrt(expected * (1.0 - expected) / people)
    assert abs(result.kpis["reach"] / people - expected) <= 4 * error
    assert result.kpis["cost"] == pytest.approx(people * impressions * 5.35 / 1000.0, rel=1e-6)


def test_an_ad_reaches_its_audience_alone_and_in_its_ticks() -> None:
    ads = [AD | {"audience": 0.2, "impressions": 50.0, "viewing": 1e6}]
    result = campaign(BASE | ALONE | {"publish.ads": ads}, 0, "nobody hears")
    expected, people = 0.2, result.role.size
    assert abs(result.kpis["reach"] / people - expected) <= 4 * np.sqrt(0.16 / people)
    assert np.flatnonzero(result.columns["impressions"]).tolist() == [2, 3, 4, 5]


@pytest.mark.parametrize("ticks", [1, 30])
def test_however_thinly_an_ad_is_spread_it_costs_the_same(ticks: int) -> None:
    thin = {"audience": 1.0, "impressions": 0.01, "cost_per_thousand": 5.0, "tick": 0}
    ads = {"publish.ads": [AD | thin | {"ticks": ticks}], "content": []}
    cost = campaign(BASE | ads, 0).kpis["cost"]
    assert cost == pytest.approx(1000 * 0.01 * 5.0 / 1000.0, rel=1e-3)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_long_tail_and_one_large_outlet_cost_what_their_fees_say(seed: int) -> None:
    large = [{"audience": 0.3, "shown": 0.3, "fee": 100.0}]
    tail = [{"count": 20, "audience": 0.015, "shown": 0.3, "fee": 5.0}]
    one, many = (campaign(BASE | {"publish.outlets": each}, seed) for each in (large, tail))
    assert one.ledger["placements"] == many.ledger["placements"] == 300.0
    assert many.placed.tolist() == [3] * 20


# seeding ----------------------------------------------------------------------------------------

DEAR = {"publish.seed_cost": 1.5, "publish.seed_cost_follower": 0.25}


@pytest.mark.parametrize("exponent", [0.5, 1.0, 1.5])
def test_a_seed_costs_by_its_followers(exponent: float) -> None:
    """c0 + c1 * followers ** a (Bakshy et al. 2011), for each who is asked, with each post."""
    seven = {"publish.seeds": 7, "publish.seeding": "followers"}
    result = campaign(BASE | DEAR | seven | {"publish.seed_cost_exponent": exponent}, 0)
    dearest = np.sort(networks("people").followers)[-7:].astype(float)
    cost = 3 * (1.5 + 0.25 * dearest**exponent).sum()
    assert result.ledger["seeding"] == pytest.approx(cost, abs=1e-5)


@pytest.mark.parametrize("budget", [0.0, 3.0, 40.0, 1e5])
def test_a_budget_for_seeds_is_not_exceeded_by_a_post(budget: float) -> None:
    limited = {"publish.seeds": 20, "publish.seed_budget": budget, "content": ["post"]}
    changes = BASE | DEAR | limited
    asked, spent = [], []
    for seed in SEEDS:
        world = Campaign(scenario(changes), network=networks("people"), seed=seed).world
        asked.append(world.seeds.size)
        spent.append(campaign(changes, seed).ledger["seeding"])
    assert max(spent) <= budget
    assert (max(asked) == 20) == (budget == 1e5)
    assert (max(asked) == 0) == (budget == 0.0)


def test_asking_costs_and_complying_costs_more() -> None:
    """The cost of contact is paid for all who are asked, the fee to those who comply."""
    asked = {"publish.seeds": 20, "publish.seeding": "followers", "people.fans": 0.0}
    none = {f"share.base.{role}": 0.0 for role in ("stranger", "fan", "advocate")}
    followers = networks("people").followers.astype(float)
    for seed in SEEDS:
        some, nobody = (
            campaign(BASE | DEAR | asked | none | {"publish.seed_accept": accept}, seed)
            for accept in (0.4, 0.0)
        )
        complied = some.share_log.person
        assert 0 < complied.size < 60
        cost = 60 * 1.5 + 0.25 * followers[complied].sum()
        assert some.ledger["seeding"] == pytest.approx(cost, abs=1e-5)
        assert nobody.ledger["seeding"] == 60 * 1.5
        assert units(some, "seeding") == units(nobody, "seeding") == 60
        free = campaign(
            BASE | DEAR | asked | none | {"publish.seed_accept": 0.4, "publish.seed_cost": 0.0},
            seed,
        )
        assert units(free, "seeding") == complied.size


# the ledger -------------------------------------------------------------------------------------

ALL_PAID: Changes = {
    "publish.cost": 7.0,
    "publish.pitch_cost": 0.4,
    "content_types.post.offer": 0.4,
    "publish.outlets": [BLOG | {"fee": 11.0}, BLOG | {"count": 4, "acceptance": 0.5}],
    "publish.ads": [AD | {"production": 13.0}],
    "publish.seeds": 4,
    "publish.seed_cost": 0.7,
    "publish.tools": [{"ease": 0.1, "cost": 17.0, "upkeep": 8.4}],
    "incentives": {
        "reward": 1.1,
        "recipient": 0.9,
        "paid": "referral",
        "fraud": 0.4,
        "access": 0.2,
    },
    "transact.price": 9.9,
    "incentives.discount": 0.15,
    "interact": {"thank": 0.5, "reply": 0.5, "cost": 0.31},
    "complaints": {"rate": 0.5, "detection": 0.5, "refund": 0.7},
    "advocacy": {
        "interval": 4,
        "listen": 0.9,
        "outreach": 9,
        "accept": 0.8,
        "nurture": 0.3,
        "outreach_cost": 0.53,
        "nurture_cost": 0.83,
    },
}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_payment_is_in_the_ledger_and_the_ledger_adds_up(seed: int) -> None:
    result = campaign(BASE | ALL_PAID, seed)
    paid = result.payments
    by_account = paid.groupby("account")["amount"].sum()
    assert set(by_account.index) == set(ACCOUNTS)
    for name in ACCOUNTS:
        assert by_account[name] == pytest.approx(result.ledger[name], rel=1e-12)
    assert paid["amount"].sum() == pytest.approx(result.kpis["cost"], rel=1e-12)
    assert sum(result.ledger.values()) == result.kpis["cost"]
    assert (paid["units"] > 0).all()
    assert (paid["amount"] > 0).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_unit_is_something_that_happened(seed: int) -> None:
    result = campaign(BASE | ALL_PAID, seed)
    paid = {name: units(result, name) for name in ACCOUNTS}
    total = {name: int(column.sum()) for name, column in result.columns.items()}
    assert paid["posts"] == 3
    assert paid["pitches"] == 3 * 5
    # Each first purchase over a post that offers something; the ledger's units are sales.
    assert paid["offers"] == total["conversions"]
    assert result.ledger["offers"] == pytest.approx(0.3 * 0.4 * 9.9 * total["conversions"])
    log, ours = result.share_log, result.ours[result.share_log.message]
    assert paid["access"] == (ours & (log.tick < BASE["horizon"] - 1)).sum() > 0
    assert paid["seeding"] == 3 * 4
    assert paid["placements"] == result.placed[:5].sum()
    assert paid["production"] == 1
    # Made once, and kept up in each tick, an hour of a week.
    assert paid["tools"] == 1 + BASE["horizon"]
    assert result.ledger["tools"] == pytest.approx(17.0 + 8.4 * BASE["horizon"] / 168, abs=1e-6)
    assert paid["rewards"] == paid["recipients"]
    assert paid["fraud"] <= paid["rewards"]
    assert paid["discounts"] == (result.buyer_log.hop >= 1).sum()
    assert paid["thanks"] == total["thanks"]
    assert paid["replies"] == total["replies"]
    assert total["mended"] <= paid["service"] <= total["heard"]
    assert paid["outreach"] == total["identified"]
    assert paid["nurture"] >= total["nurtured"] > 0
    assert paid["refunds"] == total["refunds"] > 0
    assert result.ledger["thanks"] == pytest.approx(0.31 * total["thanks"], rel=1e-12)
    # Back goes what was paid: over an offer, and some had it cheaper, through somebody.
    most = 9.9 * (1.0 - 0.3 * 0.4) * total["refunds"]
    cheaper = 1.0 - result.scenario.incentives.discount / (1.0 - 0.3 * 0.4)
    assert cheaper * most * (1 - 1e-9) <= result.ledger["refunds"] <= most * (1 + 1e-9)
    assert cheaper < 1.0
    assert result.kpis["revenue"] == pytest.approx(9.9 * total["conversions"], rel=1e-12)
    assert result.kpis["return_on_spend"] == result.kpis["revenue"] / result.kpis["cost"]


def test_the_prize_of_a_draw_is_a_payment_too() -> None:
    result = campaign(BASE | DRAW, 0)
    assert result.payments["amount"].sum() == result.kpis["cost"] == 500.0
