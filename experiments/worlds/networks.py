"""The networks of replicates: made once where that pays, and kept as far as there is room."""

from __future__ import annotations

import threading
from typing import Any, Final

from ...sim.campaign import choose_network
from ...sim.network import Network
from ...sim.parameters import Scenario

# Bytes for the networks of the replicates, where several rounds of campaigns go through them.
ROOM: Final = 256 * 2**20


class Networks:
    """Makes the networks that scenarios ask for, and keeps those that will be asked for again.

    A network from a file, and that of a world that is fixed, is the same in all replicates: it is
    made once. Those of the replicates are kept, the first ones, until the room is full; those who
    go through the replicates several times find them.

    Parameters
    ----------
    room
        Bytes for networks of replicates.
    """

    def __init__(self, room: int = 0) -> None:
        self.room = room
        self._kept: dict[tuple[str, int], Network] = {}
        self._lock: Any = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        # Networks are made again in other processes, and a lock belongs to its own.
        return {"room": self.room}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state | {"_kept": {}, "_lock": threading.Lock()})

    def of(self, scenario: Scenario, seed: int, *, fixed: bool) -> Network:
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
        asked = scenario.network.model_dump_json()
        if scenario.network.file is not None:
            seed, fixed = 0, True
        key = asked, seed
        if key in self._kept:
            return self._kept[key]
        if fixed:
            with self._lock:  # the others wait for it, and do not make it too
                if key not in self._kept:
                    self._kept[key] = choose_network(scenario, seed)
                return self._kept[key]
        made = choose_network(scenario, seed)
        size = made.indptr.nbytes + made.indices.nbytes
        size += 0 if made.weights is None else made.weights.nbytes
        with self._lock:
            if size <= self.room:
                self.room -= size
                self._kept[key] = made
        return made
