"""The moving front: who posts what in a tick, and who hears it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .jit import jit
from .state import HEARERS, State
from .world import World

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


@jit
def hearers(world: World, state: State, sender: int) -> NDArray[np.int32]:
    """Those of the state's people who hear a sender, as rows.

    Rows and audiences are sorted, so that an owner of a range takes its part by bisection.
    """
    if sender == BRAND:
        return state.followers[: state.size[HEARERS]]
    if sender >= 0:
        row = world.indices[world.indptr[sender] : world.indptr[sender + 1]]
    else:
        outlet = OUTLET - sender
        row = world.outlet_members[world.outlet_offsets[outlet] : world.outlet_offsets[outlet + 1]]
    if state.high - state.low == world.role.size or row.size == 0:
        return row
    return row[np.searchsorted(row, state.low) : np.searchsorted(row, state.high)]
