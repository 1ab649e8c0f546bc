"""Serve: the brand mends, replies and thanks, as far as its capacity goes (sources 000, 004).

Complaints that have reached their desk come first, then comments, then shares to thank for. It
sees each comment and each share with a chance of its own. Of more than it has hands for, those are
answered first who came in an earlier tick, and luck decides among those of one; the others wait: a
complaint until patience ends, a comment or a share until it is answered. A contact leaves bond and
trust behind: x += gain * (1 - x). With a channel of its own for that (000: where will you interact
with them?) it meets only those who are on it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due, hands
from ..arithmetic import logistic
from ..draws import REPLY, THANK, draw, happens, key_of
from ..jit import jit
from ..ordering import order_by
from ..plan import OWN, Plan, about
from ..state import DESKS, SERVICE, THANKS
from ..wave import Wave
from ..world import World, identity_of

NEW = -1


class Served(NamedTuple):
    """Who is at the brand's desk in a tick, and whom it answers, the same for every owner.

    Attributes
    ----------
    line
        Rows as those of `Due.tasks`, desk by desk; who came first is first if some have to wait.
        A share of this tick is no task yet: its row is `NEW`.
    answered
        Whether each is answered.
    """

    line: NDArray[np.int32]
    answered: NDArray[np.bool_]


@jit
def meets(world: World, plan: Plan, person: int) -> bool:
    """Whether the brand can meet a person on the channel on which it interacts."""
    channel = plan.interact.channel
    if channel < 0 or world.channels.size == 0:
        return True
    return (world.channels[person] >> np.uint8(channel)) & np.uint8(1) != 0


@jit
def serve(world: World, plan: Plan, due: Due, wave: Wave, tick: int) -> Served:
    """Whom the brand answers."""
    line = _at_the_desk(world, plan, due, wave, tick)
    count, capacity = line.shape[0], hands(plan, tick)
    answered = np.ones(count, np.bool_)
    if count > capacity:
        line = line[_in_order(world, plan, line)]
        answered[capacity:] = False
    return Served(line, answered)


@jit
def _in_order(world: World, plan: Plan, line: NDArray[np.int32]) -> NDArray[np.int64]:
    """Desk by desk, those of earlier ticks first, and of one tick by luck."""
    luck = np.empty(line.shape[0], np.uint64)
    came = np.empty(line.shape[0], np.uint64)
    for at in range(line.shape[0]):
        kind, desk = line[at, 0], 0
        while DESKS[desk] != kind:
            desk += 1
        came[at] = np.uint64(desk) << np.uint64(32) | np.uint64(line[at, 5])
        luck[at] = _luck(world, plan, kind, line[at, 1], line[at, 2], line[at, 3])
    order = order_by(luck)
    return order[order_by(came[order])]


@jit
def _luck(
    world: World, plan: Plan, kind: int, message: int, person: int, occasion: int
) -> np.uint64:
    """The draw of somebody at the desk: whether they are seen, and who is answered first."""
    key = about(plan, THANK if kind == THANKS else REPLY, message)
    if kind != THANKS:
        # One may complain about a topic again: another occasion.
        key = key_of(key, np.uint64(np.int64(occasion)))
    return draw(key, identity_of(world.identity, person))


@jit
def _at_the_desk(world: World, plan: Plan, due: Due, wave: Wave, tick: int) -> NDArray[np.int32]:
    """Who waits since earlier, and whom the brand sees of those who come now, desk by desk."""
    waiting, tasks = due.waiting, due.tasks
    shares = _to_thank(world, plan, wave)
    line = np.empty((waiting.shape[0] + tasks.shape[0] + shares.size, 7), np.int32)
    count = 0
    for desk in range(len(DESKS)):
        kind = DESKS[desk]
        for row in range(waiting.shape[0]):
            if waiting[row, 0] == kind:
                line[count] = waiting[row]
                count += 1
        chance = 1.0 if kind == SERVICE else logistic(plan.interact.reply)
        for row in range(tasks.shape[0]):
            if tasks[row, 0] != kind:
                continue
            message, person = tasks[row, 1], tasks[row, 2]
            bits = _luck(world, plan, kind, message, person, tasks[row, 3])
            if meets(world, plan, person) and happens(bits, chance):
                line[count] = tasks[row]
                count += 1
    for k in shares:
        line[count, 0], line[count, 1], line[count, 2] = THANKS, wave.message[k], wave.person[k]
        line[count, 3], line[count, 4] = -1, wave.hop[k] - 1
        line[count, 5], line[count, 6] = tick, NEW
        count += 1
    return line[:count]


@jit
def _to_thank(world: World, plan: Plan, wave: Wave) -> NDArray[np.int64]:
    """Entries of the wave: the shares that the brand sees."""
    poster, message, identity = wave.person, wave.message, world.identity
    named = identity.size > 0
    if plan.interact.thank == -np.inf:
        return np.empty(0, np.int64)
    seen = np.empty(poster.size, np.int64)
    count = 0
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
            seen[count] = k
            count += 1
    return seen[:count]
