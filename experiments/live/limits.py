"""What one session of the live page may ask for, and how it is refused what is more."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ...sim.errors import CampaignError
from ...sim.parameters import Scenario

# Of one request, in bytes: settings are a few hundred.
MOST_BODY: Final = 32 * 1024
# Of the lines before it, which carry a token and cookies.
MOST_HEADERS: Final = 32 * 1024
# Connections at once, of a browser six at most.
MOST_CONNECTIONS: Final = 64
# Of one campaign. What a browser has to hold grows with both.
MOST_PEOPLE: Final = 200_000
MOST_TICKS: Final = 2_000
# Two campaigns side by side are two runs.
MOST_RUNS: Final = 2
# A diagnosis or a comparison is many campaigns: one of them at a time.
MOST_STUDIES: Final = 1
# Of one run, compiling not counted.
MOST_SECONDS: Final = 300.0
# Points that the page draws; of more people a sample.
MOST_DRAWN: Final = 10_000
# How long a request waits until one before it, which nobody looks at any more, has ended.
PATIENCE: Final = 10.0


class Refused(CampaignError):  # noqa: N818  a refusal, and no failure
    """A request that is not served; `status` is the answer's."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class Slots:
    """So many at once, and no more.

    Parameters
    ----------
    room
        How many.
    what
        What they are, in the plural.
    patience
        How long one waits for a free one, in seconds; PATIENCE if None.
    """

    def __init__(self, room: int, what: str, patience: float | None = None) -> None:
        self.room, self.what, self.patience = room, what, patience
        self._free = threading.Semaphore(room)

    @contextmanager
    def taken(self, stop: threading.Event) -> Iterator[None]:
        """Have one of them; whoever waits too long is refused.

        Raises
        ------
        Refused
            If all are taken for longer than one waits, or it is to stop.
        """
        until = time.monotonic() + (PATIENCE if self.patience is None else self.patience)
        while not self._free.acquire(timeout=0.1):
            if stop.is_set() or time.monotonic() >= until:
                raise Refused(
                    f"{self.room} {self.what} are under way, which is the most at once; wait for "
                    "one to end, or close another page.",
                    429,
                )
        try:
            yield
        finally:
            self._free.release()


def check_size(scenario: Scenario, people: int | None = None) -> None:
    """Refuse a campaign that is too large for a page.

    Raises
    ------
    Refused
        If it is.
    """
    people = scenario.network.people if people is None else people
    if people > MOST_PEOPLE:
        raise Refused(
            f"network.people = {people} is more than the live page takes; give {MOST_PEOPLE} at "
            "most, or use `wom run`."
        )
    if scenario.horizon > MOST_TICKS:
        raise Refused(
            f"horizon = {scenario.horizon} is more than the live page takes; give {MOST_TICKS} at "
            "most, or use `wom run`."
        )
