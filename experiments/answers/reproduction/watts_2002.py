"""When one person sets off a global cascade of thresholds (Watts 2002)."""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ....scenarios.loader import load
from ....sim.campaign import run
from ....sim.network import Network
from .paper import Finding, Paper, Tell

PEOPLE: Final = 10_000
WORLDS: Final = 40
FIRST: Final = 2  # people tried in each world
THRESHOLD: Final = 0.18
MOST_TIES: Final = 5  # whoever has so many ties or fewer gives way to one neighbour
GLOBAL: Final = 0.1  # a cascade is global where a tenth takes part
KNOWN: Final = {2: 0.754, 3: 0.873, 4: 0.865, 5: 0.695}


def can_trigger(network: Network) -> NDArray[np.bool_]:
    """Those in or next to the largest cluster of people whom one neighbour convinces."""
    sender = np.repeat(np.arange(network.n), network.followers)
    vulnerable = network.followers <= MOST_TIES
    kept = vulnerable[sender] & vulnerable[network.indices]
    ties = (np.ones(kept.sum(), np.int8), (sender[kept], network.indices[kept]))
    _, cluster = connected_components(csr_array(ties, shape=(network.n, network.n)))
    core = vulnerable & (cluster == np.argmax(np.bincount(cluster[vulnerable])))
    core |= np.bincount(sender[core[network.indices]], minlength=network.n) > 0
    return np.asarray(core)


def measure(tell: Tell) -> list[Finding]:
    """Random people begin, in each of many random networks of a mean degree.

    Runs say which of them set off a global cascade; how many could, all people of a network say.
    What a run does and what was foreseen of its first person seldom differ: the mean of the one
    and of their differences together is surer than either.
    """
    scenario = load("cascade").replace(
        {"share.rule": "threshold", "share.threshold": THRESHOLD, "horizon": 150}
    )
    found = []
    for place, (ties, known) in enumerate(KNOWN.items()):
        able, wrong = [], []
        for world in range(WORLDS):
            tell(place * WORLDS + world, len(KNOWN) * WORLDS)
            network = Network.generate("random", PEOPLE, seed=world, mean_degree=float(ties))
            foreseen = can_trigger(network)
            able.append(foreseen.mean())
            for first in np.random.default_rng(world).integers(PEOPLE, size=FIRST).tolist():
                size = run(
                    scenario, network=network, seeds=[first], seed=world
                ).share_log.person.size
                wrong.append(float(size > GLOBAL * PEOPLE) - float(foreseen[first]))
        error = sqrt(np.var(able) / len(able) + np.var(wrong) / len(wrong))
        words = f"chance of a global cascade, mean degree {ties}"
        found.append(Finding(words, known, float(np.mean(able) + np.mean(wrong)), error, 0.0005))
    return found


PAPER: Final = Paper(
    "watts_2002",
    "Watts (2002), A simple model of global cascades on random networks, PNAS 99:5766-5771",
    "Global cascades happen where networks are neither too sparse nor too dense.",
    "Everybody adopts once .18 of their neighbours have, on random networks of 10,000 people "
    "with one adopter at the start; 40 networks for each mean degree.",
    "The numbers are those of the theory for infinite networks (the giant vulnerable cluster "
    "and its neighbours), which the paper plots; they are rounded to three digits.",
    measure,
)
