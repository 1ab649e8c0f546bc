"""What a post is: the meme it carries, and when it is published."""

from __future__ import annotations

from typing import Literal

from .declare import Parameters, chance, parameter, weight


class ContentType(Parameters):
    """A content type: a preset of the numbers that a message carries (source 001: memes)."""

    contagiousness: float = weight(
        0.0, "Contagiousness (fecundity): log-odds of being passed on", source="001"
    )
    contagiousness_spread: float = parameter(
        0.0,
        "Standard deviation of contagiousness among the messages of the type (normal)",
        low=0.0,
        high=10.0,
        unit="log-odds",
        source="assumed; measured retweet trees",
    )
    fidelity: float = chance(
        0.9, "Fidelity: chance that a share keeps link and source", source="001; assumed"
    )
    longevity: float = parameter(
        24.0,
        "Longevity: half-life of freshness",
        low=1e-3,
        high=1e6,
        unit="hours",
        source="Graffius: 24 min (X), 50 min (Facebook), 19 h (Instagram), 24 h (LinkedIn)",
    )
    commerciality: float = chance(0.2, "Commerciality: how hard it sells", source="000; assumed")
    topic: float = parameter(
        0.0, "Topic, as a place on a circle", low=0.0, high=1.0, unit="turns", source="assumed"
    )
    value: float = chance(0.3, "Value that it gives the reader", source="003; assumed")
    offer: float = chance(0.0, "Strength of what it offers to those who click", source="003")
    spotlight: float = chance(
        0.0, "Spotlight: how much it puts those who share in it", source="000; assumed"
    )
    disclosure: float = chance(
        0.0, "Self-disclosure: how far it lets people look behind the scenes", source="003, 004"
    )
    dialogue: float = chance(
        0.0, "Dialogue: how much it asks and listens, and does not tell", source="001, 002; assumed"
    )
    exclusive: bool = parameter(
        False, "Whether what it offers is for followers alone", source="001, 004"
    )
    cost: float = parameter(
        0.0,
        "Cost of making a post of the type, beside `publish.cost` (0: not priced)",
        low=0.0,
        high=1e12,
        unit="money",
        source="the scenario",
    )


class Post(Parameters):
    """An entry of the calendar: a content type at a tick, on a channel."""

    type: str = parameter("post", "Content type", source="the scenario")
    tick: int | None = parameter(
        None,
        "Tick of publication; publish.interval after the post before, where none is named",
        low=0,
        high=1_000_000,
        unit="ticks",
        source="the scenario",
    )
    channel: str | None = parameter(
        None, "Channel; the first one, where none is named", source="the scenario"
    )
    brand: str | None = parameter(
        None, "Rival who posts it; the brand itself, where none is named", source="001"
    )


class Channel(Parameters):
    """A channel: a layer of the network, who is on it, what sharing costs and how posts age.

    Feeds that are ranked by engagement show a post of the brand beyond its followers, once, to as
    many of the strangers on the channel as it did well among those who had it first:

        P(shown) = ranking_reach * e / (e + ranking_half)

    with e the likes, comments and shares for each who noticed it in its first `ranking_test` hours.
    """

    effort: float = weight(0.0, "Effort of sharing on the channel", source="000; assumed")
    membership: float = chance(1.0, "Share of people who are on it", source="the scenario")
    longevity: float | None = parameter(
        None,
        "Half-life of a post on it, in place of the content type's",
        low=1e-3,
        high=1e6,
        unit="hours",
        source="Graffius: 24 min (X), 50 min (Facebook), 19 h (Instagram), 24 h (LinkedIn)",
    )
    ranking: Literal["time", "engagement"] = parameter(
        "time",
        "By what feeds are ranked: time alone, or engagement, by which a post is shown beyond "
        "followers the better it did among them",
        source="as X (2023) and TikTok (2020) describe theirs; the form is assumed",
    )
    ranking_test: float = parameter(
        3.0,
        "Time after which what its first audience did decides on a post",
        low=0.0,
        high=1e6,
        unit="hours",
        source="assumed",
    )
    ranking_reach: float = chance(
        0.1, "Most of the strangers on it to whom a post is shown", source="assumed"
    )
    ranking_half: float = parameter(
        0.05,
        "Acts for each who noticed a post with which it is shown to half as many",
        low=1e-6,
        high=3.0,
        source="assumed",
    )
