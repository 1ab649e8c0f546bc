"""The engine: one tick as a page, and the loop around it.

`advance` is the tick. The same text runs compiled, for everybody at once, and as plain Python,
where a model's own agents are asked for some of the decisions: one page, two doors.
"""

from __future__ import annotations

from functools import cache
from types import FunctionType
from typing import Any

from numba import njit

from .agenda import Due, due, own
from .apply import (
    Decided,
    apply,
    apply_arrivals,
    apply_payments,
    apply_promotion,
    apply_returns,
    apply_service,
    apply_silence,
    apply_waiting,
    apply_wear,
    end_of_tick,
)
from .deciders import KERNELS, Deciders
from .exposures import of_tile, tiles_of
from .jit import OPTIONS, jit
from .plan import Plan
from .stages.complain import complain, hear
from .stages.deliver import deliver
from .stages.feed import look_in
from .stages.interact import follow, unfollow
from .stages.notice import notice
from .stages.promote import observe, promote
from .stages.publish import publish
from .stages.react import react
from .stages.revisit import lead, revisit
from .stages.reward import reward
from .stages.serve import serve
from .stages.share import share
from .stages.start import begun_in, nobody, starts
from .stages.transact import click, convert, find
from .stages.utility import Utility, share_by
from .state import State
from .world import World


def page(world: World, plan: Plan, state: State, due: Due, tick: int, deciders: Deciders) -> State:
    """One tick: publish, deliver, notice, transact, share, interact, serve, reward, promote.

    Who visits their feed more than once in it meets at each visit what has come since. People are
    gone through tile by tile (`exposures`), for the sake of the processor's cache.

    Parameters
    ----------
    world, plan
        The world, and the scenario in numbers.
    state
        The state of one owner's people; it is written.
    due
        What is due now, of all owners (`agenda.due`).
    tick
        Which tick.
    deciders
        Agents who decide for themselves; `KERNELS` where the kernels decide for all.

    Returns
    -------
    State
        The state, its logs with more room where they needed it.
    """
    wave = publish(world, plan, due, tick)
    started = starts(world, plan, state, due, wave, tick)
    exposures = deliver(world, plan, state, due, wave, started, tick)
    apply_arrivals(world, plan, state, wave, exposures, started, tick)
    state, front, waiting = apply_waiting(world, plan, state, wave, exposures, tick)
    messages = wave.start.size - 1
    for tile in range(tiles_of(waiting, messages)):
        here = of_tile(waiting, tile, messages)
        lowest = state.low + (tile << waiting.wide)
        begun = begun_in(started, lowest, min(lowest + (1 << waiting.wide), state.high))
        first = True
        while first or here.person.size > 0:
            first = False
            met, here = look_in(plan, state, here)
            for message in range(met.start.size - 1):
                begins = begun.start[message + 1] > begun.start[message]
                if met.start[message] == met.start[message + 1] and not begins:
                    continue
                noticed = notice(world, plan, state, front, met, begun, message, tick)
                noticed = deciders.notice(front, met, noticed, message)
                apply_wear(plan, state, front, met, message, tick)
                apply_silence(plan, state, noticed.person, tick)
                clicked = click(world, plan, state, due, front, noticed, message)
                clicked = deciders.click(front, noticed, clicked, message)
                found = find(world, plan, front, noticed, clicked, message)
                found = deciders.find(front, noticed, clicked, found, message)
                sold = convert(world, plan, state, due, front, noticed, clicked, found, message)
                converted = deciders.convert(front, noticed, clicked, sold, found, message)
                shared = share(world, plan, state, due, front, noticed, clicked, converted, message)
                shared = deciders.share(front, noticed, shared, clicked, converted, message)
                reacted = react(world, plan, state, due, noticed, message, tick)
                reacted = deciders.react(noticed, reacted, message)
                came = follow(world, plan, state, front, noticed, shared, clicked, found, message)
                came = deciders.follow(front, noticed, shared, clicked, found, came, message)
                leaves = unfollow(world, plan, state, due, noticed, message, tick)
                leaves = deciders.unfollow(noticed, leaves, message)
                about = complain(world, plan, state, noticed, converted, message)
                decided = Decided(
                    shared,
                    clicked,
                    found,
                    converted,
                    lead(world, plan, noticed, found, converted, message),
                    reacted,
                    came,
                    leaves,
                    about,
                    hear(world, plan, noticed, about, message),
                    observe(world, plan, state, noticed, shared, reacted, message),
                )
                state = apply(world, plan, state, front, noticed, decided, message, tick)
                state = deciders.wrote(state)
            begun = nobody(begun)
    # Who comes back or is approached has not noticed anything to reckon with their silence.
    apply_silence(plan, state, own(state, due.tasks[:, 2]), tick)
    apply_silence(plan, state, own(state, due.candidates[:, 0]), tick)
    state = apply_returns(world, plan, state, due, revisit(world, plan, state, due), tick)
    served = serve(world, plan, due, wave, tick)
    served = deciders.serve(due, wave, served)
    state = apply_service(plan, state, served, tick)
    apply_payments(plan, state, reward(world, plan, due, wave), tick)
    state = apply_promotion(plan, state, promote(world, plan, state, due, tick), tick)
    return end_of_tick(plan, state, due, tick)


advance = jit(page)


@jit
def drain(world: World, plan: Plan, state: State, due_now: Due, tick: int, until: int) -> State:
    """The ticks from `tick` to before `until`, with nobody watching: one compiled loop.

    What is due in the first of them is given, because it is that of all owners; what is due later
    is this owner's, who then has to be the only one.
    """
    while tick < until:
        state = advance(world, plan, state, due_now, tick, KERNELS)
        tick += 1
        if tick < until:
            due_now = due(plan, state, tick)
    return state


@cache
def engine_by(utility: Utility) -> tuple[Any, Any]:
    """The page and its loop with a utility of one's own in place of the share stage.

    The texts are those above; only what they call `share` differs. What belongs to one process is
    not cached on disk.
    """
    around: dict[str, Any] = {**globals(), "share": share_by(utility)}
    own_page = FunctionType(page.__code__, around, "page")
    around["advance"] = njit(**OPTIONS)(own_page)
    own_drain = FunctionType(drain.py_func.__code__, around, "drain")  # type: ignore[attr-defined]
    return own_page, njit(**OPTIONS)(own_drain)
