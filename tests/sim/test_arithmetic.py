"""Odds and powers: against the C library, and exact where a model relies on it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from wordofmouth.sim.arithmetic import exponential, logistic, logit, power, shifted

chances = st.floats(0, 1)
offsets = st.floats(-50, 50)
EPSILON = 2.0**-52


@numba.njit
def _exponentials(xs: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([exponential(x) for x in xs])


@numba.njit
def _logistics(xs: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([logistic(x) for x in xs])


@numba.njit
def _shifts(xs: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([shifted(0.3, x) for x in xs])


GRIDS = {
    "all": np.linspace(-708, 708, 100_001),
    "middle": np.linspace(-20, 20, 100_001),
    "near 0": np.linspace(-1e-3, 1e-3, 20_001),
    "half steps": (np.arange(-1020, 1021) + 0.5) * math.log(2),
    "steps": np.arange(-1021, 1022) * math.log(2),
}


@pytest.mark.parametrize("grid", GRIDS)
def test_the_exponential_is_that_of_the_c_library_to_two_units(grid: str) -> None:
    xs = GRIDS[grid][np.abs(GRIDS[grid]) <= 708]
    exact = np.array([math.exp(x) for x in xs])
    assert (np.abs(_exponentials(xs) - exact) / np.spacing(exact)).max() <= 2


@given(st.floats(-708, 708))
def test_the_exponential_anywhere(x: float) -> None:
    assert abs(exponential(x) - math.exp(x)) <= 2 * math.ulp(math.exp(x))


def test_the_exponential_at_its_ends() -> None:
    assert exponential(0.0) == exponential(-0.0) == 1.0
    assert exponential(-708.5) == exponential(-math.inf) == 0.0
    assert exponential(708.5) == exponential(math.inf) == math.inf
    assert math.isnan(exponential(math.nan))


@pytest.mark.parametrize("function", [_exponentials, _logistics])
def test_what_grows_grows_everywhere(
    function: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> None:
    for grid in GRIDS.values():
        assert (np.diff(function(np.sort(grid))) >= 0).all()


def test_a_chance_grows_with_its_offset_to_the_last_units_below_1() -> None:
    for grid in GRIDS.values():
        chances_of_all = _shifts(np.sort(grid))
        assert (np.diff(chances_of_all[chances_of_all < 1 - 4 * EPSILON]) >= 0).all()
        assert (np.diff(chances_of_all) >= -EPSILON).all()


@given(st.one_of(st.just(0.0), st.floats(1e-300, 1)))
def test_odds_there_and_back(probability: float) -> None:
    """To 1e-15 of it between .001 and .999; further out by what log-odds of that size can hold."""
    log_odds = logit(probability)
    back = logistic(log_odds)
    if math.isinf(log_odds):
        assert back == probability
        return
    allowed = 1.5 * math.ulp(log_odds) + 3 * EPSILON
    assert abs(back - probability) <= allowed * probability


@pytest.mark.parametrize("probability", [0.0017, 0.01, 0.05, 0.1, 0.5, 0.9, 0.99])
def test_usual_chances_there_and_back(probability: float) -> None:
    assert logistic(logit(probability)) == pytest.approx(probability, rel=1e-15, abs=0)


def test_never_and_always_stay_what_they_are() -> None:
    assert logit(0.0) == -math.inf
    assert logit(1.0) == math.inf
    assert logistic(-math.inf) == 0.0
    assert logistic(math.inf) == 1.0
    assert logistic(0.0) == 0.5
    for offset in (-50.0, -1.0, 0.0, 1.0, 50.0):
        assert shifted(0.0, offset) == logistic(logit(0.0) + offset) == 0.0
        assert shifted(1.0, offset) == logistic(logit(1.0) + offset) == 1.0


@given(chances)
def test_an_offset_of_nothing_changes_no_bit(probability: float) -> None:
    assert shifted(probability, 0.0) == probability


@given(st.floats(1e-12, 1 - 1e-12), offsets)
def test_an_offset_is_added_to_the_log_odds(probability: float, offset: float) -> None:
    moved = shifted(probability, offset)
    assert 0 < moved <= 1
    assert moved == pytest.approx(logistic(logit(probability) + offset), rel=1e-13)


@given(chances, offsets, offsets)
def test_a_larger_offset_never_lowers_a_chance(
    probability: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    if high - low > 1e-12:
        assert shifted(probability, low) <= shifted(probability, high) + EPSILON


@given(chances, st.integers(0, 300))
def test_powers(base: float, exponent: int) -> None:
    expected = base**exponent
    assert abs(power(base, exponent) - expected) <= 2 * exponent * EPSILON * expected + 1e-300


def test_powers_that_are_exact() -> None:
    assert [power(0.0, exponent) for exponent in range(3)] == [1.0, 0.0, 0.0]
    assert [power(0.5, exponent) for exponent in range(20)] == [2.0**-k for k in range(20)]
    assert power(1.0, 1_000_000) == 1.0
