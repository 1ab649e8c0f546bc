"""A few dozen campaigns with everything that exists, and what holds in each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .__main__ import asked, generated
from .holds import Case
from .interpreted import digests

LUCK = 19
CASES = list(generated(24, LUCK))
# Of few people, and short.
PLAIN = [case for case in CASES if case.network.n < 70][:3]


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_everything_holds(case: Case, tmp_path: Path) -> None:
    for ask in asked(case, tmp_path).values():
        ask()


def test_it_is_the_same_campaign_with_compilation_off(tmp_path: Path) -> None:
    assert PLAIN
    assert digests(PLAIN, tmp_path, 120.0) == [case.run().digest for case in PLAIN]
