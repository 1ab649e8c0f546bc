"""Interact: real relationships are two-way (sources 000, 004).

    logit P(follow) = logit(follow) + follow_trust * trust

for a stranger who shared or clicked ("interact with the new people, that the campaign added").
The brand thanks those who posted a share: it sees each with a chance of its own, and thanks as
many in a tick as its capacity allows, those with the smallest draws. A thanks leaves bond and
trust behind: x += gain * (1 - x).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import logistic
from ..draws import FOLLOW, THANK, decision, draw, happens
from ..jit import inline, jit
from ..plan import Interacting, Plan
from ..state import State
from ..wave import Wave
from ..world import STRANGER, World
from .notice import Noticed
from .share import NOT


@inline
def follow_probability(interact: Interacting, trust: float) -> float:
    """The chance that a stranger who shared or clicked follows the brand."""
    return logistic(interact.follow + interact.follow_trust * trust)


@inline
def raised(x: float, gain: float) -> float:
    """Bond or trust after a friendly contact: closer to 1 by a share of what is missing."""
    return x + gain * (1.0 - x)


@jit
def follow(
    world: World,
    plan: Plan,
    state: State,
    noticed: Noticed,
    shared: NDArray[np.int32],
    clicked: NDArray[np.int32],
    message: int,
) -> NDArray[np.bool_]:
    """Whether each who noticed becomes a follower of the brand."""
    follows = np.zeros(shared.size, np.bool_)
    if plan.interact.follow == -np.inf:
        return follows
    key = decision(plan.luck, FOLLOW, message)
    interact, identity, person = plan.interact, world.identity, noticed.person
    named = identity.size > 0
    role, trust = state.role, state.trust
    for at in range(shared.size):
        if shared[at] != NOT or clicked[at] != NOT:
            i = person[at]
            if role[i] == STRANGER:
                chance = follow_probability(interact, np.float64(trust[i]))
                name = identity[i] if named else np.uint64(i)
                follows[at] = happens(draw(key, name), chance)
    return follows


@jit
def thank(world: World, plan: Plan, wave: Wave) -> NDArray[np.int64]:
    """The entries of the wave whose people the brand thanks, the same for every owner."""
    interact = plan.interact
    poster, message, identity = wave.person, wave.message, world.identity
    named = identity.size > 0
    entries = np.empty(poster.size, np.int64)
    luck = np.empty(poster.size, np.uint64)
    seen = 0
    if interact.thank == -np.inf or interact.capacity == 0:
        return entries[:0]
    chance = logistic(interact.thank)
    last = -1
    key = np.uint64(0)
    for k in range(poster.size):
        if poster[k] < 0:
            continue
        if message[k] != last:
            last = message[k]
            key = decision(plan.luck, THANK, last)
        bits = draw(key, identity[poster[k]] if named else np.uint64(poster[k]))
        if happens(bits, chance):
            entries[seen] = k
            luck[seen] = bits
            seen += 1
    if seen <= interact.capacity:
        return entries[:seen]
    bar = np.sort(luck[:seen])[interact.capacity - 1]
    return entries[:seen][luck[:seen] <= bar]
