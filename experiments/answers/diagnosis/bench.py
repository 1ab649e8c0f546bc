"""Where a diagnosis tries things out: stages wide open, what money buys, remedies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ....sim.parameters import Scenario
from ...estimates.interval import Estimate, difference
from ...worlds.worlds import Worlds
from . import spend as market
from .gain import Bought, RemedyGain, StageGain
from .kept import Keeping, Kept, gain_of, known
from .remedies import remedies_for, settings
from .stages import HANDLES, improved

# Stages whose remedies are tried.
TOP: Final = 3


@dataclass
class Bench:
    """Runs what is asked in the same worlds, and counts campaigns.

    Attributes
    ----------
    scenario, keeping
        What is diagnosed, and what is kept of each campaign.
    worlds
        Where they are run.
    """

    scenario: Scenario
    keeping: Keeping
    worlds: Worlds

    def run(self, scenarios: Mapping[str, Scenario], replicates: int) -> dict[str, list[Kept]]:
        """The first replicates of each scenario."""
        if not scenarios:
            return {}
        rows = self.worlds.replicates(scenarios, self.keeping, range(replicates))
        return {name: [row[k] for row in rows] for k, name in enumerate(scenarios)}


def fewer(replicates: int) -> int:
    """In how many worlds stages are opened: that changes so much that few show it, and slowly."""
    return min(replicates, max(4, replicates // 16))


def opened(bench: Bench, active: list[str], base: list[Kept]) -> dict[str, Estimate]:
    """What each stage brings when it is opened as far as it goes, in fewer worlds."""
    few = fewer(len(base))
    wide = {name: improved(HANDLES[name], bench.scenario, math.inf) for name in active}
    found = bench.run(wide, few)
    return {name: gain_of(rows, base[:few]) for name, rows in found.items()}


def bought_at(bench: Bench, amount: float, base: list[Kept]) -> dict[str, Bought]:
    """What the amount buys at each stage that has a price."""
    trials = min(market.TRIALS, len(base))
    before = float(np.mean([row.cost for row in base[:trials]]))

    def cost(changes: dict[str, Any]) -> float:
        rows = bench.run({"tried": bench.scenario.replace(changes)}, trials)["tried"]
        return float(np.mean([row.cost for row in rows]))

    people = int(base[0].passed[list(HANDLES).index("publish"), 1])
    found: dict[str, Bought] = {}
    for purchase in market.purchases(bench.scenario, people):
        value = market.costing(purchase, amount, cost, before)
        if value is None:
            continue
        changed = bench.scenario.replace(purchase.buy(value[0]))
        rows = bench.run({purchase.name: changed}, len(base))[purchase.name]
        paid = difference([row.cost for row in rows], [row.cost for row in base])
        buys = Bought(purchase.name, paid, gain_of(rows, base))
        found |= dict.fromkeys(purchase.stages, buys)
    return found


def remedied(
    bench: Bench, stages: list[StageGain], base: list[Kept], direction: int
) -> tuple[RemedyGain, ...]:
    """The remedies for the top stages, each run once, the best first."""
    acting: dict[str, tuple[str, ...]] = {}
    tried = {}
    for stage in (each.stage for each in stages[:TOP] if not each.idle):
        for remedy, changes in remedies_for(stage, bench.scenario):
            acting[remedy.name] = (*acting.get(remedy.name, ()), stage)
            tried[remedy.name] = remedy, changes
    bench.worlds.tally.expect(len(base) * len(tried))
    changed = {name: bench.scenario.replace(changes) for name, (_, changes) in tried.items()}
    found = [
        RemedyGain(
            remedy=name,
            source=tried[name][0].source,
            stages=acting[name],
            settings=tuple(settings(tried[name][1])),
            gain=gain_of(rows, base),
            cost=difference([row.cost for row in rows], [row.cost for row in base]),
        )
        for name, rows in bench.run(changed, len(base)).items()
    ]
    found.sort(key=lambda each: -known(direction * each.gain.mean))
    return tuple(found)
