"""`wom new`: a scenario file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...sim.errors import InputError, StorageError
from . import console
from .options import command


@command
def new(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Its name, such as mine.toml.")],
    like: Annotated[
        str, typer.Option("--like", metavar="NAME|FILE", help="The scenario to begin with.")
    ] = "everyday",
) -> None:
    """Write a scenario file of your own, everything explained."""
    from ...scenarios.loader import load
    from ...scenarios.template import template
    from ..store.folder import put_file

    goal = Path(file)
    if goal.suffix != ".toml":
        raise InputError(f"{file}: a scenario file ends in .toml; name it {goal.name}.toml.")
    text = template(load(like), goal.name)
    if goal.exists():
        raise InputError(f"{file}: there is such a file already; name another.")
    if not goal.parent.is_dir():
        raise StorageError(
            f"{file}: the file cannot be written (there is no such folder); choose another place."
        )
    put_file(goal, text.encode())
    console.say(f"{file} is written: change what you like, then `wom run {file}`.")
