"""How far a cascade gets on a network whose degrees are given (Newman 2002)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ....sim.cascades import cascades
from ....sim.network import Network
from .paper import Finding, Paper, Tell, findings

NETWORKS: Final = 8
PEOPLE: Final = 200_000
CASCADES: Final = 60
POISSON: Final[dict[str, Any]] = {"law": "poisson", "mean": 4.0}
POWER: Final = {"law": "power_law", "exponent": 2.0, "cutoff": 10.0}
GIANT: Final[tuple[tuple[str, dict[str, Any], float, float], ...]] = (
    ("Poisson degrees, p = .3", POISSON, 0.3, 0.313698),
    ("Poisson degrees, p = .5", POISSON, 0.5, 0.796812),
    ("power law of degrees, p = .6", POWER, 0.6, 0.26133),
)


def measure(tell: Tell) -> list[Finding]:
    """Cascades on configuration models above the threshold, and below it."""
    found = []
    for place, (words, law, p, share) in enumerate(GIANT):
        runs = []
        for seed in range(NETWORKS):
            tell(place * NETWORKS + seed, (len(GIANT) + 1) * NETWORKS)
            network = Network.generate("configuration", PEOPLE, seed=seed, **law)
            sizes = cascades(network, p, replicates=CASCADES, seed=seed)
            # What dies out is far smaller than a giant cascade: nothing lies between.
            large = sizes > PEOPLE // 20
            runs.append((sizes[large].mean() / PEOPLE, large.mean()))
        names = (f"share reached, {words}", f"chance of that, {words}")
        found += findings(names, (share, share), runs)
    means = []
    for seed in range(NETWORKS):
        tell(len(GIANT) * NETWORKS + seed, (len(GIANT) + 1) * NETWORKS)
        network = Network.generate("configuration", PEOPLE // 2, seed=seed, **POISSON)
        means.append([cascades(network, 0.2, replicates=100_000, seed=seed).mean()])
    found += findings(["mean size below the threshold, p = .2"], [5.0], np.array(means))
    return found


PAPER: Final = Paper(
    "newman_2002",
    "Newman (2002), Spread of epidemic disease on networks, Physical Review E 66:016128",
    "A cascade in which each tie is tried once reaches exactly the cluster of bond percolation.",
    "The independent cascade on configuration models; the numbers are the solutions of the "
    "paper's equations.",
    "Networks of 100,000 and 200,000 people in place of infinite ones.",
    measure,
)
