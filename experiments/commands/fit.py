"""`wom fit`: which parameters a campaign had, from what was measured of it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from .observing import Data
from .options import Changed, Name, Seed, Telling, command

if TYPE_CHECKING:
    from ..answers.fit.answer import Fit


@command
def fit(
    name: Name,
    changed: Changed,
    telling: Telling,
    data: Data,
    free: Annotated[
        str | None,
        typer.Option(
            "--free", metavar="KEYS", help="Parameters to fit, with commas between; * is every one."
        ),
    ] = None,
    prior: Annotated[
        list[str] | None,
        typer.Option(
            "--prior", metavar="KEY=LAW A B", help="Such as 'attention=uniform 1 9'; repeat."
        ),
    ] = None,
    runs: Annotated[int, typer.Option("--runs", metavar="N", help="Campaigns to simulate.")] = 6000,
    worlds: Annotated[
        int,
        typer.Option("--worlds", metavar="N", help="In how many networks a round is simulated."),
    ] = 64,
    seed: Seed = 0,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", help="Workers; as many as there are cores.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="A dask scheduler, or 'local'.")
    ] = None,
) -> None:
    """Say which parameters a campaign had, from what was measured, and what cannot be told.

    The runs are kept beside --out DIR, in DIR.runs: who is interrupted goes on with the same
    command.
    """
    from ...sim.errors import InputError
    from .answering import answered, ready

    if not data.given:
        raise InputError("there is nothing to fit to; give --data FILE.")
    scenario = changed.scenario(name)
    ready(scenario, telling=telling)
    observed = data.observed()
    named = None if free is None else [each for each in free.split(",") if each.strip()]
    priors = dict(_prior(text) for text in prior or ())

    def find(tell: Callable[[int, int], None]) -> Fit:
        from ..answers.fit.find import fit

        return fit(
            scenario, observed, free=named, priors=priors, runs=runs, worlds=worlds, seed=seed,
            out=telling.out, jobs=jobs, dask=dask, progress=tell,
        )  # fmt: skip

    more = {"free": free, "prior": prior, "runs": runs, "worlds": worlds, "seed": seed}
    answered(
        find,
        telling,
        lambda _: f"{changed.command('fit', [name], more)} {shlex.join(data.words())}",
    )


def _prior(text: str) -> tuple[str, str]:
    from ...sim.errors import InputError

    path, equals, law = text.partition("=")
    if not equals or not law.strip():
        raise InputError(
            f"--prior {text!r} is not allowed; give a parameter, = and a law with two numbers, "
            "such as 'attention=uniform 1 9'."
        )
    return path.strip(), law.strip()
