"""Where degree is all one needs to choose seeds by (Stonedahl, Rand & Wilensky 2010)."""

from __future__ import annotations

from math import inf
from typing import Any, Final

from ....sim.network import Network
from .greedy import reached, weighted
from .paper import Finding, Paper, Tell, findings

PEOPLE: Final = 400
NETWORKS: Final = 10
ASKED: Final = 5
WORLDS: Final = 400
FRESH: Final = 3_000
NEAR: Final = 0.9  # what counts as near the best: assumed
MODELS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("random", "random", {"mean_degree": 10.0}),
    ("lattice", "ring", {"neighbours": 10}),
    ("small world", "small_world", {"neighbours": 10}),
    ("preferential attachment", "preferential_attachment", {"m": 5}),
)
LIKE_REAL: Final[tuple[str, str, dict[str, Any]]] = ("like a real one", "social", {"mean": 10})


def kept(
    network: Network,
    seed: int,
    *,
    asked: int = ASKED,
    worlds: int = WORLDS,
    fresh: int = FRESH,
) -> float:
    """How much of what greedy seeding reaches the best connected do, in the weighted cascade."""
    chosen, hubs, _ = reached(network, weighted(network), asked, seed, worlds=worlds, fresh=fresh)
    return hubs / chosen


def measure(tell: Tell) -> list[Finding]:
    """Degree over greedy on the models, and on a network that is more like people's."""
    kinds = (*MODELS, LIKE_REAL)
    runs = []
    for seed in range(NETWORKS):
        row: list[float] = []
        for _, kind, options in kinds:
            tell(seed * len(kinds) + len(row), NETWORKS * len(kinds))
            row.append(kept(Network.generate(kind, PEOPLE, seed=seed, **options), seed))
        models = row[: len(MODELS)]
        runs.append((*models, row[-1] / (sum(models) / len(models))))
    names = [f"people reached, degree over greedy, {words}" for words, *_ in MODELS]
    names.append("the same, like a real one over models")
    table = findings(names, [inf] * len(MODELS) + [-inf], runs)
    sides = [NEAR] * len(MODELS) + [1.0]
    return [each._replace(side=side) for each, side in zip(table, sides, strict=True)]


PAPER: Final = Paper(
    "stonedahl_2010",
    "Stonedahl, Rand & Wilensky (2010), Evolving viral marketing strategies, GECCO 2010:1195-1202",
    "Choosing seeds by degree is nearly the best on networks that models make, and is not on a "
    "real one.",
    "Five seeds by degree, and five by greedy, in the weighted cascade on four models and on "
    "`social`, ten networks of 400 people each.",
    "The paper searches among strategies for the best, on Twitter as the real network, where "
    "adoption is as Bass has it; its abstract says what is compared. Here greedy stands for the "
    "best (by 400 worlds, so that it can err), .9 of it for near, and `social` (clustered, both "
    "tails heavy) for a real network; that is so of Facebook, and not of every real network.",
    measure,
)
