"""A study that is asked for, by a name, a file or a call, read into a design and a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from ...scenarios.loader import beside, load_whole, names, read_tables
from ...sim.border import border, brief
from ...sim.errors import InputError, StorageError
from ...sim.parameters import Scenario
from ...sim.parameters.paths import flat
from ..worlds.draws import Draws, Uncertain
from ..worlds.given import given as given_as
from ..worlds.given import is_fit, read_draws
from .design.design import Design, declared
from .design.file import read
from .runs.campaigns import Campaigns
from .runs.function import Function
from .runs.ledger import NAME as LEDGER
from .runs.ledger import Ledger
from .runs.model import Model
from .runs.own import Named, apart


class StudyRequest(NamedTuple):
    """A study that is asked for: as tables, as a design, and the model of it."""

    tables: dict[str, Any]
    design: Design
    model: Model


def request(
    source: Any,
    own: Mapping[str, Any],
    network: Any = None,
    measures: Mapping[str, Callable[[Any], float]] | None = None,
) -> StudyRequest:
    """The study that is asked for, by a name or a file, or by what it is to be.

    Parameters
    ----------
    source, network, measures
        As in `sweep`.
    own
        Keys of a study that are given beside it; None: not given.

    Raises
    ------
    InputError
        If anything about it is not allowed, but for what only its points show.
    """
    beside = None
    own, named = (own, {}) if callable(source) else _named(own)
    given = {key: _plain(value) for key, value in own.items() if value is not None}
    if "axes" not in given and "designs" not in given and not callable(source):
        if isinstance(source, Scenario | Uncertain | Draws) or is_fit(source):
            raise InputError("axes are missing; say what varies, such as {'horizon': [24, 48]}.")
        with border(repr(brief(str(source))), remedy="check the spelling"):
            tables, beside = read(source)
        both = _both(tables.get("set", {}), given.get("set", {}))
        given = {**tables, **given} | ({"set": both} if both else {})
    asked = given.pop("measures", None)
    if asked and set(asked) != set(measures or {}):
        raise InputError(
            f"measures = {asked!r} are functions, which no file holds; call wom.sweep with "
            "measures = {name: function} of these."
        )
    if measures:
        given["measures"] = list(measures)
    model = _model(
        source if beside is None else given["scenario"], network, measures, beside, given, named
    )
    given.setdefault("name", model.name)
    try:
        return StudyRequest(given, declared(given), model)
    except InputError as problem:
        where = "" if beside is None else f"{source}: "
        raise InputError(
            "\n".join(f"{where}{line}" for line in str(problem).splitlines())
        ) from None


def _named(own: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """A study with names for what is of its author's own, and what these stand for."""
    found = dict(own)
    found["axes"], named = apart(own.get("axes"))
    designs = own.get("designs")
    if isinstance(designs, list | tuple):
        found["designs"] = []
        for each in designs:
            part = dict(each)
            part["axes"], more = apart(part.get("axes", {}))
            found["designs"].append(part)
            for kind, things in more.items():
                known = named.setdefault(kind, {})
                twice = [name for name in known.keys() & things if known[name] is not things[name]]
                if twice:
                    raise InputError(
                        f"designs: {kind}: {twice[0]} stands for two things; name them apart."
                    )
                known |= things
    return found, named


def _both(own: Any, beside: Any) -> Any:
    """What is set beside a study beside what it sets; whatever is no table, pydantic refuses."""
    for each in (own, beside):
        if not isinstance(each, Mapping):
            return each
    return {**flat(own), **flat(beside)}


def _model(
    source: Any,
    network: Any,
    measures: Any,
    beside: Path | None,
    tables: Mapping[str, Any],
    named: Named,
) -> Model:
    """The model over a function, or over a scenario, which may lie beside the study's file."""
    if callable(source):
        if network is not None:
            raise InputError("a function runs on no network; leave the network out.")
        if measures:
            raise InputError("measures are for scenarios; let the function give numbers by name.")
        return Function(source)
    if beside is not None and isinstance(source, str):
        with border(f"{beside}: scenario = {brief(source)!r}", remedy="check the spelling"):
            there = beside.parent / source
            found = there.is_file() or (source not in names() and there.is_dir())
        source = there if found else source
        if found and (beside.parent / LEDGER).is_file() and there.is_file():
            # Beside a ledger lies what it was planned with: nothing is to be filled in.
            source = load_whole(there)
    scenario, draws = given_as(source)
    if tables.get("draws") and beside is not None:
        if draws is not None:
            raise InputError(
                f"{beside}: draws = {brief(str(tables['draws']))!r} beside a scenario that is a "
                "fit, which has its own; leave one of them out."
            )
        draws = read_draws(scenario, beside.parent / str(tables["draws"]))
    return Campaigns(scenario, network, measures, draws, named)


def _plain(value: Any) -> Any:
    """What is given as a file would say it: arrays as lists, their numbers as numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


class KeptRun(NamedTuple):
    """A run of a folder, as it takes to make it again; `digest` is empty where it is not done."""

    scenario: Scenario
    seed: int
    world: int
    digest: str


def kept_run(folder: str | PathLike[str], point: int, replicate: int) -> KeptRun:
    """A run of a study that a folder keeps.

    Raises
    ------
    InputError
        If there is no such point or replicate, or the study is of a function.
    StorageError
        If the folder keeps no study, or files that are not of this ledger.
    """
    home = Path(folder)
    with closing(Ledger(home)) as ledger:
        rows = list(ledger.read(
            "SELECT runs.seed, runs.world, runs.digest, points.parameters FROM plan "
            "JOIN runs ON runs.id = plan.run JOIN points ON points.point = plan.point "
            "WHERE plan.point = ? AND plan.replicate = ?", (point, replicate),
        ))  # fmt: skip
        [(most, many)] = ledger.read("SELECT MAX(point), MAX(replicate) FROM plan")
    if not rows:
        raise InputError(
            f"--point {point} --replicate {replicate} is no run of {home}; its points are 0 to "
            f"{most}, without those that are left out, and its replicates 0 to {many}."
        )
    tables = read_tables(home / "study.toml")
    if "function" in tables:
        raise InputError(f"{home}: the study is of a function; call it with the seed in the table.")
    measured = tables.pop("measures", None)
    tables = beside(tables, home)
    scenario, kept = load_whole(home / str(tables["scenario"])), tables.get("draws")
    draws = read_draws(scenario, home / str(kept)) if kept else None
    model = Campaigns(scenario, draws=draws)
    changes = declared(tables).at(point).changes
    [(seed, world, digest, planned)] = rows
    if not measured and model.parameters(changes) != planned:
        raise StorageError(
            f"{home}: study.toml and scenario.toml are not those that its runs were planned with; "
            "restore them, or run the study in a new folder."
        )
    return KeptRun(
        model.at(model.in_replicate(changes, replicate)), int(seed), int(world), digest or ""
    )
