"""The formats of paid media: how each is noticed, answered and priced where an ad says nothing."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Format = Literal["search", "social", "video", "broadcast", "influencer"]


class Usual(NamedTuple):
    """What is usual of a format.

    Attributes
    ----------
    noticed
        Share of the impressions shown that are noticed.
    response
        Chance that an impression shown is answered: by a click, or by a search for the brand where
        there is nothing to click.
    cost_per_thousand
        Price of a thousand impressions.
    standing
        How far it is believed, as a friend's closeness; as the brand itself if None.
    by_click
        Whether there is something to click.
    """

    noticed: float
    response: float
    cost_per_thousand: float
    standing: float | None
    by_click: bool


# Price of a thousand impressions in a social feed, by the trade press, in the list of costs by the
# thousand from which television's are too. With the click rate below it makes .59 a click. That
# rate is of WordStream 2018, whose own clicks cost 1.72, or 15.48 a thousand: the two do not belong
# together, and an ad in a feed is cheap here, at the favourable end of what is known. Whoever wants
# the other end gives a flight `cost_per_thousand = 15.48`.
SOCIAL: Final = 5.35

# Click rates of a search ad (3.17 %, 2.69 a click), in a social feed (.9 %) and
# of display (.46 %): WordStream 2018. In view were 44 % of display impressions and nine in ten of
# a video platform: Google 2014, 2015. Prime-time television costs 29, cable 16, influencers 10 to
# 100 a thousand: trade press. All else is assumed: that four in five search ads are read, that a
# video is clicked as display is and priced as cable, that two in five watch a spot and one search
# follows 2,000 of it (that searches follow at all: Lewis & Reiley 2013; Joo et al. 2014), that an
# influencer is answered as a feed is, and believed as an opinion online (Nielsen 2012).
FORMATS: Final[dict[str, Usual]] = {
    "search": Usual(0.8, 0.0317, 85.27, None, True),
    "social": Usual(0.44, 0.009, SOCIAL, None, True),
    "video": Usual(0.9, 0.0046, 16.0, None, True),
    "broadcast": Usual(0.4, 0.0005, 29.0, None, False),
    "influencer": Usual(0.44, 0.009, 30.0, 0.75, True),
}
