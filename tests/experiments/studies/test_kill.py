"""What must not be lost, whoever is killed and whatever is full; many runs, little memory."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import wordofmouth as wom

from ..typed import finish, hears_interrupts, start

HERE = Path(__file__).parent

DRIVER = """\
import sys
sys.path.insert(0, sys.argv[1])
import models
from wordofmouth.experiments.studies.sweep import sweep
study = sweep(models.logged, {"x": list(range(int(sys.argv[3])))}, replicates=5, out=sys.argv[2],
              jobs=2, progress=False)
print(study.status)
"""


def drive(folder: Path, out: Path, points: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(HERE), str(out), str(points)],
        env={**os.environ, "WOM_TEST_LOG": str(folder / "log")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hears_interrupts,
    )


def acknowledged(out: Path) -> dict[tuple[int, int], float]:
    """Return what the ledger says is done: x and seed, and the value."""
    if not (out / "runs.sqlite").exists():
        return {}
    with closing(sqlite3.connect(out / "runs.sqlite", timeout=60)) as base:
        try:
            rows = base.execute(
                "SELECT axes, seed, value FROM runs JOIN points USING (point) WHERE status = 2"
            ).fetchall()
        except sqlite3.OperationalError:  # not planned yet, or no run is done
            return {}
    return {(json.loads(axes)["x"], seed): value for axes, seed, value in rows}


@pytest.mark.slow
def test_fifty_kills_of_two_drivers_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    out, log, points = tmp_path / "s", tmp_path / "log", 12_000
    luck = random.Random(5)
    drivers = [drive(tmp_path, out, points) for _ in range(2)]
    done: dict[tuple[int, int], float] = {}
    checks: list[tuple[int, set[tuple[int, int]]]] = []
    for _ in range(50):
        time.sleep(luck.uniform(0.05, 2.2))
        k = luck.randrange(2)
        drivers[k].send_signal(signal.SIGKILL)
        _, error = drivers[k].communicate()
        assert error == ""
        length = log.stat().st_size if log.exists() else 0
        now = acknowledged(out)
        assert done.items() <= now.items(), "what was acknowledged is there, and as it was"
        # What runs at this moment on the other driver may be written down after the look.
        checks.append((length, set(done)))
        done = now
        drivers[k] = drive(tmp_path, out, points)
    for driver in drivers:
        driver.send_signal(signal.SIGINT)
    for driver in drivers:
        driver.communicate(timeout=60)
    assert len(done) > 500, "something was done between the kills"
    text = log.read_bytes()
    for length, before in checks:
        later = {tuple(map(int, line.split())) for line in text[length:].splitlines()}
        assert not later & before, "nothing that was acknowledged is made again"
    with closing(sqlite3.connect(out / "runs.sqlite")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("SELECT COUNT(*), COUNT(DISTINCT key) FROM runs").fetchone() == (
            points * 5, points * 5,
        )  # fmt: skip
    assert all(value == x * 1000 + seed for (x, seed), value in acknowledged(out).items())


def test_a_killed_driver_is_taken_over_at_once(tmp_path: Path) -> None:
    out = tmp_path / "s"
    first = drive(tmp_path, out, 100)
    while len(acknowledged(out)) < 20 and first.poll() is None:
        time.sleep(0.05)
    first.kill()
    first.communicate()
    before = acknowledged(out)
    assert 0 < len(before) <= 500
    began = time.monotonic()
    second = drive(tmp_path, out, 100)
    _, error = second.communicate(timeout=60)
    assert (second.returncode, error) == (0, "")
    assert time.monotonic() - began < 30, "nobody waits for the lease of a dead process"
    after = acknowledged(out)
    assert len(after) == 500
    assert before.items() <= after.items()


CRASH = """\
import os, sys
import wordofmouth as wom
from wordofmouth.experiments.studies.runs.ledger import Ledger
commit, calls = Ledger.commit, []
def dying(self, rows, parts=()):
    calls.append(rows)
    if len(calls) == 2 and sys.argv[2] == "before":
        os.kill(os.getpid(), 9)
    lost = commit(self, rows, parts)
    if len(calls) == 2 and sys.argv[2] == "after":
        os.kill(os.getpid(), 9)
    return lost
Ledger.commit = dying
wom.sweep("open_house", {"incentives.reward": [float(k) for k in range(300)]}, replicates=2,
          settings={"network.people": 100, "network.m": 3, "horizon": 10}, keep=["series"],
          out=sys.argv[1], progress=False)
"""


@pytest.mark.slow
def test_a_kill_between_a_part_and_the_ledger_leaves_no_half_of_either(tmp_path: Path) -> None:
    out = tmp_path / "s"
    for moment, code in (("before", -9), ("after", -9), ("never", 0)):
        made = subprocess.run([sys.executable, "-c", CRASH, str(out), moment], check=False)
        assert made.returncode == code
        for path in (out / "parts").iterdir():
            os.utime(path, (time.time() - 100,) * 2)  # none of a driver that has just begun
    wom.sweep(out / "study.toml", replicates=3, out=out, progress=False).close()
    study = wom.Study.load(out)
    assert study.status == {"open": 0, "claimed": 0, "done": 900, "failed": 0}
    named = {name for (name,) in study.ledger.read("SELECT name FROM parts")}
    assert {path.name for path in (out / "parts").iterdir()} == named
    sizes = study.kept("series").groupby(["point", "replicate"]).size()
    assert len(sizes) == 900
    assert sizes.eq(10).all(), "no series is there twice"


def test_an_interrupt_of_the_command_keeps_what_ran(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'scenario = "open_house"\nreplicates = 500\n[set]\nnetwork.people = 300\nnetwork.m = 4\n'
        "horizon = 24\n[axes]\nincentives.reward = [0.0, 1.0, 2.0, 3.0]\n"
    )
    process = start(tmp_path, "sweep", "mine.toml", "--out", "kept", "--jobs", "1")
    out = tmp_path / "kept" / "runs.sqlite"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(0.1)
        if out.exists() and done_in(out) > 0:
            break
    process.send_signal(signal.SIGINT)
    answer = finish(process)
    assert answer.code == 130
    last = answer.error.strip().splitlines()[-1]
    assert "are kept in kept, and the same command resumes" in last
    assert "Traceback" not in answer.error
    study = wom.Study.load(tmp_path / "kept")
    assert study.status["claimed"] == 0
    assert 0 < study.status["done"] < 2000


def done_in(path: Path) -> int:
    with closing(sqlite3.connect(path, timeout=60)) as base:
        try:
            return int(base.execute("SELECT COUNT(*) FROM runs WHERE status = 2").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


FULL = """\
import resource, sys
from wordofmouth.experiments.commands.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(
    "limit", [90_000, pytest.param(250_000, marks=pytest.mark.slow)], ids=["ledger", "parts"]
)
def test_a_full_disk_is_exit_code_4_and_the_study_resumes(tmp_path: Path, limit: int) -> None:
    (tmp_path / "mine.toml").write_text(
        'scenario = "open_house"\nreplicates = 200\nkeep = ["series"]\n[set]\n'
        "network.people = 50\nnetwork.m = 3\nhorizon = 5\n[axes]\n"
        "incentives.reward = [0.0, 1.0]\n"
    )
    arguments = ("sweep", "mine.toml", "--out", "kept", "--jobs", "2")
    answer = finish(start(tmp_path, str(limit), *arguments, program=FULL))
    assert answer.code == 4, answer.error
    last = answer.error.strip().splitlines()[-1]
    assert last.startswith("error: ")
    assert "make room" in last
    assert "Traceback" not in answer.error
    with closing(sqlite3.connect(tmp_path / "kept" / "runs.sqlite")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    answer = finish(start(tmp_path, *arguments, "--json"))
    assert answer.code == 0, answer.error
    assert (answer.told["runs"], answer.told["failed"]) == (400, 0)
    study = wom.Study.load(tmp_path / "kept")
    series = study.kept("series")
    assert len(series) == 400 * 5
    assert series.groupby(["point", "replicate"]).size().eq(5).all()


MANY = """\
import resource, sys
from wordofmouth.experiments.studies.sweep import sweep
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
def nothing(x, seed):
    return {"a": x + seed, "b": x * seed}
out, points, replicates = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
sweep(nothing, {"x": list(range(points))}, replicates=1, out=out, progress=False, name="n")
before = peak()
study = sweep(nothing, {"x": list(range(points))}, replicates=replicates, out=out, progress=False,
              name="n")
print(before, peak(), study.status["done"])
"""


@pytest.mark.slow
def test_many_tiny_runs_take_no_more_memory_than_few(tmp_path: Path) -> None:
    (tmp_path / "many.py").write_text(MANY)
    told = subprocess.run(
        [sys.executable, str(tmp_path / "many.py"), str(tmp_path / "s"), "500", "60"],
        capture_output=True, check=True, text=True,
    ).stdout.split()  # fmt: skip
    before, after, done = (float(word) for word in told)
    assert done == 30_000
    assert after - before < 30, "MiB"
    began = time.perf_counter()
    study = wom.Study.load(tmp_path / "s")
    assert study.status["done"] == 30_000
    assert time.perf_counter() - began < 1.0


README = Path(__file__).parents[3] / "README.md"


def pasted() -> str:
    """Return the sweep of the README."""
    section = README.read_text(encoding="utf-8").partition("\n## Sweeps\n")[2]
    code = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert code is not None
    return "import wordofmouth as wom\n\n" + code[1]


@pytest.mark.slow
def test_a_sweep_runs_in_a_notebook_as_it_is_pasted(tmp_path: Path) -> None:
    client = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    book: Any = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(pasted()),
            nbformat.v4.new_code_cell("assert len(study.table()) == 30; print(study)"),
        ]
    )
    client.NotebookClient(book, timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    said = "".join(output.get("text", "") for output in book.cells[1].outputs)
    assert "30 done, 0 failed" in said
