"""Designs: axes, samplers, sub-designs, and what is refused before anything runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.studies.design.axis import axis
from wordofmouth.experiments.studies.design.design import declared
from wordofmouth.experiments.studies.design.file import names, read
from wordofmouth.experiments.studies.design.sampler import Sampler
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.parameters.paths import spread_out


def sampler(kind: str, points: int, **more: Any) -> Sampler:
    return Sampler.model_validate({"sampler": kind, "points": points, **more})


def test_a_grid_is_every_combination_the_last_axis_fastest() -> None:
    grid = declared({"axes": {"a": [1, 2], "b": ["x", "y", "z"]}})
    assert [tuple(point.labels.values()) for point in grid.points()] == [
        (1, "x"), (1, "y"), (1, "z"), (2, "x"), (2, "y"), (2, "z"),
    ]  # fmt: skip


def test_linked_paths_go_together() -> None:
    effort = {"link": {"a": [1, 2], "b": [3, 4]}, "label": ["few", "many"]}
    linked = declared({"axes": {"effort": effort}})
    assert [point.changes for point in linked.points()] == [{"a": 1, "b": 3}, {"a": 2, "b": 4}]
    assert [point.labels for point in linked.points()] == [{"effort": "few"}, {"effort": "many"}]


def test_sub_designs_follow_one_another() -> None:
    both = declared(
        {
            "set": {"horizon": 10},
            "designs": [
                {"name": "one", "axes": {"a": [1, 2]}},
                {"name": "two", "set": {"c": 5}, "axes": {"b": [3]}},
            ],
        }
    )
    points = list(both.points())
    assert [point.labels for point in points] == [
        {"design": "one", "a": 1}, {"design": "one", "a": 2}, {"design": "two", "b": 3},
    ]  # fmt: skip
    assert points[2].changes == {"horizon": 10, "c": 5, "b": 3}


@pytest.mark.parametrize("kind", ["random", "latin_hypercube", "sobol", "saltelli", "morris"])
def test_samplers_fill_the_unit_cube_and_repeat_themselves(kind: str) -> None:
    pytest.importorskip("SALib")
    chosen = sampler(kind, 64, seed=3)
    first, again = (chosen.places(("a", "b", "c")) for _ in range(2))
    assert np.array_equal(first, again)
    assert first.min() >= 0
    assert first.max() <= 1
    assert first.shape[1] == 3
    assert np.abs(first.mean(axis=0) - 0.5).max() < 4 * 0.29 / 8


def test_the_number_of_places_is_that_of_the_method() -> None:
    pytest.importorskip("SALib")
    names = ("a", "b", "c")
    for chosen, size in (
        (sampler("saltelli", 16), 16 * 5),
        (sampler("saltelli", 16, second_order=True), 16 * 8),
        (sampler("morris", 10), 10 * 4),
    ):
        assert len(chosen.places(names)) == chosen.size(len(names)) == size


def test_a_latin_hypercube_has_one_place_in_each_slice() -> None:
    found = sampler("latin_hypercube", 20, seed=1).places(("a", "b"))
    assert all(sorted((column * 20).astype(int)) == list(range(20)) for column in found.T)


def test_ranges_reach_samplers_as_values() -> None:
    log = axis("a", {"from": 1, "to": 100, "scale": "log"})
    assert [log.at(place)[0] for place in (0.0, 0.5, 1.0)] == [1.0, 10.0, 100.0]
    whole = axis("a", {"from": 1, "to": 4, "whole": True})
    assert [whole.at(place)[0] for place in (0.0, 0.3, 0.99, 1.0)] == [1, 2, 4, 4]
    assert all(isinstance(whole.at(place)[0], int) for place in (0.0, 1.0))
    normal = axis("a", {"mean": 5, "deviation": 2})
    assert normal.at(0.5)[0] == 5.0
    assert np.isfinite([normal.at(0.0)[0], normal.at(1.0)[0]]).all()
    words = axis("a", ["x", "y"])
    assert [words.at(place)[0] for place in (0.0, 0.49, 0.5, 1.0)] == ["x", "x", "y", "y"]


def test_a_star_is_every_entry_of_a_list() -> None:
    tables = {"content": [{"type": "a", "tick": 1}, {"type": "b"}]}
    assert spread_out(tables, {"content.*.type": "c", "content.1.tick": 3, "horizon": 5}) == {
        "content": [{"type": "c", "tick": 1}, {"type": "c", "tick": 3}], "horizon": 5,
    }  # fmt: skip
    with pytest.raises(InputError, match=r"there is no entry '2'"):
        spread_out(tables, {"content.2.type": "c"})
    with pytest.raises(InputError, match="is no list"):
        spread_out(tables, {"publish.*.fee": 1.0})


def test_a_star_is_every_entry_of_a_table() -> None:
    tables = {"share": {"base": {"fan": 0.1, "stranger": 0.2}}, "horizon": 5}
    assert spread_out(tables, {"share.base.*": 0.3}) == {
        "share.base.fan": 0.3, "share.base.stranger": 0.3,
    }  # fmt: skip


def test_shipped_studies_are_declared_and_ask_a_question() -> None:
    assert len(names()) >= 1
    for name in names():
        tables, _ = read(name)
        assert declared(tables).question.endswith("?")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"axes": {"a": 3}}, "axes: a: 3 is not allowed; give a list"),
    ({"axes": {"a": []}}, r"axes: a: \[\] is not allowed; give one value at least"),
    ({"axes": {"a": {"from": 2, "to": 1}}}, "let it begin below its end"),
    ({"axes": {"a": {"from": 0, "to": 1, "scale": "log"}}}, "begins above 0"),
    ({"axes": {"a": {"from": 0, "to": 1}}}, "a grid needs its values"),
    ({"axes": {"a": {"from": 0, "to": 1, "steps": 1}}}, "steps = 1"),
    ({"axes": {"a": {"link": {"b": [1], "c": [1, 2]}}}}, "lists of equal length"),
    ({"axes": {"a": [1], "l": {"link": {"a": [1]}}}}, "two of them set 'a'"),
    ({"axes": {"replicate": [1]}}, "'replicate' is the name of another column"),
    ({"design": {"sampler": "grit"}, "axes": {"a": [1]}}, "design.sampler = 'grit'"),
    ({"design": {"sampler": "random"}, "axes": {"a": [1]}}, "design.points is missing"),
    ({"design": {"sampler": "morris", "points": 4}, "axes": {"a": [1]}}, "two or more"),
    ({"design": {"point": 4}, "axes": {"a": [1]}}, "design.point: there is no such key"),
    ({"replicates": 0}, "replicates = 0"),
    ({"replicates": True}, "replicates = True"),
    ({"seed": -1}, "seed = -1 is not allowed; give a value from 0 to 4611686018427387904"),
    ({"keep": ["everything"]}, "'everything' cannot be kept"),
    ({"axes": {"a": [1]}, "designs": [{"axes": {"a": [1]}}]}, "either axes or designs"),
    (
        {"design": {"sampler": "random", "points": 4}, "designs": [{"axes": {"a": [1]}}]},
        "either a design or designs",
    ),
    ({"designs": [{"axis": {}}]}, "designs.0.axis: there is no such key"),
    ({"axes": {"a": {"from": 0, "to": 1, "steps": 10**6}, "b": [1] * 200}}, "ask for"),
]


@pytest.mark.parametrize(("how", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_makes_no_sense_is_refused_in_a_sentence(how: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        declared(how)


def test_a_file_says_which_key_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('scenario = "open_house"\nreplicate = 3\n')
    with pytest.raises(InputError, match=r"mine.toml: replicate: .* did you mean 'replicates'"):
        wom.sweep(path)
    path.write_text("replicates = 3\n")
    with pytest.raises(InputError, match=r"mine.toml: scenario is missing"):
        wom.sweep(path)
    with pytest.raises(InputError, match="there is no study 'nothing_such'"):
        wom.sweep("nothing_such")


def test_a_value_out_of_range_names_the_point_the_axis_and_the_value() -> None:
    values = [0.5] * 400
    values[317] = 1.5
    with pytest.raises(InputError, match=r"^point 317 \(share.base.fan = 1.5\): share.base.fan"):
        wom.sweep("open_house", {"share.base.fan": values}, progress=False)


def test_an_axis_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"point 0 .*did you mean 'incentives.reward'"):
        wom.sweep("open_house", {"incentives.rewrd": [1.0]}, progress=False)
    with pytest.raises(InputError, match=r"fan: .* has no such argument"):
        wom.sweep(lambda x: x, {"fan": [1]}, progress=False)
    with pytest.raises(InputError, match=r"y: .* asks for it"):
        wom.sweep(lambda x, y: x + y, {"x": [1]}, progress=False)
    with pytest.raises(InputError, match="'reech' is no outcome; did you mean 'reach'"):
        wom.sweep("open_house", {"horizon": [5]}, outcomes=["reech"], progress=False)


def test_what_a_function_cannot_be_told_is_refused() -> None:
    wrong: list[tuple[Any, dict[str, Any], str]] = [
        (lambda function: function, {"function": [1, 2]}, "function: <lambda> cannot be told from"),
        (lambda x, /: x, {"x": [1]}, "^x: <lambda> takes it by its place alone"),
        (lambda x: 1, {"x": [{1, 2}]}, r"x = \{1, 2\} cannot be written down"),
    ]
    for function, axes, said in wrong:
        with pytest.raises(InputError, match=said):
            wom.sweep(function, axes, progress=False)


def test_what_is_no_table_and_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('scenario = "open_house"\nset = 5\n[axes]\nhorizon = [5]\n')
    for settings in (None, {"horizon": 3}):
        with pytest.raises(InputError, match=r"mine.toml: set = 5 is not allowed; give a table"):
            wom.sweep(path, settings=settings)
    outcomes: Any = 5
    with pytest.raises(InputError, match="outcomes = 5 is not allowed; give a list"):
        wom.sweep("open_house", {"horizon": [5]}, outcomes=outcomes, progress=False)


def test_a_setting_that_an_axis_overrides_is_refused() -> None:
    with pytest.raises(InputError) as error:
        declared({"axes": {"incentives.reward": [0, 5]}, "set": {"incentives.reward": 3.0}})
    assert "set: incentives.reward = 3.0 would have no effect" in str(error.value)
    axes, fixed = {"axes": {"incentives.reward": [0, 5]}}, {"set": {"incentives.reward": 3.0}}
    for parts in ({"designs": [axes | fixed]}, {"designs": [axes], **fixed}):
        with pytest.raises(InputError) as again:
            declared(parts)
        assert str(again.value) == str(error.value)
