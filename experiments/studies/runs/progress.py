"""The progress of a study as a bar in a terminal or a notebook: rate, time left, failures."""

from __future__ import annotations

import sys
import time
import warnings
from typing import Any, Final

# Seconds for which nothing is shown: small studies are over by then.
_PATIENCE: Final = 1.0


class Progress:
    """A bar on standard error, or in a notebook.

    Parameters
    ----------
    total
        How many runs there are.
    shown
        Whether anything is shown at all.
    """

    def __init__(self, total: int, *, shown: bool = True) -> None:
        self.failed = 0
        self._total, self._shown = total, shown
        self._began = time.monotonic()
        self._bar = self._drawn(0)

    def begin(self, done: int, failed: int, total: int) -> None:
        """Begin to count, at the runs that were done and had failed before, of so many."""
        self.failed, self._total = failed, total
        self._bar.close()
        self._bar = self._drawn(done + failed)
        self._tell()

    def add(self, done: int, failed: int) -> None:
        """Count runs that are kept."""
        self.failed += failed
        if failed:
            self._tell()
        self._bar.update(done + failed)

    def reach(self, kept: int) -> None:
        """Count what others keep as well."""
        self._bar.update(kept - self._bar.n)

    def say(self, text: str) -> None:
        """Say what is being done."""
        long = time.monotonic() - self._began > _PATIENCE
        self._bar.set_description_str(text, refresh=long)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()

    def _tell(self) -> None:
        if self.failed:
            self._bar.set_postfix_str(f"{self.failed:,} failed", refresh=False)

    def _drawn(self, initial: int) -> Any:
        with warnings.catch_warnings():
            # Where a notebook has no widgets, tqdm says so and draws a line of text.
            warnings.simplefilter("ignore")
            from tqdm.auto import tqdm

        live = sys.stderr.isatty() or "ipykernel" in sys.modules
        tqdm.monitor_interval = 0
        return tqdm(
            total=self._total,
            initial=initial,
            unit="run",
            delay=_PATIENCE,
            disable=not self._shown,
            leave=False,
            # A log gets a line now and then, a terminal a bar that moves.
            mininterval=0.1 if live else 30.0,
            file=sys.stderr,
        )
