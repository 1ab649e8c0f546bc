"""The agenda: what is due in a tick, and what everybody has to know of everybody.

An owner of a range of people decides for these people alone, and the brand acts as one: what it
acts upon is gathered here, of all owners, before the tick.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import state as s
from .arithmetic import logarithm
from .jit import inline, jit
from .plan import BASS, POST, Plan
from .reference import by_reference
from .state import State
from .weeks import BIT, WEEK
from .world import ADVOCATE, STRANGER

# More orders than anybody could ask for.
ENOUGH: Final = 2**40


@by_reference
class Due(NamedTuple):
    """What is due in a tick, of all owners.

    Attributes
    ----------
    shares, hours
        The shares that are posted now: rows of message, person and hop of arrival; and the hour.
    tasks
        The tasks that are due: rows of kind, message, person, sender, hop, since and their row.
    waiting
        Those who wait at the brand's desk since earlier ticks, as many of each kind as it has hands
        for: rows as those of `tasks`.
    candidates
        In a round of the advocacy programme, whom the brand may approach: rows of person and the
        acts that it saw.
    spent
        Millionths of money paid in rewards so far.
    sharers
        How many people passed on each message, where the rule of sharing asks for it.
    orders
        Purchases in the whole ticks of the last week, and in the tick of which a part lies in it;
        where nobody asks for them, more than any target.
    nurtured
        How many people the brand nurtures, where its hurry may take from that.
    talk, members
        By room: contributions in the last tick, and followers.
    judged
        ``[message, 0 or 1]``: of a post that is judged now by a channel that ranks its feeds, what
        people did with it and how many noticed it; of one with which a rival may react, impressions
        of the brand and of rivals since it looked last. No rows where nothing is ever judged.
    """

    shares: NDArray[np.int32]
    hours: NDArray[np.float64]
    tasks: NDArray[np.int32]
    waiting: NDArray[np.int32]
    candidates: NDArray[np.int32]
    spent: int
    sharers: NDArray[np.int64]
    orders: NDArray[np.int64]
    nurtured: int
    talk: NDArray[np.int64]
    members: NDArray[np.int64]
    judged: NDArray[np.int64]


@jit
def due(plan: Plan, state: State, tick: int) -> Due:
    """What one owner's people have due in a tick."""
    sharers = np.zeros(state.page.shape[0] if plan.adopt.rule == BASS else 0, np.int64)
    if sharers.size:
        for row in range(state.size[s.SHARES]):
            sharers[state.shares[row]["message"]] += 1
    shares, hours = _shares(state, tick)
    return Due(
        shares,
        hours,
        _tasks(state, tick),
        in_line(state, tick, hands(plan, tick)),
        _candidates(plan, state, tick),
        state.size[s.SPENT],
        sharers,
        _orders(plan, state, tick),
        _nurtured(plan, state),
        state.talk[tick & 1].copy(),
        state.members.copy(),
        _judged(plan, state, tick),
    )


def together(parts: list[Due]) -> Due:
    """What is due to all owners."""
    if len(parts) == 1:
        return parts[0]
    return Due(
        np.concatenate([part.shares for part in parts]),
        np.concatenate([part.hours for part in parts]),
        np.concatenate([part.tasks for part in parts]),
        np.concatenate([part.waiting for part in parts]),
        np.concatenate([part.candidates for part in parts]),
        sum(int(part.spent) for part in parts),
        np.sum([part.sharers for part in parts], axis=0),
        np.sum([part.orders for part in parts], axis=0),
        sum(int(part.nurtured) for part in parts),
        np.sum([part.talk for part in parts], axis=0),
        np.sum([part.members for part in parts], axis=0),
        np.sum([part.judged for part in parts], axis=0),
    )


@jit
def _judged(plan: Plan, state: State, tick: int) -> NDArray[np.int64]:
    """What is known of one owner's people of the messages that are judged in a tick."""
    messages, counts = plan.messages, state.counts
    found = np.zeros((counts.shape[0] if plan.judges else 0, 2), np.int64)
    for m in range(found.shape[0]):
        released, above = messages["released"][m], messages["above"][m]
        if above >= 0.0 and released == tick:
            for before in range(max(tick - messages["window"][m], 0), tick):
                found[m, 0] += state.series[before, s.IMPRESSIONS]
                found[m, 1] += state.series[before, s.RIVAL_IMPRESSIONS]
        for r in range(plan.ranking.channel.size):
            if ranks(plan, m, r, tick):
                acts = counts[m, s.SHARED, :, :, 1].sum() + counts[m, s.RESHARED, :, :, 1].sum()
                acts += counts[m, s.LIKED, :, :, 1].sum() + counts[m, s.COMMENTED, :, :, 1].sum()
                found[m, 0], found[m, 1] = acts, counts[m, s.NOTICED, :, :, 1].sum()
    return found


@jit
def ranks(plan: Plan, message: int, row: int, tick: int) -> bool:
    """Whether a post of the brand is judged now by a channel that ranks its feeds."""
    messages, ranking = plan.messages, plan.ranking
    if messages["kind"][message] != POST:
        return False
    there = np.int64(messages["channels"][message]) >> ranking.channel[row] & 1
    return there != 0 and tick - messages["released"][message] == ranking.wait[row]


@inline
def hands(plan: Plan, tick: int) -> int:
    """How many contacts the brand has hands for in a tick: those that its hours have brought.

    Whole ones, counted from the beginning: they come at the same hours by every clock.
    """
    capacity = plan.interact.capacity
    return int((tick + 1) * capacity + 1e-9) - int(tick * capacity + 1e-9)


@jit
def in_line(state: State, tick: int, most: int) -> NDArray[np.int32]:
    """Those of one owner's people who wait at the desk, at most so many of each kind, in order.

    Whose patience is at an end has told everybody, and waits no more.
    """
    room = 0
    for desk in range(len(s.DESKS)):
        room += min(most, int(state.lines[desk, s.LENGTH]))
    found = np.empty((room, 7), np.int32)
    count = 0
    for desk in range(len(s.DESKS)):
        row, left = state.lines[desk, s.FRONT], most
        while row >= 0 and left > 0:
            if s.DESKS[desk] != s.SERVICE or tick < state.tasks[row]["hop"]:
                _read(state, row, found, count)
                count += 1
                left -= 1
            row = state.tasks[row]["after"]
    return found[:count]


@jit
def own(state: State, people: NDArray[np.int32]) -> NDArray[np.int32]:
    """Those of these people for whom this owner decides."""
    return people[(people >= state.low) & (people < state.high)]


@jit
def is_round(plan: Plan, tick: int) -> bool:
    """Whether the advocacy programme has a round in this tick."""
    return tick > 0 and tick % plan.promote.interval == 0


@jit
def on_offer(plan: Plan, due: Due) -> bool:
    """Whether the budget still pays for a reward."""
    return due.spent + plan.pay.reward + plan.pay.recipient <= plan.pay.budget


@jit
def _orders(plan: Plan, state: State, tick: int) -> NDArray[np.int64]:
    """Purchases in the last week of one owner's people; nobody asks before one is over."""
    found = np.zeros(2, np.int64)
    if plan.promote.target == 0.0 or week_of(tick, plan.hours) == 0:
        found[0] = ENOUGH
        return found
    ticks, _ = ticks_of_a_week(plan.hours)
    for before in range(max(tick - ticks - 1, 0), tick):
        bought = state.series[before, s.CONVERSIONS] + state.series[before, s.REPEATS]
        found[np.int64(before < tick - ticks)] += bought
    return found


@inline
def week_of(tick: int, hours: float) -> int:
    """How many weeks are over as a tick of so many hours begins.

    Examples
    --------
    >>> [int(week_of(tick, 168.0 / 79)) for tick in (0, 78, 79, 158)]
    [0, 0, 1, 2]
    """
    return int(tick * hours / WEEK + BIT)


@inline
def ticks_of_a_week(hours: float) -> tuple[int, float]:
    """How many whole ticks of so many hours a week has, and what part of one more."""
    ticks = WEEK / hours
    whole = int(ticks + BIT)
    return whole, max(ticks - whole, 0.0)


@jit
def in_a_hurry(plan: Plan, due: Due) -> bool:
    """Whether fewer orders than the target of a week have to be made up for by selling (002).

    What was bought in a tick of which a part lies in the week came evenly over it.
    """
    _, part = ticks_of_a_week(plan.hours)
    return due.orders[0] + part * due.orders[1] < plan.promote.target


@jit
def _nurtured(plan: Plan, state: State) -> int:
    """Those of one owner's people whom the brand nurtures: activated, and not yet advocates."""
    count = 0
    if plan.promote.target > 0.0 and plan.promote.nurture > 0.0:
        rung, role = state.relation["rung"], state.crowd["role"]
        for i in state.active[: state.size[s.ACTIVE]]:
            count += rung[i] != s.NO_RUNG and role[i] != ADVOCATE
    return count


@jit
def rush(plan: Plan, due: Due) -> float:
    """What a brand in a hurry adds to the log-odds of a transaction, by what it leaves out.

    elasticity * ln(1 + moved * nurtured / (nurtured + outreach)): of the people for whom the
    programme has time in a round, those whom it nurtures are a part, and no more than that can be
    left out. Where nobody is nurtured nothing is gained.
    """
    promote, nurtured = plan.promote, due.nurtured
    if nurtured == 0 or not in_a_hurry(plan, due):
        return 0.0
    part = nurtured / (nurtured + promote.outreach)
    return promote.elasticity * logarithm(1.0 + promote.moved * part)


@jit
def _shares(state: State, tick: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    count = 0
    row = state.first[tick]
    while row >= 0:
        count += 1
        row = state.after[row]
    due = np.empty((count, 3), np.int32)
    hours = np.empty(count, np.float64)
    row = state.first[tick]
    for k in range(count):
        due[k, 0] = state.shares["message"][row]
        due[k, 1] = state.shares["person"][row]
        due[k, 2] = state.shares["hop"][row] + 1
        hours[k] = state.posted[row]
        row = state.after[row]
    return due, hours


@jit
def _tasks(state: State, tick: int) -> NDArray[np.int32]:
    tasks = state.tasks
    count = 0
    row = state.task_first[tick]
    while row >= 0:
        count += 1
        row = tasks[row]["after"]
    due = np.empty((count, 7), np.int32)
    row = state.task_first[tick]
    # The list has the newest first; what is due comes in the order in which it came up.
    for k in range(count - 1, -1, -1):
        _read(state, row, due, k)
        row = tasks[row]["after"]
    return due


@inline
def _read(state: State, row: int, rows: NDArray[np.int32], k: int) -> None:
    """Put a task among rows that tell what is due."""
    task = state.tasks[row]
    rows[k, 0], rows[k, 1], rows[k, 2] = task["kind"], task["message"], task["person"]
    rows[k, 3], rows[k, 4], rows[k, 5] = task["sender"], task["hop"], task["since"]
    rows[k, 6] = row


@jit
def _candidates(plan: Plan, state: State, tick: int) -> NDArray[np.int32]:
    """Followers whom the brand has not approached yet: those it saw do something, or all."""
    if plan.promote.outreach == 0 or not is_round(plan, tick):
        return np.empty((0, 2), np.int32)
    pool = state.book[: state.size[s.BOOKED]]
    if not plan.promote.identify:
        pool = state.followers[: state.size[s.FOLLOWERS]]
    rung, role, observed = state.relation["rung"], state.crowd["role"], state.relation["observed"]
    found = np.empty((pool.size, 2), np.int32)
    count = 0
    for person in pool:
        if rung[person] == s.NO_RUNG and role[person] != STRANGER and role[person] != ADVOCATE:
            found[count, 0] = person
            found[count, 1] = observed[person] if plan.promote.identify else 0
            count += 1
    return found[:count]
