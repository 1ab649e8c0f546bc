"""Compressed rows against a plain construction, names, immutability and the saved file."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import pickle
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordofmouth.sim.errors import InputError, LimitError, StorageError
from wordofmouth.sim.network import Network, clustering, transitivity
from wordofmouth.sim.network.csr import fault

PEOPLE = 12
TIES = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1), st.floats(0, 100, width=32)),
    max_size=60,
)


def plain(ties, directed):
    """The same network as a dictionary of arcs."""
    arcs: dict[tuple[int, int], float] = {}
    for u, v, weight in ties:
        if u != v:
            for arc in [(u, v)] if directed else [(u, v), (v, u)]:
                arcs[arc] = max(weight, arcs.get(arc, 0.0))
    return arcs


def columns(ties):
    source, target, weights = ([tie[place] for tie in ties] for place in range(3))
    return source, target, weights


@settings(deadline=None, max_examples=150)
@given(TIES, st.booleans(), st.randoms(use_true_random=False))
def test_rows_equal_a_plain_construction_in_any_order(ties, directed, random):
    source, target, weights = columns(ties)
    network = Network.from_edges(source, target, PEOPLE, directed, weights)
    expected = plain(ties, directed)
    pairs = sorted(expected)
    assert network.arcs == len(pairs)
    tails = np.repeat(np.arange(PEOPLE), network.followers)
    assert list(zip(tails.tolist(), network.indices.tolist(), strict=True)) == pairs
    if ties:
        assert network.weights is not None
        assert network.weights.tolist() == [expected[pair] for pair in pairs]
    assert network.self_loops == sum(u == v for u, v, _ in ties)
    kept = len({(u, v) if directed else frozenset((u, v)) for u, v, _ in ties if u != v})
    assert network.duplicates == len(ties) - network.self_loops - kept
    assert network.following.tolist() == np.bincount(network.indices, minlength=PEOPLE).tolist()

    shuffled = list(ties)
    random.shuffle(shuffled)
    if not directed:
        shuffled = [(v, u, w) if random.random() < 0.5 else (u, v, w) for u, v, w in shuffled]
    source, target, weights = columns(shuffled)
    again = Network.from_edges(source, target, PEOPLE, directed, weights)
    assert again.digest == network.digest


@settings(deadline=None, max_examples=50)
@given(TIES, st.booleans(), st.permutations(range(PEOPLE)))
def test_relabelling_permutes_the_rows(ties, directed, order):
    source, target, weights = columns(ties)
    network = Network.from_edges(source, target, PEOPLE, directed, weights)
    moved = Network.from_edges(
        [order[u] for u in source], [order[v] for v in target], PEOPLE, directed, weights
    )
    assert moved.followers[list(order)].tolist() == network.followers.tolist()
    for u in range(PEOPLE):
        row = network.indices[network.indptr[u] : network.indptr[u + 1]]
        there = moved.indices[moved.indptr[order[u]] : moved.indptr[order[u] + 1]]
        assert sorted(order[v] for v in row) == there.tolist()


def test_types_and_words():
    network = Network.from_edges([0, 1], [1, 2])
    assert (network.indptr.dtype, network.indices.dtype) == (np.int64, np.int32)
    assert network.followers.dtype == np.int64
    assert network.weights is None
    assert network.ids is None
    assert (network.n, network.arcs) == (3, 2)
    assert repr(network) == "Network(n=3, arcs=2, directed)"
    assert network.indices.tolist() == [1, 2]  # 1 hears 0, 2 hears 1


def test_the_digest_covers_what_it_says():
    network = Network.from_edges([0, 1], [1, 2], weights=[0.5, 1.0])
    expected = hashlib.sha256(
        (3).to_bytes(8, "little")
        + np.array([0, 1, 2, 2], "<i8").tobytes()
        + np.array([1, 2], "<i4").tobytes()
        + np.array([0.5, 1.0], "<f4").tobytes()
    )
    assert network.digest == expected.hexdigest()
    assert network.digest != Network.from_edges([0, 1], [1, 2]).digest


def test_nothing_can_be_changed():
    source = np.array([0, 1])
    network = Network.from_edges(source, [1, 2], weights=[1, 1], ids=["a", "b", "c"])
    for values in (network.indptr, network.indices, network.weights, network.ids):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0
    for values in (network.followers, network.following):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        network.directed = False
    source[0] = 2  # the caller's own array stays the caller's
    assert network.digest == pickle.loads(pickle.dumps(network)).digest


def test_a_view_given_to_the_constructor_is_copied():
    base = np.array([1, 0, 7], np.int32)
    network = Network(np.array([0, 1, 2]), base[:2])
    base[0] = 0
    assert network.indices.tolist() == [1, 0]


def test_copies_are_networks():
    network = Network.from_edges([0, 1], [1, 2], weights=[1, 2], ids=[5, 7, 9])
    for other in (copy.deepcopy(network), pickle.loads(pickle.dumps(network))):
        assert other.digest == network.digest
        assert other.ids.tolist() == [5, 7, 9]
        assert not other.indices.flags.writeable


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0.5], [1]), "source holds float64 values"),
        (([0], [True]), "target holds bool values"),
        (([[0]], [1]), "source has 2 dimensions"),
        (([0, 1], [1]), "source has 2 rows and target 1"),
        (([0], [-1]), r"target\[0\] = -1 is not a row of 1 people"),
        (([0, 3], [1, 1], 3), r"source\[1\] = 3 is not a row of 3 people"),
        (([], [], -1), "n = -1 is not allowed"),
        (([0], [1], 2, True, [np.nan]), r"weights\[0\] = nan"),
        (([0], [1], 2, True, [-1]), r"weights\[0\] = -1.0"),
        (([0], [1], 2, True, [1e300]), r"weights\[0\] = inf"),
        (([0], [1], 2, True, [1, 2]), "2 weights for 1 ties"),
        (([0], [1], 2, True, ["1"]), "weights holds"),
        (([0], [1], 2, True, None, ["a"]), "1 ids for 2 people"),
        (([0], [1], 2, True, None, ["a", "a"]), "'a' is given to two people"),
        (([0], [1], 2, True, None, [0.5, 1.5]), "ids hold float64"),
    ],
)
def test_bad_edges_are_refused_with_a_sentence(arguments, words):
    with pytest.raises(InputError, match=words):
        Network.from_edges(*arguments)


def test_too_many_people_are_refused_before_anything_is_made():
    with pytest.raises(LimitError, match="2,147,483,647"):
        Network.from_edges([0], [1], 10**12)


@pytest.mark.parametrize(
    ("indptr", "indices", "directed", "words"),
    [
        ([0, 2, 1, 1], [1], True, "descends"),
        ([0, 1], [5], True, "outside"),
        ([0, 1], [0], True, "self-loop"),
        ([0, 2, 2, 2], [2, 1], True, "ascend"),
        ([0, 2, 2], [1, 1], True, "ascend"),
        ([0, 1, 1], [1], False, "no way back"),
        ([0, 1, 2, 3], [1, 2, 0], False, "no way back"),
        ([1, 1], [], True, "run from 0"),
        ([0, 1], [], True, "run from 0"),
    ],
)
def test_rows_that_are_none_are_refused(indptr, indices, directed, words):
    with pytest.raises(InputError, match=words):
        Network(np.array(indptr), np.array(indices, np.int32), directed=directed)


def test_an_empty_network_and_one_without_ties():
    assert repr(Network.from_edges([], [])) == "Network(n=0, arcs=0, directed)"
    assert Network.from_edges([], [], 3).followers.tolist() == [0, 0, 0]
    assert clustering(Network.from_edges([], [])) == 0


# names -------------------------------------------------------------------------------------------


def test_rows_by_id():
    texts = Network.from_edges([0, 1], [1, 2], ids=["eve", "ann", "bob"])
    assert texts.rows_of(["ann", "eve", "bob", "ann"]).tolist() == [1, 0, 2, 1]
    numbers = Network.from_edges([0, 1], [1, 2], ids=[30, 10, 20])
    assert [numbers.row_of(each) for each in (10, 20, 30)] == [1, 2, 0]
    assert numbers.row_of(np.int64(10)) == 1
    assert Network.from_edges([0], [1]).row_of(1) == 1
    assert numbers.rows_of([]).tolist() == []


@pytest.mark.parametrize(
    ("ids", "wanted", "words"),
    [
        (["ann", "bob"], "eve", "'eve' is not a person of this network of 2; ids are texts"),
        (["ann", "bob"], "annabella", "'annabella' is not a person"),
        (["ann", "bob"], 1, "1 is not a person of this network of 2; ids are texts such as 'ann'"),
        ([7, 9], 8, "8 is not a person of this network of 2; ids are whole numbers such as 7"),
        ([7, 9], 10**30, "is not a person"),
        ([7, 9], "7", "'7' is not a person"),
        ([0, 1], True, "True is not a person"),
        (None, 2, "2 is not a person of this network of 2; ids are the numbers 0 to 1"),
        (None, -1, "-1 is not a person"),
    ],
)
def test_an_unknown_id_is_named(ids, wanted, words):
    with pytest.raises(InputError, match=words):
        Network.from_edges([0], [1], 2, ids=ids).row_of(wanted)


# networkx ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
def test_there_and_back_through_networkx(directed, weighted):
    graph = nx.gnp_random_graph(30, 0.2, seed=1, directed=directed)
    graph.add_node(99)
    for place, (u, v) in enumerate(list(graph.edges)):
        if weighted:
            graph[u][v]["weight"] = place / 8
    network = Network.from_networkx(graph)
    assert network.arcs == graph.number_of_edges() * (1 if directed else 2)
    assert network.n == 31
    back = network.to_networkx()
    assert nx.utils.graphs_equal(back, graph)
    assert Network.from_networkx(back).digest == network.digest


def test_ids_of_networkx():
    assert Network.from_networkx(nx.path_graph(["c", "a", "b"])).ids.tolist() == ["a", "b", "c"]
    assert Network.from_networkx(nx.path_graph([10, 2])).ids.tolist() == [2, 10]
    assert Network.from_networkx(nx.path_graph(4)).ids is None
    mixed = Network.from_networkx(nx.path_graph(["x", 1]))
    assert mixed.ids.tolist() == ["x", "1"]
    grid = Network.from_networkx(nx.grid_2d_graph(2, 2))
    assert grid.ids.tolist() == ["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"]
    digraph = nx.DiGraph([(5, 3)])
    assert Network.from_networkx(digraph).indptr.tolist() == [0, 0, 1]  # 3 hears 5
    with pytest.raises(InputError, match="both called '1'"):
        Network.from_networkx(nx.path_graph(["1", 1]))


def test_weights_of_networkx_are_all_or_none():
    graph = nx.path_graph(3)
    graph[0][1]["weight"] = 2
    with pytest.raises(InputError, match="1 of 2 edges"):
        Network.from_networkx(graph)
    graph[1][2]["weight"] = "high"
    with pytest.raises(InputError, match="'high' of edge 1 - 2"):
        Network.from_networkx(graph)


# clustering --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "graph",
    [
        nx.karate_club_graph(),
        nx.gnp_random_graph(60, 0.2, seed=3),
        nx.powerlaw_cluster_graph(200, 4, 0.7, seed=3),
        nx.complete_graph(6),
        nx.star_graph(5),
    ],
)
def test_clustering_equals_networkx(graph):
    network = Network.from_networkx(graph)
    assert clustering(network) == pytest.approx(nx.average_clustering(graph), abs=1e-14)
    assert transitivity(network) == pytest.approx(nx.transitivity(graph), abs=1e-14)


def test_clustering_of_a_directed_network_forgets_directions():
    graph = nx.gnp_random_graph(40, 0.15, seed=5, directed=True)
    expected = nx.average_clustering(graph.to_undirected())
    assert clustering(Network.from_networkx(graph)) == pytest.approx(expected, abs=1e-14)


# saved -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ids", [None, [3, 5, 9], ["a", "bb", "ü"]])
@pytest.mark.parametrize("weights", [None, [0.5, 0.25, 1]])
def test_saved_and_loaded(tmp_path, ids, weights):
    network = Network.from_edges([0, 1, 1], [1, 2, 1], 3, False, weights, ids)
    network.save(tmp_path / "n.npz")
    loaded = Network.from_file(tmp_path / "n.npz")
    assert loaded.digest == network.digest
    assert loaded.directed is False
    assert loaded.self_loops == 1
    assert (loaded.ids is None) == (ids is None)
    assert ids is None or loaded.ids.tolist() == ids
    assert [each.name for each in tmp_path.iterdir()] == ["n.npz"]


def test_saving_says_what_is_wrong(tmp_path):
    network = Network.from_edges([0], [1])
    with pytest.raises(InputError, match=r"call it .*n\.npz"):
        network.save(tmp_path / "n.txt")
    with pytest.raises(StorageError, match="cannot be written"):
        network.save(tmp_path / "nowhere" / "n.npz")


def test_other_archives_are_refused(tmp_path):
    path = tmp_path / "x.npz"
    np.savez(path, a=[1])
    with pytest.raises(InputError, match=r"damaged|not a network that wordofmouth saved"):
        Network.from_file(path)
    np.savez(path, format="wordofmouth network 1", a=np.array([None], object))
    with pytest.raises(InputError, match=r"damaged|not a network"):
        Network.from_file(path)
    path.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(InputError, match=r"damaged|not a network"):
        Network.from_file(path)
    rows = {"indptr": [0, 1, 1], "indices": np.array([0], np.int32), "directed": True}
    np.savez(path, format="wordofmouth network 1", dropped=[0, 0], **rows)
    with pytest.raises(InputError, match=r"x\.npz: network rows are not valid: row 0 holds a self"):
        Network.from_file(path)


# house -------------------------------------------------------------------------------------------


def test_the_estimate_needs_neither_numpy_nor_numba():
    code = (
        "import sys; from wordofmouth.sim.network.size import estimate;"
        "from wordofmouth.sim.network import KINDS;"
        "assert estimate('preferential_attachment', 10**12).people == 10**12 and KINDS;"
        "print([m for m in ('numpy', 'numba', 'networkx', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_kernels_have_one_signature():
    Network.from_edges([0, 1], [1, 2], 3, False, [1, 1])
    Network.from_edges([0, 1], [1, 2])
    Network.generate("tree", 7)
    assert len(fault.from_python.signatures) == 1
