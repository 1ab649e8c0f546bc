"""What the command that made a result handed to it beside the scenario."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from ...scenarios.reading.seeds import people_of
from ...sim.border import border
from ...sim.campaign import choose_network
from ...sim.errors import StorageError
from ...sim.parameters import Scenario
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
        return _named(json.loads(read(file))["command"], ids)


def sharers_of(command: str, scenario: Scenario, world: int) -> list[int] | list[str] | None:
    """The same of a command alone; the ids are those of the scenario's network."""
    if "--seeds" not in shlex.split(command):
        return None
    read_from = scenario.network.file is not None or scenario.people.file is not None
    return _named(command, choose_network(scenario, world).ids if read_from else None)


def _named(command: str, ids: NDArray[Any] | None) -> list[int] | list[str] | None:
    words = shlex.split(command)
    if "--seeds" not in words:
        return None
    return people_of(words[words.index("--seeds") + 1], ids)
