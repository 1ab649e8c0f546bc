"""The advocacy path (002): six steps of the brand's policy, each a switch; rungs with a history."""

from __future__ import annotations

from typing import Any

from wordofmouth import Result
from wordofmouth.sim.state import RUNGS

from ..lever import SHARES, Lever, account, both, higher, sharers, total

FOLLOWED = {"people.fans": 0.4, "people.advocates": 0.0, "interact.comment": 0.3}
ROUNDS = FOLLOWED | {"advocacy.interval": 4, "advocacy.bond": 0.5, "advocacy.accept": 0.6}
# All six steps.
PATH: dict[str, Any] = ROUNDS | {
    "advocacy.listen": 0.8,
    "advocacy.outreach": 20,
    "advocacy.nurture": 0.3,
    "advocacy.empower": True,
    "advocacy.post": 0.5,
}
NOBODY_POSTS = PATH | {"advocacy.post": 0.0}
FEW = NOBODY_POSTS | {"advocacy.outreach": 2, "advocacy.interval": 8, "interact.comment": 0.5}
# A tick a day, so that weeks of orders are over, and rounds in all of them.
SLOWLY = NOBODY_POSTS | {"hours_per_tick": 24.0, "advocacy.nurture": 0.15, "advocacy.interval": 6}


def acts_of_the_approached(result: Result) -> float:
    """How much those did, on average, whom the brand approached."""
    log = result.climb_log
    approached = log.person[log.hop == RUNGS.index("identified")]
    return float(result.relation["acts"][approached].mean())


def nobody(off: Result, on: Result) -> bool:
    """Without it nobody becomes an advocate."""
    return off.kpis["advocates"] == 0 and not off.columns["new_advocates"].any()


def same_climbs(off: Result, on: Result) -> bool:
    """Person by person, the ladder is the same."""
    return all((a == b).all() for a, b in zip(off.climb_log, on.climb_log, strict=True))


def skipped(step: str, without: Any) -> Lever:
    """A step that is skipped costs all advocates."""
    path = f"advocacy.{step}"
    return Lever(
        f"a path without {step}",
        "002: advocates as the result",
        {path: (without, PATH[path])},
        rises="advocates",
        exactly=nobody,
        beside=PATH | {path: without},
    )


# fmt: off
LEVERS = [
    Lever("1 listen and learn", "002, 003: listen before you speak", {"advocacy.sample": (0, 50)},
          rises=SHARES,
          beside={"share.weight.topic": 2.0, "people.topic": 0.5, "people.topic_spread": 0.1}),
    Lever("1 listen", "002, 003: listen before you speak", {"advocacy.listen": (0.0, 0.9)},
          rises="advocates", exactly=nobody,
          beside=NOBODY_POSTS | {"advocacy.listen": 0.0},
          idle={"hurdles.silo": 0.1, "hurdles.delay": 1}),
    Lever("2 participate", "002: publish and participate", {"advocacy.dialogue": (None, 0.7)},
          rises="mean_trust", exactly=higher("trust"), beside={"relation.monologue": 0.2}),
    Lever("2 participate, in answers", "002", {"advocacy.dialogue": (0.0, 1.0)},
          rises="comments", idle={"interact.comment_dialogue": 2.0}),
    Lever("3 identify", "002: those who are active", {"advocacy.identify": (False, True)},
          rises=acts_of_the_approached,
          beside=NOBODY_POSTS | {"advocacy.identify": False, "advocacy.outreach": 3,
            "advocacy.interval": 8}),
    Lever("4 activate", "002", {"advocacy.outreach": (0, 20)}, rises="advocates",
          exactly=lambda off, on: off.kpis["cost"] == 0.0 < on.kpis["cost"], beside=FOLLOWED,
          idle={"advocacy.interval": 4, "advocacy.identify": False, "advocacy.accept": 0.9,
            "advocacy.accept_bond": 1.0, "advocacy.accept_activity": 1.0, "advocacy.nurture": 0.5,
            "advocacy.nurture_cost": 2.0, "advocacy.outreach_cost": 2.0, "advocacy.bond": 0.5}),
    Lever("acceptance", "002", {"advocacy.accept": (0.0, 0.6)}, rises="advocates",
          exactly=lambda off, on: not off.columns["activated"].any(),
          beside=NOBODY_POSTS | {"advocacy.accept": 0.0},
          idle={"advocacy.accept_bond": 3.0, "advocacy.accept_activity": 3.0}),
    Lever("acceptance upon bond", "002: who is bound accepts", {"advocacy.accept_bond": (0.0, 6.0)},
          rises=total("activated"), beside=NOBODY_POSTS | {"advocacy.accept": 0.1}),
    Lever("acceptance upon activity", "002: who is active accepts",
          {"advocacy.accept_activity": (0.0, 2.0)}, rises=total("activated"),
          beside=NOBODY_POSTS | {"advocacy.accept": 0.1}),
    Lever("5 nurture", "002", {"advocacy.nurture": (0.0, 0.3)}, rises="advocates",
          exactly=both(higher("bond"), nobody),
          beside=NOBODY_POSTS | {"advocacy.nurture": 0.0}, idle={"advocacy.nurture_cost": 2.0}),
    Lever("6 empower", "002", {"advocacy.empower": (False, True)}, rises="advocates",
          exactly=nobody,
          beside=PATH | {"advocacy.empower": False}),
    Lever("a bar that is too high", "002", {"advocacy.bond": (0.5, 0.9)}, falls="advocates",
          beside=NOBODY_POSTS),
    Lever("posts of their own", "002: advocates speak of their own accord",
          {"advocacy.post": (0.0, 0.5)}, rises="impressions",
          beside={"people.advocates": 0.3, "advocacy.interval": 4}, idle={"advocacy.type": "post"}),
    Lever("what advocates sell", "002", {"advocacy.post": (0.0, 0.5)}, rises="conversions",
          beside={"people.advocates": 0.3, "advocacy.interval": 4}),
    Lever("the whole path", "002: advocates as the result", {"advocacy.outreach": (0, 20)},
          rises="reach", beside=PATH | {"advocacy.outreach": 0}),
    Lever("rounds", "002", {"advocacy.interval": (12, 3)}, rises="advocates",
          beside=NOBODY_POSTS | {"advocacy.outreach": 5, "advocacy.interval": 12}),
    Lever("staff time", "002", {"advocacy.outreach_cost": (0.0, 2.5)}, rises=account("outreach"),
          exactly=lambda off, on: (
            on.ledger["outreach"] == 2.5 * on.columns["identified"].sum() == on.kpis["cost"]
          ), beside=NOBODY_POSTS),
    Lever("what nurturing costs", "002: discounts, samples, events",
          {"advocacy.nurture_cost": (0.0, 2.5)}, rises=account("nurture"),
          exactly=lambda off, on: (
            on.ledger["nurture"] == on.kpis["cost"] >= 2.5 * on.columns["nurtured"].sum()
          ), beside=NOBODY_POSTS),
    Lever("siloed departments", "002", {"hurdles.silo": (0.0, 0.8)}, falls="advocates",
          beside=NOBODY_POSTS | {"advocacy.listen": 0.3}),
    Lever("slow information", "002", {"hurdles.delay": (0, 12)}, falls="advocates",
          beside=NOBODY_POSTS),
    Lever("vested interests", "002; Milgrom & Roberts 1988", {"hurdles.vested": (0.0, 0.7)},
          falls="advocates", beside=NOBODY_POSTS),
    Lever("vested interests, a letter", "002", {"hurdles.vested": (0.0, 0.5)},
          rises=lambda result: result.ledger["outreach"] / result.columns["identified"].sum(),
          exactly=lambda off, on: round(
            on.ledger["outreach"] / on.columns["identified"].sum(), 9) == 5.0,
          beside=NOBODY_POSTS | {"advocacy.outreach_cost": 2.5}),
    Lever("results that have to come soon", "002; Stein 1989", {"hurdles.short_term": (0.0, 1.0)},
          falls="advocates", beside=SLOWLY, idle={"hurdles.target": 1e6}),
    Lever("results that come soon", "002", {"hurdles.short_term": (0.0, 1.0)},
          rises="conversions", beside=SLOWLY, idle={"hurdles.target": 1e6}),
    Lever("a target that is met", "002", {"hurdles.target": (0.0, 1e6)}, falls="advocates",
          beside=SLOWLY | {"hurdles.short_term": 1.0}),
    Lever("whom advocates are born as", "002", {"people.advocates": (0.0, 0.9)},
          rises=total("shares"), beside={"people.advocates": 0.0},
          idle={"people.trust.advocate": 0.9, "people.bond.advocate": 0.9}),
    skipped("listen", 0.0),
    skipped("outreach", 0),
    skipped("accept", 0.0),
    skipped("nurture", 0.0),
    skipped("empower", False),
    # Precision follows from listening: approached by what was heard, they did more.
    Lever("more listening finds those who are more active", "002, 003: listen before you speak",
          {"advocacy.listen": (0.1, 1.0)}, rises=acts_of_the_approached,
          beside=FEW | {"advocacy.listen": 0.1}),
    Lever("likes lead nowhere", "002: likes for the sake of likes", {"interact.like": (0.0, 0.9)},
          rises="likes",
          exactly=both(same_climbs, lambda off, on: sharers(off) == sharers(on),
            lambda off, on: on.kpis["likes"] > off.kpis["likes"] == 0),
          beside=PATH | {"interact.like": 0.0}),
]
