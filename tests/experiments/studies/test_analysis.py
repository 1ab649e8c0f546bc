"""What a study shows: known answers through the same pipeline, and figures with labels."""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.estimates.chance import interval
from wordofmouth.experiments.studies.analysis.sensitivity import noise_of
from wordofmouth.experiments.studies.sweep import sweep
from wordofmouth.sim.errors import InputError

from ..typed import Answer
from .models import ishigami, noisy
from .test_runs import STUDY

AROUND = {"from": -math.pi, "to": math.pi}
ALL = {f"x{k}": AROUND for k in (1, 2, 3, 4)}


@pytest.fixture(scope="module")
def plane() -> wom.Study:
    return wom.sweep(
        noisy, {"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 5.0]}, replicates=8, progress=False
    )


def test_sobol_indices_of_a_function_with_known_indices_come_out_right() -> None:
    pytest.importorskip("SALib")
    study = wom.sweep(ishigami, ALL, design={"sampler": "saltelli", "points": 1024}, progress=False)
    assert study.status["done"] == 1024 * 6
    table = study.sensitivity().table.set_index("axis")
    assert table.equals(study.sensitivity().table.set_index("axis")), "the same for the same runs"
    # Ishigami & Homma 1990, a = 7, b = .1.
    known = {"x1": (0.3139, 0.5576), "x2": (0.4424, 0.4424), "x3": (0.0, 0.2437), "x4": (0.0, 0.0)}
    for axis, (first, total) in known.items():
        row = table.loc[axis]
        assert row["first_low"] - 1e-9 <= first <= row["first_high"] + 1e-9
        assert row["total_low"] - 1e-9 <= total <= row["total_high"] + 1e-9
        assert abs(row["total"] - total) < 0.06


def test_what_two_axes_do_only_together_is_told() -> None:
    pytest.importorskip("SALib")
    how = {"sampler": "saltelli", "points": 512, "second_order": True}
    found = wom.sweep(ishigami, ALL, design=how, progress=False).sensitivity()
    pairs = found.pairs.set_index(["axis", "other"])
    assert len(pairs) == 6
    # Ishigami & Homma 1990: x1 and x3 explain .2437 together, and no other two anything.
    assert pairs.loc[("x1", "x3"), "second"] == pytest.approx(0.2437, abs=0.1)
    assert (pairs["low"] <= pairs["second"]).all()
    nothing = pairs.drop(("x1", "x3"))
    assert (nothing["low"] < 0.05).all()
    assert "x1 and x3" in found.document().json().decode()
    assert found.too_few == ""


@pytest.mark.parametrize("seed", [0, 1])
def test_indices_from_too_few_points_are_no_finding(seed: int) -> None:
    pytest.importorskip("SALib")
    how = {"sampler": "saltelli", "points": 4}
    study = wom.sweep(ishigami, ALL, design=how, seed=seed, progress=False)
    found = study.sensitivity()
    assert "4 points are too few to say which axis matters, since" in found.sentence
    assert "give design.points = 8 or more" in found.sentence
    assert found.sentence in study.document().json().decode()
    assert found.table.equals(study.sensitivity().table), "the same intervals for the same runs"
    one = wom.sweep(
        lambda x, y: x + 0 * y, {"x": AROUND, "y": AROUND},
        design={"sampler": "saltelli", "points": 256}, seed=seed, progress=False,
    ).sensitivity()  # fmt: skip
    assert one.too_few == "", "an axis that is all there is, is no lack of points"


def test_the_interval_of_a_parameter_that_does_nothing_covers_0_under_noise() -> None:
    pytest.importorskip("SALib")

    def model(x: float, null: float, seed: int) -> float:
        luck = np.random.default_rng([seed, int(x * 1e9) % 2**32, int(null * 1e9) % 2**32])
        return x + luck.normal(0, 0.5)

    unit = {"from": 0.0, "to": 1.0}
    study = wom.sweep(
        model, {"x": unit, "null": unit}, design={"sampler": "saltelli", "points": 256},
        replicates=4, progress=False,
    )  # fmt: skip
    found = study.sensitivity()
    null = found.table.set_index("axis").loc["null"]
    assert null["first_low"] <= 0 <= null["first_high"]
    # A variance of 1/12 in x; of .25 in the luck of a run, a fourth of that in the mean.
    assert found.noise.run == pytest.approx(0.25 / (0.25 + 1 / 12), abs=0.05)
    assert found.noise.mean == pytest.approx(0.0625 / (0.0625 + 1 / 12), abs=0.05)
    assert "luck is" in found.sentence


def test_morris_ranks_the_axes_and_gives_nothing_to_nothing() -> None:
    pytest.importorskip("SALib")
    study = wom.sweep(ishigami, ALL, design={"sampler": "morris", "points": 60}, progress=False)
    table = study.sensitivity().table.set_index("axis")
    assert table.loc["x4", "mu_star"] == 0
    assert (table.loc[["x1", "x2", "x3"], "mu_star"] > 3).all()
    assert table.loc["x3", "sigma"] > table.loc["x3", "mu_star"], "x3 acts by interaction alone"


def test_luck_is_told_from_what_the_points_do() -> None:
    luck = np.random.default_rng(4)
    points, replicates = 400, 10
    values = luck.normal(0, 2, (points, 1)) + luck.normal(0, 1, (points, replicates))
    noise = noise_of(values)
    assert noise.run == pytest.approx(0.2, abs=0.04)
    assert noise.mean == pytest.approx(0.1 / 4.1, abs=0.01)
    assert math.isnan(noise_of(values[:, :1]).run)


def test_means_intervals_and_quantiles(plane: wom.Study) -> None:
    table = plane.summary(["height"])
    assert list(table["runs"]) == [8] * 8
    luck = np.array([np.random.default_rng(seed).normal() for seed in range(8)])
    row = table.iloc[2]  # x = 1, y = 1
    assert row["mean"] == pytest.approx(2 + luck.mean())
    assert row["median"] == pytest.approx(2 + np.median(luck))
    assert row["low"] < row["mean"] < row["high"]


def test_intervals_hold_what_they_promise() -> None:
    luck = np.random.default_rng(1)
    held = [found.low <= 0 <= found.high for found in map(interval, luck.normal(size=(2000, 6)))]
    assert np.mean(held) == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / 2000))
    rare = [
        found.low <= 0.1 <= found.high
        for found in (interval(row, share=True) for row in luck.random((2000, 40)) < 0.1)
    ]
    assert np.mean(rare) > 0.92


def test_a_count_that_came_to_nought_and_one_is_no_share() -> None:
    counted = wom.sweep(
        "open_house", {"incentives.reward": [0.0]},
        settings={"network.people": 50, "network.m": 3, "horizon": 1, "share.base.*": 0.0},
        replicates=4, outcomes=["shares", "took_off"], progress=False,
    )  # fmt: skip
    table = counted.summary().set_index("outcome")
    assert list(table.loc["shares", ["mean", "low", "high"]]) == [0, 0, 0]
    assert table.loc["took_off", "high"] > 0.4, "four runs that did not take off prove little"
    won = wom.sweep(lambda x, seed: float(seed % 2), {"x": [1]}, replicates=6, progress=False)
    [row] = won.summary().to_dict("records")
    assert 0 < row["low"] < 0.5 < row["high"] < 1


def test_one_replicate_has_no_interval_and_what_never_varies_no_worth() -> None:
    one = wom.sweep(lambda x: x, {"x": [1, 2]}, progress=False)
    assert one.summary()[["low", "high", "deviation"]].isna().all(axis=None)
    [row] = one.compare({"x": 2}, {"x": 1}).to_dict("records")
    assert row["difference"] == 1
    assert math.isnan(row["low"])
    still = wom.sweep(lambda x, seed: x, {"x": [1, 2]}, replicates=3, progress=False)
    [row] = still.compare({"x": 2}, {"x": 1}).to_dict("records")
    assert (row["low"], row["difference"], row["high"]) == (1, 1, 1)
    assert math.isnan(row["worth"])


def test_outcomes_that_are_not_defined_are_left_out_in_pairs() -> None:
    study = wom.sweep(
        lambda x, seed: math.nan if (x, seed) == (2, 0) else float(x + seed), {"x": [1, 2]},
        replicates=4, progress=False,
    )  # fmt: skip
    [row] = study.compare({"x": 2}, {"x": 1}).to_dict("records")
    assert (row["difference"], row["pairs"], row["these"], row["those"]) == (1, 3, 4, 3)
    assert list(study.summary()["runs"]) == [4, 3]


def test_paired_differences_do_without_luck(plane: wom.Study) -> None:
    row = plane.compare({"x": 3.0}, {"x": 0.0}, ["height"]).iloc[0]
    assert row["difference"] == pytest.approx(6.0)
    assert row["high"] - row["low"] < 1e-9, "the luck is the same, and goes out"
    assert row["pairs"] == 16
    assert row["worth"] > 1000
    with pytest.raises(InputError, match=r"x = 9 is at no point; there are 0.0"):
        plane.compare({"x": 9}, {"x": 0.0})
    with pytest.raises(InputError, match="'z' is no axis of this study"):
        plane.compare({"z": 9}, {"x": 0.0})


def test_responses_are_over_all_other_axes(plane: wom.Study) -> None:
    table = plane.response("x", "height")
    assert (table["mean"].diff().dropna() - 2).abs().max() < 1e-9
    assert list(table["runs"]) == [16] * 4
    # The sample are the eight replicates: two points of one have the same luck, and tell no more.
    luck = np.array([np.random.default_rng(seed).normal() for seed in range(8)])
    for x, row in zip((0.0, 1.0, 2.0, 3.0), table.itertuples(), strict=True):
        found = interval(2 * x + luck)
        assert (row.low, row.high) == (pytest.approx(found.low), pytest.approx(found.high))
    both = plane.response("x", "other", by="y")
    assert len(both) == 8
    assert both[both["y"] == 5.0]["mean"].tolist() == [0, 5, 10, 15]
    heat = plane.interaction("x", "y", "other")
    assert heat.to_numpy().tolist() == [[0, 1, 2, 3], [0, 5, 10, 15]]


def test_an_axis_of_many_values_is_cut_into_slices() -> None:
    study = wom.sweep(
        lambda x, y: x**2 + y, {"x": {"from": 0, "to": 1}, "y": {"from": 0, "to": 0.1}},
        design={"sampler": "latin_hypercube", "points": 160}, progress=False,
    )  # fmt: skip
    table = study.response("x")
    assert len(table) == 8
    assert list(table["runs"]) == [20] * 8
    assert (table["mean"].diff().dropna() > 0).all()
    assert study.interaction("x", "y").shape == (8, 8)


def test_convergence_narrows_as_the_root_of_replicates(plane: wom.Study) -> None:
    table = plane.convergence("height")
    assert table["replicates"].tolist() == [*range(2, 9), 16, 32, 64]
    assert table["half_width"].notna().sum() == 7
    last = table.iloc[-1]
    assert last["expected"] < table["expected"].iloc[-2] < table["half_width"].iloc[5]


def test_a_forest_says_which_axis_matters_and_a_tree_where() -> None:
    pytest.importorskip("sklearn")

    def cliff(x: float, kind: str, null: float, seed: int) -> float:
        luck = np.random.default_rng(seed).normal(0, 0.1)
        return (10.0 if x > 0.5 and kind == "b" else 0.0) + luck + 0 * null

    study = wom.sweep(
        cliff,
        {"x": [0.1 * k for k in range(10)], "kind": ["a", "b"], "null": [0.0, 1.0]},
        replicates=4, progress=False,
    )  # fmt: skip
    found = study.importance()
    table = found.table.set_index("axis")
    assert found.explained > 0.9
    assert min(table.loc["x", "importance"], table.loc["kind", "importance"]) > 0.2
    assert abs(table.loc["null", "importance"]) < 0.01
    assert "kind is b" in found.tree
    assert "x <= 0.55" in found.tree
    curve = found.dependence["x"]
    assert curve["expected"].iloc[-1] - curve["expected"].iloc[0] == pytest.approx(5, abs=0.5)


def test_what_was_not_sampled_for_it_has_no_indices(plane: wom.Study) -> None:
    with pytest.raises(InputError, match="was not sampled for indices"):
        plane.sensitivity()
    with pytest.raises(InputError, match="kind = 'pie' is not allowed"):
        plane.plot("pie")
    with pytest.raises(InputError, match="'hight' is no outcome of this study; did you mean"):
        plane.response("x", "hight")


def test_every_figure_is_drawn_with_labels(plane: wom.Study) -> None:
    drawn = [
        plane.plot("response", x="x", by="y"),
        plane.plot("summary"),
        plane.plot("comparison", these={"x": 3.0}, those={"x": 1.0}),
        plane.plot("interaction", x="x", by="y", y="other"),
        plane.plot("convergence"),
        plane.plot("importance"),
    ]
    for figure in drawn:
        axes = figure.axes[0]
        assert axes.get_xlabel()
        assert figure.get_suptitle()
        figure.canvas.draw()


def test_labels_and_units_come_from_the_schema() -> None:
    study = wom.sweep(
        "open_house",
        {"incentives.reward": [0.0, 5.0], "content.*.type": ["post", "backstage"]},
        settings={"network.people": 200, "network.m": 4, "horizon": 8},
        outcomes=["cost"],
        progress=False,
    )
    axes = study.plot("response", x="incentives.reward").axes[0]
    assert axes.get_xlabel() == "Reward for the one who shares (money)"
    assert axes.get_ylabel() == "Cost (money)"
    assert study.plot("response", x="type").axes[0].get_xlabel() == "Content type"


def test_the_command_analyses(wom: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(STUDY.replace("replicates = 2", "replicates = 6"))
    assert wom("sweep", "mine.toml", "--out", "kept").code == 0
    answer = wom("analyse", "kept", "--json", "--out", "figures")
    assert answer.code == 0, answer.error
    told = json.loads(answer.out)
    assert (told["outcome"], told["runs"], told["failed"]) == ("reach", 24, 0)
    assert {row["outcome"] for row in told["summary"]} == {"reach", "shares", "took_off"}
    assert set(told["responses"]) == {"incentives.reward", "content.*.type"}
    assert all(effect["low"] <= effect["difference"] for effect in told["effects"])
    assert len(told["figures"]) >= 5
    assert all((tmp_path / path).is_file() for path in told["figures"])
    said = wom("analyse", "kept", "--outcome", "shares").out
    assert "Shares is least, " in said
    head = next(line for line in said.splitlines() if line.startswith("Reward for the one who"))
    assert re.split("  +", head.strip()) == [
        "Reward for the one who shares (money)", "Content type", "Shares", "Runs", "Reach",
    ]  # fmt: skip
    assert re.search(r"^0 +post +\d.* \(.* to .*\) +6 ", said, re.MULTILINE)
    assert wom("analyse", "kept", "--outcome", "chares").code == 2
    with closing(sqlite3.connect(tmp_path / "kept" / "runs.sqlite")) as base:
        base.execute("UPDATE runs SET status = 0")
        base.commit()
    for how in ([], ["--json"]):
        refused = wom("analyse", "kept", *how)
        assert (refused.code, refused.out) == (2, "")
        assert "no run of 'mine' is done yet; run wom sweep first." in refused.error
    assert wom("analyse", "figures").code == 4


def test_a_failed_run_leaves_the_rest_of_an_analysis(
    wom: Callable[..., Answer], tmp_path: Path
) -> None:
    how = {"sampler": "morris", "points": 2}
    axes = {"x": {"from": 0, "to": 1}, "y": {"from": 0, "to": 1}}
    sweep(lambda x, y: 1 / y, axes, design=how, out=tmp_path / "kept", progress=False).close()
    answer = wom("analyse", "kept")
    assert answer.code == 0, answer.error
    assert "points have no value of value; indices need all" in answer.out


def test_the_interval_of_a_share_stays_between_0_and_1() -> None:
    """Within replicates too, and it widens where there is more to be seen."""
    once = np.zeros(20)
    once[0] = 0.2
    rarely, never = interval(once, share=True), interval(np.zeros(20), share=True)
    assert 0.0 <= rarely.low < 0.01 < rarely.high < 0.1
    assert never.low == 0.0 < never.high
    alike = interval([0.4, 0.6] * 10, share=True)  # spread of 5 runs a replicate and less
    assert alike.low < 0.5 < alike.high
    assert alike.high - alike.low < interval([0.0, 1.0] * 10, share=True).high - 0.25


def test_money_of_a_study_has_the_currency_of_its_scenario() -> None:
    given = {"network.people": 100, "horizon": 4, "currency": "EUR"}
    study = wom.sweep(
        wom.Scenario().replace(given), {"publish.cost": [10.0, 20.0]}, replicates=2,
        outcomes=["cost", "reach"], progress=False,
    )  # fmt: skip
    about = study.about
    assert (about.form("cost"), about.form("reach")) == ("money €", "count")
    assert "Cost: €10.00 at publish.cost = 10" in study.sentence
    assert about.label("publish.cost").endswith("(€)")
