"""The doors lead somewhere, each is used, and there is no other way up."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from wordofmouth.sim.door import DOORS, door

SIM = Path(__file__).resolve().parents[2] / "sim"
TREES = {source: ast.parse(source.read_text(encoding="utf-8")) for source in SIM.rglob("*.py")}


@pytest.mark.parametrize("name", DOORS)
def test_every_door_leads_to_a_function(name: str) -> None:
    assert callable(door(name))


def test_every_door_is_used_and_every_use_has_its_door() -> None:
    used = {
        ast.literal_eval(node.args[0])
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "door"
    }
    assert used == set(DOORS)


def test_there_is_no_other_way_up() -> None:
    found = set()
    for source, tree in TREES.items():
        named = []
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                named += [node.module or "", *(alias.name for alias in node.names)]
            elif isinstance(node, ast.Import):
                named += [alias.name for alias in node.names]
            elif isinstance(node, ast.Dict):  # as the doors are listed
                named += [str(each.value) for each in node.values if isinstance(each, ast.Constant)]
            elif isinstance(node, ast.Call):  # import_module, and what may come to it
                inner = [each for part in node.args for each in ast.walk(part)]
                named += [str(each.value) for each in inner if isinstance(each, ast.Constant)]
        if any({"experiments", "agents", "scenarios"} & set(name.split(".")) for name in named):
            found.add(source.relative_to(SIM).as_posix())
    assert found == {"door.py"}
