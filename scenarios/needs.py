"""What a parameter needs beside it before it can act: a table, and what of a scenario lacks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from ..sim.parameters import ContentType, Scenario
from ..sim.parameters.content import Channel
from ..sim.parameters.publish import Rival
from ..sim.weeks import weeks
from .loader import CONTENT_TYPES, load, names, read_tables


class Gate(NamedTuple):
    """Parameters that act on nothing unless something else is given.

    Attributes
    ----------
    paths
        Dotted, separated by blanks; all below a table where it ends in a point.
    met
        Whether a scenario, as it is at some tick, has what they need.
    why
        What is not, and a remedy.
    """

    paths: str
    met: Callable[[Scenario], object]
    why: str


def _own(scenario: Scenario) -> list[ContentType]:
    """The content types of what the brand, its ads and its advocates post."""
    names = {post.type for post in scenario.content if post.brand is None}
    names |= {ad.type for ad in scenario.publish.ads}
    names |= {scenario.advocacy.type} if scenario.advocacy.post > 0.0 else set()
    names |= {scenario.talk.type} if scenario.talk.rate > 0.0 else set()
    return [scenario.content_types[name] for name in names if name in scenario.content_types]


def _any(name: str) -> Callable[[Scenario], object]:
    return lambda scenario: any(getattr(each, name) for each in _own(scenario))


def _asks(s: Scenario) -> object:
    return s.publish.seeds or s.publish.asked or s.publish.seed_budget is not None


def _pays(s: Scenario) -> object:
    return s.incentives.reward or s.incentives.recipient


def _credible(s: Scenario) -> object:
    return s.share.weight.trust or s.transact.click_trust


def _wants(s: Scenario) -> object:
    wanted = s.share.weight.reward or s.publish.seed_accept_reward or s.share.weight.recipient
    return wanted and (_pays(s) or s.incentives.access)


def _contacts(s: Scenario) -> object:
    return s.interact.thank or _replies(s) or s.complaints.rate


def _replies(s: Scenario) -> object:
    return s.interact.comment and s.interact.reply


def _recruits(s: Scenario) -> object:
    return s.advocacy.outreach


def _nurtures(s: Scenario) -> object:
    return _recruits(s) and s.advocacy.nurture


def asks_interest(s: Scenario) -> object:
    """Whether anything asks what people are interested in.

    Sharing by topic; gaps in the content, of whose acts the brand sees; and authority, over those
    who care for what is posted, where a post is worth anything to them.
    """
    return s.share.weight.topic or s.advocacy.listen or _any("value")(s)


def _returns(s: Scenario) -> object:
    return s.returns.repeat or (s.returns.lead and s.returns.visit)


def _sells(s: Scenario) -> object:
    prices = [s.price_of(name) for name in ("", *s.segments)]
    return s.clickable and s.transact.convert and max(prices)


def _price_was_changed(s: Scenario) -> bool:
    regular = s.transact.reference_price
    return regular is not None and s.transact.price != regular


_CREDIBLE: Final = "no weight asks for credibility; give share.weight.trust or transact.click_trust"
_WEIGHED: Final = "no weight asks for a reward that is on offer; give share.weight.reward a weight"
_PRICED: Final = "nothing is sold at a price; give transact.price"
_RETURNED: Final = "nobody comes back; give returns.repeat, or returns.lead and returns.visit"
_ASKED: Final = "nobody is asked; give publish.seeds, publish.asked or publish.seed_budget"
_CALLED: Final = "advocacy.outreach = 0 approaches nobody; raise it"
_CLICKED: Final = "transact.click = 0; give a chance of a click"
_ROOMS: Final = "community.rooms = 0; give rooms in which followers meet"

NEEDS: Final = (
    # Publishing.
    Gate("publish.seed_accept_bond", lambda s: not _asks(s) or 0.0 < s.publish.seed_accept < 1.0,
         "publish.seed_accept is 0 or 1 whatever else there is; give a chance between"),
    Gate("publish.seed_accept_reward", lambda s: not _asks(s) or 0.0 < s.publish.seed_accept < 1.0
         or not (s.incentives.reward or s.incentives.access),
         "publish.seed_accept is 0 or 1 whatever else there is; give a chance between"),
    Gate("publish.seeding", lambda s: s.publish.seeds or s.publish.seed_budget is not None,
         "nobody is chosen; give publish.seeds"),
    Gate("publish.seed_cost publish.seed_cost_follower publish.seed_cost_exponent publish.outreach "
         "publish.seed_chance", _asks, _ASKED),
    Gate("publish.seed_cost_exponent", lambda s: s.publish.seed_cost_follower,
         "publish.seed_cost_follower = 0; give a fee"),
    Gate("publish.seed_chance", lambda s: s.publish.seeding in ("degree_discount", "greedy"),
         "publish.seeding supposes no chance; give seeding = 'degree_discount' or 'greedy'"),
    Gate("publish.value_cost", lambda s: s.publish.cost and any(
        s.content_types[post.type].value for post in s.content if post.brand is None),
         "publish.cost = 0, or no post gives any value; give both"),
    Gate("publish.pitch_cost", lambda s: s.publish.outlets,
         "there is nobody to pitch to; give publish.outlets"),
    Gate("publish.wear_out publish.ad_half_life", lambda s: s.publish.ads,
         "no ad is shown; give publish.ads"),
    Gate("publish.ad_shared", lambda s: s.publish.ads,
         "no ad is shown; give publish.ads"),
    Gate("publish.ad_shared", lambda s: s.share.rule == "logit",
         "share.rule asks no log-odds; give rule = 'logit'"),
    Gate("publish.ad_half_life", lambda s: s.publish.wears,
         "no ad wears out; give a smaller publish.wear_out"),
    Gate("publish.interval", lambda s: sum(post.tick is None for post in s.content) > 1,
         "no second post waits for it; give content a list of posts without ticks"),
    Gate("publish.cross_posting share.bounce people.overlap", lambda s: len(s.channels) > 1,
         "there is one channel alone; give channels another"),
    Gate("boost.publish", lambda s: s.publish.outlets,
         "no post is placed; give publish.outlets"),
    Gate("topic_map.topics topic_map.gap", lambda s: s.advocacy.listen,
         "the brand sees nobody act, and asks what nobody cares for; give advocacy.listen"),
    Gate("topic_map.centre topic_map.width", lambda s: s.credibility.off_brand and _credible(s),
         "credibility.off_brand = 0, or no weight asks for credibility; give both"),
    Gate("topic_map.centre", lambda s: s.topic_map.width < 0.5,
         "topic_map.width = 0.5 is everything; give less"),
    # Sharing and believing.
    Gate("share.threshold", lambda s: s.share.rule == "threshold",
         "share.rule counts no people; give rule = 'threshold'"),
    Gate("share.bass.", lambda s: s.share.rule == "bass",
         "share.rule has no hazard; give rule = 'bass'"),
    Gate("share.base. share.weight. people.susceptibility_spread",
         lambda s: s.share.rule == "logit", "share.rule asks no log-odds; give rule = 'logit'"),
    Gate("share.weight.reward share.weight.reward_weak", lambda s: s.incentives.reward
         or s.incentives.access, "there is no reward; give incentives.reward or incentives.access"),
    Gate("share.weight.reward_weak", _wants, _WEIGHED),
    Gate("share.weight.recipient", lambda s: s.incentives.recipient,
         "incentives.recipient = 0; give whoever comes a reward"),
    Gate("share.weight.image", lambda s: s.incentives.reward and s.incentives.public,
         "no reward is public; give incentives.reward"),
    Gate("share.weight.status", _any("spotlight"),
         "no post puts anybody in the spotlight; give a content type spotlight"),
    Gate("people.topic people.topic_spread", lambda s: asks_interest(s)
         or (s.advocacy.sample and s.credibility.off_brand and _credible(s)),
         "nothing asks what people are interested in; give share.weight.topic, or a type a value"),
    Gate("advocacy.sample", lambda s: asks_interest(s)
         or (s.credibility.off_brand and _credible(s)),
         "nothing asks what people are interested in; give share.weight.topic, or a type a value"),
    Gate("share.weight.thanked", lambda s: s.interact.thank or _replies(s),
         "the brand thanks and answers nobody; give interact.thank, or interact.comment and "
         "interact.reply"),
    Gate("notice.habit", lambda s: s.attention != "unlimited",
         "attention = 'unlimited' notices all; give posts a visit"),
    Gate("share.weight.thanked notice.habit share.weight.fatigue share.weight.generalised "
         "interact.unfollow_fatigue",
         lambda s: len(s.content) > 1 or s.publish.ads or s.advocacy.post,
         "nothing was seen before the one post; give two"),
    Gate("credibility.friend credibility.closeness credibility.ties credibility.attenuation "
         "credibility.commerciality credibility.paid credibility.off_brand", _credible, _CREDIBLE),
    Gate("credibility.closeness", lambda s: s.credibility.ties == "given",
         "credibility.ties says it of each tie; give ties = 'given'"),
    Gate("credibility.paid", lambda s: (s.incentives.public and (s.incentives.reward
         or s.incentives.access)) or s.publish.ads or any(o.fee for o in s.publish.outlets),
         "nothing is paid for that others can see; give a reward, an ad or an outlet with a fee"),
    Gate("credibility.off_brand", lambda s: s.topic_map.width < 0.5,
         "topic_map.width = 0.5 is everything; give less"),
    Gate("people.affinity_spread people.greed", _wants, _WEIGHED),
    Gate("people.greed people.reluctance", lambda s: s.people.opportunists,
         "people.opportunists = 0; give some"),
    # Incentives.
    Gate("incentives.scale incentives.access", _wants, _WEIGHED),
    Gate("incentives.access_cost", lambda s: s.incentives.access,
         "incentives.access = 0 costs nothing; give access"),
    Gate("incentives.judged_chance incentives.weighting", _wants, _WEIGHED),
    Gate("incentives.weighting", lambda s: s.incentives.paid != "share"
         or s.incentives.judged_chance is not None,
         "what is paid for sharing is sure; give paid = 'referral', 'conversion' or 'draw'"),
    Gate("incentives.hearers", lambda s: s.incentives.paid in ("referral", "conversion")
         and s.incentives.judged_chance is None and _wants(s),
         "no chance depends on them; give paid = 'referral' or 'conversion', and a reward"),
    Gate("incentives.access", lambda s: s.share.weight.reward or s.publish.seed_accept_reward,
         "share.weight.reward = 0; give it a weight"),
    Gate("incentives.public", lambda s: (s.incentives.reward or s.incentives.access)
         and (s.share.weight.image or (s.credibility.paid and _credible(s))),
         "nobody minds a reward that others see; give share.weight.image or credibility.paid"),
    Gate("incentives.paid incentives.budget incentives.fraud incentives.audit", _pays,
         "there is no reward; give incentives.reward or incentives.recipient"),
    Gate("incentives.fraud incentives.audit",
         lambda s: s.incentives.paid in ("referral", "conversion"),
         "a share that is paid for itself needs no cheat; give paid = 'referral' or 'conversion'"),
    Gate("incentives.audit", lambda s: s.incentives.fraud, "incentives.fraud = 0; give some"),
    Gate("incentives.prize", lambda s: s.incentives.paid == "draw" and s.incentives.reward,
         "nothing is raffled; give paid = 'draw' and, for what a ticket is worth, a reward"),
    Gate("incentives.discount transact.margin transact.unit_cost transact.convert_price "
         "transact.elasticity transact.reference_price transact.offer_cost", _sells, _PRICED),
    Gate("transact.reference_price", lambda s: s.transact.elasticity,
         "transact.elasticity = 0: nobody minds the price; raise it"),
    Gate("transact.margin", lambda s: s.transact.unit_cost is None or _price_was_changed(s)
         or s.returns.upsell_worth or s.returns.cross_sell_worth,
         "transact.unit_cost says what a piece costs to make; give one of the two"),
    Gate("transact.offer_cost", _any("offer"), "no post offers anything; give a type an offer"),
    # Transactions.
    Gate("transact.click_ transact.convert transact.convert_ "
         "transact.price transact.worth transact.risk returns. boost.click "
         "boost.convert complaints.rate", lambda s: s.clickable, _CLICKED),
    Gate("transact.link transact.recall boost.find", lambda s: s.clickable or
         s.interact.follow, "nobody clicks, and nobody comes to follow; give transact.click"),
    Gate("transact.convert_ transact.price transact.worth transact.risk boost.convert "
         "complaints.rate returns.repeat", lambda s: s.transact.convert,
         "transact.convert = 0; give a chance of a transaction"),
    Gate("transact.click_offer", _any("offer"), "no post offers anything; give a type an offer"),
    Gate("transact.once", lambda s: len(s.content) + len(s.publish.ads) > 1 or s.advocacy.post,
         "there is but one post to buy over; give two"),
    Gate("transact.click_reward transact.convert_reward", lambda s: s.incentives.recipient,
         "incentives.recipient = 0; give whoever comes a reward"),
    Gate("transact.price_scale", lambda s: s.transact.convert_price and _sells(s),
         "nobody minds the price; give transact.convert_price a weight and transact.price"),
    Gate("transact.risk", lambda s: s.transact.convert_risk,
         "transact.convert_risk = 0; give it a weight"),
    Gate("transact.convert_risk", lambda s: s.transact.risk, "transact.risk = 0; give a risk"),
    Gate("returns.bond returns.interval", _returns, _RETURNED),
    Gate("returns.visit", lambda s: s.returns.lead,
         "returns.lead = 0 leaves no address; give a chance"),
    Gate("returns.upsell returns.cross_sell returns.upsell_worth returns.cross_sell_worth",
         lambda s: s.returns.repeat, "returns.repeat = 0; give a chance to buy again"),
    Gate("returns.upsell_worth", lambda s: s.returns.upsell, "returns.upsell = 0; give a chance"),
    Gate("returns.cross_sell_worth", lambda s: s.returns.cross_sell,
         "returns.cross_sell = 0; give a chance"),
    # Interaction.
    Gate("interact.follow_trust interact.follow_exclusive interact.follow_value boost.follow",
         lambda s: s.interact.follow, "interact.follow = 0; give a chance to follow"),
    Gate("interact.follow_value", _any("value"), "no post is worth anything; give a type a value"),
    Gate("interact.follow_exclusive", _any("exclusive"),
         "no offer is for followers alone; make a content type exclusive"),
    Gate("interact.unfollow_ boost.unfollow", lambda s: s.interact.unfollow,
         "interact.unfollow = 0; give a chance to leave"),
    Gate("interact.like_bond", lambda s: s.interact.like, "interact.like = 0; give a chance"),
    Gate("interact.comment_ interact.reply boost.reply", lambda s: s.interact.comment,
         "interact.comment = 0; give a chance of a comment"),
    Gate("interact.comment_community interact.unfollow_community", lambda s: s.community.rooms,
         _ROOMS),
    Gate("interact.delay boost.reply", _replies,
         "no comment is seen to be answered; give interact.comment and interact.reply"),
    Gate("boost.thank", lambda s: s.interact.thank, "interact.thank = 0; give a chance"),
    Gate("interact.capacity interact.channel interact.bond_gain interact.trust_gain interact.cost",
         _contacts, "the brand sees nobody to answer; give interact.thank, or interact.comment and "
         "interact.reply, or complaints.rate"),
    Gate("relation.disclosure relation.disclosure_optimum", _any("disclosure"),
         "no post looks behind the scenes; give a content type disclosure"),
    Gate("relation.disclosure_optimum", lambda s: s.relation.disclosure,
         "relation.disclosure = 0; give what it gains"),
    Gate("negative. boost.mend", lambda s: s.complaints.rate,
         "complaints.rate = 0; give the chance that a transaction goes wrong"),
    Gate("negative.speed", lambda s: s.share.delay.law != "none",
         "share.delay.law = 'none' leaves no time to divide; give a delay"),
    # Policy.
    Gate("advocacy.identify advocacy.outreach_cost advocacy.accept advocacy.accept_ "
         "advocacy.nurture advocacy.nurture_cost advocacy.empower advocacy.bond", _recruits,
         _CALLED),
    Gate("advocacy.outreach", lambda s: s.advocacy.listen or not s.advocacy.identify,
         "advocacy.listen = 0 sees nobody act who could be approached; give a chance"),
    Gate("advocacy.nurture_cost", lambda s: s.advocacy.nurture, "advocacy.nurture = 0; raise it"),
    Gate("advocacy.interval", lambda s: _recruits(s) or s.advocacy.post or s.advocacy.sample,
         "no round does anything; give advocacy.outreach, advocacy.post or advocacy.sample"),
    Gate("advocacy.dialogue", lambda s: s.relation.monologue or (s.interact.comment
         and s.interact.comment_dialogue), "nothing asks whether a post is dialogue; give "
         "relation.monologue or interact.comment_dialogue"),
    Gate("advocacy.type", lambda s: s.advocacy.post, "advocacy.post = 0; give a chance"),
    Gate("hurdles.delay hurdles.silo", lambda s: s.complaints.rate or _recruits(s),
         "nothing that was heard is acted on; give complaints.rate or advocacy.outreach"),
    Gate("hurdles.vested", _recruits, _CALLED),
    Gate("hurdles.short_term", lambda s: s.hurdles.target,
         "hurdles.target = 0 is always reached; give the orders that a week has to bring"),
    Gate("hurdles.short_term hurdles.target", _nurtures,
         "nobody is nurtured, and nothing is taken from that; give advocacy.outreach and "
         "advocacy.nurture"),
    Gate("hurdles.target", lambda s: s.hurdles.short_term,
         "hurdles.short_term = 0 takes nothing from nurturing; give a share"),
    Gate("talk.found talk.type", lambda s: s.talk.rate,
         "talk.rate = 0: nobody mentions the brand unasked; give a chance"),
    Gate("talk.rate", weeks,
         "no week is over before the campaign is; give a longer horizon"),
    Gate("effort.elasticity", lambda s: len({s.effort.listening, s.effort.influencing,
         s.effort.networking, s.effort.selling}) > 1, "the effort is split evenly; change a part"),
    Gate("community.talk community.crowd community.tenure", lambda s: s.community.rooms, _ROOMS),
    Gate("reference.spot reference.production reference.fans reference.friends reference.share "
         "reference.generations", lambda s: s.reference.viewers,
         "reference.viewers = 0 names no broadcast; give its viewers"),
    Gate("boost.notice", lambda s: s.attention != "unlimited",
         "attention = 'unlimited' notices all; give posts a visit"),
    Gate("network.arrow network.directed network.source network.target network.weight "
         "network.time", lambda s: s.network.file,
         "no file of a network is read; give network.file"),
)  # fmt: skip
# What of a content type needs something, likewise.
TYPED: Final = (
    Gate("commerciality", lambda s: (s.credibility.commerciality and _credible(s))
         or s.relation.pressure or (s.interact.unfollow and s.interact.unfollow_selling),
         f"{_CREDIBLE}, or relation.pressure"),
    Gate("topic", lambda s: asks_interest(s) or (s.credibility.off_brand and _credible(s)),
         "nothing asks what a post is about; give share.weight.topic, or a type a value"),
    Gate("spotlight", lambda s: s.share.weight.status,
         "share.weight.status = 0; give it a weight"),
    Gate("disclosure", lambda s: s.relation.disclosure,
         "relation.disclosure = 0; give what it gains"),
    Gate("dialogue", lambda s: s.relation.monologue
         or (s.interact.comment and s.interact.comment_dialogue),
         "relation.monologue = 0 and interact.comment_dialogue = 0; give one of them"),
)  # fmt: skip


def unmet(scenario: Scenario) -> Iterator[str]:
    """A sentence for all that is given and lacks the same thing, and what would help.

    Given is what is not the default; of a content type, what is not as it is shipped.

    Examples
    --------
    >>> next(unmet(Scenario().replace({"transact.margin": 0.4})))
    'transact.margin = 0.4 moves nothing, since nothing is sold at a price; give transact.price.'
    """
    ever, home, told = scenario.ever(), _home(scenario), set[str]()
    for need in NEEDS:
        if any(need.met(then) for then in ever):
            continue
        idle = {
            name: value
            for path in need.paths.split()
            for name, value in _given(ever, home, path)
            if name not in told
        }
        told |= idle.keys()
        if idle:
            *before, last = (f"{name} = {_shown(value)}" for name, value in idle.items())
            which = f"{', '.join(before)} and {last} move" if before else f"{last} moves"
            yield f"{which} nothing, since {need.why}."
    yield from _types(scenario, ever, home)
    fresh = always_fresh(ever)
    for name, channel in scenario.channels.items():
        if fresh and channel.longevity is not None and channel != home.channels.get(name):
            yield f"channels.{name}.longevity = {channel.longevity:g} moves nothing, since {fresh}."
    yield from _feeds(scenario, ever)
    yield from _rivals(scenario)


def _feeds(scenario: Scenario, ever: tuple[Scenario, ...]) -> Iterator[str]:
    """Of channels that rank their feeds by engagement, or would if they did."""
    usual = Channel()
    for name, channel in scenario.channels.items():
        if channel.ranking == "engagement" and not any(map(_engages, ever)):
            yield (
                f"channels.{name}.ranking = 'engagement' moves nothing, since nobody likes, "
                "comments or shares; give share.base or interact.like."
            )
        for key in ("ranking_test", "ranking_reach", "ranking_half"):
            value = getattr(channel, key)
            if channel.ranking == "time" and value != getattr(usual, key):
                yield (
                    f"channels.{name}.{key} = {value:g} moves nothing, since feeds are ranked by "
                    f"time; give channels.{name}.ranking = 'engagement'."
                )


def _engages(scenario: Scenario) -> bool:
    base = scenario.share.base
    interact = scenario.interact
    return max(base.fan, base.stranger, base.advocate, interact.like, interact.comment) > 0.0


def _rivals(scenario: Scenario) -> Iterator[str]:
    """Of rivals who never post, or never react."""
    usual, posting = Rival(), {post.brand for post in scenario.content}
    for rival in scenario.publish.rivals:
        reacts = rival.reacts_above is not None
        if rival.seeds and not reacts and rival.name not in posting:
            yield (
                f"publish.rivals: seeds = {rival.seeds} of {rival.name!r} moves nothing, since it "
                "never posts; name it in the brand of an entry of content, or give reacts_above."
            )
        for key in ("reacts_every", "reacts_type"):
            value = getattr(rival, key)
            if not reacts and value != getattr(usual, key):
                yield (
                    f"publish.rivals: {key} = {_shown(value)} of {rival.name!r} moves nothing, "
                    "since it never reacts; give reacts_above."
                )


def always_fresh(ever: tuple[Scenario, ...]) -> str:
    """Why no post ever fades before it is met, and a remedy; empty where some do.

    Examples
    --------
    >>> always_fresh((Scenario(),))
    "attention = 'unlimited'; give posts a visit"
    """
    if all(then.attention == "unlimited" for then in ever):
        return "attention = 'unlimited'; give posts a visit"
    if ever[0].people.activity == "always":
        return "people.activity = 'always' meets each post at once; give visits an hour"
    return ""


def _home(scenario: Scenario) -> Scenario:
    """The scenario whose values are nobody's choice: the shipped one of its name, or none.

    What is shipped knows how people weigh an offer, before anybody offers one.
    """
    return load(scenario.name) if scenario.name in names() else Scenario()


def _types(scenario: Scenario, ever: tuple[Scenario, ...], home: Scenario) -> Iterator[str]:
    shipped = read_tables(CONTENT_TYPES)
    for need in TYPED:
        if any(need.met(then) for then in ever):
            continue
        for name, each in scenario.content_types.items():
            usual = shipped.get(name, {}).get(need.paths, getattr(ContentType(), need.paths))
            value = getattr(each, need.paths)
            there = home.content_types.get(name)
            if value not in (usual, getattr(there, need.paths, usual)):
                yield (
                    f"content_types.{name}.{need.paths} = {_shown(value)} moves nothing, since "
                    f"{need.why}."
                )


def _given(ever: tuple[Scenario, ...], home: Scenario, path: str) -> Iterator[tuple[str, Any]]:
    """The parameters that a path means, each with a value that somebody gave it."""
    folder, _, last = path.partition(".")
    *inner, last = last.split(".")
    tables = [getattr(then, folder) for then in (home, *ever)]
    for part in inner:
        tables = [getattr(table, part) for table in tables]
    there, *tables = tables
    default, begins = type(there)(), last == "" or last.endswith("_")
    fields = [name for name in type(there).model_fields if begins and name.startswith(last)]
    for name in fields or [last]:
        usual = getattr(default, name), getattr(there, name)
        for table in tables:
            if getattr(table, name) not in usual:
                yield ".".join((folder, *inner, name)), getattr(table, name)
                break


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else repr(value)
