"""Noticing, believing and passing on: attention, credibility, and the reasons to share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

from .declare import Parameters, chance, parameter, weight
from .delay import Delay, as_delay


class Notice(Parameters):
    """Limited attention: what is seen of what arrives (001)."""

    background: float = parameter(
        0.0,
        "Rivals' posts an hour, for each account followed",
        low=0.0,
        high=1e6,
        unit="posts an hour",
        source="Hodas & Lerman 2012: visibility falls as 1 / number followed",
    )
    habit: float = parameter(
        0.0,
        "How far people get used to the brand: the chance to notice a post of it is taken times "
        "(1 + posts of it noticed in a month) ** -habit",
        low=0.0,
        high=10.0,
        source="Track Social 2012: twice as many posts got 57 % of the likes and 78 % of the "
        "comments each, an exponent of .81 and of .36; form assumed",
    )


class ByRole(Parameters):
    """A probability for each role."""

    stranger: float = chance(0.0017, "Strangers' share probability", source="Goel et al. 2016")
    fan: float = chance(0.01, "Fans' share probability", source="Goel et al. 2016: upper range")
    advocate: float = chance(0.05, "Advocates' share probability", source="assumed")


class ShareWeights(Parameters):
    """What each answer to "why would anyone take the trouble to share?" (000) is worth."""

    topic: float = weight(0.0, "Weight of fit between interest and topic", source="assumed")
    trust: float = weight(0.0, "Weight of credibility", source="004; assumed")
    reward: float = weight(
        1.0,
        "Weight of the reward's utility",
        source="000; assumed: a sure reward of `incentives.scale` doubles the odds",
    )
    reward_weak: float = parameter(
        0.0,
        "How much more a reward weighs with one whose hearers are not close at all: times 1 + this",
        low=0.0,
        high=50.0,
        source="Ryu & Feick 2007: rewards work over weak ties; size and form assumed",
    )
    recipient: float | None = parameter(
        None,
        "Weight of the utility of the recipient's reward; as that of one's own if None",
        low=-50.0,
        high=50.0,
        unit="log-odds",
        source="Gershon, Cryder & John 2020: as good at sending as a reward to the sender",
    )
    status: float = weight(
        0.5, "Weight of spotlight", source="000; assumed, as in `everyday`: 1.6 times the odds"
    )
    reciprocity: float = weight(0.0, "Weight of the bond with the brand", source="004; assumed")
    generalised: float = weight(
        0.0, "Weight of what people received from people (generalised reciprocity)", source="004"
    )
    thanked: float = weight(
        0.36,
        "Weight of having been thanked or answered by the brand",
        source="Grant & Gino 2010: 66 % of those thanked helped again, 32 % of the others, 1.42; a "
        "quarter of it is assumed, since here it lasts",
    )
    doses: float = weight(0.0, "Weight of ln(doses)", source="Leskovec et al. 2007")
    first: float = weight(
        0.0,
        "What it adds to have it from whoever shared it first",
        source="assumed; measured retweet trees",
    )
    image: float = weight(0.0, "Image cost of a public reward", source="assumed")
    fatigue: float = weight(0.0, "Weight of fatigue, ln(1 + earlier posts seen)", source="assumed")


class Bass(Parameters):
    """Adoption by hazard: innovation + imitation * the fraction that has adopted (Bass 1969)."""

    innovation: float = parameter(
        0.03,
        "p: hazard of those who need nobody",
        low=0.0,
        high=1e3,
        unit="an hour",
        source="Bass 1969, whose numbers are a year",
    )
    imitation: float = parameter(
        0.38,
        "q: hazard for each unit of adopters' share",
        low=0.0,
        high=1e3,
        unit="an hour",
        source="Bass 1969, whose numbers are a year",
    )
    mixing: Literal["everybody", "network"] = parameter(
        "everybody", "Whose adoption counts: everybody's, or that of whom one hears", source="Bass"
    )


class Share(Parameters):
    """Passing on: a random-utility logit (McFadden), each term one reason; or another rule."""

    rule: Literal["logit", "threshold", "bass"] = parameter(
        "logit",
        "Rule by which people pass on",
        source="McFadden 1974; Granovetter 1978, Watts 2002; Bass 1969",
    )
    after: Literal["notice", "purchase"] = parameter(
        "notice",
        "Who may pass on: whoever noticed, or whoever bought over it at once",
        source="Leskovec et al. 2007: a third of buyers recommend on",
    )
    threshold: float = parameter(
        2.0,
        "Threshold: people from whom it was noticed, or their fraction of those heard, if below 1",
        low=0.0,
        high=65_535.0,
        source="Watts 2002: .18; Centola & Macy 2007: 2",
    )
    bass: Bass = Bass()
    base: ByRole = ByRole()
    weight: ShareWeights = ShareWeights()
    bounce: float = chance(
        0.0, "Chance that one who shares does so on all their channels", source="003; assumed"
    )
    delay: Annotated[Delay, BeforeValidator(as_delay)] = Delay()


class Credibility(Parameters):
    """Why a friend is believed more than a business, even where the business said it (004)."""

    friend: float = chance(0.6, "Weight of the friend against the brand", source="004; assumed")
    closeness: float = chance(
        0.8,
        "Closeness of a tie, where the network has no weights (w / (w + median) if any is above 1)",
        source="assumed",
    )
    ties: Literal["given", "reciprocity", "common_neighbours"] = parameter(
        "given",
        "What closeness comes from: the network's weights or `closeness`, or its structure",
        source="Granovetter 1973; Onnela et al. 2007",
    )
    # In measured retweet trees later sharers bring as many in every generation, from the second on.
    attenuation: float = chance(
        0.8, "What is left of it after each further hop (1: nothing is lost)", source="assumed"
    )
    commerciality: float = parameter(
        0.3,
        "What selling hard costs",
        low=0.0,
        high=10.0,
        unit="credibility",
        source="000: don't try to sell too much; assumed",
    )
    paid: float = parameter(
        0.0,
        "What it costs a share that it is known to be paid, or a placed post that it is an ad",
        low=0.0,
        high=10.0,
        unit="credibility",
        source="004; assumed",
    )
    off_brand: float = parameter(
        0.0,
        "What a post outside the topic map costs, for half a turn outside",
        low=0.0,
        high=10.0,
        unit="credibility",
        source="003; assumed",
    )
