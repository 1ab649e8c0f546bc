"""A witness: looks on while the kernels decide, and takes down who noticed what from whom.

It sits where a model's own agents would decide and hands everything on as it is: what it writes
down is what happened, and the digest is that of a run without it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...sim.deciders import Deciders
from ...sim.stages.deliver import Exposures
from ...sim.stages.notice import Noticed
from ...sim.state import SAW
from ...sim.wave import BRAND, Wave

Column = NDArray[np.int32]


class Notices(NamedTuple):
    """First noticings of a message: who, from whom (below 0 the brand or an account), of what."""

    person: Column
    sender: Column
    message: Column


class Witness(Deciders):
    """Takes down first noticings, tick by tick; `taken` hands them over."""

    def __init__(self) -> None:
        self._seen: list[Notices] = []

    def taken(self) -> Notices:
        """What was noticed since this was asked last."""
        columns = [np.concatenate(each) for each in zip(*self._seen, strict=True)]
        self._seen.clear()
        return Notices(*columns) if columns else Notices(*[np.empty(0, np.int32)] * 3)

    def notice(self, wave: Wave, exposures: Exposures, noticed: Noticed, message: int) -> Noticed:  # noqa: ARG002
        """Take down who notices it for the first time, and through whom first."""
        new = noticed.before & SAW == 0
        # Whoever is asked has it from the brand, or of their own accord.
        sender = np.full(noticed.person.size, BRAND, np.int32)
        who, first = np.unique(noticed.who, return_index=True)
        sender[who] = wave.person[noticed.entry[first]]
        person = noticed.person[new].astype(np.int32)
        self._seen.append(Notices(person, sender[new], np.full(person.size, message, np.int32)))
        return noticed
