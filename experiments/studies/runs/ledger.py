"""The ledger of a study: one SQLite file that says of every run what became of it.

A run is open, claimed by a driver, done or failed. What is committed as done is never run again
and never lost, whoever is killed. Tables, for readers of their own:

==========  ====================================================================================
``about``   what the study is, by name: its text, digest, labels, outcomes
``points``  a row a point: its number, its axes as JSON, the digest of its parameters
``runs``    a row a run: key, point, replicate, seeds, status, digest, seconds, versions, error,
            and a column an outcome
``plan``    which run is which replicate of which point; two points of equal parameters share runs
``parts``   the Parquet files of what was kept besides, with their checksums
``drivers`` who is at work, and when they last said so
==========  ====================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from ....sim.errors import InputError, StorageError
from ...store.provenance import versions
from .database import TABLE, Database, Drivers, quoted
from .model import MODEL

NAME: Final = "runs.sqlite"
OPEN, CLAIMED, DONE, FAILED = range(4)
STATUS: Final = ("open", "claimed", "done", "failed")
# How often a run is tried whose worker died with it.
ATTEMPTS: Final = 3

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS points (
  point INTEGER PRIMARY KEY, axes TEXT NOT NULL, parameters TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, point INTEGER, replicate INTEGER,
  seed INTEGER NOT NULL, world INTEGER NOT NULL, status INTEGER NOT NULL DEFAULT 0,
  driver TEXT, attempts INTEGER NOT NULL DEFAULT 0, network TEXT, digest TEXT, seconds REAL,
  made_with TEXT, error TEXT, trace TEXT);
CREATE INDEX IF NOT EXISTS runs_by_status ON runs (status, replicate, point);
CREATE TABLE IF NOT EXISTS plan (
  point INTEGER NOT NULL, replicate INTEGER NOT NULL, run INTEGER NOT NULL,
  PRIMARY KEY (point, replicate)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (
  name TEXT PRIMARY KEY, kind TEXT NOT NULL, checksum TEXT NOT NULL, rows INTEGER NOT NULL
) WITHOUT ROWID;
"""

# Columns of runs that are no outcomes.
_OWN: Final = frozenset(
    ("id", "key", "point", "replicate", "seed", "world", "status", "driver", "attempts", "network",
     "digest", "seconds", "made_with", "error", "trace")
)  # fmt: skip


class ClaimedRun(NamedTuple):
    """A run that this driver is to make, with the seeds of its luck and its world."""

    run: int
    point: int
    replicate: int
    seed: int
    world: int


class FinishedRun(NamedTuple):
    """What became of a run, and the tables that are kept of it."""

    run: int
    values: Mapping[str, float]
    digest: str = ""
    network: str = ""
    seconds: float = 0.0
    error: str | None = None
    trace: str | None = None
    tables: Mapping[str, Mapping[str, Any]] = {}


class PlannedPoint(NamedTuple):
    """A point that is planned: its number, its axes as JSON, the digest of its parameters."""

    point: int
    axes: str
    parameters: str


# Its key, point, replicate, seed and world.
PlannedRun = tuple[str, int, int, int, int]


class Ledger(Database):
    """The ledger of a study, as one process sees it; `drivers` are those at work on it.

    Parameters
    ----------
    folder
        The study's folder; None: in memory, for a study that nobody keeps.
    make
        Whether to make it where there is none.

    Raises
    ------
    StorageError
        If there is none, or it cannot be opened, or is no ledger.
    """

    def __init__(self, folder: Path | None, *, make: bool = False) -> None:
        self.folder = folder
        if folder is not None and not make and not (folder / NAME).is_file():
            what = "holds no study" if folder.is_dir() else "is no folder"
            raise StorageError(f"{folder}: this {what}; give the folder that wom sweep --out made.")
        super().__init__(None if folder is None else folder / NAME)
        self.drivers = Drivers(self, self._reopen)
        if make:
            self._make()
        elif self.about("name") is None:
            raise StorageError(f"{folder}: the study was never planned; run wom sweep again.")

    def _make(self) -> None:
        with self.writing():
            there = {name for (name,) in self.read("SELECT name FROM sqlite_master")}
            if there and "about" not in there:
                raise StorageError(
                    f"{self.path}: this is the database of something else; name a new folder."
                )
            for statement in (*_TABLES.split(";\n"), TABLE):
                if statement.strip():
                    self.base.execute(statement)

    def about(self, name: str) -> str | None:
        """What the ledger says of the study under a name."""
        rows = list(self.read("SELECT value FROM about WHERE name = ?", (name,)))
        return str(rows[0][0]) if rows else None

    def tell(self, told: Mapping[str, str]) -> None:
        """Write what the study is; within `writing`."""
        self.base.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", list(told.items()))

    def plan(self, digest: str, points: Iterable[PlannedPoint], runs: Iterable[PlannedRun]) -> None:
        """Plan what is to be run, in place of what was; within `writing`.

        What was run before, for this or another plan, keeps what it came to.
        """
        execute = self.base.execute
        execute("DELETE FROM points")
        execute("DELETE FROM plan")
        execute("UPDATE runs SET point = NULL, replicate = NULL WHERE point IS NOT NULL")
        self.base.executemany("INSERT INTO points VALUES (?, ?, ?)", points)
        for key, point, replicate, seed, world in runs:
            execute(
                "INSERT INTO runs (key, point, replicate, seed, world) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET point = COALESCE(point, excluded.point), "
                "replicate = COALESCE(replicate, excluded.replicate)",
                (key, point, replicate, seed, world),
            )
            execute(
                "INSERT INTO plan SELECT ?, ?, id FROM runs WHERE key = ?", (point, replicate, key)
            )
        self.tell({"digest": digest})

    def retry(self) -> int:
        """Open the failed runs of the plan again; how many they are."""
        with self.writing():
            return self.base.execute(
                "UPDATE runs SET status = ?, error = NULL, trace = NULL, attempts = 0 "
                "WHERE status = ? AND point IS NOT NULL",
                (OPEN, FAILED),
            ).rowcount

    def claim(self, most: int, digest: str) -> list[ClaimedRun]:
        """Claim open runs; none if there is none.

        Raises
        ------
        StorageError
            If somebody has changed the study since.
        """
        with self.writing():
            if self.about("digest") != digest:
                raise StorageError(
                    f"{self.folder}: another process changed the study meanwhile; what this one "
                    "ran is kept, start it again."
                )
            self.drivers.bury()
            self.drivers.beat()
            sql = (
                "SELECT id, point, replicate, seed, world FROM runs WHERE status = ? "
                "AND point IS NOT NULL ORDER BY replicate, point LIMIT ?"
            )
            rows = list(self.read(sql, (OPEN, most)))
            self.base.executemany(
                "UPDATE runs SET status = ?, driver = ? WHERE id = ?",
                [(CLAIMED, self.drivers.name, row[0]) for row in rows],
            )
        return [ClaimedRun(*row) for row in rows]

    def commit(
        self, rows: Sequence[FinishedRun], parts: Sequence[tuple[str, str, str, int]] = ()
    ) -> set[int]:
        """Write what became of runs, unless some of them are not this driver's any more.

        Returns
        -------
        set of int
            The runs that somebody else has taken over; where there are any, nothing is written.

        Parameters
        ----------
        rows
            The runs.
        parts
            Name, kind, checksum and rows of the files that hold their tables.
        """
        made_with = json.dumps({"model": MODEL, **versions()})
        with self.writing():
            sql = "SELECT id FROM runs WHERE status = ? AND driver = ?"
            mine = {run for (run,) in self.read(sql, (CLAIMED, self.drivers.name))}
            lost = {row.run for row in rows} - mine
            if lost:
                return lost
            names = list(dict.fromkeys(name for row in rows for name in row.values))
            self._room_for(names)
            columns = "".join(f", {quoted(name)} = ?" for name in names)
            told = "status = ?, driver = NULL, digest = ?, network = ?, seconds = ?, error = ?"
            sql = f"UPDATE runs SET {told}, trace = ?, made_with = ?{columns} WHERE id = ?"  # noqa: S608
            for row in rows:
                status = DONE if row.error is None else FAILED
                self.base.execute(
                    sql,
                    (
                        status, row.digest, row.network, row.seconds, row.error, row.trace,
                        made_with, *map(row.values.get, names), row.run,
                    ),
                )  # fmt: skip
            self.base.executemany("INSERT INTO parts VALUES (?, ?, ?, ?)", parts)
            self.drivers.beat()
        return set()

    def blame(self, runs: Iterable[int]) -> set[int]:
        """Count runs with which a worker died; those with which it did too often."""
        with self.writing():
            tried = [
                self.base.execute(
                    "UPDATE runs SET attempts = attempts + 1 WHERE id = ? RETURNING id, attempts",
                    (run,),
                ).fetchone()
                for run in runs
            ]
        return {run for run, times in tried if times >= ATTEMPTS}

    def unclaim(self, runs: Iterable[int]) -> None:
        """Open claimed runs again that were never begun."""
        with self.writing():
            self.base.executemany(
                "UPDATE runs SET status = ?, driver = NULL WHERE id = ? AND driver = ?",
                [(OPEN, run, self.drivers.name) for run in runs],
            )

    def _reopen(self, driver: str) -> None:
        self.base.execute(
            "UPDATE runs SET status = ?, driver = NULL WHERE status = ? AND driver = ?",
            (OPEN, CLAIMED, driver),
        )

    def _room_for(self, names: Iterable[str]) -> None:
        """A column for each outcome, added when it is first seen."""
        there = self.columns("runs")
        for name in names:
            if name in there and name not in _OWN:
                continue
            if name.lower() in {column.lower() for column in there}:
                raise InputError(
                    f"outcome {name!r} is also the name of another column; call it otherwise."
                )
            self.base.execute(f"ALTER TABLE runs ADD COLUMN {quoted(name)} REAL")
            there.append(name)

    def counts(self) -> dict[str, int]:
        """How many runs of the plan are open, claimed, done and failed."""
        sql = "SELECT status, COUNT(*) FROM runs WHERE point IS NOT NULL GROUP BY status"
        found = dict(self.read(sql))
        return {name: int(found.get(k, 0)) for k, name in enumerate(STATUS)}

    def failure(self) -> dict[str, Any] | None:
        """The point, replicate and error of the first run that failed; None if none did."""
        sql = (
            "SELECT plan.point, plan.replicate, runs.error FROM plan "
            "JOIN runs ON runs.id = plan.run WHERE runs.status = ? ORDER BY plan.point, "
            "plan.replicate LIMIT 1"
        )
        rows = list(self.read(sql, (FAILED,)))
        return dict(zip(("point", "replicate", "error"), rows[0], strict=True)) if rows else None

    def outcomes(self) -> list[str]:
        """The names of the outcomes that there are, in the order in which they were first seen."""
        return [name for name in self.columns("runs") if name not in _OWN]
