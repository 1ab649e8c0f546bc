"""`Network`: who hears whom, as compressed rows that nothing changes after birth."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..door import door
from ..errors import InputError
from .arrays import check_weights, distinct_ids, exact, frozen, listed, texts_of, whole
from .check import refuse_too_many
from .csr import count_heard, fault, rows_from_ties

if TYPE_CHECKING:
    import networkx as nx

    from ..people import PeopleTable
    from .shape import Shape

Arrow = Literal["hears", "follows"]
# What the weight of an arc is.
Meaning = Literal["closeness", "probability"]

_FAULTS = {
    1: "indptr descends at row {}",
    2: "row {} holds a neighbour outside 0 .. n - 1",
    3: "row {} holds a self-loop",
    4: "row {} does not ascend strictly",
    5: "it says directed=False but some arc has no way back",
}


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """People and the arcs along which they hear each other, u -> v where v hears u.

    Usually made by `from_edges`, `from_file`, `from_networkx` or `generate`. The arrays are
    read-only: int64 `indptr` of length n + 1 and int32 `indices`, row u being
    `indices[indptr[u]:indptr[u + 1]]`, strictly ascending and without u itself. Arrays given to
    the constructor are taken over, not copied, and become read-only.

    Parameters
    ----------
    indptr, indices : arrays
        The compressed rows.
    weights : float32 array of one value an arc, optional
        Closeness of the tie, finite and not negative; or what `meaning` says.
    ids : array of n distinct ints or strings, optional
        What the people were called in the data; None means 0 .. n - 1.
    directed : bool
        False where every arc has its way back.
    self_loops, duplicates : int
        How many ties were dropped on the way in: from a person to itself, or given again.
    understood : pairs of texts
        What was understood of the file or table that it was read from, line by line; empty where
        it was made otherwise. No part of the digest.
    meaning : "closeness" or "probability"
        What the weights are. A probability is the chance that who noticed a post from u passes it
        on: of a campaign it is then the base of sharing over that arc.
    people : PeopleTable, optional
        What a table says of the people: see `with_people`.

    Raises
    ------
    InputError
        Where the arrays are not such rows.

    Examples
    --------
    >>> network = Network.from_edges([0, 0, 1], [1, 2, 2], directed=False)
    >>> network
    Network(n=3, arcs=6, undirected)
    >>> network.followers
    array([2, 2, 2])
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weights: NDArray[np.float32] | None = None
    ids: NDArray[Any] | None = None
    directed: bool = True
    self_loops: int = 0
    duplicates: int = 0
    understood: tuple[tuple[str, str], ...] = ()
    meaning: Meaning = "closeness"
    people: PeopleTable | None = None

    def __post_init__(self) -> None:
        for name, kind in (("indptr", np.int64), ("indices", np.int32), ("weights", np.float32)):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, frozen(exact(given, name, kind)))
        n, arcs = self.indptr.size - 1, self.indices.size
        if n < 0 or self.indptr[0] != 0 or self.indptr[-1] != arcs:
            raise InputError(
                f"network rows are not valid: indptr must run from 0 to {arcs}, the length of "
                "indices; build them with Network.from_edges"
            )
        code, row = fault(self.indptr, self.indices, self.directed)
        if code:
            raise InputError(
                f"network rows are not valid: {_FAULTS[code].format(row)}; build them with "
                "Network.from_edges"
            )
        if self.weights is not None:
            check_weights(self.weights, arcs)
        if self.ids is not None:
            object.__setattr__(self, "ids", frozen(distinct_ids(self.ids, n)))
        if self.meaning != "closeness":
            self._check_meaning()

    def _check_meaning(self) -> None:
        if self.meaning != "probability":
            raise InputError(
                f"meaning = {self.meaning!r} is not allowed; it is 'closeness' or 'probability'"
            )
        if self.weights is None:
            raise InputError("meaning = 'probability' is said of weights; give weights too")
        if (high := float(self.weights.max(initial=0.0))) > 1.0:
            raise InputError(f"the weight {high:g} is no probability, which is 0 to 1; mend it")

    # sizes -----------------------------------------------------------------------------------

    @property
    def n(self) -> int:
        """People."""
        return self.indptr.size - 1

    @property
    def arcs(self) -> int:
        """Directed arcs; an undirected tie counts twice."""
        return self.indices.size

    @cached_property
    def followers(self) -> NDArray[np.int64]:
        """How many hear each person: the out-degree."""
        return frozen(np.diff(self.indptr))

    @cached_property
    def following(self) -> NDArray[np.int32]:
        """How many each person hears: the in-degree."""
        return frozen(count_heard(self.indices, self.n))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over n, `indptr`, `indices` and `weights`, little-endian, in hexadecimal.

        Over what the weights mean, where that is no closeness, and over what is said of the people,
        where there is something.
        """
        total = hashlib.sha256(self.n.to_bytes(8, "little"))
        for values in (self.indptr, self.indices, self.weights):
            if values is not None:
                total.update(values.astype(values.dtype.newbyteorder("<"), copy=False).data)
        if self.meaning != "closeness":
            total.update(self.meaning.encode())
        if self.people is not None:
            total.update(self.people.digest.encode())
        return total.hexdigest()

    @cached_property
    def shape(self) -> Shape:
        """The network in numbers: degrees, reciprocity, clustering, components."""
        from .shape import shape_of

        return shape_of(self)

    def __repr__(self) -> str:
        words = ["directed" if self.directed else "undirected"]
        words += ["weighted"] if self.weights is not None else []
        words += ["with a table of people"] if self.people is not None else []
        return f"Network(n={self.n}, arcs={self.arcs}, {', '.join(words)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, field.name) for field in fields(self))

    # names and rows --------------------------------------------------------------------------

    def row_of(self, identity: int | str) -> int:
        """The row of a person, by the id that the data gave; InputError if there is no such."""
        return int(self.rows_of([identity])[0])

    def rows_of(self, identities: Iterable[int | str]) -> NDArray[np.int64]:
        """The rows of several people, by the ids that the data gave.

        Raises
        ------
        InputError
            Naming the first id that is not in the network.

        Examples
        --------
        >>> ids = ["ann", "bob", "eve"]
        >>> Network.from_edges([0, 1], [1, 2], ids=ids).rows_of(["eve", "ann"])
        array([2, 0])
        """
        wanted = list(identities)
        textual = self.ids is not None and self.ids.dtype.kind == "O"
        for each in wanted:
            right = isinstance(each, str) if textual else isinstance(each, int | np.integer)
            if not right or isinstance(each, bool):
                raise self._stranger(each, textual)
        if not wanted:
            return np.empty(0, np.int64)
        if self.ids is None:
            found = next((each for each in wanted if not 0 <= int(each) < self.n), None)
            if found is not None:
                raise self._stranger(found, textual)
            return np.array(wanted, np.int64)
        order, ordered = self._ordered_ids
        for each in wanted:
            if not textual and not -(2**63) <= int(each) < 2**63:
                raise self._stranger(each, textual)
        needles = texts_of(wanted) if textual else np.array(wanted, np.int64)
        places = np.minimum(np.searchsorted(ordered, needles), max(self.n - 1, 0))
        missing = np.flatnonzero(ordered[places] != needles) if self.n else np.zeros(1, np.int64)
        if missing.size:
            raise self._stranger(wanted[int(missing[0])], textual)
        return order[places]

    @cached_property
    def _ordered_ids(self) -> tuple[NDArray[np.int64], NDArray[Any]]:
        ids = np.arange(self.n) if self.ids is None else self.ids
        order = np.argsort(ids, kind="stable")
        return order, ids[order]

    def _stranger(self, identity: object, textual: bool) -> InputError:
        if self.ids is None:
            remedy = f"ids are the numbers 0 to {self.n - 1}"
        else:
            first = self.ids[:1].tolist()
            remedy = f"ids are {'texts' if textual else 'whole numbers'} such as {first[0]!r}"
        return InputError(f"{identity!r} is not a person of this network of {self.n}; {remedy}")

    # ways in ---------------------------------------------------------------------------------

    @classmethod
    def from_edges(
        cls,
        source: ArrayLike,
        target: ArrayLike,
        n: int | None = None,
        directed: bool = True,
        weights: ArrayLike | None = None,
        ids: ArrayLike | None = None,
        meaning: Meaning = "closeness",
    ) -> Network:
        """A network from arrays of rows: target hears source.

        Self-loops are dropped, and of ties given several times one stays, with the largest
        weight; `self_loops` and `duplicates` say how many. The order of the ties plays no part.

        Parameters
        ----------
        source, target : arrays of equal length
            Whole numbers from 0 to n - 1, or texts: the ids of both ends, which `ids` may list.
        n : int, optional
            People; one more than the largest row, or the number of `ids`, if left out.
        directed : bool
            If False, each hears the other.
        weights : array of one number a tie, optional
        ids : array of n distinct ints or strings, optional
        meaning : "closeness" or "probability"
            What the weights are.

        Raises
        ------
        InputError
            For rows that are not whole numbers or out of range, unequal lengths, weights that
            are negative or not finite, ids that repeat.
        LimitError
            For more than 2,147,483,647 people.

        Examples
        --------
        >>> Network.from_edges(["ann", "bea"], ["bea", "cid"]).ids.tolist()
        ['ann', 'bea', 'cid']
        """
        if _textual(source) or _textual(target):
            source, target, ids = _rows_of_texts(source, target, ids)
        rows = whole(source, "source"), whole(target, "target")
        if rows[0].size != rows[1].size:
            raise InputError(
                f"source has {rows[0].size} rows and target {rows[1].size}; give one each a tie"
            )
        labels = None if ids is None else listed(ids)
        if n is None:
            largest = max((int(each.max()) for each in rows if each.size), default=-1)
            n = largest + 1 if labels is None else labels.size
        refuse_too_many(n)
        if n < 0:
            raise InputError(f"n = {n} is not allowed; it is the number of people, 0 or more")
        for name, each in zip(("source", "target"), rows, strict=True):
            wrong = np.flatnonzero((each < 0) | (each >= n)) if each.size else each
            if wrong.size:
                raise InputError(
                    f"{name}[{wrong[0]}] = {each[wrong[0]]} is not a row of {n} people; "
                    f"rows run from 0 to {n - 1}, give a larger n or the ids' rows"
                )
        closeness = np.empty(0, np.float32)
        if weights is not None:
            closeness = exact(weights, "weights", np.float32)
            check_weights(closeness, rows[0].size)
        made = cls.from_ties(
            rows[0].astype(np.int32), rows[1].astype(np.int32), n, directed, closeness, labels
        )
        return made if meaning == "closeness" else replace(made, meaning=meaning)

    @classmethod
    def from_ties(
        cls,
        source: NDArray[np.int32],
        target: NDArray[np.int32],
        n: int,
        directed: bool,
        weights: NDArray[np.float32] | None = None,
        ids: NDArray[Any] | None = None,
        self_loops: int = 0,
    ) -> Network:
        """The same for arrays known to be valid; `self_loops` are those dropped already."""
        closeness = np.empty(0, np.float32) if weights is None else weights
        indptr, indices, closeness, loops, repeats = rows_from_ties(
            source, target, closeness, n, not directed
        )
        kept = closeness if closeness.size or (weights is not None and weights.size) else None
        duplicates = repeats if directed else repeats // 2
        return cls(indptr, indices, kept, ids, directed, self_loops + loops, duplicates)

    @classmethod
    def from_file(
        cls,
        path: str | PathLike[str],
        directed: bool | None = None,
        arrow: Arrow | None = None,
        *,
        source: str | int | None = None,
        target: str | int | None = None,
        weight: str | int | None = None,
        time: str | int | None = None,
        repeated: Literal["sum", "once"] | None = None,
    ) -> Network:
        """A network from a file of another tool, or one that `save` wrote.

        What a file may be is told in `wordofmouth.scenarios.reading`; what it is, is decided from
        its content. What was understood is `understood`.

        Parameters
        ----------
        path : path
            Packed by gz, bz2, xz or zip or not; ``"-"`` is standard input.
        directed : bool, optional
            What the file says where left out; one that says nothing is undirected.
        arrow : "hears" or "follows", optional
            Whether a directed line `u v` means that v hears u, or that u follows v: what the
            names of columns say where left out, else "hears". Against the names it is refused.
        source, target : name or number (from 1 on) of a column, optional
            Which columns of a table are the ends of a tie, where their names do not say so.
        weight : text, optional
            What a weight means: "closeness" or "probability", 0 to 1 as it stands; "count", how
            often two people meet, which becomes closeness by weight / (weight + median); "ignore".
            Or the column that holds it, or both: "calls=count". A weight of which nothing is said
            is closeness where none is above 1, else a count.
        time : name or number of a column, optional
            Which column holds times, and therefore no weights.
        repeated : "sum" or "once", optional
            Whether the weights of a tie that is given again are added (without weights: counted),
            or one is kept, the heaviest; once where left out.

        Raises
        ------
        InputError
            Naming the file, the line, its text, what is expected and a remedy; or the option that
            would be without effect on this file.
        StorageError
            Where the file exists and cannot be read.
        """
        read = door("network_from_file")
        found: Network = read(
            path, directed=directed, arrow=arrow, source=source, target=target, weight=weight,
            time=time, repeated=repeated,
        )  # fmt: skip
        return found

    @classmethod
    def from_table(
        cls,
        table: Any,
        directed: bool | None = None,
        arrow: Arrow | None = None,
        *,
        source: str | int | None = None,
        target: str | int | None = None,
        weight: str | int | None = None,
        time: str | int | None = None,
        repeated: Literal["sum", "once"] | None = None,
    ) -> Network:
        """A network from a table of ties: a DataFrame of pandas, or a table of pyarrow.

        The names of its columns and everything else are as in a file: see `from_file`.

        Examples
        --------
        >>> import pandas as pd
        >>> followers = pd.DataFrame({"follower": ["ann", "bea"], "followee": ["bea", "cid"]})
        >>> network = Network.from_table(followers)
        >>> network, network.ids.tolist()
        (Network(n=3, arcs=2, directed), ['ann', 'bea', 'cid'])
        """
        read = door("network_from_table")
        found: Network = read(
            table, directed=directed, arrow=arrow, source=source, target=target, weight=weight,
            time=time, repeated=repeated,
        )  # fmt: skip
        return found

    @classmethod
    def from_networkx(cls, graph: nx.Graph[Any]) -> Network:
        """A network from a graph of networkx: an edge u -> v of a DiGraph means that v hears u.

        People are in the order of their ids where these can be sorted, else in the graph's.
        Ids that are neither whole numbers nor texts are kept as texts. The edge attribute
        `weight` is taken if all edges have it.

        Raises
        ------
        InputError
            Where only some edges have a weight, or two ids look the same as text.
        """
        from .exchange import from_networkx

        return from_networkx(graph)

    @classmethod
    def from_igraph(cls, graph: Any) -> Network:
        """A network from a graph of igraph, as `from_networkx` of one of networkx.

        People are called by the attribute `name` of their vertices, or by their numbers.

        Raises
        ------
        InputError
            Where only some edges have a weight, or two vertices have one name.
        """
        from .exchange import from_igraph

        return from_igraph(graph)

    @classmethod
    def generate(
        cls,
        kind: str,
        n: int | None = None,
        *,
        seed: int = 0,
        threads: int = 1,
        **parameters: Any,
    ) -> Network:
        """A network of one of the `KINDS`, the same for the same seed everywhere.

        Parameters
        ----------
        kind : str
            `KINDS` lists the kinds, what they are, their parameters and sources.
        n : int, optional
            People; may be left out where something else fixes it (a tree's depth, degrees).
        seed : int
            0 to 2^64 - 1.
        threads : int
            Over how many threads `social` is spread; the network is the same for any number.
        **parameters
            Those of the kind.

        Raises
        ------
        InputError
            For an unknown kind or parameter, with the nearest name, or a value out of range.
        LimitError
            For more than 2,147,483,647 people.

        Examples
        --------
        >>> Network.generate("preferential_attachment", 1000, m=5)
        Network(n=1000, arcs=9950, undirected)
        """
        from .generate import generate

        return generate(kind, n, seed, parameters, threads)

    def with_people(self, table: Any) -> Network:
        """The same network with a table of its people, a row each.

        Of the columns `id` says who it is. `role`, `trust`, `bond`, `activity`, `susceptibility`,
        `interest`, `affinity`, `channels`, `cost` (of seeding), `label` and `segment` say what they
        bring, where they are there and where a cell is not empty; other columns are kept, for
        `Result.breakdown`. Who is not in the network is added, without ties.

        Parameters
        ----------
        table : path, DataFrame of pandas or table of pyarrow
            A file may be delimited text, Parquet, a workbook, or a graph of which the nodes have
            attributes (GraphML, GEXF).

        Raises
        ------
        InputError
            Naming the table, its row, what stands there and what is allowed.

        Examples
        --------
        >>> import pandas as pd
        >>> network = Network.from_edges(["ann", "bea"], ["bea", "cid"])
        >>> people = pd.DataFrame({"id": ["bea", "dan"], "trust": [0.9, None], "age": [41, 35]})
        >>> known = network.with_people(people)
        >>> known.ids.tolist(), known.people.numbers["trust"].tolist()
        (['ann', 'bea', 'cid', 'dan'], [nan, 0.9, nan, nan])
        """
        found: Network = door("with_people")(self, table)
        return found

    # ways out --------------------------------------------------------------------------------

    def to_networkx(self) -> nx.Graph[Any]:
        """A Graph, or a DiGraph if directed, with ids as nodes and weights as `weight`."""
        from .exchange import to_networkx

        return to_networkx(self)

    def save(self, path: str | PathLike[str]) -> None:
        """Write to a `.npz` file, aside first and then under its name, so that none is half done.

        Raises
        ------
        InputError
            For another suffix.
        StorageError
            Where the file cannot be written.
        """
        door("save_network")(self, path)


def _textual(ends: ArrayLike) -> bool:
    """Whether the ends of ties are given by name: looked at by its first value."""
    given = ends if isinstance(ends, np.ndarray) else list(ends)[:1]  # type: ignore[arg-type]
    return len(given) > 0 and isinstance(given[0], str)


def _rows_of_texts(
    source: ArrayLike, target: ArrayLike, ids: ArrayLike | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], ArrayLike]:
    """Ends that are given by name as rows, and whom the rows are of: in the order of the names."""
    ends = listed(source).tolist(), listed(target).tolist()
    names = sorted({*ends[0], *ends[1]}) if ids is None else listed(ids).tolist()
    row = {name: place for place, name in enumerate(names)}
    strange = next((name for each in ends for name in each if name not in row), None)
    if strange is not None:
        raise InputError(f"{strange!r} has a tie and is not among the ids; list everybody")
    rows = [np.array([row[name] for name in each], np.int64) for each in ends]
    return rows[0], rows[1], names
