"""A folder keeps the answer to one question, unless somebody means to write over it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from wordofmouth.experiments.commands.main import main

from ..typed import SMALL, Answer, settings

Wom = Callable[..., Answer]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "kept"
    assert main(["run", "open_house", *settings(*SMALL), "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def kept(wom: Wom, once: Path) -> Wom:
    copytree(once, "kept")
    return wom


def seed() -> int:
    return int(json.loads(Path("kept/run.json").read_text())["seed"])


def test_the_same_is_written_again(kept: Wom) -> None:
    again = kept("run", "open_house", *settings(*SMALL), "--seed", "0", "--threads", "2",
                 "--out", "kept", "--json")  # fmt: skip
    assert again.code == 0


@pytest.mark.parametrize(
    "other",
    [
        ("run", "open_house", "--seed", "3"),
        ("run", "open_house", "--set", "transact.click=0.5"),
        ("run", "cascade"),
        ("diagnose", "open_house", "--replicates", "2"),
    ],
)
def test_another_is_refused_before_anything_runs(other: tuple[str, ...], kept: Wom) -> None:
    before = {file.name: file.read_bytes() for file in Path("kept").iterdir()}
    answer = kept(*other, *settings(*SMALL), "--out", "kept")
    assert answer.code == 2
    assert "kept: it keeps the answer to `wom run open_house " in answer.error
    assert "--force" in answer.error
    assert {file.name: file.read_bytes() for file in Path("kept").iterdir()} == before


def test_force_writes_over_it(kept: Wom) -> None:
    more = ("--seed", "3", "--out", "kept", "--force")
    assert kept("run", "open_house", *settings(*SMALL), *more).code == 0
    assert seed() == 3


def test_how_long_one_looks_makes_no_other_question(wom: Wom) -> None:
    typed = ("diagnose", "open_house", *settings(*SMALL), "--out", "kept")
    assert wom(*typed, "--replicates", "2").code == 0
    assert wom(*typed, "--replicates", "3", "--jobs", "2").code == 0
    assert json.loads(Path("kept/run.json").read_text())["command"].endswith("--replicates 3")


def test_a_command_that_is_not_known_any_more_is_another(kept: Wom) -> None:
    file = Path("kept/run.json")
    told = json.loads(file.read_text())
    file.write_text(json.dumps(told | {"command": "wom run open_house --luck good"}))
    assert kept("run", "open_house", *settings(*SMALL), "--out", "kept").code == 2


@pytest.mark.parametrize("command", ["wom", "wom run 'open", "wom run --help", "by hand"])
def test_whatever_is_said_to_have_made_it_is_another_question(command: str, kept: Wom) -> None:
    file = Path("kept/run.json")
    told = json.loads(file.read_text())
    file.write_text(json.dumps(told | {"command": command}))
    answer = kept("run", "open_house", *settings(*SMALL), "--out", "kept")
    assert answer.code == 2
    assert "--force" in answer.error
