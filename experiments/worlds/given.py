"""Whatever stands for a campaign, wherever one is asked for: a scenario, its name, its file, a fit.

A fit is known by what its folder keeps: its draws, the scenario that was fitted, the one with their
medians, and what the data cannot tell.
"""

from __future__ import annotations

import io
import json
from os import PathLike
from pathlib import Path
from typing import Any, Final

from ...scenarios.loader import load, load_whole, names
from ...sim.border import border
from ...sim.errors import InputError, StorageError
from ...sim.parameters import Scenario
from ..store.files import parquet, read
from ..store.folder import kind_of
from .draws import Draws, Uncertain

# Where a table of draws says whose they are, and a column of one in which nothing differs.
_ABOUT: Final = b"wordofmouth"
_NOTHING: Final = "nothing"

Source = Scenario | Uncertain | Draws | str | PathLike[str]


def given(source: Source) -> tuple[Scenario, Draws | None]:
    """The scenario that an answer is about, and the draws of what is not known of it.

    Parameters
    ----------
    source
        A scenario, or the name or file of one: nothing is drawn. A fit, the folder that keeps one,
        or draws: the scenario is the one in their middle.

    Raises
    ------
    InputError
        As `load`; and if it is a folder that keeps no fit.
    StorageError
        If a file of the fit is missing or damaged.
    """
    found = draws_or(source)
    return (found.base, found) if isinstance(found, Draws) else (found, None)


def draws_or(source: Source) -> Scenario | Draws:
    """The same as one: draws where something is drawn, and a scenario where nothing is."""
    if isinstance(source, Uncertain):
        return source.drawn()
    if isinstance(source, Draws | Scenario):
        return source
    return draws_in(source) if is_folder(source) else load(source)


def is_folder(source: object) -> bool:
    """Whether it is the path of a folder, and no shipped scenario is called so."""
    if not isinstance(source, str | PathLike) or source in names():
        return False
    with border("the folder"):
        return Path(source).is_dir()


def is_fit(source: object) -> bool:
    """Whether it is the path of a folder that keeps a fit."""
    return is_folder(source) and kind_of(str(source)) == "fit"


def draws_in(folder: str | PathLike[str]) -> Draws:
    """The draws of the fit that a folder keeps.

    Raises
    ------
    InputError
        If it keeps no fit.
    StorageError
        If a file of it is missing or damaged.
    """
    import pandas as pd

    home = Path(folder)
    if kind_of(home) != "fit":
        raise InputError(
            f"{home}: this folder keeps no fit; give the folder that wom fit --out made, or the "
            "file of a scenario."
        )
    fault, remedy = "this is not what was saved", "fit again"
    with border(str(home / "run.json"), StorageError, fault=fault, remedy=remedy):
        told: dict[str, Any] = json.loads(read(home / "run.json"))
        sums = told["files"]
        data = read(home / "draws.parquet", sums["draws.parquet"], remedy)
        table = pd.read_parquet(io.BytesIO(data))
        for name in ("scenario.toml", "fitted.toml"):
            read(home / name, sums.get(name), remedy)
        paths = [str(name) for name in table.columns]
        return Draws(
            base=load_whole(home / "fitted.toml"),
            changes=tuple(dict(zip(paths, row, strict=True)) for row in table.to_numpy().tolist()),
            before=load_whole(home / "scenario.toml"),
            source=str(told["seen"]["source"]),
            open=tuple(map(str, told["cannot_tell"])),
            doubt=str(told.get("doubt", "")),
            folder=str(folder),
        )


def written(draws: Draws) -> bytes:
    """Draws as a Parquet file, a row a draw and a column a parameter, with whose they are."""
    import pyarrow as pa

    columns = {path: [each.get(path) for each in draws.changes] for path in draws.paths}
    # Where nothing differs any more, there are as many draws all the same.
    table = pa.table(columns or {_NOTHING: [0.0] * len(draws)})
    about = {"source": draws.source, "open": draws.open, "given": draws.given}
    about |= {"doubt": draws.doubt} if draws.doubt else {}
    return parquet(table.replace_schema_metadata({_ABOUT: json.dumps(about)}))


def read_draws(base: Scenario, path: Path) -> Draws:
    """The draws that `written` made, of a scenario.

    Raises
    ------
    StorageError
        If the file is missing, or no such file.
    """
    import pyarrow.parquet as pq

    remedy = "restore it, or run the study in a new folder"
    data = read(path, None, remedy)
    with border(str(path), StorageError, fault="this is no table of draws", remedy=remedy):
        table = pq.read_table(io.BytesIO(data))
        about = json.loads((table.schema.metadata or {}).get(_ABOUT, b"{}"))
        rows = [
            {name: value for name, value in row.items() if value is not None and name != _NOTHING}
            for row in table.to_pylist()
        ]
        return Draws(
            base=base,
            changes=tuple(rows),
            source=str(about.get("source", "")),
            open=tuple(map(str, about.get("open", ()))),
            doubt=str(about.get("doubt", "")),
            given=tuple(map(str, about.get("given", ()))),
        )
