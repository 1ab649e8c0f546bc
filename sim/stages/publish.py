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
from ..draws import BOUNCE, SHOWN, TAKEN, draw, happens, key_of
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
            room += 1 + accounts
        for row in range(feeds):
            room += ranks(plan, m, row, tick)
    message = np.empty(room, np.int32)
    person = np.empty(room, np.int32)
    hop = np.empty(room, np.int32)
    channels = np.empty(room, np.uint8)
    hours = np.full(room, tick * plan.hours)
    k = 0
    for m in range(messages["released"].size):
        if is_posted(plan, due, m, tick):
            for account in range(accounts - 1, -1, -1):
                if takes(plan, m, account):
                    message[k], person[k], hop[k] = m, OUTLET - account, 0
                    channels[k] = EVERY_CHANNEL
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
        names_of(world.identity, plan.accounts["identity"], person[:k]),
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
def takes(plan: Plan, message: int, account: int) -> bool:
    """Whether an account posts a message: its own, or a post of the brand that it takes up."""
    messages, accounts = plan.messages, plan.accounts
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


@inline
def viewed(mean: float, viewing: float) -> float:
    """The chance that an ad is seen at least once in a tick: 1 - exp(-mean * viewing)."""
    return 1.0 - exponential(-mean * viewing)


@inline
def shown_key(plan: Plan, message: int, account: int) -> np.uint64:
    """The key of whether an account shows a post to people."""
    return key_of(about(plan, SHOWN, message), np.uint64(plan.accounts[account]["identity"]))


@jit
def shown(
    world: World, plan: Plan, message: int, sender: int, person: int, place: int, tick: int
) -> bool:
    """Whether an account shows a post to one of its audience, who stands at a place of it."""
    account = OUTLET - sender
    key = shown_key(plan, message, account)
    chance = plan.accounts["shown"][account]
    if plan.messages["kind"][message] == AD:
        key = key_of(key, np.uint64(tick))
        chance = viewed(chance, np.float64(world.outlet_viewing[place]))
    return happens(draw(key, identity_of(world.identity, person)), chance)
