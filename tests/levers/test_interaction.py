"""Interaction (000, 004): answers and thanks, what a relation grows and fades by, who follows."""

from __future__ import annotations

import numpy as np
import pytest
from wordofmouth import Result

from .lever import (
    BASE,
    SEEDS,
    SHARES,
    Changes,
    Lever,
    account,
    both,
    buyers,
    campaign,
    fewer,
    higher,
    kpi,
    lower,
    mean_tick,
    more,
    off_is_not_there,
    on_moves_it,
    rises,
    same,
    sharers,
    total,
)

POST = "content_types.post"
ANSWERED = {"interact.reply": 0.8, "interact.comment": 0.3, "interact.capacity": 10_000}
LEAVING = {"interact.unfollow": 0.05}
ALIKE = same("shares", "reshares", "clicks", "conversions", "comments")
TWO = {
    "content": [{"type": "post", "channel": "a"}] * 3,
    "channels": {"feed": {}, "a": {"membership": 0.9}, "b": {"membership": 0.3}},
    "publish.cross_posting": True,
}


def replies(result: Result) -> float:
    return result.kpis["replies"]


LEVERS = [
    Lever(
        "reply",
        "000, 004: interact with those who come",
        off={"interact.reply": 0.0},
        idle={
            "interact.delay": 3,
            "interact.bond_gain": 0.5,
            "interact.trust_gain": 0.5,
            "interact.cost": 2.0,
            "boost.reply": 2.0,
        },
        on={"interact.reply": 0.8},
        moves=kpi("mean_bond"),
        exactly=both(higher("bond"), higher("trust"), ALIKE),
    ),
    Lever(
        "thank",
        "004: thanks to those who pass it on",
        off={"interact.thank": 0.0},
        idle={
            "interact.bond_gain": 0.5,
            "interact.trust_gain": 0.5,
            "interact.cost": 2.0,
            "boost.thank": 2.0,
        },
        on={"interact.thank": 0.8},
        moves=kpi("mean_bond"),
        exactly=both(higher("bond"), higher("trust"), ALIKE),
    ),
    Lever(
        "capacity",
        "000: as far as its time goes",
        off={"interact.capacity": 0},
        idle={"interact.reply": 0.9, "interact.thank": 0.9, "interact.cost": 2.0},
        on={"interact.capacity": 2},
        moves=total("replies", "thanks"),
        exactly=lambda off, on: bool((on.columns["replies"] + on.columns["thanks"] <= 2).all()),
    ),
    Lever(
        "delay",
        "004: answer at once",
        beside=ANSWERED,
        off={"interact.delay": 0},
        on={"interact.delay": 4},
        moves=mean_tick("replies"),
        exactly=lambda off, on: on.kpis["replies"] <= off.kpis["replies"],
    ),
    Lever(
        "channel",
        "000: on which one will you interact with them?",
        beside=ANSWERED | TWO,
        off={"interact.channel": "feed"},
        on={"interact.channel": "b"},
        moves=replies,
        up=False,
        exactly=lower("bond"),
    ),
    Lever(
        "channel where the people are",
        "000",
        beside=ANSWERED | TWO | {"interact.channel": "b"},
        off={"interact.channel": "b"},
        on={"interact.channel": "a"},
        moves=replies,
    ),
    Lever(
        "bond of a contact",
        "004: two-way contact binds",
        beside=ANSWERED | {"interact.bond_gain": 0.0},
        off={"interact.bond_gain": 0.0},
        on={"interact.bond_gain": 0.3},
        moves=kpi("mean_bond"),
        exactly=both(higher("bond"), ALIKE),
    ),
    Lever(
        "trust of a contact",
        "004",
        beside=ANSWERED | {"interact.trust_gain": 0.0},
        off={"interact.trust_gain": 0.0},
        on={"interact.trust_gain": 0.3},
        moves=kpi("mean_trust"),
        exactly=both(higher("trust"), ALIKE),
    ),
    Lever(
        "staff time",
        "004: it costs time",
        beside=ANSWERED | {"interact.thank": 0.5},
        off={"interact.cost": 0.0},
        on={"interact.cost": 2.0},
        moves=account("replies"),
        exactly=lambda off, on: (
            on.kpis["cost"] == 2.0 * (on.kpis["replies"] + on.kpis["thanks"]) > 0
            and (off.kpis["replies"], off.kpis["thanks"]) == (on.kpis["replies"], on.kpis["thanks"])
        ),
    ),
    Lever(
        "reciprocity",
        "004: give to get",
        off={"share.weight.reciprocity": 0.0},
        on={"share.weight.reciprocity": 2.0},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "thanks that are returned",
        "004: give to get",
        beside={
            "share.weight.reciprocity": 4.0,
            "interact.bond_gain": 0.5,
            "share.base.stranger": 0.06,
            "interact.comment": 0.3,
        },
        off={"interact.reply": 0.0},
        on={"interact.reply": 0.9},
        moves=SHARES,
        exactly=higher("bond"),
    ),
    Lever(
        "bond at birth",
        "004",
        beside={"share.weight.reciprocity": 2.0, "people.bond.fan": 0.0},
        off={"people.bond.fan": 0.0},
        on={"people.bond.fan": 0.9},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "bond of strangers",
        "000",
        beside={"share.weight.reciprocity": 1.0},
        off={"people.bond.stranger": 0.0},
        on={"people.bond.stranger": 0.9},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "bond of advocates",
        "002",
        beside={
            "share.weight.reciprocity": 2.0,
            "people.advocates": 0.5,
            "people.bond.advocate": 0.0,
        },
        off={"people.bond.advocate": 0.0},
        on={"people.bond.advocate": 0.9},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "generalised reciprocity",
        "004: whoever received from people gives to people",
        beside={"share.base.stranger": 0.06, f"{POST}.value": 0.9, "relation.memory": 0.8},
        off={"share.weight.generalised": 0.0},
        on={"share.weight.generalised": 3.0},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "memory of what was received",
        "004",
        beside={
            "share.base.stranger": 0.06,
            "share.weight.generalised": 3.0,
            f"{POST}.value": 0.9,
            "relation.memory": 0.0,
        },
        off={"relation.memory": 0.0},
        on={"relation.memory": 0.8},
        moves=SHARES,
    ),
    Lever(
        "disclosure",
        "003, 004: let them look behind the scenes",
        off={"relation.disclosure": 0.0},
        idle={f"{POST}.disclosure": 0.4, "relation.disclosure_optimum": 0.4},
        on={"relation.disclosure": 0.3},
        moves=kpi("mean_bond"),
        exactly=both(higher("bond"), ALIKE),
    ),
    Lever(
        "trust in silence",
        "004: silence lets it fade",
        off={"relation.trust_half_life": None},
        on={"relation.trust_half_life": 10.0},
        moves=kpi("mean_trust"),
        up=False,
        exactly=both(lower("trust"), ALIKE),
    ),
    Lever(
        "bond in silence",
        "004",
        off={"relation.bond_half_life": None},
        on={"relation.bond_half_life": 10.0},
        moves=kpi("mean_bond"),
        up=False,
        exactly=both(lower("bond"), ALIKE),
    ),
    Lever(
        "follow",
        "000: the new people that the campaign added",
        off={"interact.follow": 0.0},
        idle={
            "interact.follow_trust": 2.0,
            "interact.follow_exclusive": 2.0,
            "boost.follow": 1.0,
        },
        on={"interact.follow": 0.3},
        moves=kpi("new_fans"),
        exactly=lambda off, on: off.kpis["new_fans"] == 0,
    ),
    Lever(
        "following upon trust",
        "004",
        beside={"interact.follow": 0.1},
        off={"interact.follow_trust": 0.0},
        on={"interact.follow_trust": 4.0},
        moves=kpi("community_growth"),
    ),
    Lever(
        "exclusive offers",
        "001, 004: exclusive offers for the community",
        beside={"interact.follow": 0.1},
        off={f"{POST}.exclusive": False},
        idle={"interact.follow_exclusive": 3.0},
        on={f"{POST}.exclusive": True},
        moves=kpi("new_fans"),
    ),
    Lever(
        "what is for followers alone",
        "001",
        beside={f"{POST}.exclusive": True, "interact.follow": 0.1},
        off={"interact.follow_exclusive": 0.0},
        on={"interact.follow_exclusive": 3.0},
        moves=kpi("new_fans"),
    ),
    Lever(
        "exclusive offers, in purchases",
        "001",
        off={f"{POST}.exclusive": False},
        on={f"{POST}.exclusive": True},
        moves=kpi("conversions"),
        up=False,
        exactly=both(fewer(buyers), same("clicks", "found", "shares")),
    ),
    Lever(
        "unfollow",
        "000, 001: people leave",
        off={"interact.unfollow": 0.0},
        idle={
            "interact.unfollow_fatigue": 1.0,
            "interact.unfollow_selling": 3.0,
            "interact.unfollow_bond": 2.0,
            "boost.unfollow": 2.0,
        },
        on={"interact.unfollow": 0.1},
        moves=kpi("churn"),
        exactly=lambda off, on: on.kpis["fans"] < off.kpis["fans"],
    ),
    Lever(
        "leaving tired",
        "000, 001: too many posts tire",
        beside=LEAVING,
        off={"interact.unfollow_fatigue": 0.0},
        on={"interact.unfollow_fatigue": 2.0},
        moves=kpi("churn"),
        exactly=lambda off, on: on.columns["lost_fans"][0] == off.columns["lost_fans"][0],
    ),
    Lever(
        "leaving a hard sell",
        "000: don't try to sell too much",
        beside=LEAVING,
        off={"interact.unfollow_selling": 0.0},
        idle={f"{POST}.commerciality": 0.9},
        on={"interact.unfollow_selling": 2.0},
        moves=kpi("churn"),
    ),
    Lever(
        "selling to those who leave",
        "000",
        beside=LEAVING | {f"{POST}.commerciality": 0.0},
        off={f"{POST}.commerciality": 0.0},
        idle={"interact.unfollow_selling": 2.0},
        on={f"{POST}.commerciality": 0.9},
        moves=kpi("churn"),
    ),
    Lever(
        "staying for the bond",
        "004: whoever is bound stays",
        beside={"interact.unfollow": 0.2},
        off={"interact.unfollow_bond": 0.0},
        on={"interact.unfollow_bond": 3.0},
        moves=kpi("churn"),
        up=False,
    ),
    Lever(
        "staying for the community",
        "003: sense of community",
        beside={"interact.unfollow": 0.2},
        off={"interact.unfollow_community": 0.0},
        on={"interact.unfollow_community": 4.0},
        moves=kpi("churn"),
        up=False,
    ),
    Lever(
        "like",
        "001: likes",
        beside={"interact.like": 0.0},
        off={"interact.like": 0.0},
        idle={"interact.like_bond": 2.0},
        on={"interact.like": 0.3},
        moves=kpi("applause_rate"),
        # They lead nowhere (002: likes for the sake of likes).
        exactly=both(ALIKE, lambda off, on: bool((on.bond == off.bond).all())),
    ),
    Lever(
        "likes of those who are bound",
        "004",
        off={"interact.like_bond": 0.0},
        on={"interact.like_bond": 4.0},
        moves=kpi("likes"),
    ),
    Lever(
        "comment",
        "003: conversation counts most",
        beside={"interact.comment": 0.0},
        off={"interact.comment": 0.0},
        idle={"interact.comment_bond": 2.0, "interact.comment_dialogue": 2.0},
        on={"interact.comment": 0.3},
        moves=kpi("activity_score"),
    ),
    Lever(
        "comments of those who are bound",
        "004",
        off={"interact.comment_bond": 0.0},
        on={"interact.comment_bond": 4.0},
        moves=kpi("comments"),
    ),
    Lever(
        "comments upon a question",
        "001, 002: ask",
        off={"interact.comment_dialogue": 0.0},
        idle={f"{POST}.dialogue": 0.9},
        on={"interact.comment_dialogue": 2.0},
        moves=kpi("comments"),
    ),
    Lever(
        "questions",
        "001, 002: ask",
        off={f"{POST}.dialogue": 0.0},
        idle={"interact.comment_dialogue": 2.0},
        on={f"{POST}.dialogue": 0.9},
        moves=kpi("comments"),
    ),
    Lever(
        "comments in a community",
        "003: sense of community",
        off={"interact.comment_community": 0.0},
        on={"interact.comment_community": 4.0},
        moves=kpi("comments"),
    ),
]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_off_is_not_there(lever: Lever) -> None:
    off_is_not_there(lever)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_on_moves_it(lever: Lever) -> None:
    on_moves_it(lever)


def test_where_everybody_is_everywhere_the_channel_of_interaction_plays_no_part() -> None:
    two: Changes = ANSWERED | {"channels": {"feed": {}, "b": {}}}
    one, other = (campaign(BASE | two | {"interact.channel": c}, 0) for c in (None, "b"))
    assert one.digest == other.digest


def test_disclosure_has_an_optimum() -> None:
    """003: an inverted U. Most at the optimum, at twice as much nothing, and it is symmetric."""

    def bonds(disclosure: float, seed: int) -> Result:
        path = {f"{POST}.disclosure": disclosure, "relation.disclosure": 0.3}
        return campaign(BASE | path | {"relation.disclosure_optimum": 0.5}, seed)

    for seed in SEEDS:
        none, little, best, much, all_of_it = (
            bonds(disclosure, seed).bond for disclosure in (0.0, 0.25, 0.5, 0.75, 1.0)
        )
        assert (little == much).all()
        assert (none == all_of_it).all()
        assert (best >= little).all()
        assert (little >= none).all()
        assert best.sum() > little.sum() > none.sum()
    gains = [
        bonds(0.3, seed).kpis["mean_bond"]
        - campaign(
            BASE
            | {f"{POST}.disclosure": 0.3, "relation.disclosure": 0.3}
            | {"relation.disclosure_optimum": 1.0},
            seed,
        ).kpis["mean_bond"]
        for seed in SEEDS
    ]
    rises(gains)


@pytest.mark.parametrize("half_life", [5.0, 30.0, 300.0])
def test_half_of_it_is_gone_after_a_half_life(half_life: float) -> None:
    """Nobody is contacted, so that all of the time is silence: exact for everybody."""
    changes = {"relation.trust_half_life": half_life, "relation.bond_half_life": half_life}
    for hours in (1.0, 6.0):
        quiet = campaign(BASE | {"hours_per_tick": hours}, 0)
        result = campaign(BASE | changes | {"hours_per_tick": hours}, 0)
        left = 0.5 ** (30 * hours / half_life)
        assert np.allclose(result.bond, quiet.bond * left, rtol=2e-6, atol=1e-9)
        assert np.allclose(result.trust, 0.4 + (quiet.trust - 0.4) * left, rtol=2e-6)


def test_trust_below_that_of_strangers_recovers_in_silence() -> None:
    changes = {"relation.trust_half_life": 10.0, "people.trust.fan": 0.1}
    fans = campaign(BASE | {"people.trust.fan": 0.1}, 0).role_at_birth == 1
    assert (campaign(BASE | changes, 0).trust[fans] > 0.3).all()


def test_the_brand_answers_nobody_twice_for_one_comment() -> None:
    for seed in SEEDS:
        result = campaign(BASE | ANSWERED | {"interact.reply": 1.0}, seed)
        asked, answered = result.columns["comments"], result.columns["replies"]
        assert (answered[1:] == asked[:-1]).all()
        assert result.relation["answers"].sum() == answered.sum()


@pytest.mark.parametrize("capacity", [0, 1, 3, 10])
def test_capacity_is_used_up_and_never_exceeded(capacity: int) -> None:
    unlimited = {"interact.reply": 1.0, "interact.thank": 1.0, "interact.comment": 0.3}
    for seed in SEEDS:
        all_of_them = campaign(BASE | unlimited | {"interact.capacity": 10_000}, seed)
        result = campaign(BASE | unlimited | {"interact.capacity": capacity}, seed)
        asked, served = (
            each.columns["replies"] + each.columns["thanks"] for each in (all_of_them, result)
        )
        assert (served == np.minimum(asked, capacity)).all()
