"""The messages of a campaign as columns: its posts, ads, advocates' own, rivals', complaints."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..creatives import creatives
from ..draws import APPEAL, key
from ..ledger import millionths
from ..parameters import ContentType, Post, Scenario
from ..weeks import weeks
from ..world import traits

# What a message is. Of the first three the funnel is about.
POST: Final = 0
AD: Final = 1
OWN: Final = 2
RIVAL: Final = 3
COMPLAINT: Final = 4
KINDS: Final = ("post", "ad", "advocate", "rival", "complaint")
# What of the third kind nobody but people began, by its name: a mention unasked.
MENTION: Final = "mention"
# In place of the account that posts it: nobody, and people who mention the brand unasked.
MENTIONED: Final = -2


# A message, in the order of the calendar and then of `listed`. `account` is the account that alone
# posts it, -1 where that is the brand, nobody, or the flights of an ad; it is posted from the tick
# `released` on, for so many `ticks`; `channel` is where it is and `channels` where it can be passed
# on, a bit each; `price` is what commerciality and being off brand cost it in credibility; `trust`
# that in whoever speaks, where it is not the brand, and else below 0; `disclosed` the bond that its
# self-disclosure gains; `delay` by what the wait before it is passed on is multiplied; `identity`
# what draws about it are about: its place among those of its kind, of an ad a number of its own;
# `making` the millionths of money that it costs the brand to make; `mention` whether it is what
# anybody says unasked, not advocates in a round. A rival posts it only if the brand's share of
# voice was above `above` (below 0: whatever that was) in the last `window` ticks.
MESSAGE: Final = np.dtype(
    [
        (name, np.int64)
        for name in ("kind", "account", "released", "ticks", "channel", "identity", "making")
    ]
    + [("window", np.int64), ("above", np.float64)]
    + [("channels", np.uint8), ("exclusive", np.uint8), ("mention", np.uint8)]
    + [
        (name, np.float64)
        for name in (
            "contagiousness",
            "fidelity",
            "half_life",
            "commerciality",
            "price",
            "topic",
            "value",
            "offer",
            "spotlight",
            "effort",
            "dialogue",
            "disclosed",
            "trust",
            "delay",
        )
    ],
    align=True,
)


def listed(scenario: Scenario) -> list[tuple[int, Post, int, int]]:
    """All messages that a scenario plans: kind, post, account, ticks.

    The accounts are the outlets, then the flights, then the rivals. All flights of an ad are one
    message, which is there from the first of their ticks to the last.
    """
    publish, advocacy = scenario.publish, scenario.advocacy
    outlets = sum(outlet.count for outlet in publish.outlets)
    rivals = {rival.name: outlets + len(publish.ads) + k for k, rival in enumerate(publish.rivals)}
    channel = next(iter(scenario.channels))
    found = [
        (POST, post, -1, 1) if post.brand is None else (RIVAL, post, rivals[post.brand], 1)
        for post in scenario.calendar()
    ]
    for each in creatives(scenario):
        flights = [publish.ads[k] for k in each.flights]
        first = min(ad.tick for ad in flights)
        ticks = max(ad.tick + ad.ticks for ad in flights) - first
        found.append((AD, Post(type=each.type, tick=first, channel=channel), -1, ticks))
    ever = scenario.ever()
    if any(then.advocacy.post > 0.0 for then in ever):
        found += [
            (OWN, Post(type=advocacy.type, tick=tick, channel=channel), -1, 1)
            for tick in range(advocacy.interval, scenario.horizon, advocacy.interval)
        ]
    found += [
        (
            RIVAL,
            Post(type=rival.reacts_type, tick=tick, channel=channel, brand=rival.name),
            rivals[rival.name],
            1,
        )
        for rival in publish.rivals
        if rival.reacts_above is not None
        for tick in range(rival.reacts_every, scenario.horizon, rival.reacts_every)
    ]
    if any(then.talk.rate > 0.0 for then in ever):
        # After all of the programme's, whose luck they leave alone.
        found += [
            (OWN, Post(type=scenario.talk.type, tick=tick, channel=channel), MENTIONED, 1)
            for tick in weeks(scenario)
        ]
    if any(then.complaints.rate > 0.0 for then in ever):
        complaint = Post(type=scenario.complaints.type, tick=0, channel=channel)
        found += [(COMPLAINT, complaint, -1, 1)] * scenario.complaints.topics
    return found


def messages(
    scenario: Scenario,
    entries: list[tuple[int, Post, int, int]],
    luck: np.uint64,
    influence: float,
    learned: float | None = None,
) -> NDArray[np.void]:
    """Some messages (`MESSAGE`), each filled in from its content type and channel.

    Parameters
    ----------
    scenario
        What is simulated.
    entries
        Kind, post, account and ticks of each message (`listed`).
    luck
        The key of the campaign's draws.
    influence
        Log-odds that the effort for content adds to the contagiousness of the brand's posts.
    learned
        The topic that the brand learned to post about, in place of its posts' own.
    """
    posts = [post for _, post, _, _ in entries]
    kind = np.array([entry[0] for entry in entries], np.int8)
    types = [scenario.content_types[post.type] for post in posts]
    channels = [scenario.channels[str(post.channel)] for post in posts]
    names = list(scenario.channels)
    rivals = {rival.name: rival.trust for rival in scenario.publish.rivals}
    negative, relation = scenario.negative, scenario.relation

    def typed(name: str) -> NDArray[np.float64]:
        return np.array([getattr(each, name) for each in types], np.float64)

    ours = kind <= OWN
    worse = kind == COMPLAINT
    topic, commerciality = typed("topic"), typed("commerciality")
    if learned is not None:
        topic = np.where(kind == POST, learned, topic)
    longevity = [
        math.inf if worse[k] else channel.longevity or each.longevity
        for k, (channel, each) in enumerate(zip(channels, types, strict=True))
    ]
    channel = np.array([names.index(str(post.channel)) for post in posts], np.int64)
    everywhere = (kind != POST) | scenario.publish.cross_posting
    off_brand = np.where(ours, off_the_map(scenario, topic), 0.0)
    credibility = scenario.credibility
    columns: dict[str, NDArray[Any]] = {
        "kind": kind,
        "account": np.array([entry[2] for entry in entries], np.int64),
        "released": np.array([post.tick for post in posts], np.int64),
        "ticks": np.array([entry[3] for entry in entries], np.int64),
        "channel": channel,
        "identity": identities(scenario, kind),
        "making": np.where(kind == POST, _making(scenario, types), 0),
        "channels": np.where(everywhere, 255, 1 << channel).astype(np.uint8),
        "contagiousness": typed("contagiousness")
        + appeal(luck, identities(scenario, kind), typed("contagiousness_spread"))
        + np.where(worse, math.log(negative.reach), 0.0)
        + np.where(kind == AD, math.log(scenario.publish.ad_shared), 0.0)
        + np.where(ours, influence, 0.0),
        "fidelity": typed("fidelity"),
        "half_life": np.array(longevity, np.float64),
        "commerciality": commerciality,
        "price": np.where(worse, 0.0, credibility.commerciality * commerciality)
        + credibility.off_brand * off_brand,
        "topic": topic,
        "value": typed("value"),
        "offer": typed("offer"),
        "spotlight": typed("spotlight"),
        "effort": np.array([channel.effort for channel in channels], np.float64)
        - np.where(ours, with_tools(scenario, "ease", 1.0), 0.0),
        "dialogue": dialogue(scenario, kind, typed("dialogue")),
        "disclosed": relation.disclosure * disclosed(scenario, typed("disclosure")),
        "exclusive": np.array([each.exclusive for each in types], np.bool_),
        "mention": np.array([entry[2] == MENTIONED for entry in entries], np.bool_),
        "trust": np.where(
            worse,
            scenario.people.trust.stranger,
            [-1.0 if post.brand is None else rivals[post.brand] for post in posts],
        ),
        "delay": np.where(worse, 1.0 / negative.speed, 1.0),
        "window": np.zeros(len(entries), np.int64),
        "above": np.full(len(entries), -1.0),
    }
    for name, value in reactions(scenario, entries).items():
        columns[name] = np.where(value < 0, columns[name], value)
    result = np.empty(len(entries), MESSAGE)
    for name, column in columns.items():
        result[name] = column
    return result


def reactions(
    scenario: Scenario, entries: list[tuple[int, Post, int, int]]
) -> dict[str, NDArray[np.float64]]:
    """Window and share of voice of the messages with which rivals react; -1 of all others."""
    acting = {r.name: r for r in scenario.publish.rivals if r.reacts_above is not None}
    planned = len(scenario.content)
    window, above = np.full(len(entries), -1.0), np.full(len(entries), -1.0)
    for k, (kind, post, _, _) in enumerate(entries):
        # Those of the calendar come first, and are posted whatever the others do.
        if kind == RIVAL and k >= planned:
            rival = acting[str(post.brand)]
            window[k], above[k] = rival.reacts_every, float(rival.reacts_above or 0.0)
    return {"window": window, "above": above}


def with_tools(scenario: Scenario, name: str, weight: float) -> float:
    """What the tools that are given away add to the log-odds of all people.

    The sum over tools of ln(1 + reach * (exp(weight * x) - 1)), with x the number of that name.

    Examples
    --------
    >>> button = {"publish.tools": [{"reach": 0.5, "ease": 1.0}]}
    >>> round(with_tools(Scenario().replace(button), "ease", 1.0), 3)
    0.62
    """
    return math.fsum(
        math.log1p(tool.reach * math.expm1(weight * getattr(tool, name)))
        for tool in scenario.publish.tools
    )


def _making(scenario: Scenario, types: list[ContentType]) -> NDArray[np.int64]:
    """Millionths of money for making a post of each type: the more value it gives, the more."""
    publish = scenario.publish
    return np.array(
        [
            millionths(publish.cost * (1.0 + publish.value_cost * each.value) + each.cost)
            for each in types
        ],
        np.int64,
    )


def places(kind: NDArray[np.int8]) -> NDArray[np.int64]:
    """A number for each message that others of another kind do not change."""
    within = np.zeros(kind.size, np.int64)
    for each in np.unique(kind):
        within[kind == each] = np.arange((kind == each).sum())
    return (kind.astype(np.int64) << 40) + within


def identities(scenario: Scenario, kind: NDArray[np.int8]) -> NDArray[np.int64]:
    """As `places`; an ad keeps its number whatever other ads there are."""
    found = places(kind)
    found[kind == AD] = [(AD << 40) + each.number for each in creatives(scenario)]
    return found


def appeal(
    luck: np.uint64, identity: NDArray[np.int64], spread: NDArray[np.float64]
) -> NDArray[np.float64]:
    """By how much each message is more contagious than its type: normal, whoever posts it.

    It is luck about the message alone: the same whatever else is posted, and a larger spread takes
    each message further the same way.
    """
    if not spread.any():
        return np.zeros(spread.size)
    from scipy.special import ndtri  # as costly to import as in `world`

    uniform = traits(key(int(luck), int(APPEAL)), spread.size, identity.astype(np.uint64))
    return np.asarray(spread * ndtri(np.maximum(uniform, 2.0**-54)))


def off_the_map(scenario: Scenario, topic: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far topics lie outside the topic map, in half turns (003): 0 on it, 1 opposite."""
    apart = np.abs(topic - scenario.topic_map.centre)
    apart = np.minimum(apart, 1.0 - apart)
    return 2.0 * np.maximum(apart - scenario.topic_map.width, 0.0)


def disclosed(scenario: Scenario, disclosure: NDArray[np.float64]) -> NDArray[np.float64]:
    """What self-disclosure d gains, 1 at its optimum o and 0 from 2 o on: d (2 o - d) / o ** 2."""
    best = scenario.relation.disclosure_optimum
    return np.maximum(disclosure * (2.0 * best - disclosure) / best**2, 0.0)


def dialogue(
    scenario: Scenario, kind: NDArray[np.int8], typed: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far each message is dialogue: as its type says, or evenly so many of the posts (002)."""
    share = scenario.advocacy.dialogue
    if share is None:
        return typed
    posts = np.cumsum(kind == POST)
    # Rounded, since .29 of 100 posts are 29, and .29 * 100 is a little less.
    done, before = np.round(posts * share, 9), np.round((posts - 1) * share, 9)
    turn = np.floor(done) > np.floor(before)
    return np.where(kind == POST, turn.astype(np.float64), typed)
