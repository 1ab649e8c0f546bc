"""Results on disk: what is saved comes back, is all there or not there, and is never a mixture."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from wordofmouth.experiments.results import archive
from wordofmouth.experiments.store import folder
from wordofmouth.scenarios.toml import document
from wordofmouth.sim.campaign import run, simulate
from wordofmouth.sim.errors import StorageError
from wordofmouth.sim.network import Network
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result

FILES = {
    "run.json", "scenario.toml", "series.parquet", "messages.parquet", "shares.parquet",
    "buyers.parquet", "climbs.parquet", "people.parquet", "counts.parquet", "payments.parquet",
    "traffic.parquet", "sources.parquet", "accounts.parquet", "topics.parquet", "report.html",
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the page short: it has tests of its own, and to draw it takes longer than to save."""
    monkeypatch.setattr("wordofmouth.experiments.results.shown._pictures", lambda result: ())


def assert_same(one: Result, other: Result) -> None:
    assert one.digest == other.digest
    assert one.to_dict() == other.to_dict()
    assert one.scenario == other.scenario
    assert (one.seed, one.world, one.ticks) == (other.seed, other.world, other.ticks)
    assert one.people == other.people
    assert one.posts == other.posts
    assert np.array_equal(one.role_at_birth, other.role_at_birth)
    assert np.array_equal(one.kinds, other.kinds)
    assert np.array_equal(one.community, other.community, equal_nan=True)
    for name in ("relation", "traffic", "gaps", "placed", "units", "money"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert mine.dtype == theirs.dtype, name
        assert np.array_equal(mine, theirs), name
    assert {k: v for k, v in one.network.items() if k != "ids"} == {
        k: v for k, v in other.network.items() if k != "ids"
    }
    mine, theirs = one.network["ids"], other.network["ids"]
    assert (mine is None) == (theirs is None)
    if mine is not None:
        assert mine.dtype == theirs.dtype
        assert np.array_equal(mine, theirs)
    assert one.shares.equals(other.shares)
    assert one.buyers.equals(other.buyers)
    assert one.climbs.equals(other.climbs)
    assert one.series.equals(other.series)
    assert one.ladder.equals(other.ladder)
    assert one.payments.equals(other.payments)
    assert one.ledger == other.ledger


def test_what_is_saved_comes_back(result: Result, tmp_path: Path) -> None:
    assert result.share_log.person.size > 0
    assert result.buyer_log.person.size > 0
    kept = result.save(tmp_path / "deep" / "kept")
    assert {path.name for path in kept.iterdir()} == FILES
    assert_same(Result.load(kept), result)
    assert [path.name for path in kept.parent.iterdir()] == ["kept"]


def test_everything_comes_back(everything: Result, tmp_path: Path) -> None:
    assert set(everything.kinds.tolist()) == {0, 1, 2, 3, 4}
    for name in ("climb_log", "share_log", "buyer_log"):
        assert getattr(everything, name).person.size > 0, name
    for name in ("traffic", "gaps", "placed", "units", "money"):
        assert getattr(everything, name).any(), name
    kept = everything.save(tmp_path / "kept")
    assert_same(Result.load(kept), everything)


def test_tables_speak_in_words(everything: Result, tmp_path: Path) -> None:
    kept = everything.save(tmp_path / "kept")

    def table(name: str) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = pq.read_table(kept / f"{name}.parquet").to_pydict()
        return columns

    kinds = {"post", "ad", "advocate", "mention", "rival", "complaint"}
    assert set(table("messages")["kind"]) == kinds
    assert table("messages")["brand"][2] == "other"
    climbs = table("climbs")
    assert climbs["rung"].count("identified") == everything.columns["identified"].sum()
    assert set(zip(climbs["before"], climbs["rung"], strict=True)) >= {
        ("none", "identified"),
        ("identified", "activated"),
        ("activated", "nurtured"),
        ("nurtured", "advocate"),
    }
    paid = table("payments")
    assert sum(paid["amount"]) == pytest.approx(everything.kpis["cost"])
    assert set(paid["account"]) == {name for name, spent in everything.ledger.items() if spent}
    assert table("traffic")["channel"] == ["feed", "b"]
    assert sum(table("traffic")["clicks"]) == everything.kpis["clicks"]
    brought = table("sources")
    assert set(brought["source"]) == {"feed", "b", "big", "blog", "tv"}
    assert sum(brought["clicks"]) == everything.kpis["clicks"]
    assert table("series")["revenue"] == everything.series["revenue"].tolist()
    assert table("people")["rung"].count("advocate") == everything.kpis["advocates"]


@pytest.mark.parametrize("ids", [["ann", "bob", "eve", "ümit"], [30, -7, 10**12, 4]])
def test_the_ids_of_the_data_are_kept(ids: list[str] | list[int], tmp_path: Path) -> None:
    network = Network.from_edges([0, 1, 2], [1, 2, 3], ids=ids, directed=False)
    sure = {"people.fans": 0.5, "share.base": dict.fromkeys(("stranger", "fan", "advocate"), 1.0)}
    result = run(Scenario().replace(sure), network=network, seed=1)
    assert_same(archive.load(archive.save(result, tmp_path / "kept")), result)
    shares = pq.read_table(tmp_path / "kept" / "shares.parquet").to_pydict()
    assert [ids[row] for row in shares["person"]] == shares["person_id"]
    assert shares["sender_id"] == [None if row < 0 else ids[row] for row in shares["sender"]]


def test_a_campaign_in_which_nothing_happens(tmp_path: Path) -> None:
    nobody = Scenario(horizon=3).replace({"people.fans": 0.0, "network.people": 20})
    result = run(nobody, seed=1)
    assert_same(archive.load(archive.save(result, tmp_path / "kept")), result)


def test_a_campaign_under_way(tmp_path: Path) -> None:
    scenario = Scenario(horizon=5).replace({"network.people": 50})
    result = next(simulate(scenario, seed=1)).result()
    assert result.ticks == 1
    assert_same(archive.load(archive.save(result, tmp_path / "kept")), result)


def test_the_saved_scenario_runs_again(result: Result, tmp_path: Path) -> None:
    kept = result.save(tmp_path / "kept")
    tables = tomllib.loads((kept / "scenario.toml").read_text())
    assert Scenario(**tables) == result.scenario
    assert tables == tomllib.loads(document(tables))
    told = json.loads((kept / "run.json").read_text())
    assert told["command"].endswith("--seed 7")
    assert {"numpy", "numba", "python", "wordofmouth"} <= set(told["versions"])


def test_saving_twice_makes_the_same_files(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = archive.save(result, tmp_path / "one", command="wom")
    again = archive.save(result, tmp_path / "two", command="wom")
    assert [(first / name).read_bytes() == (again / name).read_bytes() for name in sorted(FILES)]
    assert all((first / name).read_bytes() == (again / name).read_bytes() for name in FILES)


def test_an_earlier_result_is_replaced_as_a_whole(result: Result, tmp_path: Path) -> None:
    kept = result.save(tmp_path / "kept")
    other = replace(result, seed=8)
    other.save(kept)
    assert Result.load(kept).seed == 8
    assert {path.name for path in kept.iterdir()} == FILES
    assert list(tmp_path.iterdir()) == [kept]


def test_a_folder_with_something_else_in_it_is_refused(result: Result, tmp_path: Path) -> None:
    kept = result.save(tmp_path / "kept")
    (kept / "thesis.tex").write_text("mine")
    with pytest.raises(StorageError, match=r"thesis\.tex"):
        result.save(kept)
    assert (kept / "thesis.tex").read_text() == "mine"


def test_an_empty_folder_is_taken(result: Result, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    result.save(tmp_path / "kept")
    assert list(tmp_path.iterdir()) == [tmp_path / "kept"]


def test_a_swap_that_fails_leaves_the_earlier_result(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = result.save(tmp_path / "kept")
    rename = Path.rename

    def fails_for_the_new_one(self: Path, target: Path) -> Path:
        if target == kept and (self / "run.json").read_text().count('"seed": 8'):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_for_the_new_one)
    with pytest.raises(StorageError, match="input/output error"):
        replace(result, seed=8).save(kept)
    assert Result.load(kept).seed == 7
    assert list(tmp_path.iterdir()) == [kept]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_nothing(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "kept")
    # The limit on the size of a file is felt in the midst of writing, as a full disk is.
    program = """
import resource
from wordofmouth.sim.errors import StorageError
from wordofmouth.sim.result import Result
result = Result.load("kept")
result.to_dict(), result.plot()  # what writes caches of its own, has
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    result.save("new/again")
except StorageError as problem:
    print(problem)
"""
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "new/again: the result cannot be written there (file too large)" in answer.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("name", sorted(FILES - {"report.html", "scenario.toml"}))
def test_a_missing_file_is_named(result: Result, tmp_path: Path, name: str) -> None:
    kept = result.save(tmp_path / "kept")
    (kept / name).unlink()
    with pytest.raises(StorageError, match=f"{name}: the file is missing"):
        Result.load(kept)


@pytest.mark.parametrize("name", sorted(FILES - {"report.html", "scenario.toml"}))
def test_a_damaged_file_is_named(result: Result, tmp_path: Path, name: str) -> None:
    kept = result.save(tmp_path / "kept")
    data = (kept / name).read_bytes()
    (kept / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(StorageError, match=name):
        Result.load(kept)


def test_a_result_that_was_changed_is_not_believed(result: Result, tmp_path: Path) -> None:
    kept = result.save(tmp_path / "kept")
    told = json.loads((kept / "run.json").read_text())
    for change in (
        {"digest": "0" * 64},
        {"people": [0] * len(told["people"])},
        {"parameters": {"horizon": 0}},
        {"counts": [1]},
        {"format": "wordofmouth result 1"},
        {"ticks": None, "files": {}},
    ):
        (kept / "run.json").write_text(json.dumps({**told, **change}))
        with pytest.raises(StorageError, match=r"run\.json"):
            Result.load(kept)
    (kept / "run.json").write_text("[]")
    with pytest.raises(StorageError, match=r"run\.json"):
        Result.load(kept)


def test_a_command_that_was_changed_is_no_traceback(result: Result, tmp_path: Path) -> None:
    kept = result.save(tmp_path / "kept")
    told = json.loads((kept / "run.json").read_text())
    assert archive.document(kept).kind == "run"
    for changed in (
        {name: each for name, each in told.items() if name != "command"},
        {name: each for name, each in told.items() if name != "versions"},
        {name: each for name, each in told.items() if name != "digest"},
        {**told, "command": "wom run 'x"},
        {**told, "command": "wom run x --seeds"},
        {**told, "command": "wom run x --seeds y,z"},
        {**told, "command": None},
        {**told, "made": 5},
        {**told, "versions": 5},
    ):
        (kept / "run.json").write_text(json.dumps(changed))
        with pytest.raises(StorageError, match=r"run\.json: this result cannot be read"):
            archive.document(kept)


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for name, reason in (("file", "this is a file"), ("none", "no such folder"), (".", "run.json")):
        with pytest.raises(StorageError, match=reason):
            Result.load(tmp_path / name)


def test_a_link_to_a_folder_is_followed(result: Result, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    result.save(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "run.json").is_file()


def test_one_file_is_written_whole(tmp_path: Path) -> None:
    folder.put_file(tmp_path / "new" / "a.png", b"one")
    folder.put_file(tmp_path / "new" / "a.png", b"two")
    assert (tmp_path / "new" / "a.png").read_bytes() == b"two"
    assert len(list((tmp_path / "new").iterdir())) == 1
    with pytest.raises(StorageError, match="this is a folder"):
        folder.put_file(tmp_path / "new", b"one")
