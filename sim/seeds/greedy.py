"""Greedy seeding with a guarantee, by reverse-reachable sets.

If people drawn at random are asked by whom they would have been reached, a set of seeds is in a
share of the answers that is its spread divided by n (Borgs et al. 2014). People are chosen
greedily by half of the answers and judged by the other half, which knows nothing of the choice:
what they reach at least, beside what anybody could reach at most, is a guarantee for this very
choice. Both halves double until it is as good as asked (Tang et al. 2018, OPIM-C).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from math import e, log, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..draws import REVERSE, key
from .backwards import Backwards
from .cover import cover, filed
from .reverse import reverse_sets, sets_hit
from .wanted import Wanted

# What greedy cannot be better than in general, without a budget (Nemhauser, Wolsey & Fisher 1978)
# and with one (Leskovec et al. 2007).
BEST: Final = 1.0 - 1.0 / e
BEST_FOR_MONEY: Final = BEST / 2.0
_FIRST: Final = 1 << 8
# So many sets, or members of all together, are drawn even where the guarantee holds sooner.
_SETS: Final = 1 << 17
_MEMBERS: Final = 1 << 24
# More members, which take 8 bytes each, are not: then the guarantee is what it is.
_MOST: Final = 1 << 27
_ROUNDS: Final = 20  # from the first sets to as many as members
_BLOCKS: Final = 32


class Greedy(NamedTuple):
    """Rows in the order of choice, what they reach together, and how good that is.

    Attributes
    ----------
    people : int32 rows
    spread
        Estimate of the expected number who share, seeds included, by sets unseen by the choice.
    ratio
        With probability 1 - min(1 / n, .001) the expected spread is at least this share of that
        of the best choice there is.
    """

    people: NDArray[np.int32]
    spread: float
    ratio: float


def greedy(
    arcs: Backwards,
    wanted: Wanted,
    identity: NDArray[np.uint64],
    *,
    epsilon: float = 0.1,
    threads: int = 1,
) -> Greedy:
    r"""Choose people greedily for what they add to the spread of an independent cascade.

    With coverages :math:`\Lambda_1` of the sets chosen by and :math:`\Lambda_2` of as many others,
    :math:`\theta` each, and :math:`a = \ln(2 \cdot rounds / \delta)`,

    .. math::

        \sigma(S) &\ge \frac{n}{\theta} \left( \left(\sqrt{\Lambda_2 + 2a/9}
                      - \sqrt{a/2}\right)^2 - a/18 \right) \\
        \sigma(best) &\le \frac{n}{\theta} \left(\sqrt{U + a/2} + \sqrt{a/2}\right)^2

    where U bounds what any choice covers: :math:`\Lambda_1` and the most that as many others would
    add, or :math:`\Lambda_1 / (1 - 1/e)`. Under a budget the better is taken of those who add most
    and of those who add most for their money.

    Parameters
    ----------
    arcs
        Who hears whom, backwards, with probabilities.
    wanted
        How many, for what money.
    identity
        Whom draws are about: numbers drawn by luck, so that they are the seed of all draws too.
    epsilon
        How far the guarantee may be from 1 - 1/e, or half of it under a budget.
    threads
        Over how many threads sets are drawn; changes no result.
    """
    n = identity.size
    if n == 0 or wanted.count == 0:
        return Greedy(np.empty(0, np.int32), 0.0, 1.0)
    by_identity = np.argsort(identity, kind="stable").astype(np.int32)
    columns: tuple[Any, ...] = (*arcs, identity, by_identity)
    halves: tuple[Any, Any] = key(0, int(REVERSE), 1), key(0, int(REVERSE), 2)
    a = log(2 * _ROUNDS / min(1.0 / n, 0.001))
    target = (BEST if wanted.free else BEST_FOR_MONEY) - epsilon
    sizes, members = np.empty(0, np.int64), np.empty(0, np.int32)
    count = _FIRST
    workers = min(threads, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:

        def shared_out(kernel: Any, half: int, first: int, last: int, *more: Any) -> list[Any]:
            edges = np.linspace(first, last, _BLOCKS + 1).astype(np.int64).tolist()
            jobs = [
                pool.submit(partial(kernel, *columns, halves[half], low, high, *more))
                for low, high in pairwise(edges)
            ]
            return [job.result() for job in jobs]

        while True:
            drawn = shared_out(reverse_sets, 0, sizes.size, count)
            sizes = np.concatenate([sizes, *(each[0] for each in drawn)])
            members = np.concatenate([members, *(each[1] for each in drawn)])
            people, most = _covering(sizes, members, wanted)
            marked = np.zeros(n, np.bool_)
            marked[people] = True
            hit = sum(shared_out(sets_hit, 1, 0, sizes.size, marked))
            least = (sqrt(hit + 2 * a / 9) - sqrt(a / 2)) ** 2 - a / 18
            bound = (sqrt(most + a / 2) + sqrt(a / 2)) ** 2
            scale = n / sizes.size
            ratio = min(1.0, max(least * scale, people.size) / min(max(bound * scale, 1e-9), n))
            many = count >= _SETS or members.size >= _MEMBERS
            if (many and ratio >= target) or members.size > _MOST // 2:
                return Greedy(people, max(hit * scale, float(people.size)), ratio)
            count *= 2


def _covering(
    sizes: NDArray[np.int64], members: NDArray[np.int32], wanted: Wanted
) -> tuple[NDArray[np.int32], float]:
    """Who covers most sets, and more sets than which nobody could cover."""
    offsets, start, sets = filed(sizes, members, wanted.order.size)

    def covering(by_money: bool) -> tuple[NDArray[np.int32], int, NDArray[np.int64]]:
        return cover(
            offsets, members, start, sets, wanted.order,
            wanted.count, wanted.costs, wanted.budget, by_money,
        )  # fmt: skip

    people, covered, gain = covering(False)
    if not wanted.free:
        people, covered, gain = max(
            (people, covered, gain), covering(True), key=lambda found: found[1]
        )
    most = covered + float(np.sort(gain)[::-1][: wanted.count].sum())
    if wanted.free:
        return people, min(most, covered / BEST)
    for_money = np.argsort(-gain / np.maximum(wanted.costs, 1), kind="stable")
    spent = np.cumsum(wanted.costs[for_money].astype(np.float64))
    # Whoever is the first beyond the budget is counted whole, which is above any part.
    inside = int(np.searchsorted(spent, wanted.budget, side="right")) + 1
    return people, min(most, covered + float(gain[for_money][:inside].sum()))
