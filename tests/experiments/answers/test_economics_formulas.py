"""The formulas of economics, each against a case worked by hand or by another way."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats
from wordofmouth.experiments.answers.economics.added import gain
from wordofmouth.experiments.answers.economics.books import Books
from wordofmouth.experiments.answers.economics.break_even import Trial, search
from wordofmouth.experiments.answers.economics.risk import risk, tail
from wordofmouth.experiments.estimates.interval import estimate
from wordofmouth.experiments.estimates.ratio import ratio
from wordofmouth.experiments.show.numbers import interval, mean, signed
from wordofmouth.sim.errors import InputError


def test_a_ratio_is_of_means_and_not_the_mean_of_ratios() -> None:
    found = ratio([10.0, 30.0], [1.0, 0.0])
    assert found.value == 40.0
    assert (found.low, found.high) == (-math.inf, math.inf)


def test_fiellers_interval_holds_what_a_t_test_does_not_reject() -> None:
    """Each end is the theta at which y - theta x has its mean just at the limit of the t test."""
    generator = np.random.default_rng(1)
    x = generator.normal(20.0, 4.0, 30)
    y = 3.0 * x + generator.normal(0.0, 10.0, 30)
    found = ratio(y, x, level=0.9)
    assert found.low < found.value < found.high
    assert found.value == pytest.approx(y.sum() / x.sum())
    for end in (found.low, found.high):
        assert stats.ttest_1samp(y - end * x, 0.0).pvalue == pytest.approx(0.1)


def test_fiellers_interval_covers_the_truth() -> None:
    """Of 500 ratios of known value, 95 % hold it: within 4 standard errors of a share."""
    generator = np.random.default_rng(2)
    x = generator.gamma(4.0, 5.0, (500, 25))
    y = 2.0 * x + generator.normal(0.0, 15.0, (500, 25))
    held = [each.low <= 2.0 <= each.high for each in map(ratio, y, x)]
    assert abs(np.mean(held) - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 500)


def test_a_constant_ratio_has_no_width_and_one_of_nothing_no_value() -> None:
    found = ratio([0.3, 0.6, 0.9], [0.1, 0.2, 0.3])
    assert found.value == found.low == found.high == pytest.approx(3.0)
    assert math.isnan(ratio([1.0, 2.0], [0.0, 0.0]).value)
    assert ratio([0.0, 0.0], [1.0, 2.0])[:3] == (0.0, 0.0, 0.0)
    with pytest.raises(InputError, match="make no ratio"):
        ratio([1.0], [1.0, 2.0])


def test_the_worst_part_of_forty_worked_by_hand() -> None:
    """Five per cent of 40 are the two lowest; of 50, two and a half."""
    forty = np.arange(1.0, 41.0)[::-1]
    assert tail(forty)[:2] == (0.05, 2.0)
    assert tail(forty).shortfall == 1.5
    fifty = np.arange(1.0, 51.0)
    assert tail(fifty).value_at_risk == 3.0
    assert tail(fifty).shortfall == pytest.approx((1 + 2 + 0.5 * 3) / 2.5)
    same = tail([7.0] * 20)
    assert (same.value_at_risk, same.high, same.shortfall) == (7.0, 7.0, 7.0)


def test_the_interval_of_the_value_at_risk_covers_it() -> None:
    """The quantile of a normal law lies between the order statistics at least 95 times of 100."""
    generator = np.random.default_rng(3)
    truth = stats.norm.ppf(0.05)
    found = [tail(sample) for sample in generator.normal(size=(500, 200))]
    held = np.mean([each.low <= truth <= each.high for each in found])
    assert held > 0.95 - 4 * math.sqrt(0.95 * 0.05 / 500)
    assert held < 0.99
    assert tail(generator.normal(size=20)).low == -math.inf


@pytest.mark.parametrize(("values", "at"), [([], 0.05), ([1.0], 0.0), ([math.nan], 0.05)])
def test_a_tail_of_nothing_is_refused(values: list[float], at: float) -> None:
    with pytest.raises(InputError, match="cannot be told"):
        tail(values, at)


def test_risk_tells_sizes_given_take_off_and_never_the_mean_alone() -> None:
    largest = np.array([5.0] * 15 + [100.0, 200.0, 300.0, 400.0, 500.0])
    numbers = {
        "largest": largest,
        "reach": 10 * largest,
        "conversions": largest,
        "profit": np.arange(-2.0, 18.0),
        "shares": np.full(20, 4.0),
        "complaints": np.array([5.0] * 3 + [4.0] * 17),
    }
    found = risk(numbers)
    assert found.take_off.share == 0.25
    assert found.given_take_off["largest"]["50 %"] == 300.0
    assert found.given_none["largest"] == {"5 %": 5.0, "50 %": 5.0, "95 %": 5.0}
    assert found.loss.happened == 2
    assert found.backlash.happened == 3
    assert found.worst is not None
    assert found.worst.value_at_risk == -2.0
    few = risk({name: values[:19] for name, values in numbers.items()})
    assert few.worst is None


def books(buyers: list[int], ticks: list[int], worth: list[float], present: float) -> Books:
    return Books(
        {"present": present}, np.empty(0, np.int64), np.array(buyers, np.int32),
        np.array(worth), np.array(ticks, np.int32),
    )  # fmt: skip


def test_earlier_and_further_purchases_worked_by_hand() -> None:
    """Of 7, who buys twice, the second comes earlier; 8 is lost; 9 is won; 3 stays as it was."""
    having = books([7, 3, 7, 9], [9, 1, 2, 4], [5.0, 9.0, 8.0, 7.0], present=20.0)
    lacking = books([3, 7, 8, 7], [1, 2, 3, 12], [9.0, 8.0, 7.5, 4.0], present=12.0)
    found = gain(having, lacking)
    assert found.whole == 8.0
    assert found.acceleration == 1.0
    assert found.expansion == 7.0 - 7.5
    assert found.other == 8.0 - 1.0 + 0.5
    nothing = gain(having, having)
    assert nothing == (0.0, 0.0, 0.0, 0.0)
    empty = books([], [], [], present=0.0)
    assert gain(having, empty).expansion == 29.0


def asked(curve: object, spread: float = 1.0) -> object:
    """Return points of a known curve; its four replicates lie at fixed distances around it."""

    def point(boost: float) -> Trial:
        value = curve(boost)  # type: ignore[operator]
        return Trial(boost, 0.01 * math.exp(boost), estimate(value + spread * NOISE))

    return point


NOISE = np.array([-1.5, -0.5, 0.5, 1.5])


def test_the_break_even_point_of_a_known_curve() -> None:
    """Profit 10 b - 7: it is 0 at b = .7, and its interval where 10 b - 7 is one half-width."""
    found = search(asked(lambda b: 10.0 * b - 7.0), 4)  # type: ignore[arg-type]
    assert math.log(found.factor) == pytest.approx(0.7, abs=0.01)
    half = estimate(NOISE).high / 10.0
    assert math.log(found.low) == pytest.approx(0.7 - half, abs=0.01)
    assert math.log(found.high) == pytest.approx(0.7 + half, abs=0.01)
    assert found.rising
    assert found.share_rate == pytest.approx(0.01 * math.exp(0.7), rel=0.02)
    assert (
        "The campaign pays if 2 % of those who notice a message pass it on, or more"
        in found.sentence
    )
    assert all(one.boost < other.boost for one, other in pairwise(found.points))


def test_where_a_reward_makes_sharing_dear_it_pays_with_fewer() -> None:
    found = search(asked(lambda b: 3.0 - math.exp(b), spread=0.0), 4)  # type: ignore[arg-type]
    assert found.factor == pytest.approx(3.0, rel=0.02)
    assert found.low == pytest.approx(3.0, rel=0.02)
    assert not found.rising
    assert "or fewer" in found.sentence


@pytest.mark.parametrize(("value", "says"), [(5.0, "pays at every one"), (-5.0, "pays at none")])
def test_where_there_is_no_break_even_point_it_is_said(value: float, says: str) -> None:
    found = search(asked(lambda b: value), 4)  # type: ignore[arg-type]
    assert math.isnan(found.factor)
    assert says in found.sentence
    assert found.to_dict()["factor"] is None


def test_an_interval_without_end_is_told_as_such() -> None:
    found = search(asked(lambda b: math.tanh(b - 1.0), spread=1.0), 4)  # type: ignore[arg-type]
    assert math.log(found.factor) == pytest.approx(1.0, abs=0.01)
    assert (found.low, found.high) == (0.0, math.inf)
    assert "times as high (anything)." in found.sentence


def test_one_replicate_has_a_point_and_no_interval() -> None:
    def point(boost: float) -> Trial:
        return Trial(boost, 0.1, estimate([boost - 0.3]))

    found = search(point, 1)
    assert math.log(found.factor) == pytest.approx(0.3, abs=0.01)
    assert (found.low, found.high) == (0.0, math.inf)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.0, "count", "0"), (2.8125, "count", "+2.8"), (0.04, "count", "+0.04"),
        (-1234.4, "count", "-1,234"),
        (-386.2, "money", "-386.20"), (0.004, "money", "+0.004"), (math.nan, "count", "–"),
        (-0.05, "rate", "-5 %"), (math.inf, "money", "+without end"),
    ],
)  # fmt: skip
def test_differences_are_written_with_their_sign(value: float, form: str, text: str) -> None:
    assert signed(value, form) == text


def test_means_are_written_without() -> None:
    assert mean(-math.inf, "money") == "-without end"
    assert interval(estimate([3.0]), "count") == "+3.0 (anything)"
    assert interval(estimate([]), "count") == "–"


def test_where_nothing_is_spent_or_earned_no_share_rate_pays() -> None:
    found = search(asked(lambda b: 0.0, spread=0.0), 4)  # type: ignore[arg-type]
    assert math.isnan(found.factor)
    assert "nothing is spent and nothing earned" in found.sentence
