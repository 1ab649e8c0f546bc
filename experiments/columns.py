"""A result as tables of Arrow columns, and the columns back."""

from __future__ import annotations

import io
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ..sim.result import Result
from ..sim.state import Log
from ..sim.world import ROLES

COUNTED: Final = ("message", "step", "role", "hop")


def tables_of(result: Result) -> dict[str, pa.Table]:
    """The tables of a result by name; see `wordofmouth.experiments.archive` for each."""
    ids = result.network["ids"]
    cells = np.nonzero(result.counts.any(axis=-1))
    counted = result.counts[cells]
    ticks = next(iter(result.columns.values())).size
    return {
        "series": pa.table({"tick": np.arange(ticks), **result.columns}),
        "shares": _log_table(result.share_log, ids),
        "buyers": _log_table(result.buyer_log, ids),
        "people": pa.table(
            {
                **({} if ids is None else {"id": pa.array(ids)}),
                "role_at_birth": _roles(result.role_at_birth),
                "role": _roles(result.role),
                "trust": result.trust,
                "bond": result.bond,
                "steps": result.steps,
            }
        ),
        "counts": pa.table(
            {
                **dict(zip(COUNTED, cells, strict=True)),
                "events": counted[:, 0],
                "people": counted[:, 1],
            }
        ),
    }


def parquet(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def codes(table: pa.Table, name: str) -> NDArray[np.uint8]:
    """Roles by their numbers again."""
    # Through their names: a file need not keep the order in which a dictionary was written.
    names = table.column(name).cast(pa.string())
    found = pc.index_in(names, value_set=pa.array(ROLES))
    if found.null_count:
        raise ValueError(f"{name} holds a role that is none of {', '.join(ROLES)}")
    numbers: NDArray[np.uint8] = found.to_numpy().astype(np.uint8)
    return numbers


def ids_of(table: pa.Table) -> NDArray[Any]:
    """The ids that the data gave to people, as numpy holds them."""
    column = table.column("id")
    textual = pa.types.is_string(column.type)
    ids: NDArray[Any] = np.array(column.to_pylist()) if textual else column.to_numpy()
    return ids


def _log_table(log: Log, ids: NDArray[Any] | None) -> pa.Table:
    if ids is None:
        return pa.table(log._asdict())
    # A sender below 0 is no person, and has no id.
    named = {
        "person_id": pa.array(ids[log.person]),
        "sender_id": pa.array(ids[np.maximum(log.sender, 0)], mask=log.sender < 0),
    }
    return pa.table({**log._asdict(), **named})


def _roles(numbers: NDArray[np.uint8]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(numbers, pa.uint8()), pa.array(ROLES))
