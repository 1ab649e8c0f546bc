"""The comparison of source 004: the naive sum, the network's answer and a broadcast side by side.

The naive sum multiplies: F fans, each with so many friends of whom a share passes it on, are
F, F r, F r**2, ... exposures with r = friends * share, and nobody is ever met twice. The network's
answer is what a campaign came to. The broadcast has viewers and a price.
"""

from __future__ import annotations

from itertools import accumulate
from math import isfinite
from operator import mul
from typing import TYPE_CHECKING, Any

from . import state as s
from .kpis import ratio
from .ledger import ACCOUNTS, ADS, PRODUCTION
from .parameters.policy import Reference
from .plan import AD

if TYPE_CHECKING:
    from .result import Result


def comparison(result: Result) -> dict[str, Any] | None:
    """A campaign beside the naive sum and a broadcast; None where the scenario names no broadcast.

    Parameters
    ----------
    result
        A campaign whose scenario has `reference.viewers` above 0. Paid media in it is left out of
        the network's answer, costs and exposures alike.

    Returns
    -------
    dict
        Plain values; what is not defined is None.

        ``fans``
            With how many fans the naive sum begins, and the network's answer is scaled to.
        ``naive``
            ``growth`` r; ``exposures`` by generation, the fans themselves first; their ``total``;
            ``passes``, the first generation at which the sum so far exceeds the viewers, None if
            none does; ``break_even_share``, 1 / friends, from which on the sum has no end.
        ``network``
            ``exposures`` by hop, for each one at hop 0 times `fans`: as if each fan had been shown
            one post. Their ``total``; ``amplification``, total / fans; ``growth``, earned / total,
            which is R where every exposure makes R more, and then amplification is 1 / (1 - R);
            ``share``, decisions to pass on by exposure; ``cost_per_thousand`` exposures and
            ``cost_per_thousand_trusted`` (those through people), ``cost_per_exposure``;
            ``fans_needed`` for as many exposures as the broadcast has viewers.
        ``television``
            ``viewers``, ``cost`` of the spot, and with ``production`` ``cost_with_production``;
            each as ``cost_per_thousand`` viewers, and as ``cost_per_exposure``.
    """
    reference = result.scenario.reference
    if reference.viewers == 0.0:
        return None
    return {
        "fans": reference.fans,
        "naive": naive_sum(reference),
        "network": _network(result, reference),
        "television": television(reference),
    }


def naive_sum(reference: Reference) -> dict[str, Any]:
    """The arithmetic of source 004.

    Examples
    --------
    >>> naive_sum(Reference(viewers=111e6, fans=1000.0))["exposures"]
    [1000.0, 30000.0, 900000.0, 27000000.0, 810000000.0]
    >>> naive_sum(Reference(viewers=111e6, fans=1000.0))["passes"]
    4
    """
    # The product of a whole number and a decimal share is to be what it is on paper.
    growth = round(reference.friends * reference.share, 9)
    steps = [reference.fans] + [growth] * reference.generations
    exposures = list(accumulate(steps, mul))
    so_far = list(accumulate(exposures))
    past = (k for k, total in enumerate(so_far) if total > reference.viewers)
    return {
        "growth": growth,
        "exposures": [_defined(number) for number in exposures],
        "total": _defined(so_far[-1]),
        "passes": next(past, None),
        "break_even_share": _defined(ratio(1.0, reference.friends)),
    }


def television(reference: Reference) -> dict[str, Any]:
    """What the broadcast costs, the spot alone and with its production.

    Examples
    --------
    >>> spot = television(Reference(viewers=111e6, spot=3e6, production=1e6))
    >>> round(spot["cost_per_thousand"], 2), round(spot["cost_per_thousand_with_production"], 2)
    (27.03, 36.04)
    """
    viewers, whole = reference.viewers, reference.spot + reference.production
    return {
        "viewers": viewers,
        "cost": reference.spot,
        "production": reference.production,
        "cost_with_production": whole,
        "cost_per_thousand": 1000.0 * reference.spot / viewers,
        "cost_per_thousand_with_production": 1000.0 * whole / viewers,
        "cost_per_exposure": whole / viewers,
    }


def _network(result: Result, reference: Reference) -> dict[str, Any]:
    posts = result.ours & (result.kinds != AD)
    events = result.counts[posts, ..., 0].sum(axis=(0, 2))
    by_hop = events[s.EXPOSED].tolist()
    owned, total = by_hop[0], sum(by_hop)
    shares = int(events[s.SHARED].sum() + events[s.RESHARED].sum())
    media = (ACCOUNTS[ADS], ACCOUNTS[PRODUCTION])
    cost = sum(money for account, money in result.ledger.items() if account not in media)
    hops = min(reference.generations + 1, len(by_hop))
    amplification = ratio(total, owned)
    return {
        "exposures": [_defined(ratio(reference.fans * heard, owned)) for heard in by_hop[:hops]],
        "total": _defined(ratio(reference.fans * total, owned)),
        "amplification": _defined(amplification),
        "growth": _defined(ratio(total - owned, total)),
        "share": _defined(ratio(shares, total)),
        "cost_per_thousand": _defined(1000.0 * ratio(cost, total)),
        "cost_per_thousand_trusted": _defined(1000.0 * ratio(cost, total - owned)),
        "cost_per_exposure": _defined(ratio(cost, total)),
        "fans_needed": _defined(reference.viewers / amplification),
    }


def _defined(value: float) -> float | None:
    return value if isfinite(value) else None


def sentence(told: dict[str, Any]) -> str:
    """A comparison in one plain sentence.

    Parameters
    ----------
    told
        What `comparison` returns.
    """
    fans, naive, network = told["fans"], told["naive"], told["network"]
    viewers = told["television"]["viewers"]
    passes = naive["passes"]
    outcome = (
        f"stays below the {viewers:,.0f} viewers of the broadcast"
        if passes is None
        else f"passes the {viewers:,.0f} viewers of the broadcast at generation {passes}"
    )
    if network["amplification"] is None:
        answer = "on this network nobody was reached"
    else:
        answer = (
            f"on this network each exposure that the brand makes becomes "
            f"{network['amplification']:.2g}, and as many exposures as the broadcast has viewers "
            f"take {network['fans_needed']:,.0f} fans"
        )
    return (
        f"From {fans:,.0f} fans the sum that multiplies by {naive['growth']:g} a generation "
        f"{outcome}; {answer}."
    )
