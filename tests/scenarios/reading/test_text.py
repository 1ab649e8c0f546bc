"""Edge lists of every shape that archives ship, and a sentence for every way to be malformed."""

from __future__ import annotations

import gzip
import os
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordofmouth.sim.errors import InputError, StorageError
from wordofmouth.sim.network import Network, clustering


def arcs(network):
    names = (np.arange(network.n) if network.ids is None else network.ids).tolist()
    tails = np.repeat(np.arange(network.n), network.followers).tolist()
    return [(names[u], names[v]) for u, v in zip(tails, network.indices.tolist(), strict=True)]


PATH = [(1, 2), (2, 1), (2, 30), (30, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "1 2\n2 30\n",
        "1 2\n2 30",
        "1\t2\n2\t30\n",
        "1,2\n2,30\n",
        "1, 2\n2 ,30\n",
        "1;2\n2;30\n",
        "  1   2  \r\n2 \t 30\r\n",
        "1 2\r\r\n2 30\r\r\n",
        "1 2\r2 30\r",
        "\n\n1 2\n\n2 30\n\n",
        "# a comment\n% another\n1 2\n# between\n2 30\n",
        "# FromNodeId\tToNodeId\n1\t2\n2\t30\n",
        "source,target\n1,2\n2,30\n",
        "Source\tTarget\n1\t2\n2\t30\n",
        '"source","target"\n"1","2"\n"2","30"\n',
        "idA idB\n1 2\n2 30\n",
        "source,target,timestamp\n1,2,1082040961\n2,30,x\n",
        "timestamp,target,source\n9,1,2\n9,2,30\n",
        "knower,known,when,where\n1,2,9,here\n2,30,9,there\n",
        "30 2\n2 1\n1 2\n",
        "1 2\n2 30\n5 5\n",
        "\ufeff1 2\n2 30\n",
        "# “quoted” in UTF-8\n1 2\n2 30\n",
    ],
)
def test_the_same_network_however_it_is_written(write, text):
    network = Network.from_file(write(text))
    assert arcs(network) == PATH
    assert network.ids.dtype == np.int64
    assert not network.directed
    assert network.weights is None


@pytest.mark.parametrize("name", ["e.txt.gz", "e.csv.gz", "e.edges"])
def test_compressed_files_are_known_by_content(write, name):
    assert arcs(Network.from_file(write(gzip.compress(b"1 2\n2 30\n", mtime=0), name))) == PATH


@pytest.mark.parametrize(
    ("text", "directed"),
    [
        ("1 2\n", False),
        ("# Directed graph (each unordered pair of nodes is saved once): x.txt\n1 2\n", True),
        ("# Directed graph: x.txt\n# Nodes: 2 Edges: 1\n1 2\n", True),
        ("# Undirected graph: x.txt\n1 2\n", False),
        ("# directed = true\n1 2\n", True),
        ("% directed: yes\n1 2\n", True),
        ("# directed = false\n1 2\n", False),
        ("% asym unweighted\n1 2\n", True),
        ("% sym unweighted\n1 2\n", False),
        ("# not a word on directed graphs\n1 2\n", False),
        ("1 2\n# Directed graph\n", False),
    ],
)
def test_what_the_header_says_of_directions(write, text, directed):
    path = write(text)
    assert Network.from_file(path).directed is directed
    assert Network.from_file(path, directed=not directed).directed is not directed


def test_which_way_the_arrow_points(write):
    path = write("7 8\n")
    assert arcs(Network.from_file(path, directed=True)) == [(7, 8)]
    assert arcs(Network.from_file(path, directed=True, arrow="follows")) == [(8, 7)]
    with pytest.raises(InputError, match=r"no direction .*, so arrow = follows says nothing"):
        Network.from_file(path, arrow="follows")
    with pytest.raises(InputError, match='"hears" or "follows"'):
        Network.from_file(path, arrow="up")
    with pytest.raises(InputError, match="True, False or None"):
        Network.from_file(path, directed="yes")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("b a\nc b\n", ["a", "b", "c"]),
        ("10 9\n9 x\n", ["10", "9", "x"]),
        ("007 8\n8 9\n", ["007", "8", "9"]),
        ("10 9\n9 -1\n", [-1, 9, 10]),
        ("9223372036854775807 0\n", [0, 9223372036854775807]),
        ("9223372036854775808 0\n", ["0", "9223372036854775808"]),
        ('"Doe, J",ann\n', ["Doe, J", "ann"]),
        ("Doe, J\tann lee\n", ["Doe, J", "ann lee"]),
        ("source target\nu v\n", ["u", "v"]),
        ("u v\nv w\n", ["u", "v", "w"]),
        ("node1 node2\nnode2 node3\n", ["node1", "node2", "node3"]),
        ("ü é\n", ["é", "ü"]),
        ("5000000000 1\n1 9000000000\n", [1, 5000000000, 9000000000]),
        ("a b 1\nb c 2\n", ["a", "b", "c"]),
    ],
)
def test_ids_are_kept_and_sorted(write, text, ids):
    network = Network.from_file(write(text))
    assert network.ids.tolist() == ids


@pytest.mark.parametrize("text", ["d b\nc d\nb a\n", "d b\nc d\nb 1\n", "40 20\n30 40\n20 10\n"])
def test_whoever_is_tied_stays_tied_however_names_are_filed(write, text):
    """Names come in another order than they are filed in, so that their rows change places."""
    ties = [tuple(line.split()) for line in text.splitlines()]
    found = arcs(Network.from_file(write(text), directed=True))
    assert [(str(u), str(v)) for u, v in found] == sorted(ties)


@pytest.mark.parametrize(
    "text",
    [
        "1 2 0.5\n2 3 .25\n",
        "1,2,0.5\n2,3,25e-2\n",
        "1;2;0.500\n2;3;0.25000000000000000000001\n",
        "source target weight\n1 2 0.5\n2 3 0.25\n",
        "target,when,weight,source\n1,x,0.5,2\n2,y,0.25,3\n",
        "a,b,closeness\n1,2,0.5\n2,3,0.25\n",
        "1 2 0.5\n2 3 0.25\n3 2 0.125\n9 9 7\n",
        '"1","2","0.5"\n"2","3","0.25"\n',
        "1 2 +0.5\n2 3 +.25\n",
    ],
)
def test_weights(write, text):
    network = Network.from_file(write(text))
    assert network.weights.dtype == np.float32
    assert network.weights.tolist() == [0.5, 0.5, 0.25, 0.25]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_weights_are_read_as_python_reads_them(tmp_path_factory, weights):
    path = tmp_path_factory.mktemp("w") / "w.txt"
    path.write_text("".join(f"0 {k + 1} {weight!r}\n" for k, weight in enumerate(weights)))
    network = Network.from_file(path, directed=True)
    assert network.weights.tolist() == np.array(weights).astype(np.float32).tolist()


def test_shuffled_lines_and_texts_change_nothing(write):
    ties = [(u, v) for u, v in nx.gnp_random_graph(60, 0.1, seed=2).edges]
    network = Network.from_file(write("".join(f"{u} {v}\n" for u, v in ties)))
    random.Random(4).shuffle(ties)
    again = Network.from_file(write("".join(f"{v},{u}\n" for u, v in ties), "b.csv"))
    assert again.digest == network.digest
    assert network.n == 60
    texts = Network.from_file(write("".join(f"p{v:02} p{u:02}\n" for u, v in ties), "c.txt"))
    assert texts.digest == network.digest


def test_what_was_dropped_is_told(write):
    network = Network.from_file(write("1 1\n1 2\n2 1\n1 2\n3 3\n"))
    assert (network.n, network.arcs, network.self_loops, network.duplicates) == (2, 2, 2, 2)
    network = Network.from_file(write("a a\na b\nb a\n"))
    assert (network.n, network.arcs, network.self_loops, network.duplicates) == (2, 2, 1, 1)


# malformed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", r"edges\.txt: the file is empty; give ties"),
        ("# nothing\n\n", "the file is empty"),
        ("source,target\n", "holds no tie"),
        ("1 1\n", "holds no tie between two different people"),
        ("# c\n1 2\n3\n", r"edges\.txt, line 3: '3' has 1 column; a line is 'u v' or 'u v weight'"),
        ("3\n", "line 1: '3' has 1 column; a line is"),
        ("1,2\n3,\n", "line 2: '3,' names only one person"),
        ("1 2\n3 4 5\n", r"line 2: '3 4 5' has 3 columns; the lines before have 2"),
        ("1 2 3\n3 4\n", "line 2: '3 4' has 2 columns; the lines before have 3"),
        ("1 2 3 4\n", "line 1: '1 2 3 4' has 4 columns; name them in a first line"),
        ("a b c d\ne f g h\n", "line 1: 'a b c d' has 4 columns; name them"),
        ("source,target,when\n1,2\n", "line 2: '1,2' has 2 columns; line 1 names 3"),
        ("1 2 0.5\n2 3 nan\n", "line 2: '2 3 nan' has the weight 'nan'; weights are finite"),
        ("1 2 0.5\n2 3 inf\n", "line 2: .* has the weight 'inf'"),
        ("1 2 -1\n", "line 1: .* has the weight '-1'"),
        ("1 2 1e99\n", "line 1: .* has the weight '1e99'"),
        ("1 2 " + "9" * 60 + "\n", "line 1: .* has the weight"),
        ("1 2 high\n", "line 1: .* has the weight 'high'"),
        ("1;2;1,500\n", "has the weight '1,500'"),
        ("1 2 0,5\n", "mixes blanks and commas"),
        (b"1 2\n2 \xff\n", "line 2: .* is not UTF-8; save the file as UTF-8 .in Excel: CSV UTF-8"),
        (b"\xff\xfe1", "no whole UTF-16; save the file as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "line 2: .* is not text"),
        (b"1 2\n3 \x004\n", "line 2: .* is not text"),
        (b"\x1f\x8bdamaged", "damaged or end early"),
        (gzip.compress(b"1 2\n" * 99, mtime=0)[:-9], "damaged or end early"),
        ("%%MatrixMarket matrix\n3 3 1\n1 2\n", "Matrix Market"),
    ],
)
def test_malformed_files_are_refused_with_a_sentence(write, text, words):
    with pytest.raises(InputError, match=words) as caught:
        Network.from_file(write(text))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_missing_files_and_folders(tmp_path, write):
    write("1 2\n", "friends.txt")
    with pytest.raises(InputError, match=r"no such file; did you mean 'friends\.txt'"):
        Network.from_file(tmp_path / "freinds.txt")
    with pytest.raises(InputError, match="check the spelling"):
        Network.from_file(tmp_path / "nowhere" / "x.txt")
    with pytest.raises(InputError, match="this is a folder"):
        Network.from_file(tmp_path)


def test_unreadable_files_are_a_matter_of_storage(tmp_path, monkeypatch, write):
    def refuse(_):
        raise PermissionError(13, os.strerror(13))

    path = write("1 2\n")
    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(StorageError, match="cannot be read"):
        Network.from_file(path)


# GraphML and GEXF --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
@pytest.mark.parametrize("directed", [False, True])
def test_xml_formats(tmp_path, suffix, directed):
    graph = nx.gnp_random_graph(12, 0.3, seed=1, directed=directed)
    nx.set_edge_attributes(graph, 0.5, "weight")
    path = tmp_path / f"g.{suffix}"
    getattr(nx, f"write_{suffix}")(graph, path)
    network = Network.from_file(path)
    assert network.digest == Network.from_networkx(graph).digest
    assert network.directed is directed
    packed = tmp_path / f"h.{suffix}.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert Network.from_file(packed).digest == network.digest
    if directed:
        followed = Network.from_file(path, arrow="follows")
        assert followed.digest == Network.from_networkx(graph.reverse()).digest
        both = Network.from_file(path, directed=False)
        assert both.digest == Network.from_networkx(graph.to_undirected()).digest
    else:
        with pytest.raises(InputError, match=r"no direction"):
            Network.from_file(path, directed=True)


def test_damaged_xml(write):
    with pytest.raises(InputError, match=r"x\.graphml, line 1: the file is not valid XML"):
        Network.from_file(write("<graphml", "x.graphml"))
    with pytest.raises(InputError, match=r"x\.graphml: this is a web page"):
        Network.from_file(write("<html></html>", "x.graphml"))
    with pytest.raises(InputError, match=r"x\.txt: networkx cannot read it"):
        Network.from_file(write("<gexf></gexf>", "x.txt"))


# real networks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "directed", "n", "arcs", "clustered"),
    [
        ("ego-facebook.txt", None, 4_039, 176_468, 0.6055),
        ("email-eu-core.txt", True, 986, 24_929, 0.407),
        ("stackexchange-christianity/edges.txt", True, 2_897, 35_624, None),
    ],
)
def test_real_networks(shared, name, directed, n, arcs, clustered):
    network = Network.from_file(shared(name), directed)
    assert (network.n, network.arcs) == (n, arcs)
    if clustered is not None:
        assert clustering(network) == pytest.approx(clustered, abs=5e-4)
