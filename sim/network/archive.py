"""The project's own file of a network: numpy's `.npz` with the arrays and nothing pickled."""

from __future__ import annotations

import os
import secrets
import zipfile
from os import PathLike
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..errors import InputError, StorageError
from .network import Network

FORMAT = "wordofmouth network 1"


def save(network: Network, path: str | PathLike[str]) -> None:
    """Write `network` aside, then rename: a reader sees the old file or the new, never a half."""
    goal = Path(path)
    if goal.suffix != ".npz":
        raise InputError(f"{goal}: a network is saved as .npz; call it {goal.with_suffix('.npz')}")
    columns: dict[str, Any] = {
        "format": np.array(FORMAT),
        "indptr": network.indptr,
        "indices": network.indices,
        "directed": np.array(network.directed),
        "dropped": np.array([network.self_loops, network.duplicates], np.int64),
    }
    for name in ("weights", "ids"):
        if getattr(network, name) is not None:
            columns[name] = getattr(network, name)
    aside = goal.with_name(f".{goal.name}.{secrets.token_hex(6)}")
    try:
        try:
            with aside.open("xb") as file:
                np.savez(file, **columns)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(goal)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as problem:
        raise StorageError(
            f"{goal}: the network cannot be written ({problem.strerror}); choose a folder that "
            "exists and has room"
        ) from problem


def load(path: Path, file: IO[bytes]) -> Network:
    """Read what `save` wrote; InputError for any other archive."""
    refusal = InputError(
        f"{path}: this archive is not a network that wordofmouth saved; give an edge list, "
        "GraphML, GEXF or a .npz of Network.save"
    )
    try:
        with np.load(file, allow_pickle=False) as columns:
            if "format" not in columns or str(columns["format"]) != FORMAT:
                raise refusal
            dropped = columns["dropped"]
            return Network(
                columns["indptr"],
                columns["indices"],
                columns.get("weights"),
                columns.get("ids"),
                bool(columns["directed"]),
                int(dropped[0]),
                int(dropped[1]),
            )
    except InputError as problem:
        if problem is refusal:
            raise
        raise InputError(f"{path}: {problem}") from problem
    except (ValueError, KeyError, IndexError, EOFError, OSError, zipfile.BadZipFile) as problem:
        raise refusal from problem
