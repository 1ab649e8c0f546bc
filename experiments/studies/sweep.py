"""`wom.sweep`: run a study, or what is left of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from os import PathLike
from typing import TYPE_CHECKING, Any

from ...sim.errors import InputError
from ..worlds.given import Source
from .asked import StudyRequest, request
from .runs.crew import Crew, Growing, Processes, Threads
from .runs.folder import describe, open_folder
from .runs.ledger import Ledger
from .runs.plan import plan, write
from .runs.progress import Interrupted, Progress
from .runs.runner import Runner

if TYPE_CHECKING:
    from .study import Study


def sweep(
    source: Source | Callable[..., Any],
    axes: Mapping[str, Any] | None = None,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    luck: str | None = None,
    world: int | str | None = None,
    settings: Mapping[str, Any] | None = None,
    design: Mapping[str, Any] | None = None,
    designs: Sequence[Mapping[str, Any]] | None = None,
    constraint: Sequence[str] | str | None = None,
    infeasible: str | None = None,
    outcomes: Iterable[str] | None = None,
    keep: Iterable[str] | None = None,
    name: str | None = None,
    network: Any = None,
    measures: Mapping[str, Callable[[Any], float]] | None = None,
    out: str | PathLike[str] | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    dask: str | None = None,
    retry_failed: bool = False,
    progress: bool = True,
) -> Study:
    """Run a study, or what is left of it.

    Parameters
    ----------
    source
        With `axes` or `designs`: a scenario, its name or its file; or a function that takes the
        axes by name (and `seed`, if it likes) and gives a number, or numbers by name; or a fit
        (`wordofmouth.fit`) or the folder that keeps one: replicate r has a draw of its posterior at
        every point, which yields to what the point sets. Else a shipped study by its name, or a
        study file.
    axes
        By dotted path: a list of values, ``{"from": 0, "to": 1, "steps": 5}``, and so on
        (`wordofmouth.experiments.studies.design.axis`).
    replicates, seed
        Replicate r runs at every point with the seed `seed` + r, in the same world with the same
        luck: `wom.run(scenario, seed=seed + r)` repeats it.
    luck
        ``"each"``: every run has luck of its own, as a sample needs it that is fitted to data; by
        itself it is ``"shared"``, as above, which is right for comparing points. The seed of a run
        is in the table, and repeats it.
    world
        A seed: one world for all replicates, which then differ in luck alone. ``"each"``: every run
        has a world of its own; by itself it is ``"shared"``, as above.
    settings
        What is set at every point, beside what a study file sets.
    design
        ``{"sampler": "sobol", "points": 128}``; the grid of all combinations if left out.
    constraint
        Comparisons of axes, ``"x + y <= 10"``: points where one does not hold are left out.
    infeasible
        ``"skip"``: points that the model refuses are left out, and counted with the reason; by
        itself it is ``"refuse"``: they refuse the study.
    designs
        Sub-designs in place of `axes`: tables of ``name``, ``set``, ``axes``, ``design``.
    outcomes
        Those that tables and figures show; all are kept in any case.
    keep
        ``"series"``, ``"shares"``: tables kept of every run, in `out`.
    name
        What the study is called; the scenario's name if left out.
    network
        A network for all runs, in place of the scenario's.
    measures
        Outcomes of one's own, by name: functions that take the `Result` of a run and give a number.
        They are kept, resumed and drawn as all others; a function that was rewritten is another.
    out
        The folder that keeps it. What is there already is not run again. Without one the study
        lives as long as this process.
    jobs
        How many threads; as many as there are cores if left out.
    executor
        Any `concurrent.futures.Executor` in place of threads.
    dask
        The address of a dask scheduler, ``"local"`` or ``"slurm"`` (extra `cluster`).
    retry_failed
        Whether failed runs are made again.
    progress
        Whether a bar is shown.

    Returns
    -------
    Study
        Also where some runs failed: each is a row with its error.

    Raises
    ------
    InputError
        If anything about the study is not allowed, at any point: then nothing was run.
    LimitError
        If a point would not fit into memory.
    StorageError
        If the folder holds something else, or cannot be written.

    Examples
    --------
    >>> study = sweep(lambda x, y: x * y, {"x": [1, 2], "y": [3, 4]}, progress=False)
    >>> study.table()["value"].tolist()
    [3.0, 4.0, 6.0, 8.0]
    """
    own = {
        "axes": axes, "set": settings, "design": design, "designs": designs,
        "replicates": replicates, "seed": seed, "luck": luck, "world": world, "name": name,
        "infeasible": infeasible,
        **{
            key: value if isinstance(value, str) or not isinstance(value, Iterable) else [*value]
            for key, value in (("outcomes", outcomes), ("keep", keep), ("constraint", constraint))
        },
    }  # fmt: skip
    asked = request(source, own, network, measures)
    crew = hire(jobs=jobs, executor=executor, dask=dask)
    return carry_out(asked, out, crew, retry_failed=retry_failed, progress=progress)


def hire(
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    dask: str | None = None,
    processes: bool | None = False,
) -> Crew:
    """Those who make the runs; `processes` is None where they show which they pay for."""
    if jobs is not None and not (type(jobs) is int and jobs >= 1):
        raise InputError(f"jobs = {jobs!r} is not allowed; give a whole number from 1.")
    if dask is not None and executor is not None:
        raise InputError("give either dask or an executor.")
    if processes and (dask is not None or executor is not None):
        raise InputError("processes = True goes with neither dask nor an executor; leave it out.")
    if dask is not None:
        from .runs.cluster import Cluster

        return Cluster(dask, jobs)
    if executor is not None:
        return Crew(executor, jobs)
    return Processes(jobs) if processes else Growing(jobs) if processes is None else Threads(jobs)


def carry_out(
    asked: StudyRequest,
    out: str | PathLike[str] | None,
    crew: Crew,
    *,
    retry_failed: bool = False,
    progress: bool = True,
    command: str | None = None,
) -> Study:
    """Run what is left of a study.

    Raises
    ------
    Interrupted
        If somebody stopped it; what ran is kept.
    """
    tables, design, model = asked
    if out is not None:
        model.identify()
    elif design.keep:
        raise InputError(f"keep = {list(design.keep)} needs a folder; give out too.")
    began = time.perf_counter()
    bar = Progress(design.runs, shown=progress)
    try:
        planned = plan(design, model, lambda k: bar.say(f"checking point {k:,} of {design.size:,}"))
        if out is None:
            ledger = Ledger(None, make=True)
        else:
            ledger = open_folder(out, design.name, model.name)
    except BaseException:
        bar.close()
        raise
    try:
        digest = write(ledger, design, model, planned)
        if ledger.folder is not None:
            describe(ledger.folder, tables, model, digest, command)
        del planned
        if retry_failed:
            ledger.retry()
        counts, made = ledger.counts(), 0
        if counts["open"] + counts["claimed"]:
            bar.begin(counts["done"], counts["failed"], sum(counts.values()))
            runner = Runner(ledger, design, model, digest, crew, bar)
            runner.run()
            made = runner.done + runner.failed
    except Interrupted:
        counts = ledger.counts()
        kept, where = counts["done"] + counts["failed"], f" in {out}" if out is not None else ""
        runs = sum(counts.values())
        ledger.close()
        raise Interrupted(
            f"interrupted; {kept:,} of {runs:,} runs are kept{where}, and the same command resumes."
        ) from None
    except BaseException:
        ledger.close()
        raise
    finally:
        bar.close()
    seconds = time.perf_counter() - began
    from .study import Study  # what reads tables takes long to import, and is needed now

    return Study(ledger, seconds=seconds, made=made)
