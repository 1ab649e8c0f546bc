"""Estimates: intervals that hold the truth as often as they say, and none where nothing moves."""

from __future__ import annotations

import math

import numpy as np
import pytest
import wordofmouth as wom
from numpy.typing import NDArray
from scipy import stats
from wordofmouth import InputError, Network, Scenario
from wordofmouth.experiments.estimates.chance import chance, interval, quantiles
from wordofmouth.experiments.estimates.interval import Estimate, estimate, replicates_for
from wordofmouth.experiments.estimates.paired import difference, pairing
from wordofmouth.experiments.worlds.until import until
from wordofmouth.experiments.worlds.worlds import Worlds

LUCK = 20_260_101


def thinned(luck: np.random.Generator, before: float, added: float, size: tuple[int, ...]):  # type: ignore[no-untyped-def]
    """Counts of two campaigns in pairs: the second has what the first has, and some more."""
    first = luck.poisson(before, size)
    return first, first + luck.poisson(added, size)


def test_the_interval_is_that_of_student() -> None:
    values = [3.0, 4.5, 2.0, 7.0]
    found = estimate(values)
    low, high = stats.t.interval(0.95, 3, np.mean(values), stats.sem(values))
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.above == pytest.approx(stats.t.cdf(np.mean(values) / stats.sem(values), 3))
    assert (found.replicates, found.moved, found.wins) == (4, 4, 1.0)


def test_an_interval_stays_where_the_quantity_can_be_and_holds_as_often() -> None:
    luck = np.random.default_rng(LUCK)
    truth, rarely = 0.04, 0
    for _ in range(300):
        rates = luck.beta(0.4, 9.6, 5)
        whole, found = estimate(rates), estimate(rates, within=(0.0, 1.0))
        rarely += whole.low < 0.0
        assert 0.0 <= found.low <= found.mean <= found.high <= 1.0
        assert (found.low <= truth <= found.high) == (whole.low <= truth <= whole.high)
        assert found._replace(low=whole.low, high=whole.high) == whole
        assert found.sure == whole.sure
        assert interval(rates, within=(0.0, 1.0)) == found[:3]
    assert rarely > 100
    assert estimate([1.0, 0.9, 0.5], within=(0.0, 1.0)).high == 1.0
    alone = estimate([0.3], within=(0.0, 1.0))
    assert (alone.low, alone.high) == (-math.inf, math.inf), "one replicate gives no interval"


def test_what_never_differs_has_an_interval_of_no_width() -> None:
    same = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
    nothing = difference(same, same)
    assert nothing == Estimate(0.0, 0.0, 0.0, 0.0, 7, 0, 0.0, 0.0)
    assert (nothing.sure, nothing.better(1), nothing.better(-1)) == (False, 0.0, 0.0)
    always = estimate(same)
    assert (always.mean, always.low, always.high) == (0.1, 0.1, 0.1)
    # All have one sign, which of seven without a direction would happen once in 128.
    assert (always.better(1), always.better(-1)) == (1 - 1 / 128, 1 / 128)
    assert not estimate([2.0, 2.0]).surely()


def test_one_replicate_says_nothing_of_the_next_and_none_says_nothing() -> None:
    one = estimate([2.0])
    assert (one.mean, one.low, one.high, one.above) == (2.0, -math.inf, math.inf, 0.5)
    assert all(math.isnan(number) for number in estimate([])[:4])
    assert estimate([math.nan, 1.0, 3.0]).replicates == 2
    assert difference([math.nan, 1.0, 3.0], [1.0, math.nan, 1.0]).mean == 2.0
    assert estimate([2.0]).to_dict()["high"] is None


def test_pairing_is_the_ratio_of_variances() -> None:
    luck = np.random.default_rng(LUCK)
    first, second = thinned(luck, 18.0, 2.0, (20_000,))
    # var(first) + var(second) over var(second - first): (18 + 20) / 2.
    assert pairing(second, first) == pytest.approx(19.0, rel=0.05)
    assert pairing([1.0, 2.0], [0.0, 1.0]) == math.inf
    assert math.isnan(pairing([1.0, 1.0], [0.0, 0.0]))
    assert math.isnan(pairing([1.0], [0.0]))


def test_the_best_of_many_that_are_nothing_is_seldom_sure() -> None:
    luck = np.random.default_rng(LUCK)
    found = [[estimate(each) for each in ten] for ten in luck.normal(size=(1_000, 10, 20))]
    best = [max(ten, key=lambda each: each.mean) for ten in found]
    alone = np.mean([each.surely() for each in best])
    among = np.mean([each.surely(among=10) for each in best])
    # 1 - .975 ** 10 = .224 of the largest have an interval above 0, and .0247 at a tenth of it.
    assert abs(alone - 0.224) < 4 * math.sqrt(0.224 * 0.776 / 1_000)
    assert abs(among - 0.0247) < 4 * math.sqrt(0.0247 * 0.9753 / 1_000)
    assert not estimate([1.0]).surely()
    assert not estimate([]).surely()
    assert not estimate([0.0, 0.0]).surely(-1)
    assert estimate([-1.0] * 9).surely(-1, among=12)
    assert not estimate([-1.0] * 8).surely(-1, among=12)


@pytest.mark.parametrize(("width", "deviation"), [(1.0, 1.0), (0.1, 3.0), (5.0, 1.0), (9.0, 0.0)])
def test_replicates_for_a_width_are_the_fewest(width: float, deviation: float) -> None:
    def wide(n: int) -> float:
        return float(2.0 * stats.t.ppf(0.975, n - 1) * deviation / math.sqrt(n))

    n = replicates_for(width, deviation)
    assert wide(n) <= width
    assert n == 2 or wide(n - 1 - n // 500) > width


def test_the_interval_of_a_chance_is_exact() -> None:
    found = chance([True] * 3 + [False] * 47)
    exact = stats.binomtest(3, 50).proportion_ci(0.95, method="exact")
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))
    assert chance([0.0] * 9)[:2] == (0.0, 0.0)
    assert chance([1.0] * 9)[2] == 1.0
    assert math.isnan(quantiles([math.nan])[0])


@pytest.mark.parametrize("level", [0.0, 1.0, -1.0, math.nan])
def test_a_level_is_between_0_and_1(level: float) -> None:
    with pytest.raises(InputError, match=r"level = .* a number between 0 and 1"):
        estimate([1.0, 2.0], level)


@pytest.mark.parametrize(("before", "added", "pairs"), [(20.0, 2.0, 24), (200.0, 8.0, 8)])
def test_intervals_hold_the_truth_as_often_as_they_say(
    before: float, added: float, pairs: int
) -> None:
    first, second = thinned(np.random.default_rng(LUCK), before, added, (4_000, pairs))
    held = [
        difference(b, a).low <= added <= difference(b, a).high
        for a, b in zip(first, second, strict=True)
    ]
    assert abs(np.mean(held) - 0.95) < 4 * math.sqrt(0.95 * 0.05 / len(held))


def held_by(values: NDArray[np.float64], truth: float, width: float) -> bool:
    found = until(
        lambda numbers, deadline: values[numbers.start : numbers.stop].tolist(),
        estimate,
        width=width,
        replicates=values.size,
    ).estimate
    return found.low <= truth <= found.high


@pytest.mark.parametrize("width", [0.9, 0.6, 0.45])
def test_stopping_when_it_is_narrow_enough_costs_little_coverage(width: float) -> None:
    luck = np.random.default_rng(LUCK)
    samples = luck.poisson(2.0, (1_500, 384)).astype(float)
    held = np.mean([held_by(sample, 2.0, width) for sample in samples])
    # Of intervals that were looked at, 94.7 % hold it; the rest is the luck of 1,500 of them.
    assert abs(held - 0.947) < 4 * math.sqrt(0.95 * 0.05 / 1_500)


CLICK, CONVERT, PEOPLE = 0.3, 0.2, 300


def conversions(result: wom.Result) -> float:
    return result.kpis["conversions"]


@pytest.mark.slow
def test_of_500_experiments_with_known_truth_95_per_cent_hold_it() -> None:
    """Everybody is a fan and hears nobody: conversions are binomial, and so is what is added."""
    scenario = Scenario().replace(
        {
            "people.fans": 1.0, "horizon": 1, "share.base.fan": 0.0, "transact.click": CLICK,
            "transact.convert": CONVERT,
        }
    )  # fmt: skip
    better = CONVERT / (1 - CONVERT) * 1.5
    truth = PEOPLE * CLICK * (better / (1 + better) - CONVERT)
    pairs, experiments = 12, 500
    both = {"before": scenario, "after": scenario.replace({"boost.convert": math.log(1.5)})}
    worlds = Worlds(network=Network.from_edges([], [], PEOPLE))
    rows = np.array(worlds.replicates(both, conversions, range(experiments * pairs)))
    held = 0
    for each in rows.reshape(experiments, pairs, 2):
        found = difference(each[:, 1], each[:, 0])
        held += found.low <= truth <= found.high
    print(f"{held} of {experiments} intervals hold the truth, {truth:.3f}")
    assert 0.93 <= held / experiments <= 0.97
