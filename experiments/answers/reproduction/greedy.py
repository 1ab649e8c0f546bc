"""Whom to ask first: one after another, whoever adds most in the same worlds."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from ....sim.cascades import cascades
from ....sim.network import Network


def spread(
    network: Network,
    chance: float | NDArray[np.float64],
    people: Iterable[int],
    worlds: int,
    seed: int,
) -> float:
    """How many people share, in the mean over some worlds, which are the same whoever begins.

    Which of a person's ties succeed is drawn by world, person and tie alone (`wom.cascades`):
    between two sets of people nothing differs but whom they reach.
    """
    sizes = cascades(network, chance, seeds=sorted(people), replicates=worlds, seed=seed)
    return float(sizes.mean())


def weighted(network: Network) -> NDArray[np.float64]:
    """The chance of each arc in the weighted cascade: 1 / the number whom its hearer hears."""
    return 1.0 / network.following[network.indices]


def greedy(count: int, candidates: Iterable[int], value: Callable[[list[int]], float]) -> list[int]:
    """The people of whom each adds most to those before (Kempe, Kleinberg & Tardos 2003).

    What somebody adds can only shrink as others are chosen: whoever adds most by an old reckoning,
    and still does by a new one, is the next. Others need not be reckoned anew (lazy evaluation:
    Leskovec et al. 2007, Cost-effective outbreak detection in networks, KDD 2007:420-429). Of
    equals the lower number is taken.

    Parameters
    ----------
    count
        How many.
    candidates
        Among whom.
    value
        What some people reach together; of submodular shape, as `spread` is in the same worlds.

    Examples
    --------
    >>> reached = {0: {1, 2, 3}, 1: {1, 2}, 2: {4}}
    >>> greedy(2, reached, lambda chosen: len(set().union(*(reached[each] for each in chosen))))
    [0, 2]
    """
    chosen: list[int] = []
    total = 0.0
    queue = [(-value([each]), each, 0) for each in candidates]
    heapq.heapify(queue)
    while queue and len(chosen) < count:
        gain, person, reckoned = heapq.heappop(queue)
        if reckoned == len(chosen):
            chosen.append(person)
            total -= gain
        else:
            heapq.heappush(queue, (total - value([*chosen, person]), person, len(chosen)))
    return chosen


def best_connected(count: int, network: Network, seed: int) -> list[int]:
    """Those whom most people hear; of equals, whom chance takes."""
    luck = np.random.default_rng(seed).random(network.n)
    chosen: list[int] = np.lexsort((luck, -network.followers))[:count].tolist()
    return chosen


def anybody(count: int, network: Network, seed: int) -> list[int]:
    """People drawn at random."""
    draw = np.random.default_rng(seed)
    chosen: list[int] = draw.choice(network.n, count, replace=False).tolist()
    return chosen


def reached(
    network: Network,
    chance: float | NDArray[np.float64],
    count: int,
    seed: int,
    *,
    worlds: int,
    fresh: int,
) -> tuple[float, float, float]:
    """What greedy, degree and chance reach, in other worlds than those by which greedy chose.

    Parameters
    ----------
    network
        Who hears whom.
    chance
        That a sharer convinces a follower; one for all or one an arc.
    count
        How many people begin.
    seed
        Of all luck.
    worlds, fresh
        How many worlds greedy chooses by, and in how many others all three are compared.
    """

    def value(people: list[int]) -> float:
        return spread(network, chance, people, worlds, 2 * seed)

    chosen = greedy(count, range(network.n), value)
    hubs, others = best_connected(count, network, seed), anybody(count, network, seed)
    first, second, third = (
        spread(network, chance, people, fresh, 2 * seed + 1) for people in (chosen, hubs, others)
    )
    return first, second, third
