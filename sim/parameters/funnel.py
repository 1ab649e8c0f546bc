"""The parameters of the funnel: one section a stage, in the order of the stages."""

from __future__ import annotations

from typing import Literal

from .declare import Listed, Section, chance, parameter, weight


class Outlet(Section):
    """An account with an audience of its own, where the brand's posts can be placed (000, 003)."""

    name: str = parameter("outlet", "Name of the outlet", source="the scenario")
    audience: float = chance(0.01, "Share of people in its audience", source="assumed")
    shown: float = chance(
        0.5, "Chance that a placed post is shown to one of them", source="assumed"
    )
    fee: float = parameter(
        0.0, "Fee for one placement", low=0.0, high=1e12, unit="money", source="the scenario"
    )


class Publish(Section):
    """The brand's posts, the people asked to pass them on, and places outside the profile."""

    seeds: int = parameter(
        0,
        "People asked to pass on every post",
        low=0,
        high=2_000_000_000,
        unit="people",
        source="Kempe, Kleinberg & Tardos 2003",
    )
    seeding: Literal["random", "followers"] = parameter(
        "random",
        "How they are chosen",
        source="Kempe, Kleinberg & Tardos 2003",
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
    outlets: Listed[Outlet] = parameter(
        (), "Outlets where posts are placed", source="000: publish outside your profile"
    )


class Notice(Section):
    """Limited attention: what is seen of what arrives (001)."""

    background: float = parameter(
        0.0,
        "Rivals' posts in a tick, for each account followed",
        low=0.0,
        high=1e6,
        unit="posts",
        source="Hodas & Lerman 2012: visibility falls as 1 / number followed",
    )


class ByRole(Section):
    """A probability for each role."""

    stranger: float = chance(0.0017, "Strangers' share probability", source="Goel et al. 2016")
    fan: float = chance(0.01, "Fans' share probability", source="Goel et al. 2016: upper range")
    advocate: float = chance(0.05, "Advocates' share probability", source="assumed")


class ShareWeights(Section):
    """What each answer to "why would anyone take the trouble to share?" (000) is worth."""

    topic: float = weight(0.0, "Weight of fit between interest and topic", source="assumed")
    trust: float = weight(0.0, "Weight of credibility", source="004; assumed")
    reward: float = weight(0.0, "Weight of the reward's utility", source="000; assumed")
    status: float = weight(0.0, "Weight of spotlight", source="000; assumed")
    reciprocity: float = weight(0.0, "Weight of the bond with the brand", source="004; assumed")
    doses: float = weight(0.0, "Weight of ln(doses)", source="Leskovec et al. 2007")
    image: float = weight(0.0, "Image cost of a public reward", source="assumed")
    fatigue: float = weight(0.0, "Weight of fatigue, ln(1 + earlier posts seen)", source="assumed")


class Share(Section):
    """Passing on: a random-utility logit (McFadden), each term one reason."""

    base: ByRole = ByRole()
    weight: ShareWeights = ShareWeights()
    delay: float = parameter(
        0.0,
        "Mean delay before a share is posted, beyond the next tick (geometric)",
        low=0.0,
        high=1000.0,
        unit="ticks",
        source="assumed",
    )


class Credibility(Section):
    """Why a friend is believed more than a business, even where the business said it (004)."""

    friend: float = chance(0.6, "Weight of the friend against the brand", source="004; assumed")
    closeness: float = chance(
        0.8,
        "Closeness of a tie, where the network has no weights (those above 1 are scaled to 1)",
        source="assumed",
    )
    attenuation: float = chance(0.8, "What is left of it after each further hop", source="assumed")
    commerciality: float = parameter(
        0.3,
        "What selling hard costs",
        low=0.0,
        high=10.0,
        unit="credibility",
        source="000: don't try to sell too much; assumed",
    )


class Incentives(Section):
    """What a person gets for passing on (000: a reward could convince someone to share)."""

    reward: float = parameter(
        0.0, "Reward for a share", low=0.0, high=1e9, unit="money", source="the scenario"
    )
    scale: float = parameter(
        10.0,
        "Reward at which utility is ln 2: utility is ln(1 + reward / scale)",
        low=1e-6,
        high=1e9,
        unit="money",
        source="assumed; concave as in 002's nurturing",
    )
    public: bool = parameter(True, "Whether others can see that it is rewarded", source="assumed")
    paid: Literal["share", "draw"] = parameter(
        "share",
        "What is paid: the reward for every share, or one prize among all who share",
        source="000: prize, gift",
    )
    prize: float = parameter(
        0.0,
        "Cost of the prize, where there is a reward and anybody shares",
        low=0.0,
        high=1e12,
        unit="money",
        source="the scenario",
    )


class Transact(Section):
    """From attention to a transaction: click, find, convert (000)."""

    click: float = chance(
        0.009, "Chance of a click by one who noticed", source="WordStream 2018: .5 - 1.6 %"
    )
    click_trust: float = weight(0.0, "Weight of credibility in a click", source="004; assumed")
    click_offer: float = weight(0.0, "Weight of the offer in a click", source="003; assumed")
    link: float = chance(
        1.0, "Chance that the link of a post that was passed on leads there", source="000"
    )
    recall: float = chance(0.3, "Chance of finding the brand by memory, a hop", source="assumed")
    convert: float = chance(
        0.092, "Chance of a transaction by one who got there", source="WordStream 2018: 9.2 %"
    )
    convert_trust: float = weight(0.0, "Weight of trust in a transaction", source="004; assumed")
    convert_value: float = weight(0.0, "Weight of the post's value in it", source="003; assumed")
    price: float = parameter(
        0.0, "Price paid by the buyer", low=0.0, high=1e9, unit="money", source="the scenario"
    )
    price_scale: float = parameter(
        50.0,
        "Price at which its disutility is ln 2",
        low=1e-6,
        high=1e9,
        unit="money",
        source="assumed",
    )
    convert_price: float = weight(0.0, "Weight of ln(1 + price / scale)", source="assumed")
    risk: float = chance(0.0, "Risk that the buyer sees", source="000; assumed")
    convert_risk: float = weight(0.0, "Weight of risk times mistrust", source="assumed")
    worth: float = parameter(
        0.0,
        "What a transaction is worth to the brand beside the price",
        low=0.0,
        high=1e9,
        unit="money",
        source="the scenario",
    )


class Interact(Section):
    """Dialogue with the people that the campaign brought (000, 004)."""

    follow: float = chance(
        0.0, "Chance that a stranger who shared or clicked follows the brand", source="assumed"
    )
    follow_trust: float = weight(0.0, "Weight of trust in following", source="assumed")
    thank: float = chance(0.0, "Chance that the brand sees a share to thank for", source="004")
    capacity: int = parameter(
        50,
        "Thanks that the brand can give in a tick",
        low=0,
        high=2_000_000_000,
        unit="people",
        source="assumed",
    )
    bond_gain: float = chance(0.1, "Bond gained by a thanks: x += gain (1 - x)", source="004")
    trust_gain: float = chance(0.05, "Trust gained by a thanks: x += gain (1 - x)", source="004")
    cost: float = parameter(
        0.0, "Cost of one thanks", low=0.0, high=1e6, unit="money", source="the scenario"
    )


def _offset(stage: str) -> float:
    return weight(0.0, f"Offset of {stage}", source="0: nothing changed")


class Boost(Section):
    """Offsets in log-odds: the handle that makes one stage a little better, nothing else."""

    publish: float = _offset("being shown a placed post")
    notice: float = _offset("noticing")
    share: float = _offset("sharing what the brand posted")
    reshare: float = _offset("re-sharing what a person shared")
    click: float = _offset("clicking")
    find: float = _offset("finding the brand")
    convert: float = _offset("the transaction")
    follow: float = _offset("following")
    thank: float = _offset("thanking")
