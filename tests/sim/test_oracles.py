"""Exact answers through the public engine: closed forms, and all worlds of tiny networks.

Tolerances are 4 standard errors, seeds are fixed, and sizes are such that a bias of 2 % would be
seen: `assert_near` says so where it is not.
"""

from __future__ import annotations

from itertools import product
from math import sqrt
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from numpy.typing import NDArray
from scipy import stats
from scipy.special import gammaln
from wordofmouth import Network, Result, Scenario
from wordofmouth.sim import state as s
from wordofmouth.sim.world import FAN

CASCADE = wom.load("cascade")
FAMILY = 1e-6


def every_role(probability: float) -> dict[str, float]:
    return {f"share.base.{role}": probability for role in ("stranger", "fan", "advocate")}


def assert_near(found: NDArray[Any], exact: float, error: float | None = None) -> None:
    """The mean of independent numbers, to 4 standard errors, of which one is below .5 %."""
    error = float(np.std(found, ddof=1)) / sqrt(found.size) if error is None else error
    assert error < 0.005 * exact, f"no power: {error / exact:.4f}"
    assert abs(float(np.mean(found)) - exact) < 4 * error, (float(np.mean(found)), exact, error)


# A12: all worlds of a tiny network --------------------------------------------------------------

TINY: dict[str, tuple[list[tuple[int, int]], list[int]]] = {
    "triangle": ([(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)], [0]),
    "star": ([(0, 1), (0, 2), (0, 3), (0, 4)], [0]),
    "kite": ([(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1), (2, 3), (3, 2)], [3]),
    "two ways": ([(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (4, 1)], [0]),
    "two seeds": ([(0, 2), (1, 2), (2, 3), (3, 0), (1, 4), (4, 3)], [0, 1]),
}


def all_worlds(arcs: list[tuple[int, int]], seeds: list[int], p: float) -> dict[int, float]:
    """The law of the number reached: which arcs are open, world by world."""
    law: dict[int, float] = {}
    for world in product((False, True), repeat=len(arcs)):
        inside = set(seeds)
        for _ in arcs:
            inside |= {
                v for (u, v), is_open in zip(arcs, world, strict=True) if is_open and u in inside
            }
        weight = p ** sum(world) * (1 - p) ** (len(arcs) - sum(world))
        law[len(inside)] = law.get(len(inside), 0.0) + weight
    return law


def side_by_side(arcs: list[tuple[int, int]], people: int, copies: int) -> Network:
    first = people * np.arange(copies)[:, None]
    source, target = np.array(arcs).T
    return Network.from_edges((first + source).ravel(), (first + target).ravel(), people * copies)


@pytest.mark.parametrize("p", [0.1, 0.4, 0.7])
@pytest.mark.parametrize("name", TINY)
def test_a_tiny_network_follows_the_law_of_all_its_worlds(name: str, p: float) -> None:  # A12
    arcs, seeds = TINY[name]
    people, copies, posts = 5, 2_500, 20
    network = side_by_side(arcs, people, copies)
    asked = (people * np.arange(copies)[:, None] + seeds).ravel().tolist()
    scenario = CASCADE.replace(
        every_role(p) | {"content": ["post"] * posts, "publish.interval": 1, "horizon": posts + 9}
    )
    result = wom.run(scenario, network=network, seeds=asked, seed=1)
    log = result.share_log
    sizes = np.bincount(log.message * copies + log.person // people, minlength=copies * posts)
    law = all_worlds(arcs, seeds, p)
    mean = sum(size * chance for size, chance in law.items())
    spread = sqrt(sum(size**2 * chance for size, chance in law.items()) - mean**2)
    assert_near(sizes, mean, spread / sqrt(sizes.size))
    found = np.bincount(sizes, minlength=people + 1)[sorted(law)]
    assert found.sum() == sizes.size
    assert stats.chisquare(found, [law[size] * sizes.size for size in sorted(law)]).pvalue > FAMILY


def test_the_worlds_of_triangle_and_star_are_the_closed_forms() -> None:
    for p in (0.1, 0.4, 0.7):
        triangle, star = (all_worlds(*TINY[name], p) for name in ("triangle", "star"))
        mean = sum(size * chance for size, chance in triangle.items())
        assert mean == pytest.approx(1 + 2 * (p + p**2 - p**3))
        assert sum(size * chance for size, chance in star.items()) == pytest.approx(1 + 4 * p)


# A15: the funnel below R = 1 --------------------------------------------------------------------

K, V, S0, S1 = 3, 0.6, 0.2, 0.25  # followers, notice, share: R = 3 x .6 x .25 = .45
CLICK, LINK, FIDELITY, CONVERT = 0.5, 0.9, 0.8, 0.4
DEPTH, POSTS, FANS, PEOPLE = 6, 60, 200, 260_000


def trees_below(roots: NDArray[np.int64], n: int) -> Network:
    """A K-ary tree of DEPTH generations below each of the roots, directed, on n people."""
    unmet = np.setdiff1d(np.arange(n), roots)
    parents, source, target = roots, [], []
    for _ in range(DEPTH):
        children, unmet = np.split(unmet, [parents.size * K])
        assert children.size == parents.size * K, "the trees have outgrown the people"
        source.append(np.repeat(parents, K))
        target.append(children)
        parents = children
    return Network.from_edges(np.concatenate(source), np.concatenate(target), n)


NOTICED_WITH_V = {
    "attention": {"attention": V, "content_types.post.longevity": 1e6},
    # No post is still waiting when the next one comes.
    "feeds that wait": {
        "attention": V,
        "content_types.post.longevity": 1e6,
        "people.activity": 2.0,
        "publish.interval": 60,
        "horizon": POSTS * 60,
    },
}


@pytest.fixture(scope="module", params=NOTICED_WITH_V)
def funnel(request: pytest.FixtureRequest) -> tuple[int, list[Result]]:
    """Campaigns on trees with the fans at their roots; each post is a replicate of its own."""
    scenario = Scenario().replace(
        {
            "people.fans": FANS / PEOPLE,
            "people.advocates": 0.0,
            "interact.unfollow": 0.0,  # the fans of the last post are those of the first
            "share.base.fan": S0,
            "share.base.stranger": S1,
            "transact.click": CLICK,
            "transact.link": LINK,
            "transact.recall": 0.0,
            "transact.convert": CONVERT,
            "transact.once": "post",
            "content_types.post.fidelity": FIDELITY,
            "content": ["post"] * POSTS,
            "publish.interval": DEPTH + 1,
            "horizon": POSTS * (DEPTH + 1),
            **NOTICED_WITH_V[request.param],
        }
    )
    world = 4
    nobody = wom.run(scenario, network=Network.from_edges([], [], PEOPLE), world=world)
    fans = np.flatnonzero(nobody.role_at_birth == FAN)
    network = trees_below(fans, PEOPLE)
    return fans.size, [wom.run(scenario, network=network, seed=k, world=world) for k in range(25)]


def by_message(results: list[Result], step: int) -> NDArray[np.float64]:
    return np.concatenate([r.counts[:, step, :, :, 0].sum(axis=(1, 2)) for r in results])


def seen_by_generation(fans: int) -> list[float]:
    """F v; F v s0 k v; and R times that with each generation more."""
    reproduction = K * V * S1
    first = fans * V * S0 * K * V
    return [fans * V, *(first * reproduction**g for g in range(DEPTH))]


def test_the_funnel_below_one_sees_as_many(funnel: tuple[int, list[Result]]) -> None:  # A15
    fans, results = funnel
    seen = seen_by_generation(fans)
    endless = fans * V * (1 + S0 * K * V / (1 - K * V * S1))
    assert sum(seen) == pytest.approx(endless, rel=0.005)  # Wald's sum, but for its far end
    assert_near(by_message(results, s.NOTICED), sum(seen))


def test_the_funnel_below_one_converts_as_many(funnel: tuple[int, list[Result]]) -> None:  # A15
    fans, results = funnel
    seen = seen_by_generation(fans)
    found = [CLICK * n * (LINK * FIDELITY**hop if hop else 1.0) for hop, n in enumerate(seen)]
    assert_near(by_message(results, s.CLICKED), sum(seen) * CLICK)
    assert_near(by_message(results, s.FOUND), sum(found))
    assert_near(by_message(results, s.CONVERTED), sum(found) * CONVERT)
    assert abs(np.mean([r.kpis["r_later_hops"] for r in results]) / (K * V * S1) - 1) < 0.05


# A6: Poisson offspring --------------------------------------------------------------------------


def borel(n: NDArray[np.int64], ratio: float) -> NDArray[np.float64]:
    """The law of total progeny, e^-Rn (Rn)^(n-1) / n!."""
    law: NDArray[np.float64] = np.exp(-ratio * n + (n - 1) * np.log(ratio * n) - gammaln(n + 1))
    return law


POSTS_EACH = 8


def cascades_of_random_people(
    network: Network, p: float, runs: int, seeds: int = 250
) -> NDArray[np.int64]:
    """Sizes of cascades, `[run, post and seed]`: so few at once that they hardly ever meet."""
    scenario = CASCADE.replace(
        every_role(p) | {"content": ["post"] * POSTS_EACH, "publish.interval": 1, "horizon": 150}
    )
    sizes = []
    for run in range(runs):
        asked = np.random.default_rng(run).choice(network.n, seeds, replace=False).tolist()
        sizes.append(wom.run(scenario, network=network, seeds=asked, seed=run).cascades.size)
    return np.array(sizes)


def error_of_mean(sizes: NDArray[np.int64], followers: float, p: float) -> float:
    """Of sizes with Poisson offspring, R = p followers: their variance is R / (1 - R)^3.

    The seeds of a run begin all of its posts, and what these share is a seed's followers, each of
    whom brings p / (1 - R) on average.
    """
    ratio = p * followers
    shared = followers * (p / (1 - ratio)) ** 2
    return sqrt((ratio / (1 - ratio) ** 3 + (POSTS_EACH - 1) * shared) / sizes.size)


def test_cascades_with_poisson_offspring_follow_borel() -> None:  # A6
    ratio, followers, people = 0.5, 10, 200_000
    luck = np.random.default_rng(6)
    source, target = luck.integers(people, size=(2, followers * people))
    network = Network.from_edges(source, target, people)
    sizes = cascades_of_random_people(network, ratio / followers, runs=30)
    assert sizes.size == 60_000
    assert borel(np.array([1, 2]), ratio) == pytest.approx([0.60653, 0.18394], abs=5e-6)
    assert_near(sizes, 2.0, error_of_mean(sizes, followers, ratio / followers))
    largest = 9
    found = np.bincount(np.minimum(sizes.ravel(), largest), minlength=largest + 1)[1:]
    law = borel(np.arange(1, largest), ratio)
    expected = np.append(law, 1 - law.sum()) * sizes.size
    assert stats.chisquare(found, expected).pvalue > FAMILY


# A7: configuration networks ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "p", "share", "networks"),
    [
        ({"law": "poisson", "mean": 4.0}, 0.3, 0.313698, 40),
        ({"law": "poisson", "mean": 4.0}, 0.5, 0.796812, 12),
        ({"law": "power_law", "exponent": 2.0, "cutoff": 10.0}, 0.6, 0.26133, 36),
    ],
)
def test_the_giant_cascade_of_a_configuration_network(
    law: dict[str, Any], p: float, share: float, networks: int
) -> None:  # A7
    people = 60_000
    scenario = CASCADE.replace(every_role(p) | {"publish.seeds": 20, "horizon": 400})
    found = []
    for seed in range(networks):
        network = Network.generate("configuration", people, seed=seed, **law)
        found.append(wom.run(scenario, network=network, seed=seed).share_log.person.size / people)
    assert_near(np.array(found), share)


@pytest.mark.parametrize(
    ("p", "runs", "seeds", "mean"),
    [(0.15, 50, 250, 2.5), pytest.param(0.2, 300, 100, 5.0, marks=pytest.mark.slow)],
)
def test_below_the_threshold_cascades_stay_small(
    p: float, runs: int, seeds: int, mean: float
) -> None:  # A7: 1 + p z / (1 - p z)
    ties = 4.0
    network = Network.generate("configuration", 300_000, seed=1, law="poisson", mean=ties)
    sizes = cascades_of_random_people(network, p, runs, seeds)
    assert mean == pytest.approx(1 + p * ties / (1 - p * ties))
    # Who is met along a tie has as many others, on average: Poisson offspring once more.
    assert_near(sizes, mean, error_of_mean(sizes, ties, p))


# the engine against the bare kernel -------------------------------------------------------------


@pytest.mark.parametrize(("p", "runs"), [(0.02, 20), (0.05, 20), (0.1, 5)])
def test_cascade_is_what_the_bare_kernel_does(p: float, runs: int) -> None:
    """Two ways to the same law: draws, order and code have nothing in common."""
    network = wom.Network.generate("preferential_attachment", 10_000, seed=1, m=5)
    seeds = [0, 17, 400, 1_000, 2_000, 3_000, 5_000, 7_000, 9_000, 9_999]
    posts = 40  # as many replicates in one run
    scenario = CASCADE.replace(every_role(p) | {"content": ["post"] * posts, "publish.interval": 1})
    engine = np.concatenate(
        [
            np.bincount(
                wom.run(scenario, network=network, seeds=seeds, seed=seed).share_log.message
            )
            for seed in range(runs)
        ]
    )
    sizes = np.asarray(wom.cascades(network, p, seeds, replicates=200 * runs, seed=1))
    error = sqrt(engine.var(ddof=1) / engine.size + sizes.var(ddof=1) / sizes.size)
    assert abs(engine.mean() - sizes.mean()) < 4 * error
    assert error < 0.03 * sizes.mean()
    assert stats.ks_2samp(engine, sizes).pvalue > FAMILY
