"""Draws: known answers, uniform, independent of each other, and functions of what is decided."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from wordofmouth.sim import draws

from . import plain

# What these four are called with in the engine, and what they are there: unsigned.
words = st.integers(0, 2**64 - 1)
MANY = 200_000
FAMILY = 1e-6


@numba.njit
def drawn(key: np.uint64, first: int, count: int) -> NDArray[np.uint64]:
    """The draws of `count` identities under a key."""
    result = np.empty(count, np.uint64)
    for k in range(count):
        result[k] = draws.draw(key, np.uint64(first + k))
    return result


@numba.njit
def decided(probability: float, bits: NDArray[np.uint64]) -> NDArray[np.bool_]:
    result = np.empty(bits.size, np.bool_)
    for k in range(bits.size):
        result[k] = draws.happens(bits[k], probability)
    return result


def numbers(key: np.uint64) -> NDArray[np.float64]:
    """The same as uniform numbers."""
    return (drawn(key, 0, MANY) >> np.uint64(11)) * 2.0**-53


def decision_numbers() -> dict[str, int]:
    return {
        name: int(value)
        for name, value in vars(draws).items()
        if name.isupper() and not name.startswith("_") and name != "GOLDEN"
    }


# known answers ----------------------------------------------------------------------------------


@pytest.mark.digest
@pytest.mark.parametrize(
    ("key", "published"),
    [
        (0, [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]),
        (1234567, [6457827717110365317, 3203168211198807973, 9817491932198370423]),
    ],
)
def test_draws_of_people_in_order_are_the_published_stream_of_splitmix64(
    key: int, published: list[int]
) -> None:
    assert [int(draws.luck(key, person)) for person in range(3)] == published


@pytest.mark.digest
def test_known_answers() -> None:
    one = np.uint64(1)
    assert int(draws.mix(one)) == 0x5692161D100B05E5
    assert int(draws.key(7, 23, 0)) == 0xC5057CAB6B4BA0A5
    assert int(draws.key(2**64 - 1, 2**64 - 1)) == 0x445018E305810B78
    assert int(draws.decision(np.uint64(7), draws.SHARE, 0)) == 0xC5057CAB6B4BA0A5
    assert float(draws.uniform(draws.luck(7, 5))) == 0.24943152228274335


@given(words, st.lists(words, max_size=3), words)
def test_keys_and_draws_are_those_of_whole_numbers(
    seed: int, labels: list[int], identity: int
) -> None:
    under = draws.key(seed, *labels)
    assert isinstance(under, np.uint64)
    assert int(under) == plain.key_of(seed, *labels)
    bits = draws.luck(int(under), identity)
    assert isinstance(bits, np.uint64)
    assert int(bits) == plain.draw(int(under), identity)
    assert float(draws.uniform(bits)) == plain.uniform(int(bits))


def test_a_decision_is_the_key_of_stage_and_message() -> None:
    for message in (0, 1, 300):
        expected = plain.key_of(7, int(draws.CLICK), message)
        assert int(draws.decision(np.uint64(7), draws.CLICK, message)) == expected


def test_no_two_decisions_share_a_number() -> None:
    named = decision_numbers()
    assert {"WORLD", "LUCK", "SHARE", "THANK", "SEEDING"} <= named.keys()
    assert len(set(named.values())) == len(named)


# uniformity -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1, 2**63])
@pytest.mark.parametrize("shift", [0, 11, 28, 56])
def test_every_byte_is_uniform(seed: int, shift: int) -> None:
    bits = drawn(draws.key(seed, 23, 0), 0, MANY)
    byte = (bits >> np.uint64(shift)) & np.uint64(255)
    found = np.bincount(byte.astype(np.int64), minlength=256)
    assert stats.chisquare(found).pvalue > FAMILY


def test_every_bit_is_set_half_of_the_time() -> None:
    bits = drawn(draws.key(5, 23, 0), 0, MANY)
    ones = [int(((bits >> np.uint64(bit)) & np.uint64(1)).sum()) for bit in range(64)]
    assert np.abs(np.array(ones) - MANY / 2).max() < 5 * np.sqrt(MANY) / 2  # 64 at once


@pytest.mark.parametrize("probability", [0.0017, 0.01, 0.5])
def test_events_happen_as_often_as_they_should(probability: float) -> None:
    happened = decided(probability, drawn(draws.key(3, 27, 4), 0, 10 * MANY)).mean()
    error = np.sqrt(probability * (1 - probability) / (10 * MANY))
    assert abs(happened - probability) < 4 * error


# independence -----------------------------------------------------------------------------------


def assert_independent(series: list[NDArray[np.float64]]) -> None:
    """No correlation, and rare events do not come together: within 4 standard errors."""
    assert np.abs(np.corrcoef(series)[np.triu_indices(len(series), 1)]).max() < 4 / np.sqrt(MANY)
    rare = 0.05
    together = rare * rare
    for one, other in combinations(series, 2):
        both = ((one < rare) & (other < rare)).mean()
        assert abs(both - together) < 4.5 * np.sqrt(together / MANY)


KEYS: dict[str, Callable[[int], np.uint64]] = {
    "stages": lambda k: draws.key(7, 20 + k, 0),
    "messages": lambda k: draws.key(7, 23, k),
    "senders": lambda k: draws.key(7, 23, 0, k),
    "outlets": lambda k: draws.key(7, 23, 0, 2**64 - 1 - k),
    "seeds": lambda k: draws.key(k, 23, 0),
    "world and luck": lambda k: draws.key(7, 1 + k, 3),
}


@pytest.mark.parametrize("what", KEYS)
def test_decisions_are_independent(what: str) -> None:
    assert_independent([numbers(KEYS[what](k)) for k in range(8)])


def test_people_are_independent_of_their_neighbours() -> None:
    people = numbers(draws.key(7, 23, 0))
    assert_independent([np.roll(people, lag) for lag in (0, 1, 2, 3, 8, 64, 1000)])


# keys that look alike ---------------------------------------------------------------------------


def flipped(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> NDArray[np.int64]:
    return np.unpackbits((a ^ b).view(np.uint8)).reshape(a.size, 64).sum(axis=1).astype(np.int64)


@pytest.mark.parametrize("part", ["parent", "label"])
def test_one_bit_of_a_key_flips_half_of_every_draw(part: str) -> None:
    count = 2_000
    for bit in range(64):
        other = 1 << bit
        changed = draws.key(7 ^ other, 23) if part == "parent" else draws.key(7, 23 ^ other)
        bits = flipped(drawn(draws.key(7, 23), 0, count), drawn(changed, 0, count))
        assert abs(bits.mean() - 32) < 4.5 * 4 / np.sqrt(count)
        assert bits.min() >= 5
        assert bits.max() <= 59


@pytest.mark.parametrize("part", ["parent", "label"])
def test_keys_that_differ_in_one_bit_repeat_no_draw(part: str) -> None:
    keys = [(7 ^ other, 23) if part == "parent" else (7, 23 ^ other) for other in bits_and_none()]
    together = np.concatenate([drawn(draws.key(*key), 0, 2_000) for key in keys])
    assert np.unique(together).size == together.size


def bits_and_none() -> list[int]:
    return [0, *(1 << bit for bit in range(64))]


def test_under_one_key_no_two_people_share_a_draw() -> None:
    bits = np.sort(drawn(draws.key(7, 23, 0), 0, 1_000_000))
    assert (bits[1:] != bits[:-1]).all()


# events -----------------------------------------------------------------------------------------


@given(words)
def test_what_cannot_happen_does_not_and_what_must_does(bits: int) -> None:
    assert not draws.happens(np.uint64(bits), 0.0)
    assert draws.happens(np.uint64(bits), 1.0)


def test_the_ends_of_the_scale() -> None:
    least, most = np.uint64(0), np.uint64(2**64 - 1)
    assert not draws.happens(least, 0.0)
    assert draws.happens(least, 2.0**-53)
    assert draws.happens(most, 1.0)
    assert not draws.happens(most, 1.0 - 2.0**-53)
    assert float(draws.uniform(most)) == 1.0 - 2.0**-53


@given(words, st.lists(st.floats(0, 1), min_size=2, max_size=6).map(sorted))
def test_what_happens_goes_on_happening_as_the_chance_rises(bits: int, rising: list[float]) -> None:
    happened = [bool(draws.happens(np.uint64(bits), chance)) for chance in rising]
    assert all(before <= after for before, after in pairwise(happened))
    assert happened == [plain.uniform(bits) < chance for chance in rising]
