"""`wom check`: whether a scenario could be run, and what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from ...sim.errors import InputError, LimitError
from . import console
from .options import Changed, Json, Name, command

if TYPE_CHECKING:
    from ...sim.budget import Need
    from ...sim.parameters import Scenario

_GLANCE: Final = 2**16


@command
def check(name: Name, changed: Changed, as_json: Json = False) -> None:
    """Say whether a scenario is valid, and what it needs at most."""
    from ...scenarios.doubts import doubts
    from ...sim.budget import afford, size

    needed = None
    notes: list[str] = []
    try:
        scenario = changed.scenario(name)
        needed = _need(scenario)
        if scenario.network.file is None:
            afford(scenario)
            notes = _not_met(scenario)
    except (InputError, LimitError) as problem:
        if not as_json:
            raise
        console.tell_machine(_told(needed, str(problem).splitlines()))
        console.say("\n".join(f"error: {line}" for line in str(problem).splitlines()), json=True)
        raise typer.Exit(problem.exit_code) from None
    notes += doubts(scenario)
    if as_json:
        console.tell_machine(_told(needed, []) | {"notes": notes})
        return
    # Of a file the length is known, and not whose ties they are.
    most = "" if scenario.network.file is None else "at most "
    console.say(
        f"{scenario.name} is valid. For {most}{needed.people:,} people and {most}"
        f"{needed.arcs:,} arcs it needs "
        f"{size(needed.least)} of memory, up to {size(needed.bytes)} if everybody passes on "
        f"everything, and then about {needed.seconds:.1f} s."
        + (f" {size(needed.waiting)} of it hold what waits in feeds." if needed.waiting else "")
    )
    for note in notes:
        console.say(f"note: {note}")


def _not_met(scenario: Scenario) -> list[str]:
    """What the network will not have as asked for (`network.nearest`); refused if it has to."""
    from ...sim.network.generate import not_met

    choice = scenario.network
    return [
        f"network.{name} = {asked:g} cannot be had; the nearest, {made:g}, is made."
        for name, (asked, made) in not_met(
            choice.kind, choice.people, 0, choice.generator_options()
        ).items()
    ]


def _told(needed: Need | None, errors: list[str]) -> dict[str, Any]:
    return {
        "valid": not errors,
        "errors": errors,
        "bytes": None if needed is None else needed.bytes,
        "seconds": None if needed is None else round(needed.seconds, 3),
    }


def _need(scenario: Scenario) -> Need:
    """What the scenario needs; of a network file only the beginning and the length are read."""
    from ...sim.budget import need

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
