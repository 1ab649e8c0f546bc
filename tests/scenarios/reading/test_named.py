"""People who are named by hand; saved networks, and the direction that one asks of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from wordofmouth.scenarios.reading.seeds import people_of
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network

WORDS = np.array(["Doe, J", "ann", "7"], object)
NUMBERS = np.array([7, 12, -3])


@pytest.mark.parametrize(
    ("text", "ids", "people"),
    [
        ("12,7", NUMBERS, [12, 7]),
        (" 12 , -3 ", NUMBERS, [12, -3]),
        ("12", None, [12]),
        ("ann", WORDS, ["ann"]),
        ("7,ann", WORDS, ["7", "ann"]),
        ("Doe, J", WORDS, ["Doe, J"]),
        ('"Doe, J",ann', WORDS, ["Doe, J", "ann"]),
        ("Doe, ann", WORDS, ["Doe", "ann"]),
    ],
)
def test_people_are_named_as_their_network_has_them(
    text: str, ids: np.ndarray | None, people: list[object]
) -> None:
    assert people_of(text, ids) == people


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "'' is not allowed; give ids such as 12,7"),
        ("12,,7", "'12,,7' is not allowed"),
        ("12,ann", "names 'ann', but the ids of this network are whole numbers"),
        ("1.5", "names '1.5', but"),
    ],
)
@pytest.mark.parametrize("ids", [NUMBERS, None])
def test_who_cannot_be_in_the_network_is_refused(
    text: str, words: str, ids: np.ndarray | None
) -> None:
    with pytest.raises(InputError, match=words):
        people_of(text, ids)


def test_a_saved_network_is_read_as_undirected_if_asked(tmp_path: Path) -> None:
    one_way = Network.from_edges(["a", "b"], ["b", "c"], ids=["a", "b", "c"], weights=[0.5, 0.25])
    path = tmp_path / "ties.npz"
    one_way.save(path)
    assert Network.from_file(path).digest == Network.from_file(path, directed=True).digest
    both = Network.from_file(path, directed=False)
    assert not both.directed
    assert both.arcs == 2 * one_way.arcs
    assert ("Direction", "undirected (directed = false was asked for)") in both.understood
    ties = {
        (both.ids[u], both.ids[v]): weight
        for u, v, weight in zip(
            np.repeat(np.arange(both.n), both.followers), both.indices, both.weights, strict=True
        )
    }
    assert ties == {("a", "b"): 0.5, ("b", "a"): 0.5, ("b", "c"): 0.25, ("c", "b"): 0.25}


def test_a_direction_that_a_saved_network_does_not_know_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ties.npz"
    Network.from_edges([0, 1], [1, 2], 3, directed=False).save(path)
    with pytest.raises(InputError, match="have no direction; leave directed=True out"):
        Network.from_file(path, directed=True)
    with pytest.raises(InputError, match="no direction, so arrow = hears says nothing"):
        Network.from_file(path, arrow="hears")
    with pytest.raises(InputError, match="knows who hears whom; leave arrow='follows' out"):
        Network.from_file(path, arrow="follows")
