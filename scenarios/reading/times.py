"""Numbers that are times: seconds or milliseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

# From 1990 to 2100, in seconds: no weight that anybody counts is as large in every line.
_FIRST: Final = 631_152_000
_LAST: Final = 4_102_444_800
# So few lines say nothing of an order; so few seconds are no study of ties.
_FEW: Final = 4
_LONG: Final = 1_000


def times_in(values: NDArray[np.float64]) -> bool:
    """Whether all of these are whole numbers that would be times of our days."""
    if values.size == 0:
        return False
    seconds = _seconds(values)
    whole = bool((values == np.floor(values)).all())
    return whole and bool(((seconds >= _FIRST) & (seconds < _LAST)).all())


def clock_in(values: NDArray[np.float64]) -> bool:
    """Whether these look like seconds since a beginning, one after the other.

    Whole numbers that never fall and rise often, into the thousands.
    """
    if values.size < _FEW or values[-1] < _LONG or not np.isfinite(values).all():
        return False
    steps = np.diff(values)
    whole = bool((values == np.floor(values)).all())
    return whole and bool((steps >= 0).all()) and 3 * int((steps > 0).sum()) >= steps.size


def span_of(values: NDArray[np.float64]) -> str:
    """From when to when, as dates where they are that."""
    ends = [float(values.min()), float(values.max())]
    if times_in(np.array(ends)):
        texts = [datetime.fromtimestamp(each, UTC).strftime("%Y-%m-%d") for each in _seconds(ends)]
    else:
        texts = [f"{each:g}" for each in ends]
    return texts[0] if texts[0] == texts[1] else f"{texts[0]} to {texts[1]}"


def _seconds(values: Any) -> Any:
    given = np.asarray(values, np.float64)
    return given / 1000.0 if given.min() >= 1000.0 * _FIRST else given
