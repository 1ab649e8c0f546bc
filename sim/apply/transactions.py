"""Clicks on a message, and what came of them: visits, addresses, purchases, claims."""

from __future__ import annotations

import numpy as np

from .. import ledger
from .. import state as s
from ..jit import jit
from ..ledger import CONVERSION, REFERRAL
from ..plan import Plan
from ..sources import CLICKS, CONVERSIONS, VISITS
from ..stages.complain import FINE
from ..stages.notice import Noticed
from ..stages.share import NOT
from ..stages.transact import segment_of
from ..state import State
from ..wave import Wave
from ..world import STRANGER, World
from .decided import Decided
from .returns import when_back
from .room import channel_of, count, offered_to, schedule, spend
from .source import count_source, source_of
from .wrong import went_wrong


@jit
def apply_transactions(
    world: World,
    plan: Plan,
    state: State,
    wave: Wave,
    noticed: Noticed,
    decided: Decided,
    message: int,
    tick: int,
) -> None:
    """Write the clicks of all who noticed a message in a tick, and what came of them."""
    clicked, found, converted = decided.clicked, decided.found, decided.converted
    leads, about, heard = decided.leads, decided.about, decided.heard
    names, hops, poster, posted_on = noticed.person, wave.hop, wave.person, wave.channels
    role, steps, on = state.crowd["role"], state.crowd["steps"], state.crowd["channels"]
    counts, taken, traffic, size = state.counts, state.people, state.traffic, state.size
    flags, log = state.relation["flags"], state.buyers
    own_channel, last = plan.messages["channel"][message], traffic.shape[0] - 1
    pay, follows = plan.pay, decided.follows
    exclusive = plan.messages["exclusive"][message]
    segment, discount, rewarding = (
        world.segment,
        plan.segmented.discount,
        pay.reward + pay.recipient > 0,
    )
    clicks, finds, addresses, sales = 0, 0, 0, 0
    series, priced = state.series[tick], plan.segmented.priced
    brought, account_source = state.sources[tick], plan.accounts["source"]
    refund = plan.segmented.refund
    for at in range(clicked.size):
        k = clicked[at]
        if k == NOT:
            continue
        person, hop, sender = names[at], hops[k], poster[k]
        now, channel = role[person], channel_of(posted_on[k] & on[person], own_channel)
        channel = min(channel, last)
        count(counts, steps, taken, s.CLICKED, message, person, now, hop, True, True)
        clicks += 1
        traffic[channel, 0] += 1
        source = source_of(account_source, sender, channel)
        count_source(brought, source, CLICKS)
        if not found[at]:
            continue
        count(counts, steps, taken, s.FOUND, message, person, now, hop, True, True)
        finds += 1
        traffic[channel, 1] += 1
        count_source(brought, source, VISITS)
        rewarded = rewarding and sender >= 0
        if rewarded and pay.event == REFERRAL:
            schedule(state, s.CLAIM, message, sender, person, hop, tick + 1)
        # What is for followers alone, who follows for it comes back for.
        barred = exclusive and now == STRANGER and follows[at]
        if leads[at] or barred:
            addresses += leads[at]
            flags[person] |= s.LEFT_ADDRESS * np.uint8(leads[at])
            later = when_back(world, plan, message, person, 0, tick)
            schedule(state, s.VISITOR, message, person, sender, hop, later)
        if not converted[at]:
            continue
        entry = log[size[s.BUYERS]]
        size[s.BUYERS] += 1
        entry["message"], entry["person"], entry["tick"] = message, person, tick
        entry["sender"], entry["hop"] = sender, hop
        count(counts, steps, taken, s.CONVERTED, message, person, now, hop, True, True)
        sales += 1
        traffic[channel, 2] += 1
        count_source(brought, source, CONVERSIONS)
        if rewarded and pay.event == CONVERSION:
            schedule(state, s.CLAIM, message, sender, person, hop, tick + 1)
        mine = segment_of(segment, person)
        cheaper = discount[mine] if hop > 0 else 0
        if cheaper > 0:
            spend(state, tick, ledger.DISCOUNTS, 1, cheaper)
        offered = offered_to(plan, message, mine, refund[mine] - cheaper)
        if offered > 0:
            spend(state, tick, ledger.OFFERS, 1, offered)
        if priced:
            series[len(s.SERIES) + mine] += 1
        if plan.returns.repeat > -np.inf:
            later = when_back(world, plan, message, person, 0, tick)
            schedule(state, s.BUYER, message, person, sender, hop, later)
        if about[at] != FINE:
            paid = refund[mine] - cheaper - offered
            went_wrong(plan, state, about[at], heard[at], person, hop, paid, tick)
    series[s.CLICKS] += clicks
    series[s.FINDS] += finds
    series[s.LEADS] += addresses
    series[s.CONVERSIONS] += sales
