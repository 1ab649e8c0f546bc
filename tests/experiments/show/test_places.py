"""Layouts: the same each time, near where people are tied, kept on disk, and never in the way."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.show import places as room

pytest.importorskip("igraph")
COMMUNITIES = wom.Network.generate("small_world", 400, seed=1, neighbours=6, rewire=0.01)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WOM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_ties_are_short_and_everybody_is_inside() -> None:
    places = room.positions(COMMUNITIES)
    assert places.dtype == np.float32
    assert places.shape == (400, 2)
    assert np.hypot(*places.T).max() <= 1.0 + 1e-6
    source = np.repeat(np.arange(400), np.diff(COMMUNITIES.indptr))
    tied = np.linalg.norm(places[source] - places[COMMUNITIES.indices], axis=1).mean()
    anybody = np.linalg.norm(places[source] - places[::-1][source], axis=1).mean()
    assert tied < 0.3 * anybody


def test_the_same_network_is_laid_out_once(own_cache: Path, monkeypatch: Any) -> None:
    first = room.positions(COMMUNITIES)
    (file,) = own_cache.iterdir()
    file.unlink()
    assert (room.positions(COMMUNITIES) == first).all()  # made again, it is the same
    monkeypatch.setattr(room, "_laid_out", lambda network, seed: 1 / 0)
    assert (room.positions(COMMUNITIES) == first).all()
    with pytest.raises(ZeroDivisionError):
        room.positions(COMMUNITIES, seed=1)


@pytest.mark.parametrize("broken", [b"", b"no array", None])
def test_a_broken_cache_is_no_error(own_cache: Path, broken: bytes | None) -> None:
    first = room.positions(COMMUNITIES)
    (file,) = own_cache.iterdir()
    if broken is None:
        np.save(file, np.full((400, 2), np.nan, np.float32))
    else:
        file.write_bytes(broken)
    assert (room.positions(COMMUNITIES) == first).all()
    assert (np.load(file) == first).all()


def test_a_cache_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("WOM_CACHE", str(tmp_path / "file" / "cache"))
    assert room.positions(COMMUNITIES).shape == (400, 2)


def test_without_igraph_there_is_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "igraph":
            raise ImportError
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(wom.InputError, match=r"wordofmouth\[viz\]"):
        room.positions(COMMUNITIES)


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_people_without_ties_have_places_too(n: int) -> None:
    places = room.positions(wom.Network.from_edges([], [], n))
    assert places.shape == (n, 2)
    assert len(np.unique(places, axis=0)) == n


def test_islands_and_lonely_people_neither_shrink_the_rest_nor_lie_on_one_another() -> None:
    giant = wom.Network.generate("preferential_attachment", 300, m=3, seed=2)
    source = np.repeat(np.arange(300), giant.followers)
    ends = (np.append(source, [300, 302]), np.append(giant.indices, [301, 303]))
    places = room.positions(wom.Network.from_edges(*ends, 420, directed=False))
    radius = np.linalg.norm(places, axis=1)
    assert radius[:300].max() > 0.85
    assert np.median(radius[:300]) > 0.3
    np.testing.assert_allclose(radius[304:], 1.0, atol=1e-6)
    assert len(np.unique(places, axis=0)) == 420


def test_a_process_without_a_home_has_a_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("WOM_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "expanduser", homeless)
    assert room.cache().name == "wordofmouth"


def test_groups_stand_in_discs_that_do_not_meet() -> None:
    group = np.repeat([0, 1, 2, 3], [60, 40, 25, 1])
    found = room.packed(group)
    assert found.shape == (126, 2)
    assert np.hypot(*found.T).max() == pytest.approx(1.0)
    middle = np.stack([found[group == k].mean(axis=0) for k in range(4)])
    far = [np.hypot(*(found[group == k] - middle[k]).T).max() for k in range(4)]
    for one in range(4):
        assert np.hypot(*middle[one]) > far[one]  # the middle is the brand's
        for other in range(one):
            assert np.hypot(*(middle[one] - middle[other])) > far[one] + far[other]


def test_communities_are_the_largest_first_and_the_same_each_time() -> None:
    pairs = [(a, b) for part in (range(9), range(9, 14)) for a in part for b in part if a < b]
    two = wom.Network.from_edges(*zip(*[*pairs, (0, 9)], strict=True), n=14)
    found = room.communities(two)
    assert np.bincount(found).tolist() == [9, 5]
    assert (room.communities(two) == found).all()
    assert room.communities(wom.Network.from_edges([], [], n=0)).size == 0
