"""Outcomes of one's own: worked out from each campaign, kept, resumed and drawn as all others."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import wordofmouth as wom
from wordofmouth.experiments.studies.runs.campaigns import Campaigns
from wordofmouth.sim.errors import InputError

from ..typed import Answer
from .test_runs import SMALL

AXES = {"incentives.reward": [0.0, 5.0]}


def gini(result: wom.Result) -> float:
    """How unevenly shares are spread over messages."""
    shares = np.sort(np.bincount(result.shares["message"])).astype(float)
    places = 2 * np.arange(1, shares.size + 1) - shares.size - 1
    return float(places @ shares / shares.sum() / shares.size) if shares.sum() else float("nan")


def twice(result: wom.Result) -> float:
    return 2 * result.kpis["reach"]


def study(out: Path | None = None, **more: Any) -> wom.Study:
    how: dict[str, Any] = {"settings": SMALL, "replicates": 3, "progress": False, "out": out}
    return wom.sweep("open_house", AXES, **{**how, **more})


def test_a_measure_is_what_the_function_gives_of_the_result() -> None:
    table = study(measures={"gini": gini, "twice": twice}).table(["gini", "twice", "reach"])
    assert (table["twice"] == 2 * table["reach"]).all()
    scenario = wom.load("open_house").replace({**SMALL, "incentives.reward": 5.0})
    assert table["gini"].iloc[4] == gini(wom.run(scenario, seed=1))
    assert 0 < table["gini"].iloc[4] < 1


def test_measures_are_shown_and_kept_as_other_outcomes(tmp_path: Path) -> None:
    found = study(tmp_path / "s", measures={"gini": gini}, outcomes=["gini", "reach"])
    assert found.main_outcome == "gini"
    for kind in ("response", "summary", "convergence"):
        found.plot(kind).canvas.draw()
    assert "gini" in found.sentence
    assert "gini" in pd.read_csv(found.export(tmp_path / "all.csv"))
    found.close()
    opened = wom.Study.load(tmp_path / "s")
    assert opened.table(["gini"])["gini"].notna().all()
    assert "call wom.sweep with it again" in opened.document().python


def test_measures_are_resumed_and_another_function_is_another(tmp_path: Path) -> None:
    def go(measures: dict[str, Any] | None, replicates: int = 3) -> int:
        done = study(tmp_path / "s", measures=measures, replicates=replicates)
        done.close()
        return done.made

    assert go({"it": twice}) == 6
    assert go({"it": twice}) == 0
    assert go({"it": twice}, 4) == 2
    assert go({"it": lambda result: 3 * result.kpis["reach"]}) == 6
    assert go(None) == 6, "without them it is the study that it would have been"
    assert go({"it": twice}) == 0


def test_without_measures_keys_are_as_they_were() -> None:
    scenario = wom.load("open_house")
    plain = Campaigns(scenario).parameters({})
    assert Campaigns(scenario, measures={}).parameters({}) == plain
    asked = Campaigns(scenario, measures={"it": twice})
    assert asked.parameters({}) != plain
    assert pickle.loads(pickle.dumps(asked)).parameters({}) == asked.parameters({})


def test_a_measure_that_fails_is_a_failed_run() -> None:
    found = study(measures={"it": lambda result: "none"}, outcomes=["it"])
    assert found.status["failed"] == 6
    assert "measures: it gave 'none'; let it give a number" in found.failures()["error"][0]


@pytest.mark.parametrize(
    ("measures", "said"),
    [
        ({"reach": twice}, "measures: 'reach' is the name of another column"),
        ({"Seed": twice}, "measures: 'Seed' is the name of another column"),
        ({"it": 3}, "measures: it = 3 is not allowed; give a function"),
        ({"incentives.reward": twice}, "'incentives.reward' is also the name of an outcome"),
    ],
)
def test_measures_that_make_no_sense_are_refused(measures: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        study(measures=measures)


def test_a_function_has_no_measures() -> None:
    with pytest.raises(InputError, match="measures are for scenarios"):
        wom.sweep(lambda x: x, {"x": [1]}, measures={"it": twice}, progress=False)


def test_the_file_of_a_study_with_measures_says_what_it_lacks(
    wom: Callable[..., Answer], tmp_path: Path
) -> None:
    study(tmp_path / "s", measures={"it": twice}).close()
    answer = wom("sweep", "s/study.toml", "--out", "s")
    assert answer.code == 2
    assert "measures = ['it'] are functions, which no file holds; call wom.sweep" in answer.error
    told = json.loads(wom("analyse", "s", "--outcome", "it", "--json").out)
    assert told["outcome"] == "it"
