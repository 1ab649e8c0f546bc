"""The indicators of a campaign: one function each would hide how few they are, so one page.

What is not defined in a campaign (a rate of nothing) is nan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import state as s
from .world import ADVOCATE, STRANGER

if TYPE_CHECKING:
    from .result import Result


def ratio(part: float, whole: float) -> float:
    """Part by whole; nan where there is nothing to take a part of."""
    return part / whole if whole else float("nan")


def kpis(result: Result) -> dict[str, float]:
    r"""All indicators of a campaign.

    ``reach``
        Distinct people who noticed a message.
    ``impressions``, ``frequency``
        Posts that arrived in feeds; the same for each person in whose feed any arrived.
    ``shares``, ``reshares``
        Decisions to pass on what was seen at hop 0, and at hop 1 or more.
    ``r_first_hop``, ``r_later_hops``
        Shares at hop 1 for each at hop 0; shares at hop h + 1 for each at hop h >= 1 (R by
        generation, Goel, Watts & Goldstein 2012).
    ``k_factor``
        New sharers that one sharer brings: reshares / (shares + reshares).
    ``amplification``
        Earned for each owned impression (004): those at hop 1 or more / those at hop 0.
    ``structural_virality``
        Mean over cascades of two shares or more (Goel et al. 2016).
    ``clicks``, ``conversions``, ``conversion_rate``
        People and messages; conversions / clicks (003).
    ``revenue``, ``cost``, ``reward_cost``, ``return_on_spend``
        Conversions times price and worth; posts, placements, rewards and thanks; the rewards
        alone; revenue / cost.
    ``cost_per_exposure``, ``cost_per_trusted_exposure``, ``cost_per_conversion``
        Cost / impressions; / impressions from people; / conversions (004).
    ``fans``, ``new_fans``, ``advocates``, ``community_growth``
        At the end; strangers who followed; at the end; new fans / followers at birth.
    ``mean_trust``, ``mean_bond``
        Over everybody, at the end.
    ``visits``, ``thanks``
        People who clicked and found the brand, by message; thanks given (000, 004).
    """
    total = {name: int(column.sum()) for name, column in result.columns.items()}
    by_hop = result.counts[:, :, :, :, 0].sum(axis=(0, 2))
    exposed, first, later = by_hop[s.EXPOSED], by_hop[s.SHARED], by_hop[s.RESHARED]
    owned, earned = int(exposed[0]), int(exposed[1:].sum())
    sharers = total["shares"] + total["reshares"]
    scenario = result.scenario
    costs = result.ledger
    cost = sum(costs.values())
    revenue = total["conversions"] * (scenario.transact.price + scenario.transact.worth)
    followers = int((result.role_at_birth != STRANGER).sum())
    return {
        "reach": result.people[s.NOTICED],
        "impressions": total["impressions"],
        "frequency": ratio(total["impressions"], result.people[s.EXPOSED]),
        "shares": total["shares"],
        "reshares": total["reshares"],
        "r_first_hop": ratio(int(later[1]), int(first.sum())),
        "r_later_hops": ratio(int(later[2:].sum()), int(later[1:].sum())),
        "k_factor": ratio(total["reshares"], sharers),
        "amplification": ratio(earned, owned),
        "structural_virality": result.cascades.summary["structural_virality"],
        "clicks": total["clicks"],
        "visits": total["found"],
        "conversions": total["conversions"],
        "conversion_rate": ratio(total["conversions"], total["clicks"]),
        "revenue": revenue,
        "cost": cost,
        "reward_cost": costs["rewards"],
        "return_on_spend": ratio(revenue, cost),
        "cost_per_exposure": ratio(cost, total["impressions"]),
        "cost_per_trusted_exposure": ratio(cost, earned),
        "cost_per_conversion": ratio(cost, total["conversions"]),
        "fans": int((result.role != STRANGER).sum()),
        "new_fans": total["new_fans"],
        "advocates": int((result.role == ADVOCATE).sum()),
        "community_growth": ratio(total["new_fans"], followers),
        "mean_trust": float(np.mean(result.trust, dtype=np.float64)),
        "mean_bond": float(np.mean(result.bond, dtype=np.float64)),
        "thanks": total["thanks"],
    }
