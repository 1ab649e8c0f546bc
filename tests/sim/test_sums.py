"""What is told twice is told alike: funnel, forest, ledger, columns and series."""

from __future__ import annotations

import math

import numpy as np
import pytest
import wordofmouth as wom
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from wordofmouth import Network, Scenario
from wordofmouth.sim import state as s
from wordofmouth.sim.forest import parents
from wordofmouth.sim.kpis import kpis
from wordofmouth.sim.ledger import ACCOUNTS
from wordofmouth.sim.plan import AD, COMPLAINT, OWN, POST, RIVAL
from wordofmouth.sim.sources import ranked
from wordofmouth.sim.state import RUNGS, STEPS
from wordofmouth.sim.wave import OUTLET
from wordofmouth.sim.world import ADVOCATE, STRANGER

from ..agents.generated import scenarios
from ..agents.generated_networks import networks
from .campaigns import (
    LIVELY,
    any_campaign,
    few,
    passed_on,
    rows,
    seeds_of_luck,
)


@few
@any_campaign
def test_the_funnel_only_narrows(scenario: Scenario, network: Network, seed: int) -> None:
    result = wom.run(scenario, network=network, seed=seed)
    people = {stage.stage: stage.people for stage in result.funnel}
    order = ("notice", "click", "find", "convert")
    counts = [network.n, *(people[stage] for stage in order)]
    assert counts == sorted(counts, reverse=True)
    assert people["notice"] <= people["publish"] <= network.n
    for stage in result.funnel:
        assert stage.people <= stage.events or stage.stage == "publish"
        assert np.isnan(stage.rate) or 0 <= stage.rate <= 1
        assert stage.people > 0 or np.isnan(stage.rate) or stage.rate == 0
    assert max(people["share"], people["reshare"], people["follow"]) <= people["notice"]


@few
@any_campaign
def test_the_sums_agree(scenario: Scenario, network: Network, seed: int) -> None:
    """Series, counts, logs and columns tell the same story."""
    result = wom.run(scenario, network=network, seed=seed)
    total = {name: int(column.sum()) for name, column in result.columns.items()}

    def events_of(messages: NDArray[np.bool_]) -> dict[int, int]:
        return dict(enumerate(result.counts[messages, ..., 0].sum(axis=(0, 2, 3)).tolist()))

    events, kinds = events_of(result.ours), result.kinds
    others = events_of(~result.ours)
    rungs = [RUNGS[rung] for rung in result.climb_log.hop]
    known = result.relation
    expected = {
        "impressions": events[s.EXPOSED],
        "noticed": events[s.NOTICED],
        "reach": result.people[s.NOTICED],
        "shares": events[s.SHARED],
        "reshares": events[s.RESHARED],
        "clicks": events[s.CLICKED],
        "found": events[s.FOUND],
        "conversions": events[s.CONVERTED],
        "new_fans": events[s.FOLLOWED],
        "thanks": events[s.THANKED],
        "likes": events[s.LIKED],
        "comments": events[s.COMMENTED],
        "returns": events[s.RETURNED],
        "replies": int(result.units[:, ACCOUNTS.index("replies")].sum()),
        "participants": int((known["acts"] > 0).sum()),
        "offers_seen": int((known["flags"] & s.OFFER_SEEN != 0).sum()),
        "heard": int(result.gaps.sum()),
        "mended": others[s.MENDED],
        "complaints": others[s.COMPLAINED],
        "negative_impressions": events_of(kinds == COMPLAINT)[s.EXPOSED],
        "rival_impressions": events_of(kinds == RIVAL)[s.EXPOSED],
        "activated": rungs.count("activated"),
        "nurtured": rungs.count("nurtured"),
        "new_advocates": rungs.count("advocate"),
    }
    assert {name: total[name] for name in expected} == expected
    # Who left in the very tick is approached in vain: counted, and paid for, and on no rung.
    in_vain = total["identified"] - rungs.count("identified")
    assert 0 <= in_vain <= total["lost_fans"]
    # What is left: parts of these.
    assert total["mended"] <= total["heard"] <= total["wrong"]
    assert total["mended"] + total["complaints"] <= total["wrong"]
    assert total["refunds"] <= total["wrong"]
    assert int((known["flags"] & s.LEFT_ADDRESS != 0).sum()) <= total["leads"]
    assert total["leads"] + result.traffic[:, 2].sum() <= total["found"] + total["returns"]
    assert max(total["upsells"], total["cross_sells"]) <= total["repeats"] <= total["returns"]
    free = [each.fee == 0.0 for each in scenario.publish.outlets for _ in range(each.count)]
    assert total["media_mentions"] == result.placed[: len(free)][np.array(free, np.bool_)].sum()
    visits = total["found"] + total["returns"]
    assert result.traffic.sum(axis=0).tolist() == [total["clicks"], visits, total["conversions"]]
    # Every message.
    assert events[s.NOTICED] == events[s.NOTICED_FIRST] + events[s.NOTICED_LATER]
    shares = [every[step] for every in (events, others) for step in (s.SHARED, s.RESHARED)]
    assert result.share_log.person.size == sum(shares)
    assert result.buyer_log.person.size == events[s.CONVERTED]
    of_message = result.counts[..., 1].sum(axis=(2, 3))
    assert int((result.steps >> s.EXPOSED & 1).sum()) == result.people[s.EXPOSED]
    for step in range(1, STEPS):
        took = np.flatnonzero(result.steps & np.uint16(1 << step)).size
        assert took == result.people[step]
        if step in (s.NOTICED_FIRST, s.NOTICED_LATER):  # counted as the first that they noticed
            continue
        mine = ~result.ours if step in (s.COMPLAINED, s.MENDED) else result.ours
        assert took <= of_message[mine, step].sum()
        if step not in (s.FOLLOWED, s.COMPLAINED, s.MENDED):  # these may happen again
            assert of_message[mine, step].max(initial=0) <= took
    firsts = of_message[:, s.NOTICED_FIRST] + of_message[:, s.NOTICED_LATER]
    assert (of_message[:, s.NOTICED] == firsts).all()
    # People.
    born, ends = (each != STRANGER for each in (result.role_at_birth, result.role))
    assert born.sum() + total["new_fans"] - total["lost_fans"] == ends.sum()
    born, now = (each == ADVOCATE for each in (result.role_at_birth, result.role))
    assert born.sum() + total["new_advocates"] - total["lost_advocates"] == now.sum()
    assert ((known["rung"] == RUNGS.index("advocate")) == now).all()
    assert (np.isnan(result.community) == ~ends).all()
    shares_of_one = [result.trust, result.bond, known["given"], known["helped"]]
    for share in [*shares_of_one, result.community[ends]]:
        assert ((share >= 0) & (share <= 1)).all()


def shown_later(scenario: Scenario) -> dict[int, int]:
    """How long after it was posted each ranked feed shows a post, by the account of the feed."""
    publish = scenario.publish
    others = sum(each.count for each in publish.outlets) + len(publish.ads) + len(publish.rivals)
    hours = [scenario.channels[name].ranking_test for name in ranked(scenario)]
    return {
        OUTLET - others - row: max(1, math.ceil(test / scenario.hours_per_tick))
        for row, test in enumerate(hours)
    }


@few
@any_campaign
def test_shares_are_a_forest_in_the_network(
    scenario: Scenario, network: Network, seed: int
) -> None:
    result = wom.run(scenario, network=network, seed=seed)
    log = result.share_log
    assert len(passed_on(result)) == log.person.size, "somebody passed a message on twice"
    up = parents(log, network.n)
    kinds, released = result.kinds, np.array([post.tick or 0 for post in result.posts])
    assert (log.tick >= released[log.message]).all()
    by_hazard = scenario.share.rule == "bass"
    later = shown_later(scenario)
    runs = {
        POST: 1,
        RIVAL: 1,
        OWN: 1,
        AD: max((ad.ticks for ad in scenario.publish.ads), default=1),
    }
    for row, above in enumerate(up.tolist()):
        if above < 0:
            assert log.hop[row] == 0
            assert log.sender[row] < 0
            kind, age = int(kinds[log.message[row]]), log.tick[row] - released[log.message[row]]
            waits = scenario.people.activity != "always"
            by_feed = age == later.get(int(log.sender[row]))
            assert kind == COMPLAINT or by_hazard or waits or by_feed or age < runs[kind]
        else:
            assert log.message[above] == log.message[row]
            assert log.person[above] == log.sender[row]
            assert log.hop[above] == log.hop[row] - 1
            assert log.tick[above] < log.tick[row]
            assert result.share_hours[above] <= result.share_hours[row]
            heard = network.indices[slice(*network.indptr[log.sender[row] : log.sender[row] + 2])]
            assert log.person[row] in heard
    ours = result.ours[log.message]
    assert result.cascades.size.sum() == ours.sum()
    assert result.cascades.depth.max(initial=0) == log.hop[ours].max(initial=0)


@few
@any_campaign
def test_a_buyer_had_it_from_somebody_who_passed_it_on(
    scenario: Scenario, network: Network, seed: int
) -> None:
    result = wom.run(scenario, network=network, seed=seed)
    assert len(rows(result.buyer_log)) == len({row[:2] for row in rows(result.buyer_log)})
    shares = {(m, person): (hop, tick) for m, person, _, hop, tick in rows(result.share_log)}
    for message, person, sender, hop, tick in rows(result.buyer_log):
        if hop == 0:
            assert sender < 0
            continue
        from_hop, from_tick = shares[message, sender]
        assert (from_hop + 1, True) == (hop, from_tick < tick)
        assert person in network.indices[slice(*network.indptr[sender : sender + 2])]


@few
@given(scenarios(), networks(), seeds_of_luck, st.booleans(), st.sampled_from([0.0, 5.0]))
def test_money_spent_is_the_sum_of_its_ledger(
    scenario: Scenario, network: Network, seed: int, drawn: bool, reward: float
) -> None:
    scenario = scenario.replace({"timeline": [], "incentives.recipient": 0.0})
    priced = scenario.replace(
        {
            "publish.cost": 7.0,
            "publish.ads": [],
            "publish.seed_cost": 0.0,
            "publish.seed_cost_follower": 0.0,
            "incentives.budget": None,
            "share.delay": 0.0,
            "publish.outlets": [{"fee": 3.0}, {"fee": 0.5}],
            "publish.tools": [{"ease": 0.1, "cost": 2.5, "upkeep": 84.0}, {"cost": 0.25}],
            "publish.value_cost": 0.5,
            "publish.pitch_cost": 0.75,
            "content_types.*.cost": 1.25,
            "incentives.access": 1.0,
            "incentives.access_cost": 0.5,
            "incentives.paid": "draw" if drawn else "share",
            "incentives.prize": 11.0,
            "incentives.reward": reward,
            "interact.cost": 0.25,
            "transact.worth": 2.0,
            # Prices of their own are in tests/sim/test_people.py.
            **{f"segments.{name}.price": None for name in scenario.segments},
        }
    )
    result = wom.run(priced, network=network, seed=seed)
    values, total = kpis(result), {name: int(c.sum()) for name, c in result.columns.items()}
    # Paid is a share when it is posted, which those of the last tick are not any more.
    log, ours = result.share_log, result.ours[result.share_log.message]
    shares = int((ours & (log.tick < priced.horizon - 1)).sum())
    posted = [
        post.tick or 0 for post, kind in zip(result.posts, result.kinds, strict=True) if not kind
    ]
    posts = sum(tick < priced.horizon for tick in posted)
    # The reward is what a share is worth to a person: where there is none, there is no draw.
    rewards = (11.0 if ours.any() and reward else 0.0) if drawn else shares * reward
    price, advocacy = priced.transact.price, priced.advocacy
    made = [
        7.0 * (1.0 + 0.5 * priced.content_types[post.type].value) + 1.25
        for post, kind in zip(result.posts, result.kinds, strict=True)
        if not kind and (post.tick or 0) < priced.horizon
    ]
    perk = 0.5 * priced.incentives.scale * math.expm1(1.0)
    units = dict(zip(ACCOUNTS, result.units.sum(axis=0).tolist(), strict=True))
    expected = dict.fromkeys(ACCOUNTS, 0.0) | {
        "posts": sum(made),
        "pitches": 0.75 * 2 * posts,
        "access": perk * shares,
        "tools": 2.75 + 84.0 * priced.horizon * priced.hours_per_tick / 168.0,
        "offers": result.ledger["offers"],
        "placements": 3.5 * posts,
        "rewards": rewards,
        "discounts": price * priced.incentives.discount * units["discounts"],
        "thanks": 0.25 * total["thanks"],
        "replies": 0.25 * total["replies"],
        "service": 0.25 * units["service"],
        # For the same money fewer are asked, where others take a part of it.
        "outreach": advocacy.outreach_cost * total["identified"] / (1.0 - priced.hurdles.vested),
        "nurture": advocacy.nurture_cost * units["nurture"],
        "refunds": result.ledger["refunds"],
    }
    assert result.ledger == pytest.approx(expected)
    # Some had it cheaper, through somebody or over an offer.
    most = price * total["refunds"]
    least = 1.0 - priced.incentives.discount - priced.transact.offer_cost
    assert least * most - 1e-5 <= result.ledger["refunds"] <= most + 1e-5
    # Of whom an offer was taken, at most so much of the price.
    most = priced.transact.offer_cost * price * units["offers"]
    assert 0.0 <= result.ledger["offers"] <= most + 1e-5
    assert units["service"] >= total["mended"]
    assert units["nurture"] >= total["nurtured"]
    assert values["cost"] == sum(result.ledger.values())
    assert values["cost"] == pytest.approx(result.payments["amount"].sum())
    assert values["reward_cost"] == pytest.approx(rewards)
    purchases = total["conversions"] + total["repeats"]
    assert values["revenue"] == pytest.approx(purchases * (price + 2.0))
    assume(values["cost"])
    assert values["return_on_spend"] == values["revenue"] / values["cost"]


@few
@given(scenarios(), networks(), seeds_of_luck, st.floats(0.0, 60.0))
def test_rewards_never_exceed_their_budget(
    scenario: Scenario, network: Network, seed: int, budget: float
) -> None:
    incentives = {"reward": 3.0, "recipient": 2.0, "paid": "referral", "fraud": 0.5}
    generous = scenario.replace({"timeline": [], "incentives": {**incentives, "budget": budget}})
    paid = wom.run(generous, network=network, seed=seed).ledger
    assert paid["rewards"] + paid["recipients"] + paid["fraud"] <= budget
    assert paid["recipients"] == pytest.approx(paid["rewards"] * 2 / 3)


def test_a_budget_is_spent_to_the_last_reward() -> None:
    scenario = Scenario().replace(LIVELY | {"incentives.reward": 3.0, "incentives.budget": 50.0})
    result = wom.run(scenario, seed=5)
    assert result.kpis["shares"] + result.kpis["reshares"] > 17
    assert result.ledger["rewards"] == 48.0
