"""Outlets, flights, rivals and ranked feeds as numbers: how they show, and how ads are answered."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import logistic, logit, shifted
from ..creatives import creatives, showings
from ..ledger import MILLION, millionths
from ..parameters import Post, Scenario
from ..parameters.publish import Ad
from ..sources import ranked, sources_of_accounts
from ..world import account_places
from .believe import credibility
from .clock import ticks_that_last
from .messages import AD
from .records import ACCOUNT, Ranking
from .sharing import believing


def accounts_of(
    scenario: Scenario, networking: float, entries: list[tuple[int, Post, int, int]]
) -> NDArray[np.void]:
    """All accounts beside the brand's own (`ACCOUNT`), outlets first."""
    publish, paid = scenario.publish, scenario.credibility.paid
    outlets = [outlet for outlet in publish.outlets for _ in range(outlet.count)]
    others = len(publish.rivals) + len(ranked(scenario))
    accounts = np.zeros(len(outlets) + len(publish.ads) + others, ACCOUNT)
    accounts["shown"] = accounts["acceptance"] = 1.0
    accounts["standing"], accounts["response"], accounts["message"] = -1.0, -math.inf, -1
    for account, outlet in zip(accounts, outlets, strict=False):
        account["shown"] = logistic(logit(outlet.shown) + scenario.boost.publish)
        account["acceptance"] = shifted(outlet.acceptance, networking)
        account["standing"] = -1.0 if outlet.standing is None else outlet.standing
        account["paid"] = paid if outlet.fee > 0.0 else 0.0
        account["fee"] = millionths(outlet.fee)
    first = next((k for k, entry in enumerate(entries) if entry[0] == AD), 0)
    for message, creative in enumerate(creatives(scenario), first):
        for k in creative.flights:
            ad, account = publish.ads[k], accounts[len(outlets) + k]
            mean, standing = ad.impressions / ad.ticks, ad.usual.standing
            account["shown"], account["paid"], account["message"] = mean, paid, message
            account["first"], account["last"] = ad.tick, ad.tick + ad.ticks
            account["most"] = showings(creative.mean, scenario.hours_per_tick)
            account["standing"] = -1.0 if standing is None else standing
            account["noticed"] = _seen(scenario, ad)
            account["response"] = _response(scenario, ad)
            account["searched"] = not ad.usual.by_click
            account["production"] = millionths(ad.production)
            account["rate"] = mean * ad.price / 1000.0 * MILLION
    accounts["identity"] = account_places(scenario)
    accounts["source"] = sources_of_accounts(scenario)
    return accounts


def ranking(scenario: Scenario) -> Ranking:
    """The channels whose feeds are ranked by engagement, and by what."""
    names, publish = ranked(scenario), scenario.publish
    channels, places = [scenario.channels[name] for name in names], list(scenario.channels)
    outlets = sum(outlet.count for outlet in publish.outlets)
    return Ranking(
        first=outlets + len(publish.ads) + len(publish.rivals),
        channel=np.array([places.index(name) for name in names], np.int64),
        wait=np.array(
            [max(ticks_that_last(scenario, c.ranking_test), 1) for c in channels], np.int64
        ),
        most=np.array([c.ranking_reach for c in channels], np.float64),
        half=np.array([c.ranking_half for c in channels], np.float64),
    )


def _seen(scenario: Scenario, ad: Ad) -> float:
    """The share of an ad's showings that are noticed at first sight."""
    everything = scenario.attention == "unlimited" and ad.noticed is None
    return 1.0 if everything else ad.seen


def _response(scenario: Scenario, ad: Ad) -> float:
    """The log-odds that who noticed an ad answers it, but for trust and offer.

    Of so many impressions shown so many are answered by people of ordinary trust, strangers', for
    whom it neither sells hard nor offers anything: that is what was measured.
    """
    nothing = not scenario.transact.click and ad.response is None
    seen = _seen(scenario, ad)
    if nothing or seen == 0.0:
        return -math.inf
    standing = -1.0 if ad.usual.standing is None else ad.usual.standing
    trust, paid = scenario.people.trust.stranger, scenario.credibility.paid
    ordinary = float(credibility(believing(scenario), 0, standing, trust, paid))
    transact = scenario.transact
    log_odds = logit(ad.answered / seen) + scenario.boost.click
    return float(log_odds - transact.click_trust * ordinary)
