"""Publish: who posts what in this tick.

The brand posts what its calendar says, to those who follow it and at its outlets ("publish
outside your profile as well", source 000); ads run; rivals post, and react; and people post what
they decided to pass on. Feeds that are ranked by engagement show a post of the brand once more,
beyond its followers, the better it did among those who had it first:

    P(shown to a stranger on the channel) = most * e / (e + half)

with e the likes, comments and shares for each who noticed it until then.
"""

from __future__ import annotations

import numpy as np

from ..agenda import Due, ranks
from ..arithmetic import exponential
from ..draws import BOUNCE, SHOWN, TAKEN, draw, happens, key_of, uniform
from ..jit import inline, jit
from ..plan import AD, COMPLAINT, OWN, POST, Plan, about
from ..state import EVERY_CHANNEL
from ..wave import BRAND, OUTLET, Wave, in_order, names_of
from ..world import World, identity_of


@jit
def publish(world: World, plan: Plan, due: Due, tick: int) -> Wave:
    """The wave of a tick: what people pass on, and what brands, outlets and ads post.

    Parameters
    ----------
    world, plan
        The world, and the numbers of the scenario.
    due
        What is due, of all owners of people.
    tick
        The tick.
    """
    messages, shares = plan.messages, due.shares
    accounts, ranking = plan.accounts["shown"].size, plan.ranking
    feeds = ranking.channel.size
    room = shares.shape[0]
    for m in range(messages["released"].size):
        if is_posted(plan, due, m, tick):
            room += 1
            for account in range(accounts):
                room += times(plan, m, account, tick)
        for row in range(feeds):
            room += ranks(plan, m, row, tick)
    message = np.empty(room, np.int32)
    person = np.empty(room, np.int32)
    hop = np.empty(room, np.int32)
    channels = np.empty(room, np.uint8)
    showing = np.full(room, -1, np.int32)
    ad = messages["kind"] == AD
    hours = np.full(room, tick * plan.hours)
    k = 0
    for m in range(messages["released"].size):
        if is_posted(plan, due, m, tick):
            # Showings of an ad in their order, whatever flight they fall on.
            most = 0
            for account in range(accounts):
                most = max(most, times(plan, m, account, tick))
            for which in range(most):
                for account in range(accounts - 1, -1, -1):
                    if which < times(plan, m, account, tick):
                        message[k], person[k], hop[k] = m, OUTLET - account, 0
                        channels[k] = EVERY_CHANNEL
                        if ad[m]:
                            showing[k] = which
                        k += 1
            if messages["kind"][m] == POST:
                message[k], person[k], hop[k] = m, BRAND, 0
                channels[k] = messages["channels"][m]
                k += 1
        for row in range(feeds):
            if ranks(plan, m, row, tick):
                message[k], person[k], hop[k] = m, OUTLET - (ranking.first + row), 0
                channels[k] = np.uint8(1 << ranking.channel[row])
                k += 1
    for row in range(shares.shape[0]):
        message[k], person[k], hop[k] = shares[row, 0], shares[row, 1], shares[row, 2]
        channels[k] = _shared_on(world, plan, shares[row, 0], shares[row, 1])
        hours[k] = due.hours[row]
        k += 1
    return in_order(
        message[:k],
        person[:k],
        hop[:k],
        channels[:k],
        hours[:k],
        names_of(world.identity, plan.accounts["identity"], person[:k], showing[:k]),
        showing[:k],
        tick,
        messages["released"].size,
    )


@jit
def is_posted(plan: Plan, due: Due, message: int, tick: int) -> bool:
    """Whether a brand or an account posts a message in this tick."""
    messages = plan.messages
    kind, released = messages["kind"][message], messages["released"][message]
    if kind in (OWN, COMPLAINT):
        return False
    if released > tick or tick - released >= messages["ticks"][message]:
        return False
    above = messages["above"][message]
    return above < 0.0 or reacts(above, due.judged[message, 0], due.judged[message, 1])


@inline
def reacts(above: float, ours: int, theirs: int) -> bool:
    """Whether the brand's share of voice is above what a rival puts up with."""
    return ours > above * (ours + theirs)


@inline
def beyond(acts: int, noticed: int, most: float, half: float) -> float:
    """The chance that a ranked feed shows a post to a stranger: most * e / (e + half).

    `e` is the engagement: what those who noticed it did with it, for each of them.
    """
    engagement = acts / max(noticed, 1)
    return most * engagement / (engagement + half)


@jit
def times(plan: Plan, message: int, account: int, tick: int) -> int:
    """How often an account posts a message in a tick: an ad as often as one can be shown it."""
    if not takes(plan, message, account, tick):
        return 0
    return plan.accounts["most"][account] if plan.messages["kind"][message] == AD else 1


@jit
def takes(plan: Plan, message: int, account: int, tick: int) -> bool:
    """Whether an account posts a message: its own, or a post of the brand that it takes up."""
    messages, accounts = plan.messages, plan.accounts
    if messages["kind"][message] == AD:
        return accounts["message"][account] == message and runs(plan, account, tick)
    own = messages["account"][message]
    if own >= 0:
        return own == account
    if messages["kind"][message] != POST or account >= plan.outlets:
        return False
    bits = draw(about(plan, TAKEN, message), np.uint64(accounts[account]["identity"]))
    return happens(bits, accounts["acceptance"][account])


@jit
def _shared_on(world: World, plan: Plan, message: int, person: int) -> np.uint8:
    """The channels on which a person passes a message on: where it is, or all of their own."""
    if world.channels.size == 0:
        return EVERY_CHANNEL
    own = world.channels[person]
    bits = draw(about(plan, BOUNCE, message), identity_of(world.identity, person))
    if happens(bits, plan.adopt.bounce):
        return own
    return plan.messages["channels"][message] & own


@jit
def runs(plan: Plan, account: int, tick: int) -> bool:
    """Whether a flight runs in a tick."""
    return plan.accounts["first"][account] <= tick < plan.accounts["last"][account]


@inline
def shown_key(plan: Plan, message: int, account: int) -> np.uint64:
    """The key of whether an account shows a post to people."""
    return key_of(about(plan, SHOWN, message), np.uint64(plan.accounts[account]["identity"]))


@jit
def shown_before(plan: Plan, account: int, tick: int) -> float:
    """The mean showings, in a tick, of the flights of the same ad that come before this one."""
    accounts, before = plan.accounts, 0.0
    for other in range(account):
        if accounts["message"][other] == accounts["message"][account] and runs(plan, other, tick):
            before += accounts["shown"][other]
    return before


@inline
def falls_on(key: np.uint64, name: np.uint64, showing: int, first: float, last: float) -> bool:
    """Whether a person's showing of an ad, counted from 0, falls on a flight in a tick.

    Showings are the points of a Poisson process, on a line on which flights lie one after the
    other, each as long as its mean showings of one who views so much. So the showings of a person
    are the same into however many flights their line is cut: with x unit exponential gaps up to
    the point of the showing, first <= x < last, said of the products of uniform draws.

    Parameters
    ----------
    key, name
        The key of the showings of an ad in a tick, and whose they are.
    showing
        Which of them.
    first, last
        Where the flight begins and ends on that person's line.
    """
    left = 1.0
    end = exponential(-last)
    for gap in range(showing + 1):
        left *= 1.0 - uniform(draw(key_of(key, np.uint64(gap)), name))
        if left <= end:
            return False
    return left <= exponential(-first)


@jit
def showing_key(plan: Plan, message: int, tick: int) -> np.uint64:
    """The key of the showings of an ad in a tick."""
    return key_of(about(plan, SHOWN, message), np.uint64(tick))


@jit
def shown(world: World, plan: Plan, message: int, sender: int, person: int) -> bool:
    """Whether an account shows a post to one of its audience."""
    account = OUTLET - sender
    key = shown_key(plan, message, account)
    chance = plan.accounts["shown"][account]
    return happens(draw(key, identity_of(world.identity, person)), chance)
