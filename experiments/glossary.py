"""The indicators in words: a label, how a value is written, and what it says.

The formulas are at `wordofmouth.sim.kpis.kpis`.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple


class Term(NamedTuple):
    """What people read about an indicator; `form` is count, number, rate or money."""

    label: str
    form: str
    meaning: str


TERMS: Final[dict[str, Term]] = {
    "reach": Term("Reach", "count", "Different people who noticed at least one post."),
    "impressions": Term("Impressions", "count", "Posts that arrived in somebody's feed."),
    "frequency": Term(
        "Frequency", "number", "Posts that arrived, for each person in whose feed any arrived."
    ),
    "shares": Term("Shares", "count", "Decisions to pass on what the brand itself had shown."),
    "reshares": Term("Re-shares", "count", "Decisions to pass on what another person had shared."),
    "r_first_hop": Term(
        "R, first hop", "number", "Re-shares that one share brought directly on average."
    ),
    "r_later_hops": Term(
        "R, later hops",
        "number",
        "Re-shares that one re-share brought; below 1 a cascade dies out by itself.",
    ),
    "k_factor": Term("K-factor", "number", "Further sharers that one sharer brought on average."),
    "amplification": Term(
        "Amplification",
        "number",
        "Impressions that people brought for each one that the brand made itself.",
    ),
    "structural_virality": Term(
        "Structural virality",
        "number",
        "Mean distance between two sharers of a cascade: 2 is a star around one source, more is "
        "passed on from person to person.",
    ),
    "clicks": Term("Clicks", "count", "Clicks, one at most for each person and post."),
    "visits": Term("Visits", "count", "Clicks after which the brand was found."),
    "conversions": Term("Conversions", "count", "Transactions that the campaign brought."),
    "conversion_rate": Term("Conversion rate", "rate", "Conversions as a share of clicks."),
    "revenue": Term("Revenue", "money", "Price and worth of all conversions."),
    "cost": Term("Cost", "money", "Posts, placements, rewards and thanks together."),
    "reward_cost": Term("Cost of rewards", "money", "What was paid for sharing."),
    "return_on_spend": Term("Return on spend", "number", "Revenue for each unit of cost."),
    "cost_per_exposure": Term("Cost per exposure", "money", "Cost for each impression."),
    "cost_per_trusted_exposure": Term(
        "Cost per trusted exposure", "money", "Cost for each impression that came from a person."
    ),
    "cost_per_conversion": Term("Cost per conversion", "money", "Cost for each conversion."),
    "fans": Term("Fans", "count", "People who follow the brand at the end, advocates included."),
    "new_fans": Term("New fans", "count", "Strangers who began to follow the brand."),
    "advocates": Term("Advocates", "count", "Fans who speak for the brand at the end."),
    "community_growth": Term(
        "Community growth", "rate", "New fans as a share of the followers at the start."
    ),
    "mean_trust": Term("Mean trust", "number", "Trust in the brand at the end, 0 to 1, over all."),
    "mean_bond": Term("Mean bond", "number", "Bond with the brand at the end, 0 to 1, over all."),
    "thanks": Term("Thanks", "count", "Sharers whom the brand thanked."),
}


def term(name: str) -> Term:
    """The term of an indicator; one that nobody has described is shown by its name."""
    return TERMS.get(name) or Term(name.replace("_", " ").capitalize(), "number", "")


def written(value: float | None, form: str) -> str:
    """A value in its form; a dash where it is not defined.

    Examples
    --------
    >>> written(12345, "count"), written(0.0917, "rate"), written(float("nan"), "money")
    ('12,345', '9.2 %', '–')
    """
    if value is None or math.isnan(value):
        return "–"
    match form:
        case "count":
            return f"{value:,.0f}"
        case "rate":
            return percent(value)
        case "money":
            return f"{value:,.2f}" if value >= 0.01 or value == 0 else f"{value:.2g}"
        case _:
            return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def percent(rate: float) -> str:
    """A share in per cent with two digits that say something; a dash where there is none.

    Examples
    --------
    >>> percent(1.0), percent(0.341), percent(0.0017), percent(2e-06)
    ('100 %', '34 %', '0.17 %', '0.0002 %')
    """
    if math.isnan(rate):
        return "–"
    hundredth = 100 * rate
    if hundredth == 0 or hundredth >= 10:
        return f"{hundredth:.0f} %"
    digits = 1 - math.floor(math.log10(hundredth))
    text = f"{hundredth:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.')} %"
