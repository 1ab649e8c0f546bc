"""The folder of a study: its ledger, its parts, and what it takes to run it again.

====================  ==========================================================================
``study.toml``        the study, complete but for the scenario; ``wom sweep`` runs it again
``scenario.toml``     the scenario, complete
``network-*.npz``     the network, where one was given that is in no file
``provenance.json``   who made it with what, and when: command, versions, declared model
``runs.sqlite``       the ledger (`wordofmouth.experiments.studies.runs.ledger`)
``parts/``            Parquet files of series and forests, where they are kept
``report.html``       one page to read, without anything from elsewhere
====================  ==========================================================================
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ....sim.errors import StorageError
from ....sim.parameters.paths import flat
from ...store.folder import put_file
from ....scenarios.toml import document, literal
from .campaigns import Campaigns
from .declare import beside, leaves, tables_of
from .ledger import NAME, Ledger
from .model import Model
from .provenance import versions

FILES: Final = (
    "study.toml",
    "scenario.toml",
    "provenance.json",
    "network-",
    NAME,
    "parts",
    "report.html",
)


def open_folder(folder: str | os.PathLike[str], name: str, model: str) -> Ledger:
    """The ledger in a folder for a study of this name; made where there is none.

    Raises
    ------
    StorageError
        If the folder holds something else or another study, or cannot be written.
    """
    home = Path(folder)
    try:
        if home.exists() and not home.is_dir():
            raise StorageError(f"{home}: this is a file; name a folder for the study.")
        there = sorted(entry.name for entry in home.iterdir()) if home.is_dir() else []
        strange = [entry for entry in there if not entry.startswith((".", *FILES))]
        if there and NAME not in there and strange:
            raise StorageError(
                f"{home}: this folder holds {strange[0]!r}, which is no part of a study; name a "
                "new folder."
            )
        home.mkdir(parents=True, exist_ok=True)
    except StorageError:
        raise
    except OSError as problem:
        reason = os.strerror(problem.errno or 0).lower()
        raise StorageError(
            f"{home}: the study cannot be kept there ({reason}); name a folder that you may "
            "write to."
        ) from problem
    ledger = Ledger(home, make=True)
    refuse_another(ledger, name, model)
    return ledger


def refuse_another(ledger: Ledger, name: str, model: str) -> None:
    """Let go of a ledger that is of another study, with a StorageError that says of which."""
    for what, mine in (("name", name), ("model", model)):
        told = ledger.about(what)
        if told is not None and json.loads(told) != mine:
            ledger.close()
            raise StorageError(
                f"{ledger.folder}: this folder holds another study ({what} {json.loads(told)!r}, "
                f"not {mine!r}); name a new folder."
            )


def describe(
    folder: Path, given: Mapping[str, Any], model: Model, digest: str, command: str | None
) -> None:
    """Write beside the ledger what it takes to run the study again."""
    text = f"# wom sweep {folder / 'study.toml'} --out {folder}\n" if command else ""
    tables = tables_of(given, model)
    if isinstance(model, Campaigns) and model.given is not None:
        # Named by what is in it: a study that goes on with another network keeps both.
        network = folder / f"network-{model.given.digest[:12]}.npz"
        if not network.exists():
            model.given.save(network)
        tables["set"] = {**flat(tables.get("set", {})), "network.file": network.name}
    axes = leaves(tables.pop("axes", {}))
    text += document(tables)
    if axes:
        # A line each, whatever their form: their order is that of the points.
        text += "\n[axes]\n" + "".join(
            f"{literal(name)} = {literal(values)}\n" for name, values in axes.items()
        )
    _put(folder / "study.toml", text)
    if isinstance(model, Campaigns):
        _put(folder / "scenario.toml", document(beside(model.scenario.to_dict(), Path.cwd())))
    path = folder / "provenance.json"
    sessions = []
    if path.is_file():
        try:
            sessions = json.loads(path.read_bytes())["sessions"]
        except (ValueError, KeyError, TypeError):
            sessions = []
    now = {
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "study": digest,
        **versions(),
    }
    _put(path, json.dumps({"sessions": [*sessions, now]}, indent=2) + "\n")


def _put(path: Path, text: str) -> None:
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return
    except OSError:
        pass
    put_file(path, data)
