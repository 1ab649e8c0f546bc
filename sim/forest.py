"""The exact forest of a campaign: every share, and the cascades that they form."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .errors import InputError
from .jit import jit
from .ordering import order_by
from .state import Log
from .trees import Cascades, measured

_NOBODY: Final = -2

__all__ = ["Cascades", "cascades", "in_order", "parents"]


def in_order(table: NDArray[np.void]) -> tuple[Log, NDArray[np.int64]]:
    """The columns of a log by message, tick and person, whoever wrote it; and its rows' order."""
    order = order_by(_names(table))
    return Log(*_columns(table, order)), order


@jit
def _names(table: NDArray[np.void]) -> NDArray[np.uint64]:
    people, ticks = np.int64(0), np.int64(0)
    for row in range(table.size):
        people = max(people, table[row]["person"] + 1)
        ticks = max(ticks, table[row]["tick"] + 1)
    name = np.empty(table.size, np.uint64)
    for row in range(table.size):
        one = table[row]
        # What is about no message has -1.
        group = np.int64(one["message"] + 1) * ticks + one["tick"]
        name[row] = np.uint64(group * people + one["person"])
    return name


@jit
def _columns(
    table: NDArray[np.void], order: NDArray[np.int64]
) -> tuple[
    NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]
]:
    message, person = np.empty(order.size, np.int32), np.empty(order.size, np.int32)
    sender, hop = np.empty(order.size, np.int32), np.empty(order.size, np.int32)
    tick = np.empty(order.size, np.int32)
    for row in range(order.size):
        one = table[order[row]]
        message[row], person[row], sender[row] = one["message"], one["person"], one["sender"]
        hop[row], tick[row] = one["hop"], one["tick"]
    return message, person, sender, hop, tick


def parents(shares: Log, n: int) -> NDArray[np.int64]:
    """For each share the row of the share that it was had from; -1 for one at first hand.

    Raises
    ------
    InputError
        If somebody is not among the n people, or whoever a share was had from did not share.
    """
    later = shares.hop > 0
    for name, column in (("person", shares.person), ("sender", shares.sender[later])):
        if column.size and (column.min() < 0 or column.max() >= n):
            wrong = int(column[(column < 0) | (column >= n)][0])
            raise InputError(f"{name} = {wrong} is nobody in a network of {n:,} people.")
    order = order_by((shares.message + 1).astype(np.uint64))
    parent = _parents(shares.message, shares.person, shares.sender, shares.hop, order, n)
    if (parent == _NOBODY).any():
        row = int(np.flatnonzero(parent == _NOBODY)[0])
        raise InputError(
            f"sender = {shares.sender[row]} of share {row} did not share message "
            f"{shares.message[row]}; give the whole log."
        )
    return parent


@jit
def _parents(
    message: NDArray[np.int32],
    person: NDArray[np.int32],
    sender: NDArray[np.int32],
    hop: NDArray[np.int32],
    order: NDArray[np.int64],
    n: int,
) -> NDArray[np.int64]:
    parent = np.empty(order.size, np.int64)
    # The row of each person's share of the message; whoever passed on what they had from somebody
    # reads what that person's share of the same message has just written.
    row_of = np.full(n, -1)
    first = 0
    while first < order.size:
        last = first
        while last < order.size and message[order[last]] == message[order[first]]:
            row_of[person[order[last]]] = order[last]
            last += 1
        for row in order[first:last]:
            if hop[row] == 0:
                parent[row] = -1
                continue
            parent[row] = above = row_of[sender[row]]
            if above < 0 or message[above] != message[row]:
                parent[row] = _NOBODY
        first = last
    return parent


def cascades(
    shares: Log,
    n: int,
    ids: NDArray[np.generic] | None = None,
    hours: NDArray[np.float64] | None = None,
) -> Cascades:
    """The cascades of a forest of shares among n people, whom tables call by their ids."""
    return measured(parents(shares, n), shares.message, shares.person, shares.tick, ids, hours)
