"""Interact: who comes to follow the brand, and who leaves (sources 000, 001, 003).

    logit P(follow)   = logit(follow) + follow_trust * trust + follow_exclusive * exclusive
                        + follow_value * value

for a stranger who shared or clicked and finds the brand ("interact with the new people, that the
campaign added"; the brand has to be findable). Who clicked has found it or not; who passed a post
on without a click finds it as they would have from there; whom the brand asked knows it. And

    logit P(unfollow) = logit(unfollow) + unfollow_fatigue * ln(1 + earlier)
                        + unfollow_selling * commerciality - unfollow_bond * bond
                        - unfollow_community * sense of community

for a follower who notices a message of the brand for the first time. `earlier` are those noticed
before in a month, on average since the beginning: what people name as their reason are many posts
in a short time (Kwak, Chun & Moon 2011).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due
from ..arithmetic import ROUNDED_UP, logistic
from ..draws import FIND, FOLLOW, UNFOLLOW, draw, happens
from ..jit import inline, jit
from ..plan import OWN, POSTS, Interacting, Plan, about
from ..state import SAW, State
from ..wave import Wave
from ..world import STRANGER, World
from .belong import belonging
from .notice import Noticed, in_a_month
from .share import ASKED, NOT
from .transact import findable


@inline
def follow_probability(interact: Interacting, trust: float, exclusive: bool, value: float) -> float:
    """The chance that a stranger who shared or clicked, and found the brand, follows it."""
    reason = interact.follow_exclusive if exclusive else 0.0
    reason += interact.follow_value * value
    return logistic(interact.follow + interact.follow_trust * trust + reason)


@inline
def unfollow_probability(
    interact: Interacting, tired: float, commerciality: float, bond: float, community: float
) -> float:
    """The chance that a follower who notices a message leaves; `tired` is the fatigue term."""
    log_odds = interact.unfollow + tired + interact.unfollow_selling * commerciality
    kept = interact.unfollow_bond * bond + interact.unfollow_community * community
    return logistic(log_odds - kept)


@jit
def follow(
    world: World,
    plan: Plan,
    state: State,
    wave: Wave,
    noticed: Noticed,
    shared: NDArray[np.int32],
    clicked: NDArray[np.int32],
    found: NDArray[np.bool_],
    message: int,
) -> NDArray[np.bool_]:
    """Whether each who noticed becomes a follower of the brand."""
    follows = np.zeros(shared.size, np.bool_)
    if plan.interact.follow == -np.inf or plan.messages["kind"][message] > OWN:
        return follows
    key = about(plan, FOLLOW, message)
    interact, identity, person = plan.interact, world.identity, noticed.person
    named = identity.size > 0
    role, trust = state.crowd["role"], state.crowd["trust"]
    exclusive, value = plan.messages["exclusive"][message], plan.messages["value"][message]
    find_key = about(plan, FIND, message)
    for at in range(shared.size):
        i = person[at]
        if (shared[at] == NOT and clicked[at] == NOT) or role[i] != STRANGER:
            continue
        name = identity[i] if named else np.uint64(i)
        finds = found[at] or shared[at] == ASKED
        if clicked[at] == NOT and shared[at] != ASKED:
            finds = happens(draw(find_key, name), findable(plan, wave, shared[at], message))
        if finds:
            chance = follow_probability(interact, np.float64(trust[i]), exclusive, value)
            follows[at] = happens(draw(key, name), chance)
    return follows


@jit
def unfollow(
    world: World, plan: Plan, state: State, due: Due, noticed: Noticed, message: int, tick: int
) -> NDArray[np.bool_]:
    """Whether each who noticed leaves."""
    leaves = np.zeros(noticed.person.size, np.bool_)
    if plan.interact.unfollow == -np.inf or plan.messages["kind"][message] > OWN:
        return leaves
    key = about(plan, UNFOLLOW, message)
    interact, identity, person = plan.interact, world.identity, noticed.person
    named = identity.size > 0
    role, bond, earlier, before = (
        state.crowd["role"],
        state.crowd["bond"],
        state.crowd["earlier"],
        noticed.before,
    )
    commerciality, tired = plan.messages["commerciality"][message], plan.tired
    asked, spoken = noticed.asked, plan.messages["kind"][message] == OWN
    belongs, least = interact.unfollow_community != 0.0, interact.unfollow_community < 0.0
    for at in range(person.size):
        i = person[at]
        if before[at] & SAW or role[i] == STRANGER or (spoken and asked[at]):
            continue
        bits = draw(key, identity[i] if named else np.uint64(i))
        often = min(in_a_month(np.int64(earlier[i]), tick, plan.hours), POSTS)
        fatigue, kept = tired[often], np.float64(bond[i])
        chance = unfollow_probability(interact, fatigue, commerciality, kept, np.float64(least))
        if belongs and happens(bits, chance * ROUNDED_UP):
            # Most draws exceed the chance of who belongs least, and are settled unread.
            community = belonging(world, plan, state, due, i, tick)
            chance = unfollow_probability(interact, fatigue, commerciality, kept, community)
        leaves[at] = happens(bits, chance)
    return leaves
