"""What people did with a message in a tick.

Once for each message: people read the posts of a tick in the order of the calendar, and what a
person did with one is known when they come to the next.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import state as s
from ..draws import DELAY, draw
from ..jit import jit
from ..plan import COMPLAINT, NONE, OWN, Plan, about
from ..prefetch import AHEAD, prefetch
from ..stages.delay import delay_of
from ..stages.notice import Noticed
from ..stages.react import COMMENTS
from ..stages.share import ASKED, NOT
from ..state import State
from ..wave import BRAND, OUTLET, Wave
from ..world import STRANGER, World
from .decided import Decided
from .membership import joins, leaves
from .reactions import apply_reactions
from .relation import UNSEEN, apply_complaints, apply_relation
from .room import count, grown
from .transactions import apply_transactions


@jit
def apply(
    world: World,
    plan: Plan,
    state: State,
    wave: Wave,
    noticed: Noticed,
    decided: Decided,
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
    decided
        What each of them decided.
    message, tick
        Which message, and when.
    """
    people = noticed.person.size
    shared, clicked = decided.shared, decided.clicked
    gone = decided.leaves
    state = _with_room(state, noticed, decided)
    series = state.series[tick]
    role, steps, counts, taken = (
        state.crowd["role"],
        state.crowd["steps"],
        state.counts,
        state.people,
    )
    earlier, page, pages, size = state.crowd["earlier"], state.page, state.pages, state.size
    hops, poster = wave.hop, wave.person
    posted, after, due = state.posted, state.after, state.first
    log = state.shares
    names, before = noticed.person, noticed.before
    doses, asked = noticed.doses, noticed.asked
    kind = plan.messages["kind"][message]
    ours = kind <= OWN
    mask = np.uint16(65_535) if ours else np.uint16(0)
    first_hop, at_hops = _hops_of(noticed, wave, role, counts[message])
    if ours:
        series[s.SEEN] += noticed.entry.size
    delay_key, slowness, identity = (
        about(plan, DELAY, message),
        plan.messages["delay"][message],
        world.identity,
    )
    delaying, this_hour, visit, posts_at = plan.delay, tick * plan.hours, noticed.visit, wave.hours
    named = identity.size > 0
    mine = counts[message]
    acts = state.relation["acts"]
    # Whoever begins to pass on what a rival posts has it from the rival.
    account = plan.messages["account"][message]
    asks = BRAND if account < 0 else OUTLET - account
    if ours and (plan.relate.on or plan.messages["offer"][message] > 0.0):
        apply_relation(plan, state, noticed, first_hop, message, tick)
    if kind == COMPLAINT:
        apply_complaints(world, plan, state, noticed, message, tick)
    reach, saw, saw_first, saw_later = 0, 0, 0, 0
    for at in range(people):
        if at + AHEAD < people:
            ahead = names[at + AHEAD]
            prefetch(steps, ahead)
            prefetch(pages, page[message, ahead >> s.PAGE_BITS])
            if shared[at + AHEAD] != NOT:
                prefetch(acts, ahead)
        person = names[at]
        now = role[person]
        done = np.uint8((before[at] & 15) | (doses[at] << s.DOSE))
        hop = first_hop[at]
        if asked[at] and hop == UNSEEN and not done & s.SAW:
            # Whoever begins to pass a message on has seen it, and at first hand.
            hop = 0
            at_hops[at] = s.AT_FIRST | np.uint16(1 << s.NOTICED)
            counts[message, s.NOTICED, now, 0, 0] += 1
            counts[message, s.NOTICED_FIRST, now, 0, 0] += 1
            series[s.SEEN] += ours
        # Nor did they pass on, whatever they had met before, what somebody had brought them.
        at_hops[at] |= asked[at] * s.AT_FIRST
        # Counted without branches, which the processor could not foresee.
        first = np.int64(done & s.SAW == 0)
        hop = min(hop, s.HOPS - 1)
        step = s.NOTICED_FIRST + np.int64(hop > 0)
        mine[s.NOTICED, now, hop, 1] += first
        mine[step, now, hop, 1] += first
        done |= s.SAW
        reach += first & (earlier[person] == 0) & ours
        earlier[person] += first & (earlier[person] < 65535) & ours
        new = at_hops[at] & ~steps[person] & mask
        steps[person] |= new
        saw += (new >> s.NOTICED) & 1
        saw_first += (new >> s.NOTICED_FIRST) & 1
        saw_later += (new >> s.NOTICED_LATER) & 1
        if shared[at] != NOT:
            done |= s.PASSED_ON
            hop, sender, hour = 0, asks, this_hour
            if shared[at] != ASKED:
                hop, sender = hops[shared[at]], poster[shared[at]]
                # Who is always online meets a post when it is posted, or read by the clock.
                hour = visit[at] if visit.size else max(posts_at[shared[at]], this_hour)
            if delaying.law != NONE:
                bits = draw(delay_key, identity[person] if named else np.uint64(person))
                hour += slowness * delay_of(bits, delaying)
            row = size[s.SHARES]
            size[s.SHARES] += 1
            entry = log[row]
            entry["message"], entry["person"], entry["sender"] = message, person, sender
            entry["hop"], entry["tick"] = hop, tick
            posted[row], after[row] = hour, -1
            if hour < plan.hours * due.size:
                later = np.int64(max(tick + 1, np.int64(hour / plan.hours)))
                if later < due.size:
                    after[row] = due[later]
                    due[later] = row
            step = s.SHARED if hop == 0 else s.RESHARED
            count(counts, steps, taken, step, message, person, now, hop, True, ours)
            series[s.FIRST_SHARES if hop == 0 else s.LATER_SHARES] += ours
            series[s.PARTICIPANTS] += ours and acts[person] == 0
            acts[person] += ours and acts[person] < 65535
            if ours and now != STRANGER and world.room.size:
                state.talk[(tick + 1) & 1, world.room[person]] += 1
        if clicked[at] != NOT:
            done |= s.CLICKED_ON
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
    # One call for all of them: the columns are taken out once, not for every click.
    apply_transactions(world, plan, state, wave, noticed, decided, message, tick)
    apply_reactions(world, plan, state, noticed, decided, first_hop, message, tick)
    joins(world, state, noticed, decided.follows, message, tick)
    for at in range(people):
        if gone[at]:
            leaves(world, state, names[at], tick)
    if state.heard.shape[1]:
        for row in range(noticed.entry.size):
            if poster[noticed.entry[row]] >= 0:
                i = names[noticed.who[row]]
                state.heard[message, i] = min(np.int64(state.heard[message, i]) + 1, 65_535)
    return state


@jit
def _with_room(state: State, noticed: Noticed, decided: Decided) -> State:
    """The state with room for what was decided."""
    shared, converted, found = decided.shared, decided.converted, decided.found
    shares, buyers, followers, tasks, climbs = 0, 0, 0, 0, 0
    for at in range(shared.size):
        shares += shared[at] != NOT
        buyers += converted[at]
        followers += decided.follows[at]
        tasks += decided.seen[at] + (decided.reacted[at] & COMMENTS != 0)
        tasks += 2 * found[at] + 3 * converted[at]  # a visit or a claim; what follows a purchase
        climbs += decided.leaves[at] or noticed.asked[at]
    pages = min(shared.size, state.page.shape[1])
    return grown(state, shares, buyers, followers, pages, tasks, climbs)


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
