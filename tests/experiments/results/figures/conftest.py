"""Small campaigns in which different things happen, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import run
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result

NOBODY = {"share.base": dict.fromkeys(("stranger", "fan", "advocate"), 0.0)}
SMALL: dict[str, tuple[str, dict[str, Any]]] = {
    "open_house": ("open_house", {"network.people": 500, "network.m": 5}),
    "nobody_shared": ("open_house", {"network.people": 300, "network.m": 5, **NOBODY}),
    "meme_contest": ("meme_contest", {"network.people": 2_000}),
    "super_bowl": ("super_bowl", {"network.people": 1_500}),
    "advocacy_programme": ("advocacy_programme", {"network.people": 1_000}),
    "service_crisis": ("service_crisis", {"network.people": 1_000}),
    "prize_draw": ("prize_draw", {"network.people": 600}),
}


@pytest.fixture(autouse=True, scope="package")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep layouts of networks out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WOM_CACHE", str(tmp_path_factory.mktemp("layouts")))
        yield


@pytest.fixture(scope="session")
def small() -> dict[str, Result]:
    """Run small campaigns by name; in `nothing` nobody hears of anything."""
    found = {
        name: run(load(scenario).replace(changes), seed=7)
        for name, (scenario, changes) in SMALL.items()
    }
    alone = Scenario(horizon=4).replace({"network.people": 60, "people.fans": 0.0})
    return found | {"nothing": run(alone, seed=1)}
