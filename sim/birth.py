"""The state before the first tick, and with room for messages that no calendar names."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .ledger import ACCOUNTS, priced
from .parameters import Scenario
from .sources import BROUGHT, sources
from .state import (
    ADVOCATE_RUNG,
    BLOCK,
    DESKS,
    ENTRY,
    EVERY_CHANNEL,
    FOLLOWERS,
    HEARERS,
    HOPS,
    LOG,
    NO_RUNG,
    PAGE,
    PERSON,
    POST_MADE,
    RELATION,
    SERIES,
    SIZES,
    STEPS,
    TASK,
    WAITING,
    State,
)
from .world import ADVOCATE, ROLES, STRANGER, World


def birth(
    scenario: Scenario,
    world: World,
    messages: int,
    following: NDArray[np.int32] | None = None,
    owners: int = 1,
) -> list[State]:
    """The state before the first tick, one for each owner of a range of people.

    Parameters
    ----------
    scenario, world
        Trust and bond by role at birth, and who has which role.
    messages
        How many messages there are.
    following
        How many accounts each person follows; None where no stage asks.
    owners
        How many ranges: they begin at whole pages and hear about equally many arcs.
    """
    n, by_role = world.role.size, world.role
    people, known = (_each(born, by_role) for born in _by_role(scenario))
    for name, own in (("trust", world.trust), ("bond", world.bond)):
        if own.size:
            people[name] = np.where(np.isnan(own), people[name], own)
    if following is not None:
        people["following"] = following
    if world.channels.size:
        people["channels"] = world.channels
    rooms = scenario.community.rooms
    # Counted only where the rule of sharing asks: two bytes a person and message.
    rule = scenario.share.rule
    network = any(then.share.bass.mixing == "network" for then in scenario.ever())
    counted = rule == "threshold" or (rule == "bass" and network)
    heard = np.zeros((messages, n if counted else 0), np.uint16)
    page = np.full((messages, -(-n // PAGE)), -1, np.int64)
    wrong = any(then.complaints.rate > 0.0 for then in scenario.ever())
    owed = np.zeros(n if wrong else 0, np.int64)
    wears = any(then.publish.wears for then in scenario.ever())
    worn = np.zeros((n if wears and scenario.publish.ads else 0, 2), np.float32)
    apart = sources(scenario)
    apart = apart if len(apart) > 1 else ()
    states = []
    for low, high in _ranges(world, owners):
        fans = (low + np.flatnonzero(by_role[low:high] != STRANGER)).astype(np.int32)
        size = np.zeros(SIZES, np.int64)
        size[FOLLOWERS] = size[HEARERS] = fans.size
        members = np.zeros(rooms, np.int64)
        if rooms:
            members += np.bincount(world.room[fans], minlength=rooms)
        states.append(
            State(
                low=low,
                high=high,
                page=page,
                pages=np.zeros(16 * PAGE, np.uint8),
                crowd=people,
                shares=np.empty(64, LOG),
                posted=np.empty(64, np.float64),
                after=np.empty(64, np.int32),
                first=np.full(scenario.horizon + 1, -1, np.int32),
                posts=np.empty(16, POST_MADE),
                waiting=np.empty(16 * BLOCK, WAITING),
                block_after=np.empty(16, np.int32),
                waiting_first=np.full(scenario.horizon + 1, -1, np.int32),
                waiting_filled=np.zeros(scenario.horizon + 1, np.int32),
                buyers=np.empty(16, LOG),
                followers=fans,
                relation=known,
                tasks=np.empty(64, TASK),
                task_first=np.full(scenario.horizon + 1, -1, np.int32),
                lines=np.array([[-1, -1, 0]] * len(DESKS), np.int32),
                book=np.empty(16, np.int32),
                active=np.empty(16, np.int32),
                climbs=np.empty(16, LOG),
                heard=heard,
                traffic=np.zeros((len(scenario.channels), 3), np.int64),
                sources=np.zeros((scenario.horizon, len(apart), len(BROUGHT)), np.int64),
                owed=owed,
                worn=worn,
                talk=np.zeros((2, rooms), np.int64),
                chatter=np.zeros(rooms),
                members=members,
                gaps=np.zeros(scenario.complaints.topics, np.int64),
                placed=np.zeros(world.outlet_offsets.size - 1, np.int64),
                ledger=np.zeros((scenario.horizon, len(ACCOUNTS)), ENTRY),
                size=size,
                counts=np.zeros((messages, STEPS, 3, HOPS, 2), np.int64),
                people=np.zeros(STEPS, np.int64),
                series=np.zeros((scenario.horizon, len(SERIES) + len(priced(scenario))), np.int64),
            )
        )
    return states


def _by_role(scenario: Scenario) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """How people are born: a row a role."""
    people, known = np.zeros(len(ROLES), PERSON), np.zeros(len(ROLES), RELATION)
    people["channels"], known["joined"] = EVERY_CHANNEL, -1
    for role, name in enumerate(ROLES):
        people["role"][role] = role
        people["trust"][role] = getattr(scenario.people.trust, name)
        people["bond"][role] = getattr(scenario.people.bond, name)
        known["listed"][role] = role != STRANGER
        known["rung"][role] = ADVOCATE_RUNG if role == ADVOCATE else NO_RUNG
    return people, known


def _each(born: NDArray[np.void], role: NDArray[np.uint8]) -> NDArray[np.void]:
    """A row for each person; in whole words, as numpy takes sixty times as long over records."""
    words = born.view(np.uint64).reshape(born.size, -1)
    return np.take(words, role, axis=0).view(born.dtype).reshape(-1)


def with_messages(states: list[State], messages: int) -> list[State]:
    """The owners' states with room for so many messages."""
    page = states[0].page
    more = messages - page.shape[0]
    page = np.concatenate([page, np.full((more, page.shape[1]), -1, np.int64)])
    none = np.zeros((more, *states[0].counts.shape[1:]), np.int64)
    heard = states[0].heard
    heard = np.concatenate([heard, np.zeros((more, heard.shape[1]), np.uint16)])
    return [
        state._replace(page=page, heard=heard, counts=np.concatenate([state.counts, none]))
        for state in states
    ]


def _ranges(world: World, owners: int) -> list[tuple[int, int]]:
    """Cut the people into ranges of whole pages in which about equally many arcs end."""
    n = world.role.size
    if owners <= 1:
        return [(0, n)]
    heard = np.cumsum(np.bincount(world.indices, minlength=n) + 1)
    cuts = np.searchsorted(heard, heard[-1] * np.arange(1, owners) / owners)
    whole = np.minimum(np.round(cuts / PAGE).astype(np.int64) * PAGE, n)
    edges = [0, *whole.tolist(), n]
    return [(low, high) for low, high in pairwise(edges) if low < high]
