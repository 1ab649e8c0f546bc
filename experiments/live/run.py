"""One campaign for the page: compiled if need be, simulated tick by tick, told in frames."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator

from ...sim.compiling import announce, compiling
from .asked import Asked
from .frames import end, frames, told
from .limits import MOST_SECONDS, Refused, Slots


class LiveRun:
    """A campaign on its way to a page.

    Parameters
    ----------
    asked
        Which.
    slots
        Runs there may be at once.
    """

    def __init__(self, asked: Asked, slots: Slots) -> None:
        self.asked, self.slots = asked, slots
        self._doing = "waiting"

    def news(self) -> bytes:
        """What takes so long."""
        return told({"status": "compiling" if compiling() else self._doing})

    def work(self, stop: threading.Event) -> Generator[bytes, None, None]:
        """The blocks of the campaign, until its end or until it is to stop.

        Raises
        ------
        Refused
            If it takes too long, or too many are under way.
        """
        announce()  # or nothing is heard of what the network's kernels are compiled for
        with self.slots.taken(stop):
            self._doing = "making the world"
            began = time.perf_counter()
            campaign = self.asked.campaign()
            self._doing = "the first tick"
            for block in frames(campaign):
                if stop.is_set():
                    return
                if compiling():  # what was waited for the compiler does not count
                    began = time.perf_counter()
                yield block
                if time.perf_counter() - began > MOST_SECONDS:
                    raise Refused(
                        f"the run took more than {MOST_SECONDS:.0f} s; ask for fewer people."
                    )
            yield end(campaign.result(), time.perf_counter() - began)
        # Agents take a second to import: who asks a person need not wait for it.
        from . import why  # noqa: F401
