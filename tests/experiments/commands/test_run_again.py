"""`wom run DIR --point N --replicate M`: a run of a study again, and what tells results apart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import wordofmouth

from ..studies.test_runs import STUDY
from ..typed import Answer

Wom = Callable[..., Answer]


@pytest.fixture
def kept(wom: Wom, tmp_path: Path) -> Path:
    (tmp_path / "mine.toml").write_text(STUDY.replace("[set]", 'luck = "each"\n[set]', 1))
    assert wom("sweep", "mine.toml", "--out", "kept").code == 0
    return tmp_path / "kept"


def test_a_run_of_a_study_is_run_again(wom: Wom, kept: Path) -> None:
    rows = wordofmouth.Study.load(kept).table()
    row = rows.query("point == 3 and replicate == 1").iloc[0]
    answer = wom("run", "kept", "--point", "3", "--replicate", "1", "--json", "--out", "one")
    assert answer.code == 0, answer.error
    told = json.loads(answer.out)
    assert told["digest"] == row["digest"]
    assert f"The study has the same digest, {row['digest']}." in answer.error
    again = wordofmouth.Result.load("one")
    assert again.digest == row["digest"]
    changed = wom("run", "kept", "--point", "3", "--set", "share.base.*=0.5", "--json")
    assert changed.code == 0, changed.error
    assert "digest" not in changed.error, "another scenario is not held against it"


def test_what_is_no_run_of_a_study_is_refused(wom: Wom, kept: Path) -> None:
    for words, said in (
        (["kept", "--point", "9"], "is no run of kept; its points are 0 to 3"),
        (["kept", "--replicate", "1"], "--replicate is of a point of a study"),
        (["kept", "--point", "1", "--seed", "3"], "--point has the seed and the world of its run"),
    ):
        answer = wom("run", *words)
        assert answer.code == 2
        assert said in answer.error
    assert wom("run", "nowhere", "--point", "1").code == 4
    text = (kept / "study.toml").read_text()
    (kept / "study.toml").write_text(text.replace("horizon = 24", "horizon = 25"))
    answer = wom("run", "kept", "--point", "1")
    assert answer.code == 4
    assert "are not those that its runs were planned with" in answer.error


def test_the_digest_of_results_is_that_of_what_came_out(wom: Wom, kept: Path) -> None:
    assert wom("sweep", "kept/study.toml", "--out", "again").code == 0
    first, second = (wom("status", name, "--json").told["results"] for name in ("kept", "again"))
    assert first == second == wordofmouth.Study.load(kept).to_dict()["results"]
    assert first[:16] in wom("status", "kept").out
    assert first in (kept / "report.html").read_text()
    with closing(sqlite3.connect(kept / "runs.sqlite")) as base:
        base.execute("UPDATE runs SET digest = 'another' WHERE point = 2")
        base.commit()
    assert wom("status", "kept", "--json").told["results"] != first


def test_the_folder_says_which_commit_made_it(kept: Path) -> None:
    from wordofmouth.experiments.store.provenance import commit

    [session] = json.loads((kept / "provenance.json").read_text())["sessions"]
    assert session.get("commit", "") == commit()


def test_what_can_act_on_nothing_is_told(wom: Wom) -> None:
    small = ["cascade", "--json", "--set", "network.people=200", "--set", "horizon=5"]
    idle = [*small, "--set", "incentives.prize=30"]
    for command in (["run", *idle], ["diagnose", "--replicates", "2", *idle]):
        answer = wom(*command)
        assert answer.code == 0
        assert "note: incentives.prize = 30 moves nothing" in answer.error
        assert "note" not in answer.out
    assert "note:" not in wom("run", *small).error
