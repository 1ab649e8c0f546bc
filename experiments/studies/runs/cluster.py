"""Runs on a dask cluster: one that is running, processes of this machine, or jobs of SLURM.

The model, with a network where one was given, is sent to each worker once. The runs of a worker
that dies are made by another.
"""

from __future__ import annotations

import time
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from ....sim.errors import InputError
from .crew import Chunk, Crew, Made, without_main, work
from .model import Model

# Seconds to wait for a scheduler to answer, and for the first job of SLURM to begin.
_ANSWER: Final = 10
_QUEUE: Final = 24 * 3600
# Seconds for which the number of workers is believed.
_COUNTED: Final = 2.0


class Cluster(Crew):
    """A dask cluster as a crew.

    Parameters
    ----------
    address
        Of a scheduler, such as ``tcp://10.0.0.1:8786``; ``local``: processes of this machine;
        ``slurm``: jobs as `~/.config/dask/jobqueue.yaml` describes them (dask-jobqueue).
    jobs
        How many processes or jobs of SLURM there are; as many as cores if None.

    Raises
    ------
    InputError
        If the extra `cluster` is not installed.
    """

    def __init__(self, address: str, jobs: int | None = None) -> None:
        super().__init__(None, jobs)
        self.address = address
        self._client: Any = None
        self._cluster: Any = None
        self._executor: Any = None
        self._sent: Any = None
        self._counted = (0.0, 1)
        _installed("distributed")

    @property
    def jobs(self) -> int:
        """How many chunks are made at a time: threads of all workers that are there."""
        then, found = self._counted
        if self._client is not None and time.monotonic() - then > _COUNTED:
            found = max(1, sum(self._client.nthreads().values()))
            self._counted = (time.monotonic(), found)
        return found

    def begin(self, model: Model, keep: tuple[str, ...]) -> None:
        """Find the cluster, or make it, and send the model.

        Raises
        ------
        InputError
            If no scheduler answers.
        """
        super().begin(model, keep)
        self._client = self._connected()
        self._send()
        self._executor = self._client.get_executor(pure=False)

    def submit(self, tasks: Chunk) -> Made:
        """Have runs made."""
        if self._sent.status in ("lost", "cancelled", "error"):
            self._send()  # all who had it died
        future: Made = self._executor.submit(work, self._sent, list(tasks), self._keep)
        return future

    def stop(self, *, wait: bool) -> None:
        """Make no more; a cluster that was there before is left running."""
        if self._executor is not None:
            self._executor.shutdown(wait=wait)
        for each in (self._client, self._cluster):
            if each is not None:
                with suppress(Exception):
                    each.close()
        self._client = self._cluster = self._executor = None

    def _send(self) -> None:
        self._sent = self._client.scatter(self._model, broadcast=True, hash=False)

    def _connected(self) -> Any:
        distributed = _installed("distributed")
        if self.address == "local":
            with without_main():
                self._cluster = distributed.LocalCluster(
                    n_workers=self._jobs, threads_per_worker=1, dashboard_address=None
                )
                return distributed.Client(self._cluster)
        if self.address == "slurm":
            self._cluster = slurm()
            self._cluster.scale(jobs=self._jobs)
            client = distributed.Client(self._cluster)
            client.wait_for_workers(1, timeout=_QUEUE)
            return client
        try:
            client = distributed.Client(self.address, timeout=_ANSWER)
        except (OSError, TimeoutError, ValueError) as problem:
            reason = " ".join(str(problem).split()) or type(problem).__name__
            raise InputError(
                f"dask = {self.address!r}: no scheduler answers there ({reason}); start one with "
                "dask scheduler, or give 'local' or 'slurm'."
            ) from None
        if not client.nthreads():
            client.close()
            raise InputError(
                f"dask = {self.address!r}: the scheduler has no workers; start some with dask "
                f"worker {self.address}."
            )
        return client


def slurm() -> Any:
    """A cluster of SLURM jobs, as the user's configuration of dask-jobqueue describes them.

    Raises
    ------
    InputError
        If dask-jobqueue is missing, or its configuration.
    """
    jobqueue = _installed("dask_jobqueue")
    try:
        return jobqueue.SLURMCluster()
    except (ValueError, TypeError) as problem:
        reason = " ".join(str(problem).split())
        raise InputError(
            f"dask = 'slurm': jobs are not described ({reason}); set cores and memory under "
            "jobqueue.slurm in ~/.config/dask/jobqueue.yaml."
        ) from None


def _installed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise InputError(
            f"{name} is not installed, without which there is no dask cluster; install "
            "wordofmouth[cluster]."
        ) from None
