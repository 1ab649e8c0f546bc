"""Which of the people somebody looked at they are tied to, and which way: many at a time.

Whether a draw falls below the chance of a tie takes two logarithms, an exponential and a division,
which take turns to wait for each other. In passes over columns, each of them short, a processor
does many side by side; by functions that are good to six digits it does several in one
instruction. Where the draw is so near to a chance that six digits cannot say, one in thousands,
the formulas of `pair` do. Nothing that comes out depends on the passes: they are 3.5 times faster
than asking pair by pair.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...jit import jit
from ...reference import by_reference
from ..csr import Rows
from .laws import Column
from .pair import KNOTS, STEP, Reaches, arcs_between, reach, tied
from .quick import quick_exp, quick_log

# How many looks are decided at once: what they hold stays in the nearest cache.
ROOM: Final = 256

_THERE: Final = 1
_BACK: Final = 2
_UNSURE: Final = 4

# An error of a logarithm is at most alpha times as large in that of a chance, and, where a tie is
# nearly sure, sqrt(2 alpha / STEP) times: 2.7e-5 at the largest alpha there is, 32.
MARGIN: Final = 1e-4


@by_reference
class Looks(NamedTuple):
    """Columns of those whom somebody looks at, and room for what is worked out of them.

    The row of each among the layers, their weights, how far they are on the circle, and the draw
    that decides, uniform up to a bound that no chance exceeds. Then the chances of a tie, of an arc
    there and of both, averaged over all places; the logarithm of how far it reaches; which way.
    """

    whom: NDArray[np.int64]
    sends: Column
    hears: Column
    distance: Column
    luck: Column
    tie: Column
    there: Column
    both: Column
    knot: Column
    beyond: Column
    way: Column


@jit
def no_looks() -> Looks:
    """Room for looks."""
    whom = np.empty(ROOM, np.int64)
    sends, hears, distance, luck = np.empty(ROOM), np.empty(ROOM), np.empty(ROOM), np.empty(ROOM)
    tie, there, both, knot = np.empty(ROOM), np.empty(ROOM), np.empty(ROOM), np.empty(ROOM)
    beyond, way = np.empty(ROOM), np.empty(ROOM)
    return Looks(whom, sends, hears, distance, luck, tie, there, both, knot, beyond, way)


@jit
def decided(
    looks: Looks,
    count: int,
    seen: NDArray[np.float64],
    own_sends: float,
    own_hears: float,
    returned: float,
    alpha: float,
    reaches: Reaches,
    others: Rows,
    arcs: int,
) -> int:
    """Write the arcs of the first `count` looks behind the `arcs` that are there; how many then.

    An arc is the number of the other, or its complement (~) where it leads from the other.
    """
    whom, distance, luck = looks.whom, looks.distance, looks.luck
    tie, there, both, way = looks.tie, looks.there, looks.both, looks.way
    _chances(looks, count, own_sends, own_hears, returned)
    _reached(looks, count, alpha, reaches)
    _ways(looks, count)
    for look in range(count):
        found = np.int64(way[look])
        if found >= _UNSURE:
            apart = 2.0 * distance[look]
            chance = tied(reach(tie[look], reaches), alpha, apart)
            found = _exactly(luck[look], chance, tie[look], there[look], both[look])
        other = np.int32(seen[np.uint64(whom[look]), 3])
        # Written in any case, and kept by counting on: nobody could foresee which are.
        others[arcs] = other
        arcs += found & _THERE
        others[arcs] = ~other
        arcs += found // _BACK
    return arcs


@jit
def _chances(looks: Looks, count: int, own_sends: float, own_hears: float, returned: float) -> None:
    """The chances over all places; the logarithm of that of a tie, in knots, and of places."""
    sends, hears, distance = looks.sends, looks.hears, looks.distance
    tie, there, both, knot, beyond = looks.tie, looks.there, looks.both, looks.knot, looks.beyond
    for look in range(count):
        forth, back, mutual = arcs_between(own_sends, own_hears, sends[look], hears[look], returned)
        there[look], both[look], tie[look] = forth, mutual, forth + back - mutual
        knot[look] = quick_log(forth + back - mutual) * (-1.0 / STEP)
        beyond[look] = quick_log(2.0 * distance[look])


@jit
def _reached(looks: Looks, count: int, alpha: float, reaches: Reaches) -> None:
    """How far beyond the reach of a tie the other is (`pair.reach`), times alpha."""
    knot, beyond = looks.knot, looks.beyond
    for look in range(count):
        place = knot[look]
        below = min(int(place), KNOTS - 2)
        low = reaches[np.uint64(below)]
        high = reaches[np.uint64(below + 1)]
        beyond[look] = alpha * (beyond[look] - (low + (place - below) * (high - low)))


@jit
def _ways(looks: Looks, count: int) -> None:
    """Which way each is tied, if six digits say so."""
    luck, tie, there, both = looks.luck, looks.tie, looks.there, looks.both
    beyond, way = looks.beyond, looks.way
    for look in range(count):
        chance = quick_exp(max(0.0, beyond[look]))
        # The draw and what it is compared with, all times the chance of a tie.
        level = luck[look] * tie[look]
        any_way, forth, mutual = chance * tie[look], chance * there[look], chance * both[look]
        leads = (level < any_way) & (level < forth)
        comes = (level < any_way) & ((level < mutual) | (level >= forth))
        unsure = (
            (abs(level - any_way) <= MARGIN * any_way)
            | (abs(level - forth) <= MARGIN * forth)
            | (abs(level - mutual) <= MARGIN * mutual)
            | (level <= 0.0)
        )
        way[look] = (
            (1.0 * _THERE if leads else 0.0)
            + (1.0 * _BACK if comes else 0.0)
            + (1.0 * _UNSURE if unsure else 0.0)
        )


@jit
def _exactly(luck: float, chance: float, tie: float, there: float, both: float) -> int:
    """Which way, by the formulas."""
    if luck >= chance:
        return 0
    luck *= tie / chance  # uniform again, from 0 to the chance of a tie
    leads, comes = luck < there, luck < both or luck >= there
    return _THERE * np.int64(leads) + _BACK * np.int64(comes)
