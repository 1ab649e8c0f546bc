"""A stream: work in a thread of its own, what it tells handed to a request as it comes.

The thread ends when its work is done, when it is told to, or when nobody reads any more; a reader
who is slower than the work makes it wait.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final

from ...sim.errors import CampaignError

# A kernel's compilation is deeper than the half mebibyte that a thread gets on some systems.
_STACK: Final = 64 * 2**20
# Blocks that lie ready for a reader.
_AHEAD: Final = 256
# How often a reader who waits is told what for, in seconds.
_NEWS: Final = 0.5

Work = Callable[[threading.Event], Iterator[bytes]]


class Streams:
    """The streams under way, so that they can be ended together."""

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
            Makes the blocks, in a thread; it is given what is set when it is to end.
        news
            What is told while there is nothing new.
        wrong
            How a sentence about what went wrong is told.
        """
        loop, stop = asyncio.get_running_loop(), threading.Event()
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        room = threading.Semaphore(_AHEAD)

        def put(item: bytes | None) -> None:
            try:
                loop.call_soon_threadsafe(queue.put_nowait, item)
            except RuntimeError:  # the server is gone
                stop.set()

        def run() -> None:
            try:
                for item in work(stop):
                    while not room.acquire(timeout=0.2):
                        if stop.is_set():
                            return
                    if stop.is_set():
                        return
                    put(item)
            except CampaignError as problem:
                put(wrong(str(problem)))
            except MemoryError:
                put(wrong("there is not enough memory; ask for fewer people."))
            except Exception as problem:  # noqa: BLE001  the page is told, the server goes on
                put(wrong(f"the server failed ({type(problem).__name__}: {problem})."))
            finally:
                self.threads.discard(threading.current_thread())
                put(None)

        self.stops.add(stop)
        if self.closing:
            stop.set()
        thread = _started(run)
        self.threads.add(thread)
        if not thread.is_alive():
            self.threads.discard(thread)
        try:
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
        finally:
            stop.set()
            self.stops.discard(stop)


def _started(run: Callable[[], Any]) -> threading.Thread:
    before = threading.stack_size(_STACK)
    try:
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
    finally:
        threading.stack_size(before)
    return thread
