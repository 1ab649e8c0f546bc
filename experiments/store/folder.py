"""A folder of results on disk: there as a whole, or not at all."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ...sim.border import border
from ...sim.errors import CampaignError, StorageError
from .files import read

_REMEDIES: Final = {
    errno.ENOSPC: "make room or choose another disk",
    errno.EFBIG: "make room or choose another disk",
    errno.EDQUOT: "make room or choose another disk",
    errno.EBUSY: "name a new folder in it",
}


def check(folder: str | Path) -> None:
    """Refuse a folder that a result could not be written to, before the result is computed.

    Raises
    ------
    StorageError
        If the folder is a file, the current folder, holds something other than a saved result,
        or a folder beside it cannot be made.
    """
    goal = _goal(folder)
    with _speaking(folder), _parents(goal):
        aside = _sibling(goal)
        aside.mkdir()
        aside.rmdir()


def put(folder: str | Path, files: Mapping[str, bytes]) -> None:
    """Write files as a folder: aside first, then renamed over what was there.

    A reader sees the folder of before or the new one, never some files of each: between two
    renames there is for an instant no folder at all.

    Raises
    ------
    StorageError
        As for `check`, or if the disk is full; then nothing has changed.
    """
    goal = _goal(folder)
    with _speaking(folder), _parents(goal):
        aside = _sibling(goal)
        try:
            aside.mkdir()
            for name, data in files.items():
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                _write(aside / name, data)
            _swap(aside, goal)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def put_file(path: Path, data: bytes) -> None:
    """Write one file aside, then rename it; the folders above are made.

    Raises
    ------
    StorageError
        If it cannot be written; then nothing has changed.
    """
    goal = path.absolute()
    with _speaking(path):
        if goal.is_dir():
            raise StorageError(f"{path}: this is a folder; the file cannot be written over it.")
        _refuse_file_above(goal, path)
        with _parents(goal):
            aside = _sibling(goal)
            try:
                _write(aside, data)
                aside.replace(goal)
            finally:
                with suppress(OSError):
                    aside.unlink(missing_ok=True)


def kind_of(folder: str | Path) -> str:
    """What a folder holds, in a word of its ``run.json``; empty if it is nothing of ours."""
    try:
        with border(str(folder)):
            maker, kind, _ = json.loads(read(Path(folder) / "run.json"))["format"].split()
    except CampaignError:  # somebody else may have written it
        return ""
    return str(kind) if maker == "wordofmouth" else ""


def command_of(folder: str | Path) -> str:
    """The command that makes again what a folder holds; empty if it is nothing of ours."""
    if not kind_of(folder):
        return ""
    with border(str(folder)):
        return str(json.loads(read(Path(folder) / "run.json")).get("command", ""))


def _write(path: Path, data: bytes) -> None:
    """Write a new file, and wait until it is on the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _swap(aside: Path, goal: Path) -> None:
    if not goal.exists():
        aside.rename(goal)
        return
    before = _sibling(goal)
    goal.rename(before)
    try:
        aside.rename(goal)
    except BaseException:
        before.rename(goal)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _goal(folder: str | Path) -> Path:
    """Where the folder really is, if a result may be written there."""
    try:
        goal = Path(folder).resolve()
        if goal.exists() and not goal.is_dir():
            raise StorageError(f"{folder}: this is a file; name a folder for the result.")
        _refuse_file_above(goal, folder)
        here = Path.cwd()
        if goal == here or goal in here.parents:
            raise StorageError(
                f"{folder}: this is the current folder or one around it; name a new folder in it."
            )
        names = {entry.name for entry in goal.iterdir()} if goal.is_dir() else set()
        if names:
            strange = sorted(names - _written_before(goal))
            if strange:
                raise StorageError(
                    f"{folder}: this folder holds {strange[0]!r}, which is no part of a saved "
                    "result; name a new folder."
                )
    except StorageError:
        raise
    except (OSError, RuntimeError, ValueError) as problem:
        raise StorageError(_sentence(folder, problem)) from problem
    return goal


def _refuse_file_above(goal: Path, typed: str | Path) -> None:
    above = next(parent for parent in goal.parents if parent.exists())
    if not above.is_dir():
        raise StorageError(f"{typed}: {above} is a file; name a folder that can be made.")


def _written_before(goal: Path) -> set[str]:
    """The files of the result that a folder holds; none if it holds none."""
    if not kind_of(goal):
        return set()
    try:
        with border(str(goal)):
            told = json.loads(read(goal / "run.json"))
            return {*told["files"], "run.json", "scenario.toml", "report.html"}
    except CampaignError:
        return set()


def _sibling(goal: Path) -> Path:
    return goal.with_name(f".{goal.name}.{secrets.token_hex(6)}")


@contextmanager
def _parents(goal: Path) -> Iterator[None]:
    """Make the folders above `goal`; those that end up with nothing in them go again."""
    missing = [parent for parent in goal.parents if not parent.exists()]
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for parent in missing:
            with suppress(OSError):
                parent.rmdir()


@contextmanager
def _speaking(folder: str | Path) -> Iterator[None]:
    try:
        yield
    except StorageError:
        raise
    except OSError as problem:
        raise StorageError(_sentence(folder, problem)) from problem


def _sentence(folder: str | Path, problem: Exception) -> str:
    number = problem.errno if isinstance(problem, OSError) else None
    reason = os.strerror(number).lower() if number else str(problem)
    remedy = _REMEDIES.get(number or 0, "choose a folder that you may write to")
    return f"{folder}: the result cannot be written there ({reason}); {remedy}."
