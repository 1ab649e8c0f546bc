"""Where the real networks are, and a shorthand for writing a file."""

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


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file and give its path."""

    def writer(content: str | bytes, name: str = "edges.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writer
