"""`wom fit` and `wom forecast` as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ..answers.fit.measured import campaign
from ..typed import Answer

Wom = Callable[..., Answer]


def written(rows: int = 10) -> None:
    """Write a campaign of twenty ticks, and the first rows of what was measured of it."""
    import wordofmouth as wom
    from wordofmouth.scenarios.toml import document

    scenario = campaign(horizon=20, content=["post"] * 20)
    Path("brand.toml").write_text(document(scenario.replace({"hours_per_tick": 24.0}).to_dict()))
    series = wom.run(scenario, seed=11).series[["clicks", "reach"]].iloc[:rows]
    series.insert(0, "date", pd.date_range("2026-03-02", periods=rows).strftime("%Y-%m-%d"))
    series.to_csv("days.csv", index=False)


FEW = ("--free", "transact.click", "--runs", "200", "--worlds", "2", "--jobs", "1")


def test_a_fit_and_its_forecast(wom: Wom) -> None:
    written()
    answer = wom("fit", "brand.toml", "--data", "days.csv", *FEW, "--out", "fitted", "--json")
    assert answer.code == 0, answer.error
    told = answer.told
    assert told["parameters_fitted"][0]["parameter"] == "transact.click"
    assert Path("fitted/fitted.toml").is_file()
    assert Path("fitted.runs/round-1").is_dir()
    assert wom("run", "fitted/fitted.toml").code == 0
    plan = ("--over", "transact.price=1..9", "--trials", "2", "--worlds", "2", "--fresh", "2")
    best = wom("optimise", "fitted", *plan, "--jobs", "1", "--json")
    assert best.code == 0, best.error
    assert best.told["draws"] > 100
    lever = wom("optimise", "fitted", "--over", "transact.click=0..1", *plan[2:])
    assert lever.code == 2
    assert "transact.click is a lever" in lever.error
    assert wom("optimise", ".", *plan).code == 2
    ahead = wom("forecast", "fitted", "--days", "4", "--runs", "200", "--jobs", "1", "--json")
    assert ahead.code == 0, ahead.error
    assert ahead.told["rows_ahead"] == 4


def test_what_cannot_work_ends_with_a_sentence(wom: Wom) -> None:
    written(4)
    few = wom("fit", "brand.toml", "--data", "days.csv", *FEW)
    assert (few.code, few.out) == (2, "")
    assert "fewer than five" in few.error
    written()
    for typed, says in (
        (("--free", "transact.price"), "acts on nothing"),
        (("--prior", "transact.click"), "give a parameter, = and a law"),
        (("--prior", "transact.click=cauchy 0 1"), "laws are"),
    ):
        answer = wom("fit", "brand.toml", "--data", "days.csv", *typed)
        assert answer.code == 2, typed
        assert says in answer.error or "there is no prior" in answer.error, answer.error
    assert wom("forecast", "nowhere").code == 4
    assert wom("forecast", "nowhere", "--hide", "3").code == 2
