"""Cascades and rates: sizes, trees, who took part and when, the filter, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from wordofmouth import InputError, Observed

KINDS = {
    "numbers a line": "3\n1\n\n2\n1\n5\n",
    "a column": "size\n3\n1\n2\n1\n5\n",
    "a column among others": "cascade_size,story\n3,a\n1,b\n2,c\n1,d\n5,e\n",
    "trees": "tree,child,parent\n1,a,\n1,b,a\n1,c,b\n2,d,\n3,a,\n3,e,a\n4,f,-1\n5,a,\n5,b,a\n"
    "5,c,a\n5,d,b\n5,e,b\n",
    "who and when": "a 1,b 2,c 3\na 5,\nb 1,c 1\nd 7\na 1,b 2,c 3,d 4,e 5\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_sizes_are_the_same_however_they_are_kept(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "cascades"
    file.write_text(KINDS[kind])
    trees = Observed.read(file).trees
    assert trees is not None
    assert trees.sizes.tolist() == [3, 1, 2, 1, 5]
    assert trees.least == 1


def test_the_filter_is_the_smallest_size_or_what_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "sizes.txt"
    file.write_text("4\n9\n4\n30\n5\n6\n")
    seen = Observed.read(file)
    assert seen.trees is not None
    assert seen.trees.least == 4
    assert "The smallest of 6 cascades has 4 people: those of fewer are taken" in seen.notes[0]
    less = Observed.read(file, least=2)
    assert less.trees is not None
    assert (less.trees.least, less.trees.sizes.size, less.notes) == (2, 6, ())


def test_a_filter_that_leaves_too_few_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sizes.txt"
    file.write_text("4\n9\n4\n30\n5\n6\n7\n")
    more = Observed.read(file, least=5)
    assert more.trees is not None
    assert sorted(more.trees.sizes.tolist()) == [5, 6, 7, 9, 30]
    assert more.notes == ("2 of 7 cascades have fewer than 5 people, and are left out.",)
    with pytest.raises(InputError, match="least = 7 leaves 3 of 7 cascades"):
        Observed.read(file, least=7)


def test_real_cascades_with_who_began_them(shared_data: Path) -> None:
    file = shared_data / "stackexchange-christianity" / "cascades.txt"
    if not file.exists():
        pytest.skip("these cascades are not here")
    seen = Observed.read(file)
    assert seen.trees is not None
    assert seen.trees.sizes.size == 589
    lines = file.read_text().splitlines()
    pairs = np.array([sum(bool(each.strip()) for each in line.split(",")) for line in lines])
    assert seen.trees.sizes.tolist() == (pairs + 1).tolist()
    assert "the person who began it" in seen.notes[0]


def test_what_begins_a_line_is_its_number_where_no_two_are_alike(tmp_path: Path) -> None:
    file = tmp_path / "c.txt"
    file.write_text("".join(f"{100 + k} {k} 1,7 2\n" for k in range(6)))
    seen = Observed.read(file)
    assert seen.trees is not None
    assert seen.trees.sizes.tolist() == [2] * 6
    assert "is read as its number" in seen.notes[0]


SPOILT = {
    "times that go back": ("a 1,b 2\n" * 5 + "a 3,b 2\n", r"line 6: 'b 2' comes at 2, before 3"),
    "somebody twice": ("a 1,b 2\n" * 5 + "a 1,a 2\n", r"line 6: .*names 'a' a second time"),
    "no cascade": ("a 1,b 2\n" * 60 + "a 1;b\n", r"line 61: 'a 1;b' is no cascade"),
    "nobody": ("3\n2\n0\n4\n5\n", r"line 3: '0' is a cascade of nobody"),
    "no size": ("size\n3\n2\nx\n4\n5\n", r"line 4: 'x' has size = 'x', which is no size"),
    "a circle": ("tree,child,parent\n1,a,b\n1,b,a\n", r"line 2: '1,a,b' is above itself"),
    "two beginnings": (
        "tree,child,parent\n1,a,\n1,b,\n", r"line 3: .* is of tree = '1', which 'a' and 'b' both",
    ),
    "two parents": ("tree,child,parent\n1,a,\n1,b,a\n1,b,c\n", r"line 4: .*'b' a second parent"),
    "too few": ("3\n2\n", r"2 cascades say nothing"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPOILT)
def test_what_cannot_be_is_refused_with_its_line(case: str, tmp_path: Path) -> None:
    text, said = SPOILT[case]
    file = tmp_path / "spoilt"
    file.write_text(text)
    with pytest.raises(InputError, match=said):
        Observed.read(file)


def test_rates_by_the_names_that_tools_have_for_them(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("name;value\nCTR;0,9%\nFollowers;1.200\nConversion rate;4,5 %\nfriends;97\n")
    found = Observed.read(file).rates
    wanted = {"click_rate": 0.009, "fans": 1200.0, "conversion_rate": 0.045, "friends": 97.0}
    assert found == pytest.approx(wanted)
    told: dict[str, Any] = {"reach of a post": 0.16, "transact.click": 0.01}
    assert Observed.read(rates=told).rates == {"reach_rate": 0.16, "transact.click": 0.01}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"ctr": 16}, "ctr = 16, which is above 1"),
        ({"ctr": -0.1}, "which is no number from 0 on"),
        ({"ctr": "x"}, "'x' is no number"),
        ({"hits": 0.1}, "'hits' is no rate that is known"),
    ],
)
def test_rates_that_cannot_be(told: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Observed.read(rates=told)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "there is nothing to read"),
        ({"rates": {"ctr": 0.1}, "gaps": "x"}, "gaps = 'x' is not allowed; give 'unknown'"),
        ({"rates": {"ctr": 0.1}, "least": 3}, "least = 3 is of cascades, and there are none"),
        ({"rates": {"ctr": 0.1}, "daily": ["x"]}, "daily: 'x' is no column's key"),
        ({"rates": {"ctr": 0.1}, "columns": {"clicks": "x"}}, "there is none; leave it out"),
        (
            {"rates": {"ctr": 0.1}, "daily": ["likes"], "cumulative": ["likes"]},
            "likes is said to be cumulative and daily",
        ),
    ],
)  # fmt: skip
def test_what_is_said_of_nothing_is_not_dropped_in_silence(how: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Observed.read(**how)
