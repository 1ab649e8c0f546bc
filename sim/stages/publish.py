"""Publish: who posts what in this tick.

The brand posts what its calendar says, to those who follow it and at its outlets ("publish
outside your profile as well", source 000); people post what they decided to pass on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..draws import SHOWN, decision, draw, happens, key_of
from ..jit import jit
from ..plan import Plan
from ..state import State
from ..wave import BRAND, OUTLET, Wave, in_order
from ..world import World, identity_of


@jit
def reposts(state: State, tick: int) -> NDArray[np.int32]:
    """The shares that are posted in this tick, as rows of message, person and hop of arrival."""
    count = 0
    row = state.first[tick]
    while row >= 0:
        count += 1
        row = state.after[row]
    due = np.empty((count, 3), np.int32)
    row = state.first[tick]
    for k in range(count):
        due[k, 0] = state.shares.message[row]
        due[k, 1] = state.shares.person[row]
        due[k, 2] = state.shares.hop[row] + 1
        row = state.after[row]
    return due


@jit
def publish(world: World, plan: Plan, due: NDArray[np.int32], tick: int) -> Wave:
    """The wave of a tick: what people pass on, and what the brand posts itself and at outlets.

    Parameters
    ----------
    world, plan
        The world, and the numbers of the scenario.
    due
        The shares that are posted now (see `reposts`), of all owners of people.
    tick
        The tick.
    """
    released = plan.messages.released
    outlets = world.outlet_offsets.size - 1
    count = due.shape[0]
    for m in range(released.size):
        if released[m] == tick:
            count += 1 + outlets
    message = np.empty(count, np.int32)
    person = np.empty(count, np.int32)
    hop = np.empty(count, np.int32)
    k = 0
    for m in range(released.size):
        if released[m] == tick:
            for sender in range(OUTLET - outlets + 1, BRAND + 1):
                message[k], person[k], hop[k] = m, sender, 0
                k += 1
    for row in range(due.shape[0]):
        message[k], person[k], hop[k] = due[row, 0], due[row, 1], due[row, 2]
        k += 1
    return in_order(message, person, hop, released.size)


@jit
def shown(world: World, plan: Plan, message: int, sender: int, person: int) -> bool:
    """Whether an outlet shows a post to one of its audience."""
    key = key_of(decision(plan.luck, SHOWN, message), np.uint64(OUTLET - sender))
    return happens(
        draw(key, identity_of(world.identity, person)), plan.publish.shown[OUTLET - sender]
    )
