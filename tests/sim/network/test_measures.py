"""What a network is like: against networkx, by hand, and on networks that were measured before."""

from __future__ import annotations

import math
import subprocess
import sys

import networkx as nx
import pytest
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network, assortativity, clustering, distances, reciprocity

KINDS = {
    "power_law_followers": {"minimum": 3},
    "preferential_attachment": {"m": 3},
    "small_world": {"neighbours": 6},
}


@pytest.fixture(params=KINDS)
def network(request):
    return Network.generate(request.param, 200, seed=3, **KINDS[request.param])


def test_reciprocity_is_that_of_networkx(network):
    theirs = nx.overall_reciprocity(network.to_networkx().to_directed())
    assert reciprocity(network) == pytest.approx(theirs, rel=1e-12)


def test_assortativity_is_that_of_networkx(network):
    theirs = nx.degree_assortativity_coefficient(network.to_networkx().to_undirected())
    assert assortativity(network) == pytest.approx(theirs, rel=1e-9)


def test_distances_are_those_of_networkx(network):
    lengths = dict(nx.all_pairs_shortest_path_length(network.to_networkx()))
    steps = [length for row in lengths.values() for length in row.values() if length]
    found = distances(network, sources=network.n)
    assert found.mean == pytest.approx(sum(steps) / len(steps), rel=1e-12)
    assert found.reached == pytest.approx(len(steps) / 200 / 199, rel=1e-12)


def test_a_sample_of_sources_tells_the_distance():
    network = Network.generate("preferential_attachment", 2_000, m=3, seed=1)
    whole = distances(network, sources=network.n)
    sample = distances(network, sources=100, seed=4)
    assert sample.mean == pytest.approx(whole.mean, abs=4 * 0.6 / math.sqrt(100))
    assert sample.reached == whole.reached == 1.0
    assert sample == distances(network, sources=100, seed=4) != distances(network, 100, seed=5)


def test_small_networks_have_no_measures():
    nobody, alone = (Network.from_edges([], [], n=n) for n in (0, 1))
    for network in (nobody, alone):
        assert reciprocity(network) == 0.0
        assert math.isnan(assortativity(network))
        assert math.isnan(distances(network).mean)
        assert distances(network).reached == 0.0
    assert math.isnan(assortativity(Network.generate("ring", 10)))
    with pytest.raises(InputError, match="sources = 0 is not allowed"):
        distances(alone, sources=0)


@pytest.mark.parametrize(
    ("name", "directed", "clustered", "returned", "assorted"),
    [  # SNAP's pages give the clustering, networkx the others
        ("ego-facebook.txt", False, 0.6055, 1.0, 0.0636),
        ("email-eu-core.txt", True, 0.4071, 0.7112, -0.0257),
    ],
)
def test_real_networks(shared, name, directed, clustered, returned, assorted):
    network = Network.from_file(shared(name), directed=directed)
    assert clustering(network) == pytest.approx(clustered, abs=5e-5)
    assert reciprocity(network) == pytest.approx(returned, abs=5e-5)
    assert assortativity(network) == pytest.approx(assorted, abs=5e-5)


def test_whoever_comes_first_a_measure_is_a_function() -> None:
    """Modules and functions of one name: what the package gives is the function."""
    code = (
        "import wordofmouth.sim.network.shape, wordofmouth.sim.network as network; "
        "assert callable(network.clustering) and callable(network.reciprocity)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
