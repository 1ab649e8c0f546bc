"""Tables that are no text: DataFrames, Parquet, workbooks, records in JSON."""

from __future__ import annotations

import io
import json
from typing import Any, Final

import pyarrow as pa

from ...sim.errors import InputError
from .asked import Asked
from .complaints import NEED, foreign, refusal
from .sheet import Sheet, layout, ties_of
from .ties import Ties, texts
from .vocabulary import ends_of

_HEAD: Final = 3  # rows in which the names of columns may stand


def read_rows(
    title: str, form: str, names: list[str], rows: list[list[Any]], asked: Asked, first: int = 2
) -> Ties:
    """The ties of rows of values under names; row 0 stands in line `first`."""

    def column(k: int) -> pa.Array:
        return texts([cell(row[k]) if k < len(row) else "" for row in rows])

    def complain(row: int, fault: str, remedy: str) -> InputError:
        shown = ", ".join(cell(each) for each in rows[row])
        return refusal(title, row + first, shown, fault, remedy)

    sheet = Sheet(title, form, names, len(names), column, complain)
    return ties_of(sheet, layout(title, names, asked), asked)


def read_table(title: str, form: str, table: Any, asked: Asked) -> Ties:
    """The ties of a table of pandas or pyarrow."""
    frame = pa.Table.from_pandas(table, preserve_index=False) if hasattr(table, "iloc") else table
    names = [str(name) for name in frame.column_names]
    if not names:
        raise InputError(f"{title}: the table has no columns; {NEED}")

    def column(k: int) -> pa.Array:
        return texts([cell(each) for each in frame.column(k).to_pylist()])

    def complain(row: int, fault: str, remedy: str) -> InputError:
        shown = ", ".join(cell(frame.column(k)[row].as_py()) for k in range(len(names)))
        return InputError(f"{title}, row {row}: {shown!r} {fault}; {remedy}")

    sheet = Sheet(title, form, names, len(names), column, complain)
    return ties_of(sheet, layout(title, names, asked), asked)


def read_parquet(title: str, data: bytes, asked: Asked) -> Ties:
    """The ties of a Parquet file."""
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(data))
    except (pa.ArrowException, OSError) as problem:
        raise foreign(title, "a damaged Parquet file", "write it again") from problem
    return read_table(title, "Parquet", table, asked)


def read_json_rows(title: str, data: bytes, asked: Asked) -> Ties:
    """The ties of records in JSON: a list of objects or pairs, or one object a line."""
    try:
        told = json.loads(data)
        form = "JSON records"
    except ValueError:
        lines = [(k, line) for k, line in enumerate(data.splitlines(), 1) if line.strip()]
        told, form = [_object(title, k, line) for k, line in lines], "JSON lines"
    told = [told] if isinstance(told, dict) else told
    if told and all(isinstance(each, list) and 2 <= len(each) <= 3 for each in told):
        names = ["source", "target", "weight"][: max(map(len, told))]
        return read_rows(title, form, names, told, asked, 1)
    for k, each in enumerate(told, 1):
        if not isinstance(each, dict):
            raise refusal(
                title, k, str(each), "is no record", "give objects with source and target"
            )
    names = list(dict.fromkeys(str(name) for each in told for name in each))
    if len(names) < 2:
        raise InputError(f"{title}: the records have no two ends; give them source and target")
    return read_rows(title, form, names, [[r.get(n) for n in names] for r in told], asked, 1)


def _object(title: str, number: int, line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as problem:
        text = line.decode("utf-8", "replace").strip()
        raise refusal(title, number, text, "is not valid JSON", "mend it") from problem


def read_workbook(title: str, data: bytes, asked: Asked) -> Ties:
    """The ties of an Excel workbook: its sheet Edges as NodeXL has it, else its first.

    Raises
    ------
    InputError
        If openpyxl is not installed, or no sheet names both ends of ties.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as problem:
        raise InputError(
            f"{title}: reading a workbook needs openpyxl; install wordofmouth[excel], or save the "
            "sheet as CSV"
        ) from problem
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {name: [list(row) for row in book[name].values] for name in book.sheetnames}
    except Exception as problem:
        raise foreign(title, "a workbook that cannot be opened", "save it again") from problem
    name = "Edges" if "Edges" in sheets else next(iter(sheets))
    rows = sheets[name]
    heads = [[cell(each) for each in row] for row in rows[:_HEAD]]
    head = next((k for k, names in enumerate(heads) if ends_of(names) is not None), None)
    if head is None:
        if not heads:
            raise InputError(f"{title}, sheet {name}: the sheet is empty; {NEED}")
        head = 0
    nodexl = "Vertices" in sheets and "Edges" in sheets
    ties = read_rows(
        f"{title}, sheet {name}",
        "NodeXL workbook" if nodexl else "Excel workbook",
        heads[head],
        rows[head + 1 :],
        asked,
        head + 2,
    )
    said = _directedness(sheets) if nodexl else None
    if said is None or ties.directed is not None:
        return ties
    return Ties(**{**vars(ties), "directed": said, "said": "the workbook's Graph Directedness"})


def _directedness(sheets: dict[str, list[list[Any]]]) -> bool | None:
    """What NodeXL noted of directions, among its own notes."""
    for rows in sheets.values():
        for row in rows:
            for k, each in enumerate(row[:-1]):
                if each == "Graph Directedness" and row[k + 1] in ("Directed", "Undirected"):
                    return bool(row[k + 1] == "Directed")
    return None


def cell(value: Any) -> str:
    """A value as a text; a number that is whole is written so, and a gap is empty."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value).strip()
