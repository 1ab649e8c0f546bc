"""A fit as its folder keeps it, read again."""

from __future__ import annotations

import io
import json
import math
from os import PathLike
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from ....scenarios.loader import load_whole
from ....sim.border import border
from ....sim.errors import StorageError
from ...store.files import read
from ...store.folder import kind_of
from .checked import Checked, Helps, Misfit
from .counts import ByCount
from .fitted import Fitted
from .prior import Prior
from .seen import Reading, Seen
from .told import headline, notes, open_questions

# Deviations from the middle of a prior, far beyond any draw.
_FARTHEST: Final = 100.0

Kept = TypeVar("Kept", bound=Fitted)


def load(kind: type[Kept], folder: str | PathLike[str]) -> Kept:
    """The fit that a folder keeps, as the class that is asked for.

    Raises
    ------
    StorageError
        If it keeps none, or a file of it is missing or damaged.
    """
    import pandas as pd

    home = Path(folder)
    if kind_of(home) != "fit":
        raise StorageError(
            f"{home}: this folder keeps no fit; give the one that wom fit --out made."
        )
    fault, remedy = "this is not what was saved", "fit again"
    with border(str(home / "run.json"), StorageError, fault=fault, remedy=remedy):
        told: dict[str, Any] = json.loads(read(home / "run.json"))
        sums = told["files"]
        tables = {
            name: pd.read_parquet(
                io.BytesIO(read(home / f"{name}.parquet", sums[f"{name}.parquet"], remedy))
            )
            for name in ("places", "beside")
        }
        found = kind(**_parts(told, tables, load_whole(home / "scenario.toml")))
        # What is of another type shows where it is used, and that is to be here.
        for tell in (headline, open_questions, notes):
            tell(found)
        return found


def _parts(told: dict[str, Any], tables: dict[str, Any], scenario: Any) -> dict[str, Any]:
    priors = tuple(
        Prior(**{
            **each,
            "low": -math.inf if each["low"] is None else each["low"],
            "high": math.inf if each["high"] is None else each["high"],
        })
        for each in told["priors"]
    )  # fmt: skip
    own = dict(told["seen"])
    source, notes, numbers = own.pop("source"), own.pop("notes"), own.pop("numbers")
    reading = Reading(
        tuple(own["indicators"]), own["rows"], own["ticks"], own["least"], tuple(own["rates"])
    )
    shape = len(reading.indicators), reading.rows
    beside = tables["beside"]
    what = Seen(
        reading, beside["seen"].to_numpy(float).reshape(shape), numbers, source, tuple(notes)
    )
    bands = np.stack(
        [beside[name].to_numpy(float).reshape(shape) for name in ("p05", "p50", "p95")]
    )
    z = tables["places"].to_numpy(float)
    if not (np.abs(z) <= _FARTHEST).all():
        raise ValueError("a place of a draw is nowhere on the scale of its prior")
    checked = told["checked"]
    counted = told["counted"]
    return {
        "scenario": scenario,
        "what": what,
        "priors": priors,
        "z": z,
        "known": None if counted is None else ByCount(
            next(each for each in priors if each.path == counted["path"]),
            counted["did"], counted["could"], counted["of"],
        ),
        "moved": {path: tuple(names) for path, names in dict(told["moved"]).items()},
        "checked": Checked(
            bands, {name: tuple(each) for name, each in dict(checked["totals"]).items()},
            tuple(Misfit(**each) for each in checked["misfits"]), checked["asked"],
            tuple(checked["tested"]), tuple(Helps(**each) for each in checked["helps"]),
        ),
        "kept_of_prior": told["kept_of_prior"],
        "runs": told["runs"],
        "seconds": told["seconds"],
        "cpu_seconds": told["cpu_seconds"],
        "seed": told["seed"],
        "more": tuple(told["more"]),
    }  # fmt: skip
