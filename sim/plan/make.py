"""From a scenario to its plan.

Whatever a formula needs and a tick cannot change is worked out here once: log-odds, utilities,
what silence leaves.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import exponential, logistic, logit, shifted
from ..creatives import creatives, showings
from ..draws import VISIT, key
from ..latest import Latest
from ..ledger import CONVERSION, DRAW, MILLION, REFERRAL, SHARE, millionths, priced, prices
from ..parameters import Delay, Post, Scenario
from ..parameters.policy import moved
from ..parameters.publish import Ad
from ..sources import ranked, sources_of_accounts
from ..weeks import WEEK
from ..world import ROLES, account_places
from .believe import credibility
from .messages import AD, COMPLAINT, listed, messages, with_tools
from .records import (
    ACCOUNT,
    ALWAYS,
    BASS,
    CONSTANT,
    DOSES,
    EVERYBODY,
    EXPONENTIAL,
    LOGIT,
    LOGNORMAL,
    NONE,
    POSTS,
    POWER_LAW,
    THRESHOLD,
    UNLIMITED,
    Adopting,
    Asking,
    Believing,
    Belonging,
    Complaining,
    Delaying,
    Interacting,
    Noticing,
    Paying,
    Plan,
    Promoting,
    Ranking,
    Relating,
    Returning,
    Segmented,
    Sharing,
    Transacting,
)

NEVER: Final = np.int64(2**62)
# Log-odds by which a bound exceeds what it bounds, so that no rounding can cross it.
MARGIN: Final = 1e-9
_LN2: Final = 0.6931471805599453
# The chance of winning that whoever takes part in a draw supposes. Assumed.
_TICKET: Final = 0.01
# Hours in which talk in a room is forgotten down to 1/e: it is the day's, not the tick's. Assumed.
_MEMORY_OF_TALK: Final = 24.0


class Numbered(NamedTuple):
    """What a scenario is in numbers whatever the luck.

    Attributes
    ----------
    entries
        Its messages (`messages.listed`).
    types
        The content types of these.
    segments
        Its plans under no luck, each with the tick from which on it holds.
    """

    entries: list[tuple[int, Post, int, int]]
    types: set[str]
    segments: list[tuple[int, Plan]]


def _size(numbered: Numbered) -> int:
    plans = [plan for _, plan in numbered.segments]
    silence = sum(each.relate.trust_left.nbytes + each.relate.bond_left.nbytes for each in plans)
    # A post in Python takes some five times as much as in numbers.
    return silence + sum(6 * each.messages.nbytes for each in plans)


# Campaigns of one scenario have all but their luck in common, and a study goes through several
# scenarios by turns.
_numbered: Final[Latest[Numbered]] = Latest(_size, most=16)


def numbered(scenario: Scenario) -> Numbered:
    """What a scenario is in numbers whatever the luck: worked out once, and to be left as it is."""

    def make() -> Numbered:
        entries = listed(scenario)
        types = {post.type for _, post, _, _ in entries}
        return Numbered(entries, types, segments(scenario, np.uint64(0), entries))

    return _numbered.get((scenario,), make)


def under(
    scenario: Scenario, luck: np.uint64, learned: float | None = None
) -> list[tuple[int, Plan]]:
    """The plans of a scenario under a key of luck, as `segments` works them out."""
    entries, types, known = numbered(scenario)
    visits = key(int(luck), int(VISIT))
    found = []
    for tick, plan in known:
        then = scenario.at(tick)
        spread = any(then.content_types[name].contagiousness_spread for name in types)
        if learned is None and not spread:
            columns = plan.messages.copy()  # a campaign writes when they are released
        else:
            columns = _messages(then, entries, luck, learned)
        notice = plan.notice._replace(visits=visits)
        found.append((tick, plan._replace(luck=luck, messages=columns, notice=notice)))
    return found


def _messages(
    scenario: Scenario,
    entries: list[tuple[int, Post, int, int]],
    luck: np.uint64,
    learned: float | None,
) -> NDArray[np.void]:
    influence = math.log(scenario.effort.factors()["influencing"])
    return messages(scenario, entries, luck, influence, learned)


def segments(
    scenario: Scenario,
    luck: np.uint64,
    entries: list[tuple[int, Post, int, int]] | None = None,
    learned: float | None = None,
) -> list[tuple[int, Plan]]:
    """The plans of a scenario, each with the tick from which on it holds."""
    ticks = sorted({0, *(change.tick for change in scenario.timeline)})
    entries = listed(scenario) if entries is None else entries
    return [(tick, plan(scenario.at(tick), luck, entries, learned, scenario)) for tick in ticks]


def plan(
    scenario: Scenario,
    luck: np.uint64,
    entries: list[tuple[int, Post, int, int]] | None = None,
    learned: float | None = None,
    whole: Scenario | None = None,
) -> Plan:
    """Work out the numbers of a scenario under a key of luck.

    Parameters
    ----------
    scenario
        What is simulated.
    luck
        The key of the campaign's draws.
    entries
        The messages, where there are others than the scenario's (`messages.listed`).
    learned
        The topic that the brand learned to post about (`listening.learned_topic`).
    whole
        The scenario of which this is what holds at a tick, if it has a timeline.
    """
    entries = listed(scenario) if entries is None else entries
    effort = scenario.effort.factors()
    reference = _reference(scenario, whole or scenario)
    weight, relation = scenario.share.weight, scenario.relation
    attention, activity, hours = (
        scenario.attention,
        scenario.people.activity,
        scenario.hours_per_tick,
    )
    return Plan(
        luck=luck,
        hours=hours,
        messages=_messages(scenario, entries, luck, learned),
        accounts=_accounts(scenario, math.log(effort["networking"]), entries),
        outlets=sum(outlet.count for outlet in scenario.publish.outlets),
        base=np.array(
            [
                -math.inf
                if scenario.share.rule == "bass"
                else logit(getattr(scenario.share.base, role))
                for role in ROLES
            ]
        ),
        ceiling=_ceiling(scenario),
        doses=weight.doses * np.log(np.maximum(np.arange(DOSES + 1), 1)),
        click_doses=_in_turn(scenario.transact.click_doses),
        fatigue=weight.fatigue * np.log1p(np.arange(POSTS + 1)),
        tired=scenario.interact.unfollow_fatigue * np.log1p(np.arange(POSTS + 1)),
        active=scenario.advocacy.accept_activity * np.log1p(np.arange(POSTS + 1)),
        notice=Noticing(
            attention=UNLIMITED if isinstance(attention, str) else float(attention),
            background=scenario.notice.background,
            activity=ALWAYS if isinstance(activity, str) else float(activity),
            rhythm=_rhythm(scenario.people.rhythm),
            visits=key(int(luck), int(VISIT)),
            boost=scenario.boost.notice,
            wear_out=scenario.publish.wear_out if scenario.publish.wears else math.inf,
            ad_half_life=scenario.publish.ad_half_life / hours,
            habit=np.arange(1.0, POSTS + 2.0) ** -scenario.notice.habit,
        ),
        delay=_delaying(scenario.share.delay),
        share=_sharing(scenario, rewarded=True, ours=True),
        unrewarded=_sharing(scenario, rewarded=False, ours=True),
        gossip=_sharing(scenario, rewarded=False, ours=False),
        adopt=_adopting(scenario),
        believe=_believing(scenario),
        transact=_transacting(scenario, math.log(effort["selling"]), reference, rewarded=True),
        transact_unrewarded=_transacting(
            scenario, math.log(effort["selling"]), reference, rewarded=False
        ),
        segmented=_segmented(scenario, reference),
        returns=Returning(
            lead=shifted(scenario.returns.lead, math.log(effort["selling"])),
            visit=logit(scenario.returns.visit),
            repeat=logit(scenario.returns.repeat) + math.log(effort["selling"]),
            bond=scenario.returns.bond,
            interval=scenario.returns.interval / hours,
            upsell=shifted(scenario.returns.upsell, math.log(effort["selling"])),
            cross_sell=shifted(scenario.returns.cross_sell, math.log(effort["selling"])),
        ),
        interact=_interacting(scenario, effort["listening"]),
        relate=Relating(
            on=any(_relating(then) for then in (whole or scenario).ever()),
            pressure=relation.pressure,
            monologue=relation.monologue,
            memory=relation.memory,
            fades=relation.trust_half_life is not None or relation.bond_half_life is not None,
            prior=scenario.people.trust.stranger,
            trust_left=_left(scenario, relation.trust_half_life),
            bond_left=_left(scenario, relation.bond_half_life),
        ),
        complain=_complaining(scenario, entries, math.log(effort["listening"])),
        pay=_paying(scenario),
        promote=_promoting(scenario, effort),
        ask=_asking(scenario),
        belong=Belonging(
            talk=scenario.community.talk,
            crowd=scenario.community.crowd,
            tenure=scenario.community.tenure / hours,
            newest=1.0 - exponential(-hours / _MEMORY_OF_TALK),
        ),
        ranking=_ranking(scenario),
        judges=bool(ranked(scenario))
        or any(rival.reacts_above is not None for rival in scenario.publish.rivals),
    )


def _ticks(scenario: Scenario, hours: float) -> int:
    """Whole ticks within some hours."""
    return int(hours / scenario.hours_per_tick + 1e-9)


def _ticks_over(scenario: Scenario, hours: float) -> int:
    """The fewest ticks that last so long: nobody loses patience sooner than they would."""
    return math.ceil(hours / scenario.hours_per_tick - 1e-9)


def _ceiling(scenario: Scenario) -> NDArray[np.float64]:
    attention = scenario.attention
    if isinstance(attention, str):
        return np.ones(POSTS + 1)
    chances = np.minimum(1.0, attention / np.maximum(np.arange(POSTS + 1), 1))
    if scenario.boost.notice == 0.0:
        return chances
    return np.array([shifted(chance, scenario.boost.notice) for chance in chances.tolist()])


def _rhythm(weights: tuple[float, ...]) -> NDArray[np.float64]:
    """What has passed at each full hour of a day of 24 hours, some of which count for more."""
    if not weights:
        return np.empty(0)
    return np.concatenate([[0.0], np.cumsum(weights)]) * (24.0 / sum(weights))


def _delaying(delay: Delay) -> Delaying:
    law, scale, shape = {
        "none": (NONE, 0.0, 0.0),
        "constant": (CONSTANT, delay.mean, 0.0),
        "exponential": (EXPONENTIAL, delay.mean, 0.0),
        "lognormal": (LOGNORMAL, delay.median, delay.sigma),
        "power_law": (POWER_LAW, delay.onset, delay.exponent),
    }[delay.law]
    return Delaying(law, scale, shape, delay.below_cutoff)


def _utility(scenario: Scenario, money: float) -> float:
    return math.log1p(money / scenario.incentives.scale)


def _hoped_for(scenario: Scenario) -> float:
    """The utility of one's own reward, weighed by its chance; in a draw that of what can be won."""
    incentives = scenario.incentives
    reward = incentives.reward
    if incentives.paid == "draw" and reward > 0.0:
        reward = max(reward, incentives.prize)
    return _decision_weight(scenario) * _utility(scenario, reward)


def _decision_weight(scenario: Scenario) -> float:
    """What the chance that a share brings the reward weighs (Tversky & Kahneman 1992)."""
    return weighed(_chance_of_reward(scenario), scenario.incentives.weighting)


def _chance_of_reward(scenario: Scenario) -> float:
    """The chance that a share brings the reward, as people judge it."""
    incentives, transact = scenario.incentives, scenario.transact
    if incentives.judged_chance is not None:
        return incentives.judged_chance
    if incentives.paid in ("share", "draw"):
        return 1.0 if incentives.paid == "share" else _TICKET
    each = transact.click
    if incentives.paid == "conversion":
        each *= transact.convert
    return 1.0 - (1.0 - each) ** incentives.hearers


def weighed(chance: float, weighting: float) -> float:
    """The decision weight p ** g / (p ** g + (1 - p) ** g) ** (1 / g) of a chance p.

    Examples
    --------
    >>> round(weighed(0.01, 0.61), 3), round(weighed(0.5, 0.61), 3), weighed(1.0, 0.61)
    (0.055, 0.421, 1.0)
    """
    bent: float = chance**weighting
    other: float = (1.0 - chance) ** weighting
    whole: float = (bent + other) ** (1.0 / weighting)
    return bent / whole


def _most_believed(scenario: Scenario, weight: float) -> float:
    """The most that a weight times credibility can be: credibility lies between -k and 1."""
    credibility = scenario.credibility
    least = credibility.commerciality + 2.0 * credibility.paid + credibility.off_brand
    return max(weight, -weight * least)


def _sharing(scenario: Scenario, *, rewarded: bool, ours: bool) -> Sharing:
    weight, incentives, boost = scenario.share.weight, scenario.incentives, scenario.boost
    paid = _hoped_for(scenario) if rewarded else 0.0
    access = incentives.access if ours else 0.0
    came = _utility(scenario, incentives.recipient) if rewarded else 0.0
    came *= _decision_weight(scenario)
    return Sharing(
        topic=weight.topic,
        trust=weight.trust,
        reward=weight.reward * (paid + access),
        reward_weak=weight.reward_weak,
        recipient=(weight.reward if weight.recipient is None else weight.recipient) * came,
        status=weight.status * ours,
        reciprocity=weight.reciprocity * ours,
        generalised=weight.generalised * ours,
        thanked=weight.thanked * (ours and _answers(scenario)),
        image=weight.image * paid * float(incentives.public),
        boost=boost.share * ours,
        reboost=boost.reshare * ours,
        first=weight.first,
        most_trusted=_most_believed(scenario, weight.trust) + MARGIN,
    )


def _answers(scenario: Scenario) -> bool:
    """Whether the brand ever thanks or answers anybody."""
    interact = scenario.interact
    return interact.thank > 0.0 or (interact.reply > 0.0 and interact.comment > 0.0)


def _adopting(scenario: Scenario) -> Adopting:
    share = scenario.share
    return Adopting(
        rule={"logit": LOGIT, "threshold": THRESHOLD, "bass": BASS}[share.rule],
        threshold=share.threshold,
        innovation=share.bass.innovation * scenario.hours_per_tick,
        imitation=share.bass.imitation * scenario.hours_per_tick,
        mixing=EVERYBODY if share.bass.mixing == "everybody" else EVERYBODY + 1,
        buyers_only=share.after == "purchase",
        bounce=share.bounce,
    )


def _believing(scenario: Scenario) -> Believing:
    credibility, incentives = scenario.credibility, scenario.incentives
    access = credibility.paid if incentives.public and incentives.access > 0.0 else 0.0
    reward = credibility.paid if incentives.public and incentives.reward > 0.0 else 0.0
    return Believing(
        friend=credibility.friend,
        closeness=credibility.closeness,
        attenuation=credibility.attenuation,
        paid=max(reward, access),
        unpaid=access,
    )


def _accounts(
    scenario: Scenario, networking: float, entries: list[tuple[int, Post, int, int]]
) -> NDArray[np.void]:
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
            account["searched"] = not ad.usual.clickable
            account["production"] = millionths(ad.production)
            account["rate"] = mean * ad.price / 1000.0 * MILLION
    accounts["identity"] = account_places(scenario)
    accounts["source"] = sources_of_accounts(scenario)
    return accounts


def _in_turn(weight: float) -> NDArray[np.float64]:
    """``[before, now]``: the log of the mean of k ** weight over the doses k that are new.

    The same for each of those that come at once, so that no order among them shows; together they
    bring what they would one after the other. Where none is new it is that of the last.
    """
    each = np.maximum(np.arange(DOSES + 1), 1.0) ** weight
    term = np.tile(np.log(each), (DOSES + 1, 1))
    for before in range(DOSES):
        for now in range(before + 1, DOSES + 1):
            term[before, now] = math.log(each[before + 1 : now + 1].mean())
    return term


def _ranking(scenario: Scenario) -> Ranking:
    names, publish = ranked(scenario), scenario.publish
    channels, places = [scenario.channels[name] for name in names], list(scenario.channels)
    outlets = sum(outlet.count for outlet in publish.outlets)
    return Ranking(
        first=outlets + len(publish.ads) + len(publish.rivals),
        channel=np.array([places.index(name) for name in names], np.int64),
        wait=np.array([max(_ticks_over(scenario, c.ranking_test), 1) for c in channels], np.int64),
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
    ordinary = float(credibility(_believing(scenario), 0, standing, trust, paid))
    transact = scenario.transact
    log_odds = logit(ad.answered / seen) + scenario.boost.click
    return float(log_odds - transact.click_trust * ordinary)


def _reference(scenario: Scenario, whole: Scenario) -> float:
    """The price at which people buy as `transact.convert` says: said, or that of the beginning."""
    said = scenario.transact.reference_price
    return whole.transact.price if said is None else said


def _disutility(scenario: Scenario, price: float, reference: float) -> float:
    """What a price takes from the log-odds of converting: e ln(price / reference), and a weight.

    Below a hundredth of the reference nobody sees a difference any more (assumed).
    """
    transact = scenario.transact
    felt = transact.convert_price * math.log1p(price / transact.price_scale)
    if reference > 0.0:
        felt += transact.elasticity * math.log(max(price / reference, 0.01))
    return felt


def _transacting(
    scenario: Scenario, selling: float, reference: float, *, rewarded: bool
) -> Transacting:
    transact, incentives, boost = scenario.transact, scenario.incentives, scenario.boost
    came = _utility(scenario, incentives.recipient) if rewarded else 0.0
    click = logit(transact.click) + boost.click
    convert = logit(transact.convert) + boost.convert + selling
    friends_price = transact.price * (1.0 - incentives.discount)
    return Transacting(
        click=click,
        click_friend=click + transact.click_reward * came,
        click_trust=transact.click_trust,
        click_offer=transact.click_offer,
        link=transact.link,
        recall=transact.recall,
        boost_find=boost.find,
        convert=convert - _disutility(scenario, transact.price, reference),
        convert_friend=convert
        - _disutility(scenario, friends_price, reference)
        + transact.convert_reward * came,
        convert_trust=transact.convert_trust,
        convert_value=transact.convert_value,
        convert_given=transact.convert_given,
        convert_risk=transact.convert_risk * transact.risk,
        convert_warned=scenario.negative.convert,
        most=_most_believed(scenario, transact.click_trust)
        + max(transact.click_doses, 0.0) * math.log(DOSES)
        + MARGIN,
        once=transact.once == "campaign",
    )


def _segmented(scenario: Scenario, reference: float) -> Segmented:
    transact, discount = scenario.transact, scenario.incentives.discount
    whose = ["", *scenario.segments]
    prices = [scenario.price_of(name) for name in whose]

    def dearer(paid: float) -> list[float]:
        """What other prices than that of all take from the log-odds of converting."""
        usual = _disutility(scenario, transact.price * paid, reference)
        return [_disutility(scenario, price * paid, reference) - usual for price in prices]

    segments = scenario.segments.values()
    convert = np.array([0.0, *(each.convert for each in segments)])
    click = np.array([0.0, *(each.click for each in segments)])
    return Segmented(
        click=click,
        likeliest=float(click.max()),
        convert=convert - dearer(1.0),
        convert_friend=convert - dearer(1.0 - discount),
        refund=np.array([millionths(price) for price in prices], np.int64),
        discount=np.array([millionths(price * discount) for price in prices], np.int64),
        offer=np.array([millionths(price * transact.offer_cost) for price in prices], np.int64),
        priced=bool(priced(scenario)),
    )


def _interacting(scenario: Scenario, listening: float) -> Interacting:
    interact, boost = scenario.interact, scenario.boost
    heard = math.log(listening)
    useful = with_tools(scenario, "value", interact.follow_value)
    return Interacting(
        follow=logit(interact.follow) + boost.follow + useful,
        follow_trust=interact.follow_trust,
        follow_exclusive=interact.follow_exclusive,
        follow_value=interact.follow_value,
        unfollow=logit(interact.unfollow) + boost.unfollow - useful,
        unfollow_selling=interact.unfollow_selling,
        unfollow_bond=interact.unfollow_bond,
        unfollow_community=interact.unfollow_community,
        like=logit(interact.like),
        like_bond=interact.like_bond,
        comment=logit(interact.comment),
        comment_bond=interact.comment_bond,
        comment_dialogue=interact.comment_dialogue,
        comment_community=interact.comment_community,
        thank=logit(interact.thank) + boost.thank + heard,
        reply=logit(interact.reply) + boost.reply + heard,
        capacity=interact.capacity * listening * scenario.hours_per_tick,
        delay=_ticks(scenario, interact.delay),
        channel=-1 if interact.channel is None else list(scenario.channels).index(interact.channel),
        bond_gain=interact.bond_gain,
        trust_gain=interact.trust_gain,
    )


def _relating(scenario: Scenario) -> bool:
    """Whether noticing changes the relation with the brand, what was given included."""
    relation = scenario.relation
    asked = (
        relation.pressure,
        relation.monologue,
        relation.disclosure,
        *(scenario.content_types[post.type].value for post in scenario.content),
        *(scenario.content_types[ad.type].value for ad in scenario.publish.ads),
        scenario.content_types[scenario.advocacy.type].value if scenario.advocacy.post else 0.0,
        scenario.content_types[scenario.talk.type].value if scenario.talk.rate else 0.0,
    )
    return any(number != 0.0 for number in asked)


def _left(scenario: Scenario, half_life: float | None) -> NDArray[np.float64]:
    """What so many ticks of silence leave, up to the whole horizon."""
    ticks = scenario.horizon + 1
    if half_life is None:
        return np.ones(ticks)
    half = half_life / scenario.hours_per_tick
    return np.array([exponential(-_LN2 * tick / half) for tick in range(ticks)])


def _complaining(
    scenario: Scenario, entries: list[tuple[int, Post, int, int]], listening: float
) -> Complaining:
    complaints, hurdles = scenario.complaints, scenario.hurdles
    kinds = [entry[0] for entry in entries]
    return Complaining(
        rate=complaints.rate,
        topics=complaints.topics,
        first=kinds.index(COMPLAINT) if COMPLAINT in kinds else len(kinds),
        loss=complaints.loss,
        detection=shifted(complaints.detection, scenario.boost.mend + listening)
        * (1.0 - hurdles.silo),
        delay=_ticks(scenario, complaints.delay + hurdles.delay),
        patience=_ticks_over(scenario, complaints.patience),
        recovery=complaints.recovery,
        refund=complaints.refund,
        churn=complaints.churn,
        harm=scenario.negative.harm,
    )


def _paying(scenario: Scenario) -> Paying:
    incentives = scenario.incentives
    events = {"share": SHARE, "referral": REFERRAL, "conversion": CONVERSION, "draw": DRAW}
    budget = incentives.budget
    if budget is not None and incentives.paid == "draw" and incentives.prize > budget:
        budget = 0.0  # what it cannot pay is not raffled
    return Paying(
        event=events[incentives.paid],
        reward=millionths(incentives.reward),
        recipient=millionths(incentives.recipient),
        budget=int(NEVER) if budget is None else millionths(budget),
        fraud=incentives.fraud,
        audit=incentives.audit,
        prices=prices(scenario),
        tools=sum(millionths(tool.cost) for tool in scenario.publish.tools),
        upkeep=math.fsum(tool.upkeep for tool in scenario.publish.tools)
        * MILLION
        * scenario.hours_per_tick
        / WEEK,
    )


def _asking(scenario: Scenario) -> Asking:
    publish, incentives = scenario.publish, scenario.incentives
    paid = _hoped_for(scenario)
    return Asking(
        accept=logit(publish.seed_accept),
        bond=publish.seed_accept_bond,
        reward=publish.seed_accept_reward * (paid + incentives.access),
        unrewarded=publish.seed_accept_reward * incentives.access,
        # A tick longer than a week has the requests of all of it.
        outreach=-1
        if publish.outreach is None
        else int(publish.outreach * max(1.0, scenario.hours_per_tick / WEEK) + 1e-9),
        hours=scenario.hours_per_tick,
    )


def _promoting(scenario: Scenario, effort: dict[str, float]) -> Promoting:
    advocacy, hurdles, talk = scenario.advocacy, scenario.hurdles, scenario.talk
    left = 1.0 - hurdles.vested
    return Promoting(
        interval=advocacy.interval,
        listen=shifted(advocacy.listen, math.log(effort["listening"])) * (1.0 - hurdles.silo),
        delay=_ticks(scenario, hurdles.delay),
        identify=advocacy.identify,
        outreach=round(advocacy.outreach * effort["networking"] * left),
        accept=logit(advocacy.accept),
        accept_bond=advocacy.accept_bond,
        nurture=advocacy.nurture * left,
        empower=advocacy.empower,
        bond=advocacy.bond,
        post=advocacy.post,
        target=hurdles.target if hurdles.short_term > 0.0 else 0.0,
        kept=1.0 - hurdles.short_term,
        moved=moved(hurdles, scenario.effort),
        elasticity=scenario.effort.elasticity,
        mention=talk.rate,
        found=shifted(talk.found, math.log(effort["listening"])) * (1.0 - hurdles.silo),
    )
