"""Revisit: visitors and buyers who come back (001: returning visitors; 003: buyer frequency).

    logit P(return) = logit(visit or repeat) + bond_weight * bond

A visitor who left an address may buy now, with the chance of any visitor; a buyer who comes back
buys again, perhaps more (upsell), perhaps something else too (cross-sell).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due
from ..arithmetic import logistic
from ..draws import BUY_AGAIN, LEAD, RETURN, decision, draw, happens, key_of, mix
from ..jit import inline, jit
from ..plan import Plan, Returning
from ..state import BUYER, VISITOR, State
from ..world import STRANGER, World, identity_of
from .notice import Noticed
from .transact import convert_probability

CAME = np.uint8(1)
BOUGHT = np.uint8(2)
MORE = np.uint8(4)
ANOTHER = np.uint8(8)


@inline
def return_probability(returns: Returning, buyer: bool, bond: float) -> float:
    """The chance that a buyer, or a visitor who left an address, comes back."""
    return logistic((returns.repeat if buyer else returns.visit) + returns.bond * bond)


class Revisits(NamedTuple):
    """Rows of the tasks that are due, and what each came to: CAME, BOUGHT, MORE, ANOTHER."""

    row: NDArray[np.int64]
    what: NDArray[np.uint8]


@jit
def lead(
    world: World,
    plan: Plan,
    noticed: Noticed,
    found: NDArray[np.bool_],
    converted: NDArray[np.bool_],
    message: int,
) -> NDArray[np.bool_]:
    """Whether each who found the brand and did not buy leaves an address."""
    leads = np.zeros(found.size, np.bool_)
    if plan.returns.lead == 0.0:
        return leads
    key = decision(plan.luck, LEAD, message)
    for at in range(found.size):
        if found[at] and not converted[at]:
            name = identity_of(world.identity, noticed.person[at])
            leads[at] = happens(draw(key, name), plan.returns.lead)
    return leads


@jit
def revisit(world: World, plan: Plan, state: State, due: Due) -> Revisits:
    """Who of the state's people comes back in this tick, and what they buy."""
    tasks, returns, role = due.tasks, plan.returns, state.crowd["role"]
    rows = np.empty(tasks.shape[0], np.int64)
    what = np.empty(tasks.shape[0], np.uint8)
    count = 0
    for row in range(tasks.shape[0]):
        kind, message, i = tasks[row, 0], tasks[row, 1], tasks[row, 2]
        if (kind != VISITOR and kind != BUYER) or not state.low <= i < state.high:
            continue
        occasion = np.uint64(state.relation["visits"][i])
        name = identity_of(world.identity, i)
        chance = return_probability(returns, kind == BUYER, np.float64(state.crowd["bond"][i]))
        key = key_of(decision(plan.luck, RETURN, message), occasion)
        if not happens(draw(key, name), chance):
            continue
        done = CAME
        bits = draw(key_of(decision(plan.luck, BUY_AGAIN, message), occasion), name)
        if kind == BUYER:
            done |= BOUGHT
            done |= MORE if happens(bits, returns.upsell) else np.uint8(0)
            done |= ANOTHER if happens(mix(bits), returns.cross_sell) else np.uint8(0)
        else:
            chance = convert_probability(
                plan.transact,
                np.float64(state.crowd["trust"][i]),
                plan.messages["value"][message],
                np.float64(state.relation["given"][i]),
                tasks[row, 4],
            )
            # What is for followers alone, strangers cannot have.
            barred = plan.messages["exclusive"][message] and role[i] == STRANGER
            done |= BOUGHT if happens(bits, chance) and not barred else np.uint8(0)
        rows[count], what[count] = row, done
        count += 1
    return Revisits(rows[:count], what[:count])
