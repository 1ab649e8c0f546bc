"""To and from networkx."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .arrays import texts_of
from .network import Network

if TYPE_CHECKING:
    import networkx as nx


def from_networkx(graph: nx.Graph[Any]) -> Network:
    """See `Network.from_networkx`."""
    nodes: list[Any] = list(graph)
    with suppress(TypeError):  # ids of several types: the graph's own order
        nodes.sort()
    row = {node: place for place, node in enumerate(nodes)}
    source, target, weights = [], [], []
    for u, v, attributes in graph.edges(data=True):
        source.append(row[u])
        target.append(row[v])
        if "weight" in attributes:
            weights.append(_weight(u, v, attributes["weight"]))
    if weights and len(weights) != len(source):
        raise InputError(
            f"{len(weights)} of {len(source)} edges of the graph have a weight; "
            "give a weight to every edge or to none"
        )
    return Network.from_edges(
        np.array(source, np.int64),
        np.array(target, np.int64),
        len(nodes),
        graph.is_directed(),
        np.array(weights, np.float64) if weights else None,
        label(nodes),
    )


def from_igraph(graph: Any) -> Network:
    """See `Network.from_igraph`."""
    if not all(hasattr(graph, name) for name in ("vcount", "get_edgelist", "es", "vs")):
        raise InputError(f"graph = {type(graph).__name__} is not allowed; give an igraph.Graph")
    names = graph.vs["name"] if "name" in graph.vs.attributes() else None
    weights = graph.es["weight"] if "weight" in graph.es.attributes() else None
    edges = np.array(graph.get_edgelist(), np.int64).reshape(-1, 2)
    if weights is not None and None in weights:
        have = sum(weight is not None for weight in weights)
        raise InputError(
            f"{have} of {len(weights)} edges of the graph have a weight; "
            "give a weight to every edge or to none"
        )
    return Network.from_edges(
        edges[:, 0], edges[:, 1], graph.vcount(), graph.is_directed(), weights,
        None if names is None else label(names),
    )  # fmt: skip


def to_networkx(network: Network) -> nx.Graph[Any]:
    """See `Network.to_networkx`."""
    import networkx as nx

    graph: nx.Graph[Any] = nx.DiGraph() if network.directed else nx.Graph()
    names = (np.arange(network.n) if network.ids is None else network.ids).tolist()
    graph.add_nodes_from(names)
    source = np.repeat(np.arange(network.n), network.followers)
    wanted = slice(None) if network.directed else source < network.indices
    ends = (
        [names[row] for row in source[wanted].tolist()],
        [names[row] for row in network.indices[wanted].tolist()],
    )
    if network.weights is None:
        graph.add_edges_from(zip(*ends, strict=True))
    else:
        weights = network.weights[wanted].tolist()
        graph.add_weighted_edges_from(zip(*ends, weights, strict=True))
    return graph


def label(nodes: list[Any]) -> NDArray[Any] | None:
    """Ids of one type: whole numbers, or texts of whatever they are; None for 0 .. n - 1."""
    if all(isinstance(node, int | np.integer) and not isinstance(node, bool) for node in nodes):
        if nodes == list(range(len(nodes))):
            return None
        if all(-(2**63) <= node < 2**63 for node in nodes):
            return np.array(nodes, np.int64)
    texts = [str(node) for node in nodes]
    if len(set(texts)) != len(texts):
        seen: set[str] = set()
        twice = next(text for text in texts if text in seen or seen.add(text))  # type: ignore[func-returns-value]
        raise InputError(f"two nodes of the graph are both called {twice!r}; rename one of them")
    return texts_of(texts)


def _weight(u: object, v: object, weight: object) -> float:
    if isinstance(weight, bool) or not isinstance(weight, int | float | np.number):
        raise InputError(f"the weight {weight!r} of edge {u!r} - {v!r} is not a number; mend it")
    return float(weight)
