"""What a change takes of money: charged for, or named with what would charge for it."""

from __future__ import annotations

from typing import Any

import pytest
from wordofmouth import Scenario
from wordofmouth.scenarios.charges import CHARGES, unpriced

from ..sim.declared import PARAMETERS

SHOP = Scenario().replace(
    {"transact.price": 40.0, "publish.cost": 60.0, "content_types": {"post": {}, "video": {}}}
)


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({"publish.seeds": 5}, {"publish.seed_cost": 4.0}),
        ({"content_types.post.value": 0.9}, {"publish.value_cost": 1.0}),
        ({"content_types.post.offer": 0.9}, {"transact.offer_cost": 0.3}),
        ({"content": ["video"]}, {"content_types.video.cost": 90.0}),
        ({"incentives.access": 1.0}, {"incentives.access_cost": 0.5}),
        ({"publish.outlets": [{"name": "blog"}]}, {"publish.pitch_cost": 5.0}),
        ({"interact.thank": 0.5}, {"interact.cost": 0.5}),
        ({"complaints.detection": 0.5}, {"interact.cost": 0.5}),
        ({"advocacy.outreach": 9}, {"advocacy.outreach_cost": 2.0}),
        ({"advocacy.nurture": 0.4}, {"advocacy.nurture_cost": 5.0}),
    ],
)
def test_a_lever_has_a_price_once_a_parameter_gives_it_one(
    changes: dict[str, Any], more: dict[str, Any]
) -> None:
    free = SHOP.replace(
        {"publish.seed_cost_follower": 0.0}
        | ({"transact.offer_cost": 0.0} if "transact.offer_cost" in more else {})
        | ({"incentives.access_cost": 0.0} if "incentives.access_cost" in more else {})
    )
    [found] = unpriced(free, free.replace(changes))
    assert found.path in changes
    assert next(iter(more)).split(".")[-1] in found.by or "cost" in found.by
    charged = free.replace(more)
    assert unpriced(charged, charged.replace(changes)) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"incentives.reward": 5.0},
        {"incentives.discount": 0.2},
        {"publish.ads": [{"name": "one"}]},
        {"transact.price": 44.0},
        {"people.fans": 0.3},
        {"publish.seeds": 5},
        {"content_types.post.offer": 0.5},
    ],
)
def test_by_default_what_is_paid_for_by_itself_or_is_no_act_of_the_brand_is_not_named(
    changes: dict[str, Any],
) -> None:
    assert unpriced(SHOP, SHOP.replace(changes)) == ()


def test_an_offer_where_nothing_is_sold_at_a_price_has_none() -> None:
    now = Scenario()
    [found] = unpriced(now, now.replace({"content_types.post.offer": 0.5}))
    assert found.sentence == (
        "Nothing says what content_types.post.offer costs; give transact.offer_cost and "
        "transact.price."
    )


def test_what_a_timeline_changes_is_charged_for_as_it_is_from_that_tick_on() -> None:
    later = {"timeline": [{"tick": 3, "set": {"interact.thank": 0.5}}]}
    assert [each.path for each in unpriced(SHOP, SHOP.replace(later))] == ["interact.thank"]
    paid = SHOP.replace({"interact.cost": 2.0})
    assert unpriced(paid, paid.replace(later)) == ()
    assert unpriced(SHOP.replace(later), SHOP.replace(later)) == ()


def test_an_ad_that_is_free_has_no_price() -> None:
    free = {"name": "one", "cost_per_thousand": 0.0}
    [found] = unpriced(SHOP, SHOP.replace({"publish.ads": [free]}))
    assert (found.path, found.by) == (
        "publish.ads", "the ad a cost_per_thousand or a production"
    )  # fmt: skip
    assert unpriced(SHOP, SHOP.replace({"publish.ads": [{**free, "production": 9.0}]})) == ()


def test_what_the_table_names_is_a_parameter() -> None:
    for charge in CHARGES:
        for path in charge.paths.split():
            assert any(each == path or each.startswith(path) for each in PARAMETERS), path
