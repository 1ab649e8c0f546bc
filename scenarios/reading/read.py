"""`Network.from_file`, and networks of tables and graphs in Python: one way through for all."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any

from ...sim.border import border
from ...sim.errors import InputError
from .asked import Asked
from .assemble import network_of
from .content import content
from .recognise import recognise
from .ties import Ties

if TYPE_CHECKING:
    from ...sim.network import Network


def from_file(path: str | PathLike[str], **asked: Any) -> Network:
    """See `Network.from_file`."""
    how = Asked(**asked)
    with border(str(path)):
        title, data = content(path)
        form = recognise(title, data)
        if form == "npz":
            from .archive import load

            return load(title, data, how)
        return network_of(_ties(title, form, data, how), how)


def from_table(table: Any, **asked: Any) -> Network:
    """See `Network.from_table`."""
    from .records import read_table

    how = Asked(**asked)
    frame = hasattr(table, "iloc") and hasattr(table, "columns")
    if not (frame or hasattr(table, "column_names")):
        raise InputError(
            f"table = {type(table).__name__} is not allowed; give a DataFrame of pandas or a table "
            "of pyarrow"
        )
    with border("the table"):
        return network_of(read_table("the table", "table in Python", table, how), how)


def _ties(title: str, form: str, data: bytes, asked: Asked) -> Ties:
    if form == "text":
        from .delimited import read_text

        return read_text(title, data, asked)
    if form == "Matrix Market":
        from .matrix import read_matrix

        return read_matrix(title, data, asked)
    if form in ("Parquet", "xlsx", "JSON rows"):
        from . import records

        if form == "Parquet":
            return records.read_parquet(title, data, asked)
        if form == "xlsx":
            return records.read_workbook(title, data, asked)
        return records.read_json_rows(title, data, asked)
    from .graphs import read_graph

    return read_graph(title, form, data, asked)
