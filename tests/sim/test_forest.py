"""The forest of shares: cascades by hand, and their structural virality."""

from __future__ import annotations

import numpy as np
import pytest
from wordofmouth import Network
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.forest import cascades, in_order, parents
from wordofmouth.sim.state import LOG, Log

from .campaigns import everywhere


def log(*rows: tuple[int, int, int, int, int]) -> Log:
    """Rows of message, person, sender, hop and tick as a log."""
    return Log(*(np.array(column, np.int32) for column in zip(*rows, strict=True)))


FOREST = log(
    # a chain of three and a star of four about message 0, somebody alone about message 1
    (0, 9, -1, 0, 0), (0, 2, 9, 1, 1), (0, 5, 2, 2, 2),
    (0, 7, -2, 0, 0), (0, 1, 7, 1, 3), (0, 3, 7, 1, 1), (0, 4, 7, 1, 2),
    (1, 9, -1, 0, 4),
)  # fmt: skip


@pytest.mark.parametrize("order", [[*range(8)], [*reversed(range(8))], [3, 7, 2, 6, 1, 5, 0, 4]])
def test_the_cascades_of_a_forest_by_hand(order: list[int]) -> None:
    table = np.empty(len(order), LOG)
    for name, column in FOREST._asdict().items():
        table[name] = column[order]
    forest, rows_in_order = in_order(table)
    assert np.array_equal(forest.person, table["person"][rows_in_order])
    rows = list(zip(*(column.tolist() for column in forest), strict=True))
    assert [row[:2] for row in rows] == [
        (0, 7),
        (0, 9),
        (0, 2),
        (0, 3),
        (0, 4),
        (0, 5),
        (0, 1),
        (1, 9),
    ]
    assert parents(forest, 10).tolist() == [-1, -1, 1, 0, 0, 2, 0, -1]
    found = cascades(forest, 10)
    assert found.message.tolist() == [0, 0, 1]
    assert found.person.tolist() == [7, 9, 9]
    assert found.size.tolist() == [4, 3, 1]
    assert found.depth.tolist() == [1, 2, 0]
    assert found.virality[:2].tolist() == pytest.approx([1.5, 4 / 3])
    assert np.isnan(found.virality[2])
    assert len(found) == 3
    assert found.summary == pytest.approx(
        {
            "count": 3,
            "mean_size": 8 / 3,
            "max_size": 4,
            "share_alone": 1 / 3,
            "share_ge_100": 0.0,
            "structural_virality": (1.5 + 4 / 3) / 2,
            "mean_depth": 1.0,
        }
    )


def test_whoever_shared_another_message_is_no_parent() -> None:
    with pytest.raises(InputError, match=r"sender = 9 of share 1 did not share message 1"):
        parents(log((0, 9, -1, 0, 0), (1, 2, 9, 1, 1)), 10)


def test_no_shares_are_no_cascades() -> None:
    nothing = Log(*(np.empty(0, np.int32) for _ in range(5)))
    found = cascades(nothing, 10)
    assert len(found) == found.summary["count"] == found.summary["max_size"] == 0
    assert np.isnan(found.summary["mean_size"])


@pytest.mark.parametrize("n", [2, 5, 40, 150])
def test_structural_virality_of_star_and_path(n: int) -> None:  # A5
    leaves = np.arange(1, n)
    hub = everywhere(Network.from_edges(np.zeros(n - 1, int), leaves, n, directed=False), [0])
    path = everywhere(Network.from_edges(leaves - 1, leaves, n, directed=False), [0])
    assert hub.kpis["structural_virality"] == pytest.approx(2 * (n - 1) / n, rel=1e-12)
    assert path.kpis["structural_virality"] == pytest.approx((n + 1) / 3, rel=1e-12)
    assert hub.cascades.depth.tolist() == [1]
    assert path.cascades.depth.tolist() == [n - 1]
    assert path.share_log.hop.tolist() == list(range(n))
    assert path.cascades.summary["share_ge_100"] == float(n >= 100)


def test_of_one_share_there_is_no_structural_virality() -> None:
    alone = everywhere(Network.from_edges([], [], 3), [1])
    assert np.isnan(alone.kpis["structural_virality"])
    assert alone.to_dict()["cascades"]["structural_virality"] is None
