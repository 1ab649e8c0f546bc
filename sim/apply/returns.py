"""Who came back, and what they bought."""

from __future__ import annotations

from typing import Final

import numpy as np

from .. import ledger
from .. import state as s
from ..agenda import Due
from ..draws import DELAY, draw, key_of
from ..jit import jit
from ..ledger import CONVERSION
from ..plan import Plan, about
from ..sources import CONVERSIONS, REPEATS, VISITS
from ..stages.complain import FINE
from ..stages.delay import exponential_delay
from ..stages.revisit import ANOTHER, BOUGHT, MORE, Revisits
from ..stages.transact import segment_of
from ..state import State
from ..world import World, identity_of
from .room import channel_of, count, grown, offered_to, schedule, spend
from .source import count_source, source_of
from .wrong import went_wrong

# Ticks beyond any horizon.
LONG: Final = 1e9


@jit
def when_back(world: World, plan: Plan, message: int, person: int, occasion: int, tick: int) -> int:
    """The tick in which somebody may come back."""
    key = key_of(about(plan, DELAY, message), np.uint64(occasion + 1))
    bits = draw(key, identity_of(world.identity, person))
    return tick + 1 + np.int64(min(exponential_delay(bits, plan.returns.interval), LONG))


@jit
def apply_returns(
    world: World, plan: Plan, state: State, due: Due, revisits: Revisits, tick: int
) -> State:
    """Write the visits and purchases of those who came back."""
    rows = revisits.row.size
    state = grown(state, 0, rows, 0, 0, 4 * rows, 0)
    series, visits = state.series[tick], state.relation["visits"]
    brought, account_source = state.sources[tick], plan.accounts["source"]
    for k in range(rows):
        task, what = due.tasks[revisits.row[k]], revisits.what[k]
        kind, message, i, sender, hop = task[0], task[1], task[2], task[3], task[4]
        visits[i] = min(np.int64(visits[i]) + 1, 65_535)
        series[s.RETURNS] += 1
        own = plan.messages[message]["channel"]
        on = plan.messages[message]["channels"] & state.crowd["channels"][i]
        channel = min(channel_of(on, own), state.traffic.shape[0] - 1)
        state.traffic[channel, 1] += 1
        source = source_of(account_source, sender, channel)
        count_source(brought, source, VISITS)
        count(
            state.counts, state.crowd["steps"], state.people, s.RETURNED, message, i,
            state.crowd["role"][i], hop, visits[i] == 1, True,
        )  # fmt: skip
        if not what & BOUGHT:
            continue
        mine, cheaper, offered = segment_of(world.segment, i), np.int64(0), np.int64(0)
        if plan.segmented.priced:
            series[len(s.SERIES) + mine] += 1
        if kind == s.BUYER:
            series[s.REPEATS] += 1
            count_source(brought, source, REPEATS)
            series[s.UPSELLS] += (what & MORE) != 0
            series[s.CROSS_SELLS] += (what & ANOTHER) != 0
        else:
            entry = state.buyers[state.size[s.BUYERS]]
            state.size[s.BUYERS] += 1
            entry["message"], entry["person"], entry["tick"] = message, i, tick
            entry["sender"], entry["hop"] = sender, hop
            series[s.CONVERSIONS] += 1
            state.traffic[channel, 2] += 1
            count_source(brought, source, CONVERSIONS)
            count(
                state.counts, state.crowd["steps"], state.people, s.CONVERTED, message, i,
                state.crowd["role"][i], hop, True, True,
            )  # fmt: skip
            rewarded = plan.pay.reward + plan.pay.recipient > 0 and sender >= 0
            if rewarded and plan.pay.event == CONVERSION:
                schedule(state, s.CLAIM, message, sender, i, hop, tick + 1)
            if hop > 0:
                cheaper = plan.segmented.discount[mine]
                spend(state, tick, ledger.DISCOUNTS, np.int64(cheaper > 0), cheaper)
            offered = offered_to(plan, message, mine, plan.segmented.refund[mine] - cheaper)
            if offered > 0:
                spend(state, tick, ledger.OFFERS, 1, offered)
        if plan.returns.repeat > -np.inf:
            later = when_back(world, plan, message, i, visits[i], tick)
            schedule(state, s.BUYER, message, i, sender, hop, later)
        # Somebody may come back twice in a tick: one thing at a time.
        if revisits.about[k] != FINE and state.relation["open"][i] == 0:
            bought_at = 0 if kind == s.BUYER else hop
            paid = plan.segmented.refund[mine] - cheaper - offered
            went_wrong(plan, state, revisits.about[k], revisits.heard[k], i, bought_at, paid, tick)
    return state
