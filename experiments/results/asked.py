"""What the command that made a result handed to it beside the scenario."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from ...scenarios.reading.seeds import people_of
from ...sim.border import border
from ...sim.errors import StorageError
from ..store.files import read
from .archive import load


def first_sharers(folder: str | Path) -> list[int] | list[str] | None:
    """Who was asked to pass on every post of a kept campaign, by their ids; None if nobody was.

    Raises
    ------
    StorageError
        If the folder holds no result.
    """
    file = Path(folder) / "run.json"
    ids = load(folder).network["ids"]
    with border(str(file), StorageError, fault="this result cannot be read", remedy="run it again"):
        words = shlex.split(json.loads(read(file))["command"])
        if "--seeds" not in words:
            return None
        return people_of(words[words.index("--seeds") + 1], ids)
