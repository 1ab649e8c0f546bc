"""The door to the rooms of `experiments`: where the engine calls up, as pandas' plot does."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def door(room: str) -> Any:
    """A room of `experiments`, opened when somebody wants to see, keep or read something."""
    return import_module(f"...experiments.{room}", __name__)
