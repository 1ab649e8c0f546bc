"""A result on disk: JSON for what it says, Parquet for what it holds, a page to read.

The files are those of `_FILES`, and ``report.html``.
"""

from __future__ import annotations

import io
import json
import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from ...scenarios.loader import beside
from ...scenarios.reading.seeds import people_of
from ...scenarios.toml import document as toml
from ...sim.border import border
from ...sim.errors import InputError, StorageError
from ...sim.ledger import priced
from ...sim.parameters import Scenario
from ...sim.result import Result
from ...sim.state import SERIES
from ...sim.world import ROLES
from ..show.framed import framed
from ..store.files import parquet, read, sha256
from ..store.folder import put
from ..store.provenance import moment
from ..store.provenance import versions as made_with
from .shown import document as of_result
from .tables import (
    about_of,
    climbs_of,
    codes,
    column,
    counts_of,
    ids_of,
    kinds_of,
    ledger_of,
    log_of,
    posts_of,
    relation_of,
    sources_of,
    tables_of,
    traffic_of,
)

if TYPE_CHECKING:
    from ..show.document import Document

FORMAT: Final = "wordofmouth result 6"
_FILES: Final = (
    ("run.json", "What --json prints, all parameters, versions, checksums: Result.load opens it"),
    ("scenario.toml", "The scenario, complete"),
    ("series.parquet", "A row a tick: what was counted in it, revenue and cost, traffic by source"),
    ("shares.parquet", "The exact forest: who passed on what, from whom, at which hop, when"),
    ("buyers.parquet", "The conversions, likewise"),
    ("messages.parquet", "A row a message: what it is, content type, tick, channel, brand"),
    ("counts.parquet", "Events and people by message, step, role and hop"),
    ("people.parquet", "A row a person: id, role, trust, bond, all else of the end, their table"),
    ("climbs.parquet", "Every change of rung on the ladder of advocacy"),
    ("payments.parquet", "The ledger by tick and account; but for the prize of a draw"),
    ("traffic.parquet", "Clicks, finds and conversions by channel"),
    (
        "sources.parquet",
        "By tick, channel, outlet and flight: traffic, repeats; bought, and paid in millionths",
    ),
    ("accounts.parquet", "Posts that each outlet, ad and rival (in this order) took up"),
    ("topics.parquet", "Complaints that the brand heard, by topic"),
)
_TABLES: Final = tuple(name.removesuffix(".parquet") for name, _ in _FILES[2:])


def save(result: Result, folder: str | Path, *, command: str | None = None) -> Path:
    """Write a result to a folder: aside first, then renamed, so that it is all there or not at all.

    An earlier result in `folder` is replaced as a whole; a folder that holds anything else is
    refused. The same result makes the same files, but for the time that `run.json` and the report
    tell (which SOURCE_DATE_EPOCH sets).

    Parameters
    ----------
    result
        What is written.
    folder
        Where to; made if it is not there.
    command
        The command that made it; running the saved ``scenario.toml`` if None.

    Raises
    ------
    StorageError
        If the folder is a file, holds something else, or cannot be written.
    """
    from ..show import page

    goal = Path(folder)
    if command is None:
        command = shlex.join(
            ["wom", "run", str(goal / "scenario.toml"), "--seed", str(result.seed)]
            + ([] if result.world == result.seed else ["--world", str(result.world)])
        )
    files = {f"{name}.parquet": parquet(table) for name, table in tables_of(result).items()}
    told = {
        "format": FORMAT,
        **result.to_dict(),
        "world": result.world,
        "people": result.people,
        "trace": f"{result.trace:016x}",
        "counts": list(result.counts.shape),
        "by_source": list(result.by_source.shape),
        "network": {
            "digest": result.network["digest"],
            "ids": result.network["ids"] is not None,
            "understood": result.network["understood"],
            "shape": result.network["shape"],
            **({"people": result.network["people"]} if result.network["people"] else {}),
        },
        "parameters": result.scenario.to_dict(),
        "command": command,
        "made": moment(),
        "versions": made_with(),
        "files": {name: sha256(data) for name, data in files.items()},
    }
    files["run.json"] = (json.dumps(told, indent=2, allow_nan=False) + "\n").encode()
    files["scenario.toml"] = toml(beside(told["parameters"], Path.cwd())).encode()
    shown = whole(result, command, told["versions"], told["made"])
    files["report.html"] = page.html(shown).encode()
    put(goal, files)
    return goal


def load(folder: str | Path) -> Result:
    """Read a result that `save` wrote, and check that nothing of it has changed.

    Raises
    ------
    StorageError
        Naming the file that is missing, damaged or does not fit the digest.
    """
    home = Path(folder)
    told = _told(home)
    with _read_from(home):
        tables = {
            name: _read(home / f"{name}.parquet", told["files"][f"{name}.parquet"])
            for name in _TABLES
        }
        result, digest = _result(told, tables), told["digest"]
        found = result.digest
    if found != digest:
        raise StorageError(
            f"{home / 'run.json'}: the digest is {digest!r} and the data have "
            f"{found!r}; somebody changed the file, run the campaign again."
        )
    return result


def document(folder: str | Path) -> Document:
    """What the page of a folder shows that `save` wrote, made from what lies in it.

    Raises
    ------
    StorageError
        As `load`.
    """
    home = Path(folder)
    result, told = load(home), _told(home)
    with _read_from(home):
        if not isinstance(told["command"], str):
            raise TypeError(f"command = {told['command']!r} is no text")
        return whole(result, told["command"], told["versions"], told.get("made", ""))


def whole(result: Result, command: str, versions: Mapping[str, str], made: str) -> Document:
    """A result as a document, with how it was made and how to make it again.

    Parameters
    ----------
    result
        What happened.
    command
        The command that makes it again.
    versions
        What it was made with: name to version.
    made
        When, as ISO 8601 has it; empty where nobody noted it.
    """
    here = ["wom", "run", "scenario.toml", "--seed", str(result.seed)]
    how = [f"seed={result.seed}"]
    if result.world != result.seed:
        here += ["--world", str(result.world)]
        how.append(f"world={result.world}")
    words = shlex.split(command)
    if "--seeds" in words:
        asked = words[words.index("--seeds") + 1]
        here += ["--seeds", asked]
        how.append(f"seeds={people_of(asked, result.network['ids'])!r}")
    python = (
        "import wordofmouth as wom\n\n"
        f'result = wom.run(wom.load("scenario.toml"), {", ".join(how)})\n'
        f'assert result.digest == "{result.digest}"'
    )
    return framed(
        replace(of_result(result), python=python, files=_FILES),
        versions=versions,
        made=made,
        command=command,
        here=shlex.join(here),
        note="A network or first sharers that were handed over in Python are no part of the "
        "scenario: hand them over again, and compare the digests.",
        identity=f"digest {result.digest[:16]}",
    )


def _told(home: Path) -> dict[str, Any]:
    """What `run.json` holds, if it is one of ours."""
    if not home.is_dir():
        what = "this is a file" if home.exists() else "there is no such folder"
        raise StorageError(f"{home}: {what}; give a folder that Result.save or --out wrote.")
    file = home / "run.json"
    fault, remedy = "this is not valid JSON", "run the campaign again"
    with border(str(file), StorageError, fault=fault, remedy=remedy):
        told = json.loads(read(file))
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise StorageError(
            f"{home / 'run.json'}: this does not say that it is a {FORMAT!r}; "
            "give a folder that this version of wordofmouth wrote."
        )
    return told


@contextmanager
def _read_from(home: Path) -> Iterator[None]:
    """Whatever somebody changed in `run.json` ends in the one sentence that is documented."""
    fault = "this result cannot be read"
    remedy = "it may be of another version of wordofmouth, run it again"
    with border(str(home / "run.json"), StorageError, fault=fault, remedy=remedy):
        try:
            yield
        except InputError as problem:  # as of a scenario: nobody wrote it by hand
            raise ValueError(str(problem).splitlines()[0]) from problem


def _read(path: Path, checksum: str) -> pa.Table:
    data = read(path, checksum)
    with border(str(path), StorageError, fault="this is no table", remedy="run it again"):
        return pq.read_table(io.BytesIO(data))


def _result(told: dict[str, Any], tables: dict[str, pa.Table]) -> Result:
    series, people, messages = tables["series"], tables["people"], tables["messages"]
    units, money = ledger_of(tables["payments"], told["ticks"])
    scenario = Scenario(**told["parameters"])
    return Result(
        scenario=scenario,
        seed=told["seed"],
        world=told["world"],
        ticks=told["ticks"],
        network={
            "agents": told["agents"],
            "arcs": told["arcs"],
            "digest": told["network"]["digest"],
            "ids": ids_of(people) if told["network"]["ids"] else None,
            "understood": told["network"].get("understood", []),
            "shape": told["network"].get("shape", {}),
            "people": told["network"].get("people", {}),
        },
        posts=posts_of(messages),
        kinds=kinds_of(messages),
        columns={name: column(series, name) for name in (*SERIES, *priced(scenario))},
        counts=counts_of(tables["counts"], told["counts"]),
        people=told["people"],
        trace=int(told["trace"], 16),
        share_log=log_of(tables["shares"]),
        share_hours=column(tables["shares"], "hours"),
        buyer_log=log_of(tables["buyers"]),
        climb_log=climbs_of(tables["climbs"]),
        role_at_birth=codes(people, "role_at_birth", ROLES),
        role=codes(people, "role", ROLES),
        trust=column(people, "trust"),
        bond=column(people, "bond"),
        steps=column(people, "steps"),
        relation=relation_of(people),
        community=column(people, "community"),
        traffic=traffic_of(tables["traffic"]),
        by_source=sources_of(tables["sources"], told["by_source"]),
        gaps=column(tables["topics"], "complaints_heard"),
        placed=column(tables["accounts"], "posts"),
        topic=column(people, "part"),
        topics=column(messages, "part"),
        units=units,
        money=money,
        about=about_of(people),
    )
