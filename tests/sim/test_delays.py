"""How long a share waits, and what a friendly contact leaves behind, as laws."""

from __future__ import annotations

import math
from itertools import pairwise

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import integrate, stats
from wordofmouth import Scenario
from wordofmouth.sim import draws
from wordofmouth.sim.parameters import Delay
from wordofmouth.sim.plan import Delaying, plan
from wordofmouth.sim.stages.delay import delay_of, exponential_delay
from wordofmouth.sim.stages.relate import raised

LAWS = {
    "exponential": (
        Delay(law="exponential", mean=3.5),
        stats.expon(scale=3.5),
    ),
    "lognormal": (
        Delay(law="lognormal", median=1.3, sigma=2.2),
        stats.lognorm(2.2, scale=1.3),
    ),
}


@numba.njit
def _delays(key: np.uint64, delaying: Delaying, count: int) -> NDArray[np.float64]:
    result = np.empty(count)
    for person in range(count):
        result[person] = delay_of(draws.draw(key, np.uint64(person)), delaying)
    return result


def drawn(delay: Delay, count: int = 100_000) -> NDArray[np.float64]:
    """Delays of so many people."""
    delaying = plan(Scenario().replace({"share.delay": delay.model_dump()}), np.uint64(1)).delay
    found: NDArray[np.float64] = _delays(draws.key(7, int(draws.DELAY), 0), delaying, count)
    return found


@pytest.mark.parametrize("name", LAWS)
def test_delays_follow_their_law(name: str) -> None:
    delay, law = LAWS[name]
    assert stats.kstest(drawn(delay), law.cdf).pvalue > 1e-6


@pytest.mark.parametrize("cutoff", [0.05, 2.0, 168.0, 1e5])
def test_power_law_delays_are_those_of_seismic(cutoff: float) -> None:
    """Constant up to five minutes, then s ** -1.242, and nothing beyond the cut-off."""
    onset, theta = 1 / 12, 0.242
    delays = drawn(Delay(law="power_law", cutoff=cutoff))
    assert delays.max() <= cutoff * (1 + 1e-9)

    def density(s: float) -> float:
        return 1.0 if s <= onset else float((s / onset) ** -(1 + theta))

    def below(s: float) -> float:
        return sum(
            integrate.quad(density, low, high, limit=200)[0]
            for low, high in pairwise(sorted({0.0, *(x for x in (onset, 1.0, 50.0) if x < s), s}))
        )

    for s in (cutoff / 50, cutoff / 10, cutoff / 2):
        expected = below(s) / below(cutoff)
        error = math.sqrt(expected * (1 - expected) / delays.size)
        assert abs((delays <= s).mean() - expected) < 4.5 * error + 1e-9


@given(st.integers(0, 2**62), st.floats(0.1, 10), st.floats(1, 3))
def test_a_longer_mean_never_shortens_a_delay(seed: int, mean: float, times: float) -> None:
    bits = draws.luck(seed, 1)
    assert exponential_delay(bits, mean) <= exponential_delay(bits, mean * times)
    assert delay_of(bits, plan(Scenario(), np.uint64(1)).delay) == 0.0


def test_a_number_is_the_mean_of_an_exponential() -> None:
    assert Scenario().replace({"share.delay": 2.5}).share.delay == Delay(
        law="exponential", mean=2.5
    )
    assert Scenario().replace({"share.delay": 0.0}).share.delay == Delay()


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_thanks_leaves_bond_between_what_it_was_and_1(x: float, gain: float) -> None:
    assert x <= raised(x, gain) <= 1 + 2**-52
    assert raised(x, 0.0) == x
