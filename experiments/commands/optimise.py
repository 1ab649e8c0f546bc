"""`wom optimise`: the plan that makes the best of a budget, judged in fresh worlds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...sim.errors import InputError
from .options import Changed, Jobs, Luck, Outcome, Source, Telling, command

if TYPE_CHECKING:
    from ..answers.optimum.answer import Optimum


@command
def optimise(
    name: Source,
    changed: Changed,
    luck: Luck,
    telling: Telling,
    over: Annotated[
        list[str] | None,
        typer.Option(
            "--over",
            metavar="KEY=A..B|KEY=X|Y",
            help="A lever and its range or choices; repeat it for each.",
        ),
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget",
            metavar="MONEY",
            help="What the whole campaign may cost on average, not what is added to it.",
        ),
    ] = None,
    outcome: Outcome = "profit",
    robust: Annotated[
        str,
        typer.Option("--robust", metavar="HOW", help="mean, worst (tenth of worlds) or regret."),
    ] = "mean",
    trials: Annotated[int, typer.Option("--trials", metavar="N", help="Plans to try.")] = 100,
    worlds: Annotated[
        int, typer.Option("--worlds", metavar="N", help="Worlds in which each is tried.")
    ] = 16,
    fresh: Annotated[
        int, typer.Option("--fresh", metavar="N", help="Other worlds that judge the best ones.")
    ] = 64,
    jobs: Jobs = 2,
) -> None:
    """Find the plan that makes the best of a budget, and say whether it holds in fresh worlds."""
    from ..answers.optimum.judge import way
    from ..vocabulary.outcomes import outcome as known
    from .answering import answered, ready

    known(outcome)
    by = way(robust)
    levers = levers_of(over or ())
    scenario = changed.campaign(name)
    if telling.force:
        raise InputError("--force: a search is not written over; name a new folder, or remove it.")
    # A search goes on in its folder with more plans, and says itself what is another one.
    ready(scenario, telling=replace(telling, force=True))

    def find(tell: Callable[[int, int], None]) -> Optimum:
        from ..answers.optimum.find import optimise

        return optimise(
            scenario, levers, budget=budget, outcome=outcome, robust=by, trials=trials,
            worlds=worlds, fresh=fresh, seed=luck.seed, world=luck.world, jobs=jobs,
            out=telling.out, keep=False, progress=tell,
        )  # fmt: skip

    more: dict[str, Any] = {
        **vars(luck), "over": list(over or ()), "budget": budget, "outcome": outcome,
        "robust": robust, "trials": trials, "worlds": worlds, "fresh": fresh,
    }  # fmt: skip
    answered(find, telling, lambda _: changed.command("optimise", [name], more))


def levers_of(typed: Sequence[str]) -> dict[str, str]:
    """The levers that were typed, by their paths.

    Raises
    ------
    InputError
        If one is no such text, or is given twice.

    Examples
    --------
    >>> levers_of(["incentives.reward=0..20", "publish.seeding=random|followers"])
    {'incentives.reward': '0..20', 'publish.seeding': 'random|followers'}
    """
    found: dict[str, str] = {}
    for text in typed:
        path, equals, given = (part.strip() for part in text.partition("="))
        if not equals or not path or not given:
            raise InputError(
                f"--over {text!r} is not allowed; give key=range or key=choices, such as "
                "incentives.reward=0..20 or publish.seeding=random|followers."
            )
        if path in found:
            raise InputError(f"--over {path} is given twice; name each lever once.")
        found[path] = given
    return found
