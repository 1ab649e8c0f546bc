"""What a case may end in: what is asked for, or the documented error, in good time and little room.

Never another exception, never a warning on the terminal, never a fault of our own that only looks
like a refusal.
"""

from __future__ import annotations

import resource
import signal
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from hypothesis import strategies as st
from wordofmouth.sim.errors import CampaignError, LimitError

MOST_SECONDS = 2.0
MOST_BYTES = 512 * 2**20
# When one that does not end is stopped, by the clock.
_ENDLESS = 20.0
# What no sentence for people says.
_FOREIGN = ("Traceback", "pydantic.dev", "further information", "object at 0x")
# What a fault of our own raises; others are raised at what is read, too.
_OURS = (AttributeError, NameError, AssertionError, NotImplementedError)
_PACKAGE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Door:
    """A way in. A new one is an entry in `doors.DOORS`, and nothing else.

    Attributes
    ----------
    name
        What it is called when it fails.
    make
        A case out of luck.
    enter
        Goes in with a case; the folder is its own and empty.
    drawn
        Cases of hypothesis, where these have a form that can be shrunk.
    cost
        How many cases of others one of these takes as long as.
    known
        Cases that are valid: with these all is imported and compiled.
    again
        A case out of what JSON kept of it: lists for tuples.
    addresses
        Bytes of address space that it may have: threads reserve far more than they use.
    """

    name: str
    make: Callable[[Random], Any]
    enter: Callable[[Any, Path], object]
    drawn: st.SearchStrategy[Any] | None = None
    cost: int = 1
    known: Callable[[], Iterable[Any]] = tuple
    again: Callable[[Any], Any] = lambda case: case
    addresses: int = MOST_BYTES

    def case(self, seed: int, number: int) -> Any:
        """A case by its numbers, the same on every machine."""
        return self.make(Random(f"{self.name}:{seed}:{number}"))


@dataclass(frozen=True)
class Verdict:
    """How a case ended: `said` is the refusal, `fault` what must not be, neither if it is valid.

    `slow` is a fault of time alone.
    """

    said: str = ""
    fault: str = ""
    seconds: float = 0.0
    slow: bool = False


class Endless(BaseException):
    """A case did not end."""


def judge(door: Door, case: Any, folder: Path) -> Verdict:
    """Go in, and say how it ended.

    Who is slow gets a second try: the first of a kind imports what it needs, and the processor's
    time counts what others on the core took from its cache.
    """
    first = _judged(door, case, folder)
    if not first.slow:
        return first
    again = Path(tempfile.mkdtemp(dir=folder))
    return min(first, _judged(door, case, again), key=lambda verdict: verdict.seconds)


def _judged(door: Door, case: Any, folder: Path) -> Verdict:
    said = fault = ""
    before = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (
        _little_room(door.addresses),
        _no_endless(),
        warnings.catch_warnings(record=True) as warned,
    ):
        warnings.simplefilter("always")
        try:
            door.enter(case, folder)
        except CampaignError as problem:
            said = str(problem)
            fault = _wrong(problem)
        except Endless:
            fault = f"it had not ended after {_ENDLESS:g} s"
        except BaseException as problem:
            if isinstance(problem, KeyboardInterrupt):
                raise
            fault = f"{type(problem).__name__}: {problem} {_where(problem)}"
    seconds = time.process_time() - before
    if not fault and warned:
        fault = f"a warning: {warned[0].message}"
    slow = not fault and seconds > MOST_SECONDS
    if slow:
        fault = f"it took {seconds:.1f} s of CPU"
    grown = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak)
    if not fault and grown > MOST_BYTES:
        fault = f"it took {grown / 2**20:.0f} MiB"
    return Verdict(said, fault[:500], seconds, slow)


def _wrong(problem: CampaignError) -> str:
    """What is wrong with a refusal."""
    said = str(problem)
    if not said.strip():
        return "a refusal without a word"
    if foreign := next((word for word in _FOREIGN if word in said), None):
        return f"a refusal that says {foreign!r}: {said[:200]}"
    if isinstance(problem, LimitError) and "than is free" not in said and "there is" not in said:
        return f"a limit that does not say how much there is: {said[:200]}"
    cause = problem.__cause__
    if isinstance(cause, _OURS) and _is_ours(cause):
        return f"a fault of our own as a refusal: {cause!r} {_where(cause)}"
    return ""


def _is_ours(problem: BaseException) -> bool:
    """Whether the innermost call is one of the package."""
    frames = traceback.extract_tb(problem.__traceback__)
    path = Path(frames[-1].filename).resolve() if frames else _PACKAGE
    return path.is_relative_to(_PACKAGE) and "site-packages" not in path.parts


def _where(problem: BaseException) -> str:
    frames = traceback.extract_tb(problem.__traceback__)
    return " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in frames[:-5:-1])


@contextmanager
def _little_room(addresses: int) -> Iterator[None]:
    """Give a case no more memory than it may have, beyond what the process has already."""
    try:
        with Path("/proc/self/statm").open(encoding="ascii") as file:
            have = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # a system that does not say
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (have + addresses, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def _no_endless() -> Iterator[None]:
    """Stop a case that does not end."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Endless

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
