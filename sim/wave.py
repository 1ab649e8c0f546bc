"""The moving front: who posts what in a tick, and who hears it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .draws import key_of
from .jit import inline, jit
from .reference import by_reference

# Senders below 0 are no people: the brand itself, and outlet k as OUTLET - k.
BRAND: Final = -1
OUTLET: Final = -2


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
    start
        Message m stands at ``start[m]`` to ``start[m + 1] - 1``.
    """

    message: NDArray[np.int32]
    person: NDArray[np.int32]
    hop: NDArray[np.int32]
    channels: NDArray[np.uint8]
    tick: NDArray[np.int32]
    hours: NDArray[np.float64]
    start: NDArray[np.int64]


@jit
def in_order(
    message: NDArray[np.int32],
    person: NDArray[np.int32],
    hop: NDArray[np.int32],
    channels: NDArray[np.uint8],
    hours: NDArray[np.float64],
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
    for k in range(message.size):
        at = place[message[k]]
        place[message[k]] += 1
        messages_in_order[at] = message[k]
        people_in_order[at] = person[k]
        hops_in_order[at] = hop[k]
        channels_in_order[at] = channels[k]
        hours_in_order[at] = hours[k]
    return Wave(
        messages_in_order,
        people_in_order,
        hops_in_order,
        channels_in_order,
        np.full(message.size, tick, np.int32),
        hours_in_order,
        start,
    )


@inline
def post_key(
    identity: NDArray[np.uint64],
    accounts: NDArray[np.int64],
    under: np.uint64,
    sender: int,
    runs: bool,
    tick: int,
) -> np.uint64:
    """The key of what people decide about a sender's post: each sender is a trial of its own.

    Parameters
    ----------
    identity, accounts
        Of people (`World`) and of accounts (`ACCOUNT`).
    under
        The key of the decision.
    sender
        Who posts it.
    runs
        Whether it is an ad, which its account shows anew in each tick that it runs.
    tick
        The tick in which it was posted.
    """
    if sender >= 0:
        return key_of(under, identity[sender] if identity.size else np.uint64(sender))
    if sender == BRAND:
        return key_of(under, np.uint64(np.int64(BRAND)))
    key = key_of(under, np.uint64(np.int64(OUTLET - accounts[OUTLET - sender])))
    return key_of(key, np.uint64(tick)) if runs else key


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
