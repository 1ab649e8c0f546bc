"""The wave: the posts of a tick, messages in order, each with all that is known of it."""

from __future__ import annotations

import numpy as np
import pytest
from wordofmouth.sim.wave import in_order


@pytest.mark.parametrize("seed", range(5))
def test_posts_change_places_with_all_that_is_known_of_them(seed: int) -> None:
    """As a stable sort by message does it; a row is told by each of its columns."""
    luck, posts, messages = np.random.default_rng(seed), 60, 7
    message = luck.integers(0, messages - 1, posts).astype(np.int32)
    columns = (
        luck.permutation(posts).astype(np.int32),
        luck.permutation(posts).astype(np.int32),
        luck.permutation(posts).astype(np.uint8),
        luck.permutation(posts).astype(np.float64),
        luck.permutation(posts).astype(np.uint64),
        luck.permutation(posts).astype(np.int32),
    )
    wave = in_order(message, *columns, 3, messages)
    order = np.argsort(message, kind="stable")
    found = (wave.person, wave.hop, wave.channels, wave.hours, wave.name, wave.showing)
    for before, after in zip((message, *columns), (wave.message, *found), strict=True):
        assert after.tolist() == before[order].tolist()
        assert after.dtype == before.dtype
    assert wave.tick.tolist() == [3] * posts
    assert wave.start.tolist() == np.searchsorted(message[order], range(messages + 1)).tolist()
