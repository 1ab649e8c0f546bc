"""Where clicks come from: the brand's channels, and what is paid for, each by its name.

What somebody passed on comes over a channel, whatever it was that they passed on; what an outlet or
an ad showed itself comes from that outlet or flight.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from .parameters import Scenario

CHANNEL: Final = "channel"
OUTLET: Final = "outlet"
FLIGHT: Final = "flight"
# What is counted of a source in each tick. Bought are impressions of a flight and placements at an
# outlet; what was paid for them, and for making the ad, is in millionths.
BROUGHT: Final = ("clicks", "visits", "conversions", "repeats", "bought", "paid", "production")
CLICKS, VISITS, CONVERSIONS, REPEATS, BOUGHT, PAID, PRODUCTION = range(len(BROUGHT))


class Source(NamedTuple):
    """Where clicks come from: its kind (channel, outlet or flight), and its name."""

    kind: str
    name: str

    @property
    def column(self) -> str:
        """As columns of the series end; a flight may be called as a channel is.

        Examples
        --------
        >>> Source("channel", "facebook").column, Source("flight", "spring").column
        ('facebook', 'flight_spring')
        """
        return self.name if self.kind == CHANNEL else f"{self.kind}_{self.name}"


def sources(scenario: Scenario) -> tuple[Source, ...]:
    """The channels, and then the outlets and flights, those of one name together.

    Examples
    --------
    >>> [source.name for source in sources(Scenario(publish={"ads": [{"name": "spring"}]}))]
    ['feed', 'spring']
    """
    publish = scenario.publish
    found = [Source(CHANNEL, name) for name in scenario.channels]
    found += [Source(OUTLET, outlet.name) for outlet in publish.outlets]
    found += [Source(FLIGHT, ad.name) for ad in publish.ads]
    return tuple(dict.fromkeys(found))


def ranked(scenario: Scenario) -> tuple[str, ...]:
    """The channels whose feeds are ranked by engagement: an account each, after all others."""
    channels = scenario.channels.items()
    return tuple(name for name, channel in channels if channel.ranking == "engagement")


def sources_of_accounts(scenario: Scenario) -> list[int]:
    """The place of each account among the sources; that of a rival is 0, to whom nothing leads.

    What a ranked feed shows comes over its channel.
    """
    publish, places = scenario.publish, {each: k for k, each in enumerate(sources(scenario))}
    outlets = [Source(OUTLET, each.name) for each in publish.outlets for _ in range(each.count)]
    flights = [Source(FLIGHT, ad.name) for ad in publish.ads]
    feeds = [Source(CHANNEL, name) for name in ranked(scenario)]
    rivals = [0] * len(publish.rivals)
    return [places[each] for each in (*outlets, *flights)] + rivals + [places[f] for f in feeds]
