"""What notebooks show: whole, escaped, with the sentence and the numbers; and results alike."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import wordofmouth as wom
from matplotlib.figure import Figure
from wordofmouth.experiments.results.headline import headline
from wordofmouth.experiments.show.cells import Rate
from wordofmouth.experiments.show.document import Document, Section, Table
from wordofmouth.experiments.show.notebook import html
from wordofmouth.sim.errors import StorageError

from ..found import KINDS, noisy, results, scenario

FOUND = [kind for kind in KINDS if kind not in ("scenario", "result")]
ALLOWED = {"div", "table", "caption", "tr", "th", "td", "span", "code"}


class Reader(HTMLParser):
    """Reads what is shown; fails where a tag is not closed, or is none of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        assert {name for name, _ in attributes} <= {"style", "colspan"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return " ".join(reader.texts)


@pytest.mark.parametrize("busy", [True, False], ids=["busy", "nothing happened"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_whole_and_escaped(kind: str, busy: bool) -> None:
    found = results(busy=busy)[kind]
    card = found._repr_html_()
    shown = read(card)
    assert not re.search(r"<b>|<i>|<u>|<script|http|nan\b|\binf\b", card)
    if kind == "scenario":
        assert scenario(busy=busy).question.replace("`", "") in shown.replace("`", "")
        assert "<b>a & b" in shown
    else:
        assert (headline(found) if kind == "result" else found.sentence) in shown
    assert not re.search(r"#[0-9a-f]{3}|:(white|black)\b", card), "colours are the notebook's"


def test_a_scenario_shows_what_differs_and_what_does_not() -> None:
    shown = read(scenario(busy=True)._repr_html_())
    assert "300 people, 12 ticks" in shown
    assert "more:  .differs_from(wom.Scenario())" in shown
    few = read(wom.Scenario(horizon=24).replace({"share.base.fan": 0.2})._repr_html_())
    assert re.search(r"horizon +24 +48 +Length of the campaign", few)
    assert re.search(r"share\.base\.fan +0\.2 +0\.01 +Fans' share probability", few)
    assert "every parameter has its default." in read(wom.Scenario()._repr_html_())


def test_a_result_shows_the_funnel() -> None:
    result = results(busy=True)["result"]
    shown = read(result._repr_html_())
    for stage in result.funnel:
        assert re.search(rf"{stage.stage} +{stage.people:,} +{stage.events:,} ", shown)
    assert f"digest {result.digest[:12]}…" in shown


def test_numbers_stand_in_every_card() -> None:
    found = results(busy=True)
    stage = found["diagnosis"].stages[0]
    assert f"{stage.gain.mean:+.1f}" in read(found["diagnosis"]._repr_html_())
    reach = found["comparison"].table("<b>b").loc["reach"]
    assert f"Reach {reach['base']:.3g}" in re.sub(
        " +", " ", read(found["comparison"]._repr_html_())
    )
    shown = read(found["levers"]._repr_html_())
    assert all(lever[:40] in shown for lever in found["levers"].levers)
    cost = found["economics"].costs["cost_per_exposure"].value
    assert f"cost per exposure {cost:.2f}" in re.sub(
        " +", " ", read(found["economics"]._repr_html_())
    )
    role = found["credit"].table().index[0]
    assert str(role) in read(found["credit"]._repr_html_())
    best = found["study"].summary()["mean"].max()
    assert f"{best:.3g}" in read(found["study"]._repr_html_())


def test_that_nothing_is_sure_is_said() -> None:
    found = results(busy=False)["diagnosis"]
    assert found.bottleneck is None
    shown = read(found._repr_html_())
    assert "cannot be told" in found.sentence
    assert ".bottleneck  is None" in shown


def test_a_long_table_says_how_many_are_left() -> None:
    def card(sentence: str, rows: list[tuple[str, Rate]]) -> str:
        table = Table("", ("k", "rate"), rows, more=".rows()")
        return read(html(Document("answer", "Of it", sentence, [Section("Rates", [table])])))

    shown = card("Many.", [(str(k), Rate(k / 20)) for k in range(15)])
    assert "and 3 more:  .rows()" in shown
    assert "60 %" not in shown
    assert card("None.", []) == "Of it None."


def test_a_failed_study_says_so() -> None:
    def fails(x: float) -> float:
        raise ValueError("<b>no")

    study = wom.sweep(fails, {"x": [1.0, 2.0]}, progress=False)
    shown = read(study._repr_html_())
    assert "0 of 2 runs done, 2 failed" in shown
    assert study.sentence == "No run of fails is done yet."


def test_indices_and_importance_have_cards() -> None:
    pytest.importorskip("sklearn")
    found = noisy().importance()
    assert found.sentence in read(found._repr_html_())
    pytest.importorskip("SALib")
    box = {"from": 0.0, "to": 1.0}
    for sampler in ("saltelli", "morris"):
        study = wom.sweep(
            lambda x, y: x + y * y, {"x": box, "y": box},
            design={"sampler": sampler, "points": 8}, progress=False,
        )  # fmt: skip
        indices = study.sensitivity()
        assert indices.sentence in read(indices._repr_html_())


# Results alike ------------------------------------------------------------------------------


@pytest.mark.parametrize("busy", [True, False], ids=["busy", "nothing happened"])
@pytest.mark.parametrize("kind", FOUND)
def test_every_result_has_the_same_five(kind: str, busy: bool, tmp_path: Path) -> None:
    found: Any = results(busy=busy)[kind]
    assert found.sentence.endswith(".")
    assert isinstance(found.table(), pd.DataFrame)
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["sentence"] == found.sentence
    assert isinstance(found.plot(), Figure)
    folder = found.save(tmp_path / "kept")
    assert (folder / "run.json").is_file() or (folder / "runs.sqlite").is_file()


def test_a_study_is_kept_and_gone_on_with(tmp_path: Path) -> None:
    def height(x: float, seed: int) -> float:
        return x + seed

    study = wom.sweep(height, {"x": [1.0, 2.0]}, replicates=2, progress=False, name="high")
    assert study.made == 4
    folder = study.save(tmp_path / "kept")
    again = wom.Study.load(folder)
    pd.testing.assert_frame_equal(again.table(), study.table())
    assert again.sentence == study.sentence
    assert again.save(folder) == folder, "where it is, it is"
    with pytest.raises(StorageError, match="name a new folder"):
        study.save(folder)
    more = wom.sweep(
        height, {"x": [1.0, 2.0]}, replicates=3, progress=False, name="high", out=folder
    )
    assert more.made == 2
    assert more.status["done"] == 6


def test_what_a_result_changes_is_not_shared() -> None:
    """The card reads a result; it does not draw, keep or change anything."""
    result = results(busy=True)["result"]
    twin = replace(result)
    before = twin.digest
    twin._repr_html_()
    assert twin.digest == before
