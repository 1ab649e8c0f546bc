"""The configuration model: a simple graph with given degrees, otherwise at random.

Every tie has two stubs. Stubs are paired at random; then ties of a person to itself, and ties
that another repeats, swap ends with ties drawn at random until none is left. Dropping them
instead would break a regular graph's degrees and thin out the hubs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..draws import draw, key_of, uniform
from ..errors import InputError
from ..jit import jit
from .csr import Indptr, Rows

Degrees = NDArray[np.int64]
_PAIRINGS = 20
_SWAPS = np.uint64(10**6)


def configuration_ties(degrees: Degrees, key: np.uint64) -> tuple[Rows, Rows]:
    """Both ends of the ties of a simple graph with these degrees.

    Raises
    ------
    InputError
        Where no simple graph has these degrees (Erdos & Gallai 1960).
    """
    n = degrees.size
    offsets = np.zeros(n + 1, np.int64)
    np.cumsum(degrees, out=offsets[1:])
    owner = np.repeat(np.arange(n, dtype=np.int32), degrees)
    for pairing in range(_PAIRINGS):
        own = np.uint64(key_of(key, np.uint64(pairing)))
        partner = pair_stubs(owner.size, own)
        if untangle(offsets, owner, partner, own):
            break
    else:
        partner = _havel_hakimi(degrees, offsets)
        shuffle_ties(offsets, owner, partner, 20 * owner.size, np.uint64(key_of(key, _SWAPS)))
    lower = np.flatnonzero(np.arange(owner.size) < partner)
    return owner[lower], owner[partner[lower]]


def _havel_hakimi(degrees: Degrees, offsets: Indptr) -> NDArray[np.int64]:
    """Stubs paired without chance, for degrees so tight that pairing at random never comes out."""
    import networkx as nx

    try:
        graph = nx.havel_hakimi_graph(degrees.tolist())
    except nx.NetworkXError as problem:
        raise InputError(
            f"network.degrees such as {sorted(degrees.tolist())[-5:]} cannot be realised by "
            f"{degrees.size} people without repeating a tie; choose lower or more even degrees"
        ) from problem
    cursor = offsets[:-1].copy()
    partner = np.empty(int(offsets[-1]), np.int64)
    for u, v in graph.edges:
        partner[cursor[u]], partner[cursor[v]] = cursor[v], cursor[u]
        cursor[u] += 1
        cursor[v] += 1
    return partner


@jit
def pair_stubs(stubs: int, key: np.uint64) -> NDArray[np.int64]:
    """The partner of every stub in a uniform perfect matching (Fisher-Yates)."""
    order = np.arange(stubs)
    for place in range(stubs - 1, 0, -1):
        other = np.int64(uniform(draw(key, place)) * (place + 1))
        order[place], order[other] = order[other], order[place]
    partner = np.empty(stubs, np.int64)
    for place in range(0, stubs - 1, 2):
        partner[order[place]] = order[place + 1]
        partner[order[place + 1]] = order[place]
    return partner


@jit
def untangle(offsets: Indptr, owner: Rows, partner: NDArray[np.int64], key: np.uint64) -> bool:
    """Swap self-loops and repeated ties away; whether all are gone."""
    n, stubs = offsets.size - 1, owner.size
    tangled = np.empty(16, np.int64)
    count = 0
    last = np.full(n, -1, np.int32)
    for person in range(n):
        for stub in range(offsets[person], offsets[person + 1]):
            other = owner[partner[stub]]
            if (other == person and stub < partner[stub]) or (
                other > person and last[other] == person
            ):
                if count == tangled.size:
                    larger = np.empty(2 * count, np.int64)
                    larger[:count] = tangled
                    tangled = larger
                tangled[count] = stub
                count += 1
            last[other] = person
    again = key_of(key, stubs)
    for each in range(count):
        stub = tangled[each]
        own = key_of(again, each)
        attempt = 0
        while _is_tangled(offsets, owner, partner, stub):
            if attempt == 1000:
                return False
            _swap(offsets, owner, partner, stub, np.int64(uniform(draw(own, attempt)) * stubs))
            attempt += 1
    return True


@jit
def shuffle_ties(
    offsets: Indptr, owner: Rows, partner: NDArray[np.int64], swaps: int, key: np.uint64
) -> None:
    """Swap ends of ties drawn at random, as far as the graph stays simple."""
    stubs = owner.size
    for swap in range(swaps):
        stub = np.int64(uniform(draw(key, 2 * swap)) * stubs)
        other = np.int64(uniform(draw(key, 2 * swap + 1)) * stubs)
        _swap(offsets, owner, partner, stub, other)


@jit
def _ties_between(offsets: Indptr, owner: Rows, partner: NDArray[np.int64], u: int, v: int) -> int:
    """How many ties join two people, counted on the side that has fewer."""
    if offsets[u + 1] - offsets[u] > offsets[v + 1] - offsets[v]:
        u, v = v, u
    ties = 0
    for stub in range(offsets[u], offsets[u + 1]):
        ties += owner[partner[stub]] == v
    return ties


@jit
def _is_tangled(offsets: Indptr, owner: Rows, partner: NDArray[np.int64], stub: int) -> bool:
    u, v = np.int64(owner[stub]), np.int64(owner[partner[stub]])
    return u == v or _ties_between(offsets, owner, partner, u, v) > 1


@jit
def _swap(offsets: Indptr, owner: Rows, partner: NDArray[np.int64], stub: int, other: int) -> None:
    """Replace ties a-b and c-d by a-d and c-b, if both are new and neither a loop."""
    its, others = partner[stub], partner[other]
    a, b = np.int64(owner[stub]), np.int64(owner[its])
    c, d = np.int64(owner[other]), np.int64(owner[others])
    if a == d or c == b or (a == c and b == d) or (a == b and c == d):
        return
    if _ties_between(offsets, owner, partner, a, d) or _ties_between(offsets, owner, partner, c, b):
        return
    if min(a, d) == min(c, b) and max(a, d) == max(c, b):
        return
    partner[stub], partner[others] = others, stub
    partner[other], partner[its] = its, other
