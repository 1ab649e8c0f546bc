"""What arrived in feeds, and what posting cost."""

from __future__ import annotations

import numpy as np

from .. import ledger
from .. import state as s
from ..exposures import Exposures
from ..jit import jit
from ..plan import AD, COMPLAINT, OWN, RIVAL, Plan
from ..sources import BOUGHT, PAID, PRODUCTION
from ..stages.start import Started
from ..state import State
from ..wave import BRAND, OUTLET, Wave
from ..world import World
from .room import spend


@jit
def apply_arrivals(
    world: World,
    plan: Plan,
    state: State,
    wave: Wave,
    exposures: Exposures,
    started: Started,
    tick: int,
) -> None:
    """Write how many posts arrived, at how many people for the first time, and what they cost."""
    counts, hops, last, entries = state.counts, wave.hop, s.HOPS - 1, exposures.entry
    series = state.series[tick]
    messages, start = wave.start.size - 1, exposures.start
    arrived = np.zeros(messages, np.int64)
    for slot in range(start.size - 1):
        message = slot % messages
        for row in range(start[slot], start[slot + 1]):
            counts[message, s.EXPOSED, 0, min(hops[entries[row]], last), 0] += 1
        arrived[message] += start[slot + 1] - start[slot]
    for message in range(messages):
        # What one begins to pass on, asked or of one's own accord, lies before one too.
        begun = started.start[message + 1] - started.start[message]
        counts[message, s.EXPOSED, 0, 0, 0] += begun
        kind, lay = plan.messages["kind"][message], arrived[message] + begun
        if kind <= OWN:
            series[s.IMPRESSIONS] += lay
        if kind == COMPLAINT:
            series[s.NEGATIVE_IMPRESSIONS] += lay
        if kind == RIVAL:
            series[s.RIVAL_IMPRESSIONS] += lay
    state.people[s.EXPOSED] += exposures.new
    # What asking cost, each person by who hears them.
    spend(state, tick, ledger.SEEDING, started.paid, 0)
    state.ledger[tick, ledger.SEEDING]["money"] += started.money
    if state.low == 0:
        _pay_for_posts(world, plan, state, wave, tick)


@jit
def _pay_for_posts(world: World, plan: Plan, state: State, wave: Wave, tick: int) -> None:
    """Write what posts, placements, ads, access and tools cost, and which outlets mention it."""
    prices, accounts, making = plan.pay.prices, plan.accounts, plan.messages["making"]
    shares = 0
    if tick == 0 and plan.pay.tools > 0:
        spend(state, tick, ledger.TOOLS, 1, plan.pay.tools)
    # Rounded over the whole time: a tick may cost less than a millionth.
    kept = np.int64((tick + 1) * plan.pay.upkeep + 0.5) - np.int64(tick * plan.pay.upkeep + 0.5)
    if kept > 0:
        spend(state, tick, ledger.TOOLS, 1, kept)
    for k in range(wave.person.size):
        message, sender = wave.message[k], wave.person[k]
        kind = plan.messages["kind"][message]
        shares += sender >= 0 and kind <= OWN
        if sender >= 0 or kind == RIVAL:
            continue
        if sender == BRAND:
            spend(state, tick, ledger.POSTS, 1, making[message])
            # Every outlet is asked, whatever it answers.
            if prices[ledger.PITCHES] > 0:
                spend(state, tick, ledger.PITCHES, plan.outlets, prices[ledger.PITCHES])
            continue
        account = OUTLET - sender
        # An account that nobody buys from has no source.
        source = accounts["source"][account]
        if kind == AD:
            # A flight is paid for once in a tick, however often it can be shown.
            if wave.showing[k] > 0:
                continue
            audience = world.outlet_offsets[account + 1] - world.outlet_offsets[account]
            # Rounded over the whole audience: a head may cost less than a millionth.
            cost = np.int64(audience * accounts["rate"][account] + 0.5)
            bought = np.int64(audience * accounts["shown"][account] + 0.5)
            spend(state, tick, ledger.ADS, bought, 0)
            state.ledger[tick, ledger.ADS]["money"] += cost
            state.sources[tick, source, BOUGHT] += bought
            state.sources[tick, source, PAID] += cost
            if tick == accounts["first"][account]:
                spend(state, tick, ledger.PRODUCTION, 1, accounts["production"][account])
                state.sources[tick, source, PRODUCTION] += accounts["production"][account]
        elif account < plan.outlets:
            spend(state, tick, ledger.PLACEMENTS, 1, accounts["fee"][account])
            state.sources[tick, source, BOUGHT] += 1
            state.sources[tick, source, PAID] += accounts["fee"][account]
            state.placed[account] += 1
            state.series[tick, s.MEDIA_MENTIONS] += accounts["fee"][account] == 0
    if prices[ledger.ACCESS] > 0:
        spend(state, tick, ledger.ACCESS, shares, prices[ledger.ACCESS])
