"""The cells of a table as data: numbers with intervals stay numbers until somebody draws them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

from pydantic import Field, PlainSerializer

if TYPE_CHECKING:
    from ..estimates.interval import Estimate

# An interval may have no end, for which JSON has no number: a text, which is read as one again.
Real = Annotated[
    float, PlainSerializer(lambda x: x if math.isfinite(x) else str(x), when_used="json")
]


class Spanned(Protocol):
    """What has a mean and an interval: an estimate, a ratio, a chance."""

    def __getitem__(self, place: Literal[0]) -> float:
        """The mean."""

    @property
    def low(self) -> float:
        """Where the interval begins."""

    @property
    def high(self) -> float:
        """Where it ends."""


@dataclass(frozen=True)
class Measured:
    """A cell: a mean with its interval, or a difference with its interval.

    Attributes
    ----------
    mean, low, high
        nan where there is none.
    form
        How it is written: count, number, rate or money.
    signed
        Whether it is a difference, written with its sign.
    direction
        Of a difference, 1 if more is better, -1 if less is, 0 if neither can be said.
    """

    mean: Real
    low: Real
    high: Real
    form: str
    signed: bool = False
    direction: int = 0
    kind: Literal["measured"] = "measured"


def measured(found: Spanned, form: str) -> Measured:
    """A mean with its interval, as a cell."""
    return Measured(float(found[0]), found.low, found.high, form)


def changed(found: Estimate, form: str, direction: int = 0) -> Measured:
    """A difference with its interval, as a cell."""
    return Measured(found.mean, found.low, found.high, form, signed=True, direction=direction)


@dataclass(frozen=True)
class Rate:
    """A cell that shows a share, 0 to 1, in per cent and as a bar."""

    value: Real
    kind: Literal["rate"] = "rate"


@dataclass(frozen=True)
class Size:
    """A cell that shows a share, 0 to 1, as the length of a bar alone; a terminal has none."""

    value: Real
    kind: Literal["size"] = "size"


@dataclass(frozen=True)
class Code:
    """A cell that holds something to type, or the name of a file or parameter."""

    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True)
class Lines:
    """A cell of several lines."""

    texts: Sequence[str]
    kind: Literal["lines"] = "lines"


_Typed = Annotated[Measured | Rate | Size | Code | Lines, Field(discriminator="kind")]
Cell = str | _Typed


@dataclass(frozen=True)
class Group:
    """A row that says what those below it have in common."""

    title: str
    kind: Literal["group"] = "group"


Row = Sequence[Cell]
