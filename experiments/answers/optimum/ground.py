"""Plans in the same worlds: a world is a seed, and a draw of what is not known there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...vocabulary.outcomes import Outcome, read
from ...worlds.draws import Draws
from ...worlds.variant import Changes, changed, meet
from ...worlds.worlds import Worlds
from .lever import Lever

MONEY: Final = "profit"


class Outturn(NamedTuple):
    """What a plan did, float64, a number for each world: the outcome, its cost, its profit."""

    value: NDArray[np.float64]
    cost: NDArray[np.float64]
    profit: NDArray[np.float64]


@dataclass
class Ground:
    """Where plans are run, each in the same worlds: with draws, of the same scenario too.

    Attributes
    ----------
    scenario
        The plan of today.
    worlds
        Seeds, networks and threads, and what is not known of the scenario.
    outcome
        What is looked at, beside cost and profit.
    campaigns
        How many were run.
    """

    scenario: Scenario
    worlds: Worlds
    outcome: Outcome
    campaigns: int = 0

    def run(self, plans: Sequence[Changes], numbers: range) -> list[Outturn]:
        """The rows of each plan, over some worlds."""
        tell = partial(read, names=(self.outcome.name, "cost", MONEY))
        made = {
            str(k): changed(self.scenario, plan) if plan else self.scenario
            for k, plan in enumerate(plans)
        }
        told = np.array(self.worlds.replicates(made, tell, numbers))
        self.campaigns += told.shape[0] * told.shape[1]
        return [Outturn(*np.ascontiguousarray(told[:, k].T)) for k in range(len(plans))]


def draws_of(
    scenario: Scenario, given: Draws | Iterable[Changes] | None, levers: Sequence[Lever]
) -> Draws | None:
    """Draws of what is not known, each checked against the scenario.

    Raises
    ------
    InputError
        If one is not allowed, or says something about what is to be decided.
    """
    if given is None:
        return None
    found = given
    if not isinstance(found, Draws):
        several = tuple(dict(each) for each in found)
        if not several:
            raise InputError(
                "draws is empty; give one mapping of changes at least, or leave it out."
            )
        found = Draws(scenario, several)
    decided = [path for lever in levers for path in lever.changes(0)]
    for number, draw in enumerate(found.changes):
        for path in draw:
            if any(meet(path, own) for own in decided):
                raise InputError(
                    f"draws[{number}]: {path} is a lever, which is decided and not uncertain; "
                    "leave it out of the draws."
                )
    found.check()
    return found
