"""Money as a shop has it: margin, refunds at the price that was paid, traffic by who was paid."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Result, Scenario
from wordofmouth.sim.flows import cost_by_tick, gross_of_buyers, making_by_tick, revenue_by_tick
from wordofmouth.sim.ledger import MILLION

from ..experiments.everything import EVERYTHING

SHOP = {
    "horizon": 30,
    "network.people": 400,
    "people.fans": 0.5,
    "share.base.fan": 0.2,
    "share.base.stranger": 0.1,
    "transact": {"click": 0.6, "convert": 0.6, "price": 40.0, "margin": 0.4},
    "content": ["post", {"tick": 12}],
    "publish.cost": 25.0,
}
CHEAPER = [{"tick": 10, "set": {"transact.price": 30.0}}]


def shop(changes: dict[str, object], seed: int = 3) -> Result:
    return wom.run(Scenario().replace(SHOP | changes), seed=seed)


# margin -----------------------------------------------------------------------------------------


def test_profit_is_what_is_left_of_the_price_less_cost() -> None:
    result = shop({})
    kpis, sold = result.kpis, result.kpis["conversions"]
    assert sold > 20
    assert kpis["revenue"] == 40.0 * sold
    assert kpis["gross_profit"] == pytest.approx(16.0 * sold, abs=1e-9)
    assert kpis["profit"] == pytest.approx(16.0 * sold - kpis["cost"], abs=1e-9)
    assert kpis["return_on_spend"] == kpis["revenue"] / kpis["cost"]
    assert kpis["return_on_investment"] == pytest.approx(kpis["profit"] / kpis["cost"])
    assert kpis["return_on_investment"] == pytest.approx(0.4 * kpis["return_on_spend"] - 1.0)


def test_a_margin_changes_money_and_nothing_that_is_decided() -> None:
    full = shop({"transact.margin": 1.0})
    assert full.digest == shop({}).digest
    assert full.kpis["gross_profit"] == full.kpis["revenue"]


def test_who_sells_cheaper_makes_it_no_cheaper() -> None:
    """A price cut, a segment with a price of its own: a piece still takes 24 to make."""
    students = {"segments": {"students": {"share": 0.4, "price": 28.0}}}
    result = shop({"timeline": CHEAPER} | students)
    log = result.buyer_log
    young = result.about["segment"][log.person] == "students"
    paid = np.where(young, 28.0, np.where(log.tick < 10, 40.0, 30.0))
    assert {28.0, 30.0, 40.0} == set(paid.tolist())
    assert result.kpis["revenue"] == pytest.approx(paid.sum(), abs=1e-9)
    assert result.kpis["gross_profit"] == pytest.approx((paid - 24.0).sum(), abs=1e-9)
    assert gross_of_buyers(result) == pytest.approx(paid - 24.0)


def test_a_change_that_says_the_margin_says_it_of_its_own_price() -> None:
    again = [{"tick": 10, "set": {"transact.price": 30.0, "transact.margin": 0.5}}]
    result = shop({"timeline": again})
    late = result.buyer_log.tick >= 10
    assert late.any()
    made = np.where(late, 15.0, 24.0).sum()
    assert making_by_tick(result).sum() == pytest.approx(made, abs=1e-9)


def test_a_price_that_is_replaced_makes_nothing_cheaper() -> None:
    """A variant at half the price sells at a loss; what is said last of making is meant."""
    base = Scenario().replace(SHOP)
    cheap = base.replace({"transact.price": 20.0})
    assert cheap.transact.unit_cost == pytest.approx(24.0)
    sold = wom.run(cheap, seed=3).kpis
    assert sold["gross_profit"] == pytest.approx(-4.0 * sold["conversions"], abs=1e-9)
    assert cheap.replace({"transact.price": 0.0}).transact.cost_of_goods == pytest.approx(24.0)
    half = {"transact.price": 20.0, "transact.margin": 0.5}
    for again in (base.replace(half), cheap.replace({"transact.margin": 0.5})):
        assert again.transact.cost_of_goods == 10.0
    own = base.replace({"transact": {"price": 20.0, "unit_cost": 7.0}})
    assert own.replace({"transact.price": 30.0}).transact.cost_of_goods == 7.0
    assert base.replace({"horizon": 9}).transact.unit_cost is None
    free = Scenario(transact={"price": 40.0}).replace({"transact.price": 20.0})
    assert free.transact.unit_cost is None  # nothing costs but the campaign


def test_what_a_piece_costs_is_said_in_money_too() -> None:
    said = shop({"transact.unit_cost": 30.0, "transact.margin": 1.0})
    sold = said.kpis["conversions"]
    assert said.kpis["gross_profit"] == pytest.approx(10.0 * sold, abs=1e-9)
    later = [{"tick": 10, "set": {"transact.unit_cost": 12.0}}]
    changed = shop({"timeline": later})
    log = changed.buyer_log.tick
    made = np.where(log < 10, 24.0, 12.0).sum()
    assert making_by_tick(changed).sum() == pytest.approx(made, abs=1e-9)


def test_what_a_transaction_is_worth_is_no_price_and_more_of_it_is() -> None:
    extra = {"transact.worth": 7.0, "returns": {
        "repeat": 0.9, "interval": 2.0, "upsell": 0.5, "upsell_worth": 10.0,
        "cross_sell": 0.5, "cross_sell_worth": 5.0,
    }}  # fmt: skip
    kpis = (result := shop(extra)).kpis
    bought = kpis["conversions"] + int(result.columns["repeats"].sum())
    assert min(kpis["upsell"], kpis["cross_sell"]) > 0
    gross = bought * (16.0 + 7.0) + 4.0 * kpis["upsell"] + 2.0 * kpis["cross_sell"]
    assert kpis["gross_profit"] == pytest.approx(gross, abs=1e-8)


def test_money_by_tick_adds_up_to_the_cent() -> None:
    everything = wom.run(Scenario().replace(EVERYTHING), seed=1)
    series, kpis = everything.series, everything.kpis
    assert round(series["revenue"].sum(), 2) == round(kpis["revenue"], 2)
    assert round(series["cost"].sum(), 2) == round(kpis["cost"], 2)
    assert series["revenue"].tolist() == revenue_by_tick(everything).tolist()
    assert series["cost"].tolist() == cost_by_tick(everything).tolist()


@pytest.mark.parametrize("later", [0, 9])
def test_a_prize_is_spent_in_the_tick_of_the_share_that_makes_it_due(later: int) -> None:
    """It is no payment of a kernel: once, for all who share, as soon as the first one does."""
    prize = {"incentives.reward": 1.0, "incentives.prize": 90.0}
    changes = {"incentives.paid": "draw", "publish.cost": 0.0} | (
        {"timeline": [{"tick": later, "set": prize}]} if later else prize
    )
    result = shop(changes)
    shares = result.columns["shares"] + result.columns["reshares"]
    first = later + int(np.flatnonzero(shares[later:])[0])
    assert np.flatnonzero(cost_by_tick(result)).tolist() == [first]
    assert cost_by_tick(result)[first] == result.kpis["cost"] == 90.0
    assert result.series["cost"].tolist() == cost_by_tick(result).tolist()


# refunds ----------------------------------------------------------------------------------------

ALL_WRONG = {
    "complaints": {"rate": 1.0, "detection": 0.0, "refund": 1.0, "patience": 8.0},
    "timeline": CHEAPER,
    "segments": {"students": {"share": 0.4, "price": 28.0}},
    "content": ["post"],
}


@pytest.mark.parametrize("discount", [0.0, 0.25])
def test_a_refund_is_what_was_paid_at_the_purchase(discount: float) -> None:
    """Bought at 40 and refunded when it costs 30; by segment; cheaper through somebody."""
    result = shop(ALL_WRONG | {"incentives.discount": discount})
    log, ends = result.buyer_log, result.scenario.horizon
    back = log.tick + 1 + 8 < ends
    assert back.all()
    young = result.about["segment"][log.person] == "students"
    price = np.where(young, 28.0, np.where(log.tick < 10, 40.0, 30.0))
    paid = price * np.where(log.hop > 0, 1.0 - discount, 1.0)
    crossed = (log.tick < 10) & (log.tick + 9 >= 10) & ~young
    assert crossed.sum() > 5
    assert result.kpis["refunds"] == log.person.size
    assert round(result.ledger["refunds"], 2) == round(float(paid.sum()), 2)


# traffic ----------------------------------------------------------------------------------------

PAID = {
    "channels": {"feed": {}, "twitter": {"membership": 0.5}},
    "content": [{"type": "post"}, {"type": "post", "channel": "twitter"}],
    "publish.ads": [
        {"name": "meta", "tick": 2, "ticks": 3, "production": 90.0},
        {"name": "search", "format": "search", "tick": 1, "audience": 0.2},
        {"name": "meta", "tick": 9, "audience": 0.2},
    ],
    "publish.outlets": [{"name": "blog", "count": 3, "audience": 0.05, "fee": 15.0}],
    "returns": {"lead": 0.4, "visit": 0.5, "repeat": 0.4, "interval": 3.0},
}


def test_what_an_ad_brings_is_its_flights_and_not_a_channels() -> None:
    result = shop(PAID)
    table = result.sources
    assert table.index.tolist() == ["feed", "twitter", "blog", "meta", "search"]
    assert (table["clicks"] > 0).all()
    for what, kpi in (("clicks", "clicks"), ("visits", "visits"), ("conversions", "conversions")):
        assert table[what].sum() == result.kpis[kpi]
    assert table["repeats"].sum() == result.columns["repeats"].sum()
    bought = table["cost"].to_dict()
    ads = result.ledger["ads"] + result.ledger["production"]
    assert bought["meta"] + bought["search"] == pytest.approx(ads, abs=1e-9)
    assert bought["blog"] == result.ledger["placements"] > 0
    # At first hand alone: who was passed an ad on had it over a channel.
    first = result.buyer_log
    accounts = np.where(first.sender <= -2, -2 - first.sender, -1)
    assert table["conversions"]["blog"] == ((accounts >= 0) & (accounts < 3)).sum()
    assert table["conversions"]["meta"] == ((accounts == 3) | (accounts == 5)).sum()
    assert table["conversions"]["search"] == (accounts == 4).sum()


def test_series_and_payments_keep_channel_and_flight() -> None:
    result = shop(PAID)
    series, table, paid = result.series, result.sources, result.payments
    assert series["clicks_feed"].sum() == table["clicks"]["feed"]
    assert series["conversions_flight_meta"].sum() == table["conversions"]["meta"]
    assert series["clicks_flight_meta"][:2].sum() == 0 < series["clicks_flight_meta"][2:].sum()
    by_source = paid.groupby("source")["amount"].sum()
    for name in ("blog", "meta", "search"):
        assert by_source[name] == pytest.approx(table["cost"][name], abs=1e-9)
    assert paid["amount"].sum() == pytest.approx(result.kpis["cost"], abs=1e-9)
    made = paid[paid["account"] == "production"]
    assert made["units"].sum() == 3
    assert made[made["amount"] > 0]["source"].tolist() == ["meta"]


def test_breakdowns_by_channel_and_by_flight() -> None:
    result = shop(PAID)
    by_channel, by_flight = result.breakdown("channel"), result.breakdown("flight")
    assert by_channel.index.tolist() == ["feed", "twitter", "meta (ad)", "search (ad)"]
    assert by_channel["click"].sum() == result.kpis["clicks"]
    assert by_flight.loc["meta"].tolist() == by_channel.loc["meta (ad)"].tolist()
    assert shop({}).breakdown("flight").empty


def test_one_channel_alone_is_all_traffic() -> None:
    result = shop({})
    assert result.by_source.shape[1] == 0
    row = result.sources.loc["feed"]
    assert (row["clicks"], row["conversions"]) == (
        result.kpis["clicks"], result.kpis["conversions"],
    )  # fmt: skip


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_share_the_same_traffic_and_refunds(threads: int) -> None:
    changes = Scenario().replace(SHOP | PAID | ALL_WRONG | {"content": ["post", "post"]})
    one, other = (wom.run(changes, seed=1, threads=each) for each in (1, threads))
    assert (one.by_source == other.by_source).all()
    assert one.ledger == other.ledger
    assert one.money.sum() / MILLION == pytest.approx(one.kpis["cost"])


# labels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["EUR", "€", "US$", "kr", "Kč", "Fr.", "R$"])
def test_a_currency_is_a_code_or_a_sign(given: str) -> None:
    assert Scenario(currency=given).currency == given


@pytest.mark.parametrize("given", ["", "euros", "5", "<b>", "[red]", "€€", "E U", "\n"])
def test_what_is_no_currency_is_refused(given: str) -> None:
    with pytest.raises(InputError, match=r"currency = .* is no currency; give a code such as"):
        Scenario(currency=given)


def test_a_start_is_a_date_or_its_text() -> None:
    day = date(2026, 3, 2)
    assert Scenario(start=day).start == Scenario(start="2026-03-02").start == day
    assert Scenario(**Scenario(start=day).to_dict()) == Scenario(start=day)
    for wrong in ("monday", "2026-13-01", 20260302, 2026.5, True):
        with pytest.raises(InputError, match=r"start = .* is no date; give a day such as"):
            Scenario(start=wrong)


def test_a_campaign_ends_while_days_have_names() -> None:
    with pytest.raises(InputError, match=r"start = 9999-12-01 .* after the year 9999"):
        Scenario(start="9999-12-01", horizon=1000)


def test_labels_play_no_part() -> None:
    assert shop({"start": "2026-03-02", "currency": "EUR"}).digest == shop({}).digest


@pytest.mark.parametrize("what", ["start", "currency"])
def test_labels_do_not_change_on_the_way(what: str) -> None:
    value = {"start": "2026-03-02", "currency": "EUR"}[what]
    with pytest.raises(InputError, match=f"timeline: {what} is decided before the first tick"):
        Scenario(timeline=[{"tick": 3, "set": {what: value}}])


def test_agents_bring_the_same_traffic_and_refunds() -> None:
    """Neither is hashed by itself: what is decided is, and both follow from it."""
    scenario = Scenario().replace(SHOP | PAID | ALL_WRONG | {"network.people": 150})
    kernels = wom.run(scenario, seed=2)
    model = wom.CampaignModel(scenario, rng=2, by="agents")
    while model.running:
        model.step()
    agents = model.result
    assert agents.digest == kernels.digest
    assert (agents.by_source == kernels.by_source).all()
    assert agents.ledger == kernels.ledger
    assert kernels.by_source[:, 2:].any()
    assert kernels.ledger["refunds"] > 0.0
