"""Who makes the runs: threads, processes, or any executor of `concurrent.futures`.

A worker makes the runs of a chunk, one after the other, none of which can harm the next: one that
raises is a finished run with its error.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Final, NamedTuple

from .ledger import FinishedRun
from .model import Model

# A kernel's compilation is deeper than the half mebibyte that a thread gets on some systems.
_STACK: Final = 64 * 2**20
# Seconds of a run, and of all that are left, under and over which processes pay for their start.
_SHORT: Final = 0.1
_LONG: Final = 10.0


class RunTask(NamedTuple):
    """A run as a worker is told of it."""

    run: int
    changes: dict[str, Any]
    seed: int
    world: int


Chunk = Sequence[RunTask]
Made = Future[list[FinishedRun]]


def work(model: Model, tasks: Chunk, keep: tuple[str, ...]) -> list[FinishedRun]:
    """Make the runs of a chunk: what became of each."""
    return [_made(model, task, keep) for task in tasks]


def _made(model: Model, task: RunTask, keep: tuple[str, ...]) -> FinishedRun:
    began = time.perf_counter()
    try:
        outcome = model.run(task.changes, task.seed, task.world, keep)
    except (Exception, SystemExit) as problem:  # noqa: BLE001  whatever a model raises is its outcome
        text = str(problem) or "no message"
        error = f"{type(problem).__name__}: {' '.join(text.split())}"
        seconds = time.perf_counter() - began
        return FinishedRun(task.run, {}, "", "", seconds, error, traceback.format_exc())
    seconds = time.perf_counter() - began
    values, digest, network, tables = outcome
    return FinishedRun(task.run, values, digest, network, seconds, tables=tables)


class Crew:
    """Workers: here those of an executor that somebody brought.

    Parameters
    ----------
    executor
        Whose threads or processes make the runs.
    jobs
        How many there are; as many as there are cores if None.

    Attributes
    ----------
    chunk
        The seconds that a chunk of runs should take.
    """

    chunk = 1.0

    def __init__(self, executor: Executor | None = None, jobs: int | None = None) -> None:
        known = getattr(executor, "_max_workers", None)
        self._jobs = jobs or (known if isinstance(known, int) else None) or cores()
        self.executor = executor
        self._model: Model | None = None
        self._keep: tuple[str, ...] = ()
        if isinstance(executor, ThreadPoolExecutor):
            self.chunk = 0.25

    @property
    def jobs(self) -> int:
        """How many chunks are made at a time."""
        return self._jobs

    def begin(self, model: Model, keep: tuple[str, ...]) -> None:
        """Be ready to make runs of a model."""
        self._model, self._keep = model, keep

    def submit(self, tasks: Chunk) -> Made:
        """Have runs made."""
        if self.executor is None or self._model is None:
            raise RuntimeError("a crew has to begin first")
        return self.executor.submit(work, self._model, tasks, self._keep)

    def consider(self, each: float, left: int) -> None:
        """Hear how many seconds a run takes, and how many runs are left."""

    def renew(self) -> bool:
        """Hire others where all broke down; whether that can be done."""
        return False

    def stop(self, *, wait: bool) -> None:
        """Make no more; what was brought along is left running."""


class Threads(Crew):
    """Threads of this process, which share one network in memory and the compiled kernels.

    Parameters
    ----------
    jobs
        How many; as many as there are cores if None.
    """

    chunk = 0.25

    def __init__(self, jobs: int | None = None) -> None:
        super().__init__(None, jobs)

    def begin(self, model: Model, keep: tuple[str, ...]) -> None:
        """Be ready to make runs of a model."""
        super().begin(model, keep)
        self.executor = _threads(self._jobs)

    def stop(self, *, wait: bool) -> None:
        """Make no more."""
        if self.executor is not None:
            self.executor.shutdown(wait=wait, cancel_futures=True)
            self.executor = None


class Processes(Threads):
    """Processes of this machine: for many short runs, whose Python code threads would queue for.

    They are made afresh and import nothing of the main program, so that it needs no guard.
    """

    chunk = 0.5

    def begin(self, model: Model, keep: tuple[str, ...]) -> None:
        """Be ready to make runs of a model."""
        self._model, self._keep = model, keep
        self.executor = ProcessPoolExecutor(
            self._jobs,
            mp_context=get_context("spawn"),
            initializer=prepare,
            initargs=(model, keep),
        )
        with without_main():
            self._greetings = [self.executor.submit(greet) for _ in range(self._jobs)]

    @property
    def ready(self) -> bool:
        """Whether they are there."""
        return all(each.done() for each in self._greetings)

    def submit(self, tasks: Chunk) -> Made:
        """Have runs made."""
        if self.executor is None:
            raise RuntimeError("a crew has to begin first")
        with without_main():
            return self.executor.submit(prepared, tasks)

    def renew(self) -> bool:
        """Hire others where all broke down; whether that can be done."""
        if self._model is None:
            return False
        self.stop(wait=False)
        self.begin(self._model, self._keep)
        return True


class Growing(Threads):
    """Threads, and in their place processes once it shows that runs are many and short.

    What a short run does in Python, threads do one after the other; what a long one does in
    kernels they do side by side, over one network in memory.
    """

    _processes: Processes | None = None

    def consider(self, each: float, left: int) -> None:
        """Make processes ready if they pay, while threads go on."""
        pays = 0.0 < each < _SHORT and each * left / self._jobs > _LONG
        if pays and self._jobs > 1 and self._processes is None and self._model is not None:
            self._processes = Processes(self._jobs)
            self._processes.begin(self._model, self._keep)

    def submit(self, tasks: Chunk) -> Made:
        """Have runs made."""
        if self._processes is not None and self._processes.ready:
            return self._processes.submit(tasks)
        return super().submit(tasks)

    def renew(self) -> bool:
        """Hire others where all broke down; whether that can be done."""
        return self._processes is not None and self._processes.renew()

    def stop(self, *, wait: bool) -> None:
        """Make no more."""
        super().stop(wait=wait)
        if self._processes is not None:
            self._processes.stop(wait=wait)


_ready: tuple[Model, tuple[str, ...]] | None = None


def prepare(model: Model, keep: tuple[str, ...]) -> None:
    """Keep a model in this process, to which it is sent once."""
    global _ready
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver decides who stops
    _ready = model, keep


def greet() -> None:
    """Be there: with the model, the kernels' modules are imported."""


def prepared(tasks: Chunk) -> list[FinishedRun]:
    """Make the runs of a chunk with the model of this process."""
    if _ready is None:
        raise RuntimeError("this process was not prepared")
    return work(_ready[0], tasks, _ready[1])


@contextmanager
def without_main() -> Iterator[None]:
    """Let processes that are started here not import the main program, as they would by default."""
    main = sys.modules["__main__"]
    told = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
    for name in told:
        setattr(main, name, None)
    if "__file__" in told:
        del main.__file__
    try:
        yield
    finally:
        for name, value in told.items():
            setattr(main, name, value)


def cores() -> int:
    """How many cores this process may use."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:
        return os.cpu_count() or 1


def _threads(jobs: int) -> ThreadPoolExecutor:
    """Threads with room for the compiler; a pool makes them one by one as tasks come."""
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="wom-sweep")
    before = threading.stack_size(_STACK)
    try:
        together = threading.Barrier(jobs)
        for ready in [pool.submit(together.wait) for _ in range(jobs)]:
            ready.result()
    finally:
        threading.stack_size(before)
    return pool
