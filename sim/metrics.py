"""Exact measures of cascades: size, depth, breadth and structural virality of each tree.

A forest comes as one array: `parent[row]` is the row of whoever passed it on, or -1 at a root.
Rows may stand in any order. A measure is one number per tree, the trees in the order in which
their roots stand; all of them take time in proportion to the rows.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from .errors import InputError
from .jit import jit

Rows: TypeAlias = npt.NDArray[np.int64]
Reals: TypeAlias = npt.NDArray[np.float64]


class Trees(NamedTuple):
    """Which tree each row belongs to, and how large the trees are.

    Attributes
    ----------
    root : int64[rows]
        The row of the root above each row; a root's own row at a root.
    tree : int64[rows]
        The number of each row's tree: trees are numbered as their roots stand.
    size : int64[trees]
        Rows in each tree.
    """

    root: Rows
    tree: Rows
    size: Rows


@jit
def _climb(parent: Rows, root: Rows, hop: Rows) -> bool:
    # `hop` is -1 before a row is known and -2 while it is being climbed from: meeting -2 again
    # is a circle. Each row is climbed over once, then once more on the way down.
    for row in range(len(parent)):
        above = row
        steps = 0
        while hop[above] == -1:
            hop[above] = -2
            if parent[above] == -1:
                hop[above] = 0
                root[above] = above
                break
            above = parent[above]
            steps += 1
        if hop[above] == -2:
            return False
        depth = hop[above] + steps
        top = root[above]
        walker = row
        while hop[walker] == -2:
            hop[walker] = depth
            root[walker] = top
            depth -= 1
            walker = parent[walker]
    return True


@jit
def _order(key: Rows, rows: Rows, keys: int) -> Rows:
    """`rows` sorted by `key`, equal keys left as they stand (a counting sort)."""
    place = np.zeros(keys + 1, np.int64)
    for row in rows:
        place[key[row] + 1] += 1
    for value in range(keys):
        place[value + 1] += place[value]
    ordered = np.empty_like(rows)
    for row in rows:
        ordered[place[key[row]]] = row
        place[key[row]] += 1
    return ordered


@jit
def _subtrees(parent: Rows, outward: Rows) -> Rows:
    size = np.ones(len(parent), np.int64)
    for position in range(len(outward) - 1, -1, -1):
        row = outward[position]
        if parent[row] >= 0:
            size[parent[row]] += size[row]
    return size


@jit
def _virality(parent: Rows, tree: Rows, size: Rows, outward: Rows, total: Reals) -> None:
    below = _subtrees(parent, outward)
    for position in range(len(outward) - 1, -1, -1):
        row = outward[position]
        if parent[row] >= 0:
            # In float64: the product of two counts in the millions may not fit into 64 bits.
            total[tree[row]] += np.float64(below[row]) * np.float64(size[tree[row]] - below[row])


@jit
def _widest(tree: Rows, hop: Rows, by_tree: Rows, widest: Rows) -> None:
    # Rows come tree by tree and, within a tree, hop by hop: a generation is a run.
    run = 0
    for position in range(len(by_tree)):
        row = by_tree[position]
        before = by_tree[position - 1]
        same = position > 0 and tree[row] == tree[before] and hop[row] == hop[before]
        run = run + 1 if same else 1
        widest[tree[row]] = max(widest[tree[row]], run)


def _checked(parent: npt.ArrayLike) -> Rows:
    rows = np.asarray(parent)
    if rows.ndim != 1 or (rows.dtype.kind not in "iu" and len(rows)):
        raise InputError(
            f"parent has {rows.ndim} dimensions of {rows.dtype}, but must be one column of rows: "
            "give the row of each row's parent, -1 at a root."
        )
    rows = rows.astype(np.int64)
    wrong = np.flatnonzero((rows < -1) | (rows >= len(rows)))
    if len(wrong):
        raise InputError(
            f"parent of row {wrong[0]} is {rows[wrong[0]]}, but must be -1 at a root or a row from "
            f"0 to {len(rows) - 1}."
        )
    return rows


def _climbed(parent: Rows) -> tuple[Rows, Rows]:
    root = np.full(len(parent), -1, np.int64)
    hop = np.full(len(parent), -1, np.int64)
    if not _climb(parent, root, hop):
        raise InputError("parent leads in a circle, but must lead to a root: -1 at some row.")
    return root, hop


def _trees(parent: Rows, root: Rows) -> Trees:
    is_root = parent == -1
    number = np.cumsum(is_root) - 1
    tree = number[root]
    return Trees(root, tree, np.bincount(tree, minlength=int(is_root.sum())))


def _outward(hop: Rows) -> Rows:
    return _order(hop, np.arange(len(hop)), int(hop.max(initial=0)) + 1)


def trees(parent: npt.ArrayLike) -> Trees:
    """The tree of each row and the size of each tree.

    Parameters
    ----------
    parent : int[rows]
        The row of each row's parent, -1 at a root; in any order.

    Returns
    -------
    Trees
        `root` and `tree` for each row, `size` for each tree.

    Raises
    ------
    InputError
        A parent outside the rows, or parents in a circle.

    Examples
    --------
    >>> trees([-1, 0, 0, -1, 3]).size
    array([3, 2])
    """
    rows = _checked(parent)
    return _trees(rows, _climbed(rows)[0])


def hops(parent: npt.ArrayLike) -> Rows:
    """The number of steps from each row up to its root: int64[rows].

    Raises
    ------
    InputError
        A parent outside the rows, or parents in a circle.

    Examples
    --------
    >>> hops([-1, 0, 1, -1])
    array([0, 1, 2, 0])
    """
    return _climbed(_checked(parent))[1]


def depths(parent: npt.ArrayLike) -> Rows:
    """The largest hop in each tree: int64[trees], 0 where nobody passed it on.

    Raises
    ------
    InputError
        A parent outside the rows, or parents in a circle.

    Examples
    --------
    >>> depths([-1, 0, 1, -1])
    array([2, 0])
    """
    rows = _checked(parent)
    root, hop = _climbed(rows)
    found = _trees(rows, root)
    deepest = np.zeros(len(found.size), np.int64)
    np.maximum.at(deepest, found.tree, hop)
    return deepest


def breadths(parent: npt.ArrayLike) -> Rows:
    """The largest number of rows at one hop in each tree: int64[trees], at least 1.

    Raises
    ------
    InputError
        A parent outside the rows, or parents in a circle.

    Examples
    --------
    >>> breadths([-1, 0, 0, 1, -1])
    array([2, 1])
    """
    rows = _checked(parent)
    root, hop = _climbed(rows)
    found = _trees(rows, root)
    outward = _outward(hop)
    widest = np.zeros(len(found.size), np.int64)
    _widest(found.tree, hop, _order(found.tree, outward, len(found.size)), widest)
    return widest


def subtrees(parent: npt.ArrayLike) -> Rows:
    """The number of rows at or below each row: int64[rows], 1 at a leaf.

    Raises
    ------
    InputError
        A parent outside the rows, or parents in a circle.

    Examples
    --------
    >>> subtrees([-1, 0, 0, 1, -1])
    array([4, 2, 1, 1, 1])
    """
    rows = _checked(parent)
    return _subtrees(rows, _outward(_climbed(rows)[1]))


def virality(parent: npt.ArrayLike) -> Reals:
    """Structural virality of each tree: the mean distance between two of its people.

    With s_v the people at or below v, the arc above v lies between s_v (n - s_v) pairs, so

        virality = 2 * sum_v s_v (n - s_v) / (n (n - 1)).

    A star has 2 (n - 1) / n, about 2: one broadcast. A chain has (n + 1) / 3.

    Parameters
    ----------
    parent : int[rows]
        The row of each row's parent, -1 at a root; in any order.

    Returns
    -------
    float64[trees]
        nan for a tree of one person, who has no distance to anybody.

    Raises
    ------
    InputError
        A parent outside the rows, or parents in a circle.

    Examples
    --------
    >>> virality([-1, 0, 1, -1, 3, 3, 3])
    array([1.33333333, 1.5       ])

    References
    ----------
    Goel, Anderson, Hofman & Watts 2016, "The structural virality of online diffusion".
    """
    rows = _checked(parent)
    root, hop = _climbed(rows)
    found = _trees(rows, root)
    outward = _outward(hop)
    total = np.zeros(len(found.size))
    _virality(rows, found.tree, found.size, outward, total)
    pairs = found.size * (found.size - 1.0)
    mean: Reals = np.full(len(total), np.nan)
    np.divide(2.0 * total, pairs, out=mean, where=pairs > 0)
    return mean
