"""Whom the brand answered and paid; with them a tick ends."""

from __future__ import annotations

import numpy as np

from .. import ledger
from .. import state as s
from ..agenda import Due
from ..jit import jit
from ..ledger import FRAUD, RECIPIENTS, REWARDS
from ..plan import Plan
from ..stages.relate import raised
from ..stages.reward import Paid
from ..stages.serve import Served
from ..state import State
from ..wave import Wave
from .room import count, grown, spend
from .silence import apply_silence


@jit
def apply_service(
    plan: Plan, state: State, due: Due, wave: Wave, served: Served, tick: int
) -> None:
    """Write complaints mended, replies and thanks, and what they leave behind."""
    complain, tasks = plan.complain, due.tasks
    trust, bond, role = state.crowd["trust"], state.crowd["bond"], state.crowd["role"]
    counts, steps, people = state.counts, state.crowd["steps"], state.people
    for row in served.mended:
        message, person = tasks[row, 1], tasks[row, 2]
        if not state.low <= person < state.high:
            continue
        same = state.relation["wrongs"][person] == tasks[row, 3]
        in_time = same and state.relation["open"][person] == message - complain.first + 1
        _contact(plan, state, person, tick)
        if in_time:
            state.relation["open"][person] = 0
            trust[person] = raised(np.float64(trust[person]), complain.loss)
            bond[person] = raised(np.float64(bond[person]), complain.recovery)
            state.series[tick, s.MENDED_IN_TIME] += 1
            count(
                counts, steps, people, s.MENDED, message, person,
                role[person], 0, True, True,
            )  # fmt: skip
        spend(state, tick, ledger.SERVICE, 1, plan.pay.prices[ledger.SERVICE])
    for row in served.replied:
        person = tasks[row, 2]
        if state.low <= person < state.high:
            _contact(plan, state, person, tick)
            state.series[tick, s.GIVEN_REPLIES] += 1
            spend(state, tick, ledger.REPLIES, 1, plan.pay.prices[ledger.REPLIES])
    for k in served.thanked:
        person = wave.person[k]
        if state.low <= person < state.high:
            _contact(plan, state, person, tick)
            count(
                counts, steps, people, s.THANKED, wave.message[k], person,
                role[person], wave.hop[k] - 1, True, True,
            )  # fmt: skip
            state.series[tick, s.GIVEN_THANKS] += 1
            spend(state, tick, ledger.THANKS, 1, plan.pay.prices[ledger.THANKS])


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
def end_of_tick(state: State, due: Due, tick: int) -> State:
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
    # Read at the beginning of this tick, written again in the next.
    state.talk[tick & 1] = 0
    return state
