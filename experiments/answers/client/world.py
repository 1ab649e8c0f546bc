"""What is kept of a campaign in one world, and what it comes to over all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...estimates.interval import Estimate, estimate
from ...estimates.paired import difference


class InOneWorld(NamedTuple):
    """What is kept of one campaign in one world.

    Attributes
    ----------
    numbers
        Yardsticks of the theme and indicators, by name.
    spent
        What was spent, by account.
    reach, drawn
        People reached, and what else is drawn, up to the end of each tick.
    """

    numbers: dict[str, float]
    spent: dict[str, float]
    reach: NDArray[np.float64]
    drawn: NDArray[np.float64]


class Pair(NamedTuple):
    """A number with the theme, without it, and by how much the worlds differ."""

    having: Estimate
    lacking: Estimate
    change: Estimate


def compared(
    having: Sequence[InOneWorld], lacking: Sequence[InOneWorld], of: Callable[[InOneWorld], float]
) -> Pair:
    """A number over all worlds, with the theme and without it.

    Examples
    --------
    >>> none = np.zeros(0)
    >>> rows = [InOneWorld({"reach": float(k)}, {}, none, none) for k in (2, 4)]
    >>> found = compared(rows, [rows[0], rows[0]], lambda each: each.numbers["reach"])
    >>> found.having.mean, found.lacking.mean, found.change.mean
    (3.0, 2.0, 1.0)
    """
    one, other = (np.array([of(row) for row in rows], np.float64) for rows in (having, lacking))
    return Pair(estimate(one), estimate(other), difference(one, other))
