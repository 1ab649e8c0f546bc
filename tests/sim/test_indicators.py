"""Indicators are of what their names say, where nothing that could be mistaken for it is equal."""

from __future__ import annotations

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.vocabulary.yardsticks import by_advocates
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


def test_a_column_and_an_indicator_of_one_name_are_one_number() -> None:
    result = wom.run(WHOLE, seed=7)
    both = set(result.columns) & set(result.kpis)
    assert {"media_mentions", "mentions_found", "shares", "reach", "complaints"} <= both
    for name in sorted(both):
        assert result.columns[name].sum() == result.kpis[name], name
    assert "mentions" not in result.columns


def test_authority_is_the_same_whatever_else_asks_for_interests() -> None:
    """Over those who care: the same people, whether a lever asks what they care for or not."""
    plain = wom.Scenario().replace(
        {
            "network.people": 2_000, "people.fans": 0.5, "horizon": 8,
            "people.topic": 0.3, "people.topic_spread": 0.4,
            "content": ["useful_advice"], "content_types.useful_advice.topic": 0.3,
        }
    )  # fmt: skip
    alone = wom.run(plain, seed=2)
    care = np.isin(alone.topic, alone.topics)
    assert 100 < care.sum() < 1_000
    known = np.maximum(alone.relation["given"], alone.relation["helped"])[care].astype(float)
    assert alone.kpis["authority"] == pytest.approx(float((known * alone.trust[care]).mean()))
    # What sees acts, and changes nobody.
    heard = wom.run(plain.replace({"advocacy.listen": 0.7}), seed=2)
    assert (heard.topic == alone.topic).all()
    assert heard.kpis["authority"] == alone.kpis["authority"] > 0.0
    elsewhere = wom.run(plain.replace({"people.topic": 0.8}), seed=2)
    assert elsewhere.kpis["authority"] != alone.kpis["authority"]


def test_what_people_say_unasked_is_not_the_advocates() -> None:
    talks = {
        "network.people": 1_000, "people.fans": 0.5, "hours_per_tick": 24.0, "horizon": 30,
        "talk.rate": 0.5, "people.advocates": 0.0, "transact.click": 0.5, "transact.convert": 0.5,
    }  # fmt: skip
    result = wom.run(wom.Scenario().replace(talks), seed=1)
    assert result.kpis["mentions"] > 100
    assert result.kpis["advocates"] == 0
    assert by_advocates(result) == 0.0
    kinds = result.messages["kind"]
    assert kinds.value_counts()["mention"] == 4
    assert "advocate" not in kinds.tolist()
    assert set(result.shares["kind"]) == {"post", "mention"}
    owed = wom.credit(result).by("outlet")
    assert "advocates' own posts" not in owed.index
    assert owed.loc["unasked mentions", "first"] > 0
    both = wom.run(
        wom.Scenario().replace(
            talks | {"people.advocates": 0.5, "advocacy.post": 0.5, "advocacy.interval": 5}
        ),
        seed=1,
    )
    assert 0.0 < by_advocates(both) < 1.0
    assert set(both.messages["kind"]) == {"post", "advocate", "mention"}
