"""True effects of paid channels, and the rows that models get: sums, weeks, nothing for nothing."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import wordofmouth as wom
from wordofmouth.experiments.answers.truth.answer import KnownTruth
from wordofmouth.experiments.answers.truth.paid import ALL, paid_channels, without
from wordofmouth.sim.errors import InputError

FLIGHTS = [
    {"name": "Face book!", "ticks": 8, "impressions": 2.0, "production": 12.5},
    {"name": "dud", "impressions": 0.0},
    {"name": "Face book!", "tick": 40, "ticks": 9, "impressions": 1.0, "cost_per_thousand": 6.01},
    {"name": "2nd TV", "tick": 9, "ticks": 20, "type": "product_news"},
]
OUTLETS = [
    {"name": "blogs", "count": 3, "audience": 0.05, "acceptance": 0.5, "fee": 7.5},
    {"name": "free", "audience": 0.05},
]


@cache
def scenario() -> wom.Scenario:
    return wom.load("everyday").replace(
        {
            "network.people": 2_000, "horizon": 66, "start": "2026-03-02", "transact.click": 0.03,
            "transact.convert": 0.2, "transact.price": 19.99, "returns.visit": 0.2,
            "publish.ads": FLIGHTS, "publish.outlets": OUTLETS,
            "timeline": [{"tick": 30, "set": {"transact.price": 14.99}}],
        }
    )  # fmt: skip


@cache
def found(every: str = "day") -> KnownTruth:
    return wom.known_truth(scenario(), every=every, seed=5, replicates=3)


def test_channels_have_words_that_a_column_can_have() -> None:
    words = [each.word for each in paid_channels(scenario())]
    assert words == ["blogs", "face_book", "dud", "channel_2nd_tv"]
    twins = scenario().replace({"publish.ads": [{"name": "A b"}, {"name": "a-b"}, {"name": "€"}]})
    assert [each.word for each in paid_channels(twins)][1:] == ["a_b", "a_b_2", "channel"]
    all_taken = scenario().replace({"publish.ads": [{"name": "campaign"}, {"name": ALL}]})
    assert {"campaign", ALL}.isdisjoint(each.word for each in paid_channels(all_taken))


def test_sums_are_those_of_the_campaign_to_the_cent() -> None:
    result, rows = wom.run(scenario(), seed=5), found().rows
    for name in ("impressions", "clicks", "conversions"):
        assert rows[name].sum() == result.kpis[name], name
    for name in ("revenue", "cost"):
        assert rows[name].sum() == pytest.approx(result.kpis[name], abs=0.005), name
    assert result.kpis["conversions"] > 0
    assert rows["revenue"].nunique() > 2
    for word, name in ("blogs", "blogs"), ("face_book", "Face book!"), ("channel_2nd_tv", "2nd TV"):
        source = result.sources.loc[name]
        assert rows[f"spend_{word}"].sum() == pytest.approx(source["cost"], abs=0.005)
        assert rows[f"bought_{word}"].sum() == source["bought"] > 0
        assert found().credited(word, "clicks") == source["clicks"]
    assert rows["posts"].sum() == sum((post.tick or 0) < 66 for post in scenario().calendar())
    assert found().digest == result.digest


def test_days_are_dates_and_prices_are_those_of_the_day() -> None:
    rows = found().rows
    assert rows["date"].tolist()[:2] == ["2026-03-02", "2026-03-03"]
    assert len(rows) == 17  # 66 ticks of six hours: the last day has two
    assert rows["price"].tolist()[:7] == [19.99] * 7
    assert rows["price"].tolist()[7] == pytest.approx(17.49)
    assert rows["price"].iloc[-1] == 14.99


def test_a_week_is_the_sum_of_its_days() -> None:
    days, weeks = found().rows, found("week").rows
    groups = np.arange(len(days)) // 7
    for name in days.columns.drop(["date", "price", "reward"]):
        sums = days[name].groupby(groups).sum()
        assert weeks[name].to_numpy() == pytest.approx(sums.to_numpy()), name
    assert weeks["date"].tolist() == ["2026-03-02", "2026-03-09", "2026-03-16"]
    assert weeks["days"].tolist() == [7, 7, 3]
    assert any("last week has 3 days" in note for note in found("week").notes)


def test_what_does_nothing_has_no_effect_at_all() -> None:
    table = found().table().set_index("channel").loc["dud"]
    assert (table[["spend", "effect", "mean", "low", "high", "moved"]] == 0).to_numpy().all()
    assert (
        not found()
        .by_row()
        .set_index("channel")
        .loc["dud"][["conversions", "revenue"]]
        .any(axis=None)
    )
    assert any("dud has no spend" in note for note in found().notes)


def test_an_effect_is_the_difference_of_two_campaigns_in_one_world() -> None:
    base = scenario()
    (tv,) = (each for each in paid_channels(base) if each.word == "channel_2nd_tv")
    for replicate in range(3):
        having, lacking = (
            wom.run(each, seed=5 + replicate) for each in (base, without(base, [tv]))
        )
        assert lacking.sources.loc["2nd TV", "bought"] == 0
        for outcome in ("impressions", "clicks", "conversions", "revenue"):
            apart = having.kpis[outcome] - lacking.kpis[outcome]
            assert found().effects(tv.word, outcome)[replicate] == apart
    assert found().effect(tv.word, "impressions").mean > 0
    by_row = found().by_row().groupby("channel")[["conversions", "revenue"]].sum()
    own = found().table().query("outcome == 'revenue'").set_index("channel")["effect"]
    assert by_row["revenue"].loc[own.index].to_numpy() == pytest.approx(own.to_numpy())


def test_models_find_the_columns_that_they_are_told_of() -> None:
    extra = found().extra()
    told = json.loads(extra["truth.json"])["arguments"]
    for name, arguments in told.items():
        table = pd.read_csv(io.BytesIO(extra[f"{name}.csv"]))
        assert not table.isna().any(axis=None)
        words = [each for each in arguments.values() if each is not None]
        columns = [one for each in words for one in (each if isinstance(each, list) else [each])]
        kinds = {"non_revenue", "conversion"}  # of a kind of indicator, and no columns
        assert {*columns} - kinds <= {*table.columns}
        controls = [column for column in ("posts", "price") if column in table]
        assert controls == ["posts", "price"]
        assert "reward" not in table  # it is the same in every row
    meridian = pd.read_csv(io.BytesIO(extra["meridian.csv"]))
    sold = meridian[meridian["conversions"] > 0]
    brought = sold["conversions"] * sold["revenue_per_conversion"]
    assert brought.to_numpy() == pytest.approx(sold["revenue"].to_numpy(), abs=0.005)
    assert (meridian["revenue_per_conversion"] > 0).all()


def test_names_are_no_formulas_of_a_spreadsheet() -> None:
    ads = [{"name": "=1+1"}]
    small = scenario().replace({"publish.ads": ads, "network.people": 200, "horizon": 4})
    text = wom.known_truth(small, replicates=2).extra()["truth.csv"].decode()
    assert "'=1+1" in text
    assert ",=" not in text


def test_a_kept_campaign_is_made_again_or_refused(tmp_path: Path) -> None:
    small = scenario().replace({"network.people": 300, "horizon": 20})
    result = wom.run(small, seed=2, world=9)
    again = wom.known_truth(result, replicates=2)
    assert (again.digest, again.seed, again.world) == (result.digest, 2, 9)
    asked = wom.run(small, seed=2, seeds=[5, 6])
    with pytest.raises(InputError, match="seeds="):
        wom.known_truth(asked, replicates=2)
    assert wom.known_truth(asked, seeds=[5, 6], replicates=2).digest == asked.digest


def test_what_cannot_be_told_is_refused() -> None:
    bare = scenario().replace({"publish.ads": [], "publish.outlets": OUTLETS[1:]})
    with pytest.raises(InputError, match="buys no media"):
        wom.known_truth(bare)
    with pytest.raises(InputError, match="month"):
        wom.known_truth(scenario(), every="month")
    long = wom.Scenario(hours_per_tick=48.0, horizon=9, publish={"ads": [{"name": "tv"}]})
    with pytest.raises(InputError, match="ask for weeks"):
        wom.known_truth(long)
    with pytest.raises(InputError, match="channel = 'x'"):
        found().effect("x", "revenue")
