"""Notice: memes compete for limited attention (source 001).

A person notices each post that they meet at a visit to their feed with probability

    min(1, K / (arrivals + background * following * hours)) * 2 ** (-age / half-life)

K is the attention of a visit, `arrivals` all posts of the campaign that arrived since the visit
before, `hours` the time since then, `background` the rivals' posts an hour for each account that
the person follows (Hodas & Lerman 2012: visibility falls as one over the number followed), `age`
the time since the post arrived from that sender. Of the brand's own messages it is taken times

    (1 + earlier) ** -habit

with `earlier` those noticed before in a month, on average since the beginning: who sees much of a
brand looks less (Track Social 2012).

An ad has a place that was paid for, and does not compete. Each showing of it is noticed with
probability

    noticed * 2 ** (-memory / wear_out)

where `noticed` is that of its format, and `memory` counts the showings of all of the brand's ads to
that person before, those met earlier at the same visit too, each as far as it has not faded:
2 ** (-time / half-life). That is the ad stock
of Broadbent (1979), on which quality wears out by repetition and comes back in silence (Naik,
Mantrala & Sawyer 1998).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import ROUNDED_UP, exponential, shifted
from ..draws import NOTICE, draw, happens
from ..exposures import Exposures
from ..jit import inline, jit
from ..plan import AD, DOSES, OWN, POSTS, UNLIMITED, Plan, about
from ..prefetch import AHEAD, prefetch
from ..reference import by_reference
from ..state import DOSE, LISTS, PAGE, PAGE_BITS, SAW, State
from ..wave import OUTLET, Wave, post_key
from ..world import World
from .feed import hour_of, pace, passed, visit_before
from .start import Started

_LN2: Final = 0.6931471805599453
MONTH: Final = 720.0


@by_reference
class Noticed(NamedTuple):
    """Who noticed a message in a tick, and through whom.

    Attributes
    ----------
    person
        Distinct people who noticed it in this tick (or start to pass it on).
    before
        What each had done with the message until now (see `state.record`).
    doses
        From how many senders each noticed it so far, this tick included; at most 15.
    asked
        Whether each passes it on without having it from somebody: asked by the brand, or of
        their own accord (`start`).
    entry, who
        A row each time it was noticed: the entry of the wave, and the place in `person`.
    visit
        The hour of the visit of each; of length 0 where people are always online.
    """

    person: NDArray[np.int32]
    before: NDArray[np.uint8]
    doses: NDArray[np.uint8]
    asked: NDArray[np.bool_]
    entry: NDArray[np.int32]
    who: NDArray[np.int32]
    visit: NDArray[np.float64]


@inline
def freshness(age: float, half_life: float) -> float:
    """What is left of a post's freshness `age` hours after it arrived."""
    return exponential(-_LN2 * age / half_life)


@inline
def remembered(memory: float, ticks: float, half_life: float) -> float:
    """What is left of a memory of ads after so many ticks."""
    return memory * exponential(-_LN2 * ticks / half_life)


@inline
def ad_probability(noticed: float, memory: float, wear_out: float, boost: float) -> float:
    """The chance to notice a showing of an ad, with the memory of so many before."""
    return shifted(noticed * exponential(-_LN2 * memory / wear_out), boost)


@inline
def in_a_month(earlier: int, tick: int, hours: float) -> int:
    """How many messages of the brand one noticed in a month on average, whole ones.

    In the first month it is all so far, and so fewer than later, whoever posts as often as ever.

    Parameters
    ----------
    earlier
        Messages noticed since the beginning.
    tick, hours
        How many ticks have passed, and how long one is.
    """
    passed = (tick + 1) * hours
    return np.int64(earlier if passed <= MONTH else earlier * (MONTH / passed))


@inline
def notice_probability(attention: float, arrivals: float, fresh: float, boost: float) -> float:
    """The chance to notice one of the posts of a visit, rivals' load included."""
    return shifted(min(1.0, attention / arrivals) * fresh, boost)


@jit
def _met_before(state: State, wave: Wave, exposures: Exposures, message: int) -> NDArray[np.int32]:
    """Of each row how many showings of the ad its person met before at this visit.

    What is met at one visit wears out as what is met at several: by the order in which it was
    shown, and not by how many were shown in the same tick.
    """
    first, stop = exposures.start[message], exposures.start[message + 1]
    before, count = np.zeros(stop - first, np.int32), np.zeros(stop - first, np.int32)
    heard, entries, showing = exposures.person, exposures.entry, wave.showing
    mark, slot = state.crowd["mark"], state.crowd["slot"]
    state.size[LISTS] += 1
    stamp = np.int32(state.size[LISTS])
    people = 0
    for row in range(first, stop):
        if showing[entries[row]] < 0:
            continue
        i = heard[row]
        if mark[i] != stamp:
            mark[i], slot[i] = stamp, people
            people += 1
        at = slot[i]
        before[row - first] = count[at]
        count[at] += 1
    return before


@jit
def notice(
    world: World,
    plan: Plan,
    state: State,
    wave: Wave,
    exposures: Exposures,
    started: Started,
    message: int,
    tick: int,
) -> Noticed:
    """Who of those who meet a message at a visit notices it, or starts it."""
    attention, background, activity = (
        plan.notice.attention,
        plan.notice.background,
        plan.notice.activity,
    )
    ceiling = plan.ceiling
    habit, earlier = plan.notice.habit, state.crowd["earlier"]
    used_to = habit[POSTS] != 1.0 and plan.messages["kind"][message] <= OWN
    boost, half_life = plan.notice.boost, plan.messages["half_life"][message]
    visit, hours = exposures.visit, wave.hours
    waited = visit.size > 0
    rhythm, visit_key = plan.notice.rhythm, plan.notice.visits
    moment = passed(plan.notice, hours if waited and background > 0.0 else hours[:0])
    own, often = world.activity, activity
    names, posted, showing = wave.name, wave.tick, wave.showing
    seen, wear_out, fades = (
        plan.accounts["noticed"],
        plan.notice.wear_out,
        plan.notice.ad_half_life,
    )
    worn, wears = state.worn, state.worn.shape[0] > 0
    met = np.empty(0, np.int32)
    if wears and plan.messages["kind"][message] == AD:
        met = _met_before(state, wave, exposures, message)
    identity, mark, slot = world.identity, state.crowd["mark"], state.crowd["slot"]
    named = identity.size > 0
    # Who is marked with its number stands in the list already: no mark needs to be taken off.
    state.size[LISTS] += 1
    stamp = np.int32(state.size[LISTS])
    arrived, following = state.crowd["arrivals"], state.crowd["following"]
    page, pages = state.page, state.pages
    poster, heard, entries = wave.person, exposures.person, exposures.entry
    first, stop = exposures.start[message], exposures.start[message + 1]
    seeds = started.person[started.start[message] : started.start[message + 1]]
    room = stop - first + seeds.size
    entry = np.empty(stop - first, np.int32)
    who = np.empty(stop - first, np.int32)
    person = np.empty(room, np.int32)
    when = np.empty(room if waited else 0, np.float64)
    doses = np.zeros(room, np.uint8)
    again = np.zeros(room, np.bool_)
    distinct, times, last = 0, 0, -1
    key = np.uint64(0)
    notice_key = about(plan, NOTICE, message)
    for row in range(first, stop):
        if row + AHEAD < stop:
            prefetch(slot, heard[row + AHEAD])
        i, k = heard[row], entries[row]
        name = identity[i] if named else np.uint64(i)
        shown = showing[k] >= 0
        if k != last and (shown or attention != UNLIMITED):
            last = k
            key = post_key(notice_key, names[k], shown, posted[k])
        if shown:
            memory = 0.0
            if wears:
                memory = np.float64(met[row - first]) + remembered(
                    np.float64(worn[i, 0]), tick - np.float64(worn[i, 1]), fades
                )
            chance = ad_probability(seen[OUTLET - poster[k]], memory, wear_out, boost)
            if not happens(draw(key, name), chance):
                continue
        elif attention != UNLIMITED:
            bits, arrivals = draw(key, name), np.float64(arrived[i])
            # Most draws exceed the chance if nobody else posted, and it were new: no look at that.
            if not happens(bits, ceiling[min(np.int64(arrived[i]), POSTS)]):
                continue
            fresh = 1.0
            if waited:
                fresh = freshness(visit[row] - hours[k], half_life)
            if background > 0.0:
                load, since = background * following[i], 1.0
                if waited and own.size > 0:
                    often = pace(own, activity, i)
                # Who ceased to visit meets what was to be met at a visit, and has no visit before.
                if waited and often > 0.0:
                    # The visit before was before it arrived: as for the load of rivals, most draws
                    # exceed the chance of the least that it can be.
                    least = arrivals + load * (visit[row] - hours[k])
                    chance = notice_probability(attention, least, fresh, boost)
                    if not happens(bits, chance * ROUNDED_UP):
                        continue
                    last_visit = visit_before(visit_key, name, often * moment[k]) / often
                    if rhythm.size > 0:
                        last_visit = hour_of(rhythm, last_visit)
                    since = visit[row] - last_visit
                arrivals += load * since
            chance = notice_probability(attention, arrivals, fresh, boost)
            if used_to:
                chance *= habit[min(in_a_month(np.int64(earlier[i]), tick, plan.hours), POSTS)]
            if not happens(bits, chance):
                continue
        # No branch on whether they stand there: the processor could not foresee it.
        new = mark[i] != stamp
        at = distinct if new else np.int64(slot[i])
        mark[i] = stamp
        slot[i] = at
        person[at] = i
        if waited:
            when[at] = visit[row]
        distinct += new
        # An account that shows its ad again is nobody new to have it from.
        doses[at] += doses[at] < DOSES and not (shown and again[at])
        again[at] |= shown
        entry[times] = k
        who[times] = at
        times += 1
    asked = np.zeros(room, np.bool_)
    for i in seeds:
        if state.low <= i < state.high:
            if mark[i] != stamp:
                mark[i], slot[i], person[distinct] = stamp, distinct, i
                if waited:
                    when[distinct] = tick * plan.hours
                distinct += 1
            asked[slot[i]] = True
    before = np.empty(distinct, np.uint8)
    for at in range(distinct):
        start = page[message, person[at] >> PAGE_BITS]
        before[at] = pages[start + (person[at] & (PAGE - 1))] if start >= 0 else np.uint8(0)
        doses[at] -= again[at] and before[at] & SAW != 0
        doses[at] = min(doses[at] + (before[at] >> DOSE), DOSES)
    return Noticed(
        person[:distinct],
        before,
        doses[:distinct],
        asked[:distinct],
        entry[:times],
        who[:times],
        when[:distinct] if waited else when,
    )
