"""The picture: complete and legible."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from wordofmouth.experiments.results.figures.campaign import campaign
from wordofmouth.experiments.results.headline import headline
from wordofmouth.experiments.show.style import png
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import run
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result

from ...legible import texts
from .reading import assert_legible, told

NOBODY = {"share.base": dict.fromkeys(("stranger", "fan", "advocate"), 0.0)}
EVERYBODY = {"share.base": dict.fromkeys(("stranger", "fan", "advocate"), 0.3)}
SHORT = Scenario(horizon=4).replace({"network.people": 60})


def results() -> Iterator[tuple[str, Result]]:
    small = load("open_house").replace({"network.people": 500, "network.m": 5})
    yield "open house", run(small, seed=7)
    yield "nobody shared", run(small.replace(NOBODY), seed=7)
    yield "cascades", run(load("cascade").replace({"network.people": 3000, **EVERYBODY}), seed=1)
    yield "nobody heard", run(SHORT.replace({"people.fans": 0.0}), seed=1)
    yield "everybody", run(SHORT.replace({**EVERYBODY, "people.fans": 1.0}), seed=1)
    yield "single shares", run(SHORT.replace({"share.base.fan": 0.3, "people.fans": 0.4}), seed=2)


@pytest.fixture(scope="module", params=range(6))
def drawn(request: pytest.FixtureRequest) -> Result:
    return list(results())[request.param][1]


def test_no_text_covers_another_or_leaves_the_picture(drawn: Result) -> None:
    assert_legible(campaign(drawn))


def test_the_title_is_the_finding(result: Result) -> None:
    assert headline(result) in told(campaign(result))


def test_every_stage_stands_with_its_people(result: Result) -> None:
    shown = [text.get_text() for text, _ in texts(campaign(result))]
    for stage in result.funnel:
        assert any(words.startswith(f"{stage.people:,}") for words in shown)


def test_a_picture_is_the_same_each_time_and_in_threads(result: Result) -> None:
    with ThreadPoolExecutor(2) as pool:
        drawings = list(pool.map(lambda _: png(campaign(result)), range(3)))
    assert len(set(drawings)) == 1
    width, height = struct.unpack(">II", drawings[0][16:24])
    assert (width, height) == (1430, 550)


def test_a_notebook_shows_it_without_pyplot(result: Result) -> None:
    import sys

    picture = result.plot()
    assert picture._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]
    if "matplotlib.pyplot" in sys.modules:
        from matplotlib import pyplot as plt

        assert plt.get_fignums() == []
