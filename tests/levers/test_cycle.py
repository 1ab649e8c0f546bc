"""The marketing cycle (003): effort, topic map, channels, rooms and the sense of community."""

from __future__ import annotations

import numpy as np
import pytest
from wordofmouth import Result

from .lever import (
    BASE,
    NOTICED,
    SEEDS,
    SHARES,
    Lever,
    Outcome,
    campaign,
    fewer,
    kpi,
    more,
    networks,
    off_is_not_there,
    on_moves_it,
    rises,
    sharers,
    who,
)

TWO = {"channels": {"feed": {"membership": 0.7}, "b": {"membership": 0.7}}}
FEED = {"channels": {"feed": {"membership": 1.0}}}
ROOMS = {"interact.comment": 0.4, "community.rooms": 4}
# Something for each part of the cycle to do.
BUSY = {
    "transact.convert": 0.6,
    "complaints.rate": 0.5,
    "complaints.detection": 0.2,
    "complaints.refund": 0.9,
    "complaints.topics": 12,
    "interact.capacity": 4,
    "interact.reply": 0.5,
    "interact.comment": 0.2,
    "publish.outlets": [{"count": 30, "audience": 0.005, "acceptance": 0.3}],
    "returns.lead": 0.2,
    "returns.repeat": 0.4,
    "returns.interval": 3.0,
    "returns.upsell": 0.2,
    "returns.cross_sell": 0.2,
    "transact.price": 5.0,
}

EVEN = {f"effort.{part}": 3.0 for part in ("listening", "influencing", "networking", "selling")}


def spent_on(part: str, outcome: str, *, up: bool = True) -> Lever:
    """The goal that 003 gives a part of the cycle, when effort goes there and not elsewhere."""
    given_up = "listening" if part == "networking" else "networking"
    beside = dict(BUSY)
    if part == "listening":
        # Less networking would bring fewer customers, and so less to listen to.
        beside["publish.outlets"] = []
    if outcome == "sentiment":
        beside["complaints.rate"] = 0.9  # so that there is some of either kind
    if outcome == "email_list":
        # Whoever buys leaves no address.
        beside["transact.convert"] = 0.05
    return Lever(
        f"{part} for {outcome}",
        "003: each activity has its business goals",
        beside=beside,
        off=EVEN,
        idle={"effort.elasticity": 1.5},
        on=EVEN | {f"effort.{part}": 5.0, f"effort.{given_up}": 1.0},
        moves=kpi(outcome),
        up=up,
    )


LEVERS = [
    spent_on("listening", "refunds", up=False),
    spent_on("listening", "gaps_found"),
    spent_on("listening", "complaints_mended"),
    spent_on("listening", "sentiment"),
    spent_on("influencing", "applause_rate"),
    spent_on("influencing", "visits"),
    spent_on("networking", "media_mentions"),
    spent_on("networking", "partnerships"),
    spent_on("selling", "email_list"),
    spent_on("selling", "conversions"),
    spent_on("selling", "upsell"),
    spent_on("selling", "cross_sell"),
    Lever(
        "elasticity",
        "003: effort pays; assumed",
        beside=BUSY,
        off={"effort.elasticity": 0.0},
        idle={"effort.selling": 9.0, "effort.listening": 0.2},
        on={"effort.elasticity": 1.5},
        moves=kpi("conversion_rate"),
    ),
    Lever(
        "membership",
        "003: not everybody is everywhere",
        beside=FEED,
        off={"channels.feed.membership": 1.0},
        idle={"people.overlap": 0.5, "share.bounce": 0.5, "publish.cross_posting": True},
        on={"channels.feed.membership": 0.6},
        moves=kpi("impressions"),
        up=False,
        exactly=fewer(who(NOTICED)),
    ),
    Lever(
        "overlap",
        "003: the same people on both",
        beside=TWO
        | {"publish.cross_posting": True, "people.fans": 0.9, "share.base": {"fan": 0.0}},
        off={"people.overlap": 0.0},
        on={"people.overlap": 1.0},
        moves=kpi("reach"),
        up=False,
    ),
    Lever(
        "bouncing",
        "003: bouncing between channels",
        beside=TWO | {"share.base.stranger": 0.08},
        off={"share.bounce": 0.0},
        on={"share.bounce": 0.9},
        moves=kpi("reach"),
        exactly=more(sharers),
    ),
    Lever(
        "cross-posting",
        "003: bouncing between channels",
        beside=TWO,
        off={"publish.cross_posting": False},
        on={"publish.cross_posting": True},
        moves=kpi("reach"),
        exactly=more(sharers),
    ),
    Lever(
        "effort of sharing",
        "000: why take the trouble?",
        beside=FEED,
        off={"channels.feed.effort": 0.0},
        on={"channels.feed.effort": 1.5},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "rooms",
        "003: social density",
        beside=ROOMS | {"community.rooms": 0, "horizon": 13},
        off={"community.rooms": 0},
        idle={"community.talk": 0.1, "community.crowd": 500.0},
        on={"community.rooms": 4},
        moves=kpi("community_experience"),
    ),
    Lever(
        "talk",
        "003: social density",
        beside=ROOMS | {"horizon": 13, "community.talk": 0.1},
        off={"community.talk": 0.1},
        on={"community.talk": 100.0},
        moves=kpi("community_experience"),
        up=False,
    ),
    Lever(
        "crowd",
        "003; Dunbar 1992: in a crowd each counts less",
        beside=ROOMS | {"horizon": 13, "community.crowd": 1e6},
        off={"community.crowd": 1e6},
        on={"community.crowd": 5.0},
        moves=kpi("community_experience"),
        up=False,
    ),
    Lever(
        "tenure",
        "McMillan & Chavis 1986: membership",
        beside={"interact.follow": 0.5, "community.tenure": 1.0},
        off={"community.tenure": 1.0},
        on={"community.tenure": 1e5},
        moves=kpi("community_experience"),
        up=False,
        exactly=lambda off, on: off.digest == on.digest,
    ),
    Lever(
        "answers",
        "McMillan & Chavis 1986: influence",
        beside={"interact.comment": 0.3},
        off={"interact.reply": 0.0},
        on={"interact.reply": 0.9},
        moves=kpi("community_experience"),
    ),
    Lever(
        "value received",
        "McMillan & Chavis 1986: needs",
        beside=ROOMS | {"content_types.post.value": 0.0},
        off={"content_types.post.value": 0.0},
        on={"content_types.post.value": 0.9},
        moves=kpi("community_experience"),
    ),
    Lever(
        "emotional connection",
        "McMillan & Chavis 1986",
        beside={"content_types.post.disclosure": 0.5},
        off={"relation.disclosure": 0.0},
        on={"relation.disclosure": 0.3},
        moves=kpi("community_experience"),
    ),
]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_off_is_not_there(lever: Lever) -> None:
    off_is_not_there(lever)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_on_moves_it(lever: Lever) -> None:
    on_moves_it(lever)


@pytest.mark.parametrize("part", ["listening", "influencing", "networking", "selling"])
def test_what_one_part_gains_the_others_lose(part: str) -> None:
    """The split is what counts: all of it on one part is paid for by the goals of the others."""
    goals: dict[str, Outcome] = {
        "listening": kpi("complaints_mended"),
        "influencing": SHARES,
        "networking": kpi("media_mentions"),
        "selling": kpi("conversion_rate"),
    }
    split = {"effort.elasticity": 1.0, f"effort.{part}": 20.0}
    lost: dict[str, list[float]] = {other: [] for other in goals if other != part}
    for seed in SEEDS:
        even, uneven = campaign(BASE | BUSY, seed), campaign(BASE | BUSY | split, seed)
        for other, differences in lost.items():
            differences.append(goals[other](even) - goals[other](uneven))
    for differences in lost.values():
        rises(differences)


def test_the_scale_of_effort_plays_no_part_and_an_even_split_changes_nothing() -> None:
    parts = ("listening", "influencing", "networking", "selling")
    one = campaign(BASE | BUSY, 0)
    even = campaign(BASE | BUSY | {f"effort.{part}": 0.7 for part in parts}, 0)
    assert one.digest == even.digest
    split = {"effort.listening": 1.0, "effort.influencing": 2.0, "effort.networking": 4.0}
    double = {path: 2.0 * effort for path, effort in split.items()} | {"effort.selling": 2.0}
    assert campaign(BASE | BUSY | split, 0).digest == campaign(BASE | BUSY | double, 0).digest


def test_where_everybody_is_on_all_channels_they_are_one() -> None:
    """Overlap, bouncing and cross-posting play no part; whose channel a post is on neither."""
    layers = {
        "channels": {"feed": {"membership": 1.0}, "b": {"membership": 1.0}},
        "people.overlap": 0.5,
        "share.bounce": 0.5,
    }
    one, other = (
        campaign(BASE | layers | {"content": [{"type": "post", "channel": c}] * 3}, 0)
        for c in ("feed", "b")
    )
    alone = campaign(BASE, 0)
    assert sharers(one) == sharers(other) == sharers(alone)
    assert all((one.columns[name] == alone.columns[name]).all() for name in one.columns)


def test_an_outlet_reaches_those_who_are_on_no_channel() -> None:
    """Its audience is its own; what people pass on reaches members alone."""
    outlet = {"name": "paper", "audience": 1.0, "shown": 1.0}
    few = {"channels": {"feed": {"membership": 0.4}}, "publish.outlets": [outlet]}
    result = campaign(BASE | few, 0)
    assert result.funnel[0].people == networks("people").n
    nobody = campaign(BASE | few | {"publish.outlets": []}, 0)
    assert 0 < nobody.funnel[0].people < networks("people").n / 2


def test_shares_of_channels_hold_whatever_their_overlap() -> None:
    """Traffic of a channel comes from its members alone, and all traffic has its channel."""
    for overlap in (0.0, 0.5, 1.0):
        for seed in SEEDS:
            changes = TWO | {"people.overlap": overlap, "share.bounce": 0.5}
            result = campaign(BASE | changes | {"publish.cross_posting": True}, seed)
            clicks, finds, buys = result.traffic.sum(axis=0)
            assert clicks == result.columns["clicks"].sum() > 0
            assert finds == result.columns["found"].sum()
            assert buys == result.columns["conversions"].sum()


def test_many_small_rooms_are_cosier_and_one_large_one_is_livelier() -> None:
    """003, social density: which is better depends on what a crowd costs."""

    def gain(rooms: int, crowd: float, seed: int) -> float:
        density = {"community.rooms": rooms, "community.crowd": crowd, "community.talk": 2.0}
        changes = ROOMS | density | {"horizon": 7}
        return campaign(BASE | changes, seed).kpis["community_experience"]

    cosy, lively = [], []
    for seed in SEEDS:
        cosy.append(gain(10, 5.0, seed) - gain(1, 5.0, seed))
        lively.append(gain(1, 1e6, seed) - gain(10, 1e6, seed))
    rises(cosy)
    rises(lively)


def test_each_element_of_community_lies_within_its_bounds() -> None:
    for seed in SEEDS:
        result: Result = campaign(BASE | ROOMS | {"interact.follow": 0.3}, seed)
        followers = result.role != 0
        assert np.isnan(result.community[~followers]).all()
        assert ((result.community[followers] >= 0) & (result.community[followers] <= 1)).all()
