"""Promote: the path from followers to advocates (source 002), in rounds.

The brand approaches followers, as many as its outreach allows: those whom it saw do most
(identify), or anybody. Who accepts is activated:

    logit P(accept) = logit(accept) + accept_bond * bond + accept_activity * ln(1 + acts)

In every later round it nurtures them, ``bond += nurture * (1 - bond)``, with diminishing returns;
and those whose bond is strong enough it empowers: they are advocates then, and speak for it.
After a week of too few orders a part of the nurturing is left out and sold with instead
(`agenda.rush`), and this is added to the log-odds of a transaction:

    effort.elasticity * ln(1 + short_term * (1 - vested) * networking / selling
                               * nurtured / (nurtured + outreach))

Here outreach is how many are approached in a round, by the effort for it and after vested
interests, and selling is at least .001.

What it sees of what followers do is a sample (listen), and arrives late or never (hurdles). What
people say about it unasked it finds by looking for its name (`talk.found`), whoever they are.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due, in_a_hurry, is_round
from ..arithmetic import logistic
from ..draws import ACCEPT, IDENTIFY, MENTION_FOUND, OBSERVE, decision, draw, happens, key_of, mix
from ..jit import inline, jit
from ..ordering import ascending, order_by
from ..plan import OWN, POSTS, Plan, Promoting, about
from ..state import State
from ..world import STRANGER, World, identity_of
from .notice import Noticed
from .react import COMMENTS
from .share import ASKED, NOT


class Promoted(NamedTuple):
    """Whom the brand approaches in a round, and which of them accept, of one owner's people.

    `nurture` is the share of what is missing by which it raises the bond of those it nurtures.
    """

    approached: NDArray[np.int32]
    accepts: NDArray[np.bool_]
    nurture: float


@inline
def accept_probability(promote: Promoting, bond: float, active: float) -> float:
    """The chance that a follower who is approached accepts; `active` is the term of their acts."""
    return logistic(promote.accept + promote.accept_bond * bond + active)


@jit
def nurturing(plan: Plan, due: Due) -> float:
    """By how much the brand nurtures in a round: less, if it has to show orders first."""
    return plan.promote.nurture * (plan.promote.kept if in_a_hurry(plan, due) else 1.0)


@jit
def observe(
    world: World,
    plan: Plan,
    state: State,
    noticed: Noticed,
    shared: NDArray[np.int32],
    reacted: NDArray[np.uint8],
    message: int,
) -> NDArray[np.uint8]:
    """How many of the acts of each follower the brand sees."""
    seen = np.zeros(shared.size, np.uint8)
    if plan.messages["mention"][message]:
        return _found(world, plan, noticed, shared, message)
    if plan.promote.listen == 0.0 or plan.messages["kind"][message] > OWN:
        return seen
    key = about(plan, OBSERVE, message)
    for at in range(shared.size):
        i = noticed.person[at]
        if state.crowd["role"][i] == STRANGER or (shared[at] == NOT and not reacted[at] & COMMENTS):
            continue
        bits = draw(key, identity_of(world.identity, i))
        if shared[at] != NOT:
            seen[at] += happens(bits, plan.promote.listen)
        if reacted[at] & COMMENTS:
            seen[at] += happens(mix(bits), plan.promote.listen)
    return seen


@jit
def _found(
    world: World, plan: Plan, noticed: Noticed, shared: NDArray[np.int32], message: int
) -> NDArray[np.uint8]:
    """Which mentions the brand finds, looking for its name: of anybody, whoever follows it."""
    seen = np.zeros(shared.size, np.uint8)
    key = about(plan, MENTION_FOUND, message)
    for at in range(shared.size):
        if shared[at] == ASKED:
            bits = draw(key, identity_of(world.identity, noticed.person[at]))
            seen[at] = happens(bits, plan.promote.found)
    return seen


@jit
def approach(world: World, plan: Plan, due: Due, tick: int) -> NDArray[np.int32]:
    """Whom the brand approaches, the same for every owner: those it saw most, luck among equals."""
    people = due.candidates
    count = people.shape[0]
    if count <= plan.promote.outreach:
        return people[:, 0].copy()
    key = decision(plan.luck, IDENTIFY, tick)
    rank = np.empty(count, np.uint64)
    for row in range(count):
        luck = draw(key, identity_of(world.identity, people[row, 0]))
        rank[row] = (np.uint64(65_535 - people[row, 1]) << np.uint64(48)) | (luck >> np.uint64(16))
    bar = rank[order_by(rank)[plan.promote.outreach - 1]]
    return people[rank <= bar, 0].copy()


@jit
def promote(world: World, plan: Plan, state: State, due: Due, tick: int) -> Promoted:
    """A round of the programme: whom the brand approaches of the state's people, who accepts."""
    nurture = nurturing(plan, due)
    if not is_round(plan, tick) or due.candidates.shape[0] == 0:
        return Promoted(np.empty(0, np.int32), np.empty(0, np.bool_), nurture)
    chosen = approach(world, plan, due, tick)
    chosen = ascending(chosen[(chosen >= state.low) & (chosen < state.high)])
    accepts = np.empty(chosen.size, np.bool_)
    # Nobody is approached twice: luck does not depend on when.
    key = key_of(plan.luck, ACCEPT)
    for at in range(chosen.size):
        i = chosen[at]
        active = plan.active[min(np.int64(state.relation["acts"][i]), POSTS)]
        chance = accept_probability(plan.promote, np.float64(state.crowd["bond"][i]), active)
        # Who left in this very tick is not approached any more.
        stays = state.crowd["role"][i] != STRANGER
        accepts[at] = stays and happens(draw(key, identity_of(world.identity, i)), chance)
    return Promoted(chosen, accepts, nurture)
