"""The advocacy path (002): six steps of the brand's policy, each a switch; rungs with a history."""

from __future__ import annotations

import numpy as np
import pytest
from wordofmouth import Result
from wordofmouth.sim.state import RUNGS

from .lever import (
    BASE,
    SEEDS,
    SHARES,
    Lever,
    account,
    both,
    campaign,
    column,
    higher,
    kpi,
    off_is_not_there,
    on_moves_it,
    rises,
    sharers,
    total,
)

POST = "content_types.post"
FOLLOWED = {"people.fans": 0.4, "people.advocates": 0.0, "interact.comment": 0.3}
ROUNDS = FOLLOWED | {"advocacy.interval": 4, "advocacy.bond": 0.5, "advocacy.accept": 0.6}
# All six steps.
PATH = ROUNDS | {
    "advocacy.listen": 0.8,
    "advocacy.outreach": 20,
    "advocacy.nurture": 0.3,
    "advocacy.post": 0.5,
}
NOBODY_POSTS = PATH | {"advocacy.post": 0.0}
advocates = kpi("advocates")


def acts_of_the_approached(result: Result) -> float:
    """How much those did, on average, whom the brand approached."""
    log = result.climb_log
    approached = log.person[log.hop == RUNGS.index("identified")]
    return float(column("acts")(result)[approached].mean())


LEVERS = [
    Lever(
        "1 listen and learn",
        "002, 003: listen before you speak",
        beside={
            "share.weight.topic": 2.0,
            "people.topic": 0.5,
            "people.topic_spread": 0.1,
        },
        off={"advocacy.sample": 0},
        on={"advocacy.sample": 50},
        moves=SHARES,
    ),
    Lever(
        "1 listen",
        "002, 003: listen before you speak",
        beside=NOBODY_POSTS | {"advocacy.listen": 0.0},
        off={"advocacy.listen": 0.0},
        idle={"hurdles.silo": 0.1, "hurdles.delay": 1},
        on={"advocacy.listen": 0.9},
        moves=advocates,
        exactly=lambda off, on: off.kpis["advocates"] == 0,
    ),
    Lever(
        "2 participate",
        "002: publish and participate",
        beside={"relation.monologue": 0.2},
        off={"advocacy.dialogue": None},
        on={"advocacy.dialogue": 0.7},
        moves=kpi("mean_trust"),
        exactly=higher("trust"),
    ),
    Lever(
        "2 participate, in answers",
        "002",
        off={"advocacy.dialogue": 0.0},
        idle={"interact.comment_dialogue": 2.0},
        on={"advocacy.dialogue": 1.0},
        moves=kpi("comments"),
    ),
    Lever(
        "3 identify",
        "002: those who are active",
        beside=NOBODY_POSTS
        | {"advocacy.identify": False, "advocacy.outreach": 3, "advocacy.interval": 8},
        off={"advocacy.identify": False},
        on={"advocacy.identify": True},
        moves=acts_of_the_approached,
    ),
    Lever(
        "4 activate",
        "002",
        beside=FOLLOWED,
        off={"advocacy.outreach": 0},
        idle={
            "advocacy.interval": 4,
            "advocacy.identify": False,
            "advocacy.accept": 0.9,
            "advocacy.accept_bond": 1.0,
            "advocacy.accept_activity": 1.0,
            "advocacy.nurture": 0.5,
            "advocacy.nurture_cost": 2.0,
            "advocacy.outreach_cost": 2.0,
            "advocacy.bond": 0.5,
        },
        on={"advocacy.outreach": 20},
        moves=advocates,
        exactly=lambda off, on: off.kpis["cost"] == 0.0 < on.kpis["cost"],
    ),
    Lever(
        "acceptance",
        "002",
        beside=NOBODY_POSTS | {"advocacy.accept": 0.0},
        off={"advocacy.accept": 0.0},
        idle={"advocacy.accept_bond": 3.0, "advocacy.accept_activity": 3.0},
        on={"advocacy.accept": 0.6},
        moves=advocates,
        exactly=lambda off, on: not off.columns["activated"].any(),
    ),
    Lever(
        "acceptance upon bond",
        "002: who is bound accepts",
        beside=NOBODY_POSTS | {"advocacy.accept": 0.1},
        off={"advocacy.accept_bond": 0.0},
        on={"advocacy.accept_bond": 6.0},
        moves=total("activated"),
    ),
    Lever(
        "acceptance upon activity",
        "002: who is active accepts",
        beside=NOBODY_POSTS | {"advocacy.accept": 0.1},
        off={"advocacy.accept_activity": 0.0},
        on={"advocacy.accept_activity": 2.0},
        moves=total("activated"),
    ),
    Lever(
        "5 nurture",
        "002",
        beside=NOBODY_POSTS | {"advocacy.nurture": 0.0},
        off={"advocacy.nurture": 0.0},
        idle={"advocacy.nurture_cost": 2.0},
        on={"advocacy.nurture": 0.3},
        moves=advocates,
        exactly=both(higher("bond"), lambda off, on: off.kpis["advocates"] == 0),
    ),
    Lever(
        "6 empower",
        "002",
        beside=PATH | {"advocacy.empower": False},
        off={"advocacy.empower": False},
        on={"advocacy.empower": True},
        moves=advocates,
        exactly=lambda off, on: off.kpis["advocates"] == 0,
    ),
    Lever(
        "a bar that is too high",
        "002",
        beside=NOBODY_POSTS,
        off={"advocacy.bond": 0.5},
        on={"advocacy.bond": 0.9},
        moves=advocates,
        up=False,
    ),
    Lever(
        "posts of their own",
        "002: advocates speak of their own accord",
        beside={"people.advocates": 0.3, "advocacy.interval": 4},
        off={"advocacy.post": 0.0},
        idle={"advocacy.type": "post"},
        on={"advocacy.post": 0.5},
        moves=kpi("impressions"),
    ),
    Lever(
        "what advocates sell",
        "002",
        beside={"people.advocates": 0.3, "advocacy.interval": 4},
        off={"advocacy.post": 0.0},
        on={"advocacy.post": 0.5},
        moves=kpi("conversions"),
    ),
    Lever(
        "the whole path",
        "002: advocates as the result",
        beside=PATH | {"advocacy.outreach": 0},
        off={"advocacy.outreach": 0},
        on={"advocacy.outreach": 20},
        moves=kpi("reach"),
    ),
    Lever(
        "rounds",
        "002",
        beside=NOBODY_POSTS | {"advocacy.outreach": 5, "advocacy.interval": 12},
        off={"advocacy.interval": 12},
        on={"advocacy.interval": 3},
        moves=advocates,
    ),
    Lever(
        "staff time",
        "002",
        beside=NOBODY_POSTS,
        off={"advocacy.outreach_cost": 0.0},
        on={"advocacy.outreach_cost": 2.5},
        moves=account("outreach"),
        exactly=lambda off, on: (
            on.ledger["outreach"] == 2.5 * on.columns["identified"].sum() == on.kpis["cost"]
        ),
    ),
    Lever(
        "what nurturing costs",
        "002: discounts, samples, events",
        beside=NOBODY_POSTS,
        off={"advocacy.nurture_cost": 0.0},
        on={"advocacy.nurture_cost": 2.5},
        moves=account("nurture"),
        exactly=lambda off, on: (
            on.ledger["nurture"] == on.kpis["cost"] >= 2.5 * on.columns["nurtured"].sum()
        ),
    ),
    Lever(
        "siloed departments",
        "002",
        beside=NOBODY_POSTS | {"advocacy.listen": 0.3},
        off={"hurdles.silo": 0.0},
        on={"hurdles.silo": 0.8},
        moves=advocates,
        up=False,
    ),
    Lever(
        "slow information",
        "002",
        beside=NOBODY_POSTS,
        off={"hurdles.delay": 0},
        on={"hurdles.delay": 12},
        moves=advocates,
        up=False,
    ),
    Lever(
        "whom advocates are born as",
        "002",
        beside={"people.advocates": 0.0},
        off={"people.advocates": 0.0},
        idle={"people.trust.advocate": 0.9, "people.bond.advocate": 0.9},
        on={"people.advocates": 0.9},
        moves=total("shares"),
    ),
]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_off_is_not_there(lever: Lever) -> None:
    off_is_not_there(lever)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_on_moves_it(lever: Lever) -> None:
    on_moves_it(lever)


def test_likes_for_the_sake_of_likes_lead_nowhere() -> None:
    """002: the ladder is the same, person by person, whatever is liked."""
    for seed in SEEDS:
        few, many = (campaign(BASE | PATH | {"interact.like": x}, seed) for x in (0.0, 0.9))
        assert many.kpis["likes"] > few.kpis["likes"] == 0
        assert all((a == b).all() for a, b in zip(few.climb_log, many.climb_log, strict=True))
        assert sharers(few) == sharers(many)


@pytest.mark.parametrize(
    "skipped",
    [
        {"advocacy.listen": 0.0},
        {"advocacy.outreach": 0},
        {"advocacy.accept": 0.0},
        {"advocacy.nurture": 0.0},
        {"advocacy.empower": False},
    ],
    ids=lambda skipped: next(iter(skipped)),
)
def test_a_step_that_is_skipped_costs_all_advocates(skipped: dict[str, object]) -> None:
    won = [campaign(BASE | PATH, seed).kpis["advocates"] for seed in SEEDS]
    rises(won)
    for seed in SEEDS:
        result = campaign(BASE | PATH | skipped, seed)
        assert result.kpis["advocates"] == 0
        assert not result.columns["new_advocates"].any()


def test_more_listening_finds_those_who_are_more_active() -> None:
    """Precision follows from listening: approached by what was heard, they did more."""
    few = NOBODY_POSTS | {"advocacy.outreach": 2, "advocacy.interval": 8, "interact.comment": 0.5}
    found = [
        acts_of_the_approached(campaign(BASE | few | {"advocacy.listen": 1.0}, seed))
        - acts_of_the_approached(campaign(BASE | few | {"advocacy.listen": 0.1}, seed))
        for seed in SEEDS
    ]
    rises(found)


def test_nurturing_gains_less_and_less() -> None:
    """bond += nurture (1 - bond): the round from a higher bond gains less, by what is missing."""
    one = campaign(BASE | NOBODY_POSTS | {"advocacy.bond": 1.0, "horizon": 9}, 0)
    two = campaign(BASE | NOBODY_POSTS | {"advocacy.bond": 1.0, "horizon": 13}, 0)
    nurtured = one.relation["rung"] == RUNGS.index("nurtured")
    assert nurtured.any()
    assert np.allclose(one.bond[nurtured], 0.3 + 0.3 * 0.7, rtol=1e-6)
    assert np.allclose(two.bond[nurtured], 0.51 + 0.3 * 0.49, rtol=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rung_is_a_state_with_a_history(seed: int) -> None:
    """Everybody's climbs begin where the one before ended, and the last is where they stand."""
    leaving = {"interact.follow": 0.1, "interact.unfollow": 0.02, "people.advocates": 0.1}
    result = campaign(BASE | PATH | leaving, seed)
    log = result.climb_log
    order = np.lexsort((np.arange(log.tick.size), log.tick))
    born = result.role_at_birth
    rung = np.where(born == 2, RUNGS.index("advocate"), RUNGS.index("none"))
    # Within a tick the log is in the order of persons and not of what happened.
    for tick in np.unique(log.tick):
        rows = order[log.tick[order] == tick]
        for person in np.unique(log.person[rows]):
            own = rows[log.person[rows] == person]
            steps = dict(zip(log.sender[own].tolist(), log.hop[own].tolist(), strict=True))
            assert len(steps) == own.size
            while rung[person] in steps:
                rung[person] = steps.pop(int(rung[person]))
            assert not steps
    assert (rung == result.relation["rung"]).all()
    assert ((rung == RUNGS.index("advocate")) == (result.role == 2)).all()
    # Whoever left in the very tick of it was approached in vain.
    assert (rung[result.role == 0] <= RUNGS.index("identified")).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_skips_a_rung(seed: int) -> None:
    result = campaign(BASE | PATH, seed)
    names = [(RUNGS[a], RUNGS[b]) for a, b in zip(*result.climb_log[2:4], strict=True)]
    assert set(names) == {
        ("none", "identified"),
        ("identified", "activated"),
        ("activated", "nurtured"),
        ("nurtured", "advocate"),
    }
    counted = {name: names.count(name) for name in set(names)}
    ladder = result.ladder.iloc[-1]
    assert counted["none", "identified"] == ladder["identified"]
    assert counted["identified", "activated"] == ladder["activated"]
    assert counted["activated", "nurtured"] == ladder["nurtured"]
    assert counted["nurtured", "advocate"] == ladder["advocates"]
