"""What a report says to type makes the same numbers again."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import wordofmouth as wom_in_python
from wordofmouth.experiments.commands.main import main
from wordofmouth.scenarios.toml import document

from ..pages import check
from ..typed import SMALL, Answer, settings

Wom = Callable[..., Answer]


def commands(page: Path) -> tuple[str, str, str]:
    """What was typed, what to type in the folder, and what to run in Python."""
    codes = check(page.read_text(encoding="utf-8")).codes
    typed, here, python = codes[-3:]
    return typed, here, python


def digest_of(line: str, capsys: pytest.CaptureFixture[str]) -> Any:
    words = shlex.split(line)
    assert words.pop(0) == "wom"
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)["digest"]


def test_a_run_comes_out_the_same(
    wom: Wom, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "friends.txt").write_text("".join(f"{k} {(k * 7) % 40}\n" for k in range(40)))
    content = 'content=[{type = "invitation", tick = 1, channel = "facebook"}]'
    made = wom(
        "run", "open_house", *settings("horizon=12", content), "--network", "friends.txt",
        "--seed", "3", "--world", "5", "--seeds", "7,14", "--out", "my folder", "--json",
    )  # fmt: skip
    assert made.code == 0
    typed, here, python = commands(tmp_path / "my folder" / "report.html")
    assert digest_of(typed, capsys) == made.told["digest"]
    monkeypatch.chdir(tmp_path / "my folder")
    assert digest_of(here, capsys) == made.told["digest"]
    exec(compile(python, "python", "exec"), {})  # it asserts the digest itself


def test_a_kept_scenario_finds_its_files_from_anywhere(
    wom: Wom, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "friends.txt").write_text(
        "".join(f"{k} {k * 7 % 40}\n" for k in range(40))
    )
    (tmp_path / "data" / "people.csv").write_text("id,trust\n7,.9\n14,.1\n")
    (tmp_path / "mine.toml").write_text(
        'horizon = 12\nnetwork.file = "data/friends.txt"\npeople.file = "data/people.csv"\n'
    )
    made = wom("run", "mine.toml", "--out", "r1", "--json")
    assert made.code == 0
    assert wom("new", "r1/new.toml", "--like", "mine.toml").code == 0
    _, here, python = commands(tmp_path / "r1" / "report.html")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert digest_of("wom run ../r1/scenario.toml", capsys) == made.told["digest"]
    assert digest_of("wom run ../r1/new.toml", capsys) == made.told["digest"]
    monkeypatch.chdir(tmp_path / "r1")
    assert digest_of(here, capsys) == made.told["digest"]
    exec(compile(python, "python", "exec"), {})


def test_a_kept_answer_finds_its_files_from_anywhere(
    wom: Wom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "friends.txt").write_text("1 2\n2 3\n")
    (tmp_path / "mine.toml").write_text('horizon = 3\nnetwork.file = "friends.txt"\n')
    kept = ("--replicates", "2", "--out", "two")
    assert wom("compare", "mine.toml", "--set", "share.base.fan=0.5", *kept).code == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    written = sorted((tmp_path / "two").glob("scenario*.toml"))
    assert written
    for file in written:
        assert wom_in_python.load(file).network.file == str(tmp_path / "friends.txt")


def test_a_result_saved_in_python_says_how_to_run_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = wom_in_python.run(
        wom_in_python.Scenario(horizon=9).replace({"network.people": 60}), seed=4
    ).save(tmp_path / "kept")
    _, _, python = commands(kept / "report.html")
    monkeypatch.chdir(kept)
    exec(compile(python, "python", "exec"), {})


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["diagnosis", "comparison", "levers", "economics", "credit"])
def test_the_others_come_out_the_same_in_python(
    kind: str, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (folders[kind] / "report.html").read_text(encoding="utf-8")
    read = check(page)
    monkeypatch.chdir(folders[kind])
    found: dict[str, Any] = {}
    exec(compile(read.codes[-1], "python", "exec"), found)
    assert found["found"].sentence.startswith(read.headings[0][1])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["diagnosis", "comparison", "levers", "economics", "credit"])
def test_the_others_come_out_the_same_by_their_command(
    kind: str, folders: dict[str, Path], wom: Wom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = check((folders[kind] / "report.html").read_text(encoding="utf-8"))
    typed = shlex.split(read.codes[-2])
    monkeypatch.chdir(folders[kind].parent)
    answer = wom(*typed[1:], "--json")
    assert answer.code == 0, answer.error
    assert answer.told["sentence"].startswith(read.headings[0][1])


def test_a_remedy_can_be_tried(
    folders: dict[str, Path], wom: Wom, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = check((folders["diagnosis"] / "report.html").read_text(encoding="utf-8"))
    tries = [code for code in read.codes if code.startswith("wom compare")]
    assert tries
    monkeypatch.chdir(folders["diagnosis"])
    answer = wom(*shlex.split(tries[0])[1:], "--replicates", "2", "--json")
    assert answer.code == 0, answer.error


def test_a_study_resumes(
    folders: dict[str, Path], wom: Wom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, here, _ = commands(folders["study"] / "report.html")
    shutil.copytree(folders["study"], tmp_path / "moved")
    monkeypatch.chdir(tmp_path / "moved")
    answer = wom(*shlex.split(here)[1:], "--json")
    assert answer.code == 0, answer.error
    assert answer.told["runs"] == 18
    assert answer.told["seconds"] < 5


def test_settings_are_quoted(wom: Wom, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = wom(
        "run", "open_house", *settings(*SMALL, "question=Does it 'work' \"here\"; & $HOME?"),
        "--out", "kept", "--json",
    )  # fmt: skip
    typed, _, _ = commands(tmp_path / "kept" / "report.html")
    assert digest_of(typed, capsys) == made.told["digest"]


def test_a_remedy_can_be_tried_as_it_is_printed(
    wom: Wom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a scenario file, with a network, people and settings of one's own: with all of them."""
    monkeypatch.chdir(tmp_path)
    Path("my friends.txt").write_text("".join(f"{k} {(k * 7 + 1) % 60}\n" for k in range(60)))
    rows = "".join(f"{k},{'fan' if k % 3 else 'stranger'}\n" for k in range(60))
    Path("people.csv").write_text("id,role\n" + rows)
    scenario = wom_in_python.load("open_house").replace({"horizon": 12, "name": "cafe"})
    Path("cafe.toml").write_text(document(scenario.to_dict()))
    typed = [
        "cafe.toml", *settings("share.base.fan=0.3", "transact.click=0.4"),
        "--network", "my friends.txt", "--people", "people.csv",
    ]  # fmt: skip
    told = wom("diagnose", *typed, "--replicates", "4")
    assert told.code == 0, told.error
    lines = [line.strip() for line in told.error.splitlines() + told.out.splitlines()]
    printed = [line for line in lines if line.startswith("wom compare")]
    assert printed
    assert "wom compare cafe.toml --network 'my friends.txt' --people people.csv" in printed[0]
    assert "--both share.base.fan=0.3 --both transact.click=0.4 --set" in printed[0]
    answer = wom(*shlex.split(printed[0])[1:], "--replicates", "2", "--json")
    assert answer.code == 0, answer.error
