"""What a message does to the relation of those who notice it: trust, bond, what was given."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import ledger
from .. import state as s
from ..draws import REFUND, draw, happens, key_of, mix
from ..jit import jit
from ..plan import OWN, Plan, about
from ..prefetch import AHEAD, prefetch
from ..stages.notice import Noticed
from ..stages.relate import harmed, pressed, raised, remembered, talked_at
from ..state import State
from ..world import World, identity_of
from .membership import leaves
from .room import count, spend

# In place of the hop at which a person noticed first in a tick: not at all.
UNSEEN = 255


@jit
def apply_relation(
    plan: Plan,
    state: State,
    noticed: Noticed,
    first_hop: NDArray[np.uint8],
    message: int,
    tick: int,
) -> None:
    """What a message of the brand does to the relation of those who notice it first now."""
    relate, messages = plan.relate, plan.messages
    commerciality, dialogue = messages["commerciality"][message], messages["dialogue"][message]
    value, disclosed = messages["value"][message], messages["disclosed"][message]
    offers = messages["offer"][message] > 0.0
    person, before = noticed.person, noticed.before
    given, helped, flags = (
        state.relation["given"],
        state.relation["helped"],
        state.relation["flags"],
    )
    trust, bond = state.crowd["trust"], state.crowd["bond"]
    seen = 0
    spoken = messages["kind"][message] == OWN
    for at in range(person.size):
        if at + AHEAD < person.size:
            prefetch(given, person[at + AHEAD])
        if before[at] & s.SAW or (spoken and noticed.asked[at]):
            continue
        i = person[at]
        if offers:
            seen += flags[i] & s.OFFER_SEEN == 0
            flags[i] |= s.OFFER_SEEN
        if not relate.on:
            continue
        if first_hop[at] == 0 or first_hop[at] == UNSEEN:
            had = np.float64(given[i])
            faith = pressed(np.float64(trust[i]), relate.pressure, commerciality, had)
            trust[i] = talked_at(faith, relate.monologue, dialogue)
            given[i] = remembered(had, relate.memory, value)
        else:
            helped[i] = remembered(np.float64(helped[i]), relate.memory, value)
        bond[i] = raised(np.float64(bond[i]), disclosed)
    state.series[tick, s.OFFERS_SEEN] += seen


@jit
def apply_complaints(
    world: World, plan: Plan, state: State, noticed: Noticed, message: int, tick: int
) -> None:
    """Those whose patience is at an end; and what their complaint does to who notices it."""
    complain = plan.complain
    key = about(plan, REFUND, message)
    for at in range(noticed.person.size):
        i = noticed.person[at]
        if noticed.asked[at]:
            state.relation["open"][i] = 0
            # Who told everybody once is heard no second time about the same.
            if not noticed.before[at] & s.PASSED_ON:
                state.series[tick, s.COMPLAINTS] += 1
                count(
                    state.counts, state.crowd["steps"], state.people, s.COMPLAINED, message, i,
                    state.crowd["role"][i], 0, True, True,
                )  # fmt: skip
            occasion = np.uint64(state.relation["wrongs"][i])
            bits = draw(key_of(key, occasion), identity_of(world.identity, i))
            if happens(bits, complain.refund):
                state.series[tick, s.REFUNDED] += 1
                spend(state, tick, ledger.REFUNDS, 1, state.owed[i])
            if happens(mix(bits), complain.churn):
                leaves(world, state, i, tick)
        elif not noticed.before[at] & s.SAW:
            state.crowd["trust"][i] = harmed(np.float64(state.crowd["trust"][i]), complain.harm)
            state.relation["flags"][i] |= s.WARNED
