"""Studies as files: those that are shipped, and those that lie somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Final

from ....scenarios.loader import read_tables
from ....sim.errors import InputError, hint

# What names a file in a scenario.
FILES: Final = ("network.file", "people.file")
HERE: Final = Path(__file__).resolve().parents[2] / "shipped"


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

    A `network.file` or `people.file` that is not absolute is looked for beside the study file.

    Raises
    ------
    InputError
        If there is none, or it is not TOML, or names no scenario.
    """
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and path.name == name_or_path and not path.suffix:
        if name_or_path in names():
            path = HERE / f"{name_or_path}.toml"
        elif not path.exists():
            meant = hint(name_or_path, names(), f"there are {', '.join(names())}.")
            raise InputError(f"there is no study {name_or_path!r}; {meant}")
    tables = read_tables(path)
    if "scenario" not in tables:
        raise InputError(f"{path}: scenario is missing; name one, such as scenario = 'open_house'.")
    return {"name": path.stem, **beside(tables, path.parent)}, path


def beside(tables: Mapping[str, Any], folder: Path, before: str = "") -> dict[str, Any]:
    """Tables with every file of a network or of people in them, set or an axis, from anywhere.

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
        if isinstance(value, str) and value != "-" and path.endswith(FILES):
            return str((folder / value).absolute())
        return value

    return {name: placed(value, f"{before}{name}") for name, value in tables.items()}
