"""Studies as files: those that are shipped, and those that lie somewhere."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any, Final

from ....scenarios.loader import beside, read_tables
from ....sim.errors import InputError, hint

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
