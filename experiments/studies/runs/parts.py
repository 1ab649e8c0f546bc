"""The Parquet parts of a study: series and forests of runs, in batches, checked on reading."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ....sim.errors import StorageError
from .drivers import LEASE
from .ledger import Ledger

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER: Final = "parts"


def write(
    folder: Path, tables: Iterable[tuple[int, Mapping[str, Mapping[str, Any]]]]
) -> list[tuple[str, str, str, int]]:
    """Write the tables of runs as one file a kind; name, kind, checksum and rows of each.

    A file is not part of the study before the ledger names it: whoever is killed in between
    leaves a file that nobody reads and `sweep_up` removes.

    Parameters
    ----------
    folder
        The study's.
    tables
        The number of each run, and its tables by kind.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds: dict[str, list[pa.Table]] = {}
    for run, kept in tables:
        for kind, columns in kept.items():
            size = len(next(iter(columns.values())))
            extra = {"tick": np.arange(size)} if kind == "series" else {}
            own = {"run": np.full(size, run, np.int64), **extra, **columns}
            kinds.setdefault(kind, []).append(pa.table(own))
    written = []
    for kind, several in kinds.items():
        file = io.BytesIO()
        whole = pa.concat_tables(several)
        pq.write_table(whole, file, compression="zstd")
        name = f"{kind}-{secrets.token_hex(8)}.parquet"
        _put(folder / FOLDER, name, file.getvalue())
        checksum = hashlib.sha256(file.getvalue()).hexdigest()
        written.append((name, kind, checksum, whole.num_rows))
    return written


def discard(folder: Path, parts: Iterable[Sequence[Any]]) -> None:
    """Remove files that did not come to be named by the ledger."""
    for name, *_ in parts:
        with suppress(OSError):
            (folder / FOLDER / name).unlink()


def sweep_up(folder: Path, ledger: Ledger) -> None:
    """Remove the files of drivers that were killed before their ledger named them."""
    if ledger.drivers.others() or not (folder / FOLDER).is_dir():
        return
    named = {name for (name,) in ledger.read("SELECT name FROM parts")}
    for path in (folder / FOLDER).iterdir():
        # What is young may be of a driver that began this very moment.
        if path.name not in named and time.time() - path.stat().st_mtime > LEASE:
            discard(folder, [(path.name,)])


def read(folder: Path, ledger: Ledger, kind: str) -> Iterator[pa.Table]:
    """The tables of a kind, a file each, each checked first.

    Raises
    ------
    StorageError
        Naming the file that is missing or damaged.
    """
    import pyarrow.parquet as pq

    rows = ledger.read("SELECT name, checksum FROM parts WHERE kind = ? ORDER BY name", (kind,))
    for name, checksum in rows:
        path = folder / FOLDER / name
        try:
            data = path.read_bytes()
        except OSError as problem:
            raise StorageError(
                f"{path}: this part of the study cannot be read ({problem.strerror}); restore it, "
                "or run the study in a new folder."
            ) from problem
        if hashlib.sha256(data).hexdigest() != checksum:
            raise StorageError(
                f"{path}: this part of the study is not what was written; it is damaged or was "
                "changed, restore it or run the study in a new folder."
            )
        yield pq.read_table(io.BytesIO(data))


def check(folder: Path, ledger: Ledger) -> None:
    """Check every part; StorageError naming the first that is missing or damaged."""
    for (kind,) in list(ledger.read("SELECT DISTINCT kind FROM parts")):
        for _ in read(folder, ledger, kind):
            pass


def _put(folder: Path, name: str, data: bytes) -> None:
    aside = folder / f".{name}"
    try:
        folder.mkdir(exist_ok=True)
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(folder / name)
    except OSError as problem:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise StorageError(
            f"{folder / name}: this part of the study cannot be written "
            f"({os.strerror(problem.errno or 0).lower()}); make room, and the same command resumes."
        ) from problem
