"""Who waits for the compiler is told so, once; who does not wait, or whom nobody sees, is not."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from wordofmouth.sim import compiling as room

OURS, THEIRS = "wordofmouth.sim.x", "of_the_user"


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> room._Compiler:
    monkeypatch.setattr(room, "PATIENCE", 0.02)
    monkeypatch.setattr(room, "_BREATH", 0.01)
    monkeypatch.setattr(room, "_watched", lambda: True)
    return room._Compiler()


@pytest.mark.parametrize("module", [OURS, THEIRS])
def test_a_long_one_of_ours_is_told_once(
    compiler: room._Compiler, module: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not compiler.at_work
    for _ in range(2):
        compiler.begin(module)
        compiler.begin(module)
        compiler.end()
        assert compiler.at_work
        time.sleep(0.2)
        compiler.end()
    assert capsys.readouterr().err.count(room.NOTICE) == (module == OURS)


def test_a_short_one_is_not_told_and_a_long_one_after_it_is(
    compiler: room._Compiler, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PATIENCE", 0.3)
    compiler.begin(OURS)
    compiler.end()
    time.sleep(0.6)
    assert not compiler.at_work
    assert capsys.readouterr().err == ""
    compiler.begin(OURS)
    time.sleep(0.6)
    assert room.NOTICE in capsys.readouterr().err


@pytest.mark.parametrize("alone", [True, False])
def test_nobody_is_told_where_nobody_sits_or_all_is_shown(
    compiler: room._Compiler, alone: bool, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if alone:
        monkeypatch.setattr(room, "_watched", lambda: False)
    else:
        compiler.told = True
    compiler.begin(OURS)
    time.sleep(0.2)
    assert capsys.readouterr().err == ""


PROGRAM = f"""
import sys, time
import numba
from numba.extending import overload
from wordofmouth.sim import compiling

sys.ps1 = ">>> "
compiling.PATIENCE = 0.05
compiling.announce()
compiling.announce()


def slow(): ...


@overload(slow)
def _slow():
    time.sleep(0.5)  # while it is compiled
    return lambda: 3


def kernel():
    return slow()


kernel.__module__ = {OURS!r}
assert numba.njit(kernel)() == 3
assert compiling.compiling()
"""


def test_numba_is_heard() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.count(room.NOTICE) == 1
