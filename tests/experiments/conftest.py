"""A command in this process, a small campaign, and a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from wordofmouth.experiments.commands.main import main
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import run
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result

from .browser import chromium, shots  # noqa: F401
from .everything import EVERYTHING
from .typed import Answer


@pytest.fixture
def wom(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Run a command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def answer(*arguments: str) -> Answer:
        code = main(list(arguments))
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return answer


@pytest.fixture(scope="session")
def result() -> Result:
    """Run a small campaign in which everything happens."""
    changes = {
        "horizon": 30,
        "network.people": 400,
        "network.m": 5,
        "share.base.fan": 0.2,
        "share.base.stranger": 0.05,
        "transact.click": 0.2,
    }
    return run(load("open_house").replace(changes), seed=7)


@pytest.fixture(scope="session")
def everything() -> Result:
    """Run a small campaign with every part of the model switched on."""
    return run(Scenario().replace(EVERYTHING), seed=7)
