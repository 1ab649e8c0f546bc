"""How far many campaigns are: done so far, and how many there will be as far as is known."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

# Told the campaigns done, and how many there will be as far as that is known (0: it is not).
Progress = Callable[[int, int], None]


class Tally:
    """Counts campaigns for whoever waits for them; threads may count at once.

    Parameters
    ----------
    progress
        Who is told; nobody if None.
    expected
        How many campaigns there will be.
    """

    def __init__(self, progress: Progress | None = None, expected: int = 0) -> None:
        self.progress = progress
        self.expected = expected
        self.done = 0
        self._lock: Any = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        # Whoever waits, waits here, and a lock belongs to its own process.
        return {}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(Tally().__dict__)

    def expect(self, more: int) -> None:
        """Say how many campaigns are still to come, as far as that is known now."""
        self.expected = self.done + more

    def __call__(self, campaigns: int) -> None:
        """Take note of campaigns that are done."""
        with self._lock:
            self.done += campaigns
            if self.progress is not None:
                expected = max(self.expected, self.done) if self.expected else 0
                self.progress(self.done, expected)
