"""A fingerprint of what no log keeps: who did what with which message, and when shares go out."""

from __future__ import annotations

from typing import Final

import numpy as np

from .draws import draw, key_of
from .jit import jit
from .state import PAGE, SHARES, State

LATE: Final = 1e12


@jit
def trace(state: State) -> np.uint64:
    """The sum, modulo 2**64, of a hash of each person's record of each message, and of each share.

    A sum, because it is the same in any order: of people, of owners, of doors.
    """
    page, pages, posted = state.page, state.pages, state.posted
    sharer, message = state.shares["person"], state.shares["message"]
    total = np.uint64(0)
    for m in range(page.shape[0]):
        for block in range(state.low // PAGE, (state.high + PAGE - 1) // PAGE):
            if page[m, block] >= 0:
                for place in range(PAGE):
                    done = pages[page[m, block] + place]
                    if done:
                        key = key_of(np.uint64(m), np.uint64(done))
                        total += draw(key, np.uint64(block * PAGE + place))
    for row in range(state.size[SHARES]):
        # Millionths of an hour: what is told apart nowhere need not be here.
        when = np.uint64(np.int64(min(posted[row], LATE) * 1e6))
        key = key_of(np.uint64(message[row]), when)
        total += draw(key, np.uint64(sharer[row]) + np.uint64(2**32))
    return total
