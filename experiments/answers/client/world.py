"""What was found for a client's report: what is kept of each world, and what that comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim.network import Network
from ....sim.parameters import Scenario
from ...estimates.interval import Estimate, estimate
from ...estimates.paired import difference
from ...estimates.ratio import Ratio, ratio
from ...vocabulary.glossary import AT_LEAST_NONE, Range, within
from ...vocabulary.outcomes import form_of
from ...vocabulary.themes import Theme
from ...vocabulary.yardsticks import SHARERS
from ..diagnosis.answer import Diagnosis
from ..economics.books import INCENTIVES


class InOneWorld(NamedTuple):
    """What is kept of one campaign in one world.

    Attributes
    ----------
    numbers
        Yardsticks of the theme and indicators, by name.
    spent
        What was spent, by account.
    reach, drawn
        People reached, and what else is drawn, up to the end of each tick.
    """

    numbers: dict[str, float]
    spent: dict[str, float]
    reach: NDArray[np.float64]
    drawn: NDArray[np.float64]


class Pair(NamedTuple):
    """A number with the theme, without it, and by how much the worlds differ."""

    having: Estimate
    lacking: Estimate
    change: Estimate


def compared(
    having: Sequence[InOneWorld],
    lacking: Sequence[InOneWorld],
    of: Callable[[InOneWorld], float],
    between: Range = AT_LEAST_NONE,
) -> Pair:
    """A number that lies between two others over all worlds, with the theme and without it.

    Examples
    --------
    >>> none = np.zeros(0)
    >>> rows = [InOneWorld({"reach": float(k)}, {}, none, none) for k in (2, 4)]
    >>> found = compared(rows, [rows[0], rows[0]], lambda each: each.numbers["reach"])
    >>> found.having.mean, found.lacking.mean, found.change.mean
    (3.0, 2.0, 1.0)
    """
    one, other = (np.array([of(row) for row in rows], np.float64) for rows in (having, lacking))
    with_, without = (estimate(each, within=between) for each in (one, other))
    return Pair(with_, without, difference(one, other))


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
    network, seeds
        Who hears whom, and who was asked to pass on every post, where somebody gave them.
    typed
        What to type to ask for a diagnosis of the campaign; empty where a command cannot name it.
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
    network: Network | None = None
    seeds: Any = None
    typed: str = ""

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
        yardsticks = {each.name: each.form for each in (*self.theme.yardsticks, SHARERS)}
        between = within(name, yardsticks.get(name) or form_of(name))
        return compared(
            self.worlds["with"], self.worlds["without"], lambda each: each.numbers[name], between
        )

    def each_costs(self, kind: str) -> Ratio:
        """What one conversion costs ``with`` it or ``without``.

        By the means of all worlds, as one in which nothing is sold costs money too.
        """
        rows = self.worlds[kind]
        cost, sold = ([row.numbers[name] for row in rows] for name in ("cost", "conversions"))
        return ratio(np.array(cost), np.array(sold), within=AT_LEAST_NONE)

    def spent(self, account: str) -> Pair:
        """The same of what was spent on an account."""
        return compared(
            self.worlds["with"], self.worlds["without"], lambda each: each.spent.get(account, 0.0)
        )

    @property
    def unpaid(self) -> int:
        """In how many worlds the reward decided upon did nothing, if that is all; else 0.

        What costs nothing may do much: nothing was paid, and no campaign went another way.
        """
        rewards = self.compares and self.theme.name == "reward"
        paid = any(each.spent.get(name) for each in self.worlds["with"] for name in INCENTIVES)
        moved = any(self.numbers(name).change.moved for name in self.worlds["with"][0].numbers)
        return self.replicates if rewards and not paid and not moved else 0
