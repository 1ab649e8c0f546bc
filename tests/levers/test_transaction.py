"""Transaction (000, 003): click, find, convert, come back; giving before asking."""

from __future__ import annotations

import numpy as np
import pytest

from .lever import (
    BASE,
    CLICKED,
    FOUND,
    SEEDS,
    Lever,
    account,
    at_hops,
    both,
    buyers,
    campaign,
    fewer,
    higher,
    kpi,
    lower,
    mean_tick,
    more,
    off_is_not_there,
    on_moves_it,
    rises,
    same,
    total,
    who,
)

POST = "content_types.post"
DEEP = {"share.base.stranger": 0.08, f"{POST}.fidelity": 1.0}
SOLD = same("clicks", "found", "shares", "reshares")
LOYAL = {"returns.repeat": 0.6, "returns.interval": 3.0}
ADDRESS = {"returns.lead": 0.6, "returns.interval": 3.0, "returns.visit": 0.7}

LEVERS = [
    Lever(
        "click",
        "000: a call to action with a link",
        beside={"transact.click": 0.0},
        off={"transact.click": 0.0},
        idle={
            "transact.click_trust": 1.0,
            "transact.click_offer": 1.0,
            "transact.convert": 0.9,
            "boost.click": 2.0,
            "boost.find": 2.0,
            "returns.lead": 0.9,
        },
        on={"transact.click": 0.2},
        moves=kpi("visits"),
    ),
    Lever(
        "a link that is lost",
        "000: a link in every post",
        beside=DEEP,
        off={"transact.link": 1.0},
        idle={"transact.recall": 0.1},
        on={"transact.link": 0.2},
        moves=at_hops(FOUND, 1),
        up=False,
        exactly=both(fewer(who(FOUND)), same("clicks")),
    ),
    Lever(
        "recall",
        "000: remembered without a link",
        beside=DEEP | {"transact.recall": 0.0, "transact.link": 0.0},
        off={"transact.recall": 0.0},
        idle={f"{POST}.fidelity": 0.2},
        on={"transact.recall": 0.6},
        moves=at_hops(FOUND, 1),
        exactly=both(more(who(FOUND)), same("clicks")),
    ),
    Lever(
        "what an offer is worth in clicks",
        "003: offers",
        beside={f"{POST}.offer": 0.8},
        off={"transact.click_offer": 0.0},
        on={"transact.click_offer": 1.5},
        moves=kpi("clicks"),
        exactly=more(who(CLICKED)),
    ),
    Lever(
        "offer",
        "003: offers",
        off={f"{POST}.offer": 0.0},
        idle={"transact.click_offer": 1.5},
        on={f"{POST}.offer": 0.8},
        moves=kpi("clicks"),
        exactly=more(who(CLICKED)),
    ),
    Lever(
        "an offer is known",
        "003: offer awareness",
        off={f"{POST}.offer": 0.0},
        on={f"{POST}.offer": 0.8},
        moves=kpi("offer_awareness"),
        exactly=lambda off, on: on.kpis["offer_awareness"] == on.kpis["reach"],
    ),
    Lever(
        "convert",
        "000: transaction",
        beside={"transact.convert": 0.0},
        off={"transact.convert": 0.0},
        idle={
            "transact.convert_trust": 1.0,
            "transact.convert_value": 1.0,
            "boost.convert": 3.0,
            "transact.price": 5.0,
            "transact.worth": 9.0,
            "complaints.rate": 0.0,
        },
        on={"transact.convert": 0.3},
        moves=kpi("conversions"),
        exactly=SOLD,
    ),
    Lever(
        "trust in buying",
        "004: trust sells",
        off={"transact.convert_trust": 0.0},
        on={"transact.convert_trust": 2.0},
        moves=kpi("conversions"),
        exactly=both(SOLD, more(buyers)),
    ),
    Lever(
        "value in buying",
        "003: value first",
        beside={f"{POST}.value": 0.9},
        off={"transact.convert_value": 0.0},
        on={"transact.convert_value": 1.5},
        moves=kpi("conversions"),
        exactly=both(SOLD, more(buyers)),
    ),
    Lever(
        "what was given before",
        "003: give before you ask",
        beside={f"{POST}.value": 0.9, "relation.memory": 0.6},
        off={"transact.convert_given": 0.0},
        on={"transact.convert_given": 3.0},
        moves=kpi("conversions"),
        exactly=both(SOLD, more(buyers)),
    ),
    Lever(
        "value of the posts",
        "003: value first",
        beside={"transact.convert_given": 3.0, f"{POST}.value": 0.0},
        off={f"{POST}.value": 0.0},
        idle={"relation.memory": 0.6},
        on={f"{POST}.value": 0.9},
        moves=kpi("conversions"),
        exactly=both(SOLD, more(buyers)),
    ),
    Lever(
        "price",
        "000: what it costs",
        off={"transact.price": 0.0},
        idle={"transact.convert_price": 1.5, "transact.price_scale": 20.0},
        on={"transact.price": 40.0},
        moves=kpi("conversions"),
        up=False,
        exactly=both(SOLD, fewer(buyers)),
    ),
    Lever(
        "a heed of the price",
        "000",
        beside={"transact.price": 40.0},
        off={"transact.convert_price": 0.0},
        idle={"transact.price_scale": 20.0},
        on={"transact.convert_price": 1.5},
        moves=kpi("revenue"),
        up=False,
        exactly=both(SOLD, fewer(buyers)),
    ),
    Lever(
        "what a customer thinks dear",
        "assumed",
        beside={
            "transact.price": 40.0,
            "transact.convert_price": 1.5,
            "transact.price_scale": 1e9,
        },
        off={"transact.price_scale": 1e9},
        on={"transact.price_scale": 10.0},
        moves=kpi("conversions"),
        up=False,
        exactly=both(SOLD, fewer(buyers)),
    ),
    Lever(
        "risk",
        "000: risk",
        off={"transact.risk": 0.0},
        idle={"transact.convert_risk": 4.0},
        on={"transact.risk": 0.8},
        moves=kpi("conversions"),
        up=False,
        exactly=both(SOLD, fewer(buyers)),
    ),
    Lever(
        "fear of it",
        "000",
        off={"transact.convert_risk": 0.0},
        idle={"transact.risk": 0.8},
        on={"transact.convert_risk": 4.0},
        moves=kpi("conversions"),
        up=False,
        exactly=both(SOLD, fewer(buyers)),
    ),
    Lever(
        "worth",
        "003: leads are worth something",
        off={"transact.worth": 0.0},
        on={"transact.worth": 7.0},
        moves=kpi("revenue"),
        exactly=lambda off, on: (
            on.digest == off.digest and on.kpis["revenue"] == 7.0 * on.kpis["conversions"]
        ),
    ),
    Lever(
        "pressure",
        "000, 001, 003: selling too much backfires",
        beside={f"{POST}.commerciality": 0.9},
        off={"relation.pressure": 0.0},
        on={"relation.pressure": 0.3},
        moves=kpi("mean_trust"),
        up=False,
        exactly=both(lower("trust"), SOLD),
    ),
    Lever(
        "giving under pressure",
        "003: value first",
        beside={f"{POST}.value": 0.0, "relation.pressure": 0.3, f"{POST}.commerciality": 0.9},
        off={f"{POST}.value": 0.0},
        on={f"{POST}.value": 1.0},
        moves=kpi("mean_trust"),
        exactly=higher("trust"),
    ),
    Lever(
        "monologue",
        "001: monologue is punished",
        off={"relation.monologue": 0.0},
        idle={f"{POST}.dialogue": 0.1},
        on={"relation.monologue": 0.2},
        moves=kpi("mean_trust"),
        up=False,
        exactly=both(lower("trust"), SOLD),
    ),
    Lever(
        "dialogue",
        "001, 002: ask and listen",
        beside={"relation.monologue": 0.2},
        off={f"{POST}.dialogue": 0.0},
        on={f"{POST}.dialogue": 0.9},
        moves=kpi("mean_trust"),
        exactly=higher("trust"),
    ),
    Lever(
        "repeat purchase",
        "003: buyer frequency",
        off={"returns.repeat": 0.0},
        idle={
            "returns.interval": 3.0,
            "returns.upsell": 0.5,
            "returns.cross_sell": 0.5,
            "returns.upsell_worth": 4.0,
            "returns.bond": 1.0,
            "returns.visit": 0.5,
        },
        on={"returns.repeat": 0.6},
        moves=kpi("buyer_frequency"),
        exactly=same("clicks", "conversions", "shares", "reshares"),
    ),
    Lever(
        "returning visitors",
        "001: the share of those who come back",
        beside={"returns.interval": 3.0},
        off={"returns.repeat": 0.0},
        on={"returns.repeat": 0.6},
        moves=kpi("returning_visitors"),
    ),
    Lever(
        "sooner back",
        "003: buyer frequency",
        beside=LOYAL | {"returns.interval": 24.0},
        off={"returns.interval": 24.0},
        on={"returns.interval": 1.0},
        moves=total("repeats"),
    ),
    Lever(
        "bond of those who come back",
        "001: loyalty",
        beside=LOYAL | {"returns.repeat": 0.2},
        off={"returns.bond": 0.0},
        on={"returns.bond": 4.0},
        moves=total("repeats"),
    ),
    Lever(
        "upsell",
        "003",
        beside=LOYAL,
        off={"returns.upsell": 0.0},
        idle={"returns.upsell_worth": 4.0},
        on={"returns.upsell": 0.4},
        moves=kpi("upsell"),
        exactly=both(
            same("repeats", "conversions", "cross_sells"),
            lambda off, on: on.kpis["revenue"] == 4.0 * on.kpis["upsell"],
        ),
    ),
    Lever(
        "what an upsell is worth",
        "003",
        beside=LOYAL | {"returns.upsell": 0.4},
        off={"returns.upsell_worth": 0.0},
        on={"returns.upsell_worth": 4.0},
        moves=kpi("revenue"),
        exactly=lambda off, on: on.digest == off.digest,
    ),
    Lever(
        "cross-sell",
        "003",
        beside=LOYAL,
        off={"returns.cross_sell": 0.0},
        idle={"returns.cross_sell_worth": 3.0},
        on={"returns.cross_sell": 0.4},
        moves=kpi("cross_sell"),
        exactly=both(
            same("repeats", "conversions", "upsells"),
            lambda off, on: on.kpis["revenue"] == 3.0 * on.kpis["cross_sell"],
        ),
    ),
    Lever(
        "what a cross-sell is worth",
        "003",
        beside=LOYAL | {"returns.cross_sell": 0.4},
        off={"returns.cross_sell_worth": 0.0},
        on={"returns.cross_sell_worth": 3.0},
        moves=kpi("revenue"),
        exactly=lambda off, on: on.digest == off.digest,
    ),
    Lever(
        "leads",
        "003: an email list",
        off={"returns.lead": 0.0},
        idle={"returns.visit": 0.5, "returns.interval": 3.0},
        on={"returns.lead": 0.6},
        moves=kpi("email_list"),
        exactly=lambda off, on: on.kpis["email_list"] <= on.kpis["leads"],
    ),
    Lever(
        "visits of those on the list",
        "001, 003: returning visitors",
        beside={"returns.lead": 0.6},
        off={"returns.visit": 0.0},
        idle={"returns.interval": 3.0, "returns.bond": 1.0},
        on={"returns.visit": 0.7},
        moves=kpi("conversions"),
        exactly=both(more(buyers), same("clicks", "leads")),
    ),
    Lever(
        "retargeting list",
        "003: visited and did not buy",
        beside=ADDRESS,
        off={"boost.convert": 0.0},
        on={"boost.convert": 2.0},
        moves=kpi("retargeting_list"),
        up=False,
        exactly=SOLD,
    ),
    Lever(
        "what a post costs",
        "004",
        off={"publish.cost": 0.0},
        on={"publish.cost": 12.0},
        moves=account("posts"),
        exactly=lambda off, on: on.kpis["cost"] == 36.0,
    ),
]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_off_is_not_there(lever: Lever) -> None:
    off_is_not_there(lever)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_on_moves_it(lever: Lever) -> None:
    on_moves_it(lever)


def test_it_gets_harder_to_find_with_every_hop() -> None:
    """000: found at hop h of those who clicked there is link * fidelity ** h, within 4 errors."""
    changes = {
        "share.base": {"stranger": 0.3, "fan": 0.3, "advocate": 0.3},
        f"{POST}.fidelity": 0.7,
        "transact.recall": 0.0,
        "transact.click": 0.5,
    }
    clicked, found = np.zeros(16), np.zeros(16)
    for seed in SEEDS:
        counts = campaign(BASE | changes, seed).counts[..., 0].sum(axis=(0, 2))
        clicked += counts[CLICKED]
        found += counts[FOUND]
    for hop in range(5):
        chance, trials = 0.7**hop, clicked[hop]
        assert trials > 100
        error = np.sqrt(chance * (1 - chance) / trials)
        assert abs(found[hop] / trials - chance) <= 4 * error


def test_giving_before_asking_pays_and_the_other_way_round_it_does_not() -> None:
    """003: the same posts, once the hard sell last and once first."""
    types = {
        "advice": {"value": 0.9, "commerciality": 0.0},
        "sell": {"value": 0.0, "commerciality": 0.9},
    }
    brand = {
        "people.fans": 0.5,
        "relation.pressure": 0.3,
        "transact.convert_given": 3.0,
        "content_types": types,
    }
    first = BASE | brand | {"content": ["advice", "advice", "sell"]}
    last = BASE | brand | {"content": ["sell", "advice", "advice"]}
    trust, sold = [], []
    for seed in SEEDS:
        one, other = campaign(first, seed), campaign(last, seed)
        trust.append(one.kpis["mean_trust"] - other.kpis["mean_trust"])
        sold.append((one.buyer_log.message == 2).sum() - (other.buyer_log.message == 0).sum())
    rises(trust)
    rises(sold)


def test_what_is_for_followers_alone_no_stranger_buys() -> None:
    for seed in SEEDS:
        open_to_all = campaign(BASE, seed)
        for_followers = campaign(BASE | {f"{POST}.exclusive": True}, seed)
        strangers = open_to_all.role_at_birth == 0
        kept = {(m, i) for m, i in buyers(open_to_all) if not strangers[i]}
        assert buyers(for_followers) == kept < buyers(open_to_all)


def test_nobody_buys_an_exclusive_offer_by_leaving_an_address() -> None:
    result = campaign(BASE | ADDRESS | {f"{POST}.exclusive": True}, 0)
    assert (result.role_at_birth[result.buyer_log.person] != 0).all()


def test_somebody_comes_back_when_the_interval_says() -> None:
    """Geometric beyond the next tick: the mean wait of a first return is 1 + interval."""
    patient = {"horizon": 200, "content": ["post"], "returns.repeat": 1.0, "returns.interval": 8.0}
    waits = []
    for seed in SEEDS:
        result = campaign(BASE | patient, seed)
        # Everybody comes back again and again: a purchase every 9 ticks.
        purchases = result.columns["repeats"].sum()
        waits.append((200 - result.buyer_log.tick).sum() / purchases)
    error = np.std(waits, ddof=1) / np.sqrt(len(waits))
    assert abs(np.mean(waits) - 9.0) <= 4 * error


def test_the_mean_tick_of_a_purchase_is_that_of_the_posts_and_later() -> None:
    later = [
        mean_tick("conversions")(campaign(BASE | ADDRESS, seed))
        - mean_tick("conversions")(campaign(BASE, seed))
        for seed in SEEDS
    ]
    rises(later)
