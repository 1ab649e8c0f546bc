"""The ledger: who may make a run, what is no ledger, and what may not be written into it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import wordofmouth as wom
from wordofmouth.experiments.studies.runs.database import machine, started
from wordofmouth.experiments.studies.runs.ledger import NAME, FinishedRun, Ledger
from wordofmouth.sim.errors import InputError, StorageError

from ..typed import Answer
from . import models


def opened(out: Path) -> str:
    """Make a study whose two runs are open again; its digest."""
    study = wom.sweep(models.noisy, {"x": [1, 2], "y": [1]}, out=out, progress=False)
    study.ledger.base.execute("UPDATE runs SET status = 0, digest = NULL")
    digest = study.ledger.about("digest")
    study.close()
    assert digest is not None
    return digest


def test_a_dead_driver_is_taken_over_and_a_slow_one_is_not_believed(tmp_path: Path) -> None:
    out = tmp_path / "s"
    digest = opened(out)
    first, second = Ledger(out), Ledger(out)
    first.drivers.sign_on()
    second.drivers.sign_on()
    mine = first.claim(5, digest)
    assert len(mine) == 2
    assert second.claim(5, digest) == []
    first.base.execute("UPDATE drivers SET started = 'x' WHERE driver = ?", (first.drivers.name,))
    theirs = second.claim(5, digest)
    assert [claim.run for claim in theirs] == [claim.run for claim in mine]
    late = [FinishedRun(claim.run, {"height": 7.0}) for claim in mine]
    assert first.commit(late) == {claim.run for claim in mine}
    assert second.commit([FinishedRun(claim.run, {"height": 8.0}) for claim in theirs]) == set()
    values = [value for (value,) in second.read("SELECT height FROM runs")]
    assert values == [8.0, 8.0]


def test_a_study_that_another_process_changed_stops_the_first(tmp_path: Path) -> None:
    study = wom.sweep(models.noisy, {"x": [1], "y": [1]}, out=tmp_path / "s", progress=False)
    with pytest.raises(StorageError, match="another process changed the study"):
        study.ledger.claim(1, "another digest")


def test_a_driver_whose_machine_slept_is_at_work_again_and_can_die_again(tmp_path: Path) -> None:
    out = tmp_path / "s"
    digest = opened(out)
    first, second = Ledger(out), Ledger(out)
    first.drivers.sign_on()
    first.base.execute("UPDATE drivers SET host = 'far away', beat = beat - 100")
    second.drivers.sign_on()
    assert second.drivers.others() == [], "it said nothing for longer than the lease"
    assert len(first.claim(1, digest)) == 1
    assert second.drivers.others() == [first.drivers.name], "it woke up"
    first.base.execute("UPDATE drivers SET started = 'x' WHERE driver = ?", (first.drivers.name,))
    assert len(second.claim(2, digest)) == 2, "its second life is taken over as well"


def test_the_number_of_a_process_means_something_on_its_own_machine_only(tmp_path: Path) -> None:
    out = tmp_path / "s"
    digest = opened(out)
    first, second = Ledger(out), Ledger(out)
    first.drivers.sign_on()
    assert len(first.claim(2, digest)) == 2
    # A container of the same name, whose processes nobody here can see.
    first.base.execute("UPDATE drivers SET host = host || ' pid:[1]', process = 1, started = '1'")
    second.drivers.sign_on()
    assert second.claim(2, digest) == []
    assert started(os.getpid()) == started(os.getpid()) != ""
    assert machine() == machine()


def test_an_outcome_never_overwrites_what_the_ledger_says_of_a_run(tmp_path: Path) -> None:
    out = tmp_path / "s"
    digest = opened(out)
    ledger = Ledger(out)
    ledger.drivers.sign_on()
    [claim, _] = ledger.claim(2, digest)
    for name in ("status", "key", "Seed"):
        with pytest.raises(InputError, match=f"outcome {name!r} is also the name"):
            ledger.commit([FinishedRun(claim.run, {name: 0.0})])
    assert ledger.counts()["claimed"] == 2


@pytest.mark.parametrize("name", ["status", "seed", "x"])
def test_an_outcome_that_is_called_as_a_column_is_the_error_of_its_run(name: str) -> None:
    study = wom.sweep(lambda x: {name: x}, {"x": [1, 2]}, progress=False)
    assert study.status["failed"] == 2
    assert f"outcome {name!r} is also the name of another column" in study.failures()["error"][0]


def test_a_model_that_exits_is_a_failed_run() -> None:
    def leaves(x: int) -> int:
        if x == 1:
            raise SystemExit(3)
        return x

    study = wom.sweep(leaves, {"x": [0, 1, 2]}, progress=False)
    assert (study.status["done"], study.status["failed"]) == (2, 1)
    assert study.failures()["error"][0] == "SystemExit: 3"


def test_the_database_of_something_else_is_left_alone(
    wom: Callable[..., Answer], tmp_path: Path
) -> None:
    (tmp_path / "theirs").mkdir()
    with closing(sqlite3.connect(tmp_path / "theirs" / NAME)) as base:
        base.execute("CREATE TABLE runs (a)")
    answer = wom("status", "theirs")
    assert answer.code == 4
    assert "this is no ledger of a study; name the folder that wom sweep made" in answer.error
    with pytest.raises(StorageError, match="the database of something else"):
        Ledger(tmp_path / "theirs", make=True)
    with closing(sqlite3.connect(tmp_path / "theirs" / NAME)) as base:
        assert base.execute("SELECT name FROM sqlite_master").fetchall() == [("runs",)]


def test_what_one_may_only_read_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path / "s")
    before = sorted(path.name for path in (tmp_path / "s").iterdir())
    monkeypatch.setattr("wordofmouth.experiments.studies.runs.database._writable", lambda _: False)
    study = wom.Study.load(tmp_path / "s")
    assert study.status["open"] == 2
    assert len(study.table()) == 2
    with pytest.raises(StorageError, match="readonly"):
        study.ledger.drivers.sign_on()
    study.close()
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == before
