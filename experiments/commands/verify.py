"""`wom verify`: whether what a folder holds comes out again."""

from __future__ import annotations

from typing import Annotated

import typer

from . import console
from .options import Json, command


@command
def verify(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="A folder that wom wrote with --out.")
    ],
    sample: Annotated[
        int | None,
        typer.Option("--sample", metavar="N", help="So many runs of a study; all if none."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Run again what a folder holds, and say what differs; the exit code is 1 if anything does."""
    from ..answers.verification import verify
    from .waiting import waited

    found = waited(lambda tell: verify(folder, sample=sample, progress=tell))
    if as_json:
        console.tell_machine(found.to_dict())
    lines = [f"- {each.what}: {each.said}" for each in found.differing]
    lines += [f"note: {note}" for note in found.notes]
    console.say("\n".join([found.sentence, *lines]), json=as_json)
    if not found.same:
        raise typer.Exit(1)
