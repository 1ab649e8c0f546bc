"""The gallery: every figure is complete, legible, honest about nothing, and the same each time."""

from __future__ import annotations

import re

import pytest
from wordofmouth.experiments.results.figures.gallery import GALLERY
from wordofmouth.experiments.show.style import png, svg
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.result import Result

from .conftest import SMALL
from .reading import assert_legible, title_of

pytest.importorskip("igraph")
NAMES = [*SMALL, "nothing"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [kind for kind in GALLERY if kind != "campaign"])
def test_every_figure_can_be_read(kind: str, name: str, small: dict[str, Result]) -> None:
    result = small[name]
    figure = result.plot(kind)
    assert_legible(figure)
    note = figure.texts[1].get_text()
    assert f"{result.scenario.name}, seed {result.seed}" in note
    sentence = title_of(figure)
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert not re.search(r"\bnan\b", sentence)


def test_what_says_nothing_is_left_out(small: dict[str, Result]) -> None:
    said = {name: {kind for kind, each in GALLERY.items() if each.shows(small[name])}
            for name in NAMES}  # fmt: skip
    assert said["nothing"] == {"campaign"}
    assert said["nobody_shared"] & {"generations", "cascades", "voice"} == set()
    assert "voice" in said["meme_contest"] & said["service_crisis"]
    assert {"ladder", "relation", "money", "cascades"} <= said["advocacy_programme"]
    assert "money" in said["super_bowl"]
    assert {name for name in NAMES if "complaints" in said[name]} == {"service_crisis"}


def test_a_figure_is_the_same_each_time(small: dict[str, Result]) -> None:
    for kind in GALLERY:
        result = small["open_house"]
        assert svg(result.plot(kind)) == svg(result.plot(kind)), kind


def test_without_a_name_it_is_the_campaign(small: dict[str, Result]) -> None:
    result = small["open_house"]
    assert png(result.plot()) == png(result.plot("campaign"))


def test_an_unknown_figure_is_refused_with_the_nearest(small: dict[str, Result]) -> None:
    with pytest.raises(InputError, match=r'"cascades"; give one of campaign, complaints'):
        small["open_house"].plot("cascade")
