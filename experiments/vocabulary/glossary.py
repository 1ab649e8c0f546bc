"""The indicators in words: a label, how a value is written, and what it says.

The formulas are at `wordofmouth.sim.kpis.kpis`.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

Range = tuple[float, float]

# Where values lie of which nothing is known.
ANYWHERE: Final[Range] = (-math.inf, math.inf)
# Counts, amounts of what was spent or brought, and what is divided by another of these.
AT_LEAST_NONE: Final[Range] = (0.0, math.inf)
_PART: Final[Range] = (0.0, 1.0)
# Indicators that lie elsewhere than what is written as they are.
_ELSEWHERE: Final[dict[str, Range]] = {
    **dict.fromkeys(("profit", "gross_profit", "return_on_investment"), ANYWHERE),
    "community_growth": (-1.0, math.inf),
    "sentiment": (-1.0, 1.0),
    **dict.fromkeys(("mean_trust", "mean_bond", "authority", "community_experience"), _PART),
}


def within(name: str, form: str) -> Range:
    """Between which numbers an indicator lies in every campaign, both ends included.

    Examples
    --------
    >>> within("churn", "rate"), within("reach", "count"), within("profit", "money")
    ((0.0, 1.0), (0.0, inf), (-inf, inf))
    """
    return _ELSEWHERE.get(name, _PART if form == "rate" else AT_LEAST_NONE)


class Term(NamedTuple):
    """What people read about an indicator; `form` is count, number, rate or money."""

    label: str
    form: str
    meaning: str


GROUPS: Final[dict[str, dict[str, Term]]] = {
    "Reach": {
        "reach": Term("Reach", "count", "Different people who noticed at least one post."),
        "impressions": Term("Impressions", "count", "Posts that arrived in somebody's feed."),
        "frequency": Term(
            "Frequency", "number", "Posts that arrived, for each person in whose feed any arrived."
        ),
        "offer_awareness": Term(
            "Offer awareness", "count", "People who noticed a post that offered something."
        ),
        "share_of_voice": Term(
            "Share of voice", "rate", "Impressions as a share of those and the rivals' together."
        ),
        "media_mentions": Term(
            "Media mentions", "count", "Posts that an outlet took up without being paid for it."
        ),
        "partnerships": Term(
            "Partnerships", "count", "Outlets that took up two posts or more without being paid."
        ),
    },
    "Passing on": {
        "shares": Term("Shares", "count", "Decisions to pass on what the brand itself had shown."),
        "reshares": Term(
            "Re-shares", "count", "Decisions to pass on what another person had shared."
        ),
        "r_first_hop": Term(
            "R, first hop", "number", "Re-shares that one share brought directly on average."
        ),
        "r_later_hops": Term(
            "R, later hops",
            "number",
            "Re-shares that one re-share brought; below 1 a cascade dies out by itself.",
        ),
        "invitations_per_sharer": Term(
            "Invitations a sharer",
            "number",
            "Impressions that one sharer brought, of those whose post went out before the end.",
        ),
        "invitation_conversion": Term(
            "Conversion of invitations",
            "rate",
            "Impressions that people brought which were passed on in turn.",
        ),
        "k_factor": Term(
            "K-factor",
            "number",
            "Invitations a sharer times their conversion: new sharers that one sharer brings; "
            "above 1 it grows.",
        ),
        "reshare_ratio": Term(
            "Re-share ratio",
            "rate",
            "Of all that was passed on, what was passed on by people who had it from people.",
        ),
        "amplification": Term(
            "Amplification",
            "number",
            "Impressions that people brought for each one that the brand made itself.",
        ),
        "structural_virality": Term(
            "Structural virality",
            "number",
            "Mean distance between two sharers of a cascade: 2 is a star around one source, more "
            "is passed on from person to person.",
        ),
        "time_to_half": Term(
            "Time to half of the reach",
            "number",
            "Hours until half of all whom the campaign reached had noticed something of it.",
        ),
        "complaint_time_to_half": Term(
            "Time to half of the complaints",
            "number",
            "Hours from the first complaint in a feed until half of all had arrived in one.",
        ),
        "sentiment": Term(
            "Sentiment",
            "number",
            "What people passed on, posts against complaints: 1 is all posts, -1 all complaints.",
        ),
    },
    "Dialogue": {
        "likes": Term("Likes", "count", "Posts that were liked, one at most by each person."),
        "comments": Term("Comments", "count", "Comments, one at most by each person and post."),
        "applause_rate": Term(
            "Applause rate", "number", "Likes, shares and comments for each post of the brand."
        ),
        "activity_score": Term(
            "Activity score",
            "number",
            "What followers have to say: comments count 4, shares 2 and likes 1, for each fan.",
        ),
        "replies": Term("Replies", "count", "Comments that the brand answered."),
        "thanks": Term("Thanks", "count", "Sharers whom the brand thanked."),
    },
    "Sales": {
        "clicks": Term(
            "Clicks",
            "count",
            "Clicks, one at most for each person and post; of a broadcast, searches.",
        ),
        "visits": Term(
            "Visits",
            "count",
            "Clicks after which the brand was found, and visits of who came back.",
        ),
        "returning_visitors": Term(
            "Returning visitors", "rate", "Visits of those who came back as a share of all visits."
        ),
        "leads": Term("Leads", "count", "Visits at which an address was left in place of buying."),
        "email_list": Term("Email list", "count", "Different people who left their address."),
        "retargeting_list": Term(
            "Retargeting list", "count", "People who visited and never bought."
        ),
        "conversions": Term("Conversions", "count", "Transactions that the campaign brought."),
        "conversion_rate": Term("Conversion rate", "rate", "Conversions as a share of clicks."),
        "visit_conversion_rate": Term(
            "Visit conversion", "rate", "First and repeat purchases as a share of visits."
        ),
        "buyer_frequency": Term(
            "Buyer frequency", "number", "Purchases, repeated ones too, for each buyer."
        ),
        "upsell": Term("Upsell", "count", "Repeated purchases that were larger."),
        "cross_sell": Term("Cross-sell", "count", "Repeated purchases of another product too."),
    },
    "Money": {
        "revenue": Term("Revenue", "money", "Price and worth of all purchases."),
        "gross_profit": Term(
            "Gross profit", "money", "Revenue less what it took to make what was sold."
        ),
        "profit": Term("Profit", "money", "Gross profit less cost."),
        "cost": Term("Cost", "money", "Everything in the ledger: see what was paid for."),
        "reward_cost": Term(
            "Cost of rewards", "money", "What was paid for sharing, to both sides and to frauds."
        ),
        "return_on_spend": Term(
            "Return on spend", "number", "Revenue for each unit of cost (ROAS), whatever is left."
        ),
        "return_on_investment": Term(
            "Return on investment", "rate", "Profit as a share of cost (ROI): below 0 it is a loss."
        ),
        "cost_per_exposure": Term("Cost per exposure", "money", "Cost for each impression."),
        "cost_per_trusted_exposure": Term(
            "Cost per trusted exposure",
            "money",
            "Cost for each impression that came from a person.",
        ),
        "cost_per_incremental_share": Term(
            "Cost per incremental share",
            "money",
            "Cost of a share that would not have been made anyway; only a second campaign, "
            "without what is paid for, can tell.",
        ),
        "cost_per_conversion": Term("Cost per conversion", "money", "Cost for each conversion."),
    },
    "Followers": {
        "fans": Term(
            "Fans", "count", "People who follow the brand at the end, advocates included."
        ),
        "new_fans": Term("New fans", "count", "Strangers who began to follow the brand."),
        "churn": Term("Churn", "rate", "Followers who left, as a share of all there ever were."),
        "community_growth": Term(
            "Community growth",
            "rate",
            "Followers won less those lost, as a share of the followers at the start.",
        ),
        "community_experience": Term(
            "Community experience",
            "number",
            "Mean sense of community of the followers at the end, 0 to 1: membership, influence, "
            "needs, emotional connection.",
        ),
        "advocates": Term("Advocates", "count", "Fans who speak for the brand at the end."),
        "mean_trust": Term(
            "Mean trust", "number", "Trust in the brand at the end, 0 to 1, over all."
        ),
        "authority": Term(
            "Authority",
            "number",
            "Expertise times trust, 0 to 1, over those who care for what the brand posts about; "
            "expertise is the value that they got from its posts.",
        ),
        "mean_bond": Term(
            "Mean bond", "number", "Bond with the brand at the end, 0 to 1, over all."
        ),
    },
    "Complaints": {
        "complaints": Term("Complaints", "count", "Complaints that were told to everybody."),
        "complaints_mended": Term(
            "Complaints mended", "count", "Complaints that were mended before they were told."
        ),
        "refunds": Term("Refunds", "count", "Buyers who got their money back."),
        "gaps_found": Term(
            "Gaps found", "count", "Topics of which the brand heard enough complaints to see a gap."
        ),
        "content_gaps_found": Term(
            "Content gaps found",
            "count",
            "Topics that no post is about, and of which the brand saw enough acts of followers who "
            "care for them.",
        ),
        "mentions": Term("Mentions", "count", "What people said of the brand unasked."),
        "mentions_found": Term(
            "Mentions found", "count", "Those of them that the brand found, looking for its name."
        ),
    },
}
TERMS: Final = {name: term for group in GROUPS.values() for name, term in group.items()}

# What people did at each stage of the funnel.
STAGES: Final = {
    "publish": "saw a post arrive",
    "notice": "noticed it",
    "share": "shared it",
    "reshare": "passed a share on",
    "click": "clicked",
    "find": "found the brand",
    "convert": "converted",
    "follow": "began to follow",
}


def term(name: str) -> Term:
    """The term of an indicator; one that nobody has described is shown by its name."""
    return TERMS.get(name) or Term(name.replace("_", " ").capitalize(), "number", "")


def stage_in_words(stage: str) -> str:
    """What people did at a stage, and its name.

    Examples
    --------
    >>> stage_in_words("publish"), stage_in_words("click")
    ('Saw a post arrive (publish)', 'Clicked (click)')
    """
    did = STAGES.get(stage)
    return stage.capitalize() if did is None else f"{did[:1].upper()}{did[1:]} ({stage})"
