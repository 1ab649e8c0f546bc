"""Verification: whether what a folder holds comes out again, and what differs where it does not.

Nothing in the folder is changed: a study is read from a copy, for its ledger is a data base that
leaves traces when it is opened.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from ...scenarios.loader import load_whole, read_tables
from ...sim.border import border
from ...sim.campaign import run
from ...sim.errors import CampaignError, InputError, StorageError
from ...sim.given import whole_number
from ...sim.parameters import Scenario
from ...sim.parameters.paths import flat
from ..results.asked import sharers_of
from ..show.numbers import listed
from ..store.files import read, sha256
from ..store.folder import kind_of
from ..store.provenance import versions
from ..studies.asked import kept_run
from ..studies.runs.database import copied
from ..studies.runs.folder import check_parts, sessions
from ..studies.runs.ledger import NAME as LEDGER
from ..studies.runs.own import KINDS
from ..studies.study import Study
from ..worlds.worlds import Progress

_READS: Final = "give a folder that wom wrote with --out."
# Of one kind, how many differences are told one by one.
_MOST: Final = 5


class Differing(NamedTuple):
    """Something that is not as it was: a parameter, number, network, data (a file) or run."""

    what: str
    said: str


@dataclass(frozen=True)
class Verification:
    """What came of running again what a folder holds; `verify` makes it.

    Attributes
    ----------
    folder, kind
        What was looked at: ``result``, ``study`` or the kind of an answer.
    checked, there
        How many campaigns were run again, of how many that it holds.
    differing
        What is not as it was.
    notes
        What else there is to know, such as another version.
    """

    folder: Path
    kind: str
    checked: int
    there: int
    differing: tuple[Differing, ...]
    notes: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.differing

    @property
    def sentence(self) -> str:
        """It in plain words."""
        runs = f"{self.checked:,} of {self.there:,} campaigns run again"
        if not self.there:
            runs = "its files have their checksums; no campaign of it can be run again"
        if self.same:
            return f"{self.folder} is as it was: {runs}, nothing differs."
        kinds = ", ".join(dict.fromkeys(each.what for each in self.differing))
        return f"{self.folder} is not as it was ({kinds}): {runs}."

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told."""
        return {
            "folder": str(self.folder),
            "kind": self.kind,
            "same": self.same,
            "checked": self.checked,
            "there": self.there,
            "differing": [each._asdict() for each in self.differing],
            "notes": list(self.notes),
            "sentence": self.sentence,
        }


def verify(
    folder: str | Path, *, sample: int | None = None, progress: Progress | None = None
) -> Verification:
    """Run again what a folder holds, and say what differs.

    Of a result its one campaign is run again, of a study all that are done or a sample of them;
    digests and numbers are compared, and every file with its checksum. An answer holds no
    campaigns: its files are compared alone.

    Parameters
    ----------
    folder
        What `wom run`, `wom sweep` or another command wrote. It is left as it is.
    sample
        How many runs of a study, drawn by chance that is the same each time; all if None.
    progress
        Called with the campaigns done and those that there will be.

    Raises
    ------
    InputError
        If it holds nothing of ours, or the study of a function; or `sample` is below 1.
    StorageError
        If there is no such folder, or nothing can be read.
    """
    home = Path(folder)
    if sample is not None:
        sample = whole_number("sample", sample, 1, 2**31)
    if not home.is_dir():
        what = "this is a file" if home.exists() else "there is no such folder"
        raise StorageError(f"{folder}: {what}; {_READS}")
    if (home / LEDGER).is_file():
        return _study(home, sample, progress)
    kind = kind_of(home)
    if not kind:
        raise InputError(f"{folder}: this folder holds nothing that could be verified; {_READS}")
    with border(str(home / "run.json"), StorageError, fault="this cannot be read", remedy=_READS):
        told = json.loads(read(home / "run.json"))
        differing = list(_files(home, told.get("files", {})))
        notes = list(_versions(told.get("versions", {})))
    if kind != "result":
        notes.append("An answer holds no campaigns: its files were compared, nothing was run.")
        return Verification(home, kind, 0, 0, tuple(differing), tuple(notes))
    differing += _result(home, told)
    if progress is not None:
        progress(1, 1)
    return Verification(home, kind, 1, 1, tuple(differing), tuple(notes))


def _files(home: Path, sums: Mapping[str, str]) -> Iterator[Differing]:
    for name, expected in sums.items():
        file = home / name
        if not file.is_file():
            yield Differing("data", f"{name} is missing.")
        elif sha256(file.read_bytes()) != expected:
            yield Differing("data", f"{name} is not as it was written (its checksum differs).")


def _versions(then: Mapping[str, str]) -> Iterator[str]:
    for name, now in versions().items():
        if name in then and then[name] != now:
            yield f"It was made with {name} {then[name]}; this is {now}."


def _result(home: Path, told: Mapping[str, Any]) -> Iterator[Differing]:
    file = home / "run.json"
    with border(str(file), StorageError, fault="this result cannot be read", remedy=_READS):
        scenario = Scenario(**told["parameters"])
        seed, world, kept = int(told["seed"]), int(told["world"]), str(told["digest"])
    yield from _parameters(home, scenario)
    try:
        seeds = sharers_of(str(told.get("command", "")), scenario, world)
        result = run(scenario, seed=seed, world=world, seeds=seeds)
    except CampaignError as problem:
        yield Differing("network" if scenario.network.file else "run", str(problem))
        return
    network = told.get("network", {}).get("digest")
    if result.network["digest"] != network:
        where = scenario.network.file or "made of network.kind"
        yield Differing(
            "network",
            f"the network ({where}) has the digest {str(result.network['digest'])[:16]}, and had "
            f"{str(network)[:16]}; one that was handed over in Python is not in the folder.",
        )
    if result.digest != kept:
        yield Differing(
            "run", f"run again the digest is {result.digest[:16]}, and not {kept[:16]}."
        )
    again = result.to_dict()["kpis"]
    yield from _numbers("run.json", told.get("kpis", {}), again)


def _parameters(home: Path, kept: Scenario) -> Iterator[Differing]:
    """Where `scenario.toml` says other than `run.json`."""
    try:
        beside = load_whole(home / "scenario.toml")
    except CampaignError as problem:
        yield Differing("parameter", str(problem))
        return
    mine, theirs = flat(kept.to_dict()), flat(beside.to_dict())
    paths = [
        path for path in sorted({*mine, *theirs})
        if mine.get(path) != theirs.get(path) and path not in ("network.file", "people.file")
    ]  # fmt: skip
    for path in paths[:_MOST]:
        yield Differing(
            "parameter",
            f"{path} = {mine.get(path)!r} in run.json and {theirs.get(path)!r} in scenario.toml.",
        )
    if len(paths) > _MOST:
        yield Differing("parameter", f"{len(paths) - _MOST} more parameters differ.")


def _numbers(where: str, kept: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[Differing]:
    off = [name for name, value in kept.items() if name in again and not _same(value, again[name])]
    for name in off[:_MOST]:
        yield Differing("number", f"{where}: {name} is {kept[name]!r}, run again {again[name]!r}.")
    if len(off) > _MOST:
        yield Differing("number", f"{where}: {len(off) - _MOST} more numbers differ.")


def _same(one: Any, other: Any) -> bool:
    # A ledger keeps nothing where a number is not defined, and a table has nan there.
    blank = [value is None or value != value for value in (one, other)]
    return all(blank) or (not any(blank) and bool(one == other))


def _study(home: Path, sample: int | None, progress: Progress | None) -> Verification:
    tables = read_tables(home / "study.toml")
    if "function" in tables:
        raise InputError(f"{home}: the study is of a function; call it with the seed in the table.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "study"
        with border(str(home), StorageError, fault="this cannot be copied", remedy=_READS):
            copy.mkdir()
            # The ledger first: what it names is written before it is named.
            copied(home / LEDGER, copy / LEDGER)
            left_out = shutil.ignore_patterns(f"{LEDGER}*")
            shutil.copytree(home, copy, ignore=left_out, dirs_exist_ok=True)
        with closing(Study.load(copy)) as study:
            differing: list[Differing] = []
            try:
                check_parts(study.ledger)
            except CampaignError as problem:
                differing.append(Differing("data", str(problem)))
            table = study.table(study.ledger.outcomes())
            made = sessions(copy)
        done: list[dict[str, Any]] = [
            {str(name): value for name, value in row.items()}
            for row in table[table["status"] == "done"].to_dict("records")
        ]
        again = [row for row in done if not any(isinstance(row.get(kind), str) for kind in KINDS)]
        rows = again
        if sample is not None and sample < len(again):
            # The same sample each time, so that a finding is found again.
            rows = random.Random(0).sample(again, sample)  # noqa: S311
        for number, row in enumerate(rows):
            differing += _run(copy, row)
            if progress is not None:
                progress(number + 1, len(rows))
        said = tuple(
            Differing(each.what, each.said.replace(str(copy), str(home)))
            for each in dict.fromkeys(differing)
        )
    notes = [*dict.fromkeys(note for each in made for note in _versions(each))]
    if len(done) < len(table):
        notes.append(f"{len(table) - len(done):,} runs are not done or failed, and left out.")
    if len(again) < len(done):
        notes.append(
            f"{len(done) - len(again):,} runs are of functions or classes of one's own, which no "
            "folder holds; they were not run again. Call wom.sweep with these to compare them."
        )
    if measures := tables.get("measures"):
        notes.append(f"{listed(measures)}: measures of one's own were not compared.")
    return Verification(home, "study", len(rows), len(done), said, tuple(notes))


def _run(copy: Path, row: Mapping[str, Any]) -> Iterator[Differing]:
    point, replicate = int(row["point"]), int(row["replicate"])
    where = f"point {point}, replicate {replicate}"
    try:
        known = kept_run(copy, point, replicate)
    except CampaignError as problem:
        yield Differing("parameter", str(problem))
        return
    try:
        result = run(known.scenario, seed=known.seed, world=known.world)
    except CampaignError as problem:
        yield Differing("network" if known.scenario.network.file else "run", str(problem))
        return
    if result.digest != known.digest:
        again = f"{result.digest[:16]}, and not {known.digest[:16]}"
        file = known.scenario.network.file
        cause = f" Its network is {file}, which may have changed." if file else ""
        yield Differing("run", f"{where}: run again the digest is {again}.{cause}")
    yield from _numbers(where, row, result.kpis)
