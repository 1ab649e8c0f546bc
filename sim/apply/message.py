"""What people did with a message in a tick.

Once for each message: people read the posts of a tick in the order of the calendar, and what a
person did with one is known when they come to the next.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import ledger
from .. import state as s
from ..draws import DELAY, REFUND, decision, draw, happens, mix
from ..jit import jit
from ..ledger import CONVERSION, REFERRAL
from ..plan import COMPLAINT, OWN, Plan
from ..prefetch import AHEAD, prefetch
from ..stages.complain import FINE
from ..stages.notice import Noticed
from ..stages.react import COMMENTS, LIKES
from ..stages.relate import harmed, pressed, raised, remembered, talked_at
from ..stages.share import ASKED, NOT, share_delay
from ..state import State
from ..wave import BRAND, Wave
from ..world import STRANGER, World, identity_of
from .returns import when_back
from .room import count, grown, joins, leaves, schedule, spend
from .wrong import went_wrong

# In place of the hop at which a person noticed first in a tick: not at all.
UNSEEN = 255


class Decided(NamedTuple):
    """What each who noticed a message decided, a value each.

    Attributes
    ----------
    shared, clicked
        The entry of the wave that they pass on or click on, or NOT or ASKED.
    found, converted, leads
        Whether they find the brand, convert, or leave an address instead.
    reacted
        LIKES, COMMENTS, both or nothing.
    follows, leaves
        Whether they begin or cease to follow the brand.
    about, heard
        The topic about which they have to complain, or FINE; whether the brand hears of it.
    seen
        How many of their acts the brand sees.
    """

    shared: NDArray[np.int32]
    clicked: NDArray[np.int32]
    found: NDArray[np.bool_]
    converted: NDArray[np.bool_]
    leads: NDArray[np.bool_]
    reacted: NDArray[np.uint8]
    follows: NDArray[np.bool_]
    leaves: NDArray[np.bool_]
    about: NDArray[np.int32]
    heard: NDArray[np.bool_]
    seen: NDArray[np.uint8]


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
    reacted, follows, gone = decided.reacted, decided.follows, decided.leaves
    seen = decided.seen
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
    delay_key, delay_mean, identity = (
        decision(plan.luck, DELAY, message),
        plan.messages["delay"][message],
        world.identity,
    )
    named = identity.size > 0
    mine = counts[message]
    acts = state.relation["acts"]
    if ours and (plan.relate.on or plan.messages["offer"][message] > 0.0):
        _relate(plan, state, noticed, first_hop, message, tick)
    if kind == COMPLAINT:
        _complaints(world, plan, state, noticed, message, tick)
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
            hop, sender = 0, BRAND
            if shared[at] != ASKED:
                hop, sender = hops[shared[at]], poster[shared[at]]
            delay = 0
            if delay_mean > 0.0:
                bits = draw(delay_key, identity[person] if named else np.uint64(person))
                delay = share_delay(bits, delay_mean)
            row = size[s.SHARES]
            size[s.SHARES] += 1
            entry = log[row]
            entry["message"], entry["person"], entry["sender"] = message, person, sender
            entry["hop"], entry["tick"] = hop, tick
            later = tick + 1 + delay
            posted[row], after[row] = later, -1
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
            _transactions(world, plan, state, wave, decided, at, message, person, tick)
        if reacted[at]:
            _reactions(world, plan, state, reacted[at], first_hop[at], message, person, tick)
        for _ in range(seen[at]):
            schedule(state, s.SEEN_ACT, message, person, -1, 0, tick + 1 + plan.promote.delay)
        if follows[at]:
            count(counts, steps, taken, s.FOLLOWED, message, person, now, 0, True, True)
            joins(world, state, person, tick)
        if gone[at]:
            leaves(world, state, person, tick)
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
        tasks += 2 * found[at] + 3 * converted[at]
        climbs += decided.leaves[at] or noticed.asked[at]
    pages = min(shared.size, state.page.shape[1])
    return grown(state, shares, buyers, followers, pages, tasks, climbs)


@jit
def _relate(
    plan: Plan,
    state: State,
    noticed: Noticed,
    first_hop: NDArray[np.uint8],
    message: int,
    tick: int,
) -> None:
    """What a message of the brand does to the relation of those who notice it first now."""
    relate, messages = plan.relate, plan.messages
    commerciality, dialogue = messages["commerciality"][message], messages["dialogue"][message]
    value, disclosed = messages["value"][message], messages["disclosed"][message]
    offers = messages["offer"][message] > 0.0
    person, before = noticed.person, noticed.before
    given, helped, flags = (
        state.relation["given"],
        state.relation["helped"],
        state.relation["flags"],
    )
    trust, bond = state.crowd["trust"], state.crowd["bond"]
    seen = 0
    for at in range(person.size):
        if at + AHEAD < person.size:
            prefetch(given, person[at + AHEAD])
        if before[at] & s.SAW:
            continue
        i = person[at]
        if offers:
            seen += flags[i] & s.OFFER_SEEN == 0
            flags[i] |= s.OFFER_SEEN
        if not relate.on:
            continue
        if first_hop[at] == 0 or first_hop[at] == UNSEEN:
            had = np.float64(given[i])
            faith = pressed(np.float64(trust[i]), relate.pressure, commerciality, had)
            trust[i] = talked_at(faith, relate.monologue, dialogue)
            given[i] = remembered(had, relate.memory, value)
        else:
            helped[i] = remembered(np.float64(helped[i]), relate.memory, value)
        bond[i] = raised(np.float64(bond[i]), disclosed)
    state.series[tick, s.OFFERS_SEEN] += seen


@jit
def _complaints(
    world: World, plan: Plan, state: State, noticed: Noticed, message: int, tick: int
) -> None:
    """Those whose patience is at an end; and what their complaint does to who notices it."""
    complain = plan.complain
    key = decision(plan.luck, REFUND, message)
    for at in range(noticed.person.size):
        i = noticed.person[at]
        if noticed.asked[at]:
            state.relation["open"][i] = 0
            state.series[tick, s.COMPLAINTS] += 1
            hop = 0
            count(
                state.counts, state.crowd["steps"], state.people, s.COMPLAINED, message, i,
                state.crowd["role"][i], hop, True, True,
            )  # fmt: skip
            bits = draw(key, identity_of(world.identity, i))
            if happens(bits, complain.refund):
                state.series[tick, s.REFUNDED] += 1
                spend(state, tick, ledger.REFUNDS, 1, plan.pay.prices[ledger.REFUNDS])
            if happens(mix(bits), complain.churn):
                leaves(world, state, i, tick)
        elif not noticed.before[at] & s.SAW:
            state.crowd["trust"][i] = harmed(np.float64(state.crowd["trust"][i]), complain.harm)


@jit
def _transactions(
    world: World,
    plan: Plan,
    state: State,
    wave: Wave,
    decided: Decided,
    at: int,
    message: int,
    person: int,
    tick: int,
) -> None:
    """A click, and what came of it."""
    k = decided.clicked[at]
    hop, sender, role = wave.hop[k], wave.person[k], state.crowd["role"][person]
    counts, steps, taken, series = (
        state.counts,
        state.crowd["steps"],
        state.people,
        state.series[tick],
    )
    channel = _channel(
        wave.channels[k] & state.crowd["channels"][person], plan.messages["channel"][message]
    )
    traffic = state.traffic[min(channel, state.traffic.shape[0] - 1)]
    count(counts, steps, taken, s.CLICKED, message, person, role, hop, True, True)
    series[s.CLICKS] += 1
    traffic[0] += 1
    if not decided.found[at]:
        return
    count(counts, steps, taken, s.FOUND, message, person, role, hop, True, True)
    series[s.FINDS] += 1
    traffic[1] += 1
    rewarded = plan.pay.reward + plan.pay.recipient > 0 and sender >= 0
    if rewarded and plan.pay.event == REFERRAL:
        schedule(state, s.CLAIM, message, sender, person, hop, tick + 1)
    if decided.leads[at]:
        series[s.LEADS] += 1
        state.relation["flags"][person] |= s.LEFT_ADDRESS
        later = when_back(world, plan, message, person, 0, tick)
        schedule(state, s.VISITOR, message, person, sender, hop, later)
    if not decided.converted[at]:
        return
    entry = state.buyers[state.size[s.BUYERS]]
    state.size[s.BUYERS] += 1
    entry["message"], entry["person"], entry["tick"] = message, person, tick
    entry["sender"], entry["hop"] = sender, hop
    count(counts, steps, taken, s.CONVERTED, message, person, role, hop, True, True)
    series[s.CONVERSIONS] += 1
    traffic[2] += 1
    if rewarded and plan.pay.event == CONVERSION:
        schedule(state, s.CLAIM, message, sender, person, hop, tick + 1)
    if hop > 0:
        units = np.int64(plan.pay.prices[ledger.DISCOUNTS] > 0)
        spend(state, tick, ledger.DISCOUNTS, units, plan.pay.prices[ledger.DISCOUNTS])
    if plan.returns.repeat > -np.inf:
        later = when_back(world, plan, message, person, 0, tick)
        schedule(state, s.BUYER, message, person, sender, hop, later)
    if decided.about[at] != FINE:
        went_wrong(plan, state, decided.about[at], decided.heard[at], person, tick)


@jit
def _reactions(
    world: World,
    plan: Plan,
    state: State,
    reacted: int,
    hop: int,
    message: int,
    person: int,
    tick: int,
) -> None:
    """A like, a comment."""
    hop = 0 if hop == UNSEEN else hop
    counts, steps, taken, role = (
        state.counts,
        state.crowd["steps"],
        state.people,
        state.crowd["role"][person],
    )
    series, acts = state.series[tick], state.relation["acts"]
    if reacted & LIKES:
        count(counts, steps, taken, s.LIKED, message, person, role, hop, True, True)
        series[s.LIKES] += 1
    if reacted & COMMENTS:
        count(counts, steps, taken, s.COMMENTED, message, person, role, hop, True, True)
        series[s.COMMENTS] += 1
        series[s.PARTICIPANTS] += acts[person] == 0
        acts[person] += acts[person] < 65535
        schedule(state, s.COMMENT, message, person, -1, hop, tick + 1 + plan.interact.delay)
        if role != STRANGER and world.room.size:
            state.talk[(tick + 1) & 1, world.room[person]] += 1


@jit
def _channel(on: int, own: int) -> int:
    """The channel over which something came: the message's own, or the first that they share."""
    if (on >> own) & 1:
        return own
    for channel in range(8):
        if (on >> channel) & 1:
            return channel
    return own


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
