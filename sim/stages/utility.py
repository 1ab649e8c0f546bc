"""Utility: a researcher's own answer to why anyone would take the trouble to share.

A function of `Reasons` gives the log-odds of passing a message on, in place of the formula of
`share`. It is compiled with the tick, and plain Python asks the same function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numba
import numpy as np

from ..agenda import on_offer
from ..arithmetic import logistic
from ..draws import SHARE, draw, happens, mix
from ..jit import OPTIONS, inline
from ..plan import OWN, POSTS, about, credibility
from ..state import PASSED_ON, SAW
from ..wave import BRAND, OUTLET, post_key
from ..world import identity_of
from .share import (
    NOT,
    appeal,
    arc_of,
    at_hop,
    closeness_of,
    felt,
    inclination,
    reasons,
    starting,
    topic_fit,
)


class Reasons(NamedTuple):
    """What may weigh with a person who noticed a message, as numbers.

    Attributes
    ----------
    log_odds
        What the built-in formula gives: a utility may add to it, or do without.
    base, susceptibility
        Log-odds of the person's role (or of the tie over which they heard, where its weight is a
        probability), and of their own.
    fit, affinity, bond, helped
        Of interest and topic (-1..1); for a reward (1 is usual); with the brand (0..1); value
        received from people (0..1).
    doses, earlier
        From how many people the message was noticed; messages noticed before it.
    contagiousness, spotlight, effort
        Of the message, and of its channel.
    credibility
        How far it is believed from this sender (W).
    hop
        Shares between the brand's own post and what is seen.
    """

    log_odds: float
    base: float
    susceptibility: float
    fit: float
    affinity: float
    bond: float
    helped: float
    doses: float
    earlier: float
    contagiousness: float
    spotlight: float
    effort: float
    credibility: float
    hop: float


Utility = Callable[[Reasons], float]


@inline
def believed_at(
    plan: Any, hop: int, sender: int, close: float, trust: float, message: int, known: float
) -> float:
    """How far a message is believed that a sender brought at a hop."""
    price = plan.messages[message]["price"]
    faith = plan.messages[message]["trust"]
    if hop > 0:
        price += known
    else:
        close = -1.0 if sender == BRAND else plan.accounts[OUTLET - sender]["standing"]
        price += 0.0 if sender == BRAND else plan.accounts[OUTLET - sender]["paid"]
    return credibility(plan.believe, hop, close, trust if faith < 0.0 else faith, price)


def share_by(utility: Utility) -> Any:
    """The share stage under a utility of one's own, compiled.

    Parameters
    ----------
    utility
        A function of `Reasons` that numba can compile, and that gives log-odds. It decides about
        the brand's own messages; under the rules `threshold` and `bass` it is refused.
    """
    chosen = numba.njit(**OPTIONS)(utility)

    def share(
        world: Any,
        plan: Any,
        state: Any,
        due: Any,
        wave: Any,
        noticed: Any,
        clicked: Any,
        converted: Any,
        message: int,
    ) -> Any:
        offered = on_offer(plan, due)
        sharing, record = reasons(plan, message, offered), plan.messages[message]
        ours = record["kind"] <= OWN
        known = (plan.believe.paid if offered else plan.believe.unpaid) if ours else 0.0
        appealing = appeal(sharing, record["contagiousness"], record["spotlight"], record["effort"])
        identity, crowd, traits = world.identity, state.crowd, world.traits
        poster, hops, closeness = wave.person, wave.hop, world.closeness
        ties, tie = world.ties, plan.believe.closeness
        person, before, who, entry = noticed.person, noticed.before, noticed.who, noticed.entry
        via = np.full(person.size, NOT, np.int32)
        best = np.empty(person.size, np.uint64)
        share_key = about(plan, SHARE, message)
        names, posted, showing = wave.name, wave.tick, wave.showing
        last, sender, hop = -1, 0, 0
        key = np.uint64(0)
        for row in range(entry.size):
            at, k = who[row], entry[row]
            if k != last:
                last, sender, hop = k, poster[k], hops[k]
                key = post_key(share_key, names[k], showing[k] >= 0, posted[k])
            if before[at] & PASSED_ON:
                continue
            if ours and plan.adopt.buyers_only and not (converted[at] and clicked[at] == k):
                continue
            i = person[at]
            trait, one = traits[i], crowd[i]
            earlier = np.int64(one["earlier"]) - (ours & (before[at] & SAW))
            fit = topic_fit(np.float64(trait["interest"]), record["topic"])
            helped = np.float64(state.relation[i]["helped"])
            dosed, base = noticed.doses[at], plan.base[one["role"]]
            by_tie = world.odds.size > 0
            if by_tie and hop > 0:
                base = world.odds[arc_of(world.indptr, world.indices, sender, i)]
            own = inclination(
                sharing,
                0.0 if by_tie else base,
                np.float64(trait["susceptibility"]),
                fit,
                felt(
                    sharing,
                    np.float64(trait["affinity"]),
                    np.float64(ties[i]) if ties.size else tie,
                ),
                np.float64(one["bond"]),
                helped,
                np.float64(state.relation[i]["answers"] > 0),
                plan.doses[dosed],
                plan.fatigue[min(earlier, POSTS)],
            )
            close = plan.believe.closeness
            if hop > 0 and closeness.size:
                close = closeness_of(world.indptr, world.indices, closeness, sender, i)
            faith = believed_at(plan, hop, sender, close, np.float64(one["trust"]), message, known)
            own += base if by_tie else 0.0
            log_odds = own + appealing + sharing.trust * faith + at_hop(sharing, hop)
            if ours:
                log_odds = chosen(
                    Reasons(
                        log_odds,
                        base,
                        np.float64(trait["susceptibility"]),
                        fit,
                        np.float64(trait["affinity"]),
                        np.float64(one["bond"]),
                        helped,
                        np.float64(dosed),
                        np.float64(earlier),
                        record["contagiousness"],
                        record["spotlight"],
                        record["effort"],
                        faith,
                        np.float64(hop),
                    )
                )
            bits = draw(key, identity_of(identity, i))
            if happens(bits, logistic(log_odds)):
                luck = mix(bits)
                if via[at] == NOT or luck < best[at]:
                    via[at] = k
                    best[at] = luck
        starting(noticed, via)
        return via

    return numba.njit(**OPTIONS)(share)
