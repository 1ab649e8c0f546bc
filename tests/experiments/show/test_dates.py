"""Dates beside ticks: in tables, in what is kept, and on the axes of time."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from matplotlib.dates import num2date
from wordofmouth import Result, Scenario, run
from wordofmouth.experiments.results.shown import document
from wordofmouth.experiments.show import terminal
from wordofmouth.experiments.show.dates import clock_of, moments, when
from wordofmouth.experiments.show.picture import Picture

SHOP = {
    "network.people": 200,
    "horizon": 30,
    "hours_per_tick": 6.0,
    "transact": {"click": 0.4, "convert": 0.5, "price": 40.0},
    "people.fans": 0.5,
    "publish.cost": 20.0,
    "content": ["post", {"tick": 6}],
}


@pytest.fixture(scope="module")
def dated() -> Result:
    return run(Scenario().replace(SHOP | {"start": "2026-02-27", "currency": "EUR"}), seed=1)


@pytest.fixture(scope="module")
def plain() -> Result:
    return run(Scenario().replace(SHOP), seed=1)


def test_a_month_ends_where_it_does(dated: Result, plain: Result) -> None:
    assert when(dated.scenario, 6) == "2026-02-28 12:00"
    assert when(dated.scenario, 8) == "2026-03-01 00:00"
    assert (when(plain.scenario, 8), clock_of(plain.scenario)) == ("8", "Tick")
    assert moments(plain.scenario, [1, 2]) is None


def test_what_is_kept_has_a_date_beside_each_tick(
    dated: Result, plain: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordofmouth.experiments.results.shown._pictures", lambda result: ())
    kept = dated.save(tmp_path / "dated")
    for name in ("series", "shares", "buyers", "payments"):
        table = pd.read_parquet(kept / f"{name}.parquet")
        place = table.columns.tolist().index("tick")
        assert table.columns[place + 1] == "date"
        hours = (table["date"] - pd.Timestamp("2026-02-27")) / pd.Timedelta(hours=1)
        assert (hours == 6 * table["tick"]).all()
    assert pd.read_parquet(kept / "messages.parquet")["date"].notna().all()
    assert Result.load(kept).series.equals(dated.series)
    other = plain.save(tmp_path / "plain")
    assert "date" not in pd.read_parquet(other / "series.parquet")
    assert "date" not in dated.series


@pytest.mark.parametrize("kind", ["campaign", "money", "generations"])
def test_axes_of_time_are_dates(dated: Result, plain: Result, kind: str) -> None:
    def last(picture: Picture) -> list[float]:
        return [axes.get_xlim()[1] for axes in picture.axes if axes.lines or axes.collections]

    days = [num2date(each).date().isoformat() for each in last(dated.plot(kind)) if each > 20_000]
    assert days
    assert set(days) == {"2026-03-06"}
    assert not [each for each in last(plain.plot(kind)) if each > 20_000]


def test_money_has_its_sign_everywhere(dated: Result, plain: Result) -> None:
    shown, bare = terminal.text(document(dated)), terminal.text(document(plain))
    revenue = f"{dated.kpis['revenue']:,.2f}"
    assert f"€{revenue}" in shown
    assert "€" not in bare
    assert revenue in bare
    labels = [axes.get_ylabel() for axes in dated.plot("money").axes]
    assert "€ spent so far" in labels
