"""What a comparison or a diagnosis leaves in a folder: JSON, Parquet, a picture, the scenario.

====================  ==========================================================================
``run.json``          what a machine is told, its parameters and versions, checksums
``*.parquet``         the tables, a file each
``picture.png``       the picture
``scenario.toml``     the scenario, complete
====================  ==========================================================================
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...sim.parameters import Scenario
from ..archive import versions
from ..columns import parquet
from ..figures import png
from ..folder import put
from ..toml import document

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def shelve(
    folder: str | Path,
    kind: str,
    told: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
    picture: Figure,
    scenario: Scenario,
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
        The files beside it.

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
    whole = {
        "format": f"wordofmouth {kind} 1",
        **told,
        "parameters": scenario.to_dict(),
        "versions": versions(),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    files["run.json"] = (json.dumps(whole, indent=2, allow_nan=False) + "\n").encode()
    files["scenario.toml"] = document(whole["parameters"]).encode()
    put(goal, files)
    return goal
