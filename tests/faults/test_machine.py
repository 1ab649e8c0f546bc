"""Machines on which something is missing, full, locked, strange, or changes under a campaign.

Elsewhere: a disk that is full for a study or a folder (`test_kill.py`, `test_archive.py`), for a
terminal (`test_main.py`); two drivers of a study, and its kills (`test_kill.py`); a folder without
permission, names that the system refuses, a pipe that nobody reads (`test_main.py`); no home for
places (`test_places.py`); a network that changes under a study (`test_key.py`); a machine that
slept, what one may only read (`test_ledger.py`).
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import wordofmouth as wom
from wordofmouth.experiments.studies.runs import database
from wordofmouth.sim.errors import StorageError

from ..experiments.typed import PROGRAM, SMALL, Answer, settings

CHANGES = {path: json.loads(value) for path, value in (text.split("=") for text in SMALL)}
RUN = ["run", "open_house", *settings(*SMALL), "--seed", "7"]
NOBODY = 65534
ROOT = os.geteuid() == 0 if hasattr(os, "geteuid") else False


def typed(words: list[str], folder: Path, **how: object) -> Answer:
    """What a command answers in a process of its own."""
    try:
        made = subprocess.run(
            [sys.executable, "-c", PROGRAM, *words], cwd=folder, capture_output=True, text=True,
            check=False, timeout=240, **how,
        )  # fmt: skip
    except PermissionError:
        pytest.skip("nobody but its owner may run this Python")
    return Answer(made.returncode, made.stdout, made.stderr)


@pytest.fixture(scope="module")
def digest() -> str:
    """What the campaign comes to where nothing is missing."""
    return wom.run(wom.load("open_house").replace(CHANGES), seed=7).digest


def bare(**more: str) -> dict[str, str]:
    """An environment in which nothing is said but where the package and its kernels lie."""
    kept = {
        name: os.environ[name] for name in ("PYTHONPATH", "NUMBA_CACHE_DIR") if name in os.environ
    }
    return {"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", **kept, **more}


def test_without_a_home_a_place_for_temporary_files_and_a_language(
    tmp_path: Path, digest: str
) -> None:
    where = bare(LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0",
                 HOME="/nonexistent", TMPDIR="/nonexistent")  # fmt: skip
    answer = typed([*RUN, "--json", "--out", "kept"], tmp_path, env=where)
    assert answer.code == 0, answer.error
    assert answer.told["digest"] == digest
    assert wom.Result.load(tmp_path / "kept").digest == digest
    assert typed(RUN, tmp_path, env=where).code == 0, "what is told to people, in ASCII"


@pytest.mark.parametrize("closed", [(1,), (0, 1, 2)], ids=str)
def test_with_standard_streams_closed(closed: tuple[int, ...], tmp_path: Path) -> None:
    program = "import os\nfor k in {}: os.close(k)\nos.execvp({!r}, {!r})".format(
        closed, sys.executable, [sys.executable, "-c", PROGRAM, *RUN, "--out", "kept"]
    )
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in made.stderr
    assert made.returncode == 0
    assert wom.Result.load(tmp_path / "kept").funnel


@pytest.mark.parametrize(
    "name", ["émoji 🎉 und  ßharp", "x" * 250, "-o'b\"c;$(d)"],
    ids=["blanks and emoji", "250 letters", "an option and signs of a shell"],
)  # fmt: skip
def test_names_of_folders_are_names(name: str, tmp_path: Path, digest: str) -> None:
    from wordofmouth.experiments.commands.main import main

    words = [*RUN, "--out", str(tmp_path / name)]
    if len(name) > 200:
        # What is written aside has a longer name, which the system refuses.
        assert main(words) in (0, 4)
        assert list(tmp_path.iterdir()) in ([], [tmp_path / name])
        return
    assert main(words) == 0
    assert wom.Result.load(tmp_path / name).digest == digest
    assert [path.name for path in tmp_path.iterdir()] == [name]


def everybodys(folder: Path) -> None:
    """Let everybody write to a folder of a test, which pytest makes for its owner alone."""
    folder.chmod(0o777)
    for above in folder.parents:
        if above.name.startswith("pytest-"):
            above.chmod(above.stat().st_mode | 0o055)


@pytest.mark.skipif(not ROOT, reason="needs to become another user")
def test_a_user_who_may_write_nothing_of_the_installation(tmp_path: Path, digest: str) -> None:
    everybodys(tmp_path)
    answer = typed([*RUN, "--json", "--out", "kept"], tmp_path, user=NOBODY, group=NOBODY,
                   env=bare(HOME="/nonexistent"))  # fmt: skip
    assert answer.code == 0, answer.error
    assert answer.told["digest"] == digest


@pytest.mark.skipif(not ROOT, reason="needs to become another user")
def test_a_folder_that_only_its_owner_may_write(tmp_path: Path) -> None:
    everybodys(tmp_path)
    tmp_path.chmod(0o755)
    answer = typed([*RUN, "--out", "kept"], tmp_path, user=NOBODY, group=NOBODY, env=bare())
    assert answer.code == 4, answer.error
    assert answer.error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_vanishes_while_the_campaign_runs(tmp_path: Path) -> None:
    (tmp_path / "above").mkdir()
    result = wom.run(wom.load("open_house").replace({"network.people": 100}), seed=1)
    (tmp_path / "above").rmdir()
    assert wom.Result.load(result.save(tmp_path / "above" / "kept")).digest == result.digest


@pytest.mark.skipif(
    sys.platform != "linux", reason="needs a folder one may remove from under oneself"
)
def test_the_folder_in_which_one_stands_vanishes(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = f"import os; os.rmdir({str(gone)!r})\n{PROGRAM}"
    made = subprocess.run(
        [sys.executable, "-c", program, *RUN, "--out", "kept"], cwd=gone, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in made.stderr, made.stderr
    assert made.returncode == 4
    assert made.stderr.startswith("error: ")


def test_two_write_one_folder(tmp_path: Path, digest: str) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, *RUN, "--out", "kept"], cwd=tmp_path,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]  # fmt: skip
    told = [each.communicate(timeout=240)[1] for each in both]
    assert {each.returncode for each in both} <= {0, 4}, told
    assert 0 in {each.returncode for each in both}
    assert "Traceback" not in "".join(told)
    assert wom.Result.load(tmp_path / "kept").digest == digest
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def double(x: float, seed: int) -> float:
    return x + seed % 3


def test_a_ledger_that_somebody_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wom.sweep(double, {"x": [1.0, 2.0]}, out=tmp_path / "s", progress=False).close()
    monkeypatch.setattr(database, "_PATIENCE", 0.2)
    with closing(sqlite3.connect(tmp_path / "s" / "runs.sqlite")) as base:
        base.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="another process holds it; try again"):
            wom.sweep(double, {"x": [1.0, 2.0, 3.0]}, out=tmp_path / "s", progress=False)
        base.execute("ROLLBACK")
    study = wom.sweep(double, {"x": [1.0, 2.0, 3.0]}, out=tmp_path / "s", progress=False)
    assert study.status["done"] == 3
    study.close()


@pytest.mark.parametrize("jump", [-86_400.0, 86_400.0], ids=["back", "on"])
def test_a_clock_that_jumps_by_a_day(
    jump: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, calls = time.time, []

    def jumping() -> float:
        calls.append(1)
        return now() + (jump if len(calls) > 3 else 0.0)

    monkeypatch.setattr(database.time, "time", jumping)
    study = wom.sweep(
        double, {"x": [float(k) for k in range(40)]}, replicates=2, out=tmp_path / "s", jobs=2,
        progress=False,
    )  # fmt: skip
    assert calls
    assert study.status == {"open": 0, "claimed": 0, "done": 80, "failed": 0}
    study.close()


def test_a_network_file_that_changes_while_it_is_used(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target\n" + "".join(f"{k},{k + 1}\n" for k in range(60)))
    network = wom.Network.from_file(path)
    scenario = wom.load("cascade").replace({"horizon": 20, "share.base.*": 0.9})
    steps = wom.simulate(scenario, network=network, seed=1)
    next(steps)
    path.write_text("source,target\n0,1\n")
    *_, last = steps
    assert last.result().digest == wom.run(scenario, network=network, seed=1).digest
    assert last.result().network["digest"] == network.digest


SMALL_DISK = "300k"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with little room, where one may make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "none", str(disk)]
    with suppress(FileNotFoundError):
        if subprocess.run(made, check=False, capture_output=True).returncode == 0:
            yield disk
            subprocess.run(["umount", "-l", str(disk)], check=True)
            return
    pytest.skip("needs a file system of its own")


def test_a_disk_that_is_full(small_disk: Path) -> None:
    from wordofmouth.experiments.commands.main import main

    (small_disk / "mine.toml").write_text(
        'scenario = "open_house"\nreplicates = 400\nkeep = ["series"]\n[set]\n'
        "network.people = 50\nnetwork.m = 3\nhorizon = 5\n[axes]\n"
        "incentives.reward = [0.0, 1.0, 2.0]\n"
    )
    words = ["sweep", str(small_disk / "mine.toml"), "--out", str(small_disk / "kept")]
    assert main([*words, "--jobs", "1"]) == 4
    with closing(sqlite3.connect(f"file:{small_disk}/kept/runs.sqlite?mode=ro", uri=True)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (small_disk / "full").write_bytes(b"")
    with suppress(OSError), (small_disk / "full").open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass
    before = sorted(path.name for path in small_disk.iterdir())
    assert main([*RUN, "--out", str(small_disk / "run")]) == 4
    assert sorted(path.name for path in small_disk.iterdir()) == before, "nothing half-written"


def test_imported_and_run_in_a_thread(tmp_path: Path, digest: str) -> None:
    program = (
        "import threading, sys\nfound = []\n"
        "def go():\n"
        "    import wordofmouth as wom\n"
        f"    scenario = wom.load('open_house').replace({CHANGES!r})\n"
        "    found.append(wom.run(scenario, seed=7).digest)\n"
        "both = [threading.Thread(target=go) for _ in range(2)]\n"
        "[each.start() for each in both]; [each.join() for each in both]\n"
        "assert found[0] == found[1]; print(found[0])\n"
    )
    made = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=tmp_path, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert made.stdout.strip() == digest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
def test_run_after_a_fork(tmp_path: Path, digest: str) -> None:
    program = (
        "import os, sys, warnings\nimport wordofmouth as wom\n"
        "warnings.simplefilter('ignore', DeprecationWarning)\n"
        f"scenario = wom.load('open_house').replace({CHANGES!r})\n"
        "first = wom.run(scenario, seed=7, threads=2).digest\n"
        "if os.fork() == 0:\n"
        "    same = [wom.run(scenario, seed=7, threads=count).digest for count in (1, 2)]\n"
        "    os._exit(int(same != [first] * 2))\n"
        "assert os.waitstatus_to_exitcode(os.wait()[1]) == 0\nprint(first)\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert made.stdout.strip() == digest


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
def test_fifty_commands_are_ended_at_any_moment(tmp_path: Path) -> None:
    """In a process of its own, as forks of one with threads may hang."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--kills", "50", "--seed", "5"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    assert made.stdout.startswith("50 kills of seed 5, none acknowledged lost")
