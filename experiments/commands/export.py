"""`wom export`: all runs of a study as one table, or a campaign for models of the marketing mix."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ...sim.errors import InputError
from . import console
from .options import Changed, Force, Jobs, Json, Luck, Telling, command

if TYPE_CHECKING:
    from ..answers.truth.answer import KnownTruth

_WORLDS: Final = 32
_DAY: Final = "day"


@command
def export(
    name: Annotated[
        str,
        typer.Argument(
            metavar="DIR",
            help="The folder of a study; with --known-truth that of a run, or a scenario.",
        ),
    ],
    changed: Changed,
    luck: Luck,
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "--to",
            metavar="FILE.parquet|csv",
            help="The file to be written; with --known-truth a folder.",
        ),
    ],
    known_truth: Annotated[
        bool,
        typer.Option(
            "--known-truth",
            help="For Robyn, Meridian and PyMC-Marketing, with the true effect of each channel.",
        ),
    ] = False,
    every: Annotated[
        str, typer.Option("--every", metavar="day|week", help="What a row is, with --known-truth.")
    ] = _DAY,
    replicates: Annotated[
        int,
        typer.Option("--replicates", metavar="N", help="Worlds of true effects (--known-truth)."),
    ] = _WORLDS,
    jobs: Jobs = 1,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Write all runs of a study as one table, or a campaign for marketing mix models."""
    if known_truth:
        how = {"every": every, "replicates": replicates}
        _truth(name, changed, luck, Telling(out, force, as_json), how, jobs)
        return
    if (changed, luck, every, replicates, jobs) != (Changed(), Luck(), _DAY, _WORLDS, 1):
        raise InputError(
            "the runs of a study are exported as they are; --set, --seed, --every, --replicates "
            "and the like take --known-truth, which runs a campaign."
        )
    from ..studies.study import Study

    with closing(Study.load(name)) as study:
        goal = study.export(out)
        runs = sum(study.status.values())
    if as_json:
        console.tell_machine({"runs": runs, "file": str(goal)})
    reader = "read_csv" if goal.suffix == ".csv" else "read_parquet"
    console.say(f"{runs:,} runs in {goal}; pandas.{reader}({str(goal)!r}) opens it.", json=as_json)


def _truth(
    name: str, changed: Changed, luck: Luck, telling: Telling, how: dict[str, Any], jobs: int
) -> None:
    from .answering import answered, ready, refuse_changes

    again = {"to": telling.out, "known_truth": True, **how}
    given: dict[str, Any] = {}
    if (Path(name) / "run.json").is_file():
        refuse_changes(name, changed, luck)
        ready(telling=telling)
        from ..results.archive import load
        from ..results.asked import first_sharers

        campaign: Any = load(name)
        given["seeds"] = first_sharers(name)
    else:
        campaign = changed.scenario(name)
        ready(campaign, telling=telling)
        given |= vars(luck)
        again |= vars(luck)

    def find(tell: Callable[[int, int], None]) -> KnownTruth:
        from ..answers.truth.find import known_truth

        return known_truth(campaign, **given, **how, jobs=jobs, progress=tell)

    answered(find, telling, lambda _: changed.command("export", [name], again))
