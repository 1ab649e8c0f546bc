"""The command `wom new`: a scenario file to begin with."""

from __future__ import annotations

import os
from pathlib import Path

from ...scenarios.template import template
from ...sim.errors import InputError, StorageError
from .console import say


def new_file(path: str, like: str) -> None:
    """Write a commented scenario file, as the scenario `like` is.

    Raises
    ------
    InputError
        If there is no such scenario, or something of that name already.
    StorageError
        If the file cannot be written.
    """
    from ...scenarios.loader import load

    goal = Path(path)
    if goal.suffix != ".toml":
        raise InputError(f"{path}: a scenario file ends in .toml; name it {goal.name}.toml.")
    text = template(load(like), goal.name)
    try:
        with goal.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(f"{path}: there is such a file already; name another.") from None
    except OSError as problem:
        reason = os.strerror(problem.errno) if problem.errno else str(problem)
        raise StorageError(
            f"{path}: the file cannot be written ({reason}); choose another place."
        ) from problem
    say(f"{path} is written: change what you like, then `wom run {path}`.")
