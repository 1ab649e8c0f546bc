"""The compiled loop of the independent cascade: collect candidates, then admit the new ones.

A generation is taken in two phases. *Collect* walks over the sharers and writes down the arcs
that succeed; *admit* looks up who stands at their ends and keeps whoever was not there yet.
Both are almost free of branches that a processor cannot foresee, which is what pays: a candidate
is always written, and the counter moves only if it counts. Lost against this: testing each
candidate at once (its cold read stalls the next sharer's), 64 replicates to a word, relabelling
by degree, and a list of `seen` numbers instead of bits.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ..draws import draw, happens, key_of, uniform
from ..jit import jit
from .prefetch import prefetch
from .skips import (
    CELLS,
    LONGEST,
    SLOTS,
    UNDECIDED,
    Skips,
    draw_of_block,
    skip_of_slot,
)

# Candidates collected before they are admitted: their arcs and senders stay in the nearest cache.
BATCH: Final = 4096
# How many sharers or candidates ahead a cold read is announced: 16 and 32 do equally well, and
# without it B takes 1.6 times as long.
AHEAD: Final = np.uint64(16)
# What a replicate or a batch may write, and look ahead, beyond what it holds.
SLACK: Final = 32

_LUCK: Final = np.uint64(1)
_START: Final = np.uint64(2)
_THIN: Final = np.uint64(3)
_CELL: Final = np.uint64(CELLS - 1)
_VALUE: Final = np.uint64(LONGEST)
_FLAG: Final = np.uint64(UNDECIDED)
_0: Final = np.uint64(0)
_1: Final = np.uint64(1)
_6: Final = np.uint64(6)
_12: Final = np.uint64(12)
_24: Final = np.uint64(24)
_63: Final = np.uint64(63)
_LONGEST: Final = np.uint64(LONGEST)
_CELLS: Final = np.uint64(CELLS)
_BATCH: Final = np.uint64(BATCH)


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
def careful_block(
    bits: np.uint64,
    at: np.uint64,
    end: np.uint64,
    cell: npt.NDArray[np.uint16],
    below: npt.NDArray[np.float64],
    level: np.uint64,
    row: np.uint64,
    arc: npt.NDArray[np.int64],
    sender: npt.NDArray[np.int32],
    count: np.uint64,
) -> tuple[np.uint64, np.uint64]:
    """The skips of one draw, one by one; returns the next arc to try and the candidates so far."""
    for slot in range(SLOTS):
        skip = skip_of_slot(bits, np.uint64(slot), cell, below, level)
        at += skip
        if at >= end:
            break
        if skip == _LONGEST:
            continue
        arc[count] = np.int64(at)
        sender[count] = np.int32(row)
        count += _1
        at += _1
    return at, count


@jit
def collect(
    indptr: npt.NDArray[np.int64],
    cell: npt.NDArray[np.uint16],
    below: npt.NDArray[np.float64],
    level: npt.NDArray[np.uint8],
    key: np.uint64,
    person: npt.NDArray[np.int32],
    row: np.uint64,
    stop: np.uint64,
    arc: npt.NDArray[np.int64],
    sender: npt.NDArray[np.int32],
) -> tuple[np.uint64, np.uint64]:
    """Write down the succeeding arcs of the sharers in `person[row:stop]`, a batch at most.

    Returns the first row not taken and the number of candidates.
    """
    by_row = np.uint64(len(level) - 1)
    count = _0
    while row < stop and count < _BATCH:
        sharer = np.uint64(person[row])
        prefetch(indptr, np.uint64(person[row + AHEAD]))
        at = np.uint64(indptr[sharer])
        end = np.uint64(indptr[sharer + _1])
        # One entry serves all rows where `level` has only one: the minimum is then 0.
        which = np.uint64(level[min(sharer, by_row)])
        table = which * _CELLS
        block = _0
        while at < end:
            bits = draw_of_block(key, sharer, block)
            one = np.uint64(cell[table + (bits & _CELL)])
            two = np.uint64(cell[table + ((bits >> _12) & _CELL)])
            three = np.uint64(cell[table + ((bits >> _24) & _CELL)])
            # An undecided cell holds its smallest skip: if that leaves the row, so does any other.
            first = at + (one & _VALUE)
            second = first + _1 + (two & _VALUE)
            third = second + _1 + (three & _VALUE)
            in_1, in_2, in_3 = (
                np.uint64(first < end),
                np.uint64(second < end),
                np.uint64(third < end),
            )
            if ((one & _FLAG) * in_1) | ((two & _FLAG) * in_2) | ((three & _FLAG) * in_3):
                at, count = careful_block(
                    bits, at, end, cell, below, which, row, arc, sender, count
                )
            else:
                arc[count] = np.int64(first)
                sender[count] = np.int32(row)
                count += in_1
                arc[count] = np.int64(second)
                sender[count] = np.int32(row)
                count += in_2
                arc[count] = np.int64(third)
                sender[count] = np.int32(row)
                count += in_3
                at = third + _1
            block += _1
        row += _1
    return row, count


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
    luck, origin, thin = key_of(seed, _LUCK), key_of(seed, _START), key_of(seed, _THIN)
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
