"""Commands of studies."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import Json, Settings, command


def _studies() -> list[str]:
    from ..studies.runs.declare import names

    return names()


Study = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a study.")]


@command
def sweep(
    study: Annotated[
        str | None,
        typer.Argument(
            metavar="STUDY",
            help="A study by name, or a study file; none: list them.",
            autocompletion=_studies,
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
    from .sweep import run_study

    run_study(
        study, out=out, jobs=jobs, processes=processes, dask=dask, replicates=replicates,
        settings=settings or [], retry_failed=retry_failed, dry_run=dry_run, as_json=as_json,
    )  # fmt: skip


@command
def status(folder: Study, as_json: Json = False) -> None:
    """Say how far a study is."""
    from .sweep import tell_status

    tell_status(folder, as_json=as_json)


@command
def export(
    folder: Study,
    to: Annotated[
        str, typer.Option("--to", metavar="FILE.parquet|csv", help="The file to be written.")
    ],
    as_json: Json = False,
) -> None:
    """Write all runs of a study as one table."""
    from .sweep import export_study

    export_study(folder, to, as_json=as_json)


@command
def analyse(
    folder: Study,
    outcome: Annotated[
        str | None, typer.Option("--outcome", metavar="NAME", help="What is asked about.")
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Draw the figures into this folder.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what a study shows: what matters, and how sure it is."""
    from ..studies.shown.telling import analyse_study

    analyse_study(folder, outcome, out=out, as_json=as_json)
