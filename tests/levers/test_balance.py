"""What balances in every campaign, with everything on: people, rungs, money, threads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Result
from wordofmouth.sim.ledger import millionths
from wordofmouth.sim.parameters.paths import flat
from wordofmouth.sim.state import RUNGS, SERIES

from .fates import fates
from .lever import BASE, campaign, networks, scenario
from .test_money import ALL_PAID

# Every stage has something to do, and what it does acts back on the others.
EVERYTHING: dict[str, Any] = {
    "horizon": 48,
    "hours_per_tick": 6.0,
    "attention": 6.0,
    "notice.background": 0.1,
    "people": {
        "fans": 0.2,
        "advocates": 0.1,
        "activity": 0.4,
        "susceptibility_spread": 0.5,
        "affinity_spread": 0.5,
        "opportunists": 0.1,
        "topic": 0.3,
        "topic_spread": 0.2,
        "overlap": 0.3,
    },
    "content_types": {
        "post": {"value": 0.6, "commerciality": 0.3, "disclosure": 0.4, "offer": 0.3},
        "question": {"dialogue": 0.9, "value": 0.3, "spotlight": 0.5},
        "exclusive": {"exclusive": True, "offer": 0.8, "commerciality": 0.6},
        "hard_sell": {"commerciality": 0.9, "offer": 0.5},
        "rant": {"contagiousness": 0.5},
    },
    "channels": {"feed": {"membership": 0.8, "effort": 0.1}, "b": {"membership": 0.5}},
    "content": [
        "post",
        {"type": "question", "channel": "b"},
        {"type": "post", "brand": "other"},
        "exclusive",
        "hard_sell",
    ],
    "publish": {
        "interval": 6,
        "cost": 10.0,
        "pitch_cost": 0.5,
        "seeds": 5,
        "seed_cost": 1.0,
        "seed_cost_follower": 0.1,
        "rivals": [{"name": "other", "followers": 0.2}],
        "outlets": [
            {"name": "big", "audience": 0.1, "fee": 50.0, "standing": 0.5},
            {"name": "blog", "count": 10, "audience": 0.01, "acceptance": 0.5},
        ],
        "ads": [{"tick": 3, "ticks": 4, "audience": 0.3, "impressions": 2.0}],
        "tools": [{"reach": 0.3, "ease": 0.2, "value": 0.3, "cost": 20.0, "upkeep": 2.0}],
    },
    "topic_map": {"centre": 0.2, "width": 0.1},
    "credibility": {"paid": 0.2, "off_brand": 0.3, "ties": "common_neighbours"},
    "share": {
        "base": {"stranger": 0.06, "fan": 0.08, "advocate": 0.2},
        "bounce": 0.3,
        "delay": {"law": "lognormal"},
    },
    "share.weight": {
        "topic": 0.3,
        "trust": 0.8,
        "reward": 0.5,
        "status": 0.2,
        "reciprocity": 0.5,
        "generalised": 0.5,
        "doses": 0.2,
        "image": 0.1,
        "fatigue": 0.2,
    },
    "incentives": {
        "reward": 5.0,
        "recipient": 2.0,
        "paid": "referral",
        "budget": 300.0,
        "discount": 0.1,
        "fraud": 0.3,
        "audit": 0.3,
        "access": 0.1,
    },
    "transact": {
        "click": 0.3,
        "click_trust": 0.5,
        "click_offer": 0.5,
        "click_reward": 0.3,
        "convert": 0.4,
        "convert_trust": 0.5,
        "convert_given": 0.5,
        "convert_reward": 0.3,
        "price": 20.0,
        "convert_price": 0.3,
        "risk": 0.5,
        "convert_risk": 0.5,
    },
    "returns": {
        "lead": 0.3,
        "visit": 0.5,
        "repeat": 0.5,
        "bond": 0.5,
        "interval": 18.0,
        "upsell": 0.3,
        "cross_sell": 0.3,
        "upsell_worth": 5.0,
        "cross_sell_worth": 3.0,
    },
    "interact": {
        "follow": 0.3,
        "follow_trust": 0.5,
        "follow_exclusive": 0.5,
        "unfollow": 0.1,
        "unfollow_selling": 0.5,
        "unfollow_fatigue": 0.3,
        "unfollow_bond": 1.0,
        "unfollow_community": 1.0,
        "like": 0.2,
        "comment": 0.1,
        "comment_bond": 1.0,
        "comment_dialogue": 0.5,
        "comment_community": 0.5,
        "thank": 0.5,
        "reply": 0.8,
        "capacity": 1.34,
        "delay": 6.0,
        "channel": "feed",
        "cost": 0.5,
    },
    "relation": {
        "pressure": 0.1,
        "monologue": 0.05,
        "disclosure": 0.1,
        "trust_half_life": 200.0,
        "bond_half_life": 100.0,
    },
    "complaints": {
        "rate": 0.4,
        "type": "rant",
        "detection": 0.6,
        "delay": 6.0,
        "patience": 18.0,
        "refund": 0.3,
        "churn": 0.3,
    },
    "negative": {"speed": 5.0, "reach": 5.0},
    "advocacy": {
        "interval": 4,
        "listen": 0.7,
        "outreach": 10,
        "accept": 0.6,
        "accept_bond": 1.0,
        "accept_activity": 0.5,
        "nurture": 0.3,
        "nurture_cost": 3.0,
        "outreach_cost": 1.0,
        "bond": 0.5,
        "post": 0.4,
        "type": "question",
    },
    "hurdles": {"delay": 6.0, "silo": 0.1},
    "talk": {"rate": 0.3, "found": 0.5},
    "effort": {"listening": 2.0, "selling": 0.5},
    "community": {"rooms": 4},
    "timeline": [
        {"tick": 14, "set": {"incentives.reward": 6.0, "share.base.fan": 0.1}},
        {"tick": 20, "set": {"people.activity": 0.8, "transact.price": 15.0}},
    ],
}
ANY_SEED = pytest.mark.parametrize("seed", range(6))


def everything(seed: int) -> Result:
    return campaign(flat(EVERYTHING), seed)


@ANY_SEED
def test_everything_is_on(seed: int) -> None:
    """Nothing below is true for want of anything to count."""
    result = everything(seed)
    never = {name for name, column in result.columns.items() if not column.any()}
    assert not never
    assert {name for name, spent in result.ledger.items() if spent == 0.0} == {"production"}


@ANY_SEED
def test_followers_are_those_at_birth_and_won_less_those_lost(seed: int) -> None:
    under_way = wom.simulate(scenario(flat(EVERYTHING)), network=networks("people"), seed=seed)
    born = None
    for now in under_way:
        born = int((now.world.role != 0).sum())
        series = np.sum([state.series[: now.tick] for state in now.states], axis=0)
        won, lost = (series[:, SERIES.index(name)].sum() for name in ("new_fans", "lost_fans"))
        role = now.states[0].role
        assert (role != 0).sum() == born + won - lost
        members = np.sum([state.members for state in now.states], axis=0)
        assert members.sum() == (role != 0).sum()
        made, unmade = (
            series[:, SERIES.index(f"{which}_advocates")].sum() for which in ("new", "lost")
        )
        assert (role == 2).sum() == (now.world.role == 2).sum() + made - unmade
    assert born is not None


@ANY_SEED
def test_the_ladder_ends_where_people_stand(seed: int) -> None:
    result = everything(seed)
    ladder = result.ladder
    assert (ladder.to_numpy() >= 0).all()
    assert (ladder["advocates"] <= ladder["followers"]).all()
    assert (ladder["activated"] <= ladder["identified"]).all()
    assert (ladder["nurtured"] <= ladder["activated"]).all()
    assert ladder["followers"].iloc[-1] == (result.role != 0).sum() == result.kpis["fans"]
    assert ladder["advocates"].iloc[-1] == (result.role == 2).sum() == result.kpis["advocates"]
    assert ladder["aware"].iloc[-1] == result.kpis["reach"]
    assert ladder["participants"].iloc[-1] == (result.relation["acts"] > 0).sum()


@ANY_SEED
def test_who_stands_on_a_rung_follows_the_brand(seed: int) -> None:
    result = everything(seed)
    rung = result.relation["rung"]
    assert ((rung == RUNGS.index("advocate")) == (result.role == 2)).all()
    assert (rung[result.role == 0] == RUNGS.index("none")).all()


@ANY_SEED
def test_complaints_are_mended_or_told_or_wait(seed: int) -> None:
    found = fates(flat(EVERYTHING), seed)
    columns = found.result.columns
    sums = {name: np.cumsum(columns[name]) for name in SERIES}
    assert columns["mended"].tolist() == found.mended.tolist()
    assert columns["complaints"].tolist() == found.told.tolist()
    # Who told everybody about a topic before, or passed another's complaint on, is not heard again.
    ended = sum(int(part.sum()) for part in (found.mended, found.told, found.silent))
    assert sums["wrong"][-1] == ended + found.waiting
    assert min(found.mended.sum(), found.told.sum(), found.silent.sum(), found.waiting) > 0
    assert (sums["heard"] <= sums["wrong"]).all()
    # Money goes back to whom nothing was mended, when their patience ends.
    assert (columns["refunds"] <= found.told + found.silent).all()
    assert (sums["wrong"] <= sums["conversions"]).all()


@ANY_SEED
def test_the_funnel_narrows(seed: int) -> None:
    result = everything(seed)
    sums = {name: np.cumsum(result.columns[name]) for name in SERIES}
    assert (sums["noticed"] <= sums["impressions"] + 5 * 4).all()
    assert (sums["found"] <= sums["clicks"]).all()
    assert (sums["conversions"] <= sums["found"] + sums["returns"]).all()
    assert (sums["leads"] + sums["conversions"] <= sums["found"] + sums["returns"]).all()
    assert (sums["repeats"] <= sums["returns"]).all()
    assert (sums["upsells"] <= sums["repeats"]).all()
    assert (sums["cross_sells"] <= sums["repeats"]).all()
    assert (sums["replies"] <= sums["comments"]).all()
    assert (sums["thanks"] <= sums["shares"] + sums["reshares"]).all()
    assert result.buyer_log.person.size == sums["conversions"][-1]
    busy = result.columns["replies"] + result.columns["thanks"] + result.columns["mended"]
    assert (busy <= round(8 * (2.0 / 1.125) ** 0.5)).all()


@ANY_SEED
def test_states_stay_within_their_bounds(seed: int) -> None:
    result = everything(seed)
    for column in (result.trust, result.bond, result.relation["given"], result.relation["helped"]):
        assert ((column >= 0.0) & (column <= 1.0)).all()
    assert (result.relation["observed"] <= result.relation["acts"]).all()
    assert all(np.isfinite(v) or np.isnan(v) for v in result.kpis.values())


@ANY_SEED
def test_money_adds_up(seed: int) -> None:
    result = everything(seed)
    assert result.payments["amount"].sum() == pytest.approx(result.kpis["cost"], rel=1e-12)
    assert result.kpis["reward_cost"] <= 300.0
    assert result.money.sum() == millionths(result.kpis["cost"])


TIMELINE = {
    "timeline": [
        {"tick": 3, "set": {"interact.follow": 0.4}},
        {"tick": 9, "set": {"incentives.reward": 5.0, "share.weight.reward": 1.0}},
    ]
}
WHOLE = {"everything": flat(EVERYTHING), "payments": BASE | ALL_PAID, "a timeline": BASE | TIMELINE}


@ANY_SEED
@pytest.mark.parametrize("name", WHOLE)
def test_threads_and_watching_play_no_part(name: str, seed: int) -> None:
    whole, network = scenario(WHOLE[name]), networks("people")
    one = campaign(WHOLE[name], seed)
    for threads in (2, 3):
        other = wom.run(whole, network=network, seed=seed, threads=threads)
        assert other.digest == one.digest
        assert other.ledger == one.ledger
        assert other.kpis == pytest.approx(one.kpis, rel=1e-12, nan_ok=True)
    *_, watched = wom.simulate(whole, network=network, seed=seed)
    assert watched.result().digest == one.digest
