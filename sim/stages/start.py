"""Start: who passes on a message that nobody had to bring them.

People whom the brand asks, as far as they comply; advocates, who speak of their own accord (002);
anybody who mentions the brand unasked, once a week with the chance rate * bond * trust (001); those
whose complaint nobody mended in time; those whom a rival asks to pass on its own posts, who all
comply; and, under the rule `bass`, those who adopt by hazard (Bass 1969):

    P(adopt in a tick of h hours) = 1 - exp(-h (innovation + imitation * share of those who have)).

The brand asks, in their order, as many of those chosen as its outreach allows in a week. Whoever is
asked complies, once for each post, by a random-utility logit (McFadden 1974):

    logit P(comply) = logit(accept) + reward * affinity * u(reward) + bond_weight * bond

with certainty where accept is 1. Being asked costs, whatever the answer; a fee by followers is paid
to those who comply (the two parts of the cost of a seed in Bakshy et al. 2011).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due, on_offer, week_of
from ..arithmetic import exponential, logistic
from ..draws import ADOPT, COMPLY, MENTION, SPEAK, draw, happens, key_of
from ..jit import inline, jit
from ..ordering import ascending, distinct
from ..plan import BASS, EVERYBODY, OWN, POST, RIVAL, Asking, Plan, about
from ..reference import by_reference
from ..state import FOLLOWERS, OUTBURST, PASSED_ON, State, record
from ..wave import BRAND, Wave, first_from
from ..world import ADVOCATE, World, identity_of
from .publish import is_posted
from .relate import faded


@by_reference
class Started(NamedTuple):
    """Who begins, a row each, messages in order: message m at ``start[m]`` to ``start[m + 1] - 1``.

    The people of a message are in order too.

    `paid` are the people whom asking cost anything, and `money` the millionths that it cost.
    """

    person: NDArray[np.int32]
    start: NDArray[np.int64]
    paid: int
    money: int


@inline
def adoption_probability(innovation: float, imitation: float, adopted: float) -> float:
    """The chance to adopt in a tick, where a share `adopted` of the others has (Bass 1969).

    The hazards are those of a tick.
    """
    return 1.0 - exponential(-(innovation + imitation * adopted))


@inline
def comply_probability(ask: Asking, reward: float, affinity: float, bond: float) -> float:
    """The chance that a person complies who is asked to pass on a post.

    Parameters
    ----------
    ask
        Log-odds and weights.
    reward
        What a reward adds at usual affinity: `ask.reward`, or `ask.unrewarded` if none is on offer.
    affinity, bond
        Reward affinity (1 is usual), and bond with the brand (0..1).
    """
    return logistic(ask.accept + reward * affinity + ask.bond * bond)


@jit
def starts(world: World, plan: Plan, state: State, due: Due, wave: Wave, tick: int) -> Started:
    """Those of the state's people who begin to pass on a message in this tick."""
    messages = plan.messages["kind"].size
    start = np.zeros(messages + 1, np.int64)
    person = np.empty(16, np.int32)
    rows, paid, money = 0, 0, 0
    for m in range(messages):
        kind, released = plan.messages["kind"][m], plan.messages["released"][m]
        start[m + 1] = rows
        topic = m - plan.complain.first
        spoken = 0 <= topic < plan.complain.topics and due.tasks.shape[0] > 0
        adopted = plan.adopt.rule == BASS and released <= tick
        if released != tick and not spoken and not adopted:
            continue
        found = np.empty(0, np.int32)
        if kind == POST and released == tick and _by_brand(wave, m):
            found, people, cost = _asked(world, plan, state, due, m, tick)
            paid += people
            money += cost
        if kind == POST and adopted:
            # Who is asked may adopt by hazard too, in the same tick: once is enough.
            adopters = _adopters(world, plan, state, due, m, tick)
            found = distinct(np.concatenate((found, adopters)))
        if kind == RIVAL and is_posted(plan, due, m, tick):
            found = _asked_by_rival(world, plan, state, m)
        if kind == OWN and released == tick:
            by_all = plan.messages["mention"][m]
            found = (
                _mentions(world, plan, state, m, tick)
                if by_all
                else _speakers(world, plan, state, m)
            )
        if spoken:
            found = _complainers(state, due, m, topic)
        if rows + found.size > person.size:
            longer = np.empty(2 * (rows + found.size), np.int32)
            longer[:rows] = person[:rows]
            person = longer
        person[rows : rows + found.size] = found
        rows += found.size
        start[m + 1] = rows
    return Started(person[:rows], start, paid, money)


@jit
def nobody(started: Started) -> Started:
    """That nobody begins."""
    return Started(started.person[:0], np.zeros_like(started.start), 0, 0)


@jit
def begun_in(started: Started, low: int, high: int) -> Started:
    """Those of rows low to high - 1 who begin."""
    start = np.zeros_like(started.start)
    person = np.empty(started.person.size, np.int32)
    rows = 0
    for message in range(start.size - 1):
        stop = started.start[message + 1]
        first = first_from(started.person, started.start[message], stop, low)
        for place in range(first, first_from(started.person, first, stop, high)):
            person[rows] = started.person[place]
            rows += 1
        start[message + 1] = rows
    return Started(person[:rows], start, 0, 0)


@jit
def _by_brand(wave: Wave, message: int) -> bool:
    posts = wave.person[wave.start[message] : wave.start[message + 1]]
    return (posts == BRAND).any()


@jit
def _requests(world: World, plan: Plan, message: int, tick: int) -> int:
    """How many the brand can ask to pass on a post: what is left of the outreach of this week."""
    chosen, most = world.seeds.size, plan.ask.outreach
    if most < 0:
        return chosen
    kind, released = plan.messages["kind"], plan.messages["released"]
    week, posts = week_of(tick, plan.ask.hours), 0
    for m in range(kind.size):
        before = released[m] < tick or (released[m] == tick and m < message)
        if kind[m] == POST and before and week_of(released[m], plan.ask.hours) == week:
            posts += 1
    return min(chosen, max(most - posts * chosen, 0))


@jit
def _asked(
    world: World, plan: Plan, state: State, due: Due, message: int, tick: int
) -> tuple[NDArray[np.int32], int, int]:
    """Those of the state's people who are asked and comply; how many cost something, and what."""
    ask, fades = plan.ask, plan.relate.fades
    reward = ask.reward if on_offer(plan, due) else ask.unrewarded
    asked = _requests(world, plan, message, tick)
    seeds, turns, fees, contact = world.seeds, world.turns, world.fees, world.contact
    affinity, bonds = world.traits["affinity"], state.crowd["bond"]
    touched = state.relation["touched"]
    key = about(plan, COMPLY, message)
    found = np.empty(seeds.size, np.int32)
    count, paid, money = 0, 0, 0
    for k in range(seeds.size):
        i = seeds[k]
        if turns[k] >= asked or not state.low <= i < state.high:
            continue
        bond = bonds[i]
        if fades and tick > touched[i]:
            # As silence would leave it; who is asked need not notice anything.
            left = plan.relate.bond_left[tick - touched[i]]
            bond = np.float32(faded(np.float64(bond), 0.0, left))
        chance = comply_probability(ask, reward, np.float64(affinity[i]), np.float64(bond))
        cost = contact
        if happens(draw(key, identity_of(world.identity, i)), chance):
            found[count] = i
            count += 1
            cost += fees[k]
        paid += cost > 0
        money += cost
    return ascending(found[:count]), paid, money


@jit
def _asked_by_rival(world: World, plan: Plan, state: State, message: int) -> NDArray[np.int32]:
    """Those of the state's people whom the rival asks whose message it is; they all comply."""
    offsets = world.rival_offsets
    rival = plan.messages["account"][message] - (plan.ranking.first - (offsets.size - 1))
    seeds = world.rival_seeds[offsets[rival] : offsets[rival + 1]]
    return seeds[(seeds >= state.low) & (seeds < state.high)]


@jit
def _speakers(world: World, plan: Plan, state: State, message: int) -> NDArray[np.int32]:
    """Advocates who post of their own accord."""
    found = np.empty(state.size[FOLLOWERS], np.int32)
    count = 0
    key = about(plan, SPEAK, message)
    for i in state.followers[: state.size[FOLLOWERS]]:
        if state.crowd["role"][i] == ADVOCATE and happens(
            draw(key, identity_of(world.identity, i)), plan.promote.post
        ):
            found[count] = i
            count += 1
    return ascending(found[:count])


@inline
def mention_probability(rate: float, bond: float, trust: float) -> float:
    """The chance that a person mentions the brand in a week, unasked."""
    return rate * bond * trust


@jit
def _mentions(world: World, plan: Plan, state: State, message: int, tick: int) -> NDArray[np.int32]:
    """Who mentions the brand unasked, of all who have a bond with it (001)."""
    found = np.empty(state.high - state.low, np.int32)
    count, relate = 0, plan.relate
    key = about(plan, MENTION, message)
    bonds, trusts, touched = state.crowd["bond"], state.crowd["trust"], state.relation["touched"]
    for i in range(state.low, state.high):
        bond, trust = bonds[i], trusts[i]
        if relate.fades and tick > touched[i]:
            # As silence would leave them, as in `_asked`.
            ticks = tick - touched[i]
            bond = np.float32(faded(np.float64(bond), 0.0, relate.bond_left[ticks]))
            trust = np.float32(faded(np.float64(trust), relate.prior, relate.trust_left[ticks]))
        chance = mention_probability(plan.promote.mention, np.float64(bond), np.float64(trust))
        if happens(draw(key, identity_of(world.identity, i)), chance):
            found[count] = i
            count += 1
    return found[:count]


@jit
def _complainers(state: State, due: Due, message: int, topic: int) -> NDArray[np.int32]:
    """Those whose patience is at an end, with what nobody mended."""
    found = np.empty(due.tasks.shape[0], np.int32)
    count = 0
    for row in range(due.tasks.shape[0]):
        i = due.tasks[row, 2]
        if (
            due.tasks[row, 0] == OUTBURST
            and due.tasks[row, 1] == message
            and state.low <= i < state.high
            and state.relation["open"][i] == topic + 1
            and state.relation["wrongs"][i] == due.tasks[row, 3]
        ):
            found[count] = i
            count += 1
    return ascending(found[:count])


@jit
def _adopters(
    world: World, plan: Plan, state: State, due: Due, message: int, tick: int
) -> NDArray[np.int32]:
    """Those who adopt now of all who have not. By its nature this rule asks everybody."""
    adopt = plan.adopt
    n = world.role.size
    found = np.empty(state.high - state.low, np.int32)
    count = 0
    adopters = 0.0
    if due.sharers.size:
        adopters = np.float64(due.sharers[message])
    key = key_of(about(plan, ADOPT, message), np.uint64(tick))
    for i in range(state.low, state.high):
        if record(state.page, state.pages, message, i) & PASSED_ON:
            continue
        share = adopters / max(n - 1, 1)
        if adopt.mixing != EVERYBODY:
            share = np.float64(state.heard[message, i]) / max(
                np.float64(state.crowd["following"][i]), 1.0
            )
        chance = adoption_probability(adopt.innovation, adopt.imitation, share)
        if happens(draw(key, identity_of(world.identity, i)), chance):
            found[count] = i
            count += 1
    return found[:count]
