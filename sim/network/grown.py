"""Networks that grow: every newcomer ties itself to people who are there already."""

from __future__ import annotations

import numpy as np

from ..draws import draw, key_of, uniform
from ..jit import jit
from .csr import Indptr, Rows

_TRIAD_COIN = np.uint64(1)
_TRIAD_PICK = np.uint64(2)


def offsets_of_newcomers(n: int, m: int) -> Indptr:
    """Where each person's choices begin: none for the first m people, then m each."""
    return np.maximum(np.arange(n + 1, dtype=np.int64) - m, 0) * m


@jit
def preferential_choices(n: int, m: int, key: np.uint64) -> Rows:
    """Barabasi-Albert: the m people whom each of m .. n - 1 chooses, ascending.

    Person m takes all before it, so that the graph is connected from the start. An endpoint of a
    tie drawn uniformly is a person drawn in proportion to degree; the newcomer's end of tie t is
    t // m + m and need not be stored (Batagelj & Brandes 2005). Repetitions are drawn again.
    """
    lower = np.empty((n - m) * m, np.int32)
    for place in range(m):
        lower[place] = place
    for person in range(m + 1, n):
        first = (person - m) * m
        own = key_of(key, person)
        have, attempt = 0, 0
        # All that are missing at once, so that their reads overlap; then sorted, twins dropped.
        while have < m:
            for place in range(first + have, first + m):
                lower[place] = _endpoint(lower, m, first, own, attempt)
                attempt += 1
            for place in range(first + 1, first + m):
                value, at = lower[place], place
                while at > first and lower[at - 1] > value:
                    lower[at] = lower[at - 1]
                    at -= 1
                lower[at] = value
            have = 1
            for place in range(first + 1, first + m):
                if lower[place] != lower[first + have - 1]:
                    lower[first + have] = lower[place]
                    have += 1
    return lower


@jit
def clustered_choices(n: int, m: int, triad_probability: float, key: np.uint64) -> Rows:
    """Holme-Kim: as above, but a tie after the first may go to a neighbour of the last choice.

    With probability `triad_probability` the newcomer ties itself to a neighbour of the person it
    chose last by degree, uniformly among those it does not know; where there is none, by degree.
    With probability 0 this is `preferential_choices`, draw by draw.
    """
    lower = np.empty((n - m) * m, np.int32)
    for place in range(m):
        lower[place] = place
    # Those who chose a person are a list in `pool` that moves to twice the room when it is full,
    # so that one of them can be picked at once; a linked list must be walked, and hubs are long.
    pool = np.empty(4 * lower.size + 4 * m + 16, np.int32)
    begin = np.zeros(n, np.int64)
    room = np.zeros(n, np.int32)
    chosen_by = np.zeros(n, np.int32)
    used = _append_all(pool, begin, room, chosen_by, lower, 0, m, m, 0)
    for person in range(m + 1, n):
        first = (person - m) * m
        own = key_of(key, person)
        coins, picks = key_of(own, _TRIAD_COIN), key_of(own, _TRIAD_PICK)
        attempt, tried, anchor = 0, 0, -1
        for made in range(m):
            chosen = -1
            if made > 0 and uniform(draw(coins, made)) < triad_probability:
                chosen, tried = _neighbour(
                    anchor, lower, m, first, made, pool, begin, chosen_by, picks, tried
                )
            if chosen >= 0:
                _insert(lower, first, made, chosen)
                continue
            while True:
                anchor = _endpoint(lower, m, first, own, attempt)
                attempt += 1
                if _insert(lower, first, made, anchor):
                    break
        used = _append_all(pool, begin, room, chosen_by, lower, first, m, person, used)
    return lower


@jit
def tree_choices(n: int, branching: int) -> Rows:
    """The parent of each of 1 .. n - 1 in the tree that is filled level by level."""
    parents = np.empty(n - 1, np.int32)
    for person in range(1, n):
        parents[person - 1] = (person - 1) // branching
    return parents


@jit
def _endpoint(lower: Rows, m: int, first: int, own: np.uint64, attempt: int) -> int:
    """An end of one of the `first` ties made so far, each as likely.

    Both ends are at hand before the coin is looked at: a branch would be wrong half of the time.
    The quotient is exact, as half a tie is more than the product can be off.
    """
    end = np.int64(uniform(draw(own, attempt)) * (2 * first))
    tie = end >> 1
    chosen = np.int64(lower[tie])
    newcomer = np.int64((tie + 0.5) * (1.0 / m)) + m
    return chosen if end & 1 else newcomer


@jit
def _insert(lower: Rows, first: int, made: int, chosen: int) -> bool:
    """Put `chosen` into the ascending choices of a newcomer, unless it is one of them."""
    at = first + made
    while at > first and lower[at - 1] >= chosen:
        at -= 1
    if at < first + made and lower[at] == chosen:
        return False
    for place in range(first + made, at, -1):
        lower[place] = lower[place - 1]
    lower[at] = chosen
    return True


@jit
def _known(lower: Rows, first: int, made: int, person: int) -> bool:
    known = False
    for place in range(first, first + made):
        known = known or lower[place] == person
    return known


@jit
def _neighbour_at(anchor: int, place: int, lower: Rows, m: int, pool: Rows, begin: Indptr) -> int:
    own = m if anchor >= m else 0
    if place < own:
        return np.int64(lower[(anchor - m) * m + place])
    return np.int64(pool[begin[anchor] + place - own])


@jit
def _neighbour(
    anchor: int,
    lower: Rows,
    m: int,
    first: int,
    made: int,
    pool: Rows,
    begin: Indptr,
    chosen_by: Rows,
    picks: np.uint64,
    tried: int,
) -> tuple[int, int]:
    """A neighbour of `anchor` whom the newcomer does not know, uniformly; -1 if there is none."""
    degree = (m if anchor >= m else 0) + chosen_by[anchor]
    for _ in range(8):  # nearly always enough; both ways give each the same chance
        place = np.int64(uniform(draw(picks, tried)) * degree)
        tried += 1
        person = _neighbour_at(anchor, place, lower, m, pool, begin)
        if not _known(lower, first, made, person):
            return person, tried
    strangers = 0
    for place in range(degree):
        person = _neighbour_at(anchor, place, lower, m, pool, begin)
        strangers += not _known(lower, first, made, person)
    if strangers == 0:
        return -1, tried
    left = np.int64(uniform(draw(picks, tried)) * strangers)
    for place in range(degree):
        person = _neighbour_at(anchor, place, lower, m, pool, begin)
        if not _known(lower, first, made, person):
            if left == 0:
                return person, tried + 1
            left -= 1
    return -1, tried + 1


@jit
def _append_all(
    pool: Rows,
    begin: Indptr,
    room: Rows,
    chosen_by: Rows,
    lower: Rows,
    first: int,
    m: int,
    newcomer: int,
    used: int,
) -> int:
    """File the newcomer with everybody it chose; how much of the pool is used then."""
    for place in range(first, first + m):
        person = lower[place]
        if chosen_by[person] == room[person]:
            for step in range(chosen_by[person]):
                pool[used + step] = pool[begin[person] + step]
            begin[person] = used
            room[person] = max(2 * room[person], 2)
            used += room[person]
        pool[begin[person] + chosen_by[person]] = newcomer
        chosen_by[person] += 1
    return used
