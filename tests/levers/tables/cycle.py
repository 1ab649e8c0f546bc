"""The marketing cycle (003): effort, topic map, channels, rooms and the sense of community."""

from __future__ import annotations

from ..lever import NOTICED, SHARES, Lever, Outcome, fewer, more, sharers, who

PARTS = ("listening", "influencing", "networking", "selling")
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
GOALS: dict[str, Outcome | str] = {
    "listening": "complaints_mended",
    "influencing": SHARES,
    "networking": "media_mentions",
    "selling": "conversion_rate",
}


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
    effort = {part: 5.0, given_up: 1.0}
    return Lever(
        f"{part} for {outcome}",
        "003: each activity has its business goals",
        {f"effort.{each}": (3.0, effort.get(each, 3.0)) for each in PARTS},
        **{"rises" if up else "falls": outcome},
        beside=beside,
        idle={"effort.elasticity": 1.5},
    )


def lost_to(part: str, other: str) -> Lever:
    """The split is what counts: all of it on one part is paid for by the goals of the others."""
    return Lever(
        f"{other} lost to {part}",
        "003: each activity has its business goals",
        {f"effort.{part}": (1.0, 20.0)},
        falls=GOALS[other],
        beside=BUSY,
        idle={"effort.elasticity": 1.0},
    )


def crowded(crowd: float) -> Lever:
    """Which is better, many small rooms or one large one, depends on what a crowd costs."""
    cosy = crowd < 100.0
    return Lever(
        f"many small rooms, {'cosier' if cosy else 'duller'} than one large one",
        "003: social density",
        {"community.rooms": (1, 10)},
        **{"rises" if cosy else "falls": "community_experience"},
        silent=True,
        beside=ROOMS
        | {"horizon": 7, "community.talk": 2.0, "community.crowd": crowd, "community.rooms": 1},
    )


# fmt: off
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
    Lever("elasticity", "003: effort pays; assumed", {"effort.elasticity": (0.0, 1.5)},
          rises="conversion_rate", beside=BUSY,
          idle={"effort.selling": 9.0, "effort.listening": 0.2}),
    Lever("membership", "003: not everybody is everywhere",
          {"channels.feed.membership": (1.0, 0.6)}, falls="impressions",
          exactly=fewer(who(NOTICED)), beside=FEED,
          idle={"people.overlap": 0.5, "share.bounce": 0.5, "publish.cross_posting": True}),
    Lever("overlap", "003: the same people on both", {"people.overlap": (0.0, 1.0)},
          falls="reach",
          beside=TWO | {"publish.cross_posting": True, "people.fans": 0.9,
            "share.base": {"fan": 0.0}}),
    Lever("bouncing", "003: bouncing between channels", {"share.bounce": (0.0, 0.9)},
          rises="reach", exactly=more(sharers), beside=TWO | {"share.base.stranger": 0.08}),
    Lever("cross-posting", "003: bouncing between channels",
          {"publish.cross_posting": (False, True)}, rises="reach", exactly=more(sharers),
          beside=TWO),
    Lever("effort of sharing", "000: why take the trouble?", {"channels.feed.effort": (0.0, 1.5)},
          falls=SHARES, exactly=fewer(sharers), beside=FEED),
    Lever("rooms", "003: social density", {"community.rooms": (0, 4)},
          rises="community_experience", silent=True,
          beside=ROOMS | {"community.rooms": 0, "horizon": 13},
          idle={"community.talk": 0.1, "community.crowd": 500.0}),
    Lever("talk", "003: social density", {"community.talk": (0.1, 100.0)},
          falls="community_experience", silent=True,
          beside=ROOMS | {"horizon": 13, "community.talk": 0.1}),
    Lever("crowd", "003; Dunbar 1992: in a crowd each counts less", {"community.crowd": (1e6, 5.0)},
          falls="community_experience", silent=True,
          beside=ROOMS | {"horizon": 13, "community.crowd": 1e6}),
    Lever("tenure", "McMillan & Chavis 1986: membership", {"community.tenure": (1.0, 1e5)},
          falls="community_experience", silent=True,
          beside={"interact.follow": 0.5, "community.tenure": 1.0}),
    Lever("answers", "McMillan & Chavis 1986: influence", {"interact.reply": (0.0, 0.9)},
          rises="community_experience", beside={"interact.comment": 0.3}),
    Lever("value received", "McMillan & Chavis 1986: needs",
          {"content_types.post.value": (0.0, 0.9)}, rises="community_experience",
          beside=ROOMS | {"content_types.post.value": 0.0}),
    Lever("emotional connection", "McMillan & Chavis 1986", {"relation.disclosure": (0.0, 0.3)},
          rises="community_experience", beside={"content_types.post.disclosure": 0.5}),
    *(lost_to(part, other) for part in PARTS for other in PARTS if other != part),
    crowded(5.0),
    crowded(1e6),
]
