"""Who follows the brand from now on, and who no longer does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import state as s
from ..jit import jit
from ..stages.notice import Noticed
from ..state import State
from ..world import ADVOCATE, FAN, STRANGER, World
from .room import climb, count


@jit
def joins(
    world: World,
    state: State,
    noticed: Noticed,
    follows: NDArray[np.bool_],
    message: int,
    tick: int,
) -> None:
    """Let strangers follow the brand, over a message that they noticed."""
    person, counts, taken, size = noticed.person, state.counts, state.people, state.size
    role, steps = state.crowd["role"], state.crowd["steps"]
    joined, listed = state.relation["joined"], state.relation["listed"]
    followers, room, members = state.followers, world.room, state.members
    new = 0
    for at in range(follows.size):
        if not follows[at]:
            continue
        i = person[at]
        count(counts, steps, taken, s.FOLLOWED, message, i, role[i], 0, True, True)
        role[i] = FAN
        joined[i] = tick
        if listed[i] == 0:
            listed[i] = 1
            followers[size[s.FOLLOWERS]] = i
            size[s.FOLLOWERS] += 1
        if room.size:
            members[room[i]] += 1
        new += 1
    state.series[tick, s.NEW_FANS] += new


@jit
def leaves(world: World, state: State, person: int, tick: int) -> None:
    """Let a follower leave, whatever their rung."""
    role = state.crowd["role"][person]
    if role == STRANGER:
        return
    state.crowd["role"][person] = STRANGER
    climb(state, person, s.NO_RUNG, tick)
    if world.room.size:
        state.members[world.room[person]] -= 1
    state.series[tick, s.LOST_FANS] += 1
    state.series[tick, s.LOST_ADVOCATES] += role == ADVOCATE
