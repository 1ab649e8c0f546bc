"""The moving front: who posts what in a tick, and who hears it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .jit import inline, jit

# Senders below 0 are no people: the brand itself, and outlet k as OUTLET - k.
BRAND: Final = -1
OUTLET: Final = -2


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
    start
        Message m stands at ``start[m]`` to ``start[m + 1] - 1``.
    """

    message: NDArray[np.int32]
    person: NDArray[np.int32]
    hop: NDArray[np.int32]
    channels: NDArray[np.uint8]
    start: NDArray[np.int64]


@jit
def in_order(
    message: NDArray[np.int32],
    person: NDArray[np.int32],
    hop: NDArray[np.int32],
    channels: NDArray[np.uint8],
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
    for k in range(message.size):
        at = place[message[k]]
        place[message[k]] += 1
        messages_in_order[at] = message[k]
        people_in_order[at] = person[k]
        hops_in_order[at] = hop[k]
        channels_in_order[at] = channels[k]
    return Wave(messages_in_order, people_in_order, hops_in_order, channels_in_order, start)


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
