"""What was found for a client's report: the worlds, with and without what is decided upon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ....sim.parameters import Scenario
from ...vocabulary.themes import Theme
from ..diagnosis.answer import Diagnosis
from .world import InOneWorld, Pair, compared


@dataclass(frozen=True, eq=False, repr=False)
class Reported:
    """What a campaign came to in many worlds.

    Attributes
    ----------
    scenario, theme
        The campaign, and what its question is about.
    compares
        Whether `without` is the campaign without its theme; else nobody passes anything on there.
    drawn
        What is drawn over time beside the reach.
    worlds
        What is kept of each world: ``with`` and ``without``.
    diagnosis
        Which step holds the campaign back, in fewer worlds.
    seed, world
        The seed of the first world, and that of network and people if it is one for all.
    fitted
        To which data the scenario was fitted; None if it was not.
    """

    scenario: Scenario
    theme: Theme
    compares: bool
    drawn: str
    worlds: Mapping[str, list[InOneWorld]]
    diagnosis: Diagnosis
    seed: int
    world: int | None = None
    fitted: str | None = None

    @property
    def replicates(self) -> int:
        """In how many worlds it ran."""
        return len(self.worlds["with"])

    @property
    def ticks(self) -> int:
        """How many ticks each of them lasted."""
        return self.scenario.horizon

    def numbers(self, name: str) -> Pair:
        """A number of the theme, or an indicator: with it, without, and the difference."""
        return compared(
            self.worlds["with"], self.worlds["without"], lambda each: each.numbers[name]
        )

    def spent(self, account: str) -> Pair:
        """The same of what was spent on an account."""
        return compared(
            self.worlds["with"], self.worlds["without"], lambda each: each.spent.get(account, 0.0)
        )
