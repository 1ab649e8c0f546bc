"""What a tick is about: what is due, what is on offer, and what would weigh with people."""

from __future__ import annotations

from ..sim.agenda import Due, due, on_offer, rush
from ..sim.plan import Plan, Sharing, Transacting
from ..sim.stages.share import reasons
from ..sim.stages.transact import terms
from ..sim.state import State
from .occasion import Task


class Today:
    """What everybody has to know of everybody in a tick, looked up once when it begins.

    Attributes
    ----------
    tick
        Which tick.
    due
        What is due in it (`sim.agenda.Due`).
    on_offer
        Whether the budget still pays for a reward.
    rush
        What a brand in a hurry adds to the log-odds of a transaction (`hurdles.short_term`).
    """

    def __init__(self, plan: Plan, state: State, tick: int) -> None:
        self.tick = tick
        self.due: Due = due(plan, state, tick)
        self.on_offer = bool(on_offer(plan, self.due))
        self.rush = float(rush(plan, self.due))
        self._sharing: dict[int, Sharing] = {}

    def sharing(self, plan: Plan, message: int) -> Sharing:
        """The weights of the reasons to pass on a message."""
        if message not in self._sharing:
            self._sharing[message] = reasons(plan, message, self.on_offer)
        return self._sharing[message]

    def terms(self, plan: Plan) -> Transacting:
        """What clicking and converting weigh."""
        return terms(plan, self.on_offer)

    def tasks(self, *kinds: int) -> list[Task]:
        """The tasks of some kinds that are due (`sim.state`), in order."""
        return [
            Task._make([*task[:5], row])
            for row, task in enumerate(self.due.tasks.tolist())
            if task[0] in kinds
        ]
