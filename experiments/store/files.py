"""Files of a folder: read with their checksums, and tables as the bytes of Parquet."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ...sim.errors import StorageError

if TYPE_CHECKING:
    import pyarrow as pa


def read(path: Path, checksum: str | None = None, remedy: str = "run it again") -> bytes:
    """The bytes of a file.

    Parameters
    ----------
    path
        Which file.
    checksum
        Its SHA-256 when it was saved, if that is known.
    remedy
        What to do where it is missing or damaged.

    Raises
    ------
    StorageError
        If it is missing, cannot be read, or is not what was saved.
    """
    try:
        if path.exists() and not path.is_file():
            raise StorageError(f"{path}: this is no file, and what was saved is one; {remedy}.")
        data = path.read_bytes()
    except FileNotFoundError as problem:
        raise StorageError(
            f"{path}: the file is missing, and what was saved has it; {remedy}."
        ) from problem
    except StorageError:
        raise
    except OSError as problem:
        reason = os.strerror(problem.errno or 0).lower()
        raise StorageError(
            f"{path}: the file cannot be read ({reason}); check who may read it."
        ) from problem
    if checksum is not None and sha256(data) != checksum:
        raise StorageError(
            f"{path}: the file is not what was saved; it is damaged or was changed, {remedy}."
        )
    return data


def sha256(data: bytes) -> str:
    """The checksum of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def parquet(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()
