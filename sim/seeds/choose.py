"""The policies by name: from a network and what is wanted to people, in the order of choice."""

from __future__ import annotations

from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from ..network import Network
from ..network.undirected import without_directions
from ..parameters.publish import Policy
from .backwards import Backwards, turned
from .betweenness import SAMPLE, betweenness
from .collective import collective
from .core import core_numbers
from .discount import discounted
from .greedy import Greedy, greedy
from .pagerank import pagerank
from .wanted import Wanted

POLICIES: Final[tuple[Policy, ...]] = get_args(Policy)

# No entry: the weighted cascade; see `turned`.
WEIGHTED_CASCADE: Final = np.empty(0)


def choose(
    network: Network,
    policy: Policy,
    wanted: Wanted,
    chance: NDArray[np.float64] = WEIGHTED_CASCADE,
) -> NDArray[np.int32]:
    """The rows of those to ask, in the order of choice.

    Parameters
    ----------
    network
        Who hears whom.
    policy
        How they are chosen.
    wanted
        How many, for what money.
    chance
        The probability of each arc, a single one for all, or none: the weighted cascade.
    """
    if policy == "random" and wanted.free:
        first = np.argpartition(wanted.luck, wanted.count - 1)[: wanted.count]
        return first[np.argsort(wanted.luck[first])].astype(np.int32)
    if policy == "random":
        return wanted.afforded(np.argsort(wanted.luck))
    if policy == "followers":
        return wanted.afforded(wanted.order)
    if policy == "fringe":
        return wanted.afforded(np.lexsort((wanted.luck, network.followers)))
    if policy == "pagerank":
        return wanted.ranked(pagerank(network.indptr, network.indices, network.following))
    if policy == "betweenness":
        sample = np.argsort(wanted.luck)[:SAMPLE].astype(np.int32)
        between = betweenness(network.indptr, network.indices, sample)
        # Rounded, so that equals are equal whatever the order in which they were added up.
        return wanted.ranked(np.round(between * (2.0**40 / (between.max() or 1.0))))
    if policy == "greedy":
        return by_guarantee(network, wanted, chance).people
    order, count, costs, budget = wanted.order, wanted.count, wanted.costs, wanted.budget
    indptr, indices = network.indptr, network.indices
    if policy == "degree_discount":
        start, heard, back = turned(indptr, indices, chance)
        return discounted(indptr, indices, start, heard, back, order, count, costs, budget)
    indptr, indices = without_directions(network)
    if policy == "k_core":
        return wanted.ranked(core_numbers(indptr, indices))
    return collective(indptr, indices, order, count, costs, budget)


def by_guarantee(
    network: Network,
    wanted: Wanted,
    chance: NDArray[np.float64],
    epsilon: float = 0.1,
    threads: int = 1,
) -> Greedy:
    """The same for `greedy`, and what it reaches; who has which luck decides all draws."""
    arcs = Backwards(*turned(network.indptr, network.indices, chance))
    # Luck is on a grid of 2**-53, a number for each person which no other labelling changes.
    identity = (wanted.luck * 2.0**53).astype(np.uint64)
    return greedy(arcs, wanted, identity, epsilon=epsilon, threads=threads)
