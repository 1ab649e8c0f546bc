"""What people decided about a message, as one value each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..reference import by_reference


@by_reference
class Decided(NamedTuple):
    """What each who noticed a message decided, a value each.

    Attributes
    ----------
    shared, clicked
        The entry of the wave that they pass on or click on, or NOT or ASKED.
    found, converted, leads
        Whether they find the brand, convert, or leave an address instead.
    reacted
        LIKES, COMMENTS, both or nothing.
    follows, leaves
        Whether they begin or cease to follow the brand.
    about, heard
        The topic about which they have to complain, or FINE; whether the brand hears of it.
    seen
        How many of their acts the brand sees.
    """

    shared: NDArray[np.int32]
    clicked: NDArray[np.int32]
    found: NDArray[np.bool_]
    converted: NDArray[np.bool_]
    leads: NDArray[np.bool_]
    reacted: NDArray[np.uint8]
    follows: NDArray[np.bool_]
    leaves: NDArray[np.bool_]
    about: NDArray[np.int32]
    heard: NDArray[np.bool_]
    seen: NDArray[np.uint8]
