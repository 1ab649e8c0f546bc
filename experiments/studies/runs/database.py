"""An SQLite file as studies speak to it: whole transactions, and errors in a sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from ....sim.errors import CampaignError, StorageError

_PATIENCE: Final = 60.0


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
        with self.speaking():
            yield from self.base.execute(sql, values)

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
    elif "malformed" in said or "not a database" in said:
        remedy = "the file is damaged; restore it, or run the study in a new folder"
    elif "no such table" in said or "no such column" in said:
        remedy = "this is no ledger of a study; name the folder that wom sweep made"
    elif "locked" in said:
        remedy = "another process holds it; try again"
    else:
        remedy = "check who may write there"
    return f"{path}: the ledger cannot be used ({said}); {remedy}."
