"""Small tables as tools export them, to be read and to be spoilt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

FIRST = date(2026, 3, 1)


def days(many: int, form: str = "%Y-%m-%d") -> list[str]:
    return [(FIRST + timedelta(days=k)).strftime(form) for k in range(many)]


def csv(path: Path, head: str, rows: Iterable[Sequence[object]], sign: str = ",") -> Path:
    lines = [head, *(sign.join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def daily(path: Path, column: Sequence[object], name: str = "clicks") -> Path:
    """A table of a date and one column."""
    return csv(path, f"date,{name}", zip(days(len(column)), column, strict=True))
