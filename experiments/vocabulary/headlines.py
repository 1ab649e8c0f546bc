"""The indicators that a table on a screen has room for; all are in ``--json`` and in the report."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ...sim.parameters import Scenario
    from ...sim.result import Result

# By the groups of the glossary. Shown is what is not zero, but for what always is and what a switch
# of the scenario decides.
_HEADLINES: Final[dict[str, tuple[str, ...]]] = {
    "Reach": ("reach", "impressions", "offer_awareness", "share_of_voice", "media_mentions"),
    "Passing on": ("shares", "reshares", "k_factor", "amplification", "sentiment"),
    "Dialogue": ("likes", "comments", "applause_rate", "replies", "thanks"),
    "Sales": (
        "clicks", "conversions", "conversion_rate", "visit_conversion_rate", "returning_visitors",
        "leads", "buyer_frequency",
    ),
    "Money": (
        "revenue", "cost", "gross_profit", "profit", "return_on_spend", "return_on_investment",
        "cost_per_exposure", "cost_per_conversion",
    ),
    "Followers": ("new_fans", "churn", "advocates", "community_experience"),
    "Complaints": ("complaints", "complaints_mended", "refunds", "gaps_found"),
}  # fmt: skip


def _sells(scenario: Scenario) -> bool:
    """Whether anything brings money: else a profit is the cost once more."""
    prices = [scenario.price_of(name) for name in ("", *scenario.segments)]
    return max(*prices, scenario.transact.worth) > 0.0


_ALWAYS: Final = frozenset(("reach", "impressions", "shares", "reshares"))
_SWITCHES: Final[dict[str, Callable[[Scenario], bool]]] = {
    # Without a margin that is what revenue is.
    "gross_profit": lambda scenario: _sells(scenario) and scenario.transact.cost_of_goods > 0.0,
    "profit": _sells,
    "return_on_investment": _sells,
    "share_of_voice": lambda scenario: bool(scenario.publish.rivals),
    "sentiment": lambda scenario: scenario.complaints.rate > 0.0,
    "applause_rate": lambda scenario: max(scenario.interact.like, scenario.interact.comment) > 0.0,
    "buyer_frequency": lambda scenario: scenario.returns.repeat > 0.0,
    "advocates": lambda scenario: scenario.advocacy.outreach > 0 or scenario.advocacy.post > 0.0,
    "community_experience": lambda scenario: scenario.community.rooms > 0,
    "complaints": lambda scenario: scenario.complaints.rate > 0.0,
    "complaints_mended": lambda scenario: scenario.complaints.rate > 0.0,
}


def headlines(result: Result) -> dict[str, list[str]]:
    """The indicators that matter in a campaign, by group; groups without any are left out."""
    ever = result.scenario.ever()

    def matters(name: str) -> bool:
        if name in _SWITCHES:
            return any(_SWITCHES[name](then) for then in ever)
        value = result.kpis[name]
        return name in _ALWAYS or (value != 0 and not math.isnan(value))

    shown = {group: list(filter(matters, names)) for group, names in _HEADLINES.items()}
    return {group: names for group, names in shown.items() if names}
