"""The identity of a function: what makes another one of it, what does not, and where it is none."""

from __future__ import annotations

import functools
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.studies.runs.function import identity_of
from wordofmouth.sim.errors import InputError

FACTOR = 2


def line(x: float, slope: float = 1.0) -> float:
    return slope * x


def scaled(x: float) -> float:
    return FACTOR * line(x)


def closed(by: Any) -> Callable[[float], Any]:
    return lambda x: by * x


class Model:
    def __init__(self, by: float) -> None:
        self.by = by

    def __call__(self, x: float) -> float:
        return self.by * x

    def run(self, x: float) -> float:
        return self.by * x


PAIRS: list[tuple[Callable[..., Any], Callable[..., Any]]] = [
    (functools.partial(line, slope=1.0), functools.partial(line, slope=2.0)),
    (closed(1), closed(2)),
    (closed((1, 2)), closed((1, 3))),
    (closed(np.zeros(3)), closed(np.ones(3))),
    (closed(line), closed(scaled)),
    (Model(1.0), Model(2.0)),
    (Model(1.0).run, Model(2.0).run),
    (lambda x: x, lambda x: x + 1),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_another_function_is_another(one: Callable[..., Any], other: Callable[..., Any]) -> None:
    assert identity_of(one) == identity_of(one)
    assert identity_of(one) != identity_of(other)


def test_what_it_reads_from_its_module_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity_of(scaled)
    monkeypatch.setitem(globals(), "FACTOR", 3)
    assert identity_of(scaled) != before
    monkeypatch.undo()
    assert identity_of(scaled) == before
    monkeypatch.setitem(globals(), "line", closed(7))
    assert identity_of(scaled) != before, "and so do the functions that it calls"


def test_layout_comments_and_the_call_around_a_lambda_do_not_count(tmp_path: Any) -> None:
    def text(body: str) -> str:
        space: dict[str, Any] = {"__name__": "m"}
        file = tmp_path / f"m{len(list(tmp_path.iterdir()))}.py"
        file.write_text(body)
        exec(compile(body, str(file), "exec"), space)
        return identity_of(space["f"])

    plain = "def f(x):\n    return x + 1\n"
    assert text(plain) == text('def f(x):\n    """Say."""\n    # why\n    return (x   + 1)\n')
    assert text(plain) != text("def f(x):\n    return x + 2\n")
    assert text("f, n = (lambda x: x), 5\n") == text("f, n = (lambda x: x), 10\n")


def test_it_is_the_same_in_another_process(tmp_path: Path) -> None:
    # The order of a set of words is not, from process to process; a scenario has one.
    program = tmp_path / "program.py"
    program.write_text(
        "import wordofmouth as wom\n"
        "from wordofmouth.experiments.studies.runs.function import identity_of\n"
        "words, scenario = {'a', 'b', 'c', 'd'}, wom.load('open_house')\n"
        "def f(x): return x in words and x in {'a', 'b', 'c', 'd'} and scenario.horizon\n"
        "print(identity_of(f))"
    )
    told = {
        subprocess.run(
            [sys.executable, str(program)], capture_output=True, check=True, text=True
        ).stdout
        for _ in range(3)
    }
    assert len(told) == 1


def test_where_nobody_can_tell_it_no_folder_keeps_its_runs(tmp_path: Path) -> None:
    space: dict[str, Any] = {}
    exec("def typed(x): return x", space)
    lock = threading.Lock()

    def locked(x: float) -> float:
        with lock:
            return x

    for function, why in ((space["typed"], "nowhere to be read"), (locked, "a lock that")):
        with pytest.raises(InputError, match=f"{why}.* leave out the folder"):
            wom.sweep(function, {"x": [1.0]}, out=tmp_path / "s", progress=False)
        assert not (tmp_path / "s").exists()
        study = wom.sweep(function, {"x": [1.0, 2.0]}, progress=False)
        assert study.table()["value"].tolist() == [1.0, 2.0]


def test_a_study_of_a_lambda_goes_on_with_more_replicates(tmp_path: Any) -> None:
    made = tmp_path / "made"
    made.mkdir()

    def mark(x: int, seed: int) -> int:
        (made / f"{x}-{seed}").touch(exist_ok=False)
        return x

    wom.sweep(lambda x, seed: mark(x, seed), {"x": [1, 2]}, out=tmp_path / "s", progress=False)
    study = wom.sweep(
        lambda x, seed: mark(x, seed), {"x": [1, 2]}, replicates=3, out=tmp_path / "s",
        progress=False,
    )  # fmt: skip
    assert study.status["done"] == len(list(made.iterdir())) == 6
