"""`wom levers`: what each of several changes adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...sim.errors import InputError
from .options import Changed, Jobs, Luck, Outcome, Replicates, Source, Telling, command

if TYPE_CHECKING:
    from ..answers.levers.answer import Attribution


@command
def levers(
    name: Source,
    changed: Changed,
    luck: Luck,
    telling: Telling,
    goal: Annotated[
        str | None,
        typer.Argument(metavar="[GOAL]", help="A scenario whose differences are the levers."),
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option(
            "--lever",
            metavar="[NAME:]KEY=VALUE[;KEY=VALUE]",
            help="A lever; repeat it for each. publish.ads.N.budget is the money of an ad.",
        ),
    ] = None,
    outcome: Outcome = "conversions",
    replicates: Replicates = 32,
    jobs: Jobs = 2,
) -> None:
    """Say what each of several changes adds (Shapley value)."""
    from ..vocabulary.outcomes import outcome as known
    from ..worlds.until import check_budget
    from .answering import answered, ready

    known(outcome)
    check_budget(replicates)
    if goal is None and not lever:
        raise InputError(
            "there is no lever; give --lever KEY=VALUE for each, such as --lever "
            "incentives.discount=0.1, or a second scenario whose parts are the levers."
        )
    if goal is not None and lever:
        raise InputError("a second scenario and --lever exclude each other; give one of them.")
    scenario = changed.campaign(name)
    by: Any = levers_of(lever or ()) if goal is None else changed.scenario(goal)
    ready(scenario, telling=telling)

    def find(tell: Callable[[int, int], None]) -> Attribution:
        from ..answers.levers.find import levers

        return levers(
            scenario, by, outcome=outcome, replicates=replicates, seed=luck.seed,
            world=luck.world, jobs=jobs, progress=tell,
        )  # fmt: skip

    names = [name] if goal is None else [name, goal]
    more = {**vars(luck), "lever": lever, "outcome": outcome, "replicates": replicates}
    answered(find, telling, lambda _: changed.command("levers", names, more))


def levers_of(typed: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The levers that were typed: ``KEY=VALUE``, or ``NAME: KEY=VALUE; KEY=VALUE``.

    Raises
    ------
    InputError
        If one is no such text, or two have one name.

    Examples
    --------
    >>> levers_of(["prize: incentives.reward=5; incentives.prize=400", "boost.click=0.5"])["prize"]
    {'incentives.reward': 5, 'incentives.prize': 400}
    """
    from ...scenarios.toml import setting

    found: dict[str, dict[str, Any]] = {}
    for text in typed:
        name, colon, rest = text.partition(":")
        if not colon or "=" in name:
            name, rest = text, text
        pairs = [part for part in rest.split(";") if part.strip()]
        try:
            changes = dict(setting(part.strip()) for part in pairs)
        except InputError:
            changes = {}
        if not changes:
            raise InputError(
                f"--lever {text!r} is not allowed; give key=value, such as boost.click=0.5, or "
                "a name and several: 'prize: incentives.reward=5; incentives.prize=400'."
            )
        if name.strip() in found:
            raise InputError(f"--lever {name.strip()!r} is given twice; name each lever once.")
        found[name.strip()] = changes
    return found
