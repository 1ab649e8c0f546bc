"""What other tools write, each fault by its smallest input: read as meant, or refused."""

from __future__ import annotations

import io
import json

import networkx as nx
import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network


def arcs(network):
    names = (np.arange(network.n) if network.ids is None else network.ids).tolist()
    tails = np.repeat(np.arange(network.n), network.followers).tolist()
    return [(names[u], names[v]) for u, v in zip(tails, network.indices.tolist(), strict=True)]


def both(*ties):
    return sorted({*ties, *((v, u) for u, v in ties)})


LINE = [(1, 2), (2, 3)]

READ = {
    "Gephi's type, directed": ("Source,Target,Type\n1,2,Directed\n2,3,Directed\n", LINE),
    "undirected": ("Source,Target,Type\n1,2,Undirected\n2,3,Undirected\n", both(*LINE)),
    "mixed": ("Source,Target,Type\n1,2,Directed\n2,3,Undirected\n", [(1, 2), (2, 3), (3, 2)]),
    "all of Gephi's columns": (
        "Source,Target,Type,Id,Label,timeset,Weight\n1,2,Directed,0,,,1.0\n2,3,Directed,1,,,1.0\n",
        LINE,
    ),
    "a type that is something else": ("source,target,type\n1,2,friend\n2,3,aunt\n", both(*LINE)),
    "follower, followee": (
        "follower,followee\nann,bea\nbea,cid\n", [("bea", "ann"), ("cid", "bea")]
    ),
    "user_id, follower_id": ("user_id,follower_id\n1,2\n2,3\n", LINE),
    "sender, receiver": ("sender,receiver\nann,bea\n", [("ann", "bea")]),
    "Vertex 1, Vertex 2": (
        "Vertex 1,Vertex 2\nann,bea\nbea,cid\n", both(("ann", "bea"), ("bea", "cid"))
    ),
    "name1,name2": ("name1,name2\nann,bea\nbea,cid\n", both(("ann", "bea"), ("bea", "cid"))),
    "V1,V2": ("V1,V2\nann,bea\nbea,cid\n", both(("ann", "bea"), ("bea", "cid"))),
    "R's names of rows": ('"V1" "V2"\n"1" 1 2\n"2" 2 3\n', both(*LINE)),
    "pandas' index": (",source,target\n0,1,2\n1,2,3\n", both(*LINE)),
    "marks in a table with names": (
        "source,target\n#love,#peace\n#love,ann\nbob,#peace\n",
        both(("#love", "#peace"), ("#love", "ann"), ("bob", "#peace")),
    ),
    "comments above the names": ("# 2 ties\nsource,target\n#a,b\n", both(("#a", "b"))),
    "a size line": ("4 3\n0 1\n1 2\n2 3\n", both((0, 1), (1, 2), (2, 3))),
    "a size line with weights": ("3 2\n0 1 .5\n1 2 .5\n", both((0, 1), (1, 2))),
    "a size line, from 1": ("3 6\n1 2\n2 3\n2 1\n3 2\n1 3\n3 1\n", both((1, 2), (2, 3), (1, 3))),
    "no matrix": ("5 1 .5\n1 2 .5\n2 5 .5\n", both((1, 2), (1, 5), (2, 5))),
    "no matrix either": ("3 1 2\n1 2 1\n2 3 1\n", both((1, 2), (1, 3), (2, 3))),
    "no size line": ("30 2\n2 1\n1 2\n", both((1, 2), (2, 30))),
    "Matrix Market, one %": (
        "%MatrixMarket matrix coordinate pattern general\n3 3 2\n1 2\n2 3\n", LINE
    ),
    "lower case": (
        "%%matrixmarket matrix coordinate pattern symmetric\n3 3 2\n2 1\n3 2\n", both(*LINE)
    ),
    "networkx, no attributes": ("1 2 {}\n2 3 {}\n", both(*LINE)),
    "networkx, weights": ("1 2 {'weight': 0.5}\n2 3 {'weight': 1.0}\n", both(*LINE)),
    "pandas with gaps": ("source,target\n1,2.0\n2,1.0\n3,1.0\n", both((1, 2), (1, 3))),
    "pandas, some with a point": ("source,target\n1,2.0\n2.0,1\n3,1.0\n", both((1, 2), (1, 3))),
    "rows of empty cells": ("source,target\n1,2\n,\n2,3\n,\n", both(*LINE)),
    "a column without a name": ("1,2,\n2,3,\n", both(*LINE)),
    "single quotes": ("'1','2'\n'2','3'\n", both(*LINE)),
    "an apostrophe": ("O'Brien,ann\nann,D'Arcy\n", both(("O'Brien", "ann"), ("ann", "D'Arcy"))),
    "a line break in quotes": (
        'source,target\n"ann\nlee",bea\nbea,cid\n', both(("ann\nlee", "bea"), ("bea", "cid"))
    ),
    "Excel's own line": ("sep=;\n1;2\n2;3\n", both(*LINE)),
    "bars": ("1|2\n2|3\n", both(*LINE)),
    "UTF-16": ("source\ttarget\n1\t2\n2\t3\n".encode("utf-16"), both(*LINE)),
    "JSON lines": ('{"source": 1, "target": 2}\n{"source": 2, "target": 3}\n', both(*LINE)),
    "JSON records": ('[{"from": 1, "to": 2}, {"from": 2, "to": 3}]', both(*LINE)),
    "JSON pairs": ("[[1, 2], [2, 3]]", both(*LINE)),
    "D3": (
        '{"nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}]}',
        both(("a", "b")),
    ),
    "D3, by place": (
        '{"nodes": [{"name": "a"}, {"name": "b"}], "links": [{"source": 0, "target": 1}]}',
        both(("a", "b")),
    ),
    "Pajek": ('*Vertices 3\n1 "ann"\n2 "bea"\n3 "cid"\n*Arcs\n1 2\n', [("ann", "bea")]),
    "Pajek, lower case": ('*vertices 2\n1 "a b"\n2 "c"\n*edges\n1 2 1.0\n', both(("a b", "c"))),
    "multiline adjacency": ("1 2\n2 {}\n3 {}\n2 0\n3 0\n", both((1, 2), (1, 3))),
    "GML": (
        "graph [ directed 1\nnode [ id 0 label 'ann' ] node [ id 1 label 'bea' ]\n"
        "edge [ source 0 target 1 ] ]\n".replace("'", '"'),
        [("ann", "bea")],
    ),
    "KONECT": ("% asym positive\n% 2 3 3\n1 2 1 1082008561\n2 3 4 1082008562\n", LINE),
    "SNAP": ("# Directed graph: x.txt\n# FromNodeId\tToNodeId\n1\t2\n2\t3\n", LINE),
    "names in a comment": ("# follower followee\n2 1\n3 2\n", LINE),
    "decided by the whole of a sample": (
        "Doe, J\tann\nann\tbea\n", both(("Doe, J", "ann"), ("ann", "bea"))
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_it_is_read_as_it_was_meant(write, name):
    text, expected = READ[name]
    network = Network.from_file(write(text, "data"))
    assert arcs(network) == expected


REFUSED = {
    "a size line or a tie": ("4 3\n1 2\n2 3\n3 1\n", "line 1: '4 3' may be a tie, or say"),
    "a size line or a tie, from 1": ("3 2\n1 2\n2 3\n", "line 1: '3 2' may be a tie, or say"),
    "a size line or a tie, from 0": ("5 3\n0 1\n1 2\n2 3\n", "line 1: '5 3' may be a tie, or"),
    "people with labels": ("id,label,age\n1,Ann,33\n2,Bea,41\n", "looks like a table of people"),
    "people of Gephi": ("Id,Label,timeset\nn0,Ann,\nn1,Bea,\n", "looks like a table of people"),
    "people by numbers": ("id,age\n1,33\n2,41\n", "looks like a table of people"),
    "words that may be names": (
        "alpha,beta\nann,bea\nbea,cid\n", "may be a tie or the names .*--source 1 --target 2"
    ),
    "people and films": ("user,film\n1,2\n2,2\n", "--source NAME --target NAME"),
    "git-lfs": (
        "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n", "git-lfs pointer"
    ),
    "GDF": ("nodedef>name VARCHAR\na\nb\nedgedef>node1 VARCHAR,node2 VARCHAR\na,b\n", "GDF"),
    "TGF": ("1 ann\n2 bea\n#\n1 2\n", "TGF"),
    "LGL": ("# ann\nbea\ncid\n# bea\ncid\n", "LGL"),
    "LGL with weights": ("# ann\nbea 1.0\ncid 2.0\n# bea\ncid 1.0\n", "LGL"),
    "METIS": ("3 2\n2\n1 3\n2\n", "METIS"),
    "DIMACS": ("c a graph\np edge 3 2\ne 1 2\ne 2 3\n", "DIMACS"),
    "UCINET": ("dl n=2\ndata:\n0 1\n1 0\n", "UCINET"),
    "DOT": ("digraph g { a -> b }\n", "DOT"),
    "DOT under a comment": ("/* by igraph */\n\ndigraph {\n 0 -> 1\n}\n", "DOT"),
    "LEDA": ("LEDA.GRAPH\nvoid\nvoid\n-1\n", "LEDA"),
    "a matrix": ("0 1 0 0\n0 0 1 0\n0 0 0 1\n1 0 0 0\n", "a matrix with a column for each of 4"),
    "a small matrix": ("0 1 0\n0 0 1\n1 0 0\n", "a matrix with a column for each of 3 people"),
    "a matrix with names": (",ann,bea\nann,0,1\nbea,1,0\n", "a matrix .* each of 2 people"),
    "a matrix of R": ('"ann" "bea"\n"ann" 0 1\n"bea" 1 0\n', "a matrix .* each of 2 people"),
    "a web page": ("<!DOCTYPE html>\n<html></html>\n", "web page"),
    "other XML": ("<?xml version='1.0'?><svg></svg>\n", "root <svg>"),
    "SQLite": (b"SQLite format 3\0 and so on", "SQLite"),
    "old Excel": (b"\xd0\xcf\x11\xe0", "xls"),
    "times": ("1 2 1082008561\n2 3 1082008562\n", "looks like times .*2004-04-15.*--time 3"),
    "milliseconds": ("1,2,1382008561000\n2,3,1382008562000\n", "looks like times"),
    "neither true nor false": ("# directed = maybe\n1 2\n", "line 1: .* says 'maybe'; directed is"),
    "two sides, KONECT": ("% bip unweighted\n1 1\n1 2\n", "two sides"),
    "two sides, matrix": (
        "%%MatrixMarket matrix coordinate pattern general\n2 3 1\n1 3\n", "not the same people"
    ),
    "two sides, Pajek": ('*Vertices 3 2\n1 "a"\n2 "b"\n3 "x"\n*Edges\n1 3\n', "two-mode"),
    "marks without names": ("#love,#peace\n#love,ann\nbob,#peace\n", "'#love,#peace' .*comment"),
    "a gap": ("source,target\n1,2\n3,\n", "line 3: '3,' names only one person"),
    "a gap below a line break in quotes": ('s"\n', "names|column"),
    "a weight below a line break": (
        'source,target,weight\n"a\nb",c,1\nc,d,x\n', "line 4: 'c,d,x' has the weight 'x'"
    ),
    "a quote left open until the next": (
        'source,target\n"ann,bea\nbea,cid\ncid","dan"\n', 'line 2: .*opens a quote|column'
    ),
    "the same with tabs": (
        'source\ttarget\n"ann\tbea\nbea\tcid\n"dan\teve\n', "quote|column"
    ),
    "an open quote": ('source,target\n"ann,bea\nbea,cid\n', "quote|column"),
    "JSON that ends early": ('{"nodes": [{"id": 1}],\n "links": [{"source":', "JSON|read it"),
    "a JSON line that is none": ('{"source": 1, "target": 2}\n{"source"\n', "line 2: .* not valid"),
    "far more people than ties": (
        "%%MatrixMarket matrix coordinate pattern general\n90000000 90000000 1\n1 2\n",
        "far more than",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_by_its_name(write, name):
    text, words = REFUSED[name]
    path = write(text, "data")
    with pytest.raises(InputError, match=words) as caught:
        Network.from_file(path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert len(str(caught.value)) < 420


def test_people_whom_a_size_line_counts_exist(write):
    network = Network.from_file(write("5 3\n0 1\n1 2\n2 4\n"))
    assert network.ids.tolist() == [0, 1, 2, 3, 4]
    network = Network.from_file(
        write("%%MatrixMarket matrix coordinate pattern general\n4 4 1\n1 2\n")
    )
    assert network.ids.tolist() == [1, 2, 3, 4]


GEXF = """<?xml version="1.0"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed">
<nodes><node id="n0" label="Ann"/><node id="n1" label="Bea"/><node id="n2" label="Cid"/></nodes>
<edges><edge id="0" source="n0" target="n1"/>
<edge id="1" source="n1" target="n2" weight="0.5"/></edges></graph></gexf>"""


def test_gexf_of_gephi(write):
    network = Network.from_file(write(GEXF))
    assert arcs(network) == [("Ann", "Bea"), ("Bea", "Cid")]
    assert network.weights.tolist() == [1.0, 0.5]
    again = Network.from_file(write(GEXF.replace("Cid", "Ann")))
    assert again.ids.tolist() == ["n0", "n1", "n2"]
    assert any("two the same" in text for _, text in again.understood)


def test_graphml_with_a_capital_letter(write):
    graph = nx.DiGraph([(0, 1), (1, 2)])
    nx.set_edge_attributes(graph, 0.25, "Weight")
    text = "\n".join(nx.generate_graphml(graph))
    assert Network.from_file(write(text)).weights.tolist() == [0.25, 0.25]
    kept = Network.from_file(write(text), weight="ignore")
    assert kept.weights is None
    with pytest.raises(InputError, match=r"weight = 'force' is no attribute .*Weight"):
        Network.from_file(write(text), weight="force")


def test_a_heavy_tie_leaves_the_others_as_they_are(write):
    text = "1,2,1\n2,3,1\n3,4,1\n4,5,300\n"
    network = Network.from_file(write(text), directed=True)
    assert network.weights.round(3).tolist() == pytest.approx([0.5, 0.5, 0.5, 0.997], abs=1e-3)
    assert "weight / (weight + 1)" in dict(network.understood)["Weights"]
    given = Network.from_edges([0, 1, 2, 3], [1, 2, 3, 4], weights=[1, 1, 1, 300])
    same = [
        wom.run(wom.load("open_house").replace({"horizon": 5}), network=each).digest
        for each in (given, Network.from_edges([0, 1, 2, 3], [1, 2, 3, 4], weights=network.weights))
    ]
    # Only the digest of the network differs, which is a part of that of the result.
    assert len(set(same)) <= 2


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        (None, [0.5, 0.25]),
        ("closeness", [0.5, 0.25]),
        ("probability", [0.5, 0.25]),
        ("count", [0.5 / 0.875, 0.25 / 0.625]),
        ("ignore", None),
        ("calls=count", [2 / 4, 2 / 4]),
        ("calls", [2 / 4, 2 / 4]),
        ("4=ignore", None),
    ],
)
def test_what_a_weight_means_is_said(write, weight, expected):
    path = write("source,target,weight,calls\n1,2,.5,2\n2,3,.25,2\n")
    network = Network.from_file(path, directed=True, weight=weight)
    found = None if network.weights is None else network.weights.tolist()
    assert found == (None if expected is None else pytest.approx(expected))


def test_a_weight_that_does_not_mean_that_is_refused(write):
    path = write("1 2 3\n2 3 1\n")
    for meaning in ("closeness", "probability"):
        with pytest.raises(InputError, match=f"weight 3 is no {meaning}.*--weight count"):
            Network.from_file(path, weight=meaning)


def test_a_weight_that_is_a_probability_is_one_in_a_campaign(write):
    path = str(write("source,target,weight\n1,2,1\n2,3,1\n3,4,0\n"))
    network = Network.from_file(path, directed=True, weight="probability")
    assert network.meaning == "probability"
    assert "passes it on" in dict(network.understood)["Weights"]
    asked = {"file": path, "directed": True, "weight": "probability"}
    sure = wom.load("cascade").replace({"people.fans": 0.0, "network": asked})
    assert wom.run(sure, seeds=[1]).shares["person"].tolist() == [1, 2, 3]


def test_times_are_named(write):
    path = write("1 2 1082008561\n2 3 1082108562\n")
    network = Network.from_file(path, time=3)
    assert network.weights is None
    assert dict(network.understood)["Times"] == "2004-04-15 to 2004-04-16"
    assert Network.from_file(path, weight="count").weights is not None


def test_what_is_given_again(write):
    path = write("source,target,weight\n1,2,1\n1,2,2\n2,1,3\n2,3,4\n")
    once = Network.from_file(path, directed=True)
    assert (once.arcs, once.duplicates) == (3, 1)
    added = Network.from_file(path, directed=True, repeated="sum", weight="count")
    assert added.weights.tolist() == pytest.approx([3 / 6, 3 / 6, 4 / 7])
    joined = Network.from_file(path, repeated="sum", weight="count")
    assert joined.weights.tolist() == pytest.approx([6 / 11, 6 / 11, 4 / 9, 4 / 9], abs=0.02)
    counted = Network.from_file(write("1 2\n1 2\n2 3\n"), repeated="sum")
    assert counted.weights.tolist() == pytest.approx([2 / 3.5, 2 / 3.5, 1 / 2.5, 1 / 2.5], abs=0.1)
    with pytest.raises(InputError, match="no tie is given twice"):
        Network.from_file(write("1 2\n2 3\n"), repeated="sum")


def test_the_order_of_lines_plays_no_part_in_sums(write):
    rng = np.random.default_rng(1)
    lines = [f"{u} {v} {w!r}" for u, v, w in zip(
        rng.integers(0, 9, 300).tolist(), rng.integers(0, 9, 300).tolist(),
        rng.random(300).tolist(), strict=True)]  # fmt: skip
    first = Network.from_file(write("\n".join(lines)), repeated="sum").digest
    rng.shuffle(lines)
    assert Network.from_file(write("\n".join(lines)), repeated="sum").digest == first


EDGES = {
    "text": "1 2\n2 3\n",
    "graph": "\n".join(nx.generate_graphml(nx.path_graph(3))),
    "matrix": "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n2 1\n3 2\n",
}


@pytest.mark.parametrize("kind", EDGES)
@pytest.mark.parametrize(
    "option",
    [
        {"weight": "count"}, {"weight": "closeness"}, {"weight": "calls"}, {"time": "when"},
        {"time": 3}, {"arrow": "follows"}, {"repeated": "sum"}, {"source": "a", "target": "b"},
    ],
    ids=str,
)  # fmt: skip
def test_an_option_without_effect_is_refused(write, kind, option):
    with pytest.raises(InputError) as caught:
        Network.from_file(write(EDGES[kind]), **option)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "option",
    [
        {"weight": "x=often"}, {"repeated": "twice"}, {"source": "a"}, {"weight": ""},
        {"source": True, "target": 2}, {"arrow": "up"}, {"directed": "yes"},
    ],
    ids=str,
)  # fmt: skip
def test_an_option_that_is_none_is_refused(write, option):
    with pytest.raises(InputError, match=r"not allowed|give target too"):
        Network.from_file(write("1 2\n"), **option)


def test_an_arrow_against_the_names_is_refused(write):
    path = write("follower,followee,x\nann,bea,1\n")
    with pytest.raises(InputError, match=r"say who hears whom already \(follower follows followee"):
        Network.from_file(path, arrow="hears")
    with pytest.raises(InputError, match=r"already \(follower hears followee\)"):
        Network.from_file(path, arrow="follows", source="followee", target="follower")
    for option in [{}, {"source": "follower", "target": "followee"}, {"source": 2, "target": 1}]:
        assert arcs(Network.from_file(path, **option)) == [("bea", "ann")]
    same = Network.from_file(path, arrow="follows", directed=True)
    assert arcs(same) == [("bea", "ann")]
    assert dict(same.understood)["A tie u v"].startswith("u follows v (the columns follower and")


def test_columns_that_are_named_are_source_and_target_as_named(write):
    path = write("Follower,Followee\nann,bea\n")
    named = Network.from_file(path, source="Follower", target="Followee")
    assert dict(named.understood)["Columns"] == "Follower is source; Followee is target"
    assert dict(named.understood)["A tie u v"] == "u follows v (the columns Follower and Followee)"
    assert arcs(named) == [("bea", "ann")]


def test_an_option_against_the_file_is_said(write):
    path = write("# Undirected graph: x\n1 2\n")
    assert dict(Network.from_file(path, directed=True).understood)["Direction"] == (
        "directed (directed = true was asked for, against line 1: # Undirected graph: x)"
    )
    for name in ("graph.txt", "saved.npz"):
        kept = path.with_name(name)
        if name == "saved.npz":
            Network.from_file(path).save(kept)
        else:
            kept.write_text("1 2\n")
        with pytest.raises(InputError, match=r"no direction.* so arrow = hears says nothing"):
            Network.from_file(kept, arrow="hears")


COMMAS = {
    "semicolons": "Ann 0;O'Neil 4;0,77\nO'Neil 4;cid;1\n",
    "names of columns": "source;target;weight\nAnn 0;O'Neil 4;0,77\nO'Neil 4;cid;1\n",
    "tabs": "Ann 0\tO'Neil 4\t0,77\nO'Neil 4\tcid\t1\n",
}


@pytest.mark.parametrize("name", COMMAS)
def test_decimal_commas_of_weights(write, name):
    found = Network.from_file(write(COMMAS[name]))
    pointed = Network.from_file(write(COMMAS[name].replace(",", ".")))
    assert found.digest == pointed.digest
    assert found.weights.max() == 1.0
    assert dict(found.understood)["Decimal commas"].endswith(": 0,77 is 0.77")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a;b;1,234\nb;c;2,500\n", "has the weight '1,234'; write decimals with a point"),
        ("a;b;0.5\nb;c;0,7\n", "has the weight '0,7'; write decimals with a point"),
        ("ann bea 0,77\nbea cid 0,5\n", "mixes blanks and commas; separate .* decimals by a point"),
    ],
)
def test_commas_that_may_be_something_else_are_refused(write, text, words):
    with pytest.raises(InputError, match=words):
        Network.from_file(write(text))


FOLLOWING = {
    "plural": ("Followers,Following\nann,bea\ncid,bea\n", "Followers", "Following", "follows"),
    "a verb": ("user,follows\nann,bea\ncid,bea\n", "user", "follows", "follows"),
    "a verb and numbers": ("user,follows\n1,2\n3,2\n", "user", "follows", "follows"),
    "the other way": ("name,followers\nbea,ann\nbea,cid\n", "name", "followers", "hears"),
}


@pytest.mark.parametrize("name", FOLLOWING)
def test_the_remedy_for_names_that_follow_reads_them_so(write, name):
    text, first, second, arrow = FOLLOWING[name]
    path = write(text)
    how = " --arrow follows" * (arrow == "follows")
    with pytest.raises(
        InputError, match=f"--source '{first}' --target '{second}' --directed{how}\\b"
    ):
        Network.from_file(path)
    found = Network.from_file(path, directed=True, arrow=arrow, source=first, target=second)
    heard = 2 if name == "a verb and numbers" else "bea"
    assert {u for u, _ in arcs(found)} == {heard}
    assert found.directed
    assert found.arcs == 2


def test_a_table_of_people_is_told_where_to_go(write):
    for text in (
        "id,age\nann,3\nbea,4\n",
        "id;trust;content\nann;0,5;x\n",
        "handle,tone,area,team\nann,low,north,red\n",
        "id,team,town\nann,red,north\n",
        "id,team\nann,red\nbea,red\n",
    ):
        with pytest.raises(InputError, match="--people FILE"):
            Network.from_file(write(text))


def test_columns_by_name_and_by_number(write):
    path = write("who,whom,when\nann,bea,1\nbea,cid,2\n")
    assert Network.from_file(path, source="who", target="whom").n == 3
    assert Network.from_file(path, source="whom", target="who", directed=True).ids.tolist() == [
        "ann", "bea", "cid"
    ]  # fmt: skip
    plain = write("alpha,beta\nann,bea\nbea,cid\n")
    assert Network.from_file(plain, source=1, target=2).n == 5
    assert Network.from_file(plain, source="alpha", target="beta").n == 3
    with pytest.raises(InputError, match=r"source = 'gamma' is no column; .*alpha, beta"):
        Network.from_file(plain, source="gamma", target="beta")
    four = write("7 1 2 9\n7 2 3 9\n")
    assert arcs(Network.from_file(four, source=2, target=3)) == both(*LINE)


def test_memory_goes_by_the_file_and_not_by_its_longest_id(write):
    import tracemalloc

    lines = [f"p{k},p{k + 1}" for k in range(20_000)] + [f"{'x' * 1_000_000},p1"]
    path = write("source,target\n" + "\n".join(lines))
    tracemalloc.start()
    network = Network.from_file(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert network.n == 20_002
    assert most < 40_000_000  # 20,000 x a million x 4 bytes would be 80 GB


def test_a_saved_network_keeps_names_and_what_was_understood(write, tmp_path):
    network = Network.from_file(write("source,target\nann,Zoë\nZoë,'\n", "x.csv"))
    network.save(tmp_path / "n.npz")
    again = Network.from_file(tmp_path / "n.npz")
    assert again.ids.tolist() == network.ids.tolist()
    assert again.understood == network.understood
    with pytest.raises(InputError, match="saved network"):
        Network.from_file(tmp_path / "n.npz", weight="count")


def test_tables_and_graphs_from_python():
    import igraph
    import pandas as pd
    import pyarrow as pa

    table = pd.DataFrame({"source": ["a", "b", None], "target": ["b", "c", None]})
    assert arcs(Network.from_table(table)) == both(("a", "b"), ("b", "c"))
    floats = pd.DataFrame({"from": [1.0, 2.0], "to": [2, 3], "weight": [0.5, 1.0]})
    assert arcs(Network.from_table(floats, directed=True)) == LINE
    assert Network.from_table(pa.table({"src": [1], "dst": [2]})).n == 2
    with pytest.raises(InputError, match="table = list"):
        Network.from_table([])
    assert Network.from_edges(["a", "b"], ["b", "c"]).ids.tolist() == ["a", "b", "c"]
    assert Network.from_edges(np.array(["b"]), ["a"], ids=["b", "a", "z"]).n == 3
    with pytest.raises(InputError, match="'b' has a tie and is not among the ids"):
        Network.from_edges(["a"], ["b"], ids=["a"])
    graph = igraph.Graph([(0, 1), (1, 2)], directed=True)
    assert Network.from_igraph(graph).digest == Network.from_edges([0, 1], [1, 2], 3).digest
    graph.vs["name"] = ["ann", "bea", "cid"]
    graph.es["weight"] = [0.5, 1.0]
    named = Network.from_igraph(graph)
    assert (named.ids.tolist(), named.weights.tolist()) == (["ann", "bea", "cid"], [0.5, 1.0])
    with pytest.raises(InputError, match=r"igraph\.Graph"):
        Network.from_igraph(nx.path_graph(2))


def test_workbooks(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["source", "target", "weight"])
    book.active.append([1, 2.0, 0.5])
    book.active.append(["x", 1, 1])
    book.save(tmp_path / "ties.xlsx")
    network = Network.from_file(tmp_path / "ties.xlsx")
    assert arcs(network) == both(("1", "2"), ("1", "x"))
    book = openpyxl.Workbook()
    book.active.title = "Edges"
    for row in ([None, "Visual Properties"], ["Vertex 1", "Vertex 2", "Color"], ["ann", "bea", 1]):
        book.active.append(row)
    book.create_sheet("Vertices").append(["Vertex"])
    book.create_sheet("Misc").append(["Graph Directedness", "Directed"])
    book.save(tmp_path / "nodexl.xlsx")
    assert arcs(Network.from_file(tmp_path / "nodexl.xlsx")) == [("ann", "bea")]
    book["Edges"].append(["ann", None])
    book.save(tmp_path / "gap.xlsx")
    with pytest.raises(InputError, match=r"gap\.xlsx, sheet Edges, line 4: .*only one person"):
        Network.from_file(tmp_path / "gap.xlsx")


def test_standard_input(monkeypatch):
    from wordofmouth.scenarios.reading import content

    content._standard_input.cache_clear()
    piped = io.TextIOWrapper(io.BytesIO(b"1 2\n2 3\n"))
    monkeypatch.setattr("sys.stdin", piped)
    assert arcs(Network.from_file("-")) == both(*LINE)
    assert Network.from_file("-").understood[0] == ("File", "standard input")
    content._standard_input.cache_clear()


def test_packed(tmp_path):
    import bz2
    import lzma
    import tarfile
    import zipfile

    data = b"1 2\n2 3\n"
    (tmp_path / "a").write_bytes(bz2.compress(data))
    (tmp_path / "b").write_bytes(lzma.compress(data))
    with zipfile.ZipFile(tmp_path / "c", "w") as archive:
        archive.writestr("net/readme.html", "<html>")
        archive.writestr("net/ties.mtx", data)
    with tarfile.open(tmp_path / "d", "w:bz2") as tar:
        for name in ("out.x", "meta.x", "README.x"):
            entry = tarfile.TarInfo(f"x/{name}")
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    for name in "abcd":
        assert arcs(Network.from_file(tmp_path / name)) == both(*LINE), name
    with zipfile.ZipFile(tmp_path / "e", "w") as archive:
        archive.writestr("one.csv", data)
        archive.writestr("two.csv", data)
    with pytest.raises(InputError, match=r"an archive of 2 files .*unpack it and name one"):
        Network.from_file(tmp_path / "e")


def test_json_of_networkx(write):
    graph = nx.gnp_random_graph(12, 0.3, seed=1, directed=True)
    expected = Network.from_networkx(graph).digest
    for told in (nx.node_link_data(graph), nx.adjacency_data(graph), nx.cytoscape_data(graph)):
        assert Network.from_file(write(json.dumps(told), "g.json")).digest == expected
