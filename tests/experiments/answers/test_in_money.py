"""Money in answers: margin, currency, what an order costs that a change adds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from wordofmouth import InputError, Scenario, compare, diagnose, economics, levers
from wordofmouth.experiments.show import terminal
from wordofmouth.experiments.vocabulary.labels import label_of
from wordofmouth.experiments.vocabulary.outcomes import form_of

SHOP = Scenario().replace({
    "name": "shop",
    "network.people": 300,
    "horizon": 24,
    "currency": "EUR",
    "people.fans": 0.4,
    "share.base.fan": 0.1,
    "transact": {"click": 0.4, "convert": 0.4, "price": 40.0, "margin": 0.4},
    "publish.cost": 50.0,
})  # fmt: skip
MORE = SHOP.replace({"publish.ads": [{"name": "meta", "impressions": 3.0, "production": 60.0}]})


def test_a_comparison_says_money_first_and_what_an_order_costs() -> None:
    found = compare(SHOP, MORE, names=("shop", "ads"), replicates=24)
    told = found.incremental["ads"]
    cost, sold = found["ads"]["cost"].difference, found["ads"]["conversions"].difference
    assert told.cost.value == pytest.approx(cost.mean / sold.mean)
    assert told.cost.low <= told.cost.value <= told.cost.high
    assert found.to_dict()["cost_per_incremental_conversion"]["value"] == told.cost.value
    shown = terminal.text(found.document())
    first = [shown.index(word) for word in ("Revenue", "Cost", "Profit", "Return on spend")]
    assert first == sorted(first)
    assert shown.index("Cost of one more of transactions") < shown.index("What differs")
    assert f"€{told.cost.value:,.2f}" in shown


def test_where_no_more_are_sold_an_order_has_no_price() -> None:
    found = compare(SHOP, SHOP.replace({"publish.cost": 80.0}), names=("a", "b"), replicates=3)
    assert not found.incremental["b"].told
    assert found.to_dict()["cost_per_incremental_conversion"]["value"] is None
    assert "no more are sure" in terminal.text(found.document())


def test_two_currencies_have_no_difference() -> None:
    with pytest.raises(InputError, match=r"currency = 'USD' in b and 'EUR' in a: .* give both one"):
        compare(SHOP, SHOP.replace({"currency": "USD"}), names=("a", "b"), replicates=2)


def test_economics_breaks_even_by_the_margin() -> None:
    found = economics(SHOP, replicates=5, breaks_even=False)
    told = found.returns
    assert told["return on spend that breaks even"].value == pytest.approx(2.5)
    assert told["a conversion pays up to"].value == pytest.approx(16.0)
    roas, roi = told["return on spend"].value, told["return on investment"].value
    assert roi == pytest.approx(0.4 * roas - 1.0)
    assert found.numbers("profit") == pytest.approx(
        0.4 * found.numbers("revenue") - found.numbers("cost")
    )
    assert "pays up to €16.00" in found.sentence
    assert found.to_dict()["returns"]["return on spend"]["value"] == roas
    free = economics(SHOP.replace({"transact.price": 0.0}), replicates=2, breaks_even=False)
    assert free.returns == {}


def test_word_of_mouth_is_worth_its_margin() -> None:
    """What people bring who pass it on is worth 16 each, not 40."""
    quiet = SHOP.replace({"publish.cost": 0.0})
    found = economics(quiet, replicates=4, breaks_even=False, discount_rate=0.0)
    assert found.value.value.mean == pytest.approx(np.mean(found.numbers("gross_profit")))
    bought = found.numbers("conversions") - found.numbers("conversions", "silent")
    assert found.value.whole.mean == pytest.approx(16.0 * bought.mean())


def test_diagnosis_and_levers_write_the_currency() -> None:
    ranked = diagnose(SHOP, outcome="profit", replicates=3, also=("bought",))
    assert ranked.outcome.form == "money €"
    assert "€" in terminal.text(ranked.document())
    owed = levers(SHOP, {"ads": {"publish.ads": MORE.publish.model_dump()["ads"]}}, replicates=3)
    assert "in money it comes to" in owed.sentence
    assert "€" in owed.sentence.partition("in money")[2]


def test_without_a_currency_money_is_money() -> None:
    bare = SHOP.replace({"currency": None})
    assert label_of(bare, "profit") == "Profit (money)"
    assert label_of(SHOP, "profit") == "Profit (€)"
    assert label_of(SHOP, "transact.price").endswith("(€)")
    assert (form_of("profit"), form_of("profit", SHOP)) == ("money", "money €")
    assert not math.isnan(
        compare(bare, bare, names=("a", "b"), replicates=1)["b"]["profit"].base[0]
    )
