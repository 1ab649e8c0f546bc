"""A scenario in numbers: what the kernels get, without names and units.

Whatever a formula needs and a tick cannot change is worked out here once: log-odds, utilities,
the freshness of each tick of a message's life.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arithmetic import logistic, logit
from .parameters import Post, Scenario
from .world import ROLES

NEVER: Final = np.int64(2**62)
UNLIMITED: Final = 0.0
DOSES: Final = 15
POSTS: Final = 255
# Log-odds by which a bound exceeds what it bounds, so that no rounding can cross it.
MARGIN: Final = 1e-9


class Messages(NamedTuple):
    """The messages of a campaign as columns, in the order of the calendar."""

    released: NDArray[np.int64]
    channel: NDArray[np.int64]
    contagiousness: NDArray[np.float64]
    fidelity: NDArray[np.float64]
    half_life: NDArray[np.float64]
    commerciality: NDArray[np.float64]
    topic: NDArray[np.float64]
    value: NDArray[np.float64]
    offer: NDArray[np.float64]
    spotlight: NDArray[np.float64]
    effort: NDArray[np.float64]


class Publishing(NamedTuple):
    """Chance that a post placed at an outlet is shown, one an outlet."""

    shown: NDArray[np.float64]


class Noticing(NamedTuple):
    """Attention a tick (0: unlimited), rivals' posts an account followed, chance to be online."""

    attention: float
    background: float
    activity: float
    boost: float


class Sharing(NamedTuple):
    """The weights of the reasons, offsets, the mean delay, and the most that trust can bring."""

    topic: float
    trust: float
    reward: float
    status: float
    reciprocity: float
    image: float
    boost: float
    reboost: float
    delay: float
    most_trusted: float


class Believing(NamedTuple):
    """Weight of the friend, closeness of a tie, what a hop leaves of it, cost of selling hard."""

    friend: float
    closeness: float
    attenuation: float
    commerciality: float


class Transacting(NamedTuple):
    """Log-odds and weights of clicking and converting; link and recall of finding.

    `most` is the most that credibility can add to the log-odds of a click.
    """

    click: float
    click_trust: float
    click_offer: float
    link: float
    recall: float
    boost_find: float
    convert: float
    convert_trust: float
    convert_value: float
    convert_risk: float
    most: float


class Interacting(NamedTuple):
    """Log-odds of following and of being seen to be thanked; thanks a tick; what they leave."""

    follow: float
    follow_trust: float
    thank: float
    capacity: int
    bond_gain: float
    trust_gain: float


class Plan(NamedTuple):
    """A scenario in numbers, stage by stage. Offsets are in; a chance of 0 is minus infinity.

    Attributes
    ----------
    luck
        The key of the campaign's draws.
    messages
        Their columns.
    base
        Log-odds of sharing, by role.
    doses, fatigue
        The terms of 0 to 15 doses and of 0 to 255 earlier posts.
    publish, notice, share, believe, transact, interact
        The numbers of the stages.
    """

    luck: np.uint64
    messages: Messages
    base: NDArray[np.float64]
    doses: NDArray[np.float64]
    fatigue: NDArray[np.float64]
    publish: Publishing
    notice: Noticing
    share: Sharing
    believe: Believing
    transact: Transacting
    interact: Interacting


def messages(scenario: Scenario, posts: tuple[Post, ...]) -> Messages:
    """The columns of `posts`, each filled in from its content type and channel."""
    types = [scenario.content_types[post.type] for post in posts]
    names = list(scenario.channels)

    def column(name: str) -> NDArray[np.float64]:
        return np.array([getattr(kind, name) for kind in types], np.float64)

    return Messages(
        released=np.array([post.tick for post in posts], np.int64),
        channel=np.array([names.index(str(post.channel)) for post in posts], np.int64),
        contagiousness=column("contagiousness"),
        fidelity=column("fidelity"),
        half_life=column("longevity") / scenario.hours_per_tick,
        commerciality=column("commerciality"),
        topic=column("topic"),
        value=column("value"),
        offer=column("offer"),
        spotlight=column("spotlight"),
        effort=np.array(
            [scenario.channels[str(post.channel)].effort for post in posts], np.float64
        ),
    )


def plan(scenario: Scenario, luck: np.uint64) -> Plan:
    """Work out the numbers of a scenario under a key of luck."""
    boost, weight = scenario.boost, scenario.share.weight
    attention, credibility = scenario.attention, scenario.credibility
    transact, interact = scenario.transact, scenario.interact
    price = transact.convert_price * math.log1p(transact.price / transact.price_scale)
    return Plan(
        luck=luck,
        messages=messages(scenario, scenario.calendar()),
        base=np.array([logit(getattr(scenario.share.base, role)) for role in ROLES]),
        doses=weight.doses * np.log(np.maximum(np.arange(DOSES + 1), 1)),
        fatigue=weight.fatigue * np.log1p(np.arange(POSTS + 1)),
        publish=Publishing(
            shown=np.array(
                [
                    logistic(logit(outlet.shown) + boost.publish)
                    for outlet in scenario.publish.outlets
                ],
                np.float64,
            )
        ),
        notice=Noticing(
            attention=UNLIMITED if isinstance(attention, str) else float(attention),
            background=scenario.notice.background,
            activity=scenario.people.activity,
            boost=boost.notice,
        ),
        share=_sharing(scenario),
        believe=Believing(
            friend=credibility.friend,
            closeness=credibility.closeness,
            attenuation=credibility.attenuation,
            commerciality=credibility.commerciality,
        ),
        transact=Transacting(
            click=logit(transact.click) + boost.click,
            click_trust=transact.click_trust,
            click_offer=transact.click_offer,
            link=transact.link,
            recall=transact.recall,
            boost_find=boost.find,
            convert=logit(transact.convert) + boost.convert - price,
            convert_trust=transact.convert_trust,
            convert_value=transact.convert_value,
            convert_risk=transact.convert_risk * transact.risk,
            most=_most_believed(scenario, transact.click_trust) + MARGIN,
        ),
        interact=Interacting(
            follow=logit(interact.follow) + boost.follow,
            follow_trust=interact.follow_trust,
            thank=logit(interact.thank) + boost.thank,
            capacity=interact.capacity,
            bond_gain=interact.bond_gain,
            trust_gain=interact.trust_gain,
        ),
    )


def _most_believed(scenario: Scenario, weight: float) -> float:
    """The most that a weight times credibility can be: credibility lies between -k and 1."""
    return max(weight, -weight * scenario.credibility.commerciality)


def _sharing(scenario: Scenario) -> Sharing:
    weight, incentives, boost = scenario.share.weight, scenario.incentives, scenario.boost
    utility = math.log1p(incentives.reward / incentives.scale)
    return Sharing(
        topic=weight.topic,
        trust=weight.trust,
        reward=weight.reward * utility,
        status=weight.status,
        reciprocity=weight.reciprocity,
        image=weight.image * utility * float(incentives.public),
        boost=boost.share,
        reboost=boost.reshare,
        delay=scenario.share.delay,
        most_trusted=_most_believed(scenario, weight.trust) + MARGIN,
    )
