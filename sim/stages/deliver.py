"""Deliver: posts arrive in the feeds of those who hear them."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..jit import inline, jit
from ..plan import OWN, Plan
from ..prefetch import AHEAD, prefetch
from ..reference import by_reference
from ..state import EXPOSED, HEARERS, State
from ..wave import BRAND, OUTLET, Wave, first_from
from ..world import STRANGER, World
from .publish import shown
from .start import Started

MOST_ARRIVALS: Final = 65_535


@by_reference
class Exposures(NamedTuple):
    """The posts that arrive in a tick, or are met in one, a row for each feed they are in.

    Attributes
    ----------
    entry, person
        The entry of the wave, and in whose feed; entries in order, and so messages too.
    start
        Message m stands at ``start[m]`` to ``start[m + 1] - 1``.
    visit
        The hour at which the person meets it; of length 0 as long as nobody asked, and where
        people are always online.
    new
        At how many people something of the campaign's own arrives for the first time.
    """

    entry: NDArray[np.int32]
    person: NDArray[np.int32]
    start: NDArray[np.int64]
    visit: NDArray[np.float64]
    new: int


@jit
def deliver(
    world: World, plan: Plan, state: State, wave: Wave, started: Started, tick: int
) -> Exposures:
    """Put each post into the feeds of those of the state's people who hear it.

    Whoever begins to pass a message on has it before them too, nobody's post: it reaches them, but
    is no exposure of the list. Channels are those of the profile and of people; an outlet's
    audience is its own.
    """
    indptr, indices = world.indptr, world.indices
    # Where everybody is on all channels, nobody has to be asked.
    layered, on, posted_on = world.channels.size > 0, state.crowd["channels"], wave.channels
    low, high = state.low, state.high
    part = high - low < world.role.size
    poster, message = wave.person, wave.message
    room = 0
    for k in range(poster.size):
        if k + AHEAD < poster.size and poster[k + AHEAD] >= 0:
            prefetch(indptr, poster[k + AHEAD])
        if poster[k] >= 0:
            room += indptr[poster[k] + 1] - indptr[poster[k]]
        elif poster[k] == BRAND:
            room += state.size[HEARERS]
        else:
            outlet = OUTLET - poster[k]
            room += world.outlet_offsets[outlet + 1] - world.outlet_offsets[outlet]
    entry = np.empty(room, np.int32)
    person = np.empty(room, np.int32)
    start = np.zeros(wave.start.size, np.int64)
    rows = 0
    for k in range(poster.size):
        if k + AHEAD < poster.size and poster[k + AHEAD] >= 0:
            prefetch(indices, indptr[poster[k + AHEAD]])
        if poster[k] < 0:
            rows = _broadcast(world, plan, state, wave, k, tick, entry, person, rows)
        else:
            first, stop = indptr[poster[k]], indptr[poster[k] + 1]
            # Rows are sorted: an owner of a range takes its part of each by bisection.
            if part:
                first = first_from(indices, first, stop, low)
                stop = first_from(indices, first, stop, high)
            for place in range(first, stop):
                entry[rows] = k
                person[rows] = indices[place]
                rows += 1
    ours = np.empty(poster.size, np.bool_)
    for k in range(poster.size):
        ours[k] = plan.messages[message[k]]["kind"] <= OWN
    steps = state.crowd["steps"]
    new, kept, of = 0, 0, 0
    for row in range(rows):
        if row + AHEAD < rows:
            prefetch(steps, person[row + AHEAD])
        k, i = entry[row], person[row]
        if layered and poster[k] >= BRAND and not on[i] & posted_on[k]:
            continue
        if message[k] != of:
            start[of + 1 : message[k] + 1] = kept
            of = message[k]
        entry[kept], person[kept] = k, i
        kept += 1
        new += _reached(steps, i, ours[k])
    start[of + 1 :] = kept
    for m in range(started.start.size - 1):
        of_campaign = plan.messages[m]["kind"] <= OWN
        for i in started.person[started.start[m] : started.start[m + 1]]:
            new += _reached(steps, i, of_campaign)
    return Exposures(entry[:kept], person[:kept], start, np.empty(0, np.float64), new)


@jit
def _broadcast(
    world: World,
    plan: Plan,
    state: State,
    wave: Wave,
    k: int,
    tick: int,
    entry: NDArray[np.int32],
    person: NDArray[np.int32],
    rows: int,
) -> int:
    """Add those who hear the brand, or to whom an account shows a post; the rows there are."""
    message, sender = wave.message[k], wave.person[k]
    low, high, role, on, there = (
        state.low,
        state.high,
        state.crowd["role"],
        state.crowd["channels"],
        wave.channels[k],
    )
    if sender == BRAND:
        for i in state.followers[: state.size[HEARERS]]:
            if role[i] != STRANGER and on[i] & there:
                entry[rows] = k
                person[rows] = i
                rows += 1
        return rows
    first, stop = world.outlet_offsets[OUTLET - sender], world.outlet_offsets[OUTLET - sender + 1]
    members = world.outlet_members
    for place in range(first, stop):
        i = members[place]
        if low <= i < high and shown(world, plan, message, sender, i, place, tick):
            entry[rows] = k
            person[rows] = i
            rows += 1
    return rows


@inline
def _reached(steps: NDArray[np.uint16], person: int, ours: bool) -> int:
    """Note that something arrived; 1 if it is the first of the campaign's own."""
    before = steps[person]
    steps[person] = before | np.uint16(ours << EXPOSED)
    return np.int64(ours) & (1 - (np.int64(before) >> EXPOSED & 1))
