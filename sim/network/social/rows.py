"""From what was found person by person to rows, and nobody has more in them than is allowed.

Sorting is by counting, as in `csr`: arcs are filed under their targets, and walking these in
ascending order fills the rows of the sources in ascending order. As no arc is met twice here, and
a list of arcs takes one number each, no more than two numbers an arc are held at any time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...jit import jit
from ..csr import Indptr, Rows
from .cut import cut


class Piece(NamedTuple):
    """The arcs that were found of some people: see `ties.arcs_from`."""

    people: NDArray[np.int32]
    upto: Indptr
    others: Rows


def rows_of(
    pieces: list[Piece], n: int, most: tuple[int, int], key: np.uint64
) -> tuple[Indptr, Rows]:
    """The rows of all arcs but those beyond the `most` of somebody; the pieces are used up."""
    counts = np.zeros((n, 2), np.int64)
    for piece in pieces:
        _count(piece.people, piece.upto, piece.others, counts)
    indptr, filed = (np.concatenate([[0], np.cumsum(counts[:, end])]) for end in (0, 1))
    too_many = counts[:, 0].max() > most[0] or counts[:, 1].max() > most[1]
    del counts
    # By numpy, which asks for large pages of memory, and not by compiled code.
    heard, indices = (np.empty(indptr[-1], np.int32) for _ in range(2))
    at = filed[:-1].copy()
    while pieces:
        piece = pieces.pop()
        _file(piece.people, piece.upto, piece.others, at, heard)
        del piece
    at[:] = indptr[:-1]
    _transpose(filed, heard, at, indices)
    if not too_many:
        return indptr, indices
    kept = cut(indptr, indices, filed, heard, most, key)
    return kept, indices[: kept[-1]]


@jit
def _count(people: Rows, upto: Indptr, others: Rows, counts: NDArray[np.int64]) -> None:
    """Add how many followers and followed each has."""
    for row in range(people.size):
        person = people[row]
        leading = 0
        for arc in range(upto[row], upto[row + 1]):
            other = others[arc]
            comes = other < 0
            counts[~other if comes else other, 1 - comes] += 1
            leading += not comes
        counts[person, 0] += leading
        counts[person, 1] += upto[row + 1] - upto[row] - leading


@jit
def _file(people: Rows, upto: Indptr, others: Rows, at: Indptr, heard: Rows) -> None:
    """Write the source of every arc where it is the target's turn."""
    for row in range(people.size):
        person = people[row]
        for arc in range(upto[row], upto[row + 1]):
            other = others[arc]
            source, target = (~other, person) if other < 0 else (person, other)
            place = at[target]
            heard[place] = source
            at[target] = place + 1


@jit
def _transpose(filed: Indptr, heard: Rows, at: Indptr, indices: Rows) -> None:
    """Write the target of every arc where it is the source's turn."""
    for target in range(filed.size - 1):
        for arc in range(filed[target], filed[target + 1]):
            source = heard[arc]
            place = at[source]
            indices[place] = target
            at[source] = place + 1
