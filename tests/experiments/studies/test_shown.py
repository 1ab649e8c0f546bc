"""The report of a study: what it asks and shows, point by point, and the runs that failed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from wordofmouth.experiments.show import page
from wordofmouth.experiments.show.numbers import mean as mean_in_words
from wordofmouth.experiments.studies import study as studies
from wordofmouth.experiments.studies.shown import document
from wordofmouth.experiments.studies.study import Study
from wordofmouth.experiments.studies.sweep import sweep

from ..pages import Reading, check
from ..typed import Answer

Wom = Callable[..., Answer]


def product(x: float, y: float, seed: int) -> float:
    if x == 3 and y == 1:
        raise ValueError("x = 3 <is> not allowed")
    return x * y + seed % 2


@pytest.fixture
def kept(tmp_path: Path) -> Study:
    axes = {"x": [1, 2, 3], "y": [1, 10]}
    return sweep(product, axes, replicates=2, out=tmp_path / "kept", progress=False, jobs=1)


def html(study: Study) -> str:
    return page.html(study.document())


def test_question_finding_answers_and_points(folders: dict[str, Path]) -> None:
    study = Study.load(folders["study"])
    read = check(html(study))
    assert 'Does a "higher" rate carry <further>?' in read.words
    assert "It does & how." in read.words
    [h1] = [text for level, text in read.headings if level == "h1"]
    assert h1.startswith("Reach: ")
    assert "share.base.* = 0.02" in h1
    means = study.summary(["reach"]).set_index(["share.base.*", "network.m"])["mean"]
    rows = {tuple(cells[:2]): cells for cells in read.rows if len(cells) == 7}
    for (rate, m), mean in means.items():
        assert rows[f"{rate:g}", str(m)][2] == mean_in_words(mean, "count")
    took_off = study.summary(["took_off"]).set_index(["share.base.*", "network.m"])["mean"]
    for (rate, m), mean in took_off.items():
        assert rows[f"{rate:g}", str(m)][6] == mean_in_words(mean, "rate")
    study.close()


def test_a_pattern_of_parameters_is_called_by_what_they_share(folders: dict[str, Path]) -> None:
    study = Study.load(folders["study"])
    read = check(html(study))
    said = "Share probability, stranger, fan, advocate alike (probability)"
    assert ["share.base.*", said, "0.02, 0.1, 0.3"] in read.rows
    assert "all later ones are re-shares" in read.words
    study.close()


def test_whole_counts_have_no_decimals(kept: Study) -> None:
    read = check(html(kept))
    start = read.rows.index(["x", "y", "value", "Between", "Runs"])
    assert [cells[4] for cells in read.rows[start + 1 : start + 6]] == ["2"] * 5


def test_failed_runs_have_their_reason(kept: Study) -> None:
    read = check(html(kept))
    assert ["4", "0", "0", "ValueError: x = 3 <is> not allowed"] in read.rows
    numbers = {number.label: number.value for number in kept.document().numbers}
    assert numbers["Runs failed"] == "2"
    assert "--retry-failed" in read.words


def test_a_study_of_a_function_says_so(kept: Study) -> None:
    read = check(html(kept))
    assert "The study is of a function" in read.codes[-1]
    assert not any("wom sweep" in code for code in read.codes)


def test_many_points_are_cut_off(kept: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "_POINTS", 2)
    read = check(html(kept))
    assert "The first 2 of 5 points; wom export" in read.words
    assert rows_of_points(read) == 2


def rows_of_points(read: Reading) -> int:
    start = read.rows.index(["x", "y", "value", "Between", "Runs"])
    return [len(cells) == 5 for cells in read.rows[start + 1 :]].index(False)


def test_nothing_is_done_yet(folders: dict[str, Path], tmp_path: Path) -> None:
    shutil.copytree(folders["study"], tmp_path / "open")
    with closing(sqlite3.connect(tmp_path / "open" / "runs.sqlite")) as base:
        base.execute("UPDATE runs SET status = 0")
        base.commit()
    study = Study.load(tmp_path / "open")
    check(html(study))
    found = study.document()
    assert found.sentence == study.sentence == "No run of rates & <roles> is done yet."
    assert found.picture is None
    study.close()


def test_a_large_study_gets_a_page_when_asked(
    kept: Study, wom: Wom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept.report() is not None
    monkeypatch.setattr(studies, "LARGE", 3)
    assert kept.report() is None
    answer = wom("report", "kept")
    assert answer.code == 0
    assert "kept/report.html is the page to read." in answer.out


def test_sweep_and_analyse_write_it(
    folders: dict[str, Path], wom: Wom, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = folders["study"] / "report.html"
    before = page.read_bytes()
    page.unlink()
    assert wom("analyse", str(folders["study"]), "--json").code == 0
    assert page.read_bytes() == before


def test_a_level_without_value_and_a_rounding_are_written_well() -> None:
    parts = [{"axes": {"x": [4.9e-17]}}, {"axes": {"y": [1.0]}}]
    study = sweep(lambda x=0.0, y=0.0: x + y, designs=parts, replicates=2, progress=False)
    read = check(html(study))
    assert ["design 1", "4.9e-17", "–", "0", "", "2"] in read.rows
    assert ["design 2", "–", "1", "1", "", "2"] in read.rows
