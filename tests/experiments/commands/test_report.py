"""`wom report`: every kind of folder, from what lies in it alone; and what is none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from wordofmouth.experiments.commands.report import document_of
from wordofmouth.experiments.show.page import html
from wordofmouth.experiments.store.files import sha256
from wordofmouth.sim.errors import StorageError

from ..pages import KINDS, check
from ..typed import Answer

Wom = Callable[..., Answer]
# A campaign is told in many worlds, unless its own is asked for.
ONE: dict[str, list[str]] = {kind: ["--replicates", "1"] if kind == "run" else [] for kind in KINDS}
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\xdac\xfc\xcf\xc0P\x0f\x00\x04\x85\x01\x80\x84\xa9\x8c!"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_folder_has_a_page_and_can_be_given_it_again(
    kind: str, folders: dict[str, Path], wom: Wom, tmp_path: Path
) -> None:
    before = (folders[kind] / "report.html").read_text(encoding="utf-8")
    read = check(before)
    shutil.copytree(folders[kind], tmp_path / "moved")
    (tmp_path / "moved" / "report.html").unlink()
    answer = wom("report", "moved", "--json", *ONE[kind])
    assert answer.code == 0
    assert answer.told["kind"] == kind
    assert answer.told["report"] == str(Path("moved/report.html"))
    assert (tmp_path / "moved" / "report.html").read_text(encoding="utf-8") == before
    assert answer.told["sentence"].startswith(read.headings[0][1])
    assert answer.told["sentence"] in answer.error


def test_it_may_be_written_elsewhere(folders: dict[str, Path], wom: Wom, tmp_path: Path) -> None:
    answer = wom("report", str(folders["run"]), "--replicates", "1", "--out", "deep/page.html")
    assert answer.code == 0
    assert "deep/page.html" in answer.out
    assert (tmp_path / "deep" / "page.html").read_bytes() == (
        folders["run"] / "report.html"
    ).read_bytes()


def test_out_may_be_a_folder_and_to_is_its_old_name(
    folders: dict[str, Path], wom: Wom, tmp_path: Path
) -> None:
    answer = wom("report", str(folders["study"]), "--out", "kept", "--json")
    assert answer.told["report"] == str(Path("kept/report.html"))
    assert (tmp_path / "kept" / "report.html").is_file()
    assert wom("report", str(folders["study"]), "--to", "old.html").code == 0
    assert (tmp_path / "old.html").read_bytes() == (tmp_path / "kept/report.html").read_bytes()


def test_it_is_opened_when_asked(
    folders: dict[str, Path], wom: Wom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)))
    answer = wom("report", str(folders["study"]), "--out", "page.html", "--open")
    assert opened == [(tmp_path / "page.html").as_uri()]
    assert answer.code == 0
    assert "no browser could be started" in answer.error


def test_a_foreign_folder_is_refused(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "run.json").write_text('{"format": "somebody else 1"}')
    (tmp_path / "file").write_text("no folder")
    for name, code in (("mine", 2), ("absent", 4), ("file", 4)):
        answer = wom("report", name)
        assert answer.code == code, name
        assert len(answer.error.splitlines()) == 1
        assert "give a folder that wom run, diagnose or another command wrote" in answer.error
        assert not (tmp_path / name / "report.html").exists()


@pytest.mark.parametrize(
    ("kind", "file"),
    [("run", "shares.parquet"), ("diagnosis", "stages.parquet"), ("study", "runs.sqlite")],
)
def test_a_damaged_folder_is_named(
    kind: str, file: str, folders: dict[str, Path], tmp_path: Path
) -> None:
    shutil.copytree(folders[kind], tmp_path / "kept")
    (tmp_path / "kept" / file).write_bytes(b"nothing" * 100)
    with pytest.raises(StorageError, match=file.replace(".", r"\.")):
        document_of(tmp_path / "kept")


@pytest.mark.parametrize("kind", ["run", "study"])
def test_what_an_earlier_version_left_out_is_said(
    kind: str, folders: dict[str, Path], tmp_path: Path
) -> None:
    home = tmp_path / "old"
    shutil.copytree(folders[kind], home)
    if kind == "study":
        (home / "provenance.json").unlink()
    else:
        told = json.loads((home / "run.json").read_text())
        told.pop("made")
        (home / "run.json").write_text(json.dumps(told))
    read = check(html(*document_of(home)))
    assert "not noted" in read.words
    assert kind == "run" or "What was typed" not in read.words


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("run", "study")])
def test_an_answer_of_an_earlier_version_has_its_own_page(
    kind: str, folders: dict[str, Path], wom: Wom, tmp_path: Path
) -> None:
    home = tmp_path / "old"
    shutil.copytree(folders[kind], home)
    told = json.loads((home / "run.json").read_text())
    del told["files"]["document.json"]
    told["format"] = f"wordofmouth {kind} 1"
    (home / "run.json").write_text(json.dumps(told))
    before = (home / "report.html").read_bytes()
    answer = wom("report", "old")
    assert answer.code == 4
    assert answer.error.count("\n") == 1
    assert "an earlier version of wordofmouth wrote this folder" in answer.error
    assert told["command"] in answer.error
    assert (home / "report.html").read_bytes() == before


def test_what_is_there_but_empty_is_named(folders: dict[str, Path], tmp_path: Path) -> None:
    home = tmp_path / "empty"
    shutil.copytree(folders["diagnosis"], home)
    told = json.loads((home / "run.json").read_text())
    told["files"]["document.json"] = sha256(b"{}")
    (home / "run.json").write_text(json.dumps(told))
    (home / "document.json").write_bytes(b"{}")
    with pytest.raises(StorageError, match=r"document\.json: this cannot be shown"):
        document_of(home)


def test_ten_that_were_compared_stand_in_their_order(tmp_path: Path) -> None:
    import wordofmouth as wom

    base = wom.load("open_house").replace({"network.people": 60, "horizon": 3})
    values = [0.01 * (k + 1) for k in range(11)]
    many = [base.replace({"share.base.stranger": each}) for each in values]
    wom.compare(*many, names=[f"c{k}" for k in range(11)], replicates=2).save(tmp_path / "many")
    document, _ = document_of(tmp_path / "many")
    changed = {
        section.title: section.blocks[0].rows  # type: ignore[union-attr]
        for section in document.sections
        if section.title.startswith("What was changed")
    }
    assert len(changed) == 10
    for k in range(1, 11):
        ((_, before, after),) = changed[f"What was changed: c{k}"]  # type: ignore[misc]
        assert float(before.text) == pytest.approx(values[0])  # type: ignore[union-attr]
        assert float(after.text) == pytest.approx(values[k])  # type: ignore[union-attr]


def test_a_kept_campaign_is_told_in_many_worlds(
    folders: dict[str, Path], wom: Wom, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    asked = ["--replicates", "3", "--title", "Spring <b>for", "--logo", "logo.png"]
    answer = wom("report", str(folders["run"]), *asked, "--out", "client.html", "--json")
    assert answer.code == 0, answer.error
    page = (tmp_path / "client.html").read_text(encoding="utf-8")
    read = check(page)
    assert answer.told["kind"] == "report"
    assert answer.told["replicates"] == 3
    assert answer.told["seed"] == 7
    assert answer.told["sentence"].startswith(read.headings[0][1])
    assert 'class="logo" src="data:image/png;base64,' in page
    assert "Spring <b>for" in read.words
    assert "This is not a forecast" in read.words
    assert "\r" not in answer.error


def test_a_scenario_by_name_has_a_report(wom: Wom, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'question = "How far?"\nhorizon = 5\n[network]\npeople = 120\n[publish]\nseeds = 3\n'
    )
    answer = wom("report", "mine", "--replicates", "2")
    assert answer.code == 0, answer.error
    assert "What to do" in check((tmp_path / "mine.html").read_text(encoding="utf-8")).words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["study", "--replicates", "5"], "keeps a study in worlds of its own"),
        (["mine.toml", "--replicates", "1"], "give 2 or more worlds"),
        (["mine.toml", "--replicates", "0"], "replicates"),
        (["mine.toml", "--logo", "bad.svg"], "it has a 'script' in it"),
        (["mine.toml", "--logo", "text.png"], "no PNG, JPEG or SVG"),
        (["mine.toml", "--logo", "away.svg"], "asks for something from elsewhere"),
        (["mine.toml", "--logo", "runs.svg"], "would run something"),
        (["mine.toml", "--logo", "deep.svg"], "declares entities"),
        (["mine.toml", "--logo", "large.png"], "of at most 500 kB"),
    ],
)
def test_what_no_report_can_be_made_of_is_refused(
    words: list[str], said: str, folders: dict[str, Path], wom: Wom, tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text("horizon = 3\n[network]\npeople = 50\n")
    head = '<svg xmlns="http://www.w3.org/2000/svg">'
    for name, text in {
        "bad.svg": f"{head}<script>1</script></svg>",
        "away.svg": f'{head}<image href="https://example.org/a.png"/></svg>',
        "runs.svg": f'{head}<rect onclick="go()"/></svg>',
        "deep.svg": f'<!DOCTYPE svg [<!ENTITY a "b">]>{head}</svg>',
        "text.png": "no picture",
        "large.png": "x" * 500_001,
    }.items():
        (tmp_path / name).write_text(text)
    where = [str(folders["study"]) if words[0] == "study" else words[0], *words[1:]]
    answer = wom("report", *where, "--out", "page.html")
    assert answer.code == 2
    assert said in answer.error
    assert len(answer.error.splitlines()) == 1
    assert not (tmp_path / "page.html").exists()


def test_a_campaign_is_changed_as_for_any_command_and_a_run_no_more(
    wom: Wom, tmp_path: Path
) -> None:
    changed = ["--set", "incentives.reward=2.0", "--set", "network.people=300"]
    told = wom("report", "open_house", *changed, "--replicates", "2", "--json")
    assert told.code == 0, told.error
    page = (tmp_path / "open_house.html").read_text(encoding="utf-8")
    assert "--set incentives.reward=2.0" in page.partition("wom diagnose open_house")[2][:200]
    assert "wom report open_house --set incentives.reward=2.0" in page
    assert wom("run", "open_house", "--set", "network.people=300", "--out", "kept").code == 0
    refused = wom("report", "kept", "--set", "incentives.reward=2.0")
    assert refused.code == 2
    assert "wom report kept/scenario.toml --set incentives.reward=2.0" in refused.error
