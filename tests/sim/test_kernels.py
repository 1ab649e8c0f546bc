"""Compiled kernels: one signature each, kept by the engine's text, carried by a wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FunctionType

import pytest
import wordofmouth as wom
from wordofmouth.sim import kernels
from wordofmouth.sim.jit import Inlined

SMALL = {"network.people": 300, "horizon": 8}

# Prints the digest of a run, and how many kernels it compiled.
RUN = """
import wordofmouth as wom
from numba.core import event
from wordofmouth.sim import kernels

class Compiled(event.Listener):
    count = 0
    def on_start(self, event):
        self.count += event.data["dispatcher"].py_func.__module__.startswith("wordofmouth")
    def on_end(self, event):
        pass

found = Compiled()
event.register("numba:compile", found)
{first}
scenario = wom.load("open_house").replace({small})
print(wom.run(scenario, seed=1).digest, found.count)
"""


@pytest.fixture
def fresh() -> Iterator[None]:
    """Nothing is remembered of where kernels are, before and after."""
    remembered = (kernels.text, kernels.shipped, kernels.kept)
    for one in remembered:
        one.cache_clear()
    yield
    for one in remembered:
        one.cache_clear()


def run(first: str = "", by: Sequence[str] = (), **settings: str) -> tuple[str, int]:
    """The digest of a small run in another process, and how many kernels it compiled."""
    text = RUN.format(first=first, small=SMALL)
    told = subprocess.run(
        [*by, sys.executable, "-c", text],
        check=True, capture_output=True, text=True, env={**os.environ, **settings},
    )  # fmt: skip
    digest, count = told.stdout.split()
    return digest, int(count)


def copied(folder: Path) -> Path:
    """The kernels that are kept here, as if they had been shipped in a folder."""
    kept = kernels.kept()
    assert kept is not None
    shipped = folder / "shipped" / f"{kernels.text()}-some"
    shutil.copytree(kept, shipped)
    return shipped


def ships(folder: Path) -> str:
    """Take what is shipped from there."""
    return f"import pathlib; kernels.SHIPPED = pathlib.Path({str(folder / 'shipped')!r})"


def here() -> str:
    return wom.run(wom.load("open_house").replace(SMALL), seed=1).digest


@pytest.mark.slow
def test_each_kernel_has_one_signature(tmp_path: Path) -> None:
    run(NUMBA_CACHE_DIR=str(tmp_path))
    compiled = Counter(path.name.rsplit("-", 1)[0] for path in tmp_path.rglob("*-*.*"))
    assert len(compiled) > 150
    # Room is made in arrays of each type, and a network's are read-only; what Python asks may be
    # of either sign, or read-only.
    asked = {"world.traits_from_python", "world.identity_of"}
    asked |= {"draws.key_of", "draws.mixed", "draws.draw"}
    several = {name for name, count in compiled.items() if count > 1}
    assert several <= {"apply.room._room", "wave.first_from", *asked}


def test_small_whole_numbers_are_no_other_signature() -> None:
    def plain(bits: int) -> int:
        return bits

    import numba
    from numba.core import types

    inlined = Inlined(py_func=plain, targetoptions={"nopython": True})

    @numba.njit
    def calls(a: int, b: int) -> int:
        return inlined(a) + inlined(b) + inlined(3)

    calls(numba.uint8(1), numba.int32(2))
    assert [signature[0] for signature in inlined.signatures] == [types.int64]


def test_a_change_of_any_source_is_another_text(
    fresh: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stages").mkdir()
    callee = tmp_path / "stages" / "callee.py"
    callee.write_text("FACTOR = 2\n")
    monkeypatch.setattr(kernels, "HERE", tmp_path)
    before = kernels.text()
    kept = kernels.kept()
    assert kept is not None
    assert kept.parent == tmp_path / "__pycache__"
    (kept / "some.kernel").touch()
    callee.write_text("FACTOR = 3\n")
    kernels.text.cache_clear()
    kernels.kept.cache_clear()
    assert kernels.text() != before
    # What was compiled of the text before is not kept for ever, and not removed at once: another
    # process may be at it.
    after = kernels.kept()
    assert set((tmp_path / "__pycache__").iterdir()) == {kept, after}
    os.utime(kept, (0, 0))
    kernels.kept.cache_clear()
    assert kernels.kept() == after
    assert list((tmp_path / "__pycache__").iterdir()) == [after]


def test_what_is_kept_is_not_compiled_again() -> None:
    assert run() == (here(), 0) == run()


def test_a_damaged_kernel_is_compiled_again(tmp_path: Path) -> None:
    kept = kernels.kept()
    assert kept is not None
    copy = tmp_path / "wordofmouth" / kept.name
    shutil.copytree(kept, copy)
    damaged = next(copy.glob("agenda.due_from_python-*"))
    damaged.write_bytes(damaged.read_bytes()[:1000])
    digest, count = run(NUMBA_CACHE_DIR=str(tmp_path))
    assert digest == here()
    assert 0 < count < 10
    assert run(NUMBA_CACHE_DIR=str(tmp_path)) == (digest, 0)


def test_a_wheels_kernels_are_taken_by_machines_that_can_run_them(tmp_path: Path) -> None:
    shipped, first = copied(tmp_path), ships(tmp_path)
    elsewhere = {"NUMBA_CACHE_DIR": str(tmp_path / "empty")}
    (shipped / kernels.NEEDS).write_text(f"{kernels.triple()} sse2")
    assert run(first, **elsewhere) == (here(), 0)
    ask = f"{first}; print(kernels.shipped(), 0); raise SystemExit"
    assert run(ask)[0] == str(shipped)
    (shipped / kernels.NEEDS).write_text(f"{kernels.triple()} sse2 quantum")
    assert run(ask)[0] == "None"
    (shipped / kernels.NEEDS).write_text("another-machine sse2")
    assert run(ask)[0] == "None"


@pytest.mark.skipif(
    shutil.which("setpriv") is None or os.geteuid() != 0, reason="only root can be somebody else"
)
def test_who_can_write_nothing_runs_what_was_shipped(tmp_path: Path) -> None:
    shipped = copied(tmp_path)
    (shipped / kernels.NEEDS).write_text(kernels.triple())
    # Somebody who may read all, as where packages are for everybody, and write nothing.
    nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"]
    reads = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    first = f"{ships(tmp_path)}; assert kernels.kept() is None"
    digest, count = run(first, by=["setpriv", *nobody, *reads], HOME="/nowhere")
    assert (digest, count) == (here(), 0)


def test_the_plain_function_is_there_where_nothing_is_compiled() -> None:
    text = "from wordofmouth.sim.draws import key_of; import types; print(type(key_of).__name__, 0)"
    told = subprocess.run(
        [sys.executable, "-c", text],
        check=True, capture_output=True, text=True, env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )  # fmt: skip
    assert told.stdout.split()[0] == FunctionType.__name__
