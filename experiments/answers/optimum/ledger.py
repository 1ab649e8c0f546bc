"""The trials of a search on disk: whole or not there, by one writer, in Optuna's own storage."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from ....sim.border import border
from ....sim.errors import InputError, StorageError
from ...store.folder import check, kind_of, put_file

TRIALS: Final = "trials.sqlite"
_LOCK: Final = "search.lock"
# SQLite keeps a journal beside a file while it writes it.
_OWN: Final = (TRIALS, f"{TRIALS}-journal", _LOCK, f"{_LOCK}-journal")
_NAME: Final = "wordofmouth"
_ASKED: Final = "asked"


def optuna() -> Any:
    """Optuna, and what it needs.

    Raises
    ------
    InputError
        If it is not installed.
    """
    try:
        return import_module("optuna")
    except ImportError:
        raise InputError(
            "Optuna is not installed, which searches among plans; install wordofmouth[optimise]."
        ) from None


@contextmanager
def quiet(module: Any) -> Iterator[None]:
    """Keep Optuna from reporting every trial: progress is told by whoever waits."""
    before = module.logging.get_verbosity()
    module.logging.set_verbosity(module.logging.WARNING)
    try:
        yield
    finally:
        module.logging.set_verbosity(before)


class TrialLog:
    """The trials that are finished, of one search.

    Only whole trials are written, each in one transaction of SQLite, so that a process may be
    killed at any moment and loses the trial that it was at.

    Parameters
    ----------
    folder
        Where they are kept; None: nowhere.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._study: Any = None

    @contextmanager
    def opened(self, asked: Mapping[str, Any]) -> Iterator[list[Any]]:
        """Hold the folder while it is searched; gives the trials that are there.

        Parameters
        ----------
        asked
            All that decides what a trial comes to. A folder holds the trials of one search.

        Raises
        ------
        InputError
            If the folder holds trials of another search.
        StorageError
            If it cannot be written, or another process searches in it.
        """
        if self.folder is None:
            yield []
            return
        check(self.folder)
        _same(self.folder, self._asked(self.folder), asked)
        self._claim(self.folder)
        lock = _locked(self.folder)
        try:
            with self._storage(self.folder) as storage:
                with quiet(optuna()), _speaking(self.folder):
                    self._study = optuna().create_study(
                        storage=storage, study_name=_NAME, load_if_exists=True, direction="maximize"
                    )
                    self._study.set_user_attr(_ASKED, dict(asked))
                    there = list(self._study.trials)
                yield there
        finally:
            self._study = None
            lock.close()

    @contextmanager
    def _storage(self, folder: Path) -> Iterator[Any]:
        with _speaking(folder):
            url = f"sqlite:///{(folder / TRIALS).absolute()}"
            storage = optuna().storages.RDBStorage(url)
        try:
            yield storage
        finally:
            storage.remove_session()
            storage.engine.dispose()

    def _asked(self, folder: Path) -> Mapping[str, Any]:
        """What the search of a folder was asked; nothing where there is none."""
        if not (folder / TRIALS).is_file():
            return {}
        with self._storage(folder) as storage, _speaking(folder):
            names = optuna().get_all_study_names(storage)
            if _NAME not in names:
                return {}
            study = optuna().load_study(storage=storage, study_name=_NAME)
            return dict(study.user_attrs.get(_ASKED, {}))

    def add(self, trial: Any) -> None:
        """Keep a finished trial; on the disk when this returns."""
        if self._study is None:
            return
        with _speaking(Path(self.folder or "")):
            self._study.add_trial(trial)

    def data(self) -> dict[str, bytes]:
        """The file of the trials, for the folder of the answer; nothing where none is kept."""
        if self.folder is None or not (self.folder / TRIALS).is_file():
            return {}
        return {TRIALS: (self.folder / TRIALS).read_bytes()}

    def _claim(self, folder: Path) -> None:
        """Say in the folder what it is for, so that the answer may replace it as a whole."""
        kind = kind_of(folder)
        names = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
        if kind not in ("", "search", "optimum"):
            raise StorageError(
                f"{folder}: this folder holds a {kind} and no search; name a new folder."
            )
        told = {
            "format": "wordofmouth search 1",
            "files": dict.fromkeys(sorted({*names, *_OWN}), ""),
            "command": "wom optimise",
        }
        if kind != "search":
            put_file(folder / "run.json", (json.dumps(told, indent=2) + "\n").encode())


def _speaking(folder: Path) -> AbstractContextManager[None]:
    """What Optuna and SQLite say of a folder's trials, in a sentence."""
    return border(
        str(folder / TRIALS), StorageError, fault="the trials cannot be kept here",
        remedy="see whether the disk is full or the file is damaged; the same command goes on",
    )  # fmt: skip


def _locked(folder: Path) -> sqlite3.Connection:
    """A lock on the folder that ends with the process, however that ends."""
    with border(str(folder / _LOCK), StorageError, remedy="name a folder that you may write to"):
        lock = sqlite3.connect(folder / _LOCK, timeout=0.0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        lock.close()
        raise StorageError(
            f"{folder}: another process searches in this folder; wait for it, or name a new one."
        ) from None
    return lock


def _same(folder: Path, before: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    for name, value in asked.items() if before else ():
        if json.dumps(before.get(name)) != json.dumps(value):
            told = f"{before.get(name)!r}, and {value!r} is asked"
            raise InputError(
                f"{folder}: this folder holds a search with another {name}"
                + (f" ({told})" if len(told) < 160 else "")
                + "; name a new folder, or ask for the same."
            )
