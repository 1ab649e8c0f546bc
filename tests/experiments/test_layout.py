"""Layouts: the same each time, near where people are tied, kept on disk, and never in the way."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments import layout

pytest.importorskip("igraph")
COMMUNITIES = wom.Network.generate("small_world", 400, seed=1, neighbours=6, rewire=0.01)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WOM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_ties_are_short_and_everybody_is_inside() -> None:
    places = layout.positions(COMMUNITIES)
    assert places.dtype == np.float32
    assert places.shape == (400, 2)
    assert np.abs(places).max() <= 1.0
    source = np.repeat(np.arange(400), np.diff(COMMUNITIES.indptr))
    tied = np.linalg.norm(places[source] - places[COMMUNITIES.indices], axis=1).mean()
    anybody = np.linalg.norm(places[source] - places[::-1][source], axis=1).mean()
    assert tied < 0.3 * anybody


def test_the_same_network_is_laid_out_once(own_cache: Path, monkeypatch: Any) -> None:
    first = layout.positions(COMMUNITIES)
    (file,) = own_cache.iterdir()
    file.unlink()
    assert (layout.positions(COMMUNITIES) == first).all()  # made again, it is the same
    monkeypatch.setattr(layout, "_laid_out", lambda network, seed: 1 / 0)
    assert (layout.positions(COMMUNITIES) == first).all()
    with pytest.raises(ZeroDivisionError):
        layout.positions(COMMUNITIES, seed=1)


@pytest.mark.parametrize("broken", [b"", b"no array", None])
def test_a_broken_cache_is_no_error(own_cache: Path, broken: bytes | None) -> None:
    first = layout.positions(COMMUNITIES)
    (file,) = own_cache.iterdir()
    if broken is None:
        np.save(file, np.full((400, 2), np.nan, np.float32))
    else:
        file.write_bytes(broken)
    assert (layout.positions(COMMUNITIES) == first).all()
    assert (np.load(file) == first).all()


def test_a_cache_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("WOM_CACHE", str(tmp_path / "file" / "cache"))
    assert layout.positions(COMMUNITIES).shape == (400, 2)


@pytest.mark.parametrize("people", [1, 2, 5])
def test_few_people_and_no_ties(people: int) -> None:
    places = layout.positions(wom.Network.from_edges([], [], people))
    assert places.shape == (people, 2)
    assert np.isfinite(places).all()


def test_without_igraph_there_is_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "igraph":
            raise ImportError
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(wom.InputError, match=r"wordofmouth\[viz\]"):
        layout.positions(COMMUNITIES)
