"""What became of everything that went wrong, told from what one sees of people tick by tick."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import wordofmouth as wom
from numpy.typing import NDArray
from wordofmouth import Result
from wordofmouth.sim.state import SHARES

from .lever import Changes, networks, scenario


class Fates(NamedTuple):
    """How what went wrong ended, by tick, and what has not ended.

    Attributes
    ----------
    result
        Of the campaign.
    mended
        Before patience was at an end.
    told
        To everybody, when it was.
    silent
        Not told when it was, since the same complaint had been passed on by that person before.
    waiting
        How many wait when the campaign ends.
    """

    result: Result
    mended: NDArray[np.int64]
    told: NDArray[np.int64]
    silent: NDArray[np.int64]
    waiting: int


def fates(changes: Changes, seed: int) -> Fates:
    """What became of each complaint of a campaign.

    Of each person one sees about what they have to complain now and how often something went wrong
    so far. What ends in the tick in which patience does is told or kept back; what ends before, is
    mended.
    """
    ends = {name: np.zeros(scenario(changes).horizon, np.int64) for name in Fates._fields[1:4]}
    people = networks("people").n
    since, before = np.zeros(people, np.int64), (np.zeros(people), np.zeros(people))
    passed_on: set[tuple[int, int]] = set()
    rows = 0
    for now in wom.simulate(scenario(changes), network=networks("people"), seed=seed):
        tick, (state,), complain = now.tick - 1, now.states, now.plan.complain
        about, wrongs = (state.relation[name].astype(np.int64) for name in ("open", "wrongs"))
        again = wrongs > before[1]
        for person in np.flatnonzero((before[0] > 0) & ((about == 0) | again)).tolist():
            left = since[person] + 1 + complain.patience - tick
            assert left >= 0
            message = complain.first + int(before[0][person]) - 1
            late = "silent" if (message, person) in passed_on else "told"
            ends["mended" if left > 0 else late][tick] += 1
        # One thing at a time, and nothing ends in the tick in which it went wrong.
        assert (wrongs[again] == before[1][again] + 1).all()
        assert (about[again] > 0).all()
        since[again], before = tick, (about, wrongs)
        new = state.shares[rows : state.size[SHARES]]
        passed_on.update(zip(new["message"].tolist(), new["person"].tolist(), strict=True))
        rows = int(state.size[SHARES])
    return Fates(now.result(), **ends, waiting=int((about > 0).sum()))
