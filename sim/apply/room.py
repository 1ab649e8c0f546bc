"""Room: logs and lists that grow, and what is put into them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import state as s
from ..jit import inline, jit
from ..plan import Plan
from ..state import State


@jit
def _room(array: NDArray[Any], rows: int) -> NDArray[Any]:
    """The array with room for `rows` rows: itself, or a copy at least twice as long."""
    if rows <= array.shape[0]:
        return array
    longer = np.empty(max(rows, 2 * array.shape[0]), array.dtype)
    longer[: array.shape[0]] = array
    return longer


@jit
def _pages_with_room(pages: NDArray[np.uint8], size: int, most: int) -> NDArray[np.uint8]:
    """Room for pages: twice as much as before, but never more than there can be."""
    if size <= pages.size:
        return pages
    longer = np.zeros(max(size, min(2 * pages.size, most)), np.uint8)
    longer[: pages.size] = pages
    return longer


@jit
def grown(
    state: State,
    shares: int,
    buyers: int,
    followers: int,
    pages: int,
    tasks: int,
    climbs: int,
) -> State:
    """The state with room for so many more rows of each; of `tasks` also in the lists they fill."""
    shares += state.size[s.SHARES]
    buyers += state.size[s.BUYERS]
    followers += state.size[s.FOLLOWERS]
    pages = (pages + state.size[s.PAGES]) * s.PAGE
    booked = state.size[s.BOOKED] + tasks
    active = state.size[s.ACTIVE] + climbs
    tasks += state.size[s.TASKS]
    climbs += state.size[s.CLIMBS]
    if (
        shares <= state.posted.size
        and buyers <= state.buyers.size
        and followers <= state.followers.size
        and pages <= state.pages.size
        and tasks <= state.tasks.size
        and climbs <= state.climbs.size
        and booked <= state.book.size
        and active <= state.active.size
    ):
        return state
    return State(
        state.low,
        state.high,
        state.crowd,
        state.page,
        _pages_with_room(state.pages, pages, state.page.size * s.PAGE),
        _room(state.shares, shares),
        _room(state.posted, shares),
        _room(state.after, shares),
        state.first,
        state.posts,
        state.waiting,
        state.block_after,
        state.waiting_first,
        state.waiting_filled,
        _room(state.buyers, buyers),
        _room(state.followers, followers),
        state.relation,
        _room(state.tasks, tasks),
        state.task_first,
        state.lines,
        _room(state.book, booked),
        _room(state.active, active),
        _room(state.climbs, climbs),
        state.heard,
        state.traffic,
        state.sources,
        state.owed,
        state.worn,
        state.talk,
        state.chatter,
        state.members,
        state.gaps,
        state.placed,
        state.ledger,
        state.size,
        state.counts,
        state.people,
        state.series,
    )


@jit
def with_feed(state: State, posts: int, blocks: int) -> State:
    """The state with room for so many posts and blocks of what waits in feeds."""
    rows = blocks * s.BLOCK
    if posts <= state.posts.size and rows <= state.waiting.size:
        return state
    return State(
        state.low,
        state.high,
        state.crowd,
        state.page,
        state.pages,
        state.shares,
        state.posted,
        state.after,
        state.first,
        _room(state.posts, posts),
        _room(state.waiting, rows),
        _room(state.block_after, blocks),
        state.waiting_first,
        state.waiting_filled,
        state.buyers,
        state.followers,
        state.relation,
        state.tasks,
        state.task_first,
        state.lines,
        state.book,
        state.active,
        state.climbs,
        state.heard,
        state.traffic,
        state.sources,
        state.owed,
        state.worn,
        state.talk,
        state.chatter,
        state.members,
        state.gaps,
        state.placed,
        state.ledger,
        state.size,
        state.counts,
        state.people,
        state.series,
    )


@inline
def count(
    counts: NDArray[np.int64],
    steps: NDArray[np.uint16],
    people: NDArray[np.int64],
    step: int,
    message: int,
    person: int,
    role: int,
    hop: int,
    first: bool,
    ours: bool,
) -> None:
    """Count an event; `first`: the first of this person with this message, if it is `ours`."""
    hop = min(hop, s.HOPS - 1)
    counts[message, step, role, hop, 0] += 1
    counts[message, step, role, hop, 1] += first
    before = steps[person]
    steps[person] = before | np.uint16(ours << step)
    people[step] += ours - (ours & (before >> step) & 1)


@jit
def schedule(
    state: State, kind: int, message: int, person: int, sender: int, hop: int, tick: int
) -> None:
    """Put a task on the agenda of a later tick; what comes after the last is forgotten."""
    if tick >= state.task_first.size:
        return
    row = state.size[s.TASKS]
    state.size[s.TASKS] += 1
    task = state.tasks[row]
    task["kind"], task["message"], task["person"] = kind, message, person
    task["sender"], task["hop"], task["since"] = sender, hop, tick
    task["after"] = state.task_first[tick]
    state.task_first[tick] = row


@jit
def spend(state: State, tick: int, account: int, units: int, price: int) -> None:
    """Write a payment into the ledger."""
    entry = state.ledger[tick, account]
    entry["units"] += units
    entry["money"] += units * price


@inline
def offered_to(plan: Plan, message: int, segment: int, left: int) -> int:
    """What the offer of a post takes of the price of who buys over it, in millionths."""
    taken = np.int64(plan.messages["offer"][message] * plan.segmented.offer[segment] + 0.5)
    return min(taken, left)


@jit
def climb(state: State, person: int, rung: int, tick: int) -> None:
    """Write a change of rung, and remember it."""
    before = state.relation["rung"][person]
    if before == rung:
        return
    state.relation["rung"][person] = rung
    entry = state.climbs[state.size[s.CLIMBS]]
    state.size[s.CLIMBS] += 1
    entry["message"], entry["person"], entry["sender"] = -1, person, before
    entry["hop"], entry["tick"] = rung, tick


@jit
def channel_of(on: int, own: int) -> int:
    """The channel over which something came: the message's own, or the first that they share."""
    if (on >> own) & 1:
        return own
    for channel in range(8):
        if (on >> channel) & 1:
            return channel
    return own
