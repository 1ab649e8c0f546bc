"""What a point does not have is missing, what it cannot be is left out, and both are said."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import wordofmouth as wom
from wordofmouth.experiments.show import terminal
from wordofmouth.experiments.studies.design.expression import holds, value_of
from wordofmouth.sim.errors import InputError

SMALL = {"network.people": 200, "horizon": 4}
KINDS = ["clustered_preferential_attachment", "preferential_attachment", "small_world"]
NETWORKS = {
    "network.kind": KINDS, "network.triad_probability": [0.1, 0.9], "network.m": [3, 5],
}  # fmt: skip


@pytest.fixture(scope="module")
def kinds() -> wom.Study:
    return wom.sweep(
        "open_house", NETWORKS, settings=SMALL, replicates=4, outcomes=["reach"], progress=False
    )


def test_a_kind_with_its_own_parameters_is_a_plain_grid(kinds: wom.Study) -> None:
    points = kinds.table().drop_duplicates("point")[list(NETWORKS)].astype(object)
    assert points.where(points.notna(), "-").values.tolist() == [
        [KINDS[0], 0.1, 3.0], [KINDS[0], 0.1, 5.0], [KINDS[0], 0.9, 3.0], [KINDS[0], 0.9, 5.0],
        [KINDS[1], "-", 3.0], [KINDS[1], "-", 5.0], [KINDS[2], "-", "-"],
    ]  # fmt: skip
    [said] = kinds.about.notes
    assert said.startswith("5 points are left out: the same as another")


def test_the_point_of_a_kind_is_the_run_by_hand(kinds: wom.Study) -> None:
    row = kinds.table().query("point == 4 and replicate == 1").iloc[0]
    scenario = wom.load("open_house").replace(
        {**SMALL, "network.kind": KINDS[1], "network.m": 3}
    )  # fmt: skip
    assert wom.run(scenario, seed=1).digest == row["digest"]


def test_what_is_missing_counts_for_no_level(kinds: wom.Study, tmp_path: Path) -> None:
    table = kinds.table()
    clustered = table[table["network.kind"] == KINDS[0]]
    found = kinds.response("triad_probability").set_index("network.triad_probability")
    assert list(found["runs"]) == [8, 8]
    for level in (0.1, 0.9):
        own = clustered[clustered["network.triad_probability"] == level]
        assert found.loc[level, "mean"] == pytest.approx(own["reach"].mean())
    both = kinds.interaction("triad_probability", "m")
    assert both.shape == (2, 2)
    assert not both.isna().any(axis=None)
    for kind, how in (("response", {"x": "m", "by": "kind"}), ("summary", {}), ("importance", {}),
                      ("interaction", {"x": "kind", "by": "triad_probability"})):  # fmt: skip
        kinds.plot(kind, **how).canvas.draw()
    curve = kinds.importance().dependence["network.triad_probability"]
    assert list(curve["network.triad_probability"]) == [0.1, 0.9]
    assert " nan" not in terminal.text(kinds.document(weighed=True))
    for name, read in (("all.csv", pd.read_csv), ("all.parquet", pd.read_parquet)):
        back = read(kinds.export(tmp_path / name))
        assert back["network.triad_probability"].isna().sum() == 3 * 4


def test_a_sub_design_has_what_its_own_network_has() -> None:
    study = wom.sweep(
        "open_house", settings=SMALL, progress=False, outcomes=["reach"],
        designs=[
            {"name": "plain", "set": {"network.kind": KINDS[1]}, "axes": {"network.m": [3]}},
            {"name": "clustered", "set": {"network.m": 7},
             "axes": {"network.triad_probability": [0.1]}},
        ],
    )  # fmt: skip
    rows = study.table()[["network.m", "network.triad_probability"]].values.tolist()
    assert rows[0][0] == 3
    assert math.isnan(rows[0][1])
    assert rows[1] == [7, 0.1], "what a sub-design sets, it has"


def test_a_parameter_that_no_kind_has_is_refused() -> None:
    with pytest.raises(InputError, match=r"triad_probability would have no effect: no kind"):
        wom.sweep(
            "open_house", {**NETWORKS, "network.kind": KINDS[1:]}, settings=SMALL, progress=False
        )
    with pytest.raises(InputError, match=r"network.triads is not a parameter of"):
        wom.sweep("open_house", {"network.kind": KINDS, "network.triads": [1]}, progress=False)


def test_points_that_are_refused_are_skipped_where_one_says_so(tmp_path: Path) -> None:
    how: dict[str, Any] = {"axes": {"network.m": [3, 500]}, "settings": SMALL, "progress": False}
    with pytest.raises(InputError, match=r"^point 1 \(network.m = 500\)"):
        wom.sweep("open_house", **how)
    study = wom.sweep("open_house", **how, infeasible="skip", out=tmp_path / "s")
    assert list(study.table()["point"]) == [0]
    [said] = study.about.notes
    assert said.startswith(
        "1 point is left out: refused, the first since point 1 (network.m = 500)"
    )
    again = wom.sweep(tmp_path / "s" / "study.toml", out=tmp_path / "s", progress=False)
    assert again.made == 0
    with pytest.raises(InputError, match=r"^point 0 \(horizn = 3\)"):
        wom.sweep("open_house", {"horizn": [3]}, infeasible="skip", progress=False)


def added(x: float, y: float, z: float = 0) -> float:
    return x + 10 * y + 100 * z


def test_derived_axes_and_constraints(tmp_path: Path) -> None:
    how: dict[str, Any] = {"axes": {"x": [1, 2, 3], "y": "4 - x", "z": [0, 1]}, "progress": False}
    study = wom.sweep(added, **how, constraint="x + z <= 3", out=tmp_path / "s")
    assert study.table()[["x", "y", "z", "value"]].values.tolist() == [
        [1, 3, 0, 31], [1, 3, 1, 131], [2, 2, 0, 22], [2, 2, 1, 122], [3, 1, 0, 13],
    ]  # fmt: skip
    assert list(study.about.notes) == ["1 point is left out: x + z <= 3 does not hold."]
    sampled = wom.sweep(
        added, {"x": {"from": 0, "to": 1}, "z": {"from": 0, "to": 1}, "y": "x - z / 2"},
        design={"sampler": "sobol", "points": 32}, constraint=["z <= x"], progress=False,
    ).table()  # fmt: skip
    assert (sampled["y"] - sampled["x"] + sampled["z"] / 2).abs().max() < 1e-11
    assert 8 < len(sampled) < 24
    assert (sampled["z"] <= sampled["x"]).all()


def test_indices_are_of_the_axes_that_are_free() -> None:
    pytest.importorskip("SALib")
    unit = {"from": 0, "to": 1}
    study = wom.sweep(
        added, {"x": unit, "z": unit, "y": "1 - x"}, design={"sampler": "saltelli", "points": 64},
        progress=False,
    )  # fmt: skip
    assert list(study.sensitivity().table["axis"]) == ["x", "z"]


def test_dotted_paths_are_names() -> None:
    table = wom.sweep(
        "open_house", {"share.base.fan": [0.1, 0.2], "share.base.stranger": "share.base.fan / 2"},
        settings=SMALL, progress=False,
    ).table()  # fmt: skip
    assert table["share.base.stranger"].tolist() == [0.05, 0.1]


WRONG: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"x": [1], "y": "__import__('os')"}, {}, r"^axes: y: .* is not allowed in it; it takes \+"),
    ({"x": [1], "y": "x ** 9"}, {}, r"'x \*\* 9' is not allowed in it"),
    ({"x": [1], "y": "x.__class__()"}, {}, "is not allowed in it"),
    ({"x": [1], "y": "x +"}, {}, "'x \\+' cannot be read"),
    ({"x": [1], "y": "x < 2"}, {}, "'x < 2' is a comparison"),
    ({"x": [1], "y": "w - 1"}, {}, "axes: y: 'w' is no axis before it; there are x"),
    ({"y": "x", "x": "y"}, {}, "axes: y: 'x' is no axis before it"),
    ({"x": [1], "y": "1 / (x - 1)"}, {}, r"axes: y: .* has no value here \(division by zero\)"),
    ({"x": ["a"], "y": "x + 1"}, {}, "axes: y: .* x = 'a' is no number"),
    ({"x": [1], "y": [1]}, {"constraint": "x"}, "constraint = 'x' compares nothing"),
    ({"x": [1], "y": [1]}, {"constraint": "w < 2"}, "constraint 'w < 2': 'w' is no axis"),
    ({"x": [1], "y": [1]}, {"constraint": "x > 3"}, "no point is left: x > 3 does not hold"),
    ({"x": [1], "y": [1]}, {"infeasible": "keep"}, "infeasible = 'keep' is not allowed"),
]


@pytest.mark.parametrize(("axes", "how", "said"), WRONG, ids=[said for *_, said in WRONG])
def test_an_expression_that_makes_no_sense_is_refused(
    axes: dict[str, Any], how: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        wom.sweep(added, axes, progress=False, **how)


def test_expressions_are_arithmetic() -> None:
    values = {"a": 2, "b.c": 0.5}
    assert value_of("-a * (b.c + 1) / 3 - +4", values) == -5.0
    assert value_of("0.1 + 0.2", {}) == 0.3
    assert value_of("a * 3", values) == 6
    assert isinstance(value_of("a * 3", values), int)
    assert holds("0.1 + 0.2 <= 0.3", {})
    assert not holds("0 < a < 2", values)
    assert not holds("1 / (a - 2) > 0", values)
