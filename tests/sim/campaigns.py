"""Campaigns of any kind, and what several files of tests ask about them."""

from __future__ import annotations

from typing import Any

import numpy as np
import wordofmouth as wom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path
from wordofmouth import Network, Result

from ..agents.generated import scenarios
from ..agents.generated_networks import networks

seeds_of_luck = st.integers(0, 2**62)
any_campaign = given(scenarios(), networks(), seeds_of_luck)
few = settings(max_examples=40, suppress_health_check=list(HealthCheck))
CASCADE = wom.load("cascade")


def every_role(probability: float) -> dict[str, float]:
    return {f"share.base.{role}": probability for role in ("stranger", "fan", "advocate")}


CERTAIN = every_role(1.0)


def passed_on(result: Result) -> set[tuple[int, int]]:
    """Who passed on which message."""
    log = result.share_log
    return set(zip(log.message.tolist(), log.person.tolist(), strict=True))


def rows(log: Any) -> list[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in log), strict=True))


def some_people(network: Network, seed: int, most: int = 3) -> list[int]:
    return sorted({seed * 7919 % network.n, seed * 104729 % network.n, seed % network.n})[:most]


def distances(network: Network, seeds: list[int]) -> NDArray[np.float64]:
    """Arcs from the nearest of the seeds to everybody, by scipy."""
    arcs = (np.ones(network.arcs), network.indices, network.indptr)
    graph = csr_array(arcs, shape=(network.n, network.n))
    ways: NDArray[np.float64] = shortest_path(graph, unweighted=True, indices=seeds)
    return ways.min(axis=0)


def everywhere(network: Network, seeds: list[int], **changes: Any) -> Result:
    """Everybody passes on what they hear."""
    scenario = CASCADE.replace(CERTAIN | {"horizon": network.n + 1} | changes)
    return wom.run(scenario, network=network, seeds=seeds, seed=1)


LIVELY: dict[str, Any] = {
    "network.people": 400,
    "horizon": 12,
    "people.fans": 0.2,
    **every_role(0.15),
    "transact.click": 0.3,
    "transact.convert": 0.3,
    "interact.follow": 0.3,
    "interact.thank": 0.3,
}
