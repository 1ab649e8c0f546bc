"""Indicators are of what their names say, where nothing that could be mistaken for it is equal."""

from __future__ import annotations

import pytest
import wordofmouth as wom
from wordofmouth.sim import state as s
from wordofmouth.sim.world import STRANGER

from ..agents.generated import WHOLE


def test_each_ratio_is_of_what_it_says() -> None:
    # With little attention not all notice who meet something.
    scenario = WHOLE.replace({"attention": 1.0})
    result = wom.run(scenario, seed=7)
    found = result.kpis
    total = {name: int(column.sum()) for name, column in result.columns.items()}
    by_hop = result.counts[result.ours, ..., 0].sum(axis=(0, 2))
    first, later = by_hop[s.SHARED].sum(), by_hop[s.RESHARED]
    assert later[2:].sum() > 0
    assert found["r_first_hop"] == later[1] / first
    assert total["found"] != total["clicks"]
    assert found["conversion_rate"] == total["conversions"] / total["clicks"]
    born = int((result.role_at_birth != STRANGER).sum())
    assert total["new_fans"] > 0
    assert found["churn"] == total["lost_fans"] / (born + total["new_fans"])
    exposed = int((result.steps >> s.EXPOSED & 1).sum())
    assert exposed != result.people[s.NOTICED]
    assert found["frequency"] == total["impressions"] / exposed
    returns, price = scenario.returns, scenario.transact.price + scenario.transact.worth
    brought = (total["conversions"] + total["repeats"]) * price
    brought += (
        total["upsells"] * returns.upsell_worth + total["cross_sells"] * returns.cross_sell_worth
    )
    assert total["repeats"] > 0
    assert found["revenue"] == pytest.approx(brought)
