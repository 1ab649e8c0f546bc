"""`cascade` is the independent cascade: its mean size on graphs where that is known exactly."""

from __future__ import annotations

from itertools import product
from math import sqrt

import numpy as np
import pytest
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import run
from wordofmouth.sim.network import Network

P = 0.1


def many(ties: list[tuple[int, int]], people: int, copies: int) -> Network:
    """`copies` of a small graph side by side: as many replicates in one run."""
    first = people * np.arange(copies)[:, None]
    source, target = np.array(ties).T
    return Network.from_edges(
        (first + source).ravel(), (first + target).ravel(), people * copies, directed=False
    )


def reached(ties: list[tuple[int, int]], people: int) -> tuple[float, float]:
    """Mean and standard deviation of the cascade from person 0, over all worlds of open ties."""
    mean = square = 0.0
    for world in product((False, True), repeat=len(ties)):
        inside = {0}
        for _ in range(people):
            for (u, v), open_ in zip(ties, world, strict=True):
                if open_ and (u in inside or v in inside):
                    inside |= {u, v}
        weight = P ** sum(world) * (1 - P) ** (len(ties) - sum(world))
        mean += weight * len(inside)
        square += weight * len(inside) ** 2
    return mean, sqrt(square - mean * mean)


TRIANGLE = [(0, 1), (1, 2), (0, 2)]
STAR = [(0, leaf) for leaf in range(1, 9)]
KITE = [*TRIANGLE, (1, 3), (2, 3), (3, 4)]


@pytest.mark.parametrize(("ties", "people"), [(TRIANGLE, 3), (STAR, 9), (KITE, 5)])
def test_the_mean_size_is_that_of_all_worlds(ties: list[tuple[int, int]], people: int) -> None:
    copies = 20_000
    network = many(ties, people, copies)
    seeds = (people * np.arange(copies)).tolist()
    result = run(load("cascade"), network=network, seeds=seeds, seed=1)
    mean, deviation = reached(ties, people)
    found = result.share_log.person.size / copies
    assert abs(found - mean) < 4 * deviation / sqrt(copies)


def test_the_closed_forms_are_those_of_all_worlds() -> None:
    assert reached(TRIANGLE, 3)[0] == pytest.approx(1 + 2 * (P + P**2 - P**3))
    assert reached(STAR, 9)[0] == pytest.approx(1 + 8 * P)


def test_nothing_but_passing_on_happens() -> None:
    result = run(load("cascade"), seed=0)
    kpis = result.kpis
    assert all(kpis[name] == 0 for name in ("clicks", "conversions", "new_fans", "thanks", "cost"))
    assert kpis["fans"] == 0
    assert kpis["shares"] == 10
    assert kpis["reshares"] > 1000  # the threshold of this network lies far below a tenth
    assert not result.columns["impressions"][-100:].any()  # it ended long before the horizon
