"""Work in a thread of its own for a request: told block by block as it comes, or found at once.

The thread ends when its work is done, when it is told to, or when nobody waits any more; a reader
who is slower than the work makes it wait.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeVar

from ...sim.errors import CampaignError
from .limits import Refused

# A kernel's compilation is deeper than the half mebibyte that a thread gets on some systems.
_STACK: Final = 64 * 2**20
# Blocks that lie ready for a reader.
_AHEAD: Final = 256
# How often a reader who waits is told what for, in seconds.
_NEWS: Final = 0.5

# How often one looks whether somebody still waits for what is found, in seconds.
_LOOK: Final = 0.2
_MEMORY: Final = "there is not enough memory; ask for fewer people."

Found = TypeVar("Found")
Put = Callable[[bytes], None]
Work = Callable[[threading.Event, Put], None]


class Stopped(Exception):  # noqa: N818  no error: nobody waits for the answer any more
    """The page that asked has gone, or asks something else."""


class Streams:
    """The work under way, so that it can be ended together."""

    def __init__(self) -> None:
        self.stops: set[threading.Event] = set()
        self.threads: set[threading.Thread] = set()
        self.closing = False

    def close(self) -> None:
        """Tell all of them to end, at the next tick or replicate."""
        self.closing = True
        for stop in list(self.stops):
            stop.set()

    def ended(self, patience: float) -> bool:
        """Whether all of them have ended, for which one waits so long."""
        for thread in list(self.threads):
            if thread.is_alive():
                thread.join(patience)
        return not any(thread.is_alive() for thread in list(self.threads))

    async def read(
        self,
        work: Work,
        news: Callable[[], bytes] = lambda: b"",
        wrong: Callable[[str], bytes] = lambda sentence: sentence.encode(),
    ) -> AsyncIterator[bytes]:
        """What the work tells, block by block.

        Parameters
        ----------
        work
            Makes the blocks, in a thread. It is given what is set when it is to end, and what puts
            a block where it is read: that waits for a slow reader, and raises Stopped once it is
            to end.
        news
            What is told while there is nothing new.
        wrong
            How a sentence about what went wrong is told.
        """
        loop, stop = asyncio.get_running_loop(), threading.Event()
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        room = threading.Semaphore(_AHEAD)

        def tell(item: bytes | None) -> None:
            try:
                loop.call_soon_threadsafe(queue.put_nowait, item)
            except RuntimeError:  # the server is gone
                stop.set()

        def put(item: bytes) -> None:
            while not stop.is_set():
                if room.acquire(timeout=0.2):
                    tell(item)
                    return
            raise Stopped

        def run() -> None:
            try:
                work(stop, put)
            except Stopped:
                pass
            except CampaignError as problem:
                tell(wrong(str(problem)))
            except MemoryError:
                tell(wrong(_MEMORY))
            except Exception as problem:  # noqa: BLE001  the page is told, the server goes on
                tell(wrong(f"the server failed ({type(problem).__name__}: {problem})."))
            finally:
                tell(None)

        try:
            with self._under_way(run, stop):
                while True:
                    try:
                        item = await asyncio.wait_for(queue.get(), _NEWS)
                    except TimeoutError:
                        if stop.is_set():  # the work may be deep in the compiler, and hears nothing
                            return
                        if tidings := news():
                            yield tidings
                        continue
                    if item is None:
                        return
                    room.release()
                    yield item
        except Refused as problem:
            yield wrong(str(problem))

    async def find(
        self, work: Callable[[threading.Event], Found], gone: Callable[[], Awaitable[bool]]
    ) -> Found:
        """What the work finds.

        Parameters
        ----------
        work
            Finds it, in a thread; it is given what is set when it is to end.
        gone
            Whether whoever asked has gone.

        Raises
        ------
        Refused
            If there is not enough memory, the server ends, or nobody waits any more.
        """
        loop, stop = asyncio.get_running_loop(), threading.Event()
        answer: asyncio.Future[Found] = loop.create_future()

        def tell(write: Callable[[Any], None], what: Any) -> None:
            if not answer.done():
                write(what)

        def run() -> None:
            told: tuple[Callable[[Any], None], Any]
            try:
                told = answer.set_result, work(stop)
            except MemoryError:
                told = answer.set_exception, Refused(_MEMORY, 503)
            except Exception as problem:  # noqa: BLE001  it is raised where one waits for it
                told = answer.set_exception, problem
            with suppress(RuntimeError):  # the server is gone
                loop.call_soon_threadsafe(tell, *told)

        with self._under_way(run, stop):
            try:
                while not answer.done():
                    await asyncio.wait({answer}, timeout=_LOOK)
                    # The work may be deep in a layout, and hears nothing: nobody waits for it.
                    if not answer.done() and (stop.is_set() or await gone()):
                        raise Refused("the server ends, or nobody waits any more.", 503)
                return answer.result()
            finally:
                answer.cancel()

    @contextmanager
    def _under_way(self, run: Callable[[], None], stop: threading.Event) -> Iterator[None]:
        """Run it in a thread, which is told to stop when one leaves."""

        def known() -> None:
            try:
                run()
            finally:
                self.threads.discard(thread)

        self.stops.add(stop)
        if self.closing:
            stop.set()
        try:
            before = threading.stack_size(_STACK)
            try:
                thread = threading.Thread(target=known, daemon=True)
                self.threads.add(thread)
                thread.start()
            except RuntimeError as problem:  # the system gives no more of them
                self.threads.discard(thread)
                raise Refused(_MEMORY, 503) from problem
            finally:
                threading.stack_size(before)
            yield
        finally:
            stop.set()
            self.stops.discard(stop)
