"""Distance: how many steps a post has to make from one person to another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..draws import key, luck, uniform
from ..errors import InputError
from ..jit import jit
from .csr import Indptr, Rows

if TYPE_CHECKING:
    from .network import Network


class Distances(NamedTuple):
    """The mean number of steps to whom can be reached, nan for nobody, and how many of all can."""

    mean: float
    reached: float


def distances(network: Network, sources: int = 100, seed: int = 0) -> Distances:
    """Steps along the arcs from people drawn at random to all others.

    Parameters
    ----------
    network : Network
    sources : int
        From how many people, drawn with replacement; from everybody where there are not more.
        Time is this many times the arcs.
    seed : int

    Raises
    ------
    InputError
        For less than one source.

    Examples
    --------
    >>> from wordofmouth.sim.network import Network
    >>> distances(Network.from_edges([0, 1], [1, 2]))
    Distances(mean=1.3333333333333333, reached=0.5)
    """
    if sources < 1:
        raise InputError(f"sources = {sources} is not allowed; it is 1 or more")
    n = network.n
    if sources >= n:
        starts = np.arange(n)
    else:
        under = key(seed)
        starts = np.array([int(uniform(luck(under, k)) * n) for k in range(sources)])
    steps, reached = steps_from(network.indptr, network.indices, starts)
    pairs = starts.size * (n - 1)
    return Distances(steps / reached if reached else math.nan, reached / pairs if pairs else 0.0)


@jit
def steps_from(indptr: Indptr, indices: Rows, starts: Indptr) -> tuple[int, int]:
    """Steps to all who are reached from each of `starts`, in total, and how many these are."""
    n = indptr.size - 1
    seen = np.full(n, -1, np.int64)
    front = np.empty(n, np.int32)
    steps, reached = 0, 0
    for turn in range(starts.size):
        front[0], seen[starts[turn]] = starts[turn], turn
        level, first, last, end = 1, 0, 1, 1
        while first < last:
            for place in range(first, last):
                u = front[place]
                for arc in range(indptr[u], indptr[u + 1]):
                    v = indices[arc]
                    if seen[v] != turn:
                        seen[v] = turn
                        front[end] = v
                        end += 1
            steps += level * (end - last)
            first, last, level = last, end, level + 1
        reached += end - 1
    return steps, reached
