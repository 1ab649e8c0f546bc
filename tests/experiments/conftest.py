"""A command in this process, small campaigns, a folder of every kind, and a browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from wordofmouth.experiments.commands.main import main
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import run
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result

from .browser import chromium, shots  # noqa: F401
from .everything import EVERYTHING
from .typed import SMALL, Answer, settings

STUDY = """\
scenario = "cascade"
name = "rates & <roles>"
question = 'Does a "higher" rate carry <further>?'
finding = "It does & how."
replicates = 3
outcomes = ["reach", "shares", "took_off"]

[set]
network.people = 300

[axes]
"share.base.*" = [0.02, 0.1, 0.3]
"network.m" = [3, 5]
"""


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


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make a folder of every kind by the command that makes it."""
    home = tmp_path_factory.mktemp("folders")
    small = settings(*SMALL, "transact.click=0.2")
    (home / "rates.toml").write_text(STUDY, encoding="utf-8")
    typed = {
        "run": ["run", "open_house", *small, "--seed", "7", "--out", "run"],
        "diagnosis": [
            "diagnose", "open_house", *small, "--replicates", "3", "--out", "diagnosis",
        ],
        "comparison": [
            "compare", "open_house", *small, "--set", "incentives.reward=5", "--replicates", "3",
            "--out", "comparison",
        ],
        "levers": [
            "levers", "open_house", *small, "--lever", "prize: incentives.reward=5",
            "--lever", "link: boost.click=0.5", "--replicates", "3", "--out", "levers",
        ],
        "economics": [
            "economics", "prize_draw", "--set", "network.people=300", "--set", "network.m=5",
            "--replicates", "3", "--out", "economics",
        ],
        "credit": ["credit", "run", "--out", "credit"],
        "optimum": [
            "optimise", "open_house", *small, "--over", "share.base.fan=0.05..0.3", "--over",
            "publish.seeding=random|followers", "--trials", "5", "--worlds", "2", "--fresh", "4",
            "--out", "optimum",
        ],
        "study": ["sweep", "rates.toml", "--out", "study", "--jobs", "1"],
    }  # fmt: skip
    with chdir(home), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as said:
        for kind, words in typed.items():
            assert main(words) == 0, (kind, said.getvalue())
    return {kind: home / kind for kind in typed}
