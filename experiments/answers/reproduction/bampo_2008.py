"""How fast a message gets about on different networks (Bampo et al. 2008)."""

from __future__ import annotations

from math import inf
from typing import Any, Final

import numpy as np

from ....scenarios.loader import load
from ....sim.campaign import run
from ....sim.network import Network
from .paper import Finding, Paper, Tell, findings

PEOPLE: Final = 3_000
NETWORKS: Final = 12
SEEDS: Final = 10
CHANCE: Final = 0.2
EARLY: Final = 4  # steps after which it is looked how many it has reached
KINDS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("scale-free", "preferential_attachment", {"m": 5}),
    ("random", "random", {"mean_degree": 10.0}),
    ("small world", "small_world", {"neighbours": 10, "rewire": 0.1}),
)


def measure(tell: Tell) -> list[Finding]:
    """The same campaign on three networks with as many ties, until nobody passes it on."""
    scenario = load("cascade").replace(
        {f"share.base.{role}": CHANCE for role in ("stranger", "fan", "advocate")}
        | {"publish.seeds": SEEDS}
    )
    runs = np.empty((NETWORKS, len(KINDS), 3))
    for seed in range(NETWORKS):
        for place, (_, kind, options) in enumerate(KINDS):
            tell(seed * len(KINDS) + place, NETWORKS * len(KINDS))
            network = Network.generate(kind, PEOPLE, seed=seed, **options)
            reached = run(scenario, network=network, seed=seed).columns["reach"].cumsum()
            half = np.interp(reached[-1] / 2, reached, np.arange(1, reached.size + 1))
            runs[seed, place] = reached[EARLY], half, reached[-1]
    ratios, names, known = [], [], []
    for first, second in ((0, 1), (1, 2)):
        pair = f"{KINDS[first][0]} over {KINDS[second][0]}"
        names += [f"reach after {EARLY} steps, {pair}", f"steps to half of it, {pair}"]
        known += [inf, -inf]
        ratios.append(runs[:, first, :2] / runs[:, second, :2])
    table = findings(names, known, np.concatenate(ratios, axis=1))
    return [each._replace(side=1.0) for each in table]


PAPER: Final = Paper(
    "bampo_2008",
    "Bampo, Ewing, Mather, Stewart & Wallace (2008), The effects of the social structure of "
    "digital networks on viral marketing performance, Information Systems Research 19:273-290",
    "How fast a message gets about is a matter of structure: fastest on scale-free networks, then "
    "on random ones, slowest on small worlds.",
    "The independent cascade with a chance of .2 from ten people, on three kinds of network of "
    "3,000 people with ten ties each in the mean, twelve of each.",
    "The paper has a model of e-mails fitted to one campaign, and its abstract says that structure "
    "is critical, without a number; only the order is compared, which is as others report it.",
    measure,
)
