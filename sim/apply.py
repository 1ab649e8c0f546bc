"""The only place where the state is written.

Stages decide; what they return is written here, once for each message of a tick, and once for
the thanks that end it. People read the posts of a tick in the order of the calendar: what a
person did with one is known when they come to the next.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from . import state as s
from .draws import DELAY, decision, draw
from .jit import inline, jit
from .plan import Plan
from .prefetch import AHEAD, prefetch
from .stages.deliver import Exposures
from .stages.interact import raised
from .stages.notice import Noticed
from .stages.share import ASKED, NOT, share_delay
from .state import Log, State
from .wave import BRAND, Wave
from .world import FAN, World

# In place of the hop at which a person noticed first in a tick: not at all.
UNSEEN = 255


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
def _pages_with_room(pages: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    if size <= pages.size:
        return pages
    longer = np.zeros(max(size, 2 * pages.size), np.uint8)
    longer[: pages.size] = pages
    return longer


@jit
def grown(state: State, shares: int, buyers: int, followers: int, pages: int) -> State:
    """The state with room for so many more shares, buyers, followers and pages."""
    shares += state.size[s.SHARES]
    buyers += state.size[s.BUYERS]
    followers += state.size[s.FOLLOWERS]
    pages = (pages + state.size[s.PAGES]) * s.PAGE
    if (
        shares <= state.posted.size
        and buyers <= state.buyers.person.size
        and followers <= state.followers.size
        and pages <= state.pages.size
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
        state.following,
        state.arrived,
        state.arrivals,
        state.mark,
        state.slot,
    )


@inline
def _count(
    counts: NDArray[np.int64],
    steps: NDArray[np.uint16],
    people: NDArray[np.int64],
    step: int,
    message: int,
    person: int,
    role: int,
    hop: int,
    first: bool,
) -> None:
    """Count an event; `first`: the first of this person with this message."""
    hop = min(hop, s.HOPS - 1)
    counts[message, step, role, hop, 0] += 1
    counts[message, step, role, hop, 1] += first
    before = steps[person]
    steps[person] = before | np.uint16(1 << step)
    people[step] += 1 - ((before >> step) & 1)


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

    Columns are taken out of their tuples once, at the top, as in every kernel: taken out in a
    loop, each costs two atomic counts of references, more than the work that is done with it.

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
        state,
        (shared != NOT).sum(),
        converted.sum(),
        follows.sum(),
        min(people, state.page.shape[1]),
    )
    series = state.series[tick]
    role, steps, counts, taken = state.role, state.steps, state.counts, state.people
    earlier, page, pages, size = state.earlier, state.page, state.pages, state.size
    hops, poster = wave.hop, wave.person
    posted, after, due = state.posted, state.after, state.first
    log = state.shares
    log_message, log_person, log_sender, log_hop, log_tick = (
        log.message,
        log.person,
        log.sender,
        log.hop,
        log.tick,
    )
    names, before = noticed.person, noticed.before
    doses, asked = noticed.doses, noticed.asked
    first_hop, at_hops = _hops_of(noticed, wave, role, counts[message])
    series[s.SEEN] += noticed.entry.size
    delay_key, delay_mean, identity = (
        decision(plan.luck, DELAY, message),
        plan.share.delay,
        world.identity,
    )
    named = identity.size > 0
    mine = counts[message]
    reach, saw, saw_first, saw_later = 0, 0, 0, 0
    for at in range(people):
        if at + AHEAD < people:
            ahead = names[at + AHEAD]
            prefetch(steps, ahead)
            prefetch(pages, page[message, ahead >> s.PAGE_BITS])
        person = names[at]
        now = role[person]
        done = np.uint8((before[at] & 15) | (doses[at] << s.DOSE))
        hop = first_hop[at]
        if asked[at] and hop == UNSEEN and not done & s.SAW:
            # Whoever is asked to pass a message on has seen it, and at first hand.
            hop = 0
            at_hops[at] = s.AT_FIRST | np.uint16(1 << s.NOTICED)
            counts[message, s.NOTICED, now, 0, 0] += 1
            counts[message, s.NOTICED_FIRST, now, 0, 0] += 1
            series[s.SEEN] += 1
        # Counted without branches, which the processor could not foresee.
        first = np.int64(done & s.SAW == 0)
        hop = min(hop, s.HOPS - 1)
        step = s.NOTICED_FIRST + np.int64(hop > 0)
        mine[s.NOTICED, now, hop, 1] += first
        mine[step, now, hop, 1] += first
        done |= s.SAW
        reach += first & (earlier[person] == 0)
        earlier[person] += first & (earlier[person] < 65535)
        new = at_hops[at] & ~steps[person]
        steps[person] |= new
        saw += (new >> s.NOTICED) & 1
        saw_first += (new >> s.NOTICED_FIRST) & 1
        saw_later += (new >> s.NOTICED_LATER) & 1
        if shared[at] != NOT:
            done |= s.PASSED_ON
            hop, sender = 0, BRAND
            if shared[at] != ASKED:
                hop, sender = hops[shared[at]], poster[shared[at]]
            delay = 0
            if delay_mean > 0.0:
                bits = draw(delay_key, identity[person] if named else np.uint64(person))
                delay = share_delay(bits, delay_mean)
            row = size[s.SHARES]
            size[s.SHARES] += 1
            log_message[row], log_person[row], log_sender[row] = message, person, sender
            log_hop[row], log_tick[row] = hop, tick
            later = tick + 1 + delay
            posted[row], after[row] = later, -1
            if later < due.size:
                after[row] = due[later]
                due[later] = row
            step = s.SHARED if hop == 0 else s.RESHARED
            _count(counts, steps, taken, step, message, person, now, hop, True)
            series[s.FIRST_SHARES if hop == 0 else s.LATER_SHARES] += 1
        if clicked[at] != NOT:
            done |= s.CLICKED_ON
            hop = hops[clicked[at]]
            _count(counts, steps, taken, s.CLICKED, message, person, now, hop, True)
            series[s.CLICKS] += 1
            if found[at]:
                _count(counts, steps, taken, s.FOUND, message, person, now, hop, True)
                series[s.FINDS] += 1
            if converted[at]:
                row, buyers = size[s.BUYERS], state.buyers
                buyers.message[row], buyers.person[row], buyers.tick[row] = message, person, tick
                buyers.sender[row], buyers.hop[row] = poster[clicked[at]], hop
                size[s.BUYERS] += 1
                _count(counts, steps, taken, s.CONVERTED, message, person, now, hop, True)
                series[s.CONVERSIONS] += 1
        if follows[at]:
            _count(counts, steps, taken, s.FOLLOWED, message, person, now, 0, True)
            role[person] = FAN
            state.followers[size[s.FOLLOWERS]] = person
            size[s.FOLLOWERS] += 1
            series[s.NEW_FANS] += 1
        start = page[message, person >> s.PAGE_BITS]
        if start < 0:
            start = size[s.PAGES] * s.PAGE
            size[s.PAGES] += 1
            page[message, person >> s.PAGE_BITS] = start
        pages[start + (person & (s.PAGE - 1))] = done
    series[s.REACH] += reach
    taken[s.NOTICED] += saw
    taken[s.NOTICED_FIRST] += saw_first
    taken[s.NOTICED_LATER] += saw_later
    return state


@jit
def _hops_of(
    noticed: Noticed, wave: Wave, role: NDArray[np.uint8], counts: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
    """Count each noticing; the least hop of each person's, and which steps these were.

    The least of a tick is what counts as the first: no order of visits shows in it.
    """
    who, entry, names, hops = noticed.who, noticed.entry, noticed.person, wave.hop
    first_hop = np.full(names.size, UNSEEN, np.uint8)
    at_hops = np.zeros(names.size, np.uint16)
    roles = np.empty(names.size, np.uint8)
    for at in range(names.size):
        if at + AHEAD < names.size:
            prefetch(role, names[at + AHEAD])
        roles[at] = role[names[at]]
    for row in range(entry.size):
        at = who[row]
        hop = min(hops[entry[row]], s.HOPS - 1)
        first_hop[at] = min(first_hop[at], hop)
        later = np.uint16(hop > 0)
        at_hops[at] |= s.AT_FIRST << later
        counts[s.NOTICED, roles[at], hop, 0] += 1
        counts[s.NOTICED_FIRST + later, roles[at], hop, 0] += 1
    at_hops |= (at_hops != 0) * np.uint16(1 << s.NOTICED)
    return first_hop, at_hops


@jit
def apply_arrivals(world: World, state: State, wave: Wave, exposures: Exposures, tick: int) -> None:
    """Write how many posts arrived, and at how many people for the first time."""
    counts, hops, last = state.counts, wave.hop, s.HOPS - 1
    for message in range(wave.start.size - 1):
        for row in range(exposures.start[message], exposures.start[message + 1]):
            counts[message, s.EXPOSED, 0, min(hops[exposures.entry[row]], last), 0] += 1
    asked = 0
    for person in world.seeds:
        asked += state.low <= person < state.high
    impressions = exposures.entry.size
    for k in range(wave.person.size):
        if wave.person[k] == BRAND:
            counts[wave.message[k], s.EXPOSED, 0, 0, 0] += asked
            impressions += asked
    state.series[tick, s.IMPRESSIONS] += impressions
    state.people[s.EXPOSED] += exposures.new


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
            _count(
                state.counts,
                state.steps,
                state.people,
                s.THANKED,
                wave.message[k],
                person,
                state.role[person],
                wave.hop[k] - 1,
                True,
            )
            state.series[tick, s.THANKS] += 1
