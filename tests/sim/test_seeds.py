"""Seeds: each policy by its definition, greedy against all choices, what may change nothing."""

from __future__ import annotations

import time
from itertools import combinations, product
from math import e
from pathlib import Path
from typing import Any, get_args

import networkx as nx
import numpy as np
import pytest
import wordofmouth as wom
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from wordofmouth import InputError, Network
from wordofmouth.sim.network.undirected import without_directions
from wordofmouth.sim.parameters.publish import Policy
from wordofmouth.sim.seeds import POLICIES, WEIGHTED_CASCADE, Seeds, Wanted, choose
from wordofmouth.sim.seeds.betweenness import betweenness
from wordofmouth.sim.seeds.core import core_numbers
from wordofmouth.sim.seeds.pagerank import WHOLE, pagerank

GUARANTEE = 1.0 - 1.0 / e


def random_network(seed: int, n: int = 200, arcs: int = 900, directed: bool = True) -> Network:
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, n, (2, arcs))
    return Network.from_edges(*ends, n=n, directed=directed)


def graph_of(network: Network) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(network.n))
    source = np.repeat(np.arange(network.n), network.followers)
    graph.add_edges_from(zip(source.tolist(), network.indices.tolist(), strict=True))
    return graph


def weighted(network: Network) -> NDArray[np.float64]:
    chance: NDArray[np.float64] = 1.0 / network.following[network.indices]
    return chance


# each by its definition -------------------------------------------------------------------------


@pytest.mark.parametrize("directed", [True, False])
def test_pagerank_is_that_of_networkx(directed: bool) -> None:
    network = random_network(1, arcs=300, directed=directed)  # with people who hear nobody
    ours = pagerank(network.indptr, network.indices, network.following) / WHOLE
    theirs = nx.pagerank(graph_of(network).reverse(), alpha=0.85, tol=1e-12, max_iter=1000)
    assert ours.sum() == pytest.approx(1.0)
    assert ours == pytest.approx([theirs[v] for v in range(network.n)], rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_core_numbers_are_those_of_networkx(seed: int) -> None:
    network = random_network(seed, arcs=200 + 400 * seed, directed=False)
    theirs = nx.core_number(graph_of(network).to_undirected())
    ours = core_numbers(*without_directions(network))
    assert ours.tolist() == [theirs[v] for v in range(network.n)]


@pytest.mark.parametrize("directed", [True, False])
def test_betweenness_of_few_people_is_exact(directed: bool) -> None:
    network = random_network(4, n=100, arcs=200, directed=directed)
    everybody = np.arange(100, dtype=np.int32)
    theirs = nx.betweenness_centrality(graph_of(network), normalized=False)
    ours = betweenness(network.indptr, network.indices, everybody)
    assert ours == pytest.approx([theirs[v] for v in range(100)], abs=1e-9)
    first = wom.seeds(network, 1, policy="betweenness")[0]
    assert theirs[first] == pytest.approx(max(theirs.values()))


def test_a_sample_finds_who_is_between() -> None:
    """Two crowds of 300 who hear each other through two people alone."""
    rng = np.random.default_rng(1)
    ties = rng.integers(0, 300, (2, 3000))
    bridge = np.array([[0, 600, 601], [600, 601, 300]])
    ends = np.concatenate([ties, ties + 300, bridge], axis=1)
    network = Network.from_edges(*ends, n=602, directed=False)
    assert {600, 601} < set(wom.seeds(network, 4, policy="betweenness"))


def collective_of(graph: nx.Graph, v: int) -> int:
    away = nx.single_source_shortest_path_length(graph, v, cutoff=2)
    return (graph.degree(v) - 1) * sum(graph.degree(u) - 1 for u, d in away.items() if d == 2)


@pytest.mark.parametrize("seed", range(4))
def test_collective_influence_is_measured_anew_after_each_choice(seed: int) -> None:
    network = random_network(seed, n=80, arcs=140, directed=False)
    graph = graph_of(network).to_undirected()
    chosen = wom.seeds(network, 12, policy="collective_influence")
    for v in chosen:
        most = max(collective_of(graph, u) for u in graph)
        assert collective_of(graph, v) == most or most <= 0
        graph.remove_node(v)


@pytest.mark.parametrize("probability", [0.05, "weighted_cascade"])
def test_degree_discount_takes_who_is_worth_most_each_time(probability: Any) -> None:
    network = random_network(3, n=60, arcs=400)
    chance = np.zeros((60, 60))
    source = np.repeat(np.arange(60), network.followers)
    by_arc = weighted(network) if isinstance(probability, str) else probability
    chance[source, network.indices] = by_arc
    chosen: list[int] = []
    for v in wom.seeds(network, 20, policy="degree_discount", probability=probability):
        others = [w for w in range(60) if w not in chosen]
        worth = {
            u: np.prod(1.0 - chance[chosen, u]) * (1.0 + chance[u, others].sum()) for u in others
        }
        assert worth[v] == pytest.approx(max(worth.values()), rel=1e-7)
        chosen.append(v)


def test_first_discounts_are_those_of_the_paper() -> None:
    """(1 - p)^t (1 + (d - t) p) is 1 + (d - 2 t - (d - t) t p) p but for p squared."""
    p, d, t = 1e-4, 30, 3
    paper = 1 + (d - 2 * t - (d - t) * t * p) * p
    assert (1 - p) ** t * (1 + (d - t) * p) == pytest.approx(paper, abs=10 * p**2)


# greedy -----------------------------------------------------------------------------------------


def expected_spread(network: Network, chance: NDArray[np.float64]) -> dict[tuple[int, ...], float]:
    """Of every choice of two, over all worlds there are."""
    source = np.repeat(np.arange(network.n), network.followers)
    pairs = list(combinations(range(network.n), 2))
    total = dict.fromkeys(pairs, 0.0)
    for open_arcs in product((False, True), repeat=network.arcs):
        kept = np.array(open_arcs)
        weight = float(np.prod(np.where(kept, chance, 1.0 - chance)))
        reach = np.eye(network.n, dtype=bool)
        reach[source[kept], network.indices[kept]] = True
        for via in range(network.n):
            reach |= reach[:, [via]] & reach[[via], :]
        for pair in pairs:
            total[pair] += weight * float(reach[list(pair)].any(axis=0).sum())
    return total


@pytest.mark.parametrize("seed", range(6))
def test_greedy_is_within_its_guarantee_of_the_best_there_is(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = Network.from_edges(*rng.integers(0, 7, (2, 11)), n=7)
    chance = rng.random(network.arcs) if seed % 2 else weighted(network)
    spread = expected_spread(network, chance)
    chosen = wom.seeds(network, 2, probability=chance if seed % 2 else "weighted_cascade")
    ours = spread[tuple(sorted(chosen))]
    best = max(spread.values())
    assert ours >= GUARANTEE * best
    assert chosen.spread == pytest.approx(ours, rel=0.02)
    assert chosen.ratio is not None
    assert ours >= chosen.ratio * best


@pytest.mark.slow
def test_greedy_on_facebook(shared_data: Path) -> None:
    """Known: weighted cascade, 50 seeds: greedy 1,221.8, degree 1,000.4."""
    network = Network.from_file(shared_data / "ego-facebook.txt")
    chance = weighted(network)

    def reached(policy: Policy) -> tuple[Seeds, float]:
        chosen = wom.seeds(network, 50, policy=policy)
        sizes = wom.cascades(network, chance, seeds=chosen.rows, replicates=10_000, seed=7)
        return chosen, float(sizes.mean())

    chosen, greedy = reached("greedy")
    assert greedy == pytest.approx(1_221.8, rel=0.01)
    assert chosen.spread == pytest.approx(greedy, rel=0.01)
    assert chosen.ratio is not None
    assert GUARANTEE < chosen.ratio < 1.0
    assert reached("followers")[1] == pytest.approx(1_000.4, rel=0.005)
    assert 1_000.4 < reached("degree_discount")[1] < greedy


@pytest.mark.slow
def test_a_million_people_take_less_than_a_minute() -> None:
    network = Network.generate("preferential_attachment", 1_000_000, seed=1, m=5)
    wom.seeds(random_network(1), 5, threads=2)  # compiled
    before = time.process_time()
    chosen = wom.seeds(network, 50, threads=2)
    assert time.process_time() - before < 60.0
    assert len(chosen) == 50
    assert chosen.ratio is not None
    assert chosen.ratio > GUARANTEE - 0.1


def test_certain_and_impossible_arcs() -> None:
    chain = Network.from_edges([0, 1, 2, 4], [1, 2, 3, 5], n=7)
    sure = wom.seeds(chain, 2, probability=1.0)
    assert list(sure) == [0, 4]
    assert sure.spread == pytest.approx(6.0, rel=0.01)
    never = wom.seeds(chain, 3, probability=0.0)
    assert never.spread == pytest.approx(3.0, rel=0.02)
    everybody = wom.seeds(chain, 7)
    assert sorted(everybody) == list(range(7))
    assert (everybody.spread, everybody.ratio) == (7.0, 1.0)


# what must play no part -------------------------------------------------------------------------


def test_the_number_of_threads_changes_nothing() -> None:
    network = random_network(5, n=500, arcs=3000)
    one, three = (wom.seeds(network, 20, probability=0.1, threads=t) for t in (1, 3))
    assert list(one) == list(three)
    assert (one.spread, one.ratio) == (three.spread, three.ratio)


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("directed", [True, False])
def test_another_labelling_gives_the_same_people(policy: Policy, directed: bool) -> None:
    network = random_network(8, n=120, arcs=300, directed=directed)
    rng = np.random.default_rng(1)
    luck, costs, name = rng.random(120), rng.integers(1, 5, 120), rng.permutation(120)
    source = np.repeat(np.arange(120), network.followers)
    other = Network.from_edges(name[source], name[network.indices], n=120)
    other = Network(other.indptr.copy(), other.indices.copy(), directed=directed)
    back = np.argsort(name)
    for budget in (None, 40):
        one = choose(network, policy, Wanted(15, network.followers, luck, costs, budget))
        wanted = Wanted(15, other.followers, luck[back], costs[back], budget)
        assert name[one].tolist() == choose(other, policy, wanted).tolist()


@pytest.mark.parametrize("policy", [p for p in POLICIES if p != "greedy"])
def test_more_people_are_those_and_others(policy: Policy) -> None:
    network = random_network(2)
    few, many = (wom.seeds(network, k, policy=policy) for k in (5, 60))
    assert list(many)[:5] == list(few)
    assert len(set(many)) == 60


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 60), st.sampled_from(POLICIES))
def test_a_budget_is_kept_and_nobody_who_fits_is_left_out(
    seed: int, budget: int, policy: Policy
) -> None:
    network = random_network(seed, n=40, arcs=100)
    rng = np.random.default_rng(seed)
    costs = rng.integers(0, 9, 40)
    chosen = choose(network, policy, Wanted(40, network.followers, rng.random(40), costs, budget))
    assert np.unique(chosen).size == chosen.size
    left = budget - int(costs[chosen].sum())
    assert left >= 0
    assert (np.delete(costs, chosen) > left).all()


def test_greedy_under_a_budget_looks_at_what_people_cost() -> None:
    """One hub for all the money, or ten people who reach more together."""
    hub, ten = [0] * 20, np.repeat(np.arange(21, 31), 9)
    network = Network.from_edges([*hub, *ten], [*range(1, 21), *range(31, 121)])
    costs = np.full(network.n, 10)
    costs[0], costs[1:21] = 100, 100
    wanted = Wanted(network.n, network.followers, np.linspace(0, 0.9, network.n), costs, 100)
    assert sorted(choose(network, "greedy", wanted, np.array([1.0])).tolist()) == [*range(21, 31)]
    assert choose(network, "followers", wanted).tolist() == [0]


def test_all_policies_seed_campaigns() -> None:
    network = random_network(4, directed=False)
    base = wom.Scenario().replace({"horizon": 3, "publish.seeds": 10, "publish.seed_chance": 0.1})
    for policy in get_args(Policy):
        result = wom.run(base.replace({"publish.seeding": policy}), network=network)
        assert np.unique(result.share_log.person[result.share_log.hop == 0]).size >= 10


# how it is given and refused --------------------------------------------------------------------


def test_ids_are_those_of_the_data_and_a_campaign_takes_them() -> None:
    network = Network.from_edges(["eve"] * 3 + ["dan"], ["ann", "bea", "cid", "fay"])
    chosen = wom.seeds(network, 2)
    assert np.asarray(chosen).tolist() == list(chosen) == ["eve", "dan"]
    assert chosen.rows.tolist() == network.rows_of(["eve", "dan"]).tolist()
    assert chosen[0] == "eve"
    wom.run(wom.Scenario(horizon=2), network=network, seeds=chosen)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"k": 0}, "k = 0 is not allowed; give a whole number 1 to 200"),
        ({"k": 201}, "k = 201"),
        ({"policy": "hubs"}, "policy = 'hubs' is not allowed; give one of 'random'"),
        ({"probability": 1.5}, "probability = 1.5 is not allowed; give numbers from 0 to 1"),
        ({"probability": float("nan")}, "probability = nan"),
        ({"probability": [0.1, 0.2]}, "one for each of the"),
        ({"probability": "half"}, "probability = 'half'"),
        ({"epsilon": 0.0}, "epsilon = 0.0 is not allowed; give a number from .005 to .3"),
        ({"seed": -1}, "seed = -1"),
        ({"threads": 0}, "threads = 0"),
        ({"network": None}, "network = None is not allowed"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as refused:
        wom.seeds(**({"network": random_network(1), "k": 3} | wrong))
    assert words in str(refused.value)


def test_no_arcs_are_no_trouble() -> None:
    lonely = Network.from_edges([], [], n=5)
    for policy in POLICIES:
        assert len(set(wom.seeds(lonely, 3, policy=policy))) == 3
    assert choose(lonely, "greedy", Wanted(2, lonely.followers, np.zeros(5))).size == 2
    assert WEIGHTED_CASCADE.size == 0
