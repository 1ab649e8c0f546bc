"""What changes during a campaign, as columns; written by `apply` alone."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .jit import inline
from .reference import by_reference

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
    "media_mentions",
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
    "mentions_found",
)
# What was counted from the beginning: a digest has the later columns only where they were used.
COUNTED_FIRST: Final = 34
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
    MEDIA_MENTIONS,
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
    MENTIONS_FOUND,
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
POSTED: Final = 11
BLOCKS: Final = 12
FREE: Final = 13
FREE_BLOCKS: Final = 14
SIZES: Final = 15

# What a task is: something that is due at a later tick.
COMMENT: Final = 0  # a comment waits for its answer
SERVICE: Final = 1  # a complaint has reached the desk that can mend it
OUTBURST: Final = 2  # somebody's patience is at an end
VISITOR: Final = 3  # one who left an address may visit again
BUYER: Final = 4  # a buyer may buy again
CLAIM: Final = 5  # a reward is due to whoever brought somebody
SEEN_ACT: Final = 6  # what the brand saw a follower do reaches whoever identifies advocates
THANKS: Final = 7  # a share that the brand saw waits for its thanks

# For what people wait at the brand's desk, those to be answered first first; and what is known of
# each line of them.
DESKS: Final = (SERVICE, COMMENT, THANKS)
FRONT: Final = 0
BACK: Final = 1
LENGTH: Final = 2

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
DISCOUNTED: Final = np.uint8(4)  # what went wrong last came through somebody
WARNED: Final = np.uint8(8)  # noticed a complaint of another
RUNGS: Final = ("none", "identified", "activated", "nurtured", "advocate")


# The columns of a person lie side by side in 32 bytes, half a cache line: what one exposure reads
# and writes costs one trip to memory, not nine. `trust` and `bond` lie in 0..1; `following` is how
# many accounts they follow, a trait; `earliest` the row with which their next visit of a tick is
# told (`stages.feed.look_in`), and `arrivals` how much they meet at it; `mark` the list of `notice`
# in which they stand, and `slot` where; `earlier` messages noticed so far; `steps` the steps of the
# funnel ever taken, a bit each; `channels` those that they are on, a bit each. What counts in 16
# bits stays at 65,535.
PERSON: Final = np.dtype(
    [
        ("trust", np.float32),
        ("bond", np.float32),
        ("following", np.int32),
        ("earliest", np.int32),
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

# A post of which somebody has not met yet what arrived; `met` counts, while they are put in order,
# how often it is met in a tick, and is 0 at other times.
POST_MADE: Final = np.dtype(
    [(name, np.int32) for name in ("message", "person", "hop", "tick", "met", "showing")]
    + [("channels", np.uint8), ("hours", np.float64)],
    align=True,
)
# What waits in a feed: the row of the post, whose feed it is, and the hour of the visit.
WAITING: Final = np.dtype(
    [("post", np.int32), ("person", np.int32), ("visit", np.float64)], align=True
)
BLOCK: Final = 64

# What is due at a tick, `since`; `after` is the next task due at the same one, or the next in line
# (-1: none). Of a claim `person` is to be paid and `sender` came; of what went wrong `sender` is
# the how-manieth it was, and `hop`, where it waits to be mended, the tick at which patience ends.
TASK: Final = np.dtype(
    [(name, np.int32) for name in ("kind", "message", "person", "sender", "hop", "since", "after")]
)

# What was paid in a tick on an account: units, and millionths of money.
ENTRY: Final = np.dtype([("units", np.int64), ("money", np.int64)])


# The fields of `State` that grow.
GROWING: Final = (
    "pages", "shares", "posted", "after", "posts", "waiting", "block_after", "buyers", "followers",
    "tasks", "book", "active", "climbs",
)  # fmt: skip


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


@by_reference
class State(NamedTuple):
    """What changes. The wave moves; the state remembers.

    Each owner of a range of people has one. Columns of people are as long as the network and
    shared between owners; logs, lists and counts are the owner's, and are added up or put one
    after another where the campaign is looked at. Logs and lists are longer than what stands in
    them: `size` says how much does.

    Attributes
    ----------
    low, high
        The people for whom this owner decides: rows low to high - 1.
    crowd
        ``[person]`` of `PERSON`: what is read and written where a post arrives. Shared.
    page
        ``[message, person // 64]``: where in `pages` the records of 64 people with a message
        start; -1 where none of them ever met it. That is 1/8 byte a person and message, and one
        more where messages go: dense bytes cost one everywhere, and a hash table 10 to 16 for
        each person who met it. Shared.
    pages
        What a person did with a message, a byte each: flags (SAW, PASSED_ON, CLICKED_ON) in the
        low half, doses in the high one.
    shares
        ``[row]`` of `LOG`: the forest, a row a share, `tick` that of the decision.
    posted, after
        ``[row]`` of `shares`: the hour at which it is posted; the next row that is posted in the
        same tick (-1: none).
    first
        ``[tick]``: the first row of `shares` that is posted then (-1: none).
    posts
        ``[row]`` of `POST_MADE`: the posts of which something has been waiting.
    waiting, block_after
        ``[row]`` of `WAITING`, in blocks of `BLOCK` rows, and for each block the next one.
    waiting_first, waiting_filled
        ``[tick]``: the block in which what is met then is put, its rows so far; -1: none.
    buyers
        ``[row]`` of `LOG`: a row a first transaction of a person through a message.
    followers
        Those who follow the brand, and those who did: of these the role is that of a stranger.
    relation
        ``[person]`` of `RELATION`: what is read and written where a post is noticed. Shared.
    tasks
        ``[row]`` of `TASK`: what is due at a later tick.
    task_first
        ``[tick]``: the first row of `tasks` that is due then (-1: none).
    lines
        ``[DESKS, FRONT, BACK or LENGTH]``: whom the brand saw and had no hands for, those who came
        first first: the first and the last row of `tasks` that waits (-1: none), and how many do.
    book, active
        Followers whom the brand saw do something, and those who accepted to be nurtured.
    climbs
        ``[row]`` of `LOG`: a row a change of rung, `sender` the rung before, `hop` the one after.
    heard
        ``[message, person]``: from how many people a message was noticed, 65,535 at most; no
        columns but where the rule of sharing counts them. Shared.
    traffic
        ``[channel, 0, 1 or 2]``: clicks, visits, transactions.
    sources
        ``[tick, source, column of sources.BROUGHT]``: the same by what brought them, and what
        that cost; no rows where there is but one channel.
    owed
        ``[person]``: millionths that they paid for what went wrong last; empty where nothing does.
        Shared.
    worn
        ``[person, 0 or 1]``: the memory of ads, in showings, and the tick up to which it has faded;
        empty where no ad is shown, or none wears out. Shared.
    talk
        ``[tick % 2, room]``: contributions of followers in the last tick, and, in the other row,
        those of this one.
    chatter
        ``[room]``: contributions an hour up to the tick before the last, an average in which older
        ones count less (`stages.belong`); of all owners, and the same for each.
    members
        ``[room]``: how many follow the brand.
    gaps
        ``[topic]``: complaints of which the brand heard.
    placed
        ``[account]``: posts that it took up.
    ledger
        ``[tick, account of the ledger]`` of `ENTRY`: units, and millionths of money paid.
    size
        ``[SHARES, BUYERS, ...]``: how many rows of a log or list there are; how many of the
        followers hear the brand in this tick (HEARERS: those who followed before it); pages in
        use; lists that `notice` made (LISTS); millionths paid in rewards (SPENT);
        blocks ever used, the first free one plus one, how many are free (BLOCKS, FREE,
        FREE_BLOCKS); posts of which something has been waiting (POSTED).
    counts
        ``[message, step, role, hop, 0 or 1]``: events, and people by message, each at the hop of
        their first noticing: the funnel in every breakdown. The last hop stands for all later.
    people
        ``[step]``: distinct people who took it, over messages of the campaign's own.
    series
        ``[tick, column of SERIES]``: events.
    """

    low: int
    high: int
    crowd: NDArray[np.void]
    page: NDArray[np.int64]
    pages: NDArray[np.uint8]
    shares: NDArray[np.void]
    posted: NDArray[np.float64]
    after: NDArray[np.int32]
    first: NDArray[np.int32]
    posts: NDArray[np.void]
    waiting: NDArray[np.void]
    block_after: NDArray[np.int32]
    waiting_first: NDArray[np.int32]
    waiting_filled: NDArray[np.int32]
    buyers: NDArray[np.void]
    followers: NDArray[np.int32]
    relation: NDArray[np.void]
    tasks: NDArray[np.void]
    task_first: NDArray[np.int32]
    lines: NDArray[np.int32]
    book: NDArray[np.int32]
    active: NDArray[np.int32]
    climbs: NDArray[np.void]
    heard: NDArray[np.uint16]
    traffic: NDArray[np.int64]
    sources: NDArray[np.int64]
    owed: NDArray[np.int64]
    worn: NDArray[np.float32]
    talk: NDArray[np.int64]
    chatter: NDArray[np.float64]
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
