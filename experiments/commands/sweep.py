"""`wom sweep`: run a study, or what is left of it."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...sim.errors import InputError, StorageError
from . import console
from .options import Json, Settings, command

if TYPE_CHECKING:
    from ..studies.asked import StudyRequest
    from ..studies.study import Study

Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a study.")]


def _names() -> list[str]:
    from ..studies.design.file import names

    return names()


@command
def sweep(
    study: Annotated[
        str | None,
        typer.Argument(
            metavar="STUDY",
            help="A study by name, or a study file; none: list them.",
            autocompletion=_names,
        ),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="The folder that keeps the study.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", help="Workers; as many as cores if none.")
    ] = None,
    processes: Annotated[
        bool | None,
        typer.Option(
            "--processes/--threads",
            help="What the workers are; processes if runs show to be many and short.",
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option("--dask", metavar="ADDRESS|local|slurm", help="Run on a dask cluster."),
    ] = None,
    replicates: Annotated[
        int | None, typer.Option("--replicates", metavar="N", help="In place of the study's.")
    ] = None,
    settings: Settings = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Make failed runs again.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would take.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run a study, or what is left of it; no run is lost."""
    if study is None:
        _listed(as_json=as_json)
        return
    from ...scenarios.toml import setting
    from ..studies.asked import request
    from ..studies.sweep import carry_out, hire

    changes = dict(map(setting, settings or ()))
    asked = request(study, {"replicates": replicates, "set": changes or None})
    crew = hire(jobs=jobs, processes=processes, dask=dask)
    if dry_run:
        crew.stop(wait=False)
        _cost(asked, out, jobs, as_json=as_json)
        return
    if out is None:
        raise InputError(
            f"a study is kept in a folder; give --out DIR, such as --out {asked.design.name}."
        )
    typed = ["wom", "sweep", study, "--out", out]
    typed += ["--replicates", str(replicates)] if replicates is not None else []
    typed += [word for text in settings or () for word in ("--set", text)]
    try:
        done = carry_out(asked, out, crew, retry_failed=retry_failed, command=shlex.join(typed))
    except KeyboardInterrupt:
        print(f"error: stopped; what was acknowledged is kept in {out}.", file=sys.stderr)
        sys.stderr.flush()
        # Runs may be deep in compiled code, for which Python's own way out would wait.
        os._exit(130)
    _told(done, out, as_json=as_json)
    failed = done.status["failed"]
    done.close()
    if failed:
        raise typer.Exit(1)


def reported(study: Study, *, as_json: bool) -> Path | None:
    """Write the report of a study; that it cannot be written is told, and loses nothing."""
    try:
        return study.report()
    except StorageError as problem:
        console.say(f"{problem} The runs are kept; wom report makes the report.", json=as_json)
        return None


def _told(done: Study, out: str, *, as_json: bool) -> None:
    """Tell how many runs there are, how many of them this call made, and what failed."""
    page, counts, made = reported(done, as_json=as_json), done.status, done.made
    runs, failed = sum(counts.values()), counts["failed"]
    [(points,)] = done.ledger.read("SELECT COUNT(*) FROM points")
    if as_json:
        seconds = round(done.seconds, 3)
        console.tell_machine({"runs": runs, "failed": failed, "made": made, "seconds": seconds})
    words, before = f"{runs:,} runs of {points:,} points", runs - made
    if before:
        were = "was" if before == 1 else "were"
        now = f"{made:,} made now in {done.seconds:.1f} s" if made else "none made now"
        words += f": {now}, {before:,} {were} there already"
    else:
        words += f" in {done.seconds:.1f} s"
    read = f" {page} is the page to read." if page else f" wom report {out} makes a page to read."
    console.say(f"{words}; kept in {out}.{read}", json=as_json)
    for note in done.about.notes:
        console.say(note, json=as_json)
    if failed:
        first = done.failures().iloc[0]
        console.say(
            f"{failed:,} failed, the first at point {first['point']}, replicate "
            f"{first['replicate']}: {first['error']}. --retry-failed makes them again.",
            json=as_json,
        )


def _listed(*, as_json: bool) -> None:
    """Tell the shipped studies, each with its question."""
    from ..studies.design.file import names, read

    table = {name: str(read(name)[0].get("question", "")) for name in names()}
    if as_json:
        told = [{"name": name, "question": asked} for name, asked in table.items()]
        console.tell_machine({"studies": told})
        return
    width = max(map(len, table), default=0)
    console.say("\n".join(f"{name:<{width}}  {asked}" for name, asked in table.items()))


def _cost(asked: StudyRequest, out: str | None, jobs: int | None, *, as_json: bool) -> None:
    """Tell what a study would take."""
    from ...sim.budget import size
    from ..studies.runs.crew import cores
    from ..studies.runs.plan import cost

    workers = jobs or cores()
    found = cost(asked.design, asked.model, out, workers)
    if as_json:
        console.tell_machine(found._asdict())
        return
    how = "measured" if found.measured else "estimated"
    console.say(
        f"{found.runs:,} runs ({found.points:,} points, {found.replicates:,} replicates), "
        f"{found.left:,} of them to be made. On {workers} workers about "
        f"{_duration(found.seconds)} ({found.each:.3g} s a run, {how}), at most "
        f"{size(found.bytes)} of memory and about {size(found.disk)} on disk."
    )


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
