"""The folder of a fit, typed where the name of a scenario goes."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from wordofmouth.experiments.studies.study import Study

from ..typed import Answer
from .test_fit import FEW, written

Wom = Callable[..., Answer]
PAIRS = ("--replicates", "4", "--jobs", "1")
ASKED: dict[str, tuple[str, ...]] = {
    "diagnose": PAIRS,
    "compare": ("--set", "transact.price=4", *PAIRS),
    "levers": ("--lever", "transact.price=4", *PAIRS),
    "economics": ("--no-break-even", *PAIRS),
}


@pytest.fixture
def fitted(wom: Wom) -> Wom:
    """Keep a fit in the folder `april`."""
    written()
    answer = wom("fit", "brand.toml", "--data", "days.csv", *FEW, "--out", "april")
    assert answer.code == 0, answer.error
    return wom


def test_every_answer_takes_the_folder_of_a_fit(fitted: Wom) -> None:
    for name, more in ASKED.items():
        answer = fitted(name, "april", *more, "--json", "--out", name)
        assert answer.code == 0, answer.error
        told = answer.told["fit"]
        assert told["data"] == "days.csv"
        assert told["parameters"] == ["transact.click"]
        assert told["draws"] > 100
        assert "draw of the fit of days.csv" in answer.error
        kept = json.loads(Path(name, "run.json").read_text())
        assert kept["fit"] == told
        again = fitted(*shlex.split(kept["command"])[1:], "--json")
        assert again.out == answer.out
    remedies = Path("diagnose/document.json").read_text()
    assert "wom compare april --set" in remedies


def test_what_is_typed_is_so_in_every_draw(fitted: Wom) -> None:
    click = ("--set", "transact.click=0.2")
    over = fitted("economics", "april", *click, "--no-break-even", *PAIRS, "--json").told
    plain = fitted("economics", "april/fitted.toml", *click, "--no-break-even", *PAIRS, "--json")
    assert over["fit"]["set_since"] == ["transact.click"]
    assert over["costs"] == plain.told["costs"]
    assert over["risk"] == plain.told["risk"]
    both = fitted(
        "compare", "april", "--both", click[1], "--set", "transact.price=4", *PAIRS, "--json"
    )
    assert both.code == 0, both.error
    assert both.told["fit"]["set_since"] == ["transact.click"]
    beside = fitted("compare", "april", "brand.toml", *PAIRS, "--json").told
    assert all(each["difference"] in (0.0, None) for each in beside["kpis"].values())


def test_a_study_over_a_fit(fitted: Wom) -> None:
    Path("prices.toml").write_text(
        'scenario = "april"\nreplicates = 3\n[axes]\n"transact.price" = [1.0, 2.0]\n'
    )
    answer = fitted("sweep", "prices.toml", "--out", "prices", "--jobs", "1")
    assert answer.code == 0, answer.error
    assert "Each of 3 worlds has another of" in answer.out
    assert "kept in prices" in answer.out
    study = Study.load("prices")
    table = study.table()
    study.close()
    assert list(table["draw"]) == [0, 1, 2] * 2
    run = fitted("run", "prices", "--point", "1", "--replicate", "2", "--json")
    assert run.code == 0, run.error
    assert run.told["digest"] == table.query("point == 1 and replicate == 2")["digest"].item()
    again = fitted("sweep", "prices.toml", "--out", "prices", "--jobs", "1")
    assert "none made now" in again.out
    Path("prices/draws.parquet").write_text("no table")
    damaged = fitted("run", "prices", "--point", "1", "--replicate", "2")
    assert damaged.code == 4
    assert "draws.parquet" in damaged.error


def test_what_is_no_fit_is_refused_with_a_sentence(wom: Wom) -> None:
    Path("empty").mkdir()
    for name, more in {**ASKED, "optimise": ("--over", "transact.price=1..9")}.items():
        answer = wom(name, "empty", *more)
        assert (answer.code, answer.out) == (2, "")
        assert "empty: this folder keeps no fit; give the folder that wom fit --out made" in (
            answer.error
        )
    Path("study.toml").write_text('scenario = "empty"\n[axes]\nhorizon = [3, 4]\n')
    answer = wom("sweep", "study.toml", "--out", "kept")
    assert answer.code == 2
    assert "keeps no fit" in answer.error
    assert not Path("kept").exists()


def test_a_damaged_fit_says_which_file(fitted: Wom) -> None:
    Path("april/draws.parquet").write_bytes(b"cut off")
    answer = fitted("diagnose", "april", *PAIRS)
    assert answer.code == 4
    assert "april/draws.parquet" in answer.error
    Path("april/draws.parquet").unlink()
    assert "fit again" in fitted("levers", "april", "--lever", "horizon=3").error
