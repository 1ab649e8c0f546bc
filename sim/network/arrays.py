"""Arrays that come from outside: looked at once, and frozen."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import InputError


def frozen(values: NDArray[Any]) -> NDArray[Any]:
    """The same values, which nobody can change any more."""
    if isinstance(values.base, np.ndarray) and values.flags.writeable:
        values = values.copy()  # a view: somebody else could write through its base
    values.setflags(write=False)
    return values


def exact(values: ArrayLike, name: str, kind: Any) -> NDArray[Any]:
    """As a one-dimensional array of `kind`, if nothing is lost."""
    given = np.asarray(values)
    if given.ndim != 1:
        raise InputError(f"{name} has {given.ndim} dimensions; give a flat list or array")
    if given.dtype == kind and given.flags.c_contiguous:
        return given
    if kind is np.float32:
        if given.dtype.kind not in "fiu" and given.size:
            raise InputError(f"{name} holds {given.dtype} values; give numbers")
        with np.errstate(over="ignore"):
            return np.ascontiguousarray(given, dtype=kind)
    rows = whole(given, name)
    limits = np.iinfo(kind)
    if rows.size and not (limits.min <= rows.min() and rows.max() <= limits.max):
        raise InputError(f"{name} holds numbers beyond {limits.max:,}; rows are numbered from 0")
    return np.ascontiguousarray(rows, dtype=kind)


def whole(values: ArrayLike, name: str) -> NDArray[np.int64]:
    """As a one-dimensional array of whole numbers, if they are that."""
    given = np.asarray(values)
    if given.ndim != 1:
        raise InputError(f"{name} has {given.ndim} dimensions; give a flat list or array")
    if given.size == 0:
        return np.empty(0, np.int64)
    if given.dtype.kind not in "iu" or (given.dtype == np.uint64 and int(given.max()) >= 2**63):
        raise InputError(
            f"{name} holds {given.dtype} values such as {given[:1].tolist()[0]!r}; "
            "give whole numbers, the rows of people"
        )
    return given.astype(np.int64, copy=False)


def check_weights(weights: NDArray[np.float32], count: int) -> None:
    """InputError unless there are `count` weights, all finite and not negative."""
    if weights.size != count:
        raise InputError(f"there are {weights.size} weights for {count} ties; give one a tie")
    if count and not (weights.min() >= 0 and np.isfinite(weights.max())):  # min() finds a nan
        at = int(np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))[0])
        raise InputError(
            f"weights[{at}] = {weights[at]} is not a closeness; weights are finite and not negative"
        )


def distinct_ids(ids: NDArray[Any], n: int) -> NDArray[Any]:
    """The ids of n people as int64 or objects that are texts; InputError unless distinct."""
    labels = listed(ids)
    if labels.ndim != 1 or labels.size != n:
        raise InputError(f"there are {labels.size} ids for {n} people; give one a person")
    if labels.dtype.kind not in "iuO":
        raise InputError(f"ids hold {labels.dtype} values; give whole numbers or texts")
    labels = labels.astype(np.int64) if labels.dtype.kind in "iu" else labels
    if n > 1 and not bool((labels[1:] > labels[:-1]).all()):
        ordered = np.sort(labels)
        twice = np.flatnonzero(ordered[1:] == ordered[:-1])
        if twice.size:
            one = ordered[twice[:1]].tolist()[0]
            raise InputError(f"id {one!r} is given to two people; ids must be distinct")
    return labels


def listed(ids: ArrayLike) -> NDArray[Any]:
    """Ids as an array: texts as objects, of which each takes as much room as it is long."""
    if isinstance(ids, np.ndarray):
        given = ids
    else:
        values = list(ids)
        given = texts_of(values) if any(isinstance(v, str) for v in values) else np.asarray(values)
    if given.dtype.kind in "UT":
        return texts_of(given.tolist())
    if given.dtype.kind == "O":
        wrong = next((v for v in given.tolist() if not isinstance(v, str)), None)
        if wrong is not None:
            raise InputError(
                f"ids hold values such as {wrong!r}; give whole numbers alone or texts alone"
            )
    return given


def texts_of(values: list[Any]) -> NDArray[Any]:
    """Texts as an array of objects: one of numpy's own would have room for the longest in each."""
    found = np.empty(len(values), object)
    found[:] = values
    return found
