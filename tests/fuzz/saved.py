"""What is saved, after somebody was at it: runs, answers, ledgers, networks."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from .slips import STRANGE, another, flipped, slipped

Command = Callable[..., None]
_CELLS: Final[tuple[Any, ...]] = (
    None, -1, 0, 99, 1.5, 1e308, 2**62, "", "x", "[", "3", "null", "[1]", '["a"]', '{"a": 1}',
    "{}", "true",
    '{"x": [1]}', "[" * 3_000, "9" * 5_000, b"\xff\xfe", "../../etc/passwd", '"<script>"', "NaN",
    '[{"a": 1}]',
)  # fmt: skip
STUDY: Final = """\
scenario = "cascade"
replicates = 2
outcomes = ["reach", "shares"]
keep = ["series"]
[set]
network.people = 50
horizon = 4
[axes]
"share.base.*" = [0.02, 0.3]
"network.m" = [2, 3]
"""


class Changed(NamedTuple):
    """A saved folder after a change: its kind, new bytes by file, whether its sums fit again."""

    kind: str
    files: dict[str, bytes | None]
    repaired: bool
    links: bool = False


class Struck(NamedTuple):
    """A ledger after some SQL, or with other bytes, and what is asked of it."""

    sql: list[tuple[str, tuple[Any, ...]]]
    data: bytes | None
    asked: int


@cache
def home() -> Path:
    """A saved run, an answer and a study, made once."""
    from wordofmouth.experiments.commands.main import main

    folder = Path(tempfile.mkdtemp(prefix="wom-fuzz-"))
    (folder / "s.toml").write_text(STUDY, encoding="utf-8")
    small = ("--set", "network.people=60", "--set", "horizon=6")
    typed = (
        # One whose page has few figures to draw, and one that sells something.
        ("run", "reunion", *small, "--seed", "1", "--out", str(folder / "result")),
        ("run", "open_house", *small, "--seed", "1", "--out", str(folder / "sold")),
        ("credit", str(folder / "sold"), "--out", str(folder / "answer")),
        ("sweep", str(folder / "s.toml"), "--out", str(folder / "study"), "--jobs", "1"),
    )
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as said:
        for words in typed:
            assert main(list(words)) == 0, said.getvalue()
    return folder


def clean() -> None:
    """Remove what was made."""
    if home.cache_info().currsize:
        shutil.rmtree(home(), ignore_errors=True)
        home.cache_clear()
        _fit.cache_clear()


# folders --------------------------------------------------------------------------------------


def run(rng: Random) -> Changed:
    """A saved run after a change."""
    return _changed(rng, "result")


def answer(rng: Random) -> Changed:
    """A saved answer after a change."""
    return _changed(rng, "answer")


def _changed(rng: Random, kind: str) -> Changed:
    files = sorted(each.name for each in (home() / kind).iterdir() if each.suffix != ".html")
    told = [name for name in files if name.endswith(".json")]
    name = rng.choice(told if rng.random() < 0.6 else files)
    data = (home() / kind / name).read_bytes()
    if rng.random() < 0.05:
        return Changed(kind, {name: None}, repaired=False)
    if rng.random() < 0.05:
        return Changed(kind, {name: b"/etc/hostname"}, repaired=False, links=True)
    if name.endswith(".json"):
        data = _another(rng, data) if rng.random() < 0.7 else slipped(rng, [data])
    else:
        data = flipped(rng, [data])
    return Changed(kind, {name: data}, repaired=rng.random() < 0.7)


def _another(rng: Random, data: bytes) -> bytes:
    return json.dumps(another(rng, json.loads(data), STRANGE)).encode()


def enter(case: Changed, folder: Path, command: Command) -> None:
    """Make the page of a folder."""
    place = _put(case, folder)
    command("report", str(place), "--out", str(folder / "page.html"), "--json")
    assert "<script" not in (folder / "page.html").read_text(encoding="utf-8").lower()


def _put(case: Changed, folder: Path) -> Path:
    """Write a saved folder as it is after the change."""
    place = folder / "kept"
    shutil.copytree(home() / case.kind, place)
    for name, data in case.files.items():
        (place / name).unlink()
        if case.links:
            (place / name).symlink_to(str((data or b"").decode()))
        elif data is not None:
            (place / name).write_bytes(data)
    if case.repaired:
        _repair(place, case.files)
    return place


def _repair(place: Path, files: dict[str, bytes | None]) -> None:
    """Write the sums of what is there, as somebody would who knows how."""
    try:
        told = json.loads((place / "run.json").read_bytes())
        for name in files:
            if name in told["files"]:
                told["files"][name] = hashlib.sha256((place / name).read_bytes()).hexdigest()
    except (ValueError, TypeError, KeyError, RecursionError, OSError):
        return
    (place / "run.json").write_text(json.dumps(told), encoding="utf-8")


# fits -----------------------------------------------------------------------------------------


@cache
def _fit() -> Path:
    """A saved fit, made once, in the home of all that is saved."""
    import wordofmouth as wom

    from ..experiments.answers.fit.measured import campaign, seen

    small = campaign(**{"network.people": 60})
    found = wom.fit(small, seen(small, "clicks"), free="transact.click", runs=200, worlds=1, jobs=1)
    return found.save(home() / "fit")


def fit(rng: Random) -> Changed:
    """A saved fit after a change."""
    _fit()
    return _changed(rng, "fit")


def open_fit(case: Changed, folder: Path) -> None:
    """Take the folder of a fit in place of a scenario, and read it whole."""
    from wordofmouth import Fit
    from wordofmouth.experiments.worlds.given import draws_in

    _fit()
    place = _put(case, folder)
    draws = draws_in(place)
    assert draws.at(1).horizon == draws.base.horizon
    assert Fit.load(place).sentence


# ledgers --------------------------------------------------------------------------------------


@cache
def _columns() -> tuple[tuple[str, str], ...]:
    with closing(sqlite3.connect(home() / "study" / "runs.sqlite")) as base:
        names = [
            name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        found = [(t, row[1]) for t in names for row in base.execute(f"PRAGMA table_info({t})")]
    often = [
        (t, c)
        for t, c in found
        if t != "runs" or c in ("status", "reach", "error", "point", "seconds")
    ]
    return (*often, *often, *found)


def ledger(rng: Random) -> Struck:
    """A ledger with other cells, without some rows, or with other bytes."""
    if rng.random() < 0.2:
        with closing(sqlite3.connect(home() / "study" / "runs.sqlite")) as base:
            data = base.serialize()
        return Struck([], flipped(rng, [data]), rng.randrange(5))
    sql: list[tuple[str, tuple[Any, ...]]] = []
    for _ in range(rng.choice((1, 1, 2, 4))):
        table, column = rng.choice(_columns())
        which = f"(SELECT {column} FROM {table} ORDER BY random() LIMIT 1)"
        if rng.random() < 0.15:
            sql.append((f"DELETE FROM {table} WHERE {column} = {which}", ()))
        elif rng.random() < 0.1:
            sql.append((rng.choice((
                f"DROP TABLE {table}", f"ALTER TABLE {table} RENAME TO other",
                f"DELETE FROM {table}", "ALTER TABLE runs ADD COLUMN '<script>' REAL",
                "ALTER TABLE runs ADD COLUMN 'Reach ' TEXT",
            )), ()))  # fmt: skip
        elif table == "about" and column == "value":
            name = rng.choice(
                ("name", "axes", "outcomes", "labels", "parts", "keep", "world", "replicates")
            )
            sql.append(("UPDATE about SET value = ? WHERE name = ?", (rng.choice(_CELLS), name)))
        else:
            limit = "" if rng.random() < 0.3 else f" WHERE {column} = {which}"
            sql.append((f"UPDATE {table} SET {column} = ?{limit}", (rng.choice(_CELLS),)))
    return Struck(
        [(s.replace("ORDER BY random() ", ""), v) for s, v in sql], None, rng.randrange(5)
    )


def study(case: Struck, folder: Path, command: Command) -> None:
    """Ask a study for something."""
    place = folder / "study"
    shutil.copytree(home() / "study", place)
    path = place / "runs.sqlite"
    if case.data is not None:
        for each in place.glob("runs.sqlite*"):
            each.unlink()
        path.write_bytes(case.data)
    else:
        with closing(sqlite3.connect(path)) as base:
            for sql, values in case.sql:
                try:
                    base.execute(sql, values)
                except sqlite3.Error:  # it keeps itself from that
                    continue
            base.commit()
    where = str(place)
    match case.asked:
        case 0:
            command("status", where, "--json")
        case 1:
            command("export", where, "--to", str(folder / "runs.csv"))
        case 2:
            command("report", where, "--out", str(folder / "page.html"))
            assert "<script" not in (folder / "page.html").read_text(encoding="utf-8").lower()
        case 3:
            command("analyse", where, "--json")
        case _:
            command("sweep", str(place / "study.toml"), "--out", where, "--jobs", "1", "--json")


# networks -------------------------------------------------------------------------------------

_HEADS: Final = (
    b"{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }",
    b"{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }",
)


def arrays(rng: Random, networks: Sequence[bytes]) -> bytes:
    """A saved network with other bytes, or with another array in it."""
    data = rng.choice(networks)
    if rng.random() < 0.4:
        return flipped(rng, [data])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as had, zipfile.ZipFile(file, "w") as has:
        name = rng.choice(had.namelist())
        for each in had.namelist():
            inner = had.read(each)
            if each == name and rng.random() < 0.9:
                inner = (
                    header(slipped(rng, _HEADS)[:60_000]) + inner[-24:]
                    if rng.random() < 0.5
                    else flipped(rng, [inner])
                )
            has.writestr(zipfile.ZipInfo(each), inner)
    return file.getvalue()


def header(text: bytes) -> bytes:
    """The head of an array of numpy that says so."""
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(text) + 1) + text + b"\n"
