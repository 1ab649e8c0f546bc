"""Serve: the brand mends, replies and thanks, as far as its capacity goes (sources 000, 004).

Complaints that have reached their desk come first, then comments, then shares to thank for. It
sees each comment and each share with a chance of its own; of more than it can handle in a tick it
takes those with the smallest draws. A contact leaves bond and trust behind: x += gain * (1 - x).
With a channel of its own for that (000: where will you interact with them?) it meets only those
who are on it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due
from ..arithmetic import logistic
from ..draws import REPLY, THANK, draw, happens, key_of
from ..jit import inline, jit
from ..ordering import order_by
from ..plan import OWN, Plan, about
from ..state import COMMENT, SERVICE
from ..wave import Wave
from ..world import World, identity_of


class Served(NamedTuple):
    """Whom the brand answers in a tick, the same for every owner.

    Attributes
    ----------
    mended, replied
        Rows of the tasks that are due.
    thanked
        Entries of the wave.
    """

    mended: NDArray[np.int64]
    replied: NDArray[np.int64]
    thanked: NDArray[np.int64]


@jit
def meets(world: World, plan: Plan, person: int) -> bool:
    """Whether the brand can meet a person on the channel on which it interacts."""
    channel = plan.interact.channel
    if channel < 0 or world.channels.size == 0:
        return True
    return (world.channels[person] >> np.uint8(channel)) & np.uint8(1) != 0


@inline
def capacity_at(capacity: float, tick: int) -> int:
    """Whole contacts of a tick, where a tick has room for `capacity` on average."""
    return int((tick + 1) * capacity + 1e-9) - int(tick * capacity + 1e-9)


@jit
def serve(world: World, plan: Plan, due: Due, wave: Wave, tick: int) -> Served:
    """Whom the brand answers."""
    left = capacity_at(plan.interact.capacity, tick)
    mended = _within(*_waiting(world, plan, due, SERVICE), left)
    left -= mended.size
    replied = _within(*_waiting(world, plan, due, COMMENT), left)
    left -= replied.size
    return Served(mended, replied, _within(*_to_thank(world, plan, wave), left))


@jit
def _within(rows: NDArray[np.int64], luck: NDArray[np.uint64], capacity: int) -> NDArray[np.int64]:
    """Of these rows those with the smallest draws, as many as there is capacity for."""
    if rows.size <= capacity:
        return rows
    if capacity == 0:
        return rows[:0]
    chosen = np.zeros(rows.size, np.bool_)
    chosen[order_by(luck)[:capacity]] = True
    return rows[chosen]


@jit
def _waiting(
    world: World, plan: Plan, due: Due, kind: int
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Tasks of a kind that the brand sees, with their draws."""
    tasks = due.tasks
    rows = np.empty(tasks.shape[0], np.int64)
    luck = np.empty(tasks.shape[0], np.uint64)
    seen = 0
    chance = 1.0 if kind == SERVICE else logistic(plan.interact.reply)
    for row in range(tasks.shape[0]):
        person = tasks[row, 2]
        if tasks[row, 0] == kind and meets(world, plan, person):
            # One may complain about a topic again: another occasion.
            key = key_of(about(plan, REPLY, tasks[row, 1]), np.uint64(np.int64(tasks[row, 3])))
            bits = draw(key, identity_of(world.identity, person))
            if happens(bits, chance):
                rows[seen], luck[seen] = row, bits
                seen += 1
    return rows[:seen], luck[:seen]


@jit
def _to_thank(world: World, plan: Plan, wave: Wave) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Shares that the brand sees, with their draws."""
    poster, message, identity = wave.person, wave.message, world.identity
    named = identity.size > 0
    rows = np.empty(poster.size, np.int64)
    luck = np.empty(poster.size, np.uint64)
    seen = 0
    if plan.interact.thank == -np.inf or plan.interact.capacity == 0:
        return rows[:0], luck[:0]
    chance = logistic(plan.interact.thank)
    everywhere = plan.interact.channel < 0
    last, ours = -1, False
    key = np.uint64(0)
    for k in range(poster.size):
        if poster[k] < 0:
            continue
        if message[k] != last:
            last = message[k]
            key = about(plan, THANK, last)
            ours = plan.messages["kind"][last] <= OWN
        bits = draw(key, identity[poster[k]] if named else np.uint64(poster[k]))
        if ours and happens(bits, chance) and (everywhere or meets(world, plan, poster[k])):
            rows[seen], luck[seen] = k, bits
            seen += 1
    return rows[:seen], luck[:seen]
