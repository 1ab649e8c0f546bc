"""The folder of a study: its ledger, its parts, and what it takes to run it again.

====================  ==========================================================================
``study.toml``        the study, complete but for the scenario; ``wom sweep`` runs it again
``scenario.toml``     the scenario, complete
``draws.parquet``     what is not known of it, where it is a fit: a row a draw
``network-*.npz``     the network, where one was given that is in no file
``provenance.json``   who made it with what, and when: command, versions, declared model
``runs.sqlite``       the ledger (`wordofmouth.experiments.studies.runs.ledger`)
``parts/``            Parquet files of series and forests, where they are kept
``report.html``       one page to read, without anything from elsewhere
====================  ==========================================================================
"""

from __future__ import annotations

import io
import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ....scenarios.loader import beside
from ....scenarios.toml import document, literal
from ....sim.border import border
from ....sim.errors import CampaignError, StorageError
from ....sim.parameters.paths import flat
from ...store.files import parquet, read, sha256
from ...store.folder import put, put_file
from ...store.provenance import commit, moment, versions
from ...worlds.given import written
from ..design.part import leaves
from . import cells
from .database import LEASE
from .ledger import DONE, NAME, FinishedRun, Ledger
from .model import MODEL, Model

if TYPE_CHECKING:
    import pyarrow as pa

PARTS: Final = "parts"
DRAWS: Final = "draws.parquet"
_REMEDY: Final = "restore it, or run the study in a new folder"

_FILES: Final = (
    "study.toml", "scenario.toml", DRAWS, "provenance.json", "network-", NAME, PARTS, "report.html",
)  # fmt: skip
# What `study.toml` says, in this order.
_KEYS: Final = (
    "name", "question", "finding", "replicates", "seed", "luck", "world", "outcomes", "keep",
    "measures", "constraint", "infeasible", "set", "axes", "design", "designs",
)  # fmt: skip


def open_folder(folder: str | os.PathLike[str], name: str, model: str) -> Ledger:
    """The ledger in a folder for a study of this name; made where there is none.

    Raises
    ------
    StorageError
        If the folder holds something else or another study, or cannot be written.
    """
    home = Path(folder)
    try:
        is_file = home.exists() and not home.is_dir()
        there = sorted(entry.name for entry in home.iterdir()) if home.is_dir() else []
        strange = [entry for entry in there if not entry.startswith((".", *_FILES))]
        if not is_file and (NAME in there or not strange):
            home.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        reason = os.strerror(problem.errno or 0).lower()
        raise StorageError(
            f"{home}: the study cannot be kept there ({reason}); name a folder that you may "
            "write to."
        ) from problem
    if is_file:
        raise StorageError(f"{home}: this is a file; name a folder for the study.")
    if NAME not in there and strange:
        raise StorageError(
            f"{home}: this folder holds {strange[0]!r}, which is no part of a study; name a new "
            "folder."
        )
    ledger = Ledger(home, make=True)
    refuse_another(ledger, name, model)
    return ledger


def refuse_another(ledger: Ledger, name: str, model: str) -> None:
    """Let go of a ledger that is of another study, with a StorageError that says of which."""
    for what, mine in (("name", name), ("model", model)):
        if ledger.about(what) is None:
            continue
        try:
            theirs = cells.told(ledger, what)
        except BaseException:
            ledger.close()
            raise
        if theirs != mine:
            ledger.close()
            raise StorageError(
                f"{ledger.folder}: this folder holds another study ({what} {theirs!r}, "
                f"not {mine!r}); name a new folder."
            )


def describe(
    folder: Path, given: Mapping[str, Any], model: Model, digest: str, command: str | None
) -> None:
    """Write beside the ledger what it takes to run the study again."""
    from .campaigns import Campaigns

    text = f"# wom sweep {folder / 'study.toml'} --out {folder}\n" if command else ""
    tables = {name: given[name] for name in _KEYS if given.get(name) not in (None, {}, [], "")}
    tables = beside(tables, Path.cwd())
    if not isinstance(model, Campaigns):
        tables = {"function": model.name, **tables}
    else:
        tables["scenario"] = "scenario.toml"
        if model.given is not None:
            # Named by what is in it: a study that goes on with another network keeps both.
            network = folder / f"network-{model.given.digest[:12]}.npz"
            if not network.exists():
                model.given.save(network)
            tables["set"] = {**flat(tables.get("set", {})), "network.file": network.name}
        tables.pop("draws", None)
        if model.draws is not None:
            tables["draws"] = DRAWS
            data = written(model.draws)
            if not (folder / DRAWS).is_file() or (folder / DRAWS).read_bytes() != data:
                put_file(folder / DRAWS, data)
        scenario = document(beside(model.scenario.to_dict(), Path.cwd()))
        _put(folder / "scenario.toml", scenario)
    axes = leaves(tables.pop("axes", {}))
    text += document(tables)
    if axes:
        # A line each, whatever their form: their order is that of the points.
        text += "\n[axes]\n" + "".join(
            f"{literal(name)} = {literal(values)}\n" for name, values in axes.items()
        )
    _put(folder / "study.toml", text)
    now = {"started": moment(), "command": command, "study": digest, **versions(), "model": MODEL}
    now |= {"commit": commit()} if commit() else {}
    whole = {"sessions": [*sessions(folder), now]}
    _put(folder / "provenance.json", json.dumps(whole, indent=2) + "\n")


def sessions(folder: Path | None) -> list[dict[str, Any]]:
    """Who made the runs of a folder, with what, and when; none where that is not noted."""
    if folder is None:
        return []
    try:
        with border(str(folder)):
            told = json.loads(read(folder / "provenance.json"))
            return [dict(each) for each in told.get("sessions", [])]
    except CampaignError:
        return []


def results(ledger: Ledger) -> str:
    """A hash of what the runs came to: equal in two folders whose runs are.

    It is over point, replicate and digest of every run that is done, in order, whoever made them.
    """
    rows = ledger.read(
        "SELECT plan.point, plan.replicate, runs.digest FROM plan JOIN runs ON runs.id = plan.run "
        "WHERE runs.status = ? ORDER BY plan.point, plan.replicate",
        (DONE,),
    )
    return sha256("\n".join(f"{point} {number} {each}" for point, number, each in rows).encode())


def copy(ledger: Ledger, folder: Path) -> None:
    """Write the study of a ledger to a folder of its own, aside first, then renamed.

    A study that was made without a folder has no ``study.toml``: the ledger alone tells what it is,
    and the call that made it goes on with it where ``out`` names the folder.

    Raises
    ------
    StorageError
        If the folder holds something else, or cannot be written.
    """
    files = {NAME: ledger.base.serialize()}
    home = ledger.folder
    if home is not None:
        for path in sorted(home.rglob("*")):
            name = str(path.relative_to(home))
            if path.is_file() and not name.startswith((NAME, ".", "report.html")):
                files[name] = path.read_bytes()
    put(folder, files)


# parts ---------------------------------------------------------------------------------------


def parts_of(runs: Iterable[FinishedRun]) -> dict[str, pa.Table]:
    """The tables of runs, joined to one of each kind, with the number of the run."""
    import numpy as np
    import pyarrow as pa

    kinds: dict[str, list[pa.Table]] = {}
    for each in runs:
        for kind, columns in each.tables.items():
            size = len(next(iter(columns.values())))
            extra = {"tick": np.arange(size)} if kind == "series" else {}
            own = {"run": np.full(size, each.run, np.int64), **extra, **columns}
            kinds.setdefault(kind, []).append(pa.table(own))
    return {kind: pa.concat_tables(several) for kind, several in kinds.items()}


def write_parts(ledger: Ledger, runs: Iterable[FinishedRun]) -> list[tuple[str, str, str, int]]:
    """Write the tables of runs as one file a kind; name, kind, checksum and rows of each.

    A file is not part of the study before the ledger names it: whoever is killed in between
    leaves a file that nobody reads and `sweep_up` removes.
    """
    written: list[tuple[str, str, str, int]] = []
    if ledger.folder is None:
        return written
    for kind, table in parts_of(runs).items():
        name, data = f"{kind}-{secrets.token_hex(8)}.parquet", parquet(table)
        put_file(_part(ledger, name), data)
        written.append((name, kind, sha256(data), table.num_rows))
    return written


def discard(ledger: Ledger, parts: Iterable[Sequence[Any]]) -> None:
    """Remove parts that did not come to be named by the ledger."""
    for name, *_ in parts:
        with suppress(OSError):
            _part(ledger, name).unlink()


def sweep_up(ledger: Ledger) -> None:
    """Remove the parts of drivers that were killed before their ledger named them."""
    folder = ledger.folder
    if folder is None or ledger.drivers.others() or not (folder / PARTS).is_dir():
        return
    named = {name for (name,) in ledger.read("SELECT name FROM parts")}
    for path in (folder / PARTS).iterdir():
        # What is young may be of a driver that began this very moment.
        if path.name not in named and time.time() - path.stat().st_mtime > LEASE:
            discard(ledger, [(path.name,)])


def read_parts(ledger: Ledger, kind: str) -> Iterator[pa.Table]:
    """The tables of a kind, a file each, each checked first.

    Raises
    ------
    StorageError
        Naming the file that is missing or damaged.
    """
    import pyarrow.parquet as pq

    rows = ledger.read("SELECT name, checksum FROM parts WHERE kind = ? ORDER BY name", (kind,))
    for name, checksum in rows:
        if not isinstance(name, str) or Path(name).name != name or not isinstance(checksum, str):
            raise cells.damaged(ledger, f"in parts the file of {kind!r} is {name!r}")
        path = _part(ledger, name)
        data = read(path, checksum, _REMEDY)
        with border(str(path), StorageError, fault="this is no table", remedy=_REMEDY):
            table = pq.read_table(io.BytesIO(data))
        yield table


def check_parts(ledger: Ledger) -> None:
    """Check every part; StorageError naming the first that is missing or damaged."""
    for (kind,) in list(ledger.read("SELECT DISTINCT kind FROM parts")):
        for _ in read_parts(ledger, kind):
            pass


def _part(ledger: Ledger, name: str) -> Path:
    return (ledger.folder or Path()) / PARTS / name


def _put(path: Path, text: str) -> None:
    data = text.encode()
    if not path.is_file() or path.read_bytes() != data:
        put_file(path, data)
