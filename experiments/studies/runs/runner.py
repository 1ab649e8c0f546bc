"""The runner: claims runs, has them made in chunks, and commits what became of them.

At any time a bounded number of runs is in memory, however many there are. What is committed, once
a second, is acknowledged: it is never lost and never made again.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, wait
from contextlib import suppress
from math import ceil
from threading import Event
from typing import Final

from ....sim.errors import CampaignError, InputError
from ..design.design import Design
from .crew import Crew, Made, RunTask
from .folder import discard, sweep_up, write_parts
from .ledger import ClaimedRun, FinishedRun, Ledger
from .model import Model
from .progress import Interrupted, Progress, listening

# Seconds between commits, and runs that are committed earlier whatever the time.
_COMMIT: Final = 1.0
_MOST_ROWS: Final = 5_000
_BLINK: Final = 0.2
# Seconds between looks at runs that another driver has claimed.
_LOOK: Final = 0.5
_MOST_CHUNK: Final = 1_000
# Chunks in flight for each worker: one that is made, and one that waits.
_AHEAD: Final = 2


class Runner:
    """A driver of a study: it makes the runs that are open until none is left."""

    def __init__(
        self, ledger: Ledger, design: Design, model: Model, digest: str, crew: Crew,
        progress: Progress,
    ) -> None:  # fmt: skip
        self.ledger, self.design, self.model = ledger, design, model
        self.digest, self.crew, self.progress = digest, crew, progress
        self.done = self.failed = 0
        self._claimed: deque[ClaimedRun] = deque()
        self._flying: dict[Made, list[ClaimedRun]] = {}
        self._finished: list[FinishedRun] = []
        self._each = 0.0  # seconds of a run, lately; 0: none was made yet
        self._committed = self._looked = time.monotonic()
        self._none_open = False
        self._suspects = 0  # runs with one of which a worker died, to be made one by one

    def run(self) -> None:
        """Run until nothing is open, or until somebody wishes to stop.

        Raises
        ------
        Interrupted
            After a first Ctrl-C, when what ran is committed.
        KeyboardInterrupt
            At a second one.
        StorageError
            If the ledger or a part cannot be written; what was committed is kept.
        """
        self.ledger.drivers.sign_on()
        try:
            sweep_up(self.ledger)
            self.crew.begin(self.model, self.design.keep)
            with listening(self.progress.say) as wish:
                self._loop(wish)
                if wish.is_set() and self._left():
                    raise Interrupted("interrupted")
        except BaseException as problem:
            with suppress(CampaignError):
                if isinstance(problem, CampaignError):
                    self._commit()
            # What was made and not committed, whoever comes next makes again. A mistake or a full
            # disk waits for the runs that are being made, a second Ctrl-C for nobody.
            self.crew.stop(wait=isinstance(problem, CampaignError))
            with suppress(CampaignError):
                self.ledger.drivers.sign_off()
            raise
        self.crew.stop(wait=True)
        self.ledger.drivers.sign_off()

    def _loop(self, wish: Event) -> None:
        """Until nothing is being made, and all that was made is committed."""
        while True:
            if wish.is_set() and self._claimed:
                self.ledger.unclaim(claim.run for claim in self._claimed)
                self._claimed.clear()
            if not wish.is_set():
                self._submit()
            if self._flying:
                ready, _ = wait(self._flying, timeout=_BLINK, return_when=FIRST_COMPLETED)
                for future in ready:
                    if future in self._flying:  # else it broke together with one before it
                        self._collect(future)
            elif self._finished:
                self._commit()
            elif wish.is_set() or not self._others_at_work():
                return
            if self._due():
                self._commit()

    def _due(self) -> bool:
        long = time.monotonic() - self._committed >= _COMMIT
        return long or len(self._finished) >= _MOST_ROWS

    def _submit(self) -> None:
        # The first run alone: kernels that are not in the cache yet are compiled once, not by
        # everybody at the same time.
        alone = not self._each or self._suspects > 0
        most = 1 if alone else self.crew.jobs * _AHEAD
        while len(self._flying) < most:
            size = 1 if alone else min(_MOST_CHUNK, int(self.crew.chunk / self._each) or 1)
            if len(self._claimed) < size * (most - len(self._flying)):
                self._claim(size * most)
            if not self._claimed:
                return
            # So that at the end nobody waits for one long chunk.
            size = max(1, min(size, ceil(len(self._claimed) / most)))
            chunk = [self._claimed.popleft() for _ in range(size)]
            self._suspects = max(0, self._suspects - 1)
            try:
                future = self.crew.submit([self._task(claim) for claim in chunk])
            except BrokenExecutor as problem:
                self._claimed.extendleft(reversed(chunk))
                self._renew(problem)
                return
            self._flying[future] = chunk

    def _claim(self, most: int) -> None:
        now = time.monotonic()
        if self._none_open and now - self._looked < _LOOK:
            return
        wanted = most - len(self._claimed)
        found = self.ledger.claim(wanted, self.digest)
        self._claimed.extend(found)
        self._none_open, self._looked = len(found) < wanted, now

    def _others_at_work(self) -> bool:
        """Whether runs are left that another driver has claimed; waits a little if so."""
        if self._claimed:
            return True
        counts = self.ledger.counts()
        self.progress.reach(counts["done"] + counts["failed"])
        if counts["open"] + counts["claimed"] == 0:
            return False
        if not counts["open"]:
            others = ", ".join(self.ledger.drivers.others())
            self.progress.say(f"waiting for {others or 'another process'}")
            time.sleep(_LOOK)
        self._none_open = False
        return True

    def _task(self, claim: ClaimedRun) -> RunTask:
        changes = self.model.in_replicate(self.design.at(claim.point).changes, claim.replicate)
        return RunTask(claim.run, changes, claim.seed, claim.world)

    def _collect(self, future: Made) -> None:
        chunk = self._flying.pop(future)
        try:
            done = future.result()
        except (Exception, CancelledError) as problem:  # noqa: BLE001  the worker, not the run
            self._lost(chunk, problem)
            return
        self._finished += done
        seconds = sum(run.seconds for run in done) / len(done)
        self._each = max(0.7 * self._each + 0.3 * seconds if self._each else seconds, 1e-6)

    def _lost(self, chunk: Sequence[ClaimedRun], problem: BaseException) -> None:
        """A chunk whose worker died: its runs are made by another, one by one, a few times.

        Which of them it was, or of others that were made beside it, shows when they are alone.
        """
        hopeless = self.ledger.blame(claim.run for claim in chunk)
        text = f"the worker died with this run ({type(problem).__name__}: {problem})"
        self._finished += [FinishedRun(run, {}, error=text) for run in hopeless]
        again = [claim for claim in chunk if claim.run not in hopeless]
        self._claimed.extendleft(reversed(again))
        self._suspects += len(again)
        if isinstance(problem, BrokenExecutor):
            self._renew(problem)

    def _renew(self, problem: BrokenExecutor) -> None:
        for future in list(self._flying):  # all of them break together
            if not (future.done() and future.exception() is None):
                again = self._flying.pop(future)
                self.ledger.blame(claim.run for claim in again)
                self._claimed.extendleft(reversed(again))
                self._suspects += len(again)
        if not self.crew.renew():
            raise InputError(
                f"the executor broke down ({problem}); what ran is kept, start again with another."
            )

    def _commit(self) -> None:
        finished, self._finished = self._finished, []
        self._committed = time.monotonic()
        if not finished:
            self.ledger.drivers.still()
            return
        while finished:
            lost = self._written(finished)
            if not lost:
                break
            finished = [run for run in finished if run.run not in lost]
        failed = sum(run.error is not None for run in finished)
        self.done += len(finished) - failed
        self.failed += failed
        self.progress.add(len(finished) - failed, failed)
        self.crew.consider(self._each, self._left())

    def _written(self, finished: Sequence[FinishedRun]) -> set[int]:
        """Commit; the runs that others have taken over meanwhile, for which all is done again."""
        written = write_parts(self.ledger, finished)
        try:
            lost = self.ledger.commit(finished, written)
        except CampaignError:
            discard(self.ledger, written)
            raise
        if lost:
            discard(self.ledger, written)
        return lost

    def _left(self) -> int:
        """How many runs of the plan are neither done nor failed."""
        counts = self.ledger.counts()
        return counts["open"] + counts["claimed"]
