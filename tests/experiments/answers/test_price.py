"""The same money: what has a price is ranked by it, and what has none is named apart."""

from __future__ import annotations

import math

import pytest
import wordofmouth as wom
from wordofmouth import Scenario
from wordofmouth.experiments.answers.price import Deal, deals_of, not_priced
from wordofmouth.experiments.estimates.interval import NOTHING, Estimate, estimate
from wordofmouth.experiments.vocabulary.outcomes import outcome
from wordofmouth.scenarios.charges import Unpriced

ORDERS = outcome("conversions")
FREE = (Unpriced("content_types.post.offer", "transact.offer_cost"),)


def around(mean: float, spread: float = 0.01) -> Estimate:
    return estimate([mean - spread, mean, mean + spread])


@pytest.mark.parametrize(
    ("deal", "said", "ranked"),
    [
        (Deal(around(10.0), around(20.0)), "2.00 each", True),
        (Deal(around(10.0), around(-5.0)), "saves money", True),
        (Deal(around(10.0), around(20.0), FREE), "no price known", False),
        (Deal(around(10.0), around(0.1, 5.0)), "its cost cannot be told", False),
        (Deal(around(10.0), around(0.0, 0.0)), "its cost cannot be told", False),
        (Deal(around(0.1, 5.0), around(20.0)), "not sure to help", True),
        (Deal(around(-10.0), around(20.0)), "not sure to help", True),
        (Deal(NOTHING, around(20.0)), "not sure to help", True),
    ],
)
def test_what_one_more_costs_is_told_as_far_as_it_is_known(
    deal: Deal, said: str, ranked: bool
) -> None:
    assert deal.one_more(ORDERS) == said
    assert deal.ranked == ranked
    assert (deal.rate(1) == math.inf) == (deal.paid == 0.0)


def test_deals_say_what_nothing_charges_for() -> None:
    now = Scenario().replace({"publish.seed_cost_follower": 0.0})
    changes = {"seeds": {"publish.seeds": 3}, "ads": {"publish.ads": [{"name": "one"}]}}
    found = deals_of(now, changes, lambda _, name: around(5.0 if name is None else 1.0))
    assert found["seeds"].unpriced == ["publish.seeds"]
    assert found["ads"].unpriced == []
    [section] = not_priced({name: deal.untold for name, deal in found.items()})
    assert section.blocks[0].texts == [  # type: ignore[union-attr]
        "Seeds has no price (publish.seeds): give publish.seed_cost or publish.seed_cost_follower."
    ]
    assert not_priced({"ads": found["ads"].untold}) == []


def test_compare_and_levers_name_what_has_no_price() -> None:
    shop = Scenario(horizon=10).replace(
        {
            "network.people": 200,
            "people.fans": 0.5,
            "transact.click": 0.3,
            "transact.convert": 0.5,
        }
    )
    offer = {"content_types.post.offer": 0.9}
    told = wom.compare(shop, shop.replace(offer), replicates=3).to_dict()
    assert told["against_first"][0]["unpriced"] == ["content_types.post.offer"]
    levers = {"offer": offer, "ads": {"publish.ads": [{"name": "one", "tick": 1}]}}
    found = wom.levers(shop, levers, replicates=6)
    assert found.to_dict()["unpriced"] == {"offer": ["content_types.post.offer"], "ads": []}
    assert found.gain("offer", "cost").moved == 0
    assert found.gain("ads", "cost").sure
    sold = shop.replace({"transact.price": 40.0})
    priced = wom.levers(sold, levers, replicates=6)
    assert priced.to_dict()["unpriced"] == {"offer": [], "ads": []}
    # What an offer takes of the price of whoever buys over it: .3 * .9 of 40.
    runs = [wom.run(sold.replace(offer), seed=seed) for seed in range(3)]
    for run in runs:
        assert run.ledger["offers"] == pytest.approx(0.3 * 0.9 * 40.0 * run.kpis["conversions"])
        assert run.kpis["cost"] == pytest.approx(sum(run.ledger.values()))


def test_a_diagnosis_does_not_rank_what_is_free_in_the_file() -> None:
    """A better offer where nothing is sold at a price brings most, and comes after what costs."""
    small = wom.load("open_house").replace({"network.people": 400, "incentives.scale": 5.0})
    found = wom.diagnose(small, replicates=12, also=("remedies",), spend=20.0)
    ranked = [each for each in found.remedies if each.ranked and each.gain.surely(1)]
    rest = [each for each in found.remedies if not each.ranked]
    assert found.remedies[: len(ranked)] == tuple(ranked)
    assert all(each.untold or each.deal.paid == 0.0 for each in rest)
    for each in ranked:
        if each.same is not None:
            assert each.same.spent.mean == pytest.approx(20.0, rel=0.35)
