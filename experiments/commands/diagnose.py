"""`wom diagnose`: what holds a campaign back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from .options import (
    Changed,
    Jobs,
    Luck,
    Outcome,
    Replicates,
    Seconds,
    Source,
    Telling,
    Width,
    command,
)

if TYPE_CHECKING:
    from ..answers.diagnosis.answer import Diagnosis


@command
def diagnose(
    name: Source,
    changed: Changed,
    luck: Luck,
    telling: Telling,
    outcome: Outcome = "conversions",
    step: Annotated[
        float, typer.Option("--step", metavar="X", help="The factor of the odds at each stage.")
    ] = 1.1,
    spend: Annotated[
        float | None,
        typer.Option(
            "--spend",
            metavar="MONEY",
            help="What is spent on each stage in turn; with --seconds what it buys is cut last.",
        ),
    ] = None,
    replicates: Replicates = 64,
    width: Width = None,
    seconds: Seconds = None,
    jobs: Jobs = 2,
) -> None:
    """Name the bottleneck, what improving each stage brings, and what to do with the money."""
    began = time.monotonic()
    from ..vocabulary.outcomes import outcome as known
    from ..worlds.until import check_budget
    from .answering import answered, ready, settled

    known(outcome)
    check_budget(replicates, seconds)
    scenario = changed.campaign(name)
    ready(scenario, telling=telling)
    how = {"step": step, "spend": spend, "replicates": replicates, "width": width}

    def find(tell: Callable[[int, int], None]) -> Diagnosis:
        from ..answers.diagnosis.find import diagnose

        found = diagnose(
            scenario, outcome, step=step, spend=spend, replicates=replicates, width=width,
            seconds=seconds, seed=luck.seed, world=luck.world, jobs=jobs, progress=tell,
            began=began,
        )  # fmt: skip
        # What was changed on the way here is changed on both sides of a comparison.
        alike = replace(changed, settings=None)
        return replace(found, typed=alike.command("compare", [name], {"both": changed.settings}))

    answered(
        find,
        telling,
        lambda found: changed.command(
            "diagnose", [name], {**vars(luck), "outcome": outcome, **settled(how, seconds, found)}
        ),
    )
