"""Complain: a transaction goes wrong, and the brand hears of it or not (003, 004).

A transaction goes wrong with the chance `complaints.rate`, about one of some topics. If the brand
hears of it (`complaints.detection`, listening), it reaches the desk in charge after the delay of
the feedback loop; unless it is mended before the person's patience is at an end, they tell
everybody who hears them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..draws import HEARD, WRONG, draw, happens, mix, uniform
from ..jit import inline, jit
from ..plan import Plan, about
from ..state import State
from ..world import World, identity_of
from .notice import Noticed

FINE = -1


@inline
def topic_of(bits: np.uint64, topics: int) -> int:
    """Which of so many topics a complaint is about, each as likely as the others."""
    return min(np.int64(uniform(mix(bits)) * topics), topics - 1)


@inline
def goes_wrong(bits: np.uint64, rate: float, topics: int) -> int:
    """The topic about which a transaction goes wrong, or FINE."""
    return topic_of(bits, topics) if happens(bits, rate) else FINE


@jit
def complain(
    world: World,
    plan: Plan,
    state: State,
    noticed: Noticed,
    converted: NDArray[np.bool_],
    message: int,
) -> NDArray[np.int32]:
    """The topic about which each has to complain, or FINE; one thing at a time."""
    wrong = np.full(converted.size, FINE, np.int32)
    if plan.complain.rate == 0.0:
        return wrong
    key = about(plan, WRONG, message)
    identity, person, waiting = world.identity, noticed.person, state.relation["open"]
    for at in range(converted.size):
        if converted[at] and waiting[person[at]] == 0:
            bits = draw(key, identity_of(identity, person[at]))
            wrong[at] = goes_wrong(bits, plan.complain.rate, plan.complain.topics)
    return wrong


@jit
def hear(
    world: World, plan: Plan, noticed: Noticed, wrong: NDArray[np.int32], message: int
) -> NDArray[np.bool_]:
    """Whether the brand hears of each complaint."""
    heard = np.zeros(wrong.size, np.bool_)
    if plan.complain.rate == 0.0:
        return heard
    key = about(plan, HEARD, message)
    identity, person = world.identity, noticed.person
    for at in range(wrong.size):
        if wrong[at] != FINE:
            bits = draw(key, identity_of(identity, person[at]))
            heard[at] = happens(bits, plan.complain.detection)
    return heard
