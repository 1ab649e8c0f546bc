"""Plans in the same worlds: a world is a seed, and what is not known of the scenario there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...vocabulary.outcomes import Outcome, read
from ...worlds.worlds import Worlds
from .lever import Lever, meet

Changes = Mapping[str, Any]
MONEY: Final = "profit"


class Outturn(NamedTuple):
    """What a plan did, float64, a number for each world: the outcome, its cost, its profit."""

    value: NDArray[np.float64]
    cost: NDArray[np.float64]
    profit: NDArray[np.float64]


@dataclass
class Ground:
    """Where plans are run.

    World r has the seed ``worlds.seed + r``, and the changes of draw ``r mod len(draws)``: with the
    draws of a fit, each world is also one of the scenarios that the data allow. A plan's own
    changes come on top, so that what is decided is the same in all of them.

    Attributes
    ----------
    scenario
        The plan of today.
    worlds
        Seeds, networks and threads.
    outcome
        What is looked at, beside cost and profit.
    draws
        Changes of the scenario, one mapping for each draw.
    campaigns
        How many were run.
    """

    scenario: Scenario
    worlds: Worlds
    outcome: Outcome
    draws: Sequence[Changes] = ()
    campaigns: int = 0
    _drawn: dict[int, Scenario] = field(default_factory=dict, repr=False)

    def run(self, plans: Sequence[Changes], numbers: range) -> list[Outturn]:
        """The rows of each plan, over some worlds."""
        tell = partial(read, names=(self.outcome.name, "cost", MONEY))
        here = replace(self.worlds, jobs=1)

        def one(number: int) -> list[NDArray[np.float64]]:
            base = self._of(number)
            made = {str(k): base.replace(plan) if plan else base for k, plan in enumerate(plans)}
            return here.replicates(made, tell, [number])[0]

        with ThreadPoolExecutor(self.worlds.jobs) as pool:
            told = np.array(list(pool.map(one, numbers)))
        self.campaigns += told.shape[0] * told.shape[1]
        return [Outturn(*np.ascontiguousarray(told[:, k].T)) for k in range(len(plans))]

    def _of(self, number: int) -> Scenario:
        """The scenario of a world, before anything is decided."""
        if not self.draws:
            return self.scenario
        place = number % len(self.draws)
        if place not in self._drawn:
            self._drawn[place] = self.scenario.replace(self.draws[place])
        return self._drawn[place]


def draws_of(
    scenario: Scenario, given: Iterable[Changes] | None, levers: Sequence[Lever]
) -> tuple[dict[str, Any], ...]:
    """Draws of what is not known, each checked against the scenario.

    Raises
    ------
    InputError
        If one is not allowed, or says something about what is to be decided.
    """
    if given is None:
        return ()
    found = tuple(dict(each) for each in given)
    if not found:
        raise InputError("draws is empty; give one mapping of changes at least, or leave it out.")
    decided = [path for lever in levers for path in lever.changes(0)]
    for number, draw in enumerate(found):
        for path in draw:
            if any(meet(path, own) for own in decided):
                raise InputError(
                    f"draws[{number}]: {path} is a lever, which is decided and not uncertain; "
                    "leave it out of the draws."
                )
        try:
            scenario.replace(draw)
        except InputError as problem:
            lines = str(problem).splitlines()
            raise InputError("\n".join(f"draws[{number}]: {line}" for line in lines)) from None
    return found
