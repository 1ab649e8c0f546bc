"""Long-tail outreach (source 003): many small media, or a few large ones of the same audience."""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import numpy as np
import pytest
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.result import Result

from .paired import campaigns, gain, values

SEEDS = range(40)
LARGE = {"count": 2, "audience": 0.2, "shown": 0.3, "acceptance": 0.03, "standing": 0.63}
SMALL = load("long_tail").publish.outlets[0].model_dump()


def large(**changes: float) -> dict[str, Any]:
    return {"publish.outlets": [LARGE | changes]}


def small(**changes: float) -> dict[str, Any]:
    return {"publish.outlets": [SMALL | changes]}


@pytest.fixture(scope="module")
def long_tail() -> list[Result]:
    return campaigns("long_tail", SEEDS)


@pytest.fixture(scope="module")
def few_large() -> list[Result]:
    return campaigns("long_tail", SEEDS, large())


@pytest.fixture(scope="module")
def few_as_ready() -> list[Result]:
    """Large ones that take up a story as readily as small ones."""
    return campaigns("long_tail", SEEDS, large(acceptance=SMALL["acceptance"]))


def test_audience_and_spend_are_the_same(long_tail: list[Result], few_large: list[Result]) -> None:
    assert SMALL["count"] * SMALL["audience"] == LARGE["count"] * LARGE["audience"]
    assert set(values(long_tail, "cost")) == set(values(few_large, "cost")) == {1200.0}


@pytest.mark.parametrize(
    "indicator", ["media_mentions", "partnerships", "reach", "impressions", "visits", "new_fans"]
)
def test_many_small_media_bring_more(
    long_tail: list[Result], few_large: list[Result], indicator: str
) -> None:
    assert gain(long_tail, few_large, indicator) > 4


@pytest.mark.parametrize("indicator", ["cost_per_exposure", "cost_per_trusted_exposure"])
def test_their_exposures_cost_less(
    long_tail: list[Result], few_large: list[Result], indicator: str
) -> None:
    assert gain(long_tail, few_large, indicator) < -4


def test_it_is_because_they_take_up_stories_more_readily(
    long_tail: list[Result], few_as_ready: list[Result]
) -> None:
    for indicator in ("reach", "impressions", "visits"):
        assert abs(gain(long_tail, few_as_ready, indicator)) < 4, indicator


def test_many_small_media_are_the_surer_way(
    long_tail: list[Result], few_as_ready: list[Result]
) -> None:
    spreads = [values(results, "reach").std(ddof=1) for results in (long_tail, few_as_ready)]
    # The logarithm of a standard deviation of n normal numbers has the error 1 / sqrt(2 (n - 1)).
    assert log(spreads[1] / spreads[0]) > 4 * sqrt(2.0 / (2 * (len(SEEDS) - 1)))


def test_who_is_believed_more_brings_more(long_tail: list[Result]) -> None:
    as_advertisement = campaigns("long_tail", SEEDS, small(standing=0.4))
    for indicator in ("reach", "impressions", "visits"):
        assert gain(long_tail, as_advertisement, indicator) > 4, indicator


def test_without_outlets_nobody_mentions_it(long_tail: list[Result]) -> None:
    alone = campaigns("long_tail", SEEDS, {"publish.outlets": []})
    assert not values(alone, "media_mentions").any()
    assert not values(alone, "partnerships").any()
    assert gain(long_tail, alone, "reach") > 4


@pytest.mark.parametrize(("exponent", "cheaper"), [(0.5, False), (1.5, True)])
def test_where_mentions_are_paid_fees_decide(exponent: float, cheaper: bool) -> None:
    """Fees of c * audience ** exponent (Bakshy et al. 2011); everybody who is paid takes it up."""
    paid = {
        name: campaigns(
            "long_tail",
            range(10),
            {"publish.cost": 0.0}
            | outlets(acceptance=1.0, fee=5.0 * (audience / SMALL["audience"]) ** exponent),
        )
        for name, outlets, audience in (
            ("small", small, SMALL["audience"]),
            ("large", large, LARGE["audience"]),
        )
    }
    difference = gain(paid["small"], paid["large"], "cost_per_exposure")
    assert difference < -4 if cheaper else difference > 4
    assert not np.any([values(results, "media_mentions") for results in paid.values()])


def test_at_fees_by_the_head_both_cost_the_same() -> None:
    tail = campaigns("long_tail", range(10), small(acceptance=1.0, fee=5.0))
    few = campaigns("long_tail", range(10), large(acceptance=1.0, fee=250.0))
    assert set(values(tail, "cost")) == set(values(few, "cost")) == {4200.0}
    assert abs(gain(tail, few, "impressions")) < 4
