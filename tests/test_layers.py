"""The layers: every import goes down and none goes round, and a name means one thing.

Read off the files, so that an import inside a function or for a type counts like any other. The
doors of `sim` to `experiments` are opened by name, are listed in `sim/door.py`, and do not count.
"""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
HOUSE: Final = "wordofmouth.experiments"
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

MOST_FILES: Final = 268  # in `experiments`
MOST_LINES: Final = 300  # of a file there
MOST_ROOMS: Final = 5  # on a walk from a command down to what it is for
# Two classes of one name, and why.
TWICE: Final = {
    "Ad": "the section of a scenario that declares it, and the agent that acts by it",
    "Outlet": "the section of a scenario that declares it, and the agent that acts by it",
    "Rival": "the section of a scenario that declares it, and the agent that acts by it",
    "Trees": "which tree each row of a forest is of, and trees as somebody else kept them",
}

WALKS: Final = (
    ("experiments/commands/diagnose", "sim/"),
    ("experiments/commands/economics", "sim/"),
    ("experiments/commands/run", "experiments/results/archive"),
    ("experiments/commands/run", "experiments/store/"),
)


def _layers() -> list[list[str]]:
    """The rooms from the top down, several in a layer, as import-linter is told them."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    inside = next(each for each in contracts if each.get("containers") == [HOUSE])
    rooms = [layer.split(" | ") for layer in inside["layers"]]
    return [*rooms, ["agents", "scenarios"], ["sim"]]


LEVEL: Final = {room: level for level, rooms in enumerate(_layers()) for room in rooms}
FILES: Final = {
    path.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__init__"): path
    for folder in ("sim", "agents", "scenarios", "experiments")
    for path in sorted((ROOT / folder).rglob("*.py"))
}


def room_of(file: str) -> str:
    first, *others = file.split("/")
    return others[0] if first == "experiments" and others else first


@cache
def imports(file: str) -> dict[str, int]:
    """The files of the package that a file imports, each with the line where it does."""
    found: dict[str, int] = {}
    folder = FILES[file].relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(FILES[file].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules = [name.name.split(".")[1:] for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = folder[: len(folder) + 1 - node.level] if node.level else ()
            words = [*above, *(node.module or "").split(".")]
            modules = [[*words[0 if node.level else 1 :], name.name] for name in node.names]
        else:
            continue
        for words in modules:
            inside, module = "/".join(filter(None, words)), "/".join(filter(None, words[:-1]))
            found.setdefault(inside if inside in FILES else module, node.lineno)
    return {target: line for target, line in found.items() if target in FILES and target != file}


def reached(file: str) -> set[str]:
    """The files that a file imports, and what those import, and so on."""
    found, waiting = set[str](), [file]
    while waiting:
        new = imports(waiting.pop()).keys() - found
        found |= new
        waiting += new
    return found


def climbs() -> Iterator[str]:
    for file in FILES:
        for target, line in imports(file).items():
            here, there = room_of(file), room_of(target)
            if here != there and LEVEL[there] <= LEVEL[here]:
                yield f"{file}.py:{line} imports {target}"


@cache
def longest(file: str, goal: str) -> tuple[str, ...] | None:
    """Of the walks down to a goal one that meets the most rooms: the files where it enters them.

    The goal is a file, or a room with a stroke behind it.
    """
    if file.startswith(goal):
        return (file,)
    here = {file} | {each for each in reached(file) if room_of(each) == room_of(file)}
    if goal in here:
        return (file, goal)
    walks = [
        walk
        for each in sorted(here)
        for target in imports(each)
        if LEVEL[room_of(target)] > LEVEL[room_of(file)]
        if (walk := longest(target, goal))
    ]
    return (file, *max(walks, key=lambda walk: len(rooms(walk)))) if walks else None


def rooms(walk: Iterable[str]) -> set[str]:
    return {room_of(file) for file in walk}


def test_no_import_climbs_or_goes_to_the_room_beside() -> None:
    found = sorted(climbs())
    assert not found, "\n".join(found)


def test_no_files_import_each_other_in_a_circle() -> None:
    inside = [file for file in FILES if file.startswith("experiments")]
    below = {file: reached(file) for file in inside}
    circles = {
        tuple(each for each in inside if each in below[file] and file in below[each])
        for file in inside
        if file in below[file]
    }
    assert not circles, "\n".join(" ".join(files) for files in sorted(circles))


@pytest.mark.parametrize(("command", "goal"), WALKS)
def test_the_walk_from_a_command_is_short(command: str, goal: str) -> None:
    walk = longest(command, goal)
    assert walk is not None
    print(" -> ".join(walk))
    assert len(rooms(walk)) <= MOST_ROOMS, " -> ".join(walk)


def test_no_public_class_has_the_name_of_another() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for file in FILES:
        for node in ast.parse(FILES[file].read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(file)
    twice = {name: files for name, files in homes.items() if len(files) > 1}
    found = [f"{name}: {' '.join(files)}" for name, files in twice.items() if name not in TWICE]
    assert not found, "\n".join(found)
    assert TWICE.keys() - twice.keys() == set(), "no exceptions any more"


def test_files_are_few_and_short() -> None:
    lines = {
        file: len(path.read_text(encoding="utf-8").splitlines())
        for file, path in FILES.items()
        if file.startswith("experiments")
    }
    long = {file: n for file, n in lines.items() if n > MOST_LINES}
    print(f"{len(lines)} files with {sum(lines.values())} lines")
    assert len(lines) <= MOST_FILES
    assert not long
