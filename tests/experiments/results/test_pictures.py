"""Figures of studies, diagnoses and of what things are worth: legible, with nothing left unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import wordofmouth as wom
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from ..found import grid, noisy, results
from ..legible import check_legible, words

STUDIES: dict[str, Callable[[], Figure]] = {
    "along numbers": lambda: grid().plot(x="incentives.reward"),
    "by numbers": lambda: grid().plot(x="incentives.reward", by="contagiousness"),
    "along logarithms": lambda: noisy().plot(x="rate"),
    "along words": lambda: noisy().plot(x="kind"),
    "by words": lambda: noisy().plot(x="rate", by="kind"),
    "a grid": lambda: grid().plot("interaction", x="contagiousness", by="incentives.reward"),
    "points": lambda: noisy().plot("interaction", x="rate", by="price"),
    "points by words": lambda: noisy().plot("interaction", x="kind", by="rate"),
    "runs of a grid": lambda: grid().plot("summary", y="cost"),
    "runs": lambda: noisy().plot("summary"),
    "convergence": lambda: noisy().plot("convergence"),
    "comparison": lambda: grid().plot(
        "comparison", these={"incentives.reward": 20.0}, those={"incentives.reward": 0.0}
    ),
}


@pytest.mark.parametrize("name", STUDIES)
def test_figures_of_studies_are_legible(name: str) -> None:
    figure = STUDIES[name]()
    check_legible(figure)
    assert figure.axes[0].get_xlabel()
    assert re.search(r"\d", figure.get_suptitle()), "a title says the finding"


@pytest.mark.parametrize("busy", [True, False], ids=["busy", "nothing happened"])
@pytest.mark.parametrize(
    "kind", ["diagnosis", "comparison", "levers", "economics", "credit", "reproduction"]
)
def test_figures_of_findings_are_legible(kind: str, busy: bool) -> None:
    found = results(busy=busy)[kind]
    figure = found.plot()
    check_legible(figure)
    assert figure.get_suptitle().replace("\n", " ") == found.sentence


def test_importance_is_legible() -> None:
    pytest.importorskip("sklearn")
    check_legible(noisy().plot("importance"))
    check_legible(grid().plot("importance", y="cost"))


@pytest.mark.parametrize("sampler", ["saltelli", "morris"])
def test_indices_are_legible(sampler: str) -> None:
    pytest.importorskip("SALib")
    box = {"from": 0.0, "to": 1.0}
    study = wom.sweep(
        lambda a_name_that_is_long, y: a_name_that_is_long + y * y,
        {"a_name_that_is_long": box, "y": box},
        design={"sampler": sampler, "points": 8}, progress=False,
    )  # fmt: skip
    check_legible(study.plot("sensitivity"))


def test_points_on_no_grid_are_drawn_where_they_lie() -> None:
    study = noisy()
    axes = study.plot("interaction", x="rate", by="price").axes[0]
    assert not any(isinstance(each, AxesImage) for each in axes.get_children())
    [marks] = (each for each in axes.collections if isinstance(each, PathCollection))
    table = study.table().groupby("point")[["rate", "price"]].first()
    assert {tuple(at) for at in np.asarray(marks.get_offsets())} == set(
        table.itertuples(index=False, name=None)
    )
    assert axes.get_xscale() == "log"
    heat = grid().plot("interaction", x="contagiousness", by="incentives.reward").axes[0]
    assert any(isinstance(each, AxesImage) for each in heat.get_children())


def test_a_band_says_what_it_is() -> None:
    for figure in (STUDIES["along numbers"](), STUDIES["by numbers"](), STUDIES["along words"]()):
        assert "95 % interval" in words(figure)
    once = wom.sweep(lambda x: x, {"x": [1.0]}, progress=False)
    figure = once.plot()
    assert "95 % interval" not in words(figure)
    assert "one replicate has no interval" in words(figure)


def test_what_a_comparison_has_no_room_for_is_said() -> None:
    found = results(busy=True)["comparison"]
    [name] = found.changed
    some = next(each for each in found.changes(name) if each.difference.moved and each.base.mean)
    outcomes = list(found.changed[name])
    every = {each: replace(some, outcome=found.changed[name][each].outcome) for each in outcomes}
    many = replace(found, changed={name: every})
    figure = many.plot()
    assert f"and {len(outcomes) - 24} more, in the table" in words(figure)
    check_legible(figure)
    assert "more, in the table" not in words(results(busy=False)["comparison"].plot())


def test_every_scenario_that_is_compared_is_drawn() -> None:
    found = results(busy=True)["comparison"]
    [name] = found.changed
    three = replace(
        found,
        scenarios={**found.scenarios, "third": found.scenarios[name]},
        changed={**found.changed, "third": found.changed[name]},
        people={**found.people, "third": found.people[name]},
    )
    figure = three.plot()
    assert len(figure.axes) == 2
    check_legible(figure)


def test_names_of_levers_are_whole() -> None:
    found = results(busy=True)["levers"]
    shown = words(found.plot())
    assert all(name in shown for name in found.levers)


def test_more_points_than_a_figure_holds_are_counted() -> None:
    study = wom.sweep(lambda x: x, {"x": [float(k) for k in range(70)]}, progress=False)
    figure = study.plot("summary")
    assert "and 10 more points, in the table" in words(figure)
    check_legible(figure)
