"""Geometric skips from a table: which of a row's arcs succeed, at the price of those that do.

The number of failures before the next success of independent trials with probability p has
P(skip >= k) = (1 - p)^k. A sharer with a million followers and p = .0001 therefore needs about a
hundred draws, not a million. One draw of 64 bits gives `SLOTS` skips of `CELL_BITS` bits each.
The unit interval is cut into `CELLS` cells; a cell inside which the skip does not change answers
at once, and only a cell that a boundary crosses (1.5 % of them at p = .1) asks for a second draw,
which decides where inside the cell the number lies. The law is exact up to rounding in float64.

Lost against this table: one draw per arc (3 times slower at p = .1), and `log(u) / log(1 - p)`,
whose last bit depends on the mathematics library.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ..draws import GOLDEN, draw, mix, uniform
from ..jit import jit

CELL_BITS: Final = 12
CELLS: Final = 1 << CELL_BITS
# Three slots: with more, a short row pays for skips that it does not need; see `collect`.
SLOTS: Final = 3
# A skip of `LONGEST` says only that nobody among the next `LONGEST` was convinced: draw again.
LONGEST: Final = 0x7FFF
UNDECIDED: Final = 0x8000
LEVELS: Final = 8

_CELLS: Final = np.uint64(CELLS)
_CELL: Final = np.uint64(CELLS - 1)
_BITS: Final = np.uint64(CELL_BITS)
_VALUE: Final = np.uint64(LONGEST)
_FLAG: Final = np.uint64(UNDECIDED)
_32: Final = np.uint64(32)
_1: Final = np.uint64(1)


class Skips(NamedTuple):
    """Tables for up to `LEVELS` bounds on the probability, and which row uses which.

    Attributes
    ----------
    cell : uint16[levels * CELLS]
        The smallest skip in each cell, with the bit `UNDECIDED` where a boundary crosses the cell.
    below : float64[levels, longest + 1]
        P(skip < k), for k up to the longest row plus one, or `LONGEST`.
    bound : float64[levels]
        The probability behind each table.
    level : uint8[n] or uint8[1]
        The table of each row; a single entry serves all rows.
    """

    cell: npt.NDArray[np.uint16]
    below: npt.NDArray[np.float64]
    bound: npt.NDArray[np.float64]
    level: npt.NDArray[np.uint8]


@lru_cache(maxsize=16)
def skip_table(
    probability: float, longest: int
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.float64]]:
    """The cells and the distribution function of the skips at one probability.

    Parameters
    ----------
    probability : float
        Chance of success of one trial, in (0, 1].
    longest : int
        Skips of this many trials or more need not be told apart, in [1, `LONGEST`].

    Returns
    -------
    cell : uint16[CELLS]
        Smallest skip of each cell, plus `UNDECIDED` where the cell holds more than one.
    below : float64[longest + 1]
        P(skip < k) = 1 - (1 - p)^k.
    """
    survival = np.cumprod(np.full(longest, 1.0 - probability))
    below = np.concatenate(([0.0], 1.0 - survival))
    edges = np.arange(CELLS + 1) / CELLS
    lowest = np.searchsorted(below, edges[:-1], side="right") - 1
    highest = np.searchsorted(below, edges[1:], side="left") - 1
    cell = np.where(lowest == highest, lowest, lowest | UNDECIDED).astype(np.uint16)
    # At the longest skip a row may go on, which only the careful path knows how to do.
    cell[lowest >= LONGEST] = LONGEST | UNDECIDED
    return cell, below


def skips_for(
    bounds: npt.NDArray[np.float64], level: npt.NDArray[np.uint8], longest_row: int
) -> Skips:
    """The tables of these bounds; `longest_row` is the largest out-degree of the network."""
    longest = min(longest_row + 1, LONGEST)
    tables = [skip_table(float(bound), longest) for bound in bounds]
    return Skips(
        np.concatenate([cell for cell, _ in tables]),
        np.stack([below for _, below in tables]),
        bounds,
        level,
    )


@jit
def resolve(
    cell: np.uint64,
    lowest: np.uint64,
    bits: np.uint64,
    below: npt.NDArray[np.float64],
    level: np.uint64,
) -> np.uint64:
    """The skip of an undecided cell: `bits` say where inside the cell the number lies."""
    number = (np.float64(cell) + uniform(bits)) * (1.0 / CELLS)
    skip = lowest
    last = np.uint64(below.shape[1] - 1)
    while skip < last and number >= below[level, skip + _1]:
        skip += _1
    return skip


@jit
def draw_of_block(key: np.uint64, person: np.uint64, block: np.uint64) -> np.uint64:
    """The draw behind the `block`-th group of `SLOTS` skips along a person's row."""
    return draw(key, person | (block << _32))


@jit
def skip_of_slot(
    bits: np.uint64,
    slot: np.uint64,
    cells: npt.NDArray[np.uint16],
    below: npt.NDArray[np.float64],
    level: np.uint64,
) -> np.uint64:
    """The skip in one slot of a draw from the tables of `level`, exact in every cell."""
    cell = (bits >> (_BITS * slot)) & _CELL
    entry = np.uint64(cells[level * _CELLS + cell])
    skip = entry & _VALUE
    if entry & _FLAG:
        skip = resolve(cell, skip, mix(bits + (slot + _1) * GOLDEN), below, level)
    return skip
