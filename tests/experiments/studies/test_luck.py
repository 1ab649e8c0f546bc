"""Luck and worlds of a study's runs: shared by a replicate, or each run's own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.sim.errors import InputError

from ..typed import Answer
from .models import noisy
from .test_runs import AXES, SMALL, STUDY


def drawn(x: int, seed: int) -> float:
    return float(x + np.random.default_rng(seed).normal())


@pytest.mark.parametrize(
    ("how", "seeds", "worlds"),
    [({}, 2, 2), ({"luck": "each"}, 8, 2), ({"world": "each"}, 2, 8),
     ({"luck": "each", "world": "each"}, 8, 8), ({"luck": "each", "world": 7}, 8, 1),
     ({"luck": "shared", "world": "shared"}, 2, 2)],
)  # fmt: skip
def test_luck_and_world_are_shared_or_each_runs_own(
    how: dict[str, Any], seeds: int, worlds: int
) -> None:
    study = wom.sweep("open_house", AXES, replicates=2, settings=SMALL, progress=False, **how)
    table = study.table()
    assert (table["seed"].nunique(), table["world"].nunique()) == (seeds, worlds)
    assert table["network"].nunique() == worlds
    if how.get("luck") == how.get("world") == "each":
        assert (table["seed"] == table["world"]).all(), "one seed repeats such a run"


def test_a_run_with_luck_of_its_own_is_repeated_by_its_seed_and_world() -> None:
    axes = {"incentives.reward": [0.0, 5.0]}
    study = wom.sweep("open_house", axes, settings=SMALL, luck="each", progress=False)
    row = study.table().iloc[1]
    scenario = wom.load("open_house").replace({**SMALL, "incentives.reward": 5.0})
    again = wom.run(scenario, seed=int(row["seed"]), world=int(row["world"]))
    assert again.digest == row["digest"]


def test_what_ran_with_luck_of_its_own_is_not_run_again(tmp_path: Path) -> None:
    def go(xs: list[int], replicates: int) -> wom.Study:
        return wom.sweep(
            drawn, {"x": xs}, replicates=replicates, luck="each", out=tmp_path / "s", progress=False
        )

    first = go([1, 1, 2], 2).table()
    assert first["value"].nunique() == 6, "points of equal parameters are draws of their own"
    assert go([1, 1, 2], 2).made == 0
    more = go([0, 1, 1, 2], 3)
    assert more.made == 6
    kept = more.table().query("x > 0 and replicate < 2")
    assert kept["value"].tolist() == first["value"].tolist(), "whatever points come before them"


def test_a_ledger_from_before_there_was_a_choice_goes_on(tmp_path: Path) -> None:
    how: dict[str, Any] = {"axes": {"x": [1.0, 2.0], "y": [1.0]}, "out": tmp_path / "s"}
    digest = wom.sweep(noisy, **how, progress=False).about.digest
    with closing(sqlite3.connect(tmp_path / "s" / "runs.sqlite")) as base:
        base.execute("DELETE FROM about WHERE name IN ('luck', 'notes', 'pairing')")
        base.commit()
    about = wom.Study.load(tmp_path / "s").about
    assert (about.luck, about.pairing, list(about.notes)) == ("shared", "world and luck", [])
    again = wom.sweep(noisy, **how, progress=False)
    assert (again.made, again.about.digest) == (0, digest)


def test_a_study_that_goes_back_to_shared_luck_says_so(tmp_path: Path) -> None:
    for luck, made, pairing in (("each", 2, ""), ("shared", 2, "luck"), ("each", 0, "")):
        study = wom.sweep(
            drawn, {"x": [1, 2]}, luck=luck, out=tmp_path / "s", progress=False
        )  # fmt: skip
        assert (study.about.luck, study.made, study.about.pairing) == (luck, made, pairing)
        study.close()


def test_points_with_luck_of_their_own_are_compared_without_pairs() -> None:
    how: dict[str, Any] = {"axes": {"x": [0, 1]}, "replicates": 200, "progress": False}
    shared, each = (wom.sweep(drawn, luck=luck, **how) for luck in ("shared", "each"))
    [known], [apart] = (
        study.compare({"x": 1}, {"x": 0}).to_dict("records") for study in (shared, each)
    )
    assert known["high"] - known["low"] < 1e-9
    # Two standard normal samples of 200: the difference has a standard error of a tenth.
    assert apart["high"] - apart["low"] == pytest.approx(4 * 0.1, rel=0.15)
    assert apart["worth"] == pytest.approx(1.0, abs=0.3)
    assert "unpaired" in str(each.document().json())


SAMPLED: dict[str, Any] = {
    "axes": {"x": {"from": 0, "to": 1}}, "design": {"sampler": "random", "points": 4},
    "progress": False,
}  # fmt: skip


def test_a_sample_with_the_luck_of_one_replicate_is_noted() -> None:
    [said] = wom.sweep(drawn, **SAMPLED).about.notes
    assert "give luck = 'each', or more replicates" in said
    assert said in str(wom.sweep(drawn, **SAMPLED).document().json().decode())
    for other in ({"luck": "each"}, {"replicates": 2}):
        assert not wom.sweep(drawn, **SAMPLED, **other).about.notes
    assert not wom.sweep(lambda x: x, **SAMPLED).about.notes, "there is no luck in it"
    assert not wom.sweep(drawn, {"x": [1, 2]}, progress=False).about.notes


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"luck": "each"}, r"luck = 'each' would have no effect: <lambda> takes no seed"),
        ({"world": "each"}, r"world = 'each' would have no effect: <lambda> is a function"),
        ({"luck": "mine"}, r"luck = 'mine' is not allowed; give 'shared' or 'each'"),
        ({"world": "mine"}, r"^world = 'mine' is not allowed; give 'shared', 'each', or the seed"),
        ({"world": -1}, r"^world = -1 is not allowed"),
    ],
)
def test_luck_that_means_nothing_is_refused(how: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        wom.sweep(lambda x: x, {"x": [1]}, progress=False, **how)


def test_a_file_says_luck_and_its_folder_repeats_it(
    wom: Callable[..., Answer], tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text(STUDY.replace("[set]", 'luck = "each"\n[set]', 1))
    assert wom("sweep", "mine.toml", "--out", "kept").code == 0
    again = wom("sweep", "kept/study.toml", "--out", "kept", "--json")
    assert json.loads(again.out)["made"] == 0
