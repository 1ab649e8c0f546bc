"""The table of planted bugs fits the sources, so that it cannot rot unseen."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from . import __main__ as run
from .bug import Bug
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
    assert len(BUGS) >= 147
    assert max(Counter(bug.name for bug in BUGS).values()) == 1
    assert len({(bug.file, bug.before, bug.after) for bug in BUGS}) == len(BUGS)
    rooms = {bug.file.rpartition("/")[0] for bug in BUGS}
    assert rooms >= {"sim", "sim/apply", "sim/stages", "experiments/estimates",
                     "experiments/studies/runs", "scenarios/reading"}  # fmt: skip


def test_no_answer_has_found_a_bug_only_where_it_makes_an_endless_loop() -> None:
    for bug in (Bug("a", "f", "x", "y", ("t",)), Bug("b", "f", "x", "y", ("t",), endless=True)):
        assert run.is_found(bug, run.FAILED)
        assert run.is_found(bug, run.NO_ANSWER) is bug.endless
        assert not any(run.is_found(bug, code) for code in (0, 2, 3, 4, 5))


@pytest.mark.parametrize(("limit", "least"), [("MOST", 1), ("PATIENCE", 0.05)])
def test_who_does_not_answer_in_time_is_told_apart_from_who_fails(
    limit: str, least: float, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    endless = tmp_path / "test_endless.py"
    endless.write_text("def test_endless():\n    while True:\n        pass\n")
    monkeypatch.setattr(run, limit, least)
    code, said = run.ran(ROOT, (str(endless),), compiled=True, examples=1)
    assert code == run.NO_ANSWER
    assert said.startswith(f"no answer within {least} seconds")
