"""`Network.from_file`, and networks of tables and graphs in Python: one way through for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from typing import TYPE_CHECKING, Any

from ...sim.budget import memory, size
from ...sim.errors import InputError, LimitError
from .asked import Asked
from .assemble import network_of
from .complaints import brief
from .content import content
from .recognise import recognise
from .ties import Ties

if TYPE_CHECKING:
    from ...sim.network import Network


def from_file(path: str | PathLike[str], **asked: Any) -> Network:
    """See `Network.from_file`."""
    how = Asked(**asked)
    title, data = content(path)
    with in_words(title):
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
    with in_words("the table"):
        return network_of(read_table("the table", "table in Python", table, how), how)


@contextmanager
def in_words(title: str) -> Iterator[None]:
    """Say in a sentence what may go wrong wherever texts are made and memory is taken."""
    try:
        yield
    except UnicodeEncodeError as problem:
        raise InputError(
            f"{title}: {brief(ascii(problem.object))} has {problem.object[problem.start]!a} "
            "in it, which is half a sign and no text; mend it"
        ) from problem
    except RecursionError as problem:
        raise InputError(
            f"{title}: it is nested far deeper than ties are; give a list of objects with source "
            "and target"
        ) from problem
    except LimitError:
        raise
    except MemoryError as problem:
        raise LimitError(
            f"{title}: reading it takes more memory than is free ({size(memory())}); give fewer "
            "ties, or more memory"
        ) from problem


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
