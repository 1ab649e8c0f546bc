"""Arguments of `cascades`, refused with a sentence where they make no sense."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..jit import jit
from .skips import LEVELS


def checked_count(name: str, value: object) -> int:
    """A whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 1:
        raise InputError(f"{name} is {value!r}, but must be a whole number of at least 1.")
    return int(value)


def checked_seed(value: object) -> np.uint64:
    """A seed of 64 bits."""
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, np.integer))
        or not 0 <= int(value) < 2**64
    ):
        raise InputError(f"seed is {value!r}, but must be a whole number from 0 to 2**64 - 1.")
    return np.uint64(int(value))


def checked_seeds(
    seeds: Sequence[int] | npt.NDArray[np.integer] | str, people: int
) -> npt.NDArray[np.int32]:
    """The seeds in ascending order, so that their order cannot matter; none for "uniform"."""
    if people < 1:
        raise InputError("network has no people, so nobody can share: give one with at least 1.")
    if isinstance(seeds, str):
        if seeds != "uniform":
            raise InputError(f"seeds is {seeds!r}, but must be a list of people or 'uniform'.")
        return np.empty(0, np.int32)
    rows = np.asarray(seeds)
    if rows.ndim != 1 or len(rows) == 0 or rows.dtype.kind not in "iu":
        raise InputError(
            f"seeds is {seeds!r}, but must be a list of one or more row numbers, or 'uniform'."
        )
    outside = rows[(rows < 0) | (rows >= people)]
    if len(outside):
        raise InputError(
            f"seeds names person {outside[0]}, but the network's people are 0 to {people - 1}."
        )
    rows = np.sort(rows)
    twice = rows[1:][rows[1:] == rows[:-1]]
    if len(twice):
        raise InputError(f"seeds names person {twice[0]} twice, but a person can share only once.")
    return rows.astype(np.int32)


@jit
def _row_bounds(
    indptr: npt.NDArray[np.int64],
    probability: npt.NDArray[np.float64],
    bound: npt.NDArray[np.float64],
) -> bool:
    """Each row's largest probability; False where any is outside [0, 1] or not a number."""
    valid = True
    for row in range(len(indptr) - 1):
        largest = 0.0
        for arc in range(indptr[row], indptr[row + 1]):
            valid &= (probability[arc] >= 0.0) & (probability[arc] <= 1.0)
            largest = max(largest, probability[arc])
        bound[row] = largest
    return valid


def checked_probability(
    probability: float | npt.NDArray[np.float64], indptr: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.uint8]]:
    """The probability by arc (empty where one serves all), the bounds, and each row's bound.

    Bounds halve from the largest probability down, `LEVELS` of them at most: one arc that always
    succeeds then costs its own row a draw per arc, and nobody else.
    """
    given = np.asarray(probability)
    if given.dtype.kind not in "fiu" or given.ndim > 1:
        raise InputError(
            f"probability is {probability!r}, but must be a number in [0, 1] or one for each arc."
        )
    if given.ndim == 0:
        if not 0.0 <= given <= 1.0:
            raise InputError(f"probability is {given}, but must lie in [0, 1].")
        return np.empty(0), np.array([given], np.float64), np.zeros(1, np.uint8)
    arcs = int(indptr[-1])
    if len(given) != arcs:
        raise InputError(
            f"probability has {len(given)} entries, but the network has {arcs} arcs: "
            "give one for each, in the order of indices."
        )
    by_arc = np.ascontiguousarray(given, np.float64)
    by_row = np.empty(len(indptr) - 1)
    if not _row_bounds(indptr, by_arc, by_row):
        arc = int(np.flatnonzero(~((by_arc >= 0.0) & (by_arc <= 1.0)))[0])
        raise InputError(f"probability of arc {arc} is {by_arc[arc]}, but must lie in [0, 1].")
    largest = by_row.max(initial=0.0)
    level = np.zeros(len(by_row), np.uint8)
    bounds = largest * 0.5 ** np.arange(LEVELS)
    for bound in bounds[1:]:
        level += by_row <= bound
    return by_arc, bounds[: int(level.max(initial=0)) + 1], level
