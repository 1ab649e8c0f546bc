"""A claim of a text: what is changed to show it, what should come of it, and whether it does."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass
from typing import Final, NamedTuple

from ....scenarios.loader import load
from ....scenarios.toml import setting
from ....sim.parameters import Scenario
from ...estimates.interval import Estimate
from ..comparison.find import compare

WORLDS: Final = 16
# A size is held between its half and its double, on the scale of logarithms.
LOOSE: Final = 2.0


@dataclass(frozen=True)
class Statement:
    """What a text says will happen, as one change of a shipped scenario.

    Attributes
    ----------
    says
        The claim, in other words than those of the text.
    scenario
        The shipped scenario in which it is shown.
    on
        What is changed to have it, each as ``--set`` takes it.
    outcome
        What it moves, by the name of the indicator.
    sign
        1 if it should rise, -1 if it should fall, 0 if nothing at all should happen.
    both
        What is changed in both campaigns, so that the claim stands alone in a small world.
    size
        With over without, as it was when the row was written: what moves beyond the half and the
        double of it, on the scale of logarithms, has changed. None: only the sign is held.
    published
        The least and the most that a study says of with over without, and which one it is.
    note
        What carries it, and what of it is assumed.
    fails
        Why it does not hold today, and what it would take; empty where it holds.
    worlds
        In how many pairs of campaigns.
    """

    says: str
    scenario: str
    on: tuple[str, ...]
    outcome: str
    sign: int
    both: tuple[str, ...] = ()
    size: float | None = None
    published: tuple[float, float, str] | None = None
    note: str = ""
    fails: str = ""
    worlds: int = WORLDS

    @property
    def command(self) -> str:
        """What to type to see it.

        Examples
        --------
        >>> Statement("x", "reunion", ("attention=2",), "reach", -1, worlds=4).command
        'wom compare reunion --set attention=2 --outcome reach --replicates 4'
        """
        words = ["wom", "compare", self.scenario]
        words += [word for each in self.both for word in ("--both", each)]
        words += [word for each in self.on for word in ("--set", each)]
        words += ["--outcome", self.outcome, "--replicates", str(self.worlds)]
        return shlex.join(words)

    def scenarios(self) -> tuple[Scenario, Scenario]:
        """The campaign without it, and the one with it."""
        shipped = load(self.scenario)
        return tuple(
            shipped.replace(dict(map(setting, texts))) for texts in (self.both, self.both + self.on)
        )  # type: ignore[return-value]

    def measure(self, jobs: int = 1) -> Effect:
        """Run it, without and with, in the same worlds."""
        names = ("without", "with")
        found = compare(
            *self.scenarios(), names=names, outcome=self.outcome, replicates=self.worlds, jobs=jobs
        )
        change = found[names[1]][self.outcome]
        return Effect(
            self, change.base.mean, change.value.mean, change.difference, change.outcome.form
        )


class Text(NamedTuple):
    """A text, and what it claims.

    Attributes
    ----------
    number
        As everything else cites it.
    title
        Of the text.
    claims
        In the order of the page.
    """

    number: str
    title: str
    claims: tuple[Statement, ...]


class Effect(NamedTuple):
    """A claim and what came of it.

    Attributes
    ----------
    claim
        Which.
    off, on
        The means of the outcome without it and with it.
    difference
        Pair by pair.
    form
        How the outcome is written.
    """

    claim: Statement
    off: float
    on: float
    difference: Estimate
    form: str

    @property
    def ratio(self) -> float:
        """With over without; inf where there is nothing without it, nan where one is below 0."""
        if self.off < 0 or self.on < 0:
            return math.nan
        if self.off == 0:
            return math.inf if self.on > 0 else 1.0
        return self.on / self.off

    @property
    def right(self) -> bool:
        """Whether it goes the way that the text says, surely: 0 lies outside the interval."""
        sign, found = self.claim.sign, self.difference
        if sign == 0:
            return found.moved == 0
        return found.low > 0 if sign > 0 else found.high < 0

    @property
    def sized(self) -> bool:
        """Whether it is about as large as when the row was written, and as a study says."""
        claim, ratio = self.claim, self.ratio
        if claim.published is not None and not claim.published[0] <= ratio <= claim.published[1]:
            return False
        if claim.size is None:
            return True
        if not 0.0 < ratio < math.inf:
            return False
        times = math.log(ratio) / math.log(claim.size)
        return 1 / LOOSE <= times <= LOOSE

    @property
    def holds(self) -> bool:
        """Whether it does, in sign and size."""
        return self.right and self.sized
