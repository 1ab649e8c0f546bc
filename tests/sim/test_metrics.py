"""Exact measures of trees, against distances counted pair by pair."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.metrics import breadths, depths, hops, trees, virality


@st.composite
def forests(draw):
    """Parent rows in any order, with the rows relabelled."""
    size = draw(st.integers(1, 25))
    parent = [draw(st.integers(-1, row - 1)) for row in range(size)]
    place = draw(st.permutations(range(size)))
    shuffled = np.full(size, -1)
    for row, above in enumerate(parent):
        shuffled[place[row]] = -1 if above < 0 else place[above]
    return shuffled


@given(forests())
def test_measures_equal_those_counted_pair_by_pair(parent):
    forest = nx.Graph()
    forest.add_nodes_from(range(len(parent)))
    forest.add_edges_from((row, int(above)) for row, above in enumerate(parent) if above >= 0)
    distance = dict(nx.all_pairs_shortest_path_length(forest))
    roots = np.flatnonzero(parent == -1)
    found = trees(parent)
    assert len(found.size) == len(roots)
    measured = zip(
        roots, found.size, depths(parent), breadths(parent), virality(parent), strict=True
    )
    hop = hops(parent)
    for number, (root, size, depth, breadth, mean) in enumerate(measured):
        members = distance[root]
        assert size == len(members)
        assert all(found.root[row] == root and found.tree[row] == number for row in members)
        assert all(hop[row] == members[row] for row in members)
        assert depth == max(members.values())
        assert breadth == np.bincount(list(members.values())).max()
        pairs = [distance[a][b] for a in members for b in members if a != b]
        assert np.isnan(mean) if size == 1 else mean == pytest.approx(np.mean(pairs))


@pytest.mark.parametrize("n", [2, 3, 10, 100_000])
def test_star_and_chain(n):  # A5
    star = np.where(np.arange(n) == 0, -1, 0)
    assert virality(star)[0] == pytest.approx(2 * (n - 1) / n)
    assert (depths(star)[0], breadths(star)[0]) == (1, n - 1)
    chain = np.arange(n) - 1
    assert virality(chain)[0] == pytest.approx((n + 1) / 3)
    assert virality(chain[::-1].copy() * 0 + np.append(np.arange(1, n), -1))[0] == pytest.approx(
        (n + 1) / 3
    )
    assert (depths(chain)[0], breadths(chain)[0]) == (n - 1, 1)


def test_one_person_has_no_distance():
    assert np.isnan(virality([-1])).all()


def test_no_rows_are_no_trees():
    assert all(len(measure([])) == 0 for measure in (hops, depths, breadths, virality))


@pytest.mark.parametrize(
    ("parent", "words"),
    [
        ([0], "circle"),
        ([1, 2, 0, -1], "circle"),
        ([-1, 2], "parent of row 1 is 2"),
        ([-2], "parent of row 0 is -2"),
        ([-1.0], "float64"),
        ([[-1]], "2 dimensions"),
    ],
)
def test_what_is_no_forest_is_refused(parent, words):
    with pytest.raises(InputError, match=words):
        virality(parent)
