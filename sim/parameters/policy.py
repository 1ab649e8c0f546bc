"""The brand's policy: the advocacy path (002), the marketing cycle and community (003)."""

from __future__ import annotations

from .declare import Parameters, chance, parameter, weight


class Advocacy(Parameters):
    """The path from listening to advocates (002); each step can be switched off."""

    interval: int = parameter(
        24,
        "Ticks between rounds of the programme",
        low=1,
        high=1_000_000,
        unit="ticks",
        source="assumed",
    )
    sample: int = parameter(
        0,
        "Step 1, listen and learn: followers asked for what interests them; posts go there",
        low=0,
        high=2_000_000_000,
        unit="people",
        source="002, 003: listen before you speak",
    )
    dialogue: float | None = parameter(
        None,
        "Step 2, publish and participate: share of posts that are dialogue; as typed if None",
        low=0.0,
        high=1.0,
        source="002",
    )
    listen: float = chance(
        0.0, "Chance that the brand sees an act of a follower", source="002, 003; assumed"
    )
    identify: bool = parameter(
        True, "Step 3: approach those seen to be most active; anybody if not", source="002"
    )
    outreach: int = parameter(
        0,
        "Step 4, activate: followers approached in a round",
        low=0,
        high=2_000_000_000,
        unit="people",
        source="002; assumed",
    )
    outreach_cost: float = parameter(
        0.0, "Staff time for one of them", low=0.0, high=1e6, unit="money", source="the scenario"
    )
    accept: float = chance(0.3, "Chance that one who is approached accepts", source="assumed")
    accept_bond: float = weight(0.0, "Weight of the bond in accepting", source="002; assumed")
    accept_activity: float = weight(
        0.0, "Weight in accepting of ln(1 + acts of their own)", source="002; assumed"
    )
    nurture: float = chance(
        0.0,
        "Step 5, nurture: bond gained in a round by discounts, samples, events; diminishing",
        source="002",
    )
    nurture_cost: float = parameter(
        0.0,
        "Cost of a round for one of them",
        low=0.0,
        high=1e6,
        unit="money",
        source="the scenario",
    )
    empower: bool = parameter(
        True, "Step 6: let those whose bond is strong enough speak for the brand", source="002"
    )
    bond: float = chance(0.6, "Bond from which on one is an advocate", source="assumed")
    post: float = chance(
        0.0, "Chance that an advocate posts of their own accord in a round", source="002; assumed"
    )
    type: str = parameter("post", "Content type of what they post", source="the scenario")


class Hurdles(Parameters):
    """What stands in the way inside the company (002)."""

    delay: float = parameter(
        0.0,
        "Time that what was heard takes to whoever acts on it",
        low=0.0,
        high=1e6,
        unit="hours",
        source="002: restricted information flow",
    )
    silo: float = chance(
        0.0, "Chance that it never gets there", source="002: siloed departments; assumed"
    )
    vested: float = chance(
        0.0,
        "Vested interests: share of the programme's time and money that others in the company "
        "take for their own ends",
        source="002: vested interests; Milgrom & Roberts 1988: influence costs; size assumed",
    )
    short_term: float = chance(
        0.0,
        "Short-term gratification: share of nurturing that goes into selling instead, while the "
        "orders of the last week are below `target`, if anybody is nurtured",
        source="002: short-term gratification; Stein 1989: managerial myopia; size assumed",
    )
    target: float = parameter(
        0.0,
        "Orders that have to be shown each week",
        low=0.0,
        high=1e9,
        unit="orders a week",
        source="the scenario",
    )


class Talk(Parameters):
    """Talk about the brand that begins with people, and how much of it the brand finds (001).

    Once a week each person mentions the brand of their own accord with the chance
    ``rate * bond * trust``; those who hear them meet it as they meet anything that people say.
    """

    rate: float = chance(
        0.0,
        "Chance that one mentions the brand unasked in a week, at a bond and a trust of 1",
        source="001; form and size assumed",
    )
    type: str = parameter("post", "Content type of a mention", source="the scenario")
    found: float = chance(
        0.0,
        "Chance that the brand finds a mention, looking for its name",
        source="001: search, alerts; assumed",
    )


class Effort(Parameters):
    """How the effort is split over the four parts of the marketing cycle (003).

    Each part has a factor ``(share / mean share) ** elasticity``: an equal split changes nothing,
    and what one part gains is less than what it takes. Capacities are multiplied by it; chances
    have their odds multiplied.
    """

    listening: float = parameter(
        1.0, "Effort for listening and service", low=0.0, high=1e6, source="003"
    )
    influencing: float = parameter(1.0, "Effort for content", low=0.0, high=1e6, source="003")
    networking: float = parameter(
        1.0, "Effort for outlets and advocates", low=0.0, high=1e6, source="003"
    )
    selling: float = parameter(1.0, "Effort for leads and sales", low=0.0, high=1e6, source="003")
    elasticity: float = parameter(
        0.5, "Elasticity of each capacity", low=0.0, high=2.0, source="assumed"
    )

    def factors(self) -> dict[str, float]:
        """By how much the effort for each part multiplies what it feeds; 1 if all are equal."""
        parts = ("listening", "influencing", "networking", "selling")
        shares = {part: float(getattr(self, part)) for part in parts}
        mean = sum(shares.values()) / len(shares)
        # What gets no effort at all still gets a thousandth of its part.
        return {
            part: 1.0 if own == mean else max(own / mean, 1e-3) ** self.elasticity
            for part, own in shares.items()
        }


def moved(hurdles: Hurdles, effort: Effort) -> float:
    """Effort that can go from nurturing into selling, as a part of what goes there (002).

    Examples
    --------
    >>> moved(Hurdles(short_term=0.5, vested=0.2), Effort(selling=2.0))
    0.2
    """
    left = (1.0 - hurdles.vested) * effort.networking
    return hurdles.short_term * left / max(effort.selling, 1e-3)


class Community(Parameters):
    """Sense of community (McMillan & Chavis 1986), in rooms of some density (003).

    A follower's sense of community is the mean of membership (how long they have followed),
    influence (answers that they got), needs (value received) and emotional connection (bond, and
    talk in their room).
    """

    rooms: int = parameter(
        0, "Rooms in which followers meet; 0: none", low=0, high=65_535, unit="rooms", source="003"
    )
    talk: float = parameter(
        1.0,
        "Contributions at which half of the connection is there",
        low=1e-6,
        high=1e6,
        unit="contributions an hour",
        source="003: social density; assumed",
    )
    crowd: float = parameter(
        150.0,
        "Members at which a room has lost half of its intimacy",
        low=1.0,
        high=1e9,
        unit="people",
        source="Dunbar 1992; assumed",
    )
    tenure: float = parameter(
        168.0,
        "Time after which half of membership is felt",
        low=1e-3,
        high=1e6,
        unit="hours",
        source="assumed",
    )


class Reference(Parameters):
    """A broadcast to compare with (004: the Super Bowl)."""

    viewers: float = parameter(
        0.0,
        "Viewers of the broadcast",
        low=0.0,
        high=1e12,
        unit="people",
        source="004: 111 million",
    )
    spot: float = parameter(
        0.0, "Price of the spot", low=0.0, high=1e12, unit="money", source="004: over 3 million"
    )
    production: float = parameter(
        0.0,
        "Cost of making the spot",
        low=0.0,
        high=1e12,
        unit="money",
        source="004: about a million",
    )
    fans: float = parameter(
        0.0, "Fans that the naive sum begins with", low=0.0, high=1e12, unit="people", source="004"
    )
    friends: float = parameter(
        300.0, "Friends of everybody", low=0.0, high=1e9, unit="people", source="004"
    )
    share: float = chance(0.1, "Share of them who pass it on", source="004")
    generations: int = parameter(
        4, "Generations of the naive sum", low=1, high=100, source="004: a few generations"
    )
