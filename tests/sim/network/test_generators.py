"""Every generator: its exact invariants, its laws within 4 standard errors, its pinned digests."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from wordofmouth.sim.errors import InputError, LimitError
from wordofmouth.sim.network import KINDS, Network, clustering, estimate
from wordofmouth.sim.network.configuration import configuration_ties

generate = Network.generate


def distances(network, start=0):
    """Steps from `start` along the arcs; -1 where there is no way."""
    steps = np.full(network.n, -1)
    steps[start], front = 0, [start]
    while front:
        following = []
        for u in front:
            for v in network.indices[network.indptr[u] : network.indptr[u + 1]].tolist():
                if steps[v] < 0:
                    steps[v] = steps[u] + 1
                    following.append(v)
        front = following
    return steps


def lower_degrees(network):
    """How many neighbours with a lower number each person has."""
    tails = np.repeat(np.arange(network.n), network.followers)
    return np.bincount(tails[network.indices < tails], minlength=network.n)


# reproducible ------------------------------------------------------------------------------------

PINNED = [
    ("preferential_attachment", 200, {"m": 3}, "935857e5acf2d98d"),
    (
        "clustered_preferential_attachment",
        200,
        {"m": 3, "triad_probability": 0.7},
        "d21f74d757be8e56",
    ),
    ("power_law_followers", 200, {}, "eeb114cbff0c1f23"),
    ("social", 200, {"mean": 8, "maximum": 50, "clustering": 0.4}, "22271ee756e9ef6e"),
    ("configuration", 200, {"law": "poisson", "mean": 4}, "1afcc424b686ad24"),
    ("configuration", 200, {"law": "power_law", "exponent": 2, "cutoff": 10}, "1c4d1c30e4bcb58d"),
    ("configuration", 50, {"law": "regular", "degree": 4}, "899279df0a16e416"),
    ("random", 200, {"mean_degree": 5}, "e0f2735c194fdd9c"),
    ("small_world", 200, {"neighbours": 6, "rewire": 0.2}, "8a65eed2f178004a"),
    ("ring", 20, {"neighbours": 4}, "877a7a1d4715c037"),
    ("tree", None, {"branching": 3, "depth": 3}, "6e66e0cc8fa24689"),
]


@pytest.mark.digest
@pytest.mark.parametrize(("kind", "n", "parameters", "digest"), PINNED)
def test_pinned_digests(kind, n, parameters, digest):
    assert generate(kind, n, seed=7, **parameters).digest[:16] == digest


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("ring", "tree")])
def test_the_seed_decides_and_nothing_else(kind):
    parameters = {
        "networkx": {"function": "gnp_random_graph", "p": 0.1},
        "social": {"mean": 10, "maximum": 60},
    }.get(kind, {})
    first, again = (generate(kind, 300, seed=2**63 + 5, **parameters) for _ in range(2))
    assert first.digest == again.digest
    assert first.digest != generate(kind, 300, seed=6, **parameters).digest


# growth ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["preferential_attachment", "clustered_preferential_attachment"])
@pytest.mark.parametrize(("n", "m"), [(2, 1), (7, 6), (500, 1), (500, 4), (60, 25)])
def test_every_newcomer_makes_m_ties_and_all_are_connected(kind, n, m):
    network = generate(kind, n, m=m, seed=3)
    assert network.arcs == 2 * m * (n - m)
    assert lower_degrees(network).tolist() == [0] * m + [m] * (n - m)
    assert distances(network).min() == 0


def test_degrees_of_preferential_attachment():
    # Bollobas et al. 2001: P(k) = 2 m (m + 1) / (k (k + 1) (k + 2)), so P(K >= k) = m (m + 1) /
    # (k (k + 1)). Degrees of 100,000 people are as good as independent for the standard error.
    n, m = 100_000, 3
    degree = generate("preferential_attachment", n, m=m, seed=1).followers
    for k in (4, 5, 8, 16):
        expected = m * (m + 1) / (k * (k + 1))
        error = 4 * math.sqrt(expected * (1 - expected) / n)
        assert (degree >= k).mean() == pytest.approx(expected, abs=error + 2 / n)


def test_a_newcomer_prefers_in_proportion_to_degree():
    # n = m + 2: the last of four people, m = 2, chooses 2 of the star 2-0, 2-1, whose degrees are
    # 1, 1, 2. Without replacement, person 2 is missed with chance 2 (1/4 x 1/3) = 1/6.
    count = 4000
    missed = sum(
        2 not in generate("preferential_attachment", 4, m=2, seed=seed).indices[-2:]
        for seed in range(count)
    )
    assert missed / count == pytest.approx(1 / 6, abs=4 * math.sqrt(5 / 36 / count))


def test_without_triads_holme_kim_is_barabasi_albert():
    for n, m in ((6, 5), (1000, 4)):
        plain = generate("preferential_attachment", n, m=m, seed=9)
        clustered = generate(
            "clustered_preferential_attachment", n, m=m, triad_probability=0, seed=9
        )
        assert clustered.digest == plain.digest


def test_triads_cluster_as_they_do_in_networkx():
    n, m = 2000, 4
    values = [
        clustering(generate("clustered_preferential_attachment", n, m=m, triad_probability=p))
        for p in (0, 0.5, 1)
    ]
    assert values[0] < 0.05 < 0.2 < values[1] < 0.4 < values[2]
    theirs = nx.average_clustering(nx.powerlaw_cluster_graph(n, m, 0.5, seed=1))
    assert values[1] == pytest.approx(theirs, abs=0.05)


def test_a_triad_picks_any_neighbour_alike():
    # m = 2, four people: newcomer 3 chooses one by degree of the star 2-0, 2-1 (2 with chance
    # 1/2), then a neighbour of it: {2, x} always, 0 and 1 alike.
    count = 2000
    rows = [
        generate(
            "clustered_preferential_attachment", 4, m=2, triad_probability=1, seed=seed
        ).indices[-2:]
        for seed in range(count)
    ]
    assert all(2 in row for row in rows)
    share = sum(0 in row for row in rows) / count
    assert share == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(count))


@pytest.mark.parametrize(("branching", "depth"), [(1, 4), (2, 0), (2, 5), (300, 2)])
def test_the_tree(branching, depth):
    network = generate("tree", branching=branching, depth=depth)
    assert network.n == sum(branching**level for level in range(depth + 1))
    assert network.arcs == 2 * (network.n - 1)
    levels = np.bincount(distances(network))
    assert levels.tolist() == [branching**level for level in range(depth + 1)]
    downward = generate("tree", network.n, branching=branching, directed=True)
    assert downward.arcs == network.n - 1
    assert np.bincount(distances(downward)).tolist() == levels.tolist()
    if depth:
        assert set(downward.followers.tolist()) == {0, branching}


# followers ---------------------------------------------------------------------------------------


def exact_tail(exponent, minimum, maximum):
    """P(K >= k) for k = minimum .. maximum, given K <= maximum."""
    k = np.arange(minimum, maximum + 2, dtype=float)
    survival = (k / minimum) ** -(exponent - 1)
    return (survival[:-1] - survival[-1]) / (1 - survival[-1])


@pytest.mark.parametrize(
    ("exponent", "minimum", "maximum"), [(2.3, 10, 20_000), (2.1, 1, 50), (2.6, 10, 1_000)]
)
def test_followers_follow_the_exact_law(exponent, minimum, maximum):
    n = 50_000
    network = generate(
        "power_law_followers",
        n,
        exponent=exponent,
        minimum=minimum,
        maximum=maximum,
        seed=11,
    )
    counts = network.followers
    assert counts.min() >= minimum
    assert counts.max() <= maximum
    tail = exact_tail(exponent, minimum, maximum)
    for k in (minimum + 1, minimum + 3, 2 * minimum + 1, 5 * minimum, maximum // 2):
        expected = tail[k - minimum]
        error = 4 * math.sqrt(expected * (1 - expected) / n)
        assert (counts >= k).mean() == pytest.approx(expected, abs=error)
    mean = minimum + tail[1:].sum()
    variance = (2 * np.arange(minimum + 1, maximum + 1) - 1) @ tail[1:] + minimum**2 - mean**2
    assert counts.mean() == pytest.approx(mean, abs=4 * math.sqrt(variance / n))
    # each follower uniformly: how many one hears is binomial, its variance below the mean
    heard = network.following
    assert heard.sum() == counts.sum()
    expected = (counts / (n - 1) * (1 - counts / (n - 1))).sum()
    assert heard.var() == pytest.approx(expected, abs=4 * expected * math.sqrt(2 / n))
    halves = np.add.reduceat(heard, [0, n // 2])
    assert halves[0] == pytest.approx(halves[1], abs=4 * math.sqrt(heard.sum()))


def test_the_mean_of_a_million():
    assert estimate("power_law_followers", 1_000_001).arcs / 1_000_001 == pytest.approx(
        41.47384640099059, abs=1e-5
    )
    tail = exact_tail(2.3, 10, 4_999)
    assert estimate("power_law_followers", 5_000).arcs / 5_000 == pytest.approx(
        10 + tail[1:].sum(), abs=1e-3
    )


@pytest.mark.parametrize("least", [1, 20, 30, 39])
def test_almost_everybody_follows(least):
    network = generate("power_law_followers", 40, minimum=least, exponent=1.2, seed=2)
    assert network.followers.min() >= least
    assert network.followers.max() <= 39
    if least == 39:
        assert network.arcs == 40 * 39


def test_sets_of_followers_are_alike_on_both_sides_of_the_half():
    for least in (2, 5):  # of 7 people, 6 others: drawn, and drawn by those left out
        heard = np.zeros((7, 7))
        runs = 1500
        for seed in range(runs):
            network = generate("power_law_followers", 7, minimum=least, maximum=least, seed=seed)
            tails = np.repeat(np.arange(7), network.followers)
            heard[tails, network.indices] += 1
        share = heard[~np.eye(7, dtype=bool)] / runs
        p = least / 6
        assert np.abs(share - p).max() < 5 * math.sqrt(p * (1 - p) / runs)


# configuration -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "degrees",
    [
        [],
        [0, 0],
        [1, 1],
        [3, 3, 3, 3],
        [5, 1, 1, 1, 1, 1],
        [4, 4, 2, 2, 2],
        [2] * 101,
        [50] + [1] * 50 + [2] * 20,
        [*range(1, 40), 20, 20],
        [8] * 10,
    ],
)
def test_degrees_are_met_exactly(degrees):
    network = generate("configuration", degrees=degrees, seed=5)
    assert network.followers.tolist() == degrees
    assert (network.self_loops, network.duplicates) == (0, 0)


@pytest.mark.parametrize(("n", "degree"), [(10, 0), (10, 9), (500, 3), (400, 10)])
def test_the_regular_graph_is_regular(n, degree):
    network = generate("configuration", n, law="regular", degree=degree)
    assert set(network.followers.tolist()) == {degree}


def test_the_three_cubic_graphs_on_labels_are_alike():
    # [2, 2, 2, 2, 2] is a cycle on 5 labels: 12 of them, each as likely.
    found: dict[bytes, int] = {}
    runs = 3600
    for seed in range(runs):
        ends = configuration_ties(np.full(5, 2), np.uint64(seed))
        key = bytes(sorted(5 * min(u, v) + max(u, v) for u, v in zip(*ends, strict=True)))
        found[key] = found.get(key, 0) + 1
    assert len(found) == 12
    assert max(abs(count / runs - 1 / 12) for count in found.values()) < 0.02


def test_poisson_degrees():
    n, mean = 40_000, 4.0
    degree = generate("configuration", n, law="poisson", mean=mean, seed=3).followers
    assert degree.mean() == pytest.approx(mean, abs=4 * math.sqrt(mean / n))
    assert degree.var() == pytest.approx(mean, abs=4 * mean * math.sqrt(2.25 / n))
    for k in range(8):
        expected = math.exp(-mean) * mean**k / math.factorial(k)
        error = 4 * math.sqrt(expected * (1 - expected) / n)
        assert (degree == k).mean() == pytest.approx(expected, abs=error)


def test_power_law_degrees_with_a_cutoff():
    n = 40_000
    degree = generate("configuration", n, law="power_law", exponent=2, cutoff=10, seed=3).followers
    k = np.arange(1, 2000)
    law = k**-2.0 * np.exp(-k / 10)
    law /= law.sum()
    for each in (1, 2, 3, 5, 10):
        error = 4 * math.sqrt(law[each - 1] * (1 - law[each - 1]) / n)
        assert (degree == each).mean() == pytest.approx(law[each - 1], abs=error)
    assert estimate(
        "configuration", n, law="power_law", exponent=2, cutoff=10
    ).arcs / n == pytest.approx((k * law).sum(), rel=1e-4)


def test_a_configuration_has_no_clustering_of_its_own():
    assert clustering(generate("configuration", 20_000, law="poisson", mean=6)) < 0.002


# random, ring, small world -----------------------------------------------------------------------


def test_the_random_graph():
    n, mean = 20_000, 8.0
    network = generate("random", n, mean_degree=mean, seed=4)
    pairs, p = n * (n - 1) / 2, mean / (n - 1)
    assert network.arcs / 2 == pytest.approx(pairs * p, abs=4 * math.sqrt(pairs * p * (1 - p)))
    degree = network.followers
    assert degree.var() == pytest.approx(mean, abs=4 * mean * math.sqrt(2.2 / n))


def test_every_pair_is_tied_alike():
    n, runs, p = 6, 3000, 0.4
    tied = np.zeros((n, n))
    for seed in range(runs):
        network = generate("random", n, mean_degree=p * (n - 1), seed=seed)
        tied[np.repeat(np.arange(n), network.followers), network.indices] += 1
    share = tied[~np.eye(n, dtype=bool)] / runs
    assert np.abs(share - p).max() < 5 * math.sqrt(p * (1 - p) / runs)


def test_the_ends_of_the_random_graph():
    assert generate("random", 50, mean_degree=0).arcs == 0
    assert generate("random", 50, mean_degree=49).arcs == 50 * 49
    assert generate("random", 1, mean_degree=0).arcs == 0


@pytest.mark.parametrize(("n", "neighbours"), [(3, 2), (5, 4), (20, 4), (21, 6)])
def test_the_ring_is_the_one_of_networkx(n, neighbours):
    network = generate("ring", n, neighbours=neighbours)
    theirs = nx.watts_strogatz_graph(n, neighbours, 0)
    assert network.digest == Network.from_networkx(theirs).digest
    same = generate("small_world", n, neighbours=neighbours, rewire=0)
    assert same.digest == network.digest


@pytest.mark.parametrize("rewire", [0.1, 1.0])
def test_rewiring_keeps_the_number_of_ties(rewire):
    n, neighbours = 3000, 6
    network = generate("small_world", n, neighbours=neighbours, rewire=rewire, seed=8)
    assert network.arcs == n * neighbours
    assert (network.self_loops, network.duplicates) == (0, 0)
    ring = generate("ring", n, neighbours=neighbours)
    tails = np.repeat(np.arange(n), neighbours)
    gap = (network.indices - np.repeat(np.arange(n), network.followers)) % n
    moved = (np.minimum(gap, n - gap) > neighbours // 2).sum() / 2
    ties = n * neighbours / 2
    near = neighbours / (n - 1)  # a moved tie may land nearby
    error = 4 * math.sqrt(ties * 0.25) + ties * near
    assert moved == pytest.approx(ties * rewire, abs=error)
    assert ring.indices.size == tails.size
    # Watts & Strogatz: C(p) is about C(0) (1 - p)^3
    assert clustering(network) == pytest.approx(0.6 * (1 - rewire) ** 3, abs=0.03)


def test_rewiring_where_everybody_is_tied_ends():
    assert generate("small_world", 5, neighbours=4, rewire=1).arcs == 20


# networkx ----------------------------------------------------------------------------------------


def test_networkx_by_name():
    network = generate("networkx", function="davis_southern_women_graph")
    assert (network.n, network.arcs) == (32, 178)
    assert network.row_of("Eleanor Nye") >= 0
    seeded = generate("networkx", 40, function="random_geometric_graph", radius=0.3, seed=4)
    theirs = nx.random_geometric_graph(40, 0.3, seed=4)
    assert seeded.digest == Network.from_networkx(theirs).digest


@pytest.mark.parametrize(
    ("n", "parameters", "words"),
    [
        (None, {}, "network.function is missing"),
        (None, {"function": "karate_club"}, 'did you mean "karate_club_graph"'),
        (None, {"function": "read_gpickle"}, "not a generator of networkx"),
        (None, {"function": "path_graph"}, r"networkx\.path_graph refuses .* it takes n"),
        (5, {"function": "karate_club_graph"}, "made 34; leave people out"),
        (9, {"function": "path_graph", "colour": 1}, "refuses"),
    ],
)
def test_networkx_refusals(n, parameters, words):
    with pytest.raises(InputError, match=words):
        generate("networkx", n, **parameters)


# refusals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "n", "parameters", "words"),
    [
        ("small_wrold", 9, {}, 'not a kind of network, did you mean "small_world"'),
        ("barabasi_albert", 9, {}, 'called "preferential_attachment" here'),
        ("xyz", 9, {}, "it is one of preferential_attachment, "),
        (None, 9, {}, "network.kind = None"),
        ("ring", 9, {"neighbors": 2}, "not a parameter of ring, did you mean .neighbours.; it"),
        ("ring", None, {}, "network.people is missing"),
        ("ring", 9, {"neighbours": 3}, "choose an even number"),
        ("ring", 4, {"neighbours": 4}, "less than the number of people"),
        ("ring", 0, {}, "network.people = 0 is not allowed"),
        ("ring", 9.0, {}, "network.people = 9.0 is not allowed; it is a whole number"),
        ("ring", True, {}, "network.people = True"),
        ("ring", 9, {"seed": -1}, "seed = -1"),
        ("ring", 9, {"seed": 2**64}, "seed = "),
        ("ring", 9, {"seed": 0.5}, "seed = 0.5"),
        ("preferential_attachment", 5, {"m": 5}, "network.m = 5 with 5 people"),
        ("preferential_attachment", 5, {"m": 0}, "network.m = 0 is not allowed; it is a whole"),
        ("preferential_attachment", 5, {"m": None}, "network.m = None"),
        ("clustered_preferential_attachment", 9, {"triad_probability": 1.1}, "from 0 to 1"),
        ("power_law_followers", 9, {}, "network.minimum = 10 with 9 people"),
        ("power_law_followers", 99, {"maximum": 5}, "network.maximum = 5 is below"),
        ("power_law_followers", 99, {"exponent": math.nan}, "network.exponent = nan"),
        ("power_law_followers", 99, {"exponent": "2"}, "network.exponent = '2' is not allowed"),
        ("random", 9, {"mean_degree": 9}, "it is at most 8"),
        ("small_world", 9, {"rewire": -0.1}, "network.rewire = -0.1"),
        ("tree", None, {}, "network.people is missing"),
        ("tree", 8, {"depth": 2}, "contradicts network.depth = 2, which has 7 people"),
        ("tree", 8, {"directed": 1}, "network.directed = 1 is not allowed; it is true or false"),
        ("configuration", 9, {"law": "poison"}, 'did you mean "poisson"'),
        ("configuration", 9, {"law": "poisson", "degree": 3}, "no meaning for the poisson law"),
        ("configuration", 9, {"degree": 3}, "no meaning for the poisson law"),
        ("configuration", 9, {"law": "regular", "degree": 3}, "their product even"),
        ("configuration", 3, {"law": "regular", "degree": 4}, "less than the number of people"),
        ("configuration", 3, {"degrees": [1, 1]}, "contradict each other"),
        ("configuration", None, {"degrees": [1, 1], "mean": 3}, "no meaning beside"),
        ("configuration", None, {"degrees": [1, 1, 1]}, "an odd number"),
        ("configuration", None, {"degrees": [1, 2, 5]}, r"network.degrees\[2\] = 5"),
        ("configuration", None, {"degrees": [0.5, 0.5]}, "whole numbers"),
        ("configuration", None, {"degrees": [3, 3, 1, 1]}, "cannot be realised"),
    ],
)
def test_refusals(kind, n, parameters, words):
    with pytest.raises(InputError, match=words) as caught:
        generate(kind, n, **parameters)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["ring", "preferential_attachment", "power_law_followers"])
def test_more_people_than_rows_are_refused_at_once(kind):
    with pytest.raises(LimitError, match="rows are numbered"):
        generate(kind, 10**12)


def test_a_tree_beyond_counting_is_refused_at_once():
    with pytest.raises(LimitError):
        estimate("tree", branching=300, depth=1_000_000)
    with pytest.raises(LimitError):
        generate("tree", branching=300, depth=20)


# estimates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "networkx"])
def test_estimates_are_near(kind):
    network = generate(kind, 5_000, seed=1)
    size = estimate(kind, 5_000)
    assert size.people == 5_000
    assert size.arcs == pytest.approx(network.arcs, rel=0.1)
    assert size.bytes >= network.indptr.nbytes + 4 * size.arcs


def test_estimates_of_what_is_given():
    assert estimate("configuration", degrees=[1, 2, 1])[:2] == (3, 4)
    assert estimate("tree", branching=300, depth=2)[:2] == (90_301, 180_600)
    assert estimate("networkx", function="karate_club_graph")[:2] == (0, 0)


def test_every_parameter_is_documented():
    for generator in KINDS.values():
        assert generator.text
        assert generator.source
        for parameter in generator.parameters:
            assert parameter.text
            assert parameter.allowed()
