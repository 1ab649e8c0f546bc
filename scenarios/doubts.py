"""What a scenario says that can never act, or lies beyond what is known: valid, hardly meant."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..sim.parameters import ContentType, Scenario
from ..sim.parameters.declare import Parameters
from .brakes import left_by_a_sale
from .flights import not_shown, worn_out
from .loader import CONTENT_TYPES, read_tables
from .needs import always_fresh, asks_interest, unmet

if TYPE_CHECKING:
    from ..sim.network import Network


def doubts(scenario: Scenario, network: Network | None = None) -> list[str]:
    """Sentences about what will have no effect, or lies beyond what is known, and what would help.

    Parameters
    ----------
    scenario
        What is to be run.
    network
        On which network: a table of its people says things too, and its weights.

    Examples
    --------
    >>> doubts(Scenario().replace({"incentives.reward": 5.0, "incentives.budget": 2.0}))[0]
    'incentives.budget = 2 does not pay for a single claim of 5, so nothing is on offer; raise it.'
    """
    return [
        *_too_late(scenario),
        *not_shown(scenario),
        *worn_out(scenario),
        *_not_paid(scenario),
        *_not_earned(scenario),
        *_extrapolated(scenario),
        *_not_begun(scenario),
        *_not_waited(scenario),
        *_not_met(scenario),
        *_not_asked(scenario, network),
        *_not_brought(scenario, network),
        *_not_told(scenario, network),
        *unmet(scenario),
    ]


def _too_late(scenario: Scenario) -> Iterator[str]:
    horizon = scenario.horizon
    ticks = [(f"timeline: the change at tick {each.tick}", each.tick) for each in scenario.timeline]
    posts = [post.tick or 0 for post in scenario.calendar()]
    late = sorted(tick for tick in posts if tick >= horizon)
    if late:
        which = "the post" if len(late) == 1 else f"{len(late)} posts, the first"
        ticks.append((f"content: {which} at tick {late[0]}", late[0]))
    ticks += [(f"publish.ads: the ad at tick {ad.tick}", ad.tick) for ad in scenario.publish.ads]
    for what, tick in dict(ticks).items():
        if tick >= horizon:
            yield f"{what} never comes, since horizon = {horizon}; give an earlier one."


def _not_paid(scenario: Scenario) -> Iterator[str]:
    incentives, weight = scenario.incentives, scenario.share.weight.reward
    claim = incentives.reward + incentives.recipient
    budget = incentives.budget
    if budget is not None and claim > budget:
        yield (
            f"incentives.budget = {budget:g} does not pay for a single claim of {claim:g}, so "
            "nothing is on offer; raise it."
        )
    if incentives.reward > 0.0 and weight == 0.0 and not scenario.timeline:
        yield (
            f"incentives.reward = {incentives.reward:g} moves nobody to share, since "
            "share.weight.reward = 0; give it a weight."
        )
    judged = incentives.judged_chance
    if incentives.paid == "share" and claim > 0.0 and judged is not None and judged < 1.0:
        yield (
            f"incentives.judged_chance = {judged:g}, but each share is paid and "
            "people know it; leave the chance out, or say what is paid (incentives.paid)."
        )


def _not_earned(scenario: Scenario) -> Iterator[str]:
    """A reward for a sale that is more than the sale leaves: only what is bought again pays it."""
    for then in scenario.ever():
        incentives, transact = then.incentives, then.transact
        claim, left = incentives.reward + incentives.recipient, left_by_a_sale(then)
        if incentives.paid != "conversion" or transact.price == 0.0 or not claim > max(left, 0.0):
            continue
        if left > 0.0 and then.returns.repeat > 0.0:  # what is bought again pays for it, or not
            continue
        both = " + incentives.recipient" if incentives.recipient else ""
        said = f"incentives.reward{both} = {claim:g} is more than a sale leaves"
        price = min(then.price_of(name) for name in ("", *then.segments))
        if left > 0.0:
            yield (
                f"{said}: {left:.4g} at a price of {price:g}, before anything is bought again; "
                "give less, or count on who comes back (returns)."
            )
        else:
            yield (
                f"{said}: nothing at a price of {price:g}, since what is sold costs "
                f"{transact.cost_of_goods:.4g} to make (transact.unit_cost, which stays where the "
                "price alone is changed); give a higher price, or transact.margin with it."
            )
        return


# Up to where what is published says anything: rewards for a referral, as multiples of the scale at
# which one doubles the odds (10 money: 1 to 100), and prices, as multiples of the reference.
_LARGEST_REWARD: Final = 10.0
_LARGEST_ACCESS: Final = 2.4
_PRICES: Final = (0.5, 2.0)


def _extrapolated(scenario: Scenario) -> Iterator[str]:
    """What lies beyond what was ever measured: it is calculated all the same."""
    told = set[str]()
    reference = scenario.transact.reference_price or scenario.transact.price
    for then in scenario.ever():
        incentives, most = then.incentives, _LARGEST_REWARD * then.incentives.scale
        for name in ("reward", "recipient"):
            value = getattr(incentives, name)
            if value > most and incentives.paid != "draw" and name not in told:
                told.add(name)
                yield (
                    f"incentives.{name} = {value:g} is extrapolated: what is known of rewards goes "
                    f"up to {most:g} ({_LARGEST_REWARD:g} times incentives.scale); give less."
                )
        if incentives.access > _LARGEST_ACCESS and "access" not in told:
            told.add("access")
            yield (
                f"incentives.access = {incentives.access:g} is extrapolated: it weighs as much as "
                f"a reward of {incentives.scale * math.expm1(incentives.access):,.0f}, and what is "
                f"known of rewards goes up to {most:g}; give {_LARGEST_ACCESS:g} or less."
            )
        discount, (low, high) = incentives.discount, _PRICES
        if discount > 1.0 - low and "discount" not in told:
            told.add("discount")
            yield (
                f"incentives.discount = {discount:g} is extrapolated: an elasticity was measured "
                f"near the price that people know; give {1.0 - low:g} or less."
            )
        price = then.transact.price
        answers = then.transact.elasticity and then.clickable and then.transact.convert
        beyond = reference > 0.0 and not low <= price / reference <= high
        if answers and beyond and "price" not in told:
            told.add("price")
            yield (
                f"transact.price = {price:g} is extrapolated: an elasticity was measured near the "
                f"price that people know ({reference:g}), and this is {price / reference:.2g} "
                f"times as much; give {low * reference:g} to {high * reference:g}."
            )


def _not_begun(scenario: Scenario) -> Iterator[str]:
    publish = scenario.publish
    begun = publish.seeds or publish.asked or scenario.advocacy.post > 0.0
    if scenario.share.rule == "threshold" and not begun and not scenario.timeline:
        yield (
            "share.rule = 'threshold' counts from how many people one has it, and nobody begins; "
            "give publish.seeds, publish.asked or advocacy.post."
        )


# The numbers of each law of delays; the law itself is not one of them.
_OF_LAW = {
    "none": (),
    "constant": ("mean",),
    "exponential": ("mean",),
    "lognormal": ("median", "sigma"),
    "power_law": ("onset", "exponent", "cutoff"),
}


def _not_waited(scenario: Scenario) -> Iterator[str]:
    delay = scenario.share.delay
    for name, value in delay.differs_from_default().items():
        if name not in _OF_LAW[delay.law]:
            laws = [law for law, names in _OF_LAW.items() if name in names]
            yield (
                f"share.delay.{name} = {value:g} moves nothing, since share.delay.law = "
                f"{delay.law!r}; give law = {' or '.join(map(repr, laws))}."
            )
    if scenario.people.activity == "always" and scenario.people.rhythm:
        yield (
            "people.rhythm moves nothing, since people.activity = 'always'; give visits an hour."
        )
    if scenario.people.activity == 0.0:
        yield "people.activity = 0 lets nobody ever look into their feed; give visits an hour."


def _given(table: Parameters) -> list[str]:
    """What of a table is not the default."""
    names = type(table).model_fields
    return [name for name in names if getattr(table, name) != getattr(type(table)(), name)]


def _not_met(scenario: Scenario) -> Iterator[str]:
    ever = scenario.ever()
    types = scenario.content_types.items()
    fresh = always_fresh(ever)
    if fresh:
        shipped = read_tables(CONTENT_TYPES)
        for name, type_ in types:
            usual = shipped.get(name, {}).get("longevity", ContentType().longevity)
            if type_.longevity != usual:
                yield f"content_types.{name}.longevity moves nothing, since {fresh}."
    unlimited = all(then.attention == "unlimited" for then in ever)
    if unlimited and any(then.notice.background > 0.0 for then in ever):
        yield "notice.background moves nothing, since attention = 'unlimited'; give posts a visit."
    complains = any(then.complaints.rate > 0.0 for then in ever)
    posted = {post.type for post in scenario.calendar()}
    posted |= {ad.type for ad in scenario.publish.ads}
    posted |= {then.advocacy.type for then in ever if then.advocacy.post > 0.0}
    posted |= {then.talk.type for then in ever if then.talk.rate > 0.0}
    posted |= {scenario.complaints.type} if complains else set()
    for name, type_ in types:
        if type_.contagiousness_spread > 0.0 and name not in posted:
            yield (
                f"content_types.{name}.contagiousness_spread moves nothing, since nothing of that "
                "type is ever posted; put one into content."
            )
    if not complains:
        for name in _given(scenario.complaints):
            yield (
                f"complaints.{name} moves nothing, since complaints.rate = 0; give the chance that "
                "a transaction goes wrong."
            )


def _not_asked(scenario: Scenario, network: Network | None) -> Iterator[str]:
    publish = scenario.publish
    people = None if network is None else network.people
    told = scenario.people.file if people is None else people.number("cost")
    if (
        publish.seed_budget is not None
        and told is None
        and not (publish.seed_cost or publish.seed_cost_follower)
    ):
        yield (
            "publish.seed_budget buys nobody, since nothing says what asking costs; give "
            "publish.seed_cost, publish.seed_cost_follower, or a table of people with a column "
            "cost."
        )
    given = [name for name in _given(publish) if name.startswith("seed_accept")]
    if not publish.seeds and not publish.asked:
        for name in given:
            yield (
                f"publish.{name} moves nothing, since nobody is asked; give publish.seeds or "
                "publish.asked."
            )
    elif "seed_accept_reward" in given and not any(
        then.incentives.reward > 0.0 or then.incentives.access > 0.0 for then in scenario.ever()
    ):
        yield (
            "publish.seed_accept_reward moves nothing, since there is no reward; give "
            "incentives.reward or incentives.access."
        )


_DRAWN = {name: getattr(Scenario().people, name) for name in ("fans", "advocates")}


def _idle(scenario: Scenario) -> dict[str, str]:
    """What people may bring that can act on nothing here, and why not."""
    ever = scenario.ever()
    found: dict[str, str] = {}
    if scenario.share.rule != "logit":
        reason = f"share.rule = {scenario.share.rule!r} asks no log-odds; give 'logit'"
        found |= {"base": reason, "susceptibility": reason}
    if not any(then.clickable for then in ever):
        reason = "transact.click = 0; give a chance of a click"
        found |= {"click": reason, "convert": reason, "price": reason}
    elif all(then.transact.convert == 0.0 for then in ever):
        reason = "transact.convert = 0; give a chance of a transaction"
        found |= {"convert": reason, "price": reason}
    if scenario.people.activity == "always":
        found["activity"] = "people.activity = 'always'; give visits an hour"
    if scenario.advocacy.sample == 0 and not any(asks_interest(then) for then in ever):
        found["interest"] = "nothing asks for it; give share.weight.topic, or a type a value"
    rewards = [then.share.weight.reward + abs(then.publish.seed_accept_reward) for then in ever]
    if not any(rewards):
        found["affinity"] = "share.weight.reward = 0; give it a weight"
    if all(
        then.share.weight.trust == 0.0
        and then.transact.click_trust == 0.0
        and then.transact.convert_trust == 0.0
        and then.transact.convert_risk == 0.0
        and then.interact.follow_trust == 0.0
        for then in ever
    ):
        found["trust"] = (
            "every weight of trust is 0; give one to share.weight.trust, transact.click_trust, "
            "transact.convert_trust or interact.follow_trust"
        )
    publish = scenario.publish
    if not publish.seeds and not publish.asked and publish.seed_budget is None:
        found["cost"] = "nobody is asked; give publish.seeds or publish.seed_budget"
    return found


def _not_brought(scenario: Scenario, network: Network | None) -> Iterator[str]:
    idle = _idle(scenario)
    people = None if network is None else network.people
    told = None if people is None else people.word("segment")
    for name, segment in scenario.segments.items():
        for what, reason in idle.items():
            value = getattr(segment, what, None)
            if value is not None and value != 0.0:
                yield f"segments.{name}.{what} = {value:g} moves nothing, since {reason}."
    others = [] if told is None or not scenario.segments else sorted(set(told.tolist()) - {""})
    for name in (name for name in others if name not in scenario.segments):
        count = 0 if told is None else int((told == name).sum())
        yield (
            f"the table of people puts {count:,} into the segment {name!r}, and the scenario has "
            f"none of that name (but {', '.join(scenario.segments)}): they differ in nothing."
        )
    for name, segment in scenario.segments.items():
        if segment.share == 0.0 and (told is None or name not in told):
            yield f"segments.{name} has nobody in it, since its share is 0; raise it."
        if segment.share is None and network is None and scenario.people.file is None:
            yield (
                f"segments.{name} has no share, and no table says who is in it; give it a share, "
                "or people.file with a column segment."
            )


def _not_told(scenario: Scenario, network: Network | None) -> Iterator[str]:
    if network is None:
        return
    if network.people is not None:
        for what, reason in _idle(scenario).items():
            if network.people.number(what) is not None:
                yield f"the column {what} of the people moves nothing, since {reason}."
        role = network.people.word("role")
        if role is not None and (role != "").all():
            for name in (name for name in _DRAWN if getattr(scenario.people, name) != _DRAWN[name]):
                yield (
                    f"people.{name} = {getattr(scenario.people, name):g} moves nothing, since the "
                    "table of people has a role for everybody; leave it out, or leave cells empty."
                )
