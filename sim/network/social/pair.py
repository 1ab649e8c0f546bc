"""What may lie between two people, and how far apart they may be for it: the formulas."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...jit import inline, jit

Reaches = NDArray[np.float64]

STEP: Final = 0.02
KNOTS: Final = 1_500  # down to a chance of e^-30


@inline
def arcs_between(
    sends: float, hears: float, other_sends: float, other_hears: float, returned: float
) -> tuple[float, float, float]:
    """Chances of the arc there, of the arc back, and of both, over all places of the two.

    ``both = max(returned min(there, back), there + back - 1)``, so that `there + back - both`, the
    chance of a tie, is at most 1.
    """
    there = min(1.0, sends * other_hears)
    back = min(1.0, other_sends * hears)
    return there, back, max(returned * min(there, back), there + back - 1.0)


@jit
def reaches_of(alpha: float) -> Reaches:
    r"""The logarithm of x at chances of a tie of e^0, e^-.02, e^-.04 and so on.

    x is how far a tie reaches for sure, in halves of the circle: with chance
    min(1, (x / s)^alpha) at distance s, uniform on (0, 1], two people are tied with chance

    .. math:: G(x) = \frac{x^\alpha - \alpha x}{1 - \alpha}

    (x (1 - ln x) for alpha = 1), which is inverted here by Newton's method from knot to knot.
    """
    reaches = np.zeros(KNOTS)
    x = -math.sqrt(2.0 * STEP / alpha)  # G(x) = 1 - alpha (1 - x)^2 / 2 near 1
    for knot in range(1, KNOTS):
        for _ in range(60):
            if abs(alpha - 1.0) < 1e-9:
                value = x + math.log1p(-x)
                slope = -x / (1.0 - x)
            else:
                far = (alpha - 1.0) * x  # G = x^alpha (1 - alpha e^-far) / (1 - alpha)
                if far < 0.0:  # alpha > 1
                    value = x + math.log((alpha - math.exp(far)) / (alpha - 1.0))
                    slope = alpha * -math.expm1(far) / (alpha - math.exp(far))
                else:
                    value = alpha * x + math.log((1.0 - alpha * math.exp(-far)) / (1.0 - alpha))
                    slope = alpha * -math.expm1(-far) / (1.0 - alpha * math.exp(-far))
            move = (value + knot * STEP) / slope
            x = min(x - move, x / 2.0)  # never beyond 0
            if abs(move) < 1e-12 * (1.0 - x):
                break
        reaches[knot] = x
        x += x - reaches[knot - 1] if knot > 1 else 0.0
    return reaches


@inline
def knot_of(chance: float) -> float:
    """Between which knots a chance of a tie above 0 lies, and where."""
    return math.log(chance) * (-1.0 / STEP)


@inline
def reach_at(place: float, reaches: Reaches) -> float:
    """The logarithm of x between two knots: a straight line from one to the next."""
    knot = min(int(place), KNOTS - 2)
    return reaches[knot] + (place - knot) * (reaches[knot + 1] - reaches[knot])


@inline
def reach(chance: float, reaches: Reaches) -> float:
    """The logarithm of x for a chance of a tie above 0."""
    return reach_at(knot_of(chance), reaches)


@inline
def tied(log_reach: float, alpha: float, distance: float) -> float:
    """Chance that two people at this distance are tied: min(1, (x / distance)^alpha)."""
    return math.exp(min(0.0, alpha * (log_reach - np.log(distance))))
