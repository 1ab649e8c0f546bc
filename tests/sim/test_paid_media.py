"""Paid media as a marketer buys it: formats, what a click costs, wear-out, one memory."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Result
from wordofmouth.scenarios.doubts import doubts
from wordofmouth.scenarios.flights import shown_of
from wordofmouth.sim.creatives import showings
from wordofmouth.sim.parameters.formats import FORMATS

PEOPLE = 20_000
# Nobody follows, posts or passes on: what happens, ads bring.
QUIET: dict[str, Any] = {
    "network": {"kind": "random", "people": PEOPLE, "mean_degree": 1.0},
    "people.fans": 0.0,
    "people.advocates": 0.0,
    "content": [],
    "content_types": {"spot": {"commerciality": 0.0}},
    "attention": 2.5,
    "horizon": 10,
    "share.base": {"stranger": 0.0, "fan": 0.0, "advocate": 0.0},
    "transact.click_trust": 1.0,
}
AD: dict[str, Any] = {"name": "one", "type": "spot", "audience": 1.0}


def shown(*ads: dict[str, Any], seed: int = 1, **changes: Any) -> Result:
    flights = [AD | ad for ad in ads]
    scenario = wom.Scenario().replace(QUIET | {"publish.ads": flights} | changes)
    return wom.run(scenario, seed=seed)


def within(found: float, expected: float, errors: float = 4.0) -> bool:
    """Whether a count of rare events lies where it is expected."""
    return abs(found - expected) <= errors * math.sqrt(expected)


@pytest.mark.parametrize("format_", ["search", "social", "video", "influencer"])
def test_impressions_times_the_click_rate_are_clicks(format_: str) -> None:
    """At ordinary trust, attention or none; so .9 % at 5.35 a thousand is .59 a click."""
    # Fewer than a head each, so that hardly anybody could have clicked before.
    flights = [{"format": format_, "impressions": 0.25, "ticks": 5}]
    usual = FORMATS[format_]
    for attention in (2.5, 0.1, "unlimited"):
        result = shown(*flights, attention=attention, **{"publish.wear_out": 1e6})
        impressions, clicks = result.kpis["impressions"], result.kpis["clicks"]
        assert within(impressions, 0.25 * PEOPLE, 6.0)  # of viewers who differ
        assert within(clicks, usual.response * impressions)
    paid = result.ledger["ads"]
    assert paid == pytest.approx(0.25 * PEOPLE * usual.cost_per_thousand / 1000.0, rel=1e-4)


def test_a_click_in_a_social_feed_costs_59_cents() -> None:
    usual = FORMATS["social"]
    assert usual.cost_per_thousand / 1000.0 / usual.response == pytest.approx(0.594, abs=1e-3)
    clicks, paid = 0.0, 0.0
    for seed in range(8):
        result = shown({"impressions": 0.5, "ticks": 5}, seed=seed)
        clicks, paid = clicks + result.kpis["clicks"], paid + result.ledger["ads"]
    # Five standard errors of some 700 clicks, and what wears out.
    assert paid / clicks == pytest.approx(0.594, rel=5.0 / math.sqrt(clicks) + 0.03)


def test_explicit_values_win_over_the_formats() -> None:
    own = {"format": "search", "noticed": 1.0, "response": 0.1, "cost_per_thousand": 10.0}
    result = shown(own | {"impressions": 0.25, "ticks": 5})
    impressions = result.kpis["impressions"]
    assert result.ledger["ads"] == pytest.approx(0.25 * PEOPLE * 0.01, rel=1e-4)
    assert result.kpis["clicks"] == pytest.approx(0.1 * impressions, rel=0.2)


def test_who_did_not_notice_does_not_answer() -> None:
    with pytest.raises(InputError, match=r"response = 0\.6 is more than the 0\.4 .* give a resp"):
        wom.Scenario().replace({"publish.ads": [{"format": "broadcast", "response": 0.6}]})


def test_a_broadcast_leads_nobody_who_cannot_recall_the_brand() -> None:
    spot = {"format": "broadcast", "impressions": 3.0, "ticks": 5, "response": 0.1}
    lost = shown(spot, **{"transact.recall": 0.0})
    found = shown(spot, **{"transact.recall": 0.3})
    assert lost.kpis["clicks"] == found.kpis["clicks"] > 1000
    assert lost.kpis["visits"] == lost.kpis["conversions"] == 0
    assert within(found.kpis["visits"], 0.3 * found.kpis["clicks"])
    clicked = shown(spot | {"format": "social"}, **{"transact.recall": 0.0})
    assert clicked.kpis["visits"] == clicked.kpis["clicks"] > 1000


# One memory -------------------------------------------------------------------------------------


@pytest.mark.parametrize("activity", ["always", 0.25])
def test_a_hundred_names_for_one_flight_are_one_flight(activity: str | float) -> None:
    """The same people, impressions, clicks and purchases, and what people passed on."""
    whole = {"ticks": 4, "impressions": 6.0, "audience": 0.5, "response": 0.05}
    changes: dict[str, Any] = {
        "share.base.stranger": 0.02,
        "people.activity": activity,
        "network": {"kind": "random", "people": 2_000, "mean_degree": 10.0},
    }
    one = shown(whole, **changes)
    parts = [whole | {"name": f"part {k}", "impressions": 0.06} for k in range(100)]
    cut = shown(*parts, **changes)
    assert one.kpis["conversions"] > 5
    for column in one.columns:
        assert np.array_equal(one.columns[column], cut.columns[column]), column
    assert np.array_equal(one.steps, cut.steps)
    assert set(
        zip(*(x.tolist() for x in (one.share_log.person, one.share_log.tick)), strict=True)
    ) == (set(zip(*(x.tolist() for x in (cut.share_log.person, cut.share_log.tick)), strict=True)))
    assert cut.ledger["ads"] == pytest.approx(one.ledger["ads"], rel=1e-3)


def test_an_ad_keeps_its_luck_whatever_else_is_shown() -> None:
    ours = {"ticks": 3, "impressions": 1.0}
    alone = shown(ours, **{"publish.wear_out": 1e6})
    beside = shown({"name": "tv", "format": "broadcast"}, ours, **{"publish.wear_out": 1e6})
    row = beside.sources.loc["one"]
    assert row["clicks"] == alone.kpis["clicks"]


def test_the_larger_audience_of_a_format_holds_the_smaller_one() -> None:
    result = shown(
        {"name": "many", "audience": 0.4, "impressions": 30.0, "ticks": 10, "viewing": 1e6},
        {"name": "few", "audience": 0.1, "impressions": 30.0, "ticks": 10, "viewing": 1e6},
        {"name": "others", "format": "video", "audience": 0.1, "impressions": 0.0},
    )  # fmt: skip
    reached = result.kpis["reach"]
    assert within(reached, 0.4 * PEOPLE, 5.0)


def test_what_is_noticed_wears_out_as_the_formula_says() -> None:
    """2 ** (-memory / wear_out), the memory of all showings before; even viewers."""
    mean, wear = 0.25, 2.0
    left = 2.0 ** (-1.0 / wear)
    result = shown(
        {"ticks": 8, "impressions": 8 * mean, "viewing": 1e6},
        **{"publish.wear_out": wear, "publish.ad_half_life": 1e6, "attention": 2.5},
    )  # fmt: skip
    most = showings(mean, 1.0)
    chances = np.cumsum([math.exp(-mean) * mean**k / math.factorial(k) for k in range(most)])
    here = sum((1.0 - chances[k]) * left**k for k in range(most)) / sum(1.0 - chances)
    seen, got = result.columns["noticed"], result.columns["impressions"]
    for tick in range(8):
        before = math.exp(mean * tick * (left - 1.0))
        expected = FORMATS["social"].noticed * here * before * got[tick]
        assert within(seen[tick], expected, 4.5), tick


def test_the_memory_of_ads_is_of_the_brand_and_fades() -> None:
    """A flight of other name, format and content finds people as tired; later they are rested."""

    def later(tick: int, first: float) -> float:
        before = {"format": "video", "name": "first", "ticks": 1, "impressions": first}
        after = {"type": "post", "name": "then", "tick": tick, "impressions": 0.3}
        result = shown(
            before, after, **{"horizon": tick + 1, "publish.wear_out": 2.0,
                              "publish.ad_half_life": 10.0},
        )  # fmt: skip
        return float(result.columns["noticed"][tick] / result.columns["impressions"][tick])

    tired, rested, never = later(1, 3.0), later(60, 3.0), later(1, 0.0)
    assert tired < 0.75 * never
    assert rested > 0.9 * never


# Where it is spent ------------------------------------------------------------------------------


def test_a_burst_is_as_good_by_a_coarse_clock_as_by_a_fine_one() -> None:
    flight = {"impressions": 6.0, "response": 0.02}
    fine = shown(flight | {"ticks": 24}, horizon=24)
    coarse = shown(flight | {"ticks": 1}, horizon=1, hours_per_tick=24.0)
    for name in ("impressions", "reach", "clicks"):
        assert coarse.kpis[name] == pytest.approx(fine.kpis[name], rel=0.08), name


def test_what_nobody_has_room_for_is_lost_and_said() -> None:
    burst = {"impressions": 40.0, "ticks": 1}
    result = shown(burst)
    expected = shown_of(40.0, 1.0, showings(40.0, 1.0)) * PEOPLE
    assert result.kpis["impressions"] == pytest.approx(expected, rel=0.01)
    said = [each for each in doubts(result.scenario) if "are lost" in each]
    assert len(said) == 1
    assert said[0].startswith(
        "publish.ads: of the impressions of 'one' 91 % are lost: 40 a head are bought in a tick, "
        "and a person has room for 4 of an ad in an hour, 4 in a tick; give more ticks, a larger "
    )
    spread = shown(burst | {"ticks": 80}, horizon=80)
    assert not [each for each in doubts(spread.scenario) if "are lost" in each]
    assert spread.kpis["impressions"] > 0.97 * 40.0 * PEOPLE
    assert spread.kpis["clicks"] > 2.0 * result.kpis["clicks"]


# Influencers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("overlap", "both"), [(0.0, 0.09), (1.0, 0.3), (0.5, 0.1425)])
def test_audiences_of_influencers_overlap(overlap: float, both: float) -> None:
    """Of two with overlap o: a share o ** 2 of the people are in both or in neither."""
    people = [{"name": name, "audience": 0.3, "overlap": overlap} for name in ("ann", "bob")]
    scenario = wom.Scenario().replace(QUIET | {"publish.outlets": people})
    world = wom.CampaignModel(scenario, rng=1).world
    ends = world.outlet_offsets
    ann, bob = (set(world.outlet_members[ends[k] : ends[k + 1]].tolist()) for k in range(2))
    for each in (ann, bob):
        assert within(len(each), 0.3 * PEOPLE, 5.0)
    assert within(len(ann & bob), both * PEOPLE, 5.0)


# At one visit -----------------------------------------------------------------------------------


@pytest.mark.parametrize("activity", ["always", 2.0, 0.1])
@pytest.mark.parametrize("flights", [1, 3])
def test_showings_at_one_visit_wear_each_other_out_as_at_several(
    activity: str | float, flights: int
) -> None:
    """Of an ad that one showing wears out everybody notices the first that they meet, and no more.

    However rarely people look in, and whatever flights it was bought as.
    """
    whole = {"ticks": 6, "impressions": 4.0 / flights, "noticed": 1.0, "response": 0.5}
    parts = [whole | {"name": f"{k}", "audience": 1.0 - 0.2 * k} for k in range(flights)]
    once = {"publish.wear_out": 1e-3, "publish.ad_half_life": 1e6, "people.activity": activity,
            "network": {"kind": "random", "people": 2_000, "mean_degree": 1.0}}  # fmt: skip
    result = shown(*parts, **once)
    assert result.kpis["impressions"] > 1.5 * result.kpis["reach"] > 0
    assert result.columns["noticed"].sum() == result.kpis["reach"]
    model = wom.CampaignModel(result.scenario, rng=1, by="agents")
    while model.running:
        model.step()
    assert model.result.digest == result.digest


def test_an_ad_is_passed_on_less_than_a_post_of_its_type() -> None:
    """The odds of those who noticed it are multiplied: of .2 a fifth of .25, or .0476."""
    # So few a head that hardly anybody notices it twice.
    ad = {"impressions": 0.1, "ticks": 1, "noticed": 1.0, "viewing": 1e6}
    for factor in (1.0, 0.2):
        noticed, shares = 0, 0
        for seed in range(4):
            changes = {"publish.ad_shared": factor, "share.base.stranger": 0.2, "horizon": 1}
            result = shown(ad, seed=seed, **changes)
            noticed += int(result.columns["noticed"].sum())
            shares += int(result.kpis["shares"])
        odds = 0.25 * factor
        assert within(shares, noticed * odds / (1.0 + odds)), factor


def test_posts_are_passed_on_as_ever_whatever_ads_are() -> None:
    posts = {"content": ["spot"], "people.fans": 0.5, "share.base.fan": 0.3}
    results = [shown(**posts, **{"publish.ad_shared": factor}) for factor in (1.0, 0.2)]
    assert results[0].kpis["shares"] > 100
    assert results[0].digest == results[1].digest


def test_an_ad_that_is_answered_sells_where_posts_are_not_clicked() -> None:
    ad = {"impressions": 1.0, "noticed": 1.0, "response": 0.5}
    sells = {"transact.click": 0.0, "transact.convert": 1.0, "outcome": "orders"}
    result = shown(ad, **sells)
    assert result.scenario.clickable
    assert result.kpis["conversions"] > 1_000
    assert f"orders: {result.kpis['conversions']:,}" in result.sentence
    assert not [each for each in doubts(result.scenario) if "transact.convert" in each]
