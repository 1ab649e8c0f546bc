"""Shapley values against their definition: the mean over all orders, and the axioms."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from wordofmouth.experiments.answers.levers.shapley import along, interactions, met, orders, shapley
from wordofmouth.sim.errors import InputError


@st.composite
def games(draw: st.DrawFn) -> np.ndarray:
    players = draw(st.integers(1, 5))
    return draw(arrays(np.float64, 2**players, elements=st.integers(-1000, 1000).map(float)))


@given(games())
@settings(max_examples=50, deadline=None)
def test_the_value_is_the_mean_over_all_orders(worth: np.ndarray) -> None:
    players = worth.size.bit_length() - 1
    each = [along(order, worth[met(order)]) for order in permutations(range(players))]
    assert shapley(worth) == pytest.approx(np.mean(each, axis=0), abs=1e-9)


@given(games())
@settings(max_examples=50, deadline=None)
def test_values_add_up_to_the_whole(worth: np.ndarray) -> None:
    assert shapley(worth).sum() == pytest.approx(worth[-1] - worth[0], abs=1e-9)


def test_the_glove_game_worked_by_hand() -> None:
    """One has a left glove and two have a right one; a pair is worth 1: 4/6, 1/6, 1/6."""
    worth = np.zeros(8)
    worth[[0b011, 0b101, 0b111]] = 1.0
    assert shapley(worth) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    # The owners of right gloves replace each other, and either makes the left one worth something.
    index = interactions(worth)
    assert index[0, 1] == index[0, 2] == pytest.approx(1 / 2)
    assert index[1, 2] == pytest.approx(-1 / 2)


def test_a_player_who_adds_nothing_is_worth_exactly_nothing() -> None:
    generator = np.random.default_rng(1)
    worth = generator.normal(size=(5, 16))
    worth[:, 8:] = worth[:, :8]
    assert (shapley(worth)[:, 3] == 0).all()
    assert (interactions(worth)[:, 3, :] == 0).all()
    for order in orders(4, 3, seed=2):
        assert (along(order, worth[:, met(order)])[:, 3] == 0).all()


def test_players_who_do_the_same_are_worth_the_same() -> None:
    """0 and 1 may change places in every coalition."""
    generator = np.random.default_rng(3)
    worth = generator.integers(0, 100, 16).astype(float)
    for rest in (0, 4, 8, 12):
        worth[rest | 2] = worth[rest | 1]
    value = shapley(worth)
    assert value[0] == value[1]
    index = interactions(worth)
    assert index[0, 2] == index[1, 2]


def test_what_adds_up_does_not_interact() -> None:
    alone = np.array([3.0, -2.0, 7.0])
    worth = np.array([alone[[c >> i & 1 == 1 for i in range(3)]].sum() for c in range(8)])
    assert shapley(worth).tolist() == alone.tolist()
    assert (interactions(worth) == 0).all()


def test_orders_come_in_pairs_and_depend_on_the_seed_alone() -> None:
    drawn = orders(10, 6, seed=4)
    assert len(drawn) == 12
    assert all(sorted(order) == list(range(10)) for order in drawn)
    assert all(drawn[k] == drawn[k + 1][::-1] for k in range(0, 12, 2))
    assert drawn == orders(10, 6, seed=4)
    assert drawn != orders(10, 6, seed=5)
    assert len(set(drawn)) == 12


def test_every_order_is_as_likely() -> None:
    counts: dict[tuple[int, ...], int] = {}
    for order in orders(3, 3000, seed=6)[::2]:
        counts[order] = counts.get(order, 0) + 1
    expected = 3000 / 6
    assert len(counts) == 6
    assert max(abs(count - expected) for count in counts.values()) < 4 * (expected * 5 / 6) ** 0.5


@pytest.mark.parametrize("worth", [[], [1, 2, 3], 5.0])
def test_what_is_no_game_is_refused(worth: object) -> None:
    with pytest.raises(InputError, match="give one value for each"):
        shapley(worth)  # type: ignore[arg-type]
