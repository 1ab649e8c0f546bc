"""What changes during a campaign, as columns; written by `apply` alone."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .jit import inline, jit
from .parameters import Scenario
from .world import STRANGER, World

# The steps that a person can take, in the order of the funnel. IN is having noticed the post
# that the brand itself showed, LATER one that a person passed on: those who could (re-)share.
EXPOSED: Final = 0
NOTICED: Final = 1
NOTICED_FIRST: Final = 2
NOTICED_LATER: Final = 3
SHARED: Final = 4
RESHARED: Final = 5
CLICKED: Final = 6
FOUND: Final = 7
CONVERTED: Final = 8
FOLLOWED: Final = 9
THANKED: Final = 10
STEPS: Final = 11
AT_FIRST: Final = np.uint16(1 << NOTICED_FIRST)  # its neighbour stands for NOTICED_LATER

# What a person did with one message: flags in the low half of a byte, doses in the high one.
SAW: Final = np.uint8(1)
PASSED_ON: Final = np.uint8(2)
CLICKED_ON: Final = np.uint8(4)
DOSE: Final = 4

HOPS: Final = 16
PAGE_BITS: Final = 6
PAGE: Final = 1 << PAGE_BITS

# Columns of the series, one row a tick.
SERIES: Final = (
    "impressions",
    "noticed",
    "reach",
    "shares",
    "reshares",
    "clicks",
    "found",
    "conversions",
    "new_fans",
    "thanks",
)
(
    IMPRESSIONS,
    SEEN,
    REACH,
    FIRST_SHARES,
    LATER_SHARES,
    CLICKS,
    FINDS,
    CONVERSIONS,
    NEW_FANS,
    THANKS,
) = range(len(SERIES))

# Scalars that grow, in `State.size`.
SHARES: Final = 0
BUYERS: Final = 1
FOLLOWERS: Final = 2
HEARERS: Final = 3
PAGES: Final = 4
LISTS: Final = 5
SIZES: Final = 6


# The columns of a person lie side by side in 32 bytes, half a cache line: what one exposure reads
# and writes costs one trip to memory, not nine.
PERSON: Final = np.dtype(
    [
        ("trust", np.float32),
        ("bond", np.float32),
        ("following", np.int32),
        ("arrived", np.int32),
        ("mark", np.int32),
        ("slot", np.int32),
        ("arrivals", np.uint16),
        ("earlier", np.uint16),
        ("steps", np.uint16),
        ("role", np.uint8),
    ],
    align=True,
)


class Log(NamedTuple):
    """Events about a message, a row each, in equal-length arrays; full up to a size kept beside.

    `sender` is who had brought it to the person: a row, or below 0 the brand or an outlet.
    `hop` is the hop at which the person saw it.
    """

    message: NDArray[np.int32]
    person: NDArray[np.int32]
    sender: NDArray[np.int32]
    hop: NDArray[np.int32]
    tick: NDArray[np.int32]


class State(NamedTuple):
    """What changes. The wave moves; the state remembers.

    Attributes
    ----------
    low, high
        The people whom this state's owner decides for: rows low to high - 1. Columns are as
        long as the network and shared between owners; logs and counts are the owner's.
    role, trust, bond
        The relation of each person with the brand.
    earlier
        Messages that a person noticed so far; saturates at 65,535.
    steps
        The steps of the funnel that a person ever took, a bit each.
    page, pages
        What a person did with a message, in pages of 64 people: ``page[message, person // 64]``
        is where theirs starts in `pages`, or -1 where none of the 64 ever met the message. That is
        1/8 byte a person and message, and one more where messages go: dense bytes cost one
        everywhere, and a hash table 10 to 16 for each person who met it.
    shares, posted, after, first
        The forest: a row a share; the tick at which it is posted; the next share posted at the
        same tick, and the first one of each tick (-1: none).
    buyers
        A row a conversion.
    followers
        Those who follow the brand.
    size
        How many shares, buyers, followers and pages there are, and how many of the followers hear
        the brand in this tick: those who followed before it. LISTS counts what `notice` made.
    counts
        ``[message, step, role, hop, 0 or 1]``: events, and people by message, each at the hop of
        their first noticing: the funnel in every breakdown.
    people
        Distinct people who took each step.
    series
        One row a tick.
    following
        How many accounts each person follows: a trait, kept beside what is read with it.
    arrived, arrivals
        Work space of `deliver`: one more than the last tick in which something arrived in a
        person's feed (0: never), and how much did; saturates at 65,535.
    mark, slot
        Work space of `notice`: in which list of those who noticed a person was put last, and
        where they stand in it.
    """

    low: int
    high: int
    role: NDArray[np.uint8]
    trust: NDArray[np.float32]
    bond: NDArray[np.float32]
    earlier: NDArray[np.uint16]
    steps: NDArray[np.uint16]
    page: NDArray[np.int64]
    pages: NDArray[np.uint8]
    shares: Log
    posted: NDArray[np.int32]
    after: NDArray[np.int32]
    first: NDArray[np.int32]
    buyers: Log
    followers: NDArray[np.int32]
    size: NDArray[np.int64]
    counts: NDArray[np.int64]
    people: NDArray[np.int64]
    series: NDArray[np.int64]
    following: NDArray[np.int32]
    arrived: NDArray[np.int32]
    arrivals: NDArray[np.uint16]
    mark: NDArray[np.int32]
    slot: NDArray[np.int32]


@jit
def empty_log(rows: int) -> Log:
    """A log with room for `rows` events."""
    return Log(
        np.empty(rows, np.int32),
        np.empty(rows, np.int32),
        np.empty(rows, np.int32),
        np.empty(rows, np.int32),
        np.empty(rows, np.int32),
    )


@inline
def record(
    page: NDArray[np.int64], pages: NDArray[np.uint8], message: int, person: int
) -> np.uint8:
    """What a person did with a message so far."""
    start = page[message, person >> PAGE_BITS]
    if start < 0:
        return np.uint8(0)
    return pages[start + (person & (PAGE - 1))]


def birth(
    scenario: Scenario,
    world: World,
    messages: int,
    following: NDArray[np.int32] | None = None,
    owners: int = 1,
) -> list[State]:
    """The state before the first tick, one for each owner of a range of people.

    Parameters
    ----------
    scenario, world
        Trust and bond by role at birth, and who has which role.
    messages
        How many messages there are.
    following
        How many accounts each person follows; None where no stage asks.
    owners
        How many ranges: they begin at whole pages and hear about equally many arcs.
    """
    n = world.role.size
    trust, bond = scenario.people.trust, scenario.people.bond
    by_role = world.role
    people = np.zeros(n, PERSON)
    people["role"] = by_role
    people["trust"] = np.array([trust.stranger, trust.fan, trust.advocate], np.float32)[by_role]
    people["bond"] = np.array([bond.stranger, bond.fan, bond.advocate], np.float32)[by_role]
    if following is not None:
        people["following"] = following
    columns = {name: people[name] for name in PERSON.names or ()}
    page = np.full((messages, -(-n // PAGE)), -1, np.int64)
    states = []
    for low, high in _ranges(world, owners):
        fans = (low + np.flatnonzero(by_role[low:high] != STRANGER)).astype(np.int32)
        size = np.zeros(SIZES, np.int64)
        size[FOLLOWERS] = size[HEARERS] = fans.size
        states.append(
            State(
                low=low,
                high=high,
                page=page,
                pages=np.zeros(16 * PAGE, np.uint8),
                shares=empty_log(64),
                posted=np.empty(64, np.int32),
                after=np.empty(64, np.int32),
                first=np.full(scenario.horizon + 1, -1, np.int32),
                buyers=empty_log(16),
                followers=fans,
                size=size,
                counts=np.zeros((messages, STEPS, 3, HOPS, 2), np.int64),
                people=np.zeros(STEPS, np.int64),
                series=np.zeros((scenario.horizon, len(SERIES)), np.int64),
                **columns,
            )
        )
    return states


def with_messages(states: list[State], messages: int) -> list[State]:
    """The owners' states with room for so many messages."""
    page = states[0].page
    more = messages - page.shape[0]
    page = np.concatenate([page, np.full((more, page.shape[1]), -1, np.int64)])
    none = np.zeros((more, *states[0].counts.shape[1:]), np.int64)
    return [
        state._replace(page=page, counts=np.concatenate([state.counts, none])) for state in states
    ]


def _ranges(world: World, owners: int) -> list[tuple[int, int]]:
    """Cut the people into ranges of whole pages in which about equally many arcs end."""
    n = world.role.size
    if owners <= 1:
        return [(0, n)]
    heard = np.cumsum(np.bincount(world.indices, minlength=n) + 1)
    cuts = np.searchsorted(heard, heard[-1] * np.arange(1, owners) / owners)
    edges = [0, *(np.round(cuts / PAGE).astype(np.int64) * PAGE).tolist(), n]
    return [(low, high) for low, high in pairwise(edges) if low < high]
