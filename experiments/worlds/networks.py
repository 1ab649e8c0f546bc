"""The networks that campaigns run on: each made once, and kept as long as it is worth its room."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

from ...sim.campaign import choose_network
from ...sim.network import Network
from ...sim.parameters import Scenario

# Bytes for the networks of the replicates, where several rounds of campaigns go through them.
ROOM: Final = 256 * 2**20


class Networks:
    """Makes the networks that scenarios ask for, and keeps those that will be asked for again.

    Whoever asks for a network while it is made waits for it. One from a file, and that of a world
    that is fixed, is kept in any case.

    Parameters
    ----------
    room
        Bytes for networks of replicates, the first ones until it is full: for those who go through
        the replicates several times.
    latest
        In place of a room: how many are kept, those that were asked for last.
    """

    def __init__(self, room: int = 0, *, latest: int = 0) -> None:
        self.room, self.latest = room, latest
        self._kept: dict[tuple[Any, ...], Future[Network]] = {}
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        # Networks are made again in other processes, and a lock belongs to its own.
        return {"room": self.room, "latest": self.latest}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    def of(self, scenario: Scenario, seed: int, *, fixed: bool = False) -> Network:
        """The network that a scenario asks for.

        Parameters
        ----------
        scenario
            Whose.
        seed
            Of the world.
        fixed
            Whether it is the world of all replicates.
        """
        file, table = scenario.network.file, scenario.people.file
        key = (
            scenario.world,
            seed if file is None else _state_of(file),
            None if table is None else _state_of(table),
        )
        with self._lock:
            known = self._kept.pop(key, None)
            found = self._kept[key] = known or Future()
            while 0 < self.latest < len(self._kept):
                del self._kept[next(iter(self._kept))]
        if known is None:
            try:
                found.set_result(choose_network(scenario, seed))
            except BaseException as problem:
                found.set_exception(problem)
                self._drop(key)
                raise
            if not (self.latest or fixed or file is not None or self._has_room(found.result())):
                self._drop(key)
        return found.result()

    def _has_room(self, made: Network) -> bool:
        size = made.indptr.nbytes + made.indices.nbytes
        size += 0 if made.weights is None else made.weights.nbytes
        with self._lock:
            fits = size <= self.room
            self.room -= size if fits else 0
        return fits

    def _drop(self, key: tuple[Any, ...]) -> None:
        with self._lock:
            self._kept.pop(key, None)


def _state_of(file: str) -> tuple[int, ...]:
    """What changes when a file does; () where there is none, which its reader will say."""
    try:
        found = Path(file).stat()
    except (OSError, ValueError):
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
