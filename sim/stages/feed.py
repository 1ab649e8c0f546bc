"""Feed: what arrives waits there until its person visits it.

A person visits the feed at times of their own, a Poisson process of `activity` visits an hour on
average, more of them at the hours that `rhythm` says. They are drawn by the person and the part
of time that they lie in, so that they are the same whatever arrives and however finely the clock
is read. What arrives at t is met at the first visit after t, together with all that arrived since
the visit before; a visit at which nothing waits is not looked at.

Where people are always online, they meet what arrives at once.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..draws import GOLDEN, draw, key_of, mix, uniform
from ..exposures import Exposures
from ..jit import inline, jit
from ..plan import ALWAYS, Noticing, Plan
from ..prefetch import AHEAD, prefetch
from ..state import State
from ..wave import Wave
from ..world import World, identity_of
from .deliver import MOST_ARRIVALS

DAY: Final = 24
# P(at most n visits) where one is expected: beyond the last it is 1 to the last bit.
_AT_MOST: Final = np.cumsum([math.exp(-1.0) / math.factorial(n) for n in range(18)])
NEVER: Final = np.inf


@inline
def by_rhythm(rhythm: NDArray[np.float64], hours: float) -> float:
    """How far time has come at an hour, as hours of a day without a rhythm.

    `rhythm` is what has passed at each full hour of the day, from 0 to 24; of length 0: none.
    """
    if rhythm.size == 0:
        return hours
    days = math.floor(hours / DAY)
    hour = min(int(hours - DAY * days), DAY - 1)
    part = hours - DAY * days - hour
    return DAY * days + rhythm[hour] + part * (rhythm[hour + 1] - rhythm[hour])


@jit
def hour_of(rhythm: NDArray[np.float64], passed: float) -> float:
    """The hour at which so much time has passed by the rhythm: what undoes `by_rhythm`."""
    if rhythm.size == 0:
        return passed
    days = math.floor(passed / DAY)
    left, hour = passed - DAY * days, 0
    while hour < DAY - 1 and rhythm[hour + 1] <= left:
        hour += 1
    return DAY * days + hour + (left - rhythm[hour]) / (rhythm[hour + 1] - rhythm[hour])


@inline
def _visits_in(bits: np.uint64) -> int:
    """How many visits a part of time has in which one is expected."""
    luck, count = uniform(bits), 0
    while count < 18 and luck >= _AT_MOST[count]:
        count += 1
    return count


@inline
def _place(bits: np.uint64, visit: int) -> float:
    return uniform(mix(bits + np.uint64(visit + 1) * GOLDEN))


@jit
def visit_after(under: np.uint64, name: np.uint64, moment: float) -> float:
    """The first visit after a moment, in mean times between two of them.

    Parameters
    ----------
    under, name
        The key of visits, and whose they are.
    moment
        Time that has passed, in mean times between two visits.
    """
    part = math.floor(moment)
    while True:
        bits = draw(key_of(under, np.uint64(np.int64(part))), name)
        first = 2.0
        for visit in range(_visits_in(bits)):
            place = _place(bits, visit)
            if part + place > moment and place < first:
                first = place
        if first < 2.0:
            return part + first
        part += 1.0


@jit
def visit_before(under: np.uint64, name: np.uint64, moment: float) -> float:
    """The last visit up to a moment; before the campaign people visited their feeds too."""
    part = math.floor(moment)
    while True:
        bits = draw(key_of(under, np.uint64(np.int64(part))), name)
        last = -1.0
        for visit in range(_visits_in(bits)):
            place = _place(bits, visit)
            if part + place <= moment and place > last:
                last = place
        if last >= 0.0:
            return part + last
        part -= 1.0


@jit
def next_visit(notice: Noticing, activity: float, name: np.uint64, hours: float) -> float:
    """The hour of a person's first visit after an hour; infinite where nobody visits.

    Parameters
    ----------
    notice
        The rhythm of the day.
    activity, name
        How often somebody visits, and who.
    hours
        After when.
    """
    rhythm = notice.rhythm
    if activity <= 0.0:
        return NEVER
    visit = visit_after(notice.visits, name, activity * by_rhythm(rhythm, hours))
    return max(hour_of(rhythm, visit / activity), hours)


@jit
def since_last_visit(
    notice: Noticing, activity: float, name: np.uint64, arrived: float, visit: float
) -> float:
    """Hours from the visit before something arrived to the one at which it is met.

    An hour where people are always online: what they notice of, they notice by the hour.
    """
    rhythm = notice.rhythm
    if activity == ALWAYS or activity <= 0.0:
        return 1.0
    last = visit_before(notice.visits, name, activity * by_rhythm(rhythm, arrived))
    return visit - hour_of(rhythm, last / activity)


@inline
def pace(own: NDArray[np.float32], activity: float, person: int) -> float:
    """Visits an hour of a person: their own, or those of all of whom nothing else is said."""
    mine = np.float64(own[person])
    return activity if np.isnan(mine) else mine


@jit
def passed(notice: Noticing, hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each of these hours how far time has come, by the rhythm of the day."""
    moment, rhythm = np.empty(hours.size, np.float64), notice.rhythm
    for k in range(hours.size):
        moment[k] = by_rhythm(rhythm, hours[k])
    return moment


@jit
def visits(world: World, plan: Plan, wave: Wave, exposures: Exposures) -> NDArray[np.float64]:
    """For each exposure the hour at which its person meets it; none if always online."""
    activity, rhythm, under = plan.notice.activity, plan.notice.rhythm, plan.notice.visits
    if activity == ALWAYS:
        return np.empty(0, np.float64)
    identity, hours = world.identity, wave.hours
    entry, person = exposures.entry, exposures.person
    own = world.activity
    if activity <= 0.0 and own.size == 0:
        return np.full(person.size, NEVER)
    # A post comes to many, and a rhythm is an array: neither is asked for each of them.
    moment = passed(plan.notice, hours)
    visit = np.empty(person.size, np.float64)
    often = activity
    for row in range(person.size):
        if own.size > 0:
            often = pace(own, activity, person[row])
            if often <= 0.0:
                visit[row] = NEVER
                continue
        name = identity_of(identity, person[row])
        visit[row] = visit_after(under, name, often * moment[entry[row]]) / often
    if rhythm.size > 0:
        for row in range(person.size):
            if visit[row] < NEVER:
                visit[row] = hour_of(rhythm, visit[row])
    for row in range(person.size):
        visit[row] = max(visit[row], hours[entry[row]])
    return visit


@jit
def look_in(plan: Plan, state: State, waiting: Exposures) -> tuple[Exposures, Exposures]:
    """What everybody meets who looks in for the first time, and what is left to later visits.

    People who look in more than once in a tick do so one visit after the other: what they did at
    the first is known at the second. Beside it is counted how much each of them meets.

    Parameters
    ----------
    plan, state
        The numbers; `arrivals` and `earliest` of the state are written.
    waiting
        What is met in this tick and was not yet.
    """
    earliest, arrivals = state.crowd["earliest"], state.crowd["arrivals"]
    person, visit = waiting.person, waiting.visit
    rows = person.size
    if plan.notice.activity == ALWAYS:
        if plan.notice.attention > 0.0:
            for row in range(rows):
                arrivals[person[row]] = 0
            for row in range(rows):
                if row + AHEAD < rows:
                    prefetch(arrivals, person[row + AHEAD])
                i = person[row]
                arrivals[i] = min(np.int64(arrivals[i]) + 1, MOST_ARRIVALS)
        return waiting, _none(waiting)
    for row in range(rows):
        if row + AHEAD < rows:
            prefetch(earliest, person[row + AHEAD])
        i = person[row]
        # What stands there may be of another tick: it holds if it is a row of this person.
        best = np.int64(earliest[i])
        known = best < rows and person[best] == i
        if not known or visit[row] < visit[best]:
            earliest[i] = row
        arrivals[i] = 0
    now = np.empty(rows, np.bool_)
    count = 0
    for row in range(rows):
        i = person[row]
        now[row] = visit[row] == visit[earliest[i]]
        count += now[row]
        if now[row]:
            arrivals[i] = min(np.int64(arrivals[i]) + 1, MOST_ARRIVALS)
    if count == rows:
        return waiting, _none(waiting)
    return _those(waiting, now, count, True), _those(waiting, now, rows - count, False)


@jit
def _none(waiting: Exposures) -> Exposures:
    return Exposures(
        waiting.entry[:0],
        waiting.person[:0],
        np.zeros_like(waiting.start),
        waiting.visit[:0],
        0,
        waiting.wide,
    )


@jit
def _those(waiting: Exposures, now: NDArray[np.bool_], count: int, which: bool) -> Exposures:
    """The rows that are met now, or those that are not, still in order."""
    entry, person = np.empty(count, np.int32), np.empty(count, np.int32)
    visit, start = np.empty(count, np.float64), np.zeros_like(waiting.start)
    kept = 0
    for message in range(start.size - 1):
        for row in range(waiting.start[message], waiting.start[message + 1]):
            if now[row] == which:
                entry[kept], person[kept] = waiting.entry[row], waiting.person[row]
                visit[kept] = waiting.visit[row]
                kept += 1
        start[message + 1] = kept
    return Exposures(entry, person, start, visit, 0, waiting.wide)
