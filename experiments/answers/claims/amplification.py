"""What "Engagement is the key to social media marketing success" (004) claims."""

from __future__ import annotations

from typing import Final

from .claim import Statement, Text
from .sharing import SMALL

CRISIS: Final = "network.people=3000"

TEXT: Final = Text(
    "004",
    "Engagement is the key to social media marketing success",
    (
        Statement(
            "With 300 friends each, of whom one in ten passes it on, each generation is seen "
            "thirty times as often as the one before.",
            "amplification", ("horizon=3",), "impressions", 1,
            ("network.people=20000", "people.fans=0.001", "horizon=2"), size=30.2, worlds=24,
            published=(24.0, 36.0, "The text has (1 + 30 + 900) over (1 + 30), which is 30.03"),
        ),
        Statement(
            "Amplification makes an exposure cheap.",
            "open_house", ("share.base.stranger=0.016",), "cost_per_exposure", -1,
            (SMALL, "share.base.stranger=0"), size=0.77,
        ),
        Statement(
            "What a friend says is believed more than what a business says.",
            "open_house", ("credibility.friend=0.6",), "reshares", 1,
            (SMALL, "credibility.friend=0"), size=1.56,
        ),
        Statement(
            "To give followers something, such as access before others, makes them share.",
            "open_house", ("incentives.access=1",), "shares", 1, (SMALL,), size=2.67,
            note="`incentives.access` costs half of a reward that weighs as much; 1 is assumed.",
        ),
        Statement(
            "Self-disclosure makes people engage.",
            "open_house", ("content_types.backstage.disclosure=0.5",), "shares", 1,
            (SMALL, "relation.disclosure=0.3", "content_types.backstage.disclosure=0"), size=1.049,
            note="By `relation.disclosure`, 0 by default; .3 is assumed.", worlds=32,
        ),
        Statement(
            "Interaction: to answer who comments makes bonds.",
            "marketing_cycle", ("interact.reply=0.3",), "mean_bond", 1,
            (SMALL, "interact.reply=0"), size=1.22,
        ),
        Statement(
            "Interaction: to answer who comments makes people engage.",
            "marketing_cycle", ("interact.reply=0.3",), "activity_score", 1,
            (SMALL, "interact.reply=0"), size=1.057,
        ),
        Statement(
            "Reciprocity: who has a bond with the brand passes on more.",
            "open_house", ("share.weight.reciprocity=1",), "shares", 1,
            (SMALL, "share.weight.reciprocity=0"), size=1.34,
            note="`share.weight.reciprocity` is 0 unless a scenario sets it; 1 is assumed.",
        ),
        Statement(
            "Reciprocity among people in general makes them pass on more.",
            "marketing_cycle", ("share.weight.generalised=2",), "reshares", 1, (SMALL,), size=3.24,
            note="`share.weight.generalised` is 0 by default; 2 is assumed.", worlds=24,
        ),
        Statement(
            "Reciprocity among people in general builds the community: more is said in it.",
            "marketing_cycle", ("share.weight.generalised=2",), "activity_score", 1, (SMALL,),
            size=1.23,
            note="`share.weight.generalised` is 0 by default; 2 is assumed.", worlds=24,
        ),
        Statement(
            "Reciprocity among people in general builds the community: it is felt more.",
            "marketing_cycle", ("share.weight.generalised=2",), "community_experience", 1,
            (SMALL,),
            size=1.034, note="`share.weight.generalised` is 0 by default; 2 is assumed.", worlds=24,
        ),
        Statement(
            "Service: who has hands for complaints keeps trust.",
            "service_crisis", ("interact.capacity=3.34",), "mean_trust", 1,
            (CRISIS, "interact.capacity=0.01"), size=1.0087,
        ),
        Statement(
            "Fix it at once: an answer the same day saves refunds.",
            "service_crisis", ("complaints.delay=0",), "refunds", -1,
            (CRISIS, "complaints.delay=42"), size=0.33,
        ),
        Statement(
            "Negative word of mouth gets further, and so hurts the name.",
            "service_crisis", ("negative.reach=5",), "sentiment", -1,
            (CRISIS, "negative.reach=1"), size=0.42,
            note="The text says 5. In 15 studies word of mouth was positive more often than "
            "negative (East, Hammond & Wright 2007); the default is 1.5, assumed.",
        ),
        Statement(
            "Negative word of mouth gets about five times faster.",
            "service_crisis", ("negative.speed=5",), "complaint_time_to_half", -1,
            (CRISIS, "negative.speed=1"), worlds=512, size=0.93,
            note="Half of the complaints arise later than that by themselves: the crisis lasts. "
            "In 256 worlds the interval just met 0 (-9.5 to +.01), so that twice as many were "
            "asked.",
        ),
        Statement(
            "Negative word of mouth gets about five times faster: five days into a failure the "
            "name is hurt more.",
            "service_crisis", ("negative.speed=5",), "sentiment", -1,
            (CRISIS, "negative.speed=1", "negative.reach=5", "complaints.delay=42", "horizon=48"),
            worlds=24,
            note="With `negative.reach` at the text's 5 too, and answers that come late. Nobody "
            "measured a 5: among cascades of one size false news is no faster (Juul & Ugander "
            "2021).",
        ),
        Statement(
            "Negative word of mouth gets about five times faster, also where people pass on at "
            "once.",
            "marketing_cycle", ("negative.speed=5",), "sentiment", -1,
            (SMALL, "negative.speed=1"),
            fails="It does nothing: `share.delay.law` is \"none\" by default, and there is no time "
            "to divide, as `wom check` says. It takes a default delay; the next row sets one.",
        ),
        Statement(
            "Negative word of mouth gets about five times faster, also in a community of another "
            "kind where people take their time.",
            "marketing_cycle", ("negative.speed=5",), "complaint_time_to_half", -1,
            (SMALL, "negative.speed=1", "negative.reach=5", "share.delay=72",
             "complaints.detection=0", "horizon=35"), worlds=48, size=0.916,
            note="With three days on average until something is passed on, where nobody hears of "
            "complaints.",
        ),
        Statement(
            "Thanks make people share again.",
            "advocacy_programme", ("interact.thank=0.5",), "shares", 1,
            (SMALL, "interact.thank=0"), size=1.074,
            note="By `share.weight.thanked`, as below, and by `interact.bond_gain` and "
            "`interact.trust_gain`, .1 and .05 of what is missing, both assumed.",
        ),
        Statement(
            "Thanks make people share again, also for an ordinary brand.",
            "everyday", ("interact.thank=0.5",), "shares", 1,
            ("network.people=2000", "interact.thank=0"), worlds=128, size=1.014,
            note="By `share.weight.thanked`, a quarter of what it was in Grant & Gino 2010. Few "
            "share in four weeks, and those who were thanked meet few further posts.",
        ),
        Statement(
            "Half of those who hear of a failure hear of it sooner.",
            "service_crisis", ("negative.speed=5",), "complaint_time_to_half", -1,
            (CRISIS, "negative.speed=1", "negative.reach=5", "complaints.delay=42"),
            worlds=64, size=0.92, note="With `negative.reach` at the text's 5, as above.",
        ),
    ),
)  # fmt: skip
