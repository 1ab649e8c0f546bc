"""Paired differences: intervals that hold what they promise also where few pairs differ."""

from __future__ import annotations

import math

import numpy as np
import pytest
from wordofmouth.experiments.estimates.interval import estimate
from wordofmouth.experiments.estimates.paired import ENOUGH, difference

LUCK = 20_260_102
TRIALS = 250
# Four standard errors below the level.
LEAST = 0.95 - 4 * math.sqrt(0.95 * 0.05 / TRIALS)
WORLDS = (16, 48, 64)
SHARES = (0.005, 0.06, 0.3)


@pytest.mark.parametrize("pairs", WORLDS)
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("falling", [0.0, 0.4])
def test_intervals_of_rare_events_hold_the_truth(pairs: int, share: float, falling: float) -> None:
    """Something happens in so many worlds because of the change, and in some does not for it."""
    luck = np.random.default_rng(LUCK)
    kind = luck.random((TRIALS, pairs))
    up, down = kind < share * (1 - falling), (kind >= share * (1 - falling)) & (kind < share)
    before = np.where(down, 1.0, np.where(up, 0.0, luck.random((TRIALS, pairs)) < 0.3))
    after = before + up - down
    truth = share * (1 - 2 * falling)
    found = [difference(b, a, share=True) for a, b in zip(before, after, strict=True)]
    held = np.mean([each.low <= truth <= each.high for each in found])
    assert held >= LEAST
    assert all(-1 <= each.low < each.high <= 1 for each in found)
    assert all(each.low <= each.mean <= each.high for each in found)


@pytest.mark.parametrize("pairs", WORLDS)
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("size", ["one", "counts", "money"])
def test_intervals_of_rare_changes_hold_the_truth_or_tell_nothing(
    pairs: int, share: float, size: str
) -> None:
    luck = np.random.default_rng(LUCK + 1)
    shape = (TRIALS, pairs)
    by, mean = {
        "one": (np.ones(shape), 1.0),
        "counts": (1.0 + luck.poisson(2.0, shape), 3.0),
        "money": (luck.normal(50.0, 30.0, shape), 50.0),
    }[size]
    changed = np.where(luck.random(shape) < share, by, 0.0)
    found = [difference(row, np.zeros(pairs)) for row in changed]
    held = [each.low <= share * mean <= each.high for each in found if each.moved > 0]
    # Of some a part in ten is told of, so that their luck is larger.
    assert np.mean(held) >= 0.95 - 4 * math.sqrt(0.95 * 0.05 / max(len(held), 1)) - 0.02
    for each in found:
        assert each.moved > 2 or each.width in (0.0, math.inf)
        assert each.moved > 0 or each.mean == 0.0


def test_student_would_not_hold_it() -> None:
    """What is repaired: half a per cent of 64 worlds differ, and most intervals miss it."""
    luck = np.random.default_rng(LUCK)
    rows = (luck.random((TRIALS, 64)) < 0.005).astype(float)
    held = np.mean([estimate(row).low <= 0.005 <= estimate(row).high for row in rows])
    assert held < 0.4


def test_where_many_differ_it_is_students() -> None:
    luck = np.random.default_rng(LUCK)
    first, second = luck.normal(size=(2, 12))
    assert difference(second, first) == estimate(second - first)
    few = np.r_[np.arange(1.0, ENOUGH + 1.0), np.zeros(50)]
    assert difference(few, np.zeros(60)) == estimate(few)
    assert difference([0.0, 2.0, 3.0], [0.0] * 3) == estimate([0.0, 2.0, 3.0])


def test_what_never_happened_has_a_width() -> None:
    never = np.zeros(20)
    found = difference(never, never, share=True)
    # z^2 / (n + z^2), as Tango's score is solved where no pair differs.
    assert found.high == pytest.approx(1.959964**2 / (20 + 1.959964**2), abs=1e-6)
    assert found.low == pytest.approx(-found.high)
    assert (found.mean, found.moved, found.sure, found.surely()) == (0.0, 0, False, False)
    always = difference(np.ones(20), never, share=True)
    assert (always.mean, always.high) == (1.0, 1.0)
    assert 0.6 < always.low < 1.0
    assert always.surely()
    turned = difference(never, np.ones(20), share=True)
    assert (turned.low, turned.high) == pytest.approx((-always.high, -always.low))


def test_the_ends_solve_tangos_equation() -> None:
    before, after = np.zeros(44), np.zeros(44)
    after[0], before[1] = 1.0, 1.0
    found = difference(after, before, share=True)
    assert found.low == pytest.approx(-found.high)
    # The score equation at its end, by hand: (b - c - n d)^2 = z^2 n (2 q + d (1 - d)).
    n, d = 44, found.high
    b = (2 * n) * d - 2
    q = (math.sqrt(b * b + 8 * n * d * (1 - d)) - b) / (4 * n)
    assert (n * d) ** 2 == pytest.approx(1.959964**2 * n * (2 * q + d * (1 - d)), rel=1e-6)


def test_one_or_two_pairs_that_differ_tell_no_interval() -> None:
    for few in (1, 2):
        having = np.zeros(30)
        having[:few] = 5.0
        found = difference(having, np.zeros(30))
        assert (found.low, found.high, found.moved) == (-math.inf, math.inf, few)
        assert not found.surely()
        assert found.to_dict()["low"] is None


def test_how_sure_it_is_follows_the_signs_where_few_differ() -> None:
    having = np.zeros(60)
    having[:5] = [1.0, 2.0, 1.0, 3.0, 2.0]
    found = difference(having, np.zeros(60))
    assert found.better(1) == pytest.approx(1 - 1 / 32)
    assert difference(np.zeros(60), having).better(1) == pytest.approx(1 / 32)
    assert found.low <= found.mean <= found.high
