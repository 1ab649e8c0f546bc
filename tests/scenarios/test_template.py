"""A scenario file to begin with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from wordofmouth import load, names
from wordofmouth.experiments.commands.main import main
from wordofmouth.scenarios.reference import parameters
from wordofmouth.scenarios.template import template
from wordofmouth.sim.parameters import Scenario


@pytest.mark.parametrize("how", [(), ("--all",)], ids=["said", "all"])
@pytest.mark.parametrize("name", names())
def test_it_says_what_the_scenario_says_that_it_begins_with(
    name: str, how: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    assert main(["new", str(file), "--like", name, *how]) == 0
    assert load(str(file)) == load(name).replace({"name": "mine"})


def test_what_a_scenario_does_not_say_is_left_out_unless_asked_for() -> None:
    said = template(load("cascade"), everything=False)
    settings = [line for line in said.splitlines() if re.match(r"#? ?\w+ = ", line)]
    assert not [line for line in settings if line.startswith("#")]
    assert len(settings) * 5 < len(template(load("cascade")).splitlines())


def test_every_parameter_that_stands_alone_is_explained() -> None:
    lines = template(Scenario()).splitlines()
    for each in parameters():
        if "[]" in each.path or "NAME" in each.path or each.path.startswith("network."):
            continue
        if each.path in ("channels", "content_types", "segments"):
            continue  # tables, which a scenario names
        word = each.path.rpartition(".")[2]
        told = [line for line in lines if line.startswith((f"# {word} =", f"{word} ="))]
        assert any(each.label in line for line in told), each.path


def test_every_line_in_comments_can_be_taken_out_of_them(tmp_path: Path) -> None:
    file = tmp_path / "all.toml"
    live = []
    for line in template(Scenario()).splitlines():
        setting = line.removeprefix("# ")
        stands = re.match(r"\w+ = \S", setting)
        live.append(setting if stands else line)
    file.write_text("\n".join(live), encoding="utf-8")
    uncommented, defaults = load(str(file)).to_dict(), Scenario().to_dict()
    apart = {"name", "content_types", "network"}  # the shipped types; options spelled out
    assert {k: v for k, v in uncommented.items() if k not in apart} == {
        k: v for k, v in defaults.items() if k not in apart
    }


@pytest.mark.parametrize(
    ("file", "words", "code"),
    [
        ("mine", ["mine.toml"], 2),
        ("there.toml", ["there is such a file already"], 2),
        ("no/where.toml", ["cannot be written", "choose another place"], 4),
    ],
)
def test_what_it_will_not_write(
    file: str,
    words: list[str],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there.toml").write_text("kept", encoding="utf-8")
    assert main(["new", file]) == code
    said = capsys.readouterr().err
    assert all(word in said for word in words), said
    assert Path("there.toml").read_text(encoding="utf-8") == "kept"
    assert [each.name for each in tmp_path.iterdir()] == ["there.toml"]
