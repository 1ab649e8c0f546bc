"""What a worker does: the runs of a chunk, one after the other, none of which can harm the next."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .ledger import Row
from .model import Model


class Task(NamedTuple):
    """A run as a worker is told of it."""

    run: int
    changes: dict[str, Any]
    seed: int
    world: int


Done = tuple[Row, Mapping[str, Mapping[str, Any]]]


def work(model: Model, tasks: Sequence[Task], keep: tuple[str, ...]) -> list[Done]:
    """Make the runs of a chunk: what became of each, and its tables.

    A run that raises is a row with its error.
    """
    return [_one(model, task, keep) for task in tasks]


def _one(model: Model, task: Task, keep: tuple[str, ...]) -> Done:
    began = time.perf_counter()
    try:
        outcome = model.run(task.changes, task.seed, task.world, keep)
    except (Exception, SystemExit) as problem:  # noqa: BLE001  whatever a model raises is its outcome
        text = str(problem) or "no message"
        error = f"{type(problem).__name__}: {' '.join(text.split())}"
        seconds = time.perf_counter() - began
        return Row(task.run, {}, seconds=seconds, error=error, trace=traceback.format_exc()), {}
    seconds = time.perf_counter() - began
    row = Row(task.run, outcome.values, outcome.digest, outcome.network, seconds)
    return row, outcome.tables
