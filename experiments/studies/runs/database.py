"""An SQLite file that several processes write: whole transactions, and who of them is alive."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from ....sim.border import border
from ....sim.errors import CampaignError, StorageError

_PATIENCE: Final = 60.0
# Seconds after which a driver that says nothing, on another machine, is taken for dead.
LEASE: Final = 60.0


class Database:
    """An SQLite file, as one process sees it.

    Parameters
    ----------
    path
        The file; None: in memory.

    Raises
    ------
    StorageError
        If it cannot be opened, or is no database.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = ":memory:" if path is None else str(path)
        with self.speaking():
            if path is not None and path.is_file() and not _writable(path):
                self.base = self._connected(f"{path.absolute().as_uri()}?{_reading(path)}")
                return
            self.base = self._connected(self.path)
            if path is not None:
                # Readers and one writer side by side; a commit is on the disk before it is told.
                self.base.execute("PRAGMA journal_mode = WAL")
                self.base.execute("PRAGMA synchronous = FULL")

    def _connected(self, where: str) -> sqlite3.Connection:
        return sqlite3.connect(
            where, timeout=_PATIENCE, isolation_level=None, check_same_thread=False,
            uri=where.startswith("file:"),
        )  # fmt: skip

    def close(self) -> None:
        """Let go of the file."""
        with self.speaking():
            self.base.close()

    def read(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a question in SQL."""
        remedy = "the file is damaged; restore it, or run the study in a new folder"
        with border(self.path, StorageError, remedy=remedy), self.speaking():
            # Not `yield from`, which would close the cursor of a ledger that is closed already.
            for row in self.base.execute(sql, values):  # noqa: UP028
                yield row

    def columns(self, table: str) -> list[str]:
        """The names of the columns of a table, in the order in which they were added."""
        return [row[1] for row in self.read(f"PRAGMA table_info({table})")]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all of it, or nothing; StorageError if it cannot be written."""
        with self.speaking():
            self.base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.base.execute("COMMIT")
            except BaseException:
                # On some errors SQLite has rolled back by itself.
                if self.base.in_transaction:
                    self.base.execute("ROLLBACK")
                raise

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """What SQLite says, as a StorageError with a remedy."""
        try:
            yield
        except CampaignError:
            raise
        except sqlite3.Error as problem:
            raise StorageError(_sentence(self.path, problem)) from problem


def copied(path: Path, to: Path) -> None:
    """Copy a database as it stands between two transactions, whoever writes it meanwhile.

    Raises
    ------
    StorageError
        If it cannot be read, or is no database.
    """
    shared = path.with_name(f"{path.name}-shm")
    if not shared.exists():
        # Nobody has it open, and SQLite would leave files beside it.
        for each in (path, path.with_name(f"{path.name}-wal")):
            if each.exists():
                shutil.copyfile(each, to.with_name(to.name + each.name.removeprefix(path.name)))
        return
    try:
        with (
            border(str(path), StorageError, remedy="make room, or choose another disk"),
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base,
            closing(sqlite3.connect(to)) as made,
        ):
            base.backup(made)
    except sqlite3.Error as problem:
        raise StorageError(_sentence(str(path), problem)) from problem


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _reading(path: Path) -> str:
    """How to open what one may only read: a study that somebody else ran, on their disk."""
    log = path.with_name(f"{path.name}-wal")
    # Nobody writes where there is no log, and SQLite need not make one beside it.
    return "mode=ro" if log.exists() else "immutable=1"


def _sentence(path: str, problem: sqlite3.Error) -> str:
    said = str(problem)
    if "full" in said or "disk I/O" in said:
        remedy = "make room; what was acknowledged is kept, and the same command resumes"
    elif any(word in said for word in ("malformed", "not a database", "decode")):
        remedy = "the file is damaged; restore it, or run the study in a new folder"
    elif "no such table" in said or "no such column" in said:
        remedy = "this is no ledger of a study; name the folder that wom sweep made"
    elif "locked" in said:
        remedy = "another process holds it; try again"
    else:
        remedy = "check who may write there"
    return f"{path}: the ledger cannot be used ({said}); {remedy}."


TABLE: Final = """
CREATE TABLE IF NOT EXISTS drivers (
  driver TEXT PRIMARY KEY, host TEXT NOT NULL, process INTEGER NOT NULL, started TEXT NOT NULL,
  beat REAL NOT NULL) WITHOUT ROWID
"""


class Drivers:
    """The drivers of a study; `name` is the one that this process is.

    Parameters
    ----------
    database
        Which has the table.
    release
        Opens what the driver of a name had claimed, within a transaction.
    """

    def __init__(self, database: Database, release: Callable[[str], None]) -> None:
        self._database, self._release = database, release
        self._process, self._host = os.getpid(), machine()
        # As people see it, who may have to end it: host, process, and which driver of it.
        self.name = f"{socket.gethostname()}:{self._process}:{secrets.token_hex(4)}"

    def sign_on(self) -> None:
        """Say that this driver is at work, and take over from the dead."""
        with self._database.writing():
            self.beat()
            self.bury()

    def sign_off(self) -> None:
        """Give back what was claimed and not run."""
        with self._database.writing():
            self._leave(self.name)

    def still(self) -> None:
        """Say that this driver is still at work."""
        with self._database.writing():
            self.beat()

    def beat(self) -> None:
        """As `still`, within a transaction.

        Who was taken for dead, because its machine slept, is at work again from here on.
        """
        self._database.base.execute(
            "INSERT OR REPLACE INTO drivers VALUES (?, ?, ?, ?, ?)",
            (self.name, self._host, self._process, started(self._process), time.time()),
        )

    def bury(self) -> None:
        """Open what the dead had claimed; within a transaction."""
        for driver, host, process, then, beat in self._database.base.execute(
            "SELECT driver, host, process, started, beat FROM drivers WHERE driver <> ?",
            (self.name,),
        ).fetchall():
            here = host == self._host
            dead = here and started(process) != then
            if dead or (not here and time.time() - beat > LEASE):
                self._leave(driver)

    def others(self) -> list[str]:
        """The other drivers at work on this study, living or not yet known to be dead."""
        rows = self._database.read("SELECT driver FROM drivers WHERE driver <> ?", (self.name,))
        return [driver for (driver,) in rows]

    def _leave(self, driver: str) -> None:
        self._release(driver)
        self._database.base.execute("DELETE FROM drivers WHERE driver = ?", (driver,))


def machine() -> str:
    """The place whose processes this one can see: a host since it was started, or a container.

    A host's name is not enough: two containers may bear one, and the number of a process means
    nothing outside of its own.
    """
    known = [socket.gethostname()]
    with suppress(OSError):
        known.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip())
    with suppress(OSError):
        known.append(str(Path("/proc/self/ns/pid").readlink()))
    return " ".join(known)


def started(process: int) -> str:
    """When a process of this machine started: a number that another of its number has not.

    Empty if there is none, or if it is dead and nobody has asked what became of it.
    """
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
        fields = text.rpartition(")")[2].split()
        return "" if fields[0] in "ZX" else fields[19]
    except (OSError, IndexError):
        pass
    if Path("/proc/self/stat").exists():
        return ""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return ""
    except (OSError, SystemError):
        pass
    return "unknown"
