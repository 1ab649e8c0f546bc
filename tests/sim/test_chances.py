"""Rewards by their chance, and prices by an elasticity: the formulas, by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from wordofmouth import Scenario
from wordofmouth.sim.arithmetic import logit
from wordofmouth.sim.plan import plan, segments
from wordofmouth.sim.plan.rewards import weighed

LUCK = np.uint64(1)
REWARD: dict[str, Any] = {"incentives.reward": 10.0, "transact.click": 0.1, "transact.convert": 0.2}


def reason(changes: dict[str, Any]) -> float:
    """What the reward adds to the log-odds of sharing."""
    return float(plan(Scenario().replace(REWARD | changes), LUCK).share.reward)


@pytest.mark.parametrize("chance", [0.0, 0.01, 0.3, 0.5, 0.9, 1.0])
def test_a_chance_weighs_as_tversky_and_kahneman_found(chance: float) -> None:
    assert weighed(chance, 1.0) == pytest.approx(chance)
    by_hand = chance**0.61 / (chance**0.61 + (1.0 - chance) ** 0.61) ** (1.0 / 0.61)
    assert weighed(chance, 0.61) == pytest.approx(by_hand)
    if 0.0 < chance < 0.35:
        assert weighed(chance, 0.61) > chance
    if 0.4 < chance < 1.0:
        assert weighed(chance, 0.61) < chance


def test_no_chance_weighs_less_than_a_smaller_one() -> None:
    for weighting in (0.3, 0.61, 1.0):
        found = [weighed(chance, weighting) for chance in np.linspace(0.0, 1.0, 101).tolist()]
        assert (np.diff(found) > -1e-12).all()


def test_what_is_paid_for_a_result_weighs_less_than_what_is_paid_for_the_share() -> None:
    sure = reason({})
    visit = reason({"incentives.paid": "referral"})
    order = reason({"incentives.paid": "conversion"})
    assert sure == pytest.approx(math.log(2.0))
    assert visit == pytest.approx(sure * weighed(1.0 - 0.9**15, 0.61))
    assert order == pytest.approx(sure * weighed(1.0 - 0.98**15, 0.61))
    assert sure > visit > order > 0.0
    assert reason({"incentives.paid": "conversion", "incentives.judged_chance": 1.0}) == sure


def test_in_a_draw_the_prize_is_won_at_a_small_chance() -> None:
    draw = {"incentives.paid": "draw", "incentives.reward": 1.0}
    found = [reason(draw | {"incentives.prize": prize}) for prize in (0.0, 40.0, 1_000.0)]
    weight = weighed(0.01, 0.61)
    assert found == pytest.approx([weight * math.log1p(max(p, 1.0) / 10.0) for p in (0, 40, 1000)])
    assert reason(draw | {"incentives.reward": 0.0, "incentives.prize": 500.0}) == 0.0
    # A hundred times the prize does not move people by more than it does at first.
    assert found[2] - found[1] < found[1] * 3.0


def convert(changes: dict[str, Any]) -> float:
    """The log-odds of converting, but for trust and value."""
    return float(plan(Scenario().replace(changes), LUCK).transact.convert)


def test_at_the_reference_price_nothing_changes() -> None:
    free = convert({})
    assert convert({"transact.price": 40.0}) == free
    assert convert({"transact.price": 40.0, "transact.elasticity": 0.0}) == free


def test_the_odds_have_the_elasticity_that_is_said() -> None:
    shop = Scenario().replace({"transact.price": 40.0, "transact.convert": 0.01})
    for price in (20.0, 44.0, 400.0):
        dearer = shop.replace({"transact.price": price})
        assert dearer.transact.reference_price == 40.0
        found = float(plan(dearer, LUCK).transact.convert) - logit(0.01)
        assert found == pytest.approx(-2.62 * math.log(price / 40.0))
    # What costs nothing any more is not bought by everybody.
    given = shop.replace({"transact.price": 0.0, "transact.reference_price": 40.0})
    assert float(plan(given, LUCK).transact.convert) < logit(0.01) + 13.0


def test_a_reference_that_is_said_is_kept() -> None:
    shop = Scenario().replace({"transact.price": 40.0, "transact.reference_price": 50.0})
    assert shop.replace({"transact.price": 60.0}).transact.reference_price == 50.0
    assert shop.replace({"transact": {"price": 60.0}}).transact.price == 60.0
    assert Scenario().replace({"transact.price": 60.0}).transact.reference_price is None


def test_a_friend_with_a_discount_and_a_cut_on_the_way_answer_to_the_price() -> None:
    shop = Scenario().replace(
        {
            "transact.price": 40.0,
            "incentives.discount": 0.2,
            "timeline": [{"tick": 5, "set": {"transact.price": 20.0}}],
        }
    )
    (_, first), (_, then) = segments(shop, LUCK)
    gain = first.transact.convert_friend - first.transact.convert
    assert gain == pytest.approx(-2.62 * math.log(0.8))
    assert then.transact.convert - first.transact.convert == pytest.approx(2.62 * math.log(2.0))


def test_a_segment_with_a_price_of_its_own_answers_to_it() -> None:
    shop = Scenario().replace(
        {"transact.price": 40.0, "segments": {"students": {"share": 0.5, "price": 30.0}}}
    )
    none, students = plan(shop, LUCK).segmented.convert.tolist()
    assert none == 0.0
    assert students == pytest.approx(-2.62 * math.log(0.75))
