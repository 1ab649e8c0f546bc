"""`wom verify`: what is as it was, what was changed is named, and nothing in a folder changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from wordofmouth import InputError, Scenario, run, sweep
from wordofmouth.experiments.answers.verification import verify
from wordofmouth.experiments.studies.runs.database import copied

from ..typed import Answer

Wom = Callable[..., Answer]

SMALL = ("--set", "network.people=200", "--set", "horizon=12")
STUDY = """\
scenario = "open_house"
replicates = 2
seed = 3

[set]
"network.people" = 200
horizon = 12

[axes]
"share.base.fan" = [0.02, 0.1]
"""


def contents(folder: str) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def edited(file: str, change: Callable[[dict[str, Any]], None]) -> None:
    told = json.loads(Path(file).read_text())
    change(told)
    Path(file).write_text(json.dumps(told))


@pytest.fixture
def kept(wom: Wom) -> str:
    """Keep a small run."""
    assert wom("run", "open_house", *SMALL, "--seed", "4", "--seeds", "5,6", "--out", "a").code == 0
    return "a"


@pytest.fixture
def study(wom: Wom) -> str:
    """Keep a small study."""
    Path("study.toml").write_text(STUDY)
    assert wom("sweep", "study.toml", "--out", "b", "--jobs", "1").code == 0
    return "b"


def test_what_nobody_touched_is_as_it_was_and_stays_so(wom: Wom, kept: str, study: str) -> None:
    for folder, runs in (kept, 1), (study, 4):
        before = contents(folder)
        made = wom("verify", folder, "--json")
        assert made.code == 0, made.error
        assert made.told["same"]
        assert (made.told["checked"], made.told["there"]) == (runs, runs)
        assert made.told["differing"] == made.told["notes"] == []
        assert contents(folder) == before
    some = wom("verify", study, "--sample", "3", "--json")
    assert (some.code, some.told["checked"], some.told["there"]) == (0, 3, 4)


def test_a_parameter_that_was_changed_is_named(wom: Wom, kept: str) -> None:
    edited("a/run.json", lambda told: told["parameters"]["share"]["base"].update(fan=0.5))
    made = wom("verify", kept, "--json")
    assert made.code == 1
    assert {"parameter", "run"} <= {each["what"] for each in made.told["differing"]}
    assert "share.base.fan = 0.5 in run.json" in made.error


def test_a_number_a_file_and_another_version_are_named(wom: Wom, kept: str) -> None:
    def change(told: dict[str, Any]) -> None:
        told["kpis"]["reach"] += 1
        told["versions"]["wordofmouth"] = "0.0.1"

    edited("a/run.json", change)
    with Path("a/people.parquet").open("ab") as file:
        file.write(b"x")
    made = wom("verify", kept, "--json")
    assert made.code == 1
    assert [each["what"] for each in made.told["differing"]] == ["data", "number"]
    assert "people.parquet" in made.error
    assert "reach is" in made.error
    assert made.told["notes"] == ["It was made with wordofmouth 0.0.1; this is 0.1.0."]


def test_a_network_that_was_changed_is_named(wom: Wom) -> None:
    ties = "\n".join(f"{k} {(7 * k + j) % 60}" for k in range(60) for j in (1, 2, 3))
    Path("ties.txt").write_text(ties)
    assert wom("run", "cascade", "--network", "ties.txt", "--out", "c").code == 0
    assert wom("verify", "c").code == 0
    Path("ties.txt").write_text(ties.replace("3 22", "3 41"))
    made = wom("verify", "c", "--json")
    assert made.code == 1
    assert made.told["differing"][0]["what"] == "network"
    assert "ties.txt" in made.told["differing"][0]["said"]
    Path("ties.txt").unlink()
    made = wom("verify", "c", "--json")
    assert (made.code, made.told["differing"][0]["what"]) == (1, "network")


def test_a_study_whose_ledger_or_parameters_were_changed(wom: Wom, study: str) -> None:
    with closing(sqlite3.connect("b/runs.sqlite")) as base, base:
        base.execute("UPDATE runs SET digest = 'abc' WHERE id = 1")
    made = wom("verify", study, "--json")
    assert made.code == 1
    assert [each["what"] for each in made.told["differing"]] == ["run"]
    text = Path("b/scenario.toml").read_text()
    assert "horizon = " in text
    lines = [
        "attention = 3.0" if line.startswith("attention") else line for line in text.splitlines()
    ]
    Path("b/scenario.toml").write_text("\n".join(lines))
    made = wom("verify", study, "--json")
    assert made.code == 1
    assert [each["what"] for each in made.told["differing"]] == ["parameter"]
    assert "b: study.toml and scenario.toml" in made.error


def test_the_files_of_an_answer_are_compared(wom: Wom) -> None:
    assert wom("economics", "open_house", *SMALL, "--replicates", "2", "--out", "d").code == 0
    made = wom("verify", "d")
    assert made.code == 0
    assert "nothing was run" in made.out
    Path("d/table.parquet").unlink()
    made = wom("verify", "d")
    assert made.code == 1
    assert "table.parquet is missing" in made.out


def test_what_is_nothing_of_ours_is_refused(wom: Wom) -> None:
    Path("empty").mkdir()
    assert wom("verify", "empty").code == 2
    assert wom("verify", "nowhere").code == 4
    assert wom("verify", "empty", "--sample", "0").code == 2


def test_what_a_result_left_out_is_not_filled_in(tmp_path: Path) -> None:
    run(Scenario(horizon=3), seed=1).save(tmp_path / "e")
    assert verify(tmp_path / "e").differing == ()


def test_runs_of_what_is_ones_own_are_left_out_and_said_to_be(tmp_path: Path) -> None:
    small = Scenario(horizon=3).replace({"network.people": 60, "share.rule": "logit"})
    axes: dict[str, object] = {"utility": {"usual": None}}
    sweep(small, axes, replicates=2, out=tmp_path / "f").close()
    found = verify(tmp_path / "f")
    assert (found.checked, found.there, found.differing) == (0, 2, ())
    assert found.notes[0].startswith("2 runs are of functions or classes of one's own")
    measures = {"much": lambda result: float(result.kpis["reach"])}
    axes = {"share.base.fan": [0.1]}
    sweep(
        small, axes, replicates=2, measures=measures, outcomes=["much"], out=tmp_path / "g"
    ).close()
    found = verify(tmp_path / "g")
    assert (found.checked, found.differing) == (2, ())
    assert found.notes == ("much: measures of one's own were not compared.",)


def test_a_study_of_a_function_is_refused_by_its_own_name(tmp_path: Path) -> None:
    sweep(drawn, {"x": [1.0, 2.0]}, out=tmp_path / "h").close()
    with pytest.raises(InputError, match="the study is of a function") as refused:
        verify(tmp_path / "h")
    assert str(refused.value).startswith(f"{tmp_path / 'h'}: ")


def drawn(x: float, seed: int) -> dict[str, float]:
    """Return some number."""
    return {"y": x + seed}


def test_a_ledger_that_is_written_meanwhile_is_copied_whole(wom: Wom, study: str) -> None:
    """What was committed is in the copy, what was not is not, and its files stay as they are."""
    with closing(sqlite3.connect("b/runs.sqlite", isolation_level=None)) as base:
        base.execute("PRAGMA wal_autocheckpoint = 0")
        base.execute("UPDATE runs SET digest = 'abc' WHERE id = 1")
        base.execute("BEGIN IMMEDIATE")
        base.execute("UPDATE runs SET digest = 'xyz' WHERE id = 2")
        before = Path("b/runs.sqlite").read_bytes(), Path("b/runs.sqlite-wal").read_bytes()
        copied(Path("b/runs.sqlite"), Path("copy.sqlite"))
        assert not Path("copy.sqlite-wal").exists()
        after = Path("b/runs.sqlite").read_bytes(), Path("b/runs.sqlite-wal").read_bytes()
        made = wom("verify", study, "--json")
        base.execute("ROLLBACK")
    assert before == after
    with closing(sqlite3.connect("copy.sqlite")) as base:
        kept = [digest for (digest,) in base.execute("SELECT digest FROM runs ORDER BY id")]
    assert kept[0] == "abc"
    assert "xyz" not in kept
    assert [each["what"] for each in made.told["differing"]] == ["run"]
