"""Scenarios that begin with data or with ten numbers: they run, and come out as they were told."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Observed
from wordofmouth.scenarios.doubts import doubts
from wordofmouth.scenarios.observing.brand import (
    QUESTIONS,
    TenNumbers,
    brand,
    parameters,
    scenario_text,
)  # fmt: skip
from wordofmouth.scenarios.observing.campaign import campaign_text
from wordofmouth.scenarios.observing.written import Line, checked, noticing, text
from wordofmouth.sim import state

from .tables import csv, days

TOLD = TenNumbers(15_000, 5, 2_100, 300, 25, 20, 60, 100, 60, 30)
SMALL = TenNumbers(1_200, 3, 200, 24, 3, 2, 3, 10, 45, 2)


def run_of(written: str, folder: Path, seeds: int) -> list[wom.Result]:
    file = folder / "mine.toml"
    file.write_text(written, encoding="utf-8")
    scenario = wom.load(str(file))
    return [wom.run(scenario, seed=seed) for seed in range(seeds)]


def of_a_post(results: list[wom.Result], told: TenNumbers) -> dict[str, float]:
    """The ten numbers as they come out, of a post or a month, for as many as were told."""
    posts = sum(len(each.scenario.content) for each in results)
    noticed = sum(each.counts[each.ours][:, state.NOTICED, ..., 1].sum() for each in results)
    sums = {
        name: sum(each.kpis[name] for each in results)
        for name in ("likes", "comments", "shares", "reshares", "clicks", "conversions", "revenue")
    }
    found = {name: told.scale * each / posts for name, each in sums.items()}
    return {
        "reach": told.scale * noticed / posts,
        "likes": found["likes"],
        "comments": found["comments"],
        "shares": found["shares"] + found["reshares"],
        "clicks": found["clicks"],
        "conversions": found["conversions"] * told.month,
        "value": sums["revenue"] / max(sums["conversions"], 1),
        "new_followers": told.scale
        * told.month
        * sum(each.kpis["new_fans"] for each in results)
        / posts,
    }


@pytest.mark.parametrize(("told", "seeds"), [(TOLD, 3), (SMALL, 10)], ids=["large", "small"])
def test_ten_numbers_come_out_as_they_were_told(
    told: TenNumbers, seeds: int, tmp_path: Path
) -> None:
    results = run_of(scenario_text(told, "mine"), tmp_path, seeds)
    found = of_a_post(results, told)
    posts = seeds * len(results[0].scenario.content) / told.scale
    for name, within in (("reach", 0.05), ("likes", 0.08), ("shares", 0.08), ("clicks", 0.08)):
        wanted = getattr(told, name)
        # Beside what the arithmetic leaves out, twice the luck of so many posts.
        luck = 2.0 / np.sqrt(wanted * posts) if name != "reach" else 0.0
        assert found[name] == pytest.approx(wanted, rel=within + luck), name
    assert found["conversions"] / found["clicks"] == pytest.approx(
        told.conversions / told.clicks,
        rel=0.1 + 2.0 / np.sqrt(told.conversions * seeds / told.scale),
    )
    assert found["value"] == pytest.approx(told.value)
    assert found["new_followers"] == pytest.approx(told.new_followers, rel=0.6)


def test_where_most_come_over_friends_it_falls_short_and_says_so(tmp_path: Path) -> None:
    told = TenNumbers(800, 2, 300, 60, 10, 8, 20, 20, 45, 5)
    written = scenario_text(told, "mine")
    assert "a run reaches fewer than told" in written
    assert "a run reaches fewer than told" not in scenario_text(TOLD, "mine")
    found = of_a_post(run_of(written, tmp_path, 16), told)
    assert 0.6 < found["reach"] / told.reach < 0.95
    for name in ("likes", "shares", "clicks"):
        assert found[name] / found["reach"] == pytest.approx(
            getattr(told, name) / told.reach, rel=0.12
        )


def test_noticing_is_the_root_of_what_it_is_said_to_be() -> None:
    for followers, reach, shares, friends in (
        (1000, 200, 2, 97),
        (800, 300, 8, 97),
        (50, 40, 3, 20),
    ):
        chance, each = noticing(followers, reach, shares, friends), shares / reach
        brings = each * friends * chance
        assert 1.5 * brings < 1.0
        came = followers * chance * (1.0 + brings / (1.0 - 1.5 * brings))
        assert came == pytest.approx(reach)


def test_each_number_is_in_its_line() -> None:
    lines = {line.path: line for line in parameters(SMALL)}
    assert lines["interact.like"].value == 0.12
    assert lines["transact.convert"].value == pytest.approx(10 / (3 * SMALL.month), rel=1e-3)
    assert lines["transact.price"].value == 45.0
    assert {line.value for path, line in lines.items() if path.startswith("share.base")} == {0.01}
    assert lines["interact.like"].why == "24 likes / reach 200"
    assert [line.path for line in parameters(TenNumbers(1200))] == []
    few = scenario_text(TenNumbers(1200, reach=200, shares=1, new_followers=900), "x")
    assert "interact.follow is left at the default" in few
    assert "posts, likes, comments, clicks, conversions, value" in few


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"reach": 3}, "how many followers there are is needed"),
        ({"followers": 10, "likes": 3}, "say nothing without its reach"),
        ({"followers": 100, "reach": 10, "likes": 30}, "likes = 30 of a post are more than its"),
        ({"followers": 100, "reach": 300}, "reach = 300 of a post is more than it comes to"),
        ({"followers": 0}, "followers = 0 is not allowed; give a number from 1 on"),
        ({"followers": float("nan")}, "followers = nan is not allowed"),
        ({"followers": 9, "posts": 500}, "posts = 500 a week is not allowed"),
        ({"followers": 9, "conversions": 5}, "say nothing without the clicks"),
        (
            {"followers": 900, "posts": 1, "reach": 90, "clicks": 2, "conversions": 50},
            "conversions = 50 a month are more than the 9 clicks",
        ),
        ({"follower": 9}, "did you mean 'followers'"),
    ],
)  # fmt: skip
def test_numbers_that_contradict_each_other(told: dict[str, float], said: str) -> None:
    with pytest.raises(InputError, match=said):
        brand(told)


def test_a_number_that_there_is_not_is_answered_by_those_that_are_asked() -> None:
    with pytest.raises(InputError) as raised:
        brand({"fame": 3})
    listed = str(raised.value).partition("they are ")[2].rstrip(".").split(", ")
    assert listed == [each.name for each in QUESTIONS]
    assert len(listed) == 10


@pytest.mark.parametrize("told", [SMALL, TenNumbers(1_200)], ids=["priced", "no price"])
def test_the_file_says_how_a_reward_is_added(told: TenNumbers, tmp_path: Path) -> None:
    written = scenario_text(told, "mine")
    file = tmp_path / "mine.toml"
    file.write_text(written, encoding="utf-8")
    [line] = [each for each in written.splitlines() if "incentives.reward" in each]
    pairs = [each.partition("=") for each in re.findall(r"--set (\S+)", line)]
    changes = {path: value if path.endswith("paid") else float(value) for path, _, value in pairs}
    scenario = wom.load(file).replace(changes)
    assert scenario.incentives.reward == (4.5 if told.value else 5.0)
    assert ("transact.margin" in changes) == bool(told.value)
    assert doubts(scenario) == doubts(wom.load(file))


def table(folder: Path, *, spend: float = 0.0) -> Path:
    """Thirty days of a post every other day, of 3,000 followers."""
    rng = np.random.default_rng(3)
    posts = (np.arange(30) % 2 == 0).astype(int)
    views = rng.poisson(500 * posts) + rng.poisson(spend / 5.35 * 1000.0, 30)
    likes, clicks = rng.binomial(views, 0.05), rng.binomial(views, 0.02)
    orders, shares = rng.binomial(clicks, 0.2), rng.binomial(views, 0.004)
    rows = zip(
        days(30), views, likes, shares, clicks, orders, orders * 40.0,
        3000 + rng.poisson(1, 30).cumsum(), [spend] * 30, posts, strict=True,
    )  # fmt: skip
    head = "Day,Impressions,Likes,Shares,Link clicks,Orders,Revenue,Followers,Spend Meta,Posts"
    return csv(folder / "data.csv", head, rows)


def test_a_scenario_of_data_runs_and_comes_near_it(tmp_path: Path) -> None:
    seen = Observed.read(table(tmp_path))
    results = run_of(campaign_text(seen, "mine"), tmp_path, 4)
    scenario = results[0].scenario
    assert (scenario.horizon, scenario.hours_per_tick, len(scenario.content)) == (120, 6.0, 15)
    assert [post.tick for post in scenario.content[:3]] == [0, 8, 16]
    sums = {key: float(np.nansum(each)) for key, each in seen.series.items()}
    assert scenario.transact.convert == pytest.approx(
        sums["conversions"] / sums["clicks"], rel=1e-3
    )
    assert scenario.transact.price == pytest.approx(40.0)
    noticed = np.mean([each.columns["noticed"].sum() for each in results])
    assert noticed == pytest.approx(sums["noticed"], rel=0.08)
    for name, within in (("likes", 0.15), ("clicks", 0.2), ("shares", 0.35)):
        mean = np.mean(
            [
                each.kpis[name] + (each.kpis["reshares"] if name == "shares" else 0)
                for each in results
            ]
        )
        assert mean == pytest.approx(sums[name], rel=within), name


def test_what_was_spent_is_spent(tmp_path: Path) -> None:
    seen = Observed.read(table(tmp_path, spend=2.0))
    written = campaign_text(seen, "mine")
    results = run_of(written, tmp_path, 2)
    assert results[0].kpis["cost"] == pytest.approx(60.0, rel=0.01)
    assert [ad.ticks for ad in results[0].scenario.publish.ads] == [28, 28, 28, 28, 8]
    noticed = np.mean([each.columns["noticed"].sum() for each in results])
    assert noticed == pytest.approx(float(seen.series["noticed"].sum()), rel=0.1)


def test_every_number_says_from_where_it_is(tmp_path: Path) -> None:
    seen = Observed.read(table(tmp_path, spend=2.0), rates={"friends": 40})
    lines = campaign_text(seen, "mine").splitlines()
    for k, line in enumerate(lines):
        if " = " in line and not line.startswith((" ", "#")):
            above = lines[k - 1].startswith("# ")
            assert line.partition("#")[2].strip() or above, line
    assert any(
        "'Link clicks'" in line and "30 rows, 2026-03-01 to 2026-03-30" in line for line in lines
    )
    assert any(line.startswith("mean = 40.0") and "as told beside" in line for line in lines)


@pytest.mark.parametrize(
    ("head", "row", "said"),
    [
        ("date,clicks", (5,), "no column counts impressions or reach"),
        ("date,impressions,sessions", (0, 5), "column 'impressions' is 0 throughout"),
        ("date,impressions,posts", (900, 9999), "9,999 posts in a row"),
        ("date,impressions,followers", (900, 5_000_000), "more than a network here has room for"),
    ],
)
def test_data_of_which_no_scenario_begins(
    head: str, row: tuple[int, ...], said: str, tmp_path: Path
) -> None:
    file = csv(tmp_path / "t.csv", head, [(day, *row) for day in days(6)])
    with pytest.raises(InputError, match=said):
        campaign_text(Observed.read(file), "mine")


def test_what_stands_in_comments_stays_there() -> None:
    written = text(["a\nhorizon = 3"], [Line("horizon", 8, "x\ny = 3\x00")], ["\x1b[2J\rname = 3"])
    assert checked(written).horizon == 8


@pytest.mark.parametrize(
    ("heads", "currency"),
    [
        ("Amount spent (EUR)", "EUR"),
        ("Spend meta ($)", "$"),
        ("Cost", None),
        ("Spend google (EUR),Spend meta (USD)", None),
    ],
)
def test_the_first_day_and_a_currency_go_in(
    heads: str, currency: str | None, tmp_path: Path
) -> None:
    rows = [(day, 900, *(5.0 for _ in heads.split(","))) for day in days(6)]
    file = csv(tmp_path / "days.csv", f"date,impressions,{heads}", rows)
    scenario = checked(campaign_text(Observed.read(file), "mine"))
    assert scenario.start is not None
    assert scenario.start.isoformat() == days(1)[0]
    assert scenario.currency == currency
