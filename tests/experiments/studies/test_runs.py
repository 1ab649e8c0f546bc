"""Runs of a study: the same whoever makes them, made once, resumed, failed, interrupted."""

from __future__ import annotations

import importlib
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import wordofmouth as wom
from wordofmouth.experiments.studies.asked import request
from wordofmouth.experiments.studies.runs.crew import Crew, Growing, Processes, Threads
from wordofmouth.experiments.studies.runs.ledger import Ledger
from wordofmouth.experiments.studies.runs.progress import Interrupted
from wordofmouth.experiments.studies.sweep import carry_out
from wordofmouth.sim.errors import InputError, StorageError

from ..typed import Answer
from . import models

Wom = Callable[..., Answer]
SMALL = {"network.people": 300, "network.m": 4, "horizon": 24}
AXES = {"incentives.reward": [0.0, 10.0], "content.*.type": ["post", "funny_video"]}
STUDY = """\
scenario = "open_house"
question = "What does a reward add?"
replicates = 2
outcomes = ["reach", "shares"]

[set]
network.people = 300
network.m = 4
horizon = 24

[axes]
incentives.reward = [0.0, 10.0]
"content.*.type" = ["post", "funny_video"]
"""


def rows(study: wom.Study) -> list[tuple[object, ...]]:
    table = study.table(study.ledger.outcomes()).drop(columns=["seconds"])
    return [tuple(map(repr, row)) for row in table.itertuples(index=False)]


@pytest.fixture(scope="module")
def reference() -> list[tuple[object, ...]]:
    study = wom.sweep("open_house", AXES, replicates=2, settings=SMALL, jobs=1, progress=False)
    return rows(study)


def test_a_run_of_a_study_is_the_run_that_one_makes_by_hand(
    reference: list[tuple[object, ...]],
) -> None:
    table = wom.sweep(
        "open_house", AXES, replicates=2, settings=SMALL, progress=False
    ).table(["reach"])  # fmt: skip
    row = table.iloc[5]
    scenario = wom.load("open_house")
    content = [post.model_dump(exclude_none=True) for post in scenario.content]
    types = [post | {"type": row["content.*.type"]} for post in content]
    by_hand = wom.run(
        scenario.replace(
            {**SMALL, "incentives.reward": row["incentives.reward"], "content": types}
        ),
        seed=int(row["seed"]),
    )
    assert (by_hand.kpis["reach"], by_hand.digest) == (row["reach"], row["digest"])


def test_the_rows_are_the_same_for_any_number_of_threads_and_any_executor(
    reference: list[tuple[object, ...]],
) -> None:
    two = wom.sweep("open_house", AXES, replicates=2, settings=SMALL, jobs=2, progress=False)
    assert rows(two) == reference
    with ThreadPoolExecutor(3) as executor:
        own = wom.sweep(
            "open_house", AXES, replicates=2, settings=SMALL, executor=executor, progress=False
        )
    assert rows(own) == reference


@pytest.mark.slow
def test_the_rows_are_the_same_in_processes(reference: list[tuple[object, ...]]) -> None:
    given = {"axes": AXES, "set": SMALL, "replicates": 2}
    done = carry_out(request("open_house", given), None, Processes(2), progress=False)
    assert rows(done) == reference


@pytest.mark.slow
def test_threads_give_way_to_processes_where_runs_are_many_and_short(
    reference: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordofmouth.experiments.studies.runs.crew._LONG", 0.0)
    given = {"axes": AXES, "set": SMALL, "replicates": 600}
    crew = Growing(2)
    chunks = []
    monkeypatch.setattr(
        Processes, "submit", lambda self, tasks, old=Processes.submit: chunks.append(tasks)
        or old(self, tasks),
    )  # fmt: skip
    done = carry_out(request("open_house", given), None, crew, progress=False)
    assert len(chunks) > 0
    assert done.status["done"] == 2400
    few = [row for row in rows(done) if int(row[3]) < 2]
    assert few == reference


def test_replicates_share_their_world_across_points() -> None:
    table = wom.sweep("open_house", AXES, replicates=2, settings=SMALL, progress=False).table()
    assert table.groupby("replicate")["network"].nunique().tolist() == [1, 1]
    assert table["network"].nunique() == 2
    one = wom.sweep(
        "open_house", AXES, replicates=2, settings=SMALL, world=5, progress=False
    ).table()  # fmt: skip
    assert one["network"].nunique() == 1
    assert one.groupby("replicate")["seed"].first().tolist() == [0, 1]


def test_a_network_of_ones_own_is_that_of_all_runs() -> None:
    network = wom.Network.generate("preferential_attachment", 200, m=3, seed=1)
    study = wom.sweep(
        "open_house", {"incentives.reward": [0.0, 5.0]}, settings={"horizon": 10}, network=network,
        replicates=2, progress=False,
    )  # fmt: skip
    assert set(study.table()["network"]) == {network.digest}


def test_what_is_done_is_not_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    monkeypatch.setenv("WOM_TEST_LOG", str(log))

    def go(xs: list[int], replicates: int) -> int:
        before = log.read_text().count("\n") if log.exists() else 0
        study = wom.sweep(
            models.logged, {"x": xs}, replicates=replicates, out=tmp_path / "s", progress=False
        )
        table = study.table(["value"])
        assert (table["value"] == table["x"] * 1000 + table["replicate"]).all()
        assert len(table) == len(xs) * replicates
        study.close()
        return log.read_text().count("\n") - before

    assert go([1, 2, 3], 2) == 6
    assert go([1, 2, 3], 2) == 0
    assert go([1, 2, 3], 3) == 3, "one replicate more"
    assert go([3, 4], 3) == 3, "one point is new, and its order another"
    assert go([1, 2, 3], 3) == 0, "what a changed study left out is kept"
    assert go([1, 1], 1) == 0, "points of equal parameters share their runs"


def test_what_is_kept_of_a_run_is_its_own(tmp_path: Path) -> None:
    small = {"network.people": 60, "network.m": 3, "horizon": 4}
    study = wom.sweep(
        "cascade", {"share.base.fan": [0.1, 0.4, 0.7]}, replicates=2, settings=small,
        keep=["series"], out=tmp_path / "s", progress=False,
    )  # fmt: skip
    kept = study.kept("series").groupby(["point", "replicate"])[["reach", "shares"]].sum()
    for row in study.table(["reach", "shares"]).itertuples():
        assert kept.loc[(row.point, row.replicate)].tolist() == [row.reach, row.shares]
    study.close()


def test_a_failed_run_is_a_row_with_its_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "mark"
    monkeypatch.setenv("WOM_TEST_REPAIRED", str(mark))
    how = {"axes": {"x": [1, 2, 3]}, "replicates": 2, "out": tmp_path / "s", "progress": False}
    study = wom.sweep(models.repaired, **how)
    assert study.status == {"open": 0, "claimed": 0, "done": 5, "failed": 1}
    failed = study.failures()
    assert failed[["x", "replicate", "error"]].values.tolist() == [
        [2, 1, "ValueError: two is too much"]
    ]
    (trace,) = next(study.ledger.read("SELECT trace FROM runs WHERE status = 3"))
    assert "models.py" in trace
    mark.touch()
    assert wom.sweep(models.repaired, **how).status["failed"] == 1
    assert wom.sweep(models.repaired, **how, retry_failed=True).status["failed"] == 0


def test_the_command_runs_resumes_tells_and_exports(wom: Wom, tmp_path: Path) -> None:
    import pandas as pd

    (tmp_path / "mine.toml").write_text(STUDY)
    answer = wom("sweep", "mine.toml", "--out", "kept", "--json")
    assert answer.code == 0, answer.error
    assert set(answer.told) == {"runs", "failed", "made", "seconds"}
    assert (answer.told["runs"], answer.told["failed"]) == (8, 0)
    again = wom("sweep", "mine.toml", "--out", "kept")
    assert again.code == 0
    assert "8 runs of 4 points: none made now, 8 were there already; kept in kept" in again.out
    more = wom("sweep", "mine.toml", "--out", "kept", "--replicates", "3")
    assert "12 runs of 4 points: 4 made now in " in more.out
    assert ", 8 were there already" in more.out
    assert wom("sweep", "mine.toml", "--out", "kept").code == 0  # with its own replicates again
    told = wom("status", "kept", "--json").told
    assert (told["runs"], told["done"], told["open"]) == (8, 8, 0)
    assert "8 of 8 runs are done" in wom("status", "kept").out
    for name in ("all.parquet", "all.csv"):
        assert wom("export", "kept", "--to", name, "--json").told["runs"] == 8
    table = pd.read_parquet("all.parquet")
    assert {"incentives.reward", "content.*.type", "replicate", "reach", "profit"} <= set(table)
    assert len(pd.read_csv("all.csv")) == 8
    # The folder is enough to run the study again.
    once_more = wom("sweep", "kept/study.toml", "--out", "again", "--json")
    assert once_more.told["runs"] == 8
    assert [row[-3:] for row in table_of("again")] == [row[-3:] for row in table_of("kept")]
    assert wom("export", "kept", "--to", "all.xlsx").code == 2


def test_the_status_tells_the_first_error(wom: Wom, tmp_path: Path) -> None:
    study = importlib.import_module("wordofmouth").sweep(
        models.fragile, {"x": [1, 2, 3]}, replicates=2, out="kept", progress=False
    )
    assert study.status["failed"] == 1
    assert study.made == 6
    study.close()
    answer = wom("status", "kept")
    assert answer.code == 0
    assert (
        "The first that failed, point 1, replicate 1: ValueError: two is too much. wom sweep "
        "--retry-failed makes them again."
    ) in answer.out
    assert wom("status", "kept", "--json").told["first_failure"] == {
        "point": 1, "replicate": 1, "error": "ValueError: two is too much",
    }  # fmt: skip


def table_of(folder: str) -> list[tuple[object, ...]]:
    study = wom.Study.load(folder)
    table = study.table(["reach", "shares"])[["point", "replicate", "reach", "shares", "digest"]]
    return list(table.itertuples(index=False))


def test_a_dry_run_says_what_it_would_take_and_makes_nothing(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(STUDY)
    told = wom("sweep", "mine.toml", "--dry-run", "--json", "--jobs", "2").told
    assert (told["points"], told["replicates"], told["runs"], told["left"]) == (4, 2, 8, 8)
    assert 0 < told["each"] < 5
    assert told["bytes"] > 100_000
    assert told["disk"] > 0
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]
    said = wom("sweep", "mine.toml", "--dry-run", "--out", "kept").out
    assert "8 runs (4 points, 2 replicates)" in said
    for wrong in (["--jobs", "-3"], ["--dask", "local", "--processes"]):
        assert wom("sweep", "mine.toml", "--dry-run", *wrong).code == 2
    (tmp_path / "other.toml").write_text(STUDY)
    assert wom("sweep", "mine.toml", "--out", "kept").code == 0
    answer = wom("sweep", "other.toml", "--dry-run", "--out", "kept")
    assert answer.code == 4
    assert "this folder holds another study (name 'mine', not 'other')" in answer.error


def test_failed_runs_are_exit_code_1(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "edges.txt").write_text("0 1\n1 2\n")
    (tmp_path / "mine.toml").write_text(
        'scenario = "open_house"\n[set]\nnetwork.file = "edges.txt"\nhorizon = 5\n'
        "[axes]\npublish.asked = [[0], [7]]\n"
    )
    answer = wom("sweep", "mine.toml", "--out", "kept", "--json")
    assert answer.code == 1
    assert (answer.told["runs"], answer.told["failed"]) == (2, 1)
    assert "7" in answer.error
    assert "--retry-failed" in answer.error


def test_a_folder_of_something_else_is_refused(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(STUDY)
    (tmp_path / "other.toml").write_text(STUDY)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("precious")
    answer = wom("sweep", "mine.toml", "--out", "thesis")
    assert answer.code == 4
    assert "chapter.txt" in answer.error
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]
    assert wom("sweep", "mine.toml", "--out", "kept").code == 0
    before = wom("status", "kept", "--json").told
    answer = wom("sweep", "other.toml", "--out", "kept")
    assert answer.code == 4
    assert "holds another study" in answer.error
    assert wom("status", "kept", "--json").told == before
    for command in (("status", "thesis"), ("export", "nowhere", "--to", "x.csv")):
        answer = wom(*command)
        assert answer.code == 4
        assert answer.error.count("\n") == 1
    assert wom("sweep", "mine.toml").code == 2, "where to keep it is not said"
    assert wom("sweep", "mine.toml", "--out", "kept", "--jobs", "0").code == 2


def test_without_a_name_the_studies_are_listed(wom: Wom) -> None:
    assert "?" in wom("sweep").out


def test_a_flipped_bit_in_a_part_is_named(tmp_path: Path) -> None:
    out = tmp_path / "s"
    study = wom.sweep(
        "open_house", {"incentives.reward": [0.0, 5.0]}, settings=SMALL, out=out,
        keep=["series", "shares"], progress=False,
    )  # fmt: skip
    series = study.kept("series")
    assert series.groupby("point").size().tolist() == [24, 24]
    assert {"point", "replicate", "tick", "reach"} <= set(series)
    by_point = study.table(["shares", "reshares"])[["shares", "reshares"]].sum(axis=1)
    assert study.kept("shares").groupby("point").size().tolist() == by_point.tolist()
    part = next((out / "parts").glob("series-*.parquet"))
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    for read in (lambda: study.kept("series"), lambda: study.export(tmp_path / "all.csv")):
        with pytest.raises(StorageError, match=part.name):
            read()
    part.unlink()
    with pytest.raises(StorageError, match=part.name):
        study.kept("series")


def test_what_is_not_a_ledger_is_named(tmp_path: Path) -> None:
    (tmp_path / "runs.sqlite").write_bytes(b"not a database at all, but long enough" * 100)
    with pytest.raises(StorageError, match=r"runs.sqlite: the ledger cannot be used"):
        wom.Study.load(tmp_path)


@pytest.mark.parametrize("between", [1.0, 1e9])
def test_one_interrupt_finishes_what_runs_and_keeps_it(
    between: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it was until the next commit: with none before, all hangs on the last one."""
    import _thread
    import threading

    monkeypatch.setattr("wordofmouth.experiments.studies.runs.runner._COMMIT", between)
    made = []

    def slow(x: int) -> int:
        if x == 5:
            _thread.interrupt_main()
        time.sleep(0.02)
        made.append(x)
        return x

    out = tmp_path / "s"
    with pytest.raises(Interrupted, match="the same command resumes"):
        wom.sweep(slow, {"x": list(range(200))}, out=out, jobs=2, progress=False)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("wom-sweep")]
    counts = wom.Study.load(out).status
    assert 5 <= counts["done"] == len(made) < 200
    assert counts["claimed"] == counts["failed"] == 0
    study = wom.sweep(
        lambda x: x, {"x": [1]}, out=tmp_path / "other", progress=False
    )  # a second study is undisturbed
    assert study.status["done"] == 1


def test_at_an_interrupt_others_may_have_what_was_not_begun_while_the_rest_is_made(
    tmp_path: Path,
) -> None:
    """A run may take hours: another driver need not wait for it to go on with the others."""
    import _thread

    out, seen = tmp_path / "s", []

    def waits(x: int) -> int:
        if x == 5:
            _thread.interrupt_main()
            ledger, began = Ledger(out), time.monotonic()
            while not (open_now := ledger.counts()["open"]) and time.monotonic() - began < 20.0:
                time.sleep(0.02)
            seen.append(open_now)
            ledger.close()
        return x

    with pytest.raises(Interrupted):
        wom.sweep(waits, {"x": list(range(200))}, out=out, jobs=1, progress=False)
    assert seen[0] > 0
    assert wom.Study.load(out).status["open"] == seen[0]


def test_a_second_interrupt_stops_at_once_and_loses_nothing(tmp_path: Path) -> None:
    def slow(x: int) -> int:
        if x == 3:
            for _ in range(2):
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.5)
            time.sleep(3)
        return x

    before = signal.getsignal(signal.SIGINT)
    out, began = tmp_path / "s", time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        wom.sweep(slow, {"x": list(range(20))}, out=out, jobs=1, progress=False)
    assert time.monotonic() - began < 3, "nobody waits for the run"
    counts = wom.Study.load(out).status
    assert counts["claimed"] == counts["failed"] == 0
    assert signal.getsignal(signal.SIGINT) is before


def test_an_executor_that_breaks_down_loses_nothing(tmp_path: Path) -> None:
    from concurrent.futures.process import BrokenProcessPool

    class Broken(ThreadPoolExecutor):
        calls = 0

        def submit(self, *args: object, **how: object) -> object:  # type: ignore[override]
            self.calls += 1
            if self.calls > 3:
                raise BrokenProcessPool("a process in the pool was terminated abruptly")
            return super().submit(*args, **how)  # type: ignore[arg-type]

    with Broken(2) as executor, pytest.raises(InputError, match="broke down"):
        wom.sweep(
            models.noisy, {"x": list(range(50)), "y": [1]}, out=tmp_path / "s", executor=executor,
            progress=False,
        )  # fmt: skip
    counts = wom.Study.load(tmp_path / "s").status
    assert counts["claimed"] == 0
    done = wom.sweep(
        models.noisy, {"x": list(range(50)), "y": [1]}, out=tmp_path / "s", progress=False
    )
    assert done.status["done"] == 50


@pytest.mark.slow
def test_a_process_that_dies_is_replaced_and_its_runs_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WOM_TEST_LOG", str(tmp_path / "mark"))
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))
    deadly = importlib.import_module("models").deadly
    asked = request(deadly, {"axes": {"x": list(range(20))}, "replicates": 2})
    done = carry_out(asked, None, Processes(2), progress=False)
    assert done.status["done"] == 40
    table = done.table(["value"])
    assert (table["value"] == table["x"] + table["replicate"]).all()


def test_the_ledger_is_plain_sqlite(tmp_path: Path) -> None:
    wom.sweep(models.noisy, {"x": [1, 2], "y": [1]}, out=tmp_path / "s", progress=False).close()
    base = sqlite3.connect(tmp_path / "s" / "runs.sqlite")
    assert base.execute("SELECT COUNT(*), SUM(other) FROM runs WHERE status = 2").fetchall() == [
        (2, 3.0)
    ]
    assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    base.close()


def test_a_crew_has_as_many_workers_as_it_is_told() -> None:
    assert Threads(3).jobs == 3
    with ThreadPoolExecutor(5) as executor:
        assert Crew(executor).jobs == 5
    assert sys.modules["__main__"] is not None
