"""The commands of studies: `wom sweep`, `wom status`, `wom export`, `wom analyse`."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ...scenarios.toml import setting
from ...sim.budget import size
from ...sim.errors import InputError, StorageError
from ..studies.runs.crew import cores
from ..studies.runs.declare import names, read
from ..studies.runs.estimate import estimate
from ..studies.sweep import Asked, ask, carry_out, hire
from . import console

if TYPE_CHECKING:
    from ..studies.study import Study


def run_study(
    study: str | None,
    *,
    out: str | None,
    jobs: int | None,
    processes: bool | None,
    dask: str | None,
    replicates: int | None,
    settings: list[str],
    retry_failed: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Run or resume a study, or say what it would take.

    Raises
    ------
    typer.Exit
        With 1 where some runs failed.
    CampaignError
        If it cannot be run, or not be kept.
    """
    if study is None:
        list_studies(as_json=as_json)
        return
    asked = ask(study, {"replicates": replicates, "set": dict(map(setting, settings)) or None})
    if dry_run:
        _tell_estimate(asked, out, jobs or cores(), as_json=as_json)
        return
    if out is None:
        raise InputError(
            f"a study is kept in a folder; give --out DIR, such as --out {asked.design.name}."
        )
    crew = hire(jobs=jobs, processes=processes, dask=dask)
    try:
        typed = ["wom", "sweep", study, "--out", out]
        typed += ["--replicates", str(replicates)] if replicates is not None else []
        typed += [word for text in settings for word in ("--set", text)]
        done = carry_out(asked, out, crew, retry_failed=retry_failed, command=shlex.join(typed))
    except KeyboardInterrupt:
        print(f"error: stopped; what was acknowledged is kept in {out}.", file=sys.stderr)
        sys.stderr.flush()
        # Runs may be deep in compiled code, for which Python's own way out would wait.
        os._exit(130)
    page = written(done, as_json=as_json)
    counts = done.status
    runs, failed = sum(counts.values()), counts["failed"]
    if as_json:
        console.tell_machine(
            {
                "runs": runs,
                "failed": failed,
                "made": done.made,
                "seconds": round(done.seconds, 3),
            }
        )
    words = _made(done, runs, asked.design.size)
    read = f" {page} is the page to read." if page else f" wom report {out} makes a page to read."
    console.say(f"{words}; kept in {out}.{read}", json=as_json)
    if failed:
        first = done.failures().iloc[0]
        console.say(
            f"{failed:,} failed, the first at point {first['point']}, replicate "
            f"{first['replicate']}: {first['error']}. --retry-failed makes them again.",
            json=as_json,
        )
    done.close()
    if failed:
        raise typer.Exit(1)


def _made(done: Study, runs: int, points: int) -> str:
    """How many runs there are, and how many of them this call made."""
    words = f"{runs:,} runs of {points:,} points"
    before = runs - done.made
    if not before:
        return f"{words} in {done.seconds:.1f} s"
    were = "was" if before == 1 else "were"
    made = f"{done.made:,} made now in {done.seconds:.1f} s" if done.made else "none made now"
    return f"{words}: {made}, {before:,} {were} there already"


def written(study: Study, *, as_json: bool) -> Path | None:
    """Write the report of a study; that it cannot be written is told, and loses nothing."""
    from ..studies.shown.report import refresh

    try:
        return refresh(study)
    except StorageError as problem:
        console.say(f"{problem} The runs are kept; wom report makes the report.", json=as_json)
        return None


def list_studies(*, as_json: bool) -> None:
    """Tell the shipped studies, each with its question."""
    table = {name: str(read(name)[0].get("question", "")) for name in names()}
    if as_json:
        told = [{"name": name, "question": asked} for name, asked in table.items()]
        console.tell_machine({"studies": told})
        return
    width = max(map(len, table), default=0)
    console.say("\n".join(f"{name:<{width}}  {asked}" for name, asked in table.items()))


def tell_status(folder: str, *, as_json: bool) -> None:
    """Tell how many runs are open, claimed, done and failed."""
    from ..studies.study import Study

    study = Study.load(folder)
    counts = study.status
    runs = sum(counts.values())
    failures = study.failures() if counts["failed"] else None
    first = None if failures is None else failures.iloc[0]
    if as_json:
        console.tell_machine(
            {
                "study": study.name,
                "runs": runs,
                **counts,
                "drivers": len(study.ledger.drivers.others()),
                "first_failure": None
                if first is None
                else {
                    "point": int(first["point"]),
                    "replicate": int(first["replicate"]),
                    "error": str(first["error"]),
                },
            }
        )
        return
    console.say(
        f"{study.name}: {counts['done']:,} of {runs:,} runs are done, {counts['failed']:,} "
        f"failed, {counts['claimed']:,} are being made, {counts['open']:,} are open."
    )
    if first is not None:
        console.say(
            f"The first that failed, point {first['point']}, replicate {first['replicate']}: "
            f"{str(first['error']).rstrip('.')}. wom sweep --retry-failed makes them again."
        )


def export_study(folder: str, to: str, *, as_json: bool) -> None:
    """Write one table of all runs."""
    from ..studies.study import Study

    study = Study.load(folder)
    goal = study.export(to)
    runs = sum(study.status.values())
    if as_json:
        console.tell_machine({"runs": runs, "file": str(goal)})
    reader = "read_csv" if goal.suffix == ".csv" else "read_parquet"
    console.say(f"{runs:,} runs in {goal}; pandas.{reader}({str(goal)!r}) opens it.", json=as_json)


def _tell_estimate(asked: Asked, out: str | None, jobs: int, *, as_json: bool) -> None:
    found = estimate(asked, out, jobs)
    if as_json:
        console.tell_machine(found._asdict())
        return
    how = "measured" if found.measured else "estimated"
    console.say(
        f"{found.runs:,} runs ({found.points:,} points, {found.replicates:,} replicates), "
        f"{found.left:,} of them to be made. On {jobs} workers about "
        f"{_duration(found.seconds)} ({found.each:.3g} s a run, {how}), at most "
        f"{size(found.bytes)} of memory and about {size(found.disk)} on disk."
    )


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
