"""What ads show: flights of one format and one content type show one and the same ad.

A person remembers what they saw, and not under which name it was bought. So all flights of an ad
are one message, and cutting a flight into many changes nobody.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from zlib import crc32

from .parameters import Scenario
from .parameters.formats import FORMATS

# Showings of an ad that one person has room for in an hour. Assumed.
MOST_AN_HOUR: Final = 4
# How far the busiest viewers are reckoned with, against the mean.
_BUSIEST: Final = 12.0


class Creative(NamedTuple):
    """An ad, whatever it is bought as.

    Attributes
    ----------
    format, type
        What it is.
    flights
        The places of its flights among all.
    mean
        The most showings of it in a tick, for each of its audience.
    """

    format: str
    type: str
    flights: tuple[int, ...]
    mean: float

    @property
    def number(self) -> int:
        """A number of its own, whatever other ads there are."""
        return crc32(f"{self.format} {self.type}".encode())


def creatives(scenario: Scenario) -> list[Creative]:
    """The ads of a scenario, in the order of their first flights.

    Examples
    --------
    >>> spring = {"name": "spring", "format": "video", "impressions": 2.0}
    >>> found = creatives(Scenario(publish={"ads": [spring, {}, spring | {"name": "autumn"}]}))
    >>> [(each.format, each.flights, each.mean) for each in found]
    [('video', (0, 2), 4.0), ('social', (1,), 1.0)]
    """
    ads = scenario.publish.ads
    kinds = dict.fromkeys((ad.format, ad.type) for ad in ads)
    found = []
    for format_, type_ in kinds:
        flights = tuple(k for k, ad in enumerate(ads) if (ad.format, ad.type) == (format_, type_))
        begins = {ads[k].tick for k in flights}
        # What runs at once is most where some flight begins.
        mean = max(
            sum(
                ads[k].impressions / ads[k].ticks
                for k in flights
                if ads[k].tick <= tick < ads[k].tick + ads[k].ticks
            )
            for tick in begins
        )
        found.append(Creative(format_, type_, flights, mean))
    return found


def flight_names(scenario: Scenario) -> list[str]:
    """What each ad is called: by the names of its flights, each once.

    Examples
    --------
    >>> flight_names(Scenario(publish={"ads": [{"name": "meta"}, {"name": "tiktok"}]}))
    ['meta + tiktok']
    """
    ads = scenario.publish.ads
    return [
        " + ".join(dict.fromkeys(ads[k].name for k in each.flights)) for each in creatives(scenario)
    ]


def showings(mean: float, hours: float) -> int:
    """How often one person can be shown an ad in a tick of so many hours, at most.

    Parameters
    ----------
    mean
        Showings in it for each of the audience.
    hours
        Of the tick.

    Examples
    --------
    >>> showings(0.1, 1.0), showings(50.0, 1.0), showings(50.0, 24.0)
    (4, 4, 96)
    """
    room = max(1, round(MOST_AN_HOUR * hours))
    return min(room, 4 + int(round(_BUSIEST * mean, 6)))


def format_place(name: str) -> int:
    """The place of a format among all."""
    return list(FORMATS).index(name)
