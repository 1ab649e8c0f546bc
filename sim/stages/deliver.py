"""Deliver: posts arrive in the feeds of those who hear them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due
from ..draws import draw, happens
from ..exposures import Exposures, busy, wide_of
from ..jit import inline, jit
from ..plan import OWN, Plan
from ..prefetch import AHEAD, prefetch
from ..state import EXPOSED, HEARERS, State
from ..wave import BRAND, OUTLET, Wave, first_from
from ..world import STRANGER, World, identity_of
from .publish import beyond, falls_on, showing_key, shown, shown_before, shown_key
from .start import Started

MOST_ARRIVALS: Final = 65_535


@jit
def deliver(
    world: World, plan: Plan, state: State, due: Due, wave: Wave, started: Started, tick: int
) -> Exposures:
    """Put each post into the feeds of those of the state's people who hear it.

    Whoever begins to pass a message on has it before them too, nobody's post: it reaches them, but
    is no exposure of the list. Channels are those of the profile and of people; an outlet's
    audience is its own, that of a ranked feed the strangers on its channel.
    """
    indices = world.indices
    low, high = state.low, state.high
    poster, message = wave.person, wave.message
    first, stop, room = _rows_of(world, plan, state, wave)
    wide = wide_of(room, high - low, busy(wave.start))
    tiles = ((max(high - low, 1) - 1) >> wide) + 1
    begin = np.zeros(tiles + 1, np.int64)
    # Who hears a post is looked up twice, once to count: lost against it was a list of all rows
    # that is put in order, which is twice the memory.
    if tiles > 1:
        for k in range(poster.size):
            if k + AHEAD < poster.size and poster[k + AHEAD] >= 0:
                prefetch(indices, first[k + AHEAD])
            if poster[k] < 0:
                for i in _audience(world, plan, state, due, wave, k, tick):
                    begin[((i - low) >> wide) + 1] += 1
            else:
                for place in range(first[k], stop[k]):
                    begin[((indices[place] - low) >> wide) + 1] += 1
        for tile in range(tiles):
            begin[tile + 1] += begin[tile]
        room = begin[tiles]
    entry = np.empty(room, np.int32)
    person = np.empty(room, np.int32)
    at = begin[:tiles].copy()
    for k in range(poster.size):
        if k + AHEAD < poster.size and poster[k + AHEAD] >= 0:
            prefetch(indices, first[k + AHEAD])
        if poster[k] < 0:
            for i in _audience(world, plan, state, due, wave, k, tick):
                tile = (i - low) >> wide
                row = at[tile]
                at[tile] = row + 1
                entry[row], person[row] = k, i
        else:
            for place in range(first[k], stop[k]):
                i = indices[place]
                tile = (i - low) >> wide
                row = at[tile]
                at[tile] = row + 1
                entry[row], person[row] = k, i
    # Where everybody is on all channels, nobody has to be asked.
    layered, on, posted_on = world.channels.size > 0, state.crowd["channels"], wave.channels
    ours = np.empty(poster.size, np.bool_)
    for k in range(poster.size):
        ours[k] = plan.messages[message[k]]["kind"] <= OWN
    steps, messages = state.crowd["steps"], wave.start.size - 1
    start = np.zeros(tiles * messages + 1, np.int64)
    new, kept, of = 0, 0, 0
    for tile in range(tiles):
        for row in range(begin[tile], at[tile]):
            if row + AHEAD < at[tile]:
                prefetch(steps, person[row + AHEAD])
            k, i = entry[row], person[row]
            if layered and poster[k] >= BRAND and not on[i] & posted_on[k]:
                continue
            slot = tile * messages + message[k]
            if slot != of:
                start[of + 1 : slot + 1] = kept
                of = slot
            entry[kept], person[kept] = k, i
            kept += 1
            new += _reached(steps, i, ours[k])
    start[of + 1 :] = kept
    for m in range(messages):
        of_campaign = plan.messages[m]["kind"] <= OWN
        for i in started.person[started.start[m] : started.start[m + 1]]:
            new += _reached(steps, i, of_campaign)
    return Exposures(entry[:kept], person[:kept], start, np.empty(0, np.float64), new, wide)


@jit
def _rows_of(
    world: World, plan: Plan, state: State, wave: Wave
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Where those of the state's people stand who hear each person that posts.

    Beside it how many rows that makes at most, with the audiences of the brand and of accounts.
    """
    indptr, indices, poster = world.indptr, world.indices, wave.person
    low, high = state.low, state.high
    part = high - low < world.role.size
    first, stop = np.zeros(poster.size, np.int64), np.zeros(poster.size, np.int64)
    room = 0
    for k in range(poster.size):
        if k + AHEAD < poster.size and poster[k + AHEAD] >= 0:
            prefetch(indptr, poster[k + AHEAD])
        if poster[k] >= 0:
            first[k], stop[k] = indptr[poster[k]], indptr[poster[k] + 1]
            room += stop[k] - first[k]
        elif poster[k] == BRAND:
            room += state.size[HEARERS]
        else:
            account = OUTLET - poster[k]
            room += world.outlet_offsets[account + 1] - world.outlet_offsets[account]
            room += (high - low) * (account >= plan.ranking.first)
    if not part:
        return first, stop, room
    # Rows are sorted: an owner of a range takes its part of each by bisection.
    for k in range(poster.size):
        if k + AHEAD < poster.size and poster[k + AHEAD] >= 0:
            prefetch(indices, first[k + AHEAD])
        if poster[k] >= 0:
            room -= stop[k] - first[k]
            first[k] = first_from(indices, first[k], stop[k], low)
            stop[k] = first_from(indices, first[k], stop[k], high)
            room += stop[k] - first[k]
    return first, stop, room


@jit
def _audience(
    world: World, plan: Plan, state: State, due: Due, wave: Wave, k: int, tick: int
) -> NDArray[np.int32]:
    """Those of the state's people who hear the brand, or to whom an account shows a post."""
    message, sender = wave.message[k], wave.person[k]
    low, high, role, on, there = (
        state.low,
        state.high,
        state.crowd["role"],
        state.crowd["channels"],
        wave.channels[k],
    )
    rows = 0
    if sender == BRAND:
        followers = state.followers[: state.size[HEARERS]]
        audience = np.empty(followers.size, np.int32)
        for i in followers:
            audience[rows] = i
            rows += role[i] != STRANGER and on[i] & there != 0
        return audience[:rows]
    if OUTLET - sender >= plan.ranking.first:
        row = OUTLET - sender - plan.ranking.first
        acts, noticed = due.judged[message, 0], due.judged[message, 1]
        chance = beyond(acts, noticed, plan.ranking.most[row], plan.ranking.half[row])
        key = shown_key(plan, message, OUTLET - sender)
        audience = np.empty(high - low, np.int32)
        for i in range(low, high):
            if role[i] == STRANGER and on[i] & there:
                audience[rows] = i
                rows += happens(draw(key, identity_of(world.identity, i)), chance)
        return audience[:rows]
    first, stop = world.outlet_offsets[OUTLET - sender], world.outlet_offsets[OUTLET - sender + 1]
    members = world.outlet_members
    audience = np.empty(stop - first, np.int32)
    showing = np.int64(wave.showing[k])
    if showing >= 0:
        viewing, key = world.outlet_viewing, showing_key(plan, message, tick)
        begins = shown_before(plan, OUTLET - sender, tick)
        ends = begins + plan.accounts["shown"][OUTLET - sender]
        for place in range(first, stop):
            i = members[place]
            if low <= i < high:
                views = np.float64(viewing[place])
                name = identity_of(world.identity, i)
                if falls_on(key, name, showing, begins * views, ends * views):
                    audience[rows] = i
                    rows += 1
        return audience[:rows]
    for place in range(first, stop):
        i = members[place]
        if low <= i < high and shown(world, plan, message, sender, i):
            audience[rows] = i
            rows += 1
    return audience[:rows]


@inline
def _reached(steps: NDArray[np.uint16], person: int, ours: bool) -> int:
    """Note that something arrived; 1 if it is the first of the campaign's own."""
    before = steps[person]
    steps[person] = before | np.uint16(ours << EXPOSED)
    return np.int64(ours) & (1 - (np.int64(before) >> EXPOSED & 1))
