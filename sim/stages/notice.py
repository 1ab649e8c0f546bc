"""Notice: memes compete for limited attention (source 001).

A person notices each post that arrives with probability

    min(1, K / (arrivals + background * following)) * 2 ** (-age / half-life)

K is the attention of a tick, `arrivals` all posts of the campaign that arrive in it, `background`
the rivals' posts for each account that the person follows (Hodas & Lerman 2012: visibility falls
as one over the number followed), `age` the time since the brand's own post.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import exponential, shifted
from ..draws import NOTICE, ONLINE, decision, draw, happens, key_of
from ..jit import jit
from ..plan import DOSES, UNLIMITED, Plan
from ..state import DOSE, State, record
from ..wave import OUTLET, Wave, hearers
from ..world import World, identity_of
from .publish import shown


class Noticed(NamedTuple):
    """Who noticed a message in a tick, and through whom.

    Attributes
    ----------
    person
        Distinct people who noticed it in this tick (or are asked to pass it on).
    before
        What each had done with the message until now (see `state.record`).
    doses
        From how many senders each noticed it so far, this tick included; at most 15.
    asked
        Whether each is asked by the brand to pass it on.
    entry, who
        A row each time it was noticed: the entry of the wave, and the place in `person`.
    """

    person: NDArray[np.int32]
    before: NDArray[np.uint8]
    doses: NDArray[np.int64]
    asked: NDArray[np.bool_]
    entry: NDArray[np.int32]
    who: NDArray[np.int32]


@jit
def freshness(age: int, half_life: float) -> float:
    """What is left of a message's freshness `age` ticks after it was published."""
    return exponential(-0.6931471805599453 * age / half_life)


@jit
def notice_probability(attention: float, arrivals: float, fresh: float, boost: float) -> float:
    """The chance to notice one of `arrivals` posts, rivals' load included."""
    return shifted(min(1.0, attention / arrivals) * fresh, boost)


@jit
def online(world: World, plan: Plan, person: int, tick: int) -> bool:
    """Whether a person is online in a tick."""
    if plan.notice.activity >= 1.0:
        return True
    key = decision(plan.luck, ONLINE, tick)
    return happens(draw(key, identity_of(world.identity, person)), plan.notice.activity)


@jit
def notice(
    world: World, plan: Plan, state: State, wave: Wave, message: int, tick: int
) -> Noticed:
    """Who of the state's people notices a message in this tick."""
    now = plan.notice
    released = plan.messages.released[message]
    fresh = freshness(tick - released, plan.messages.half_life[message])
    room = 0
    for k in range(wave.start[message], wave.start[message + 1]):
        room += hearers(world, state, wave.person[k]).size
    asked_now = world.seeds if released == tick else world.seeds[:0]
    entry = np.empty(room, np.int32)
    who = np.empty(room, np.int32)
    people = min(room + asked_now.size, state.high - state.low)
    person = np.empty(people, np.int32)
    before = np.empty(people, np.uint8)
    doses = np.zeros(people, np.int64)
    distinct, times = 0, 0
    notice_key = decision(plan.luck, NOTICE, message)
    for k in range(wave.start[message], wave.start[message + 1]):
        sender = wave.person[k]
        key = key_of(notice_key, sender_identity(world, sender))
        for i in hearers(world, state, sender):
            if sender <= OUTLET and not shown(world, plan, message, sender, i):
                continue
            if not online(world, plan, i, tick):
                continue
            if now.attention != UNLIMITED:
                arrivals = np.float64(state.feed[i, 1])
                if world.following.size:
                    arrivals += now.background * world.following[i]
                chance = notice_probability(now.attention, arrivals, fresh, now.boost)
                if chance < 1.0 and not happens(
                    draw(key, identity_of(world.identity, i)), chance
                ):
                    continue
            # The place that a person's slot names is theirs only if they stand there: so the
            # slots of a tick need no emptying (Briggs & Torczon 1993, sparse sets).
            at = np.int64(state.slot[i])
            if at >= distinct or person[at] != i:
                at = distinct
                distinct += 1
                state.slot[i] = at
                person[at] = i
                before[at] = record(state, message, i)
            doses[at] += 1
            entry[times] = k
            who[times] = at
            times += 1
    asked = np.zeros(people, np.bool_)
    for i in asked_now:
        if state.low <= i < state.high:
            at = np.int64(state.slot[i])
            if at >= distinct or person[at] != i:
                at = distinct
                distinct += 1
                state.slot[i] = at
                person[at] = i
                before[at] = record(state, message, i)
            asked[at] = True
    for at in range(distinct):
        doses[at] = min(doses[at] + (before[at] >> DOSE), DOSES)
    return Noticed(
        person[:distinct], before[:distinct], doses[:distinct], asked[:distinct],
        entry[:times], who[:times],
    )


@jit
def sender_identity(world: World, sender: int) -> np.uint64:
    """Whom a draw about a sender is about; brand and outlets count down from the top."""
    if sender < 0:
        return np.uint64(np.int64(sender))
    return identity_of(world.identity, sender)
