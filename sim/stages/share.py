"""Share: why would anyone take the trouble to pass it on? Source 000 asks, a logit answers.

A random-utility logit (McFadden 1974), a term for each reason:

    logit P = logit(base[role]) + contagiousness + susceptibility + topic * fit + trust * W
              + reward * affinity * u(reward) + status * spotlight + reciprocity * bond
              + doses * ln(doses) - image * u(reward) - fatigue * ln(1 + earlier) - effort

with every weight at zero the independent cascade with probability base[role]. Each time that a
person notices the message is a trial of its own; where several succeed in one tick, the person had
it from one of them, each as likely as the others. A person passes it on at most once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import logistic
from ..draws import SHARE, decision, draw, happens, key_of, mix, uniform
from ..jit import inline, jit
from ..plan import POSTS, Plan, Sharing
from ..prefetch import AHEAD, prefetch
from ..state import PASSED_ON, SAW, State
from ..wave import Wave, first_from
from ..world import World
from .believe import credibility
from .notice import Noticed

# What stands in place of an entry of the wave: nobody, or the brand that asked.
NOT: int = -1
ASKED: int = -2


@inline
def topic_fit(interest: float, topic: float) -> float:
    """How near a person's interest is to a topic on the circle of topics: 1 there, -1 opposite."""
    apart = abs(interest - topic)
    return 1.0 - 4.0 * min(apart, 1.0 - apart)


@inline
def appeal(sharing: Sharing, contagiousness: float, spotlight: float, effort: float) -> float:
    """What the message brings: contagiousness, spotlight, effort and the image cost."""
    return contagiousness + sharing.status * spotlight - effort - sharing.image


@inline
def inclination(
    sharing: Sharing,
    base: float,
    susceptibility: float,
    fit: float,
    affinity: float,
    bond: float,
    dosed: float,
    fatigue: float,
) -> float:
    """What the person brings, in log-odds.

    Parameters
    ----------
    sharing
        The weights.
    base
        Log-odds of the person's role.
    susceptibility
        Log-odds of the person.
    fit, affinity, bond
        Fit of interest and topic (-1..1), reward affinity (1 is usual), bond (0..1).
    dosed, fatigue
        The terms of the doses and of the earlier posts, which are looked up.
    """
    own = base + susceptibility + sharing.topic * fit + sharing.reward * affinity
    return own + sharing.reciprocity * bond + dosed - fatigue


@inline
def share_probability(own: float, appealing: float, trusted: float, boost: float) -> float:
    """The chance that a person passes on what they noticed.

    Parameters
    ----------
    own, appealing
        What the person brings (`inclination`) and what the message does (`appeal`).
    trusted
        What the sender brings: the weight of trust times credibility.
    boost
        The offset of sharing, or of re-sharing.
    """
    return logistic(own + appealing + trusted + boost)


@jit
def share_delay(bits: np.uint64, mean: float) -> int:
    """Ticks that a share waits beyond the next one: geometric with this mean."""
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
    sharing, believe, messages = plan.share, plan.believe, plan.messages
    appealing = appeal(
        sharing,
        messages.contagiousness[message],
        messages.spotlight[message],
        messages.effort[message],
    )
    commerciality = messages.commerciality[message]
    identity, trust = world.identity, state.trust
    named = identity.size > 0
    indptr, indices, closeness = world.indptr, world.indices, world.closeness
    poster, hops = wave.person, wave.hop
    person, before, who, entry = noticed.person, noticed.before, noticed.who, noticed.entry
    own = _inclinations(world, plan, state, noticed, messages.topic[message])
    # The chance if the most credible of all senders had brought it: most draws exceed it, and
    # are settled without a look at who did.
    most = max(sharing.boost, sharing.reboost) + sharing.most_trusted
    ceiling = np.empty(person.size, np.float64)
    for at in range(person.size):
        ceiling[at] = logistic(own[at] + appealing + most)
    share_key = decision(plan.luck, SHARE, message)
    via = np.full(person.size, NOT, np.int32)
    best = np.empty(person.size, np.uint64)
    last, sender, hop = -1, 0, 0
    key = np.uint64(0)
    for row in range(entry.size):
        at = who[row]
        k = entry[row]
        if k != last:
            last, sender, hop = k, poster[k], hops[k]
            person_posts = named and sender >= 0
            name = identity[sender] if person_posts else np.uint64(np.int64(sender))
            key = key_of(share_key, name)
        i = person[at]
        bits = draw(key, identity[i] if named else np.uint64(i))
        if not happens(bits, ceiling[at]) or before[at] & PASSED_ON:
            continue
        trusted = 0.0
        if sharing.trust != 0.0:
            close = believe.closeness
            if sender >= 0 and closeness.size:
                close = closeness_of(indptr, indices, closeness, sender, i)
            trusted = sharing.trust * credibility(
                believe, hop, close, np.float64(trust[i]), commerciality
            )
        boost = sharing.boost if hop == 0 else sharing.reboost
        if happens(bits, share_probability(own[at], appealing, trusted, boost)):
            # Whoever succeeds here is credited with the same luck, however likely it was: the
            # draws themselves are smaller where the chance is.
            luck = mix(bits)
            if via[at] == NOT or luck < best[at]:
                via[at] = k
                best[at] = luck
    asked = noticed.asked
    for at in range(person.size):
        if asked[at] and not before[at] & PASSED_ON:
            via[at] = ASKED
    return via


@jit
def _inclinations(
    world: World, plan: Plan, state: State, noticed: Noticed, topic: float
) -> NDArray[np.float64]:
    """What each who noticed brings, read once for each person."""
    person, dosed, before = noticed.person, noticed.doses, noticed.before
    sharing, base, doses, fatigue = plan.share, plan.base, plan.doses, plan.fatigue
    susceptibility, interest, affinity = world.susceptibility, world.interest, world.affinity
    role, bond, earlier = state.role, state.bond, state.earlier
    own = np.empty(person.size, np.float64)
    for at in range(person.size):
        if at + AHEAD < person.size:
            ahead = person[at + AHEAD]
            prefetch(bond, ahead)
            prefetch(susceptibility, ahead)
        i = person[at]
        own[at] = inclination(
            sharing,
            base[role[i]],
            np.float64(susceptibility[i]),
            topic_fit(np.float64(interest[i]), topic),
            np.float64(affinity[i]),
            np.float64(bond[i]),
            doses[dosed[at]],
            fatigue[min(np.int64(earlier[i]) - (before[at] & SAW), POSTS)],
        )
    return own


@inline
def closeness_of(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    closeness: NDArray[np.float32],
    sender: int,
    person: int,
) -> float:
    """Closeness of the tie over which a person hears a person."""
    return np.float64(closeness[first_from(indices, indptr[sender], indptr[sender + 1], person)])
