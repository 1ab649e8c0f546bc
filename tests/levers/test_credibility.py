"""Credibility (004): advice from a friend is believed more than from a business."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from wordofmouth import Network, Result
from wordofmouth.sim.network.closeness import closeness

from .lever import (
    CLICKED,
    RESHARED,
    SHARES,
    Lever,
    Outcome,
    at_hops,
    fewer,
    kpi,
    more,
    networks,
    off_is_not_there,
    on_moves_it,
    sharers,
    who,
)

POST = "content_types.post"
TRUST = {"share.weight.trust": 3.0, "credibility.commerciality": 0.0}
DEEP = TRUST | {"share.base.stranger": 0.06}
PAID = TRUST | {"incentives.reward": 5.0}
BLOG = [{"audience": 0.3, "fee": 10.0}]


def of_ties(name: str, values: Callable[[Network], NDArray[np.float32]]) -> Outcome:
    """The mean of a value of the ties over which something was passed on."""
    network = networks(name)
    arcs = dict(
        zip(
            zip(np.repeat(np.arange(network.n), network.followers), network.indices, strict=True),
            values(network),
            strict=True,
        )
    )

    def mean(result: Result) -> float:
        log = result.share_log
        came = log.sender >= 0
        ties = zip(log.sender[came], log.person[came], strict=True)
        return float(np.mean([arcs[tie] for tie in ties]))

    return mean


def given(network: Network) -> NDArray[np.float32]:
    assert network.weights is not None
    return network.weights


def by_structure(measure: str, network: str) -> Lever:
    return Lever(
        f"closeness by {measure}",
        "004: a friend; Granovetter 1973, Onnela et al. 2007",
        beside={"share.weight.trust": 6.0, "credibility.friend": 0.0, "share.base.stranger": 0.04},
        off={"credibility.friend": 0.0},
        idle={"credibility.ties": measure},
        on={"credibility.friend": 1.0},
        moves=of_ties(network, lambda net: closeness(net, measure)),
        network=network,
    )


def at_birth(role: str) -> Lever:
    path = f"people.trust.{role}"
    return Lever(
        f"trust of a {role}",
        "Nielsen 2012, 2015: whose word is trusted how far",
        beside=DEEP | {"people.advocates": 0.4, path: 0.0},
        off={path: 0.0},
        on={path: 1.0},
        moves=SHARES,
        exactly=more(sharers),
    )


LEVERS = [
    at_birth("stranger"),
    at_birth("fan"),
    at_birth("advocate"),
    Lever(
        "trust",
        "004: what is believed is passed on",
        beside={"credibility.commerciality": 0.0},
        off={"share.weight.trust": 0.0},
        idle={
            "credibility.friend": 0.9,
            "credibility.closeness": 0.1,
            "credibility.attenuation": 0.3,
            "credibility.paid": 0.5,
            "credibility.off_brand": 0.5,
            "topic_map.centre": 0.5,
            "topic_map.width": 0.1,
        },
        on=TRUST | {"credibility.off_brand": 0.0},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "the friend",
        "004: a friend is believed more than a business",
        beside=TRUST | {"credibility.friend": 0.0},
        off={"credibility.friend": 0.0},
        idle={"credibility.closeness": 0.9, "credibility.attenuation": 1.0},
        on={"credibility.friend": 0.8},
        moves=at_hops(RESHARED, 1),
        exactly=more(sharers),
    ),
    Lever(
        "closeness",
        "004: a close friend more than a distant one",
        beside=TRUST | {"credibility.closeness": 0.0},
        off={"credibility.closeness": 0.0},
        idle={"credibility.attenuation": 0.2},
        on={"credibility.closeness": 1.0, "credibility.attenuation": 1.0},
        moves=at_hops(RESHARED, 1),
        exactly=more(sharers),
    ),
    Lever(
        "attenuation",
        "000, 004: what comes from further away",
        beside=DEEP | {"credibility.attenuation": 1.0},
        off={"credibility.attenuation": 1.0},
        on={"credibility.attenuation": 0.1},
        moves=at_hops(RESHARED, 2),
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "commerciality",
        "000: don't try to sell too much",
        beside=TRUST,
        off={"credibility.commerciality": 0.0},
        idle={f"{POST}.commerciality": 0.9},
        on={"credibility.commerciality": 0.8},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "a hard sell",
        "000: don't try to sell too much",
        beside={"share.weight.trust": 3.0, f"{POST}.commerciality": 0.0},
        off={f"{POST}.commerciality": 0.0},
        idle={"credibility.commerciality": 1.0},
        on={f"{POST}.commerciality": 1.0},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "known to be paid",
        "004: an honest friend, not a paid one",
        beside=PAID,
        off={"credibility.paid": 0.0},
        on={"credibility.paid": 0.8},
        moves=at_hops(RESHARED, 1),
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "a reward that all can see",
        "004",
        beside=PAID | {"incentives.public": False},
        off={"incentives.public": False},
        idle={"credibility.paid": 0.8},
        on={"incentives.public": True},
        moves=at_hops(RESHARED, 1),
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "no reward, nothing that could be known",
        "004",
        beside=TRUST,
        off={"incentives.reward": 0.0},
        idle={"credibility.paid": 0.8},
        on={"incentives.reward": 1.0},
        moves=at_hops(RESHARED, 1),
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "a placement that is known to be an ad",
        "004",
        beside=TRUST | {"publish.outlets": BLOG},
        off={"credibility.paid": 0.0},
        on={"credibility.paid": 1.0},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "off brand",
        "003: a cone of topics that are on brand",
        beside=TRUST,
        off={"credibility.off_brand": 0.0},
        idle={"topic_map.centre": 0.5, "topic_map.width": 0.1},
        on={"credibility.off_brand": 0.8},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "a narrow topic map",
        "003",
        beside=TRUST,
        off={"topic_map.width": 0.5},
        idle={"topic_map.centre": 0.5, "credibility.off_brand": 0.8},
        on={"topic_map.width": 0.1},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "a topic off the map",
        "003",
        beside=TRUST | {"topic_map.width": 0.2},
        off={f"{POST}.topic": 0.0},
        idle={"credibility.off_brand": 0.8},
        on={f"{POST}.topic": 0.5},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "clicks upon trust",
        "004: a friend's advice leads there",
        off={"transact.click_trust": 0.0},
        idle={"credibility.friend": 0.9, "credibility.attenuation": 0.5},
        on={"transact.click_trust": 2.0},
        moves=kpi("clicks"),
        exactly=more(who(CLICKED)),
    ),
    by_structure("reciprocity", "directed"),
    by_structure("common_neighbours", "people"),
    by_structure("common_neighbours", "directed"),
    Lever(
        "closeness by weights",
        "004; Granovetter 1973",
        beside={"share.weight.trust": 6.0, "credibility.friend": 0.0, "share.base.stranger": 0.04},
        off={"credibility.friend": 0.0},
        idle={"credibility.closeness": 0.1},
        on={"credibility.friend": 1.0},
        moves=of_ties("weighted", given),
        network="weighted",
    ),
]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_off_is_not_there(lever: Lever) -> None:
    off_is_not_there(lever)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_on_moves_it(lever: Lever) -> None:
    on_moves_it(lever)


def test_where_every_tie_is_returned_all_are_as_close_as_can_be() -> None:
    close = Lever(
        "reciprocity among friends",
        "Friedkin 1980",
        beside=TRUST | {"credibility.closeness": 1.0},
        off={"credibility.ties": "reciprocity"},
        on={"credibility.ties": "common_neighbours"},
        moves=at_hops(RESHARED, 1),
        up=False,
        exactly=fewer(sharers),
    )
    off_is_not_there(close)
    on_moves_it(close)
