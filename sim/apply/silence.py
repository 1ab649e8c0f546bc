"""What silence leaves of trust and bond: reckoned with when the brand is heard of again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..jit import jit
from ..plan import Plan
from ..prefetch import AHEAD, prefetch
from ..stages.relate import faded
from ..state import State


@jit
def apply_silence(plan: Plan, state: State, people: NDArray[np.int32], tick: int) -> None:
    """Let trust and bond of these people fade up to a tick."""
    relate = plan.relate
    if not relate.fades:
        return
    trust, bond, touched = state.crowd["trust"], state.crowd["bond"], state.relation["touched"]
    trust_left, bond_left = relate.trust_left, relate.bond_left
    prior = relate.prior
    for at in range(people.size):
        if at + AHEAD < people.size:
            prefetch(touched, people[at + AHEAD])
            prefetch(trust, people[at + AHEAD])
        i = people[at]
        ticks = tick - touched[i]
        if ticks > 0:
            trust[i] = faded(np.float64(trust[i]), prior, trust_left[ticks])
            bond[i] = faded(np.float64(bond[i]), 0.0, bond_left[ticks])
            touched[i] = tick


@jit
def settled(plan: Plan, state: State, tick: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Everybody's trust and bond at a tick, silence reckoned with; nothing is written."""
    trust, bond = state.crowd["trust"].copy(), state.crowd["bond"].copy()
    relate, touched = plan.relate, state.relation["touched"]
    if relate.fades:
        for i in range(trust.size):
            ticks = tick - touched[i]
            if ticks > 0:
                trust[i] = faded(np.float64(trust[i]), relate.prior, relate.trust_left[ticks])
                bond[i] = faded(np.float64(bond[i]), 0.0, relate.bond_left[ticks])
    return trust, bond
