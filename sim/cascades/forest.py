"""Who had it from whom, in every replicate: the result of `cascades(..., keep="forest")`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..jit import jit
from ..trees import Cascades, measured


@jit
def _rows_of_parents(
    person: npt.NDArray[np.int32],
    parent: npt.NDArray[np.int32],
    offsets: npt.NDArray[np.int64],
    row_of: npt.NDArray[np.int64],
    parent_row: npt.NDArray[np.int64],
) -> None:
    # `row_of` needs no clearing: a parent stands before its children, in the same replicate.
    for replicate in range(len(offsets) - 1):
        for row in range(offsets[replicate], offsets[replicate + 1]):
            row_of[person[row]] = row
            parent_row[row] = row_of[parent[row]] if parent[row] >= 0 else -1


@dataclass(frozen=True, eq=False)
class Forest:
    """All shares of all replicates, each replicate in breadth-first order.

    Replicate r holds the rows `offsets[r]` up to `offsets[r + 1]`: the seeds first, in ascending
    order, then those whom they convinced, and so on.

    Attributes
    ----------
    sizes : int64[replicates]
        People who shared, seeds included.
    person : int32[rows]
        Who shared.
    parent : int32[rows]
        Who passed it on to them (a person, not a row); -1 for a seed.
    hop : int32[rows]
        Shares between the seed and this person; 0 for a seed.
    offsets : int64[replicates + 1]
        Where each replicate begins.
    """

    sizes: npt.NDArray[np.int64]
    person: npt.NDArray[np.int32]
    parent: npt.NDArray[np.int32]
    hop: npt.NDArray[np.int32]
    offsets: npt.NDArray[np.int64]

    def parent_rows(self) -> npt.NDArray[np.int64]:
        """The row of each row's parent, -1 for a seed: the form that `sim.metrics` measures.

        Returns
        -------
        int64[rows]
            An index into the columns of this forest.
        """
        rows = np.empty(len(self.person), np.int64)
        row_of = np.empty(int(self.person.max()) + 1, np.int64)
        _rows_of_parents(self.person, self.parent, self.offsets, row_of, rows)
        return rows

    @cached_property
    def cascades(self) -> Cascades:
        """The trees below the seeds, measured and one by one; see `Cascades`.

        Its `message` is the replicate, since each is a message of its own, and its `tick` the hop,
        since everybody passes on at the next. With several seeds a replicate has several trees.
        """
        replicate = np.repeat(np.arange(len(self.sizes), dtype=np.int32), self.sizes)
        return measured(self.parent_rows(), replicate, self.person, self.hop)
