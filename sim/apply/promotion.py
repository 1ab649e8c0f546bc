"""Who was approached, nurtured and empowered in a round of the advocacy programme."""

from __future__ import annotations

import numpy as np

from .. import ledger
from .. import state as s
from ..agenda import is_round
from ..jit import jit
from ..plan import Plan
from ..stages.promote import Promoted
from ..stages.relate import raised
from ..state import State
from ..world import ADVOCATE, STRANGER
from .room import climb, grown, spend
from .silence import apply_silence


@jit
def apply_promotion(plan: Plan, state: State, promoted: Promoted, tick: int) -> State:
    """Write a round: those activated before are nurtured and empowered, then others activated."""
    if not is_round(plan, tick):
        return state
    promote, prices, nurture = plan.promote, plan.pay.prices, promoted.nurture
    approached = promoted.approached.size
    state = grown(state, 0, 0, 0, 0, 0, 2 * (approached + state.size[s.ACTIVE]))
    series, active = state.series[tick], state.active[: state.size[s.ACTIVE]]
    apply_silence(plan, state, active, tick)
    kept = 0
    for at in range(active.size):
        i = active[at]
        # Who left, even to come back since, or is an advocate already, is not nurtured any more.
        if state.relation["rung"][i] == s.NO_RUNG or state.crowd["role"][i] == ADVOCATE:
            continue
        active[kept] = i
        kept += 1
        if nurture > 0.0:
            state.crowd["bond"][i] = raised(np.float64(state.crowd["bond"][i]), nurture)
            spend(state, tick, ledger.NURTURE, 1, prices[ledger.NURTURE])
            series[s.NURTURED] += state.relation["rung"][i] == s.ACTIVATED_RUNG
            climb(state, i, s.NURTURED_RUNG, tick)
        if promote.empower and state.crowd["bond"][i] >= np.float32(promote.bond):
            state.crowd["role"][i] = ADVOCATE
            series[s.NEW_ADVOCATES] += 1
            climb(state, i, s.ADVOCATE_RUNG, tick)
    state.size[s.ACTIVE] = kept
    for at in range(approached):
        i = promoted.approached[at]
        # Who left in this very tick is not approached any more.
        if state.crowd["role"][i] == STRANGER:
            continue
        spend(state, tick, ledger.OUTREACH, 1, prices[ledger.OUTREACH])
        series[s.IDENTIFIED] += 1
        climb(state, i, s.APPROACHED, tick)
        if promoted.accepts[at]:
            state.active[state.size[s.ACTIVE]] = i
            state.size[s.ACTIVE] += 1
            series[s.ACTIVATED] += 1
            climb(state, i, s.ACTIVATED_RUNG, tick)
    return state
