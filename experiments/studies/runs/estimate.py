"""What a study would take, before it runs: time, of which three runs are tried, memory and disk."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from . import parts
from .folder import refuse_another
from .ledger import NAME, Ledger
from .plan import plan, runs
from ..sweep import Asked


class Estimate(NamedTuple):
    """What a study would take.

    Attributes
    ----------
    points, replicates, runs
        How many there are; `left`: how many are not done yet.
    seconds
        By the clock, on as many workers as are asked for.
    each
        Seconds of a run, `measured` or as `wom check` estimates them.
    bytes, disk
        Of memory at most, and of the folder.
    """

    points: int
    replicates: int
    runs: int
    left: int
    seconds: float
    each: float
    measured: bool
    bytes: int
    disk: int


# Longer than this nobody waits to be told how long it takes.
_TRIAL: float = 15.0
_ROW: int = 900


def estimate(asked: Asked, out: str | PathLike[str] | None, jobs: int) -> Estimate:
    """What a study would take; every point is validated, and three runs are tried.

    Raises
    ------
    CampaignError
        As `sweep`, for what is not allowed.
    """
    _, design, model = asked
    planned = plan(design, model)
    left = design.runs
    if out is not None and (Path(out) / NAME).is_file():
        ledger = Ledger(Path(out))
        refuse_another(ledger, design.name, model.name)
        keys = {key for (key,) in ledger.read("SELECT key FROM runs WHERE status >= 2")}
        ledger.close()
        left = sum(key not in keys for key, *_ in runs(design, planned))
    tried = sorted({0, design.size // 2, design.size - 1})
    needs = [model.need(design.point(number).changes) for number in tried]
    seconds, disk, measured = [each for _, each in needs], float(_ROW), False
    if max(seconds) < _TRIAL:
        measured = True
        model.run(design.point(0).changes, *design.seeds(0), design.keep)  # compiles, warms up
        seconds, kept = [], []
        for number in tried:
            began = time.perf_counter()
            outcome = model.run(design.point(number).changes, *design.seeds(0), design.keep)
            seconds.append(time.perf_counter() - began)
            if outcome.tables:
                kept.append(_bytes_of(outcome.tables))
        disk += sum(kept) / max(len(kept), 1)
    each = sum(seconds) / len(seconds)
    memory = jobs * max(size for size, _ in needs)
    return Estimate(
        design.size, design.replicates, design.runs, left, each * left / jobs, each, measured,
        memory, int(disk * design.runs),
    )  # fmt: skip


def _bytes_of(tables: Mapping[str, Mapping[str, Any]]) -> int:
    """What the tables of a run take on disk, by writing them aside."""
    with tempfile.TemporaryDirectory() as folder:
        written = parts.write(Path(folder), [(0, tables)])
        return sum((Path(folder) / parts.FOLDER / name).stat().st_size for name, *_ in written)
