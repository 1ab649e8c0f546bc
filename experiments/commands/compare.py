"""`wom compare`: how scenarios differ, in the same worlds and person by person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...sim.errors import InputError
from .options import (
    Changed,
    Jobs,
    Luck,
    Outcome,
    Replicates,
    Seconds,
    Telling,
    Width,
    command,
    scenarios,
)

if TYPE_CHECKING:
    from ..answers.comparison.answer import Comparison


@command
def compare(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="A [B]...",
            help="Scenarios, or one and --set; one may be the folder of a fit.",
            autocompletion=scenarios,
        ),
    ],
    changed: Changed,
    luck: Luck,
    telling: Telling,
    both: Annotated[
        list[str] | None,
        typer.Option("--both", metavar="KEY=VALUE", help="With one scenario: change both alike."),
    ] = None,
    outcome: Outcome = "conversions",
    replicates: Replicates = 48,
    width: Width = None,
    seconds: Seconds = None,
    jobs: Jobs = 2,
) -> None:
    """Compare scenarios in the same worlds, person by person."""
    from ..vocabulary.outcomes import outcome as known
    from ..worlds.draws import Draws
    from ..worlds.until import check_budget
    from .answering import answered, ready, settled

    known(outcome)
    check_budget(replicates, seconds)
    called: list[str] | None = None
    compared: list[Any]
    if len(names) == 1:
        if not changed.settings:
            raise InputError(
                f"{names[0]!r} alone is nothing to compare; give another scenario too, or --set "
                "KEY=VALUE for the same one changed."
            )
        alike = replace(changed, settings=both or None).campaign(names[0])
        if isinstance(alike, Draws):
            # As changes, which every draw yields to, whatever the middle of the draws is.
            compared = [alike, changed.changes(alike.base)]
            ready(alike.under(compared[1]), telling=telling)
            called = [alike.base.name, " ".join(changed.settings)]
        else:
            typed = replace(changed, settings=[*(both or ()), *changed.settings])
            compared = [alike, typed.scenario(names[0])]
            called = [alike.name, " ".join(changed.settings)]
    elif both:
        raise InputError(
            f"--both {both[0]} is for one scenario and --set; of several, --set changes all."
        )
    else:
        compared = [changed.campaign(name) for name in names]
    ready(*(each for each in compared if not isinstance(each, dict)), telling=telling)

    def find(tell: Callable[[int, int], None]) -> Comparison:
        from ..answers.comparison.find import compare

        return compare(
            *compared, names=called, outcome=outcome, replicates=replicates, width=width,
            seconds=seconds, seed=luck.seed, world=luck.world, jobs=jobs, progress=tell,
        )  # fmt: skip

    how = {"replicates": replicates, "width": width}
    answered(
        find,
        telling,
        lambda found: changed.command(
            "compare",
            names,
            {"both": both, **vars(luck), "outcome": outcome, **settled(how, seconds, found)},
        ),
    )
