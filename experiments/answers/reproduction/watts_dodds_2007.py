"""What it helps to begin with the influential (Watts & Dodds 2007)."""

from __future__ import annotations

from math import ceil, exp, inf, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components
from scipy.stats import poisson

from ....scenarios.loader import load
from ....sim.campaign import run
from ....sim.network import Network
from ....sim.parameters import Scenario
from .paper import Finding, Paper, Tell, findings

PEOPLE: Final = 5_000
WORLDS: Final = 10
FIRST: Final = 10  # people tried in each world, of either kind
TIES: Final = (2.0, 4.0, 6.0)
BEYOND: Final = 9.0  # so many ties that hardly anybody gives way to one neighbour
TOP: Final = 0.1  # the influential: those whom most people hear
THRESHOLD: Final = 0.18
EASY: Final = 0.12  # in place of it, where people are easily influenced
EARLY: Final = 0.1  # who adopts while a cascade is smaller than that begins it


def directed(people: int, ties: float, seed: int) -> Network:
    """Everybody is heard by a Poisson number of people, drawn at random, and hears as many."""
    draw = np.random.default_rng(seed)
    arcs = draw.poisson(people * ties)
    return Network.from_edges(draw.integers(people, size=arcs), draw.integers(people, size=arcs))


def theory(ties: float, threshold: float = THRESHOLD) -> tuple[float, float]:
    """How much larger cascades of influentials are, and how many more people hear them.

    An arc leads to a giant cascade with q = v (1 - exp(-z q)), v = P(1 + Poisson(z) <= 1 / phi)
    the chance that one neighbour convinces whom it leads to; somebody who is heard by k people
    sets it off with 1 - (1 - q)^k. Both are means over the top tenth, by those over all.

    Parameters
    ----------
    ties
        z: how many hear a person, in the mean.
    threshold
        phi.
    """
    heard = np.arange(200)
    law = poisson.pmf(heard, ties)
    easy, arc = float(poisson.cdf(int(1 / threshold) - 1, ties)), 1.0
    for _ in range(10_000):
        arc = easy * (1 - exp(-ties * arc))
    top = np.diff(np.minimum(np.cumsum(law[::-1]), TOP), prepend=0.0)[::-1] / TOP
    sets_off = 1 - (1 - arc) ** heard
    return float(top @ sets_off / (law @ sets_off)), float(top @ heard / ties)


def foreseen(network: Network) -> NDArray[np.bool_]:
    """From whom one convinced neighbour after another leads into the giant cluster of such."""
    sender = np.repeat(np.arange(network.n), network.followers)
    gives_way = (network.following <= 1 / THRESHOLD)[network.indices]
    tie = np.ones(gives_way.sum(), np.int8)
    shape = (network.n, network.n)
    graph = csr_array((tie, (network.indices[gives_way], sender[gives_way])), shape=shape)
    _, cluster = connected_components(graph, connection="strong")
    inside = np.flatnonzero(cluster == np.argmax(np.bincount(cluster)))
    able = np.zeros(network.n, bool)
    able[breadth_first_order(graph, inside[0], return_predecessors=False)] = True
    return able


def measure(tell: Tell) -> list[Finding]:
    """Cascades of influentials and of ordinary people, in the same networks.

    As in `watts_2002`, what is foreseen of everybody and what runs differ from it by are surer
    together than runs alone.
    """
    scenario = _threshold(THRESHOLD)
    found, steps = [], (len(TIES) + 1) * WORLDS
    for place, ties in enumerate(TIES):
        sizes, degrees = np.empty((WORLDS, 2)), np.empty((WORLDS, 2))
        for world in range(WORLDS):
            tell(place * WORLDS + world, steps)
            network = directed(PEOPLE, ties, world)
            groups = _top(network), np.arange(network.n)
            draw = np.random.default_rng(world)
            tried = [draw.choice(group, FIRST, replace=False) for group in groups]
            reached = [[_size(scenario, network, each, world) for each in few] for few in tried]
            whole, able = np.max(reached), foreseen(network)
            for kind, (group, few) in enumerate(zip(groups, tried, strict=True)):
                unforeseen = np.mean(reached[kind] - whole * able[few])
                sizes[world, kind] = whole * able[group].mean() + unforeseen
                degrees[world, kind] = network.followers[group].mean()
        ratio, error = _ratio(sizes)
        known, _ = theory(ties)
        share = _ratio(sizes / degrees)
        found += [
            Finding(f"cascade, influential over ordinary, {ties:g} ties", known, ratio, error),
            Finding(f"the same over the ratio of ties, {ties:g} ties", -inf, *share, side=1.0),
        ]
    return found + _beyond(tell, steps)


def _beyond(tell: Tell, steps: int) -> list[Finding]:
    """Where influentials set off nothing, and what does; and who begins a large cascade."""
    runs = []
    for world in range(WORLDS):
        tell(len(TIES) * WORLDS + world, steps)
        network = directed(PEOPLE, BEYOND, world)
        draw = np.random.default_rng(world)
        hubs, anybody = draw.choice(_top(network), FIRST), draw.integers(network.n, size=FIRST)
        stubborn, easy = (
            sum(_size(_threshold(threshold), network, each, world) for each in people) / FIRST
            for threshold, people in ((THRESHOLD, hubs), (EASY, anybody))
        )
        early = _early(directed(PEOPLE, TIES[-1], world), world)
        runs.append((stubborn / PEOPLE, easy / PEOPLE, early))
    names = (
        f"share reached by an influential, {BEYOND:g} ties, thresholds of {THRESHOLD:g}",
        f"share reached by anybody, {BEYOND:g} ties, thresholds of {EASY:g}",
        f"the easily influenced, early adopters over all, {TIES[-1]:g} ties",
    )
    table = findings(names, (-inf, inf, inf), runs)
    sides = (0.1, 0.5, 1.0)
    return [each._replace(side=side) for each, side in zip(table, sides, strict=True)]


def _early(network: Network, world: int) -> float:
    """How much more common the easily influenced are among the first adopters than among all."""
    easy = network.following <= 1 / THRESHOLD
    first = np.flatnonzero(foreseen(network))
    log = run(_threshold(THRESHOLD), network=network, seeds=[int(first[0])], seed=world).share_log
    early = log.person[np.argsort(log.tick, kind="stable")][1 : ceil(EARLY * network.n)]
    return float(easy[early].mean() / easy.mean())


def _threshold(threshold: float) -> Scenario:
    return load("cascade").replace(
        {"share.rule": "threshold", "share.threshold": threshold, "horizon": 150}
    )


def _top(network: Network) -> NDArray[np.int64]:
    order = np.argsort(-network.followers, kind="stable")
    return order[: round(TOP * network.n)]


def _size(scenario: Scenario, network: Network, first: int, world: int) -> int:
    return run(scenario, network=network, seeds=[int(first)], seed=world).share_log.person.size


def _ratio(pairs: NDArray[np.float64]) -> tuple[float, float]:
    """The ratio of two means, and its error by leaving one out."""
    left = pairs.sum(axis=0) - pairs
    each = left[:, 0] / left[:, 1]
    spread = (len(pairs) - 1) / len(pairs) * ((each - each.mean()) ** 2).sum()
    return float(pairs[:, 0].sum() / pairs[:, 1].sum()), sqrt(float(spread))


PAPER: Final = Paper(
    "watts_dodds_2007",
    "Watts & Dodds (2007), Influentials, networks, and public opinion formation, Journal of "
    "Consumer Research 34:441-458",
    "Large cascades need a critical mass of people who are easily influenced; it helps little to "
    "begin with the influential.",
    "Everybody adopts once .18 of those whom they hear have, in directed random networks of 5,000 "
    "people; ten of the tenth whom most people hear begin, and ten of all, one at a time, in ten "
    "networks for each mean number of ties.",
    "The paper plots the advantage, calls it modest (page 442) and smaller than that of ties, and "
    "says in its abstract that the easily influenced drive large cascades. The numbers here are "
    "those of the theory for infinite networks; the rest is compared by its side.",
    measure,
)
