"""The records of a plan: the numbers of each stage, side by side."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..reference import by_reference

UNLIMITED: Final = 0.0
# A tick that never comes, and a budget that nobody spends.
NEVER: Final = np.int64(2**62)
DOSES: Final = 15
POSTS: Final = 255
# Rules by which people pass on.
LOGIT: Final = 0
THRESHOLD: Final = 1
BASS: Final = 2
EVERYBODY: Final = 0
# Laws of the delay before a share is posted.
NONE: Final = 0
CONSTANT: Final = 1
EXPONENTIAL: Final = 2
LOGNORMAL: Final = 3
POWER_LAW: Final = 4
# Visits an hour where people are always online.
ALWAYS: Final = np.inf


# An account beside the brand's own: outlets come first, then flights of ads, then rivals, then the
# channels whose feeds are ranked by engagement. `shown`
# is the chance that a post is shown to one of its audience, of a flight the mean showings in a tick
# for each of them; `acceptance` the chance that it takes up a post; `standing` how far it is
# believed, as a friend's closeness, below 0 as the brand itself; `paid` the credibility that it
# costs a post there that it is paid for; `noticed` the chance that a showing of an ad is noticed at
# first sight, `response` the log-odds that who noticed answers it, but for trust and offer, and
# `searched` whether that is a search for the brand; `fee` millionths of money for a placement;
# `production` those for making an ad, `rate` those for each of its audience and tick, a fraction
# perhaps; `identity` what draws about it are about: its place among those of its kind, of a flight
# that of its format; `source` its place among the sources of clicks (`sources.sources`); `message`
# the ad that a flight shows, -1 of others, from the tick `first` to before `last`, and `most` how
# often in a tick one person can be shown that.
ACCOUNT: Final = np.dtype(
    [
        (name, np.float64)
        for name in ("shown", "acceptance", "standing", "paid", "noticed", "response", "rate")
    ]
    + [
        (name, np.int64)
        for name in (
            "fee", "production", "identity", "source", "message", "first", "last", "most",
            "searched",
        )
    ]
)  # fmt: skip


class Noticing(NamedTuple):
    """Attention a visit (0: unlimited), rivals' posts an hour and account followed, visits.

    `habit` is what is left of the chance after 0 to 255 posts of the brand in a month.

    `activity` are visits an hour, `rhythm` what has passed of the day at each of its hours, none
    if all are alike, and `visits` is the key under which they are drawn. `wear_out` are the
    impressions of ads in memory that halve how often one more is noticed, infinite where none wear
    out, and `ad_half_life` the ticks in which half of that memory fades.
    """

    attention: float
    background: float
    activity: float
    rhythm: NDArray[np.float64]
    visits: np.uint64
    boost: float
    wear_out: float
    ad_half_life: float
    habit: NDArray[np.float64]


class Delaying(NamedTuple):
    """A law of delays; mean, median or onset in hours; sigma or exponent; the cut-off.

    `most` is the share of the power law, were it without a cut-off, that lies below it.
    """

    law: int
    scale: float
    shape: float
    most: float


class Sharing(NamedTuple):
    """The weights of the reasons, offsets, that of the first sharer, the most that trust brings."""

    topic: float
    trust: float
    reward: float
    reward_weak: float
    recipient: float
    status: float
    reciprocity: float
    generalised: float
    thanked: float
    image: float
    boost: float
    reboost: float
    first: float
    most_trusted: float


class Adopting(NamedTuple):
    """The rule of passing on; its threshold; hazards; who may; the chance to bounce."""

    rule: int
    threshold: float
    innovation: float
    imitation: float
    mixing: int
    buyers_only: bool
    bounce: float


class Believing(NamedTuple):
    """Weight of the friend, closeness of a tie, what a hop leaves; cost of being known to be paid.

    `unpaid` is that cost where no reward is on offer any more.
    """

    friend: float
    closeness: float
    attenuation: float
    paid: float
    unpaid: float


class Transacting(NamedTuple):
    """Log-odds and weights of clicking and converting; link and recall of finding.

    What a friend sends has log-odds of its own: the recipient's reward and the discount are in.
    `most` is the most that credibility and doses can add to the log-odds of a click, and
    `convert_warned` what having noticed a complaint takes from those of converting. `once` is
    whether who bought over one post cannot buy over another.
    """

    click: float
    click_friend: float
    click_trust: float
    click_offer: float
    link: float
    recall: float
    boost_find: float
    convert: float
    convert_friend: float
    convert_trust: float
    convert_value: float
    convert_given: float
    convert_risk: float
    convert_warned: float
    most: float
    once: bool


class Segmented(NamedTuple):
    """What segments add, by the place of each, the first being none.

    Log-odds of a click, of converting, and of converting at what a friend sent, the price in them;
    `likeliest` is the most that they add to a click. What one gets back who complains, what a
    friend's friend pays less, and what an offer of strength 1 takes, in millionths; whether prices
    differ, and where purchases are counted then.
    """

    click: NDArray[np.float64]
    likeliest: float
    convert: NDArray[np.float64]
    convert_friend: NDArray[np.float64]
    refund: NDArray[np.int64]
    discount: NDArray[np.int64]
    offer: NDArray[np.int64]
    priced: bool


class Returning(NamedTuple):
    """Chance to leave an address; log-odds of coming back; mean wait; what else is bought."""

    lead: float
    visit: float
    repeat: float
    bond: float
    interval: float
    upsell: float
    cross_sell: float


class Interacting(NamedTuple):
    """Log-odds of following, leaving, liking, commenting; of being seen; contacts; their gains."""

    follow: float
    follow_trust: float
    follow_exclusive: float
    follow_value: float
    unfollow: float
    unfollow_selling: float
    unfollow_bond: float
    unfollow_community: float
    like: float
    like_bond: float
    comment: float
    comment_bond: float
    comment_dialogue: float
    comment_community: float
    thank: float
    reply: float
    capacity: float
    delay: int
    channel: int
    bond_gain: float
    trust_gain: float


class Relating(NamedTuple):
    """What noticing does to trust, bond and what was given; what silence leaves of them.

    `on` is 0 where nothing of it is switched on; `fades` likewise for silence. `trust_left` and
    `bond_left` are what so many ticks of silence leave.
    """

    on: bool
    pressure: float
    monologue: float
    memory: float
    fades: bool
    prior: float
    trust_left: NDArray[np.float64]
    bond_left: NDArray[np.float64]


class Complaining(NamedTuple):
    """What goes wrong, is heard and mended; what complaints do."""

    rate: float
    topics: int
    first: int
    loss: float
    detection: float
    delay: int
    patience: int
    recovery: float
    refund: float
    churn: float
    harm: float


class Paying(NamedTuple):
    """What is paid for, to whom, out of how much; prices of all accounts in millionths.

    `tools` are those for making all tools, `upkeep` those for a tick of them, a fraction perhaps.
    """

    event: int
    reward: int
    recipient: int
    budget: int
    fraud: float
    audit: float
    prices: NDArray[np.int64]
    tools: int
    upkeep: float


class Promoting(NamedTuple):
    """The advocacy path: rounds, what is heard, who is approached, accepts, is nurtured.

    Below `target` orders a week, `kept` of the nurturing is left, and as much more effort goes into
    selling as was taken from it: at most `moved` of what goes there, which sells the more by
    `elasticity`; `mention` is the chance to mention the brand unasked in a week, at a
    bond and a trust of 1, and `found` that of the brand to find it.
    """

    interval: int
    listen: float
    delay: int
    identify: bool
    outreach: int
    accept: float
    accept_bond: float
    nurture: float
    empower: bool
    bond: float
    post: float
    target: float
    kept: float
    moved: float
    elasticity: float
    mention: float
    found: float


class Asking(NamedTuple):
    """Log-odds of complying; what the bond and a reward add; requests a week; hours of a tick.

    `reward` is what the utility of what is on offer weighs, `unrewarded` what is left of it when
    the budget is spent; `outreach` is below 0 where there is no limit.
    """

    accept: float
    bond: float
    reward: float
    unrewarded: float
    outreach: int
    hours: float


class Belonging(NamedTuple):
    """Sense of community: talk an hour, crowd, ticks of tenure; the weight of a tick's talk."""

    talk: float
    crowd: float
    tenure: float
    newest: float


class Ranking(NamedTuple):
    """The channels whose feeds are ranked by engagement: a row each.

    `first` is the account of the first of them; `wait` ticks until a post is judged, `most` the
    share of strangers to whom it may be shown, `half` the engagement at which it is to half of it.
    """

    first: int
    channel: NDArray[np.int64]
    wait: NDArray[np.int64]
    most: NDArray[np.float64]
    half: NDArray[np.float64]


@by_reference
class Plan(NamedTuple):
    """A scenario in numbers, stage by stage. Offsets are in; a chance of 0 is minus infinity.

    Attributes
    ----------
    luck
        The key of the campaign's draws.
    hours
        Length of a tick.
    messages, accounts, outlets
        Records of each (`MESSAGE`, `ACCOUNT`), and how many of the accounts are outlets.
    base
        Log-odds of sharing, by role.
    ceiling
        The chance to notice one of so many posts at a visit, were they new and nobody else's;
        the last also where there are more.
    doses, fatigue, tired, active
        The terms of 0 to 15 doses, of 0 to 255 earlier posts in sharing and in leaving, and of as
        many acts in accepting.
    click_doses
        ``[before, now]``: the term in clicking of the doses up to now, of which so many were there
        before.
    share, unrewarded, gossip
        The weights of the reasons to share: with the reward on offer, without it, and of what is
        not the brand's.
    transact, transact_unrewarded
        Clicking and converting, with the recipient's reward on offer and without it.
    segmented
        What segments add to both.
    notice, delay, adopt, believe, returns, interact, relate, complain, pay, promote, ask, belong,
    ranking
        The numbers of the stages.
    judges
        Whether any message is judged during the campaign (`Due.judged`).
    """

    luck: np.uint64
    hours: float
    messages: NDArray[np.void]
    accounts: NDArray[np.void]
    outlets: int
    base: NDArray[np.float64]
    ceiling: NDArray[np.float64]
    doses: NDArray[np.float64]
    click_doses: NDArray[np.float64]
    fatigue: NDArray[np.float64]
    tired: NDArray[np.float64]
    active: NDArray[np.float64]
    notice: Noticing
    delay: Delaying
    share: Sharing
    unrewarded: Sharing
    gossip: Sharing
    adopt: Adopting
    believe: Believing
    transact: Transacting
    transact_unrewarded: Transacting
    segmented: Segmented
    returns: Returning
    interact: Interacting
    relate: Relating
    complain: Complaining
    pay: Paying
    promote: Promoting
    ask: Asking
    belong: Belonging
    ranking: Ranking
    judges: bool
