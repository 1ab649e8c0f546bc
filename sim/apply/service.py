"""Whom the brand answered and paid; with them a tick ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import ledger
from .. import state as s
from ..agenda import Due
from ..jit import jit
from ..ledger import FRAUD, RECIPIENTS, REWARDS
from ..plan import Plan
from ..stages.belong import talk_in
from ..stages.relate import raised
from ..stages.reward import Paid
from ..stages.serve import NEW, Served
from ..state import State
from .room import count, grown, spend
from .silence import apply_silence

# In place of the tick since which somebody in line waits: they were answered.
_ANSWERED = -1


@jit
def apply_service(plan: Plan, state: State, served: Served, tick: int) -> State:
    """Write complaints mended, replies and thanks, what they leave behind, and who has to wait."""
    line, answered = served.line, served.answered
    new = 0
    for at in range(answered.size):
        new += not answered[at] and line[at, 6] == NEW
    state = grown(state, 0, 0, 0, 0, new, 0)
    left = np.zeros(len(s.DESKS), np.int64)
    for at in range(answered.size):
        kind, message, person, hop = line[at, 0], line[at, 1], line[at, 2], line[at, 4]
        if not state.low <= person < state.high:
            continue
        if not answered[at]:
            if line[at, 5] == tick:
                _wait(state, line[at])
            continue
        _contact(plan, state, person, tick)
        if kind == s.SERVICE:
            _mend(plan, state, message, person, tick)
        elif kind == s.COMMENT:
            state.series[tick, s.GIVEN_REPLIES] += 1
            spend(state, tick, ledger.REPLIES, 1, plan.pay.prices[ledger.REPLIES])
        else:
            count(
                state.counts, state.crowd["steps"], state.people, s.THANKED, message, person,
                state.crowd["role"][person], hop, True, True,
            )  # fmt: skip
            state.series[tick, s.GIVEN_THANKS] += 1
            spend(state, tick, ledger.THANKS, 1, plan.pay.prices[ledger.THANKS])
        if line[at, 5] < tick:
            state.tasks[line[at, 6]]["since"] = _ANSWERED
            left[_desk_of(kind)] += 1
    _leave(state, left, tick)
    return state


@jit
def _mend(plan: Plan, state: State, message: int, person: int, tick: int) -> None:
    """What is mended in time leaves more bond than nothing wrong would have (service recovery)."""
    trust, bond, complain = state.crowd["trust"], state.crowd["bond"], plan.complain
    state.relation["open"][person] = 0
    trust[person] = raised(np.float64(trust[person]), complain.loss)
    bond[person] = raised(np.float64(bond[person]), complain.recovery)
    state.series[tick, s.MENDED_IN_TIME] += 1
    count(
        state.counts, state.crowd["steps"], state.people, s.MENDED, message, person,
        state.crowd["role"][person], 0, True, True,
    )  # fmt: skip
    spend(state, tick, ledger.SERVICE, 1, plan.pay.prices[ledger.SERVICE])


@jit
def _desk_of(kind: int) -> int:
    for desk in range(len(s.DESKS)):
        if s.DESKS[desk] == kind:
            return desk
    return -1


@jit
def _wait(state: State, task: NDArray[np.int32]) -> None:
    """Put somebody who came in this tick at the end of their line."""
    row = np.int64(task[6])
    if row == NEW:
        row = state.size[s.TASKS]
        state.size[s.TASKS] += 1
        entry = state.tasks[row]
        entry["kind"], entry["message"], entry["person"] = task[0], task[1], task[2]
        entry["sender"], entry["hop"], entry["since"] = task[3], task[4], task[5]
    state.tasks[row]["after"] = -1
    line = state.lines[_desk_of(task[0])]
    if line[s.BACK] < 0:
        line[s.FRONT] = row
    else:
        state.tasks[line[s.BACK]]["after"] = row
    line[s.BACK] = row
    line[s.LENGTH] += 1


@jit
def _leave(state: State, answered: NDArray[np.int64], tick: int) -> None:
    """Take so many who were answered out of each line, and those whose patience is at an end."""
    tasks = state.tasks
    for desk in range(len(s.DESKS)):
        line, left = state.lines[desk], answered[desk]
        before, row = np.int64(-1), np.int64(line[s.FRONT])
        while row >= 0:
            told = s.DESKS[desk] == s.SERVICE and tasks[row]["hop"] <= tick
            done = tasks[row]["since"] == _ANSWERED
            if left == 0 and not told:
                break
            following = np.int64(tasks[row]["after"])
            if told or done:
                left -= done
                line[s.LENGTH] -= 1
                if before < 0:
                    line[s.FRONT] = following
                else:
                    tasks[before]["after"] = following
                if following < 0:
                    line[s.BACK] = before
            else:
                before = row
            row = following


@jit
def _contact(plan: Plan, state: State, person: int, tick: int) -> None:
    """What a friendly contact leaves behind."""
    apply_silence(plan, state, np.array([person], np.int32), tick)
    interact = plan.interact
    state.crowd["bond"][person] = raised(
        np.float64(state.crowd["bond"][person]), interact.bond_gain
    )
    state.crowd["trust"][person] = raised(
        np.float64(state.crowd["trust"][person]), interact.trust_gain
    )
    answers = state.relation["answers"]
    answers[person] = min(np.int64(answers[person]) + 1, 65_535)


@jit
def apply_payments(plan: Plan, state: State, paid: Paid, tick: int) -> None:
    """Write the rewards that were paid."""
    prices = plan.pay.prices
    claims, frauds = 0, 0
    for row in range(paid.person.size):
        mine = state.low <= paid.person[row] < state.high
        claims += mine
        frauds += mine * paid.fraud[row]
    spend(state, tick, REWARDS, claims, prices[REWARDS])
    spend(state, tick, RECIPIENTS, claims * (prices[RECIPIENTS] > 0), prices[RECIPIENTS])
    spend(state, tick, FRAUD, frauds, prices[FRAUD])
    state.size[s.SPENT] += claims * (prices[REWARDS] + prices[RECIPIENTS])
    state.size[s.SPENT] += frauds * prices[FRAUD]


@jit
def end_of_tick(plan: Plan, state: State, due: Due, tick: int) -> State:
    """What was heard of acts goes into the book; those who followed hear the brand from now on."""
    state = grown(state, 0, 0, 0, 0, due.tasks.shape[0], 0)
    observed = state.relation["observed"]
    for row in range(due.tasks.shape[0]):
        person = due.tasks[row, 2]
        if due.tasks[row, 0] == s.SEEN_ACT and state.low <= person < state.high:
            if observed[person] == 0:
                state.book[state.size[s.BOOKED]] = person
                state.size[s.BOOKED] += 1
            observed[person] = min(np.int64(observed[person]) + 1, 65_535)
    state.size[s.HEARERS] = state.size[s.FOLLOWERS]
    for room in range(due.talk.size):
        state.chatter[room] = talk_in(plan, state, due, room)
    # Read in this tick, written again in the next.
    state.talk[tick & 1] = 0
    return state
