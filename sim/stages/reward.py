"""Reward: what is paid for in a tick, out of what is left of the budget (000, 002, 004).

Paid is each share when it is posted, or each visit or transaction that a share brought, one tick
later. Where the budget does not pay for all, it pays for those with the smallest draws. In paying
for visits and transactions a share of people also refer an account of their own; unless that is
found out, the brand pays for it as for any other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due
from ..draws import AUDIT, FRAUD, PAY, draw, happens, key_of
from ..jit import jit
from ..ledger import DRAW, SHARE
from ..ordering import order_by
from ..plan import OWN, Plan, about
from ..state import CLAIM
from ..wave import Wave
from ..world import World, identity_of


class Paid(NamedTuple):
    """Who is paid in a tick, a row each, and how often for an account of their own."""

    person: NDArray[np.int32]
    fraud: NDArray[np.int64]


@jit
def reward(world: World, plan: Plan, due: Due, wave: Wave) -> Paid:
    """Who is paid."""
    pay = plan.pay
    unit = pay.reward + pay.recipient
    none = Paid(np.empty(0, np.int32), np.empty(0, np.int64))
    if unit == 0 or pay.event == DRAW:
        return none
    claimant, message, other = _claims(plan, due, wave)
    left = max(pay.budget - due.spent, 0) // unit
    paid = np.zeros(claimant.size, np.bool_)
    fraud = np.zeros(claimant.size, np.int64)
    order = np.arange(claimant.size)
    if left < 2 * claimant.size:
        order = _by_luck(world, plan, claimant, message, other)
    for row in order:
        if left == 0:
            break
        left -= 1
        paid[row] = True
        if left > 0 and _refers_themselves(world, plan, claimant[row], message[row], other[row]):
            left -= 1
            fraud[row] = 1
    return Paid(claimant[paid], fraud[paid])


@jit
def _by_luck(
    world: World,
    plan: Plan,
    claimant: NDArray[np.int32],
    message: NDArray[np.int32],
    other: NDArray[np.int32],
) -> NDArray[np.int64]:
    """The claims in the order in which a short budget pays for them."""
    luck = np.empty(claimant.size, np.uint64)
    for row in range(claimant.size):
        key = about(plan, PAY, message[row])
        if other[row] >= 0:
            key = key_of(key, identity_of(world.identity, other[row]))
        luck[row] = draw(key, identity_of(world.identity, claimant[row]))
    return order_by(luck)


@jit
def _claims(
    plan: Plan, due: Due, wave: Wave
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Who has a claim, about which message, and for whom they brought (-1: the share itself)."""
    room = max(wave.person.size, due.tasks.shape[0])
    claimant = np.empty(room, np.int32)
    message = np.empty(room, np.int32)
    other = np.empty(room, np.int32)
    rows = 0
    if plan.pay.event == SHARE:
        for k in range(wave.person.size):
            if wave.person[k] >= 0 and plan.messages["kind"][wave.message[k]] <= OWN:
                claimant[rows], message[rows], other[rows] = wave.person[k], wave.message[k], -1
                rows += 1
    else:
        for row in range(due.tasks.shape[0]):
            if due.tasks[row, 0] == CLAIM:
                claimant[rows], message[rows] = due.tasks[row, 2], due.tasks[row, 1]
                other[rows] = due.tasks[row, 3]
                rows += 1
    return claimant[:rows], message[:rows], other[:rows]


@jit
def _refers_themselves(world: World, plan: Plan, person: int, message: int, other: int) -> bool:
    """Whether a claimant refers an account of their own too, and nobody finds out."""
    if other < 0 or plan.pay.fraud == 0.0:
        return False
    name = identity_of(world.identity, person)
    if not happens(draw(key_of(plan.luck, FRAUD), name), plan.pay.fraud):
        return False
    key = key_of(about(plan, AUDIT, message), identity_of(world.identity, other))
    return not happens(draw(key, name), plan.pay.audit)
