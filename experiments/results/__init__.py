"""A result: on disk, as tables, as figures, as a document; and the first one to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ...sim.result import Result

# A university's open house, and its luck.
NAME: Final = "open_house"
SEED: Final = 7


def demo() -> Result:
    """Run the open-house campaign; ``wom.demo().plot()`` shows it."""
    from ...scenarios.loader import load
    from ...sim.campaign import run

    return run(load(NAME), seed=SEED)
