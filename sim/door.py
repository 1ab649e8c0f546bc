"""The doors: where `sim` calls up into `experiments`, as pandas' plot does, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

# What somebody wants of a scenario or a result: the module below `experiments` and its function.
DOORS: Final = {
    "scenario_card": "show.parameters:card",
    "result_card": "results.shown:card",
    "plot": "results.figures.gallery:plot",
    "save": "results.archive:save",
    "load": "results.archive:load",
}


def door(name: str) -> Callable[..., Any]:
    """The function behind a door, imported when somebody wants to see, keep or read something."""
    room, function = DOORS[name].split(":")
    found: Callable[..., Any] = getattr(
        import_module(f"..experiments.{room}", __package__), function
    )
    return found
