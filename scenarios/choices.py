"""What the choices of a parameter mean, a line each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

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
        "sum": "the weights of a tie that is given again are added",
        "once": "a tie that is given again counts once",
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
        "degree_discount": "whom most people hear, less those who hear a chosen one already",
        "pagerank": "whom people hear who are heard by many themselves",
        "k_core": "who are deepest in the dense core of the network",
        "betweenness": "who lie on most shortest paths between others",
        "collective_influence": "without whom the network would fall apart",
        "greedy": "one after the other, who adds most to the reach",
    },
    "publish.ads[].format": {
        "search": "shown to those who look for something; answered by a click",
        "social": "shown in the feed of a network; answered by a click",
        "video": "shown before or in a video; answered by a click",
        "broadcast": "shown on television; answered by a search for the brand",
        "influencer": "posted by somebody with followers; answered by a click",
    },
    "share.rule": {
        "logit": "each post is weighed, and passed on by chance",
        "threshold": "passed on once enough of those whom one hears have it",
        "bass": "taken up by innovators by themselves, by imitators after others",
    },
    "share.after": {
        "notice": "whoever noticed it may pass it on",
        "purchase": "only who bought over it at once may pass it on",
    },
    "share.bass.mixing": {
        "everybody": "the adoption of all people counts",
        "network": "the adoption of those whom one hears counts",
    },
    "share.delay.law": {
        "none": "at once",
        "constant": "always after the same time",
        "exponential": "after a time that varies around a mean",
        "lognormal": "mostly soon, by some much later",
        "power_law": "mostly soon, by a few very much later",
    },
    "credibility.ties": {
        "given": "the network's weights, or closeness",
        "reciprocity": "those who hear each other are close",
        "common_neighbours": "those who have neighbours in common are close",
    },
    "incentives.paid": {
        "share": "each share, when it is posted, whether or not anything comes of it",
        "referral": "each visit that a share brings, whether or not the visitor buys",
        "conversion": "each transaction that a share brings",
        "draw": "one prize, raffled among those who share",
    },
    "transact.once": {
        "campaign": "a person buys once, and again only as returns says",
        "post": "a person may buy once over each post",
    },
})  # fmt: skip
