"""What changes during a campaign, as columns; written by `apply` alone."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .jit import inline
from .ledger import ACCOUNTS
from .parameters import Scenario
from .world import ADVOCATE, STRANGER, World

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
LIKED: Final = 11
COMMENTED: Final = 12
RETURNED: Final = 13
COMPLAINED: Final = 14
MENDED: Final = 15
STEPS: Final = 16
AT_FIRST: Final = np.uint16(1 << NOTICED_FIRST)  # its neighbour stands for NOTICED_LATER

# What a person did with one message: flags in the low half of a byte, doses in the high one.
SAW: Final = np.uint8(1)
PASSED_ON: Final = np.uint8(2)
CLICKED_ON: Final = np.uint8(4)
DOSE: Final = 4

HOPS: Final = 16
PAGE_BITS: Final = 6
PAGE: Final = 1 << PAGE_BITS

# Columns of the series, one row a tick. Those on complaints and rivals apart, they are about the
# brand's own messages: its posts, its ads and what its advocates post.
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
    "likes",
    "comments",
    "replies",
    "lost_fans",
    "participants",
    "returns",
    "leads",
    "repeats",
    "upsells",
    "cross_sells",
    "offers_seen",
    "mentions",
    "wrong",
    "heard",
    "mended",
    "complaints",
    "refunds",
    "negative_impressions",
    "rival_impressions",
    "identified",
    "activated",
    "nurtured",
    "new_advocates",
    "lost_advocates",
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
    GIVEN_THANKS,
    LIKES,
    COMMENTS,
    GIVEN_REPLIES,
    LOST_FANS,
    PARTICIPANTS,
    RETURNS,
    LEADS,
    REPEATS,
    UPSELLS,
    CROSS_SELLS,
    OFFERS_SEEN,
    MENTIONS,
    WENT_WRONG,
    HEARD_OF,
    MENDED_IN_TIME,
    COMPLAINTS,
    REFUNDED,
    NEGATIVE_IMPRESSIONS,
    RIVAL_IMPRESSIONS,
    IDENTIFIED,
    ACTIVATED,
    NURTURED,
    NEW_ADVOCATES,
    LOST_ADVOCATES,
) = range(len(SERIES))

# Scalars that grow, in `State.size`.
SHARES: Final = 0
BUYERS: Final = 1
FOLLOWERS: Final = 2
HEARERS: Final = 3
PAGES: Final = 4
LISTS: Final = 5
TASKS: Final = 6
BOOKED: Final = 7
ACTIVE: Final = 8
CLIMBS: Final = 9
SPENT: Final = 10
SIZES: Final = 11

# What a task is: something that is due at a later tick.
COMMENT: Final = 0  # a comment waits for its answer
SERVICE: Final = 1  # a complaint has reached the desk that can mend it
OUTBURST: Final = 2  # somebody's patience is at an end
VISITOR: Final = 3  # one who left an address may visit again
BUYER: Final = 4  # a buyer may buy again
CLAIM: Final = 5  # a reward is due to whoever brought somebody
SEEN_ACT: Final = 6  # what the brand saw a follower do reaches whoever identifies advocates

# Rungs of the ladder of advocacy (002) that a person remembers; those below are told by role and
# steps.
NO_RUNG: Final = 0
APPROACHED: Final = 1
ACTIVATED_RUNG: Final = 2
NURTURED_RUNG: Final = 3
ADVOCATE_RUNG: Final = 4
# What else a person remembers, a bit each.
OFFER_SEEN: Final = np.uint8(1)
LEFT_ADDRESS: Final = np.uint8(2)
DISCOUNTED: Final = np.uint8(4)
RUNGS: Final = ("none", "identified", "activated", "nurtured", "advocate")


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
        ("channels", np.uint8),
    ],
    align=True,
)
EVERY_CHANNEL: Final = np.uint8(255)

# The relation with the brand, beside it: read when something is noticed, not when it arrives.
# `given` and `helped` are values got from the brand and from people, averages over posts (0..1);
# `touched` the tick up to which silence has been reckoned with; `joined` the tick of beginning to
# follow (-1: before the campaign); `acts` shares and comments, `observed` those the brand knows of;
# `answers` thanks and replies; `visits` returns; `wrongs` how often something went wrong; `open`
# the topic of the last of these plus one, until it is mended or told; `listed` whether one stands
# in the list of followers.
RELATION: Final = np.dtype(
    [
        ("given", np.float32),
        ("helped", np.float32),
        ("touched", np.int32),
        ("joined", np.int32),
        ("acts", np.uint16),
        ("observed", np.uint16),
        ("answers", np.uint16),
        ("visits", np.uint16),
        ("wrongs", np.uint16),
        ("rung", np.uint8),
        ("open", np.uint8),
        ("listed", np.uint8),
        ("flags", np.uint8),
    ],
    align=True,
)


# An event about a message, a row of a log: `sender` is who had brought it to the person, a row, or
# below 0 the brand or an outlet; `hop` is the hop at which the person saw it.
LOG: Final = np.dtype([(name, np.int32) for name in ("message", "person", "sender", "hop", "tick")])

# What is due at a later tick; `after` is the next task due at the same one (-1: none). Of a claim
# `person` is to be paid and `sender` came; of what went wrong `sender` is the how-manieth it was.
TASK: Final = np.dtype(
    [(name, np.int32) for name in ("kind", "message", "person", "sender", "hop", "after")]
)

# What was paid in a tick on an account: units, and millionths of money.
ENTRY: Final = np.dtype([("units", np.int64), ("money", np.int64)])


class Log(NamedTuple):
    """Events about a message, a row each, in equal-length arrays.

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
        Those who follow the brand, and those who did: of these the role is that of a stranger.
    relation, tasks
        What a person has with the brand; what is due at a later tick.
    book, active
        Followers whom the brand saw do something, and those who accepted to be nurtured.
    climbs
        A row each change of rung: `sender` the rung before, `hop` the one after.
    heard
        ``[message, person]``: from how many people a message was noticed; of length 0 but where
        the rule of sharing counts them.
    traffic
        ``[channel, 0, 1 or 2]``: clicks, finds, conversions.
    talk, members
        By room: contributions of the last tick and this one (``[2, room]``), and followers.
    gaps
        Complaints heard, by topic.
    placed
        By account: posts that it took up.
    units, money
        ``[tick, account]``: what was paid, in units and in millionths of money.
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
    crowd: NDArray[np.void]
    page: NDArray[np.int64]
    pages: NDArray[np.uint8]
    shares: NDArray[np.void]
    posted: NDArray[np.int32]
    after: NDArray[np.int32]
    first: NDArray[np.int32]
    buyers: NDArray[np.void]
    followers: NDArray[np.int32]
    relation: NDArray[np.void]
    tasks: NDArray[np.void]
    task_first: NDArray[np.int32]
    book: NDArray[np.int32]
    active: NDArray[np.int32]
    climbs: NDArray[np.void]
    heard: NDArray[np.uint16]
    traffic: NDArray[np.int64]
    talk: NDArray[np.int64]
    members: NDArray[np.int64]
    gaps: NDArray[np.int64]
    placed: NDArray[np.int64]
    ledger: NDArray[np.void]
    size: NDArray[np.int64]
    counts: NDArray[np.int64]
    people: NDArray[np.int64]
    series: NDArray[np.int64]

    @property
    def trust(self) -> NDArray[Any]:
        """The column of that name of everybody (`PERSON`)."""
        return self.crowd["trust"]

    @property
    def bond(self) -> NDArray[Any]:
        """The column of that name of everybody (`PERSON`)."""
        return self.crowd["bond"]

    @property
    def following(self) -> NDArray[Any]:
        """The column of that name of everybody (`PERSON`)."""
        return self.crowd["following"]

    @property
    def arrived(self) -> NDArray[Any]:
        """The column of that name of everybody (`PERSON`)."""
        return self.crowd["arrived"]

    @property
    def arrivals(self) -> NDArray[Any]:
        """The column of that name of everybody (`PERSON`)."""
        return self.crowd["arrivals"]

    @property
    def earlier(self) -> NDArray[Any]:
        """The column of that name of everybody (`PERSON`)."""
        return self.crowd["earlier"]

    @property
    def steps(self) -> NDArray[Any]:
        """The column of that name of everybody (`PERSON`)."""
        return self.crowd["steps"]

    @property
    def role(self) -> NDArray[Any]:
        """The column of that name of everybody (`PERSON`)."""
        return self.crowd["role"]

    @property
    def channels(self) -> NDArray[Any]:
        """The column of that name of everybody (`PERSON`)."""
        return self.crowd["channels"]


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
    if world.channels.size:
        people["channels"] = world.channels
    else:
        people["channels"] = EVERY_CHANNEL
    known = np.zeros(n, RELATION)
    known["joined"] = -1
    known["listed"] = by_role != STRANGER
    known["rung"] = np.where(by_role == ADVOCATE, ADVOCATE_RUNG, NO_RUNG)
    rooms = scenario.community.rooms
    # Counted only where the rule of sharing asks: two bytes a person and message.
    rule = scenario.share.rule
    network = any(then.share.bass.mixing == "network" for then in scenario.ever())
    counted = rule == "threshold" or (rule == "bass" and network)
    heard = np.zeros((messages, n if counted else 0), np.uint16)
    page = np.full((messages, -(-n // PAGE)), -1, np.int64)
    states = []
    for low, high in _ranges(world, owners):
        fans = (low + np.flatnonzero(by_role[low:high] != STRANGER)).astype(np.int32)
        size = np.zeros(SIZES, np.int64)
        size[FOLLOWERS] = size[HEARERS] = fans.size
        members = np.zeros(rooms, np.int64)
        if rooms:
            members += np.bincount(world.room[fans], minlength=rooms)
        states.append(
            State(
                low=low,
                high=high,
                page=page,
                pages=np.zeros(16 * PAGE, np.uint8),
                crowd=people,
                shares=np.empty(64, LOG),
                posted=np.empty(64, np.int32),
                after=np.empty(64, np.int32),
                first=np.full(scenario.horizon + 1, -1, np.int32),
                buyers=np.empty(16, LOG),
                followers=fans,
                relation=known,
                tasks=np.empty(64, TASK),
                task_first=np.full(scenario.horizon + 1, -1, np.int32),
                book=np.empty(16, np.int32),
                active=np.empty(16, np.int32),
                climbs=np.empty(16, LOG),
                heard=heard,
                traffic=np.zeros((len(scenario.channels), 3), np.int64),
                talk=np.zeros((2, rooms), np.int64),
                members=members,
                gaps=np.zeros(scenario.complaints.topics, np.int64),
                placed=np.zeros(world.outlet_offsets.size - 1, np.int64),
                ledger=np.zeros((scenario.horizon, len(ACCOUNTS)), ENTRY),
                size=size,
                counts=np.zeros((messages, STEPS, 3, HOPS, 2), np.int64),
                people=np.zeros(STEPS, np.int64),
                series=np.zeros((scenario.horizon, len(SERIES)), np.int64),
            )
        )
    return states


def with_messages(states: list[State], messages: int) -> list[State]:
    """The owners' states with room for so many messages."""
    page = states[0].page
    more = messages - page.shape[0]
    page = np.concatenate([page, np.full((more, page.shape[1]), -1, np.int64)])
    none = np.zeros((more, *states[0].counts.shape[1:]), np.int64)
    heard = states[0].heard
    heard = np.concatenate([heard, np.zeros((more, heard.shape[1]), np.uint16)])
    return [
        state._replace(page=page, heard=heard, counts=np.concatenate([state.counts, none]))
        for state in states
    ]


def _ranges(world: World, owners: int) -> list[tuple[int, int]]:
    """Cut the people into ranges of whole pages in which about equally many arcs end."""
    n = world.role.size
    if owners <= 1:
        return [(0, n)]
    heard = np.cumsum(np.bincount(world.indices, minlength=n) + 1)
    cuts = np.searchsorted(heard, heard[-1] * np.arange(1, owners) / owners)
    whole = np.minimum(np.round(cuts / PAGE).astype(np.int64) * PAGE, n)
    edges = [0, *whole.tolist(), n]
    return [(low, high) for low, high in pairwise(edges) if low < high]
