"""Flights that buy more impressions than people have room for: what of them nobody takes in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from ..sim.creatives import MOST_AN_HOUR, creatives, showings
from ..sim.parameters import Scenario

# Of the impressions of a flight the part that may be lost before anybody is told.
_LOST: Final = 0.1


def shown_of(mean: float, viewing: float, most: int) -> float:
    """The showings in a tick for each of an audience, where nobody is shown more than `most`.

    Parameters
    ----------
    mean
        Showings bought for each.
    viewing
        Evenness of viewing: showings are negative binomial, of this shape (Ehrenberg 1972).
    most
        For which one person has room.

    Examples
    --------
    >>> round(shown_of(0.5, 1.0, 10), 3), round(shown_of(400.0, 1.0, 4), 3)
    (0.5, 3.975)
    """
    rare = viewing / (viewing + mean)
    chance: float = rare**viewing
    left, total = 1.0, 0.0
    for count in range(most):
        left -= chance
        total += max(left, 0.0)
        chance *= (count + viewing) / (count + 1.0) * (1.0 - rare)
    return total


def not_shown(scenario: Scenario) -> Iterator[str]:
    """A sentence for each ad that buys more in a tick than its audience has room for.

    Examples
    --------
    >>> burst = {"name": "meta", "impressions": 400.0}
    >>> next(not_shown(Scenario(publish={"ads": [burst]})))  # doctest: +ELLIPSIS
    "publish.ads: of the impressions of 'meta' 99 % are lost: 400 a head are bought in a tick, ..."
    """
    hours, ads = scenario.hours_per_tick, scenario.publish.ads
    for ad in creatives(scenario):
        flights = [ads[k] for k in ad.flights]
        most = showings(ad.mean, hours)
        if ad.mean <= 0.0:
            continue
        lost = 1.0 - shown_of(ad.mean, flights[0].viewing, most) / ad.mean
        if lost > _LOST:
            names = ", ".join(dict.fromkeys(repr(flight.name) for flight in flights))
            yield (
                f"publish.ads: of the impressions of {names} {lost:.0%} are lost".replace("%", " %")
                + f": {ad.mean:g} a head are bought in a tick, and a person has room for "
                f"{MOST_AN_HOUR} of an ad in an hour, {most} in a tick; give more ticks, a larger "
                "audience or fewer impressions."
            )


def worn_out(scenario: Scenario) -> Iterator[str]:
    """A sentence where one person remembers more ads of the brand than halve their notice.

    Flights of one format reach the same people, so that their showings add up; of those of a flight
    that runs evenly a part is forgotten at its end.

    Examples
    --------
    >>> much = {"impressions": 40.0, "ticks": 200}
    >>> next(worn_out(Scenario(publish={"ads": [much]})))  # doctest: +ELLIPSIS
    'publish.ads: 40 impressions in social for each of those who can be reached, of which they ...'
    """
    publish, hours = scenario.publish, scenario.hours_per_tick
    for name in dict.fromkeys(ad.format for ad in publish.ads):
        flights = [ad for ad in publish.ads if ad.format == name]
        widest = max(ad.audience for ad in flights)
        if widest == 0.0:
            continue
        heads = [ad.impressions * ad.audience / widest for ad in flights]
        lives = [math.log(2.0) * ad.ticks * hours / publish.ad_half_life for ad in flights]
        kept = sum(n * -math.expm1(-x) / x for n, x in zip(heads, lives, strict=True))
        if kept > publish.wear_out:
            yield (
                f"publish.ads: {sum(heads):.3g} impressions in {name} for each of those who can be "
                f"reached, of which they remember {kept:.2g}, and {publish.wear_out:g} halve how "
                "often one more is noticed; give a larger audience or more people, or buy less."
            )
