"""How rare popular cascades are, and how they are built (Goel, Anderson, Hofman & Watts 2016)."""

from __future__ import annotations

from typing import Final

import numpy as np

from ....sim.cascades import cascades
from ....sim.metrics import virality
from ....sim.network import Network
from .paper import Finding, Paper, Tell, findings

PEOPLE: Final = 1_000_000
NETWORKS: Final = 6
CASCADES: Final = 1_500_000
POPULAR: Final = 100
EXPONENT: Final = 2.3
FOLLOWERS: Final = 41.47
# R, the percentage of popular cascades by the law of Otter and Dwass, and the mean structural
# virality of these that the paper prints in its table of simulations.
KNOWN: Final = ((0.5, 0.0679, 3.61), (0.7, 0.2244, 4.98))


def measure(tell: Tell) -> list[Finding]:
    """Cascades from a random person on networks with a power law of followers."""
    found = []
    for place, (ratio, popular, depth) in enumerate(KNOWN):
        runs = []
        for seed in range(NETWORKS):
            tell(place * NETWORKS + seed, len(KNOWN) * NETWORKS)
            network = Network.generate("power_law_followers", PEOPLE, exponent=EXPONENT, seed=seed)
            forest = cascades(
                network, ratio / FOLLOWERS, replicates=CASCADES, seed=seed, keep="forest", threads=2
            )
            large = forest.sizes >= POPULAR
            runs.append((100 * large.mean(), virality(forest.parent_rows())[large].mean()))
        names = (f"cascades of 100 and more, per cent, R = {ratio}", f"their virality, R = {ratio}")
        table = findings(names, (popular, depth), np.array(runs))
        found += [table[0], table[1]._replace(within=0.005)]
    return found


PAPER: Final = Paper(
    "goel_2016",
    "Goel, Anderson, Hofman & Watts (2016), The structural virality of online diffusion, "
    "Management Science 62:180-196",
    "Popular cascades are rare, and more like chains of people the larger R is.",
    "Cascades from a random person; followers by a power law of exponent 2.3 from 10 to a "
    "million; each passes it on with one small probability, so that R is .5 or .7.",
    "Six networks of a million people with 1.5 million cascades each, the paper has 25 million "
    "people; the percentage is that of the exact law, the virality the one that is printed.",
    measure,
)
