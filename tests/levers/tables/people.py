"""People who are alike: segments, and what they bring that others do not."""

from __future__ import annotations

from typing import Any

import numpy as np
from wordofmouth import Result

from ..lever import (
    CLICKED,
    SHARES,
    Lever,
    Order,
    Outcome,
    both,
    buyers,
    fewer,
    higher,
    more,
    same,
    sharers,
    total,
    who,
)

HALF: dict[str, Any] = {"segments": {"some": {"share": 0.5}}}
SOLD = {"transact.price": 20.0, "transact.convert_price": 1.0}


def inside(result: Result) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Who is in the segment."""
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = result.about["segment"] == "some"
    return found


def members(result: Result) -> float:
    """How many are in the segment."""
    return float(inside(result).sum()) if "segment" in result.about else 0.0


def untouched(*columns: str) -> Order:
    """Whoever is not in the segment is as before."""
    return lambda off, on: all(
        (getattr(off, c)[~inside(on)] == getattr(on, c)[~inside(on)]).all() for c in columns
    )


def in_segment(column: str) -> Outcome:
    """The mean of those in the segment."""
    return lambda result: float(getattr(result, column)[inside(result)].mean())


# fmt: off
LEVERS = [
    Lever("a segment", "the scenario", {"segments": ({}, {"some": {"share": 0.5, "base": 1.0}})},
          rises=members, exactly=more(sharers)),
    Lever("more in it", "the scenario", {"segments.some.share": (0.2, 0.6)},
          rises=members, exactly=more(sharers),
          beside={"segments": {"some": {"share": 0.2, "base": 1.0}}}),
    Lever("what a segment adds to sharing", "the scenario", {"segments.some.base": (0.0, 1.5)},
          rises=SHARES, exactly=more(sharers), beside=HALF),
    Lever("what it adds to a click", "the scenario", {"segments.some.click": (0.0, 1.0)},
          rises="clicks", exactly=both(more(who(CLICKED)), same("shares", "reshares")),
          beside=HALF),
    Lever("what it adds to a transaction", "the scenario", {"segments.some.convert": (0.0, -1.0)},
          falls="conversions", exactly=both(fewer(buyers), same("clicks")), beside=HALF),
    Lever("its trust", "the scenario", {"segments.some.trust": (None, 0.9)},
          rises=in_segment("trust"), exactly=both(untouched("trust"), higher("trust")),
          beside=HALF),
    Lever("its bond", "the scenario", {"segments.some.bond": (None, 0.9)},
          rises=in_segment("bond"), exactly=both(untouched("bond"), higher("bond")), beside=HALF),
    Lever("how often it looks in", "the scenario", {"segments.some.activity": (None, 0.02)},
          falls=total("reach"), beside=HALF | {"people.activity": 0.5, "attention": 20.0}),
    Lever("its price", "the scenario", {"segments.some.price": (None, 2.0)},
          rises="conversions", exactly=both(more(buyers), same("clicks")), beside=HALF | SOLD),
]
# fmt: on
