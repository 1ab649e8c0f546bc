"""Publishing: the brand's posts, those who are asked, outlets, paid media, rivals."""

from __future__ import annotations

from typing import Final, Literal, Self

from pydantic import model_validator

from .declare import Listed, Parameters, chance, parameter, weight
from .formats import FORMATS, SOCIAL, Format, Usual

# The end of the range of `Publish.wear_out`, and what it means there.
NEVER_WORN: Final = 1e6

# How those are chosen who are asked to pass on posts.
Policy = Literal[
    "random",
    "followers",
    "fringe",
    "degree_discount",
    "pagerank",
    "k_core",
    "betweenness",
    "collective_influence",
    "greedy",
]


class Outlet(Parameters):
    """An account with an audience of its own, where the brand's posts can be placed (000, 003).

    With `count` it stands for many of its kind, each with an audience of its own: a long tail. An
    influencer is an outlet: with a name, an audience, a fee, a standing and an overlap.

    Of two outlets with overlaps a and b, a share a * b of the people are in both audiences or
    neither, as far as they are as large; of all others chance decides for each outlet.
    """

    name: str = parameter("outlet", "Name of the outlet", source="the scenario")
    count: int = parameter(
        1, "How many of its kind", low=1, high=100_000, unit="outlets", source="003: long tail"
    )
    audience: float = chance(0.01, "Share of people in its audience", source="assumed")
    shown: float = chance(
        0.5, "Chance that a placed post is shown to one of them", source="assumed"
    )
    overlap: float = chance(
        0.0,
        "How far its audience is that of others too: 0 independent of all, 1 the same people, as "
        "far as it is as large",
        source="assumed",
    )
    acceptance: float = chance(1.0, "Chance that it takes up a post", source="003; assumed")
    standing: float | None = parameter(
        None,
        "Standing: how far it is believed, as a friend's closeness; as the brand itself if None",
        low=0.0,
        high=1.0,
        source="003, 004; assumed",
    )
    fee: float = parameter(
        0.0, "Fee for one placement", low=0.0, high=1e12, unit="money", source="the scenario"
    )


class Ad(Parameters):
    """Paid media: impressions bought at a cost per thousand, among an audience.

    People differ in how much they view (gamma, shape `viewing`), so that the share of the audience
    reached by `r` impressions a head follows the negative binomial reach curve
    ``1 - (1 + r / viewing) ** -viewing`` (Ehrenberg 1972; Goodhardt, Ehrenberg & Chatfield 1984).

    Flights of one format reach the same people, the larger audience holds the smaller one, and
    flights of one format and content type are one ad: whoever saw it in one knows it in all.

    Where an ad does not say how it is noticed, answered or priced, that is what is usual of its
    format.

    Examples
    --------
    >>> flight = Ad(format="search", cost_per_thousand=100.0)
    >>> flight.usual.response, flight.price, round(flight.price / 1000 / flight.answered, 2)
    (0.0317, 100.0, 3.15)
    """

    name: str = parameter("ad", "Name of the flight", source="the scenario")
    format: Format = parameter(
        "social",
        "Format: what its response and price are where it says nothing of them",
        source="WordStream 2018; Google 2014, 2015; trade press. A social feed's price is that of "
        f"the trade press, {SOCIAL:g} a thousand, or .59 a click; WordStream's own is 1.72 a "
        "click, 15.48 a thousand",
    )
    type: str = parameter("post", "Content type that it shows", source="the scenario")
    tick: int = parameter(
        0, "First tick", low=0, high=1_000_000, unit="ticks", source="the scenario"
    )
    ticks: int = parameter(
        1, "Ticks that it runs", low=1, high=1_000_000, unit="ticks", source="the scenario"
    )
    audience: float = chance(0.5, "Share of people who can be reached", source="assumed")
    impressions: float = parameter(
        1.0,
        "Impressions bought, for each of the audience",
        low=0.0,
        high=1e4,
        unit="impressions a head",
        source="the scenario",
    )
    viewing: float = parameter(
        1.0,
        "Evenness of viewing (shape of its gamma law)",
        low=0.01,
        high=1e6,
        source="Ehrenberg 1972; 1 is assumed",
    )
    noticed: float | None = parameter(
        None,
        "Share of its impressions that are noticed at first sight; the format's if None, and all "
        "where attention is unlimited",
        low=0.0,
        high=1.0,
        unit="probability",
        source="Google 2014, 2015; assumed",
    )
    response: float | None = parameter(
        None,
        "Chance that an impression shown to a stranger is answered: by a click, and of a broadcast "
        "by a search for the brand; the format's if None",
        low=0.0,
        high=1.0,
        unit="probability",
        source="WordStream 2018; of a broadcast assumed",
    )
    cost_per_thousand: float | None = parameter(
        None,
        "Cost of a thousand impressions; the format's if None",
        low=0.0,
        high=1e6,
        unit="money",
        source="trade press: prime-time TV 29, cable 16, Super Bowl 2011 27; social: see "
        "`publish.ads[].format`",
    )
    production: float = parameter(
        0.0,
        "Cost of making the ad",
        low=0.0,
        high=1e12,
        unit="money",
        source="004: about a million",
    )

    @model_validator(mode="after")
    def _is_noticed_before_it_is_answered(self) -> Self:
        if self.answered > self.seen:
            raise ValueError(
                f"response = {self.answered:g} is more than the {self.seen:g} of its impressions "
                "that are noticed, and nobody answers what they did not notice; give a response of "
                f"{self.seen:g} or less, or a larger noticed."
            )
        return self

    @property
    def usual(self) -> Usual:
        """What is usual of its format."""
        return FORMATS[self.format]

    @property
    def seen(self) -> float:
        """The share of its impressions that are noticed at first sight."""
        return self.usual.noticed if self.noticed is None else self.noticed

    @property
    def answered(self) -> float:
        """The chance that an impression shown is answered."""
        if self.response is None:
            return min(self.usual.response, self.seen)
        return self.response

    @property
    def price(self) -> float:
        """What a thousand impressions cost."""
        usual = self.usual.cost_per_thousand
        return usual if self.cost_per_thousand is None else self.cost_per_thousand


class Tool(Parameters):
    """Something useful that the brand makes and gives away: a sharing button, an app (001).

    A share `reach` of people has it. Those find a post easier to pass on by `ease`, and get
    `value` from it, which weighs as the value of a post does in coming to follow
    (`interact.follow_value`), and as much against leaving. People who have it are not told apart:
    the odds of all are taken times ``1 + reach * (exp(term) - 1)``, their mean.
    """

    name: str = parameter("tool", "Name of the tool", source="the scenario")
    reach: float = chance(1.0, "Share of people who have it and use it", source="assumed")
    ease: float = parameter(
        0.0,
        "By how much passing on a post of the brand is easier with it",
        low=0.0,
        high=10.0,
        unit="log-odds",
        source="001: buttons; Fogg 2009: ability; size assumed",
    )
    value: float = chance(
        0.0,
        "Value that it gives to who has it",
        source="001: useful apps for free; Bellman et al. 2011: they win interest; size assumed",
    )
    cost: float = parameter(
        0.0, "Cost of making it", low=0.0, high=1e12, unit="money", source="the scenario"
    )
    upkeep: float = parameter(
        0.0,
        "Cost of keeping it up",
        low=0.0,
        high=1e12,
        unit="money a week",
        source="the scenario",
    )


class Rival(Parameters):
    """A rival brand, which competes for attention: its followers hear the posts that name it.

    It has people of its own whom it asks to pass on what it posts, and who all do. It may react: in
    every `reacts_every` ticks it posts once more if the brand's share of voice in these was above
    `reacts_above`. It sells nothing here, and so has no price to cut.
    """

    name: str = parameter("rival", "Name of the rival", source="the scenario")
    followers: float = chance(0.1, "Share of people who follow it", source="assumed")
    trust: float = chance(0.4, "Trust that people have in it", source="Nielsen 2012, 2015")
    seeds: int = parameter(
        0,
        "People whom it asks to pass on each of its posts, and who do: drawn among all",
        low=0,
        high=2_000_000_000,
        unit="people",
        source="Kempe, Kleinberg & Tardos 2003",
    )
    reacts_above: float | None = parameter(
        None,
        "Share of voice of the brand above which it posts once more; it never does if None",
        low=0.0,
        high=1.0,
        unit="share of impressions",
        source="Steenkamp, Nijs, Hanssens & Dekimpe 2005: most do not react; the rule is assumed",
    )
    reacts_every: int = parameter(
        24,
        "How often it looks, at the share of voice since it looked last",
        low=1,
        high=1_000_000,
        unit="ticks",
        source="assumed",
    )
    reacts_type: str = parameter(
        "post", "Content type of what it posts then", source="the scenario"
    )


class Publish(Parameters):
    """The brand's posts, the people asked to pass them on, and places outside the profile."""

    seeds: int = parameter(
        0,
        "People asked to pass on every post",
        low=0,
        high=2_000_000_000,
        unit="people",
        source="Kempe, Kleinberg & Tardos 2003",
    )
    seeding: Policy = parameter(
        "random",
        "How they are chosen: at random, those whom most people hear, whom fewest hear, or by "
        "what `wom.seeds` says of it",
        source="Kempe, Kleinberg & Tardos 2003; Hinz et al. 2011; Chen, Wang & Yang 2009; "
        "Brin & Page 1998; Kitsak et al. 2010; Brandes & Pich 2007; "
        "Morone & Makse 2015; Tang et al. 2018",
    )
    seed_chance: float | None = parameter(
        None,
        "Chance that who shares convinces one who hears it, as `degree_discount` and `greedy` "
        "suppose; 1 over the number of people whom the hearer hears if None",
        low=0.0,
        high=1.0,
        unit="probability",
        source="Kempe, Kleinberg & Tardos 2003",
    )
    asked: Listed[int] = parameter(
        (), "Ids of people who are asked by name, in place of `seeds`", source="the scenario"
    )
    seed_budget: float | None = parameter(
        None,
        "Money for seeding, for all posts together: as many as it pays for, of whom a cost is said",
        low=0.0,
        high=1e12,
        unit="money",
        source="Bakshy et al. 2011",
    )
    seed_cost: float = parameter(
        0.0,
        "Cost of asking a person, whatever they answer",
        low=0.0,
        high=1e9,
        unit="money",
        source="Bakshy et al. 2011",
    )
    seed_cost_follower: float = parameter(
        0.01,
        "Fee of one who complies: seed_cost_follower * followers ** seed_cost_exponent",
        low=0.0,
        high=1e9,
        unit="money",
        source="trade press: 100 dollars a post for 10,000 followers; form: Bakshy et al. 2011",
    )
    seed_cost_exponent: float = parameter(
        1.0,
        "Exponent of the followers in that fee",
        low=0.0,
        high=5.0,
        source="Bakshy et al. 2011: .5 to 1.5",
    )
    seed_accept: float = chance(
        1.0,
        "Chance that one who is asked passes a post on",
        source="Hinz et al. 2011; 1 is assumed",
    )
    seed_accept_reward: float = weight(
        0.0, "Weight in it of the reward's utility", source="000; assumed"
    )
    seed_accept_bond: float = weight(0.0, "Weight in it of the bond", source="002, 004; assumed")
    outreach: int | None = parameter(
        None,
        "People that the brand can ask in a week, over all posts; no limit if None",
        low=0,
        high=2_000_000_000,
        unit="requests a week",
        source="002, 003; assumed",
    )
    interval: int = parameter(
        24,
        "Ticks between posts, where the calendar names no ticks",
        low=1,
        high=1_000_000,
        unit="ticks",
        source="assumed",
    )
    cost: float = parameter(
        0.0, "Cost of making one post", low=0.0, high=1e12, unit="money", source="the scenario"
    )
    value_cost: float = parameter(
        0.0,
        "What value costs: a post of value v takes 1 + value_cost * v times `cost` (0: not priced)",
        low=0.0,
        high=1e3,
        source="the scenario",
    )
    pitch_cost: float = parameter(
        0.0,
        "Cost of pitching a post to an outlet, whatever it answers (0: not priced)",
        low=0.0,
        high=1e9,
        unit="money",
        source="the scenario",
    )
    cross_posting: bool = parameter(
        False, "Whether the brand's posts appear on all channels", source="003: bouncing"
    )
    outlets: Listed[Outlet] = parameter(
        (), "Outlets where posts are placed", source="000: publish outside your profile"
    )
    ads: Listed[Ad] = parameter((), "Paid media", source="004")
    wear_out: float = parameter(
        10.0,
        "Impressions of the brand's ads in memory that halve how often one more is noticed; "
        "ads never wear out at 1,000,000",
        above=0.0,
        high=NEVER_WORN,
        unit="impressions",
        source="form: Naik, Mantrala & Sawyer 1998; that it is ten is assumed, where attitudes "
        "peak (Schmidt & Eisend 2015)",
    )
    ad_shared: float = parameter(
        0.2,
        "Willingness to pass on an ad: multiplies the odds with which a post of that type is",
        low=0.001,
        high=1.0,
        source="Lee, Hosanagar & Nair 2018: what tells of prices and deals is shared less; size "
        "assumed",
    )
    ad_half_life: float = parameter(
        504.0,
        "Time in which half of the memory of ads fades",
        above=0.0,
        high=1e6,
        unit="hours",
        source="form: Broadbent 1979; three weeks is assumed",
    )
    rivals: Listed[Rival] = parameter((), "Rival brands", source="001")
    tools: Listed[Tool] = parameter(
        (), "Tools that are given away: sharing buttons, apps", source="001"
    )

    @property
    def wears(self) -> bool:
        """Whether ads wear out at all.

        Examples
        --------
        >>> Publish().wears, Publish(wear_out=1_000_000).wears
        (True, False)
        """
        return self.wear_out < NEVER_WORN


class TopicMap(Parameters):
    """What it is on brand to talk about (003): a cone on the circle of topics."""

    centre: float = parameter(
        0.0, "Centre of the cone", low=0.0, high=1.0, unit="turns", source="003"
    )
    width: float = parameter(
        0.5,
        "Half-width of the cone; .5 is everything",
        low=0.0,
        high=0.5,
        unit="turns",
        source="003; assumed",
    )
    topics: int = parameter(
        12,
        "How many topics the circle is divided into, to count gaps in the content",
        low=1,
        high=1_000,
        unit="topics",
        source="003: product gaps and content gaps; assumed",
    )
    gap: int = parameter(
        3,
        "Acts seen of people who care for a topic that no post is about, that make it a gap found",
        low=1,
        high=1_000_000,
        unit="acts",
        source="003; assumed, as `complaints.gap`",
    )
