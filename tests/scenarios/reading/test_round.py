"""Random networks written in every format and dialect, and read back: the same network."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import random

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordofmouth.sim.network import Network

NAMES = (
    "ann", "Doe, J", "O'Brien", 'the "Rock"', "007", "7", "zoë", "\N{PARTY POPPER}", "a b", "x;y",
    "p|q", "#love", "50%", "NA", "1e3", "-", "2.0", "@bea", "Ünal", "source", "тан", "true", "{x}",
    "C:\\d",
)  # fmt: skip
KINDS = {
    "numbers": [str(k) for k in range(1, 25)],
    "large numbers": [str(10**12 + 17 * k) for k in range(24)],
    "below 0": [str(k) for k in range(-12, 12)],
    "leading zeros": [f"{k:03}" for k in range(24)],
    "words": [f"{a}{b}" for a in "abcd" for b in ("nn", "ob", "ea", "id", "ue", "zy")],
    "anything": list(NAMES),
    "with line breaks": [f"line\n{k}" for k in range(24)],
}
DIALECTS = [(";", False), ("\t", False), (",", False), ("|", False), (" ", False), (",", True)]


@st.composite
def drawn(draw):
    """Draw ties between distinct people, names for them, whether directed, and weights."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    names = draw(st.permutations(KINDS[kind]))
    pairs = st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda t: t[0] != t[1])
    found = draw(st.lists(pairs, min_size=3, max_size=40, unique_by=lambda t: tuple(sorted(t))))
    weight = st.floats(0.0009765625, 1.0, width=32)
    weights = draw(st.none() | st.lists(weight, min_size=len(found), max_size=len(found)))
    ties = [(names[u], names[v]) for u, v in found]
    return kind, ties, draw(st.booleans()), weights


def meant(ties, directed, weights, people=()):
    """The network that these ties are."""
    names = sorted({*people, *(name for tie in ties for name in tie)})
    if all(name.lstrip("-").isdecimal() and str(int(name)) == name for name in names):
        names = sorted(names, key=int)
        ids = np.array([int(name) for name in names])
    else:
        ids = names
    row = {name: k for k, name in enumerate(names)}
    ends = ([row[u] for u, _ in ties], [row[v] for _, v in ties])
    return Network.from_edges(*ends, len(names), directed, weights, ids)


def same(network, expected):
    assert network.ids.tolist() == expected.ids.tolist()
    assert network.directed == expected.directed
    assert network.digest == expected.digest


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("round")


@settings(max_examples=250, deadline=None)
@given(drawn(), st.sampled_from(DIALECTS), st.integers(0, 2**32), st.booleans())
def test_delimited_text(place, network, dialect, luck, headed):
    kind, ties, directed, weights = network
    separator, always = dialect
    rng = random.Random(luck)
    if kind in ("with line breaks", "anything"):
        headed = True  # a mark is a comment, where no line says that this is a table
        separator = separator if kind == "anything" else ","
    names = ["source", "target"] + (["weight"] if weights else [])
    rng.shuffle(names)
    out = io.StringIO()
    end = rng.choice(["\n", "\r\n"])
    quoting = csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting)
    if headed:
        writer.writerow(names)
    else:
        names = ["source", "target", "weight"]
    for k, (u, v) in enumerate(ties):
        cells = {"source": u, "target": v, "weight": repr(weights[k]) if weights else ""}
        writer.writerow([cells[name] for name in names if name != "weight" or weights])
    head = rng.choice(["", f"# made by chance{end}", f"% made{end}{end}"])
    mark = rng.choice(["", "\ufeff"])
    data = (mark + head + out.getvalue()).encode()
    pack = rng.choice([bytes, gzip.compress, bz2.compress, lzma.compress])
    path = place / "ties"
    path.write_bytes(pack(data))
    how = {} if headed else {"source": 1, "target": 2}
    found = Network.from_file(path, directed=directed, **how)
    same(found, meant(ties, directed, weights))


GRAPHS = {
    "graphml": lambda graph, path: nx.write_graphml(graph, path),
    "gexf": lambda graph, path: nx.write_gexf(graph, path),
    "gml": lambda graph, path: nx.write_gml(graph, path),
    "pajek": lambda graph, path: nx.write_pajek(graph, path),
    "node-link": lambda graph, path: path.write_text(json.dumps(nx.node_link_data(graph))),
    "cytoscape": lambda graph, path: path.write_text(json.dumps(nx.cytoscape_data(graph))),
    "edges": lambda graph, path: nx.write_edgelist(graph, path),
    "weighted edges": lambda graph, path: nx.write_weighted_edgelist(graph, path),
    "adjacency": lambda graph, path: nx.write_adjlist(graph, path),
    "multiline adjacency": lambda graph, path: nx.write_multiline_adjlist(graph, path),
}
BLANKS = ("edges", "weighted edges", "adjacency", "multiline adjacency")
SAYS = ("graphml", "gexf", "gml", "pajek", "node-link", "cytoscape")


@settings(max_examples=200, deadline=None)
@given(drawn(), st.sampled_from(sorted(GRAPHS)))
def test_what_networkx_writes(place, network, form):
    kind, ties, directed, weights = network
    if kind in ("anything", "with line breaks") and form in (*BLANKS, "pajek", "gml"):
        return  # their own writers make something else of such names
    if "adjacency" in form or form == "weighted edges":
        weights = [1.0] * len(ties) if form == "weighted edges" else None
    graph = nx.DiGraph() if directed else nx.Graph()
    for k, (u, v) in enumerate(ties):
        graph.add_edge(u, v, **({"weight": weights[k]} if weights else {}))
    if form == "pajek" and weights is None:
        weights = [1.0] * len(ties)  # it writes them
    path = place / f"graph-{form.split()[0]}"
    GRAPHS[form](graph, path)
    how = {} if form in SAYS else {"directed": directed}
    found = Network.from_file(path, **how)
    expected = meant(ties, directed, weights)
    same(found, expected)


@settings(max_examples=60, deadline=None)
@given(drawn(), st.booleans())
def test_matrices(place, network, upper):
    _, ties, directed, weights = network
    row = {name: k + 1 for k, name in enumerate(sorted({n for tie in ties for n in tie}))}
    form = "real" if weights else "pattern"
    kind = "general" if directed else "symmetric"
    banner = f"%%MatrixMarket matrix coordinate {form} {kind}"
    lines = [banner.upper() if upper else banner, "% made", f"{len(row)} {len(row)} {len(ties)}"]
    numbered = [(row[u], row[v]) for u, v in ties]
    if not directed:
        numbered = [(max(t), min(t)) for t in numbered]
    for k, (u, v) in enumerate(numbered):
        lines.append(f"{u} {v} {weights[k]!r}" if weights else f"{u} {v}")
    path = place / "matrix"
    path.write_text("\n".join(lines) + "\n")
    expected = meant([(str(u), str(v)) for u, v in numbered], directed, weights)
    same(Network.from_file(path), expected)


@settings(max_examples=60, deadline=None)
@given(drawn(), st.sampled_from(["parquet", "pandas", "records", "lines", "xlsx"]))
def test_tables(place, network, form):
    import pandas as pd
    import pyarrow.parquet as pq

    _, ties, directed, weights = network
    columns = {"target": [v for _, v in ties], "source": [u for u, _ in ties]}
    columns |= {"weight": weights} if weights else {}
    frame, path = pd.DataFrame(columns), place / "table"
    if form == "pandas":
        found = Network.from_table(frame, directed=directed)
    else:
        if form == "parquet":
            pq.write_table(pa.Table.from_pandas(frame), path)
        elif form == "records":
            path.write_text(frame.to_json(orient="records", double_precision=15))
        elif form == "lines":
            path.write_text(frame.to_json(orient="records", lines=True, double_precision=15))
        else:
            pytest.importorskip("openpyxl")
            frame.to_excel(path.with_suffix(".xlsx"), index=False)
            path = path.with_suffix(".xlsx")
        found = Network.from_file(path, directed=directed)
    same(found, meant(ties, directed, weights))
