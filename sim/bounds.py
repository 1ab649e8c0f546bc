"""How much can happen in a campaign at most, by arithmetic alone: what its memory has to hold."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

from .creatives import creatives, showings
from .parameters import Scenario
from .parameters.policy import moved
from .sources import ranked
from .weeks import weeks

# Standard errors by which luck may exceed what is expected.
_LUCK: Final = 6.0


class Bounds(NamedTuple):
    """What can happen at most; people count in shares of all, so that it holds for any network.

    Attributes
    ----------
    posts, messages, ours
        Posts of the calendar; all messages; those of the brand, its ads and advocates included.
    outlets, members, rivals
        Sizes of the audiences of outlets, ads and rivals together.
    ads, showings
        How often ads can be shown in a tick, and are shown at all, for each person.
    buyers, tasks
        Conversions, and tasks on the agenda, for each person and message of the brand.
    rungs, leavers
        Changes of rung that the advocacy programme brings, and for each person by leaving.
    waits
        Whether posts wait in feeds.
    counted, paid, thanked
        Whether it is counted from how many people a message was noticed, whether each share is
        paid for, and whether there are thanks.
    """

    posts: int
    messages: int
    ours: int
    outlets: float
    ads: float
    members: float
    showings: float
    rivals: float
    buyers: float
    tasks: float
    rungs: int
    leavers: int
    waits: bool
    counted: bool
    paid: bool
    thanked: bool


def bounds(scenario: Scenario) -> Bounds:
    """What can happen at most in a campaign, whatever its timeline changes."""
    ever = scenario.ever()
    publish, share, horizon = scenario.publish, scenario.share, scenario.horizon
    rivals = {rival.name: rival.followers for rival in publish.rivals}
    posted = [rivals[post.brand] for post in scenario.content if post.brand is not None]
    posts = len(scenario.content) - len(posted)
    answers = sum(
        (horizon - 1) // rival.reacts_every
        for rival in publish.rivals
        if rival.reacts_above is not None
    )
    # Ranked feeds show a post once, as an outlet does.
    feeds = [scenario.channels[name].ranking_reach for name in ranked(scenario)]
    rounds = max(0, (horizon - 1) // scenario.advocacy.interval)
    shown = creatives(scenario)
    each = {k: showings(ad.mean, scenario.hours_per_tick) for ad in shown for k in ad.flights}
    ours = posts + len(shown)
    ours += rounds if any(then.advocacy.post > 0.0 for then in ever) else 0
    ours += len(weeks(scenario)) if any(then.talk.rate > 0.0 for then in ever) else 0
    complaints = any(then.complaints.rate > 0.0 for then in ever)
    leave = any(then.interact.unfollow > 0.0 or then.complaints.churn > 0.0 for then in ever)
    return Bounds(
        posts=posts,
        messages=ours + len(posted) + answers + (scenario.complaints.topics if complaints else 0),
        ours=ours,
        outlets=sum(outlet.count * outlet.audience for outlet in publish.outlets) + sum(feeds),
        ads=sum(ad.audience * each[k] for k, ad in enumerate(publish.ads)),
        members=sum(ad.audience for ad in publish.ads),
        showings=sum(
            ad.audience * min(ad.ticks * each[k], with_luck(ad.impressions))
            for k, ad in enumerate(publish.ads)
        ),
        rivals=sum(rivals.values()),
        buyers=max(_buyers(then, ours) for then in ever),
        tasks=max(_tasks(then, ours) for then in ever),
        rungs=publish.seeds + 7 * rounds * max(math.ceil(_outreach(then)) for then in ever),
        leavers=2 if leave else 0,
        waits=scenario.people.activity != "always",
        counted=share.rule == "threshold"
        or (share.rule == "bass" and any(then.share.bass.mixing == "network" for then in ever)),
        paid=any(then.incentives.reward > 0.0 and then.incentives.paid == "share" for then in ever),
        thanked=any(then.interact.thank > 0.0 for then in ever),
    )


def with_luck(expected: float) -> float:
    """A number of events that is not exceeded, where so many are expected."""
    return expected + _LUCK * math.sqrt(expected) + _LUCK**2


def _tasks(scenario: Scenario, ours: float) -> float:
    """Tasks that one person and message of the brand put on the agenda, at most on average."""
    hours = scenario.hours_per_tick
    interact, returns, incentives = scenario.interact, scenario.returns, scenario.incentives
    comments = _likeliest(
        interact.comment,
        (interact.comment_bond, interact.comment_dialogue, interact.comment_community),
    )
    listening = math.log(scenario.effort.factors()["listening"])
    seen = _likeliest(scenario.advocacy.listen, (listening,)) * (1.0 + comments)
    if scenario.talk.rate > 0.0:
        seen = max(seen, scenario.talk.rate * _likeliest(scenario.talk.found, (listening,)))
    seen += _likeliest(interact.thank, (listening, scenario.boost.thank))
    if not scenario.clickable:
        return comments + seen
    buyers = _buyers(scenario, ours)
    selling = math.log(scenario.effort.factors()["selling"])
    again = _likeliest(returns.repeat, (returns.bond, selling))
    # A buyer comes back until they do not, or until the campaign is over.
    chain = min(again / max(1.0 - again, 1e-9), scenario.horizon / (1.0 + returns.interval / hours))
    claims = {"referral": 1.0, "conversion": buyers}.get(incentives.paid, 0.0)
    if incentives.reward + incentives.recipient == 0.0:
        claims = 0.0
    leads = _leads(scenario) + claims
    wrong = 2.0 * scenario.complaints.rate * buyers
    return comments + seen + leads + wrong + (buyers * (1.0 + chain) if again > 0.0 else 0.0)


def _buyers(scenario: Scenario, ours: float) -> float:
    """Conversions of one person through one message, at most on average."""
    transact, incentives = scenario.transact, scenario.incentives
    if not scenario.clickable:
        return 0.0
    reasons = (
        scenario.boost.convert,
        math.log(scenario.effort.factors()["selling"]),
        _rush(scenario),
        transact.convert_trust,
        transact.convert_value,
        transact.convert_given,
        transact.convert_reward * math.log1p(incentives.recipient / incentives.scale),
        max(
            -transact.convert_price * math.log1p(scenario.price_of(name) / transact.price_scale)
            for name in ("", *scenario.segments)
        ),
        max((each.convert for each in scenario.segments.values()), default=0.0),
        -transact.convert_risk * transact.risk,
    )
    # Who bought once buys over no other post of the campaign.
    most = 1.0 / max(ours, 1.0) if transact.once == "campaign" else 1.0
    return min(most, _likeliest(transact.convert, reasons) * (1.0 + _leads(scenario)))


def _rush(scenario: Scenario) -> float:
    """The most that selling in a hurry adds to the log-odds of a transaction (`agenda.rush`)."""
    effort = scenario.effort
    return effort.elasticity * math.log1p(moved(scenario.hurdles, effort))


def _leads(scenario: Scenario) -> float:
    selling = math.log(scenario.effort.factors()["selling"])
    return _likeliest(scenario.returns.lead, (selling,))


def _outreach(scenario: Scenario) -> float:
    return scenario.advocacy.outreach * max(1.0, scenario.effort.factors()["networking"])


def _likeliest(chance: float, reasons: Iterable[float]) -> float:
    """A chance, where all that speaks for it is there and nothing that speaks against it."""
    if chance in (0.0, 1.0):
        return chance
    log_odds = math.log(chance / (1.0 - chance)) + sum(max(reason, 0.0) for reason in reasons)
    return 1.0 / (1.0 + math.exp(-min(log_odds, 700.0)))
