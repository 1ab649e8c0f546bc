"""`wom compare`: how scenarios differ, in the same worlds and person by person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

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
            metavar="A [B]...", help="Scenarios, or one and --set.", autocompletion=scenarios
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
    from ..worlds.until import check_budget
    from .answering import answered, ready, settled

    known(outcome)
    check_budget(replicates, seconds)
    called: list[str] | None = None
    if len(names) == 1:
        if not changed.settings:
            raise InputError(
                f"{names[0]!r} alone is nothing to compare; give another scenario too, or --set "
                "KEY=VALUE for the same one changed."
            )
        settings = [both or None, [*(both or ()), *changed.settings]]
        compared = [replace(changed, settings=each).scenario(names[0]) for each in settings]
        called = [compared[0].name, " ".join(changed.settings)]
    elif both:
        raise InputError(
            f"--both {both[0]} is for one scenario and --set; of several, --set changes all."
        )
    else:
        compared = [changed.scenario(name) for name in names]
    ready(*compared, telling=telling)

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
