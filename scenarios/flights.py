"""Flights that buy more impressions than people have room for: what of them nobody takes in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..sim.creatives import MOST_AN_HOUR, creatives, showings
from ..sim.parameters import Scenario

# Of the impressions of a flight the part that may be lost before anybody is told.
_LOST: Final = 0.1
# Impressions for each, in multiples of what halves their notice: more say little of a larger one.
_TWICE: Final = 2.0


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
    """A sentence where one person is shown more ads of the brand than they take notice of.

    Examples
    --------
    >>> much = {"impressions": 40.0, "ticks": 200}
    >>> next(worn_out(Scenario(publish={"ads": [much]})))  # doctest: +ELLIPSIS
    'publish.ads: 40 impressions for each of those who can be reached, and every 10 halve ...'
    """
    publish = scenario.publish
    # Of flights that reach the same people each adds to what one is shown.
    shown = sum(ad.impressions * ad.audience for ad in publish.ads)
    widest = max((ad.audience for ad in publish.ads), default=0.0)
    if widest > 0.0 and shown / widest > _TWICE * publish.wear_out:
        yield (
            f"publish.ads: {shown / widest:.3g} impressions for each of those who can be reached, "
            f"and every {publish.wear_out:g} halve how often one more is noticed; give a larger "
            "audience or more people, or buy less."
        )
