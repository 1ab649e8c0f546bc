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
    start
        Message m stands at ``start[m]`` to ``start[m + 1] - 1``.
    """

    message: NDArray[np.int32]
    person: NDArray[np.int32]
    hop: NDArray[np.int32]
    start: NDArray[np.int64]


@jit
def in_order(
    message: NDArray[np.int32],
    person: NDArray[np.int32],
    hop: NDArray[np.int32],
    messages: int,
) -> Wave:
    """A wave of these posts with the messages in order (a counting sort)."""
    start = np.zeros(messages + 1, np.int64)
    for m in message:
        start[m + 1] += 1
    for m in range(messages):
        start[m + 1] += start[m]
    place = start.copy()
    ordered = Wave(np.empty_like(message), np.empty_like(person), np.empty_like(hop), start)
    for k in range(message.size):
        at = place[message[k]]
        place[message[k]] += 1
        ordered.message[at] = message[k]
        ordered.person[at] = person[k]
        ordered.hop[at] = hop[k]
    return ordered


@inline
def heard_by(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    offsets: NDArray[np.int64],
    members: NDArray[np.int32],
    followers: NDArray[np.int32],
    low: int,
    high: int,
    sender: int,
) -> NDArray[np.int32]:
    """Those of rows `low` to `high` - 1 who hear a sender.

    Rows and audiences are sorted, so that an owner of a range takes its part by bisection; the
    followers are the owner's already.
    """
    if sender == BRAND:
        return followers
    if sender >= 0:
        row = indices[indptr[sender] : indptr[sender + 1]]
    else:
        row = members[offsets[OUTLET - sender] : offsets[OUTLET - sender + 1]]
    if high - low == indptr.size - 1:
        return row
    return row[first_from(row, low) : first_from(row, high)]


@inline
def first_from(row: NDArray[np.int32], person: int) -> int:
    """The place of the first in a sorted row who is not before `person`."""
    left, right = 0, row.size
    while left < right:
        middle = (left + right) >> 1
        if row[middle] < person:
            left = middle + 1
        else:
            right = middle
    return left
