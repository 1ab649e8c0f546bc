"""How long a share waits, and what a friendly contact leaves behind, as laws."""

from __future__ import annotations

import math

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from wordofmouth.sim import draws
from wordofmouth.sim.stages.relate import raised
from wordofmouth.sim.stages.share import share_delay


@numba.njit
def _delays(key: np.uint64, mean: float, count: int) -> NDArray[np.int64]:
    result = np.empty(count, np.int64)
    for person in range(count):
        result[person] = share_delay(draws.draw(key, np.uint64(person)), mean)
    return result


@pytest.mark.parametrize("mean", [0.2, 1.0, 3.5, 30.0])
def test_delays_are_geometric(mean: float) -> None:
    count = 100_000
    delays = _delays(draws.key(7, int(draws.DELAY), 0), mean, count)
    law = stats.geom(1 / (1 + mean), loc=-1)
    longest = int(law.ppf(1 - 20 / count))
    found = np.bincount(np.minimum(delays, longest), minlength=longest + 1)
    expected = law.pmf(np.arange(longest + 1)) * count
    expected[longest] = law.sf(longest - 1) * count
    assert stats.chisquare(found, expected).pvalue > 1e-6
    assert abs(delays.mean() - mean) < 4 * law.std() / math.sqrt(count)


def test_no_delay_is_none_and_a_longer_mean_never_shortens_one() -> None:
    bits = [draws.luck(7, person) for person in range(300)]
    assert {share_delay(draw, 0.0) for draw in bits} == {0}
    for draw in bits:
        delays = [share_delay(draw, mean) for mean in (0.1, 0.5, 2.0, 10.0, 100.0)]
        assert delays == sorted(delays)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_thanks_leaves_bond_between_what_it_was_and_1(x: float, gain: float) -> None:
    assert x <= raised(x, gain) <= 1 + 2**-52
    assert raised(x, 0.0) == x
