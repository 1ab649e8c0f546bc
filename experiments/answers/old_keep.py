"""What a comparison or a diagnosis leaves in a folder: JSON, Parquet, a picture, the scenario.

====================  ==========================================================================
``run.json``          what a machine is told, its parameters and versions, checksums
``*.parquet``         the tables, a file each
``picture.png``       the picture; as ``picture.svg`` without its title
``scenario.toml``     the scenario, complete
``scenario-*.toml``   all that were compared, where there are several
``report.html``       one page to read, without anything from elsewhere
====================  ==========================================================================
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...scenarios.toml import document
from ...sim.errors import StorageError
from ...sim.parameters import Scenario
from ..show.images import untitled
from ..show.style import png, svg
from ..store.files import parquet
from ..store.folder import put
from ..store.provenance import moment, versions
from .shelved import Shelved, page_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def shelve(
    folder: str | Path,
    kind: str,
    told: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
    picture: Figure,
    scenario: Scenario | None,
    *,
    beside: Mapping[str, Scenario] | None = None,
    command: str | None = None,
) -> Path:
    """Write a folder: aside first, then renamed, so that it is all there or not at all.

    Parameters
    ----------
    folder
        Where to; an earlier one of ours is replaced as a whole.
    kind
        What it is, in a word: the format in ``run.json``.
    told
        What ``--json`` prints.
    tables, picture, scenario
        The files beside it; no scenario where it is about none.
    beside
        Further scenarios by the names of their files.
    command
        What was typed for it, if anything was.

    Raises
    ------
    StorageError
        If the folder is a file, holds something else, or cannot be written.
    """
    import pyarrow as pa

    goal = Path(folder)
    files = {
        f"{name}.parquet": parquet(pa.Table.from_pandas(table, preserve_index=False))
        for name, table in tables.items()
    }
    files["picture.png"] = png(picture, dpi=150)
    files["picture.svg"] = svg(untitled(picture), cut=True)
    for name, other in (beside or {}).items():
        files[name] = document(other.to_dict()).encode()
    whole = {
        "format": f"wordofmouth {kind} 1",
        **told,
        **({} if scenario is None else {"parameters": scenario.to_dict()}),
        "command": command or "",
        "made": moment(),
        "versions": versions(),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    data = (json.dumps(whole, indent=2, allow_nan=False) + "\n").encode()
    page = page_of(Shelved(json.loads(data), files))
    files["run.json"] = data
    files["report.html"] = page.html().encode()
    if scenario is not None:
        files["scenario.toml"] = document(whole["parameters"]).encode()
    put(goal, files)
    return goal


def take(folder: str | Path) -> Shelved:
    """What `shelve` wrote to a folder, unchanged.

    Raises
    ------
    StorageError
        Naming the file that is missing or damaged.
    """
    home = Path(folder)
    data = read(home / "run.json")
    try:
        told = json.loads(data)
        sums = dict(told["files"])
    except (ValueError, KeyError, TypeError) as problem:
        raise StorageError(
            f"{home / 'run.json'}: this is not what was saved ({problem}); run it again."
        ) from problem
    return Shelved(told, {name: read(home / name, checksum) for name, checksum in sums.items()})


def read(path: Path, checksum: str | None = None) -> bytes:
    """The bytes of a file; StorageError if it cannot be read, or is not what was saved."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        reason = os.strerror(problem.errno or 0).lower()
        raise StorageError(
            f"{path}: the file cannot be read ({reason}); run it again."
        ) from problem
    if checksum is not None and hashlib.sha256(data).hexdigest() != checksum:
        raise StorageError(
            f"{path}: the file is not what was saved; it is damaged or was changed, run it again."
        )
    return data
