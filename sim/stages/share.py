"""Share: why would anyone take the trouble to pass it on? (source 000)

A random-utility logit (McFadden 1974), a term for each reason:

    logit P = logit(base[role]) + contagiousness + susceptibility + topic * fit + trust * W
              + reward * affinity * u(reward) + status * spotlight + reciprocity * bond
              + doses * ln(doses) - image * u(reward) - fatigue * ln(1 + earlier) - effort

with every weight at zero the independent cascade with probability base[role]. Each time that a
person notices the message is a trial of its own; where several succeed in one tick, the one with
the smallest draw is the one that the person had it from. A person passes it on at most once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import logistic
from ..draws import SHARE, decision, draw, happens, key_of, uniform
from ..jit import jit
from ..plan import POSTS, Messages, Plan, Sharing
from ..state import PASSED_ON, State
from ..wave import Wave
from ..world import World, identity_of
from .believe import credibility
from .notice import Noticed, sender_identity

# What stands in place of an entry of the wave: nobody, or the brand that asked.
NOT: int = -1
ASKED: int = -2


@jit
def topic_fit(interest: float, topic: float) -> float:
    """How near a person's interest is to a topic on the circle of topics: 1 there, -1 opposite."""
    apart = abs(interest - topic)
    return 1.0 - 4.0 * min(apart, 1.0 - apart)


@jit
def message_appeal(messages: Messages, message: int, sharing: Sharing) -> float:
    """The terms of the message alone: contagiousness, spotlight, effort and the image cost."""
    return (
        messages.contagiousness[message]
        + sharing.status * messages.spotlight[message]
        - messages.effort[message]
        - sharing.image
    )


@jit
def share_probability(
    sharing: Sharing,
    appeal: float,
    hop: int,
    role: int,
    susceptibility: float,
    fit: float,
    believed: float,
    affinity: float,
    bond: float,
    doses: int,
    earlier: int,
) -> float:
    """The chance that a person passes on what they noticed.

    Parameters
    ----------
    sharing
        Base log-odds and weights.
    appeal
        The terms of the message (`message_appeal`).
    hop
        The hop at which the person sees it: 0 is a share, 1 or more a re-share.
    role
        0 stranger, 1 fan, 2 advocate.
    susceptibility
        Log-odds of the person.
    fit, believed, affinity, bond
        Fit of interest and topic (-1..1), credibility, reward affinity, bond (0..1).
    doses
        Senders from whom the message was noticed, 1 to 15.
    earlier
        Messages of the brand that the person noticed before.
    """
    log_odds = (sharing.base[role] if hop == 0 else sharing.rebase[role]) + appeal
    log_odds += susceptibility
    if sharing.topic != 0.0:
        log_odds += sharing.topic * fit
    if sharing.trust != 0.0:
        log_odds += sharing.trust * believed
    if sharing.reward != 0.0:
        log_odds += sharing.reward * affinity
    if sharing.reciprocity != 0.0:
        log_odds += sharing.reciprocity * bond
    log_odds += sharing.doses[doses]
    log_odds -= sharing.fatigue[min(earlier, POSTS)]
    return logistic(log_odds)


@jit
def share_delay(bits: np.uint64, mean: float) -> int:
    """Ticks that a share waits beyond the next one: geometric with this mean."""
    if mean <= 0.0:
        return 0
    again = mean / (1.0 + mean)
    ticks, left, luck = 0, again, uniform(bits)
    while luck < left and ticks < 1_000_000:
        ticks += 1
        left *= again
    return ticks


@jit
def share(
    world: World, plan: Plan, state: State, wave: Wave, noticed: Noticed, message: int
) -> NDArray[np.int32]:
    """For each who noticed, the entry of the wave that they pass on, or NOT, or ASKED."""
    sharing = plan.share
    appeal = message_appeal(plan.messages, message, sharing)
    share_key = decision(plan.luck, SHARE, message)
    via = np.full(noticed.person.size, NOT, np.int32)
    best = np.empty(noticed.person.size, np.uint64)
    last = -1
    key = np.uint64(0)
    for row in range(noticed.entry.size):
        at = noticed.who[row]
        if noticed.before[at] & PASSED_ON:
            continue
        k = noticed.entry[row]
        if k != last:
            key = key_of(share_key, sender_identity(world, wave.person[k]))
            last = k
        i = noticed.person[at]
        bits = draw(key, identity_of(world.identity, i))
        if via[at] != NOT and bits >= best[at]:
            continue
        hop = wave.hop[k]
        trust = np.float64(state.trust[i])
        believed = 0.0
        if sharing.trust != 0.0:
            close = closeness_of(world, plan, wave.person[k], i)
            worn = plan.messages.commerciality[message]
            believed = credibility(plan.believe, hop, close, trust, worn)
        chance = share_probability(
            sharing,
            appeal,
            hop,
            state.role[i],
            np.float64(world.susceptibility[i]) if world.susceptibility.size else 0.0,
            topic_fit(np.float64(world.interest[i]), plan.messages.topic[message])
            if world.interest.size
            else 0.0,
            believed,
            np.float64(world.affinity[i]) if world.affinity.size else 1.0,
            np.float64(state.bond[i]),
            noticed.doses[at],
            np.int64(state.earlier[i]),
        )
        if happens(bits, chance):
            via[at] = k
            best[at] = bits
    for at in range(noticed.person.size):
        if noticed.asked[at] and not noticed.before[at] & PASSED_ON:
            via[at] = ASKED
    return via


@jit
def closeness_of(world: World, plan: Plan, sender: int, person: int) -> float:
    """Closeness of the tie over which a person hears a sender."""
    if sender < 0 or world.closeness.size == 0:
        return plan.believe.closeness
    start = world.indptr[sender]
    row = world.indices[start : world.indptr[sender + 1]]
    return np.float64(world.closeness[start + np.searchsorted(row, person)])
