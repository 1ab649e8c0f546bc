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
AHEAD: Final = 16
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
    table: npt.NDArray[np.uint16],
    below: npt.NDArray[np.float64],
    row: np.uint64,
    desk: Desk,
    count: np.uint64,
) -> tuple[np.uint64, np.uint64]:
    """The skips of one draw, one by one; returns the next arc to try and the candidates so far."""
    for slot in range(SLOTS):
        skip = skip_of_slot(bits, np.uint64(slot), table, below)
        at += skip
        if at >= end:
            break
        if skip == _LONGEST:
            continue
        desk.arc[count] = np.int64(at)
        desk.sender[count] = np.int32(row)
        count += _1
        at += _1
    return at, count


@jit
def collect(
    arcs: Arcs,
    skips: Skips,
    key: np.uint64,
    person: npt.NDArray[np.int32],
    row: np.uint64,
    stop: np.uint64,
    room: np.uint64,
    desk: Desk,
) -> tuple[np.uint64, np.uint64]:
    """Write down the succeeding arcs of the sharers in `person[row:stop]`, until `room` is used.

    Returns the first row not taken and the number of candidates.
    """
    indptr, cell, level, arc, sender = arcs.indptr, skips.cell, skips.level, desk.arc, desk.sender
    by_row = np.uint64(len(level) - 1)
    count = _0
    while row < stop and count < room:
        sharer = np.uint64(person[row])
        prefetch(indptr, np.uint64(person[row + np.uint64(AHEAD)]))
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
            in_1, in_2, in_3 = first < end, second < end, third < end
            undecided = ((one & _FLAG) * np.uint64(in_1)) | ((two & _FLAG) * np.uint64(in_2))
            undecided |= (three & _FLAG) * np.uint64(in_3)
            if undecided:
                here = cell[np.int64(table) : np.int64(table) + CELLS]
                below = skips.below[np.int64(which)]
                at, count = careful_block(bits, at, end, here, below, row, desk, count)
            else:
                arc[count] = np.int64(first)
                sender[count] = np.int32(row)
                count += np.uint64(in_1)
                arc[count] = np.int64(second)
                sender[count] = np.int32(row)
                count += np.uint64(in_2)
                arc[count] = np.int64(third)
                sender[count] = np.int32(row)
                count += np.uint64(in_3)
                at = third + _1
            block += _1
        row += _1
    return row, count


@jit
def admit(
    arcs: Arcs,
    skips: Skips,
    thin: np.uint64,
    shares: Shares,
    row: np.uint64,
    count: np.uint64,
    desk: Desk,
) -> np.uint64:
    """Append the new people among `count` candidates at `row`; returns the row after them.

    Where the probability differs by arc, a candidate came through with the bound of its sender's
    row and is kept with probability / bound (thinning), drawn by the arc.
    """
    indices, probability, seen, person = arcs.indices, arcs.probability, desk.seen, shares.person
    by_arc = len(probability) > 0
    kept = _1
    for candidate in range(count):
        arc = np.uint64(desk.arc[np.uint64(candidate)])
        ahead = np.uint64(desk.arc[np.uint64(candidate + AHEAD)])
        prefetch(indices, ahead)
        sender = person[np.uint64(desk.sender[np.uint64(candidate)])]
        if by_arc:
            prefetch(probability, ahead)
            bound = skips.bound[np.uint64(skips.level[np.uint64(sender)])]
            kept = np.uint64(happens(draw(thin, arc), probability[arc] / bound))
        follower = np.uint64(indices[arc])
        word = follower >> _6
        place = follower & _63
        bits = seen[word]
        seen[word] = bits | (kept << place)
        person[row] = np.int32(follower)
        shares.parent[row] = sender
        row += kept & ~(bits >> place)
    return row


@jit
def start(
    seeds: npt.NDArray[np.int32],
    seed: np.uint64,
    replicate: np.uint64,
    people: int,
    shares: Shares,
    row: np.uint64,
    seen: npt.NDArray[np.uint64],
) -> np.uint64:
    """Write the seeds of a replicate at `row`: those given or, with none, one drawn uniformly."""
    count = max(len(seeds), 1)
    for number in range(count):
        if len(seeds):
            chosen = np.uint64(seeds[number])
        else:
            chosen = np.uint64(uniform(draw(key_of(seed, _START), replicate)) * people)
        seen[chosen >> _6] |= _1 << (chosen & _63)
        shares.person[row] = np.int32(chosen)
        shares.parent[row] = np.int32(-1)
        row += _1
    return row


@jit
def forget(
    person: npt.NDArray[np.int32], first: np.uint64, row: np.uint64, seen: npt.NDArray[np.uint64]
) -> None:
    """Clear the bits of a replicate: its own words or, where that is less, all of them."""
    if row - first < np.uint64(len(seen)):
        for touched in range(first, row):
            seen[np.uint64(person[np.uint64(touched)]) >> _6] = _0
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
    first_replicate, last_replicate = replicates
    people = len(arcs.indptr) - 1
    capacity = np.uint64(len(shares.person))
    need = np.uint64(people + SLACK)
    room = np.uint64(BATCH)
    base = _0
    for replicate in range(first_replicate, last_replicate):
        if base + need > capacity:
            return replicate
        luck = key_of(key_of(seed, _LUCK), np.uint64(replicate))
        thin = key_of(key_of(seed, _THIN), np.uint64(replicate))
        row = base
        end = start(seeds, seed, np.uint64(replicate), people, shares, base, desk.seen)
        hop = 0
        while row < end:
            stop = end
            if keep:
                shares.hop[row:stop] = hop
            while row < stop:
                row, count = collect(arcs, skips, luck, shares.person, row, stop, room, desk)
                end = admit(arcs, skips, thin, shares, end, count, desk)
            hop += 1
        shares.sizes[replicate - first_replicate] = np.int64(end - base)
        forget(shares.person, base, end, desk.seen)
        if keep:
            base = end
    return last_replicate
