"""The first campaign to look at: a university's open house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...scenarios.loader import load

if TYPE_CHECKING:
    from ...sim.result import Result

NAME: Final = "open_house"
SEED: Final = 7


def demo() -> Result:
    """Run the open-house campaign; ``wom.demo().plot()`` shows it."""
    from ...sim.campaign import run

    return run(load(NAME), seed=SEED)
