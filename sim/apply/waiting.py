"""What waits in feeds: put there when it arrives, taken out in the tick of the visit.

The rows of a tick lie in blocks, and the blocks are used again: memory is that of the most rows
that ever wait at once, and of the posts that they are of, which are kept. Lost against this: one
list that is looked through in every tick (whatever waits long is looked at often), and links from
row to row (each a trip to memory).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import state as s
from ..exposures import Exposures, in_tiles
from ..jit import jit
from ..ordering import ascending
from ..plan import ALWAYS, Plan
from ..stages.feed import visits
from ..state import State
from ..wave import Wave, names_of
from ..world import World
from .room import with_feed


@jit
def apply_waiting(
    world: World, plan: Plan, state: State, wave: Wave, exposures: Exposures, tick: int
) -> tuple[State, Wave, Exposures]:
    """Let what arrived wait for the visit at which it is met; what is met in this tick.

    Returns
    -------
    State
        With more room, where more waits than ever before.
    Wave
        The posts of which something is met in this tick, messages in order.
    Exposures
        What is met, with the hour of the visit.
    """
    if plan.notice.activity == ALWAYS:
        return state, wave, exposures
    state = _put(plan, state, wave, exposures, visits(world, plan, wave, exposures), tick)
    post, person, visit = _taken(state, tick)
    return (state, *_in_order(world, plan, state, post, person, visit))


@jit
def _put(
    plan: Plan,
    state: State,
    wave: Wave,
    exposures: Exposures,
    visit: NDArray[np.float64],
    tick: int,
) -> State:
    """Write down the posts of a tick, and who meets them when; what never happens is left out."""
    entry, person = exposures.entry, exposures.person
    if person.size == 0:
        return state
    first = state.size[s.POSTED]
    last = state.waiting_first.size - 1
    # A block more for each tick in which something may begin to wait.
    more = person.size // s.BLOCK + min(person.size, last - tick + 1)
    blocks = state.size[s.BLOCKS] + max(more - state.size[s.FREE_BLOCKS], 0)
    state = with_feed(state, first + wave.person.size, blocks)
    state.size[s.POSTED] += wave.person.size
    for k in range(wave.person.size):
        post = state.posts[first + k]
        post["message"], post["person"], post["hop"] = wave.message[k], wave.person[k], wave.hop[k]
        post["tick"], post["hours"], post["channels"] = tick, wave.hours[k], wave.channels[k]
        post["met"], post["showing"] = 0, wave.showing[k]
    waiting, begins, filled, after = (
        state.waiting,
        state.waiting_first,
        state.waiting_filled,
        state.block_after,
    )
    for row in range(person.size):
        when = visit[row] / plan.hours
        if when >= last:
            continue
        due = max(np.int64(when), tick)
        block = begins[due]
        if block < 0 or filled[due] == s.BLOCK:
            free = state.size[s.FREE]
            if free > 0:
                free -= 1
                state.size[s.FREE] = after[free] + 1
                state.size[s.FREE_BLOCKS] -= 1
            else:
                free = state.size[s.BLOCKS]
                state.size[s.BLOCKS] += 1
            after[free] = block
            begins[due], filled[due], block = free, 0, free
        kept = waiting[block * s.BLOCK + filled[due]]
        filled[due] += 1
        kept["post"], kept["person"], kept["visit"] = first + entry[row], person[row], visit[row]
    return state


@jit
def _taken(
    state: State, tick: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Take out what is met in a tick, in the order in which it arrived."""
    waiting, after = state.waiting, state.block_after
    block, count = state.waiting_first[tick], 0
    filled = np.int64(state.waiting_filled[tick])
    while block >= 0:
        count += filled
        filled, block = s.BLOCK, after[block]
    post, person, visit = np.empty(count, np.int32), np.empty(count, np.int32), np.empty(count)
    block, end = state.waiting_first[tick], count
    filled = np.int64(state.waiting_filled[tick])
    while block >= 0:
        end -= filled
        for row in range(filled):
            kept = waiting[block * s.BLOCK + row]
            post[end + row], person[end + row] = kept["post"], kept["person"]
            visit[end + row] = kept["visit"]
        following = after[block]
        after[block] = state.size[s.FREE] - 1
        state.size[s.FREE] = block + 1
        state.size[s.FREE_BLOCKS] += 1
        filled, block = s.BLOCK, following
    state.waiting_first[tick] = -1
    return post, person, visit


@jit
def _in_order(
    world: World,
    plan: Plan,
    state: State,
    post: NDArray[np.int32],
    person: NDArray[np.int32],
    visit: NDArray[np.float64],
) -> tuple[Wave, Exposures]:
    """The posts that are met, messages in order, and the rows in the order of their posts."""
    posts, rows, messages = state.posts, post.size, plan.messages["kind"].size
    # Each post once, in the order in which it was posted, with how often it is met.
    found, count = np.empty(rows, np.int32), 0
    for row in range(rows):
        if posts[post[row]]["met"] == 0:
            found[count] = post[row]
            count += 1
        posts[post[row]]["met"] += 1
    met = ascending(found[:count])
    start = np.zeros(messages + 1, np.int64)
    first = np.zeros(messages + 1, np.int64)
    for k in range(count):
        message = posts[met[k]]["message"]
        first[message + 1] += 1
        start[message + 1] += posts[met[k]]["met"]
    for message in range(messages):
        start[message + 1] += start[message]
        first[message + 1] += first[message]
    wave = Wave(
        np.empty(count, np.int32),
        np.empty(count, np.int32),
        np.empty(count, np.int32),
        np.empty(count, np.uint8),
        np.empty(count, np.int32),
        np.empty(count, np.float64),
        np.empty(count, np.uint64),
        np.empty(count, np.int32),
        first,
    )
    showings = posts["showing"][met]
    names = names_of(world.identity, plan.accounts["identity"], posts["person"][met], showings)
    place, begins = first.copy(), start.copy()
    entry = np.empty(rows, np.int32)
    for k in range(count):
        one = posts[met[k]]
        message, at = one["message"], place[one["message"]]
        place[message] += 1
        wave.message[at], wave.person[at], wave.hop[at] = message, one["person"], one["hop"]
        wave.channels[at], wave.tick[at], wave.hours[at] = (
            one["channels"],
            one["tick"],
            one["hours"],
        )
        wave.name[at], wave.showing[at] = names[k], showings[k]
        # From now on it counts up where the next row of the post goes.
        times, one["met"] = one["met"], begins[message]
        entry[begins[message] : begins[message] + times] = at
        begins[message] += times
    who, when = np.empty(rows, np.int32), np.empty(rows, np.float64)
    for row in range(rows):
        to = posts[post[row]]["met"]
        posts[post[row]]["met"] += 1
        who[to], when[to] = person[row], visit[row]
    for k in range(count):
        posts[met[k]]["met"] = 0
    met_now = Exposures(entry, who, start, when, 0, 0)
    return wave, in_tiles(met_now, state.low, state.high, messages)
