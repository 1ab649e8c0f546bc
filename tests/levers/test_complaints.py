"""Complaints (003, 004): what goes wrong, is heard and mended, and what is told in public."""

from __future__ import annotations

import numpy as np
import pytest
from wordofmouth import Result, Scenario
from wordofmouth.sim.plan import COMPLAINT

from .lever import (
    BASE,
    SEEDS,
    Lever,
    account,
    both,
    campaign,
    higher,
    kpi,
    lower,
    off_is_not_there,
    on_moves_it,
    rises,
    same,
    total,
)

WRONG = {
    "transact.convert": 0.7,
    "complaints.rate": 0.5,
    "negative.reach": 1.0,
    "negative.speed": 1.0,
}
HEARD = WRONG | {"complaints.detection": 1.0, "interact.capacity": 10_000}
ALIKE = same("shares", "reshares", "clicks", "conversions", "wrong")


def passed_on(result: Result) -> set[tuple[int, int]]:
    """Who passed on which complaint."""
    log = result.share_log
    worse = result.kinds[log.message] == COMPLAINT
    return set(zip(log.message[worse].tolist(), log.person[worse].tolist(), strict=True))


def waits(result: Result) -> float:
    """How long, on average, a complaint waits with those who pass it on, as ticks between hops."""
    log = result.share_log
    worse = result.kinds[log.message] == COMPLAINT
    when = {(m, i): tick for m, i, tick in zip(log.message, log.person, log.tick, strict=True)}
    rows = zip(log.message[worse], log.sender[worse], log.tick[worse], strict=True)
    return float(np.mean([tick - when[m, sender] for m, sender, tick in rows if sender >= 0]))


LEVERS = [
    Lever(
        "what goes wrong",
        "004: negative word of mouth",
        off={"complaints.rate": 0.0},
        idle={
            "complaints.loss": 0.9,
            "complaints.detection": 0.2,
            "complaints.delay": 2,
            "complaints.patience": 2,
            "complaints.recovery": 0.5,
            "complaints.refund": 0.5,
            "complaints.churn": 0.5,
            "negative.harm": 0.5,
            "negative.speed": 5.0,
            "negative.reach": 5.0,
            "hurdles.delay": 1,
            "hurdles.silo": 0.2,
            "boost.mend": 1.0,
        },
        on={"complaints.rate": 0.3},
        moves=kpi("sentiment"),
        up=False,
        exactly=lower("trust"),
    ),
    Lever(
        "complaints in public",
        "004",
        off={"complaints.rate": 0.0},
        on={"complaints.rate": 0.3},
        moves=kpi("complaints"),
        exactly=lower("trust"),
    ),
    Lever(
        "detection",
        "003: listening",
        beside=WRONG,
        off={"complaints.detection": 0.0},
        idle={"complaints.delay": 1, "complaints.recovery": 0.5, "hurdles.silo": 0.1},
        on={"complaints.detection": 0.8},
        moves=kpi("complaints"),
        up=False,
    ),
    Lever(
        "mending",
        "003: feedback loop to the right desk",
        beside=WRONG,
        off={"complaints.detection": 0.0},
        on={"complaints.detection": 0.8},
        moves=kpi("complaints_mended"),
    ),
    Lever(
        "delay of the feedback loop",
        "003: the right desk, in time; 004: fix it immediately",
        beside=HEARD,
        off={"complaints.delay": 0},
        on={"complaints.delay": 4},
        moves=kpi("complaints"),
        exactly=lambda off, on: (
            off.kpis["complaints"] == 0 == on.kpis["complaints_mended"] < on.kpis["complaints"]
        ),
    ),
    Lever(
        "patience",
        "004",
        beside=HEARD | {"content": ["post"], "complaints.delay": 5, "complaints.patience": 2},
        off={"complaints.patience": 2},
        on={"complaints.patience": 6},
        moves=kpi("complaints_mended"),
        exactly=lambda off, on: (off.kpis["complaints_mended"], on.kpis["complaints"]) == (0, 0),
    ),
    Lever(
        "recovery",
        "de Matos et al. 2007; 004: who is helped stays",
        beside=HEARD | {"complaints.recovery": 0.0},
        off={"complaints.recovery": 0.0},
        on={"complaints.recovery": 0.5},
        moves=kpi("mean_bond"),
        exactly=both(higher("bond"), ALIKE),
    ),
    Lever(
        "loss of trust",
        "004",
        beside=WRONG | {"complaints.loss": 0.0},
        off={"complaints.loss": 0.0},
        on={"complaints.loss": 0.5},
        moves=kpi("mean_trust"),
        up=False,
        exactly=both(lower("trust"), ALIKE),
    ),
    Lever(
        "refund",
        "003: refunds",
        beside=WRONG | {"transact.price": 7.0},
        off={"complaints.refund": 0.0},
        on={"complaints.refund": 0.6},
        moves=account("refunds"),
        exactly=both(ALIKE, lambda off, on: on.kpis["cost"] == 7.0 * on.kpis["refunds"]),
    ),
    Lever(
        "churn",
        "003: churn",
        beside=WRONG,
        off={"complaints.churn": 0.0},
        on={"complaints.churn": 0.8},
        moves=kpi("churn"),
    ),
    Lever(
        "reach of a complaint",
        "004: further than praise",
        beside=WRONG,
        off={"negative.reach": 1.0},
        on={"negative.reach": 5.0},
        moves=total("negative_impressions"),
        exactly=both(lambda off, on: passed_on(off) < passed_on(on), ALIKE),
    ),
    Lever(
        "speed of a complaint",
        "004: faster than praise",
        beside=WRONG | {"share.delay": 4.0, "share.base.stranger": 0.08, "horizon": 60},
        off={"negative.speed": 1.0},
        on={"negative.speed": 5.0},
        moves=waits,
        up=False,
    ),
    Lever(
        "harm",
        "004; Goldenberg et al. 2007",
        beside=WRONG | {"negative.harm": 0.0},
        off={"negative.harm": 0.0},
        on={"negative.harm": 0.5},
        moves=kpi("mean_trust"),
        up=False,
        exactly=both(lower("trust"), ALIKE),
    ),
    Lever(
        "slow information",
        "002: restricted information flow",
        beside=HEARD,
        off={"hurdles.delay": 0},
        on={"hurdles.delay": 4},
        moves=kpi("complaints"),
        exactly=lambda off, on: off.kpis["complaints"] == 0,
    ),
    Lever(
        "silos",
        "002: siloed departments",
        beside=HEARD,
        off={"hurdles.silo": 0.0},
        on={"hurdles.silo": 0.6},
        moves=kpi("complaints"),
    ),
    Lever(
        "nobody has time for it",
        "000: capacity",
        beside=HEARD,
        off={"interact.capacity": 10_000},
        on={"interact.capacity": 0},
        moves=kpi("complaints"),
        exactly=lambda off, on: on.kpis["complaints_mended"] == 0,
    ),
    Lever(
        "gaps found",
        "003: product gaps and content gaps",
        beside=WRONG,
        off={"complaints.detection": 0.0},
        on={"complaints.detection": 0.8},
        moves=kpi("gaps_found"),
    ),
    Lever(
        "what makes a gap",
        "003; assumed",
        beside=HEARD | {"complaints.gap": 1},
        off={"complaints.gap": 1},
        on={"complaints.gap": 1_000_000},
        moves=kpi("gaps_found"),
        up=False,
        exactly=lambda off, on: off.digest == on.digest,
    ),
    Lever(
        "topics to complain about",
        "003",
        beside=HEARD | {"complaints.gap": 1, "complaints.topics": 1},
        off={"complaints.topics": 1},
        on={"complaints.topics": 5},
        moves=kpi("gaps_found"),
    ),
    Lever(
        "a catchy complaint",
        "001: it is a meme too",
        beside=WRONG | {"content_types": {"post": {}, "rant": {}}, "complaints.type": "rant"},
        off={"content_types.rant.contagiousness": 0.0},
        on={"content_types.rant.contagiousness": 2.0},
        moves=total("negative_impressions"),
        exactly=ALIKE,
    ),
]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_off_is_not_there(lever: Lever) -> None:
    off_is_not_there(lever)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_on_moves_it(lever: Lever) -> None:
    on_moves_it(lever)


def test_the_claim_of_004_is_a_preset_and_not_the_default() -> None:
    default = Scenario().negative
    assert (default.speed, default.reach) == (1.5, 1.5)
    claimed = Scenario().replace({"negative": "negative_004"})
    assert claimed == Scenario().replace({"negative.speed": 5.0, "negative.reach": 5.0})
    assert Scenario().replace({"negative": "measured"}) == Scenario()


def test_a_complaint_that_is_mended_leaves_more_bond_than_none() -> None:
    """Service recovery: exactly, for everybody."""
    gained = []
    for seed in SEEDS:
        fine = campaign(BASE | HEARD | {"complaints.rate": 0.0}, seed)
        mended = campaign(BASE | HEARD, seed)
        assert (mended.bond >= fine.bond).all()
        assert (mended.bond > fine.bond).sum() > 0
        gained.append((mended.bond - fine.bond).sum())
    rises(gained)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_goes_wrong_is_mended_or_told_or_still_waits(seed: int) -> None:
    for detection in (0.0, 0.5, 1.0):
        result = campaign(BASE | HEARD | {"complaints.detection": detection}, seed)
        wrong, heard, mended, told = (
            np.cumsum(result.columns[name]) for name in ("wrong", "heard", "mended", "complaints")
        )
        waiting = int((result.relation["open"] > 0).sum())
        assert (mended + told <= wrong).all()
        assert (heard <= wrong).all()
        assert (mended <= heard).all()
        # Who told everybody about a topic before is not heard a second time.
        silent = wrong[-1] - mended[-1] - told[-1] - waiting
        assert 0 <= silent <= wrong[-1] - (result.relation["wrongs"] > 0).sum()
        assert wrong[-1] > 0
        assert result.gaps.sum() == heard[-1]
        assert wrong[-1] <= result.kpis["conversions"]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_bought_on_coming_back_goes_wrong_too(seed: int) -> None:
    back = {"returns.lead": 0.9, "returns.visit": 0.9, "returns.repeat": 0.9}
    always = WRONG | {"transact.convert": 0.3, "complaints.rate": 1.0}
    result = campaign(BASE | always | back, seed)
    wrongs, buyers = result.relation["wrongs"], result.buyer_log.person
    assert (wrongs[buyers] > 0).all()
    # One thing at a time: as long as nothing is mended or told, nothing else goes wrong.
    assert set(np.flatnonzero(wrongs)) == set(buyers)
    assert wrongs.max() > 1
    patient = campaign(BASE | always | back | {"complaints.patience": 1_000}, seed)
    assert patient.relation["wrongs"].max() == 1


def test_a_complaint_is_no_exposure_of_the_brand() -> None:
    """What the funnel is about stays the same, however much is complained."""
    quiet = {"negative.harm": 0.0, "complaints.loss": 0.0, "complaints.churn": 0.0}
    for seed in SEEDS:
        without = campaign(BASE | WRONG | quiet | {"complaints.rate": 0.0}, seed)
        with_them = campaign(BASE | WRONG | quiet, seed)
        assert without.funnel == with_them.funnel
        assert with_them.columns["negative_impressions"].sum() > 0
