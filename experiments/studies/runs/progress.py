"""A study under way as the one who waits for it sees it: a bar, and Ctrl-C as a way out.

Once finishes what runs and keeps it, twice stops.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final

from ....sim.errors import CampaignError
from ...show.log import PlainLines

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
            file=sys.stderr if live else PlainLines(sys.stderr),
        )


class Interrupted(CampaignError):  # noqa: N818  not an error, but a wish
    """A study that was stopped by whoever waits for it (exit code 130); what it ran is kept."""

    exit_code: ClassVar[int] = 130


@contextmanager
def listening(tell: Callable[[str], object]) -> Iterator[threading.Event]:
    """Take a first interrupt, or a request to terminate, for a wish, and a second one as it is.

    Parameters
    ----------
    tell
        Called with a sentence at the first.
    """
    wish = threading.Event()

    def heard(number: int, frame: Any) -> None:  # noqa: ARG001  so Python calls it
        if wish.is_set():
            raise KeyboardInterrupt
        wish.set()
        tell("finishing what runs; Ctrl-C again stops at once")

    if threading.current_thread() is not threading.main_thread():
        yield wish  # signals are for the main thread
        return
    before = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        former = signal.getsignal(number)
        usual = former in (signal.SIG_DFL, signal.default_int_handler)
        if number == signal.SIGINT or usual:
            before[number] = signal.signal(number, heard)
    try:
        yield wish
    finally:
        for number, former in before.items():
            signal.signal(number, signal.SIG_DFL if former is None else former)
