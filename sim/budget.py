"""What a campaign needs in memory and time, by arithmetic, before anything is allocated."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from .errors import LimitError
from .network.size import estimate
from .parameters import Scenario

# Bytes a person: the columns of the state, traits and role at birth, a place among the followers,
# and the copies of role, trust, bond and steps in the result.
_PERSON: Final = 32 + 12 + 1 + 4 + 11
# Bytes a person and message: the page, as it grows, and its place in the directory.
_MET: Final = 3.0 + 8 / 64
# Bytes a share: in the forest with its links, as it grows, and put together, ordered and copied in
# the result.
_SHARE: Final = 3 * 7 * 4 + 2 * 5 * 4 + 8
# Bytes an exposure: of a tick, and of a message that is being noticed; and a person who notices.
_EXPOSURE: Final = 8
_NOTICED: Final = 14
_DECIDING: Final = 48
# Measured on two cores: posts that arrive in a second on one thread, and people born.
_ARRIVALS_A_SECOND: Final = 1.0e7
_PEOPLE_A_SECOND: Final = 5.0e6
_START: Final = 0.9
_MOST_PEOPLE: Final = 2**31 - 1


class Need(NamedTuple):
    """People and arcs, the most bytes that a campaign takes, and the most seconds."""

    people: int
    arcs: int
    bytes: int
    seconds: float


def need(scenario: Scenario, people: int | None = None, arcs: int = 0) -> Need:
    """What a campaign needs at most: every message noticed and passed on by everybody.

    Parameters
    ----------
    scenario
        What is simulated.
    people, arcs
        The size of the network, where it is there already; else that of the scenario's kind.
    """
    making = 0
    if people is None:
        choice = scenario.network
        people, arcs, making = estimate(choice.kind, choice.people, **choice.generator_options())
    messages = len(scenario.content)
    audiences = sum(outlet.audience for outlet in scenario.publish.outlets)
    columns = people * (_PERSON + 4 * audiences + _MET * messages)
    # In the worst tick everybody posts everything, and every post is noticed.
    moving = people * messages * _SHARE + _EXPOSURE * arcs * messages + _NOTICED * arcs
    moving += _DECIDING * people
    # A network that is there already is counted where it was made.
    graph = 8 * people + 4 * arcs if making else 0
    series = scenario.horizon * 11 * 8
    seconds = _START + people / _PEOPLE_A_SECOND + arcs * messages / _ARRIVALS_A_SECOND
    return Need(people, arcs, int(max(making, graph + columns + moving + series)), seconds)


def afford(scenario: Scenario, people: int | None = None, arcs: int = 0) -> Need:
    """What a campaign needs, as `need`; refused if this machine does not have it.

    Raises
    ------
    LimitError
        Naming the field, the need and what there is.
    """
    needed = need(scenario, people, arcs)
    free = memory()
    if needed.people > _MOST_PEOPLE:
        raise LimitError(
            f"network.people = {needed.people:,} is more than the {_MOST_PEOPLE:,} that a row "
            f"number can hold (it would need {size(needed.bytes)}; there is {size(free)}); "
            "ask for fewer people."
        )
    if needed.bytes > free:
        raise LimitError(
            f"network.people = {needed.people:,} needs up to {size(needed.bytes)} of memory and "
            f"there is {size(free)}; ask for fewer people, arcs or messages."
        )
    return needed


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
