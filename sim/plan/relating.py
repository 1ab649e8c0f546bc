"""How followers come, stay, complain and become advocates: numbers of relations with the brand."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import exponential, logit, shifted
from ..parameters import Post, Scenario
from ..parameters.policy import moved
from .clock import ticks_that_last, whole_ticks
from .messages import COMPLAINT, with_tools
from .records import Complaining, Interacting, Promoting

_LN2: Final = 0.6931471805599453


def interacting(scenario: Scenario, listening: float) -> Interacting:
    """Log-odds and weights of following, leaving, liking, commenting; what a contact does."""
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
        delay=whole_ticks(scenario, interact.delay),
        channel=-1 if interact.channel is None else list(scenario.channels).index(interact.channel),
        bond_gain=interact.bond_gain,
        trust_gain=interact.trust_gain,
    )


def relates(scenario: Scenario) -> bool:
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


def left_by_silence(scenario: Scenario, half_life: float | None) -> NDArray[np.float64]:
    """What so many ticks of silence leave, up to the whole horizon."""
    ticks = scenario.horizon + 1
    if half_life is None:
        return np.ones(ticks)
    half = half_life / scenario.hours_per_tick
    return np.array([exponential(-_LN2 * tick / half) for tick in range(ticks)])


def complaining(
    scenario: Scenario, entries: list[tuple[int, Post, int, int]], listening: float
) -> Complaining:
    """What goes wrong, who hears of it, and what becomes of it."""
    complaints, hurdles = scenario.complaints, scenario.hurdles
    kinds = [entry[0] for entry in entries]
    return Complaining(
        rate=complaints.rate,
        topics=complaints.topics,
        first=kinds.index(COMPLAINT) if COMPLAINT in kinds else len(kinds),
        loss=complaints.loss,
        detection=shifted(complaints.detection, scenario.boost.mend + listening)
        * (1.0 - hurdles.silo),
        delay=whole_ticks(scenario, complaints.delay + hurdles.delay),
        patience=ticks_that_last(scenario, complaints.patience),
        recovery=complaints.recovery,
        refund=complaints.refund,
        churn=complaints.churn,
        harm=scenario.negative.harm,
    )


def promoting(scenario: Scenario, effort: dict[str, float]) -> Promoting:
    """The advocacy programme, what stands in its way, and talk that begins with people."""
    advocacy, hurdles, talk = scenario.advocacy, scenario.hurdles, scenario.talk
    left = 1.0 - hurdles.vested
    return Promoting(
        interval=advocacy.interval,
        listen=shifted(advocacy.listen, math.log(effort["listening"])) * (1.0 - hurdles.silo),
        delay=whole_ticks(scenario, hurdles.delay),
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
