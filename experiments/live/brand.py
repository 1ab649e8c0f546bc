"""A brand in ten numbers, as the page's form tells them: its scenario, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ...scenarios.loader import complete
from ...scenarios.observing.brand import (
    QUESTIONS,
    WEEKS,
    TenNumbers,
    brand,
    notes,
    parameters,
    scenario_text,
)  # fmt: skip
from ...scenarios.toml import parsed
from ...sim.parameters import Scenario
from .levers import label_of
from .limits import Refused

NAME: Final = "your_brand"
_KEPT: Final = 8
# Where what a parameter may be is more than what it is here.
_LABELS: Final = {"people.fans": "Followers, as fans of the brand", "content": "Posts"}


def questions() -> list[dict[str, str]]:
    """What the form asks, in its order."""
    return [each._asdict() for each in QUESTIONS]


def told_by(numbers: object) -> TenNumbers:
    """The brand of a request.

    Raises
    ------
    InputError
        If a number is not allowed, in a sentence that begins with its name.
    Refused
        If it is no table.
    """
    if not isinstance(numbers, Mapping):
        raise Refused(f"brand = {numbers!r} is not allowed; give a table of numbers.")
    return brand(numbers)


@lru_cache(maxsize=_KEPT)
def scenario_of(told: TenNumbers) -> Scenario:
    """The scenario that `wom new --ask` writes of these numbers."""
    tables = complete(parsed(scenario_text(told, NAME)), Path(f"{NAME}.toml"))
    return Scenario(**tables)


def became(told: TenNumbers) -> dict[str, Any]:
    """Which number became what: a row a parameter, and what did not follow."""
    lines = [("people.fans", told.followers / told.scale, f"{told.followers:g} followers, as told")]
    if told.posts is not None:
        count = max(round(told.posts * WEEKS), 1)
        lines.append(("content", count, f"{told.posts:g} posts a week, as told, for {WEEKS} weeks"))
    lines += [(line.path, line.value, line.why) for line in parameters(told)]
    rows = [
        {"path": path, "label": _LABELS.get(path) or label_of(path), "value": value, "formula": why}
        for path, value, why in lines
    ]
    return {"rows": rows, "notes": notes(told)}
