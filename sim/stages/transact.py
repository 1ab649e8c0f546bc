"""Transact: click, find the brand, convert (source 000).

    logit P(click)   = logit(click) + click_trust * W + click_offer * offer
    P(find)          = 1 - (1 - link * fidelity ** hop) (1 - recall ** hop)
    logit P(convert) = logit(convert) + convert_trust * trust + convert_value * value
                       - convert_price * ln(1 + price / scale) - convert_risk * risk * (1 - trust)

Each time that a person notices the message is a trial of a click; a person clicks at most once on
a message, and the one with the smallest draw among several that succeed in a tick is the one that
the click is owed to. The more often a message was passed on, the harder its source is to find.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import logistic, power, shifted
from ..draws import CLICK, CONVERT, FIND, decision, draw, happens, key_of
from ..jit import jit
from ..plan import Plan, Transacting
from ..state import CLICKED_ON, State
from ..wave import Wave
from ..world import World, identity_of
from .believe import credibility
from .notice import Noticed, sender_identity
from .share import NOT, closeness_of


@jit
def click_probability(transact: Transacting, believed: float, offer: float) -> float:
    """The chance that a person who noticed a message clicks on it."""
    log_odds = transact.click + transact.click_trust * believed + transact.click_offer * offer
    return logistic(log_odds)


@jit
def find_probability(transact: Transacting, fidelity: float, hop: int) -> float:
    """The chance that the brand can still be found after `hop` shares."""
    by_link = transact.link * power(fidelity, hop)
    by_memory = power(transact.recall, hop)
    return shifted(1.0 - (1.0 - by_link) * (1.0 - by_memory), transact.boost_find)


@jit
def convert_probability(transact: Transacting, trust: float, value: float) -> float:
    """The chance of a transaction by a person who found the brand."""
    log_odds = transact.convert + transact.convert_trust * trust + transact.convert_value * value
    return logistic(log_odds - transact.convert_risk * (1.0 - trust))


@jit
def click(
    world: World, plan: Plan, state: State, wave: Wave, noticed: Noticed, message: int
) -> NDArray[np.int32]:
    """For each who noticed, the entry of the wave that they click on, or NOT."""
    transact = plan.transact
    via = np.full(noticed.person.size, NOT, np.int32)
    if transact.click == -np.inf:
        return via
    best = np.empty(noticed.person.size, np.uint64)
    click_key = decision(plan.luck, CLICK, message)
    last = -1
    key = np.uint64(0)
    for row in range(noticed.entry.size):
        at = noticed.who[row]
        if noticed.before[at] & CLICKED_ON:
            continue
        k = noticed.entry[row]
        if k != last:
            key = key_of(click_key, sender_identity(world, wave.person[k]))
            last = k
        i = noticed.person[at]
        bits = draw(key, identity_of(world.identity, i))
        if via[at] != NOT and bits >= best[at]:
            continue
        believed = 0.0
        if transact.click_trust != 0.0:
            believed = credibility(
                plan.believe,
                wave.hop[k],
                closeness_of(world, plan, wave.person[k], i),
                np.float64(state.trust[i]),
                plan.messages.commerciality[message],
            )
        if happens(bits, click_probability(transact, believed, plan.messages.offer[message])):
            via[at] = k
            best[at] = bits
    return via


@jit
def find(
    world: World, plan: Plan, wave: Wave, noticed: Noticed, clicked: NDArray[np.int32], message: int
) -> NDArray[np.bool_]:
    """Whether each who clicked finds the brand."""
    found = np.zeros(clicked.size, np.bool_)
    key = decision(plan.luck, FIND, message)
    for at in range(clicked.size):
        if clicked[at] != NOT:
            fidelity = plan.messages.fidelity[message]
            chance = find_probability(plan.transact, fidelity, wave.hop[clicked[at]])
            bits = draw(key, identity_of(world.identity, noticed.person[at]))
            found[at] = happens(bits, chance)
    return found


@jit
def convert(
    world: World, plan: Plan, state: State, noticed: Noticed, found: NDArray[np.bool_], message: int
) -> NDArray[np.bool_]:
    """Whether each who found the brand buys, registers, or whatever the transaction is."""
    converted = np.zeros(found.size, np.bool_)
    key = decision(plan.luck, CONVERT, message)
    for at in range(found.size):
        if found[at]:
            i = noticed.person[at]
            trust = np.float64(state.trust[i])
            chance = convert_probability(plan.transact, trust, plan.messages.value[message])
            converted[at] = happens(draw(key, identity_of(world.identity, i)), chance)
    return converted
