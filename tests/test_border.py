"""What reads for us is called behind a border, wherever it is called: nobody can forget it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
# What reads what others wrote: by the last names of the call.
READERS: Final = frozenset(
    ("tomllib.loads", "tomllib.load", "json.loads", "json.load", "np.load", "np.loadtxt",
     "np.genfromtxt", "pq.read_table", "pq.ParquetFile", "pd.read_csv", "pd.read_parquet",
     "csv.read_csv", "sqlite3.connect", "zipfile.ZipFile", "tarfile.open", "ET.parse",
     "ET.fromstring", "nx.read_graphml", "nx.read_gexf", "nx.parse_gml", "nx.parse_pajek",
     "nx.read_gml", "nx.parse_edgelist", "yaml.safe_load", "load_workbook", "mmread")
)  # fmt: skip
# Rooms behind one door that stands in a border: `reading.read` for all that reads networks.
BEHIND: Final = ("scenarios/reading/",)
# Functions that say that who calls them stands in one, and the parser of a border's own making.
INNER: Final = {
    ("scenarios/toml.py", "parsed"): "is called in a border by all three who call it",
    ("experiments/studies/runs/database.py", "_connected"): "opens, under `speaking`",
    ("experiments/studies/runs/cells.py", "_parsed"): "names the cell",
}


def sources() -> Iterator[Path]:
    for room in ("sim", "agents", "scenarios", "experiments"):
        yield from sorted((ROOT / room).rglob("*.py"))


def calls(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Each call of a reader: its name, the function that calls it, and whether in a border."""

    def walk(node: ast.AST, function: str, inside: bool) -> Iterator[tuple[str, str, bool]]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function, inside = node.name, False
        if isinstance(node, ast.With):
            opened = {ast.unparse(item.context_expr).split("(")[0] for item in node.items}
            inside = inside or bool(opened & {"border", "_read_from", "within", "cells.within"})
        if isinstance(node, ast.Call):
            name = ".".join(ast.unparse(node.func).split(".")[-2:])
            if name in READERS:
                yield name, function, inside
        for child in ast.iter_child_nodes(node):
            yield from walk(child, function, inside)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), "", inside=False)


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_reads_is_called_behind_a_border(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    if name.startswith(BEHIND):
        return
    bare = [
        f"{function} calls {reader}"
        for reader, function, inside in calls(path)
        if not inside and (name, function) not in INNER
    ]
    assert bare == [], "put it into `with border(...)` (sim/border.py)"


def test_the_door_of_networks_stands_in_one() -> None:
    text = (ROOT / "scenarios/reading/read.py").read_text(encoding="utf-8")
    for name in ("from_file", "from_table"):
        body = next(
            node for node in ast.parse(text).body
            if isinstance(node, ast.FunctionDef) and node.name == name
        )  # fmt: skip
        opened = [ast.unparse(each) for each in body.body if isinstance(each, ast.With)]
        assert len(opened) == 1
        assert opened[0].startswith("with border(")


def test_a_bare_call_is_found(tmp_path: Path) -> None:
    path = tmp_path / "new.py"
    path.write_text("def read(path):\n    return json.loads(path.read_bytes())\n")
    assert list(calls(path)) == [("json.loads", "read", False)]
