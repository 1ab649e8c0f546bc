"""The first phase of a generation: the arcs along which its sharers succeed.

Three skips are taken at once from one draw, written down whether they count or not, and counted
without a branch; a cell that the table cannot decide sends the draw to `careful_block`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from ..jit import jit
from ..prefetch import prefetch
from .skips import CELLS, LONGEST, SLOTS, UNDECIDED, draw_of_block, skip_of_slot

# Candidates collected before they are admitted: their arcs and senders stay in the nearest cache.
BATCH: Final = 4096
# How many sharers or candidates ahead a cold read is announced: 16 and 32 do equally well, and
# without it B takes 1.6 times as long.
AHEAD: Final = np.uint64(16)

_CELL: Final = np.uint64(CELLS - 1)
_VALUE: Final = np.uint64(LONGEST)
_FLAG: Final = np.uint64(UNDECIDED)
_0: Final = np.uint64(0)
_1: Final = np.uint64(1)
_12: Final = np.uint64(12)
_24: Final = np.uint64(24)
_LONGEST: Final = np.uint64(LONGEST)
_CELLS: Final = np.uint64(CELLS)
_BATCH: Final = np.uint64(BATCH)


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
