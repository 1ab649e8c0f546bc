"""The compiled loop of the independent cascade: collect candidates, then admit the new ones.

A generation is taken in two phases. *Collect* walks over the sharers and writes down the arcs
that succeed; *admit* looks up who stands at their ends and keeps whoever was not there yet.
Both are almost free of branches that a processor cannot foresee, which is what pays: a candidate
is always written, and the counter moves only if it counts. Lost against this: testing each
candidate at once (its cold read stalls the next sharer's), 64 replicates to a word, and people
renumbered by degree.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ..draws import draw, happens, key_of, uniform
from ..jit import jit
from ..prefetch import prefetch
from .collect import AHEAD, collect
from .skips import Skips

# What a replicate or a batch may write, and look ahead, beyond what it holds.
SLACK: Final = 32

_CASCADE: Final = np.uint64(0x63617363616465)  # the word in ASCII: no other key begins with it
_LUCK: Final = np.uint64(1)
_START: Final = np.uint64(2)
_THIN: Final = np.uint64(3)
_0: Final = np.uint64(0)
_1: Final = np.uint64(1)
_6: Final = np.uint64(6)
_63: Final = np.uint64(63)


class Arcs(NamedTuple):
    """The network and, where it differs by arc, the probability (else an empty array)."""

    indptr: npt.NDArray[np.int64]
    indices: npt.NDArray[np.int32]
    probability: npt.NDArray[np.float64]


class Shares(NamedTuple):
    """Rows of a forest, replicate after replicate, and where each replicate ends."""

    person: npt.NDArray[np.int32]
    parent: npt.NDArray[np.int32]
    hop: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int64]


class Desk(NamedTuple):
    """What one thread works on: a bit for everybody, and the candidates of a batch."""

    seen: npt.NDArray[np.uint64]
    arc: npt.NDArray[np.int64]
    sender: npt.NDArray[np.int32]


@jit
def admit(
    indices: npt.NDArray[np.int32],
    probability: npt.NDArray[np.float64],
    bound: npt.NDArray[np.float64],
    level: npt.NDArray[np.uint8],
    key: np.uint64,
    person: npt.NDArray[np.int32],
    parent: npt.NDArray[np.int32],
    row: np.uint64,
    arc: npt.NDArray[np.int64],
    sender: npt.NDArray[np.int32],
    count: np.uint64,
    seen: npt.NDArray[np.uint64],
) -> np.uint64:
    """Append the new people among `count` candidates at `row`; returns the row after them.

    Where the probability differs by arc, a candidate came through with the bound of its sender's
    row and is kept with probability / bound (thinning), drawn by the arc.
    """
    by_arc = len(probability) > 0
    kept = _1
    candidate = _0
    while candidate < count:
        here = np.uint64(arc[candidate])
        ahead = np.uint64(arc[candidate + AHEAD])
        prefetch(indices, ahead)
        sharer = person[np.uint64(sender[candidate])]
        if by_arc:
            prefetch(probability, ahead)
            most = bound[np.uint64(level[np.uint64(sharer)])]
            kept = np.uint64(happens(draw(key, here), probability[here] / most))
        follower = np.uint64(indices[here])
        word = follower >> _6
        place = follower & _63
        bits = seen[word]
        seen[word] = bits | (kept << place)
        person[row] = np.int32(follower)
        parent[row] = sharer
        row += kept & ~(bits >> place)
        candidate += _1
    return row


@jit
def start(
    seeds: npt.NDArray[np.int32],
    key: np.uint64,
    replicate: np.uint64,
    people: int,
    person: npt.NDArray[np.int32],
    parent: npt.NDArray[np.int32],
    row: np.uint64,
    seen: npt.NDArray[np.uint64],
) -> np.uint64:
    """Write the seeds of a replicate at `row`: those given or, with none, one drawn uniformly."""
    for number in range(max(len(seeds), 1)):
        if len(seeds):
            chosen = np.uint64(seeds[number])
        else:
            chosen = np.uint64(uniform(draw(key, replicate)) * people)
        seen[chosen >> _6] |= _1 << (chosen & _63)
        person[row] = np.int32(chosen)
        parent[row] = np.int32(-1)
        row += _1
    return row


@jit
def forget(
    person: npt.NDArray[np.int32], first: np.uint64, row: np.uint64, seen: npt.NDArray[np.uint64]
) -> None:
    """Clear the bits of a replicate: its own words or, where that is less, all of them."""
    if row - first < np.uint64(len(seen)):
        while first < row:
            seen[np.uint64(person[first]) >> _6] = _0
            first += _1
    else:
        seen[:] = _0


@jit
def spread(
    arcs: Arcs,
    skips: Skips,
    seeds: npt.NDArray[np.int32],
    seed: np.uint64,
    replicates: tuple[int, int],
    keep: bool,
    shares: Shares,
    desk: Desk,
) -> int:
    """Run replicates `replicates[0]` up to `replicates[1]`; returns the first one not run.

    Their sizes go to `shares.sizes[0:]`. With `keep` their rows follow each other in `shares`,
    and the loop stops where another replicate might not fit; else each overwrites the last.
    """
    # Taken apart once: an array read out of a tuple is counted as a reference, atomically, and in
    # the inner functions that cost small cascades most of their time and threads all their gain.
    indptr, indices, probability = arcs
    cell, below, bound, level = skips
    person, parent, hops, sizes = shares
    seen, arc, sender = desk
    first, last = replicates
    people = len(indptr) - 1
    root = key_of(seed, _CASCADE)
    luck, origin, thin = key_of(root, _LUCK), key_of(root, _START), key_of(root, _THIN)
    base = _0
    for replicate in range(first, last):
        if base + np.uint64(people + SLACK) > np.uint64(len(person)):
            return replicate
        key, thin_key = key_of(luck, np.uint64(replicate)), key_of(thin, np.uint64(replicate))
        row = base
        end = start(seeds, origin, np.uint64(replicate), people, person, parent, base, seen)
        hop = 0
        while row < end:
            stop = end
            if keep:
                hops[row:stop] = hop
            while row < stop:
                row, count = collect(
                    indptr, cell, below, level, key, person, row, stop, arc, sender
                )
                end = admit(
                    indices, probability, bound, level, thin_key,
                    person, parent, end, arc, sender, count, seen,
                )  # fmt: skip
            hop += 1
        sizes[replicate - first] = np.int64(end - base)
        forget(person, base, end, seen)
        if keep:
            base = end
    return last
