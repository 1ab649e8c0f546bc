"""What of the differences between worlds goes with parameters, and what is luck."""

from __future__ import annotations

import math

import numpy as np
import pytest
from wordofmouth import InputError
from wordofmouth.experiments.estimates.lasting import lasting


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_the_share_is_found(share: float) -> None:
    generator = np.random.default_rng(1)
    parameters = generator.normal(size=(4000, 3))
    values = 5.0 + math.sqrt(share) * parameters[:, 1]
    values += math.sqrt(1.0 - share) * generator.normal(size=4000)
    found = lasting(values, parameters)
    assert found.share == pytest.approx(share, abs=0.03)
    half = 1.6449 * math.sqrt(share)
    assert (found.low, found.high) == pytest.approx((5.0 - half, 5.0 + half), abs=0.1)


def test_luck_alone_is_seldom_taken_for_more() -> None:
    generator = np.random.default_rng(2)
    found = [
        lasting(generator.normal(size=48), generator.normal(size=(48, 4))).share for _ in range(400)
    ]
    assert np.mean(np.array(found) > 0.0) == pytest.approx(0.05, abs=0.025)


def test_where_nothing_can_be_told() -> None:
    table = np.arange(60.0)[:, None]
    assert math.isnan(lasting(np.arange(20.0), table[:20]).share)
    assert lasting(np.ones(60), table).share == 0.0
    same = lasting(np.arange(60.0), np.ones((60, 1)))
    assert (same.share, same.low, same.high) == (0.0, 29.5, 29.5)
    some = np.where(np.arange(60) < 2, np.nan, np.arange(60.0))
    assert lasting(some, table).share > 0.9
    with pytest.raises(InputError, match="give a row for each value"):
        lasting(np.arange(3.0), table)


def test_a_parameter_that_is_there_twenty_times_counts_once() -> None:
    generator = np.random.default_rng(3)
    known = generator.normal(size=(60, 1))
    values = known[:, 0] + generator.normal(size=60)
    once, often = lasting(values, known), lasting(values, np.repeat(known, 20, axis=1))
    assert once.share > 0.2
    assert often == pytest.approx(once)
    endless = lasting(np.append(values, np.inf), np.append(known, [[0.3]], axis=0))
    assert endless == pytest.approx(once)
