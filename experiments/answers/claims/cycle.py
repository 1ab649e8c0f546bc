"""What "Social Media Marketing" (003), the cycle of four parts, claims."""

from __future__ import annotations

from typing import Final

from .claim import Statement, Text
from .sharing import SMALL, posts

GIVE: Final = ["useful_advice"] * 4
ASK: Final = ["hard_sell"] * 4
PARTS: Final = ("listening", "influencing", "networking", "selling")
FEW_LARGE: Final = (
    'publish.outlets=[{name="broadcaster",count=2,audience=0.2,shown=0.3,acceptance=0.03,'
    "standing=0.63}]"
)
MANY_SMALL: Final = (
    'publish.outlets=[{name="blogs and podcasts",count=100,audience=0.004,shown=0.3,'
    "acceptance=0.12,standing=0.75}]"
)


def led(
    part: str,
    says: str,
    outcome: str,
    sign: int = 1,
    size: float | None = None,
    both: tuple[str, ...] = (),
    note: str = "",
    fails: str = "",
) -> Statement:
    """The same effort in all, more than half of it for one part."""
    split = tuple(f"effort.{each}={2.5 if each == part else 0.5}" for each in PARTS)
    return Statement(
        f"More effort for {part} {says}.", "marketing_cycle", split, outcome, sign, (SMALL, *both),
        size, note=note, fails=fails,
    )  # fmt: skip


TEXT: Final = Text(
    "003",
    "Social Media Marketing",
    (
        led("listening", "decreases churn", "churn", -1, size=0.67),
        led("listening", "reduces refunds", "refunds", -1, size=0.55),
        led("listening", "manages reputation", "sentiment", size=1.023),
        led("listening", "finds gaps in the product", "gaps_found",
            fails="It finds fewer: selling has half of its effort then, so that less is sold, and "
            "less goes wrong that could be heard of. It takes gaps that are heard of without a "
            "complaint, or that are counted by orders. The next row takes the effort from "
            "networking alone."),
        Statement(
            "More effort for listening in place of networking finds gaps in the product.",
            "marketing_cycle", ("effort.listening=1.9", "effort.networking=0.1"), "gaps_found", 1,
            (SMALL,), size=1.38,
            note="As much effort goes into selling, so that about as much is sold, and goes wrong.",
        ),
        Statement(
            "Who hears of complaints manages reputation.",
            "service_crisis", ("complaints.detection=0.8",), "sentiment", 1,
            ("network.people=3000", "complaints.detection=0.1"), size=1.12,
        ),
        Statement(
            "Who hears of complaints finds gaps in the product.",
            "marketing_cycle", ("complaints.detection=0.4",), "gaps_found", 1,
            (SMALL, "complaints.detection=0.1"), size=56,
        ),
        Statement(
            "A feedback loop that brings what was heard to the right desk in time keeps complaints "
            "from being told to everybody.",
            "service_crisis", ("complaints.delay=0",), "complaints", -1,
            ("network.people=3000", "complaints.delay=42"), size=0.28,
        ),
        led("influencing", "increases engagement", "applause_rate", size=1.31),
        led("influencing", "brings traffic", "visits", size=1.23),
        led("influencing", "makes offers known", "offer_awareness", size=1.22),
        led("influencing", "grows the list of those who can be met again", "retargeting_list",
             size=1.4),
        led("networking", "earns mentions", "media_mentions", size=1.59),
        led("networking", "makes partners", "partnerships", size=1.26),
        led("selling", "brings leads", "leads", size=1.15),
        led("selling", "wins customers", "conversions", size=1.21),
        led("selling", "lets buyers buy more often", "buyer_frequency", size=1.2),
        Statement(
            "Followers on one channel come upon the brand on others.",
            "bouncing", ("share.bounce=0.5",), "reach", 1, (SMALL, "share.bounce=0"), size=1.089,
        ),
        Statement(
            "Mentions by many small media bring more than those by a few large ones.",
            "long_tail", (MANY_SMALL,), "reach", 1, (SMALL, FEW_LARGE), size=1.64, worlds=32,
            note="That a small one takes up a story four times as readily is assumed.",
        ),
        Statement(
            "Posts on the map of topics engage more than those off it.",
            "open_house", ("content_types.invitation.topic=0",), "shares", 1,
            (SMALL, "people.topic_spread=0.1", "content_types.invitation.topic=0.4"), size=1.24,
            note="By `share.weight.topic`, 0 unless a scenario sets it; .3 here, assumed.",
        ),
        Statement(
            "Value first: the same gifts and the same asks sell more if the gifts come first.",
            "value_first", (posts(" ".join(GIVE + ASK), 1),),
            "conversions", 1,
            (SMALL, posts(" ".join(ASK + GIVE), 1)), size=1.44, worlds=32,
            note="By `transact.convert_given` and `relation.pressure`, 0 unless a scenario sets "
            "them; 2 and .25 here, assumed.",
        ),
        Statement(
            "Self-disclosure makes bonds.",
            "marketing_cycle", ("content_types.backstage.disclosure=0.5",), "mean_bond", 1,
            (SMALL, "content_types.backstage.disclosure=0"), size=1.17,
            note="By `relation.disclosure`, 0 unless a scenario sets it; .01 here, assumed.",
        ),
        Statement(
            "Social density: four rooms are felt more as a community than one crowded room.",
            "marketing_cycle", ("community.rooms=4",), "community_experience", 1,
            (SMALL, "community.rooms=1"), size=1.06,
        ),
        Statement(
            "A community that is felt decreases churn.",
            "marketing_cycle", ("interact.unfollow_community=2",), "churn", -1,
            (SMALL, "interact.unfollow_community=0"), size=0.81,
            note="`interact.unfollow_community` is 0 unless a scenario sets it; 2 is assumed.",
        ),
        Statement(
            "Conversions are measured as a share of visits.",
            "open_house", ("transact.convert=0.184",), "visit_conversion_rate", 1, (SMALL,),
            size=2.18, note="`conversion_rate` beside it is a share of clicks.",
        ),
        led("listening", "finds gaps in the content", "content_gaps_found", size=1.47,
            both=("advocacy.listen=0.02",),
            note="What followers care for of whom an act was seen, and no post is about, as "
            "`topic_map.topics` and `topic_map.gap` count it."),
        led("influencing", "establishes authority", "authority", size=1.17,
            note="The mean of expertise times trust, for which a source is believed (Hovland & "
            "Weiss 1951; Ohanian 1990), over those who care for what the brand posts about: all, "
            "where nothing asks for interests."),
    ),
)  # fmt: skip
