"""The cascades of a forest: measured, chosen from, and looked at one by one.

A forest comes as rows, as in `metrics`: a share each, with the row of the share that it was had
from. What a campaign wrote and what `wom.cascades` grew are measured here alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .errors import InputError
from .metrics import breadths, depths, hops, subtrees, trees, virality

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

LARGE: Final = 100


class Tree(NamedTuple):
    """One cascade, generation by generation: the root first, a parent before its children.

    Attributes
    ----------
    message
        What was passed on.
    person : int[size]
        Who shared, as rows of the network.
    parent : int64[size]
        The place in this tree of whom they had it from; -1 at the root.
    depth : int64[size]
        Steps from the root.
    tick : int[size]
        When they decided to share.
    hours : float64[size]
        When it was posted, in hours since the beginning; nan where there is no clock.
    size, virality
        Shares in it, and their mean distance (nan for one alone).
    """

    message: int
    person: NDArray[np.int32]
    parent: NDArray[np.int64]
    depth: NDArray[np.int64]
    tick: NDArray[np.int32]
    hours: NDArray[np.float64]
    size: int
    virality: float


class Lineage(NamedTuple):
    """The rows of a forest: who shared, the row of whom they had it from (-1: nobody), when."""

    person: NDArray[np.int32]
    parent: NDArray[np.int64]
    tick: NDArray[np.int32]
    hours: NDArray[np.float64]


@dataclass(frozen=True, repr=False, eq=False)
class Cascades:
    """The cascades of a campaign: trees of shares, each rooted at a share at first hand.

    `len` is how many there are; to iterate gives each as a `Tree`.

    Attributes
    ----------
    message, person
        Of the share at the root; people are rows of the network.
    size
        Shares in the cascade, the root included.
    depth
        The longest way from the root, in shares.
    breadth
        The most shares at one hop.
    virality
        Structural virality: the mean distance between pairs (Goel et al. 2016); nan for size 1.
    shares
        All rows of all trees.
    ids
        What tables call the people; None: their rows.

    Examples
    --------
    >>> import wordofmouth as wom
    >>> pair = wom.Network.from_edges([0, 1, 1], [1, 2, 3], 4)
    >>> found = wom.cascades(pair, 1.0, seeds=[0], keep="forest").cascades
    >>> found.tree(0).parent, found.tree(0).depth
    (array([-1,  0,  1,  1]), array([0, 1, 2, 2]))
    >>> found.given(least=5)
    <Cascades: none>
    """

    message: NDArray[np.int32]
    person: NDArray[np.int32]
    size: NDArray[np.int64]
    depth: NDArray[np.int64]
    breadth: NDArray[np.int64]
    virality: NDArray[np.float64]
    shares: Lineage
    ids: NDArray[np.generic] | None = None

    def __len__(self) -> int:
        return self.size.size

    def __iter__(self) -> Iterator[Tree]:
        return (self.tree(k) for k in range(len(self)))

    def __repr__(self) -> str:
        if not len(self):
            return "<Cascades: none>"
        alone = (self.size == 1).mean()
        return f"<Cascades: {len(self)}, {alone:.0%} of one share; the largest {self.size.max()}>"

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Count, mean and largest size, shares of small and large ones, virality, depth.

        `structural_virality` is the mean over cascades of two shares or more. What is not
        defined, because there are none, is nan.
        """
        return {
            "count": len(self),
            "mean_size": _mean(self.size),
            "max_size": int(self.size.max(initial=0)),
            "share_alone": _mean(self.size == 1),
            "share_ge_100": _mean(self.size >= LARGE),
            "structural_virality": _mean(self.virality[self.size > 1]),
            "mean_depth": _mean(self.depth),
        }

    @cached_property
    def children(self) -> dict[str, float]:
        """The cascades as a branching process: how many children a share has, and what grows.

        `root` is the mean number of children of a root and `later` that of all other shares (nan
        without any); beside them `mean_size`, `share_alone` and `share_ge_100`, as in `summary`.
        The same given that at least one person passed it on, as real cascades are often published,
        is ``given(2).children``.
        """
        parent = self.shares.parent
        count, root = _children(parent), parent < 0
        names = ("mean_size", "share_alone", "share_ge_100")
        return {
            "root": _mean(count[root]),
            "later": _mean(count[~root]),
            **{name: self.summary[name] for name in names},
        }

    def given(self, least: int = 2) -> Cascades:
        """Only the cascades of at least so many shares; 2: those that anybody passed on.

        Raises
        ------
        InputError
            If `least` is no whole number from 1 on.
        """
        kept = self.size >= _whole(least)
        rows = kept[trees(self.shares.parent).tree]
        place = np.append(np.cumsum(rows) - 1, -1)  # the last one is the parent of a root
        parent = place[self.shares.parent[rows]]
        return Cascades(
            self.message[kept],
            self.person[kept],
            self.size[kept],
            self.depth[kept],
            self.breadth[kept],
            self.virality[kept],
            Lineage(
                self.shares.person[rows], parent, self.shares.tick[rows], self.shares.hours[rows]
            ),
            self.ids,
        )

    def tree(self, k: int) -> Tree:
        """Cascade number `k` as a tree; below 0 it is counted from the last.

        Raises
        ------
        InputError
            If there is no such cascade.
        """
        if isinstance(k, bool) or not isinstance(k, int | np.integer):
            raise InputError(
                f"cascade {k!r} is not allowed; give a whole number, from 0 on or from -1 down."
            )
        if not -len(self) <= k < len(self):
            raise InputError(
                f"there is no cascade {k}; there are {len(self)}, counted from 0 on, or from -1 "
                "down, which is the last."
            )
        k = int(k) % len(self)
        order, parent, depth, first = self._by_tree
        mine = slice(first[k], first[k + 1])
        return Tree(
            message=int(self.message[k]),
            person=self.shares.person[order[mine]],
            parent=np.where(parent[mine] < 0, -1, parent[mine] - first[k]),
            depth=depth[mine],
            tick=self.shares.tick[order[mine]],
            hours=self.shares.hours[order[mine]],
            size=int(self.size[k]),
            virality=float(self.virality[k]),
        )

    def to_networkx(self, k: int) -> nx.DiGraph[Any]:
        """Cascade number `k` as a directed graph: an edge u -> v where v had it from u.

        A node is a person by their id, as in `Network.to_networkx`, with `depth`, `tick` and
        `hours`.
        """
        import networkx as nx

        tree = self.tree(k)
        graph: nx.DiGraph[Any] = nx.DiGraph()
        who = self._named(tree.person).tolist()
        for at, person in enumerate(who):
            tick, hours = int(tree.tick[at]), float(tree.hours[at])
            graph.add_node(person, depth=int(tree.depth[at]), tick=tick, hours=hours)
            if tree.parent[at] >= 0:
                graph.add_edge(who[tree.parent[at]], person)
        return graph

    def table(self) -> pd.DataFrame:
        """A row a cascade: message, person (of the root), size, depth, breadth, virality."""
        import pandas as pd

        names = ("message", "person", "size", "depth", "breadth", "virality")
        columns = {name: getattr(self, name) for name in names}
        columns["person"] = self._named(self.person)
        return pd.DataFrame(columns).rename_axis("cascade")

    def nodes(self) -> pd.DataFrame:
        """A row a share, cascade by cascade, and in each generation by generation.

        `cascade` is its number, `parent` the row in this table of whom it was had from (-1 at a
        root), `depth` the steps from the root, `children` how many had it from it, `subtree` the
        shares at or below it, `tick` when it was decided, `hours` when it was posted.
        """
        import pandas as pd

        order, parent, depth, _ = self._by_tree
        found = trees(self.shares.parent).tree[order]
        return pd.DataFrame(
            {
                "cascade": found,
                "message": self.message[found],
                "person": self._named(self.shares.person[order]),
                "parent": parent,
                "depth": depth,
                "children": _children(parent),
                "subtree": subtrees(parent),
                "tick": self.shares.tick[order],
                "hours": self.shares.hours[order],
            }
        ).rename_axis("row")

    @cached_property
    def _by_tree(self) -> tuple[NDArray[np.int64], ...]:
        """The rows tree by tree and hop by hop; their parents and depths; where trees begin."""
        parent = self.shares.parent
        hop, found = hops(parent), trees(parent)
        order = np.lexsort((hop, found.tree))
        place = np.full(parent.size + 1, -1, np.int64)  # as in `given`
        place[order] = np.arange(order.size)
        first = np.concatenate((np.zeros(1, np.int64), np.cumsum(found.size)))
        return order, place[parent[order]], hop[order], first

    def _named(self, rows: NDArray[np.int32]) -> NDArray[Any]:
        return rows if self.ids is None else self.ids[rows]


def measured(
    parent: NDArray[np.int64],
    message: NDArray[np.int32],
    person: NDArray[np.int32],
    tick: NDArray[np.int32],
    ids: NDArray[np.generic] | None = None,
    hours: NDArray[np.float64] | None = None,
) -> Cascades:
    """The cascades of rows: who passed on what and when, and the row of whom they had it from."""
    roots = np.flatnonzero(parent < 0)
    return Cascades(
        message=message[roots],
        person=person[roots],
        size=trees(parent).size,
        depth=depths(parent),
        breadth=breadths(parent),
        virality=virality(parent),
        shares=Lineage(
            person, parent, tick, np.full(parent.size, math.nan) if hours is None else hours
        ),
        ids=ids,
    )


def _whole(least: object) -> int:
    if isinstance(least, bool) or not isinstance(least, int | np.integer) or least < 1:
        raise InputError(
            f"least is {least!r}, but must be a whole number of shares from 1 on; 2 leaves out "
            "those who shared alone."
        )
    return int(least)


def _children(parent: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.bincount(parent[parent >= 0], minlength=parent.size)


def _mean(values: NDArray[Any]) -> float:
    return float(values.mean()) if values.size else math.nan
