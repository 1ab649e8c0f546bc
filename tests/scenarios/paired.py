"""Campaigns in pairs: the same people in the same network, the same luck, and one lever apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import Campaign, run
from wordofmouth.sim.network import Network
from wordofmouth.sim.result import Result

WORLD = 1

Indicator = str | Callable[[Result], float]


@cache
def network(name: str) -> Network:
    """The network of a shipped scenario, in the world that all its campaigns share."""
    return Campaign(load(name), world=WORLD).network


def campaigns(
    name: str, seeds: Iterable[int], changes: Mapping[str, Any] | None = None
) -> list[Result]:
    """A shipped scenario, changed (but for its network), a run for each seed."""
    scenario = load(name).replace(changes or {})
    return [run(scenario, network=network(name), seed=seed, world=WORLD) for seed in seeds]


def values(results: list[Result], indicator: Indicator) -> NDArray[np.float64]:
    """An indicator of each campaign: one of `Result.kpis`, or what a function makes of it."""
    if callable(indicator):
        return np.array([indicator(result) for result in results], float)
    return np.array([result.kpis[indicator] for result in results], float)


def gain(having: list[Result], lacking: list[Result], indicator: Indicator) -> float:
    """What the lever adds to an indicator, in standard errors of the mean over pairs."""
    differences = values(having, indicator) - values(lacking, indicator)
    error = differences.std(ddof=1) / sqrt(differences.size)
    if error == 0.0:
        return float(np.sign(differences.mean())) * np.inf if differences.any() else 0.0
    return float(differences.mean() / error)
