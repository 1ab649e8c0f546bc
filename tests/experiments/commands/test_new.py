"""`wom new` of data and of ten numbers, and `wom look --data`: what is typed, asked and refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from wordofmouth import load
from wordofmouth.experiments.commands.main import main

from ..typed import Answer

Wom = Callable[..., Answer]
ROWS = "".join(f"2026-03-{day:02d},{500 + day % 3},{9 + day % 4}\n" for day in range(1, 9))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "data.csv"
    file.write_text("date,impressions,clicks\n" + ROWS)
    return file


def test_look_tells_what_a_column_is_understood_as(wom: Wom, data: Path) -> None:
    told = wom("look", "--data", "data.csv", "--json").told
    assert told["columns"] == {"noticed": "impressions", "clicks": "clicks"}
    assert (told["rows"], told["hours"], told["start"]) == (8, 24.0, "2026-03-01")
    shown = wom("look", "--data", "data.csv", "--column", "likes=clicks", "--out", "kept")
    assert "likes: Likes" in shown.out
    page = (data.parent / "kept/report.html").read_text()
    assert "wom look --data data.csv --column likes=clicks" in page
    data.write_text("date,impressions,clicks\n" + ROWS.replace(",9\n", ",-9\n"))
    wrong = wom("look", "--data", "data.csv")
    assert wrong.code == 2
    assert "line 5: " in wrong.error
    assert "clicks = '-9'" in wrong.error


def test_a_table_of_what_was_measured_is_no_network(wom: Wom, data: Path) -> None:
    seen = wom("look", data.name)
    assert "`wom look --data data.csv` reads it so" in seen.error
    data.write_text("from,to\n" + ROWS)
    assert "--data" not in wom("look", data.name).error


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("look", "--gaps", "zero"), "give --data FILE too"),
        (("look", "--data", "data.csv", "ties.csv"), "--data is looked at alone"),
        (("look", "--data", "data.csv", "--column", "x"), "give KEY=NAME"),
        (("look", "--data", "none.csv"), "there is no such file"),
        (("new", "a.toml", "--from", "data.csv", "--ask"), "give one of them"),
        (("new", "a.toml", "--from", "data.csv", "--like", "cascade"), "give one of them"),
        (("new", "a.toml", "--gaps", "zero"), "give --from FILE too"),
        (("new", "a.toml", "--data", "data.csv"), "give --from FILE here"),
        (("new", "a.toml", "--figure", "followers"), "give NAME=NUMBER"),
        (("new", "a.toml", "--figure", "followers=many"), "followers = 'many' is no number"),
        (("new", "a.toml", "--figure", "reach=9"), "how many followers there are is needed"),
        (("new", "a", "--from", "data.csv"), "a scenario file ends in .toml"),
    ],
)
def test_what_is_not_understood(
    typed: tuple[str, ...], said: str, data: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(data.parent)
    assert main(list(typed)) == 2
    assert said in capsys.readouterr().err
    assert [each.name for each in data.parent.iterdir()] == ["data.csv"]


def test_new_begins_with_data(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    assert main(["new", "mine.toml", "--from", "data.csv"]) == 0
    assert main(["check", "mine.toml"]) == 0
    scenario = load("mine.toml")
    assert (scenario.name, scenario.horizon) == ("mine", 32)
    assert scenario.transact.click == pytest.approx(84 / 4008, rel=1e-3)


def test_new_asks_ten_numbers_of_which_some_are_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("1.200\n\n150\n30\n"))
    assert main(["new", "mine.toml", "--ask", "--figure", "shares=1"]) == 0
    asked = capsys.readouterr().err
    assert "Likes or reactions of a post (below the post): " in asked
    assert "Shares" not in asked
    scenario = load("mine.toml")
    assert scenario.people.fans == 1200
    assert scenario.interact.like == 0.2
    assert scenario.share.base.stranger == pytest.approx(1 / 150, rel=1e-3)
    assert scenario.transact.click == 0.009
    text = Path("mine.toml").read_text(encoding="utf-8")
    assert "Not told, and left at the default: posts, comments, clicks" in text
