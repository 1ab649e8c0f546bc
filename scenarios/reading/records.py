"""Tables that are no text: DataFrames, Parquet, workbooks, records in JSON."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pyarrow as pa

from ...sim.border import border
from ...sim.errors import InputError
from .asked import Asked
from .complaints import NEED, brief, foreign, refusal
from .delimited import heads_in, layout_of, refuse_matrix, unnamed
from .dialect import Dialect, named_by
from .sheet import Layout, Sheet, layout, ties_of
from .ties import Ties, texts
from .vocabulary import ends_of

_HEAD: Final = 3  # rows in which the names of columns may stand
_INDEX: Final = "__index_level_0__"  # what pandas calls the names of rows in Parquet
_NO_CELL: Final = ("has a list or an object in it", "give texts and numbers")
_NESTED: Final = (list, dict, tuple, set, np.ndarray)
_TIE: Final = 3  # columns that may be a tie with its weight


def read_rows(
    title: str,
    form: str,
    names: list[str] | None,
    rows: list[list[Any]],
    asked: Asked,
    first: int = 2,
    where: Layout | None = None,
) -> Ties:
    """The ties of rows of values under names; row 0 stands in line `first`.

    Without names `where` says which columns hold what.
    """

    def column(k: int) -> pa.Array:
        return texts([cell(row[k]) if k < len(row) else "" for row in rows])

    def complain(row: int, fault: str, remedy: str) -> InputError:
        shown = ", ".join(cell(each) for each in rows[row])
        return refusal(title, row + first, shown, fault, remedy)

    where = layout(title, names or [], asked) if where is None else where
    width = len(rows[0] if names is None else names)
    return ties_of(Sheet(title, form, names, width, column, complain), where, asked)


def read_cells(title: str, form: str, rows: list[list[Any]], asked: Asked, line: int) -> Ties:
    """The ties of rows of which the first, in `line`, names the columns or does not.

    Decided as in text: see `dialect`.
    """
    width = max(map(len, rows))
    told = [[cell(each) for each in row] + [""] * (width - len(row)) for row in rows]
    found = named_by(Dialect(b"", ",", "", told[0], told[1:], [], line), asked)
    if asked.source is None:
        refuse_matrix(title, found)
    where = layout_of(title, found, asked)
    ends = {k: texts([row[k] for row in told]) for k in (where.source, where.target)}
    if not heads_in(title, found, ends, where):
        ties = read_rows(title, form, None, rows, asked, line, where)
        notes = [each for each in ties.notes if each[0] != "Columns"]
        return replace(ties, notes=[("Columns", unnamed(where, "")), *notes])
    return read_rows(title, form, told[0], rows[1:], asked, line + 1)


def read_table(title: str, form: str, table: Any, asked: Asked) -> Ties:
    """The ties of a table of pandas or pyarrow."""
    if hasattr(table, "iloc"):
        names, frame = [str(name) for name in table.columns], table.reset_index(drop=True)
        _refuse_crossed(title, table)
    else:
        names, frame = [str(name) for name in table.column_names], table
    if not names:
        raise InputError(f"{title}: the table has no columns; {NEED}")

    def values(k: int) -> list[Any]:
        if not hasattr(frame, "iloc"):
            found: list[Any] = frame.column(k).to_pylist()
            return found
        one = frame.iloc[:, k]
        gaps = one.isna().tolist()
        return [None if gap else each for each, gap in zip(one.tolist(), gaps, strict=True)]

    def complain(row: int, fault: str, remedy: str) -> InputError:
        shown = ", ".join(cell(values(k)[row]) for k in range(len(names)))
        return InputError(f"{title}, row {row}: {shown!r} {fault}; {remedy}")

    def column(k: int) -> pa.Array:
        found = values(k)
        nested = (row for row, each in enumerate(found) if isinstance(each, _NESTED))
        if (row := next(nested, None)) is not None:
            raise complain(row, *_NO_CELL)
        return texts([*map(cell, found)])

    if asked.source is None and len(frame) in (len(names), len(names) - 1):
        last = len(names) - 1 if names[-1] == _INDEX else 0  # the names of rows come first
        order = [last, *(k for k in range(len(names)) if k != last)]
        rows = [[*map(cell, row)] for row in zip(*map(values, order), strict=True)]
        refuse_matrix(title, Dialect(b"", ",", "", [names[k] for k in order], rows, [], 1))
    sheet = Sheet(title, form, names, len(names), column, complain)
    return ties_of(sheet, layout(title, names, asked), asked)


def _refuse_crossed(title: str, table: Any) -> None:
    """Refuse a DataFrame with a row and a column for each person: its index is no column."""
    people = {cell(each) for each in table.columns}
    crossed = people & {cell(each) for each in table.index}
    numbers = all(kind.kind in "biuf" for kind in table.dtypes)
    square = len(table) == len(table.columns)
    if not (numbers and crossed) or ends_of([*people]) is not None:
        return
    plain = {*table.columns} == {*range(len(table.columns))}
    if plain and len(people) <= _TIE and not (square and _yes_or_no(table)):
        return  # columns without names
    raise foreign(
        title,
        f"a matrix with a column for each of {len(people):,} people",
        "give a table with a row for each tie: table.stack(), and those above 0",
    )


def _yes_or_no(table: Any) -> bool:
    """Whether a matrix is 0 and 1, and nobody is tied to themselves."""
    found = table.to_numpy("float64", na_value=np.nan)
    return bool(((found == 0) | (found == 1)).all() and not found.diagonal().any())


def read_parquet(title: str, data: bytes, asked: Asked) -> Ties:
    """The ties of a Parquet file."""
    return read_table(title, "Parquet", table_of_parquet(title, data), asked)


def table_of_parquet(title: str, data: bytes) -> pa.Table:
    """What a Parquet file holds."""
    import pyarrow.parquet as pq

    with border(title, fault="this is a damaged Parquet file", remedy="write it again"):
        return pq.read_table(io.BytesIO(data))


def read_json_rows(title: str, data: bytes, asked: Asked) -> Ties:
    """The ties of records in JSON: a list of objects or pairs, or one object a line."""
    try:
        told = json.loads(data)
        form = "JSON records"
    except ValueError:
        lines = [(k, line) for k, line in enumerate(data.splitlines(), 1) if line.strip()]
        told, form = [_object(title, k, line) for k, line in lines], "JSON lines"
    if isinstance(told, dict):
        told = _records(title, told, asked)
    for k, each in enumerate(told, 1):
        values = each.values() if isinstance(each, dict) else each
        if isinstance(each, dict | list) and any(isinstance(v, dict | list) for v in values):
            raise refusal(title, k, str(each), *_NO_CELL)
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


def rows_of_json(title: str, data: bytes) -> tuple[list[str], list[list[Any]]]:
    """The names and rows of a list of objects, or of one object a line."""
    try:
        told = json.loads(data)
    except ValueError:
        lines = [(k, line) for k, line in enumerate(data.splitlines(), 1) if line.strip()]
        told = [_object(title, k, line) for k, line in lines]
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise foreign(title, "JSON that is no list of objects", "give one object for each person")
    names = list(dict.fromkeys(str(name) for each in told for name in each))
    return names, [[each.get(name) for name in names] for each in told]


def _records(title: str, told: dict[str, Any], asked: Asked) -> list[Any]:
    """The records of one object: one of them, or all, by columns or rows as pandas writes them."""
    columns, rows = told.get("columns"), told.get("data")
    if isinstance(rows, list) and isinstance(columns, list):
        return [
            dict(zip(map(str, columns), row, strict=False)) if isinstance(row, list) else row
            for row in rows
        ]
    if isinstance(rows, list) and "schema" in told:
        return rows
    parts = list(told.values())
    if not any(isinstance(each, dict | list) for each in parts):
        return [told]
    one = {type(each) for each in parts}
    if one == {dict} and all(ends_of([*each]) is not None for each in parts):
        return parts
    sure = ends_of([*told]) is not None or asked.source is not None
    if one == {list} and sure and len({*map(len, parts)}) == 1:
        return [dict(zip(told, row, strict=True)) for row in zip(*parts, strict=True)]
    if one == {dict} and sure and len({tuple(each) for each in parts}) == 1:
        return [{name: each[row] for name, each in told.items()} for row in parts[0]]
    raise foreign(
        title,
        f"an object of JSON with {brief(', '.join(told))}, of which it is not said what is a tie",
        "give a list of objects with source and target, or columns of these names, equally long",
    )


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
    sheets = sheets_of(title, data)
    name = "Edges" if "Edges" in sheets else next(iter(sheets))
    rows = sheets[name]
    heads = [[cell(each) for each in row] for row in rows[:_HEAD]]
    head = next((k for k, names in enumerate(heads) if ends_of(names) is not None), None)
    title = f"{title}, sheet {name}"
    filled = (k for k, row in enumerate(rows) if any(cell(each) for each in row))
    head = next(filled, None) if head is None else head
    if head is None:
        raise InputError(f"{title}: the sheet is empty; {NEED}")
    nodexl = "Vertices" in sheets and "Edges" in sheets
    form = "NodeXL workbook" if nodexl else "Excel workbook"
    ties = read_cells(title, form, rows[head:], asked, head + 1)
    said = _directedness(sheets) if nodexl else None
    if said is None or ties.directed is not None:
        return ties
    return replace(ties, directed=said, said="the workbook's Graph Directedness")


def sheets_of(title: str, data: bytes) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook by name, as rows of values."""
    try:
        from openpyxl import load_workbook
    except ImportError as problem:
        raise InputError(
            f"{title}: reading a workbook needs openpyxl; install wordofmouth[excel], or save the "
            "sheet as CSV"
        ) from problem
    with border(title, fault="this is a workbook that cannot be opened", remedy="save it again"):
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return {name: [list(row) for row in book[name].values] for name in book.sheetnames}


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
