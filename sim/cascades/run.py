"""The independent cascade on its own: what is asked is checked, and shared out over threads."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from .check import checked_count, checked_probability, checked_seed, checked_seeds
from .collect import BATCH
from .forest import Forest
from .kernel import SLACK, Arcs, Desk, Shares, spread
from .skips import Skips, skips_for

Probability: TypeAlias = float | npt.NDArray[np.float64]
Seeds: TypeAlias = Sequence[int] | npt.NDArray[np.integer] | Literal["uniform"]

# Blocks of replicates per thread: enough that one long cascade does not leave a thread idle.
_BLOCKS = 8
# Rows of a forest's first piece; later pieces are as long as the earlier replicates suggest.
_PIECE = 1 << 20


class Graph(Protocol):
    """What is needed of a network: the followers of each person, in compressed rows."""

    @property
    def indptr(self) -> npt.NDArray[np.int64]:
        """Where each person's followers begin: int64[n + 1]."""
        ...

    @property
    def indices(self) -> npt.NDArray[np.int32]:
        """The followers, row after row: int32[arcs]."""
        ...


@overload
def cascades(
    network: Graph,
    probability: Probability,
    seeds: Seeds = "uniform",
    replicates: int = 1,
    seed: int = 0,
    keep: Literal["sizes"] = "sizes",
    threads: int = 1,
) -> npt.NDArray[np.int64]: ...


@overload
def cascades(
    network: Graph,
    probability: Probability,
    seeds: Seeds = "uniform",
    replicates: int = 1,
    seed: int = 0,
    *,
    keep: Literal["forest"],
    threads: int = 1,
) -> Forest: ...


def cascades(
    network: Graph,
    probability: Probability,
    seeds: Seeds = "uniform",
    replicates: int = 1,
    seed: int = 0,
    keep: Literal["sizes", "forest"] = "sizes",
    threads: int = 1,
) -> npt.NDArray[np.int64] | Forest:
    """Spread a message by the independent cascade, many times over.

    Whoever comes to share has one chance, at the next hop, to convince each follower who has not
    shared yet; the chance is `probability`. With everyone's chances drawn beforehand this is the
    set of people reachable from the seeds over the arcs that succeed.

    Every draw is a function of the seed, the replicate and the sharer (and, where the probability
    differs by arc, the arc), so replicate r is the same whatever the number of replicates or
    threads. A higher probability gives a larger cascade in distribution, not person by person:
    one draw decides about several followers at once.

    Where several sharers of one hop convince the same person, the parent is the one who stands
    first in breadth-first order: the one whose own parent stands first and, among children of
    one parent or among seeds, the one with the lower row number.

    Parameters
    ----------
    network : Network
        `indptr` int64[n + 1] and `indices` int32[arcs]: u -> v where v hears u.
    probability : float or float64[arcs]
        Chance that a sharer convinces a follower, in [0, 1]; one for all or one per arc, in the
        order of `indices`.
    seeds : sequence of int or "uniform"
        People (row numbers) who share at hop 0 in every replicate, or one person drawn uniformly
        for each replicate. Their order does not matter.
    replicates : int
        Number of independent cascades, at least 1.
    seed : int
        Seed of all draws, in [0, 2**64).
    keep : "sizes" or "forest"
        Return the sizes alone, or who had it from whom as well.
    threads : int
        Threads among which the replicates are shared out; changes no result.

    Returns
    -------
    int64[replicates] or Forest
        The number of people who shared, seeds included; or the forest, whose `sizes` they are.

    Raises
    ------
    InputError
        An argument outside its range, of the wrong length or kind; a seed twice or not in the
        network.

    Examples
    --------
    A chain of four people, each heard by the next:

    >>> from types import SimpleNamespace
    >>> import numpy as np
    >>> chain = SimpleNamespace(
    ...     indptr=np.array([0, 1, 2, 3, 3]), indices=np.array([1, 2, 3], dtype=np.int32)
    ... )
    >>> cascades(chain, 1.0, seeds=[1], replicates=2)
    array([3, 3])
    >>> forest = cascades(chain, 1.0, seeds=[1], keep="forest")
    >>> forest.person, forest.parent, forest.hop
    (array([1, 2, 3], dtype=int32), array([-1,  1,  2], dtype=int32), array([0, 1, 2], dtype=int32))

    References
    ----------
    Kempe, Kleinberg & Tardos 2003, "Maximizing the spread of influence through a social network".
    """
    if keep not in ("sizes", "forest"):
        raise InputError(f"keep is {keep!r}, but must be 'sizes' or 'forest'.")
    count = checked_count("replicates", replicates)
    workers = min(checked_count("threads", threads), count)
    luck = checked_seed(seed)
    rows = checked_seeds(seeds, len(network.indptr) - 1)
    job = _Job(*_prepared(network, probability), rows, luck, keep == "forest")
    # One block where one thread does all: a forest is then written where it stays.
    blocks = 1 if workers == 1 else min(count, workers * _BLOCKS)
    edges = [count * block // blocks for block in range(blocks + 1)]
    results: list[Shares | None] = [None] * blocks
    queue = iter(range(blocks))

    def work() -> None:
        desk = job.desk()
        for block in queue:
            results[block] = job.run(edges[block], edges[block + 1], desk)

    if workers == 1:
        work()
    else:
        # Plain threads over a kernel that lets the interpreter go: numba's own parallel loops may
        # not be entered from two threads at once.
        with ThreadPoolExecutor(workers) as pool:
            for future in [pool.submit(work) for _ in range(workers)]:
                future.result()
    shares = _joined([result for result in results if result is not None])
    if keep == "sizes":
        return shares.sizes
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(shares.sizes)))
    return Forest(shares.sizes, shares.person, shares.parent, shares.hop, offsets)


def _prepared(network: Graph, probability: Probability) -> tuple[Arcs, Skips]:
    """The arrays as the kernel wants them: of one type, read-only, so that it compiles once."""
    indptr = np.ascontiguousarray(network.indptr, np.int64).view()
    indices = np.ascontiguousarray(network.indices, np.int32).view()
    by_arc, bounds, level = checked_probability(probability, indptr)
    by_arc = by_arc.view()
    for column in (indptr, indices, by_arc):
        column.flags.writeable = False
    longest_row = int(np.diff(indptr).max(initial=0))
    return Arcs(indptr, indices, by_arc), skips_for(bounds, level, longest_row)


@dataclass(frozen=True)
class _Job:
    """What all blocks of replicates have in common."""

    arcs: Arcs
    skips: Skips
    seeds: npt.NDArray[np.int32]
    luck: np.uint64
    keep: bool

    def desk(self) -> Desk:
        people = len(self.arcs.indptr) - 1
        candidates = BATCH + int(np.diff(self.arcs.indptr).max(initial=0)) + SLACK
        return Desk(
            np.zeros((people + 63) // 64, np.uint64),
            np.empty(candidates, np.int64),
            np.empty(candidates, np.int32),
        )

    def run(self, first: int, last: int, desk: Desk) -> Shares:
        """Replicates `first` up to `last`, in as many pieces as the unknown length asks for."""
        need = len(self.arcs.indptr) - 1 + SLACK
        pieces: list[Shares] = []
        done, rows = first, 0
        while done < last:
            expected = rows * (last - done) // max(done - first, 1) * 9 // 8
            length = min((last - done) * need, need + max(expected, _PIECE))
            piece = Shares(
                np.empty(length if self.keep else need, np.int32),
                np.empty(length if self.keep else need, np.int32),
                np.empty(length if self.keep else 0, np.int32),
                np.empty(last - done, np.int64),
            )
            span = (done, last)
            stopped = spread(
                self.arcs, self.skips, self.seeds, self.luck, span, self.keep, piece, desk
            )
            sizes = piece.sizes[: stopped - done]
            used = int(sizes.sum()) if self.keep else 0
            columns = (piece.person[:used], piece.parent[:used], piece.hop[:used])
            pieces.append(Shares(*columns, sizes))
            done, rows = stopped, rows + used
        return _joined(pieces)


def _joined(pieces: Sequence[Shares]) -> Shares:
    if len(pieces) == 1:
        return pieces[0]
    return Shares(*(np.concatenate(columns) for columns in zip(*pieces, strict=True)))
