"""Ctrl-C during a study: once to finish what runs, twice to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from ....sim.errors import CampaignError


class Interrupted(CampaignError):  # noqa: N818  not an error, but a wish
    """A study that was stopped by whoever waits for it (exit code 130); what it ran is kept."""

    exit_code: ClassVar[int] = 130


class Wish:
    """Whether somebody asked to stop."""

    def __init__(self) -> None:
        self.stop = False


@contextmanager
def listening(tell: Any = None) -> Iterator[Wish]:
    """Take a first interrupt, or a request to terminate, for a wish, and a second one as it is.

    Parameters
    ----------
    tell
        Called with a sentence at the first.
    """
    wish = Wish()

    def heard(number: int, frame: Any) -> None:  # noqa: ARG001  so Python calls it
        if wish.stop:
            raise KeyboardInterrupt
        wish.stop = True
        if tell is not None:
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
