"""Media and money (004): owned, earned and paid; what each costs."""

from __future__ import annotations

from typing import Any

from ..lever import (
    NOTICED,
    SHARED,
    SHARES,
    Lever,
    Order,
    account,
    at_hops,
    both,
    fewer,
    more,
    sharers,
    who,
)

BLOG: dict[str, Any] = {"audience": 0.2, "shown": 0.5}
AD: dict[str, Any] = {"type": "post", "tick": 2, "ticks": 4, "audience": 0.3, "impressions": 2.0}
# Nobody passes anything on, so that what ads bring is all there is.
ALONE = {"share.base.stranger": 0.0, "share.base.fan": 0.0, "share.base.advocate": 0.0}
MORE_RESTED = {"publish.wear_out": 1e6}
ANSWERED: dict[str, Any] = {"noticed": 0.9, "response": 0.3}
LONG: dict[str, Any] = AD | ANSWERED | {"ticks": 28, "impressions": 16.0}
SHARP: dict[str, Any] = {"audience": 0.1, "shown": 1.0}
BELIEVED = {"share.weight.trust": 3.0, "credibility.commerciality": 0.0}
SMALL = BLOG | {"audience": 0.01}
SOME = BLOG | {"count": 10, "audience": 0.02, "acceptance": 0.0}
THREE = BLOG | {"count": 3}
BUTTON: dict[str, Any] = {"name": "button", "ease": 1.0}
WELCOME = {"interact.follow": 0.1, "interact.follow_value": 2.0}
NOBODY_LOST: Order = both(more(who(NOTICED)), more(sharers))

# fmt: off
LEVERS = [
    Lever("an outlet", "000: publish outside your profile as well",
          {"publish.outlets": ([], [BLOG])}, rises="reach", exactly=NOBODY_LOST),
    Lever("many outlets", "003: the long tail",
          {"publish.outlets": ([SMALL | {"count": 1}], [SMALL | {"count": 40}])},
          rises="reach", exactly=NOBODY_LOST, beside={"publish.outlets": [SMALL]}),
    Lever("a larger audience", "003", {"publish.outlets": ([BLOG], [BLOG | {"audience": 0.5}])},
          rises="reach", exactly=NOBODY_LOST, beside={"publish.outlets": [BLOG]}),
    Lever("shown to more of them", "000", {"publish.outlets": ([BLOG], [BLOG | {"shown": 1.0}])},
          rises="reach", exactly=NOBODY_LOST, beside={"publish.outlets": [BLOG]}),
    Lever("acceptance", "003: who takes it up",
          {"publish.outlets": ([SOME], [SOME | {"acceptance": 0.7}])},
          rises="media_mentions", exactly=NOBODY_LOST, beside={"publish.outlets": [SOME]}),
    Lever("standing", "003, 004: an outlet that is believed",
          {"publish.outlets": ([BLOG | {"standing": None}], [BLOG | {"standing": 1.0}])},
          rises=SHARES, exactly=more(sharers), beside=BELIEVED | {"publish.outlets": [BLOG]}),
    Lever("no standing at all", "003, 004",
          {"publish.outlets": ([BLOG | {"standing": None}], [BLOG | {"standing": 0.0}])},
          falls=SHARES, exactly=fewer(sharers), beside=BELIEVED | {"publish.outlets": [BLOG]}),
    # What is paid for is no mention.
    Lever("fee", "003, 004: paid media have their price",
          {"publish.outlets": ([THREE | {"fee": 0.0}], [THREE | {"fee": 25.0}])},
          rises=account("placements"),
          exactly=both(lambda off, on: on.kpis["cost"] == 25.0 * on.placed.sum() == 25.0 * 9,
            lambda off, on: (off.kpis["media_mentions"], on.kpis["media_mentions"]) == (9, 0),
            lambda off, on: (off.kpis["partnerships"], on.kpis["partnerships"]) == (3, 0),
            lambda off, on: sharers(off) == sharers(on)),
          beside={"publish.outlets": [THREE]}),
    Lever("an ad", "004: paid media", {"publish.ads": ([], [AD])}, rises="reach",
          exactly=NOBODY_LOST),
    Lever("what an ad costs", "004: over 3 million and about a million to make",
          {"publish.ads": ([], [AD | {"production": 50.0}])}, rises="cost",
          exactly=lambda off, on: on.ledger["production"] == 50.0),
    Lever("more impressions", "004", {"publish.ads": ([AD], [AD | {"impressions": 8.0}])},
          rises="reach", exactly=NOBODY_LOST,
          beside={"publish.ads": [AD], **MORE_RESTED}),
    Lever("uneven viewing", "Ehrenberg 1972: a few view most",
          {"publish.ads": ([AD | {"viewing": 1e6}], [AD | {"viewing": 0.2}])}, falls="reach",
          beside={"publish.ads": [AD | {"viewing": 1e6}]}),
    Lever("what an impression is answered by", "WordStream 2018",
          {"publish.ads": ([AD], [AD | {"noticed": 1.0, "response": 0.9}])},
          rises="clicks", beside={"publish.ads": [AD], **MORE_RESTED}),
    Lever("a broadcast is answered by a search", "Joo et al. 2014",
          {"publish.ads": ([AD | ANSWERED], [AD | ANSWERED | {"format": "broadcast"}])},
          falls="visits", beside={"publish.ads": [AD | ANSWERED], "transact.recall": 0.1}),
    Lever("ads wear out", "Naik, Mantrala & Sawyer 1998",
          {"publish.wear_out": (10.0, 1.0)}, falls="clicks", exactly=fewer(who(NOTICED)),
          beside={"publish.ads": [LONG], **ALONE}),
    Lever("what is remembered of ads fades", "Broadbent 1979",
          {"publish.ad_half_life": (504.0, 1.0)}, rises="clicks", exactly=more(who(NOTICED)),
          beside={"publish.ads": [LONG], **ALONE, "publish.wear_out": 1.0}),
    Lever("overlap of outlets", "003: the same followers",
          {"publish.outlets": ([SHARP] * 8, [SHARP | {"overlap": 1.0}] * 8)}, falls="reach",
          beside={"publish.outlets": [SHARP] * 8}),
    Lever("seeds", "Kempe, Kleinberg & Tardos 2003", {"publish.seeds": (0, 10)}, rises=SHARES,
          exactly=more(sharers), beside={"share.base.stranger": 0.08},
          idle={"publish.seed_cost": 4.0, "publish.seed_cost_follower": 2.0,
            "publish.seed_cost_exponent": 0.5, "publish.seeding": "followers"}),
    Lever("seeds by name", "000: ask those whom you know",
          {"publish.asked": ([], [3, 1, 4, 15, 92, 65, 35, 89, 79, 32])}, rises=at_hops(SHARED, 0),
          exactly=more(sharers)),
    Lever("what a seed costs", "Bakshy et al. 2011", {"publish.seed_cost": (0.0, 4.0)},
          rises=account("seeding"),
          exactly=lambda off, on: on.kpis["cost"] == 3 * 10 * 4.0 and on.kpis["shares"] > 0,
          beside={"publish.seeds": 10, "publish.seed_cost_follower": 0.0}),
    Lever("what an influencer costs", "trade press: a cent a follower",
          {"publish.seed_cost_follower": (0.0, 0.01)}, rises=account("seeding"),
          exactly=lambda off, on: sharers(off) == sharers(on),
          beside={"publish.seeds": 10, "publish.seed_cost_follower": 0.0}),
    Lever("what pitching costs", "003: outreach is work", {"publish.pitch_cost": (0.0, 5.0)},
          rises=account("pitches"),
          exactly=lambda off, on: on.ledger["pitches"] == 3 * 3 * 5.0,
          beside={"publish.outlets": [THREE]}),
    Lever("what value costs to make", "003: valuable content is work",
          {"publish.value_cost": (0.0, 2.0)}, rises=account("posts"),
          exactly=lambda off, on: round(on.ledger["posts"] / off.ledger["posts"], 9) == 1.6,
          beside={"publish.cost": 10.0}),
    Lever("what a type costs", "000: a video", {"content_types.post.cost": (0.0, 9.0)},
          rises=account("posts"), exactly=lambda off, on: on.ledger["posts"] == 3 * 9.0),
    Lever("a sharing button", "001: buttons should be normal",
          {"publish.tools": ([], [{"ease": 1.0}])}, rises=SHARES, exactly=more(sharers)),
    Lever("a button that few use", "001", {"publish.tools": ([BUTTON], [BUTTON | {"reach": 0.1}])},
          falls=SHARES, exactly=fewer(sharers), beside={"publish.tools": [BUTTON]}),
    Lever("an app for free", "001: useful apps for free",
          {"publish.tools": ([], [{"value": 0.8}])}, rises="new_fans", beside=WELCOME),
    Lever("an app that keeps people", "001: the community stays on the ball",
          {"publish.tools": ([], [{"value": 0.8}])}, falls="churn",
          beside=WELCOME | {"interact.unfollow": 0.1}),
    Lever("what a tool costs", "001",
          {"publish.tools": ([BUTTON], [BUTTON | {"cost": 90.0, "upkeep": 16.8}])},
          rises=account("tools"),
          exactly=lambda off, on: (off.ledger["tools"], round(on.ledger["tools"], 6)) == (0, 93.0),
          beside={"publish.tools": [BUTTON]}),
    Lever("who is asked may decline", "Hinz et al. 2011: not all who are asked take part",
          {"publish.seed_accept": (1.0, 0.3)}, falls=SHARES, exactly=fewer(sharers),
          beside={"publish.seeds": 40, "share.base.stranger": 0.06}),
    Lever("a reward for those who are asked", "000: a reward could convince someone to share",
          {"incentives.reward": (0.0, 20.0)}, rises=SHARES, exactly=more(sharers),
          beside={"publish.seeds": 60, "publish.seed_accept": 0.2},
          idle={"publish.seed_accept_reward": 1.5}),
    Lever("who is bound complies", "002, 004", {"publish.seed_accept_bond": (0.0, 5.0)},
          rises=SHARES, exactly=more(sharers),
          beside={"publish.seeds": 200, "publish.seed_accept": 0.2}),
    Lever("requests in a week", "002, 003: outreach is work", {"publish.outreach": (120, 20)},
          falls=SHARES, exactly=fewer(sharers),
          beside={"publish.seeds": 40, "share.base.stranger": 0.06}),
    Lever("a budget for seeds", "Bakshy et al. 2011", {"publish.seed_budget": (1_000.0, 40.0)},
          falls=SHARES, exactly=fewer(sharers),
          beside={"publish.seeds": 40, "publish.seed_cost": 1.0, "share.base.stranger": 0.06}),
]
