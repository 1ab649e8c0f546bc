"""What a campaign needs in memory and time, by arithmetic, before anything is allocated."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from .bounds import Bounds, bounds, with_luck
from .errors import LimitError
from .latest import Latest
from .network.size import estimate
from .parameters import Scenario
from .sources import sources

# Bytes a person: the records of the state, what is owed, the memory of ads; traits, role, channels,
# room; how many they follow; a place among the followers and one in the brand's book, as these
# grow; in the result role, trust, bond, steps, relation and sense of community.
_PERSON: Final = (32 + 32 + 8 + 8) + (12 + 1 + 1 + 2) + 4 + 12 + 12 + (1 + 4 + 4 + 2 + 32 + 8)
# Bytes a person on the way into the world: draws, orders and costs, before there is a state.
BORN: Final = 64
# Bytes a member of an audience, and how much they view; beside them while they are chosen.
_MEMBER: Final = 4 + 4
_CHOSEN: Final = 8 + 8 + 4
# Bytes an arc that has a closeness of its own, and a person of whom the mean is asked; beside it
# while common neighbours are counted.
_CLOSENESS: Final = 4
_NEIGHBOURS: Final = 40
# Bytes a person and message: the page and its place in the directory; of how many it was heard.
_DIRECTORY: Final = 8 / 64
_MET: Final = 1 + _DIRECTORY
_HEARD: Final = 2
# Bytes of a row: of a share with its links, a conversion, a change of rung, a task. An array that
# grows is twice as long as before, and while it grows both are there.
_SHARE: Final = 20 + 8 + 4
_BUYER: Final = 20
_RUNG: Final = 20 + 4
_TASK: Final = 28
# Bytes of a row that is put together, ordered and copied in the result.
TOLD: Final = 20 + 8 + 8 + 20 + 3 * 8
# Bytes in a tick of a share that is posted, that is paid for, that is thanked for; of a task.
_POSTED: Final = 12 + 8 + 2 * 33 + 2 * 8
_PAID: Final = 12 + 8 + 1 + 8 + 8
_THANKED: Final = 8 + 28 + 28 + 1 + 4 * 8
DUE: Final = 28 + 28
# Bytes an exposure: of a tick, and of a message that is being noticed; and a person who notices.
EXPOSURE: Final = 8
# Bytes of what waits in a feed and of a post of which something does, as these grow; of what is
# taken out of feeds in a tick and put in order, and of the visits in it.
_WAITING: Final = 16
_POST: Final = 40
_MET_NOW: Final = 8 + 16 + 4 + 4 + 16 + 16 + 16 + 1
NOTICED: Final = 14
_DECIDING: Final = 64
# Bytes a message: its counts, as they are summed and copied, and its numbers. Bytes a tick: series
# and ledger likewise, what is due; and its numbers.
_COUNTS: Final = 3 * 16 * 3 * 16 * 2 * 8
_NUMBERS: Final = 192
_TICK: Final = 4 * 35 * 8 + 4 * 19 * 16 + 8 + 8
_SILENCE: Final = 16
# Bytes a tick and source of clicks, or segment with a price of its own, summed and copied.
_SOURCE: Final = 4 * 7 * 8
_FIRST: Final = 2**16
# Measured on two cores: posts that arrive in a second on one thread, people born, arcs whose
# neighbours are compared, tasks, people asked whether they adopt; seconds of a tick without any.
_ARRIVALS_A_SECOND: Final = 1.0e7
_PEOPLE_A_SECOND: Final = 5.0e6
_ARCS_A_SECOND: Final = 1.0e7
_TASKS_A_SECOND: Final = 2.0e6
_ASKED_A_SECOND: Final = 5.0e7
_IDLE: Final = 3.0e-5
_START: Final = 0.9
_MOST_PEOPLE: Final = 2**31 - 1


class Need(NamedTuple):
    """People and arcs, the most bytes that a campaign takes, and seconds; the least bytes.

    Of the most, `waiting` are for posts that wait in feeds. The least is taken whatever happens,
    the most if everybody passes on everything: real campaigns lie near the least, unless they run
    wild.
    """

    people: int
    arcs: int
    bytes: int
    seconds: float
    least: int
    waiting: int


# Campaign after campaign of one scenario needs the same.
_needs: Final[Latest[Need]] = Latest(lambda _: 64, most=32)


def need(scenario: Scenario, people: int | None = None, arcs: int = 0) -> Need:
    """What a campaign needs at most: every message noticed and passed on by everybody.

    Parameters
    ----------
    scenario
        What is simulated.
    people, arcs
        The size of the network, where it is there already; else that of the scenario's kind.
    """
    return _needs.get((scenario, people, arcs), lambda: _need(scenario, people, arcs))


def _need(scenario: Scenario, people: int | None, arcs: int) -> Need:
    making = 0
    if people is None:
        choice = scenario.network
        people, arcs, making = estimate(choice.kind, choice.people, **choice.generator_options())
    most = bounds(scenario)
    graph = 8 * people + 4 * arcs if making else 0  # else it is counted where it was made
    audiences = people * (most.outlets + most.members + most.rivals)
    close = 0 if scenario.credibility.ties == "given" else arcs
    weak = any(then.share.weight.reward_weak != 0.0 for then in scenario.ever())
    world = graph + _CLOSENESS * (close + people * weak) + _MEMBER * audiences
    born = world + BORN * people + _CHOSEN * audiences + _NEIGHBOURS * close
    kept, growing, told = _remembered(most, people)
    waiting = _waiting(most, people, arcs)
    moving = growing + _moving(most, people, arcs) + waiting
    plans = 1 + len(scenario.timeline)
    fixed = (_COUNTS + plans * _NUMBERS) * most.messages
    apart = len(sources(scenario)) + len(scenario.segments)
    fixed += (_TICK + plans * _SILENCE + apart * _SOURCE) * scenario.horizon + _FIRST
    needed = max(making, born, world + kept + max(moving, told)) + fixed
    least = max(making, born, world + people * (_PERSON + most.messages * _DIRECTORY)) + fixed
    seconds = _seconds(scenario, most, people, arcs)
    return Need(people, arcs, int(needed), seconds, int(least), int(waiting))


def _remembered(most: Bounds, people: int) -> tuple[float, float, float]:
    """Bytes of the state; more while its logs grow; more while the result is put together."""
    met = people * most.messages * (_MET + (_HEARD if most.counted else 0))
    rungs = most.rungs + people * most.leavers
    shares, buyers, tasks = _rows(most, people)
    rows = _SHARE * shares + _BUYER * buyers + _RUNG * rungs + _TASK * tasks
    told = TOLD * (shares + buyers + rungs)
    return _PERSON * people + met + 2 * rows, met + rows, told


def _arrivals(most: Bounds, people: int, arcs: int) -> float:
    """Posts that arrive: over each arc once a message; at followers; at audiences, their own."""
    own = most.posts * most.outlets + most.ads + (most.messages - most.ours) * most.rivals
    return most.messages * (arcs + people) + people * own


def _waiting(most: Bounds, people: int, arcs: int) -> float:
    """Bytes of what waits in feeds, if all that ever arrives waits at once."""
    if not most.waits:
        return 0.0
    shares, _, _ = _rows(most, people)
    arrived = _arrivals(most, people, arcs) + people * most.showings
    kept = _WAITING * arrived + _POST * (shares + most.messages)
    return 3.0 * kept + _MET_NOW * arrived


def _moving(most: Bounds, people: int, arcs: int) -> float:
    """Bytes of the worst tick: everybody posts everything, and every post is noticed."""
    shares, _, tasks = _rows(most, people)
    noticed = arcs + people * (1.0 + most.outlets + most.ads + most.rivals)
    each = _POSTED + max(_PAID if most.paid else 0, _THANKED if most.thanked else 0)
    moving = each * shares + DUE * tasks + EXPOSURE * _arrivals(most, people, arcs)
    return moving + NOTICED * noticed + _DECIDING * people


def _rows(most: Bounds, people: int) -> tuple[float, float, float]:
    """Shares, conversions and tasks: nobody passes a message on twice."""
    each = people * most.ours
    return people * most.messages, with_luck(each * most.buyers), with_luck(each * most.tasks)


def _seconds(scenario: Scenario, most: Bounds, people: int, arcs: int) -> float:
    arrived = most.messages * arcs + people * most.posts * most.outlets
    seconds = _START + people / _PEOPLE_A_SECOND + arrived / _ARRIVALS_A_SECOND
    seconds += _rows(most, people)[2] / _TASKS_A_SECOND + _IDLE * scenario.horizon
    if scenario.credibility.ties != "given":
        seconds += arcs / _ARCS_A_SECOND
    if scenario.share.rule == "bass":
        seconds += people * most.posts * scenario.horizon / _ASKED_A_SECOND
    return seconds


def afford(scenario: Scenario, people: int | None = None, arcs: int = 0) -> Need:
    """What a campaign needs, as `need`; refused if this machine has not even the least of it.

    What lies between the least and the most depends on how far the campaign spreads; a campaign
    that may need more than there is has an eye on it while it runs (`room_left`).

    Raises
    ------
    LimitError
        Naming the field, the need and what there is.
    """
    needed = need(scenario, people, arcs)
    if needed.people > _MOST_PEOPLE:
        raise LimitError(
            f"network.people = {needed.people:,} is more than the {_MOST_PEOPLE:,} that a row "
            f"number can hold (it would need {size(needed.bytes)}; there is {size(memory())}); "
            "ask for fewer people."
        )
    if needed.bytes <= _idle():
        return needed
    free = memory()
    if needed.least > free:
        raise LimitError(
            f"network.people = {needed.people:,} needs at least {size(needed.least)} of memory and "
            f"there is {size(free)}; ask for fewer people, arcs or messages."
        )
    return needed


def tight(needed: Need) -> bool:
    """Whether a campaign may need more than there is."""
    return needed.bytes > _idle() and needed.bytes > memory()


def room_left(logs: int, arriving: int, waiting: int | None, tick: int) -> None:
    """Whether there is memory for another tick of a campaign.

    Parameters
    ----------
    logs
        Bytes of what grows: it may have to be copied into arrays of twice their length.
    arriving, waiting
        Posts that arrive in the tick, and that wait in feeds; None where nothing waits.
    tick
        Which tick.

    Raises
    ------
    LimitError
        If there is not: better to stop between two ticks than to be stopped within one.
    """
    needed = 2 * logs + (EXPOSURE + NOTICED) * arriving
    if waiting is not None:
        needed += (2 * _WAITING + _MET_NOW) * (arriving + waiting)
    free = memory()
    if needed > free:
        raise LimitError(
            f"at tick {tick} the campaign has spread so far that the next may need "
            f"{size(needed)} of memory and there is {size(free)}; ask for fewer people or "
            "messages, or for a campaign that spreads less."
        )


def _idle() -> int:
    """Bytes that nothing uses, not even for files: at most `memory`, and told in a microsecond."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 0


def memory() -> int:
    """Bytes of memory that are free for use."""
    try:
        with Path("/proc/meminfo").open(encoding="ascii") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 2**62  # a system that does not say: nothing is refused


def size(count: float) -> str:
    """Bytes in words: 1,500,000,000 is 1.4 GiB."""
    for unit in ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB"):
        if count < 1024 or unit == "PiB":
            return f"{count:,.0f} {unit}" if unit == "bytes" else f"{count:,.1f} {unit}"
        count /= 1024
    raise AssertionError
