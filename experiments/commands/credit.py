"""`wom credit`: to whom the conversions of one campaign are owed."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...sim.errors import InputError
from .options import Changed, Luck, Telling, command

if TYPE_CHECKING:
    from ...sim.result import Result


@command
def credit(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME|FILE|DIR", help="A scenario, or a folder that run kept."),
    ],
    changed: Changed,
    luck: Luck,
    telling: Telling,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="WHAT",
            help="person, role, hop, outlet, channel or content; may be repeated.",
        ),
    ] = None,
) -> None:
    """Say to whom the conversions of one campaign are owed."""
    from ..answers.credit.find import TABLES, credit
    from .answering import answered

    for what in by or ():
        if what not in TABLES:
            raise InputError(f"--by {what!r} is not allowed; give one of {', '.join(TABLES)}.")
    found = credit(_campaign(name, changed, luck, telling))
    kept = (Path(name) / "run.json").is_file()
    typed = shlex.join(["wom", "credit", name])
    again = typed if kept else changed.command("credit", [name], vars(luck))
    answered(lambda _: found, telling, lambda _: again, show=lambda owed: owed.document(by))


def _campaign(name: str, changed: Changed, luck: Luck, telling: Telling) -> Result:
    """The campaign that is asked about: of a folder, or run now."""
    from .answering import ready, refuse_changes
    from .waiting import watched

    if (Path(name) / "run.json").is_file():
        refuse_changes(name, changed, luck)
        ready(telling=telling)
        from ..results.archive import load

        return load(name)
    scenario = changed.scenario(name)
    ready(scenario, telling=telling)

    def make() -> Any:
        from ...sim.campaign import Campaign

        return Campaign(scenario, seed=luck.seed, world=luck.world)

    return watched(make)[0]
