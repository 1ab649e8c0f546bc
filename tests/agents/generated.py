"""Generated scenarios: every stage and switch, over small networks of any shape.

Hypothesis chooses which parts of the model are switched on, and one number from which all values
are drawn; left to choose the values, it would mostly try again what it tried before, and silent
campaigns have nothing to disagree about. Shrinking switches off what a failure does not need.
Now and then a value is at the end of its range, where a stage falls silent or takes everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, get_args

import numpy as np
from hypothesis import strategies as st
from numba.core.config import DISABLE_JIT
from wordofmouth import Scenario
from wordofmouth.sim.parameters.publish import Policy

Value = Callable[[np.random.Generator], Any]
# Thousands of cascades backwards take minutes with compilation off.
POLICIES = [each for each in get_args(Policy) if each != "greedy" or not DISABLE_JIT]


def one_of(*values: Any) -> Value:
    """One of some values."""
    return lambda rng: values[rng.integers(len(values))]


def mostly(low: float, high: float, *ends: float) -> Value:
    """Five times out of six between `low` and `high`, else one of the ends."""
    between, end = (lambda rng: round(float(rng.uniform(low, high)), 4)), one_of(*ends)
    return lambda rng: end(rng) if rng.random() < 1 / 6 else between(rng)


def outlets(rng: np.random.Generator) -> list[dict[str, Any]]:
    """One to three kinds of outlets, some of them many."""
    return [
        {
            "audience": chance(rng),
            "shown": chance(rng),
            "count": int(rng.integers(1, 4)),
            "acceptance": chance(rng),
            "overlap": one_of(0.0, 0.5, 1.0)(rng),
            "standing": one_of(None, chance(rng))(rng),
            "fee": one_of(0.0, 7.0)(rng),
        }
        for _ in range(rng.integers(1, 4))
    ]


def ads(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Up to three flights, some of them of one ad; what is answered was noticed."""
    return [
        {
            "format": one_of("search", "social", "video", "broadcast", "influencer")(rng),
            **one_of({}, {"noticed": 0.9, "response": 0.5}, {"noticed": 1.0, "response": 1.0})(rng),
            "type": one_of("one", "two")(rng),
            "tick": int(rng.integers(4)),
            "ticks": int(rng.integers(1, 5)),
            "audience": chance(rng),
            "impressions": one_of(0.5, 2.0, 20.0)(rng),
            "viewing": one_of(0.5, 1.0, 5.0)(rng),
            "production": one_of(0.0, 9.0)(rng),
            "cost_per_thousand": one_of(None, 4.0)(rng),
        }
        for _ in range(rng.integers(4))
    ]


def tools(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Up to two tools."""
    return [
        {
            "reach": chance(rng),
            "ease": one_of(0.0, 0.5)(rng),
            "value": chance(rng),
            "cost": one_of(0.0, 9.0)(rng),
            "upkeep": one_of(0.0, 3.0)(rng),
        }
        for _ in range(rng.integers(3))
    ]


def segments(rng: np.random.Generator) -> dict[str, Any]:
    """One to three segments; shares of the first two are side by side."""
    number = mostly(-1.0, 2.0, 0.0, -5.0, 5.0)
    return {
        name: {
            "share": float(rng.uniform(0.0, 0.33)),
            "base": number(rng),
            "click": number(rng),
            "convert": number(rng),
            "trust": one_of(None, 0.2, 0.9)(rng),
            "bond": one_of(None, 0.1, 0.8)(rng),
            "activity": one_of(None, 0.0, 0.5, 5.0)(rng),
            "price": one_of(None, None, 0.0, 7.0, 40.0)(rng),
        }
        for name in ("ones", "others", "rest")[: rng.integers(1, 4)]
    }


def calendar(rng: np.random.Generator) -> list[dict[str, Any]]:
    """One to four posts, some of them a rival's."""
    return [
        {
            "type": str(rng.choice(["one", "two"])),
            "channel": str(rng.choice(["feed", "wall"])),
            "brand": one_of(None, None, "other", "third")(rng),
        }
        for _ in range(rng.integers(1, 5))
    ]


def rivals(rng: np.random.Generator) -> list[dict[str, Any]]:
    """The two rivals, each with people whom it asks, and ready to react or not."""
    return [
        {
            "name": name,
            "followers": chance(rng),
            "trust": chance(rng),
            "seeds": int(rng.integers(3)),
            "reacts_above": one_of(None, 0.0, 0.3, 0.8)(rng),
            "reacts_every": int(rng.integers(1, 5)),
            "reacts_type": one_of("one", "two")(rng),
        }
        for name in ("other", "third")
    ]


def timeline(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Up to three changes of anything that can change."""
    return [
        {
            "tick": int(rng.integers(1, 7)),
            "set": {
                path: value(rng)
                for path, value in CHANGES.items()
                if rng.random() < 3 / len(CHANGES)
            },
        }
        for _ in range(rng.integers(1, 4))
    ]


chance = mostly(0.05, 0.95, 0.0, 1.0)
weight = mostly(-1.0, 2.0, 0.0, 0.0)
offset = mostly(-1.0, 1.0, -5.0, 5.0)

# A campaign with something going on at every stage.
LIVELY = Scenario().replace(
    {
        "horizon": 10,
        "people.fans": 0.3,
        "people.advocates": 0.2,
        "share.base.stranger": 0.2,
        "share.base.fan": 0.3,
        "share.base.advocate": 0.4,
        "transact.click": 0.3,
        "transact.convert": 0.5,
        "interact.follow": 0.3,
        "interact.thank": 0.5,
        "content": ["one", "two"],
        "publish.interval": 2,
        "publish.rivals": [{"name": "other", "followers": 0.3}, {"name": "third", "trust": 0.9}],
        "content_types": {"one": {}, "two": {}, "grumble": {"contagiousness": 1.0}},
        "channels": {"feed": {}, "wall": {}},
        "complaints.type": "grumble",
        "advocacy.type": "two",
        "advocacy.interval": 2,
    }
)

PARTS: dict[str, dict[str, Value]] = {
    "time": {
        "horizon": one_of(1, 3, 5, 9, 12, 20),
        "hours_per_tick": one_of(0.5, 1.0, 6.0, 24.0, 168.0),
        "share.delay.law": one_of("none", "constant", "exponential", "lognormal", "power_law"),
        "share.delay.mean": one_of(0.4, 1.5, 20.0),
        "share.delay.median": one_of(0.4, 1.3),
        "share.delay.sigma": one_of(0.5, 2.2),
        "share.delay.onset": one_of(0.1, 1.0),
        "share.delay.exponent": one_of(0.2, 2.0),
        "share.delay.cutoff": one_of(0.05, 40.0),
    },
    "attention": {
        "attention": mostly(1.0, 8.0, 0.2, 100.0),
        "notice.background": one_of(0.0, 0.1),
        "notice.habit": one_of(0.0, 0.4, 2.0),
    },
    "activity": {
        "people.activity": mostly(0.5, 3.0, 0.0, 10.0),
        "people.rhythm": one_of([], [], [0.0] * 6 + [1.0] * 12 + [3.0] * 6),
    },
    "roles": {
        "people.fans": mostly(0.1, 0.6, 0.0, 1.0),
        "people.advocates": chance,
        "people.trust.stranger": chance,
        "people.trust.fan": chance,
        "people.bond.fan": chance,
    },
    "traits": {
        "people.susceptibility_spread": one_of(0.3, 1.0),
        "people.affinity_spread": one_of(0.3, 1.0),
        "people.opportunists": one_of(0.0, 0.3),
        "people.topic_spread": one_of(0.1, 0.5),
    },
    "segments": {"segments": segments},
    "seeds": {
        "publish.seeds": one_of(1, 2, 3),
        "publish.seeding": one_of(*POLICIES),
        "publish.seed_cost": one_of(0.0, 2.0),
        "publish.seed_cost_follower": one_of(0.0, 0.1),
        "publish.seed_accept": mostly(0.1, 0.9, 1.0, 1.0, 0.0),
        "publish.seed_accept_reward": weight,
        "publish.seed_accept_bond": weight,
        "publish.outreach": one_of(None, None, 1, 3, 5),
        "publish.seed_chance": one_of(0.1),
    },
    "outlets": {"publish.outlets": outlets},
    "ads": {
        "publish.ads": ads,
        "publish.wear_out": one_of(10.0, 1.0, 1e6),
        "publish.ad_half_life": one_of(504.0, 1.0),
        "publish.ad_shared": one_of(0.2, 1.0),
    },
    "rivals": {"publish.rivals": rivals},
    "calendar": {
        "content": calendar,
        "publish.interval": one_of(1, 2, 3),
    },
    "base": {
        f"share.base.{role}": mostly(0.05, 0.5, 0.0, 1.0)
        for role in ("stranger", "fan", "advocate")
    },
    "reasons": {
        f"share.weight.{reason}": weight
        for reason in ("topic", "status", "reciprocity", "generalised", "thanked", "doses", "first",
                       "fatigue")
    },
    "rule": {
        "share.rule": one_of("logit", "logit", "logit", "threshold", "bass"),
        "share.threshold": one_of(1.0, 2.0, 0.2, 0.5),
        "share.bass.innovation": mostly(0.0, 0.1, 0.0, 1.0),
        "share.bass.imitation": mostly(0.1, 0.6, 0.0, 1.0),
        "share.bass.mixing": one_of("everybody", "network"),
        "share.after": one_of("notice", "notice", "purchase"),
    },
    "trust": {
        "share.weight.trust": weight,
        "transact.click_trust": weight,
        "credibility.friend": chance,
        "credibility.closeness": chance,
        "credibility.attenuation": chance,
        "credibility.commerciality": mostly(0.0, 2.0, 0.0, 10.0),
        "credibility.paid": one_of(0.0, 0.5),
        "credibility.off_brand": one_of(0.0, 0.5),
        "topic_map.width": one_of(0.1, 0.5),
        "credibility.ties": one_of("given", "reciprocity", "common_neighbours"),
    },
    "reward": {
        "share.weight.reward": weight,
        "share.weight.image": weight,
        "share.weight.reward_weak": one_of(0.0, 0.0, 1.0, 3.0),
        "incentives.reward": one_of(1.0, 5.0),
        "incentives.public": one_of(False, True),
        "incentives.budget": one_of(None, 30.0, 500.0),
        "incentives.access": one_of(0.0, 0.5),
        "incentives.judged_chance": one_of(None, None, 0.2),
    },
    "referral": {
        "incentives.paid": one_of("referral", "conversion", "draw"),
        "incentives.recipient": one_of(0.0, 4.0, 4.0),
        "incentives.discount": one_of(0.0, 0.2, 0.2),
        "incentives.fraud": chance,
        "incentives.audit": chance,
        "transact.click_reward": weight,
        "share.weight.recipient": one_of(None, 0.0, 1.0),
        "transact.convert_reward": weight,
    },
    "transact": {
        "transact.click": mostly(0.05, 0.5, 0.0, 1.0),
        "transact.click_offer": weight,
        "transact.click_doses": weight,
        "transact.once": one_of("campaign", "campaign", "post"),
        "transact.link": chance,
        "transact.recall": chance,
        "transact.convert": mostly(0.1, 0.9, 0.0, 1.0),
        "transact.convert_trust": weight,
        "transact.convert_value": weight,
        "transact.convert_given": weight,
        "transact.convert_price": weight,
        "transact.price": one_of(0.0, 20.0, 20.0),
        "transact.risk": chance,
        "transact.convert_risk": weight,
    },
    "interact": {
        "interact.follow": mostly(0.1, 0.9, 0.0, 1.0),
        "interact.follow_trust": weight,
        "interact.thank": chance,
        "interact.capacity": one_of(0, 1, 2, 5, 50),
        "interact.bond_gain": chance,
        "interact.trust_gain": chance,
        "interact.follow_exclusive": weight,
        "interact.follow_value": weight,
        "interact.reply": mostly(0.2, 1.0, 0.0, 1.0),
        "interact.delay": one_of(0, 0, 1, 3),
        "interact.channel": one_of(None, None, "wall"),
        "interact.cost": one_of(0.0, 1.0),
    },
    "reactions": {
        "interact.like": chance,
        "interact.like_bond": weight,
        "interact.comment": mostly(0.2, 1.0, 0.0, 1.0),
        "interact.comment_bond": weight,
        "interact.comment_dialogue": weight,
        "interact.comment_community": weight,
    },
    "leaving": {
        "interact.unfollow": mostly(0.02, 0.3, 0.0, 1.0),
        "interact.unfollow_fatigue": weight,
        "interact.unfollow_selling": weight,
        "interact.unfollow_bond": weight,
        "interact.unfollow_community": weight,
    },
    "relation": {
        "relation.pressure": chance,
        "relation.monologue": chance,
        "relation.memory": chance,
        "relation.disclosure": chance,
        "relation.disclosure_optimum": one_of(0.3, 0.5, 1.0),
    },
    "silence": {
        "relation.trust_half_life": one_of(None, 2.0, 20.0),
        "relation.bond_half_life": one_of(None, 2.0, 20.0),
    },
    "returns": {
        "returns.lead": chance,
        "returns.visit": mostly(0.2, 0.9, 1.0),
        "returns.repeat": mostly(0.2, 0.9, 1.0),
        "returns.bond": weight,
        "returns.interval": one_of(0.0, 1.0, 3.0),
        "returns.upsell": chance,
        "returns.cross_sell": chance,
    },
    "complaints": {
        "complaints.rate": mostly(0.4, 0.9, 1.0),
        "complaints.topics": one_of(1, 2, 3),
        "complaints.loss": chance,
        "complaints.detection": mostly(0.3, 1.0, 0.0, 1.0),
        "complaints.delay": one_of(0, 0, 0, 1, 2),
        "complaints.patience": one_of(0, 2, 4, 8),
        "complaints.recovery": chance,
        "complaints.refund": chance,
        "complaints.churn": chance,
        "negative.speed": one_of(1.0, 5.0),
        "negative.reach": one_of(1.0, 5.0),
        "negative.harm": chance,
        "negative.convert": one_of(0.0, 0.5, 3.0),
    },
    "advocacy": {
        "advocacy.interval": one_of(1, 2, 3),
        "advocacy.listen": chance,
        "advocacy.identify": one_of(True, True, False),
        "advocacy.outreach": one_of(1, 2, 5, 50),
        "advocacy.accept": mostly(0.2, 0.9, 1.0),
        "advocacy.accept_bond": weight,
        "advocacy.accept_activity": weight,
        "advocacy.nurture": mostly(0.1, 0.9, 0.0, 1.0),
        "advocacy.empower": one_of(True, True, True, False),
        "advocacy.bond": mostly(0.3, 0.8, 0.0, 1.0),
        "advocacy.post": chance,
        "advocacy.dialogue": one_of(None, 0.5),
        "advocacy.outreach_cost": one_of(0.0, 2.0),
        "advocacy.nurture_cost": one_of(0.0, 3.0),
    },
    "inside": {
        "hurdles.delay": one_of(0, 1, 2),
        "hurdles.silo": one_of(0.0, 0.3),
        "hurdles.vested": one_of(0.0, 0.4),
        "hurdles.short_term": one_of(0.0, 0.5, 1.0),
        "hurdles.target": one_of(0.0, 3.0, 1000.0),
        "effort.listening": one_of(0.5, 1.0, 3.0),
        "effort.influencing": one_of(0.5, 1.0),
        "effort.networking": one_of(0.5, 1.0),
        "effort.selling": one_of(0.0, 0.5, 1.0),
    },
    "talk": {
        "hours_per_tick": one_of(6.0, 24.0, 100.0, 168.0, 400.0),  # they come with the weeks
        "talk.rate": one_of(0.2, 1.0),
        "talk.found": one_of(0.6, 1.0),
        "talk.type": one_of("one", "two"),
    },
    "tools": {"publish.tools": tools},
    "community": {
        "community.rooms": one_of(1, 2, 5),
        "community.talk": one_of(0.5, 3.0),
        "community.crowd": one_of(5.0, 150.0),
        "community.tenure": one_of(1.0, 24.0),
    },
    "channels": {
        "channels.feed.membership": mostly(0.5, 0.95, 1.0),
        "channels.wall.membership": mostly(0.2, 0.8, 1.0),
        "channels.wall.longevity": one_of(None, 3.0),
        "channels.wall.ranking": one_of("time", "engagement", "engagement"),
        "channels.feed.ranking": one_of("time", "engagement"),
        "channels.wall.ranking_test": one_of(0.0, 1.0, 2.5),
        "channels.feed.ranking_reach": chance,
        "channels.feed.ranking_half": one_of(0.01, 0.3),
        "people.overlap": chance,
        "share.bounce": chance,
        "publish.cross_posting": one_of(False, True),
    },
    "boost": {
        f"boost.{stage}": offset
        for stage in Scenario().boost.model_dump()
    },
    "content": {
        "channels.feed.effort": mostly(-0.5, 0.5, 2.0),
        "content_types.grumble.contagiousness_spread": one_of(0.0, 1.0),
        **{
            f"content_types.{kind}.{trait}": value
            for kind in ("one", "two")
            for trait, value in {
                "contagiousness": weight,
                "contagiousness_spread": one_of(0.0, 0.3, 2.0),
                "fidelity": chance,
                "longevity": mostly(2.0, 48.0, 0.5),
                "commerciality": chance,
                "topic": mostly(0.0, 1.0, 0.0, 1.0),
                "value": chance,
                "offer": chance,
                "spotlight": chance,
                "disclosure": chance,
                "dialogue": chance,
                "exclusive": one_of(False, False, True),
            }.items()
        },
    },
    "timeline": {"timeline": timeline},
}  # fmt: skip

# How much, where the parts above say whether: drawn where agents are held against kernels.
SCALES: dict[str, dict[str, Value]] = {
    "scales": {
        "people.reluctance": one_of(0.0, 4.0),
        "people.greed": one_of(1.0, 3.0),
        "people.topic": mostly(0.0, 1.0, 0.0, 1.0),
        "people.trust.advocate": chance,
        "people.bond.stranger": chance,
        "people.bond.advocate": chance,
        "publish.cost": one_of(0.0, 10.0),
        "publish.asked": one_of([], [], [2, 0]),
        "publish.seed_budget": one_of(None, None, 4.0),
        "publish.seed_cost_exponent": one_of(0.5, 1.5),
        "topic_map.centre": mostly(0.0, 1.0, 0.0, 1.0),
        "incentives.scale": one_of(0.5, 10.0),
        "incentives.prize": one_of(0.0, 50.0, 1000.0),
        "incentives.access_cost": one_of(0.0, 0.5),
        "incentives.hearers": one_of(1.0, 15.0),
        "incentives.weighting": one_of(0.61, 1.0),
        "transact.price_scale": one_of(1.0, 50.0),
        "transact.worth": one_of(0.0, 3.0),
        "transact.elasticity": one_of(0.0, 2.62),
        "transact.reference_price": one_of(None, 10.0),
        "transact.offer_cost": one_of(0.0, 0.3),
        "publish.value_cost": one_of(0.0, 2.0),
        "publish.pitch_cost": one_of(0.0, 3.0),
        "transact.margin": one_of(1.0, 0.4),
        "transact.unit_cost": one_of(None, 3.0),
        "returns.upsell_worth": one_of(0.0, 3.0),
        "returns.cross_sell_worth": one_of(0.0, 3.0),
        "complaints.gap": one_of(1, 5),
        "topic_map.topics": one_of(1, 4, 12),
        "topic_map.gap": one_of(1, 5),
        "advocacy.sample": one_of(0, 3, 50),
        "effort.elasticity": one_of(0.0, 0.5, 2.0),
    },
}

# What may change during a campaign.
CHANGES: dict[str, Value] = {
    path: value
    for part in ("activity", "attention", "base", "reasons", "transact", "interact", "reactions",
                 "leaving", "relation", "returns", "complaints", "boost", "content", "inside")
    for path, value in PARTS[part].items()
    if not path.startswith("channels.") and path != "complaints.topics"
} | {
    "incentives.reward": one_of(0.0, 5.0),
    "incentives.budget": one_of(10.0, 100.0),
    "publish.seed_accept": chance,
    "advocacy.post": chance,
    "advocacy.outreach": one_of(0, 3),
    "share.bounce": chance,
    "share.delay": one_of(0.0, 2.0),
}  # fmt: skip

# Every mechanism at once, and each of them at work.
WHOLE = LIVELY.replace(
    {
        "horizon": 24, "hours_per_tick": 8.0, "network.people": 300,
        "attention": 12.0, "notice.background": 0.05,
        "people.advocates": 0.1, "people.susceptibility_spread": 0.5, "people.opportunists": 0.1,
        "people.affinity_spread": 0.5, "people.topic_spread": 0.2, "people.overlap": 0.3,
        "content": ["one", "two", {"type": "one", "brand": "other"}, "two", "one"],
        "content_types.one": {"value": 0.7, "commerciality": 0.2, "offer": 0.3, "disclosure": 0.4,
                              "contagiousness_spread": 0.3},
        "people.activity": 1.0,
        "content_types.two": {"commerciality": 0.6, "dialogue": 0.7, "exclusive": True},
        "channels": {"feed": {"membership": 0.8}, "wall": {"membership": 0.5, "longevity": 12.0}},
        "publish.interval": 4, "publish.seeds": 5, "publish.seed_cost_follower": 0.1,
        "publish.pitch_cost": 1.0, "publish.value_cost": 0.5,
        "publish.seed_accept": 0.5, "publish.seed_accept_bond": 1.0, "publish.outreach": 12,
        "publish.outlets": [{"audience": 0.1, "fee": 9.0, "standing": 0.5},
                            {"count": 5, "audience": 0.02, "acceptance": 0.5}],
        "publish.ads": [{"type": "two", "tick": 3, "ticks": 4, "audience": 0.3}],
        "publish.wear_out": 3.0, "publish.ad_half_life": 12.0,
        "topic_map.width": 0.2, "credibility.off_brand": 0.3, "credibility.paid": 0.1,
        "credibility.ties": "common_neighbours",
        "share.bounce": 0.3, "share.delay": {"law": "lognormal"},
        "share.weight": {"topic": 0.3, "trust": 0.8, "reward": 0.5, "status": 0.2, "doses": 0.2,
                         "reciprocity": 0.5, "generalised": 0.5, "image": 0.1, "fatigue": 0.2,
                         "first": 0.3},
        "incentives": {"reward": 5.0, "recipient": 3.0, "paid": "referral", "budget": 300.0,
                       "discount": 0.1, "fraud": 0.5, "audit": 0.3, "access": 0.1},
        "transact.click_trust": 0.5, "transact.price": 20.0, "transact.convert_price": 0.3,
        "transact.convert_given": 0.5, "transact.convert_risk": 0.5, "transact.risk": 0.5,
        "returns": {"lead": 0.5, "visit": 0.5, "repeat": 0.6, "bond": 0.5, "interval": 2.0,
                    "upsell": 0.3, "cross_sell": 0.3},
        "interact.unfollow": 0.05, "interact.unfollow_bond": 1.0, "interact.unfollow_selling": 0.5,
        "interact.unfollow_community": 1.0, "interact.unfollow_fatigue": 0.2,
        "interact.like": 0.2, "interact.comment": 0.1, "interact.comment_community": 0.5,
        "interact.reply": 0.8, "interact.capacity": 10, "interact.cost": 0.5,
        "relation": {"pressure": 0.1, "monologue": 0.05, "disclosure": 0.1,
                     "trust_half_life": 200.0, "bond_half_life": 50.0},
        "complaints": {"rate": 0.5, "type": "grumble", "detection": 0.7, "patience": 3,
                       "refund": 0.5, "churn": 0.5},
        "advocacy": {"interval": 3, "type": "two", "listen": 0.6, "outreach": 15,
                     "accept_bond": 1.0, "nurture": 0.4, "post": 0.4, "bond": 0.5,
                     "outreach_cost": 1.0},
        "hurdles": {"delay": 1, "vested": 0.1, "short_term": 0.5, "target": 50.0},
        "talk": {"rate": 0.3, "found": 0.6, "type": "one"}, "notice.habit": 0.1,
        "publish.tools": [{"reach": 0.4, "ease": 0.3, "value": 0.5, "cost": 5.0, "upkeep": 3.0}],
        "effort.listening": 2.0, "effort.selling": 0.5, "community.rooms": 3,
        "timeline": [{"tick": 10, "set": {"incentives.reward": 8.0, "share.base.fan": 0.4}}],
    }
)  # fmt: skip

numbers = st.integers(0, 2**32 - 1)


def lively(changes: dict[str, Any]) -> Scenario:
    """A lively scenario with these changes, and without what they exclude."""
    if changes.get("incentives.paid") == "draw":
        changes["incentives.recipient"] = 0.0  # which is paid for a visit or a transaction
    if changes.get("share.rule", "logit") != "logit":
        changes["share.after"] = "notice"  # only a logit asks who bought
    if changes.get("people.activity", "always") in ("always", 0.0):
        for change in changes.get("timeline", ()):
            # Feeds wait from the beginning, where anybody visits, or never.
            change["set"].pop("people.activity", None)
    return LIVELY.replace(changes)


@st.composite
def scenarios(
    draw: st.DrawFn,
    without: Collection[str] = (),
    parts: Mapping[str, dict[str, Value]] = PARTS,
) -> Scenario:
    """A scenario in which any parts of the model are switched on, but those named in `without`."""
    rng = np.random.default_rng(draw(numbers))
    changes: dict[str, Any] = {}
    for name, part in parts.items():
        if name in without:
            continue
        values = {path: value(rng) for path, value in part.items()}
        changes |= values if draw(st.sampled_from([False, True, True])) else {}
    return lively(changes)
