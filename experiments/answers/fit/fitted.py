"""What a fit found, as data: draws of the posterior, and campaigns of it beside the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from ....sim.errors import InputError, hint
from ....sim.parameters import Scenario
from .checked import Checked
from .counts import ByCount
from .prior import Prior, Reals, values
from .seen import Seen

LEVEL: Final = 0.9


@dataclass(frozen=True, repr=False)
class Fitted:
    """What measured data tell of the parameters of a campaign.

    Attributes
    ----------
    scenario
        As it was given, with its values from before.
    what
        What was measured.
    priors
        Of the free parameters, in the order of all that follows.
    z
        (draws, parameters) the posterior on the scale of the priors (`prior`), on which a prior is
        the standard normal.
    known
        The parameter that counts tell by themselves, if there is one.
    moved
        By parameter, what moved with it when it was tried.
    checked
        Campaigns of the posterior beside the data.
    kept_of_prior
        The share of the prior that the second round was drawn from.
    runs, seconds, cpu_seconds, seed
        How many campaigns, by the clock this time, of all runs on one core, and of what luck.
    more
        What was set, and why.
    """

    scenario: Scenario
    what: Seen
    priors: tuple[Prior, ...]
    z: Reals
    known: ByCount | None
    moved: Mapping[str, tuple[str, ...]]
    checked: Checked
    kept_of_prior: float
    runs: int
    seconds: float
    cpu_seconds: float
    seed: int
    more: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The free parameters."""
        return tuple(each.path for each in self.priors)

    @cached_property
    def draws(self) -> Reals:
        """(draws, parameters) of the posterior, in the units of the parameters."""
        return values(list(self.priors), self.z)

    @property
    def left(self) -> tuple[float, ...]:
        """Of each parameter, how much of the width of its prior is left; about 1: all of it."""
        return tuple(float(each) for each in self.z.std(axis=0))

    def median(self, path: str) -> float:
        """The median of a parameter."""
        return float(np.median(self.draws[:, self._place(path)]))

    def interval(self, path: str, level: float = LEVEL) -> tuple[float, float]:
        """The central interval of a parameter."""
        tail = (1.0 - level) / 2
        low, high = np.quantile(self.draws[:, self._place(path)], [tail, 1.0 - tail])
        return float(low), float(high)

    def helpers(self, path: str) -> list[str]:
        """What is not measured and would tell more of a parameter."""
        k = str(self._place(path))
        return [each.indicator for each in self.checked.helps if each.parameter == k]

    def _place(self, path: str) -> int:
        if path not in self.paths:
            there = f"free are {', '.join(self.paths)}."
            raise InputError(f"{path!r} is not free in this fit; {hint(path, self.paths, there)}")
        return self.paths.index(path)

    @cached_property
    def fitted(self) -> Scenario:
        """The scenario with the medians of what was fitted."""
        medians = np.median(self.draws, axis=0).tolist()
        return self.scenario.replace(dict(zip(self.paths, medians, strict=True)))

    @property
    def changes(self) -> list[dict[str, float]]:
        """Each draw of the posterior as what it changes in the scenario."""
        return [dict(zip(self.paths, row, strict=True)) for row in self.draws.tolist()]

    def at(self, draw: int) -> Scenario:
        """The scenario of a draw of the posterior."""
        row = self.draws[draw].tolist()
        return self.scenario.replace(dict(zip(self.paths, row, strict=True)))
