"""Commands that are ended at any moment, and what is left of them.

All is imported and compiled once; each command is then a fork of that process, so that a thousand
can be ended in the time that a hundred would take to start. What is asked after each end:

- nobody who was told "done" finds nothing, and no folder holds half of an answer;
- what a ledger acknowledged is there, as it was, and each run once;
- an interrupt says so in a line, without a traceback, and leaves nothing aside;
- at the end the same command finishes, with the answer that nobody disturbed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import wordofmouth as wom
from wordofmouth.experiments.commands.main import main
from wordofmouth.experiments.commands.report import document_of
from wordofmouth.scenarios.toml import document
from wordofmouth.sim.errors import StorageError

from ..experiments.answers.fit.measured import campaign

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
INTERRUPTED = 130
SMALL = [
    word
    for each in ("network.people=120", "network.m=3", "horizon=8", "transact.click=0.3",
                 "share.base.fan=0.3", "transact.convert=0.5")
    for word in ("--set", each)
]  # fmt: skip
STUDY = """\
scenario = "open_house"
replicates = 12
keep = ["series"]
[set]
network.people = 60
network.m = 3
horizon = 5
[axes]
incentives.reward = [0.0, 2.0, 5.0, 9.0]
"""


class FaultError(AssertionError):
    """What was asked for after a kill does not hold."""


@dataclass
class Command:
    """A command that writes a folder, and what it wrote when nobody disturbed it."""

    name: str
    words: list[str]
    folder: str
    told: Callable[[Path], Any]
    seconds: float = 0.0
    expected: Any = None
    acknowledged: dict[str, Any] = field(default_factory=dict)


def of_run(folder: Path) -> Any:
    """The digest of a campaign that a folder holds; loaded, and so checked whole."""
    document_of(str(folder))
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))["digest"]


def of_answer(folder: Path) -> Any:
    """What an answer says that a folder holds, but for when it was made."""
    document_of(str(folder))
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    # Checksums are of files that hold dates, too; what was there is not run again, and so is not
    # among the campaigns of who went on (`test_it_goes_on_as_if_never_interrupted`).
    return {
        name: value for name, value in told.items()
        if name not in ("made", "files", "versions", "seconds", "cpu_seconds", "command",
                        "campaigns")
    }  # fmt: skip


def unfinished(folder: Path) -> bool:
    """Whether a folder says that its answer is still being looked for."""
    try:
        document_of(str(folder))
    except StorageError as said:
        return "no answer in this folder yet" in str(said)
    return False


def of_report(folder: Path) -> Any:
    """Whether a page is whole."""
    text = (folder / "report.html").read_text(encoding="utf-8")
    return text.rstrip().endswith("</html>")


def of_study(folder: Path) -> Any:
    """What a ledger says of each run that is done; each is there once."""
    path = folder / "runs.sqlite"
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path, timeout=60)) as base:
        try:
            if base.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise FaultError("the ledger is damaged")
            rows = base.execute("SELECT key, digest FROM runs WHERE status = 2").fetchall()
            every = base.execute("SELECT COUNT(*), COUNT(DISTINCT key) FROM runs").fetchone()
        except sqlite3.OperationalError:  # not planned yet
            return {}
    if every[0] != every[1]:
        raise FaultError("a run is planned twice")
    return dict(rows)


def commands(home: Path) -> list[Command]:
    """The commands, in a folder with what they read."""
    (home / "study.toml").write_text(STUDY, encoding="utf-8")
    brand = campaign(horizon=20, content=["post"] * 20, hours_per_tick=24.0)
    (home / "brand.toml").write_text(document(brand.to_dict()), encoding="utf-8")
    series = wom.run(brand, seed=11).series[["clicks", "reach"]].iloc[:10]
    dates = [f"2026-03-{day:02}" for day in range(2, 12)]
    series.assign(date=dates)[["date", "clicks", "reach"]].to_csv(home / "days.csv", index=False)
    few = ["--replicates", "4"]
    return [
        Command("run", ["run", "open_house", *SMALL, "--seed", "7", "--out", "run"], "run", of_run),
        Command("sweep", ["sweep", "study.toml", "--jobs", "2", "--out", "sweep"], "sweep",
                of_study),
        Command("diagnose", ["diagnose", "open_house", *SMALL, *few, "--out", "diagnose"],
                "diagnose", of_answer),
        Command("optimise", ["optimise", "open_house", *SMALL, "--over", "share.base.fan=0.05..0.3",
                             "--trials", "4", "--worlds", "2", "--fresh", "2", "--out", "optimise"],
                "optimise", of_answer),
        Command("fit", ["fit", "brand.toml", "--data", "days.csv", "--free", "transact.click",
                        "--runs", "200", "--worlds", "2", "--jobs", "1", "--out", "fit"], "fit",
                of_answer),
        Command("report", ["report", "kept"], "kept", of_report),
    ]  # fmt: skip


def quiet(words: list[str], home: Path) -> tuple[int, str]:
    """Run a command in this process, as if it had been typed there."""
    said = io.StringIO()
    with (
        contextlib.chdir(home),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(said),
    ):
        code = main(words)
    return code, said.getvalue()


def begun(words: list[str], home: Path, said: Path) -> int:
    """Fork a command: the number of its process, once it stands where the command begins."""
    ready, tell = os.pipe()
    # What arrives while the child is made is of this harness, not of the command.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    process = os.fork()
    if process:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(tell)
        os.read(ready, 1)
        os.close(ready)
        return process
    code = 70
    try:
        os.chdir(home)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, name in ((1, os.devnull), (2, str(said))):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w", buffering=1)
        sys.argv = ["wom", *words]
        os.write(tell, b".")
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        except KeyboardInterrupt:
            code = INTERRUPTED
        else:
            code = main()
        sys.stderr.flush()
    finally:
        os._exit(code)


def ended(process: int, patience: float = 120.0) -> int:
    """How a process ended: its exit code, or the number of the signal below 0."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    raise FaultError(f"no end within {patience:g} seconds")


def holds(command: Command, home: Path, code: int, sent: int, said: str) -> None:
    """Ask what has to hold after an end; FaultError if it does not."""
    if "Traceback" in said:
        raise FaultError(f"a traceback:\n{said}")
    # Who is asked to terminate may finish what runs, and then ends as interrupted.
    ends = {signal.SIGINT: (INTERRUPTED,), signal.SIGTERM: (INTERRUPTED, -sent)}
    if code not in (0, *ends.get(signal.Signals(sent), (-sent,))):
        raise FaultError(f"it ended with {code} after signal {sent}:\n{said}")
    folder = home / command.folder
    there = folder.exists()
    if code == 0 and not there:
        raise FaultError("it was done, and there is nothing")
    aside = [path.name for path in home.iterdir() if path.name.startswith(".")]
    if code in (0, INTERRUPTED) and aside:
        raise FaultError(f"{aside} are left aside")
    for name in aside:  # of who was ended at once
        path = home / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if command.name == "sweep":
        now = command.told(folder) if there else {}
        if not command.acknowledged.items() <= now.items():
            raise FaultError("what was acknowledged is lost, or another")
        if not now.items() <= command.expected.items():
            raise FaultError("a run came to something else")
        command.acknowledged = now
    elif there and command.name != "report" and (folder / "run.json").exists():
        if code == 0 or not unfinished(folder):
            same(command, home)
    elif command.name == "report" and (folder / "report.html").exists():
        if not command.told(folder):
            raise FaultError("half of a page")
    elif there and command.name in ("run", "diagnose"):
        raise FaultError(f"a folder that is no answer: {sorted(p.name for p in folder.iterdir())}")


def same(command: Command, home: Path) -> None:
    """FaultError where a folder does not hold what was found without a fault."""
    found, expected = command.told(home / command.folder), command.expected
    if found != expected:
        keys = [key for key in {*found, *expected} if found.get(key) != expected.get(key)] if (
            isinstance(found, dict)
        ) else []  # fmt: skip
        shown = [(key, found.get(key), expected.get(key)) for key in keys[:3]]
        raise FaultError(f"{command.name} came to something else: {shown!r:.900}")


def cleared(command: Command, home: Path) -> None:
    """Take away what a command wrote, so that it begins anew."""
    folder = home / command.folder
    if command.name == "report":
        (folder / "report.html").unlink(missing_ok=True)
    else:
        for each in (folder, folder.with_name(f"{folder.name}.runs")):
            shutil.rmtree(each, ignore_errors=True)
        command.acknowledged = {}


def warmed(home: Path) -> list[Command]:
    """The commands, each run once in this process: how long it takes, and what it comes to."""
    found = commands(home)
    code, said = quiet([*found[0].words[:-1], "kept"], home)
    assert code == 0, said
    for command in found:
        for _ in range(2):  # the second time is as fast as those that follow
            cleared(command, home)
            since = time.monotonic()
            code, said = quiet(command.words, home)
            command.seconds = time.monotonic() - since
            if code:
                raise FaultError(f"{command.name} ends with {code}: {said}")
        command.expected = command.told(home / command.folder)
        cleared(command, home)
    return found


def rounds(home: Path, kills: int, seed: int) -> Iterator[tuple[str, int, int]]:
    """End commands at random moments; name, signal, and how each ended.

    Raises
    ------
    FaultError
        Naming the command, the signal and the moment, if something does not hold.
    """
    luck, every = random.Random(seed), warmed(home)
    said = home.parent / "said"
    for number in range(kills):
        command = every[number % len(every)]
        sent = luck.choice(SIGNALS)
        moment = luck.uniform(0.0, 1.1 * command.seconds)
        process = begun(command.words, home, said)
        time.sleep(moment)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, sent)
        try:
            code = ended(process)
            holds(command, home, code, sent, said.read_text(encoding="utf-8"))
        except FaultError as fault:
            what = f"{command.name}, signal {sent} after {moment:.3f} s of {command.seconds:.3f} s"
            raise FaultError(f"kill {number} of seed {seed}, {what}: {fault}") from None
        yield command.name, sent, code
        # A sweep and an optimum go on with what there is; others begin anew now and then.
        done = code == 0 or luck.random() < (0.1 if command.name == "sweep" else 0.5)
        if done:
            cleared(command, home)
    for command in every:
        code, text = quiet(command.words, home)
        if code:
            raise FaultError(f"{command.name} ends with {code} in the end: {text}")
        same(command, home)


def score(home: Path, kills: int, seed: int) -> str:
    """End so many commands, and say how they ended."""
    began, ends = time.monotonic(), Counter[str]()
    for number, (name, _, code) in enumerate(rounds(home, kills, seed), 1):
        if number % 50 == 0:
            sys.stderr.write(f"{number} of {kills}, {time.monotonic() - began:.0f} s\n")
        word = "done" if code == 0 else "interrupted" if code == INTERRUPTED else "killed"
        ends[f"{name} {word}"] += 1
    told = ", ".join(f"{name} {count}" for name, count in sorted(ends.items()))
    return (
        f"{kills} kills of seed {seed}, none acknowledged lost, none twice, "
        f"{time.monotonic() - began:.0f} s: {told}"
    )
