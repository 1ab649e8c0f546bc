"""Where the real networks are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / ".." / "shared" / "data"


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """The path of a file of real data, or a skip where it is absent."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"real data {name} is not there: put it into {SHARED}")
        return path

    return find
