"""A table of people as texts in columns, whatever it was written in.

The readers are those of networks: delimited text, Parquet, workbooks, tables in Python, and graphs,
of which the nodes have attributes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from os import PathLike
from typing import Any, Final

from ...sim.errors import InputError
from .asked import Asked
from .complaints import brief, foreign
from .content import content
from .delimited import Body, ready
from .dialect import dialect, is_number
from .recognise import recognise
from .records import cell, rows_of_json, sheets_of, table_of_parquet
from .vocabulary import PEOPLE, plain

NEED: Final = "give a table with a line of names, one of them id, and a row a person"
# What pandas calls an index that has no name.
_INDEX: Final = ("index", "__index_level_0__")


@dataclass(frozen=True)
class Subject:
    """What a table is to be about.

    Attributes
    ----------
    what, argument
        What complaints call a table that has no file, and where one is given.
    need
        What to give instead.
    names
        Words that stand above a column of such a table, as `plain` has them.
    sheets
        The sheets of a workbook that it may be on, in small letters; else it is the first.
    index
        What the index of a DataFrame is called that has no name.
    begun
        Takes what stands above the line of names out of a text, and leaves empty lines.
    """

    what: str
    argument: str
    need: str
    names: frozenset[str]
    sheets: tuple[str, ...] = ()
    index: str = "id"
    begun: Callable[[bytes], bytes] = bytes


_PEOPLE: Final = Subject(
    "the table of people", "people", NEED, PEOPLE, ("people", "vertices", "nodes")
)


@dataclass(frozen=True)
class Rows:
    """A table as it was read: texts in columns.

    Attributes
    ----------
    title, form
        What complaints call it, and the name of its format.
    columns
        By their names, a text a row.
    complain
        Makes the complaint about a row, by its number, of a fault and a remedy.
    id
        Which column says who it is, where the format knows.
    """

    title: str
    form: str
    columns: dict[str, list[str]]
    complain: Callable[[int, str, str], InputError]
    id: str | None = None


def rows_of(table: Any, subject: Subject = _PEOPLE) -> Rows:
    """What a file, a DataFrame or a table of pyarrow holds."""
    if not isinstance(table, str | PathLike):
        return _of_table(subject.what, "table in Python", table, subject)
    title, data = content(table)
    data = subject.begun(data)
    form = recognise(title, data)
    if form == "npz":
        raise foreign(title, "a network, or an archive of one", subject.need)
    if form == "text":
        return _of_text(title, data, subject)
    if form == "Parquet":
        return _of_table(title, form, table_of_parquet(title, data), subject)
    if form == "xlsx":
        return _of_workbook(title, data, subject)
    if form == "JSON rows":
        return _of_cells(title, form, *rows_of_json(title, data))
    return _of_graph(title, form, data, subject)


def _of_text(title: str, data: bytes, subject: Subject) -> Rows:
    found = dialect(title, data, Asked())
    names = found.first
    if found.heads is not True and len(names) > 1:
        # Said by name, so that the first line is one of names, and a sign in an id no comment.
        found = dialect(title, data, Asked(source=names[0] or "?", target=names[1] or "?"))
    if any(is_number(name) for name in names):
        raise InputError(
            f"{title}, line {found.line}: {brief(found.separator.join(names))!r} has a number in "
            f"it and is no line of names; {subject.need}"
        )
    found = replace(found, names=names, heads=True)
    body = Body(title, ready(found), found)
    parsed = body.parse(list(range(len(names))))
    columns = [parsed[k].slice(1).to_pylist() for k in range(len(names))]
    return Rows(
        title,
        "delimited text",
        _named(title, names, columns),
        lambda row, fault, remedy: body.complain(row + 1, fault, remedy),
    )


def _named(title: str, names: list[str], columns: list[list[str]]) -> dict[str, list[str]]:
    """The columns by their names, which are distinct."""
    found: dict[str, list[str]] = {}
    for name, values in zip(names, columns, strict=True):
        if not name and not any(values):
            continue
        if not name or name in found:
            fault = f"two columns are called {name!r}" if name else "a column has no name"
            raise InputError(f"{title}: {fault}; name each, and each otherwise")
        found[name] = values
    return found


def _of_table(title: str, form: str, table: Any, subject: Subject) -> Rows:
    """A DataFrame of pandas, or a table of pyarrow."""
    if hasattr(table, "iloc") and hasattr(table, "columns"):
        named = table.index.name is not None or table.index.dtype.kind in "OM"
        frame = table.reset_index() if named else table
        names = [str(name) for name in frame.columns]
        values = [
            [
                None if gap else each
                for each, gap in zip(one.tolist(), one.isna().tolist(), strict=True)
            ]
            for one in (frame.iloc[:, k] for k in range(len(names)))
        ]
    elif hasattr(table, "column_names"):
        names = [str(name) for name in table.column_names]
        values = [table.column(k).to_pylist() for k in range(len(names))]
    else:
        raise InputError(
            f"{subject.argument} = {type(table).__name__} is not allowed; give the path of a file, "
            "a DataFrame of pandas or a table of pyarrow"
        )
    if subject.index not in map(plain, names):
        names = [subject.index if name in _INDEX else name for name in names]
    elif _INDEX[1] in names:  # what pandas wrote beside the columns, unasked
        at = names.index(_INDEX[1])
        del names[at], values[at]
    return _of_cells(title, form, names, [list(row) for row in zip(*values, strict=True)], 0)


def _of_cells(
    title: str, form: str, names: list[str], rows: list[list[Any]], first: int = 1
) -> Rows:
    """Rows of values under names; row 0 is number `first`."""

    def complain(row: int, fault: str, remedy: str) -> InputError:
        shown = ", ".join(cell(each) for each in rows[row])
        return InputError(f"{title}, row {row + first}: {brief(shown)!r} {fault}; {remedy}")

    width = len(names)
    columns = [[cell(row[k]) if k < len(row) else "" for row in rows] for k in range(width)]
    return Rows(title, form, _named(title, names, columns), complain)


def _of_workbook(title: str, data: bytes, subject: Subject) -> Rows:
    sheets = sheets_of(title, data)
    name = next((each for each in sheets if each.lower() in subject.sheets), next(iter(sheets)))
    rows = sheets[name]
    filled = [k for k, row in enumerate(rows) if any(cell(each) for each in row)]
    title = f"{title}, sheet {name}"
    if not filled:
        raise InputError(f"{title}: the sheet is empty; {subject.need}")
    # NodeXL has a line of groups above that of names, and other tools say what it is about.
    head = next(
        (k for k in filled[:3] if any(plain(cell(each)) in subject.names for each in rows[k])),
        filled[0],
    )
    below = [rows[k] for k in filled if k > head]
    width = max(len(row) for row in [rows[head], *below])
    names = [*map(cell, rows[head]), *[""] * (width - len(rows[head]))]
    return _of_cells(title, "Excel workbook", names, below, head + 2)


def _of_graph(title: str, form: str, data: bytes, subject: Subject) -> Rows:
    """The attributes of the nodes of a graph, which are called as its network calls them."""
    if form == "Matrix Market":
        raise foreign(title, "a matrix, which says nothing of people", subject.need)
    from .graphs import attributes_of, names_of, parsed

    graph, _, _ = parsed(title, form, data, Asked())
    nodes = list(graph)
    names, _ = names_of(graph, nodes)
    keys = attributes_of(graph)
    if not keys:
        raise InputError(f"{title}: its nodes have no attributes; {subject.need}")
    rows = [[names[node], *(graph.nodes[node].get(key) for key in keys)] for node in nodes]
    found = _of_cells(title, f"nodes of {form}", ["id", *(k for k in keys)], rows)
    return replace(found, id="id")
