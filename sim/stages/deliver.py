"""Deliver: posts arrive in the feeds of those who hear them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..jit import jit
from ..plan import Plan
from ..state import State
from ..wave import BRAND, OUTLET, Wave, hearers
from ..world import World
from .publish import shown


@jit
def deliver(
    world: World, plan: Plan, state: State, wave: Wave, tick: int
) -> tuple[NDArray[np.int64], int]:
    """Count what arrives in each feed in this tick.

    A feed remembers the last tick in which something arrived, so that nothing has to be emptied
    for the people whom nothing reached.

    Returns
    -------
    arrived, exposed
        How many posts each entry of the wave put into feeds, and at how many people something
        arrived for the first time in the campaign.
    """
    feed = state.feed
    arrived = np.zeros(wave.person.size, np.int64)
    exposed = 0
    for k in range(wave.person.size):
        sender = wave.person[k]
        for person in hearers(world, state, sender):
            if sender <= OUTLET and not shown(world, plan, wave.message[k], sender, person):
                continue
            arrived[k] += 1
            exposed += _arrives(feed, person, tick)
        if sender == BRAND:
            for person in world.seeds:
                if state.low <= person < state.high:
                    arrived[k] += 1
                    exposed += _arrives(feed, person, tick)
    return arrived, exposed


@jit
def _arrives(feed: NDArray[np.int32], person: int, tick: int) -> int:
    """Count an arrival; 1 if it is the first of the campaign. Ticks are kept one higher."""
    if feed[person, 0] == tick + 1:
        feed[person, 1] += 1
        return 0
    new = feed[person, 0] == 0
    feed[person, 0] = tick + 1
    feed[person, 1] = 1
    return np.int64(new)
