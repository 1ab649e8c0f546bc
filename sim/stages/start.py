"""Start: who passes on a message that nobody had to bring them.

People whom the brand asks; advocates, who speak of their own accord (002); those whose complaint
nobody mended in time; and, under the rule `bass`, those who adopt by hazard (Bass 1969):

    P(adopt in a tick of h hours) = 1 - exp(-h (innovation + imitation * share of those who have)).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due
from ..arithmetic import exponential
from ..draws import ADOPT, SPEAK, draw, happens, key_of
from ..jit import inline, jit
from ..plan import BASS, EVERYBODY, OWN, POST, Plan, about
from ..state import FOLLOWERS, OUTBURST, PASSED_ON, State, record
from ..wave import BRAND, Wave
from ..world import ADVOCATE, World, identity_of


class Started(NamedTuple):
    """Who begins, a row each, messages in order: message m at ``start[m]`` to ``start[m + 1] - 1``.

    `complained` are those of them, by message and person, who lost their patience.
    """

    person: NDArray[np.int32]
    start: NDArray[np.int64]


@inline
def adoption_probability(innovation: float, imitation: float, adopted: float) -> float:
    """The chance to adopt in a tick, where a share `adopted` of the others has (Bass 1969).

    The hazards are those of a tick.
    """
    return 1.0 - exponential(-(innovation + imitation * adopted))


@jit
def starts(world: World, plan: Plan, state: State, due: Due, wave: Wave, tick: int) -> Started:
    """Those of the state's people who begin to pass on a message in this tick."""
    messages = plan.messages["kind"].size
    start = np.zeros(messages + 1, np.int64)
    person = np.empty(16, np.int32)
    low, high = state.low, state.high
    rows = 0
    for m in range(messages):
        kind, released = plan.messages["kind"][m], plan.messages["released"][m]
        found = np.empty(0, np.int32)
        if kind == POST and released == tick and _by_brand(wave, m):
            found = world.seeds[(world.seeds >= low) & (world.seeds < high)]
        if kind == POST and plan.adopt.rule == BASS and released <= tick:
            # Who is asked may adopt by hazard too, in the same tick: once is enough.
            found = np.unique(np.concatenate((found, _adopters(world, plan, state, due, m, tick))))
        if kind == OWN and released == tick:
            found = _speakers(world, plan, state, m)
        if m >= plan.complain.first and m < plan.complain.first + plan.complain.topics:
            found = _complainers(state, due, m, m - plan.complain.first)
        if rows + found.size > person.size:
            longer = np.empty(2 * (rows + found.size), np.int32)
            longer[:rows] = person[:rows]
            person = longer
        person[rows : rows + found.size] = found
        rows += found.size
        start[m + 1] = rows
    return Started(person[:rows], start)


@jit
def nobody(started: Started) -> Started:
    """That nobody begins."""
    return Started(started.person[:0], np.zeros_like(started.start))


@jit
def _by_brand(wave: Wave, message: int) -> bool:
    posts = wave.person[wave.start[message] : wave.start[message + 1]]
    return (posts == BRAND).any()


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
    return np.sort(found[:count])


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
    return np.sort(found[:count])


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
