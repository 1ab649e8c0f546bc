"""`retweets`: of the posts that are passed on at all, the trees are those of real retweets."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import choose_network, run

pytestmark = pytest.mark.slow

RETWEETS = load("retweets")


@pytest.fixture(scope="module")
def told() -> NDArray[np.float64]:
    """Given one re-share, by world: trees, children of roots, later nodes, their children, size."""
    rows = []
    for world in range(16):
        network = choose_network(RETWEETS, world)
        found = np.zeros(6)
        for seed in range(4):
            trees = run(RETWEETS, network=network, seed=4 * world + seed, world=world).cascades
            nodes = trees.given(2).nodes()
            root = nodes["depth"] == 0
            found += [
                root.sum(),
                nodes["children"][root].sum(),
                (~root).sum(),
                nodes["children"][~root].sum(),
                len(nodes),
                (trees.size >= 100).sum(),
            ]
        rows.append(found)
    return np.array(rows)


def ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> tuple[float, float]:
    """Sum by sum, and its standard error over worlds (Cochran 1977, section 2.11)."""
    value = float(part.sum() / whole.sum())
    residuals = part - value * whole
    worlds = residuals.size
    return value, float(np.sqrt(worlds / (worlds - 1) * (residuals**2).sum()) / whole.sum())


@pytest.mark.parametrize(
    ("part", "whole", "measured", "within"),
    [
        (1, 0, 2.4, 0.15),  # children of the root
        (3, 2, 0.44, 0.03),  # children of the others: .41 to .47
        (4, 0, 5.2, 0.4),  # shares
        (5, 0, 0.002, 0.001),  # a hundred shares and more
    ],
)
def test_trees_are_those_that_were_measured(
    told: NDArray[np.float64], part: int, whole: int, measured: float, within: float
) -> None:
    value, error = ratio(told[:, part], told[:, whole])
    assert abs(value - measured) < within + 4 * error, (value, error)
    assert error < measured / 3
