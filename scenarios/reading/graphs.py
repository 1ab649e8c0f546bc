"""Graphs as networkx reads them, and graphs of networkx and igraph in Python, as ties."""

from __future__ import annotations

import io
import json
import math
import re
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

import numpy as np

from ...sim.border import border
from ...sim.errors import InputError
from .asked import Asked, Place
from .complaints import brief, foreign
from .pajek import pajek
from .says import FALSE, TRUE, says_directed
from .ties import Ties, texts
from .vocabulary import COUNTS, WEIGHTS, plain

if TYPE_CHECKING:
    import networkx as nx

_LABELS: Final = ("label", "name", "labels")
# Where a weight of 1 may be left out.
_ONE_LEFT_OUT: Final = ("GEXF", "Pajek")
_GEXF: Final = re.compile(rb"https?://(?:www\.)?gexf\.net/1\.[0-9]+(?:draft)?(?=[\"'])")
_OURS: Final = b"http://www.gexf.net/1.2draft"
# What a node has for being drawn or called, and not for who it is.
_DRAWN: Final = (
    "label", "labels", "name", "id", "viz", "x", "y", "z", "size", "color", "shape", "bipartite",
)  # fmt: skip
_DICT: Final = ("networkx edge list", "multiline adjacency list", "adjacency list")


def read_graph(title: str, form: str, data: bytes, asked: Asked) -> Ties:
    """The ties of a file that networkx reads.

    Raises
    ------
    InputError
        If networkx cannot read it.
    """
    return ties_of_graph(title, form, *parsed(title, form, data, asked), asked)


def parsed(title: str, form: str, data: bytes, asked: Asked) -> tuple[Any, bool | None, str]:
    """A file as networkx reads it: the graph, whether it has directions, and who says so."""
    fault = f"networkx cannot read it as {form}"
    with border(title, fault=fault, remedy="export it again"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what networkx would do otherwise some day
        try:
            return _read(title, form, data, asked)
        except ParseError as problem:
            raise InputError(
                f"{title}, line {problem.position[0]}: the file is not valid XML; export it again "
                f"as {form}"
            ) from problem
        except UnicodeDecodeError as problem:
            raise InputError(f"{title}: the text is not UTF-8; save the file as UTF-8") from problem


def _read(title: str, form: str, data: bytes, asked: Asked) -> tuple[Any, bool | None, str]:
    import networkx as nx

    graph: Any
    if form == "GraphML":
        graph = nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    elif form == "GEXF":
        graph = nx.read_gexf(io.BytesIO(_GEXF.sub(_OURS, data)))
    elif form == "GML":
        graph = nx.parse_gml(data.decode("utf-8").split("\n"), label="id")
    elif form == "Pajek":
        lines, labels = pajek(title, data.decode("utf-8"))
        graph = nx.parse_pajek(lines)
        nx.set_node_attributes(graph, labels, "label")
    elif form == "JSON":
        return _json(title, data)
    else:
        return _by_lines(title, form, data.decode("utf-8"), asked)
    return graph, graph.is_directed(), f"the {form} says so"


def _by_lines(title: str, form: str, text: str, asked: Asked) -> tuple[Any, bool | None, str]:
    import networkx as nx

    lines = text.splitlines()
    head = [(k, line) for k, line in enumerate(lines, 1) if line.lstrip()[:1] in ("#", "%")]
    directed, said = says_directed(title, head)
    wanted = directed if asked.directed is None else asked.directed
    ties = [line for line in lines if line.strip() and line.lstrip()[:1] not in ("#", "%")]
    kind: Any = nx.DiGraph if wanted else nx.Graph
    if form == _DICT[0]:
        kind = nx.MultiDiGraph if wanted else nx.MultiGraph
        separator = "," if all("," in line.split("{")[0] for line in ties) else None
        return nx.parse_edgelist(ties, create_using=kind, delimiter=separator), directed, said
    parse: Any = nx.parse_multiline_adjlist if form == _DICT[1] else nx.parse_adjlist
    return parse(iter(ties), create_using=kind), directed, said


def _json(title: str, data: bytes) -> tuple[Any, bool | None, str]:
    import networkx as nx

    told = json.loads(data)
    for name in {"directed", "multigraph"} & told.keys():
        word = str(told[name]).strip().lower()
        if word not in (*TRUE, *FALSE):
            raise InputError(
                f"{title}: {name} = {brief(word)!r} is neither true nor false; mend it"
            )
        told[name] = word in TRUE
    said: bool | None = told.get("directed")
    who = "" if said is None else "the JSON says so"
    if "adjacency" in told:
        return nx.adjacency_graph(told), said, who
    if "elements" in told:
        return nx.cytoscape_graph(told), said, who
    ties = "links" if "links" in told else "edges"
    return nx.node_link_graph(told, edges=ties), said, who


def ties_of_graph(
    title: str, form: str, graph: nx.Graph[Any], directed: bool | None, said: str, asked: Asked
) -> Ties:
    """The ties of a graph of networkx."""
    edges = [(u, v, attributes) for u, v, attributes in graph.edges(data=True)]
    if asked.source is not None:
        raise InputError(
            f"{title}: source = {asked.source!r} names a column of a table, and {form} has none; "
            "leave it out"
        )
    if not (directed is None and form in _DICT) and asked.directed and not graph.is_directed():
        raise InputError(
            f"{title}: the file says that its ties have no direction; leave directed=True out"
        )
    nodes = list(graph)
    if any(attributes.get("bipartite") not in (None, 0, "0") for _, attributes in _of(graph)):
        raise foreign(
            title, "a network with two sides (bipartite)", "give one of ties between people"
        )
    names, told = names_of(graph, nodes)
    key = _attribute(title, (each for _, _, each in edges), "weight", asked.weight_column)
    column, weight = key or "", None
    if key is not None and asked.meaning != "ignore":
        found = [attributes.get(key) for _, _, attributes in edges]
        weight = np.array([_weight(title, form, found, k, edges) for k in range(len(edges))])
    elif key is not None:
        column = f"{key} (not read)"
    notes = [("People are called", told)] if told else []
    if said_of := attributes_of(graph):
        shown = brief(", ".join(said_of))
        notes.append(("Attributes of people", f"{shown} (not read; --people takes up a table)"))
    if asked.time is not None:
        times = _attribute(title, (each for _, _, each in edges), "time", asked.time, sure=True)
        notes.append(("Times", f"the attribute {times}, not read as a weight"))
    return Ties(
        title,
        form,
        texts([names[u] for u, _, _ in edges]),
        texts([names[v] for _, v, _ in edges]),
        directed,
        said,
        weight,
        column,
        "count" if key is not None and plain(key) in COUNTS else None,
        people=texts([names[node] for node in nodes]),
        notes=notes,
    )


def _of(graph: nx.Graph[Any]) -> Iterable[tuple[Any, dict[str, Any]]]:
    return graph.nodes(data=True)


def attributes_of(graph: nx.Graph[Any]) -> list[str]:
    """The attributes of nodes that say something of people, in order."""
    keys = {
        str(key)
        for _, attributes in _of(graph)
        for key, value in attributes.items()
        if not isinstance(value, dict | list) and plain(str(key)) not in _DRAWN
    }
    return sorted(keys)


def names_of(graph: nx.Graph[Any], nodes: list[Any]) -> tuple[dict[Any, str], str]:
    """What people are called: by their labels where each has one of its own, else by their ids."""
    own = {node: str(node) for node in nodes}
    keys = {key for _, attributes in _of(graph) for key in attributes}
    key = next(
        (k for name in _LABELS for k in sorted(keys, key=str) if plain(str(k)) == name), None
    )
    if key is None:
        return own, ""
    labels = {node: str(attributes.get(key, "")).strip() for node, attributes in _of(graph)}
    if "" in labels.values() or len(set(labels.values())) < len(labels):
        return own, f"by their ids: the attribute {key} is not given to all, or to two the same"
    return labels, f"by the attribute {key}" if labels != own else ""


def _attribute(
    title: str,
    edges: Iterable[dict[str, Any]],
    what: str,
    named: Place | None,
    *,
    sure: bool = False,
) -> str | None:
    """The attribute of ties that is meant."""
    keys = sorted({str(key) for attributes in edges for key in attributes})
    if named is None and not sure:
        return next((key for key in keys if plain(key) in (*WEIGHTS, *COUNTS)), None)
    if str(named) in keys:
        return str(named)
    raise InputError(
        f"{title}: {what} = {named!r} is no attribute of its ties; they have "
        f"{brief(', '.join(keys)) or 'none'}"
    )


def _weight(title: str, form: str, found: list[Any], k: int, edges: list[Any]) -> float:
    """The weight of tie k, or the complaint about it."""
    value, (u, v, _) = found[k], edges[k]
    if value is None:
        if form in _ONE_LEFT_OUT:
            return 1.0
        have = sum(each is not None for each in found)
        raise InputError(
            f"{title}: {have:,} of {len(found):,} ties have a weight; give one to each or to none"
        )
    try:
        weight = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        weight = math.nan
    if not 0.0 <= weight <= 3.4e38:
        raise InputError(
            f"{title}: the tie {u!r} - {v!r} has the weight {value!r}; weights are finite and not "
            "negative"
        )
    return weight
