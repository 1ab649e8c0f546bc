"""The fitted tail: it finds the exponent of a known law, and refuses what is too little."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import zeta
from wordofmouth.experiments.estimates.power_law import ENOUGH, tail
from wordofmouth.sim.errors import InputError


def drawn(exponent: float, minimum: int, size: int, seed: int) -> np.ndarray:
    x = np.arange(minimum, 500_000)
    below = np.cumsum(x**-exponent / zeta(exponent, minimum))
    chosen = np.searchsorted(below, np.random.default_rng(seed).random(size))
    return x[np.minimum(chosen, x.size - 1)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("exponent", "minimum"), [(2.5, 1), (2.1, 1), (1.8, 2), (3.0, 5)])
def test_a_known_exponent_is_found(exponent: float, minimum: int, seed: int) -> None:
    found = tail(drawn(exponent, minimum, 3_000, seed))
    assert found is not None
    assert abs(found.exponent - exponent) < 4 * found.error
    assert found.minimum >= minimum


def test_the_standard_error_is_that_of_repeated_draws() -> None:
    fits = [tail(drawn(2.5, 1, 1_000, seed)) for seed in range(60)]
    whole = [fit for fit in fits if fit is not None and fit.minimum == 1]
    assert len(whole) >= 20
    # Of fits to everything: the choice of where the tail begins adds to it.
    spread = np.std([fit.exponent for fit in whole])
    assert 0.6 < spread / np.mean([fit.error for fit in whole]) < 1.7


def test_the_tail_begins_where_the_law_does() -> None:
    # Below 10 the numbers are even, from there on a power law.
    body = np.random.default_rng(1).integers(1, 10, 2_000)
    found = tail(np.concatenate([body, drawn(2.5, 10, 2_000, 1)]))
    assert found is not None
    assert 8 <= found.minimum <= 40
    assert abs(found.exponent - 2.5) < 4 * found.error


def test_too_few_are_refused() -> None:
    assert tail([]) is None
    assert tail(drawn(2.5, 1, ENOUGH - 1, 1)) is None
    assert tail(np.ones(1_000, int)) is None
    found = tail(drawn(2.5, 1, 2_000, 1))
    assert found is not None
    assert found.values >= ENOUGH


@pytest.mark.parametrize("wrong", [[0, 1, 2], [1.5, 2.5], [-1]])
def test_what_is_no_size_is_refused(wrong: list[float]) -> None:
    with pytest.raises(InputError, match="whole numbers from 1 on"):
        tail(wrong)
