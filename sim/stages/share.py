"""Share: why would anyone take the trouble to pass it on? Source 000 asks, a logit answers.

A random-utility logit (McFadden 1974), a term for each reason:

    logit P = logit(base[role]) + contagiousness + susceptibility + topic * fit + trust * W
              + reward * felt * u(reward) + recipient * u(recipient's reward)
              + status * spotlight + reciprocity * bond + generalised * helped + thanked
              + doses * ln(doses) - image * u(reward) - fatigue * ln(1 + earlier) - effort
              + first (at hop 1)

where a reward is felt by affinity, and more by those whose hearers are not close to them:

    felt = affinity * (1 + reward_weak * (1 - mean closeness of those who hear them))

Where the weight of a tie is a probability, that takes the place of base[role] for what came over
the tie.

With every weight at zero this is the independent cascade with probability base[role]. Each time
that a person notices the message is a trial of its own; where several succeed in one tick, the
person had it from one of them, each as likely as the others. A person passes it on at most once.

Under the rule `threshold` a person passes it on as soon as they noticed it from enough people:
so many, or such a fraction of those they hear (Granovetter 1978; Watts 2002).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due, on_offer
from ..arithmetic import logistic
from ..draws import SHARE, draw, happens, mix
from ..jit import inline, jit
from ..plan import OWN, POSTS, THRESHOLD, Plan, Sharing, about, credibility
from ..prefetch import AHEAD, prefetch
from ..state import PASSED_ON, SAW, State
from ..wave import BRAND, OUTLET, Wave, first_from, post_key
from ..world import World, identity_of
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
def felt(sharing: Sharing, affinity: float, close: float) -> float:
    """How much a reward weighs with a person: by affinity, and more where their ties are weak.

    A reward makes people recommend to acquaintances; to close friends they do without (Ryu & Feick
    2007). Who passes a post on does so to all who hear them, hence the mean of these ties; over one
    that is as close as can be nothing is added.

    Parameters
    ----------
    sharing
        The weights.
    affinity
        Of the person; 1 is usual.
    close
        Mean closeness of those who hear the person, 0..1.
    """
    return affinity * (1.0 + sharing.reward_weak * (1.0 - close))


@inline
def appeal(sharing: Sharing, contagiousness: float, spotlight: float, effort: float) -> float:
    """What the message brings: contagiousness, spotlight, effort, and how it looks to be paid.

    What the recipient gets is good to be seen giving (Gershon, Cryder & John 2020): whoever cares
    more for rewards than others does not care more for this one, and it has no image cost.
    """
    return contagiousness + sharing.status * spotlight - effort - sharing.image + sharing.recipient


@inline
def inclination(
    sharing: Sharing,
    base: float,
    susceptibility: float,
    fit: float,
    affinity: float,
    bond: float,
    helped: float,
    thanked: float,
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
    fit, affinity, bond, helped
        Fit of interest and topic (-1..1), how a reward is felt (`felt`; 1 is usual), bond with the
        brand and value received from people (0..1).
    thanked
        1 if the brand thanked or answered them before, else 0.
    dosed, fatigue
        The terms of the doses and of the earlier posts, which are looked up.
    """
    own = base + susceptibility + sharing.topic * fit + sharing.reward * affinity
    given = sharing.reciprocity * bond + sharing.generalised * helped + sharing.thanked * thanked
    return own + given + dosed - fatigue


@inline
def at_hop(sharing: Sharing, hop: int) -> float:
    """What the hop brings: the offset of sharing or re-sharing, and the first sharer's response.

    What is seen at hop 1 comes from a person who shared at first hand.
    """
    if hop == 0:
        return sharing.boost
    return sharing.reboost + (sharing.first if hop == 1 else 0.0)


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
        What the hop brings (`at_hop`).
    """
    return logistic(own + appealing + trusted + boost)


@jit
def reasons(plan: Plan, message: int, offered: bool) -> Sharing:
    """The weights of the reasons to pass on a message."""
    if plan.messages["kind"][message] > OWN:
        return plan.gossip
    return plan.share if offered else plan.unrewarded


@jit
def share(
    world: World,
    plan: Plan,
    state: State,
    due: Due,
    wave: Wave,
    noticed: Noticed,
    clicked: NDArray[np.int32],
    converted: NDArray[np.bool_],
    message: int,
) -> NDArray[np.int32]:
    """For each who noticed, the entry of the wave that they pass on, or NOT, or ASKED."""
    if plan.adopt.rule == THRESHOLD and plan.messages["kind"][message] <= OWN:
        return _by_threshold(world, plan, state, wave, noticed, message)
    offered = on_offer(plan, due)
    sharing, believe, messages = reasons(plan, message, offered), plan.believe, plan.messages
    ours = messages["kind"][message] <= OWN
    appealing = appeal(
        sharing,
        messages["contagiousness"][message],
        messages["spotlight"][message],
        messages["effort"][message],
    )
    price, other = messages["price"][message], messages["trust"][message]
    known = (believe.paid if offered else believe.unpaid) if ours else 0.0
    buyers_only = plan.adopt.buyers_only and ours
    standing, paid = plan.accounts["standing"], plan.accounts["paid"]
    identity, trust = world.identity, state.crowd["trust"]
    named = identity.size > 0
    indptr, indices, closeness = world.indptr, world.indices, world.closeness
    poster, hops = wave.person, wave.hop
    person, before, who, entry = noticed.person, noticed.before, noticed.who, noticed.entry
    own = _inclinations(world, plan, state, sharing, noticed, message)
    odds, base, role = world.odds, plan.base, state.crowd["role"]
    by_tie = odds.size > 0
    # The chance if the most credible of all senders had brought it: most draws exceed it, and
    # are settled without a look at who did.
    most = max(at_hop(sharing, 0), at_hop(sharing, 1), at_hop(sharing, 2)) + sharing.most_trusted
    ceiling = np.empty(person.size, np.float64)
    for at in range(person.size):
        ceiling[at] = 1.0 if by_tie else logistic(own[at] + appealing + most)
    share_key = about(plan, SHARE, message)
    names, posted, showing = wave.name, wave.tick, wave.showing
    via = np.full(person.size, NOT, np.int32)
    best = np.empty(person.size, np.uint64)
    last, sender, hop = -1, 0, 0
    key = np.uint64(0)
    for row in range(entry.size):
        at = who[row]
        k = entry[row]
        if k != last:
            last, sender, hop = k, poster[k], hops[k]
            key = post_key(share_key, names[k], showing[k] >= 0, posted[k])
        i = person[at]
        bits = draw(key, identity[i] if named else np.uint64(i))
        if not happens(bits, ceiling[at]) or before[at] & PASSED_ON:
            continue
        if buyers_only and not (converted[at] and clicked[at] == k):
            continue
        trusted = 0.0
        if sharing.trust != 0.0:
            close, cost = believe.closeness, price
            if hop > 0:
                cost += known
                if closeness.size:
                    close = closeness_of(indptr, indices, closeness, sender, i)
            else:
                close = -1.0 if sender == BRAND else standing[OUTLET - sender]
                cost += 0.0 if sender == BRAND else paid[OUTLET - sender]
            faith = np.float64(trust[i]) if other < 0.0 else other
            trusted = sharing.trust * credibility(believe, hop, close, faith, cost)
        boost, mine = at_hop(sharing, hop), own[at]
        if by_tie:
            start = base[role[i]] if hop == 0 else odds[arc_of(indptr, indices, sender, i)]
            mine += start
        if happens(bits, share_probability(mine, appealing, trusted, boost)):
            # Whoever succeeds here is credited with the same luck, however likely it was: the
            # draws themselves are smaller where the chance is.
            luck = mix(bits)
            if via[at] == NOT or luck < best[at]:
                via[at] = k
                best[at] = luck
    starting(noticed, via)
    return via


@jit
def starting(noticed: Noticed, via: NDArray[np.int32]) -> None:
    """Let those who begin to pass the message on do so."""
    asked, before = noticed.asked, noticed.before
    for at in range(via.size):
        if asked[at] and not before[at] & PASSED_ON:
            via[at] = ASKED


@inline
def passes_threshold(threshold: float, times: float, following: float) -> bool:
    """Whether a message that came from so many people is passed on.

    Parameters
    ----------
    threshold
        A number of people from 1 on, a fraction of those whom the person hears below 1.
    times
        From how many people it was noticed.
    following
        How many accounts the person follows.
    """
    # A fraction by division: 7 of 25 is .28 to the last bit, and .28 * 25 is a little above 7.
    return times >= threshold if threshold >= 1.0 else times / max(following, 1.0) >= threshold


@jit
def _by_threshold(
    world: World, plan: Plan, state: State, wave: Wave, noticed: Noticed, message: int
) -> NDArray[np.int32]:
    person, before, who, entry = noticed.person, noticed.before, noticed.who, noticed.entry
    times = np.zeros(person.size, np.int64)
    for row in range(entry.size):
        times[who[row]] += wave.person[entry[row]] >= 0
    via = np.full(person.size, NOT, np.int32)
    best = np.empty(person.size, np.uint64)
    share_key = about(plan, SHARE, message)
    names, posted, showing = wave.name, wave.tick, wave.showing
    for row in range(entry.size):
        at, k = who[row], entry[row]
        i = person[at]
        count = np.float64(times[at] + state.heard[message, i])
        if before[at] & PASSED_ON or not passes_threshold(
            plan.adopt.threshold, count, np.float64(state.crowd["following"][i])
        ):
            continue
        key = post_key(share_key, names[k], showing[k] >= 0, posted[k])
        luck = mix(draw(key, identity_of(world.identity, i)))
        if via[at] == NOT or luck < best[at]:
            via[at] = k
            best[at] = luck
    starting(noticed, via)
    return via


@jit
def _inclinations(
    world: World, plan: Plan, state: State, sharing: Sharing, noticed: Noticed, message: int
) -> NDArray[np.float64]:
    """What each who noticed brings, read once for each person.

    Without the base of their role, where ties have one of their own.
    """
    person, dosed, before = noticed.person, noticed.doses, noticed.before
    by_tie = world.odds.size > 0
    base = np.zeros_like(plan.base) if by_tie else plan.base
    doses, fatigue = plan.doses, plan.fatigue
    traits = world.traits
    susceptibility, interest, affinity = (
        traits["susceptibility"],
        traits["interest"],
        traits["affinity"],
    )
    role, bond, earlier, helped = (
        state.crowd["role"],
        state.crowd["bond"],
        state.crowd["earlier"],
        state.relation["helped"],
    )
    reciprocal = sharing.generalised != 0.0
    answers, thanking = state.relation["answers"], sharing.thanked != 0.0
    ties, close = world.ties, plan.believe.closeness
    topic, ours = plan.messages["topic"][message], plan.messages["kind"][message] <= OWN
    own = np.empty(person.size, np.float64)
    for at in range(person.size):
        if at + AHEAD < person.size:
            ahead = person[at + AHEAD]
            prefetch(bond, ahead)
            prefetch(susceptibility, ahead)
            if reciprocal:
                prefetch(helped, ahead)  # a fifth of this stage's time
            if thanking:
                prefetch(answers, ahead)
        i = person[at]
        if ties.size:
            close = np.float64(ties[i])
        own[at] = inclination(
            sharing,
            base[role[i]],
            np.float64(susceptibility[i]),
            topic_fit(np.float64(interest[i]), topic),
            felt(sharing, np.float64(affinity[i]), close),
            np.float64(bond[i]),
            np.float64(helped[i]) if reciprocal else 0.0,
            np.float64(answers[i] > 0) if thanking else 0.0,
            doses[dosed[at]],
            # What is not the brand's is not among the earlier ones.
            fatigue[min(np.int64(earlier[i]) - (ours & (before[at] & SAW)), POSTS)],
        )
    return own


@inline
def arc_of(indptr: NDArray[np.int64], indices: NDArray[np.int32], sender: int, person: int) -> int:
    """The tie over which a person hears a person."""
    return first_from(indices, indptr[sender], indptr[sender + 1], person)


@inline
def closeness_of(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    closeness: NDArray[np.float32],
    sender: int,
    person: int,
) -> float:
    """Closeness of the tie over which a person hears a person."""
    return np.float64(closeness[arc_of(indptr, indices, sender, person)])
