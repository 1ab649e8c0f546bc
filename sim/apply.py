"""The only place where the state is written.

Stages decide; what they return is written here, once for each message of a tick, and once for
the thanks that end it. People read the posts of a tick in the order of the calendar: what a
person did with one is known when they come to the next.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .jit import jit
from .plan import Plan
from .draws import DELAY, decision, draw
from .stages.interact import raised
from .stages.notice import Noticed
from .stages.share import ASKED, NOT, share_delay
from . import state as s
from .state import Log, State
from .wave import BRAND, Wave
from .world import FAN, World, identity_of


@jit
def _room(array: NDArray[np.int32], rows: int) -> NDArray[np.int32]:
    """The array with room for `rows` rows: itself, or a copy at least twice as long."""
    if rows <= array.shape[0]:
        return array
    longer = np.empty(max(rows, 2 * array.shape[0]), array.dtype)
    longer[: array.shape[0]] = array
    return longer


@jit
def _log_with_room(log: Log, rows: int) -> Log:
    return Log(
        _room(log.message, rows),
        _room(log.person, rows),
        _room(log.sender, rows),
        _room(log.hop, rows),
        _room(log.tick, rows),
    )


@jit
def _pages_with_room(pages: NDArray[np.uint8], rows: int) -> NDArray[np.uint8]:
    if rows <= pages.shape[0]:
        return pages
    longer = np.zeros((max(rows, 2 * pages.shape[0]), s.PAGE), np.uint8)
    longer[: pages.shape[0]] = pages
    return longer


@jit
def grown(state: State, shares: int, buyers: int, followers: int, pages: int) -> State:
    """The state with room for so many more shares, buyers, followers and pages."""
    shares += state.size[s.SHARES]
    buyers += state.size[s.BUYERS]
    followers += state.size[s.FOLLOWERS]
    pages += state.size[s.PAGES]
    if (
        shares <= state.posted.size
        and buyers <= state.buyers.person.size
        and followers <= state.followers.size
        and pages <= state.pages.shape[0]
    ):
        return state
    return State(
        state.low,
        state.high,
        state.role,
        state.trust,
        state.bond,
        state.earlier,
        state.steps,
        state.page,
        _pages_with_room(state.pages, pages),
        _log_with_room(state.shares, shares),
        _room(state.posted, shares),
        _room(state.after, shares),
        state.first,
        _log_with_room(state.buyers, buyers),
        _room(state.followers, followers),
        state.size,
        state.counts,
        state.people,
        state.series,
        state.feed,
        state.slot,
    )


@jit
def _write(log: Log, row: int, message: int, person: int, sender: int, hop: int, tick: int) -> None:
    log.message[row] = message
    log.person[row] = person
    log.sender[row] = sender
    log.hop[row] = hop
    log.tick[row] = tick


@jit
def _count(state: State, step: int, message: int, person: int, hop: int, first: bool) -> None:
    """Count an event; `first`: the first of this person with this message."""
    place = state.counts[message, step, state.role[person], min(hop, s.HOPS - 1)]
    place[0] += 1
    place[1] += first
    bit = np.uint16(1 << step)
    if not state.steps[person] & bit:
        state.steps[person] |= bit
        state.people[step] += 1


@jit
def apply(
    world: World,
    plan: Plan,
    state: State,
    wave: Wave,
    noticed: Noticed,
    shared: NDArray[np.int32],
    clicked: NDArray[np.int32],
    found: NDArray[np.bool_],
    converted: NDArray[np.bool_],
    follows: NDArray[np.bool_],
    message: int,
    tick: int,
) -> State:
    """Write what people did with a message in a tick; the state, with more room where needed.

    Parameters
    ----------
    world, plan, state, wave
        World, numbers, the state to write, the posts of the tick.
    noticed
        Who noticed the message, and through whom.
    shared, clicked
        For each of them the entry of the wave that they pass on or click on, or NOT or ASKED.
    found, converted, follows
        For each of them whether they find the brand, convert, follow it.
    message, tick
        Which message, and when.
    """
    people = noticed.person.size
    state = grown(
        state, (shared != NOT).sum(), converted.sum(), follows.sum(),
        min(people, state.page.shape[1]),
    )
    series = state.series[tick]
    # The hop of a person's first noticing is the least of this tick's: no order of visits shows.
    first_hop = np.full(people, np.int32(2**31 - 1), np.int32)
    for row in range(noticed.entry.size):
        at = noticed.who[row]
        first_hop[at] = min(first_hop[at], wave.hop[noticed.entry[row]])
    for row in range(noticed.entry.size):
        at, hop = noticed.who[row], wave.hop[noticed.entry[row]]
        person = noticed.person[at]
        first = not noticed.before[at] & s.SAW and hop == first_hop[at]
        if first:
            first_hop[at] = -1
        _count(state, s.NOTICED, message, person, hop, first)
        _count(state, s.NOTICED_FIRST if hop == 0 else s.NOTICED_LATER, message, person, hop, first)
    series[s.SEEN] += noticed.entry.size
    delay_key = decision(plan.luck, DELAY, message)
    for at in range(people):
        person = noticed.person[at]
        done = np.uint8((noticed.before[at] & 15) | (noticed.doses[at] << s.DOSE))
        if not done & s.SAW:
            done |= s.SAW
            if noticed.asked[at]:
                # Whoever is asked to pass a message on has seen it, and at first hand.
                if first_hop[at] > 0:
                    _count(state, s.NOTICED, message, person, 0, True)
                    _count(state, s.NOTICED_FIRST, message, person, 0, True)
                    series[s.SEEN] += 1
            series[s.REACH] += state.earlier[person] == 0
            state.earlier[person] += state.earlier[person] < 65535
        if shared[at] != NOT:
            done |= s.PASSED_ON
            hop, sender = 0, BRAND
            if shared[at] != ASKED:
                hop, sender = wave.hop[shared[at]], wave.person[shared[at]]
            bits = draw(delay_key, identity_of(world.identity, person))
            _post(state, message, person, sender, hop, tick, share_delay(bits, plan.share.delay))
            _count(state, s.SHARED if hop == 0 else s.RESHARED, message, person, hop, True)
            series[s.FIRST_SHARES if hop == 0 else s.LATER_SHARES] += 1
        if clicked[at] != NOT:
            done |= s.CLICKED_ON
            hop = wave.hop[clicked[at]]
            _count(state, s.CLICKED, message, person, hop, True)
            series[s.CLICKS] += 1
            if found[at]:
                _count(state, s.FOUND, message, person, hop, True)
                series[s.FINDS] += 1
            if converted[at]:
                row = state.size[s.BUYERS]
                _write(state.buyers, row, message, person, wave.person[clicked[at]], hop, tick)
                state.size[s.BUYERS] += 1
                _count(state, s.CONVERTED, message, person, hop, True)
                series[s.CONVERSIONS] += 1
        if follows[at]:
            _count(state, s.FOLLOWED, message, person, 0, True)
            state.role[person] = FAN
            state.followers[state.size[s.FOLLOWERS]] = person
            state.size[s.FOLLOWERS] += 1
            series[s.NEW_FANS] += 1
        _remember(state, message, person, done)
    return state


@jit
def _remember(state: State, message: int, person: int, done: np.uint8) -> None:
    row = state.page[message, person // s.PAGE]
    if row < 0:
        row = state.size[s.PAGES]
        state.size[s.PAGES] += 1
        state.page[message, person // s.PAGE] = row
    state.pages[row, person % s.PAGE] = done


@jit
def _post(
    state: State, message: int, person: int, sender: int, hop: int, tick: int, delay: int
) -> None:
    """Write a share, and put it among those that are posted at its tick."""
    row = state.size[s.SHARES]
    state.size[s.SHARES] += 1
    _write(state.shares, row, message, person, sender, hop, tick)
    due = tick + 1 + delay
    state.posted[row] = due
    state.after[row] = -1
    if due < state.first.size:
        state.after[row] = state.first[due]
        state.first[due] = row


@jit
def apply_arrivals(
    state: State, wave: Wave, arrived: NDArray[np.int64], exposed: int, tick: int
) -> None:
    """Write how many posts arrived, by entry of the wave, and at how many new people."""
    for k in range(wave.person.size):
        place = state.counts[wave.message[k], s.EXPOSED, 0, min(wave.hop[k], s.HOPS - 1)]
        place[0] += arrived[k]
        state.series[tick, s.IMPRESSIONS] += arrived[k]
    state.people[s.EXPOSED] += exposed


@jit
def apply_thanks(
    plan: Plan, state: State, wave: Wave, thanked: NDArray[np.int64], tick: int
) -> None:
    """End a tick: write the thanks, and let those who followed in it hear the brand from now on."""
    state.size[s.HEARERS] = state.size[s.FOLLOWERS]
    interact = plan.interact
    for k in thanked:
        person = wave.person[k]
        if state.low <= person < state.high:
            state.bond[person] = raised(np.float64(state.bond[person]), interact.bond_gain)
            state.trust[person] = raised(np.float64(state.trust[person]), interact.trust_gain)
            _count(state, s.THANKED, wave.message[k], person, wave.hop[k] - 1, True)
            state.series[tick, s.THANKS] += 1
