"""Many campaigns as the one who waits for them sees it: progress with time left, and a way out.

The work is in a thread of its own, as in `watch`: the main thread, which only
waits, hears Ctrl-C and draws the bar.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from ...sim.compiling import announce, compiling, silence
from .watch import COMPILING, PATIENCE

Found = TypeVar("Found")

_BLINK: Final = 0.1
# A kernel's compilation is deeper than the half mebibyte that a thread gets on some systems.
_STACK: Final = 64 * 2**20


class _Work(threading.Thread, Generic[Found]):
    """Work that tells how far it is, in a thread that dies with the main one."""

    def __init__(self, work: Callable[[Callable[[int, int], None]], Found]) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.done, self.expected = 0, 0
        self.found: list[Found] = []
        self.problem: BaseException | None = None

    def run(self) -> None:
        """Do it, and keep what came out or what went wrong."""
        try:
            self.found.append(self.work(self.tell))
        except BaseException as problem:  # noqa: BLE001  it is raised again where one waits
            self.problem = problem

    def tell(self, done: int, expected: int) -> None:
        """Take note of how far it is."""
        self.done, self.expected = done, expected


def waited(work: Callable[[Callable[[int, int], None]], Found], unit: str = "campaign") -> Found:
    """Do some work, with progress on standard error once it takes more than two seconds.

    Parameters
    ----------
    work
        Called with a function to tell how many are done, and of how many.
    unit
        What is counted.

    Raises
    ------
    Exception
        What the work raised.
    KeyboardInterrupt
        At once, whatever is being done.
    """
    announce()
    silence()  # it is shown here
    before = threading.stack_size(_STACK)
    thread = _Work(work)
    try:
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join(PATIENCE)
    if thread.is_alive():
        _show(thread, unit)
    if thread.problem is not None:
        raise thread.problem
    return thread.found[0]


def _show(thread: _Work[Any], unit: str) -> None:
    from tqdm import tqdm

    tqdm.monitor_interval = 0
    live = sys.stderr.isatty()
    # A log gets a line now and then, a terminal a bar that moves; with the time that is left.
    pace = 0.1 if live else 15.0
    how: dict[str, Any] = {"file": sys.stderr, "leave": False, "mininterval": pace}
    with tqdm(bar_format="{desc} [{elapsed}]", desc=_doing(), **how) as phase:
        while thread.is_alive() and thread.done < 1:
            doing = _doing()
            phase.set_description_str(doing, refresh=live or doing != phase.desc)
            thread.join(_BLINK)
    if not thread.is_alive():
        return
    with tqdm(unit=f" {unit}s", initial=thread.done, total=thread.expected or None, **how) as bar:
        while thread.is_alive():
            bar.total = thread.expected or None
            bar.update(thread.done - bar.n)
            thread.join(_BLINK)


def _doing() -> str:
    return COMPILING if compiling() else "the first ones"
