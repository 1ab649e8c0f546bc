"""A campaign under way as the one who waits for it sees it: progress, and a way out.

The campaign runs in a thread of its own. Compiled code and the compiler hear no Ctrl-C and draw
no progress; the main thread, which only waits, does both.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from ...sim.compiling import announce, compiling, silence
from ...sim.parameters import Scenario

if TYPE_CHECKING:
    from ...sim.campaign import Campaign
    from ...sim.result import Result

PATIENCE: Final = 2.0
COMPILING: Final = "compiling the kernels (once, a minute or two)"
_BLINK: Final = 0.05
# A kernel's compilation is deeper than the half mebibyte that a thread gets on some systems.
_STACK: Final = 64 * 2**20


class Work(threading.Thread):
    """A campaign in a thread that dies with the main one.

    Parameters
    ----------
    make
        Makes the campaign; called in the thread, because making the world takes time too.

    Attributes
    ----------
    tick
        The ticks that are done; -1 before there is a world.
    seconds
        How long it took from making the world to the result.
    result, problem
        What came out: one of the two once the thread is over.
    """

    def __init__(self, make: Callable[[], Campaign]) -> None:
        super().__init__(daemon=True)
        self.make = make
        self.tick = -1
        self.seconds = 0.0
        self.result: Result | None = None
        self.problem: BaseException | None = None

    def run(self) -> None:
        """Make the world, run all ticks, and work out what is told of them."""
        try:
            began = time.perf_counter()
            campaign = self.make()
            self.tick = 0
            # Tick by tick, although one compiled loop would do: the digest is the same, and so a
            # user's first run compiles one kernel of this size and not two.
            while campaign.running:
                campaign.step()
                self.tick = campaign.tick
            result = campaign.result()
            self.seconds = time.perf_counter() - began
            result.to_dict()
            self.result = result
        except BaseException as problem:  # noqa: BLE001  it is raised again where one waits
            self.problem = problem


def watch(scenario: Scenario, make: Callable[[], Campaign]) -> tuple[Result, float]:
    """Run a campaign, with progress on standard error once it takes more than two seconds.

    Returns
    -------
    Result, float
        What happened, and the seconds that it took.

    Raises
    ------
    Exception
        What the campaign raised.
    KeyboardInterrupt
        At once, whatever the campaign is doing.
    """
    announce()
    silence()  # it is shown here
    before = threading.stack_size(_STACK)
    work = Work(make)
    try:
        work.start()
    finally:
        threading.stack_size(before)
    work.join(PATIENCE)
    if work.is_alive():
        _show(scenario, work)
    if work.problem is not None:
        raise work.problem
    if work.result is None:
        raise RuntimeError("the campaign ended without a result")
    return work.result, work.seconds


def _show(scenario: Scenario, work: Work) -> None:
    from tqdm import tqdm

    tqdm.monitor_interval = 0
    how: dict[str, Any] = {
        "file": sys.stderr,
        "leave": False,
        # A log gets a line now and then, a terminal a bar that moves.
        "mininterval": 0.1 if sys.stderr.isatty() else 30.0,
    }
    live = sys.stderr.isatty()
    with tqdm(bar_format="{desc} [{elapsed}]", desc=_doing(work), **how) as phase:
        while work.is_alive() and work.tick < 1:
            doing = _doing(work)
            phase.set_description_str(doing, refresh=live or doing != phase.desc)
            work.join(_BLINK)
    if not work.is_alive():
        return
    with tqdm(total=scenario.horizon, initial=max(work.tick, 0), unit="tick", **how) as bar:
        while work.is_alive():
            bar.update(work.tick - bar.n)
            work.join(_BLINK)


def _doing(work: Work) -> str:
    if compiling():
        return COMPILING
    return "making the world" if work.tick < 0 else "the first tick"
