"""What the choices of a parameter mean, a line each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..sim.parameters.formats import FORMATS


def _usual(name: str, what: str) -> str:
    """What a format of ads is, with the numbers that an ad has where it says nothing of them."""
    usual = FORMATS[name]
    answered = "clicked" if usual.by_click else "followed by a search for the brand"
    believed = (
        "" if usual.standing is None else f", believed as a friend of closeness {usual.standing:g}"
    )
    return (
        f"{what}{believed}; of what is shown {100.0 * usual.noticed:g} % is noticed and "
        f"{100.0 * usual.response:.3g} % {answered}, at {usual.cost_per_thousand:g} a thousand"
    )


# By path, each choice that `wom explain` lists.
MEANINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "channels.NAME.ranking": {
        "time": "what came last stands first",
        "engagement": "a post that did well among followers is shown to others too",
    },
    "network.arrow": {
        "hears": "v hears u: what u passes on arrives at v",
        "follows": "u follows v: what v passes on arrives at u",
    },
    "network.repeated": {
        "sum": "the weights of a tie that is given again are added; without weights it is counted",
        "once": "one is kept of a tie that is given again, the heaviest",
    },
    "network.law": {
        "poisson": "most people have about as many ties as the mean",
        "power_law": "a few people have very many ties, most have few",
        "regular": "everybody has the same number of ties",
    },
    "publish.seeding": {
        "random": "by luck",
        "followers": "whom most people hear",
        "fringe": "whom fewest people hear",
        "degree_discount": "whom most people hear, less those whom the chosen reach already",
        "pagerank": "who are heard by people who hear few others and are heard by many",
        "k_core": "who are deepest in the dense core of the network",
        "betweenness": "who lie on most shortest paths between others",
        "collective_influence": "without whom the network breaks apart soonest",
        "greedy": "one after the other, who adds most to the reach that publish.seed_chance gives",
    },
    "publish.ads[].format": {
        "search": _usual("search", "beside what people search for"),
        "social": _usual("social", "in the feed of a network"),
        "video": _usual("video", "before or in a video"),
        "broadcast": _usual("broadcast", "on television, where there is nothing to click"),
        "influencer": _usual("influencer", "posted by somebody with followers"),
    },
    "share.rule": {
        "logit": "a person weighs each post, which makes passing it on more or less likely",
        "threshold": "passed on once it was noticed from enough people: share.threshold",
        "bass": "taken up by people of themselves, and the more the more others have",
    },
    "share.after": {
        "notice": "whoever noticed it may pass it on",
        "purchase": "only whoever bought over it at once may pass it on",
    },
    "share.bass.mixing": {
        "everybody": "the adoption of all people counts",
        "network": "the adoption of those whom one hears counts",
    },
    "share.delay.law": {
        "none": "at once, which is the next tick where people are always online",
        "constant": "after the same time for all: share.delay.mean",
        "exponential": "after a time that varies around share.delay.mean, mostly less",
        "lognormal": "half of all within share.delay.median, some much later",
        "power_law": "many soon after share.delay.onset, some up to share.delay.cutoff later",
    },
    "credibility.ties": {
        "given": "the network's weights, or closeness",
        "reciprocity": "those who hear each other are close, others half as close",
        "common_neighbours": "two are the closer, the more of their neighbours both have",
    },
    "incentives.paid": {
        "share": "each share, when it is posted, whether or not anything comes of it",
        "referral": "each visit that a share brings, whether or not the visitor buys",
        "conversion": "each transaction that a share brings",
        "draw": "one prize, raffled among those who share, and paid if anybody does",
    },
    "transact.once": {
        "campaign": "a person buys once, and again only as returns says",
        "post": "a person may buy once over each post",
    },
})  # fmt: skip
