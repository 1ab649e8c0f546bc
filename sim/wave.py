"""The moving front: who posts what in a tick, and who hears it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .draws import key_of, key_under, mixed
from .jit import inline, jit
from .reference import by_reference

# Senders below 0 are no people: the brand itself, and outlet k as OUTLET - k.
BRAND: Final = -1
OUTLET: Final = -2
# As whom the k-th showing of an ad is known: below all outlets, above all rivals.
SHOWINGS: Final = OUTLET - (1 << 40)


@by_reference
class Wave(NamedTuple):
    """The posts of one tick in equal-length arrays, messages in order. Its length is the work.

    Attributes
    ----------
    message
        Which message.
    person
        Who posts it: a row, or below 0 the brand or an outlet.
    hop
        The hop at which those who hear it see it: 0 from the brand or an outlet.
    channels
        The channels on which it is posted, a bit each.
    tick, hours
        When it was posted: the tick, and the hour, which may be any within one.
    name
        As whom those who hear it know its sender (`names_of`).
    showing
        Of an ad that an account shows the how-manieth showing of the tick it is to a person,
        counted from 0; -1 of all others.
    start
        Message m stands at ``start[m]`` to ``start[m + 1] - 1``.
    """

    message: NDArray[np.int32]
    person: NDArray[np.int32]
    hop: NDArray[np.int32]
    channels: NDArray[np.uint8]
    tick: NDArray[np.int32]
    hours: NDArray[np.float64]
    name: NDArray[np.uint64]
    showing: NDArray[np.int32]
    start: NDArray[np.int64]


@jit
def in_order(
    message: NDArray[np.int32],
    person: NDArray[np.int32],
    hop: NDArray[np.int32],
    channels: NDArray[np.uint8],
    hours: NDArray[np.float64],
    name: NDArray[np.uint64],
    showing: NDArray[np.int32],
    tick: int,
    messages: int,
) -> Wave:
    """A wave of these posts with the messages in order (a counting sort)."""
    start = np.zeros(messages + 1, np.int64)
    for m in message:
        start[m + 1] += 1
    for m in range(messages):
        start[m + 1] += start[m]
    place = start.copy()
    messages_in_order = np.empty_like(message)
    people_in_order = np.empty_like(person)
    hops_in_order = np.empty_like(hop)
    channels_in_order = np.empty_like(channels)
    hours_in_order = np.empty_like(hours)
    names_in_order = np.empty_like(name)
    showings_in_order = np.empty_like(showing)
    for k in range(message.size):
        at = place[message[k]]
        place[message[k]] += 1
        messages_in_order[at] = message[k]
        people_in_order[at] = person[k]
        hops_in_order[at] = hop[k]
        channels_in_order[at] = channels[k]
        hours_in_order[at] = hours[k]
        names_in_order[at] = name[k]
        showings_in_order[at] = showing[k]
    return Wave(
        messages_in_order,
        people_in_order,
        hops_in_order,
        channels_in_order,
        np.full(message.size, tick, np.int32),
        hours_in_order,
        names_in_order,
        showings_in_order,
        start,
    )


@jit
def names_of(
    identity: NDArray[np.uint64],
    accounts: NDArray[np.int64],
    sender: NDArray[np.int32],
    showing: NDArray[np.int32],
) -> NDArray[np.uint64]:
    """As whom senders are known, mixed: what is decided about their posts is drawn by it.

    An ad is known by which showing of it this is, under whatever name it was bought.

    Parameters
    ----------
    identity, accounts
        Of people (`World`; of length 0: their rows) and of accounts (`ACCOUNT`).
    sender
        A row, or below 0 the brand or an account.
    showing
        Which showing of an ad it is, below 0 of all others (`Wave.showing`).
    """
    name = np.empty(sender.size, np.uint64)
    for k in range(sender.size):
        if sender[k] >= 0:
            name[k] = mixed(identity[sender[k]] if identity.size else np.uint64(sender[k]))
        elif showing[k] >= 0:
            name[k] = mixed(np.uint64(SHOWINGS - np.int64(showing[k])))
        elif sender[k] == BRAND:
            name[k] = mixed(np.uint64(np.int64(BRAND)))
        else:
            name[k] = mixed(np.uint64(np.int64(OUTLET - accounts[OUTLET - sender[k]])))
    return name


@inline
def post_key(under: np.uint64, name: np.uint64, anew: bool, tick: int) -> np.uint64:
    """The key of what people decide about a sender's post: each sender is a trial of its own.

    Parameters
    ----------
    under
        The key of the decision.
    name
        As whom the sender is known (`names_of`).
    anew
        Whether an account shows its ad, which it does anew in each tick that it runs.
    tick
        The tick in which it was posted.
    """
    key = key_under(under, name)
    return key_of(key, np.uint64(tick)) if anew else key


@inline
def first_from(rows: NDArray[np.int32], left: int, right: int, person: int) -> int:
    """The first place from `left` on, in rows sorted up to `right`, that is not before `person`."""
    while left < right:
        middle = (left + right) >> 1
        if rows[middle] < person:
            left = middle + 1
        else:
            right = middle
    return left
