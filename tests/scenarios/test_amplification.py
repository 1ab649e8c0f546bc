"""Source 004's arithmetic: exact on a tree (oracle A14), and fewer people where friends overlap."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import choose_network, run
from wordofmouth.sim.network import Network
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result
from wordofmouth.sim.state import EXPOSED, NOTICED
from wordofmouth.sim.world import FAN

FRIENDS, SHARING = 300, 0.1
WORLD = 3
SEEDS = range(16)


def exposures(result: Result) -> NDArray[np.int64]:
    """Posts that arrived, at hops 0 to 3, over all messages."""
    return result.counts[:, EXPOSED, :, :4, 0].sum(axis=(0, 1))


def trees_below(fans: NDArray[np.int64], n: int, generations: int) -> Network:
    """A 300-ary tree of so many generations below each of the fans, on the people 0 .. n - 1."""
    unmet = np.setdiff1d(np.arange(n), fans)
    parents, source, target = fans, [], []
    for _ in range(generations):
        children, unmet = np.split(unmet, [parents.size * FRIENDS])
        assert children.size == parents.size * FRIENDS, "the trees have outgrown the people"
        source.append(np.repeat(parents, FRIENDS))
        target.append(children)
        parents = children
    return Network.from_edges(np.concatenate(source), np.concatenate(target), n, directed=True)


# One generation of many trees for the fans' coins, two of a few for those of their friends.
@pytest.mark.parametrize(
    ("generations", "n", "fans", "seeds"), [(1, 300_000, 900, 3), (2, 1_000_000, 9, 6)]
)
def test_on_the_tree_the_exposures_are_f_30_f_and_900_f(
    generations: int, n: int, fans: int, seeds: int
) -> None:
    posts = 64  # as many replicates in one run: nothing carries over from one to the next
    calendar = {"content": ["post"] * posts, "publish.interval": 1, "horizon": posts + 3}
    stays = {"interact.unfollow": 0.0}  # the arithmetic knows nobody who leaves
    scenario = load("amplification").replace({"people.fans": fans / n, **calendar, **stays})
    # Who happens to follow the brand in this world stands at the root of a tree.
    nobody = run(scenario, network=Network.from_edges([], [], n), world=WORLD)
    roots = np.flatnonzero(nobody.role_at_birth == FAN)
    network = trees_below(roots, n, generations)
    runs = [run(scenario, network=network, seed=seed, world=WORLD) for seed in range(seeds)]
    total = np.sum([exposures(result) for result in runs], axis=0)

    assert total[0] == roots.size * posts * seeds
    assert not total[generations + 1 :].any()  # the trees end
    growth = FRIENDS * SHARING
    spread = FRIENDS * sqrt(SHARING * (1 - SHARING))  # of the exposures that one exposure makes
    variance = 0.0
    for hop in range(1, generations + 1):
        # Given the generation before, each of its exposures is a coin of its own ...
        before = total[hop - 1]
        assert abs(total[hop] - growth * before) < 4 * spread * sqrt(before)
        # ... and from the fans alone, what was chance in one generation grows with the next.
        variance = growth**2 * variance + spread**2 * growth ** (hop - 1) * total[0]
        assert abs(total[hop] - growth**hop * total[0]) < 4 * sqrt(variance)
    for result in runs:  # nobody is met twice: exposures are people
        noticed, people = result.counts[:, NOTICED].sum(axis=(0, 1, 2))
        assert noticed == people == exposures(result).sum()


def runs_on_its_network(scenario: Scenario) -> list[Result]:
    network = choose_network(scenario, 0)
    return [run(scenario, network=network, seed=seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def crowd() -> list[Result]:
    return runs_on_its_network(load("amplification"))


@pytest.fixture(scope="module")
def clustered() -> list[Result]:
    return runs_on_its_network(load("amplification_clustered"))


def test_in_the_crowd_the_exposures_are_those_of_the_arithmetic(crowd: list[Result]) -> None:
    total = np.sum([exposures(result) for result in crowd], axis=0)
    assert total[0] == sum(result.kpis["fans"] for result in crowd)
    assert total[3] == 0
    for hop in (1, 2):
        error = 300 * 0.3 / sqrt(total[hop - 1])
        # Two per cent for the few who are met twice and pass it on once.
        assert abs(total[hop] / total[hop - 1] - 30) < 4 * error + 0.6


def test_clustering_leaves_fewer_people_behind_the_exposures(
    crowd: list[Result], clustered: list[Result]
) -> None:
    people = np.array(
        [
            [result.kpis["reach"] / exposures(result).sum() for result in pair]
            for pair in zip(crowd, clustered, strict=True)
            if all(result.kpis["shares"] > 0 for result in pair)
        ]
    )
    assert len(people) > len(SEEDS) / 2
    assert (people[:, 0] > people[:, 1]).all()
    assert people[:, 0].mean() > 0.8
    assert people[:, 1].mean() < 0.7


def test_the_same_fans_reach_fewer_people_where_friends_overlap(
    crowd: list[Result], clustered: list[Result]
) -> None:
    fewer = np.array(
        [a.kpis["reach"] - b.kpis["reach"] for a, b in zip(crowd, clustered, strict=True)]
    )
    assert [a.kpis["fans"] for a in crowd] == [b.kpis["fans"] for b in clustered]
    assert fewer.mean() > 4 * fewer.std(ddof=1) / sqrt(fewer.size)


def test_a_town_ends_where_the_arithmetic_goes_on() -> None:
    changes = {"network.people": 5_000, "people.fans": 0.006, "horizon": 6}
    result = run(load("amplification_clustered").replace(changes), seed=2)
    fans = result.kpis["fans"]
    arithmetic = sum(fans * 30**generation for generation in range(6))
    assert 4_500 < result.kpis["reach"] <= 5_000
    assert result.kpis["impressions"] < 5_000 * (FRIENDS + 1) < arithmetic / 100
