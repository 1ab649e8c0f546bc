"""Visits to a feed, and what rivals' posts take of the attention at one."""

from __future__ import annotations

import math

import pytest
import wordofmouth as wom
from hypothesis import given
from hypothesis import strategies as st
from wordofmouth import Network
from wordofmouth.sim.draws import key
from wordofmouth.sim.stages.feed import visit_after, visit_before

UNDER = key(7, 55)


@given(st.integers(0, 2**40), st.floats(0.0, 500.0))
def test_between_the_visit_before_and_the_one_after_there_is_none(name: int, moment: float) -> None:
    before, after = (visit(UNDER, name, moment) for visit in (visit_before, visit_after))
    assert before <= moment < after
    assert visit_after(UNDER, name, before) == after
    assert visit_before(UNDER, name, math.nextafter(after, 0.0)) == before


@pytest.mark.parametrize(("background", "expected"), [(0.0, 1.0), (0.5, 1 / 2), (1.0, 1 / 3)])
def test_rivals_load_is_by_the_accounts_that_one_follows(
    background: float, expected: float
) -> None:
    """Whoever follows two meets, with one post of the brand, two of rivals for each an hour."""
    ring = Network.generate("small_world", 2_000, neighbours=2, rewire=0.0, seed=1)
    silent = {f"share.base.{role}": 0.0 for role in ("stranger", "fan", "advocate")}
    scenario = wom.load("cascade").replace(
        {**silent, "attention": 1.0, "notice.background": background, "people.fans": 1.0,
         "publish.seeds": 0, "content": ["post"], "horizon": 2}
    )  # fmt: skip
    found = wom.run(scenario, network=ring, seed=3).kpis
    share = found["reach"] / found["impressions"]
    error = math.sqrt(expected * (1.0 - expected) / found["impressions"])
    assert share == pytest.approx(expected, abs=4.0 * error)
