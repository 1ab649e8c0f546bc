"""Credibility (004): advice from a friend is believed more than from a business."""

from __future__ import annotations

from functools import cache

import numpy as np
from wordofmouth import Result
from wordofmouth.sim.network.closeness import closeness

from ..lever import (
    CLICKED,
    POST,
    RESHARED,
    SHARES,
    Lever,
    Outcome,
    at_hops,
    fewer,
    more,
    networks,
    sharers,
    who,
)

TRUST = {"share.weight.trust": 3.0, "credibility.commerciality": 0.0}
DEEP = TRUST | {"share.base.stranger": 0.06}
PAID = TRUST | {"incentives.reward": 5.0}
BLOG = [{"audience": 0.3, "fee": 10.0}]


@cache
def closeness_by_tie(measure: str, name: str) -> dict[tuple[int, int], float]:
    """How close two people are."""
    network = networks(name)
    values = network.weights if measure == "weights" else closeness(network, measure)
    assert values is not None
    source = np.repeat(np.arange(network.n), network.followers)
    return dict(zip(zip(source, network.indices, strict=True), values, strict=True))


def closeness_used(measure: str, network: str) -> Outcome:
    """The mean closeness of the ties over which something was passed on."""

    def mean(result: Result) -> float:
        log = result.share_log
        ties = closeness_by_tie(measure, network)
        came = log.sender >= 0
        pairs = zip(log.sender[came], log.person[came], strict=True)
        return float(np.mean([ties[pair] for pair in pairs]))

    return mean


def close(measure: str, network: str) -> Lever:
    """More is passed on among those who are close, whatever closeness is read off."""
    idle = {"credibility.ties": measure} if measure != "weights" else {"credibility.closeness": 0.1}
    return Lever(
        f"closeness by {measure}, {network}",
        "004: a friend; Granovetter 1973, Onnela et al. 2007",
        {"credibility.friend": (0.0, 1.0)},
        rises=closeness_used(measure, network),
        beside={"share.weight.trust": 6.0, "credibility.friend": 0.0, "share.base.stranger": 0.04},
        idle=idle,
        network=network,
    )


def at_birth(role: str) -> Lever:
    """Whoever is trusted more from the start passes on more."""
    path = f"people.trust.{role}"
    return Lever(
        f"trust of a {role}",
        "Nielsen 2012, 2015: whose word is trusted how far",
        {path: (0.0, 1.0)},
        rises=SHARES,
        exactly=more(sharers),
        beside=DEEP | {"people.advocates": 0.4, path: 0.0},
    )


# fmt: off
LEVERS = [
    at_birth("stranger"),
    at_birth("fan"),
    at_birth("advocate"),
    Lever("trust", "004: what is believed is passed on",
          {"share.weight.trust": (0.0, 3.0), "credibility.off_brand": (0.5, 0.0)}, rises=SHARES,
          exactly=more(sharers), beside={"credibility.commerciality": 0.0},
          idle={"credibility.friend": 0.9, "credibility.closeness": 0.1,
            "credibility.attenuation": 0.3, "credibility.paid": 0.5, "topic_map.centre": 0.5,
            "topic_map.width": 0.1}),
    Lever("the friend", "004: a friend is believed more than a business",
          {"credibility.friend": (0.0, 0.8)}, rises=at_hops(RESHARED, 1), exactly=more(sharers),
          beside=TRUST | {"credibility.friend": 0.0},
          idle={"credibility.closeness": 0.9, "credibility.attenuation": 1.0}),
    Lever("closeness", "004: a close friend more than a distant one",
          {"credibility.closeness": (0.0, 1.0), "credibility.attenuation": (0.2, 1.0)},
          rises=at_hops(RESHARED, 1), exactly=more(sharers),
          beside=TRUST | {"credibility.closeness": 0.0}),
    Lever("attenuation", "000, 004: what comes from further away",
          {"credibility.attenuation": (1.0, 0.1)}, falls=at_hops(RESHARED, 2),
          exactly=fewer(sharers), beside=DEEP | {"credibility.attenuation": 1.0}),
    Lever("commerciality", "000: don't try to sell too much",
          {"credibility.commerciality": (0.0, 0.8)}, falls=SHARES, exactly=fewer(sharers),
          beside=TRUST, idle={f"{POST}.commerciality": 0.9}),
    Lever("a hard sell", "000: don't try to sell too much", {f"{POST}.commerciality": (0.0, 1.0)},
          falls=SHARES, exactly=fewer(sharers),
          beside={"share.weight.trust": 3.0, f"{POST}.commerciality": 0.0},
          idle={"credibility.commerciality": 1.0}),
    Lever("known to be paid", "004: an honest friend, not a paid one",
          {"credibility.paid": (0.0, 0.8)}, falls=at_hops(RESHARED, 1), exactly=fewer(sharers),
          beside=PAID),
    Lever("a reward that all can see", "004", {"incentives.public": (False, True)},
          falls=at_hops(RESHARED, 1), exactly=fewer(sharers),
          beside=PAID | {"incentives.public": False}, idle={"credibility.paid": 0.8}),
    Lever("no reward, nothing that could be known", "004", {"incentives.reward": (0.0, 1.0)},
          falls=at_hops(RESHARED, 1), exactly=fewer(sharers),
          beside=TRUST | {"share.weight.reward": 0.0}, idle={"credibility.paid": 0.8}),
    Lever("a placement that is known to be an ad", "004", {"credibility.paid": (0.0, 1.0)},
          falls=SHARES, exactly=fewer(sharers), beside=TRUST | {"publish.outlets": BLOG}),
    Lever("off brand", "003: a cone of topics that are on brand",
          {"credibility.off_brand": (0.0, 0.8)}, falls=SHARES, exactly=fewer(sharers), beside=TRUST,
          idle={"topic_map.centre": 0.5, "topic_map.width": 0.1}),
    Lever("a narrow topic map", "003", {"topic_map.width": (0.5, 0.1)}, falls=SHARES,
          exactly=fewer(sharers), beside=TRUST,
          idle={"topic_map.centre": 0.5, "credibility.off_brand": 0.8}),
    Lever("a topic off the map", "003", {f"{POST}.topic": (0.0, 0.5)}, falls=SHARES,
          exactly=fewer(sharers), beside=TRUST | {"topic_map.width": 0.2},
          idle={"credibility.off_brand": 0.8}),
    Lever("clicks upon trust", "004: a friend's advice leads there",
          {"transact.click_trust": (0.0, 2.0)}, rises="clicks", exactly=more(who(CLICKED)),
          idle={"credibility.friend": 0.9, "credibility.attenuation": 0.5}),
    close("reciprocity", "directed"),
    close("common_neighbours", "people"),
    close("common_neighbours", "directed"),
    close("weights", "weighted"),
    # Where every tie is returned, all are as close as can be.
    Lever("reciprocity among friends", "Friedkin 1980",
          {"credibility.ties": ("reciprocity", "common_neighbours")},
          falls=at_hops(RESHARED, 1), exactly=fewer(sharers),
          beside=TRUST | {"credibility.closeness": 1.0}),
]
