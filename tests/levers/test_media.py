"""Media and money (004): owned, earned and paid; what each costs, and a ledger that adds up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Result
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.ledger import ACCOUNTS

from .lever import (
    BASE,
    NOTICED,
    SEEDS,
    SHARES,
    Lever,
    account,
    at_hops,
    both,
    campaign,
    fewer,
    kpi,
    more,
    networks,
    off_is_not_there,
    on_moves_it,
    scenario,
    sharers,
    who,
)

BLOG: dict[str, Any] = {"audience": 0.2, "shown": 0.5}
AD: dict[str, Any] = {"type": "post", "tick": 2, "ticks": 4, "audience": 0.3, "impressions": 2.0}


def outlets(*places: dict[str, Any]) -> dict[str, Any]:
    return {"publish.outlets": list(places)}


LEVERS = [
    Lever(
        "an outlet",
        "000: publish outside your profile as well",
        off={"publish.outlets": []},
        on=outlets(BLOG),
        moves=kpi("reach"),
        exactly=both(more(who(NOTICED)), more(sharers)),
    ),
    Lever(
        "many outlets",
        "003: the long tail",
        beside=outlets(BLOG | {"audience": 0.01}),
        off=outlets(BLOG | {"audience": 0.01, "count": 1}),
        on=outlets(BLOG | {"audience": 0.01, "count": 40}),
        moves=kpi("reach"),
        exactly=both(more(who(NOTICED)), more(sharers)),
    ),
    Lever(
        "a larger audience",
        "003",
        beside=outlets(BLOG),
        off=outlets(BLOG),
        on=outlets(BLOG | {"audience": 0.5}),
        moves=kpi("reach"),
        exactly=both(more(who(NOTICED)), more(sharers)),
    ),
    Lever(
        "shown to more of them",
        "000",
        beside=outlets(BLOG),
        off=outlets(BLOG),
        on=outlets(BLOG | {"shown": 1.0}),
        moves=kpi("reach"),
        exactly=both(more(who(NOTICED)), more(sharers)),
    ),
    Lever(
        "acceptance",
        "003: who takes it up",
        beside=outlets(BLOG | {"count": 10, "audience": 0.02, "acceptance": 0.0}),
        off=outlets(BLOG | {"count": 10, "audience": 0.02, "acceptance": 0.0}),
        on=outlets(BLOG | {"count": 10, "audience": 0.02, "acceptance": 0.7}),
        moves=kpi("media_mentions"),
        exactly=both(more(who(NOTICED)), more(sharers)),
    ),
    Lever(
        "standing",
        "003, 004: an outlet that is believed",
        beside={"share.weight.trust": 3.0, "credibility.commerciality": 0.0} | outlets(BLOG),
        off=outlets(BLOG | {"standing": None}),
        on=outlets(BLOG | {"standing": 1.0}),
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "no standing at all",
        "003, 004",
        beside={"share.weight.trust": 3.0, "credibility.commerciality": 0.0} | outlets(BLOG),
        off=outlets(BLOG | {"standing": None}),
        on=outlets(BLOG | {"standing": 0.0}),
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "fee",
        "003, 004: paid media have their price",
        beside=outlets(BLOG | {"count": 3}),
        off=outlets(BLOG | {"count": 3, "fee": 0.0}),
        on=outlets(BLOG | {"count": 3, "fee": 25.0}),
        moves=account("placements"),
        # What is paid for is no mention.
        exactly=lambda off, on: (
            on.kpis["cost"] == 25.0 * on.placed.sum() == 25.0 * 9
            and (off.kpis["media_mentions"], on.kpis["media_mentions"]) == (9, 0)
            and (off.kpis["partnerships"], on.kpis["partnerships"]) == (3, 0)
            and sharers(off) == sharers(on)
        ),
    ),
    Lever(
        "an ad",
        "004: paid media",
        off={"publish.ads": []},
        on={"publish.ads": [AD]},
        moves=kpi("reach"),
        exactly=both(more(who(NOTICED)), more(sharers)),
    ),
    Lever(
        "what an ad costs",
        "004: over 3 million and about a million to make",
        off={"publish.ads": []},
        on={"publish.ads": [AD | {"production": 50.0}]},
        moves=kpi("cost"),
        exactly=lambda off, on: on.ledger["production"] == 50.0,
    ),
    Lever(
        "more impressions",
        "004",
        beside={"publish.ads": [AD]},
        off={"publish.ads": [AD]},
        on={"publish.ads": [AD | {"impressions": 8.0}]},
        moves=kpi("reach"),
        exactly=both(more(who(NOTICED)), more(sharers)),
    ),
    Lever(
        "uneven viewing",
        "Ehrenberg 1972: a few view most",
        beside={"publish.ads": [AD | {"viewing": 1e6}]},
        off={"publish.ads": [AD | {"viewing": 1e6}]},
        on={"publish.ads": [AD | {"viewing": 0.2}]},
        moves=kpi("reach"),
        up=False,
    ),
    Lever(
        "seeds",
        "Kempe, Kleinberg & Tardos 2003",
        beside={"share.base.stranger": 0.08},
        off={"publish.seeds": 0},
        idle={
            "publish.seed_cost": 4.0,
            "publish.seed_cost_follower": 2.0,
            "publish.seed_cost_exponent": 0.5,
            "publish.seeding": "followers",
        },
        on={"publish.seeds": 10},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "seeds by name",
        "000: ask those whom you know",
        off={"publish.asked": []},
        on={"publish.asked": [3, 1, 4, 15, 92, 65, 35, 89, 79, 323]},
        moves=at_hops(4, 0),
        exactly=more(sharers),
    ),
    Lever(
        "what a seed costs",
        "Bakshy et al. 2011",
        beside={"publish.seeds": 10},
        off={"publish.seed_cost": 0.0},
        on={"publish.seed_cost": 4.0},
        moves=account("seeding"),
        exactly=lambda off, on: on.kpis["cost"] == 3 * 10 * 4.0 and on.kpis["shares"] > 0,
    ),
    Lever(
        "a budget for seeds",
        "Bakshy et al. 2011",
        beside={"publish.seeds": 40, "publish.seed_cost": 1.0, "share.base.stranger": 0.06},
        off={"publish.seed_budget": 40.0},
        on={"publish.seed_budget": 10.0},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_off_is_not_there(lever: Lever) -> None:
    off_is_not_there(lever)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_on_moves_it(lever: Lever) -> None:
    on_moves_it(lever)


# broadcasts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ticks", [1, 4])
@pytest.mark.parametrize("viewing", [0.3, 1.0, 5.0])
@pytest.mark.parametrize("impressions", [0.5, 2.0, 6.0])
def test_reach_of_an_ad_follows_the_negative_binomial_curve(
    impressions: float, viewing: float, ticks: int
) -> None:
    """1 - (1 + r / k) ** -k (Ehrenberg 1972), whatever the number of ticks it runs."""
    ad = AD | {"audience": 1.0, "impressions": impressions, "viewing": viewing, "ticks": ticks}
    alone = {"horizon": 8, "people.fans": 0.0, "share.base.stranger": 0.0, "content": []}
    result = campaign(BASE | alone | {"publish.ads": [ad]}, 0, "nobody hears")
    people = result.role.size
    expected = 1.0 - (1.0 + impressions / viewing) ** -viewing
    error = np.sqrt(expected * (1.0 - expected) / people)
    assert abs(result.kpis["reach"] / people - expected) <= 4 * error
    assert result.kpis["cost"] == pytest.approx(people * impressions * 29.0 / 1000.0, rel=1e-6)


def test_an_ad_reaches_its_audience_alone_and_in_its_ticks() -> None:
    ads = [AD | {"audience": 0.2, "impressions": 50.0, "viewing": 1e6}]
    alone = {"people.fans": 0.0, "share.base.stranger": 0.0, "content": []}
    result = campaign(BASE | alone | {"publish.ads": ads}, 0, "nobody hears")
    expected, people = 0.2, result.role.size
    assert abs(result.kpis["reach"] / people - expected) <= 4 * np.sqrt(0.16 / people)
    assert np.flatnonzero(result.columns["impressions"]).tolist() == [2, 3, 4, 5]


def test_however_thinly_an_ad_is_spread_it_costs_the_same() -> None:
    thin = AD | {"audience": 1.0, "impressions": 0.01, "cost_per_thousand": 5.0, "tick": 0}
    for ticks in (1, 30):
        ads = {"publish.ads": [thin | {"ticks": ticks}], "content": []}
        result = campaign(BASE | ads, 0)
        assert result.kpis["cost"] == pytest.approx(1000 * 0.01 * 5.0 / 1000.0, rel=1e-3)


# seeding ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("exponent", [0.5, 1.0, 1.5])
def test_a_seed_costs_by_its_followers(exponent: float) -> None:
    """c0 + c1 * followers ** a (Bakshy et al. 2011), for each who is asked, with each post."""
    changes = {
        "publish.seeds": 7,
        "publish.seeding": "followers",
        "publish.seed_cost": 1.5,
        "publish.seed_cost_follower": 0.25,
        "publish.seed_cost_exponent": exponent,
    }
    result = campaign(BASE | changes, 0)
    dearest = np.sort(networks("people").followers)[-7:].astype(float)
    cost = 3 * (1.5 + 0.25 * dearest**exponent).sum()
    assert result.ledger["seeding"] == pytest.approx(cost, abs=1e-5)


@pytest.mark.parametrize("budget", [0.0, 3.0, 40.0, 1e5])
def test_a_budget_for_seeds_is_not_exceeded_by_a_post(budget: float) -> None:
    changes = {
        "publish.seeds": 20,
        "publish.seed_budget": budget,
        "publish.seed_cost": 1.5,
        "publish.seed_cost_follower": 0.25,
        "content": ["post"],
    }
    asked, spent = [], []
    for seed in SEEDS:
        world = Campaign(scenario(BASE | changes), network=networks("people"), seed=seed).world
        asked.append(world.seeds.size)
        spent.append(campaign(BASE | changes, seed).ledger["seeding"])
    assert max(spent) <= budget
    assert (max(asked) == 20) == (budget == 1e5)
    assert (max(asked) == 0) == (budget == 0.0)


# the ledger -------------------------------------------------------------------------------------

ALL_PAID: dict[str, Any] = {
    "publish.cost": 7.0,
    "publish.outlets": [BLOG | {"fee": 11.0}, BLOG | {"count": 4, "acceptance": 0.5}],
    "publish.ads": [AD | {"production": 13.0}],
    "publish.seeds": 4,
    "publish.seed_cost": 0.7,
    "incentives": {"reward": 1.1, "recipient": 0.9, "paid": "referral", "fraud": 0.4},
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
    units = dict(zip(ACCOUNTS, result.units.sum(axis=0).tolist(), strict=True))
    total = {name: int(column.sum()) for name, column in result.columns.items()}
    assert units["posts"] == units["seeding"] == 3
    assert units["placements"] == result.placed[:5].sum()
    assert units["production"] == 1
    assert units["rewards"] == units["recipients"]
    assert units["fraud"] <= units["rewards"]
    assert units["discounts"] == (result.buyer_log.hop >= 1).sum()
    assert units["thanks"] == total["thanks"]
    assert units["replies"] == total["replies"]
    assert total["mended"] <= units["service"] <= total["heard"]
    assert units["outreach"] == total["identified"]
    assert units["nurture"] >= total["nurtured"] > 0
    assert units["refunds"] == total["refunds"] > 0
    assert result.ledger["thanks"] == pytest.approx(0.31 * total["thanks"], rel=1e-12)
    # Back goes what was paid: some had it cheaper, through somebody.
    most = 9.9 * total["refunds"]
    cheaper = 1.0 - result.scenario.incentives.discount
    assert cheaper * most * (1 - 1e-9) <= result.ledger["refunds"] <= most * (1 + 1e-9)
    assert cheaper < 1.0
    assert result.kpis["revenue"] == pytest.approx(9.9 * total["conversions"], rel=1e-12)
    assert result.kpis["return_on_spend"] == result.kpis["revenue"] / result.kpis["cost"]


def test_the_prize_of_a_draw_is_a_payment_too() -> None:
    draw = {"incentives": {"paid": "draw", "prize": 500.0, "reward": 1.0}}
    result = campaign(BASE | draw, 0)
    assert result.payments["amount"].sum() == result.kpis["cost"] == 500.0


def test_a_prize_beyond_the_budget_is_not_raffled() -> None:
    draw = {"incentives": {"paid": "draw", "prize": 500.0, "reward": 1.0, "budget": 100.0}}
    assert campaign(BASE | draw, 0).kpis["reward_cost"] <= 100.0


def test_no_prize_for_passing_on_what_a_rival_posts() -> None:
    rival = {
        "publish.rivals": [{"name": "other", "followers": 0.5}],
        "content": [{"type": "post", "brand": "other"}],
        "incentives": {"paid": "draw", "prize": 500.0, "reward": 1.0},
        "share.base.stranger": 0.1,
    }
    result = campaign(BASE | rival, 0)
    assert result.share_log.person.size > 0 == result.kpis["shares"]
    assert result.kpis["cost"] == 0.0


def test_a_prize_that_is_announced_later_is_paid_too() -> None:
    later = {"timeline": [{"tick": 7, "set": {"incentives.reward": 1.0, "incentives.prize": 90.0}}]}
    result = campaign(BASE | {"incentives.paid": "draw"} | later, 0)
    assert result.columns["shares"][7:].sum() > 0
    assert result.kpis["reward_cost"] == 90.0


def test_a_long_tail_and_one_large_outlet_cost_what_their_fees_say() -> None:
    large = outlets({"audience": 0.3, "shown": 0.3, "fee": 100.0})
    tail = outlets({"count": 20, "audience": 0.015, "shown": 0.3, "fee": 5.0})
    for seed in SEEDS:
        one, many = campaign(BASE | large, seed), campaign(BASE | tail, seed)
        assert one.ledger["placements"] == many.ledger["placements"] == 300.0
        assert many.placed.tolist() == [3] * 20


def test_an_unknown_recipient_is_refused() -> None:
    with pytest.raises(InputError, match=r"incentives\.recipient"):
        scenario({"incentives.recipient": 1.0})


def test_the_results_of_two_threads_are_those_of_one() -> None:
    changes = scenario(BASE | ALL_PAID)
    one: Result = campaign(BASE | ALL_PAID, 3)
    two = wom.run(changes, network=networks("people"), seed=3, threads=2)
    assert one.digest == two.digest
    assert one.ledger == two.ledger
