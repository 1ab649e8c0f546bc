"""Until: it stops when the interval is narrow enough, and says so when the budget ran out."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from wordofmouth import InputError
from wordofmouth.experiments.estimates.interval import estimate
from wordofmouth.experiments.worlds.until import until

LUCK = np.random.default_rng(3).normal(10.0, 1.0, 20_000)


def more(numbers: range, *, deadline: float | None) -> list[float]:
    return LUCK[numbers.start : numbers.stop].tolist()


def test_it_stops_at_the_second_look_at_which_it_is_narrow_enough() -> None:
    found = until(more, estimate, width=0.27, replicates=10_000)
    # 2 x 1.96 / sqrt(n) <= .27 asks for 211: 256 is the first look, 384 the second.
    assert (len(found.told), found.stopped, found.known) == (384, "width", True)
    assert found.told == LUCK[:384].tolist()
    assert found.sentence.startswith("384 replicates made the interval")


def test_it_says_so_when_the_replicates_ran_out() -> None:
    found = until(more, estimate, width=0.25, replicates=100)
    assert (len(found.told), found.stopped, found.known) == (100, "replicates", False)
    assert "The budget of replicates ran out after 100" in found.sentence
    need = int(found.sentence.split("about ")[1].rstrip(".").replace(",", ""))
    assert 200 < need < 300


def test_it_says_so_when_the_time_ran_out() -> None:
    def slow(numbers: range, *, deadline: float | None) -> Iterator[float]:
        assert deadline is not None
        for number in numbers:
            if time.monotonic() >= deadline:
                return
            time.sleep(0.002)
            yield float(LUCK[number])

    found = until(slow, estimate, width=1e-3, replicates=10_000, seconds=0.2)
    assert found.stopped == "seconds"
    assert 2 < len(found.told) < 110
    assert "The budget of time ran out" in found.sentence


def test_what_has_no_interval_is_told_in_words() -> None:
    def of(values: list[float], **how: Any) -> str:
        budget = {"width": None, "replicates": len(values), **how}

        def those(numbers: range, *, deadline: float | None) -> list[float]:
            return values[numbers.start : numbers.stop]

        return until(those, estimate, **budget).sentence

    assert of([math.nan] * 5) == "It has no value in any of 5 replicates."
    assert of([2.0]) == "One replicate has no interval; give 2 or more."
    # 64 worlds without an event: it may happen in one of 21 (the rule of three).
    rare = of([0.0] * 100, width=0.1)
    assert rare.startswith("All of 64 replicates say 0; what happens in fewer than one of 21 may")


def test_no_time_at_all_is_refused() -> None:
    with pytest.raises(InputError, match=r"seconds = 1e-09 pays for no replicate; give more"):
        until(lambda numbers, deadline: [], estimate, width=None, replicates=9, seconds=1e-9)
    some = until(
        lambda numbers, deadline: [1.0, 3.0], estimate, width=None, replicates=9, seconds=5.0
    )
    assert some.sentence.startswith("The time for 9 ran out. 2 replicates gave an interval")


def test_without_a_width_the_whole_budget_is_spent_at_once() -> None:
    asked: list[range] = []

    def noted(numbers: range, *, deadline: float | None) -> list[float]:
        asked.append(numbers)
        return more(numbers, deadline=deadline)

    found = until(noted, estimate, width=None, replicates=70)
    assert asked == [range(70)]
    assert found.sentence.startswith("70 replicates gave an interval")


def test_the_width_alone_decides() -> None:
    shifted = until(
        lambda numbers, deadline: (LUCK[numbers.start : numbers.stop] - 10).tolist(),
        estimate,
        width=0.27,
        replicates=10_000,
    )
    assert len(shifted.told) == 384


@pytest.mark.parametrize(
    "how",
    [
        {"replicates": 0},
        {"replicates": -3},
        {"replicates": 2.5},
        {"replicates": 10**9},
        {"width": 0.0},
        {"width": -1.0},
        {"width": math.nan},
        {"seconds": 0.0},
        {"pilot": 1},
    ],
)
def test_a_budget_that_pays_for_nothing_is_refused(how: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=f"{next(iter(how))} = .* is not allowed; give "):
        until(more, estimate, **{"width": 0.5, "replicates": 10, **how})
