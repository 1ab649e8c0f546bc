"""The inference, where the posterior is known exactly."""

import numpy as np
import pytest
from wordofmouth.experiments.answers.fit.infer import (
    Learned,
    adjusted,
    box,
    covered,
    inside,
    truncated,
    weighted_quantiles,
)

NOISE = 0.5
MANY = 4_000


def linear(many: int = MANY, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Draws of a standard normal pair; the first is seen with noise, twice, the second never."""
    generator = np.random.default_rng(seed)
    z = generator.standard_normal((many, 2))
    seen = z[:, :1] + NOISE * generator.standard_normal((many, 2))
    return z, np.column_stack([seen, generator.standard_normal(many)])


def test_the_posterior_of_a_normal_mean_is_found() -> None:
    z, x = linear()
    data = np.array([[1.2, 0.8, 0.0]])
    learned = Learned(x, z, [0, 1, 2])
    found = adjusted(learned.told, z, learned.of(data)[0])
    draws = found.draws(4_000, np.random.default_rng(0))
    precision = 1.0 + 2.0 / NOISE**2
    assert draws[:, 0].mean() == pytest.approx((2.0 / NOISE**2) / precision, abs=0.04)
    assert draws[:, 0].std() == pytest.approx(precision**-0.5, rel=0.08)
    # What is not seen keeps its prior.
    assert draws[:, 1].mean() == pytest.approx(0.0, abs=0.08)
    assert draws[:, 1].std() == pytest.approx(1.0, rel=0.08)


def test_a_spread_that_differs_from_place_to_place_is_followed() -> None:
    generator = np.random.default_rng(5)
    z = generator.standard_normal((20_000, 1))
    x = z + np.exp(0.5 * z) * 0.2 * generator.standard_normal(z.shape)
    learned = Learned(x, z, [0])
    wide, narrow = (
        adjusted(learned.told, z, learned.of(np.array([[at]]))[0], share=0.5)
        .draws(2_000, generator)
        .std()
        for at in (1.5, -1.5)
    )
    assert wide > 1.5 * narrow


def test_intervals_hold_as_often_as_they_say() -> None:
    z, x = linear(1_500)
    learned = Learned(x, z, [0, 1])
    held = covered(learned.told, z, learned.told.mean(axis=0), many=150, level=0.9)
    assert np.all(np.abs(held - 0.9) < 0.08)


def test_the_prior_in_a_box_keeps_its_shape() -> None:
    within = np.array([[-0.5, 2.0], [-7.0, 7.0]])
    z = truncated(4_000, within, np.random.default_rng(1))
    assert inside(z, within).all()
    whole = np.random.default_rng(2).standard_normal(40_000)
    part = whole[(whole >= -0.5) & (whole <= 2.0)]
    assert z[:, 0].mean() == pytest.approx(part.mean(), abs=0.02)
    assert z[:, 1].std() == pytest.approx(1.0, rel=0.02)


def test_a_box_holds_what_it_is_made_of() -> None:
    draws = np.random.default_rng(1).normal(2.0, 0.1, (1_000, 1))
    assert inside(draws, box(draws)).mean() > 0.99
    assert np.ptp(box(draws)) < 1.0


def test_quantiles_go_by_weights() -> None:
    values, weights = np.array([[0.0], [1.0], [2.0]]), np.array([0.1, 0.8, 0.1])
    assert weighted_quantiles(values, weights, [0.5])[0, 0] == pytest.approx(1.0)
