"""Tables of days and weeks: what is recognised, and said; and what is refused, and where."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Observed
from wordofmouth.scenarios.observing.names import head

from .tables import csv, daily, days

WAVES = (10, 13, 9, 12, 15, 8, 11, 14, 10, 12, 9, 13)


def told(seen: Observed) -> str:
    return "\n".join((*seen.notes, *seen.doubts))


# What each tool writes above its columns, and what is read of it.
EXPORTS = {
    "Meta": (
        "Day,Reach,Impressions,Link clicks,Amount spent (EUR),CTR (all)",
        {"reach", "noticed", "clicks", "spend_meta"},
    ),
    "Instagram": ("Date,Accounts reached,Views,Likes,Comments,Shares,New followers",
        {"reach", "noticed", "likes", "comments", "shares", "new_fans"}),
    "LinkedIn": (
        "Date,Impressions (organic),Impressions (total),Clicks (total),Reactions (total),Reposts",
        {"noticed", "clicks", "likes", "shares"},
    ),
    "X": ("Date,Impressions,Likes,Reposts,Replies,URL clicks,New follows,Unfollows",
        {"noticed", "likes", "shares", "comments", "clicks", "new_fans", "lost_fans"}),
    "TikTok": ("Date,Video views,Reached audience,Likes,Comments,Shares",
        {"noticed", "reach", "likes", "comments", "shares"}),
    "Google Analytics 4": ("Date,Sessions,Views,Key events,Total revenue",
        {"visits", "conversions", "revenue"}),
    "Shopify": ("Day,Online store visitors,Orders,Net sales", {"visits", "conversions", "revenue"}),
    "in German": ("Datum,Reichweite,Impressionen,Klicks,Gefällt-mir-Angaben,Umsatz,Kosten Google",
        {"reach", "noticed", "clicks", "likes", "revenue", "spend_google"}),
    "by hand": ("date,reach,spend_tv,posts", {"reach", "spend_tv", "posts"}),
}  # fmt: skip


@pytest.mark.parametrize("tool", EXPORTS)
def test_the_columns_of_a_tool_are_known(tool: str, tmp_path: Path) -> None:
    head, wanted = EXPORTS[tool]
    first = {"reach": 300, "impression": 900}
    names = head.split(",")[1:]
    height = [next((v for k, v in first.items() if k in n.lower()), 20) for n in names]
    height = [900 if "iew" in name else each for name, each in zip(names, height, strict=True)]
    rows = [
        (day, *(each + (3 * k + at) % 5 for at, each in enumerate(height)))
        for k, day in enumerate(days(9))
    ]
    seen = Observed.read(csv(tmp_path / "export.csv", head, rows))
    assert {*seen.series, *seen.given, *seen.levels} == wanted
    assert (seen.rows, seen.hours, seen.start) == (9, 24.0, date(2026, 3, 1))
    for key, column in seen.columns.items():
        at = names.index(column)
        values = {**seen.series, **seen.given, **seen.levels}[key]
        assert values.tolist() == [row[at + 1] for row in rows], key


def test_views_of_a_site_are_no_impressions(tmp_path: Path) -> None:
    rows = [(day, 20 + k % 3, 90) for k, day in enumerate(days(6))]
    seen = Observed.read(csv(tmp_path / "site.csv", "Date,Sessions,Views", rows))
    assert set(seen.series) == {"visits"}
    assert "Not read: Views." in seen.notes


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d.%m.%y", "%m/%d/%Y", "%d/%m/%Y", "%b %d %Y",
             "%Y-%m-%d 00:00:00", "%Y-%m-%dT00:00:00Z", "%A %d %B %Y", "%Y/%m/%d"],
)  # fmt: skip
def test_dates_of_every_form(form: str, tmp_path: Path) -> None:
    rows = zip(days(14, form), range(14, 0, -1), strict=True)
    seen = Observed.read(csv(tmp_path / "days.csv", "date,clicks", rows))
    assert (seen.start, seen.rows, seen.hours) == (date(2026, 3, 1), 14, 24.0)


def test_a_date_that_may_be_two_is_refused_until_it_is_said(tmp_path: Path) -> None:
    texts = ("1/2", "1/5", "2/3", "2/6", "3/4", "3/7")
    rows = [(f"{text}/2026", 10 + k % 3) for k, text in enumerate(texts)]
    file = csv(tmp_path / "two.csv", "Date,Clicks", rows)
    with pytest.raises(InputError, match=r"line 2: .*may be 2026-02-01 or 2026-01-02"):
        Observed.read(file)
    assert Observed.read(file, dates="month").start == date(2026, 1, 2)
    assert Observed.read(file, dates="day").start == date(2026, 2, 1)


def test_days_that_follow_each_other_say_which_way_round_their_dates_are(tmp_path: Path) -> None:
    rows = [(f"{k}/3/2026", 10 + k % 3) for k in range(1, 8)]
    assert Observed.read(csv(tmp_path / "t.csv", "Date,Clicks", rows)).start == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (("1.234,50", "12,5", "3", "4", "5"), (1234.5, 12.5, 3, 4, 5)),
        (("1,234.50", "12.5", "3", "4", "5"), (1234.5, 12.5, 3, 4, 5)),
        (("1.234", "999", "2.000", "12", "5.100"), (1234, 999, 2000, 12, 5100)),
        (("1,234", "999", "2,000", "12", "5,100"), (1234, 999, 2000, 12, 5100)),
        (("1 234", "999", "2'000", "1.2e3", "-"), (1234, 999, 2000, 1200, np.nan)),
        (("€12.50", "3 EUR", "$4", "", "n/a"), (12.5, 3, 4, np.nan, np.nan)),
    ],
)
def test_numbers_as_tools_write_them(
    texts: tuple[str, ...], values: tuple[float, ...], tmp_path: Path
) -> None:
    rows = zip(days(5), texts, strict=True)
    seen = Observed.read(csv(tmp_path / "n.csv", "date;revenue", rows, ";"))
    assert np.array_equal(seen.series["revenue"], np.array(values, float), equal_nan=True)


def test_a_sign_that_may_be_of_thousands_is_refused(tmp_path: Path) -> None:
    rows = list(zip(days(5), ("1.234", "2000", "1.500", "3", "4"), strict=True))
    file = csv(tmp_path / "n.csv", "date,clicks", rows)
    with pytest.raises(InputError, match=r"line 2: .*clicks = '1.234', which may be"):
        Observed.read(file)
    assert Observed.read(file, decimal=",").series["clicks"][0] == 1234


def test_numbers_that_were_numbers_have_no_thousands() -> None:
    frame = pd.DataFrame({"date": days(5), "revenue": [1.234, 2.345, 3.456, 1.5, 2.0]})
    assert Observed.read(frame).series["revenue"][0] == 1.234


def test_a_week_is_told_from_a_day(tmp_path: Path) -> None:
    weeks = [(pd.Timestamp("2026-03-02") + pd.Timedelta(weeks=k)).date() for k in (0, 1, 2, 4, 5)]
    seen = Observed.read(csv(tmp_path / "w.csv", "Week,Orders", zip(weeks, WAVES, strict=False)))
    assert (seen.hours, seen.rows) == (168.0, 6)
    assert np.isnan(seen.series["conversions"][3])
    assert "1 week has no row (2026-03-23)" in told(seen)
    named = [(f"2026-W{k:02d}", WAVES[k]) for k in range(1, 7)]
    assert Observed.read(csv(tmp_path / "i.csv", "Week,Orders", named)).start == date(2025, 12, 29)
    odd = [*weeks[:4], weeks[3] + pd.Timedelta(days=3)]
    with pytest.raises(InputError, match=r"line 6: .*3 days after the row before it, among weeks"):
        Observed.read(
            csv(tmp_path / "o.csv", "Week,Orders", zip(odd, WAVES, strict=False)),
        )


def test_days_without_a_row_are_unknown_and_said(tmp_path: Path) -> None:
    rows = [each for k, each in enumerate(zip(days(9), WAVES, strict=False)) if k not in (3, 4)]
    file = csv(tmp_path / "gap.csv", "date,clicks", rows)
    seen = Observed.read(file)
    assert np.flatnonzero(np.isnan(seen.series["clicks"])).tolist() == [3, 4]
    assert "2 days have no row (2026-03-04, 2026-03-05): unknown, which is not 0" in told(seen)
    assert Observed.read(file, gaps="zero").series["clicks"].tolist()[3:5] == [0.0, 0.0]


def test_rows_out_of_order_are_sorted_and_said(tmp_path: Path) -> None:
    rows = list(zip(days(8), WAVES, strict=False))
    newest = Observed.read(csv(tmp_path / "a.csv", "date,clicks", rows[::-1]))
    assert newest.series["clicks"].tolist() == [float(each) for each in WAVES[:8]]
    assert "The newest row came first" in told(newest)
    mixed = Observed.read(csv(tmp_path / "b.csv", "date,clicks", [rows[4], *rows[:4], *rows[5:]]))
    assert mixed.series["clicks"].tolist() == newest.series["clicks"].tolist()
    assert "1 rows were out of the order of time" in told(mixed)


def test_a_running_total_is_told_apart_and_may_be_overruled(tmp_path: Path) -> None:
    total = np.cumsum(WAVES)
    seen = Observed.read(daily(tmp_path / "sum.csv", total))
    assert np.isnan(seen.series["clicks"][0])
    assert seen.series["clicks"][1:].tolist() == [float(each) for each in WAVES[1:]]
    assert "'clicks' is read as a running total (it never falls in 12 rows)" in told(seen)
    kept = Observed.read(tmp_path / "sum.csv", daily=["clicks"])
    assert kept.series["clicks"].tolist() == total.tolist()
    few = Observed.read(daily(tmp_path / "few.csv", total[:7]))
    assert few.series["clicks"].tolist() == total[:7].tolist()
    assert "if it is a running total, say so" in "".join(few.doubts)
    said = Observed.read(tmp_path / "few.csv", cumulative=["clicks"])
    assert said.series["clicks"][1:].tolist() == [float(each) for each in WAVES[1:7]]
    named = Observed.read(daily(tmp_path / "named.csv", total[:7], "Cumulative clicks"))
    assert named.series["clicks"][1] == WAVES[1]
    with pytest.raises(InputError, match=r"line 4: .*running total clicks below that of the row"):
        Observed.read(daily(tmp_path / "falls.csv", WAVES), cumulative=["clicks"])


def test_what_is_counted_by_days_is_never_taken_for_a_running_total(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    for case in range(40):
        rising = rng.poisson(np.linspace(20, 60, 30))
        seen = Observed.read(daily(tmp_path / f"{case}.csv", rising))
        assert seen.series["clicks"].tolist() == rising.tolist()


def test_followers_are_a_stock_whose_difference_is_who_came(tmp_path: Path) -> None:
    stock = 1200 + np.cumsum(WAVES)
    seen = Observed.read(daily(tmp_path / "fans.csv", stock, "Followers"))
    assert seen.levels["fans"].tolist() == stock.tolist()
    assert seen.series["new_fans"][1:].tolist() == [float(each) for each in WAVES[1:]]
    gained = Observed.read(daily(tmp_path / "won.csv", WAVES, "Total followers"))
    assert gained.series["new_fans"].tolist() == [float(each) for each in WAVES]
    stock[6] = stock[5] - 3
    falls = Observed.read(daily(tmp_path / "falls.csv", stock, "Followers"))
    assert "new_fans" not in falls.series
    assert "who came and who left cannot be told apart" in told(falls)


def test_a_last_day_that_is_not_over(tmp_path: Path) -> None:
    views, clicks = [900 + each for each in WAVES], [40 + each for each in WAVES]
    rows = [*zip(days(12), views, clicks, strict=True), ("2026-03-13", 200, 6)]
    file = csv(tmp_path / "open.csv", "date,impressions,clicks", rows)
    seen = Observed.read(file)
    assert seen.rows == 12
    assert "The last row (2026-03-13) is left out" in told(seen)
    assert Observed.read(file, last="keep").rows == 13
    one = daily(tmp_path / "one.csv", [*clicks, 6])
    assert Observed.read(one).rows == 13
    assert "if it is not over, leave it out" in told(Observed.read(one))
    assert Observed.read(one, last="drop").rows == 12


def test_rows_of_several_channels_are_summed_and_their_spend_kept_apart(tmp_path: Path) -> None:
    rows = [
        (day, name, 10 + k % 3, cost)
        for k, day in enumerate(days(6))
        for name, cost in (("Meta", 5.0), ("Google Ads", 2.5))
    ]
    seen = Observed.read(csv(tmp_path / "long.csv", "date,channel,clicks,spend", rows))
    assert seen.series["clicks"].tolist() == [20 + 2 * (k % 3) for k in range(6)]
    assert seen.given["spend_meta"].tolist() == [5.0] * 6
    assert seen.given["spend_google_ads"].tolist() == [2.5] * 6
    twice = csv(tmp_path / "twice.csv", "date,channel,clicks,spend", [*rows, rows[0]])
    with pytest.raises(InputError, match=r"line 14: .*gives 2026-03-01 a second time for Meta"):
        Observed.read(twice)


def test_columns_are_named_and_what_is_above_the_names_is_passed_over(tmp_path: Path) -> None:
    lines = ["sep=,", "Instagram reach", "", "Date,Primary"]
    lines += [f'"{day}T00:00:00","{each}"' for day, each in zip(days(8), WAVES, strict=False)]
    file = tmp_path / "meta.csv"
    file.write_text("\n".join(lines), encoding="utf-16")
    seen = Observed.read(file, columns={"reach": "primary"})
    assert seen.series["reach"].tolist() == [float(each) for each in WAVES[:8]]
    with pytest.raises(InputError, match="no column 'Primry' for reach; did you mean 'Primary'"):
        Observed.read(file, columns={"reach": "Primry"})
    with pytest.raises(InputError, match="'reech' is nothing that is read of a table"):
        Observed.read(file, columns={"reech": "Primary"})


def test_the_same_table_whatever_it_is_kept_in(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"Date": pd.to_datetime(days(8)), "Link clicks": WAVES[:8], "Revenue": [12.5] * 8}
    )
    frame.loc[3, "Revenue"] = np.nan
    frame.to_csv(tmp_path / "t.csv", index=False)
    frame.to_csv(tmp_path / "t.tsv.gz", index=False, sep="\t")
    frame.to_parquet(tmp_path / "t.parquet")
    frame.to_excel(tmp_path / "t.xlsx", index=False)
    frame.to_json(tmp_path / "t.json", orient="records", date_format="iso")
    kept = [tmp_path / name for name in ("t.csv", "t.tsv.gz", "t.parquet", "t.xlsx", "t.json")]
    for each in (*kept, frame, frame.set_index("Date"), frame.set_index("Date").rename_axis(None)):
        seen = Observed.read(each)
        assert seen.start == date(2026, 3, 1), each
        assert seen.series["clicks"].tolist() == [float(value) for value in WAVES[:8]]
        assert np.isnan(seen.series["revenue"][3])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Cost per results", ""), ("CPM (cost per 1,000 impressions) (EUR)", ""), ("CTR", ""),
        ("Kosten pro Klick", ""), ("Spend TikTok", "spend_tiktok"), ("TV cost", "spend_tv"),
        ("Cost (USD)", "spend"), ("Session primary channel group", "channel"), ("Post", "posts"),
        ("Impressionen (organisch)", "noticed"), ("Unrelated", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_head_by_itself(name: str, key: str) -> None:
    assert head(name, []).key == key


def test_a_total_of_what_was_spent_is_not_spent_again(tmp_path: Path) -> None:
    rows = [(day, 9, 5, 3, 8) for day in days(6)]
    names = "date,clicks,Spend Meta,Spend TV,Spend"
    seen = Observed.read(csv(tmp_path / "t.csv", names, rows))
    assert set(seen.given) == {"spend_meta", "spend_tv"}
    assert "Column 'Spend' is the total" in told(seen)


def test_a_row_of_totals_is_left_out(tmp_path: Path) -> None:
    rows = [*zip(days(6), WAVES, strict=False), ("Total", 67)]
    seen = Observed.read(csv(tmp_path / "t.csv", "date,clicks", rows))
    assert seen.rows == 6
    assert "Row 7 below the names is a total" in told(seen)


# A spoilt table: what stands in it, and what is said.
SPOILT: dict[str, tuple[str, list[Any], str]] = {
    "below nothing": ("clicks", [5, 6, -3, 5, 6], r"line 4: .*clicks = '-3', and nothing is"),
    "text": ("clicks", [5, 6, "many", 5, 6], r"line 4: .*clicks = 'many', which is no number"),
    "a share": ("clicks", ["5%", "6%", "7%", "5%", "6%"], r"line 2: .*'5%', which is a share"),
    "four days": ("clicks", [5, 6, 5, 6], r"4 days in it, row 1 to row 4 of column 'date'"),
    "a week of zeros": (
        "clicks", [9, 8, 9, *[0] * 7, 9, 8],
        r"line 5: .*begins 7 rows of clicks = 0 to 2026-03-10, where 60 were to be expected",
    ),
    "nothing but zeros": ("clicks", [0] * 7, r"line 2: .*has 0 in 'clicks', as has every row"),
    "nothing known": ("hits", [5, 6, 5, 6, 5], r"no column is called as anything that is counted"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPOILT)
def test_what_cannot_be_is_refused_with_its_row_and_column(case: str, tmp_path: Path) -> None:
    name, column, said = SPOILT[case]
    with pytest.raises(InputError, match=said):
        Observed.read(daily(tmp_path / "spoilt.csv", column, name))


def test_a_week_of_zeros_is_read_as_somebody_says(tmp_path: Path) -> None:
    file = daily(tmp_path / "z.csv", [9, 8, 9, *[0] * 7, 9, 8])
    assert Observed.read(file, zeros="real").series["clicks"][3:10].tolist() == [0.0] * 7
    assert np.isnan(Observed.read(file, zeros="unknown").series["clicks"][3:10]).all()
    early = Observed.read(daily(tmp_path / "early.csv", [*[0] * 9, *WAVES]))
    assert "begins with 9 rows of 0: if the campaign had not begun" in told(early)
    faded = [400, 300, 200, 90, 40, 20, 9, 4, 2, 1, 1, 0, 1, *[0] * 9]
    assert Observed.read(daily(tmp_path / "faded.csv", faded)).series["clicks"].sum() == sum(faded)
    with pytest.raises(InputError, match="rows of clicks = 0"):
        Observed.read(daily(tmp_path / "cut.csv", [*WAVES, *[0] * 7]))
    rare = daily(tmp_path / "rare.csv", [1, 0, 1, *[0] * 7, 1, 0], "complaints")
    assert Observed.read(rare).series["complaints"].sum() == 3


@pytest.mark.parametrize(
    ("head", "row", "said"),
    [
        ("date,impressions,clicks", (100, 300), "clicks = 300 above impressions = 100"),
        ("date,impressions,reach", (100, 300), "reach = 300 above impressions = 100"),
        ("date,Views,Likes", (100, 300), "Likes = 300 above Views = 100"),
    ],
)
def test_more_than_there_were_is_refused(
    head: str, row: tuple[int, int], said: str, tmp_path: Path
) -> None:
    rows = [(day, 100, 9) for day in days(6)]
    rows[4] = (rows[4][0], *row)
    with pytest.raises(InputError, match=f"line 6: .*{said}"):
        Observed.read(csv(tmp_path / "t.csv", head, rows))


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ([*days(5), "2026-02-30"], "line 7: .*date = '2026-02-30', which is no date"),
        ([*days(5), "2062-03-06"], "line 7: .*comes 13,150 days after the row before it"),
        ([*days(5), "2026-03-02"], "line 7: .*gives 2026-03-02 a second time"),
        ([*days(5), ""], "line 7: .*has nothing in date"),
        ([f"2026-{month:02d}-01" for month in range(1, 7)], "a row is a month"),
        (["0001", "0002", "0003", "0005", "0004"], "line 6: .*goes back in time"),
    ],
)  # fmt: skip
def test_dates_that_cannot_be(dates: list[str], said: str, tmp_path: Path) -> None:
    rows = zip(dates, WAVES, strict=False)
    with pytest.raises(InputError, match=said):
        Observed.read(csv(tmp_path / "t.csv", "date,clicks", rows))


def test_what_a_campaign_counts_is_read_back_as_it_is(tmp_path: Path) -> None:
    small = {"network.people": 1_500, "horizon": 30, "hours_per_tick": 24.0, "share.base.fan": 0.1}
    series = wom.run(wom.load("open_house").replace(small), seed=3).series
    days_of = {name: series[name] for name in ("noticed", "reach", "shares", "clicks")}
    pd.DataFrame({"date": days(30), **days_of}).to_csv(tmp_path / "run.csv", index=False)
    seen = Observed.read(tmp_path / "run.csv", last="keep", zeros="real")
    for name, column in days_of.items():
        assert seen.series[name].tolist() == column.tolist(), name


def test_a_table_of_posts_is_refused_by_its_name(tmp_path: Path) -> None:
    file = csv(tmp_path / "t.csv", "Post ID,Publish time,Reach", [(1, day, 9) for day in days(6)])
    with pytest.raises(InputError, match="column 'Post ID' says that a row is a post"):
        Observed.read(file)
