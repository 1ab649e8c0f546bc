"""Interaction: replies and thanks, what a relationship grows and fades by, complaints."""

from __future__ import annotations

from .declare import Parameters, chance, parameter, weight


class Interact(Parameters):
    """Dialogue with the people that the campaign brought (000, 004)."""

    follow: float = chance(
        0.0,
        "Chance that a stranger who shared or clicked, and finds the brand, follows it",
        source="assumed",
    )
    follow_trust: float = weight(0.0, "Weight of trust in following", source="assumed")
    follow_exclusive: float = weight(
        0.0, "Weight of an offer that is for followers alone", source="001; assumed"
    )
    follow_value: float = weight(
        1.0, "Weight of the value of what was posted in following", source="001, 003; assumed"
    )
    unfollow: float = chance(
        0.00125,
        "Chance that a follower who notices a post stops following",
        source="Myers & Leskovec 2014: 3 % of followers are lost in a month; here on average over "
        "a year, of an account that posts once a day, of whose posts 16 % are noticed (Facebook "
        "2012): 2 % in the first month, when few were noticed before, and 3.1 % in later ones",
    )
    unfollow_fatigue: float = weight(
        1.0,
        "Weight in it of fatigue, ln(1 + posts noticed in a month)",
        source="000, 001; Kwak, Chun & Moon 2011: many posts in a short time; size assumed",
    )
    unfollow_selling: float = weight(0.0, "Weight in it of selling hard", source="000; assumed")
    unfollow_bond: float = weight(0.0, "What the bond holds against it", source="004; assumed")
    unfollow_community: float = weight(
        0.0, "What the sense of community holds against it", source="003; assumed"
    )
    like: float = chance(0.0, "Chance that one who notices a post likes it", source="assumed")
    like_bond: float = weight(0.0, "Weight of the bond in a like", source="assumed")
    comment: float = chance(0.0, "Chance that one who notices it comments on it", source="assumed")
    comment_bond: float = weight(0.0, "Weight of the bond in a comment", source="004; assumed")
    comment_dialogue: float = weight(
        0.0, "Weight in it of a post that asks for an answer", source="001, 002; assumed"
    )
    comment_community: float = weight(
        0.0, "Weight in it of the sense of community", source="003; assumed"
    )
    thank: float = chance(0.0, "Chance that the brand sees a share to thank for", source="004")
    reply: float = chance(0.0, "Chance that it sees a comment to reply to", source="004; assumed")
    capacity: float = parameter(
        50.0,
        "Contacts it has hands for: complaints first, then replies, thanks; others wait",
        low=0.0,
        high=1e9,
        unit="people an hour",
        source="assumed",
    )
    delay: float = parameter(
        0.0,
        "Time until a comment is answered, beyond the next tick",
        low=0.0,
        high=1e6,
        unit="hours",
        source="004: fix it immediately; assumed",
    )
    channel: str | None = parameter(
        None, "Channel on which the brand interacts; any, where none is named", source="000"
    )
    bond_gain: float = chance(
        0.1, "Bond gained by a contact: x += gain (1 - x)", source="004; assumed"
    )
    trust_gain: float = chance(
        0.05, "Trust gained by a contact: x += gain (1 - x)", source="004; assumed"
    )
    cost: float = parameter(
        0.0, "Staff time for one contact", low=0.0, high=1e6, unit="money", source="the scenario"
    )


class Relation(Parameters):
    """What noticing the brand's posts does to the relation with it, and what silence does."""

    pressure: float = chance(
        0.0,
        "Trust lost to selling harder than what was given before",
        source="000, 001, 003; assumed",
    )
    monologue: float = chance(
        0.0, "Trust lost to a post that talks at people", source="001; assumed"
    )
    memory: float = chance(
        0.3, "Weight of the newest post in what was given so far", source="003; assumed"
    )
    disclosure: float = chance(
        0.0, "Bond gained by self-disclosure at its optimum", source="003, 004; assumed"
    )
    disclosure_optimum: float = parameter(
        0.5,
        "Self-disclosure that gains most; twice as much gains nothing",
        low=0.01,
        high=1.0,
        source="Collins & Miller 1994; assumed",
    )
    trust_half_life: float | None = parameter(
        None,
        "Half-life of trust in silence, towards that of strangers",
        low=1e-3,
        high=1e9,
        unit="hours",
        source="004; assumed",
    )
    bond_half_life: float | None = parameter(
        None,
        "Half-life of the bond in silence",
        low=1e-3,
        high=1e9,
        unit="hours",
        source="004; assumed",
    )


class Complaints(Parameters):
    """What goes wrong, who hears of it, and what becomes of it (003, 004)."""

    rate: float = chance(0.0, "Chance that a transaction goes wrong", source="assumed")
    type: str = parameter("post", "Content type of a complaint", source="the scenario")
    topics: int = parameter(
        3, "What can go wrong: desks in charge", low=1, high=100, unit="topics", source="003"
    )
    loss: float = chance(0.3, "Trust lost when something goes wrong", source="assumed")
    detection: float = chance(0.0, "Chance that the brand hears of it", source="003: listening")
    delay: float = parameter(
        0.0,
        "Feedback loop: time until it is mended, beyond the next tick",
        low=0.0,
        high=1e6,
        unit="hours",
        source="003, 004; assumed",
    )
    patience: float = parameter(
        4.0,
        "Time after which one tells everybody, beyond the next tick",
        low=0.0,
        high=1e6,
        unit="hours",
        source="assumed",
    )
    recovery: float = chance(
        0.2,
        "Bond gained when it is mended: service recovery",
        source="de Matos et al. 2007; assumed",
    )
    refund: float = chance(
        0.0, "Chance of a refund where it is not mended in time", source="003; assumed"
    )
    churn: float = chance(
        0.0, "Chance to stop following where it is not mended in time", source="003; assumed"
    )
    gap: int = parameter(
        3,
        "Complaints heard about a topic that make it a gap found",
        low=1,
        high=1_000_000,
        unit="complaints",
        source="003; assumed",
    )


class Negative(Parameters):
    """How much faster and further a complaint travels than a post, and what it does.

    The preset ``negative = "negative_004"`` is source 004's claim, 5 and 5. Measured evidence does
    not support it: word of mouth is positive about three times as often as negative in 15 studies
    (East, Hammond & Wright 2007), and falsehoods' lead in speed is gone among cascades of one size
    (Juul & Ugander 2021). Hence 1.5 each by default, which is assumed.

    Whoever noticed a complaint buys less: negative word of mouth lowers sales (Chevalier & Mayzlin
    2006) and the chance to buy (East, Hammond & Lomax 2008). Half a log-odds, about two buyers in
    five where few buy, is assumed.
    """

    speed: float = parameter(
        1.5,
        "Speed of a complaint: divides the delay before it is passed on (share.delay, if any)",
        low=0.01,
        high=100.0,
        source="004 says 5; East et al. 2007, Juul & Ugander 2021; assumed",
    )
    reach: float = parameter(
        1.5,
        "Reach of a complaint: multiplies the odds that it is passed on",
        low=0.01,
        high=100.0,
        source="004 says 5; East et al. 2007, Juul & Ugander 2021; assumed",
    )
    harm: float = chance(
        0.1, "Trust lost by whoever notices a complaint", source="Goldenberg et al. 2007; assumed"
    )
    convert: float = parameter(
        0.5,
        "What having noticed a complaint takes from a transaction, beside the trust that it costs",
        low=0.0,
        high=50.0,
        unit="log-odds",
        source="Chevalier & Mayzlin 2006; East, Hammond & Lomax 2008; size assumed",
    )


NEGATIVE_PRESETS = {"measured": {}, "negative_004": {"speed": 5.0, "reach": 5.0}}
