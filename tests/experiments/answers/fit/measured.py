"""Small campaigns that were measured."""

from __future__ import annotations

from typing import Any

import wordofmouth as wom
from wordofmouth.experiments.answers.fit.seen import Reading
from wordofmouth.scenarios.observing.observed import Observed

ROWS = 10


def campaign(**changes: Any) -> wom.Scenario:
    """Give a campaign of ten ticks in which much is clicked on and liked, and nothing fed back."""
    return wom.Scenario(
        horizon=ROWS,
        content=["post"] * ROWS,
        content_types={"post": {"fidelity": 1.0}, "never": {}},
        publish={"interval": 1},
        network={"kind": "preferential_attachment", "people": 400, "m": 3},
        people={"fans": 0.4},
        transact={"click": 0.1, "convert": 0.3},
        interact={"like": 0.1},
    ).replace(changes)


def seen(scenario: wom.Scenario, *names: str, seed: int = 11) -> Observed:
    """Give what was measured of a run of it, a row a tick."""
    # By the reader of a fit: shares without reshares beside them are both together.
    series = Reading(names, scenario.horizon, 1).series(wom.run(scenario, seed=seed))
    return Observed("measured.csv", hours=scenario.hours_per_tick, series=series)
