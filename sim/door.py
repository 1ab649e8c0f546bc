"""The doors: where `sim` calls up, as pandas' plot does, and nowhere else.

Up is `experiments` for what is to be seen or kept, and `scenarios` for what is to be read.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

# What somebody wants of a scenario or a result: the module and its function.
DOORS: Final = {
    "scenario_card": "experiments.show.parameters:card",
    "result_card": "experiments.results.shown:card",
    "headline": "experiments.results.headline:headline",
    "plot": "experiments.results.figures.gallery:plot",
    "save": "experiments.results.archive:save",
    "load": "experiments.results.archive:load",
    "scenario": "scenarios.loader:load",
    "network_from_file": "scenarios.reading.read:from_file",
    "network_from_table": "scenarios.reading.read:from_table",
    "with_people": "scenarios.reading.people:with_people",
    "save_network": "scenarios.reading.archive:save",
}


def door(name: str) -> Callable[..., Any]:
    """The function behind a door, imported when somebody wants to see, keep or read something."""
    room, function = DOORS[name].split(":")
    found: Callable[..., Any] = getattr(import_module(f"..{room}", __package__), function)
    return found
