"""Why people pass on, when, and whom they believe: numbers of sharing."""

from __future__ import annotations

from typing import Final

from ..parameters import Delay, Scenario
from .records import (
    BASS,
    CONSTANT,
    EVERYBODY,
    EXPONENTIAL,
    LOGIT,
    LOGNORMAL,
    NONE,
    POWER_LAW,
    THRESHOLD,
    Adopting,
    Believing,
    Delaying,
    Sharing,
)
from .rewards import decision_weight, hoped_for, utility

# Log-odds by which a bound exceeds what it bounds, so that no rounding can cross it.
MARGIN: Final = 1e-9


def delaying(delay: Delay) -> Delaying:
    """The law of the delay before a share is posted."""
    law, scale, shape = {
        "none": (NONE, 0.0, 0.0),
        "constant": (CONSTANT, delay.mean, 0.0),
        "exponential": (EXPONENTIAL, delay.mean, 0.0),
        "lognormal": (LOGNORMAL, delay.median, delay.sigma),
        "power_law": (POWER_LAW, delay.onset, delay.exponent),
    }[delay.law]
    return Delaying(law, scale, shape, delay.below_cutoff)


def most_believed(scenario: Scenario, weight: float) -> float:
    """The most that a weight times credibility can be: credibility lies between -k and 1."""
    credibility = scenario.credibility
    least = credibility.commerciality + 2.0 * credibility.paid + credibility.off_brand
    return max(weight, -weight * least)


def sharing(scenario: Scenario, *, rewarded: bool, ours: bool) -> Sharing:
    """The weights of the reasons to pass on."""
    weight, incentives, boost = scenario.share.weight, scenario.incentives, scenario.boost
    paid = hoped_for(scenario) if rewarded else 0.0
    access = incentives.access if ours else 0.0
    came = utility(scenario, incentives.recipient) if rewarded else 0.0
    came *= decision_weight(scenario)
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
        most_trusted=most_believed(scenario, weight.trust) + MARGIN,
    )


def _answers(scenario: Scenario) -> bool:
    """Whether the brand ever thanks or answers anybody."""
    interact = scenario.interact
    return interact.thank > 0.0 or (interact.reply > 0.0 and interact.comment > 0.0)


def adopting(scenario: Scenario) -> Adopting:
    """The rule by which people pass on."""
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


def believing(scenario: Scenario) -> Believing:
    """Whom people believe how far."""
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
