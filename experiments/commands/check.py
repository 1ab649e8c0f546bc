"""The commands that run nothing: `wom check` and `wom scenarios`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import typer

from ...scenarios.doubts import idle
from ...scenarios.loader import names, question
from ...sim.budget import Need, afford, need, size
from ...sim.errors import InputError, LimitError
from ...sim.parameters import Scenario
from . import console
from .choice import Choice

_GLANCE: Final = 2**16


def check_scenario(choice: Choice, *, as_json: bool) -> None:
    """Tell whether a scenario could be run, and what it needs at most.

    Raises
    ------
    typer.Exit
        With 2 for a scenario that is not valid, with 3 for one that does not fit.
    """
    needed = None
    try:
        scenario = choice.scenario()
        needed = _need(scenario)
        if scenario.network.file is None:
            afford(scenario)
    except (InputError, LimitError) as problem:
        if not as_json:
            raise
        console.document(_told(needed, str(problem).splitlines()))
        console.say("\n".join(f"error: {line}" for line in str(problem).splitlines()), json=True)
        raise typer.Exit(problem.exit_code) from None
    notes = idle(scenario)
    if as_json:
        console.document(_told(needed, []) | {"notes": notes})
        return
    # Of a file the length is known, and not whose ties they are.
    most = "" if scenario.network.file is None else "at most "
    console.say(
        f"{scenario.name} is valid. For {most}{needed.people:,} people and {most}"
        f"{needed.arcs:,} arcs it needs "
        f"{size(needed.least)} of memory, up to {size(needed.bytes)} if everybody passes on "
        f"everything, and then about {needed.seconds:.1f} s."
    )
    for note in notes:
        console.say(f"note: {note}")


def list_scenarios(*, as_json: bool) -> None:
    """Tell the shipped scenarios, each with the question that it asks."""
    table = {name: question(name) for name in names()}
    if as_json:
        console.document(
            {"scenarios": [{"name": name, "question": asked} for name, asked in table.items()]}
        )
        return
    width = max(map(len, table), default=0)
    console.say("\n".join(f"{name:<{width}}  {asked}" for name, asked in table.items()))


def _told(needed: Need | None, errors: list[str]) -> dict[str, Any]:
    return {
        "valid": not errors,
        "errors": errors,
        "bytes": None if needed is None else needed.bytes,
        "seconds": None if needed is None else round(needed.seconds, 3),
    }


def _need(scenario: Scenario) -> Need:
    """What the scenario needs; of a network file only the beginning and the length are read."""
    if scenario.network.file is None:
        return need(scenario)
    path = Path(scenario.network.file)
    try:
        with path.open("rb") as file:
            glance = file.read(_GLANCE)
        length = path.stat().st_size
    except OSError as problem:
        raise InputError(
            f"{path}: the network file cannot be read ({problem.strerror}); check the path."
        ) from problem
    # Lines as long as the first ones; compressed or binary, a tie is unlikely to take less than 4.
    lines = glance.count(b"\n")
    textual = lines > 0 and b"\0" not in glance
    ties = int(length * lines / len(glance)) if textual else length // 4
    return need(scenario, people=ties + 1, arcs=2 * ties)
