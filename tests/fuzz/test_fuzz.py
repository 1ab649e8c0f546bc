"""A thousand cases and the corpus: each is valid or refused as documented, and nothing else.

``make fuzz`` tries ten thousand and more, and prints what makes a fault again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import corpus, saved
from .__main__ import cases, share, warm_up
from .doors import DOORS
from .judge import Door, judge

CASES, SEED = 1_000, 20_260


@pytest.fixture(scope="module", autouse=True)
def _warm() -> Iterator[None]:
    warm_up(list(DOORS.values()))
    yield
    saved.clean()


def faults(door: Door, named: list[tuple[str, object]], folder: Path) -> list[str]:
    """What went wrong, case by case."""
    found = []
    for number, (name, case) in enumerate(named):
        own = folder / str(number)
        own.mkdir()
        verdict = judge(door, case, own)
        shutil.rmtree(own, ignore_errors=True)
        if verdict.fault:
            found.append(f"{name}: {verdict.fault}")
    return found


@pytest.mark.parametrize("name", DOORS)
def test_every_case_ends_as_documented(name: str, tmp_path: Path) -> None:
    door = DOORS[name]
    assert faults(door, list(cases(door, share(door, CASES), SEED)), tmp_path) == []


@pytest.mark.parametrize("name", DOORS)
def test_what_went_wrong_once_does_so_no_more(name: str, tmp_path: Path) -> None:
    every = [*corpus.hand_written(name), *corpus.kept(DOORS[name])]
    assert faults(DOORS[name], every, tmp_path) == []
