"""Where people are drawn: a layout of their network, kept on disk once it is found."""

from __future__ import annotations

import hashlib
import io
import os
import random
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...sim.border import border
from ...sim.errors import CampaignError, InputError, StorageError
from ...sim.network import Network
from ..store.folder import put_file

# Fruchterman & Reingold 1991 on a grid. DrL (Martin et al. 2011) and a spectral start were tried:
# they take longer and tear communities further apart than the eye needs.
METHOD: Final = "fruchterman-reingold grid 300, rim"
_ROUNDS: Final = 300
# Islands drift away without end, and who has no ties would lie anywhere: of the largest component
# all but so many are drawn as they are, who is farther out is drawn in to a rim of that width.
_INSIDE: Final = 0.98
_RIM: Final = 0.15
# Between discs, and in the middle of them: parts of the radius that all people would fill.
_MARGIN: Final = 0.02
_HOLE: Final = 0.12
# The angle that divides a circle by the golden ratio.
_GOLDEN: Final = np.pi * (3.0 - np.sqrt(5.0))
# igraph has one generator of random numbers for the whole process.
_LOCK: Final = threading.Lock()


def positions(network: Network, *, seed: int = 0) -> NDArray[np.float32]:
    """Where to draw each person so that those who hear each other are close.

    Parameters
    ----------
    network
        Who hears whom; the direction is not looked at.
    seed
        Of the random start: the same places for the same network and seed.

    Returns
    -------
    float32 (n, 2)
        Each within -1 and 1. It is kept in the folder WOM_CACHE or the user's cache, so that the
        same network is laid out once; a cache that cannot be read or written is no error.

    Raises
    ------
    InputError
        If igraph is not installed.

    Notes
    -----
    The largest component fills the picture; who has no ties lies on the rim.

    Fruchterman & Reingold (1991), Graph drawing by force-directed placement, Software: Practice
    and Experience 21:1129, by igraph.

    Examples
    --------
    >>> import wordofmouth as wom
    >>> ring = wom.Network.generate("ring", 50, seed=1, neighbours=2)
    >>> places = positions(ring)
    >>> places.shape, bool(abs(places).max() <= 1)
    ((50, 2), True)
    """
    name = hashlib.sha256(f"{network.digest} {seed} {METHOD}".encode()).hexdigest()
    file = cache() / f"layout-{name[:32]}.npy"
    known = _read(file, network.n)
    if known is not None:
        return known
    places = _laid_out(network, seed)
    kept = io.BytesIO()
    np.save(kept, places, allow_pickle=False)
    with suppress(StorageError):
        put_file(file, kept.getvalue())
    return places


def among(network: Network, rows: NDArray[np.integer[Any]]) -> Network:
    """The network of some people: the ties among them."""
    place = np.full(network.n, -1)
    place[rows] = np.arange(rows.size)
    source = place[np.repeat(np.arange(network.n), np.diff(network.indptr))]
    target = place[network.indices]
    both = (source >= 0) & (target >= 0)
    return Network.from_edges(source[both], target[both], n=rows.size)


def cache() -> Path:
    """The folder for what can be made again: WOM_CACHE, or the user's cache of the platform."""
    if own := os.environ.get("WOM_CACHE"):
        return Path(own)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or "~/AppData/Local")
    elif sys.platform == "darwin":
        base = Path("~/Library/Caches")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache")
    try:
        return base.expanduser() / "wordofmouth"
    except RuntimeError:  # a process may have no home
        return Path(tempfile.gettempdir()) / "wordofmouth"


def communities(network: Network, *, seed: int = 0) -> NDArray[np.int64]:
    """In which community each person is: those who hear each other more than they hear others.

    Parameters
    ----------
    network
        Who hears whom; the direction is not looked at.
    seed
        Of the order in which people are looked at: the same communities for the same seed.

    Returns
    -------
    int64 (n,)
        The largest community is 0.

    Raises
    ------
    InputError
        If igraph is not installed.

    Notes
    -----
    Blondel, Guillaume, Lambiotte & Lefebvre (2008), Fast unfolding of communities in large
    networks, Journal of Statistical Mechanics P10008, by igraph.

    Examples
    --------
    >>> import wordofmouth as wom
    >>> two = wom.Network.from_edges([0, 1, 0, 3, 4], [1, 2, 2, 4, 5], n=6)
    >>> np.bincount(communities(two)).tolist()
    [3, 3]
    """
    if network.n == 0:
        return np.empty(0, np.int64)
    igraph = _igraph()
    graph = _graph(igraph, network)
    with _LOCK:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
        try:
            found = np.array(graph.community_multilevel().membership)
        finally:
            igraph.set_random_number_generator(random)
    order = np.argsort(-np.bincount(found), kind="stable")
    rank = np.empty(order.size, np.int64)
    rank[order] = np.arange(order.size)
    return np.asarray(rank[found], np.int64)


def packed(group: NDArray[np.int64]) -> NDArray[np.float32]:
    """Where to draw people who stand in discs, one a group, around an empty middle.

    Parameters
    ----------
    group
        Of each person, the largest group 0.

    Returns
    -------
    float32 (n, 2)
        Each within -1 and 1; discs are as large as their groups, and none covers another.
    """
    size = np.bincount(group)
    radius = np.sqrt(size) + _MARGIN * np.sqrt(group.size)
    middle = np.zeros((0, 2))
    for k in range(size.size):
        away = _HOLE * np.sqrt(group.size) + radius[k]
        turn = 0.0
        while True:
            place = away * np.array([np.cos(turn), np.sin(turn)])
            apart = np.hypot(*(middle - place).T) if k else np.array([np.inf])
            if (apart >= radius[:k] + radius[k]).all() if k else True:
                break
            # Once around, and then farther out.
            turn += 0.1
            if turn > 2.0 * np.pi:
                turn, away = 0.0, away + 0.15 * radius[k]
        middle = np.vstack([middle, place])
    places = np.empty((group.size, 2))
    for k, many in enumerate(size.tolist()):
        # As seeds in a sunflower, which fill a disc evenly (Vogel 1979).
        seed = np.arange(many)
        away, turn = np.sqrt((seed + 0.5) / many) * np.sqrt(many), seed * _GOLDEN
        places[group == k] = middle[k] + away[:, None] * np.stack(
            [np.cos(turn), np.sin(turn)], axis=1
        )
    return np.asarray(places / max(float(np.hypot(*places.T).max(initial=0.0)), 1e-9), np.float32)


def _graph(igraph: Any, network: Network) -> Any:
    people = network.n
    source = np.repeat(np.arange(people), np.diff(network.indptr))
    low, high = np.minimum(source, network.indices), np.maximum(source, network.indices)
    ties = np.unique(low * np.int64(people) + high)
    pairs = np.stack([ties // people, ties % people], axis=1)
    return igraph.Graph(n=people, edges=pairs[pairs[:, 0] != pairs[:, 1]])


def _laid_out(network: Network, seed: int) -> NDArray[np.float32]:
    igraph = _igraph()
    people = network.n
    if people == 0:
        return np.empty((0, 2), np.float32)
    graph = _graph(igraph, network)
    start = (np.random.default_rng(seed).random((people, 2)) - 0.5) * np.sqrt(people)
    with _LOCK:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
        try:
            found = graph.layout_fruchterman_reingold(seed=start.tolist(), niter=_ROUNDS, grid=True)
        finally:
            igraph.set_random_number_generator(random)
    return _within(np.array(found.coords), np.array(graph.connected_components().membership))


def _within(places: NDArray[np.float64], component: NDArray[np.int64]) -> NDArray[np.float32]:
    """The largest component to fill the disc within -1 and 1; the rest inside the rim or on it."""
    size = np.bincount(component)
    core = places[component == size.argmax()]
    shifted = places - np.median(core, axis=0)
    radius = np.hypot(*shifted.T)
    inside = float(np.quantile(radius[component == size.argmax()], _INSIDE)) or 1.0
    beyond = np.maximum(radius / inside - 1.0, 0.0)
    drawn = np.minimum(radius / inside, 1.0) + _RIM * (1.0 - np.exp(-beyond / _RIM))
    if size.max() > 1:
        drawn[size[component] == 1] = 1.0 + _RIM
    scale = drawn / (1.0 + _RIM) / np.maximum(radius, 1e-12)
    return np.asarray(np.clip(shifted * scale[:, None], -1.0, 1.0), np.float32)


def _igraph() -> Any:
    try:
        import igraph
    except ImportError as problem:
        raise InputError(
            "drawing a network needs igraph, which is not installed; "
            "pip install 'wordofmouth[viz]' brings it."
        ) from problem
    return igraph


def _read(file: Path, people: int) -> NDArray[np.float32] | None:
    """What is kept, if it is whole."""
    try:
        with border(str(file)):
            places = np.load(file, allow_pickle=False)
    except CampaignError:
        return None
    if places.shape != (people, 2) or places.dtype != np.float32 or not np.isfinite(places).all():
        return None
    return np.asarray(places)
