"""Complaints (003, 004): what goes wrong, is heard and mended, and what is told in public."""

from __future__ import annotations

import numpy as np
from wordofmouth import Result
from wordofmouth.sim.plan import COMPLAINT

from ..lever import Lever, account, both, higher, lower, same, total

WRONG = {
    "transact.convert": 0.7,
    "complaints.rate": 0.5,
    "negative.reach": 1.0,
    "negative.speed": 1.0,
    "negative.convert": 0.0,
}
HEARD = WRONG | {"complaints.detection": 1.0, "interact.capacity": 10_000}
QUIET = {"negative.harm": 0.0, "complaints.loss": 0.0, "complaints.churn": 0.0}
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


# fmt: off
LEVERS = [
    Lever("what goes wrong", "004: negative word of mouth", {"complaints.rate": (0.0, 0.3)},
          falls="sentiment", exactly=lower("trust"),
          idle={"complaints.loss": 0.9, "complaints.detection": 0.2, "complaints.delay": 2,
            "complaints.patience": 2, "complaints.recovery": 0.5, "complaints.refund": 0.5,
            "complaints.churn": 0.5, "negative.harm": 0.5, "negative.speed": 5.0,
            "negative.reach": 5.0, "negative.convert": 2.0, "hurdles.delay": 1,
            "hurdles.silo": 0.2, "boost.mend": 1.0}),
    Lever("complaints in public", "004", {"complaints.rate": (0.0, 0.3)}, rises="complaints",
          exactly=lower("trust")),
    Lever("detection", "003: listening", {"complaints.detection": (0.0, 0.8)},
          falls="complaints", beside=WRONG,
          idle={"complaints.delay": 1, "complaints.recovery": 0.5, "hurdles.silo": 0.1}),
    Lever("mending", "003: feedback loop to the right desk", {"complaints.detection": (0.0, 0.8)},
          rises="complaints_mended", beside=WRONG),
    Lever("delay of the feedback loop", "003: the right desk, in time; 004: fix it immediately",
          {"complaints.delay": (0, 4)}, rises="complaints",
          exactly=both(lambda off, on: off.kpis["complaints"] == 0 < on.kpis["complaints"],
            lambda off, on: on.kpis["complaints_mended"] == 0),
          beside=HEARD),
    Lever("patience", "004", {"complaints.patience": (2, 6)}, rises="complaints_mended",
          exactly=lambda off, on: (off.kpis["complaints_mended"], on.kpis["complaints"]) == (0, 0),
          beside=HEARD | {"content": ["post"], "complaints.delay": 5, "complaints.patience": 2}),
    Lever("recovery", "de Matos et al. 2007; 004: who is helped stays",
          {"complaints.recovery": (0.0, 0.5)}, rises="mean_bond",
          exactly=both(higher("bond"), ALIKE), beside=HEARD | {"complaints.recovery": 0.0}),
    Lever("loss of trust", "004", {"complaints.loss": (0.0, 0.5)}, falls="mean_trust",
          exactly=both(lower("trust"), ALIKE), beside=WRONG | {"complaints.loss": 0.0}),
    Lever("refund", "003: refunds", {"complaints.refund": (0.0, 0.6)}, rises=account("refunds"),
          exactly=both(ALIKE, lambda off, on: on.kpis["cost"] == 7.0 * on.kpis["refunds"]),
          beside=WRONG | {"transact.price": 7.0}),
    Lever("churn", "003: churn", {"complaints.churn": (0.0, 0.8)}, rises="churn",
          beside=WRONG),
    Lever("reach of a complaint", "004: further than praise", {"negative.reach": (1.0, 5.0)},
          rises=total("negative_impressions"),
          exactly=both(lambda off, on: passed_on(off) < passed_on(on), ALIKE), beside=WRONG),
    Lever("speed of a complaint", "004: faster than praise", {"negative.speed": (1.0, 5.0)},
          falls=waits,
          beside=WRONG | {"share.delay": 4.0, "share.base.stranger": 0.08, "horizon": 60}),
    Lever("harm", "004; Goldenberg et al. 2007", {"negative.harm": (0.0, 0.5)},
          falls="mean_trust", exactly=both(lower("trust"), ALIKE),
          beside=WRONG | {"negative.harm": 0.0}),
    Lever("harm at the point of sale", "Chevalier & Mayzlin 2006: complaints cost sales",
          {"negative.convert": (0.0, 3.0)}, falls=total("conversions"),
          exactly=same("shares", "reshares", "clicks"), beside=WRONG | {"content": ["post"] * 6}),
    Lever("slow information", "002: restricted information flow", {"hurdles.delay": (0, 4)},
          rises="complaints", exactly=lambda off, on: off.kpis["complaints"] == 0,
          beside=HEARD),
    Lever("silos", "002: siloed departments", {"hurdles.silo": (0.0, 0.6)}, rises="complaints",
          beside=HEARD),
    Lever("nobody has time for it", "000: capacity", {"interact.capacity": (10_000, 0)},
          rises="complaints", exactly=lambda off, on: on.kpis["complaints_mended"] == 0,
          beside=HEARD),
    Lever("gaps found", "003: product gaps and content gaps", {"complaints.detection": (0.0, 0.8)},
          rises="gaps_found", beside=WRONG),
    Lever("what makes a gap", "003; assumed", {"complaints.gap": (1, 1_000_000)},
          falls="gaps_found", silent=True,
          beside=HEARD | {"complaints.gap": 1}),
    Lever("topics to complain about", "003", {"complaints.topics": (1, 5)}, rises="gaps_found",
          beside=HEARD | {"complaints.gap": 1, "complaints.topics": 1}),
    Lever("a catchy complaint", "001: it is a meme too",
          {"content_types.rant.contagiousness": (0.0, 2.0)}, rises=total("negative_impressions"),
          exactly=ALIKE,
          beside=WRONG | {"content_types": {"post": {}, "rant": {}}, "complaints.type": "rant"}),
    # Service recovery: whoever is helped is bound more than if nothing had gone wrong.
    Lever("mended and better than new", "de Matos et al. 2007; 004: who is helped stays",
          {"complaints.rate": (0.0, 0.5)}, rises=lambda result: float(result.bond.sum()),
          exactly=both(higher("bond"), lambda off, on: bool((on.bond > off.bond).any())),
          beside=HEARD | {"complaints.rate": 0.0}),
    # What the funnel is about stays the same, however much is complained.
    Lever("a complaint is no exposure of the brand", "004", {"complaints.rate": (0.0, 0.5)},
          rises=total("negative_impressions"),
          exactly=both(lambda off, on: off.funnel == on.funnel,
            lambda off, on: on.columns["negative_impressions"].sum() > 0),
          beside=WRONG | QUIET | {"complaints.rate": 0.0}),
]
