"""`wom export`: all runs of a study as one table."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from . import console
from .options import Json, command
from .sweep import Folder


@command
def export(
    folder: Folder,
    to: Annotated[
        str, typer.Option("--to", metavar="FILE.parquet|csv", help="The file to be written.")
    ],
    as_json: Json = False,
) -> None:
    """Write all runs of a study as one table."""
    from ..studies.study import Study

    with closing(Study.load(folder)) as study:
        goal = study.export(to)
        runs = sum(study.status.values())
    if as_json:
        console.tell_machine({"runs": runs, "file": str(goal)})
    reader = "read_csv" if goal.suffix == ".csv" else "read_parquet"
    console.say(f"{runs:,} runs in {goal}; pandas.{reader}({str(goal)!r}) opens it.", json=as_json)
