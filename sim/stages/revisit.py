"""Revisit: visitors and buyers who come back (001: returning visitors; 003: buyer frequency).

    logit P(return) = logit(visit or repeat) + bond_weight * bond

A visitor who left an address may buy now, with the chance of any visitor, unless they have bought
meanwhile what the campaign offers (`transact.once`); a buyer who comes back
buys again, perhaps more (upsell), perhaps something else too (cross-sell). What is bought may go
wrong as at first (`complain`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due, on_offer, rush
from ..arithmetic import logistic
from ..draws import BUY_AGAIN, HEARD, LEAD, RETURN, WRONG, draw, happens, key_of, mix
from ..jit import inline, jit
from ..plan import Plan, Returning, about
from ..state import BUYER, CONVERTED, LISTS, VISITOR, WARNED, State
from ..world import STRANGER, World, identity_of
from .complain import FINE, goes_wrong
from .notice import Noticed
from .transact import convert_probability, segment_of, terms

CAME = np.uint8(1)
BOUGHT = np.uint8(2)
MORE = np.uint8(4)
ANOTHER = np.uint8(8)


@inline
def return_probability(returns: Returning, buyer: bool, bond: float) -> float:
    """The chance that a buyer, or a visitor who left an address, comes back."""
    return logistic((returns.repeat if buyer else returns.visit) + returns.bond * bond)


@inline
def again(plan: Plan, what: np.uint64, message: int, occasion: np.uint64) -> np.uint64:
    """The key of a decision that is taken again at each visit."""
    return key_of(about(plan, what, message), occasion)


class Revisits(NamedTuple):
    """Who came back, a value each.

    Attributes
    ----------
    row
        Rows of the tasks that are due.
    what
        What it came to: CAME, BOUGHT, MORE, ANOTHER.
    about, heard
        The topic about which they have to complain, or FINE; whether the brand hears of it.
    """

    row: NDArray[np.int64]
    what: NDArray[np.uint8]
    about: NDArray[np.int32]
    heard: NDArray[np.bool_]


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
    key = about(plan, LEAD, message)
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
    wrong = np.full(tasks.shape[0], FINE, np.int32)
    heard = np.zeros(tasks.shape[0], np.bool_)
    complain, waiting = plan.complain, state.relation["open"]
    transact = terms(plan, on_offer(plan, due))
    segment, added = world.segment, plan.segmented.convert
    friend = plan.segmented.convert_friend
    steps, once = state.crowd["steps"], np.uint16(transact.once << CONVERTED)
    # Who left two addresses may come back twice in a tick, and buys at the first.
    mark = state.crowd["mark"]
    state.size[LISTS] += 1
    stamp = np.int32(state.size[LISTS])
    hurry = rush(plan, due)
    count = 0
    for row in range(tasks.shape[0]):
        kind, message, i = tasks[row, 0], tasks[row, 1], tasks[row, 2]
        if (kind != VISITOR and kind != BUYER) or not state.low <= i < state.high:
            continue
        occasion = np.uint64(state.relation["visits"][i])
        name = identity_of(world.identity, i)
        chance = return_probability(returns, kind == BUYER, np.float64(state.crowd["bond"][i]))
        if not happens(draw(again(plan, RETURN, message, occasion), name), chance):
            continue
        done = CAME
        bits = draw(again(plan, BUY_AGAIN, message, occasion), name)
        if kind == BUYER:
            done |= BOUGHT
            done |= MORE if happens(bits, returns.upsell) else np.uint8(0)
            done |= ANOTHER if happens(mix(bits), returns.cross_sell) else np.uint8(0)
        else:
            mine = segment_of(segment, i)
            chance = convert_probability(
                transact,
                np.float64(state.crowd["trust"][i]),
                plan.messages["value"][message],
                np.float64(state.relation["given"][i]),
                np.float64(state.relation["flags"][i] & WARNED != 0),
                tasks[row, 4],
                hurry + (added[mine] if tasks[row, 4] == 0 else friend[mine]),
            )
            # What is for followers alone, strangers cannot have.
            barred = plan.messages["exclusive"][message] and role[i] == STRANGER
            had = transact.once and (steps[i] & once != 0 or mark[i] == stamp)
            if happens(bits, chance) and not barred and not had:
                done |= BOUGHT
                mark[i] = stamp
        rows[count], what[count] = row, done
        if done & BOUGHT and complain.rate > 0.0 and waiting[i] == 0:
            bits = draw(again(plan, WRONG, message, occasion), name)
            wrong[count] = goes_wrong(bits, complain.rate, complain.topics)
            bits = draw(again(plan, HEARD, message, occasion), name)
            heard[count] = wrong[count] != FINE and happens(bits, complain.detection)
        count += 1
    return Revisits(rows[:count], what[:count], wrong[:count], heard[:count])
