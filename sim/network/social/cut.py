"""At most so many followers, and followed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...draws import draw, key_of
from ...jit import jit
from ..csr import Rows


def cut(
    source: Rows, target: Rows, n: int, most: tuple[int, int], key: np.uint64
) -> tuple[Rows, Rows]:
    """The arcs without those that somebody has beyond the `most` followers, and most followed.

    Whoever has more keeps those whose draws are least.

    Numbers vary about what people are to have on average, so that it is a few of the few who are
    to have nearly as many as allowed.
    """
    for end, maximum in enumerate(most):
        ends = (source, target)[end]
        over = np.bincount(ends, minlength=n) > maximum
        if over.any():
            theirs = np.flatnonzero(over[ends])
            luck = luck_of_arcs(source[theirs], target[theirs], key)
            order = np.lexsort((luck, ends[theirs]))
            whose = ends[theirs[order]]
            place = np.arange(order.size) - np.searchsorted(whose, whose)
            kept = np.ones(ends.size, bool)
            kept[theirs[order[place >= maximum]]] = False
            source, target = source[kept], target[kept]
    return source, target


@jit
def luck_of_arcs(source: Rows, target: Rows, key: np.uint64) -> NDArray[np.uint64]:
    """A draw for each arc."""
    luck = np.empty(source.size, np.uint64)
    for arc in range(source.size):
        luck[arc] = draw(key_of(key, source[arc]), target[arc])
    return luck
