"""React: like and comment (001, 003), once a message, when it is first noticed.

    logit P(like)    = logit(like) + like_bond * bond
    logit P(comment) = logit(comment) + comment_bond * bond + comment_dialogue * dialogue
                       + comment_community * sense of community

A like is counted and leads nowhere (002: likes for the sake of likes); a comment waits for an
answer, and is talk in the room of who follows the brand.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due
from ..arithmetic import ROUNDED_UP, logistic
from ..draws import COMMENT, LIKE, draw, happens
from ..jit import inline, jit
from ..plan import OWN, Interacting, Plan, about
from ..state import SAW, State
from ..world import STRANGER, World
from .belong import belonging
from .notice import Noticed

LIKES = np.uint8(1)
COMMENTS = np.uint8(2)


@inline
def like_probability(interact: Interacting, bond: float) -> float:
    """The chance that a person who notices a message likes it."""
    return logistic(interact.like + interact.like_bond * bond)


@inline
def comment_probability(
    interact: Interacting, bond: float, dialogue: float, community: float
) -> float:
    """The chance that a person who notices a message comments on it.

    `community` is the sense of community, 0 for who does not follow the brand.
    """
    log_odds = interact.comment + interact.comment_bond * bond
    log_odds = log_odds + interact.comment_dialogue * dialogue
    return logistic(log_odds + interact.comment_community * community)


@jit
def react(
    world: World, plan: Plan, state: State, due: Due, noticed: Noticed, message: int, tick: int
) -> NDArray[np.uint8]:
    """What each who noticed does about it: LIKES, COMMENTS, both or nothing."""
    reacted = np.zeros(noticed.person.size, np.uint8)
    interact = plan.interact
    silent = interact.like == -np.inf and interact.comment == -np.inf
    if silent or plan.messages["kind"][message] > OWN:
        return reacted
    person, before, identity = noticed.person, noticed.before, world.identity
    bond, role = state.crowd["bond"], state.crowd["role"]
    named, asked, spoken = identity.size > 0, noticed.asked, plan.messages["kind"][message] == OWN
    like_key = about(plan, LIKE, message)
    comment_key = about(plan, COMMENT, message)
    dialogue = plan.messages["dialogue"][message]
    # Most draws exceed the chance of the most devoted, and are settled unread.
    most_likes = like_probability(interact, np.float64(interact.like_bond > 0.0))
    most_comments = comment_probability(
        interact,
        np.float64(interact.comment_bond > 0.0),
        dialogue,
        np.float64(interact.comment_community > 0.0),
    )
    most_likes, most_comments = most_likes * ROUNDED_UP, most_comments * ROUNDED_UP
    for at in range(person.size):
        # Whoever speaks of their own accord is no audience of it.
        if before[at] & SAW or (spoken and asked[at]):
            continue
        i = person[at]
        name = identity[i] if named else np.uint64(i)
        bits = draw(like_key, name)
        if happens(bits, most_likes) and happens(
            bits, like_probability(interact, np.float64(bond[i]))
        ):
            reacted[at] |= LIKES
        bits = draw(comment_key, name)
        if happens(bits, most_comments):
            community = 0.0
            if interact.comment_community != 0.0 and role[i] != STRANGER:
                community = belonging(world, plan, state, due, i, tick)
            chance = comment_probability(interact, np.float64(bond[i]), dialogue, community)
            if happens(bits, chance):
                reacted[at] |= COMMENTS
    return reacted
