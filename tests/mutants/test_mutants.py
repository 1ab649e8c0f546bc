"""The table of planted bugs fits the sources, so that it cannot rot unseen."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from .table import BUGS

ROOT = Path(__file__).resolve().parents[2]


FILES = sorted({bug.file for bug in BUGS})


@pytest.mark.parametrize("file", FILES)
def test_each_stands_once_and_is_python_afterwards(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    before = ast.dump(ast.parse(text))
    for bug in BUGS:
        if bug.file == file:
            assert text.count(bug.before) == 1, f"{bug.name}: {file} has changed, mend the table"
            assert ast.dump(ast.parse(text.replace(bug.before, bug.after))) != before, bug.name


def test_who_must_notice_is_there() -> None:
    for name in sorted({name for bug in BUGS for name in bug.tests}):
        file, _, test = name.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert f"def {test.partition('[')[0]}(" in text, name
    assert all(bug.tests for bug in BUGS)


def test_there_are_enough_and_each_is_another() -> None:
    assert len(BUGS) >= 146
    assert max(Counter(bug.name for bug in BUGS).values()) == 1
    assert len({(bug.file, bug.before, bug.after) for bug in BUGS}) == len(BUGS)
    rooms = {bug.file.rpartition("/")[0] for bug in BUGS}
    assert rooms >= {"sim", "sim/apply", "sim/stages", "experiments/estimates",
                     "experiments/studies/runs", "scenarios/reading"}  # fmt: skip
