"""`wom optimise`: what is typed, what is answered, what its folder holds, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from ..typed import Answer

Wom = Callable[..., Answer]

SMALL = (
    "optimise", "prize_draw", "--set", "network.people=300", "--set", "network.m=5", "--set",
    "horizon=12", "--over", "incentives.reward=0..20", "--over", "publish.seeds=0..9",
    "--over", "publish.seeding=random|followers", "--worlds", "3", "--fresh", "5", "--jobs", "1",
)  # fmt: skip


def test_a_machine_is_told_all(wom: Wom, tmp_path: Path) -> None:
    made = wom(*SMALL, "--trials", "9", "--budget", "500", "--out", "best", "--json")
    assert made.code == 0
    told = made.told
    assert told["trials"] == 9
    assert told["budget"] == 500
    assert told["levers"][1] == "publish.seeds=0..9"
    assert set(told["as_good"]) == {"incentives.reward", "publish.seeds", "publish.seeding"}
    assert told["gain"]["low"] <= told["gain"]["mean"] <= told["gain"]["high"]
    assert told["flattered"] == pytest.approx(told["looked"] - told["gain"]["mean"])
    assert told["sentence"] in made.error
    kept = json.loads((tmp_path / "best" / "run.json").read_text())
    assert kept["format"] == "wordofmouth optimum 2"
    assert {"trials.sqlite", "picture.png", "document.json"} <= set(kept["files"])
    plans = pd.read_parquet(tmp_path / "best" / "plans.parquet")
    assert len(plans) == 9
    assert plans["publish.seeds"].dtype.kind == "i"
    # The same again, with more plans: what is there is taken up.
    more = wom(*SMALL, "--trials", "11", "--budget", "500", "--out", "best", "--json")
    assert more.code == 0
    again = pd.read_parquet(tmp_path / "best" / "plans.parquet")
    pd.testing.assert_frame_equal(plans, again[:9])
    assert wom("report", "best").code == 0


def test_what_cannot_be_is_said_before_anything_runs(wom: Wom, tmp_path: Path) -> None:
    said = {
        ("--over", "incentives.reward"): "give key=range or key=choices",
        ("--over", "publish.seeds=1..2"): "publish.seeds is given twice",
        ("--budget", "-3"): "budget = -3.0 is not allowed",
        ("--robust", "best"): "robust = 'best' is no criterion",
        ("--outcome", "profits"): "is no outcome",
    }
    for words, sentence in said.items():
        answer = wom(*SMALL, *words, "--out", "none")
        assert answer.code == 2, words
        assert sentence in answer.error
        assert not (tmp_path / "none").exists()
    without = wom("optimise", "prize_draw")
    assert without.code == 2
    assert "over is empty" in without.error


def test_a_folder_keeps_one_search(wom: Wom, tmp_path: Path) -> None:
    short = ("--trials", "2", "--out", "best")
    assert wom(*SMALL, *short).code == 0
    before = (tmp_path / "best" / "run.json").read_bytes()
    other = wom(*SMALL, *short, "--seed", "5")
    assert other.code == 2
    assert "holds a search with another seed (0, and 5 is asked)" in other.error
    assert (tmp_path / "best" / "run.json").read_bytes() == before
    assert wom("run", "cascade", "--set", "network.people=100", "--out", "ran").code == 0
    refused = wom(*SMALL, "--trials", "2", "--out", "ran")
    assert refused.code == 4
    assert "holds a result and no search" in refused.error
