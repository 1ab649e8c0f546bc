"""A study as tables: read from a TOML file or given in Python, checked key by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any, Final

from ....scenarios.loader import find as find_scenario
from ....scenarios.loader import read_tables
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ....sim.parameters.paths import flat
from .campaigns import Campaigns, campaigns
from ..design.design import Design, design
from .function import Function
from .model import Model

HERE: Final = Path(__file__).resolve().parents[2] / "shipped"
KEYS: Final = (
    "scenario", "function", "name", "question", "finding", "replicates", "seed", "world",
    "outcomes", "keep", "set", "axes", "design", "designs",
)  # fmt: skip
# What a table says that is itself an axis, not the way to one.
_AXIS: Final = frozenset(("from", "to", "steps", "mean", "deviation", "link"))


def names() -> list[str]:
    """The names of the shipped studies, sorted.

    Examples
    --------
    >>> "campaign_card" in names()
    True
    """
    return sorted(file.stem for file in HERE.glob("*.toml"))


def read(name_or_path: str | PathLike[str]) -> tuple[dict[str, Any], Path]:
    """The tables of a shipped study by its name, or of a study file, and the file.

    A `network.file` that is not absolute is looked for beside the study file.

    Raises
    ------
    InputError
        If there is none, or it is not TOML, or has a key that no study has.
    """
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and path.name == name_or_path and not path.suffix:
        if name_or_path in names():
            path = HERE / f"{name_or_path}.toml"
        elif not path.exists():
            close = get_close_matches(name_or_path, names(), n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(names())}."
            raise InputError(f"there is no study {name_or_path!r}; {hint}")
    tables = read_tables(path)
    try:
        _known(tables)
        if "scenario" not in tables:
            raise InputError("scenario is missing; name one, such as scenario = 'open_house'.")
    except InputError as problem:
        raise InputError(f"{path}: {problem}") from None
    return {"name": path.stem, **beside(tables, path.parent)}, path


def declared(tables: Mapping[str, Any]) -> Design:
    """The design that tables declare.

    Raises
    ------
    InputError
        Naming the key, its value and what is allowed.
    """
    _known(tables)
    lists = {key: tables.get(key, ()) for key in ("outcomes", "keep", "designs")}
    for key, value in lists.items():
        if isinstance(value, str) or not isinstance(value, list | tuple):
            raise InputError(f"{key} = {value!r} is not allowed; give a list.")
    return design(
        str(tables.get("name", "study")),
        axes=leaves(_table(tables, "axes")),
        settings=flat(_table(tables, "set")),
        sampling=_table(tables, "design"),
        designs=[_sub(each) for each in lists["designs"]],
        replicates=tables.get("replicates", 1),
        seed=tables.get("seed", 0),
        world=tables.get("world"),
        outcomes=lists["outcomes"],
        keep=lists["keep"],
        question=tables.get("question", ""),
        finding=tables.get("finding", ""),
    )


def model_of(
    source: Scenario | Callable[..., Any] | str | PathLike[str],
    network: Any = None,
    beside: Path | None = None,
) -> Model:
    """The model of a study: over a scenario, its name, its file, or a function.

    Parameters
    ----------
    beside
        The study's file, beside which the file of a scenario is looked for.
    """
    if callable(source):
        if network is not None:
            raise InputError("a function runs on no network; leave the network out.")
        return Function(source)
    if beside is not None and isinstance(source, str):
        near = beside.parent / source
        source = near if near.is_file() else source
    if isinstance(source, str | PathLike):
        find_scenario(source)
    return campaigns(source, network)


def tables_of(given: Mapping[str, Any], model: Model) -> dict[str, Any]:
    """The tables as a study folder keeps them, in plain values, with its own scenario file."""
    kept = {key: _plain(given[key]) for key in KEYS if key in given and given[key] is not None}
    kept = beside(kept, Path.cwd())
    kept.pop("function", None)
    kept["scenario"] = "scenario.toml"
    if not isinstance(model, Campaigns):
        kept.pop("scenario")
        kept = {"function": model.name, **kept}
    return {key: value for key, value in kept.items() if value not in ({}, [], "")}


def beside(tables: Mapping[str, Any], folder: Path, before: str = "") -> dict[str, Any]:
    """Tables with every `network.file` in them, set or an axis, as an absolute path.

    Examples
    --------
    >>> beside({"set": {"network": {"file": "b.npz"}}}, Path("/a"))
    {'set': {'network': {'file': '/a/b.npz'}}}
    """

    def placed(value: Any, path: str) -> Any:
        if isinstance(value, Mapping):
            return beside(value, folder, f"{path}.")
        if isinstance(value, list | tuple):
            return [placed(each, path) for each in value]
        if isinstance(value, str) and path.endswith("network.file"):
            return str((folder / value).absolute())
        return value

    return {name: placed(value, f"{before}{name}") for name, value in tables.items()}


def leaves(given: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Axes by their dotted names, whether a file writes them with quotes or as tables.

    Examples
    --------
    >>> leaves({"incentives": {"reward": [0, 5]}, "share.base.fan": {"from": 0, "to": 1}})
    {'incentives.reward': [0, 5], 'share.base.fan': {'from': 0, 'to': 1}}
    """
    result: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, Mapping) and value and not _AXIS & set(value):
            result |= leaves(value, f"{before}{name}.")
        else:
            result[f"{before}{name}"] = value
    return result


def _sub(given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    return {
        **given,
        **({"axes": leaves(_table(given, "axes"))} if "axes" in given else {}),
        **({"set": flat(_table(given, "set"))} if "set" in given else {}),
    }


def _known(tables: Mapping[str, Any]) -> None:
    for key in tables:
        if key not in KEYS:
            close = get_close_matches(key, KEYS, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"allowed are {', '.join(KEYS)}."
            raise InputError(f"{key}: a study has no such key; {hint}")


def _table(tables: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = tables.get(key) or {}
    if not isinstance(found, Mapping):
        raise InputError(f"{key} = {found!r} is not allowed; give a table.")
    return found


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
