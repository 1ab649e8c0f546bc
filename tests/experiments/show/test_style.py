"""The style of figures: one colour for one thing, and bars that can be compared."""

from __future__ import annotations

import ast
import colorsys
import re
from pathlib import Path

import pytest
import wordofmouth
from matplotlib.figure import Figure
from wordofmouth.experiments.estimates.interval import estimate
from wordofmouth.experiments.results.figures.network import DEEDS
from wordofmouth.experiments.show import colours, style

ROOT = Path(wordofmouth.__file__).parent
PAGE = ROOT / "experiments" / "live" / "page" / "style.css"


def hue(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    return colorsys.rgb_to_hsv(*parts)[0] * 360


@pytest.mark.parametrize(
    ("name", "ours"),
    [("noticed", colours.NOTICED), ("shared", colours.PASSED_ON), ("bought", colours.BOUGHT)],
)
def test_a_thing_has_the_colour_of_the_live_page(name: str, ours: str) -> None:
    [there] = re.findall(rf"--{name}: (#\w{{6}});", PAGE.read_text(encoding="utf-8"))
    assert abs(hue(there) - hue(ours)) < 12


def test_deeds_have_the_colours_of_the_style() -> None:
    assert [colour for _, colour, _, _ in DEEDS[1:]] == [
        colours.NOTICED, colours.PASSED_ON, colours.BOUGHT,
    ]  # fmt: skip


def test_no_bar_stands_on_a_logarithmic_axis() -> None:
    for file in sorted((ROOT / "experiments").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = ast.unparse(node)
                bars = set(re.findall(r"(\w+)\.barh?\(", body))
                logs = set(re.findall(r"by_logarithm\((\w+)", body))
                logs |= set(re.findall(r"(\w+)\.set_[xy]scale\('(?:sym)?log'", body))
                logs |= set(re.findall(r"(\w+)\.set\([^)]*[xy]scale='(?:sym)?log'", body))
                assert not bars & logs, (file, node.name)


def lengths(means: list[float], cut: str) -> list[float]:
    axes = Figure().add_subplot()
    found = [estimate([each * 0.99, each * 1.01]) for each in means]
    style.forest(axes, [str(each) for each in means], found, cut)
    return [patch.get_width() for patch in axes.patches]  # type: ignore[attr-defined]


def test_one_that_is_far_larger_is_cut_and_says_how_large_it_is() -> None:
    means = [1.0, 2.0, 3.0, 4.0, 80.0]
    assert max(lengths(means, "")) == pytest.approx(80.0)
    cut = lengths(means, "{:+.0f} %")
    assert cut[:4] == pytest.approx(means[:4])
    assert max(cut) == pytest.approx(2.5 * 4.0)


def test_what_can_be_compared_is_not_cut() -> None:
    assert lengths([1.0, 2.0, -3.0, 5.0], "{:+.0f} %") == pytest.approx([1.0, 2.0, -3.0, 5.0])
