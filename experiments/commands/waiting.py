"""Work as the one who waits for it sees it: progress with the time that is left, and a way out.

The work runs in a thread of its own. Compiled code and the compiler hear no Ctrl-C and draw no
progress; the main thread, which only waits, does both.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from ...sim.compiling import announce, compiling, silence
from ..show.log import PlainLines

if TYPE_CHECKING:
    from ...sim.campaign import Campaign
    from ...sim.result import Result

Found = TypeVar("Found")

PATIENCE: Final = 2.0
_COMPILING: Final = "compiling the kernels (once, a minute or two)"
_BLINK: Final = 0.05
# Campaigns after which it is told how long the rest takes, where there is a way to wait less.
_TOLD_AFTER: Final = 4
# A log gets a line now and then, a terminal a bar that moves.
_LOG: Final = 15.0
# A kernel's compilation is deeper than the half mebibyte that a thread gets on some systems.
_STACK: Final = 64 * 2**20


class _Work(threading.Thread, Generic[Found]):
    """Work that tells how far it is, in a thread that dies with the main one.

    Attributes
    ----------
    done, expected
        How many are done, and of how many; -1 done while the world is made.
    """

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


# Of the seconds that are left, what to say of them; nothing where there is nothing to say.
Hint = Callable[[float], str]


def waited(
    work: Callable[[Callable[[int, int], None]], Found],
    unit: str = "campaign",
    hint: Hint | None = None,
) -> Found:
    """Do some work, with progress on standard error once it takes more than two seconds.

    Parameters
    ----------
    work
        Called with a function to tell how many are done, and of how many (0: nobody knows yet).
    unit
        What is counted.
    hint
        What to say once, as soon as it is known about how long it takes.

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
        _show(thread, unit, hint)
    if thread.problem is not None:
        raise thread.problem
    return thread.found[0]


def watched(make: Callable[[], Campaign]) -> tuple[Result, float]:
    """Run a campaign while somebody waits for its ticks.

    Parameters
    ----------
    make
        Makes the campaign; called where it runs, because making the world takes time too.

    Returns
    -------
    Result, float
        What happened, and the seconds from making the world to the result.
    """

    def work(tell: Callable[[int, int], None]) -> tuple[Result, float]:
        began = time.perf_counter()
        tell(-1, 0)
        made = make()
        horizon = made.scenario.horizon
        tell(0, horizon)
        # Tick by tick, although one compiled loop would do: the digest is the same, and so a
        # user's first run compiles one kernel of this size and not two.
        while made.running:
            made.step()
            tell(made.tick, horizon)
        result = made.result()
        seconds = time.perf_counter() - began
        result.to_dict()  # what is told of it is worked out here too
        return result, seconds

    return waited(work, unit="tick")


def _show(thread: _Work[Any], unit: str, hint: Hint | None = None) -> None:
    from tqdm import tqdm

    tqdm.monitor_interval = 0
    live = sys.stderr.isatty()
    pace = 0.1 if live else _LOG
    file = sys.stderr if live else PlainLines(sys.stderr)
    how: dict[str, Any] = {"file": file, "leave": not live, "mininterval": pace}
    with tqdm(bar_format="{desc} [{elapsed}]", desc=_doing(thread, unit), **how) as phase:
        while thread.is_alive() and thread.done < 1:
            doing = _doing(thread, unit)
            phase.set_description_str(doing, refresh=live or doing != phase.desc)
            thread.join(_BLINK)
    if not thread.is_alive():
        return
    with tqdm(unit=f" {unit}s", initial=thread.done, total=thread.expected or None, **how) as bar:
        began, before = time.monotonic(), thread.done
        while thread.is_alive():
            bar.total = thread.expected or None
            bar.update(thread.done - bar.n)
            done = thread.done - before
            if hint is not None and done >= _TOLD_AFTER:
                left = (thread.expected - thread.done) * (time.monotonic() - began) / done
                if said := hint(left):
                    bar.write(said, file=sys.stderr)
                hint = None
            thread.join(_BLINK)


def _doing(thread: _Work[Any], unit: str) -> str:
    if compiling():
        return _COMPILING
    return "making the world" if thread.done < 0 else f"the first {unit}"
