"""The two classic models: the random graph, and the ring that is rewired to a small world."""

from __future__ import annotations

import math

import numpy as np

from ..draws import draw, happens, key_of, uniform
from ..jit import jit
from .csr import Indptr, Rows

_COIN = np.uint64(1)
_END = np.uint64(2)


@jit
def random_choices(n: int, probability: float, key: np.uint64) -> tuple[Indptr, Rows]:
    """G(n, p): for each person the neighbours with a lower number, ascending, and offsets.

    The gaps between neighbours are geometric, so that the time is linear in people and ties. As
    they have no memory, every person may begin anew with draws of its own.
    """
    pairs = 0.5 * n * (n - 1.0)
    likely = pairs * probability
    lower = np.empty(int(likely + 6.0 * math.sqrt(likely)) + 16, np.int32)
    offsets = np.zeros(n + 1, np.int64)
    log_miss = math.log1p(-probability) if probability < 1.0 else -math.inf
    at = 0
    for person in range(n):
        own = key_of(key, person)
        other, attempt = -1.0, 0
        while probability > 0.0:
            gap = math.floor(math.log1p(-uniform(draw(own, attempt))) / log_miss)
            other += 1.0 + gap
            attempt += 1
            if other >= person:
                break
            if at == lower.size:
                larger = np.empty(lower.size + lower.size // 2, np.int32)
                larger[:at] = lower
                lower = larger
            lower[at] = np.int32(other)
            at += 1
        offsets[person + 1] = at
    return offsets, lower[:at].copy()


@jit
def rewired_ring(n: int, neighbours: int, rewire: float, key: np.uint64) -> tuple[Rows, Rows]:
    """Watts-Strogatz: both ends of all n * neighbours / 2 ties.

    Person i holds the ties to i + 1 .. i + neighbours / 2. Lap by lap the far end of each moves,
    with probability `rewire`, to a person drawn among those who are not tied to i; a tie is held
    by one of its ends, so two short scans tell who is. A tie of a person who knows everybody stays.
    """
    half = neighbours // 2
    ahead = np.empty((n, half), np.int32)
    for person in range(n):
        for lap in range(half):
            ahead[person, lap] = (person + lap + 1) % n
    for lap in range(half):
        for person in range(n):
            own = key_of(key_of(key, person), lap)
            if not happens(draw(own, _COIN), rewire):
                continue
            ends = key_of(own, _END)
            for attempt in range(50 * n):
                other = np.int64(uniform(draw(ends, attempt)) * n)
                if other != person and not _tied(ahead, half, person, other):
                    ahead[person, lap] = other
                    break
    source = np.empty(n * half, np.int32)
    for person in range(n):
        source[person * half : (person + 1) * half] = person
    return source, ahead.ravel()


@jit
def _tied(ahead: Rows, half: int, u: int, v: int) -> bool:
    tied = False
    for lap in range(half):
        tied = tied or ahead[u, lap] == v or ahead[v, lap] == u
    return tied
