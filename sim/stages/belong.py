"""Belong: the sense of community of a follower (McMillan & Chavis 1986; source 003).

The mean of its four elements, each 0..1:

    membership   1 - 2 ** (-(tick - joined) / tenure); 1 for who followed before the campaign
    influence    answers / (answers + 1)
    needs        what was given, the average value of the posts noticed
    connection   (bond + talk / (talk + half) / (1 + members / crowd)) / 2

The last is social density (003): in a room with more members more is said, and each counts less.
Talk is contributions an hour, an average in which those of a day ago count 1/e of those of now:
after each tick of h hours

    talk += (1 - exp(-h / 24)) * (contributions / h - talk)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due
from ..arithmetic import exponential
from ..jit import inline, jit
from ..plan import Belonging, Plan
from ..state import State
from ..world import STRANGER, World
from .relate import remembered

_LN2 = 0.6931471805599453


@inline
def membership(ticks: float, tenure: float) -> float:
    """How far one feels a member who has followed for so long."""
    return 1.0 - exponential(-_LN2 * ticks / tenure)


@inline
def connection(belong: Belonging, bond: float, talk: float, members: float) -> float:
    """Emotional connection: bond, and talk in a room that is not too crowded."""
    density = talk / (talk + belong.talk) / (1.0 + members / belong.crowd)
    return 0.5 * (bond + density)


@inline
def sense_of_community(
    belong: Belonging,
    followed: float,
    answers: float,
    given: float,
    bond: float,
    talk: float,
    members: float,
) -> float:
    """The mean of membership, influence, needs and connection.

    Parameters
    ----------
    belong
        The numbers.
    followed
        Ticks since the person follows; below 0 for longer than the campaign.
    answers, given, bond
        Thanks and replies got, average value received, bond with the brand.
    talk, members
        Contributions an hour, and followers, in the person's room.
    """
    member = 1.0 if followed < 0.0 else membership(followed, belong.tenure)
    influence = answers / (answers + 1.0)
    return 0.25 * (member + influence + given + connection(belong, bond, talk, members))


@inline
def talk_in(plan: Plan, state: State, due: Due, room: int) -> float:
    """Contributions an hour in a room, the last tick included."""
    said = np.float64(due.talk[room]) / plan.hours
    return remembered(state.chatter[room], plan.belong.newest, said)


@jit
def belonging(world: World, plan: Plan, state: State, due: Due, person: int, tick: int) -> float:
    """The sense of community of a follower at a tick."""
    relation, talk, members = state.relation, 0.0, 0.0
    if world.room.size:
        room = world.room[person]
        talk, members = talk_in(plan, state, due, room), np.float64(due.members[room])
    joined = relation["joined"][person]
    return sense_of_community(
        plan.belong,
        -1.0 if joined < 0 else np.float64(tick - joined),
        np.float64(relation["answers"][person]),
        np.float64(relation["given"][person]),
        np.float64(state.crowd["bond"][person]),
        talk,
        members,
    )


@jit
def communities(
    world: World,
    plan: Plan,
    state: State,
    bond: NDArray[np.float32],
    talk: NDArray[np.float64],
    members: NDArray[np.int64],
    tick: int,
) -> NDArray[np.float64]:
    """The sense of community of everybody who follows the brand; nan of who does not."""
    relation, belong = state.relation, plan.belong
    result = np.full(state.crowd["role"].size, np.nan)
    for i in range(state.crowd["role"].size):
        if state.crowd["role"][i] != STRANGER:
            said, there = 0.0, 0.0
            if world.room.size:
                room = world.room[i]
                said, there = talk[room], np.float64(members[room])
            joined = relation["joined"][i]
            result[i] = sense_of_community(
                belong,
                -1.0 if joined < 0 else np.float64(tick - joined),
                np.float64(relation["answers"][i]),
                np.float64(relation["given"][i]),
                np.float64(bond[i]),
                said,
                there,
            )
    return result
