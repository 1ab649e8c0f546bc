"""Closeness of ties: a plain twin, closed forms, relabelling, real networks, hubs."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network
from wordofmouth.sim.network.closeness import (
    MEASURES,
    UNRETURNED,
    closeness,
    mean_closeness,
    overlap_of_arcs,
    reciprocity_of_arcs,
    values_of_arcs,
)


def arcs_of(network):
    """Both ends of every arc, in the order of `indices`."""
    source = np.repeat(np.arange(network.n), network.followers)
    return zip(source.tolist(), network.indices.tolist(), strict=True)


def plain(network, by, every=1):
    """The same, from the definitions and with sets; of every second, third ... arc if told so."""
    hear = [set() for _ in range(network.n)]
    know = [set() for _ in range(network.n)]
    for u, v in arcs_of(network):
        hear[u].add(v)
        know[u].add(v)
        know[v].add(u)
    values = []
    for u, v in [*arcs_of(network)][::every]:
        if by == "reciprocity":
            values.append(1.0 if u in hear[v] else 0.5)
        else:
            both, either = know[u] & know[v], (know[u] | know[v]) - {u, v}
            values.append(len(both) / len(either) if either else 0.0)
    return np.array(values, np.float32)


def tangle(seed, directed, n=30, ties=90):
    """A random network from ties among which are loops and repeats."""
    ends = np.random.default_rng(seed).integers(0, n, (2, ties))
    source, target = np.hstack([ends, ends[:, :5], [[0, 1], [0, 1]]])
    network = Network.from_edges(source, target, n, directed)
    assert network.self_loops >= 2
    assert network.duplicates >= 5 - network.self_loops
    return network


# the twin ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", MEASURES)
@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize(("n", "ties"), [(30, 90), (12, 90), (60, 40)])
def test_it_is_what_the_definitions_say(by, directed, n, ties):
    for seed in range(10):
        network = tangle(seed, directed, n, ties)
        values = closeness(network, by)
        assert values.dtype == np.float32
        assert values.tolist() == plain(network, by).tolist()


@pytest.mark.parametrize("by", MEASURES)
@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("n", [0, 1, 3])
def test_nobody_is_close_where_there_are_no_ties(by, directed, n):
    assert closeness(Network.from_edges([], [], n, directed), by).shape == (0,)


@pytest.mark.parametrize("by", MEASURES)
@pytest.mark.parametrize("directed", [False, True])
def test_relabelling_people_permutes_it(by, directed):
    network = tangle(3, directed)
    name = np.random.default_rng(8).permutation(network.n)
    source, target = (name[list(ends)] for ends in zip(*arcs_of(network), strict=True))
    renamed = Network.from_edges(source, target, network.n, directed)
    of_arc = dict(zip(arcs_of(renamed), closeness(renamed, by).tolist(), strict=True))
    moved = [of_arc[int(name[u]), int(name[v])] for u, v in arcs_of(network)]
    assert moved == closeness(network, by).tolist()


# reciprocity -------------------------------------------------------------------------------------


def test_reciprocity_of_every_arc_averages_to_that_of_networkx():
    network = tangle(1, directed=True)
    returned = closeness(network, "reciprocity") == 1
    theirs = nx.overall_reciprocity(network.to_networkx())
    assert 0 < theirs < 1
    assert returned.mean() == pytest.approx(theirs, abs=1e-12)


def test_on_an_undirected_network_everything_is_returned():
    assert set(closeness(tangle(1, directed=False), "reciprocity").tolist()) == {1.0}


def test_a_tree_downward_returns_nothing():
    tree = Network.generate("tree", branching=3, depth=3, directed=True)
    assert set(closeness(tree, "reciprocity").tolist()) == {UNRETURNED}


# common neighbours -------------------------------------------------------------------------------


def test_overlap_from_the_common_neighbours_of_networkx():
    network = tangle(5, directed=False)
    graph = network.to_networkx()
    overlaps = []
    for u, v in arcs_of(network):
        common = len(list(nx.common_neighbors(graph, u, v)))
        overlaps.append(common / max(graph.degree(u) + graph.degree(v) - 2 - common, 1))
    assert max(overlaps) > 0
    assert closeness(network, "common_neighbours").tolist() == np.float32(overlaps).tolist()


def test_overlap_of_a_pair_a_star_and_a_crowd():
    def overlap(graph):
        return set(closeness(Network.from_networkx(graph), "common_neighbours").tolist())

    assert overlap(nx.path_graph(2)) == {0.0}  # undefined, and so nothing
    assert overlap(nx.star_graph(9)) == {0.0}
    assert overlap(nx.complete_graph(9)) == {1.0}


def test_overlap_on_the_ring():
    # Four neighbours: next ones share 2 of 4 others, those after the next share 1 of 5.
    network = Network.generate("ring", 50, neighbours=4)
    gap = np.array([(v - u) % 50 for u, v in arcs_of(network)])
    near = np.isin(gap, (1, 49))
    overlap = closeness(network, "common_neighbours")
    assert set(overlap[near].tolist()) == {0.5}
    assert set(overlap[~near].tolist()) == {float(np.float32(1 / 5))}


def test_the_way_back_is_as_close():
    for directed in (False, True):
        network = tangle(2, directed)
        values = closeness(network, "common_neighbours").tolist()
        of_arc = dict(zip(arcs_of(network), values, strict=True))
        back = [(arc, of_arc.get(arc[::-1])) for arc in of_arc]
        assert sum(value is not None for _, value in back) > 5
        assert all(value in (None, of_arc[arc]) for arc, value in back)


def test_directions_do_not_matter_for_overlap():
    undirected = tangle(4, directed=False)
    pairs = [(u, v) if (u * v) % 2 else (v, u) for u, v in arcs_of(undirected) if u < v]
    directed = Network.from_edges(*zip(*pairs, strict=True), undirected.n)
    both = dict(zip(arcs_of(undirected), closeness(undirected, "common_neighbours"), strict=True))
    one = closeness(directed, "common_neighbours").tolist()
    assert one == [float(both[arc]) for arc in arcs_of(directed)]


def test_two_hubs_that_everybody_knows():
    # Merging whole rows, each of a hub's with those who know it, would take 10^11 steps.
    n = 200_000
    rest, hub = np.arange(n - 2), np.full(n - 2, n - 1)
    source, target = np.concatenate([hub - 1, hub, [n - 2]]), np.concatenate([rest, rest, [n - 1]])
    network = Network.from_edges(source, target, n, directed=False)
    overlap = closeness(network, "common_neighbours")
    assert overlap[-1] == 1.0  # the hubs share all the others
    # One of the rest and a hub share the other hub, among n - 2 whom either knows.
    assert set(overlap[: 2 * (n - 2)].tolist()) == {float(np.float32(1 / (n - 2)))}


@pytest.mark.parametrize(
    ("name", "directed"), [("ego-facebook.txt", False), ("email-eu-core.txt", True)]
)
def test_real_networks(shared, name, directed):
    network = Network.from_file(shared(name), directed=directed)
    for by in MEASURES:
        values = closeness(network, by)
        assert values[::7].tolist() == plain(network, by, 7).tolist()
        assert 0 <= values.min() <= values.max() == 1


# use ---------------------------------------------------------------------------------------------


def test_a_network_takes_it_as_its_weights():
    network = tangle(6, directed=True)
    weighted = replace(network, weights=closeness(network, "common_neighbours"))
    assert weighted.weights.tolist() == plain(network, "common_neighbours").tolist()
    again = closeness(weighted, "common_neighbours")
    assert again.tolist() == weighted.weights.tolist()


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("reciprocal", 'did you mean "reciprocity"; it is one of reciprocity, common_neighbours'),
        ("jaccard", "closeness by 'jaccard' is not known; it is one of"),
        (None, "closeness by None is not known"),
        (["reciprocity"], "is not known"),
    ],
)
def test_an_unknown_measure_is_refused(by, words):
    with pytest.raises(InputError, match=words) as caught:
        closeness(tangle(0, directed=True), by)
    assert "\n" not in str(caught.value)


def test_each_kernel_is_compiled_once():
    for directed in (False, True):
        for by in MEASURES:
            closeness(tangle(0, directed), by)
    for kernel in (reciprocity_of_arcs, overlap_of_arcs, values_of_arcs):
        assert len(kernel.from_python.signatures) == 1


def test_mean_closeness_of_those_who_hear_a_person() -> None:
    network = Network.from_edges([0, 0, 0, 1], [1, 2, 3, 0], 4, weights=[0.2, 0.3, 1.0, 0.7])
    means = mean_closeness(network.indptr, network.weights)
    assert means.tolist() == [np.float32(0.5), np.float32(0.7), 1.0, 1.0]


def test_mean_closeness_is_the_same_in_any_order() -> None:
    luck = np.random.default_rng(3)
    close = luck.random(10_000, np.float32)
    ends = np.array([0, close.size])
    [one] = mean_closeness(ends, close)
    assert one == pytest.approx(close.astype(float).mean(), rel=1e-7)
    for _ in range(5):
        assert mean_closeness(ends, luck.permutation(close))[0] == one
